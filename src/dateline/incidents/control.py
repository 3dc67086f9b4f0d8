"""Who held what, and when: the history of each place, from all reports of it (`standings` says how likely each side is on each day).

Nothing is said of a place before the first report that tells of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateline.incidents.records import Holding, Incident
from dateline.incidents.reports import Count, Report, counts_of, reports_of
from dateline.incidents.standings import Chain, Standing, Standings, load_chain


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
    """A place with everything that is told about who held it."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    unit: str | None
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
        country: only places in it (alpha-3).
        chain: the parameters, by default the bundled ones.
        reliability: outlet -> how far its reports are believed, from 1 (as any outlet's, the default) to 0 (they say nothing).
    """
    model = chain or load_chain()
    places: dict[str, list[Report]] = defaultdict(list)
    for report in reports_of(incidents, holdings, model.right):
        if country is None or report.place.country == country:
            believed = (reliability or {}).get(report.source, 1.0)
            places[report.key].append(replace(report, right=0.5 + (report.right - 0.5) * believed))
    last = until or max((report.day for reports in places.values() for report in reports), default=None)
    found = []
    for key, reports in places.items():
        kept = [report for report in reports if last is None or report.told_on <= last]
        if kept and last is not None:
            found.append(_history(key, kept, last, model))
    return sorted((history for history in found if history.days), key=lambda history: (history.name, history.key))


def bounds(incidents: Iterable[Incident], places: Iterable[PlaceHistory]) -> list[Bound]:
    """Counts of ground without names, each against the captures that have one."""
    known = list(places)
    return [Bound(count, tuple(_named(count, known))) for count in counts_of(told for i in incidents for told in i.tolds)]


def _named(count: Count, places: Sequence[PlaceHistory]) -> Iterable[str]:
    """The places that a side took (or lost) in the days of a count."""
    for place in places:
        if (count.country and place.country and place.country != count.country) or place.unit not in (count.unit, None):
            continue
        kind = "capture" if count.gained else "loss"
        if any(r.kind == kind and r.side == count.side and count.first <= r.day <= count.last for r in place.reports):
            yield place.name


def _history(key: str, reports: Sequence[Report], until: date, chain: Chain) -> PlaceHistory:
    once = {
        (r.voice, r.day, r.side, r.holds): r
        for r in sorted(reports, key=lambda r: (r.told_on, -r.right, r.event), reverse=True)
    }
    told = sorted(once.values(), key=lambda r: (r.day, r.told_on, r.event))
    first = min(report.day for report in told) - timedelta(days=chain.back_days)
    days = Standings(told, first, until, chain) if first <= until else None
    best = min(reports, key=lambda r: (r.place.gazetteer_id is None, r.place.name))
    units = [report.unit for report in told if report.unit]
    return PlaceHistory(
        key,
        best.place.name,
        best.place.country,
        best.place.lat,
        best.place.lon,
        max(units, key=lambda u: (units.count(u), u)) if units else None,
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
