"""How likely a candidate act is one that a careful coder would record: a small learnt weighing of what the rules found.

The rules propose; the weights, learnt from coded articles by `python -m benchmarks.train`, say how far each is to be trusted in its
surroundings. They are a logistic regression over named features, so every decision can be taken apart: `Weigher.parts` lists what spoke
for and against. Without the file of weights the rules alone decide.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.language import Token
from dateline.rules.loader import bundled

if TYPE_CHECKING:
    from dateline.find.acts import Kinds, Match

WEIGHTS = "weights.json"
BIAS = "bias"


class Weigher:
    """Weights of features, and the probability under which a candidate is dropped."""

    def __init__(self, weights: Mapping[str, float], threshold: float) -> None:
        self._weights = weights
        self.threshold = threshold

    def probability(self, features: Iterable[str]) -> float:
        """The probability that a coder would record a candidate with these features, 0 to 1."""
        total = self._weights.get(BIAS, 0.0) + sum(self._weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def parts(self, features: Iterable[str], most: int = 6) -> tuple[tuple[str, float], ...]:
        """The features that spoke loudest, with their weights (log odds), loudest first."""
        known = [(feature, self._weights[feature]) for feature in features if feature in self._weights]
        return tuple(sorted(known, key=lambda part: -abs(part[1]))[:most])


def load_weighers(path: Path | None = None) -> dict[str, Weigher]:
    """The bundled weights, or those at `path`, by what they judge: "act", "actor", "recipient"; empty where there are none."""
    path = path or bundled(WEIGHTS)
    if not path.is_file():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {name: Weigher(part["weights"], part["threshold"]) for name, part in stored.items()}


def features(match: Match, slots: Mapping[str, Sequence[Token]], kinds: Kinds) -> list[str]:
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
    for role in ("actor", "recipient"):
        token = next((t for key, tokens in slots.items() if key.startswith(role) for t in tokens if kinds.is_actor(t)), None)
        source = next((key.split(":")[1] for key, tokens in slots.items() if key.startswith(role) and tokens), "none")
        found += [f"{role}-from={source}", f"type+{role}-from={sense.type}:{source}", f"{role}={token is not None}"]
        found.append(f"type+{role}={sense.type}:{token is not None}")
        for sector in sorted({str(s) for s in kinds.sectors(token)}) if token is not None else []:
            found += [f"{role}-sector={sector}", f"type+{role}-sector={sense.type}:{sector}"]
    return found
