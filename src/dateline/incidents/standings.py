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
from collections.abc import Iterator, Mapping, Sequence
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
        self._states = sorted({NOBODY, *(report.side for report in reports)})
        weights = self._weights(reports)
        told = {(report.day - first).days for report in reports if report.kind in ("capture", "loss")}
        self._knots = np.array(sorted({0, *weights}), dtype=np.int64)
        self._forward, self._backward = self._read(weights, told)

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
        odds = self._odds(np.array([n]))[0].tolist()
        ranked = sorted(zip(self._states, odds, strict=True), key=lambda pair: (-round(pair[1], TIES), pair[0]))
        shown = tuple((state, round(p, 3)) for state, p in ranked if p >= self._chain.least_shown)
        holder = self._holder(*ranked[0])
        return Standing(self.day(n), holder, shown or ((ranked[0][0], round(ranked[0][1], 3)),))

    def day(self, n: int) -> date:
        """The date of a day, counted from the first."""
        return self._first + timedelta(days=n)

    def stretches(self) -> Iterator[Stretch]:
        """The days, put together as long as one holds the place."""
        odds = self._odds(np.arange(self._length))
        likeliest = np.argmax(np.round(odds, TIES), axis=1)
        highest = odds[np.arange(self._length), likeliest]
        nobody = self._states.index(NOBODY)
        holders = np.where((highest >= self._chain.known) & (likeliest != nobody), likeliest, -1)
        starts = [0, *(np.flatnonzero(np.diff(holders)) + 1).tolist(), self._length]
        for start, end in pairwise(starts):
            holder = int(holders[start])
            yield Stretch(
                start, end - 1, None if holder < 0 else self._states[holder], round(float(highest[start:end].max()), 3)
            )

    def _holder(self, state: str, probability: float) -> str | None:
        return state if probability >= self._chain.known and state != NOBODY else None

    def _weights(self, reports: Sequence[Report]) -> dict[int, Odds]:
        found: dict[int, Odds] = {}
        n = len(self._states)
        for report in reports:
            at = (report.day - self._first).days
            if at >= self._length:
                continue
            named = np.array([state == report.side for state in self._states])
            agrees = named if report.holds else ~named
            spread = max(1, n - (1 if report.holds else n - 1))
            weight = np.where(agrees, report.right, (1.0 - report.right) / spread)
            found[at] = found.get(at, np.ones(n)) * weight
        return found

    def _read(self, weights: Mapping[int, Odds], told: set[int]) -> tuple[Odds, Odds]:
        """Of each knot (the first day and the days of reports): the odds read forwards on it, and backwards on the day before the next."""
        knots = self._knots.tolist()
        ones = np.ones(len(self._states))
        change = [self._chain.change_told if at in told else self._chain.change for at in knots]
        forward = [_normal(weights.get(0, ones))]
        for n in range(1, len(knots)):
            before = self._decayed(forward[-1], knots[n] - knots[n - 1] - 1)
            forward.append(_normal(weights[knots[n]] * _step(before, change[n])))
        backward = [_normal(ones)]
        for n in range(len(knots) - 1, 0, -1):
            days = knots[n + 1] - knots[n] - 1 if n + 1 < len(knots) else 0
            backward.append(_step(_normal(weights[knots[n]] * self._decayed(backward[-1], days)), change[n]))
        backward.reverse()
        return np.array(forward), np.array(backward)

    def _decayed(self, odds: Odds, days: int | NDArray[np.int64]) -> Odds:
        """Odds so many days without reports later (or, read backwards, earlier)."""
        even = 1.0 / len(self._states)
        found: Odds = even + (odds - even) * np.asarray((1.0 - self._chain.change) ** days)[..., None]
        return found

    def _odds(self, at: NDArray[np.int64]) -> Odds:
        """The posterior of some days, a row each."""
        knot = np.searchsorted(self._knots, at, side="right") - 1
        following = np.append(self._knots[1:], self._length)[knot]
        posterior = self._decayed(self._forward[knot], at - self._knots[knot]) * self._decayed(
            self._backward[knot], following - 1 - at
        )
        found: Odds = posterior / posterior.sum(axis=1, keepdims=True)
        return found


def _step(odds: Odds, change: float) -> Odds:
    """A day later: each state keeps what it has with 1 - change, and what changes is spread evenly."""
    found: Odds = (1.0 - change) * odds + change * odds.sum() / len(odds)
    return found


def _normal(odds: Odds) -> Odds:
    total = odds.sum()
    return odds / total if total else np.full(len(odds), 1.0 / len(odds))
