"""The second look at who plays a role: a candidate is judged again in the light of the article's other acts.

At first every act is cast by itself (`casting`). But an article tells one story: who attacked in its first paragraph attacked in the
fifth, whoever is accused of an act did that act, and where one candidate is certain another is less likely. Here each candidate's first
probability is set beside that of its rivals, of its part in the act's other role, and in the acts of the same word, of the same type, right
before and after, above and below in the sentence (stacked learning: Wolpert 1992; for dependent labels: Kou and Cohen 2007).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.find.weighing import BIAS, Weigher
from dateline.language import Document
from dateline.model import Act
from dateline.resolve.casting import ROLES, Candidate

AGAIN = "again:"
"""What the names of the weights of the second look begin with."""
CERTAIN = 0.999  # a probability is kept off 0 and 1 by so much before its log odds are taken
LEAST = 0.01  # the same for means over acts
NOBODY = -1  # in place of an act's number
SEEN = ("speaks", "salient")
"""Features of the first look that are measures of the second."""
CIVILIAN = frozenset({"CVL", None})
"""Sectors of those whom every article has in any number: "people", "others"."""
HOSTILE = frozenset({"ASSAULT", "COERCE"})
"""Types of acts between foes."""
DOUBT = 0.5
"""Acts' worth of enmity without a name that stand beside what an article tells of: one attack makes no war."""
MOST_FOES = 200
"""Of an article with more actors, only so many, those most in hostile acts, are asked whose foes they are: it keeps time linear."""

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Look:
    """One act as it was cast at first: `first` is role -> the probability of each candidate, `above` the act that governs it."""

    act: Act
    sentence: int
    word: str
    nominal: bool
    candidates: Sequence[Candidate]
    start: int
    """How many candidates the acts before it have."""
    above: int = NOBODY
    before: int = NOBODY
    """The act of the same type that was told last."""
    first: dict[str, Sequence[float]] = field(default_factory=dict)
    again: dict[str, Sequence[float]] = field(default_factory=dict)
    """role -> the probability of each candidate in the light of the other acts."""


class Measures(NamedTuple):
    """What is measured of candidates for a role: a row for each of them, a column for each name."""

    names: tuple[str, ...]
    table: Floats


class Weights(NamedTuple):
    """The weights of the second look: in the order of the measures, and the measures that have one, with where they stand, by name."""

    columns: Floats
    names: tuple[str, ...]
    places: list[int]


class _Pairs:
    """All candidates, act after act: whose act, which actor, and what is known of them before anybody is judged."""

    def __init__(self, looks: Sequence[Look], column: Mapping[str, int]) -> None:
        everyone = [candidate for look in looks for candidate in look.candidates]
        many = [len(look.candidates) for look in looks]
        self.starts = np.array([look.start for look in looks], dtype=np.intp)
        self.act = np.repeat(np.arange(len(looks)), many)
        self.there = self.act * len(column) + np.array([column[c.actor.name] for c in everyone], dtype=np.intp)
        """Where each stands in a table of acts (rows) and actors (columns)."""
        self.several = np.array(many)[self.act] > 1
        self.rules = {role: np.array([role in c.by_rules for c in everyone], dtype=np.float64) for role in ROLES}
        self.here = np.array([c.here for c in everyone], dtype=np.float64)
        own = [c.features[ROLES[0]].own for c in everyone]
        self.speaks, self.salient = (np.array([name in names for names in own], dtype=np.float64) for name in SEEN)
        unnamed = np.array([c.actor.name[:1].islower() for c in everyone], dtype=np.float64)
        self.unnamed_away = (1 - self.here) * unnamed
        self.civilian = np.array([c.actor.sector in CIVILIAN for c in everyone], dtype=np.float64)
        self.hostile = np.array([float(look.act.type in HOSTILE) for look in looks])[self.act]
        self.nominal = np.array([float(look.nominal) for look in looks])[self.act]
        self.type_told = np.array([float(look.before != NOBODY) for look in looks])[self.act]
        self.is_below = np.array([float(look.above != NOBODY) for look in looks])[self.act]
        sentences = np.array([look.sentence for look in looks])
        self.beside_last = np.append(0.0, sentences[1:] == sentences[:-1])[self.act]


