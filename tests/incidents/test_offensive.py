"""The offensive from end to end, on readings that are kept: what is measured by `benchmarks.incidents` must not go down."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks import incidents as measured
from dateline.incidents import Corpus, Incident, Merger, bounds, commitments, corpus, histories
from tests.server.readings import as_published as readings


@pytest.fixture(scope="module")
def told() -> Corpus:
    return corpus(readings(), measured.gold("incidents.json")["reprints"])


@pytest.fixture(scope="module")
def merger(told: Corpus) -> Merger:
    return measured.merged(told.tolds)


@pytest.fixture(scope="module")
def incidents(merger: Merger) -> list[Incident]:
    return measured.incidents_of(merger)


def test_mentions_of_one_incident_come_together(told: Corpus, merger: Merger) -> None:
    wanted, _, _ = measured.gold_of(told.tolds)
    f1, precision, _ = measured.pair_score(measured.groups_of(merger), wanted)
    assert f1 >= 0.85
    assert precision >= 0.9


def test_two_bombs_on_one_morning_in_neighbouring_towns_stay_two(told: Corpus, merger: Merger) -> None:
    wanted, _, _ = measured.gold_of(told.tolds)
    groups = measured.groups_of(merger)
    pell, dunmere = ({groups[name] for name, incident in wanted.items() if incident == one} for one in ("I04", "I05"))
    assert not pell & dunmere


def test_the_contradictory_tolls_stand_beside_each_other(incidents: list[Incident]) -> None:
    pell = next(
        i for i in incidents if i.type.value == "ASSAULT" and i.where.value and i.where.value.name == "Pell" and i.voices > 3
    )
    toll = next(toll for toll in pell.tolls if toll.what == "killed")
    assert (toll.low, toll.best, toll.high) == (12, 19, 35)


def test_the_holder_is_right_on_nine_days_of_ten(told: Corpus, incidents: list[Incident]) -> None:
    places = histories(incidents, told.holdings, date(2031, 3, 16))
    right, of, wrong = measured.control_right(places)
    assert right >= 0.9 * of, wrong
    assert any(bound.count.side == "Kesht Front" and bound.count.low == 14 for bound in bounds(incidents, places))


def test_the_status_of_every_commitment_is_right(incidents: list[Incident]) -> None:
    right, of, wrong = measured.commitments_right(commitments(incidents))
    assert right == of, wrong


def test_reprints_are_no_voices_of_their_own(incidents: list[Incident]) -> None:
    recapture = next(
        i for i in incidents if any(t.article == "nw-0311-1" and t.event.trigger == "recaptured" for t in i.tolds)
    )
    assert {"Northwire", "Casmere Standard"} <= set(recapture.outlets)
    assert recapture.voices < len({t.article for t in recapture.tolds})
