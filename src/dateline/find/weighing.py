"""How likely a candidate act is one that a careful coder would record: a small learnt weighing of what the rules found.

The rules propose; the weights, learnt from coded articles by `python -m benchmarks.train`, say how far each is to be trusted in its
surroundings. They are a logistic regression over named features, so every decision can be taken apart: `Weigher.parts` lists what spoke
for and against. Without the file of weights the rules alone decide.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from dateline.find.kinds import Kinds
from dateline.find.matches import Match
from dateline.language import Token
from dateline.rules.loader import bundled

WEIGHTS = "weights.json"
BIAS = "bias"


class Weigher:
    """Weights of features, and the probability under which a candidate is dropped."""

    def __init__(self, weights: Mapping[str, float], threshold: float) -> None:
        self._weights = weights
        self.threshold = threshold

    def of(self, feature: str) -> float:
        """The weight of one feature, in log odds; 0 where nothing was learnt of it."""
        return self._weights.get(feature, 0.0)

    def weight(self, features: Iterable[str]) -> float:
        """What speaks for a candidate with these features, as log odds."""
        known = filter(None, map(self._weights.get, features))  # most features have none
        return math.fsum([self.of(BIAS), *known])  # in whatever order they come

    def probability(self, features: Iterable[str]) -> float:
        """The probability that a coder would record a candidate with these features, 0 to 1."""
        total = self.weight(features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def parts(self, features: Iterable[str], most: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that spoke loudest, with their weights (log odds), loudest first."""
        known = [(feature, self._weights[feature]) for feature in features if feature in self._weights]
        return tuple(sorted(known, key=lambda part: (-abs(part[1]), part[0]))[:most])


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
        self.features = [
            f"article-acts={_bucket(len(found) / max(sentences, 1), (0.15, 0.3, 0.5, 0.8, 1.2))}",
            f"article-public={_bucket(kinds.public_mentions / max(sentences, 1), (0.1, 0.3, 0.6, 1.0, 1.5))}",
            f"article-public-acts={_bucket(public / max(sentences, 1), (0.05, 0.15, 0.3, 0.5, 0.8))}",
            f"article-public-share={_bucket(public / max(len(found), 1), (0.2, 0.4, 0.6, 0.8))}",
        ]

    def share(self, event_type: str) -> str:
        """How much of the article's candidates are of one type, as a bucket."""
        return _bucket((self._types[event_type] - 1) / max(self._all - 1, 1), (0.01, 0.1, 0.2, 0.4))


def public_party(slots: Mapping[str, Sequence[Token]], kinds: Kinds) -> bool:
    """Whether a public figure stands in one of the slots."""
    return any(kinds.is_public(token) for tokens in slots.values() for token in tokens)


def _bucket(value: float, edges: Sequence[float]) -> str:
    return str(sum(value >= edge for edge in edges))


def features(match: Match, slots: Mapping[str, Sequence[Token]], kinds: Kinds, scene: Scene) -> list[str]:
    """The named features of a candidate: its sense and words, its grammar, who fills its roles, what stands around it."""
    head, sense = match.head, match.pattern.sense
    lemma = head.lemma.lower()
    above = head.head if head.head is not head else None
    pattern = " ".join((match.pattern.head, *match.pattern.rest))
    found = [
        f"type={sense.type}",
        f"sense={sense.id}",
        f"word={sense.type}:{pattern}",
        f"pos={match.pattern.pos}",
        f"type+pos={sense.type}:{match.pattern.pos}",
        f"words={min(len(match.tokens), 3)}",
        f"tag={head.tag}",
        f"relation={head.relation}",
        f"type+relation={sense.type}:{match.pattern.pos}:{head.relation}",
        f"spoken={head.sentence.quotation is not None}",
        f"type+spoken={sense.type}:{head.sentence.quotation is not None}",
    ]
    if above is not None:
        found += [f"above={above.lemma.lower()}", f"above-pos={above.pos}", f"word+above={lemma}<{above.lemma.lower()}"]
        if above.pos == "ADP":
            found.append(f"through={above.lower}<{above.head.lemma.lower()}")
    determiner = head.kid("determiner", "possessive")
    if match.pattern.pos == "noun":
        found.append(f"determiner={determiner.lower if determiner is not None else 'none'}")
        found.append(f"number={head.tag}")
        found.append(f"named={head.pos == 'PROPN'}")
        found += [f"modifier={kid.lemma.lower()}" for kid in head.kids("adjective", "compound")][:3]
    else:
        found += [f"auxiliary={kid.lower}" for kid in head.kids("auxiliary")]
        found.append(f"negated={head.negated}")
        found += [f"object={kid.lemma.lower()}" for kid in head.kids("object")][:1]
    if match.unmet is not None:
        found += [f"unmet={match.unmet}", f"type+unmet={sense.type}:{match.unmet}", f"sense+unmet={sense.id}:{match.unmet}"]
    public = public_party(slots, kinds)
    found += [f"public={public}", f"type+public={sense.type}:{public}", f"sense+public={sense.id}:{public}"]
    found += [*scene.features, f"share={scene.share(sense.type)}", f"type+share={sense.type}:{scene.share(sense.type)}"]
    found += [f"public+{feature}={public}" for feature in scene.features]
    for role in ("actor", "recipient"):
        token = next((t for key, tokens in slots.items() if key.startswith(role) for t in tokens if kinds.is_actor(t)), None)
        source = next((key.split(":")[1] for key, tokens in slots.items() if key.startswith(role) and tokens), "none")
        found += [f"{role}-from={source}", f"type+{role}-from={sense.type}:{source}", f"{role}={token is not None}"]
        found.append(f"type+{role}={sense.type}:{token is not None}")
        for sector in sorted({str(s) for s in kinds.sectors(token)}) if token is not None else []:
            found += [f"{role}-sector={sector}", f"type+{role}-sector={sense.type}:{sector}"]
    return found
