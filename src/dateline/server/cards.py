"""Rows of incidents as cards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import batched

from dateline.output.marks import QUADS
from dateline.server.answering import Asking
from dateline.server.asked import IncidentsQuery
from dateline.server.selecting import walk
from dateline.server.shapes.common import DaySpan, Page, Place
from dateline.server.shapes.incidents import Card, Toll

AT_ONCE = 500


def cards(question: Asking, asked: IncidentsQuery) -> Page[Card]:
    """A page of incidents.

    Raises:
        FilterError: a filter or the cursor makes no sense.
    """
    found = walk(question.db, asked)
    ids, following = found.page(question.db, asked.limit, asked.cursor)
    return Page(items=list(cards_of(question.db, [str(id) for id in ids])), next=following, total=question.total(found))


def cards_of(db: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Card]:
    """Incidents by their ids, in that order; those that are not there are passed over."""
    for some in batched(ids, AT_ONCE):
        rows = {
            row["id"]: row for row in db.execute(f"SELECT * FROM incident WHERE id IN ({', '.join('?' * len(some))})", some)
        }
        yield from (card_of(rows[id]) for id in some if id in rows)


def card_of(row: sqlite3.Row) -> Card:
    """A row of the table `incident` as a card."""
    return Card(
        id=row["id"], title=row["title"], sentence=row["text"], type=row["type"], mode=row["mode"], quad=QUADS[row["type"]],
        status=row["status"], days=days(row["date_from"], row["date_to"]), day=row["first_day"], place=place_of(row),
        actors=names(row["actors"]), recipients=names(row["recipients"]), toll=_toll(row), outlets=names(row["outlets"]),
        voices=row["voices"], articles=row["articles"], events=row["events"], denied=bool(row["disputed"]),
        confidence=row["confidence"], rank=row["rank"],
    )  # fmt: skip


def days(first: str | None, last: str | None) -> DaySpan | None:
    """A span of days, None where none is known."""
    return DaySpan(first=first, last=last or first) if first else None


def names(joined: str | None) -> list[str]:
    """Names that a column holds joined."""
    return [name for name in (joined or "").split("; ") if name]


def place_of(row: sqlite3.Row) -> Place | None:
    """The place that a row names, None where it names none."""
    if row["place"] is None:
        return None
    return Place(
        name=row["place"], country=row["country"], lat=row["lat"], lon=row["lon"], radius_km=row["radius_km"],
        gazetteer_id=row["gazetteer_id"],
    )  # fmt: skip


def _toll(row: sqlite3.Row) -> Toll | None:
    low, best, high = row["killed_low"], row["killed_best"], row["killed_high"]
    if low is None and best is None and high is None:
        return None
    return Toll(low=low, best=best, high=high, disputed=low is not None and high is not None and low != high)
