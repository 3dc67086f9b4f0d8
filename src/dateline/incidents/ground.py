"""Who holds what on any day, as it was told until then: made ready once, then answered for one day as quickly as for another.

What is known of a place changes only on the days on which somebody tells something. For each such day the chain of the place
(`standings`) is walked, and what the days after it need is kept: the odds on the day of the last report, the holder then, and since
when. Until the next news the odds only fade, which is reckoned for all places at once.

`control.histories` until that day comes to the same, and takes longer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from dateline.incidents.accounts import place_of
from dateline.incidents.control import (
    Bound,
    PlaceHistory,
    Takings,
    believed,
    best_known,
    bounds_of,
    countries_of,
    histories_of,
    may_count,
    may_lie_in,
    most_called,
    once,
)
from dateline.incidents.records import Holding, Incident
from dateline.incidents.reports import Count, Report, counts_of, identified, key_of, least, passing_of, reports_of
from dateline.incidents.sides import folded
from dateline.incidents.standings import Chain, Standing, Walk, likeliest, load_chain, posterior, standing
from dateline.model import Location

END = date.max.toordinal() + 1
DAY_BITS = 22
"""Any day fits into so many bits."""
LOOKED_BACK = 64
"""Days in which the first of the last holder is sought; where it is not among them, in four times as many, and so on."""

type Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Told:
    """All that is told of who holds what.

    `reports` are those of incidents, then those in passing. `entries` has the gazetteer's entries of the names in incidents, `later` those
    of names in passing words, with the day of the words. `counts` are of ground without names.
    """

    reports: Sequence[Report]
    counts: Sequence[Count]
    entries: Mapping[str, str]
    later: Sequence[tuple[date, str, str]]

    def keyed(self, until: date | None = None) -> list[tuple[str, Report]]:
        """The reports, with the keys of their places by all that is told until a day."""
        later = ((name, entry) for day, name, entry in self.later if until is None or day <= until)
        entries = least((*self.entries.items(), *later))
        return [(key_of(report.place, entries), report) for report in self.reports]

    def histories(
        self,
        country: str | None = None,
        until: date | None = None,
        chain: Chain | None = None,
        reliability: Mapping[str, float] | None = None,
        whole: Sequence[PlaceHistory] | None = None,
    ) -> tuple[list[PlaceHistory], list[Bound]]:
        """The history of every place, as `control.histories` has it, and counts without names.

        Where those of all countries are known, `whole`, those of one are taken from them.
        """
        if whole is None:
            keyed = [(key, believed(report, reliability or {})) for key, report in self.keyed(until)]
            places = histories_of(keyed, until, chain or load_chain(), country)
        else:
            places = [place for place in whole if country is None or country in place.countries]
        counts = (count for count in self.counts if may_lie_in(count, country))
        return places, bounds_of(counts, places)


def told_of(incidents: Iterable[Incident], holdings: Iterable[Holding], right: Mapping[str, float]) -> Told:
    """What incidents and passing words tell; `right` says how often each kind of report is. Words without a day tell nothing."""
    reports: list[Report] = []
    counts: list[Count] = []
    entries: list[tuple[str, str]] = []
    for incident in incidents:
        reports += reports_of(incident, right)
        counts += counts_of(incident.tolds)
        entries += identified(place for told in incident.tolds if (place := place_of(told)))
    held = [holding for holding in holdings if holding.day is not None]
    later = [(one.day, *entry) for one in held for entry in identified([one.place]) if one.day]
    return Told([*reports, *passing_of(held, right)], counts, least(entries), later)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a place from one piece of news to the next.

    `countries` are those in which somebody says that it lies. `since` is the first day of who holds it on the `knot`, the day of the
    last report; `sources` say so, `contradicted` reports say otherwise. `odds` are those of the `states` on the knot, read forwards;
    `first` is the first day of which anything is said.
    """

    place: Location
    unit: str | None
    countries: frozenset[str]
    first: date
    states: Sequence[str]
    odds: Sequence[float]
    knot: date
    holder: str | None
    since: date
    sources: tuple[tuple[str, str | None], ...]
    contradicted: int


