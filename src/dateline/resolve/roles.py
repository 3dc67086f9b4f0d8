"""Who fills the roles of an act: from the slots that its frame found to actors.

A slot names words; a `Mention` says who they are. Where the sentence is silent, a noun that names an act already told ("the
attack") takes over the actors of the earlier telling. That is what the rules cast; with learnt weights every actor near by is
a candidate, and what the rules say is one witness (see `casting`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.find.modifiers import holders, opposed
from dateline.find.slots import UNDERGONE
from dateline.find.syntax import logical_subject, with_conjuncts
from dateline.find.weighing import Weigher
from dateline.language import Document, Token
from dateline.model import Act, Actor, Evidence, Mention, Statement
from dateline.reading import Facts
from dateline.resolve.casting import ROLES, Candidate, Casting, cast
from dateline.resolve.recasting import Looks, loudest
from dateline.resolve.spans import Holding
from dateline.rules.senses import PartOfSpeech, Sense

PERSON_OF_NOUN = ("compound", "adjective", "possessive", "noun_modifier")


@dataclass(slots=True)
class Filled:
    """The roles of one act, filled, and why."""

    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)

    def role(self, role: str) -> tuple[Actor, ...]:
        """Who plays "actor" or "recipient"."""
        return self.actors if role == "actor" else self.recipients


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules say of one act: its own words, and how acts before and beside it were cast."""

    rules: Filled
    before: Mapping[str, Mapping[str, tuple[Actor, ...]]]
    """how the other act was told ("same word", "same type", "last") -> role -> who was cast there, the nearest before."""


