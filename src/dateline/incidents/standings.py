"""Who holds a place on each day: a hidden Markov chain, read forwards and backwards over the days of its reports alone.

Each day is a step, each side that was ever named at the place a state, beside one for nobody that was named. What a report says
weighs by how often such reports are right. The posterior of a day takes in what came before and what came after (the
forward-backward algorithm; Rabiner 1989), and without reports it decays towards knowing nothing. Parameters stand in
`data/control.toml`.

Between reports nothing is weighed, and a day's step takes the odds the same part of the way to being even: so those of any day follow
from those of the nearest reports, and years without reports cost nothing but the asking.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from dateline.incidents.reports import Report

NOBODY = "other"
TIES = 12
"""Odds that agree to so many decimals are equal: which way they were reckoned must not decide who comes first."""

type Odds = NDArray[np.float64]


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


class Stretch(NamedTuple):
    """Days on end with one holder: from the first to the last, counted from the first of all, and how likely he is at most."""

    first: int
    last: int
    holder: str | None
    probability: float


@cache
def load_chain() -> Chain:
    """The bundled parameters."""
    data = tomllib.loads(resources.files("dateline.incidents").joinpath("data", "control.toml").read_text("utf-8"))
    return Chain(data["change"], data["change_told"], data["known"], data["back_days"], data["least_shown"], data["right"])


class Standings(Sequence[Standing]):
    """The standing of each day from the first to the last, reckoned when it is asked for."""

    def __init__(self, reports: Sequence[Report], first: date, last: date, chain: Chain) -> None:
        """Read the chain over the reports; those after the last day are left out."""
        self._first, self._length, self._chain = first, (last - first).days + 1, chain
        self._walk = walk = Walk(reports, first, self._length, chain)
        self._knots = np.array(walk.knots, dtype=np.int64)
        self._forward, self._backward = np.array(walk.forward), np.array([*walk.backward()][::-1])

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Standing: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Standing]: ...
    def __getitem__(self, at: int | slice) -> Standing | Sequence[Standing]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._length))]
        n = at + self._length if at < 0 else at
        if not 0 <= n < self._length:
            raise IndexError(at)
        return standing(self.day(n), self._walk.states, self._odds(np.array([n]))[0].tolist(), self._chain)

    def day(self, n: int) -> date:
        """The date of a day, counted from the first."""
        return self._first + timedelta(days=n)

    def stretches(self) -> Iterator[Stretch]:
        """The days, put together as long as one holds the place."""
        odds = self._odds(np.arange(self._length))
        holders, highest = likeliest(odds, self._walk.states, self._chain)
        starts = [0, *(np.flatnonzero(np.diff(holders)) + 1).tolist(), self._length]
        for start, end in pairwise(starts):
            holder = int(holders[start])
            yield Stretch(
                start, end - 1, None if holder < 0 else self._walk.states[holder], round(float(highest[start:end].max()), 3)
            )

    def _odds(self, at: NDArray[np.int64]) -> Odds:
        """The posterior of some days, a row each."""
        knot = np.searchsorted(self._knots, at, side="right") - 1
        following = np.append(self._knots[1:], self._length)[knot]
        return posterior(
            self._forward[knot], at - self._knots[knot], self._backward[knot], following - 1 - at, self._chain.change
        )


class Walk:
    """The way of a chain through the reports on a place, told until some day: forwards, and backwards as far as it is asked for.

    `states` are the sides and NOBODY, in the order of the alphabet; `knots` the first day and those of reports, counted from the
    first; `forward` the odds read forwards on each of them.
    """

    def __init__(
        self, reports: Sequence[Report], first: date, length: int, chain: Chain, before: Walk | None = None
    ) -> None:
        """Read forwards.

        Args:
            reports: in the order in which they weigh; those after the last day are left out.
            first: the first day.
            length: so many days.
            chain: the parameters.
            before: the way through some of the same reports, which need not be gone anew as far as it is the same.
        """
        self._chain, self._first = chain, first
        self.states = sorted({NOBODY, *(report.side for report in reports)})
        self._weights = self._weighed(reports, first, length)
        told = {(report.day - first).days for report in reports if report.kind in ("capture", "loss")}
        self.knots = sorted({0, *self._weights})
        self._change = [chain.change_told if at in told else chain.change for at in self.knots]
        same = 0
        if before is not None and before.states == self.states and before._first == first:
            pairs = zip(before._steps(), self._steps(), strict=False)
            same = next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(before.knots), len(self.knots)))
        self.forward: list[list[float]] = before.forward[:same] if before is not None else []
        self._read()

    def backward(self) -> Iterator[list[float]]:
        """The odds read backwards on the day before the next knot, or on the last day; from the last knot to the first."""
        odds = _normal([1.0] * len(self.states))
        yield odds
        for n in range(len(self.knots) - 1, 0, -1):
            days = self.knots[n + 1] - self.knots[n] - 1 if n + 1 < len(self.knots) else 0
            weighed = _product(self._weights[self.knots[n]], self._decayed(odds, days))
            odds = _step(_normal(weighed), self._change[n])
            yield odds

    def _steps(self) -> Iterator[tuple[int, list[float] | None, float]]:
        """What moves the odds: day, weights, how likely a change is."""
        return zip(self.knots, map(self._weights.get, self.knots), self._change, strict=True)

    def _weighed(self, reports: Iterable[Report], first: date, length: int) -> dict[int, list[float]]:
        found: dict[int, list[float]] = {}
        weights: dict[tuple[str, bool, float], list[float]] = {}
        for report in reports:
            at = (report.day - first).days
            if at >= length:
                continue
            kind = report.side, report.holds, report.right
            weight = weights.get(kind) or weights.setdefault(kind, self._weight(*kind))
            found[at] = _product(found[at], weight) if at in found else weight
        return found

    def _weight(self, side: str, holds: bool, right: float) -> list[float]:
        """How much likelier each state makes such a report."""
        other = (1.0 - right) / (max(1, len(self.states) - 1) if holds else 1)
        return [right if (state == side) == holds else other for state in self.states]

    def _read(self) -> None:
        if not self.forward:
            self.forward = [_normal(self._weights.get(0, [1.0] * len(self.states)))]
        for n in range(len(self.forward), len(self.knots)):
            before = self._decayed(self.forward[-1], self.knots[n] - self.knots[n - 1] - 1)
            self.forward.append(_normal(_product(self._weights[self.knots[n]], _step(before, self._change[n]))))

    def _decayed(self, odds: list[float], days: int) -> list[float]:
        """Odds so many days without reports later (or, read backwards, earlier)."""
        even, left = 1.0 / len(odds), (1.0 - self._chain.change) ** days
        return [even + (p - even) * left for p in odds]


def posterior(forward: Odds, since: NDArray[np.int64], backward: Odds, until: NDArray[np.int64], change: float) -> Odds:
    """The odds of some days, a row each: from those of the knot before and so many days since, and of the next and days until."""
    found = _later(forward, since, change) * _later(backward, until, change)
    odds: Odds = found / found.sum(axis=1, keepdims=True)
    return odds


def likeliest(odds: Odds, states: Sequence[str], chain: Chain) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Of some days, a row of odds each: the number of the holder, -1 where none is known, and how likely the likeliest state is."""
    best = np.argmax(np.round(odds, TIES), axis=1)
    highest = odds[np.arange(len(odds)), best]
    return np.where((highest >= chain.known) & (best != states.index(NOBODY)), best, -1), highest


