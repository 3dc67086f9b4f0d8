"""Statements: every form of report that the rule files name, by their own examples and near-misses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dateline.find.quotations import QuotationStage
from dateline.find.statements import StatementStage
from dateline.language import LanguageStage, Parser
from dateline.model import Article, Statement
from dateline.reading import Facts, run_stage
from dateline.rules.loader import Rule, load_one

STAGE = StatementStage()
RUNS = ("speech/verbs.toml#*", "speech/forms.toml#*", "speech/blocks.toml#*")
RULES = [rule for file in ("verbs", "forms", "blocks") for rule in load_one(f"speech/{file}.toml").rules]


def statements(parser: Parser, text: str) -> list[Statement]:
    facts = Facts()
    for stage in (QuotationStage(), LanguageStage(parser), STAGE):
        run_stage(stage, Article("test", text), facts)
    return list(facts.of(Statement))


def cases(key: str) -> list[Any]:
    return [
        pytest.param(rule, entry, id=f"{rule.name}-{number}")
        for rule in RULES
        for number, entry in enumerate(getattr(rule, key))
    ]


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_example_is_found(parser: Parser, rule: Rule, example: Mapping[str, Any]) -> None:
    text = example["text"]
    found = statements(parser, text)
    told = [text[s.start : s.end] for s in found]
    assert example["content"] in told or example["content"] + "." in told, told
    chosen = next(s for s in found if text[s.start : s.end].rstrip(".") == example["content"].rstrip("."))
    if "speaker" in example:
        assert chosen.speaker.name == example["speaker"]
    if "chain" in example:
        assert [actor.name for actor in chosen.chain] == example["chain"]


@pytest.mark.parametrize(("rule", "near_miss"), cases("near_misses"))
def test_near_miss_is_not(parser: Parser, rule: Rule, near_miss: str | Mapping[str, Any]) -> None:
    if isinstance(near_miss, str):
        assert statements(parser, near_miss) == []
    else:
        assert all([a.name for a in s.chain] == near_miss["chain"] for s in statements(parser, near_miss["text"]))
