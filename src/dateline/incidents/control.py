"""Who held what, and when: a small hidden Markov chain for each place, read forwards and backwards over all reports.

Each day is a step, each side that was ever named at the place a state, beside one for nobody that was named. What a report says
weighs by how often such reports are right. The posterior of a day takes in what came before and what came after (the
forward-backward algorithm; Rabiner 1989), and without reports it decays towards knowing nothing. Parameters stand in
`data/control.toml`. Nothing is said of a place before the first report that tells of it.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from importlib import resources

from dateline.incidents.records import Holding, Incident
from dateline.incidents.reports import Count, Report, counts_of, reports_of

NOBODY = "other"


@dataclass(frozen=True, slots=True)
class Chain:
    """The parameters of the chain; `data/control.toml` explains them."""

    change: float
    change_told: float
    known: float
    back_days: int
    least_shown: float
    right: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who holds a place on a day: the likeliest holder (None where that is not known) and how likely each side is."""

    day: date
    holder: str | None
    odds: tuple[tuple[str, float], ...]

    @property
    def probability(self) -> float:
        """Of the likeliest side."""
        return self.odds[0][1]


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
    days: tuple[Standing, ...]
    spans: tuple[Span, ...]

    def on(self, day: date) -> Standing | None:
        """Who held it on a day; None before the first report and after the last day that was asked for."""
        index = (day - self.days[0].day).days
        return self.days[index] if 0 <= index < len(self.days) else None


@dataclass(frozen=True, slots=True)
class Bound:
    """Ground that is counted, not named: how many units a side is said to have gained or lost, and how many of them have a name."""

    count: Count
    named: tuple[str, ...]

    @property
    def text(self) -> str:
        """In words: "named: 2 of about 14 villages claimed"."""
        return f"named: {len(self.named)} of {self.count.figure} {self.count.unit}s claimed"


@cache
def load_chain() -> Chain:
    """The bundled parameters."""
    data = tomllib.loads(resources.files("dateline.incidents").joinpath("data", "control.toml").read_text("utf-8"))
    return Chain(data["change"], data["change_told"], data["known"], data["back_days"], data["least_shown"], data["right"])


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
    days = _standings(told, first, max(until, first), chain) if first <= until else []
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
        tuple(days),
        tuple(_spans(days, told)),
    )


def _standings(reports: Sequence[Report], first: date, last: date, chain: Chain) -> list[Standing]:
    sides = sorted({report.side for report in reports})
    states = [*sides, NOBODY]
    length = (last - first).days + 1
    weights = [[1.0] * len(states) for _ in range(length)]
    for report in reports:
        at = (report.day - first).days
        if at < length:
            for k, state in enumerate(states):
                agrees = (state == report.side) == report.holds
                others = 1 if report.holds else len(states) - 1
                spread = max(1, len(states) - others)
                weights[at][k] *= report.right if agrees else (1.0 - report.right) / spread
    told = {(report.day - first).days for report in reports if report.kind in ("capture", "loss")}
    change = [chain.change_told if at in told else chain.change for at in range(length)]
    forward = [_normal(weights[0])]
    for at in range(1, length):
        forward.append(_normal([w * p for w, p in zip(weights[at], _step(forward[-1], change[at]), strict=True)]))
    backward = [[1.0] * len(states)]
    for at in range(length - 1, 0, -1):
        backward.append(_step(_normal([w * p for w, p in zip(weights[at], backward[-1], strict=True)]), change[at]))
    backward.reverse()
    found = []
    for at in range(length):
        odds = _normal([f * b for f, b in zip(forward[at], backward[at], strict=True)])
        ranked = sorted(zip(states, odds, strict=True), key=lambda pair: (-pair[1], pair[0]))
        holder = ranked[0][0] if ranked[0][1] >= chain.known and ranked[0][0] != NOBODY else None
        shown = tuple((state, round(p, 3)) for state, p in ranked if p >= chain.least_shown) or (
            (ranked[0][0], round(ranked[0][1], 3)),
        )
        found.append(Standing(first + timedelta(days=at), holder, shown))
    return found


def _step(odds: Sequence[float], change: float) -> list[float]:
    """A day later: each state keeps what it has with 1 - change, and what changes is spread evenly."""
    total, n = sum(odds), len(odds)
    return [(1.0 - change) * p + change * total / n for p in odds]


def _normal(odds: Sequence[float]) -> list[float]:
    total = sum(odds)
    return [p / total for p in odds] if total else [1.0 / len(odds)] * len(odds)


def _spans(days: Sequence[Standing], reports: Sequence[Report]) -> Iterable[Span]:
    start = 0
    for at in range(1, len(days) + 1):
        if at < len(days) and days[at].holder == days[start].holder:
            continue
        first, last, holder = days[start].day, days[at - 1].day, days[start].holder
        within = [report for report in reports if first <= report.day <= last]
        agreeing = tuple(report for report in within if (report.side == holder) == report.holds)
        against = tuple(report for report in within if (report.side == holder) != report.holds)
        likeliest = max(standing.probability for standing in days[start:at])
        yield Span(first, last, holder, likeliest, agreeing, against)
        start = at
