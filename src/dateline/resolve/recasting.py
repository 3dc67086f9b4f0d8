"""The second look at who plays a role: a candidate is judged again in the light of the article's other acts.

At first every act is cast by itself (`casting`). But an article tells one story: who attacked in its first paragraph attacked in the
fifth, whoever is accused of an act did that act, and where one candidate is certain another is less likely. Here each candidate's first
probability is set beside that of its rivals, of its part in the act's other role, and in the acts of the same word, of the same type, right
before and after, above and below in the sentence (stacked learning: Wolpert 1992; for dependent labels: Kou and Cohen 2007).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from dateline.find.weighing import BIAS, Weigher
from dateline.language import Document
from dateline.model import Act
from dateline.resolve.casting import ROLES, Candidate

AGAIN = "again:"
"""What the names of the weights of the second look begin with."""
CERTAIN = 0.999  # a probability is kept off 0 and 1 by so much before its log odds are taken
LEAST = 0.01  # the same for means over acts


@dataclass(slots=True)
class Look:
    """One act as it was cast at first: `first` is role -> actor's name -> probability, `above` the act that governs it."""

    act: Act
    sentence: int
    word: str
    nominal: bool
    candidates: Mapping[str, Sequence[Candidate]]
    above: int | None = None
    below: list[int] = field(default_factory=list)
    before: int | None = None
    """The act of the same type that was told last."""
    first: dict[str, dict[str, float]] = field(default_factory=dict)

    def of(self, role: str, name: str) -> float:
        """The first probability of an actor in a role, 0 where it was no candidate."""
        return self.first.get(role, {}).get(name, 0.0)


class _Tally:
    """The first probabilities of the actors in some of the acts, so that an act's own share can be taken out of their mean and maximum."""

    def __init__(self) -> None:
        self.acts = 0
        self._sums: dict[str, float] = {}
        self._best: dict[str, list[tuple[float, int]]] = {}

    def add(self, number: int, first: Mapping[str, float]) -> None:
        self.acts += 1
        for name, probability in first.items():
            self._sums[name] = self._sums.get(name, 0.0) + probability
            best = self._best.setdefault(name, [])
            if len(best) < 2 or (probability, number) > best[1]:
                best.append((probability, number))
                best.sort(reverse=True)
                del best[2:]

    def without(self, number: int, name: str, own: float) -> tuple[float, float]:
        """(highest, mean) of an actor in the other acts of the tally."""
        others = self.acts - 1
        mean = max(self._sums.get(name, 0.0) - own, 0.0) / others if others > 0 else 0.0
        for best, act in self._best.get(name, ()):
            if act != number:
                return best, mean
        return 0.0, mean


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
            look.above = next((at[token.i] for token in head.ancestors() if token.i in at), None)
            look.before = told.get(act.type)
            told[act.type] = k
            self.looks.append(look)
        for k, look in enumerate(self.looks):
            if look.above is not None:
                self.looks[look.above].below.append(k)
        self._tallies: dict[tuple[str, str, str], _Tally] = {}

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
        for key in [key for key in self._tallies if key[2] == role]:
            del self._tallies[key]
        for number, look in enumerate(self.looks):
            for key in _keys(look, role):
                self._tallies.setdefault(key, _Tally()).add(number, look.first[role])

    def values(self, act: Act, role: str) -> list[dict[str, float]]:
        """The measures of each candidate by name, once both roles were judged; the names are the same for all."""
        number = self._number[act]
        look = self.looks[number]
        given = [look.of(role, candidate.actor.name) for candidate in look.candidates[role]]
        order = sorted(range(len(given)), key=lambda k: -given[k])
        ranks = {k: rank for rank, k in enumerate(order)}
        by_rules = [f"rules={role}" in candidate.features for candidate in look.candidates[role]]
        surroundings = _Surroundings(self.looks, self._tallies, number, role)
        same = {BIAS: 1.0, "cast": sum(given), "rules cast": float(any(by_rules)), "nominal": float(look.nominal)}
        found = []
        likeliest, second = [*(given[k] for k in order[:2]), 0.0, 0.0][:2]
        for k, candidate in enumerate(look.candidates[role]):
            rival = likeliest if k != order[0] else second
            values = surroundings.of(candidate.actor.name) | same
            values["odds"] = _odds(given[k], 1 - CERTAIN)
            values["rank"] = float(ranks[k])
            values["rival"] = _odds(rival, 1 - CERTAIN)
            values["ahead"] = given[k] - rival
            values["rules"] = float(by_rules[k])
            values["rules other"] = float(f"rules={_other(role)}" in candidate.features)
            values["here"] = float(candidate.here)
            values["speaks"] = float("speaks" in candidate.features)
            values["salient"] = float("salient" in candidate.features)
            values["nominal, type mean"] = values["nominal"] * values["type own mean"]
            values["nominal, word mean"] = values["nominal"] * values["word own mean"]
            values["away, type mean"] = (1 - values["here"]) * values["type own mean"]
            found.append(values)
        return found


