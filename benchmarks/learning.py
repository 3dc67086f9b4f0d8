"""The small learner that judges candidates: a logistic regression over named features, and the threshold that is best for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.find.weighing import BIAS

RARE = 3  # a feature seen with fewer candidates is left out
PENALTY = 10.0  # of the squared weights: there is little to learn from, and much to learn by heart
STEPS = 150
RATE = 0.5
FOLDS = 8
DOUBTFUL = 0.5  # probability from which a doubtful act is recorded: likelier right than wrong
NEIGHBOURS = 5  # thresholds on either side, 0.01 apart, that are looked at with each
SMALL = 0.02  # a weight below it is not stored

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of one article: its features and the coder's answer that it gives, None where it gives none.

    Candidates of one `question` (an act, a role of an act) compete: an answer counts once, however many of them give it. `share` is
    how much it counts beside others; only those that count in full are judged by.
    """

    article: int
    features: tuple[str, ...]
    question: int
    answer: int | None
    share: float = 1.0

    @property
    def right(self) -> bool:
        """Whether a coder agrees with it."""
        return self.answer is not None


@dataclass(slots=True)
class Examples:
    """What there is to learn for one decision: the candidates, and how many right answers a coder gave in each article."""

    sample: list[Example] = field(default_factory=list)
    coded_in: Counter[int] = field(default_factory=Counter)

    @property
    def coded(self) -> int:
        """How many right answers a coder gave in all."""
        return self.coded_in.total()


class Model:
    """A logistic regression over sets of named features, fitted by gradient descent with momentum."""

    def __init__(self, sample: Sequence[Example]) -> None:
        seen = Counter(feature for example in sample for feature in set(example.features))
        self.index = {feature: k + 1 for k, feature in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
        rows, columns = self._sparse(sample)
        right = np.array([example.right for example in sample], dtype=np.float64)
        shares = np.array([example.share for example in sample])
        self.weights = np.zeros(len(self.index) + 1)
        speed = np.zeros_like(self.weights)
        squares = np.full_like(self.weights, 1e-8)
        for _ in range(STEPS):
            error = shares * (self._predict(rows, columns, len(sample)) - right)
            gradient = np.bincount(columns, weights=error[rows], minlength=len(self.weights))
            gradient[1:] += PENALTY * self.weights[1:]
            squares = 0.99 * squares + 0.01 * gradient**2
            speed = 0.9 * speed - 0.1 * RATE * gradient / np.sqrt(squares) / 10
            self.weights += speed

    def probabilities(self, sample: Sequence[Example]) -> Floats:
        """The probability of being right of each candidate."""
        rows, columns = self._sparse(sample)
        return self._predict(rows, columns, len(sample))

    def as_table(self) -> dict[str, float]:
        """The weights by their features, rounded, the least of them left out."""
        table = {f: round(float(self.weights[k]), 3) for f, k in self.index.items() if abs(self.weights[k]) >= SMALL}
        return table | {BIAS: round(float(self.weights[0]), 3)}

    def _sparse(self, sample: Sequence[Example]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, columns = [], []
        for row, example in enumerate(sample):
            known = {self.index[f] for f in example.features if f in self.index} | {0}
            rows += [row] * len(known)
            columns += sorted(known)
        return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)

    def _predict(self, rows: NDArray[np.int64], columns: NDArray[np.int64], size: int) -> Floats:
        total = np.bincount(rows, weights=self.weights[columns], minlength=size)
        probabilities: Floats = 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
        return probabilities


def best_threshold(probabilities: Floats, sample: Sequence[Example], coded: int) -> tuple[float, float]:
    """(threshold, F1) that is best for these candidates, `coded` being the answers that a coder gave in all.

    The best is where F1 is highest together with its neighbours: a single peak in so few examples is chance.
    """
    thresholds = np.arange(0.05, 0.8, 0.01)
    reached = []
    for threshold in thresholds:
        kept = [example for example, p in zip(sample, probabilities, strict=True) if p >= threshold]
        hits = {(example.question, example.answer) for example in kept if example.right}
        reached.append(2 * len(hits) / (len(kept) + coded))
    smooth = np.convolve(
        np.pad(reached, NEIGHBOURS, mode="edge"), np.full(2 * NEIGHBOURS + 1, 1 / (2 * NEIGHBOURS + 1)), "valid"
    )
    best = int(np.argmax(smooth))
    return float(round(thresholds[best], 2)), reached[best]


def learn(name: str, examples: Examples, report: bool = False) -> dict[str, Any]:
    """The weights and the threshold for one decision; with `report` its figures are printed.

    The threshold is the one that is best in cross-validation over articles, save for doubtful acts.
    """
    sample = examples.sample
    if name == "doubtful":
        return {"threshold": DOUBTFUL, "weights": Model(sample).as_table()}
    crossed = np.zeros(len(sample))
    for fold in range(FOLDS):
        inside = [e for e in sample if e.article % FOLDS != fold]
        outside = [k for k, e in enumerate(sample) if e.article % FOLDS == fold]
        if inside and outside:
            crossed[outside] = Model(inside).probabilities([sample[k] for k in outside])
    coded = [k for k, example in enumerate(sample) if example.article in examples.coded_in]
    judged = [sample[k] for k in coded]
    threshold, f1 = best_threshold(crossed[coded], judged, examples.coded)
    if report:
        right = sum(example.right for example in judged)
        everything = 2 * right / (len(judged) + examples.coded)
        print(
            f"{name}: {examples.coded} coded, {len(judged)} candidates, {right} right; learnt from {len(sample)} candidates"
        )
        print(
            f"  all candidates: F1 {everything:.3f}; weighed, cross-validated: F1 {f1:.3f} at a threshold of {threshold:.2f}"
        )
    return {"threshold": threshold, "weights": Model(sample).as_table()}
