"""Mention, Place, Document -> Act: match the event lexicon's trigger patterns against the parse.

Every token whose word heads a pattern is tried; the longest pattern whose restrictions hold wins, and what it has taken no
other trigger may have. A noun inside the pattern of a verb ("carried out an attack") belongs to one act, not to two.

Where no restriction of a pattern shuts a trigger out and all but one of its demands are met ("overran the ferry", when what is
overrun must be ground), the act is doubtful: the rules alone let it go, the learnt weights may take it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from dateline.find.chances import Chances
from dateline.find.kinds import Kinds
from dateline.find.light_verbs import LightVerbs
from dateline.find.matches import Match, forms, match_rest, part_of_speech, trigger_span
from dateline.find.modes import Modes
from dateline.find.syntax import agents, clause_of_elsewhere, with_wholes
from dateline.find.weighing import Clues, Scene, Weigher, features
from dateline.language import Document, Sentence, Token
from dateline.model import Act, Article, EventType, Fact, Mention, Place
from dateline.reading import Facts
from dateline.rules.loader import RuleFile
from dateline.rules.senses import Senses

ABSENT = "-"  # among the words of a restriction: that nothing stands there is as good ("the treaty was signed")
SHUT_OUT = "not"  # why a match fails where a near-miss of its rule stands there
GIVEN_BY_VERB: frozenset[EventType] = frozenset({"AGREE", "AID", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "RETREAT"})
"""Types of which a verb and the noun that is its object tell one act ("provide aid"); an accusation may be what is accused."""
WORDS: frozenset[EventType] = frozenset({"AGREE", "CONCEDE", "REJECT", "REQUEST", "THREATEN"})
"""Types of acts done by words, of which the infinitive below tells what is to be done."""
VERBAL_SOURCES = frozenset({"subject", "object", "indirect"})
"""Sources that a noun has none of, save what a preposition at its end adds."""
DENYING = frozenset({"contest", "deny", "dismiss", "dispute", "refute", "reject"})
"""Verbs by which somebody meets a charge."""
NEAR = 8  # sentences within which an act may stand that is behind harm which accidents and age do as well


class Proposal(NamedTuple):
    """What may be an act: most that is doubtful never becomes one, so that an `Act` is made only of what its features speak for."""

    match: Match
    slots: Mapping[str, Sequence[Token]]
    modes: Mapping[int, str | None]
    """Those of the acts of which there is no doubt, by the index of their head."""
    features: Clues


class Trigger:
    """A word that may name an act, the patterns that stand there, the longest first, and what speaks against each, asked once."""

    def __init__(self, head: Token, matches: Sequence[Match], failures: Callable[[Match], Iterator[str]]) -> None:
        self.head = head
        self._matches = matches
        self._failures = failures
        self._asked: list[tuple[str | None, Iterator[str]]] = []

    def _against(self) -> Iterator[tuple[Match, str | None, Iterator[str]]]:
        """Each pattern with the first thing that speaks against it, if anything does, and the others."""
        for k, match in enumerate(self._matches):
            if k == len(self._asked):
                failures = self._failures(match)
                self._asked.append((next(failures, None), failures))
            yield match, *self._asked[k]

    def unfailing(self) -> Match | None:
        """The longest pattern that nothing speaks against."""
        return next((match for match, first, _ in self._against() if first is None), None)

    def doubtful(self) -> Iterator[Match]:
        """Of each type, the longest pattern that fails by one demand alone; to be asked for once."""
        types: set[EventType] = set()
        for match, first, others in self._against():
            kind = match.pattern.sense.type
            if match.pattern.sense.strict:
                continue
            if first is not None and first != SHUT_OUT and kind not in types and next(others, None) is None:
                types.add(kind)
                yield replace(match, unmet=first)


def _verbs(light: RuleFile, kind: str) -> frozenset[str]:
    return frozenset(word for rule in light.rules if rule.kind == kind for word in rule.strings("verbs"))


class ActStage:
    """Finds the acts of an article by the event lexicon."""

    name = "acts"
    needs: tuple[type[Fact], ...] = (Document, Mention, Place)
    gives: tuple[type[Fact], ...] = (Act,)

    def __init__(self, senses: Senses, light: RuleFile, weighers: Mapping[str, Weigher] | None = None) -> None:
        self._senses = senses
        self._heads = frozenset(word for _, word in senses.patterns)
        self._modes = Modes(senses.modes)
        self._weighers = weighers or {}  # "act" judges what the rules propose, "doubtful" what fails one of their demands
        self.light = LightVerbs(*(_verbs(light, kind) for kind in ("giving", "taking", "harming", "dying", "sharing")))

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        best: dict[int, Act] = {}
        for proposal in self._proposals(facts, self._weighers.get("doubtful")):
            match, found = proposal.match, proposal.features
            weigher = self._weighers.get("act" if match.unmet is None else "doubtful")
            if weigher is None:
                if match.unmet is None:
                    yield self._act(proposal)
                continue
            probability = weigher.probability(found)
            if probability < weigher.threshold and (
                match.unmet is not None or match.pattern.sense.id not in self._senses.own
            ):
                continue
            act = self._act(proposal, round(probability, 3), weigher.parts(found))
            if act.unmet is None:
                yield act
            elif act.token not in best or best[act.token].score < act.score:
                best[act.token] = act
        yield from best.values()

    def candidates(self, article: Article, facts: Facts) -> Iterator[tuple[Act, list[str]]]:
        """Every act that the rules propose, and every doubtful one, with the features by which it is weighed.

        A trigger may be doubtful in several types; acts of which there is no doubt come first.
        """
        return ((self._act(proposal), list(proposal.features)) for proposal in self._proposals(facts))

    def _proposals(self, facts: Facts, judge: Weigher | None = None) -> Iterator[Proposal]:
        """What may be an act; with a weigher that judges the doubtful, those of them only that it may take up."""
        document = facts.one(Document)
        kinds = Kinds(facts, self._senses, self.light)
        matches: list[Match] = []
        doubtful: list[Match] = []
        for sentence in document.sentences:
            taken: set[int] = set()
            kept: list[Match] = []
            triggers = list(self._triggers(sentence, kinds))
            unfailing = (match for trigger in triggers if (match := trigger.unfailing()) is not None)
            for match in sorted(unfailing, key=lambda m: (-len(m.tokens), m.head.i)):
                if any(token.i in taken for token in match.tokens if token.pos not in ("ADP", "PART", "ADV")):
                    continue
                taken.update(token.i for token in match.tokens)
                kept.append(match)
            matches += (settled := without_aftermath(kept))
            told = {match.pattern.sense.type for match in settled}
            doubtful += (
                match
                for trigger in triggers
                if trigger.head.i not in taken
                for match in trigger.doubtful()
                if not (match.pattern.sense.aftermath and match.pattern.sense.type in told)
            )
        acts: dict[EventType, set[int]] = {}
        for match in matches:
            if not match.pattern.sense.accidental:
                acts.setdefault(match.pattern.sense.type, set()).add(match.head.sentence.index)
        found = [(match, self._slots(match, kinds)) for match in matches]
        found = [(match, slots) for match, slots in found if self._has_act_behind(match, slots, acts, kinds)]
        scene = Scene(found, kinds, len(document.sentences))
        modes = self._modes.settle(match for match, _ in found)
        for match, slots in found:
            yield Proposal(match, slots, modes, features(match, slots, kinds, scene))
        chances = Chances(judge, kinds, scene) if judge is not None else None
        for match in doubtful:
            if chances is None or chances.has_any(match):
                slots = self._slots(match, kinds)
                if self._has_act_behind(match, slots, acts, kinds):
                    yield Proposal(match, slots, modes, features(match, slots, kinds, scene))

    def _has_act_behind(
        self, match: Match, slots: Mapping[str, Sequence[Token]], acts: Mapping[EventType, Set[int]], kinds: Kinds
    ) -> bool:
        """Whether harm that accidents do as well has an act behind it: told near by, by its own doer, or by its means."""
        sense = match.pattern.sense
        here = match.head.sentence.index
        near = any(abs(sentence - here) <= NEAR for sentence in acts.get(sense.type, ()))
        if not sense.accidental or near or self._modes.by_means(match):
            return True
        return any(kinds.is_public(t) for key, tokens in slots.items() if key.startswith("actor:") for t in tokens)

    def _triggers(self, sentence: Sentence, kinds: Kinds) -> Iterator[Trigger]:
        """The words of a sentence that the lexicon knows as triggers, with the patterns whose words stand there."""
        heads = self._heads
        for token in sentence.tokens:
            lower = token.lower
            if lower not in heads and token.lemma.lower() not in heads and lower.removesuffix("s") not in heads:
                continue
            pos = part_of_speech(token)
            if pos is None or token.quotation is not None:
                continue
            known = [found for word in forms(token) if (found := self._senses.patterns.get((pos, word)))]
            if not known:
                continue
            patterns = known[0]
            if len(known) > 1:  # stable: within a length the order of the files holds
                patterns = tuple(sorted((p for found in known for p in found), key=lambda p: -len(p.rest)))
            stands = kinds.said(sentence).issuperset
            matches = []
            sources: dict[tuple[str | None, tuple[Token, ...]], dict[str, list[Token]]] = {}
            for pattern in patterns:
                below = match_rest(token, pattern.rest) if stands(pattern.rest) else None
                if below is not None:
                    shared = sources.setdefault((pattern.last_preposition, below), {})
                    matches.append(Match(pattern, token, (token, *below), shared))
            if matches:
                yield Trigger(token, matches, lambda match: self._failures(match, kinds))

    def _failures(self, match: Match, kinds: Kinds) -> Iterator[str]:
        """What speaks against a match: the demands that are not met, by their source, and `SHUT_OUT`."""
        sense = match.pattern.sense
        noun = match.pattern.pos == "noun"
        verbal = VERBAL_SOURCES - {"object"} if match.pattern.last_preposition else VERBAL_SOURCES
        for restriction in sense.restrictions:
            if noun and restriction.source in verbal:
                continue  # what a verb's object must be says nothing of the noun beside it
            found = kinds.at(restriction.source, match)
            if found:
                found = with_wholes(found)
            elif ABSENT in restriction.words:
                continue
            if any(kinds.fits(token, restriction) for token in found) == restriction.negative:
                yield SHUT_OUT if restriction.negative else restriction.source if found else f"no {restriction.source}"
        if any(self._filled(match, role, kinds) for role in sense.lacks):
            yield SHUT_OUT
        for alternatives in sense.needs:
            if not any(self._filled(match, role, kinds) for role in alternatives):
                yield f"no {' or '.join(alternatives)}"

    def _filled(self, match: Match, role: str, kinds: Kinds) -> bool:
        if role in ("actor", "recipient"):
            return any(
                kinds.is_actor(token)
                for source in match.pattern.sense.sources(role, match.pattern.pos)
                for token in kinds.at(source, match)
            )
        return bool(kinds.at(role, match))

    def _slots(self, match: Match, kinds: Kinds) -> dict[str, list[Token]]:
        sense, slots = match.pattern.sense, {}
        for role in ("actor", "recipient"):
            for source in sense.sources(role, match.pattern.pos):
                found = kinds.at(source, match)
                if found:
                    slots[f"{role}:{source}"] = found
        return slots

    def _act(self, proposal: Proposal, score: float = 1.0, weighed: tuple[tuple[str, float], ...] = ()) -> Act:
        match, slots = proposal.match, proposal.slots
        sense = match.pattern.sense
        start, end = trigger_span(match)
        return Act(
            start=start,
            end=end,
            token=match.head.i,
            matched=tuple(token.i for token in match.tokens),
            type=sense.type,
            mode=proposal.modes[match.head.i] if match.unmet is None else self._modes.told(match),
            sense=sense.id,
            score=score,
            weighed=weighed,
            unmet=match.unmet,
            slots=tuple((key, tuple(token.i for token in tokens)) for key, tokens in slots.items()),
        )


def without_aftermath(matches: Sequence[Match]) -> list[Match]:
    """One sentence's acts, less those that only tell what came of another of their type ("the raid killed twelve")."""
    matches = [match for match in matches if not named_by_verb(match, matches) and not ranked_by_verb(match, matches)]
    matches = [m for m in matches if not any(_when(m, other) and not told_beside(m, other, matches) for other in matches)]
    acts = [match for match in matches if not match.pattern.sense.aftermath]
    tellers = {match.head.i: match for match in matches}
    return [
        match
        for match in matches
        if not match.pattern.sense.aftermath
        or not (
            any(
                a.pattern.sense.type == match.pattern.sense.type
                and not told_of_victim(a.head, match.head)
                and not told_beside(match, a, matches)
                and not taken_besides(match.head, a)
                and clause_of_elsewhere(a.head) is clause_of_elsewhere(match.head)
                for a in acts
            )
            or (
                match.head.relation == "conjunct"
                and match.head.head.i in tellers
                and not told_beside(match, tellers[match.head.head.i], matches)
            )
            or any(_came_of(match, other) for other in matches)
        )
    ]


