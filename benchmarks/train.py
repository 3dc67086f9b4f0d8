"""Learn the weights by which candidate acts are judged, from the coded articles.

    python -m benchmarks.train [--dev-only] [--only NAME,...] [--write]

Prints what cross-validation over articles says of the rules alone and of the rules weighed, then learns from all coded articles
(`--dev-only`: from those that are not held out) and, with `--write`, stores the weights in the lexicon; with `--only` those of
these decisions, the others staying as they are. The file holds names of features and numbers; no text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out, scorer
from benchmarks.stories import QUIET_TOPICS, stories
from dateline.find.acts import ActStage
from dateline.find.weighing import BIAS, WEIGHTS, Weigher
from dateline.language import Document
from dateline.model import Act, Actor
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.casting import ROLES, Candidate
from dateline.resolve.events import EventStage
from dateline.rules.loader import bundled

RARE = 3  # a feature seen with fewer candidates is left out
PENALTY = 10.0  # of the squared weights: there is little to learn from, and much to learn by heart
STEPS = 150
RATE = 0.5
FOLDS = 8
DOUBTFUL = 0.5  # probability from which a doubtful act is recorded: likelier right than wrong
SMALL = 0.02  # a weight below it is not stored

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate of one article: its features and the coder's answer that it gives, None where it gives none.

    Candidates of one `question` (an act, a role of an act) compete: an answer counts once, however many of them give it.
    """

    article: int
    features: tuple[str, ...]
    question: int
    answer: int | None

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


def examples(score: ModuleType, articles: Sequence[dict[str, Any]]) -> dict[str, Examples]:
    """Candidate acts, actors and recipients of the coded articles, labelled by the scorer's own pairing.

    To these come the candidate acts of stories that tell of no political act, all of them wrong; their articles are numbered on.
    """
    reader = Reader(parser=KeptParser(), weighers={})
    act_at = next(k for k, stage in enumerate(reader.stages) if isinstance(stage, ActStage))
    act_stage = next(stage for stage in reader.stages if isinstance(stage, ActStage))
    event_stage = next(stage for stage in reader.stages if isinstance(stage, EventStage))
    found = {name: Examples() for name in ("act", "doubtful", *ROLES)}
    question = 0
    for number, coded in enumerate(articles):
        article, facts = as_article(coded), Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        proposed = list(act_stage.candidates(article, facts))
        right = coder_agrees(score, coded, [act for act, _ in proposed])
        for k, (act, names) in enumerate(proposed):
            keep(found, act, Example(number, tuple(names), len(found["doubtful"].sample), 0 if k in right else None))
        for name in ("act", "doubtful"):
            found[name].coded_in[number] += len(coded["events"])
        roles = event_stage.roles(facts.one(Document), facts)
        told = roles.tell(act for k, (act, _) in enumerate(proposed) if act.unmet is None or k in right)
        for k, (act, _) in enumerate(proposed):
            gold = right.get(k)
            if gold is None:
                continue
            other: list[Actor] = []
            for role in ROLES:
                candidates = roles.candidates(act, role, told[act], other)
                answers = gold[f"{role}s"]
                found[role].coded_in[number] += len(answers)
                question += 1
                for candidate, answer in zip(candidates, answered(score, candidates, answers), strict=True):
                    found[role].sample.append(Example(number, tuple(sorted(candidate.features)), question, answer))
                    if answer is not None and role == "actor":
                        other.append(candidate.actor)
    for number, article in enumerate(stories(QUIET_TOPICS), len(articles)):
        facts = Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        for act, names in act_stage.candidates(article, facts):
            keep(found, act, Example(number, tuple(names), len(found["doubtful"].sample), None))
    return found


def keep(found: dict[str, Examples], act: Act, example: Example) -> None:
    """File a candidate act. The doubtful are learnt beside the others, with whom they share all but what speaks against them."""
    if act.unmet is None:
        found["act"].sample.append(example)
    found["doubtful"].sample.append(example)


def coder_agrees(score: ModuleType, coded: dict[str, Any], acts: Sequence[Act]) -> dict[int, dict[str, Any]]:
    """The coder's event that each act gives, by the act's number, where the types agree: doubtful acts get what others leave."""
    right: dict[int, dict[str, Any]] = {}
    left = list(coded["events"])
    for doubtful in (False, True):
        records: list[dict[str, Any]] = [
            {"start": act.start, "end": act.end, "type": act.type, "actors": [], "recipients": [], "number": k}
            for k, act in enumerate(acts)
            if (act.unmet is not None) == doubtful
        ]
        pairs = score.pair(left, records, score.sentences(coded["text"]))
        right |= {p["number"]: g for g, p in pairs if g["type"] == p["type"]}
        paired = {id(g) for g, _ in pairs}
        left = [event for event in left if id(event) not in paired]
    return right


