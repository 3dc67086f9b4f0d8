"""Which incidents: the filters of the page as SQL on `incident AS i`, answered by its index of columns alone."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.ledger.filters import FilterError, Filters, filters
from dateline.ledger.queries import Query
from dateline.output.marks import QUADS
from dateline.server.asked import IncidentsQuery, ViewFilters
from dateline.server.having import Having, of_actors, of_outlets, of_text
from dateline.server.walking import Walk

SORTS = {
    "rank": ("i.rank", True), "-day": ("i.first_day", True), "day": ("i.first_day", False), "-confidence": ("i.confidence", True),
    "confidence": ("i.confidence", False), "-voices": ("i.voices", True),
}  # fmt: skip


class Selected(NamedTuple):
    """From where incidents are taken (`incident AS i`), what is checked of each, and the values; and a query that counts them."""

    source: str
    where: str
    values: tuple[object, ...]
    counting: Query

    def total(self, db: sqlite3.Connection) -> int:
        """How many there are."""
        return int(self.counting.run(db).fetchone()[0])


def selected(db: sqlite3.Connection, asked: ViewFilters) -> Selected:
    """The filters as a condition, in the way that is quickest on this ledger.

    Raises:
        FilterError: a filter makes no sense.
    """
    checks: list[str] = []
    values: list[object] = []
    for check, needed in _on_columns(asked):
        checks.append(check)
        values += needed
    others = list(having(asked))
    for each in others:
        check, needed = each.condition(db)
        checks.append(check)
        values += needed
    # All columns that filters look at stand in one index; going through that is quicker than looking up the long rows, but for a few.
    source = "incident AS i" if asked.id else "incident AS i INDEXED BY incident_columns"
    where = " AND ".join(checks) or "1"
    if len(others) == len(checks) == 1:
        counting = others[0].counting(db)
    else:
        counting = Query(f"SELECT count(*) FROM {source} WHERE {where}", tuple(values))
    return Selected(source, where, tuple(values), counting)


def walk(db: sqlite3.Connection, asked: IncidentsQuery) -> Walk:
    """The incidents asked for, in the order asked for."""
    found = selected(db, asked)
    column, down = SORTS[asked.sort]
    # The same question may be put to a ledger that grows in another way: a cursor goes with what was asked, not with how.
    question = json.dumps(asked.model_dump(mode="json", exclude={"cursor", "limit"}))
    return Walk(found.source, found.where, found.values, column, "i.id", down, "incidents", found.counting, question)


def split_codes(values: Sequence[str]) -> list[str]:
    """Several codes in one value, joined by commas, are several values."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def types_of(asked: ViewFilters, checked: Filters) -> list[str]:
    """The event types that are asked for, by their names (as checked) and by their quad classes."""
    types = set(checked.type or QUADS)
    if asked.quad:
        types &= {type for type, quad in QUADS.items() if quad in asked.quad}
    return sorted(types)


def having(asked: ViewFilters) -> Iterator[Having]:
    """The filters that other tables than that of incidents answer.

    Raises:
        FilterError: a name makes no sense.
    """
    if asked.actor:
        yield of_actors(asked.actor)
    if asked.outlet:
        yield of_outlets(asked.outlet)
    if asked.q is not None and asked.q.strip():
        yield of_text(asked.q)


def box(written: str) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees; west is greater than east where the box reaches over the 180th meridian.

    Raises:
        FilterError: it is no box.
    """
    wrong = FilterError("bbox", f"{written!r} is not WEST,SOUTH,EAST,NORTH in degrees, for instance 60.5,29.3,74.9,38.5")
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError as error:
        raise wrong from error
    if not all(map(math.isfinite, (west, south, east, north))) or not -90 <= south <= north <= 90:
        raise wrong
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise wrong
    return west, south, east, north


def _on_columns(asked: ViewFilters) -> Iterator[tuple[str, Sequence[object]]]:
    checked = filters(type=asked.type, country=asked.country, since=asked.since, until=asked.until)
    if asked.type or asked.quad:
        yield _in("i.type", types_of(asked, checked))
    for column, among in (("i.status", asked.status), ("i.country", checked.country), ("i.id", split_codes(asked.id))):
        if among:
            yield _in(column, among)
    if asked.place:
        names, _ = _in("i.place COLLATE NOCASE", asked.place)
        ids, _ = _in("i.gazetteer_id", asked.place)
        yield f"({names} OR {ids})", (*asked.place, *asked.place)
    if asked.confidence is not None:
        yield "i.confidence >= ?", (asked.confidence,)
    if asked.voices is not None:
        yield "i.voices >= ?", (asked.voices,)
    if checked.since is not None:
        yield "coalesce(i.date_to, i.first_day) >= ?", (checked.since.isoformat(),)
    if checked.until is not None:
        yield "coalesce(i.date_from, i.first_day) <= ?", (checked.until.isoformat(),)
    if asked.bbox is not None:
        yield _box(asked.bbox)


def _in(column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _box(written: str) -> tuple[str, Sequence[object]]:
    west, south, east, north = box(written)
    if west <= east:
        return "i.lat BETWEEN ? AND ? AND i.lon BETWEEN ? AND ?", (south, north, west, east)
    return "i.lat BETWEEN ? AND ? AND (i.lon >= ? OR i.lon <= ?)", (south, north, west, east)
