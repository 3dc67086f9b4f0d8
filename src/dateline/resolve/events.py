"""Act -> Event: fill every field of an act by asking the module that knows about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.find.weighing import Weigher
from dateline.language import Document
from dateline.model import Act, Article, Days, Event, Evidence, Fact, Mention, Place, Publication, Quantity, Statement, Time
from dateline.reading import Facts
from dateline.resolve.casting import ROLES
from dateline.resolve.control import ControlWords, Grounds
from dateline.resolve.count_words import CountWords
from dateline.resolve.counting import Counting
from dateline.resolve.cues import CueBook
from dateline.resolve.dating import LOOK_AHEAD, Dating
from dateline.resolve.placing import Placing
from dateline.resolve.roles import Roles
from dateline.resolve.sources import Sourcing
from dateline.resolve.status import StatusRules
from dateline.rules.senses import Senses


@dataclass(frozen=True, slots=True)
class FieldWords:
    """The word lists that the fields of an event are read by."""

    cues: CueBook
    counts: CountWords
    control: ControlWords


class EventStage:
    """Makes the event of every act."""

    name = "events"
    needs: tuple[type[Fact], ...] = (Document, Act, Mention, Place, Time, Publication, Quantity, Statement)
    gives: tuple[type[Fact], ...] = (Event,)

    def __init__(self, senses: Senses, words: FieldWords, weighers: Mapping[str, Weigher]) -> None:
        self._senses = {p.sense.id: p.sense for found in senses.patterns.values() for p in found}
        self._words = words
        self._weighers = {role: weighers[role] for role in ROLES if role in weighers}
        self._date_weigher = weighers.get("date")
        self._place_weigher = weighers.get("place")

    def roles(self, document: Document, facts: Facts) -> Roles:
        """What fills the roles of one article's acts."""
        return Roles(document, facts, self._senses, self._weighers)

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        roles = self.roles(document, facts)
        statuses = StatusRules(document, facts, self._words.cues)
        dating = Dating(document, facts, self._date_weigher)
        placing = Placing(document, facts, self._place_weigher)
        sourcing = Sourcing(document, facts)
        counting = Counting(document, facts, self._words.counts)
        grounds = Grounds(document, facts, self._words.control)
        told = roles.tell(facts.of(Act))
        dated: list[tuple[Act, Days | None]] = []
        acts = list(facts.of(Act))
        cast = {act: roles.fill(act, told[act]) for act in acts}
        for act, filled in cast.items():
            dating.cast(act, filled.actors, filled.recipients)
        for number, act in enumerate(acts, 1):
            filled = cast[act]
            status, why_status = statuses.status(act)
            told_of = any(key.startswith("actor:") for key, _ in act.slots)
            if status == "negated" and self._senses[act.sense].accidental and not told_of:
                continue  # "no casualties were reported" tells of no act; "denied killing him" does
            when, why_when = dating.when(act, status, dated, acts[number : number + LOOK_AHEAD])
            dated.append((act, when))
            deadline, why_deadline = dating.deadline(act, status)
            where, why_where = placing.where(act, filled.actors, filled.recipients, status)
            said_by, why_said = sourcing.said_by(act)
            quantities = counting.quantities(act)
            control, why_control = grounds.control(act, filled.actors, filled.recipients, where)
            where, why_where = grounds.scene(act, control, where, why_where)
            why = (*filled.evidence, why_status, why_when, why_deadline, why_where, why_said, why_control)
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
                evidence=(_because_of_type(act), *(evidence for evidence in why if evidence is not None)),
            )


def _because_of_type(act: Act) -> Evidence:
    return Evidence(field="type", value=act.type, why=act.sense, start=act.start, end=act.end)