@dataclass(frozen=True, slots=True)
class Story:
    """What is known of a place on each day from `start` to before `end` (ordinals): `known` from `starts` on."""

    key: str
    reports: Sequence[Report]
    start: int
    end: int
    starts: Sequence[int]
    known: Sequence[Known]


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a place on a day, since when, and who says so; `contradicted` reports say otherwise."""

    key: str
    known: Known
    standing: Standing
    since: date
    sources: tuple[tuple[str, str | None], ...]
    contradicted: int


class Ground:
    """Who holds what, ready to be asked for any day."""

    def __init__(self, told: Told, chain: Chain | None = None) -> None:
        """Make it ready, which takes long.

        Args:
            told: all that is told.
            chain: the parameters, by default the bundled ones.
        """
        self._chain = chain or load_chain()
        self.stories = [_story(key, reports, start, end, self._chain) for key, reports, start, end in _kept_apart(told)]
        self._known = [known for story in self.stories for known in story.known]
        self._offsets = np.cumsum([0, *(len(story.starts) for story in self.stories)])
        numbers = np.arange(len(self.stories)) << DAY_BITS
        self._starts = np.array([n + at for n, story in zip(numbers, self.stories, strict=True) for at in story.starts])
        self._numbers, self._ends = numbers, np.array([story.end for story in self.stories])
        self._knots = np.array([known.knot.toordinal() for known in self._known], dtype=np.int64)
        self._lengths = np.array([len(known.states) for known in self._known], dtype=np.int64)
        self._rows = np.zeros(len(self._known), dtype=np.int64)
        self._odds: dict[int, NDArray[np.float64]] = {}
        self._lasts = np.zeros(len(self._known), dtype=np.int64)
        self._lay_out()
        takings = Takings(once(story.reports) for story in self.stories)
        self._counts = [(count, takings.within(count)) for count in told.counts]

    def on(self, day: date, country: str | None = None) -> tuple[list[Held], list[Bound]]:
        """The places of which anything is said until a day, by name, and counts of ground without names.

        Args:
            day: the day.
            country: only places that somebody has said lie in it (alpha-3), each with all that is told of it.
        """
        now = day.toordinal()
        found = np.searchsorted(self._starts, self._numbers + now, side="right") - 1
        there = np.flatnonzero((found >= self._offsets[:-1]) & (now < self._ends))
        if country is not None:
            within = [country in self._known[at].countries for at in found[there].tolist()]
            there = there[np.array(within, dtype=np.bool_)]
        odds = self._odds_on(found[there], now)
        held = {
            number: self._held(self.stories[number].key, at, day, odds[at])
            for number, at in zip(there.tolist(), found[there].tolist(), strict=True)
        }
        order = sorted(held, key=lambda number: (held[number].known.place.name, held[number].key))
        rank = {number: n for n, number in enumerate(order)}
        bounds = []
        for count, takings in self._counts:
            if not may_lie_in(count, country):
                continue
            named = sorted(rank[number] for number, told_on in takings.items() if told_on <= day and number in rank)
            places = [held[order[n]].known for n in named]
            names = (known.place.name for known in places if may_count(count, known.place.country, known.unit))
            bounds.append(Bound(count, tuple(names)))
        return [held[number] for number in order], bounds

    def _held(self, key: str, at: int, day: date, odds: Sequence[float]) -> Held:
        known = self._known[at]
        now = standing(day, known.states, odds, self._chain)
        if now.holder == known.holder:
            return Held(key, known, now, known.since, known.sources, known.contradicted)
        return Held(key, known, now, known.knot + timedelta(days=int(self._lasts[at]) + 1), (), 0)

    def _lay_out(self) -> None:
        """Lay the odds of all that is known in rows, by the number of states, and reckon for how many days its holder is likely enough."""
        fade, enough = log(1.0 - self._chain.change), self._chain.known
        for length in np.unique(self._lengths).tolist():
            among = np.flatnonzero(self._lengths == length)
            odds = np.array([self._known[at].odds for at in among.tolist()])
            self._odds[length], self._rows[among] = odds, np.arange(len(among))
            excess = odds.max(axis=1) - 1.0 / length
            lasting = excess >= enough - 1.0 / length
            about = np.floor(np.log((enough - 1.0 / length) / excess[lasting]) / fade).astype(np.int64)
            for days in (about - 1, about, about + 1):  # rounding may take a day from it, or give it one
                days = np.maximum(days, 0)
                likely = _faded(odds[lasting], days, self._chain).max(axis=1) >= enough
                self._lasts[among[lasting]] = np.where(likely, days, self._lasts[among[lasting]])

    def _odds_on(self, asked: Numbers, day: int) -> dict[int, list[float]]:
        """The odds on a day of what is known, by its number."""
        found: dict[int, list[float]] = {}
        for length, odds in self._odds.items():
            some = asked[self._lengths[asked] == length]
            faded = _faded(odds[self._rows[some]], day - self._knots[some], self._chain)
            found.update(zip(some.tolist(), faded.tolist(), strict=True))
        return found


def _faded(odds: NDArray[np.float64], days: Numbers, chain: Chain) -> NDArray[np.float64]:
    """Odds, a row each, so many days after the last report."""
    return posterior(odds, days, np.full_like(odds, 1.0 / odds.shape[1]), np.zeros_like(days), chain.change)


def _kept_apart(told: Told) -> Iterator[tuple[str, list[Report], int, int]]:
    """Each place with its reports, and from which day to before which these are all of it (ordinals).

    Passing words may tell which place it is that a report names, and from then on it is known by another key.
    """
    later: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for on, name, entry in sorted(told.later):
        later[name].append((on.toordinal(), entry))
    places: dict[str, list[tuple[Report, int, int]]] = defaultdict(list)
    for report in told.reports:
        keys = [(0, key_of(report.place, told.entries))]
        if report.place.gazetteer_id is None and (name := folded(report.place.name)) in later:
            known = told.entries.get(name)
            for day, entry in later[name]:
                if known is None or entry < known:
                    known = entry
                    keys.append((day, entry))
        for (start, key), (end, _) in pairwise([*keys, (END, "")]):
            if report.told_on.toordinal() < end:
                places[key].append((report, start, end))
    for key, several in places.items():
        cuts = sorted({0, END, *(day for _, start, end in several for day in (start, end))})
        for start, end in pairwise(cuts):
            reports = [report for report, since, until in several if since <= start and end <= until]
            if reports:
                yield key, reports, start, end


def _story(key: str, reports: Sequence[Report], start: int, end: int, chain: Chain) -> Story:
    starts = sorted({max(start, report.told_on.toordinal()) for report in reports})
    starts = starts[: bisect_right(starts, end - 1)]
    known = []
    walk: Walk | None = None
    every = once(reports)
    for day in starts:
        told = [report for report in reports if report.told_on.toordinal() <= day]
        # Where nobody says the same again, an order of all is one of some.
        order = (
            once(told) if len(every) < len(reports) else [report for report in every if report.told_on.toordinal() <= day]
        )
        first = order[0].day - timedelta(days=chain.back_days)
        walk = Walk(order, first, day - first.toordinal() + 1, chain, walk)
        known.append(_known(told, order, first, walk, chain))
    return Story(key, reports, start, end, starts, known)


def _known(reports: Sequence[Report], told: Sequence[Report], first: date, walk: Walk, chain: Chain) -> Known:
    holder, begun = _last_holder(walk, chain)
    since = first + timedelta(days=begun)
    within = [report for report in told if report.day >= since]
    agreeing = [report for report in within if (report.side == holder) == report.holds]
    return Known(
        place=best_known(reports),
        unit=most_called(told),
        countries=countries_of(reports),
        first=first,
        states=walk.states,
        odds=walk.forward[-1],
        knot=first + timedelta(days=walk.knots[-1]),
        holder=holder,
        since=since,
        sources=tuple(dict.fromkeys((report.source, report.url) for report in agreeing)),
        contradicted=len(within) - len(agreeing),
    )


def _last_holder(walk: Walk, chain: Chain) -> tuple[str | None, int]:
    """Who holds it on the day of the last report, and since which day, counted from the first."""
    knots, reading = walk.knots, walk.backward()
    backward: list[list[float]] = []
    last, back = knots[-1], LOOKED_BACK
    while True:
        low = max(0, last - back)
        lowest = bisect_right(knots, low) - 1
        while len(backward) < len(knots) - lowest:
            backward.append(next(reading))
        at = np.arange(low, last + 1)
        spread = np.array([*knots[lowest:], last + 1])
        knot = np.searchsorted(spread, at, side="right") - 1
        odds = posterior(
            np.array(walk.forward[lowest:])[knot], at - spread[knot],
            np.array(backward[::-1])[knot], spread[knot + 1] - 1 - at, chain.change,
        )  # fmt: skip
        holders, _ = likeliest(odds, walk.states, chain)
        others = np.flatnonzero(holders != holders[-1])
        if len(others) or low == 0:
            holder = int(holders[-1])
            return walk.states[holder] if holder >= 0 else None, low + int(others[-1]) + 1 if len(others) else 0
        back *= 4
