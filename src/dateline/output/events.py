"""Events for the terminal: a table with a row for each, or a list where so many columns have no room. Codes are said in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from dateline.model import Event
from dateline.output.grid import entry, fits, grid
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
    """Who did what to whom, when, where: a table with a row for each event where a terminal of so many columns has room, else a list.

    What and whence somebody is stands where they come first; what is just told as done has no word for it. `label` heads the ids.
    """
    rows = _rows(lines, label)
    return grid(rows, width) if fits(rows, width) else events_list(lines)


def events_table(lines: Sequence[Line], width: int) -> RenderableType:
    """The table, whatever room there is."""
    return grid(_rows(lines), width)


def events_list(lines: Iterable[Line]) -> RenderableType:
    """The list, a line for each thing that is known."""
    known = Known()
    return Group(*(part for line in lines for part in entry(_title(line), _fields(line, known), 4)))


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


def _rows(lines: Iterable[Line], label: str = "") -> list[dict[str, Text]]:
    known = Known()
    return [{label: Text(line.label, "dim"), **_cells(line, known)} for line in lines]


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


def _title(line: Line) -> Text:
    return Text(f"{line.label:<3} ", "dim").append_text(
        Text("  ").join(filter(None, (_act(line.event, "  "), _status(line.event))))
    )


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