def told_beside(result: Match, other: Match, matches: Sequence[Match]) -> bool:
    """Whether harm is told beside an act, and not as what came of it: "called off the raid when they threatened to *kill* him",
    "a guard was *killed* by a sniper and two people were hurt in a blast"."""
    harm, act = result.head, other.head
    tellers = {match.head.i for match in matches if match.pattern.sense.type == result.pattern.sense.type}
    if harm.relation == "open_complement" and harm.tag in ("VB", "VBG") and not _close(harm, act):
        asked = any(match.head is harm.head and match.pattern.sense.type in WORDS for match in matches)
        return harm.head.lemma == "deny" or (asked and harm.tag == "VB")
    doers = (agents(harm) if harm.passive else harm.kids("subject")) if harm.pos == "VERB" else []
    own = [doer for doer in doers if doer.i not in tellers and doer.pos != "PRON"]
    return bool(own) and _told_in(harm) is not _told_in(act)


def taken_besides(harm: Token, act: Match) -> bool:
    """Whether others are taken by the same hands that did the harm: "killed five villagers and *abducted* a chief", "... and *drove* the
    others from their homes"."""
    taking = act.head
    joined = taking in harm.conjuncts() or harm in taking.conjuncts()
    return (
        act.pattern.sense.mode in ("abduct", "cleansing")
        and joined
        and bool(taking.kids("object"))
        and bool(harm.kids("object"))
    )


