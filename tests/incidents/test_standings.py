"""The chain of who holds a place: whatever is reported, each day's odds are those that a plain walk over every day gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.incidents.reports import Report
from dateline.incidents.standings import NOBODY, Chain, Standings

FIRST = date(2031, 1, 1)
CHAIN = Chain(change=0.02, change_told=0.5, known=0.6, back_days=7, least_shown=0.0, right={})


class Said(NamedTuple):
    """What the chain looks at of a report."""

    day: date
    side: str
    holds: bool
    kind: str
    right: float


said = st.builds(
    Said,
    day=st.integers(0, 50).map(lambda n: FIRST + timedelta(days=n)),
    side=st.sampled_from(["Army", "Front", "Union"]),
    holds=st.booleans(),
    kind=st.sampled_from(["capture", "loss", "holds"]),
    right=st.floats(0.5, 0.99),
)


def plainly(reports: Sequence[Said], length: int) -> list[dict[str, float]]:
    """The posterior of every day by the textbook: forwards and backwards through all days, one by one."""
    states = sorted({NOBODY, *(report.side for report in reports)})
    n = len(states)
    weights = [[1.0] * n for _ in range(length)]
    change = [CHAIN.change] * length
    for report in reports:
        at = (report.day - FIRST).days
        if at >= length:
            continue
        spread = max(1, n - (1 if report.holds else n - 1))
        for k, state in enumerate(states):
            weights[at][k] *= report.right if (state == report.side) == report.holds else (1 - report.right) / spread
        if report.kind != "holds":
            change[at] = CHAIN.change_told

    def step(odds: list[float], by: float) -> list[float]:
        return [(1 - by) * p + by * sum(odds) / n for p in odds]

    def normal(odds: list[float]) -> list[float]:
        return [p / sum(odds) for p in odds]

    forward = [normal(weights[0])]
    for at in range(1, length):
        forward.append(normal([w * p for w, p in zip(weights[at], step(forward[-1], change[at]), strict=True)]))
    backward = [[1.0] * n]
    for at in range(length - 1, 0, -1):
        backward.append(step(normal([w * p for w, p in zip(weights[at], backward[-1], strict=True)]), change[at]))
    backward.reverse()
    odds = (normal([f * b for f, b in zip(*pair, strict=True)]) for pair in zip(forward, backward, strict=True))
    return [dict(zip(states, of, strict=True)) for of in odds]


@given(reports=st.lists(said, min_size=1, max_size=8), length=st.integers(1, 60))
def test_each_day_is_as_a_walk_over_all_days_has_it(reports: list[Said], length: int) -> None:
    days = Standings(cast("list[Report]", reports), FIRST, FIRST + timedelta(days=length - 1), CHAIN)
    assert len(days) == length
    for standing, odds in zip(days, plainly(reports, length), strict=True):
        assert dict(standing.odds) == pytest.approx(odds, abs=0.00051)


@given(reports=st.lists(said, min_size=1, max_size=8), length=st.integers(1, 60))
def test_stretches_put_days_together_and_leave_none_out(reports: list[Said], length: int) -> None:
    days = Standings(cast("list[Report]", reports), FIRST, FIRST + timedelta(days=length - 1), CHAIN)
    stretches = list(days.stretches())
    assert [n for stretch in stretches for n in range(stretch.first, stretch.last + 1)] == list(range(length))
    assert all(one.holder != following.holder for one, following in pairwise(stretches))
    for stretch in stretches:
        within = days[stretch.first : stretch.last + 1]
        assert {standing.holder for standing in within} == {stretch.holder}
        assert max(standing.probability for standing in within) == stretch.probability
