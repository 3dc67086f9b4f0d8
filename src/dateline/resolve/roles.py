"""Who fills the roles of an act: from the slots that its frame found to actors.

A slot names words; a `Mention` says who they are. Where the sentence is silent, a noun that names an act already told ("the
attack") takes over the actors of the earlier telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.find.syntax import with_conjuncts
from dateline.language import Document, Token
from dateline.model import Act, Actor, Evidence, Mention
from dateline.reading import Facts
from dateline.rules.senses import Sense

PERSON_OF_NOUN = ("compound", "adjective", "possessive", "noun_modifier")


@dataclass(slots=True)
class Filled:
    """The roles of one act, filled, and why."""

    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)


class Roles:
    """Fills the roles of the acts of one article, in the order of the text."""

    def __init__(self, document: Document, facts: Facts, senses: Mapping[str, Sense]) -> None:
        self._document = document
        self._senses = senses
        self._mentions: dict[int, list[Mention]] = {}
        for mention in facts.of(Mention):
            self._mentions.setdefault(mention.head, []).append(mention)
        self._acts = {act.token: act for act in facts.of(Act)}
        self._told: dict[tuple[str, str], Filled] = {}

    def fill(self, act: Act) -> Filled:
        """The actors and recipients of an act. Call it in the order of the text: later acts lean on earlier ones."""
        slots = dict(act.slots)
        filled = Filled()
        taken: list[Actor] = []
        sense = self._senses[act.sense]
        if sense.frame.mutual and "actor" not in sense.overrides:
            filled.actors = self._mutual(act, slots, filled.evidence)
        else:
            filled.actors = self._role("actor", slots, taken, filled.evidence)
            taken.extend(filled.actors)
            filled.recipients = self._role("recipient", slots, taken, filled.evidence)
        self._inherit(act, filled)
        return filled

    def _role(
        self, role: str, slots: Mapping[str, tuple[int, ...]], taken: Sequence[Actor], evidence: list[Evidence]
    ) -> tuple[Actor, ...]:
        for key, tokens in slots.items():
            name, source = key.split(":", 1)
            if name != role:
                continue
            found = [m for m in self._mentions_of(tokens) if m.actor not in taken]
            if found:
                evidence.extend(_because(f"{role}s", found, source))
                return _distinct(m.actor for m in found)
        return ()

    def _mutual(self, act: Act, slots: Mapping[str, tuple[int, ...]], evidence: list[Evidence]) -> tuple[Actor, ...]:
        found: list[Mention] = []
        for key, tokens in slots.items():
            name, source = key.split(":", 1)
            if name == "actor":
                more = [m for m in self._mentions_of(tokens) if m not in found]
                evidence.extend(_because("actors", more, source))
                found.extend(more)
        return _distinct(m.actor for m in found)

    def _mentions_of(self, tokens: Iterable[int]) -> list[Mention]:
        found: list[Mention] = []
        for i in tokens:
            token = self._document.tokens[i]
            own = self._mentions.get(token.start, [])
            found.extend(own if own else self._through(token))
        return found

    def _through(self, token: Token) -> list[Mention]:
        """For a word that is no actor itself, those that it is of: "members of the group", "the government's decision"."""
        for name, _, noun in token.prepositions():
            if name == "of" and noun.relation == "preposition_object":
                found = [m for t in with_conjuncts([noun]) for m in self._mentions.get(t.start, [])]
                if found:
                    return found
        for kid in token.kids(*PERSON_OF_NOUN):
            found = self._mentions.get(kid.start, [])
            if found:
                return list(found)
        return []

    def _inherit(self, act: Act, filled: Filled) -> None:
        head = self._document.tokens[act.token]
        key = (act.type, head.lemma.lower())
        before = self._told.get(key)
        if head.pos == "NOUN" and before is not None and not filled.actors and not filled.recipients:
            filled.actors, filled.recipients = before.actors, before.recipients
            filled.evidence.append(
                Evidence(field="actors", value=", ".join(a.name for a in filled.actors), why="as told before in the article")
            )
        if filled.actors or filled.recipients:
            self._told[key] = filled


def _because(field_name: str, found: Iterable[Mention], source: str) -> Iterable[Evidence]:
    for mention in found:
        lost = tuple(candidate.name for candidate in mention.candidates if candidate != mention.actor)
        why = f"{source} of the trigger; {mention.rule}"
        yield Evidence(field=field_name, value=mention.actor.name, why=why, start=mention.start, end=mention.end, lost=lost)


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.name: actor for actor in actors}.values())