def _close(harm: Token, act: Token) -> bool:
    """Whether an act is told within the clause that tells the harm: "threatened to kill him in a *raid*"."""
    above = next((token for token in act.ancestors() if token.pos == "VERB"), None)
    return harm in act.ancestors() or above is harm.head


def _told_in(word: Token) -> Token:
    """The verb of the clause with a subject of its own that "and" joins to others, or of the whole sentence."""
    top = word
    for token in (word, *word.ancestors()):
        top = token
        if token.relation == "conjunct" and token.kid("subject", "passive_subject") is not None:
            break
    return top


def _came_of(harm: Match, act: Match) -> bool:
    """Whether a participle tells what came of an act of its type: "jets hit the port, killing nine"."""
    participle = harm.head.relation == "adverbial_clause" and harm.head.tag == "VBG" and harm.head.head is act.head
    return participle and act.head.i < harm.head.i and act.pattern.sense.type == harm.pattern.sense.type


def _when(harm: Match, act: Match) -> bool:
    """Whether an act tells when the harm was done: "two men were killed *when* a drone struck their car"."""
    clause = act.head
    if (
        not harm.pattern.sense.accidental
        or clause.relation != "adverbial_clause"
        or clause.head not in [*harm.head.conjuncts(), harm.head, harm.head.head]
    ):
        return False
    told = any(kid.lower in ("when", "after", "as") for kid in clause.kids("adverb", "marker"))
    return told and not act.pattern.sense.accidental and act.pattern.sense.type == harm.pattern.sense.type


