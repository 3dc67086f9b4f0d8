"""The second look at who plays a role: a candidate is judged again in the light of the article's other acts.

At first every act is cast by itself (`casting`). But an article tells one story: who attacked in its first paragraph attacked in the
fifth, whoever is accused of an act did that act, and where one candidate is certain another is less likely. Here each candidate's first
probability is set beside that of its rivals, of its part in the act's other role, and in the acts of the same word, of the same type, right
before and after, above and below in the sentence (stacked learning: Wolpert 1992; for dependent labels: Kou and Cohen 2007).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
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
    """One act as it was cast at first: `first` is role -> actor's name -> probability, `above` the act that governs it."""

    act: Act
    sentence: int
    word: str
    nominal: bool
    candidates: Mapping[str, Sequence[Candidate]]
    above: int = NOBODY
    before: int = NOBODY
    """The act of the same type that was told last."""
    first: dict[str, dict[str, float]] = field(default_factory=dict)


class Measures(NamedTuple):
    """What is measured of candidates for a role: a row for each of them, a column for each name."""

    names: tuple[str, ...]
    table: Floats


class _Pairs:
    """All candidates for one role, act after act: whose act, which actor, and what is known of them before anybody is judged."""

    def __init__(self, looks: Sequence[Look], role: str, column: Mapping[str, int]) -> None:
        everyone = [candidate for look in looks for candidate in look.candidates[role]]
        many = [len(look.candidates[role]) for look in looks]
        self.starts = np.concatenate([[0], np.cumsum(many, dtype=np.intp)])
        self.act = np.repeat(np.arange(len(looks)), many)
        self.actor = np.array([column[candidate.actor.name] for candidate in everyone], dtype=np.intp)
        other = _other(role)
        told = [(role in c.by_rules, other in c.by_rules, c.here, *map(c.features.own.__contains__, SEEN)) for c in everyone]
        self.told: Floats = np.array(told, dtype=np.float64).reshape(-1, 3 + len(SEEN)).T
        self.unnamed = np.array([c.actor.name[:1].islower() for c in everyone], dtype=np.float64)
        self.civilian = np.array([c.actor.sector in CIVILIAN for c in everyone], dtype=np.float64)


