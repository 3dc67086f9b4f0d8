"""How trigger patterns are read, and what a broken event file is told."""

from pathlib import Path

import pytest

from dateline.rules.loader import LexiconError
from dateline.rules.senses import compile_pattern, load_senses


@pytest.mark.parametrize(
    ("text", "pos", "expected"),
    [
        ("kill", "verb", ("kill", ())),
        ("take control of", "verb", ("take", ("control", "of"))),
        ("air strike on", "noun", ("strike", ("air", "on"))),
        ("declaration of war", "noun", ("declaration", ("of", "war"))),
        ("critical of", "adjective", ("critical", ("of",))),
    ],
)
def test_pattern(text: str, pos: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert compile_pattern(text, pos) == expected  # type: ignore[arg-type]


SENSE = '[[sense]]\nname = "zap"\nverbs = ["zap"]\nexamples = ["Rebels zapped a convoy."]\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SENSE, "settings of an event file"),
        ('type = "ATTACK"\n' + SENSE, "settings of an event file"),
        ('type = "ASSAULT"\nframe = "hit"\n' + SENSE, "no frame 'hit'"),
        (
            'type = "ASSAULT"\nframe = "strike"\n' + SENSE.replace("verbs", 'mode = "loud"\nverbs'),
            "'loud' is no mode of ASSAULT",
        ),
        ('type = "ASSAULT"\nframe = "strike"\n' + SENSE.replace("verbs", 'object = "$dragon"\nverbs'), "no class \\$dragon"),
        ('type = "ASSAULT"\nframe = "strike"\n' + SENSE.replace('verbs = ["zap"]\n', ""), "has no trigger"),
    ],
)
def test_a_broken_event_file_is_named_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "zap.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"zap\.toml:\d+: .*{complaint}"):
        load_senses([tmp_path])


def test_a_users_sense_takes_the_place_of_the_bundled_one_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "own.toml").write_text('type = "ASSAULT"\nframe = "strike"\n' + SENSE, encoding="utf-8")
    senses = load_senses([tmp_path])
    assert [pattern.sense.id for pattern in senses.patterns["verb", "zap"]] == ["own/zap"]
