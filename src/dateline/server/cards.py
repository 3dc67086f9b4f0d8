"""Rows of incidents as cards, columns and bars."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any, get_args

from dateline.ledger.queries import Query
from dateline.output.marks import QUADS, Quad
from dateline.server.answering import Asking
from dateline.server.asked import IncidentsQuery, MapQuery, ViewFilters
from dateline.server.selecting import selected, walk
from dateline.server.shapes.common import DaySpan, Page, Place
from dateline.server.shapes.incidents import Card, Histogram, MapColumns, Toll

QUAD_ORDER: tuple[Quad, ...] = get_args(Quad)
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


def map_columns(db: sqlite3.Connection, asked: MapQuery) -> MapColumns:
    """The columns of a map, highest ranked first.

    Raises:
        FilterError: a filter makes no sense.
    """
    found = selected(db, asked)
    located = f"FROM {found.source} WHERE i.lat IS NOT NULL AND i.lon IS NOT NULL AND {found.where}"
    sql = (
        "SELECT i.id, i.lat, i.lon, i.radius_km, i.type, i.first_day, i.confidence, i.voices, i.place "
        f"{located} ORDER BY i.rank DESC, i.id LIMIT ?"
    )
    rows = Query(sql, (*found.values, asked.limit + 1)).run(db).fetchall()
    shown = rows[: asked.limit]
    id, lat, lon, radius, type, day, confidence, voices, place = zip(*shown, strict=True) if shown else ((),) * 9
    days, places = (sorted({value for value in column if value is not None}) for column in (day, place))
    at_day, at_place = ({value: at for at, value in enumerate(values)} for values in (days, places))
    quad = {type: QUAD_ORDER.index(of) for type, of in QUADS.items()}
    total = len(shown)
    if len(rows) > asked.limit:
        total = Query(f"SELECT count(*) {located}", found.values).run(db).fetchone()[0]
    return MapColumns.model_construct(
        id=list(id), lat=list(lat), lon=list(lon), radius_km=[km or 0.0 for km in radius], quad=[quad[name] for name in type],
        day=[at_day.get(value, -1) for value in day], place=[at_place.get(value, -1) for value in place],
        confidence=list(confidence), voices=list(voices), quads=list(QUAD_ORDER), days=days, places=places, total=total,
        truncated=len(rows) > asked.limit,
    )  # fmt: skip


def histogram(db: sqlite3.Connection, asked: ViewFilters) -> Histogram:
    """How many incidents began on each day, by quad class.

    Raises:
        FilterError: a filter makes no sense.
    """
    found = selected(db, asked)
    source = found.source if found.values else "incident AS i"  # of all of them, another index holds the days in their order
    sql = f"SELECT i.first_day, i.type, count(*) FROM {source} WHERE {found.where} GROUP BY 1, 2 ORDER BY 1"
    counted: dict[str, dict[Quad, int]] = {}
    undated = 0
    for day, type, count in Query(sql, found.values).run(db):
        if day is None:
            undated += count
        else:
            bars = counted.setdefault(day, dict.fromkeys(QUAD_ORDER, 0))
            bars[QUADS[type]] += count
    bars_of: dict[str, Any] = {quad.replace("-", "_"): [bars[quad] for bars in counted.values()] for quad in QUAD_ORDER}
    return Histogram(days=list(counted), undated=undated, **bars_of)


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
