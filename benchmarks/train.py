"""Learn the weights by which candidate acts are judged, from the coded articles.

    python -m benchmarks.train [--dev-only] [--write]

Prints what cross-validation over articles says of the rules alone and of the rules weighed, then learns from all coded articles
(`--dev-only`: from those that are not held out) and, with `--write`, stores the weights in the lexicon. The file holds names of
features and numbers; no text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy import scorer
from benchmarks.gold import KeptParser, as_article, coded_articles, held_out
from dateline.find.acts import ActStage
from dateline.find.weighing import BIAS, WEIGHTS
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.rules.loader import bundled

RARE = 3  # a feature seen with fewer candidates is left out
PENALTY = 1.0  # of the squared weights
STEPS = 300
RATE = 0.5
FOLDS = 8

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate act of one article: its features and whether a coder recorded it with this type."""

    article: int
    features: tuple[str, ...]
    right: bool


def candidates(score: ModuleType, articles: Sequence[dict[str, Any]]) -> list[Candidate]:
    """All candidates of the coded articles, labelled by the scorer's own pairing."""
    reader = Reader(parser=KeptParser(), weighed=False)
    stages = list(reader.stages)
    at = next(k for k, stage in enumerate(stages) if isinstance(stage, ActStage))
    act_stage = stages[at]
    assert isinstance(act_stage, ActStage)
    found = []
    for number, coded in enumerate(articles):
        article, facts = as_article(coded), Facts()
        for stage in stages[:at]:
            run_stage(stage, article, facts)
        proposed = list(act_stage.candidates(article, facts))
        records = [
            {"start": act.start, "end": act.end, "type": act.type, "actors": [], "recipients": [], "number": k}
            for k, (act, _) in enumerate(proposed)
        ]
        pairs = score.pair(coded["events"], records, score.sentences(coded["text"]))
        right = {p["number"] for g, p in pairs if g["type"] == p["type"]}
        found += [Candidate(number, tuple(features), k in right) for k, (_, features) in enumerate(proposed)]
    return found


class Model:
    """A logistic regression over sets of named features, fitted by gradient descent with momentum."""

    def __init__(self, sample: Sequence[Candidate]) -> None:
        seen = Counter(feature for candidate in sample for feature in set(candidate.features))
        self.index = {feature: k + 1 for k, feature in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
        rows, columns = self._sparse(sample)
        right = np.array([candidate.right for candidate in sample], dtype=np.float64)
        self.weights = np.zeros(len(self.index) + 1)
        speed = np.zeros_like(self.weights)
        squares = np.full_like(self.weights, 1e-8)
        for _ in range(STEPS):
            error = self._predict(rows, columns, len(sample)) - right
            gradient = np.bincount(columns, weights=error[rows], minlength=len(self.weights))
            gradient[1:] += PENALTY * self.weights[1:]
            squares = 0.99 * squares + 0.01 * gradient**2
            speed = 0.9 * speed - 0.1 * RATE * gradient / np.sqrt(squares) / 10
            self.weights += speed

    def probabilities(self, sample: Sequence[Candidate]) -> Floats:
        """The probability of being right of each candidate."""
        rows, columns = self._sparse(sample)
        return self._predict(rows, columns, len(sample))

    def _sparse(self, sample: Sequence[Candidate]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows, columns = [], []
        for row, candidate in enumerate(sample):
            known = {self.index[f] for f in candidate.features if f in self.index} | {0}
            rows += [row] * len(known)
            columns += sorted(known)
        return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)

    def _predict(self, rows: NDArray[np.int64], columns: NDArray[np.int64], size: int) -> Floats:
        total = np.bincount(rows, weights=self.weights[columns], minlength=size)
        probabilities: Floats = 1.0 / (1.0 + np.exp(-np.clip(total, -30, 30)))
        return probabilities


def best_threshold(probabilities: Floats, right: NDArray[np.bool_], coded: int) -> tuple[float, float]:
    """(threshold, typed F1) that is best for these candidates, `coded` being the events a coder recorded."""
    best = (0.0, 0.0)
    for threshold in np.arange(0.05, 0.8, 0.01):
        kept = probabilities >= threshold
        f1 = 2 * float(right[kept].sum()) / (float(kept.sum()) + coded)
        if f1 > best[1]:
            best = (float(round(threshold, 2)), f1)
    return best


def main() -> int:
    """Cross-validate, learn, and with --write store the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dev-only", action="store_true")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    articles = [a for a in coded_articles() if not (options.dev_only and held_out(a["id"]))]
    sample = candidates(scorer(), articles)
    coded = sum(len(a["events"]) for a in articles)
    right = np.array([candidate.right for candidate in sample])
    print(f"{len(articles)} articles, {coded} events coded, {len(sample)} candidates, {right.sum()} right")
    print(f"rules alone: typed F1 {2 * right.sum() / (len(sample) + coded):.3f}, recall {right.sum() / coded:.3f}")
    crossed = np.zeros(len(sample))
    for fold in range(FOLDS):
        inside = [c for c in sample if c.article % FOLDS != fold]
        outside = [k for k, c in enumerate(sample) if c.article % FOLDS == fold]
        crossed[outside] = Model(inside).probabilities([sample[k] for k in outside])
    threshold, f1 = best_threshold(crossed, right, coded)
    print(f"weighed, cross-validated over articles: typed F1 {f1:.3f} at a threshold of {threshold:.2f}")
    model = Model(sample)
    if options.write:
        weights = {f: round(float(model.weights[k]), 3) for f, k in model.index.items() if abs(model.weights[k]) >= 0.02}
        weights[BIAS] = round(float(model.weights[0]), 3)
        path = bundled(WEIGHTS)
        path.write_text(
            json.dumps({"threshold": threshold, "weights": weights}, indent=0, sort_keys=True) + "\n", encoding="utf-8"
        )
        print(f"wrote {len(weights)} weights, {path.stat().st_size} bytes, to {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
