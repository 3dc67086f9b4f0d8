"""The lexicon of actors: what it knows, what it says of a wrong row, how a user's own folder adds to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.find.actor_lexicon import actor_lexicon, adjective, rows
from dateline.find.actor_tables import PhraseTable, cased_words, plain_words
from dateline.rules.loader import LexiconError, bundled

HEADER = "name\tcountry\tsector\tfrom\tto\talso\n"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Da'esh", ("daesh",)),
        ("U.N.", ("un",)),
        ("al-Qa’ida", ("al", "qaida")),
        ("People's Army", ("people", "army")),
        ("Séléka", ("seleka",)),
    ],
)
def test_spellings_fall_together(written: str, plain: tuple[str, ...]) -> None:
    assert plain_words(written) == plain


@given(st.text())
def test_plain_words_are_the_cased_words_in_lower_case(text: str) -> None:
    assert plain_words(text) == tuple(word.lower() for word in cased_words(text))


def test_a_phrase_is_found_by_surface_or_lemma_longest_first() -> None:
    table: PhraseTable[str] = PhraseTable()
    table.add(("security",), "short")
    table.add(("security", "force"), "long")
    found = table.matches(["security", "forces", "fled"], ["security", "force", "flee"], 0)
    assert found == [(2, ["long"]), (1, ["short"])]
    assert table.get(("security", "force")) == ["long"]
    assert table.get(("police",)) == []


def test_every_bundled_file_loads_and_ends_names_after_they_start() -> None:
    lexicon = actor_lexicon()
    assert lexicon.names.size > 5_000
    assert lexicon.roles.size > 1_500
    assert not lexicon.not_actors & set(lexicon.organisation_words) - {"movement"}


def test_who_held_an_office_on_a_day() -> None:
    lexicon = actor_lexicon()
    holder = lexicon.holder("president", "FRA", date(2001, 5, 1))
    assert holder is not None
    assert holder.name == "Jacques Chirac"
    assert lexicon.holder("president", "FRA", None) is None
    assert lexicon.holder("president", "FRA", date(1901, 1, 1)) is None


@pytest.mark.parametrize(
    ("code", "word"), [("AFG", "Afghan"), ("USA", "US"), ("NZL", "New Zealand"), ("UNO", None), (None, None)]
)
def test_adjectives(code: str | None, word: str | None) -> None:
    assert adjective(code) == word


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("Green Brigade\tXXX\tREB", "neither a country's alpha-3 code"),
        ("Green Brigade\tSYR\tREBEL", "is no sector"),
        ("Green Brigade\tSYR\tREB\t2012\t2011", "ends before it starts"),
        ("Green Brigade\tSYR\tREB\t12", "is not a year"),
        ("Green Brigade\tSYR\tREB\t2012-13", "is no day"),
        ("?\tSYR\tREB", "an empty name"),
        ("Green Brigade\tSYR\tREB\t\t\t\tmore", "7 fields under 6 columns"),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line(tmp_path: Path, row: str, complaint: str) -> None:
    file = tmp_path / "actors" / "mine.tsv"
    file.parent.mkdir()
    file.write_text(f"# my groups\n{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=f"mine.tsv:3: .*{complaint}"):
        actor_lexicon((tmp_path,))


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (
            b"name\tsector\nGreen Brigade\tREB\n",
            "mine.tsv:2: a table with the columns name, sector needs a column 'country' too",
        ),
        (b"name\tcountry\tsector\n\nGr\xfcne Brigade\tSYR\tREB\n", "mine.tsv:3: not UTF-8: byte 0xFC"),
    ],
)
def test_a_table_without_a_column_or_in_another_encoding_is_refused(tmp_path: Path, table: bytes, complaint: str) -> None:
    file = tmp_path / "actors" / "mine.tsv"
    file.parent.mkdir()
    file.write_bytes(table)
    with pytest.raises(LexiconError, match=complaint):
        actor_lexicon((tmp_path,))


def test_a_byte_order_mark_of_a_spreadsheet_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("\ufeffname\tcountry\nGreen Brigade\tSYR\n", encoding="utf-8")
    assert [row for row, _ in rows(file)] == [{"name": "Green Brigade", "country": "SYR"}]


def test_a_file_without_a_header_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.tsv"
    file.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"empty\.tsv:1: no header"):
        list(rows(file))


def test_a_users_name_takes_the_place_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "actors" / "mine.tsv"
    file.parent.mkdir()
    file.write_text(f"{HEADER}Boko Haram\tNER\tCRM\t\t\tBH sect\nGreen Brigade\tSYR\tREB\n", encoding="utf-8")
    lexicon = actor_lexicon((tmp_path,))
    assert {(entry.country, entry.sector) for entry in lexicon.names.get(("boko", "haram"))} == {("NER", "CRM")}
    assert lexicon.names.get(("green", "brigade"))
    assert not actor_lexicon().names.get(("green", "brigade"))


def test_every_row_says_what_it_is() -> None:
    for file in sorted(bundled("actors").glob("*.tsv")):
        assert file.read_text(encoding="utf-8").startswith("# "), f"{file.name} does not say what it holds"
