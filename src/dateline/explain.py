"""Why an event is what it is: its sentence, the rule that knew the act, the reason for every field, and what lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language import Document
from dateline.model import Act, Event, Publication, Reading
from dateline.output.words import kind_as_text, one_line
from dateline.reading import Facts


@dataclass(frozen=True, slots=True)
class Explanation:
    """One event with the sentence that tells it (`start`..`end`) and what the learnt weights said for and against it."""

    number: int
    event: Event
    start: int
    end: int
    weighed: tuple[tuple[str, float], ...]


def explanations(reading: Reading, facts: Facts) -> Iterator[Explanation]:
    """An explanation for every event of a reading; `facts` are those that `Reader.explain` gives with it."""
    document = facts.one(Document)
    acts = {(act.start, act.end, act.sense): act for act in facts.of(Act)}
    for number, event in enumerate(reading.events, 1):
        act = acts[event.start, event.end, event.sense]
        sentence = document.tokens[act.token].sentence
        yield Explanation(number, event, sentence.start, sentence.end, act.weighed)


def as_lines(explanation: Explanation, text: str) -> Iterator[str]:
    """The explanation in plain words, line by line."""
    event = explanation.event
    yield f"{explanation.number}. {one_line(event.trigger)}  {kind_as_text(event)}, {event.status}"
    yield f"   sentence: {one_line(text[explanation.start : explanation.end])}"
    yield f"   rule: {event.sense}"
    if explanation.weighed:
        yield f"   likely to {event.confidence:.2f}: " + ", ".join(
            f"{name} {odds:+.1f}" for name, odds in explanation.weighed
        )
    for reason in event.evidence:
        words = "" if reason.start is None else f" “{one_line(text[reason.start : reason.end])}”"
        yield f"   {reason.field} = {one_line(reason.value)}: {one_line(reason.why)}{words}"
        for loser in reason.lost:
            yield f"      not {one_line(loser)}"


def day_as_lines(publication: Publication) -> Iterator[str]:
    """Why the article's own day is what it is, line by line."""
    if publication.day is None:
        yield "published: not known"
    else:
        bounds = {publication.earliest or publication.day, publication.latest or publication.day, publication.day}
        between = f", between {min(bounds)} and {max(bounds)}" if len(bounds) > 1 else ""
        yield f"published: {publication.day} ({publication.basis}{between})"
    yield from (f"   {one_line(clue)}" for clue in publication.clues)
    yield from (f"   against it: {one_line(clue)}" for clue in publication.against)