class Looks:
    """The acts of one article in the order of the text, with their candidates; `candidates` is act -> who may play a role in it."""

    def __init__(self, document: Document, candidates: Mapping[Act, Sequence[Candidate]]) -> None:
        acts = sorted(candidates, key=lambda act: (act.start, act.end))
        self._number = {act: k for k, act in enumerate(acts)}
        self.looks: list[Look] = []
        at = {act.token: k for k, act in enumerate(acts)}
        told: dict[str, int] = {}
        start = 0
        for k, act in enumerate(acts):
            head = document.tokens[act.token]
            nominal = head.pos in ("NOUN", "PROPN")
            look = Look(act, head.sentence.index, head.lemma.lower(), nominal, candidates[act], start)
            look.above = next((at[token.i] for token in head.ancestors() if token.i in at), NOBODY)
            look.before = told.get(act.type, NOBODY)
            told[act.type] = k
            self.looks.append(look)
            start += len(look.candidates)
        self._column: dict[str, int] = {}
        for look in self.looks:
            for candidate in look.candidates:
                self._column.setdefault(candidate.actor.name, len(self._column))
        self._pairs = _Pairs(self.looks, self._column)
        self._first: dict[str, Floats] = {}
        """role -> the first probability of each actor (column) in each act (row), 0 where it was no candidate."""
        self._near: dict[str, dict[tuple[str, str], Floats]] = {}
        self._measures: dict[str, Measures] = {}
        self._weights: dict[str, Weights] = {}

    def of(self, act: Act) -> Look:
        """How an act was cast."""
        return self.looks[self._number[act]]

    def judge(self, role: str, probabilities: Sequence[Sequence[float]]) -> None:
        """Note what the candidates of every act, in order, were given at first."""
        for look, given in zip(self.looks, probabilities, strict=True):
            look.first[role] = given
        self._first[role] = np.zeros((len(self.looks), len(self._column)))
        self._first[role].put(self._pairs.there, [p for given in probabilities for p in given])
        self._near.clear()
        self._measures.clear()

    def judge_again(self, role: str, weigher: Weigher) -> None:
        """Weigh the candidates of every act in the light of the others, once both roles were judged at first."""
        values = self._measured(role)
        self._weights[role] = weights_of(weigher, values.names)
        again = weighed_again(self._weights[role].columns, values)
        for look in self.looks:
            look.again[role] = again[look.start : look.start + len(look.candidates)]

    def values(self, act: Act, role: str) -> Measures:
        """The measures of an act's candidates, once both roles were judged; their names are the same for all acts."""
        look = self.of(act)
        names, table = self._measured(role)
        return Measures(names, table[look.start : look.start + len(look.candidates)])

    def parts(self, look: Look, role: str, k: int) -> tuple[Weights, Floats]:
        """The weights of the second look at a role, and the measures of an act's candidate."""
        return self._weights[role], self._measured(role).table[look.start + k]

    def _measured(self, role: str) -> Measures:
        """The measures of all candidates for a role."""
        if role in self._measures:
            return self._measures[role]
        pairs, first = self._pairs, self._first
        acts, there, other = pairs.act, pairs.there, first[_other(role)]
        given = first[role].take(there)
        order = np.lexsort((-given, acts))
        rank = np.empty(len(given))
        rank[order] = np.arange(len(given)) - pairs.starts[acts]
        in_order = np.append(given[order], [0.0, 0.0])
        second = np.where(pairs.several, in_order[pairs.starts[acts] + 1], 0.0)
        rival = np.where(rank == 0, second, in_order[pairs.starts[acts]])
        foe = self._foes(_other(role)).take(there)
        rules, nominal, away = pairs.rules[role], pairs.nominal, 1 - pairs.here
        columns = {
            f"{where} {'own' if part == role else 'other'}{what}": measured
            for part in ROLES
            for (where, what), measured in self._around(part).items()
        }
        columns |= {
            BIAS: np.ones(len(given)),
            "cast": np.bincount(acts, given, len(self.looks))[acts],
            "rules cast": np.minimum(np.bincount(acts, rules, len(self.looks)), 1.0)[acts],
            "nominal": nominal,
            "other role": other.take(there),
            "other role best": other.max(axis=1, initial=0.0)[acts],
            "type told": pairs.type_told,
            "is below": pairs.is_below,
            "beside last": pairs.beside_last,
            "type own mean odds": _odds(columns["type own mean"], LEAST),
            "type own best odds": _odds(columns["type own best"], LEAST),
            "odds": _odds(given, 1 - CERTAIN),
            "rank": rank,
            "rival": _odds(rival, 1 - CERTAIN),
            "ahead": given - rival,
            "rules": rules,
            "rules other": pairs.rules[_other(role)],
            "here": pairs.here,
            "speaks": pairs.speaks,
            "salient": pairs.salient,
            "nominal, type mean": nominal * columns["type own mean"],
            "nominal, word mean": nominal * columns["word own mean"],
            "away, type mean": away * columns["type own mean"],
            "foe": foe,
            "foe, hostile": foe * pairs.hostile,
            "foe, hostile, away": foe * pairs.hostile * away,
            "unnamed away": pairs.unnamed_away,
            "unnamed civilian away": pairs.unnamed_away * pairs.civilian,
        }
        self._measures[role] = Measures(tuple(columns), np.array(list(columns.values())).T)
        return self._measures[role]

    def _around(self, part: str) -> dict[tuple[str, str], Floats]:
        """How likely each candidate is in a role of the acts around its act: by where they are, and what is taken of many."""
        if part in self._near:
            return self._near[part]
        looks, first = self.looks, self._first[part]
        found: dict[tuple[str, str], Floats] = {}
        groups: dict[str, list[Hashable]] = {
            "word": [(look.act.type, look.word) for look in looks],
            "type": [look.act.type for look in looks],
            "all": [None] * len(looks),
        }
        for which, group in groups.items():
            found[which, " best"], found[which, " mean"] = elsewhere(first, group)
        numbers, above = np.arange(len(looks)), np.array([look.above for look in looks])
        near = {
            "last": numbers - 1,
            "next": np.append(numbers[1:], NOBODY),
            "above": above,
            "before": np.array([look.before for look in looks]),
        }
        followed = np.vstack([first, np.zeros(first.shape[1])])  # by a row for nobody
        found |= {(where, ""): followed[act] for where, act in near.items()}
        below = np.zeros_like(first)
        np.maximum.at(below, above[above != NOBODY], first[above != NOBODY])
        found["below", " best"] = below
        seen = np.array(list(found.values())).reshape(len(found), -1).take(self._pairs.there, axis=1)
        self._near[part] = dict(zip(found, seen, strict=True))
        return self._near[part]

    def _foes(self, part: str) -> Floats:
        """How far each actor (column) is the foe of those likely to play `part` in each act (row), by the article's other acts: 0 to 1."""
        hostile = np.array([look.act.type in HOSTILE for look in self.looks], dtype=np.float64)[:, None]
        doers, sufferers, mine = self._first["actor"] * hostile, self._first["recipient"] * hostile, self._first[part]
        if len(self._column) <= MOST_FOES:
            return _foes(doers, sufferers, mine)
        fighting = np.sort(np.argsort(-(doers + sufferers).sum(axis=0), kind="stable")[:MOST_FOES])
        foes = np.zeros_like(mine)
        foes[:, fighting] = _foes(doers[:, fighting], sufferers[:, fighting], mine[:, fighting])
        return foes


