"""Why an event is what it is: its sentence, the rule that knew the act, the reason for every field, and what lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.language import Document
from dateline.model import Event, Evidence, Reading
from dateline.output.words import kind_as_text, one_line
from dateline.reading import Facts


@dataclass(frozen=True, slots=True)
class Explanation:
    """One event with the sentence that tells it; `start`..`end` is that sentence."""

    number: int
    event: Event
    start: int
    end: int

    def reasons(self) -> tuple[Evidence, ...]:
        """The evidence of the event's fields, in the order in which the reader filled them."""
        return self.event.evidence


def explanations(reading: Reading, facts: Facts) -> Iterator[Explanation]:
    """An explanation for every event of a reading; `facts` are those that `Reader.explain` gives with it."""
    document = facts.one(Document)
    for number, event in enumerate(reading.events, 1):
        head = document.head_of(event.start, event.end)
        sentence = head.sentence if head is not None else None
        yield Explanation(
            number, event, sentence.start if sentence else event.start, sentence.end if sentence else event.end
        )


def as_lines(explanation: Explanation, text: str) -> Iterator[str]:
    """The explanation in plain words, line by line."""
    event = explanation.event
    yield f"{explanation.number}. {one_line(event.trigger)}  {kind_as_text(event)}, {event.status}"
    yield f"   sentence: {one_line(text[explanation.start : explanation.end])}"
    yield f"   rule: {event.sense}"
    for reason in explanation.reasons():
        words = "" if reason.start is None else f" “{one_line(text[reason.start : reason.end])}”"
        yield f"   {reason.field} = {one_line(reason.value)}: {one_line(reason.why)}{words}"
        for loser in reason.lost:
            yield f"      not {one_line(loser)}"
