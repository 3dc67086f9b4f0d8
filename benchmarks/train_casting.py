"""Learn who is cast in the roles of an act: first each act by itself, then again in the light of the article's other acts.

The second look learns from first probabilities that were given by a model which had not seen the article, so that it trusts them no
more than it may (see `dateline.resolve.recasting`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.learning import FOLDS, Example, Examples, Floats, Model, best_threshold
from dateline.model import Act
from dateline.resolve.casting import ROLES, Candidate
from dateline.resolve.recasting import AGAIN, Looks

PENALTY_AGAIN = 50.0  # of the squared weights of measures brought to one spread
NEWTON_STEPS = 12


@dataclass(frozen=True, slots=True)
class Scene:
    """The acts of one coded article (by number) with their candidates, the coded events that some of the acts are, and its share."""

    article: int
    looks: Looks
    gold: Mapping[Act, Mapping[str, Any]]
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """One role over all scenes: the candidates of acts that were coded, and those of every act, scene by scene."""

    coded: Examples
    everyone: list[list[list[Example]]]
    """scene -> act -> candidate"""

    @classmethod
    def of(cls, score: ModuleType, scenes: Sequence[Scene], role: str) -> _Asked:
        coded = Examples()
        everyone: list[list[list[Example]]] = []
        question = 0
        for scene in scenes:
            everyone.append([])
            for look in scene.looks.looks:
                question += 1
                candidates = look.candidates
                gold = scene.gold.get(look.act)
                answers = answered(score, candidates, gold[f"{role}s"]) if gold is not None else [None] * len(candidates)
                sample = [
                    Example(scene.article, tuple(sorted(candidate.features[role])), question, answer, scene.share)
                    for candidate, answer in zip(candidates, answers, strict=True)
                ]
                everyone[-1].append(sample)
                if gold is not None:
                    coded.sample += sample
                    if scene.share == 1.0:
                        coded.coded_in[scene.article] += len(gold[f"{role}s"])
        return cls(coded, everyone)


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


def learn_casting(
    score: ModuleType, scenes: Sequence[Scene], articles: Collection[int] | None = None, *, report: bool = False
) -> dict[str, Any]:
    """The weights and the threshold for each role, learnt from some of the articles (all of them where none are named)."""
    chosen = [scene for scene in scenes if articles is None or scene.article in articles]
    asked = {role: _Asked.of(score, chosen, role) for role in ROLES}
    for role in ROLES:
        _judge_unseen(chosen, asked[role], role)
    return {role: _learn_role(chosen, asked[role], role, report) for role in ROLES}


def _judge_unseen(scenes: Sequence[Scene], asked: _Asked, role: str) -> None:
    """Give every scene first probabilities by a model that has not seen its article."""
    for fold in range(FOLDS):
        outside = [k for k, scene in enumerate(scenes) if scene.article % FOLDS == fold]
        inside = [example for example in asked.coded.sample if example.article % FOLDS != fold]
        if not outside or not inside:
            continue
        model = Model(inside)
        for k in outside:
            flat = [example for act in asked.everyone[k] for example in act]
            given = iter(model.probabilities(flat))
            scenes[k].looks.judge(role, [[float(next(given)) for _ in act] for act in asked.everyone[k]])


def _learn_role(scenes: Sequence[Scene], asked: _Asked, role: str, report: bool) -> dict[str, Any]:
    """The weights of one role, and the threshold: in the middle between what was best here and what theory says is best.

    Where probabilities are what they say, F1 is highest at a threshold of half that F1 (Lipton, Elkan and Naryanaswamy 2014); the
    best of so few examples is partly chance.
    """
    measured = [
        scene.looks.values(look.act, role) for scene in scenes for look in scene.looks.looks if look.act in scene.gold
    ]
    names = measured[0].names
    table = np.concatenate([values.table for values in measured])
    sample = asked.coded.sample
    right = np.array([example.right for example in sample], dtype=np.float64)
    shares = np.array([example.share for example in sample])
    folds = np.array([example.article % FOLDS for example in sample])
    crossed = np.zeros(len(sample))
    for fold in set(folds):
        weights = _fitted(table[folds != fold], right[folds != fold], shares[folds != fold])
        crossed[folds == fold] = 1.0 / (1.0 + np.exp(-table[folds == fold] @ weights))
    whole = np.flatnonzero(shares == 1.0)
    judged = [sample[k] for k in whole]
    seen, f1 = best_threshold(crossed[whole], judged, asked.coded.coded)
    threshold = round((seen + f1 / 2) / 2, 2)
    if report:
        found = sum(example.right for example in judged)
        print(f"{role}: {asked.coded.coded} coded, {len(judged)} candidates, {found} right; learnt from {len(sample)}")
        print(f"  weighed twice, cross-validated: F1 {f1:.3f} at a threshold of {threshold:.2f}")
    again = {AGAIN + name: round(float(w), 4) for name, w in zip(names, _fitted(table, right, shares), strict=True)}
    return {"threshold": threshold, "weights": Model(sample).as_table() | again}


def _fitted(table: Floats, right: Floats, shares: Floats) -> Floats:
    """A logistic regression over measures (one column is constant), fitted by Newton's method, in the measures' own units.

    `shares` say how much each row counts.
    """
    spread = table.std(axis=0)
    constant = spread < 1e-9
    spread[constant] = 1.0
    middle = np.where(constant, 0.0, table.mean(axis=0))
    scaled = (table - middle) / spread
    penalty = np.where(constant, 1e-6, PENALTY_AGAIN)
    weights = np.zeros(table.shape[1])
    for _ in range(NEWTON_STEPS):
        p = 1.0 / (1.0 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (shares * (p - right)) + penalty * weights
        curve = (scaled * (shares * p * (1 - p))[:, None]).T @ scaled + np.diag(penalty)
        weights = weights - np.linalg.solve(curve, slope)
    own: Floats = weights / spread
    own[int(np.flatnonzero(constant)[0])] -= float(own @ middle)
    return own
