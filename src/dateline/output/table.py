"""A reading for the terminal: its events, its statements, and the article with its evidence in colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dateline.model import Event, Reading, Statement
from dateline.output.marks import (
    QUADS,
    ROLE_NAMES,
    ROLES,
    Quad,
    Role,
    marks_of,
    segments,
)
from dateline.output.words import (
    control_as_text,
    days_as_text,
    kind_as_text,
    number_as_text,
    one_line,
    place_as_text,
    printable,
)

QUAD_STYLES: dict[Quad, str] = {
    "verbal-cooperation": "green",
    "material-cooperation": "cyan",
    "verbal-conflict": "yellow",
    "material-conflict": "red",
}
ROLE_STYLES: dict[Role, str] = {
    "trigger": "bold reverse",
    "actors": "blue",
    "recipients": "magenta",
    "when": "yellow",
    "where": "green",
    "said_by": "cyan",
    "quantities": "bold",
    "deadline": "yellow underline",
    "status": "red",
    "statement": "italic",
}
WIDE = 110  # columns that a table of events needs
STATUS_STYLES = {"actual": "", "future": "cyan", "demanded": "yellow", "hypothetical": "magenta", "negated": "red strike"}


def print_reading(console: Console, reading: Reading) -> None:
    """Print a reading: events, statements, article."""
    console.print(_heading(reading))
    show = events_table if console.width >= WIDE else events_list
    console.print(show(reading.events) if reading.events else Text("No events found.", "dim"))
    if reading.statements:
        console.print(statements_table(reading))
    console.print(coloured_article(reading))
    console.print()


def _heading(reading: Reading) -> Text:
    article, publication = reading.article, reading.publication
    heading = Text()
    heading.append(printable(article.title or article.id), "bold")
    if article.publisher:
        heading.append(f" · {printable(article.publisher)}")
    if publication.day is None:
        heading.append(" · day of publication not known", "dim")
    else:
        heading.append(f" · {publication.day.isoformat()}")
        heading.append(f" ({publication.basis})" if publication.basis else "", "dim")
    return heading


def _grid(title: str, *columns: str) -> Table:
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False
    )
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def events_table(events: Sequence[Event]) -> RenderableType:
    """Who did what to whom, when, where, as a table with a row for each event."""
    columns = ("", "when", "who", "did what", "to whom", "where", "status", "according to")
    table = _grid("Events", *columns)
    for number, event in enumerate(events, 1):
        table.add_row(
            Text(str(number), "dim"),
            _when(event),
            parties(event.actors),
            _act(event),
            parties(event.recipients),
            Text(printable(place_as_text(event))),
            Text(event.status, STATUS_STYLES[event.status]),
            Text(printable(" ← ".join(event.said_by))),
        )
    return table


def events_list(events: Sequence[Event]) -> RenderableType:
    """The same as a list, for terminals in which eight columns have no room."""
    grid = Table.grid(padding=(0, 1))
    for number, event in enumerate(events, 1):
        line = Text()
        line.append(printable(one_line(event.trigger)), f"bold {QUAD_STYLES[QUADS[event.type]]}")
        line.append(f"  {kind_as_text(event)}  ", "dim").append(event.status, STATUS_STYLES[event.status])
        fields = {
            "when": _when(event),
            "who": parties(event.actors),
            "to whom": parties(event.recipients),
            "where": Text(printable(place_as_text(event))),
            "numbers": Text("; ".join(map(number_as_text, event.quantities))),
            "control": Text(printable(control_as_text(event.control)) if event.control else ""),
            "according to": Text(printable(" ← ".join(event.said_by))),
        }
        for name, field in fields.items():
            if field:
                line.append(f"\n{name} ", "dim").append_text(Text("; ").join(field.split("\n")))
        grid.add_row(Text(str(number), "dim"), line)
    return Group(Text("Events", "bold"), grid, Text())


def statements_table(reading: Reading) -> RenderableType:
    """Who said what, as a table with a row for each statement."""
    table = _grid("Statements", "", "when", "who", "verb", "what")
    for number, statement in enumerate(reading.statements, 1):
        speaker = Text(printable(" ← ".join(actor.name for actor in statement.chain or (statement.speaker,))))
        table.add_row(
            Text(str(number), "dim"),
            Text(days_as_text(statement.when)),
            speaker,
            Text(printable(statement.verb)),
            _said(reading, statement),
        )
    return table


def coloured_article(reading: Reading) -> RenderableType:
    """The article, every piece of evidence in the colour of what it tells, with a legend."""
    body = Text()
    shown = printable(reading.article.text)
    for segment in segments(len(shown), marks_of(reading)):
        style = ROLE_STYLES[segment.role] if segment.role else ""
        if segment.role == "trigger":
            style += " " + QUAD_STYLES[QUADS[reading.events[segment.marks[0].number - 1].type]]
        body.append(shown[segment.start : segment.end], f"{style} italic" if segment.said else style)
    legend = Text("colours: ", "dim")
    for role in ROLES:
        legend.append(ROLE_NAMES[role], ROLE_STYLES[role])
        legend.append("  ")
    return Group(Text("Article", "bold"), Text(), body, Text(), legend)


def _when(event: Event) -> Text:
    cell = Text(days_as_text(event.when))
    if event.deadline is not None:
        cell.append("\n" if cell else "")
        cell.append(f"by {event.deadline.isoformat()}", "yellow")
    return cell


class Named(Protocol):
    """An actor of a reading or of a ledger."""

    @property
    def name(self) -> str:
        """As a reader of the article would name them."""
        ...

    @property
    def country(self) -> str | None:
        """Alpha-3 code."""
        ...

    @property
    def sector(self) -> str | None:
        """PLOVER sector."""
        ...


def parties(actors: Iterable[Named]) -> Text:
    """Actors one a line, with country and sector."""
    cell = Text()
    for actor in actors:
        cell.append("\n" if cell else "")
        cell.append(printable(actor.name))
        codes = " ".join(filter(None, (actor.country, actor.sector)))
        cell.append(f" {codes}" if codes else "", "dim")
    return cell


def _act(event: Event) -> Text:
    cell = Text(printable(one_line(event.trigger)), f"bold {QUAD_STYLES[QUADS[event.type]]}")
    cell.append(f"\n{kind_as_text(event)}", "not bold dim")
    for quantity in event.quantities:
        cell.append(f"\n{number_as_text(quantity)}", "not bold default")
    if event.control is not None:
        cell.append(f"\n{printable(control_as_text(event.control))}", "not bold default")
    return cell


def _said(reading: Reading, statement: Statement) -> Text:
    content = one_line(printable(reading.article.text[statement.start : statement.end]))
    return Text(f"“{content}”" if statement.direct else content)