class Roles:
    """Fills the roles of the acts of one article."""

    def __init__(
        self, document: Document, facts: Facts, senses: Mapping[str, Sense], weighers: Mapping[str, Weigher] | None = None
    ) -> None:
        self._document = document
        self._senses = senses
        self._weighers = weighers or {}
        self._mentions: dict[int, list[Mention]] = {}
        for mention in facts.of(Mention):
            self._mentions.setdefault(mention.head, []).append(mention)
        self._statements = Holding(facts.of(Statement))
        self._casting = Casting(document, facts)
        self._looks: Looks | None = None

    def tell(self, acts: Iterable[Act]) -> dict[Act, Told]:
        """What the rules say of every act of the article; to be asked once, before `fill`."""
        nearest: dict[tuple[str, str], dict[str, tuple[Actor, ...]]] = {}
        told = {}
        ordered = sorted(acts, key=lambda act: (act.start, act.end))
        named = {act.token: act for act in ordered}
        for act in ordered:
            word = self._document.tokens[act.token].lemma.lower()
            keys = {"same word": (act.type, word), "same type": (act.type, ""), "last": ("", "")}
            filled = self._by_rules(act)
            if not filled.recipients and (blamed := self._blamed(act, named, nearest)):
                filled.recipients = tuple(actor for actor in blamed if actor not in filled.actors)
                why = "did before what is judged here"
                filled.evidence.extend(Evidence(field="recipients", value=a.name, why=why) for a in filled.recipients)
            told[act] = Told(filled, {how: dict(nearest[key]) for how, key in keys.items() if key in nearest})
            for role in ROLES:
                if filled.role(role):
                    self._casting.seen(act, role, filled.role(role))
                    for key in keys.values():
                        nearest.setdefault(key, {})[role] = filled.role(role)
        if self._weighers and told:
            self._looks = self.looks(told)
            for role in ROLES:
                probability = self._weighers[role].probability
                first = [[probability(c.features[role]) for c in look.candidates] for look in self._looks.looks]
                self._looks.judge(role, first)
            for role in ROLES:
                self._looks.judge_again(role, self._weighers[role])
        return told

    def _blamed(
        self, act: Act, named: Mapping[int, Act], nearest: Mapping[tuple[str, str], Mapping[str, tuple[Actor, ...]]]
    ) -> tuple[Actor, ...]:
        """Who did the violence that an act judges or wants ended by a noun alone ("condemned *the raid*"), as the article told last."""
        token = self._document.tokens[act.token]
        sense = self._senses[act.sense]
        judged = act.type == "REQUEST" or (act.type == "ACCUSE" and act.mode == "disapprove" and token.pos == "VERB")
        if not judged or "doer" not in sense.sources("recipient", sense_pos(token)):
            return ()
        things = list(token.kids("object"))
        things += [noun for thing in (token, *things) for _, _, noun in thing.prepositions()]
        for thing in things:
            meant = named.get(thing.i)
            if meant is None or meant.type != "ASSAULT" or thing.pos != "NOUN":
                continue
            own = self._by_rules(meant)
            if own.actors:
                return own.actors
            if (
                any(kid.lower in ("the", "this", "that", "these", "those") for kid in thing.kids("determiner"))
                and not own.recipients
            ):
                for key in ((meant.type, thing.lemma.lower()), (meant.type, "")):
                    if "actor" in nearest.get(key, {}):
                        return nearest[key]["actor"]
        return ()

    def looks(self, told: Mapping[Act, Told]) -> Looks:
        """Everyone who may play a role in each act, with features; see `casting` and `recasting`."""
        return Looks(self._document, {act: self._candidates(act, told[act]) for act in told})

    def fill(self, act: Act, told: Told) -> Filled:
        """The actors and recipients of an act."""
        filled = self._inherited(act, told)
        return self._weighed(act, filled, self._looks) if self._looks is not None else filled

    def _candidates(self, act: Act, told: Told) -> list[Candidate]:
        by_rules = {name: told.rules.role(name) for name in ROLES}
        frame = f"{self._senses[act.sense].frame.name}:{self._document.tokens[act.token].pos}"
        return self._casting.candidates(act, by_rules, told.before, frame)

    def _by_rules(self, act: Act) -> Filled:
        slots = dict(act.slots)
        sense = self._senses[act.sense]
        filled = Filled()
        if sense.frame.mutual and "actor" not in sense.overrides:
            filled.actors = self._mutual(slots, filled.evidence)
        else:
            filled.actors = self._role("actor", slots, (), filled.evidence) or self._speaker(act, sense, filled.evidence)
            filled.recipients = self._role("recipient", slots, filled.actors, filled.evidence)
        return filled

    def _weighed(self, act: Act, base: Filled, looks: Looks) -> Filled:
        filled = Filled(evidence=[])
        look = looks.of(act)
        for role in ROLES:
            weigher, first, again = self._weighers[role], look.first[role], look.again[role]
            other = {actor.name for actor in filled.actors} if role == "recipient" else set()
            chosen = cast(look.candidates, again, weigher.threshold)
            chosen = [k for k in chosen if look.candidates[k].actor.name not in other]
            actors = tuple(look.candidates[k].actor for k in chosen)
            if role == "actor":
                filled.actors = actors
            else:
                filled.recipients = actors
            told = {e.value: e for e in base.evidence if e.field == f"{role}s"}
            lost = tuple(c.actor.name for k, c in enumerate(look.candidates) if k not in chosen)
            for k in chosen:
                candidate = look.candidates[k]
                old = told.get(candidate.actor.name)
                mention = candidate.mention
                why = f"{old.why}; " if old is not None else ""
                parts = (*weigher.parts(candidate.features[role], 3), *loudest(*looks.parts(look, role, k)))
                reasons = ", ".join(f"{name} {weight:+.2f}" for name, weight in parts)
                filled.evidence.append(
                    Evidence(
                        field=f"{role}s",
                        value=candidate.actor.name,
                        why=f"{why}weighed {first[k]:.2f}, in the article {again[k]:.2f} ({reasons})",
                        start=old.start if old is not None else mention.start if mention is not None else None,
                        end=old.end if old is not None else mention.end if mention is not None else None,
                        lost=lost,
                    )
                )
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

    def _speaker(self, act: Act, sense: Sense, evidence: list[Evidence]) -> tuple[Actor, ...]:
        """Who says the words in which an act is done by saying them: "they must leave"."""
        if "speaker" not in sense.sources("actor", sense_pos(self._document.tokens[act.token])):
            return ()
        around = self._statements.at(act.start)
        if not around:
            return ()
        nearest = min(around, key=lambda s: s.end - s.start)
        why = "speaker of the words that the trigger stands in"
        evidence.append(Evidence(field="actors", value=nearest.speaker.name, why=why, start=nearest.start, end=nearest.end))
        return (nearest.speaker,)

    def _mutual(self, slots: Mapping[str, tuple[int, ...]], evidence: list[Evidence]) -> tuple[Actor, ...]:
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
        if token.lemma.lower() in UNDERGONE:
            return []  # "called for the nun's release": nothing is asked of her
        for name, _, noun in token.prepositions():
            if name == "of" and noun.relation == "preposition_object":
                found = [m for t in with_conjuncts([noun]) for m in self._mentions.get(t.start, [])]
                if found:
                    return found
        held = [m for t in holders(token) for m in self._mentions.get(t.start, [])]
        if held:
            return held
        for kid in token.kids(*PERSON_OF_NOUN):
            found = [m for t in with_conjuncts([kid]) for m in self._mentions.get(t.start, [])]
            if found and not opposed(kid):
                return found
        if token.relation == "object" and token.head.pos == "VERB":  # "issued a report accusing them": who issued it
            return [m for t in logical_subject(token.head) for m in self._mentions.get(t.start, [])]
        return []

    def _inherited(self, act: Act, told: Told) -> Filled:
        """What the sentence says, and where it says nothing of an act's roles, what an earlier telling said."""
        before = told.before.get("same word")
        rules = told.rules
        if self._document.tokens[act.token].pos != "NOUN" or before is None or rules.actors or rules.recipients:
            return rules
        why = "as told before in the article"
        cast = {role: before.get(role, ()) for role in ROLES}
        evidence = [Evidence(field=f"{role}s", value=actor.name, why=why) for role in ROLES for actor in cast[role]]
        return Filled(cast["actor"], cast["recipient"], evidence)


def sense_pos(token: Token) -> PartOfSpeech:
    """The part of speech by which a frame looks for the roles of a trigger."""
    return "verb" if token.pos in ("VERB", "AUX") else "adjective" if token.pos == "ADJ" else "noun"


def _because(field_name: str, found: Iterable[Mention], source: str) -> Iterable[Evidence]:
    for mention in found:
        lost = tuple(candidate.name for candidate in mention.candidates if candidate != mention.actor)
        why = f"{source} of the trigger; {mention.rule}"
        yield Evidence(field=field_name, value=mention.actor.name, why=why, start=mention.start, end=mention.end, lost=lost)


def _distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple({actor.name: actor for actor in actors}.values())
