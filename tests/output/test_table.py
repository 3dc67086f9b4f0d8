"""The terminal: what stands in the tables, and that no article can steer it."""

from __future__ import annotations

import io
from dataclasses import replace

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
        "Twelve districts", "2021-06-02 (inferred)", "2021-05-01 to 2021-06-02", "Northern Front SOM REB", "COERCE/seize",
        "districts ≈ 12", "12 × district to Northern Front, from Army of Zembla", "by 2021-06-09", "demanded", "“We will be back,”",
    ):  # fmt: skip
        assert words in shown
    assert "\x1b" not in shown


def test_a_narrow_terminal_gets_a_list_with_the_same_in_it(reading: Reading) -> None:
    shown = printed(reading, width=80)
    for words in (
        "COERCE/seize", "when 2021-05-01 to 2021-06-02", "who Northern Front SOM REB", "to whom Army of Zembla ZMB MIL",
        "where Talma (SOM)", "according to Tal News", "by 2021-06-09", "demanded",
    ):  # fmt: skip
        assert words in shown
    assert max(map(len, shown.splitlines())) <= 80


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
