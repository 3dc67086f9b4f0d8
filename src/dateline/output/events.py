"""Events for the terminal: a table with a row for each, or a list where so many columns have no room. Codes are said in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.model import Event
from dateline.output.marks import QUADS, Quad
from dateline.output.words import (
    Named,
    act_as_text,
    control_as_text,
    day_as_text,
    days_as_text,
    kind_of_actor,
    location_as_text,
    number_as_text,
    one_line,
    printable,
    status_as_text,
)

QUAD_STYLES: dict[Quad, str] = {
    "verbal-cooperation": "green",
    "material-cooperation": "cyan",
    "verbal-conflict": "yellow",
    "material-conflict": "red",
}
STATUS_STYLES = {"actual": "", "future": "cyan", "demanded": "yellow", "hypothetical": "magenta", "negated": "red"}
WIDE = 110
"""Columns of the terminal that a table of events needs."""
GAP = 3
"""Blank columns between two columns of a table."""
BROKEN_FIRST = 20
"""Characters beyond its longest word that every column may have before the longest lines get more."""
UNBROKEN = frozenset({"", "id", "when"})
"""Columns in which a line is never broken where there is any room."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event to be shown, with its number or id, and who published it where that is not plain from elsewhere."""

    label: str
    event: Event
    outlet: str = ""


def numbered(events: Iterable[Event]) -> list[Line]:
    """The events of a reading, each with its number."""
    return [Line(str(number), event) for number, event in enumerate(events, 1)]


def events_shown(lines: Sequence[Line], width: int, label: str = "") -> RenderableType:
    """Events in the shape for which a terminal of so many columns has room; no columns are shown in which nothing stands."""
    return events_table(lines, width, label) if width >= WIDE else events_list(lines)


def events_table(lines: Iterable[Line], width: int, label: str = "") -> RenderableType:
    """Who did what to whom, when, where, as a table with a row for each event. Who somebody is stands where they come first."""
    known = Known()
    return grid([{label: Text(line.label, "dim"), **_cells(line, known)} for line in lines], width)


def events_list(lines: Iterable[Line]) -> RenderableType:
    """The same as a list, a line for each thing that is known."""
    known = Known()
    return Group(*(part for line in lines for part in _entry(line, known)))


def grid(rows: Sequence[dict[str, Text]], width: int, right: Iterable[str] = ()) -> Table:
    """Rows, heading -> cell, as a table without the columns in which nothing stands; figures stand `right`."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    names = [name for name in rows[0] if any(row[name] for row in rows)] if rows else []
    widths = _widths({name: [row[name].plain for row in rows] for name in names}, width)
    for name, wide in zip(names, widths, strict=True):
        table.add_column(name, width=wide, overflow="fold", justify="right" if name in right else "left")
    for row in rows:
        table.add_row(*(row[name] for name in names))
    return table


def _widths(columns: Mapping[str, Sequence[str]], width: int) -> list[int]:
    """So many characters for each column that its longest word fits in; what is left over goes where lines would be broken."""
    room = width - GAP * (len(columns) - 1)
    whole, least = [], []
    for name, cells in columns.items():
        lines = [name, *(line for cell in cells for line in cell.split("\n"))]
        whole.append(max(map(cell_len, lines)))
        words = lines if name in UNBROKEN else [name, *(word for line in lines for word in line.split())]
        least.append(min(max(map(cell_len, words)), max(room // len(columns), 1)))
    widths = least
    for most in ([min(all, few + BROKEN_FIRST) for all, few in zip(whole, least, strict=True)], whole):
        wanted = [most - wide for most, wide in zip(most, widths, strict=True)]
        share = min((room - sum(widths)) / max(sum(wanted), 1), 1.0)
        widths = [wide + int(more * share) for wide, more in zip(widths, wanted, strict=True)]
    return widths


class Known:
    """The actors that a reader has met already: what and whence they are is said once."""

    def __init__(self) -> None:
        self._met: set[tuple[str, str | None, str | None]] = set()

    def parties(self, actors: Iterable[Named]) -> Text:
        """Actors one a line, those that are new with what and whence they are."""
        cell = Text()
        for actor in actors:
            cell.append("\n" if cell else "").append(printable(one_line(actor.name)))
            one = (actor.name, actor.country, actor.sector)
            kind = "" if one in self._met else kind_of_actor(actor)
            self._met.add(one)
            cell.append(f" ({printable(kind)})" if kind else "", "dim")
        return cell


def _cells(line: Line, known: Known) -> dict[str, Text]:
    fields, event = _fields(line, known), line.event
    told = filter(None, (_act(event), _status(event), fields["numbers"], fields["control"]))
    return {
        "when": Text(" –\n").join(fields["when"].split(" – ")),
        "who": fields["who"],
        "did what": Text("\n").join(told),
        "to whom": fields["to whom"],
        "where": fields["where"],
        "according to": fields["according to"],
        "outlet": fields["outlet"],
    }


def _entry(line: Line, known: Known) -> Iterator[RenderableType]:
    yield Text(f"{line.label:<3} ", "dim").append_text(
        Text("  ").join(filter(None, (_act(line.event, "  "), _status(line.event))))
    )
    told = Table.grid(padding=(0, 1))
    told.add_column(min_width=len("according to"))
    told.add_column(overflow="fold")
    for name, field in _fields(line, known).items():
        if field:
            told.add_row(Text(name, "dim"), Text("; ").join(field.split("\n")))
    yield Padding(told, (0, 0, 0, 4))


def _fields(line: Line, known: Known) -> dict[str, Text]:
    """What is known of an event besides the act itself, several things one a line."""
    event = line.event
    when = Text(days_as_text(event.when))
    if event.deadline is not None:
        when.append("\n" if when else "").append(f"by {day_as_text(event.deadline)}", "yellow")
    return {
        "when": when,
        "who": known.parties(event.actors),
        "to whom": known.parties(event.recipients),
        "where": Text(printable(location_as_text(event.where)) if event.where else ""),
        "numbers": Text("\n".join(map(number_as_text, event.quantities))),
        "control": Text(printable(control_as_text(event.control)) if event.control else ""),
        "according to": Text(printable(" ← ".join(event.said_by))),
        "outlet": Text(printable(line.outlet)),
    }


def _act(event: Event, gap: str = "\n") -> Text:
    """The words that tell the act, in the colour of its kind, and the kind in words."""
    words = Text(printable(one_line(event.trigger)), f"bold {QUAD_STYLES[QUADS[event.type]]}")
    return words.append(f"{gap}{act_as_text(event.type, event.mode)}", "not bold dim")


def _status(event: Event) -> Text:
    """Whether it happened, where it isn't just told as done."""
    return Text("" if event.status == "actual" else status_as_text(event.status), STATUS_STYLES[event.status])
