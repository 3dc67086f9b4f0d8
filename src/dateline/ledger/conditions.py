"""Filters as conditions on events: how to check one event, and how to find in an index all that fulfil it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.ledger.filters import Filters, Near, Who
from dateline.model import MODES
from dateline.resolve.geometry import EARTH_KM

OPERATORS = re.compile(r'["*()^]|\b(?:AND|OR|NOT|NEAR)\b')
"""What marks a search as written in FTS5's own language."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One filter on `event AS e JOIN article AS a`: how to check an event, and how to find all that fulfil it.

    `finder` selects a column `n` (event.n) or `id` (event.id), as `key` says, some perhaps twice; None where no index finds them.
    `counter` is a quicker query for about as many rows, where finding them costs more than counting.
    """

    check: str
    values: tuple[object, ...]
    finder: str | None = None
    finder_values: tuple[object, ...] = ()
    key: str = "n"
    counter: str | None = None
    counter_values: tuple[object, ...] = ()


def conditions(asked: Filters) -> list[Condition]:
    """The filters as conditions, in no particular order."""
    found = [*_on_columns(asked), *_on_days(asked)]
    for who, role in ((asked.actor, "actor"), (asked.recipient, "recipient")):
        if who is not None:
            found.append(_on_role(who, role))
    if asked.said_by is not None:
        found.append(_on_source(asked.said_by))
    if asked.near is not None:
        found.append(_on_distance(asked.near))
    if asked.outlet is not None:
        found.append(
            Condition(
                "a.outlet = ? COLLATE NOCASE", (asked.outlet,),
                "SELECT v.n FROM article AS o CROSS JOIN event AS v ON v.article_id = o.id WHERE o.outlet = ? COLLATE NOCASE",
                (asked.outlet,),
            )
        )  # fmt: skip
    if asked.text is not None:
        wanted = search(asked.text)
        matching = "FROM article_search CROSS JOIN article AS o ON o.n = article_search.rowid"
        found.append(
            Condition(
                f"e.article_id IN (SELECT o.id {matching} WHERE article_search MATCH ?)", (wanted,),
                f"SELECT v.n {matching} CROSS JOIN event AS v ON v.article_id = o.id WHERE article_search MATCH ?", (wanted,),
            )
        )  # fmt: skip
    return found


def search(text: str) -> str:
    """A search for FTS5: as it is where it uses its signs and words, else all the words, each quoted."""
    if OPERATORS.search(text):
        return text
    return " ".join(_quoted(word) for word in text.split())


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _in(column: str, values: Sequence[object]) -> str:
    return f"{column} = ?" if len(values) == 1 else f"{column} IN ({', '.join('?' * len(values))})"


def _on_columns(asked: Filters) -> Iterable[Condition]:
    types = (
        asked.type or tuple(type for type, modes in MODES.items() if set(modes) & set(asked.mode))
        if asked.mode
        else asked.type
    )
    if types:
        check, values = _in("{}.type", types), types
        if asked.mode:
            check, values = f"{check} AND {_in('{}.mode', asked.mode)}", (*types, *asked.mode)
        yield _column(check, values)
    if asked.country:
        yield _column(_in("{}.country", asked.country), asked.country)
    if asked.status:
        yield _column(_in("{}.status", asked.status), asked.status)
    if asked.min_confidence is not None:
        yield Condition("e.confidence >= ?", (asked.min_confidence,))


def _column(check: str, values: tuple[object, ...]) -> Condition:
    return Condition(
        check.replace("{}", "e"), values, f"SELECT v.n FROM event AS v WHERE {check.replace('{}', 'v')}", values
    )


def _on_days(asked: Filters) -> Iterable[Condition]:
    since, until = (day.isoformat() if day else None for day in (asked.since, asked.until))
    if since and until:
        yield Condition(
            "e.date_from <= ? AND e.date_to >= ?", (until, since),
            "SELECT v.n FROM event AS v WHERE v.date_from BETWEEN ? AND ? UNION ALL SELECT v.n FROM event AS v INDEXED BY event_lasting "
            "WHERE v.date_to > v.date_from AND v.date_to >= ? AND v.date_from < ?",
            (since, until, since, since),
        )  # fmt: skip
    elif since:
        yield Condition(
            "e.date_to >= ?", (since,),
            "SELECT v.n FROM event AS v WHERE v.date_from >= ? UNION ALL SELECT v.n FROM event AS v INDEXED BY event_lasting "
            "WHERE v.date_to > v.date_from AND v.date_to >= ? AND v.date_from < ?",
            (since, since, since),
        )  # fmt: skip
    elif until:
        yield Condition("e.date_from <= ?", (until,), "SELECT v.n FROM event AS v WHERE v.date_from <= ?", (until,))


def names_of(who: Who) -> tuple[str, tuple[object, ...]]:
    """A subquery for the names meant (a column `name`), and its values."""
    assert who.name is not None
    if who.exact:
        return "SELECT ? AS name", (who.name,)
    return (
        "SELECT k.name AS name FROM name_search CROSS JOIN known_name AS k ON k.n = name_search.rowid WHERE name_search MATCH ?",
        (_quoted(who.name),),
    )


def numbers_of(who: Who) -> tuple[str, tuple[object, ...]]:
    """The same as numbers of names (a column `n`, known_name.n), and its values."""
    assert who.name is not None
    if who.exact:
        return "SELECT k.n AS n FROM known_name AS k WHERE k.name = ?", (who.name,)
    return "SELECT rowid AS n FROM name_search WHERE name_search MATCH ?", (_quoted(who.name),)


# The plus sign keeps SQLite from looking up every name of the list for every event: it looks up the event, and compares.
def _on_role(who: Who, role: str) -> Condition:
    names, values = "", ()  # type: tuple[str, tuple[object, ...]]
    if who.name is not None:
        names, values = names_of(who)
        check = f"+r.name COLLATE NOCASE IN ({names})"
    else:
        codes = {"country": who.country, "sector": who.sector}
        check = " AND ".join(f"r.{column} = ?" for column, value in codes.items() if value)
        values = tuple(value for value in codes.values() if value)
    found = f"SELECT r.event_id AS id FROM event_actor AS r WHERE {check}"
    if who.name is not None:
        found = f"SELECT r.event_id AS id FROM ({names}) AS w CROSS JOIN event_actor AS r ON r.name = w.name COLLATE NOCASE"
    return Condition(
        f"EXISTS (SELECT 1 FROM event_actor AS r WHERE r.event_id = e.id AND r.role = '{role}' AND {check})",
        values, f"{found} {'AND' if who.name is None else 'WHERE'} r.role = '{role}'", values, "id",
    )  # fmt: skip


def _on_source(who: Who) -> Condition:
    names, values = names_of(who)
    return Condition(
        f"EXISTS (SELECT 1 FROM event_source AS r WHERE r.event_id = e.id AND +r.name COLLATE NOCASE IN ({names}))",
        values,
        f"SELECT r.event_id AS id FROM ({names}) AS w CROSS JOIN event_source AS r ON r.name = w.name COLLATE NOCASE",
        values,
        "id",
    )


def _on_distance(near: Near) -> Condition:
    boxes = _boxes(near)
    within = "FROM event_place AS b{} WHERE b.lat_max >= ? AND b.lat_min <= ? AND b.lon_max >= ? AND b.lon_min <= ?"
    boxed = f"SELECT 1 {within.format('')}"
    inside = f"SELECT v.n {within.format(' CROSS JOIN event AS v ON v.n = b.n')} AND distance_km(v.lat, v.lon, ?, ?) <= ?"
    circle = (near.lat, near.lon, near.km)
    south, north = boxes[0][:2]
    # The box is checked first: most events fail it, and the distance is reckoned by Python.
    check = f"e.lat BETWEEN ? AND ? AND ({' OR '.join(['e.lon BETWEEN ? AND ?'] * len(boxes))}) AND distance_km(e.lat, e.lon, ?, ?) <= ?"
    return Condition(
        check,
        (south, north, *(edge for box in boxes for edge in box[2:]), *circle),
        " UNION ALL ".join([inside] * len(boxes)),
        tuple(value for box in boxes for value in (*box, *circle)),
        counter=" UNION ALL ".join([boxed] * len(boxes)),
        counter_values=tuple(edge for box in boxes for edge in box),
    )


def _boxes(near: Near) -> list[tuple[float, float, float, float]]:
    """One or two boxes of latitudes and longitudes that hold the circle; two where it reaches over the 180th meridian.

    They are a little larger than need be, since the R-tree keeps its edges in single precision.
    """
    high = math.degrees(near.km / EARTH_KM) + 1e-3
    south, north = near.lat - high, near.lat + high
    if south <= -90 or north >= 90:
        return [(south, north, -180.0, 180.0)]
    wide = math.sin(math.radians(high)) / math.cos(math.radians(near.lat))
    if wide >= 1:
        return [(south, north, -180.0, 180.0)]
    reach = math.degrees(math.asin(wide)) + 1e-3
    west, east = near.lon - reach, near.lon + reach
    if west < -180:
        return [(south, north, -180.0, east), (south, north, west + 360, 180.0)]
    if east > 180:
        return [(south, north, west, 180.0), (south, north, -180.0, east - 360)]
    return [(south, north, west, east)]
