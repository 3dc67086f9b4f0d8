"""Modes: the sense's own, the words around, the means of an earlier telling."""

from __future__ import annotations

import pytest

from dateline.find.acts import ActStage
from dateline.find.quotations import QuotationStage
from dateline.language import LanguageStage, SpacyParser
from dateline.model import Act, Article
from dateline.reading import Facts, run_stage
from dateline.rules.loader import load_one
from dateline.rules.senses import load_senses


@pytest.fixture(scope="module")
def stages(parser: SpacyParser) -> list[QuotationStage | LanguageStage | ActStage]:
    return [QuotationStage(), LanguageStage(parser), ActStage(load_senses(), load_one("light.toml"))]


def modes(stages: list[QuotationStage | LanguageStage | ActStage], text: str) -> list[str | None]:
    article, facts = Article("a", text), Facts()
    for stage in stages:
        run_stage(stage, article, facts)
    return [act.mode for act in facts.of(Act) if act.type == "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Drones attacked the refinery. The attack started a fire.", ["drone", "drone"]),
        ("Drones attacked the refinery. An attack on the port failed.", ["drone", None]),
        ("The raid lasted an hour. Drones attacked the refinery.", [None, "drone"]),
        ("Gunmen raped two nurses. The attack was condemned.", ["sexual", None]),
    ],
)
def test_the_means_of_an_act_holds_for_what_points_back_to_it(
    stages: list[QuotationStage | LanguageStage | ActStage], text: str, expected: list[str | None]
) -> None:
    assert modes(stages, text) == expected
