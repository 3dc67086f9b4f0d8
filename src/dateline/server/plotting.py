"""Incidents on the map and by day: from the columns in memory where they are there, else from the ledger. Both answer the same."""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np

from dateline.ledger.queries import Query
from dateline.output.marks import QUADS, Quad
from dateline.server.answering import Asking
from dateline.server.asked import MapQuery, ViewFilters
from dateline.server.columns import QUAD_ORDER, Columns
from dateline.server.selecting import selected
from dateline.server.shapes.incidents import Histogram, MapColumns


def map_columns(question: Asking, asked: MapQuery) -> MapColumns:
    """The columns of a map, highest ranked first.

    Raises:
        FilterError: a filter makes no sense.
    """
    columns = question.columns
    return _map_of_ledger(question.db, asked) if columns is None else _map_of_columns(columns, question.db, asked)


def histogram(question: Asking, asked: ViewFilters) -> Histogram:
    """How many incidents began on each day, by quad class.

    Raises:
        FilterError: a filter makes no sense.
    """
    columns = question.columns
    return _days_of_ledger(question.db, asked) if columns is None else _days_of_columns(columns, question.db, asked)


def _map_of_columns(columns: Columns, db: sqlite3.Connection, asked: MapQuery) -> MapColumns:
    located = np.flatnonzero(columns.chosen(db, asked) & ~np.isnan(columns.lat) & ~np.isnan(columns.lon))
    shown = located[: asked.limit]
    days, day = columns.day.of(shown)
    places, place = columns.place.of(shown)
    return MapColumns.model_construct(
        id=columns.id[shown].astype(np.str_).tolist(), lat=columns.lat[shown].tolist(), lon=columns.lon[shown].tolist(),
        radius_km=columns.radius_km[shown].tolist(), quad=columns.quad[shown].tolist(), day=day, place=place,
        confidence=columns.confidence[shown].tolist(), voices=columns.voices[shown].tolist(), quads=list(QUAD_ORDER), days=days,
        places=places, total=len(located), truncated=len(located) > asked.limit,
    )  # fmt: skip


def _map_of_ledger(db: sqlite3.Connection, asked: MapQuery) -> MapColumns:
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


def _days_of_columns(columns: Columns, db: sqlite3.Connection, asked: ViewFilters) -> Histogram:
    chosen = columns.chosen(db, asked)
    days, quads = columns.day.at[chosen], len(QUAD_ORDER)
    dated = days >= 0
    places = days[dated] * quads + columns.quad[chosen][dated]
    bars = np.bincount(places, minlength=len(columns.day.values) * quads).reshape(-1, quads)
    some = np.flatnonzero(bars.any(axis=1))
    return _histogram([columns.day.values[day] for day in some], bars[some].T.tolist(), int((~dated).sum()))


def _days_of_ledger(db: sqlite3.Connection, asked: ViewFilters) -> Histogram:
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
    return _histogram(list(counted), [[bars[quad] for bars in counted.values()] for quad in QUAD_ORDER], undated)


def _histogram(days: list[str], bars: list[list[int]], undated: int) -> Histogram:
    """`bars` by the quads in their order."""
    bars_of: dict[str, Any] = {quad.replace("-", "_"): of for quad, of in zip(QUAD_ORDER, bars, strict=True)}
    return Histogram(days=days, undated=undated, **bars_of)
