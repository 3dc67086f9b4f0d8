"""Who is meant: the cases of the lexicon, the lexicon's own checks, odd texts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.find.quotations import QuotationStage
from dateline.language import LanguageStage, SpacyParser
from dateline.model import BODIES, SECTORS, Article, Mention
from dateline.reader import Reader
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.actors import ActorStage
from dateline.rules.loader import bundled, load_file

RUNS = ("actors/cases.toml#*",)
FILE = load_file(bundled("actors", "cases.toml"))
Case = Mapping[str, Any]


def cases(near_misses: bool) -> list[Any]:
    return [
        pytest.param(case, id=f"{rule.name} {number}")
        for rule in FILE.rules
        for number, case in enumerate(rule.near_misses if near_misses else rule.examples, 1)
    ]


class Stages:
    """Everything up to the actors, made once."""

    def __init__(self, parser: SpacyParser) -> None:
        self._stages: list[Stage] = [QuotationStage(), LanguageStage(parser), ActorStage()]

    def facts(self, text: str, day: date | None = None, title: str | None = None) -> Facts:
        article, facts = Article("test", text, title=title, published=day), Facts()
        for stage in self._stages:
            run_stage(stage, article, facts)
        return facts


@pytest.fixture(scope="module")
def stages(parser: SpacyParser) -> Stages:
    return Stages(parser)


def meant(stages: Stages, case: Case) -> list[Mention]:
    """The mentions whose head lies in the words that a case asks about."""
    text = case["text"]
    start = text.index(case["words"], text.index(case["after"]) if "after" in case else 0)
    facts = stages.facts(text, case.get("day"), case.get("title"))
    return [mention for mention in facts.of(Mention) if start <= mention.head < start + len(case["words"])]


@pytest.mark.parametrize("case", cases(near_misses=False))
def test_examples(stages: Stages, case: Case) -> None:
    found = meant(stages, case)
    if not case["is"]:
        assert not found
        return
    fitting = [mention.actor for mention in found if mention.actor.name == case["is"]]
    assert fitting, [mention.actor for mention in found]
    for key in ("country", "sector"):
        if key in case:
            assert getattr(fitting[0], key) == (None if case[key] == "-" else case[key])


@pytest.mark.parametrize("case", cases(near_misses=True))
def test_near_misses(stages: Stages, case: Case) -> None:
    found = meant(stages, case)
    assert not [mention.actor for mention in found if not case["is"] or mention.actor.name == case["is"]]


def test_one_figure_has_one_name_throughout(stages: Stages) -> None:
    facts = stages.facts("Lund spoke. Ida Lund, the mayor of Bergen, left. She was tired.")
    names = {mention.actor.name for mention in facts.of(Mention)}
    assert names == {"Ida Lund"}


def test_mentions_are_found_by_the_offset_of_their_head(stages: Stages) -> None:
    text = "Iraqi and Kurdish forces met."
    at = [mention for mention in stages.facts(text).of(Mention) if mention.head == text.index("forces")]
    assert {mention.actor.name for mention in at} >= {"Iraqi forces"}


def test_where_people_are_sent_is_not_where_an_article_plays(parser: SpacyParser) -> None:
    text = (
        "Judges in London stopped flights to Rwanda. A plan to send migrants to Rwanda had failed in London. "
        "Talks with Rwanda go on. Forty lawmakers resigned."
    )
    _, facts = Reader(parser=parser).explain(Article("test", text))
    (lawmakers,) = [mention.actor for mention in facts.of(Mention) if mention.actor.name == "lawmakers"]
    assert lawmakers.country == "GBR"


def test_the_country_of_the_title_is_where_an_article_plays(parser: SpacyParser) -> None:
    text = "Forty lawmakers resigned. A laboratory in Norway is testing the vaccine. Flags flew at half-mast."

    def country(title: str | None) -> str | None:
        _, facts = Reader(parser=parser).explain(Article("test", text, title=title))
        return next(mention.actor.country for mention in facts.of(Mention) if mention.actor.name == "lawmakers")

    assert country(None) == "NOR"
    assert country("Samoan parliament in crisis") == "WSM"


def test_a_pronoun_says_what_it_looked_back_to(stages: Stages) -> None:
    facts = stages.facts("Peru recalled its envoy. Chile closed the border. It apologised.")
    it = next(mention for mention in facts.of(Mention) if mention.kind == "pronoun" and mention.head > 40)
    assert it.antecedent is not None
    assert {actor.name for actor in it.candidates} >= {"Chile", "Peru"}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abcTheUN.,“”\"'’()-\n ısŁ12%:;é$", max_size=120))
def test_no_text_breaks_it(stages: Stages, text: str) -> None:
    for mention in stages.facts(text).of(Mention):
        assert 0 <= mention.start <= mention.head < mention.end <= len(text)
        assert mention.actor.name
        assert mention.actor.sector is None or mention.actor.sector in SECTORS
        assert mention.actor.country is None or mention.actor.country in BODIES or len(mention.actor.country) == 3
