"""Answers for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dateline.ledger.answers import Answer
from dateline.ledger.records import Told
from dateline.ledger.shapes import Kind, Row
from dateline.output.marks import QUADS
from dateline.output.table import QUAD_STYLES, STATUS_STYLES, parties
from dateline.output.words import number_as_text, one_line, printable

SHORT_ID = 9
"""Characters of an id that tell it from the others in all but enormous ledgers; `dateline show` takes them."""
NARROW = 110
LONGEST_CELL = 300
HIDDEN = {
    "article_id",
    "url",
    "voice",
    "start",
    "end",
    "gazetteer_id",
    "chain",
    "day_basis",
    "author",
    "corrected",
    "lat",
    "lon",
}
"""Columns that a table leaves to the other formats."""


def print_events(console: Console, events: Iterable[Told]) -> int:
    """Who did what to whom, one event a row; how many is given back."""
    names = ("id", "when", "who", "did what", "to whom", "where", "status", "according to", "outlet")
    table = _grid(names if console.width >= NARROW else names[:6])
    for event in events:
        act = Text(printable(one_line(event.trigger)), f"bold {QUAD_STYLES[QUADS[event.type]]}")  # type: ignore[index]
        act.append(f"\n{kind(event)}", "not bold dim")
        for number in event.numbers:
            act.append(f"\n{number_as_text(number)}", "not bold default")
        cells = [
            Text(event.id[:SHORT_ID], "dim"), Text(days(event.date_from, event.date_to)), parties(event.actors), act,
            parties(event.recipients), Text(printable(place(event))), Text(event.status, STATUS_STYLES.get(event.status, "")),
            Text(printable(" ← ".join(event.said_by))), Text(printable(event.outlet or "")),
        ]  # fmt: skip
        table.add_row(*cells[: len(table.columns)])
    return _print(console, table, "events")


def print_rows(console: Console, answer: Answer, rows: Iterable[Row], what: str) -> int:
    """Rows of any other answer."""
    shown = {name: of for name, of in answer.columns.items() if name not in HIDDEN}
    table = _grid([name.replace("_", " ") for name in shown], [of in ("whole", "number") for of in shown.values()])
    for row in rows:
        table.add_row(*(_cell(name, of, row[name]) for name, of in shown.items()))
    return _print(console, table, what)


def print_corrections(console: Console, rows: Iterable[Row]) -> int:
    """Corrections, one a row, those taken back struck out."""
    names = ("id", "of", "made", "who", "field", "value", "read", "because", "undone")
    table = _grid(names)
    for row in rows:
        undone = f"{row['undone'][:16]} by {row['undone_by']}" if row["undone"] else ""
        values = (
            row["id"][:SHORT_ID], row["target_id"][:SHORT_ID], row["made"][:16], row["who"], row["field"], row["value"], row["was"],
            row["why"] if row["field"] != "note" else None, undone,
        )  # fmt: skip
        table.add_row(*(Text(printable(one_line(value or "")), "dim" if undone else "") for value in values))
    return _print(console, table, "corrections")


def kind(event: Told) -> str:
    """Type and mode: "COERCE/seize"."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def place(event: Told) -> str:
    """Where it happened with its country: "Talma (SOM)"; nothing where it is not known."""
    name = one_line(event.place or "")
    return f"{name} ({event.country})".strip() if event.country else name


def days(first: str | None, last: str | None) -> str:
    """A span of days: one day, or first to last; nothing where it is not known."""
    if not first or first == last:
        return first or ""
    return f"{first} to {last}"


def _grid(names: Iterable[str], right: Iterable[bool] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    aligned = list(right)
    for at, name in enumerate(names):
        table.add_column(name, overflow="fold", justify="right" if at < len(aligned) and aligned[at] else "left")
    return table


def _cell(name: str, of: Kind, value: object) -> Text:
    if value is None:
        return Text("")
    if of == "yes or no":
        return Text("yes" if value else "")
    if of in ("whole", "number"):
        return Text(f"{value:,}")
    text = printable(one_line(str(value)))
    if name == "id":
        return Text(text[:SHORT_ID], "dim")
    return Text(text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")


def _print(console: Console, table: Table, what: str) -> int:
    console.print(table if table.row_count else Text(f"No {what}.", "dim"))
    return table.row_count
