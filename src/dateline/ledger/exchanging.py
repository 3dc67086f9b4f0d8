"""Corrections from ledger to ledger, one JSON object a line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, get_args

from dateline.gazetteer.countries import is_code
from dateline.ledger.correcting import OF_EVENTS, OF_STATEMENTS
from dateline.ledger.corrections import carry_over
from dateline.ledger.ids import hashed
from dateline.ledger.shapes import Row
from dateline.ledger.store import LedgerError, transaction
from dateline.model import MODES, SECTORS, Status
from dateline.sources.decoding import scalar

EXCHANGED = ("id", "target_id", "article_id", "start", "end", "field", "value", "who", "made", "why", "undone", "undone_by")
NEEDED = frozenset({"target_id", "article_id", "start", "end", "field", "value", "who", "made"})


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import went: corrections taken in, those that were there, and those that wait for their article."""

    new: int
    known: int
    waiting: int


def write_out(db: sqlite3.Connection) -> Iterator[Row]:
    """All corrections for exchange, undone ones too, in the order in which they were made."""
    columns = ", ".join(f'"{name}"' for name in EXCHANGED)
    for row in db.execute(f"SELECT {columns} FROM correction ORDER BY made, id"):
        yield dict(row)


def take_in(db: sqlite3.Connection, lines: IO[str]) -> Imported:
    """Take in corrections that another ledger wrote out, one JSON object a line: all of them or none.

    One that is there already is not taken twice, but is undone where it was undone there. One whose event is not here goes to the
    event whose words overlap most with the old ones; where its article is not here, it waits for it.

    Raises:
        LedgerError: a line is no correction; the message names it.
    """
    new = known = 0
    touched: set[str] = set()
    with transaction(db):
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = _checked(line, number)
            if db.execute("SELECT 1 FROM correction WHERE id = ?", (row["id"],)).fetchone():
                known += 1
                if row["undone"]:
                    db.execute(
                        "UPDATE correction SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL",
                        (row["undone"], row["undone_by"], row["id"]),
                    )
                continue
            columns = ", ".join(f'"{name}"' for name in EXCHANGED)
            db.execute(
                f"INSERT INTO correction ({columns}) VALUES ({', '.join('?' * len(EXCHANGED))})",
                [row[name] for name in EXCHANGED],
            )
            new += 1
            touched.add(row["article_id"])
        for article in sorted(touched):
            carry_over(db, article)
        waiting = sum(not db.execute("SELECT 1 FROM article WHERE id = ?", (article,)).fetchone() for article in touched)
    return Imported(new, known, waiting)


def _checked(line: str, number: int) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LedgerError(f"line {number} is not valid JSON: {error}") from error
    if not isinstance(row, dict) or not set(row) >= NEEDED:
        missing = ", ".join(sorted(NEEDED - set(row))) if isinstance(row, dict) else "everything"
        raise LedgerError(f"line {number} is no correction: it lacks {missing}")
    told = {name: row.get(name) for name in EXCHANGED}
    for name, value in told.items():
        if not _fits(name, value):
            raise LedgerError(f"line {number}: {value!r:.80} is no {name}")
    field, of_event = told["field"], str(told["target_id"]).startswith("e")
    if field not in (OF_EVENTS if of_event else OF_STATEMENTS):
        raise LedgerError(f"line {number}: {'an event' if of_event else 'a statement'} has no field {field!r} to correct")
    if not SENSIBLE[field](told["value"]):
        raise LedgerError(f"line {number}: {told['value']!r:.80} is no {field}")
    if not told["id"]:
        told["id"] = hashed("c", *(told[name] for name in ("target_id", "field", "value", "who", "made")))
    return told


def _fits(name: str, value: Any) -> bool:
    """Whether a value from outside is of its column's kind."""
    if name in ("start", "end"):
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62
    if name == "value" and isinstance(value, int | float):
        return True
    if value is None:
        return name not in NEEDED or name == "value"
    return isinstance(value, str) and scalar(value) == value and (name != "made" or _is_moment(value))


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_day(value: Any) -> bool:
    try:
        return value is None or date.fromisoformat(value).isoformat() == value
    except (TypeError, ValueError):
        return False


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _among(least: float, most: float) -> Callable[[Any], bool]:
    """Whether it is a number from `least` to `most`, which the ledger itself writes as text, or nothing."""

    def fits(value: Any) -> bool:
        try:
            return value is None or (not isinstance(value, bool) and least <= float(value) <= most)
        except (TypeError, ValueError):
            return False

    return fits


def _is_people(value: Any) -> bool:
    try:
        people = json.loads(value)
    except (TypeError, ValueError):
        return False
    return isinstance(people, list) and all(
        isinstance(who, dict)
        and _is_words(who.get("name"))
        and _is_country(who.get("country"))
        and _is_sector(who.get("sector"))
        for who in people
    )


def _is_country(value: Any) -> bool:
    return value is None or (isinstance(value, str) and is_code(value))


def _is_sector(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value in SECTORS)


def _or_nothing(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or fits(value)


SENSIBLE: dict[str, Callable[[Any], bool]] = {
    "type": lambda value: value in MODES,
    "mode": _or_nothing(lambda value: any(value in modes for modes in MODES.values())),
    "status": lambda value: value in get_args(Status),
    **dict.fromkeys(("date_from", "date_to", "deadline"), _is_day),
    **dict.fromkeys(("country", "speaker_country"), _is_country),
    "speaker_sector": _is_sector,
    "lat": _among(-90.0, 90.0),
    "lon": _among(-180.0, 180.0),
    "radius_km": _among(0.0, 20_100.0),
    **dict.fromkeys(("actors", "recipients"), _is_people),
    "rejected": lambda value: value in ("1", 1),
    **dict.fromkeys(("speaker", "note"), _is_words),
    **dict.fromkeys(("place", "gazetteer_id", "said_by", "stance"), _or_nothing(_is_words)),
}
"""Whether a value from outside can stand in a field, as far as that can be told without the event."""
