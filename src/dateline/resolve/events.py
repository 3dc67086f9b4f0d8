"""Act -> Event: fill every field of an act by asking the module that knows about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dateline.find.weighing import Weigher
from dateline.language import Document
from dateline.model import (
    Act,
    Actor,
    Article,
    Control,
    Days,
    Event,
    Evidence,
    Fact,
    Location,
    Mention,
    Place,
    Quantity,
    Statement,
    Status,
    Time,
)
from dateline.reading import Facts
from dateline.resolve.casting import ROLES
from dateline.resolve.roles import Roles
from dateline.rules.senses import Senses


class StatusOf(Protocol):
    def status(self, act: Act) -> tuple[Status, Evidence]: ...


class WhenOf(Protocol):
    def when(
        self, act: Act, status: Status = ..., earlier: Sequence[tuple[Act, Days]] = ...
    ) -> tuple[Days | None, Evidence | None]: ...
    def deadline(self, act: Act, status: Status) -> tuple[date | None, Evidence | None]: ...


class WhereOf(Protocol):
    def where(
        self, act: Act, actors: Sequence[Actor], recipients: Sequence[Actor]
    ) -> tuple[Location | None, Evidence | None]: ...


class SourcesOf(Protocol):
    def said_by(self, act: Act) -> tuple[tuple[str, ...], Evidence | None]: ...


class QuantitiesOf(Protocol):
    def quantities(self, act: Act) -> tuple[Quantity, ...]: ...


class ControlOf(Protocol):
    def control(
        self,
        act: Act,
        actors: Sequence[Actor],
        recipients: Sequence[Actor],
        where: Location | None,
        quantities: Sequence[Quantity],
    ) -> tuple[Control | None, Evidence | None]: ...


@dataclass(frozen=True, slots=True)
class Fields:
    """For each field of an event, what makes its module for one article."""

    status: Callable[[Document, Facts], StatusOf] | None = None
    when: Callable[[Document, Facts], WhenOf] | None = None
    where: Callable[[Document, Facts], WhereOf] | None = None
    sources: Callable[[Document, Facts], SourcesOf] | None = None
    quantities: Callable[[Document, Facts], QuantitiesOf] | None = None
    control: Callable[[Document, Facts], ControlOf] | None = None


class EventStage:
    """Makes the event of every act."""

    name = "events"
    needs: tuple[type[Fact], ...] = (Document, Act)
    gives: tuple[type[Fact], ...] = (Event,)

    def __init__(self, senses: Senses, fields: Fields, weighers: Mapping[str, Weigher]) -> None:
        self._senses = {p.sense.id: p.sense for found in senses.patterns.values() for p in found}
        self._weighers = {role: weighers[role] for role in ROLES if role in weighers}
        self._fields = fields

    def roles(self, document: Document, facts: Facts) -> Roles:
        """What fills the roles of one article's acts."""
        return Roles(document, facts, self._senses, self._weighers)

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        roles = self.roles(document, facts)
        f = self._fields
        status_of = f.status(document, facts) if f.status else None
        when_of = f.when(document, facts) if f.when else None
        where_of = f.where(document, facts) if f.where else None
        sources_of = f.sources(document, facts) if f.sources else None
        quantities_of = f.quantities(document, facts) if f.quantities else None
        control_of = f.control(document, facts) if f.control else None
        earlier: list[tuple[Act, Days]] = []
        told = roles.tell(facts.of(Act))
        for act in facts.of(Act):
            filled = roles.fill(act, told[act])
            evidence: list[Evidence | None] = [
                Evidence(field="type", value=act.type, why=act.sense, start=act.start, end=act.end),
                *filled.evidence,
            ]
            status: Status = "actual"
            if status_of:
                status, why = status_of.status(act)
                evidence.append(why)
            when = deadline = where = control = None
            said_by: tuple[str, ...] = ()
            quantities: tuple[Quantity, ...] = ()
            if when_of:
                when, because = when_of.when(act, status, earlier)
                if when is not None:
                    earlier.append((act, when))
                deadline, because_deadline = when_of.deadline(act, status)
                evidence += [because, because_deadline]
            if where_of:
                where, because = where_of.where(act, filled.actors, filled.recipients)
                evidence.append(because)
            if sources_of:
                said_by, because = sources_of.said_by(act)
                evidence.append(because)
            if quantities_of:
                quantities = quantities_of.quantities(act)
            if control_of:
                control, because = control_of.control(act, filled.actors, filled.recipients, where, quantities)
                evidence.append(because)
            yield Event(
                start=act.start,
                end=act.end,
                trigger=article.text[act.start : act.end],
                type=act.type,
                mode=act.mode,
                status=status,
                actors=filled.actors,
                recipients=filled.recipients,
                when=when,
                where=where,
                said_by=said_by,
                quantities=quantities,
                deadline=deadline,
                control=control,
                sense=act.sense,
                confidence=act.score,
                evidence=tuple(e for e in evidence if e is not None),
            )
