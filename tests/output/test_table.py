"""The terminal: what stands in the tables, and that no article can steer it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from dateline.model import Reading
from dateline.output.table import print_reading
from dateline.output.words import printable


def printed(reading: Reading, colour: bool = False, width: int = 200) -> str:
    out = io.StringIO()
    print_reading(
        Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None), reading
    )
    return out.getvalue()


def test_the_tables_say_who_did_what(reading: Reading) -> None:
    shown = printed(reading)
    for words in (
        "Twelve districts", "2 Jun 2021 (worked out from the text)", "1 May –", "Northern Front (armed group, Somalia)",
        "Force without violence: taking", "districts ≈ 12", "12 × district to Northern Front, from Army of Zembla", "by 9 Jun 2021",
        "demanded", "Talma, Somalia", "“We will be back,”",
    ):  # fmt: skip
        assert words in shown
    assert "\x1b" not in shown


def test_a_narrow_terminal_gets_a_list_with_the_same_in_it(reading: Reading) -> None:
    shown = printed(reading, width=60)
    for words in (
        "Force without violence: taking", "when 1 May – 2 Jun 2021", "who Northern Front (armed group, Somalia)",
        "to whom Army of Zembla (armed forces, Zambia)", "where Talma, Somalia", "according to Tal News", "by 9 Jun 2021", "demanded",
    ):  # fmt: skip
        assert words in " ".join(shown.split())
    assert max(map(len, shown.splitlines())) <= 60


@pytest.mark.parametrize("width", [80, 110, 120, 150, 200])
def test_tables_keep_within_the_terminal_and_break_no_word(reading: Reading, width: int) -> None:
    shown = printed(reading, width=width)
    assert max(map(len, shown.splitlines())) <= width
    for word in ("Northern", "districts", "violence:", "condition", "2 Jun 2021", "according to"):
        assert (word in shown) == (word in printed(reading, width=300)), word


def test_what_somebody_is_stands_once_and_no_column_is_empty(reading: Reading) -> None:
    first, *_ = reading.events
    again = replace(reading, events=(first, first))
    for width in (80, 120):
        assert printed(again, width=width).count("(armed") == 2, "rebels and army"
    bare = replace(reading, events=(replace(first, said_by=(), where=None, recipients=()),))
    heading = printed(bare).splitlines()[2]
    assert heading.split() == ["when", "who", "did", "what"]


def test_what_is_told_as_done_needs_no_word(reading: Reading) -> None:
    first, *_ = reading.events
    for width in (80, 120):
        assert "told as done" not in printed(reading, width=width)
        assert "planned" in printed(replace(reading, events=(replace(first, status="future"),)), width=width)


def test_evidence_is_coloured_and_the_article_whole(reading: Reading) -> None:
    assert "\x1b[" in printed(reading, colour=True)
    shown = printed(reading)
    article = shown[shown.index("Article\n") : shown.index("colours:")].split()
    assert article[1:] == reading.article.text.split()


def test_markup_in_an_article_is_text(reading: Reading) -> None:
    assert "<b>Talma</b>" in printed(reading)
    assert "[red]x[/red]" in printed(replace(reading, article=replace(reading.article, title="[red]x[/red]")))


@given(st.text())
@settings(max_examples=50)
def test_nothing_that_steers_a_terminal_comes_through(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(char) < 32 and char != "\n" for char in shown)
    assert "\x9b" not in shown
    shown.encode()
