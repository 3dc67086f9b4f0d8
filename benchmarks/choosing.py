"""Learning which of several choices is right: conditional logit (McFadden 1974) over named features, by gradient descent (Adam)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

RARE = 3  # a feature seen with fewer choices is left out
SMALL = 0.02  # a weight below it is not kept
PENALTY = 60.0  # of the squared corrections, halved: much has to speak for one
STEPS, SLOW_FROM, RATE = 200, 130, 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: the features of every choice, and which choices are right; where several are, their chances are added."""

    choices: Sequence[frozenset[str]]
    right: Sequence[bool]


def corrections(asked: Sequence[Asked], held: Mapping[str, float], penalty: float = PENALTY) -> dict[str, float]:
    """What is to be added to the weights that are held so that the right choices become likelier; little where little was seen.

    `penalty` is that of the squared corrections, halved: the higher, the more has to speak for one.
    """
    questions = [question for question in asked if any(question.right)]
    choices = [features for question in questions for features in question.choices]
    seen = Counter(feature for features in choices for feature in features)
    index = {feature: k for k, feature in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
    pairs = [(row, index[f]) for row, features in enumerate(choices) for f in sorted(features) if f in index]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    groups = np.repeat(np.arange(len(questions)), [len(question.choices) for question in questions])
    right = np.array([r for question in questions for r in question.right], dtype=np.float64)
    base = np.array([sum(held.get(f, 0.0) for f in features) for features in choices])
    weights, mean, spread = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    for step in range(1, STEPS + 1):
        total = base + np.bincount(rows, weights=weights[columns], minlength=len(choices))
        odds = np.exp(np.clip(total, -30, 30))
        chance = odds / np.bincount(groups, weights=odds)[groups]
        hoped = odds * right / np.bincount(groups, weights=odds * right)[groups]
        gradient = np.bincount(columns, weights=(chance - hoped)[rows], minlength=len(index)) + penalty * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        rate = RATE if step < SLOW_FROM else RATE / 5
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(weights[k]), 3) for f, k in index.items() if abs(weights[k]) >= SMALL}
