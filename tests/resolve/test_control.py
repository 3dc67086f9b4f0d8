"""Ground that changes hands: the examples of the rule file, and who gains or loses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from dateline.find.quantities import QuantityStage
from dateline.language import Document, SpacyParser
from dateline.model import Act, Actor, Article, Control, Location
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.control import Grounds
from dateline.rules.loader import Rule, load_one

RUNS = ("control.toml#*",)
Parse = Callable[[str], Document]
REBELS, ARMY = Actor("Rebels"), Actor("Army")


def read(parse: Parse, text: str, act: Mapping[str, Any]) -> Control | None:
    """The control of an act by rebels against an army, given as its word, its type and where it was."""
    document = parse(text)
    facts = Facts()
    facts.add([document])
    run_stage(QuantityStage(), Article(id="test", text=text), facts)
    start = text.index(act["act"])
    token = document.at(start)
    assert token is not None
    made = Act(
        start=start, end=start + len(act["act"]), token=token.i, matched=(token.i,), type=act.get("type", "COERCE"),
        mode="seize" if act.get("type", "COERCE") == "COERCE" else "withdraw", sense="test",
    )  # fmt: skip
    where = Location(act["where"]) if "where" in act else None
    return Grounds(document, facts).control(made, [REBELS], [ARMY], where)[0]


@pytest.mark.parametrize("rule", load_one("control.toml").rules, ids=lambda rule: rule.name)
def test_examples(rule: Rule, parse: Parse) -> None:
    for example in rule.examples:
        assert isinstance(example, Mapping)
        control = read(parse, example["text"], example)
        assert control is not None, example
        assert control.unit == example["unit"], example
        assert control.place == example.get("place"), example
        assert control.count == example.get("count"), example
    for near_miss in rule.near_misses:
        assert isinstance(near_miss, Mapping)
        assert read(parse, near_miss["text"], near_miss) is None, near_miss


def test_who_gains_and_who_loses(parse: Parse) -> None:
    taken = read(parse, "Rebels captured the town of Karsa.", {"act": "captured"})
    left = read(parse, "Rebels withdrew from the town of Karsa.", {"act": "withdrew", "type": "RETREAT"})
    assert taken is not None
    assert left is not None
    assert (taken.gained_by, taken.lost_by) == ("Rebels", "Army")
    assert (left.gained_by, left.lost_by) == ("Army", "Rebels")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The army left the country.", "left"),
        ("The army withdrew from the treaty.", "withdrew"),
    ],
)
def test_leaving_a_country_hands_over_no_ground(text: str, act: str, parse: Parse) -> None:
    assert read(parse, text, {"act": act, "type": "RETREAT"}) is None


def test_its_liberation_is_that_of_the_place_of_the_act(parse: Parse) -> None:
    control = read(parse, "Its liberation cheered the army.", {"act": "liberation", "where": "Karsa"})
    assert control is not None
    assert (control.place, control.count) == ("Karsa", 1)


def test_ground_that_falls_is_where_it_falls(parser: SpacyParser) -> None:
    text = "Rebels stormed the port of Goma. The town of Bukavu fell to the rebels on Monday, officials in Goma said."
    fell = next(event for event in Reader(parser=parser).read(Article("test", text)).events if "fell" in event.trigger)
    assert fell.control is not None
    assert fell.where is not None
    assert (fell.control.place, fell.where.name) == ("Bukavu", "Bukavu")
