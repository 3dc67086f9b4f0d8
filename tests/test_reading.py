"""The seam: the order of stages is checked once, what they give is checked every time, and errors name the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from dateline.model import Article, Fact, Mention, Place, Publication, Quotation
from dateline.reading import Facts, StageError, check_order, read_with, run_stage

ARTICLE = Article("a", "Rebels seized Talma.")


@dataclass
class Step:
    """A stage made for a test."""

    name: str
    needs: tuple[type[Fact], ...]
    gives: tuple[type[Fact], ...]
    do: Callable[[Article, Facts], Iterable[Fact]] = lambda article, facts: ()

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        return self.do(article, facts)


def quotation(start: int, end: int) -> Quotation:
    return Quotation(start=start, end=end, inner_start=start, inner_end=end, kind="speech")


PUBLICATION = Publication(start=0, end=0, day=None, earliest=None, latest=None, basis=None)


def test_a_stage_may_need_what_an_earlier_one_gives() -> None:
    check_order([Step("a", (), (Quotation,)), Step("b", (Quotation,), (Place,)), Step("c", (Quotation, Place), ())])


@pytest.mark.parametrize(
    "stages",
    [
        [Step("b", (Quotation,), ())],
        [Step("b", (Quotation,), (Place,)), Step("a", (), (Quotation,))],
        [Step("b", (Quotation,), (Quotation,))],
    ],
)
def test_a_stage_may_not_need_what_only_a_later_one_or_itself_gives(stages: list[Step]) -> None:
    with pytest.raises(StageError, match=r"^b: needs Quotation, which no earlier stage gives"):
        check_order(stages)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, len(ARTICLE.text) + 1)])
def test_a_fact_outside_the_text_is_refused(start: int, end: int) -> None:
    stage = Step("quotations", (), (Quotation,), lambda article, facts: [quotation(start, end)])
    with pytest.raises(StageError, match=rf"^quotations: Quotation at {start}\.\.{end} of a text of 20"):
        run_stage(stage, ARTICLE, Facts())


def test_the_borders_of_the_text_are_inside() -> None:
    facts = Facts()
    run_stage(Step("q", (), (Quotation,), lambda a, f: [quotation(0, 20), quotation(20, 20)]), ARTICLE, facts)
    assert len(facts.of(Quotation)) == 2


def test_a_kind_that_was_not_declared_is_refused() -> None:
    with pytest.raises(StageError, match=r"^places: gave a Quotation, which it does not declare"):
        run_stage(Step("places", (), (Place,), lambda a, f: [quotation(0, 1)]), ARTICLE, Facts())


def test_nothing_is_added_by_a_stage_that_fails_halfway() -> None:
    def halfway(article: Article, facts: Facts) -> Iterable[Fact]:
        yield quotation(0, 1)
        raise ZeroDivisionError("no")

    facts = Facts()
    with pytest.raises(StageError, match=r"^halfway: ZeroDivisionError: no"):
        run_stage(Step("halfway", (), (Quotation,), halfway), ARTICLE, facts)
    assert facts.of(Quotation) == ()


def test_facts_of_a_kind_come_in_the_order_of_the_text() -> None:
    facts = Facts()
    facts.add([quotation(9, 12), quotation(3, 8)])
    facts.add([quotation(3, 5)])
    assert [(q.start, q.end) for q in facts.of(Quotation)] == [(3, 5), (3, 8), (9, 12)]
    assert facts.of(Mention) == ()


def test_the_one_fact_of_a_kind() -> None:
    facts = Facts()
    with pytest.raises(LookupError, match="expected one Publication, found 0"):
        facts.one(Publication)
    facts.add([PUBLICATION])
    assert facts.one(Publication) is PUBLICATION
    facts.add([PUBLICATION])
    with pytest.raises(LookupError, match="found 2"):
        facts.one(Publication)


def test_a_reading_holds_what_the_stages_gave() -> None:
    stages = [
        Step("day", (), (Publication,), lambda a, f: [PUBLICATION]),
        Step("quotations", (), (Quotation,), lambda a, f: [quotation(0, 6)]),
    ]
    reading, facts = read_with(stages, ARTICLE)
    assert reading.article is ARTICLE
    assert reading.publication is PUBLICATION
    assert reading.quotations == facts.of(Quotation) == (quotation(0, 6),)
