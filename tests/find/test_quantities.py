"""Numbers and what they count: the examples of the rule file, and numbers of every shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.find.numbers import numbers
from dateline.find.quantities import QuantityStage, load_numbers
from dateline.language import Document
from dateline.model import Article, Quantity
from dateline.reading import Facts, run_stage
from dateline.rules.loader import Rule, load_one

RUNS = ("quantities.toml#word", "quantities.toml#multiplier", "quantities.toml#bound", "quantities.toml#unit")
READING = [rule for rule in load_one("quantities.toml").rules if rule.kind in ("word", "multiplier", "bound", "unit")]
Parse = Callable[[str], Document]


def quantities(parse: Parse, text: str) -> tuple[Quantity, ...]:
    facts = Facts()
    facts.add([parse(text)])
    run_stage(QuantityStage(), Article(id="test", text=text), facts)
    return facts.of(Quantity)


def fits(quantity: Quantity, wanted: Mapping[str, Any]) -> bool:
    """Whether a quantity is as an example wants it; `open`: without an upper end, `about`: approximate."""
    return bool(
        quantity.low == wanted.get("low", quantity.low)
        and quantity.high == wanted.get("high", quantity.high)
        and quantity.what == wanted.get("what", quantity.what)
        and (quantity.high is None) == wanted.get("open", quantity.high is None)
        and quantity.approximate == wanted.get("about", quantity.approximate)
    )


@pytest.mark.parametrize("rule", READING, ids=lambda rule: rule.name)
def test_examples(rule: Rule, parse: Parse) -> None:
    for example in rule.examples:
        assert isinstance(example, Mapping)
        found = quantities(parse, example["text"])
        assert any(fits(quantity, example) for quantity in found), (example, found)
    for near_miss in rule.near_misses:
        assert isinstance(near_miss, Mapping)
        assert not any(fits(quantity, near_miss) for quantity in quantities(parse, near_miss["text"])), near_miss


@pytest.mark.parametrize(
    ("text", "low", "high", "what"),
    [
        ("Between 12 and 15 villagers fled.", 12, 15, "villagers"),
        ("From 12 to 15 villagers fled.", 12, 15, "villagers"),
        ("The garrison was cut from 5,000 to 3,000 men.", 3000, 3000, "men"),
        ("The raid killed 12 Taliban.", 12, 12, "taliban"),
        ("Rebels fired 14 Grad rockets.", 14, 14, "rockets"),
        ("Thirty-seven villagers fled.", 37, 37, "villagers"),
        ("Two hundred and six villagers fled.", 206, 206, "villagers"),
        ("Some 2.8 million voters went to the polls.", 2_800_000, 2_800_000, "voters"),
        ("Three artillery systems were seen.", 3, 3, "artillery systems"),
        ("The court gave him a 73-month sentence.", 73, 73, "month"),
    ],
)
def test_shapes(text: str, low: float, high: float | None, what: str, parse: Parse) -> None:
    found = quantities(parse, text)
    assert [(q.low, q.high, q.what) for q in found] == [(low, high, what)]


@pytest.mark.parametrize(
    "text",
    [
        "He was born in 1987.",
        "The talks on the 2015 nuclear deal have stalled.",
        "The council adopted Resolution 2328.",
        "The general, aged 58, resigned.",
        "The three-judge court met.",
        "One of them left.",
    ],
)
def test_what_counts_nothing(text: str, parse: Parse) -> None:
    assert quantities(parse, text) == ()


@given(
    st.lists(
        st.sampled_from(
            [
                "12",
                "to",
                "-",
                "five",
                "hundred",
                "and",
                "more",
                "than",
                "half",
                "a",
                "million",
                "dozens",
                "of",
                "$",
                "1,",
                ".",
            ]
        )
    )
)
def test_numbers_never_overlap(words: list[str]) -> None:
    last = 0
    for number in numbers(words, load_numbers()):
        assert last <= number.first < number.last <= number.last_word <= len(words)
        last = number.last_word
