"""Doubtful acts: one demand of their rule is not met. The rules alone let them go; the weights may take them up."""

from __future__ import annotations

import pytest

from dateline.find.acts import ActStage
from dateline.find.quotations import QuotationStage
from dateline.find.weighing import BIAS, Weigher
from dateline.language import LanguageStage, SpacyParser
from dateline.model import Act, Article
from dateline.reading import Facts, run_stage
from dateline.rules.loader import load_one
from dateline.rules.senses import load_senses

WEIGHED = {"act": Weigher({}, 0.0), "doubtful": Weigher({BIAS: -9.0, "sense=coerce/take-ground": 10.0}, 0.5)}
UNMET = "Rebels overran the ferry at Talma."  # what is overrun is ground, and a ferry is none


def read(parser: SpacyParser, text: str, weighers: dict[str, Weigher] | None = None) -> tuple[list[Act], list[Act]]:
    """(acts that are recorded, acts that are proposed)."""
    stage = ActStage(load_senses(), load_one("light.toml"), weighers)
    article, facts = Article("a", text), Facts()
    for earlier in (QuotationStage(), LanguageStage(parser), stage):
        run_stage(earlier, article, facts)
    return list(facts.of(Act)), [act for act, _ in stage.candidates(article, facts)]


def test_rules_alone_let_it_go(parser: SpacyParser) -> None:
    recorded, proposed = read(parser, UNMET)
    assert recorded == []
    assert [(act.sense, act.unmet) for act in proposed if act.type == "COERCE"] == [("coerce/take-ground", "object")]


def test_weights_take_it_up_once(parser: SpacyParser) -> None:
    recorded, _ = read(parser, UNMET, WEIGHED)
    assert [(act.sense, act.unmet) for act in recorded] == [("coerce/take-ground", "object")]
    assert 0.5 <= recorded[0].score < 1


def test_features_tell_what_is_not_met(parser: SpacyParser) -> None:
    stage = ActStage(load_senses(), load_one("light.toml"))
    article, facts = Article("a", UNMET), Facts()
    for earlier in (QuotationStage(), LanguageStage(parser)):
        run_stage(earlier, article, facts)
    found = {act.sense: names for act, names in stage.candidates(article, facts)}
    assert "unmet=object" in found["coerce/take-ground"]


@pytest.mark.parametrize("text", ["Students overran the town.", "The striker took part in the final."])
def test_what_a_rule_shuts_out_stays_out(parser: SpacyParser, text: str) -> None:
    recorded, proposed = read(parser, text, WEIGHED)
    assert "coerce/take-ground" not in [act.sense for act in (*recorded, *proposed)]


def test_capital_does_not_hide_a_plural(parser: SpacyParser) -> None:
    recorded, _ = read(parser, "Rockets landed on a residential district of the capital.")
    assert [act.type for act in recorded] == ["ASSAULT"]
