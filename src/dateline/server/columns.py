"""The narrow columns of all incidents in memory: what the map and the histogram show is chosen from them in a few milliseconds.

Whatever a column says is compared here; what other tables say (who takes part, who tells it, in which words) and the names of places are
asked of the ledger, which answers with numbers of incidents. Both come to the same as `dateline.server.selecting`.

Memory: 95 bytes an incident and every day and name of a place once, 10 MB for 100,000 incidents. One version is kept, for a moment the
next besides it; of more than MOST incidents none is, and the ledger answers alone.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from dateline.ledger.filters import filters
from dateline.ledger.queries import Query
from dateline.output.marks import QUADS, Quad
from dateline.server.asked import ViewFilters
from dateline.server.selecting import box, having, selected, types_of

MOST = 1_000_000
AT_ONCE = 10_000
QUAD_ORDER: tuple[Quad, ...] = get_args(Quad)
READ = (
    "SELECT id, number, type, status, country, place, first_day, coalesce(date_from, first_day), coalesce(date_to, first_day), "
    "lat, lon, coalesce(radius_km, 0.0), confidence, voices FROM incident INDEXED BY incident_columns ORDER BY rank DESC, id"
)
KINDS = ("S", np.int64, *[None] * 7, *[np.float64] * 4, np.int32)
"""Of what READ gives; None is text of which many say the same."""

type Mask = NDArray[np.bool_]


class Texts(NamedTuple):
    """A column of text: its values, ascending, and for each incident the index of its own, -1 where it has none."""

    values: list[str]
    at: NDArray[np.int32]

    def among(self, wanted: Collection[str]) -> Mask:
        """Which are one of these."""
        known = np.zeros(len(self.values) + 1, np.bool_)  # the last is what -1 finds
        for value in wanted:
            place = bisect_left(self.values, value)
            known[place] |= place < len(self.values) and self.values[place] == value
        return known[self.at]

    def least(self, value: str) -> Mask:
        """Which are not before this one."""
        return self.at >= bisect_left(self.values, value)

    def most(self, value: str) -> Mask:
        """Which are not after this one."""
        return (self.at >= 0) & (self.at < bisect_right(self.values, value))

    def of(self, chosen: NDArray[np.intp]) -> tuple[list[str], list[int]]:
        """The values that some incidents have, ascending, and for each of those the index of its own, -1 where it has none."""
        at = self.at[chosen]
        there = np.zeros(len(self.values) + 1, np.bool_)
        there[at] = True
        there[-1] = False
        anew = np.where(there, np.cumsum(there) - 1, -1)
        return [self.values[place] for place in np.flatnonzero(there)], anew[at].tolist()


@dataclass(frozen=True, slots=True)
class Columns:
    """All incidents of one version, highest ranked first: the n-th of each column belongs to the n-th incident.

    `lat` and `lon` are degrees, NaN where there are none, `radius_km` is 0 where none is known; `quad` counts in QUAD_ORDER. `starts`
    and `ends` are the days between which it took place, else its first day. `sorted_numbers` are the numbers of the incidents,
    ascending, and `places_of` where in the columns each stands.
    """

    version: str
    id: NDArray[np.bytes_]
    type: Texts
    status: Texts
    country: Texts
    place: Texts
    day: Texts
    starts: Texts
    ends: Texts
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    radius_km: NDArray[np.float64]
    confidence: NDArray[np.float64]
    voices: NDArray[np.int32]
    quad: NDArray[np.int8]
    sorted_numbers: NDArray[np.int64]
    places_of: NDArray[np.int32]

    def chosen(self, db: sqlite3.Connection, asked: ViewFilters) -> Mask:
        """Which incidents the filters leave.

        Args:
            db: the ledger in the version of the columns.
            asked: the filters.

        Raises:
            FilterError: a filter makes no sense.
        """
        found = np.ones(len(self.id), np.bool_)
        for mask in self._by_columns(asked):
            found &= mask
        for query in _by_ledger(db, asked):
            found &= self._numbered(query.run(db).fetchone()[0])
        return found

    def _by_columns(self, asked: ViewFilters) -> Iterator[Mask]:
        checked = filters(type=asked.type, country=asked.country, since=asked.since, until=asked.until)
        if asked.type or asked.quad:
            yield self.type.among(types_of(asked, checked))
        if asked.status:
            yield self.status.among(asked.status)
        if checked.country:
            yield self.country.among(checked.country)
        if asked.confidence is not None:
            yield self.confidence >= asked.confidence
        if asked.voices is not None:
            yield self.voices >= asked.voices
        if checked.since is not None:
            yield self.ends.least(checked.since.isoformat())
        if checked.until is not None:
            yield self.starts.most(checked.until.isoformat())
        if asked.bbox is not None:
            west, south, east, north = box(asked.bbox)
            yield (self.lat >= south) & (self.lat <= north)
            yield (self.lon >= west) & (self.lon <= east) if west <= east else (self.lon >= west) | (self.lon <= east)

    def _numbered(self, joined: str | None) -> Mask:
        """Which have one of these numbers, joined by commas."""
        found = np.zeros(len(self.id), np.bool_)
        if joined and len(found):
            numbers = np.fromstring(joined, np.int64, sep=",")
            near = np.minimum(np.searchsorted(self.sorted_numbers, numbers), len(found) - 1)
            found[self.places_of[near[self.sorted_numbers[near] == numbers]]] = True
        return found


def read(db: sqlite3.Connection, version: str, most: int = MOST) -> Columns | None:
    """The columns of the ledger as it stands, which is this version; None of more than `most` incidents."""
    if db.execute("SELECT count(*) FROM incident").fetchone()[0] > most:
        return None
    asked = db.cursor()
    asked.row_factory = None
    asked.execute(READ)
    parts: list[list[NDArray[Any]]] = [[] for _ in KINDS]
    known: list[dict[str | None, int]] = [{None: -1} for _ in KINDS]
    while rows := asked.fetchmany(AT_ONCE):
        for part, values, kind, index in zip(parts, zip(*rows, strict=True), KINDS, known, strict=True):
            # None stands in the index first, so that the n-th text comes to n - 1.
            found = values if kind else [index.setdefault(value, len(index) - 1) for value in values]
            part.append(np.array(found, kind or np.int32))
    id, number, *texts, lat, lon, radius, confidence, voices = (
        np.concatenate(part) if part else np.array([], kind or np.int32) for part, kind in zip(parts, KINDS, strict=True)
    )
    type, status, country, place, day, starts, ends = map(_texts, texts, known[2:9])
    quad = np.array([QUAD_ORDER.index(QUADS[name]) for name in type.values], np.int8)[type.at]  # type: ignore[index]  # an event type
    order = np.argsort(number).astype(np.int32)
    return Columns(
        version, id, type, status, country, place, day, starts, ends, lat, lon, radius, confidence, voices, quad, number[order], order
    )  # fmt: skip


def _by_ledger(db: sqlite3.Connection, asked: ViewFilters) -> Iterator[Query]:
    """What the columns cannot say, as queries for the numbers of incidents joined by commas."""
    if asked.place or asked.id:
        found = selected(db, ViewFilters(place=asked.place, id=asked.id))
        yield Query(f"SELECT group_concat(i.number) FROM {found.source} WHERE {found.where}", found.values)
    yield from (each.numbers for each in having(asked))


def _texts(at: NDArray[np.int32], known: dict[str | None, int]) -> Texts:
    """A column of text from the indices of its values in the order in which they came."""
    values: Sequence[str] = [value for value in known if value is not None]
    order = sorted(range(len(values)), key=values.__getitem__)
    anew = np.full(len(values) + 1, -1, np.int32)
    anew[order] = np.arange(len(values), dtype=np.int32)
    return Texts([values[place] for place in order], anew[at])