class Looks:
    """The acts of one article in the order of the text, with their candidates; `candidates` is act -> role -> who may play it."""

    def __init__(self, document: Document, candidates: Mapping[Act, Mapping[str, Sequence[Candidate]]]) -> None:
        acts = sorted(candidates, key=lambda act: (act.start, act.end))
        self._number = {act: k for k, act in enumerate(acts)}
        self.looks: list[Look] = []
        at = {act.token: k for k, act in enumerate(acts)}
        told: dict[str, int] = {}
        for k, act in enumerate(acts):
            head = document.tokens[act.token]
            look = Look(act, head.sentence.index, head.lemma.lower(), head.pos in ("NOUN", "PROPN"), candidates[act])
            look.above = next((at[token.i] for token in head.ancestors() if token.i in at), NOBODY)
            look.before = told.get(act.type, NOBODY)
            told[act.type] = k
            self.looks.append(look)
        self._column: dict[str, int] = {}
        for look in self.looks:
            for role in ROLES:
                for candidate in look.candidates[role]:
                    self._column.setdefault(candidate.actor.name, len(self._column))
        self._pairs = {role: _Pairs(self.looks, role, self._column) for role in ROLES}
        self._first: dict[str, Floats] = {}
        """role -> the first probability of each actor (column) in each act (row), 0 where it was no candidate."""
        self._near: dict[str, dict[tuple[str, str], Floats]] = {}
        self._measures: dict[str, Measures] = {}

    def candidates(self, act: Act, role: str) -> Sequence[Candidate]:
        """Who may play a role in an act."""
        return self.looks[self._number[act]].candidates[role]

    def first(self, act: Act, role: str) -> Mapping[str, float]:
        """The first probabilities, by the actors' names."""
        return self.looks[self._number[act]].first[role]

    def judge(self, role: str, probabilities: Sequence[Sequence[float]]) -> None:
        """Note what the candidates of every act, in order, were given at first."""
        for look, given in zip(self.looks, probabilities, strict=True):
            look.first[role] = {c.actor.name: p for c, p in zip(look.candidates[role], given, strict=True)}
        pairs = self._pairs[role]
        self._first[role] = np.zeros((len(self.looks), len(self._column)))
        self._first[role][pairs.act, pairs.actor] = [p for given in probabilities for p in given]
        self._near.clear()
        self._measures.clear()

    def values(self, act: Act, role: str) -> Measures:
        """The measures of an act's candidates, once both roles were judged; their names are the same for all acts."""
        if role not in self._measures:
            self._measures[role] = self._measured(role)
        names, table = self._measures[role]
        number, starts = self._number[act], self._pairs[role].starts
        return Measures(names, table[starts[number] : starts[number + 1]])

    def _measured(self, role: str) -> Measures:
        """The measures of all candidates for a role."""
        pairs, looks = self._pairs[role], self.looks
        acts, actors, first = pairs.act, pairs.actor, self._first
        there, other = acts * len(self._column) + actors, first[_other(role)]
        given = first[role].take(there)
        rules, rules_other, here, speaks, salient = pairs.told
        order = np.lexsort((-given, acts))
        rank = np.empty(len(given))
        rank[order] = np.arange(len(given)) - pairs.starts[acts]
        in_order = np.append(given[order], [0.0, 0.0])
        several = np.diff(pairs.starts)[acts] > 1
        second = np.where(several, in_order[pairs.starts[acts] + 1], 0.0)
        rival = np.where(rank == 0, second, in_order[pairs.starts[acts]])
        foe = self._foes(_other(role)).take(there)
        hostile = np.array([float(look.act.type in HOSTILE) for look in looks])[acts]
        unnamed_away = (1 - here) * pairs.unnamed
        nominal = np.array([float(look.nominal) for look in looks])[acts]
        sentences = np.array([look.sentence for look in looks])
        columns = {
            f"{where} {'own' if part == role else 'other'}{what}": measured.take(there)
            for part in ROLES
            for (where, what), measured in self._around(part).items()
        }
        columns |= {
            BIAS: np.ones(len(given)),
            "cast": np.bincount(acts, given, len(looks))[acts],
            "rules cast": np.minimum(np.bincount(acts, rules, len(looks)), 1.0)[acts],
            "nominal": nominal,
            "other role": other.take(there),
            "other role best": other.max(axis=1, initial=0.0)[acts],
            "type told": np.array([float(look.before != NOBODY) for look in looks])[acts],
            "is below": np.array([float(look.above != NOBODY) for look in looks])[acts],
            "beside last": np.append(0.0, sentences[1:] == sentences[:-1])[acts],
            "type own mean odds": _odds(columns["type own mean"], LEAST),
            "type own best odds": _odds(columns["type own best"], LEAST),
            "odds": _odds(given, 1 - CERTAIN),
            "rank": rank,
            "rival": _odds(rival, 1 - CERTAIN),
            "ahead": given - rival,
            "rules": rules,
            "rules other": rules_other,
            "here": here,
            "speaks": speaks,
            "salient": salient,
            "nominal, type mean": nominal * columns["type own mean"],
            "nominal, word mean": nominal * columns["word own mean"],
            "away, type mean": (1 - here) * columns["type own mean"],
            "foe": foe,
            "foe, hostile": foe * hostile,
            "foe, hostile, away": foe * hostile * (1 - here),
            "unnamed away": unnamed_away,
            "unnamed civilian away": unnamed_away * pairs.civilian,
        }
        return Measures(tuple(columns), np.column_stack(list(columns.values())))

    def _around(self, part: str) -> dict[tuple[str, str], Floats]:
        """How likely each actor (column) is in a role of the acts around each act (row): by where they are, and what is taken of many."""
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
        self._near[part] = found | {("below", " best"): below}
        return self._near[part]

    def _foes(self, part: str) -> Floats:
        """How far each actor (column) is the foe of those likely to play `part` in each act (row), by the article's other acts: 0 to 1."""
        looks = self.looks
        hostile = np.array([look.act.type in HOSTILE for look in looks], dtype=np.float64)[:, None]
        doers, sufferers = self._first["actor"] * hostile, self._first["recipient"] * hostile
        fighting = np.sort(np.argsort(-(doers + sufferers).sum(axis=0), kind="stable")[:MOST_FOES])
        doers, sufferers, mine = doers[:, fighting], sufferers[:, fighting], self._first[part][:, fighting]
        enmity = doers.T @ sufferers
        enmity = enmity + enmity.T
        own = (mine * doers).sum(axis=1, keepdims=True) * sufferers + (mine * sufferers).sum(axis=1, keepdims=True) * doers
        told = np.maximum(mine @ enmity - own, 0.0)
        foes = np.zeros_like(self._first[part])
        foes[:, fighting] = told / (told.sum(axis=1, keepdims=True) + DOUBT)
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


def weights_of(weigher: Weigher, names: Sequence[str]) -> dict[str, float]:
    """The measures that the second look has weights for, with these."""
    known = weigher.known([AGAIN + name for name in names])
    return {name.removeprefix(AGAIN): weight for name, weight in known.items()}


def in_columns(weights: Mapping[str, float], names: Sequence[str]) -> Floats:
    """The weight of each measure, in the order of the columns; where all weights are of the first look, its odds count alone."""
    weights = weights or {"odds": 1.0}
    return np.array([weights.get(name, 0.0) for name in names])


def weighed_again(columns: Floats, values: Measures) -> list[float]:
    """The probability of each candidate at the second look; `columns` as `in_columns` gives them."""
    total = values.table @ columns
    probabilities: list[float] = (1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))).tolist()
    return probabilities


def loudest(
    weights: Mapping[str, float], names: Sequence[str], row: Sequence[float], most: int = 2
) -> tuple[tuple[str, float], ...]:
    """What spoke loudest for or against a candidate, of whom a row of measures is given: weights' names, parts in log odds."""
    parts = [
        (-abs(part := weights[name] * value), name, part)
        for name, value in zip(names, row, strict=True)
        if name in weights and name != BIAS
    ]
    return tuple((AGAIN + name, part) for _, name, part in sorted(parts)[:most])


def _odds(probability: Floats, least: float) -> Floats:
    kept = np.clip(probability, least, 1 - least)
    odds: Floats = np.log(kept / (1 - kept))
    return odds


def _other(role: str) -> str:
    return ROLES[1 - ROLES.index(role)]
