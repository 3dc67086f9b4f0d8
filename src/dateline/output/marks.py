"""Which stretches of an article are evidence, and for what: the one view that the terminal and the page colour by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from dateline.model import Event, EventType, Reading

Role = Literal[
    "trigger", "actors", "recipients", "when", "where", "said_by", "quantities", "deadline", "status", "statement"
]
ROLES: tuple[Role, ...] = (
    "trigger", "actors", "recipients", "when", "where", "said_by", "quantities", "deadline", "status", "statement",
)  # fmt: skip
"""What a stretch can be evidence of. Where stretches overlap, the earlier in this list gives the colour."""

ROLE_NAMES: dict[Role, str] = {
    "trigger": "act", "actors": "who", "recipients": "to whom", "when": "when", "where": "where", "said_by": "according to",
    "quantities": "how many", "deadline": "deadline", "status": "status", "statement": "said",
}  # fmt: skip

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
QUADS: dict[EventType, Quad] = {
    "AGREE": "verbal-cooperation", "CONSULT": "verbal-cooperation", "SUPPORT": "verbal-cooperation",
    "CONCEDE": "verbal-cooperation", "COOPERATE": "material-cooperation", "AID": "material-cooperation",
    "RETREAT": "material-cooperation", "REQUEST": "verbal-conflict", "ACCUSE": "verbal-conflict",
    "REJECT": "verbal-conflict", "THREATEN": "verbal-conflict", "PROTEST": "material-conflict",
    "SANCTION": "material-conflict", "MOBILIZE": "material-conflict", "COERCE": "material-conflict",
    "ASSAULT": "material-conflict",
}  # fmt: skip
"""PLOVER's four classes of event types."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the article that is evidence: `number` counts events and statements from 1, each for itself."""

    start: int
    end: int
    role: Role
    number: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the article with the marks that cover it, in the order of ROLES. The segments add up to the text."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    @property
    def role(self) -> Role | None:
        """What colours it: the first role that is more than a statement around it."""
        return self.marks[0].role if self.marks else None

    @property
    def said(self) -> bool:
        """Whether it is part of what somebody is reported to have said."""
        return any(mark.role == "statement" for mark in self.marks)


def marks_of(reading: Reading) -> list[Mark]:
    """The marks of every event's trigger and evidence, and of every statement's content."""
    marks = [Mark(s.start, s.end, "statement", number) for number, s in enumerate(reading.statements, 1)]
    for number, event in enumerate(reading.events, 1):
        marks.extend(_marks_of_event(event, number))
    return [mark for mark in marks if mark.start < mark.end]


def _marks_of_event(event: Event, number: int) -> Iterator[Mark]:
    yield Mark(event.start, event.end, "trigger", number)
    for quantity in event.quantities:
        yield Mark(quantity.start, quantity.end, "quantities", number)
    roles = {role: role for role in ROLES if role not in ("trigger", "statement")}
    for evidence in event.evidence:
        role = roles.get(evidence.field)  # type: ignore[call-overload]
        if role is not None and evidence.start is not None and evidence.end is not None:
            yield Mark(evidence.start, evidence.end, role, number)


def segments(length: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut a text of this length at every border of a mark."""
    starting = sorted(marks, key=attrgetter("start"))
    borders = sorted({0, length, *(m.start for m in starting), *(m.end for m in starting)})
    rank = {role: place for place, role in enumerate(ROLES)}
    active: list[Mark] = []
    following = 0
    for start, end in pairwise(borders):
        active = [mark for mark in active if mark.end > start]
        while following < len(starting) and starting[following].start == start:
            active.append(starting[following])
            following += 1
        yield Segment(start, end, tuple(sorted(active, key=lambda mark: (rank[mark.role], mark.number))))
