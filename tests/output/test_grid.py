"""Tables for the terminal: within its width, no word broken, no column of nothing, a list where that is shorter."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console, RenderableType
from rich.text import Text

from dateline.output.grid import fits, grid, listing, shown

WORDS = st.lists(st.text("abc", min_size=1, max_size=14), max_size=12).map(" ".join)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(("id", "who", "did what", "many"), WORDS)), max_size=5)


def printed(what: RenderableType, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width).print(what)
    return out.getvalue().splitlines()


def cells(rows: list[dict[str, str]]) -> list[dict[str, Text]]:
    return [{name: Text(cell) for name, cell in row.items()} for row in rows]


@given(ROWS, st.integers(24, 150))
@example([{"who": "", "id": "aaaaaaaaaaaaaa a a aa", "did what": "", "many": "a"}], 24)
@settings(max_examples=150, deadline=None)
def test_every_word_is_shown_within_the_width(rows: list[dict[str, str]], width: int) -> None:
    lines = printed(shown(cells(rows), width), width)
    assert all(len(line) <= width for line in lines)
    letters = "".join("".join(lines).split())
    for row in rows:
        for cell in row.values():
            assert sum(map(letters.count, "abc")) >= len(cell.replace(" ", ""))
    if rows and fits(cells(rows), width):
        told = " ".join(lines).split()
        assert {word for row in rows for cell in row.values() for word in cell.split()} <= set(told)


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    heading, *_ = printed(grid(cells([{"id": "a", "who": "", "many": "1"}, {"id": "b", "who": "", "many": ""}]), 80), 80)
    assert heading.split() == ["id", "many"]


@pytest.mark.parametrize(("width", "table"), [(40, False), (60, True)])
def test_where_words_would_be_broken_it_is_a_list(width: int, table: bool) -> None:
    rows = cells(
        [{"id": "a1", "who": "Interdepartmental commission", "did what": "recapitulated", "where": "Constantinople"}]
    )
    assert fits(rows, width) == table
    lines = printed(shown(rows, width), width)
    assert ("recapitulated" in " ".join(lines), lines[0].strip() == "a1") == (True, not table)


def test_a_list_leaves_out_what_is_not_known() -> None:
    lines = printed(
        listing(cells([{"id": "a1", "who": "", "did what": "left"}, {"id": "a2", "who": "Benn", "did what": ""}])), 40
    )
    assert [line.split() for line in lines] == [["a1"], ["did", "what", "left"], ["a2"], ["who", "Benn"]]