def _foes(doers: Floats, sufferers: Floats, mine: Floats) -> Floats:
    enmity = doers.T @ sufferers
    enmity = enmity + enmity.T
    own = (mine * doers).sum(axis=1, keepdims=True) * sufferers + (mine * sufferers).sum(axis=1, keepdims=True) * doers
    told = np.maximum(mine @ enmity - own, 0.0)
    foes: Floats = told / (told.sum(axis=1, keepdims=True) + DOUBT)
    return foes


def elsewhere(first: Floats, groups: Sequence[Hashable]) -> tuple[Floats, Floats]:
    """(highest, mean) probability of each actor (column) in the other acts of each act's group; 0 where there are none."""
    best, mean = np.zeros_like(first), np.zeros_like(first)
    together: dict[Hashable, list[int]] = {}
    for act, group in enumerate(groups):
        together.setdefault(group, []).append(act)
    for acts in together.values():
        if len(acts) > 1:
            given = first[acts]
            second, highest = np.sort(given, axis=0)[-2:]
            best[acts] = np.where(given == highest, second, highest)
            mean[acts] = np.maximum(given.sum(axis=0) - given, 0.0) / (len(acts) - 1)
    return best, mean


@lru_cache(maxsize=8)
def weights_of(weigher: Weigher, names: tuple[str, ...]) -> Weights:
    """The weights of measures; where all weights are of the first look, its odds count alone."""
    known = {name: weigher.of(AGAIN + name) for name in names if weigher.knows(AGAIN + name)}
    columns = np.array([(known or {"odds": 1.0}).get(name, 0.0) for name in names])
    told = sorted(name for name in known if name != BIAS)
    return Weights(columns, tuple(AGAIN + name for name in told), [names.index(name) for name in told])


def weighed_again(columns: Floats, values: Measures) -> list[float]:
    """The probability of each candidate at the second look."""
    total = values.table @ columns
    probabilities: list[float] = (1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))).tolist()
    return probabilities


def loudest(weights: Weights, row: Floats, most: int = 2) -> list[tuple[str, float]]:
    """What spoke loudest for or against a candidate, of whom a row of measures is given: weights' names, parts in log odds."""
    parts = (row * weights.columns)[weights.places]
    found = nsmallest(most, zip((-abs(parts)).tolist(), weights.names, parts.tolist(), strict=True))
    return [(name, part) for _, name, part in found]


def _odds(probability: Floats, least: float) -> Floats:
    kept = np.clip(probability, least, 1 - least)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def _other(role: str) -> str:
    return ROLES[1 - ROLES.index(role)]
