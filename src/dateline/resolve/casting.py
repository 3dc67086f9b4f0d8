"""Who plays a role in an act: every actor near by is a candidate, and learnt weights say which are cast.

The rules (frames and slots) propose and are one witness among others: the path in the tree between trigger and mention, the sector of the
candidate, whether it played the role in an earlier act of the same kind, how much the article speaks of it. Without weights the rules alone
decide, as `roles.Roles` has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dateline.find.modifiers import implied_preposition
from dateline.find.syntax import is_passive, logical_subject
from dateline.find.weighing import KEPT, Clues, Names
from dateline.language import Document, Token
from dateline.model import Act, Actor, Mention, Statement
from dateline.reading import Facts
from dateline.resolve.spans import Holding

ROLES = ("actor", "recipient")
LONGEST_PATH = 5  # steps between trigger and mention that are told apart; what lies further is "far"
SUBJECTS = ("subject", "passive_subject")
SALIENT = 3  # the actors spoken of most, which are candidates everywhere in the article
RECENT = 2  # sentences back from which mentions are candidates


@dataclass(slots=True, eq=False)
class Candidate:
    """An actor that may play a role in an act."""

    actor: Actor
    mention: Mention | None
    features: Mapping[str, Clues]
    """What speaks for and against the actor in each role."""
    here: bool
    """Whether the act's own sentence mentions the actor."""
    by_rules: frozenset[str]
    """The roles in which the rules cast the actor."""


@dataclass(slots=True, eq=False)
class _Near:
    """An actor that may play a role in an act, with what speaks for and against it in whichever role."""

    actor: Actor
    mention: Mention | None = None
    own: set[str] = field(default_factory=set)
    recurring: set[Names] = field(default_factory=set)
    """The features, those apart that come in groups that others have as well; no name stands in two groups."""
    here: bool = False
    by_rules: frozenset[str] = frozenset()
    told: bool = False
    """Whether the actor was cast in an act before."""


