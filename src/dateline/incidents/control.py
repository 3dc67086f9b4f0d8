"""Who held what, and when: the history of each place, from all reports of it (`standings` says how likely each side is on each day).

Nothing is said of a place before the first report that tells of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain as chained

from dateline.incidents.accounts import place_of
from dateline.incidents.records import Holding, Incident
from dateline.incidents.reports import Count, Report, counts_of, identified, key_of, least, passing_of, reports_of
from dateline.incidents.standings import Chain, Standing, Standings, load_chain
from dateline.model import Location


@dataclass(frozen=True, slots=True)
class Span:
    """Days on end with one holder; `reports` are what is told about these days, `contradicted` those that say otherwise."""

    first: date
    last: date
    holder: str | None
    probability: float
    reports: tuple[Report, ...]
    contradicted: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A place with everything that is told about who held it; `countries` are those in which somebody says that it lies."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    unit: str | None
    countries: frozenset[str]
    reports: tuple[Report, ...]
    days: Sequence[Standing]
    spans: tuple[Span, ...]

    def on(self, day: date) -> Standing | None:
        """Who held it on a day; None before the first report and after the last day that was asked for."""
        index = (day - self.first).days
        return self.days[index] if 0 <= index < len(self.days) else None

    @property
    def first(self) -> date:
        """The first day of which something is said."""
        return self.spans[0].first

    @property
    def last(self) -> date:
        """The last day that was asked for."""
        return self.spans[-1].last


@dataclass(frozen=True, slots=True)
class Bound:
    """Ground that is counted, not named: how many units a side is said to have gained or lost, and how many of them have a name."""

    count: Count
    named: tuple[str, ...]

    @property
    def text(self) -> str:
        """In words: "named: 2 of about 14 villages claimed"."""
        return f"named: {len(self.named)} of {self.count.figure} {self.count.unit}s claimed"


def histories(
    incidents: Sequence[Incident],
    holdings: Iterable[Holding] = (),
    until: date | None = None,
    country: str | None = None,
    chain: Chain | None = None,
    reliability: Mapping[str, float] | None = None,
) -> list[PlaceHistory]:
    """The history of every place of which anything is told, by name.

    Args:
        incidents: what happened.
        holdings: what articles say in passing about who holds what.
        until: the last day; by default that of the latest report.
        country: only places that somebody says lie in it (alpha-3), each with all that is told of it.
        chain: the parameters, by default the bundled ones.
        reliability: outlet -> how far its reports are believed, from 1 (as any outlet's, the default) to 0 (they say nothing).
    """
    model, held = chain or load_chain(), list(holdings)
    where = [place for incident in incidents for told in incident.tolds if (place := place_of(told))]
    entries = least(identified(chained(where, (one.place for one in held))))
    of_incidents = (report for incident in incidents for report in reports_of(incident, model.right))
    keyed = [
        (key_of(report.place, entries), believed(report, reliability or {}))
        for report in chained(of_incidents, passing_of(held, model.right))
    ]
    return histories_of(keyed, until, model, country)


def histories_of(
    keyed: Iterable[tuple[str, Report]], until: date | None, chain: Chain, country: str | None = None
) -> list[PlaceHistory]:
    """The same from reports, each with the key of its place."""
    places: dict[str, list[Report]] = defaultdict(list)
    for key, report in keyed:
        places[key].append(report)
    last = until or max((report.day for reports in places.values() for report in reports), default=None)
    found = []
    for key, reports in places.items():
        kept = [report for report in reports if last is None or report.told_on <= last]
        if kept and last is not None and (country is None or country in countries_of(kept)):
            found.append(_history(key, kept, last, chain))
    return sorted((history for history in found if history.days), key=lambda history: (history.name, history.key))


def bounds(incidents: Iterable[Incident], places: Sequence[PlaceHistory]) -> list[Bound]:
    """Counts of ground without names, each against the captures that have one."""
    return bounds_of(counts_of(told for incident in incidents for told in incident.tolds), places)


def bounds_of(counts: Iterable[Count], places: Sequence[PlaceHistory]) -> list[Bound]:
    """The same of counts."""
    takings = Takings(place.reports for place in places)
    found = []
    for count in counts:
        named = (places[number] for number in sorted(takings.within(count)))
        found.append(Bound(count, tuple(place.name for place in named if may_count(count, place.country, place.unit))))
    return found


class Takings:
    """Captures and losses of places that have a number, found by who took or lost them, and when."""

    def __init__(self, places: Iterable[Iterable[Report]]) -> None:
        """File the reports on each place, as `once` leaves them."""
        self._on: dict[tuple[str, str], list[tuple[date, int, date]]] = defaultdict(list)
        for number, reports in enumerate(places):
            for report in reports:
                if report.kind in ("capture", "loss"):
                    self._on[report.kind, report.side].append((report.day, number, report.told_on))
        for days in self._on.values():
            days.sort()

    def within(self, count: Count) -> dict[int, date]:
        """The places that the side of a count took (or lost) in its days, with the day on which that was first told."""
        days = self._on.get(("capture" if count.gained else "loss", count.side), [])
        found: dict[int, date] = {}
        for at in range(bisect_left(days, (count.first,)), len(days)):
            day, number, told_on = days[at]
            if day > count.last:
                break
            found[number] = min(told_on, found.get(number, told_on))
        return found


def may_count(count: Count, country: str | None, unit: str | None) -> bool:
    """Whether a place in this country, called so, may be one of those that are counted."""
    return not (count.country and country and country != count.country) and unit in (count.unit, None)


def may_lie_in(count: Count, country: str | None) -> bool:
    """Whether what is counted may lie in a country; None: in any."""
    return country is None or count.country in (country, None)


def once(reports: Iterable[Report]) -> list[Report]:
    """Reports in the order of their days; what one voice says of one day again and again counts once, as it was told first."""
    first = {
        (r.voice, r.day, r.side, r.holds): r
        for r in sorted(reports, key=lambda r: (r.told_on, -r.right, r.event), reverse=True)
    }
    return sorted(first.values(), key=lambda r: (r.day, r.told_on, r.event))


def best_known(reports: Iterable[Report]) -> Location:
    """The place of reports as the gazetteer has it, where it does."""
    return min((report.place for report in reports), key=lambda place: (place.gazetteer_id is None, place.name))


def countries_of(reports: Iterable[Report]) -> frozenset[str]:
    """The countries in which reports say that a place lies."""
    return frozenset(report.place.country for report in reports if report.place.country)


def most_called(reports: Iterable[Report]) -> str | None:
    """What most reports call a place: "village"."""
    units = Counter(report.unit for report in reports if report.unit)
    return max(units, key=lambda unit: (units[unit], unit), default=None)


def believed(report: Report, reliability: Mapping[str, float]) -> Report:
    """A report, right as often as its outlet is believed: from 1 (as any outlet's, the default) to 0 (it says nothing)."""
    if report.source not in reliability:
        return report
    return replace(report, right=0.5 + (report.right - 0.5) * reliability[report.source])


def _history(key: str, reports: Sequence[Report], until: date, chain: Chain) -> PlaceHistory:
    told = once(reports)
    first = min(report.day for report in told) - timedelta(days=chain.back_days)
    days = Standings(told, first, until, chain) if first <= until else None
    best = best_known(reports)
    return PlaceHistory(
        key,
        best.name,
        best.country,
        best.lat,
        best.lon,
        most_called(told),
        countries_of(reports),
        tuple(told),
        days or (),
        tuple(_spans(days, told)) if days else (),
    )


def _spans(days: Standings, reports: Sequence[Report]) -> Iterator[Span]:
    """The stretches of one holder, with the reports (in the order of their days) that fall into each."""
    on = [report.day for report in reports]
    for stretch in days.stretches():
        first, last = days.day(stretch.first), days.day(stretch.last)
        within = reports[bisect_left(on, first) : bisect_right(on, last)]
        agreeing = tuple(report for report in within if (report.side == stretch.holder) == report.holds)
        against = tuple(report for report in within if (report.side == stretch.holder) != report.holds)
        yield Span(first, last, stretch.holder, stretch.probability, agreeing, against)
