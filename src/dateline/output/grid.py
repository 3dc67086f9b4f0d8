"""Tables for the terminal that break no word: columns share the width by what stands in them, and where there is no room, it is a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich import box
from rich.cells import cell_len
from rich.console import Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

GAP = 2
"""Blank columns between two columns of a table."""
BROKEN_FIRST = 20
"""Characters beyond its longest word that every column may have before the longest lines get more."""
JUDGED = 100
"""Rows by which it is judged whether a table or a list is shorter."""
LABELS = len("according to")
"""Columns that the names of fields take in a list."""
UNBROKEN = frozenset({"", "id", "incident", "when", "day", "since", "from", "to", "due"})
"""Columns in which a line is never broken where there is any room."""

type Rows = Sequence[Mapping[str, Text]]
"""Heading -> cell, a row each. All have the same headings."""


def grid(rows: Rows, width: int, right: Iterable[str] = ()) -> Table:
    """Rows as a table without the columns in which nothing stands; figures stand `right`."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    columns = _columns(rows, width)
    for column in columns:
        justify: JustifyMethod = "right" if column.name in right else "left"
        table.add_column(column.name, width=column.width, overflow="fold", justify=justify)
    for row in rows:
        table.add_row(*(row[column.name] for column in columns))
    return table


def listing(rows: Rows) -> RenderableType:
    """Rows as a list: a line for each thing that is known, under the first of them."""
    return Group(*(part for row in rows for part in _entry(row)))


def fits(rows: Rows, width: int) -> bool:
    """Whether a table has room for every word, and takes no more lines than a list does."""
    columns = _columns(rows, width)
    if any(column.width < column.least for column in columns):
        return False
    room, some = max(width - LABELS, 1), rows[:JUDGED]
    table = sum(max((_lines(row[column.name], column.width) for column in columns), default=0) for row in some)
    return table <= sum(_lines(row[column.name], room) for row in some for column in columns if row[column.name])


def shown(rows: Rows, width: int, right: Iterable[str] = ()) -> RenderableType:
    """Rows as a table where there is room for one, else as a list."""
    return grid(rows, width, right) if fits(rows, width) else listing(rows)


def entry(title: Text, fields: Mapping[str, Text], indent: int) -> Iterator[RenderableType]:
    """One thing of a list: its title, and below it what is known, a line each."""
    yield title
    told = Table.grid(padding=(0, 1))
    # rich narrows columns that wrap together, and cuts off what it then widens again: the labels do not wrap
    told.add_column(min_width=LABELS, no_wrap=True)
    told.add_column(overflow="fold")
    for name, field in fields.items():
        if field:
            told.add_row(Text(name, "dim"), Text("; ").join(field.split("\n")))
    if told.row_count:
        yield Padding(told, (0, 0, 0, indent))


def _entry(row: Mapping[str, Text]) -> Iterator[RenderableType]:
    first, *_ = row
    return entry(row[first].copy(), {name: cell for name, cell in row.items() if name != first}, 2)


@dataclass(slots=True)
class _Column:
    """A column: the width of its longest line, that which breaks no word, and that which it gets."""

    name: str
    whole: int
    least: int
    width: int = 0


def _columns(rows: Rows, width: int) -> list[_Column]:
    """The columns in which something stands; what is left beyond the longest words goes where lines would be broken."""
    names = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    room = width - GAP * (len(names) - 1)
    for whole_headings in (True, False):
        columns = [_column(rows, name, whole_headings) for name in names]
        enough = sum(column.least for column in columns) <= room
        if enough:
            break
    for column in columns:
        column.width = column.least if enough else min(column.least, max(room // len(columns), 1))
    for most in (BROKEN_FIRST, room):
        more = [min(column.whole - column.width, most) for column in columns]
        share = min((room - sum(column.width for column in columns)) / max(sum(more), 1), 1.0)
        for column, wanted in zip(columns, more, strict=True):
            column.width += int(wanted * share)
    return columns


def _column(rows: Rows, name: str, whole_heading: bool) -> _Column:
    lines = [line for row in rows for line in row[name].plain.split("\n")]
    parts = lines if name in UNBROKEN else [word for line in lines for word in line.split()]
    heading = [name] if whole_heading else name.split()
    return _Column(name, max(map(cell_len, (name, *lines))), max(map(cell_len, ("", *heading, *parts))))


def _lines(cell: Text, width: int) -> int:
    """How many lines a cell takes in a column."""
    return sum(max(len(wrap(line, width)), 1) for line in cell.plain.split("\n"))