class Casting:
    """Candidates and their features for the acts of one article, in the order of the text."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._by_sentence: dict[int, list[tuple[Token, Mention]]] = {}
        counts: Counter[str] = Counter()
        actors: dict[str, Actor] = {}
        for mention in facts.of(Mention):
            token = document.at(mention.head)
            if token is not None:
                self._by_sentence.setdefault(token.sentence.index, []).append((token, mention))
            counts[mention.actor.name] += 1
            actors.setdefault(mention.actor.name, mention.actor)
        self._counts = counts
        self._played: dict[tuple[str, str], Counter[str]] = {}
        self._ranks: dict[tuple[str, str], dict[str, str]] = {}
        self._often: dict[tuple[str, str], dict[str, Names]] = defaultdict(dict)
        self._statements = Holding(facts.of(Statement))
        self._salient = [actors[name] for name, _ in counts.most_common(SALIENT)]
        self._salience = {actor.name: k for k, actor in enumerate(self._salient)}
        self._functions: dict[int, str] = {}

    def seen(self, act: Act, role: str, actors: Iterable[Actor]) -> None:
        """Note that the rules cast these actors in an act: who plays a role once in an article often plays it again."""
        self._ranks.clear()
        self._often.clear()
        for key in ((act.type, role), ("", role)):
            self._played.setdefault(key, Counter()).update(actor.name for actor in actors)

    def candidates(
        self,
        act: Act,
        rules: Mapping[str, Sequence[Actor]],
        before: Mapping[str, Mapping[str, Sequence[Actor]]],
        frame: str,
    ) -> list[Candidate]:
        """Everyone who may play a role in `act`.

        Args:
            act: the act.
            frame: the frame of the act's sense and the trigger's part of speech, as one name.
            rules: role -> whom the rules cast by the sentence itself.
            before: how an earlier act was told -> role -> whom the rules cast there.
        """
        found = self._mentioned(act, frame)
        for actor in self._salient:
            _among(found, actor).own.add("salient")
        for statement in self._statements.at(act.start):
            _among(found, statement.speaker).own |= {
                "speaks",
                f"type+speaks={act.type}:{statement.direct}",
            }
        for how, roles in before.items():
            for name, actors in roles.items():
                for actor in actors:
                    near = _among(found, actor)
                    near.told = True
                    near.recurring.add(_of_told(act.type, how, name))
        for name, actors in rules.items():
            for actor in actors:
                near = _among(found, actor)
                near.by_rules |= {name}
                near.recurring.add(_of_rules(act.type, act.sense, name))
        cast = {role: bool(rules.get(role)) for role in ROLES}
        return [self._candidate(near, act, frame, cast) for near in found.values()]

    def _mentioned(self, act: Act, frame: str) -> dict[str, _Near]:
        """Those mentioned near an act, with what can be said of them by where they are mentioned."""
        head = self._document.tokens[act.token]
        found: dict[str, _Near] = {}
        slots = {i: key for key, tokens in reversed(act.slots) for i in tokens}
        sentences = range(max(0, head.sentence.index - RECENT), head.sentence.index + 1)
        near = [pair for k in sentences for pair in self._by_sentence.get(k, ())]
        ranks = _nearness(head, [token for token, _ in near])
        for token, mention in near:
            one = _among(found, mention.actor, mention)
            back = head.sentence.index - token.sentence.index
            one.here = one.here or back == 0
            way = path(head, token) if back == 0 else f"{back} back"
            slot = slots.get(token.i, "none")
            function, standing = self._function(token), clause_standing(head, token) if back == 0 else f"{back} back"
            one.own |= {
                f"kind={mention.kind}",
                f"back={back}:{token.start < head.start}",
                f"stands={'preposition_object' if implied_preposition(token) else token.relation}:{back}",
                f"function={function}",
                f"standing={standing}",
                f"function+standing={function}:{standing}",
                f"type+function+standing={act.type}:{function}:{standing}",
                f"frame+function+standing={frame}:{function}:{standing}",
            }
            one.recurring |= {
                _of_path(act.type, head.pos, frame, way),
                _of_slot(act.type, slot),
                _of_nearness(act.type, ranks[token.i]),
            }
            if mention.kind == "pronoun" and self._reports_itself(token, mention):
                one.own.add(f"reports-itself={token.head is head}")
        return found

    def _reports_itself(self, pronoun: Token, mention: Mention) -> bool:
        """Whether a pronoun is the subject of a clause told by the one it stands for: "the army says that *it* seized the town"."""
        verb = pronoun.head
        if pronoun.relation not in ("subject", "passive_subject") or verb.relation != "complement":
            return False
        sayers = {t.i for t in logical_subject(verb.head)}
        near = self._by_sentence.get(pronoun.sentence.index, ())
        return any(token.i in sayers and other.actor == mention.actor for token, other in near)

    def _function(self, token: Token) -> str:
        """What a mentioned word is in its clause, worked out once for all acts near it."""
        function = self._functions.get(token.i)
        if function is None:
            function = self._functions[token.i] = clause_function(token)
        return function

    def _candidate(self, near: _Near, act: Act, frame: str, rules_cast: Mapping[str, bool]) -> Candidate:
        """A candidate with all that speaks for and against it; `rules_cast` says in which roles the rules cast anybody."""
        actor, name, by_rules = near.actor, near.actor.name, bool(near.by_rules)
        of_both = (
            *near.recurring,
            _of_sector(act.type, act.mode, act.sense, actor.sector),
            _of_fame(actor.country is not None, self._salience.get(name), min(self._counts[name], 5)),
        )
        features = {}
        for role, anybody in rules_cast.items():
            played = self._often[act.type, role]
            if name not in played:
                played[name] = self._playing_often(act.type, role, name)
            standing = _of_standing(act.type, frame, anybody, by_rules, near.here, near.told)
            features[role] = Clues(near.own, (*of_both, standing, played[name]))
        return Candidate(actor, near.mention, features, near.here, near.by_rules)

    def _playing_often(self, event_type: str, role: str, name: str) -> Names:
        """What can be said of how often an actor plays a role in the article, and the other role."""
        ranks = [self._ranked(kind, part) for kind in (event_type, "") for part in (role, _other(role))]
        return _of_played(event_type, *[rank.get(name, "never") for rank in ranks])

    def _ranked(self, event_type: str, role: str) -> Mapping[str, str]:
        """How often actors play a role in the article's acts of a type, against the one who plays it most: those who ever do."""
        ranked = self._ranks.get((event_type, role))
        if ranked is None:
            played = self._played.get((event_type, role), Counter())
            most = max(played.values(), default=0)
            ranked = {name: "most" if number == most else "some" for name, number in played.items()}
            self._ranks[event_type, role] = ranked
        return ranked