def answered(score: ModuleType, candidates: Sequence[Candidate], answers: Sequence[dict[str, Any]]) -> list[int | None]:
    """Which of the coder's answers each candidate gives: by name, and only where no candidate has the name, by country and sector."""
    given: list[int | None] = [None] * len(candidates)
    for number, answer in enumerate(answers):
        by_name = [k for k, c in enumerate(candidates) if score.same_name(answer["name"], c.actor.name)]
        by_code = [
            k
            for k, c in enumerate(candidates)
            if c.actor.sector
            and (c.actor.country, c.actor.sector) == (answer["country"], answer["sector"])
            and c.actor.country
        ]
        for k in by_name or by_code:
            given[k] = number if given[k] is None else given[k]
    return given


class Model:
    """A logistic regression over sets of named features, fitted by gradient descent with momentum."""

    def __init__(self, sample: Sequence[Example]) -> None:
        seen = Counter(feature for example in sample for feature in set(example.features))
        self.index = {feature: k + 1 for k, feature in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
        rows, columns = self._sparse(sample)
        right = np.array([example.right for example in sample], dtype=np.float64)
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
    """(threshold, F1) that is best for these candidates, `coded` being the answers that a coder gave in all."""
    best = (0.0, 0.0)
    for threshold in np.arange(0.05, 0.8, 0.01):
        kept = [example for example, p in zip(sample, probabilities, strict=True) if p >= threshold]
        hits = {(example.question, example.answer) for example in kept if example.right}
        f1 = 2 * len(hits) / (len(kept) + coded)
        if f1 > best[1]:
            best = (float(round(threshold, 2)), f1)
    return best


def learn(name: str, examples: Examples, report: bool = False) -> dict[str, Any]:
    """The weights and the threshold for one decision; with `report` its figures are printed.

    The threshold is the one that is best in cross-validation over articles, save for doubtful acts.
    """
    sample = examples.sample
    if name == "doubtful":
        return {"threshold": DOUBTFUL, "weights": Model(sample).as_table()}
    right = np.array([example.right for example in sample])
    crossed = np.zeros(len(sample))
    for fold in range(FOLDS):
        inside = [e for e in sample if e.article % FOLDS != fold]
        outside = [k for k, e in enumerate(sample) if e.article % FOLDS == fold]
        if inside and outside:
            crossed[outside] = Model(inside).probabilities([sample[k] for k in outside])
    coded = [k for k, example in enumerate(sample) if example.article in examples.coded_in]
    threshold, f1 = best_threshold(crossed[coded], [sample[k] for k in coded], examples.coded)
    if report:
        everything = 2 * right.sum() / (len(sample) + examples.coded)
        print(f"{name}: {examples.coded} coded, {len(sample)} candidates, {right.sum()} right")
        print(
            f"  all candidates: F1 {everything:.3f}; weighed, cross-validated: F1 {f1:.3f} at a threshold of {threshold:.2f}"
        )
    return {"threshold": threshold, "weights": Model(sample).as_table()}


def weighers_from(found: dict[str, Examples], articles: set[int]) -> dict[str, Weigher]:
    """Weighers learnt from some of the articles (by number), for readings of the others."""
    learnt = {}
    quiet_from = 1 + max(found["act"].coded_in)
    for name, all_examples in found.items():
        sample = [example for example in all_examples.sample if example.article in articles or example.article >= quiet_from]
        if sample:
            part = learn(name, Examples(sample, Counter({a: n for a, n in all_examples.coded_in.items() if a in articles})))
            learnt[name] = Weigher(part["weights"], part["threshold"])
    return learnt


def main() -> int:
    """Cross-validate, learn, and with --write store the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dev-only", action="store_true")
    arguments.add_argument("--only", help="learn only these decisions, joined by commas: act, doubtful, actor, recipient")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    articles = [a for a in coded_articles() if not (options.dev_only and held_out(a["id"]))]
    wanted = set(options.only.split(",")) if options.only else {"act", "doubtful", *ROLES}
    found = examples(scorer(), articles)
    learnt = {name: learn(name, part, report=True) for name, part in found.items() if part.sample and name in wanted}
    if options.write:
        path = bundled(WEIGHTS)
        learnt = json.loads(path.read_text(encoding="utf-8")) | learnt if path.is_file() else learnt
        path.write_text(json.dumps(learnt, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {path.stat().st_size} bytes to {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
