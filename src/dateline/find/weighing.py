"""How likely a candidate act is one that a careful coder would record: a small learnt weighing of what the rules found.

The rules propose; the weights, learnt from coded articles by `python -m benchmarks.train`, say how far each is to be trusted in its
surroundings. They are a logistic regression over named features, so every decision can be taken apart: `Weigher.parts` lists what spoke
for and against. Without the file of weights the rules alone decide.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from dateline.find.kinds import Kinds
from dateline.find.matches import Match
from dateline.language import Token
from dateline.rules.loader import bundled

WEIGHTS = "weights.json"
BIAS = "bias"
UNIT = 1_000_000
"""Weights are added up as whole millionths: a sum is then the same in whatever order they come, and whichever are summed before."""


ROLES = ("actor", "recipient")
NOWHERE = "none"
"""Where a role is told that the sentence does not tell."""

Names = tuple[str, ...]
KEPT = 4096
"""Groups of names of one sort that are kept: few more recur in news."""
KNOWN = 8192
"""Groups of all sorts of which the weights are kept."""


@dataclass(slots=True, eq=False)
class Clues:
    """The features of a candidate: its `own`, and `recurring` groups of them, which many candidates have alike."""

    own: Collection[str]
    recurring: Collection[Names]

    def __iter__(self) -> Iterator[str]:
        return chain(self.own, chain.from_iterable(self.recurring))


class _Known(dict[Names, int]):
    """What groups of features weigh together, added up once; when it is full it starts anew."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, names: Names) -> int:
        if len(self) >= KNOWN:
            self.clear()
        known = self[names] = sum(filter(None, map(self._weights.get, names)))
        return known


_Part = tuple[float, str, float]
"""A feature with its weight, behind what it is sorted by: the loudest first."""


