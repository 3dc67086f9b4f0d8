"""Who is credited with the report of an act."""

from __future__ import annotations

import pytest

from dateline.find.quotations import QuotationStage
from dateline.find.statements import StatementStage
from dateline.language import Document, LanguageStage, Parser
from dateline.model import Act, Article, EventType
from dateline.reading import Facts, run_stage
from dateline.resolve.sources import Sourcing


def said_by(parser: Parser, text: str, trigger: str, kind: EventType = "ASSAULT") -> tuple[str, ...]:
    facts = Facts()
    for stage in (QuotationStage(), LanguageStage(parser), StatementStage()):
        run_stage(stage, Article("test", text), facts)
    document = facts.one(Document)
    start = text.index(trigger)
    head = document.head_of(start, start + len(trigger))
    assert head is not None
    act = Act(start=start, end=start + len(trigger), token=head.i, matched=(head.i,), type=kind, mode=None, sense="test")
    names, evidence = Sourcing(document, facts).said_by(act)
    assert (evidence is None) == (not names)
    return names


@pytest.mark.parametrize(
    ("text", "trigger", "names"),
    [
        ("Rebels shelled Tarin on Monday.", "shelled", ()),
        ("Omar Tal said rebels had shelled the town.", "shelled", ("Omar Tal",)),
        ("Rebels shelled the town, according to Omar Tal.", "shelled", ("Omar Tal",)),
        ('"Rebels shelled us for hours," Omar Tal said.', "shelled", ("Omar Tal",)),
        ("Radio Nile reported, citing army officials, that rebels had shelled the town.", "shelled", ("Radio Nile", "army officials")),
        ('Omar Tal said: "The army says rebels shelled the town."', "shelled", ("Omar Tal", "army")),
        ("Omar Tal called for an end to the shelling.", "shelling", ()),
    ],
)  # fmt: skip
def test_chain_is_outermost_first(parser: Parser, text: str, trigger: str, names: tuple[str, ...]) -> None:
    assert said_by(parser, text, trigger) == names


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "names"),
    [
        ('Omar Tal said: "We condemn the raid."', "condemn", "ACCUSE", ()),
        ('Omar Tal said: "We condemned the raid at the time."', "condemned", "ACCUSE", ("Omar Tal",)),
        ('Omar Tal said: "They must leave the town."', "must", "REQUEST", ()),
        ('Radio Nile reported that Omar Tal had said: "We condemn the raid."', "condemn", "ACCUSE", ("Radio Nile",)),
    ],
)
def test_act_done_by_speaking_has_no_reporter(
    parser: Parser, text: str, trigger: str, kind: EventType, names: tuple[str, ...]
) -> None:
    assert said_by(parser, text, trigger, kind) == names
