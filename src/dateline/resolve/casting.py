"""Who plays a role in an act: every actor near by is a candidate, and learnt weights say which are cast.

The rules (frames and slots) propose and are one witness among others: the path in the tree between trigger and mention, the sector of the
candidate, whether it played the role in an earlier act of the same kind, how much the article speaks of it. Without weights the rules alone
decide, as `roles.Roles` has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.find.weighing import Weigher
from dateline.language import Document, Token
from dateline.model import Act, Actor, Mention
from dateline.reading import Facts

ROLES = ("actor", "recipient")
LONGEST_PATH = 5  # steps between trigger and mention that are told apart; what lies further is "far"
SALIENT = 3  # the actors spoken of most, which are candidates everywhere in the article
RECENT = 1  # sentences back from which mentions are candidates


@dataclass(slots=True)
class Candidate:
    """An actor that may play a role, with the features that speak for and against."""

    actor: Actor
    mention: Mention | None = None
    features: set[str] = field(default_factory=set)


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
        self._salient = [actors[name] for name, _ in counts.most_common(SALIENT)]

    def candidates(
        self,
        act: Act,
        role: str,
        rules: Mapping[str, Sequence[Actor]],
        told: Mapping[str, Sequence[Actor]],
        other: Sequence[Actor],
    ) -> list[Candidate]:
        """Everyone who may play `role` in `act`.

        Args:
            act: the act.
            role: "actor" or "recipient".
            rules: role -> whom the rules would cast, "told" not counted.
            told: how an earlier act was told -> whom the rules cast in this role there ("same word", "same type", "before").
            other: who has been cast in the act's other role already.
        """
        head = self._document.tokens[act.token]
        found: dict[str, Candidate] = {}
        slots = {i: key for key, tokens in reversed(act.slots) for i in tokens}
        for token, mention in self._near(head.sentence.index):
            candidate = found.setdefault(mention.actor.name, Candidate(mention.actor, mention))
            same = token.sentence is head.sentence
            way = path(head, token) if same else "sentence before"
            candidate.features |= {
                f"path={way}",
                f"type+path={act.type}:{way}",
                f"pos+path={head.pos}:{way}",
                f"kind={mention.kind}",
                f"before={token.start < head.start}" if same else "before=sentence",
                f"slot={slots.get(token.i, 'none')}",
                f"type+slot={act.type}:{slots.get(token.i, 'none')}",
            }
        for actor in self._salient:
            found.setdefault(actor.name, Candidate(actor)).features.add("salient")
        for how, actors in told.items():
            for actor in actors:
                found.setdefault(actor.name, Candidate(actor)).features |= {f"told={how}", f"type+told={act.type}:{how}"}
        for name, actors in rules.items():
            for actor in actors:
                found.setdefault(actor.name, Candidate(actor)).features |= {
                    f"rules={name}",
                    f"type+rules={act.type}:{name}",
                    f"sense+rules={act.sense}:{name}",
                }
        cast = list(rules.get(role, ()))
        for candidate in found.values():
            self._describe(candidate, act, bool(cast), candidate.actor in other)
        return list(found.values())

    def _near(self, sentence: int) -> Iterable[tuple[Token, Mention]]:
        for k in range(max(0, sentence - RECENT), sentence + 1):
            yield from self._by_sentence.get(k, ())

    def _describe(self, candidate: Candidate, act: Act, rules_cast: bool, in_other: bool) -> None:
        actor = candidate.actor
        rank = next((k for k, salient in enumerate(self._salient) if salient.name == actor.name), None)
        here = any(feature.startswith("path=") and feature != "path=sentence before" for feature in candidate.features)
        by_rules = any(feature.startswith("rules=") for feature in candidate.features)
        told = any(feature.startswith("told=") for feature in candidate.features)
        candidate.features |= {
            f"sector={actor.sector}",
            f"type+sector={act.type}:{actor.sector}",
            f"type+mode+sector={act.type}:{act.mode}:{actor.sector}",
            f"country={actor.country is not None}",
            f"rank={rank}",
            f"spoken-of={min(self._counts[actor.name], 5)}",
            f"here={here}",
            f"rules-cast={rules_cast}:{by_rules}",
            f"type+rules-cast={act.type}:{rules_cast}:{by_rules}",
            f"in-other-role={in_other}",
            f"here+rules+told={here}:{by_rules}:{told}",
            f"type+here+told={act.type}:{here}:{told}",
        }


def path(head: Token, other: Token) -> str:
    """The way from a trigger to a word of its sentence: relations up to where the ways meet, then down; "far" where it is long."""
    up: dict[int, int] = {head.i: 0}
    steps = [head, *head.ancestors()]
    for k, token in enumerate(steps):
        up[token.i] = k
    down: list[str] = []
    token = other
    while token.i not in up:
        down.append(_step(token))
        if token.head is token or len(down) > LONGEST_PATH:
            return "far"
        token = token.head
    climbed = [_step(step) for step in steps[: up[token.i]]]
    if len(climbed) + len(down) > LONGEST_PATH:
        return "far"
    return "^".join(climbed) + ("^" if climbed else "") + "v".join(["", *reversed(down)])


def _step(token: Token) -> str:
    return f"{token.relation}:{token.lower}" if token.relation in ("preposition", "agent") else token.relation


def cast(candidates: Sequence[Candidate], weigher: Weigher) -> list[tuple[Candidate, float]]:
    """Those whose probability is high enough, likeliest first.

    Two of one country and sector are taken for the same party, unless the rules cast both.
    """
    scored = [(candidate, weigher.probability(candidate.features)) for candidate in candidates]
    kept: list[tuple[Candidate, float]] = []
    for candidate, p in sorted(scored, key=lambda pair: -pair[1]):
        if p < weigher.threshold:
            break
        code = (candidate.actor.country, candidate.actor.sector)
        twin = all(code) and any(code == (c.actor.country, c.actor.sector) for c, _ in kept)
        if not twin or any(feature.startswith("rules=") for feature in candidate.features):
            kept.append((candidate, p))
    return kept
