"""The second look at who plays a role: what the article's other acts say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.find.weighing import BIAS, Weigher
from dateline.language import SpacyParser
from dateline.model import Article, Event
from dateline.reader import Reader
from dateline.resolve.recasting import AGAIN, MOST_FOES, Measures, elsewhere, loudest, weighed_again, weights_of

TEXT = "Rebels shelled the port of Karsa. Norland sent a ship. The shelling of the harbour killed two sailors."
FIRST = {BIAS: -3.0, "rules=actor": 6.0}
SECOND = {AGAIN + "odds": 1.0, AGAIN + "type own best": 8.0}


def events(parser: SpacyParser, weights: dict[str, float]) -> list[Event]:
    weighers = {"actor": Weigher(weights, 0.5), "recipient": Weigher({BIAS: -3.0, "rules=recipient": 6.0}, 0.5)}
    return list(Reader(parser=parser, weighers=weighers).read(Article("test", TEXT)).events)


def doers(found: list[Event]) -> list[list[str]]:
    return [[actor.name for actor in event.actors] for event in found if event.type == "ASSAULT"]


def test_an_act_told_again_takes_over_who_did_it_before(parser: SpacyParser) -> None:
    assert doers(events(parser, FIRST)) == [["Rebels"], []]
    assert doers(events(parser, FIRST | SECOND)) == [["Rebels"], ["Rebels"]]


def test_the_reasons_name_both_looks(parser: SpacyParser) -> None:
    last = events(parser, FIRST | SECOND)[-1]
    why = next(evidence.why for evidence in last.evidence if evidence.field == "actors")
    assert "in the article" in why
    assert AGAIN + "type own best" in why


def test_weights_of_the_first_look_alone_leave_the_first_probability() -> None:
    values = Measures(("odds", BIAS), np.array([[0.0, 1.0]]))
    weights = weights_of(Weigher(FIRST, 0.5), values.names)
    assert weighed_again(weights.columns, values) == [0.5]
    assert loudest(weights, values.table[0]) == []


@pytest.mark.parametrize("most", [2, MOST_FOES])
def test_a_foe_is_who_fights_those_that_act(parser: SpacyParser, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("dateline.resolve.recasting.MOST_FOES", most)  # of the four in the article two fight
    text = "Rebels shelled the army in Karsa. The army bombed the rebels. Police met the mayor. Rebels attacked again."
    weighers = {
        "actor": Weigher(FIRST, 0.5),
        "recipient": Weigher({BIAS: -3.0, "rules=recipient": 6.0, AGAIN + "odds": 1.0, AGAIN + "foe": 8.0}, 0.5),
    }
    last = list(Reader(parser=parser, weighers=weighers).read(Article("test", text)).events)[-1]
    assert [actor.sector for actor in last.recipients] == ["MIL"]


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=8), st.data())
def test_an_act_never_speaks_for_itself(given_there: list[float], data: st.DataObject) -> None:
    own = data.draw(st.integers(0, len(given_there) - 1))
    others = [p for number, p in enumerate(given_there) if number != own]
    best, mean = elsewhere(np.array(given_there)[:, None], [None] * len(given_there))
    assert best[own, 0] == max(others, default=0.0)
    assert abs(mean[own, 0] - (sum(others) / len(others) if others else 0.0)) < 1e-9
