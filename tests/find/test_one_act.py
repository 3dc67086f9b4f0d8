"""One act that a sentence tells with several words is found once."""

from __future__ import annotations

import pytest

from dateline.find.acts import ActStage
from dateline.find.quotations import QuotationStage
from dateline.language import LanguageStage, SpacyParser
from dateline.model import Act, Article
from dateline.reading import Facts, run_stage
from dateline.rules.loader import load_one
from dateline.rules.senses import load_senses


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Rebels shelled the town in one of the heaviest attacks of the war.", ["shelled"]),
        ("Warplanes hit the port of Talma, killing nine dockers.", ["hit"]),
        ("Rebels shelled the town before the attacks of May.", ["shelled", "attacks"]),
        ("Rebels shelled the town and killed the mayor of the port.", ["shelled"]),
    ],
)
def test_one_act_is_found_once(parser: SpacyParser, text: str, triggers: list[str]) -> None:
    stage = ActStage(load_senses(), load_one("light.toml"))
    article, facts = Article("a", text), Facts()
    for each in (QuotationStage(), LanguageStage(parser), stage):
        run_stage(each, article, facts)
    assert [text[act.start : act.end] for act in facts.of(Act) if act.type == "ASSAULT"] == triggers
