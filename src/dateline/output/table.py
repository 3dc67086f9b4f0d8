"""A reading for the terminal: its events, its statements, and the article with its evidence in colour."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.text import Text

from dateline.model import Reading, Statement
from dateline.output.events import QUAD_STYLES, events_shown, numbered
from dateline.output.grid import grid
from dateline.output.marks import QUADS, ROLE_NAMES, ROLES, Role, marks_of, segments
from dateline.output.words import basis_as_text, day_as_text, days_as_text, one_line, printable

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


def print_reading(console: Console, reading: Reading) -> None:
    """Print a reading: events, statements, article."""
    console.print(_heading(reading))
    lines = numbered(reading.events)
    _print(console, "Events", events_shown(lines, console.width) if lines else Text("None found.", "dim"))
    if reading.statements:
        _print(console, "Statements", statements_table(reading, console.width))
    console.print(coloured_article(reading))
    console.print()


def _print(console: Console, title: str, what: RenderableType) -> None:
    console.print(Text(title, "bold"), what, Text(), sep="\n")


def _heading(reading: Reading) -> Text:
    article, publication = reading.article, reading.publication
    heading = Text()
    heading.append(printable(article.title or article.id), "bold")
    if article.publisher:
        heading.append(f" · {printable(article.publisher)}")
    if publication.day is None:
        heading.append(" · day of publication not known", "dim")
    else:
        heading.append(f" · {day_as_text(publication.day)}")
        heading.append(f" ({basis_as_text(publication.basis)})" if publication.basis else "", "dim")
    return heading


def statements_table(reading: Reading, width: int) -> RenderableType:
    """Who said what, as a table with a row for each statement."""
    return grid(
        [
            {
                "": Text(str(number), "dim"),
                "when": Text(days_as_text(statement.when)),
                "who": Text(printable(" ← ".join(actor.name for actor in statement.chain or (statement.speaker,)))),
                "verb": Text(printable(statement.verb)),
                "what": _said(reading, statement),
            }
            for number, statement in enumerate(reading.statements, 1)
        ],
        width,
    )


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


def _said(reading: Reading, statement: Statement) -> Text:
    content = one_line(printable(reading.article.text[statement.start : statement.end]))
    return Text(f"“{content}”" if statement.direct else content)