def _among(found: dict[str, _Near], actor: Actor, mention: Mention | None = None) -> _Near:
    """The one of those found that an actor is, a new one where there was none."""
    near = found.get(actor.name)
    if near is None:
        near = found[actor.name] = _Near(actor, mention)
    return near


@lru_cache(maxsize=KEPT)
def _of_path(event_type: str, pos: str, frame: str, way: str) -> Names:
    """The features of the way from a trigger to a mention."""
    return f"path={way}", f"type+path={event_type}:{way}", f"pos+path={pos}:{way}", f"frame+path={frame}:{way}"


@lru_cache(maxsize=KEPT)
def _of_slot(event_type: str, slot: str) -> Names:
    """The features of the slot of an act that a mention stands in."""
    return f"slot={slot}", f"type+slot={event_type}:{slot}"


@lru_cache(maxsize=KEPT)
def _of_nearness(event_type: str, rank: str) -> Names:
    """The features of how many mentions lie between one and a trigger."""
    return f"nearness={rank}", f"type+nearness={event_type}:{rank}"


@lru_cache(maxsize=KEPT)
def _of_told(event_type: str, how: str, role: str) -> Names:
    """The features of a role that the rules cast an actor in before."""
    return f"told={how}:{role}", f"type+told={event_type}:{how}:{role}"


@lru_cache(maxsize=KEPT)
def _of_rules(event_type: str, sense: str, role: str) -> Names:
    """The features of a role that the rules cast an actor in."""
    return f"rules={role}", f"type+rules={event_type}:{role}", f"sense+rules={sense}:{role}"


@lru_cache(maxsize=KEPT)
def _of_fame(of_country: bool, rank: int | None, spoken_of: int) -> Names:
    """The features of how much an article speaks of an actor."""
    return f"country={of_country}", f"rank={rank}", f"spoken-of={spoken_of}"


@lru_cache(maxsize=KEPT)
def _of_played(event_type: str, played: str, played_other: str, played_any: str, played_any_other: str) -> Names:
    """The features of how often an actor plays a role in an article, and the other role."""
    return (
        f"played={played}",
        f"type+played={event_type}:{played}",
        f"played-other={played_other}",
        f"played-any={played_any}:{played_any_other}",
    )


@lru_cache(maxsize=KEPT)
def _of_sector(event_type: str, mode: str | None, sense: str, sector: str | None) -> Names:
    """The features of what an actor is for what an act is."""
    return (
        f"sector={sector}",
        f"type+sector={event_type}:{sector}",
        f"type+mode+sector={event_type}:{mode}:{sector}",
        f"sense+sector={sense}:{sector}",
    )


@lru_cache(maxsize=KEPT)
def _of_standing(event_type: str, frame: str, rules_cast: bool, by_rules: bool, here: bool, told: bool) -> Names:
    """The features of how an actor stands to an act."""
    return (
        f"here={here}",
        f"rules-cast={rules_cast}:{by_rules}",
        f"type+rules-cast={event_type}:{rules_cast}:{by_rules}",
        f"here+rules+told={here}:{by_rules}:{told}",
        f"type+here+told={event_type}:{here}:{told}",
        f"frame={frame}",
        f"frame+here={frame}:{here}:{by_rules}:{told}",
        f"frame+cast={frame}:{rules_cast}:{by_rules}:{here}",
    )


def _other(role: str) -> str:
    return ROLES[1 - ROLES.index(role)]


