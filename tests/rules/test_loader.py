"""Rule files: what they may say, and that everything wrong with them is said with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.rules.loader import LexiconError, bundled, load_file, load_folder, load_one, merged

GOOD = """
scale = 2

[words]
town = ["town", "village"]
ground = ["hill", "@town"]

[[rule]]
name = "take"
verbs = ["take @ground", "seize"]
examples = ["Rebels took the hill.", { text = "Rebels seized the town.", act = "seized" }]
not = ["The bus takes an hour."]

[[other]]
name = "leave"
examples = ["They left."]
"""


def put(folder: Path, text: str, name: str = "rules.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_has_settings_word_lists_and_rules_in_their_order(tmp_path: Path) -> None:
    file = load_file(put(tmp_path, GOOD))
    take, leave = file.rules
    assert file.settings == {"scale": 2}
    assert (take.name, take.kind, leave.kind) == ("take", "rule", "other")
    assert take.near_misses == ("The bus takes an hour.",)
    assert take.examples[1] == {"text": "Rebels seized the town.", "act": "seized"}
    assert set(take.data) == {"verbs"}
    assert take.source.endswith("rules.toml:8")


def test_lists_are_expanded_also_where_one_names_another(tmp_path: Path) -> None:
    file = load_file(put(tmp_path, GOOD))
    assert file.expand(file.rules[0].strings("verbs")) == ("take hill", "take town", "take village", "seize")


def test_rules_of_different_kinds_may_share_a_name(tmp_path: Path) -> None:
    file = load_file(put(tmp_path, GOOD.replace('"leave"', '"take"')))
    assert [(rule.kind, rule.name) for rule in file.rules] == [("rule", "take"), ("other", "take")]


def test_a_single_string_counts_as_one_and_a_missing_key_as_none(tmp_path: Path) -> None:
    file = load_file(put(tmp_path, '[[rule]]\nname = "a"\nword = "x"\nexamples = ["x"]\n'))
    assert file.rules[0].strings("word") == ("x",)
    assert file.rules[0].strings("gone") == ()


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        ('a = 1\nb = = 2\n', 2, "not valid TOML"),
        ('[[rule]]\nexamples = ["x"]\n', 1, r"\[\[rule\]\] number 1 has no name"),
        ('[[rule]]\nname = "a"\nexamples = ["x"]\n\n[[rule]]\nname = ""\nexamples = ["x"]\n', 5, "number 2 has no name"),
        ('[[rule]]\nname = "a"\n', 1, "the rule 'a' has no example"),
        ('[[rule]]\nname = "a"\nexamples = []\n', 1, "the rule 'a' has no example"),
        ('[[rule]]\nname = "a"\nexamples = ["x"]\n[[rule]]\nname = "a"\nexamples = ["x"]\n', 4, r"'a' stands already at .*:1"),
        ('[words]\n\nidle = ["x"]\n[[rule]]\nname = "a"\nexamples = ["x"]\n', 3, "the word list 'idle' is not used"),
        ('[[rule]]\nname = "a"\nverbs = ["go @there"]\nexamples = ["x"]\n', 3, "there is no word list 'there'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, line: int, complaint: str) -> None:
    with pytest.raises(LexiconError, match=rf"rules\.toml:{line}: .*{complaint}"):
        load_file(put(tmp_path, text))


def test_a_users_rule_replaces_the_one_of_its_name_where_it_stands_and_others_follow(tmp_path: Path) -> None:
    base = load_file(put(tmp_path, GOOD))
    own = load_file(
        put(
            tmp_path,
            '[[rule]]\nname = "take"\nverbs = ["grab"]\nexamples = ["x"]\n[[rule]]\nname = "new"\nexamples = ["x"]\n',
            "own.toml",
        )
    )
    both = merged(base, own)
    assert [rule.name for rule in both.rules] == ["take", "leave", "new"]
    assert both.rules[0].strings("verbs") == ("grab",)
    assert both.settings == {"scale": 2}


def test_a_users_folder_adds_to_the_bundled_one(tmp_path: Path) -> None:
    put(tmp_path / "speech", '[[rule]]\nname = "own"\nexamples = ["x"]\n', "own.toml")
    names = [file.path.name for file in load_folder("speech", [tmp_path])]
    assert "own.toml" in names
    assert len(names) == len(load_folder("speech")) + 1


def test_a_users_file_of_the_same_name_is_merged(tmp_path: Path) -> None:
    name = bundled("light.toml").name
    put(tmp_path, '[[giving]]\nname = "own"\nverbs = ["bestow"]\nexamples = ["x"]\n', name)
    assert {rule.name for rule in load_one(name, [tmp_path]).rules} >= {rule.name for rule in load_one(name).rules} | {"own"}


@pytest.mark.parametrize("path", sorted(bundled().rglob("*.toml")), ids=lambda path: path.relative_to(bundled()).as_posix())
def test_every_bundled_file_loads(path: Path) -> None:
    assert load_file(path)