def standing(day: date, states: Sequence[str], odds: Sequence[float], chain: Chain) -> Standing:
    """What the odds of a day say, the likeliest state first."""
    ranked = sorted(zip(states, odds, strict=True), key=lambda pair: (-round(pair[1], TIES), pair[0]))
    state, probability = ranked[0]
    shown = tuple((state, round(p, 3)) for state, p in ranked if p >= chain.least_shown)
    holder = state if probability >= chain.known and state != NOBODY else None
    return Standing(day, holder, shown or ((state, round(probability, 3)),))


def _later(odds: Odds, days: NDArray[np.int64], change: float) -> Odds:
    even = 1.0 / odds.shape[1]
    found: Odds = even + (odds - even) * ((1.0 - change) ** days)[:, None]
    return found


def _step(odds: Sequence[float], change: float) -> list[float]:
    """A day later: each state keeps what it has with 1 - change, and what changes is spread evenly."""
    spread = change * _sum(odds) / len(odds)
    return [(1.0 - change) * p + spread for p in odds]


def _normal(odds: Sequence[float]) -> list[float]:
    total = _sum(odds)
    return [p / total for p in odds] if total else [1.0 / len(odds)] * len(odds)


def _product(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [a * b for a, b in zip(one, other, strict=True)]


def _sum(odds: Sequence[float]) -> float:
    """Added in the order in which they stand: which way odds were reckoned must not decide anything, so each is reckoned one way."""
    total = 0.0
    for p in odds:
        total += p
    return total