class _Loud(dict[Names, tuple[_Part, ...]]):
    """The features that weigh anything in groups, looked up once; when it is full it starts anew."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, names: Names) -> tuple[_Part, ...]:
        if len(self) >= KNOWN:
            self.clear()
        known = self[names] = tuple(self.of(names))
        return known

    def of(self, names: Iterable[str]) -> Iterator[_Part]:
        """Those of some features that weigh anything."""
        return ((-abs(weight), name, weight) for name in names if (weight := self._weights.get(name)) is not None)


class Weigher:
    """Weights of features, and the probability under which a candidate is dropped."""

    def __init__(self, weights: Mapping[str, float], threshold: float) -> None:
        self._weights = weights
        self._units = {name: round(weight * UNIT) for name, weight in weights.items()}
        self._known = _Known(self._units)
        self._loud = _Loud(weights)
        self.threshold = threshold

    def of(self, feature: str) -> float:
        """The weight of one feature, in log odds; 0 where nothing was learnt of it."""
        return self._weights.get(feature, 0.0)

    def added_to(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Other weights of the same features, with these on top."""
        return {name: weights.get(name, 0.0) + self.of(name) for name in (*weights, *self._weights)}

    def knows(self, feature: str) -> bool:
        """Whether anything was learnt of a feature."""
        return feature in self._weights

    def weight(self, features: Collection[str]) -> float:
        """What speaks for a candidate with these features, as log odds."""
        return self.total(Clues(features, ())) / UNIT

    def total(self, clues: Clues) -> int:
        """What speaks for a candidate with these features, as log odds in millionths."""
        own = filter(None, map(self._units.get, clues.own))  # most features have none
        return sum(own, self._units.get(BIAS, 0) + sum(map(self._known.__getitem__, clues.recurring)))

    def together(self, names: Names) -> int:
        """What a group of features weighs, in millionths."""
        return self._known[names]

    def probability(self, clues: Clues) -> float:
        """The probability that a coder would record a candidate with these features, 0 to 1."""
        total = self.total(clues) / UNIT
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def parts(self, clues: Clues, most: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that spoke loudest, with their weights (log odds), loudest first."""
        known = [*self._loud.of(clues.own), *chain.from_iterable(map(self._loud.__getitem__, clues.recurring))]
        known.sort()
        return tuple((name, weight) for _, name, weight in known[:most])


def load_weighers(path: Path | None = None) -> dict[str, Weigher]:
    """The bundled weights, or those at `path`, by what they judge: "act", "doubtful", "actor", "recipient"; empty where there are none."""
    path = path or bundled(WEIGHTS)
    if not path.is_file():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: Weigher(part["weights"], part["threshold"]) for name, part in stored.items()}


class Scene:
    """What sort of article the candidates stand in: how many acts and how many public figures it speaks of."""

    def __init__(self, found: Sequence[tuple[Match, Mapping[str, Sequence[Token]]]], kinds: Kinds, sentences: int) -> None:
        public = sum(public_party(slots, kinds) for _, slots in found)
        types: Counter[str] = Counter(match.pattern.sense.type for match, _ in found)
        self._types = types
        self._all = len(found)
        around = (
            f"article-acts={_bucket(len(found) / max(sentences, 1), (0.15, 0.3, 0.5, 0.8, 1.2))}",
            f"article-public={_bucket(kinds.public_mentions / max(sentences, 1), (0.1, 0.3, 0.6, 1.0, 1.5))}",
            f"article-public-acts={_bucket(public / max(sentences, 1), (0.05, 0.15, 0.3, 0.5, 0.8))}",
            f"article-public-share={_bucket(public / max(len(found), 1), (0.2, 0.4, 0.6, 0.8))}",
        )
        self.features = {public: (*around, *(f"public+{name}={public}" for name in around)) for public in (True, False)}
        """What is said of the article beside an act with or without a public figure."""

    def share(self, event_type: str) -> str:
        """How much of the article's candidates are of one type, as a bucket."""
        return _bucket((self._types[event_type] - 1) / max(self._all - 1, 1), (0.01, 0.1, 0.2, 0.4))


def public_party(slots: Mapping[str, Sequence[Token]], kinds: Kinds) -> bool:
    """Whether a public figure stands in one of the slots."""
    return any(kinds.is_public(token) for tokens in slots.values() for token in tokens)


def _bucket(value: float, edges: Sequence[float]) -> str:
    return str(bisect_right(edges, value))


def features(match: Match, slots: Mapping[str, Sequence[Token]], kinds: Kinds, scene: Scene) -> Clues:
    """The named features of a candidate: its sense and words, its grammar, who fills its roles, what stands around it."""
    words = by_words(match, scene)
    return Clues(words.own, [*words.recurring, *by_roles(match, slots, kinds, scene)])


def by_words(match: Match, scene: Scene) -> Clues:
    """The features of a candidate that don't hang on who may fill its roles."""
    head, sense, pos = match.head, match.pattern.sense, match.pattern.pos
    kind, lemma = sense.type, head.lemma.lower()
    above = head.head if head.head is not head else None
    own: list[str] = []
    if above is not None:
        own += [f"above={above.lemma.lower()}", f"above-pos={above.pos}", f"word+above={lemma}<{above.lemma.lower()}"]
        if above.pos == "ADP":
            own.append(f"through={above.lower}<{above.head.lemma.lower()}")
    if pos == "noun":
        determiner = head.kid("determiner", "possessive")
        own.append(f"determiner={determiner.lower if determiner is not None else 'none'}")
        own.append(f"number={head.tag}")
        own.append(f"named={head.pos == 'PROPN'}")
        own += [f"modifier={kid.lemma.lower()}" for kid in head.kids("adjective", "compound")][:3]
    else:
        own += [f"auxiliary={kid.lower}" for kid in head.kids("auxiliary")]
        own.append(f"negated={head.negated}")
        own += [f"object={kid.lemma.lower()}" for kid in head.kids("object")][:1]
    recurring = [
        _of_pattern(kind, sense.id, pos, match.pattern.head, match.pattern.rest),
        _of_form(kind, pos, min(len(match.tokens), 3), head.tag, head.relation, head.sentence.quotation is not None),
        _of_share(kind, scene.share(kind)),
    ]
    if match.unmet is not None:
        recurring.append(_of_unmet(kind, sense.id, match.unmet))
    return Clues(own, recurring)


def by_roles(match: Match, slots: Mapping[str, Sequence[Token]], kinds: Kinds, scene: Scene) -> Iterator[Names]:
    """The features of a candidate that hang on who may fill its roles."""
    kind, public = match.pattern.sense.type, public_party(slots, kinds)
    yield of_public(kind, match.pattern.sense.id, public)
    yield scene.features[public]
    for role in ROLES:
        token = next((t for key, tokens in slots.items() if key.startswith(role) for t in tokens if kinds.is_actor(t)), None)
        source = next((key.split(":")[1] for key, tokens in slots.items() if key.startswith(role) and tokens), NOWHERE)
        yield of_role(kind, role, source, token is not None)
        if token is not None:
            yield of_sectors(kind, role, frozenset(kinds.sectors(token)))


@lru_cache(maxsize=KEPT)
def _of_pattern(kind: str, sense: str, pos: str, head: str, rest: tuple[str, ...]) -> Names:
    return (
        f"type={kind}",
        f"sense={sense}",
        f"word={kind}:{' '.join((head, *rest))}",
        f"pos={pos}",
        f"type+pos={kind}:{pos}",
    )


@lru_cache(maxsize=KEPT)
def _of_form(kind: str, pos: str, words: int, tag: str, relation: str, spoken: bool) -> Names:
    return (
        f"words={words}",
        f"tag={tag}",
        f"relation={relation}",
        f"type+relation={kind}:{pos}:{relation}",
        f"spoken={spoken}",
        f"type+spoken={kind}:{spoken}",
    )


@lru_cache(maxsize=KEPT)
def _of_unmet(kind: str, sense: str, unmet: str) -> Names:
    return f"unmet={unmet}", f"type+unmet={kind}:{unmet}", f"sense+unmet={sense}:{unmet}"


@lru_cache(maxsize=KEPT)
def of_public(kind: str, sense: str, public: bool) -> Names:
    """The features of an act with or without a public figure in a role."""
    return f"public={public}", f"type+public={kind}:{public}", f"sense+public={sense}:{public}"


@lru_cache(maxsize=KEPT)
def _of_share(kind: str, share: str) -> Names:
    return f"share={share}", f"type+share={kind}:{share}"


@lru_cache(maxsize=KEPT)
def of_role(kind: str, role: str, source: str, told: bool) -> Names:
    """The features of where a role is told, and of whether an actor stands there."""
    return (
        f"{role}-from={source}",
        f"type+{role}-from={kind}:{source}",
        f"{role}={told}",
        f"type+{role}={kind}:{told}",
    )


@lru_cache(maxsize=KEPT)
def of_sectors(kind: str, role: str, sectors: frozenset[str | None]) -> Names:
    """The features of what the actor is that may play a role."""
    names = ((f"{role}-sector={sector}", f"type+{role}-sector={kind}:{sector}") for sector in sorted(map(str, sectors)))
    return tuple(chain.from_iterable(names))
