"""Corrections from ledger to ledger, one JSON object a line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, get_args

from dateline.ledger.correcting import OF_EVENTS, OF_STATEMENTS
from dateline.ledger.corrections import carry_over
from dateline.ledger.ids import hashed
from dateline.ledger.shapes import Row
from dateline.ledger.store import LedgerError, transaction
from dateline.model import MODES, Status

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
    if row["field"] not in OF_EVENTS | OF_STATEMENTS:
        raise LedgerError(f"line {number}: there is no field {row['field']!r} to correct")
    if not _sensible(row["field"], row["value"]):
        raise LedgerError(f"line {number}: {row['value']!r} is no {row['field']}")
    told = {name: row.get(name) for name in EXCHANGED}
    if not told["id"]:
        told["id"] = hashed("c", *(told[name] for name in ("target_id", "field", "value", "who", "made")))
    return told


def _sensible(field: str, value: Any) -> bool:
    """Whether a value from outside fits its field as far as that can be told without the event."""
    if field == "type":
        return value in MODES
    if field == "status":
        return value in get_args(Status)
    if field in ("lat", "lon", "radius_km"):
        return value is None or isinstance(value, int | float)
    if field in ("actors", "recipients"):
        try:
            people = json.loads(value)
        except (TypeError, ValueError):
            return False
        return isinstance(people, list) and all(isinstance(who, dict) and isinstance(who.get("name"), str) for who in people)
    return value is None or isinstance(value, str)
