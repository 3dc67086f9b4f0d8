"""Explanations: the sentence, the rule, the reason of every field, what lost, what was weighed."""

from __future__ import annotations

from datetime import date

from dateline.explain import Explanation, as_lines, day_as_lines, explanations
from dateline.language import SpacyParser
from dateline.model import Article, Event, Evidence, Publication
from dateline.reader import Reader

TEXT = "The weather was mild.\nRebels seized the town of Talma on Monday. Nobody was hurt."


def test_an_explanation_has_the_sentence_that_tells_the_event(parser: SpacyParser) -> None:
    reading, facts = Reader(parser=parser, weighers={}).explain(Article("a", TEXT))
    (found,) = [e for e in explanations(reading, facts) if e.event.trigger == "seized"]
    assert TEXT[found.start : found.end] == "Rebels seized the town of Talma on Monday."
    assert found.weighed == ()


def test_every_event_is_explained(parser: SpacyParser) -> None:
    reading, facts = Reader(parser=parser).explain(Article("a", TEXT))
    assert [e.event for e in explanations(reading, facts)] == list(reading.events)


def test_the_lines_say_why_and_what_lost() -> None:
    start = TEXT.index("seized")
    event = Event(
        start=start, end=start + 6, trigger="seized", type="COERCE", mode="seize", status="actual", actors=(), recipients=(),
        when=None, where=None, said_by=(), quantities=(), deadline=None, control=None, sense="coerce/seize-ground",
        confidence=0.875,
        evidence=(
            Evidence(field="where", value="Talma", why="named by the object", start=TEXT.index("Talma"), end=TEXT.index(" on Mon"),
                     lost=("Talma, ZMB: farther away",)),
            Evidence(field="status", value="actual", why="told as fact"),
        ),
    )  # fmt: skip
    lines = list(as_lines(Explanation(3, event, start - 7, len(TEXT), (("sense=coerce/seize-ground", 1.25),)), TEXT))
    assert lines == [
        "3. seized  COERCE/seize, actual",
        "   sentence: Rebels seized the town of Talma on Monday. Nobody was hurt.",
        "   rule: coerce/seize-ground",
        "   likely to 0.88: sense=coerce/seize-ground +1.2",
        "   where = Talma: named by the object “Talma”",
        "      not Talma, ZMB: farther away",
        "   status = actual: told as fact",
    ]


def test_the_day_is_explained() -> None:
    known = Publication(
        start=0, end=0, day=date(2021, 6, 30), earliest=date(2021, 6, 30), latest=date(2021, 7, 5), basis="inferred",
        clues=("“last Tuesday, June 29”: the year is 2021",), against=("“in May” is told as past",),
    )  # fmt: skip
    assert list(day_as_lines(known)) == [
        "published: 2021-06-30 (inferred, between 2021-06-30 and 2021-07-05)",
        "   “last Tuesday, June 29”: the year is 2021",
        "   against it: “in May” is told as past",
    ]
    given = Publication(start=0, end=0, day=date(2021, 6, 30), earliest=None, latest=None, basis="given")
    assert list(day_as_lines(given)) == ["published: 2021-06-30 (given)"]
    unknown = Publication(start=0, end=0, day=None, earliest=None, latest=None, basis=None)
    assert list(day_as_lines(unknown)) == ["published: not known"]
