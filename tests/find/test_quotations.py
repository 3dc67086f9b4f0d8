"""Quotations: where they open and close, how they nest, what kind they are, and that odd input does no harm."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.find.quotations import QuotationStage
from dateline.model import Article, Quotation
from dateline.reading import Facts, run_stage
from dateline.rules.loader import Rule, load_one

STAGE = QuotationStage()
RUNS = ("speech/quotations.toml#*",)
RULES = load_one("speech/quotations.toml").rules
MARKS = "\"“”„«»‹›‘’‚'"


def found(text: str) -> list[Quotation]:
    facts = Facts()
    run_stage(STAGE, Article("test", text), facts)
    return list(facts.of(Quotation))


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in found(text)]


@pytest.mark.parametrize(
    ("rule", "text"), [(r, str(t)) for r in RULES for t in r.examples], ids=lambda v: getattr(v, "name", None)
)
def test_example_has_the_kind_of_its_rule(rule: Rule, text: str) -> None:
    assert found(text)[-1].kind == rule.data["kind"]


@pytest.mark.parametrize(
    ("rule", "text"), [(r, str(t)) for r in RULES for t in r.near_misses], ids=lambda v: getattr(v, "name", None)
)
def test_near_miss_has_another_kind(rule: Rule, text: str) -> None:
    assert all(q.kind != rule.data["kind"] for q in found(text))


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ('"We hold the hill," he said.', ["We hold the hill,"]),
        ("“We hold the hill,” he said.", ["We hold the hill,"]),
        ("« Nous tenons la colline », he said.", ["Nous tenons la colline"]),
        ("»Wir halten den Berg«, he said.", ["Wir halten den Berg"]),
        ("„Wir halten den Berg“, he said.", ["Wir halten den Berg"]),
        ("„Trzymamy wzgórze”, he said.", ["Trzymamy wzgórze"]),
        ("‘We hold the hill,’ he said.", ["We hold the hill,"]),
        ("'We hold the hill,' he said.", ["We hold the hill,"]),
        ("``We hold the hill,'' he said.", ["We hold the hill,"]),
        ("The rebels' guns and the army's trucks.", []),
        ("In the '90s the boys' choir sang rock 'n' roll.", []),
        ("‘The rebels’ guns are silent,’ he said.", ["The rebels’ guns are silent,"]),
        ("“He told me, ‘Run,’ and I ran,” she said.", ["He told me, ‘Run,’ and I ran,", "Run,"]),
        ('"He shouted "Run" at us," she said.', ['He shouted "Run" at us,', "Run"]),
        ("“The bridge is gone,” she said, “and the road too.”", ["The bridge is gone,", "and the road too."]),
        ('She said: "The bridge is gone', ["The bridge is gone"]),
        ("“The bridge is gone, “Tal said. “We swam.”", ["The bridge is gone,", "We swam."]),
        ('The bridge is gone," she said. "We swam."', ["We swam."]),
    ],
)
def test_marks_of_every_kind(text: str, contents: list[str]) -> None:
    assert inner(text) == contents


def test_quotation_over_paragraphs_is_one() -> None:
    text = "Tal said:\n\n“The bridge is gone.\n\n“The road is closed.\n\n“We walk.”\n\nHe left."
    (quotation,) = found(text)
    assert quotation.closed
    assert text[quotation.start : quotation.end].endswith("We walk.”")


def test_quotation_over_paragraphs_that_are_not_reopened() -> None:
    text = 'Tal said:\n\n"The bridge is gone.\n\nThe road is closed."\n\nHe left.'
    (quotation,) = found(text)
    assert quotation.closed
    assert text[quotation.inner_end - 7 : quotation.inner_end] == "closed."


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "Tal said: “The bridge is gone.\n\nHe left.\n\n“We swam,” Omar said."
    first, second = found(text)
    assert not first.closed
    assert text[first.inner_start : first.inner_end] == "The bridge is gone."
    assert second.closed


def well_formed(text: str) -> None:
    open_until: list[int] = []
    for q in found(text):
        assert 0 <= q.start < q.inner_start <= q.inner_end <= q.end <= len(text)
        assert text[q.inner_start : q.inner_end].strip()
        while open_until and open_until[-1] <= q.start:
            open_until.pop()
        assert not open_until or q.end <= open_until[-1], "an overlap that is no nesting"
        open_until.append(q.end)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*MARKS, "``", "''", " ", "\n", "\n\n", "a", "We go. ", "said ", ", ", "s", "5"]), max_size=80)
)
def test_fuzz_random_marks(pieces: list[str]) -> None:
    well_formed("".join(pieces))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(alphabet=MARKS, max_size=12), st.randoms(use_true_random=False))
def test_fuzz_marks_strewn_into_any_text(text: str, marks: str, rng: random.Random) -> None:
    for mark in marks:
        at = rng.randint(0, len(text))
        text = text[:at] + mark + text[at:]
    well_formed(text)


@pytest.mark.parametrize(
    "text",
    [
        "".join(random.Random(7).choice(['"', "“", "”", "'", "‘", "’", "« ", " »"]) + "word went " for _ in range(10_000)),
        '"word went ' * 10_000,
        "“word went " * 10_000,
        "'word's went " * 5_000,
        '"word\n\n' * 10_000,
        '"' * 10_000 + "word went " * 9_000,
    ],
    ids=["mixed", "straight", "opening", "single", "paragraphs", "in a row"],
)
def test_ten_thousand_marks_take_linear_time(text: str) -> None:
    began = time.process_time()
    well_formed(text)
    assert time.process_time() - began < 2.0
