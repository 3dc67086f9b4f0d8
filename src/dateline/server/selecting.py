"""Which incidents: the filters of the page as SQL on `incident AS i`, answered by its index of columns alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.ledger.conditions import names_of, search
from dateline.ledger.filters import FilterError, Who, filters
from dateline.output.marks import QUADS
from dateline.server.asked import IncidentsQuery, ViewFilters
from dateline.server.walking import Walk

SORTS = {
    "rank": ("i.rank", True), "-day": ("i.first_day", True), "day": ("i.first_day", False), "-confidence": ("i.confidence", True),
    "confidence": ("i.confidence", False), "-voices": ("i.voices", True),
}  # fmt: skip
TOLD_BY = "JOIN account AS o ON o.id = x.account_id"


class Selected(NamedTuple):
    """From where incidents are taken (`incident AS i`), what is checked of each, and the values."""

    source: str
    where: str
    values: tuple[object, ...]


def selected(asked: ViewFilters) -> Selected:
    """The filters as a condition.

    Raises:
        FilterError: a filter makes no sense.
    """
    checks: list[str] = []
    values: list[object] = []
    for check, needed in _conditions(asked):
        checks.append(check)
        values += needed
    # All columns that filters look at stand in one index; going through that is quicker than looking up the long rows, but for a few.
    source = "incident AS i" if asked.id else "incident AS i INDEXED BY incident_columns"
    return Selected(source, " AND ".join(checks) or "1", tuple(values))


def walk(asked: IncidentsQuery) -> Walk:
    """The incidents asked for, in the order asked for."""
    found = selected(asked)
    column, down = SORTS[asked.sort]
    return Walk(found.source, found.where, found.values, column, "i.id", down, "incidents")


def split_codes(values: Sequence[str]) -> list[str]:
    """Several codes in one value, joined by commas, are several values."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _conditions(asked: ViewFilters) -> Iterator[tuple[str, Sequence[object]]]:
    checked = filters(type=asked.type, country=asked.country, since=asked.since, until=asked.until)
    types = set(checked.type or QUADS)
    if asked.quad:
        types &= {type for type, quad in QUADS.items() if quad in asked.quad}
    if asked.type or asked.quad:
        yield _in("i.type", sorted(types))
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
    if asked.actor:
        found = [_of_actor(_who(name)) for name in asked.actor]
        yield f"i.id IN ({' UNION ALL '.join(sql for sql, _ in found)})", [value for _, of in found for value in of]
    if asked.outlet:
        outlets, _ = _in("a.outlet COLLATE NOCASE", asked.outlet)
        sql = f"SELECT o.incident_id FROM article AS a JOIN account AS o ON o.article_id = a.id WHERE {outlets}"
        yield f"i.id IN ({sql})", asked.outlet
    if asked.q is not None and asked.q.strip():
        sql = (
            "SELECT o.incident_id FROM article_search CROSS JOIN article AS a ON a.n = article_search.rowid "
            "JOIN account AS o ON o.article_id = a.id WHERE article_search MATCH ?"
        )
        yield f"i.id IN ({sql})", (search(asked.q),)


def _in(column: str, values: Sequence[object]) -> tuple[str, Sequence[object]]:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _who(written: str) -> Who:
    who = filters(actor=written).actor
    if who is None:
        raise FilterError("actor", "there is no name")
    return who


def _of_actor(who: Who) -> tuple[str, Sequence[object]]:
    """The incidents that somebody takes part in, in whatever role, as any of those says who tell them."""
    if who.name is not None:
        names, values = names_of(who)
        found = f"({names}) AS w CROSS JOIN event_actor AS r ON r.name = w.name COLLATE NOCASE"
        told = "1"
    else:
        codes = {"country": who.country, "sector": who.sector}
        found, values = "event_actor AS r", tuple(value for value in codes.values() if value)
        told = " AND ".join(f"r.{column} = ?" for column, value in codes.items() if value)
    return (
        f"SELECT o.incident_id FROM {found} JOIN account_event AS x ON x.event_id = r.event_id {TOLD_BY} WHERE {told}",
        values,
    )


def _box(written: str) -> tuple[str, Sequence[object]]:
    wrong = FilterError("bbox", f"{written!r} is not WEST,SOUTH,EAST,NORTH in degrees, for instance 60.5,29.3,74.9,38.5")
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError as error:
        raise wrong from error
    if not all(map(math.isfinite, (west, south, east, north))) or not -90 <= south <= north <= 90:
        raise wrong
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise wrong
    if west <= east:
        return "i.lat BETWEEN ? AND ? AND i.lon BETWEEN ? AND ?", (south, north, west, east)
    return "i.lat BETWEEN ? AND ? AND (i.lon >= ? OR i.lon <= ?)", (south, north, west, east)