def _nearness(head: Token, tokens: Sequence[Token]) -> dict[int, str]:
    """How many other mentions lie between each and the trigger: "before 0" is the last one before it."""
    before = sorted((t for t in tokens if t.start < head.start), key=lambda t: -t.start)
    after = sorted((t for t in tokens if t.start >= head.start), key=lambda t: t.start)
    ranks = {t.i: f"before {min(k, 3)}" for k, t in enumerate(before)}
    return ranks | {t.i: f"after {min(k, 3)}" for k, t in enumerate(after)}


def _clause(token: Token) -> Token:
    """The verb that heads the token's clause (the token itself where it is one), or the root."""
    while token.pos not in ("VERB", "AUX") and token.head is not token:
        token = token.head
    return token


def clause_function(token: Token) -> str:
    """What the token is in its clause: "subject", "object", a preposition ("in"), or what the way down to it begins and ends with."""
    steps = []
    while token.pos not in ("VERB", "AUX") and token.head is not token:
        own = token.lower if token.relation in ("preposition", "agent") else token.relation
        steps.append(implied_preposition(token) or own)
        token = token.head
    steps = [step for step in steps if step not in ("conjunct", "preposition_object")]
    return ">".join(steps[:2]) or "root"


def clause_standing(head: Token, token: Token) -> str:
    """Where the token stands as seen from a trigger: below it, in its clause, in a clause above or below, or elsewhere."""
    above = list(token.ancestors())
    if head in above:
        return "below"
    if token in head.ancestors():
        return "above"
    own, other = _clause(head), _clause(token)
    if own is other or _shared_subject(own, token):
        return "clause"
    if other in own.ancestors():
        return "clause above"
    return "clause below" if own in other.ancestors() else "elsewhere"


def _shared_subject(verb: Token, token: Token) -> bool:
    """Whether the token stands in the subject of the verb from which another goes on without a subject of its own."""
    while verb.relation == "conjunct" and verb.kid(*SUBJECTS) is None:
        verb = verb.head
        if any(token is subject or subject in token.ancestors() for subject in verb.kids(*SUBJECTS)):
            return True
    return False


def path(head: Token, other: Token) -> str:
    """The way from a trigger to a word of its sentence: relations up to where the ways meet, then down; "far" where it is long.

    "The *Norland* sanctions" are sanctions on Norland. A subject shared with the verb before is as near as one's own: in "rebels
    killed two and *seized* a truck" rebels are "vsubject".
    """
    up: dict[int, int] = {head.i: 0}
    steps = [head, *head.ancestors()]
    for k, token in enumerate(steps):
        up[token.i] = k
    down: list[str] = []
    token = other
    while token.i not in up:
        implied = implied_preposition(token)
        down += ["preposition_object", f"preposition:{implied}"] if implied else [_step(token)]
        if token.head is token or len(down) > LONGEST_PATH:
            return "far"
        token = token.head
    climbed = [_step(step) for step in steps[: up[token.i]]]
    if climbed and down and down[-1] in SUBJECTS and _shared_subject(head, other):
        climbed, down[-1] = [], "passive_subject" if is_passive(head) else "subject"
    if len(climbed) + len(down) > LONGEST_PATH:
        return "far"
    return "^".join(climbed) + ("^" if climbed else "") + "v".join(["", *reversed(down)])


def _step(token: Token) -> str:
    return f"{token.relation}:{token.lower}" if token.relation in ("preposition", "agent") else token.relation


def cast(candidates: Sequence[Candidate], probabilities: Sequence[float], threshold: float) -> list[int]:
    """The numbers of those whose probability is high enough, likeliest first.

    Two of one country and sector are taken for the same party, unless the rules cast both.
    """
    kept: list[int] = []
    codes: set[tuple[str | None, str | None]] = set()
    likely = [k for k, p in enumerate(probabilities) if p >= threshold]
    for k in sorted(likely, key=lambda k: -probabilities[k]):
        candidate = candidates[k]
        code = (candidate.actor.country, candidate.actor.sector)
        if code not in codes or candidate.by_rules:
            kept.append(k)
        if all(code):
            codes.add(code)
    return kept