class _Surroundings:
    """How likely the candidates for one role of one act are in the act's other role and in the acts around it."""

    def __init__(
        self, looks: Sequence[Look], tallies: Mapping[tuple[str, str, str], _Tally], number: int, role: str
    ) -> None:
        look = looks[number]
        near = {
            "last": looks[number - 1] if number else None,
            "next": looks[number + 1] if number + 1 < len(looks) else None,
            "above": looks[look.above] if look.above is not None else None,
            "before": looks[look.before] if look.before is not None else None,
        }
        self._number = number
        self._other = look.first[_other(role)]
        self._means: list[tuple[str, str, _Tally, Mapping[str, float]]] = []
        self._near: list[tuple[str, Mapping[str, float]]] = []
        self._below: list[tuple[str, list[Mapping[str, float]]]] = []
        for part in ROLES:
            whose = "own" if part == role else "other"
            for key in _keys(look, part):
                self._means.append((f"{key[0]} {whose} best", f"{key[0]} {whose} mean", tallies[key], look.first[part]))
            self._near += [(f"{where} {whose}", other.first[part] if other else {}) for where, other in near.items()]
            self._below.append((f"below {whose} best", [looks[k].first[part] for k in look.below]))
        self._same = {
            "other role best": max(self._other.values(), default=0.0),
            "type told": float(look.before is not None),
            "is below": float(look.above is not None),
            "beside last": float(near["last"] is not None and near["last"].sentence == look.sentence),
        }

    def of(self, name: str) -> dict[str, float]:
        """The measures of one actor."""
        values = dict(self._same)
        for best, mean, tally, first in self._means:
            values[best], values[mean] = tally.without(self._number, name, first.get(name, 0.0))
        for key, first in self._near:
            values[key] = first.get(name, 0.0)
        for key, below in self._below:
            values[key] = max([first.get(name, 0.0) for first in below]) if below else 0.0
        values["other role"] = self._other.get(name, 0.0)
        values["type own mean odds"] = _odds(values["type own mean"], LEAST)
        values["type own best odds"] = _odds(values["type own best"], LEAST)
        return values


def order_of(weigher: Weigher, names: Iterable[str]) -> list[tuple[str, float]]:
    """The measures that the second look has weights for, with these, the heaviest first."""
    heaviest = weigher.parts([AGAIN + name for name in names], sys.maxsize)
    return [(name.removeprefix(AGAIN), weight) for name, weight in heaviest]


def weighed_again(order: Sequence[tuple[str, float]], values: Mapping[str, float]) -> tuple[float, list[tuple[str, float]]]:
    """(probability at the second look, what each measure speaks for or against in log odds), with the weights in `order`."""
    parts = [(name, weight * values[name]) for name, weight in order]
    total = sum([part for _, part in parts]) if parts else values["odds"]  # weights of the first look only
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), parts


def loudest(parts: Sequence[tuple[str, float]], most: int = 2) -> tuple[tuple[str, float], ...]:
    """The measures that spoke loudest, by the names of their weights."""
    spoke = nsmallest(most, (p for p in parts if p[0] != BIAS), key=lambda part: (-abs(part[1]), part[0]))
    return tuple((AGAIN + name, part) for name, part in spoke)


def _keys(look: Look, role: str) -> tuple[tuple[str, str, str], ...]:
    """The tallies that an act is counted in: the acts of its word and type, of its type, all."""
    return ("word", f"{look.act.type} {look.word}", role), ("type", look.act.type, role), ("all", "", role)


def _odds(probability: float, least: float) -> float:
    kept = min(max(probability, least), 1 - least)
    return math.log(kept / (1 - kept))


def _other(role: str) -> str:
    return ROLES[1 - ROLES.index(role)]