def told_of_victim(act: Token, harm: Token) -> bool:
    """Whether an act is told only to say who came to harm: "lynched two men accused of *abductions*"."""
    within = False
    for token in (act, *act.ancestors()):
        if token.head is harm:
            return within and token.relation in ("object", "passive_subject")
        within = within or token.relation in ("noun_clause", "relative_clause")
    return False


def named_by_verb(match: Match, matches: Sequence[Match]) -> bool:
    """Whether a noun only repeats the verb that governs it: "sentenced him to a prison term", "gave two million in aid", "accused
    the army of theft, a *charge* it denies"."""
    if match.pattern.pos != "noun" or match.head.relation not in ("object", "passive_subject", "preposition_object"):
        return False
    above = match.head.head.head if match.head.relation == "preposition_object" else match.head.head
    sense = match.pattern.sense
    if any(m.head is above and m.pattern.pos == "verb" and m.pattern.sense.id == sense.id for m in matches):
        return True
    denied = any(kid.lemma in DENYING for kid in match.head.kids("relative_clause", "noun_clause"))
    if denied and any(m.head is above and m.pattern.sense.type == sense.type for m in matches):
        return True
    if sense.type not in GIVEN_BY_VERB or any(kid.pos != "PRON" for kid in match.head.kids("possessive")):
        return False
    thing = match.head
    while thing.relation == "preposition_object" and thing.head.lower in ("in", "of"):
        thing = thing.head.head
    given = ("object", "passive_subject")
    tells = (m for m in matches if thing.relation in given and m.head is thing.head and m.pattern.pos == "verb")
    return any(m.pattern.sense.type == sense.type for m in tells)


def ranked_by_verb(match: Match, matches: Sequence[Match]) -> bool:
    """Whether a noun only ranks what the verb above it tells: "shelled the port in one of the heaviest attacks of the war"."""
    if match.pattern.pos != "noun" or not any(kid.tag == "JJS" for kid in match.head.children):
        return False
    noun = match.head
    while noun.relation == "preposition_object" and noun.head.lower == "of" and noun.head.head.lower in ("one", "some"):
        noun = noun.head.head
    if noun.relation != "preposition_object" or noun.head.lower != "in":
        return False
    above = noun.head.head
    verb = above.head if above.relation == "parataxis" or above.pos not in ("VERB", "AUX") else above
    tells = (
        m
        for m in matches
        if m.head in (above, verb)
        and m.pattern.pos == "verb"
        and not (m.pattern.sense.accidental and m.head.kid("subject") is None)
    )
    return any(m.pattern.sense.type == match.pattern.sense.type for m in tells)
