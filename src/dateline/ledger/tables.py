"""Answers for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from dateline.ledger.answers import Answer
from dateline.ledger.records import Told
from dateline.ledger.shapes import Kind, Row
from dateline.model import Actor, Control, Days, Event, Location
from dateline.output.events import Line, events_shown
from dateline.output.grid import shown as table
from dateline.output.words import (
    act_as_text,
    country_as_text,
    day_as_text,
    days_as_text,
    kind_of_actor,
    one_line,
    printable,
    sector_as_text,
    status_as_text,
)

SHORT_ID = 9
"""Characters of an id that tell it from the others in all but enormous ledgers; `dateline show` takes them."""
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
IN_WORDS: dict[str, Callable[[str], str]] = {
    "type": lambda type: f"{act_as_text(type, None)} ({type})",
    "status": lambda status: f"{status_as_text(status)} ({status})",
    "sector": lambda sector: f"{sector_as_text(sector)} ({sector})",
    "country": country_as_text,
}
"""Columns of codes that are said in words; where the filters ask for the code, it stands behind them."""


def print_events(console: Console, told: Iterable[Told]) -> int:
    """Who did what to whom, one event a row; how many is given back."""
    lines = [Line(event.id[:SHORT_ID], event_of(event), event.outlet or "") for event in told]
    console.print(events_shown(lines, console.width, "id") if lines else Text("No events.", "dim"))
    return len(lines)


def print_rows(console: Console, answer: Answer, rows: Iterable[Row], what: str) -> int:
    """Rows of any other answer."""
    shown = {name: of for name, of in answer.columns.items() if name not in HIDDEN}
    if "speaker_country" in shown:
        cells = [_statement(row) for row in rows]
    else:
        cells = [{name.replace("_", " "): _cell(name, of, row[name]) for name, of in shown.items()} for row in rows]
    figures = [name.replace("_", " ") for name, of in shown.items() if of in ("whole", "number")]
    return _print(console, cells, what, figures)


def event_of(told: Told) -> Event:
    """An event of the ledger as a reading has it."""
    fields: dict[str, Any] = {"type": told.type, "status": told.status}
    control = Control(
        gained_by=told.control_gained_by,
        lost_by=told.control_lost_by,
        place=told.control_place,
        unit=told.control_unit,
        count=told.control_count,
    )
    return Event(
        start=told.start,
        end=told.end,
        trigger=told.trigger,
        mode=told.mode,
        actors=tuple(Actor(who.name, who.country, who.sector) for who in told.actors),
        recipients=tuple(Actor(who.name, who.country, who.sector) for who in told.recipients),
        when=_days(told.date_from, told.date_to),
        where=Location(told.place or "", told.country) if told.place or told.country else None,
        said_by=told.said_by,
        quantities=told.numbers,
        deadline=date.fromisoformat(told.deadline) if told.deadline else None,
        control=control if told.ground_changes_hands else None,
        sense=told.sense,
        **fields,
    )


def _statement(row: Row) -> dict[str, Text]:
    speaker = Actor(row["speaker"], row["speaker_country"], row["speaker_sector"])
    kind, said = kind_of_actor(speaker), printable(one_line(row["text"]))
    return {
        "id": Text(row["id"][:SHORT_ID], "dim"),
        "when": Text(days_as_text(_days(row["date_from"], row["date_to"]))),
        "who": Text(printable(speaker.name)).append(f" ({kind})" if kind else "", "dim"),
        "verb": Text(printable(row["verb"])),
        "what": Text(f"“{said}”" if row["direct"] else said),
        "outlet": Text(printable(row["outlet"] or "")),
    }


def _days(first: str | None, last: str | None) -> Days | None:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first)) if first else None


def print_corrections(console: Console, rows: Iterable[Row]) -> int:
    """Corrections, one a row, those taken back struck out."""
    names = ("id", "of", "made", "who", "field", "value", "read", "because", "undone")
    cells = []
    for row in rows:
        undone = f"{row['undone'][:16]} by {row['undone_by']}" if row["undone"] else ""
        values = (
            row["id"][:SHORT_ID], row["target_id"][:SHORT_ID], row["made"][:16], row["who"], row["field"], row["value"], row["was"],
            row["why"] if row["field"] != "note" else None, undone,
        )  # fmt: skip
        texts = (Text(printable(one_line(value or "")), "dim" if undone else "") for value in values)
        cells.append(dict(zip(names, texts, strict=True)))
    return _print(console, cells, "corrections")


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
    if of == "day":
        return Text(day_as_text(date.fromisoformat(text)))
    if name in IN_WORDS:
        return Text(IN_WORDS[name](text))
    return Text(text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")


def _print(console: Console, rows: list[dict[str, Text]], what: str, figures: Iterable[str] = ()) -> int:
    console.print(table(rows, console.width, figures) if rows else Text(f"No {what}.", "dim"))
    return len(rows)
