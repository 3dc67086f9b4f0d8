"""Accounts and their links -> groups that tell one act each: the same whatever the order in which they came.

The accounts that links connect, directly or through others, are a neighbourhood; what lies outside of it never matters to it.
Within it, the two groups whose mean score over all pairs is highest become one, until no mean reaches the limit (agglomerative
clustering with average linkage). Scores are whole numbers, and ties go to the smaller ids. Groups with a barred pair never join;
people's decisions come before all scores.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from dateline.incidents.rules import Limits

Alike = Mapping[str, Mapping[str, int]]
"""For each account those that it was compared with, and the score in hundredths; each pair stands in it twice."""


class Forest:
    """Disjoint sets: who is connected with whom. The least id stands for a set."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, one: str) -> str:
        """The least id of the set that `one` is in."""
        root = one
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(one, one)) != root:
            self._above[one], one = root, above
        return root

    def join(self, one: str, two: str) -> None:
        """Make two sets one."""
        first, second = sorted((self.find(one), self.find(two)))
        self._above[second] = first


def neighbourhoods(ids: Iterable[str], connected: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The ids that pairs connect, directly or through others, each neighbourhood sorted, all sorted by their least id."""
    forest = Forest()
    for one, two in connected:
        forest.join(one, two)
    found: dict[str, list[str]] = defaultdict(list)
    for one in sorted(ids):
        found[forest.find(one)].append(one)
    return [found[root] for root in sorted(found)]


def groups(
    ids: Sequence[str],
    scores: Alike,
    limits: Limits,
    barred: Callable[[str, str], bool],
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    known: dict[tuple[str, str], bool] | None = None,
) -> list[list[str]]:
    """The groups that one neighbourhood falls into, each sorted, all sorted by their least id.

    Args:
        ids: the accounts.
        scores: theirs, and perhaps those of others.
        limits: where lines are drawn.
        barred: whether two accounts cannot be one act.
        together: pairs that a person has joined; nothing parts them.
        apart: pairs that a person has parted; no score joins them.
        known: what `barred` has said before, the smaller id first; what it says now is added.
    """
    clusters = _Clusters(sorted(ids), scores, limits, barred, apart, {} if known is None else known)
    for one, two in sorted(together):
        clusters.force(one, two)
    clusters.agglomerate()
    return clusters.found()


class _Clusters:
    def __init__(
        self,
        ids: Sequence[str],
        scores: Alike,
        limits: Limits,
        barred: Callable[[str, str], bool],
        apart: Iterable[tuple[str, str]],
        known: dict[tuple[str, str], bool],
    ) -> None:
        self._limits, self._scores, self._bars, self._known = limits, scores, barred, known
        self._members: dict[str, list[str]] = {one: [one] for one in ids}
        self._of = {one: one for one in ids}
        # for each group: the other group -> (sum of the scores of linked pairs, how many pairs are linked)
        least = limits.least
        self._sums: dict[str, dict[str, tuple[int, int]]] = {
            one: {
                two: (points if points > least else least, 1)
                for two, points in scores.get(one, {}).items()
                if two in self._members
            }
            for one in ids
        }
        self._barred: dict[str, set[str]] = {one: set() for one in ids}
        for one, two in apart:
            if one in self._members and two in self._members:
                self._bar(one, two)

    def found(self) -> list[list[str]]:
        return [sorted(self._members[key]) for key in sorted(self._members)]

    def force(self, one: str, two: str) -> None:
        if one in self._of and two in self._of:
            first, second = self._of[one], self._of[two]
            if first != second:
                self._merge(min(first, second), max(first, second))

    def agglomerate(self) -> None:
        join = (
            self._limits.join
        )  # whoever is linked for less than that on average is not near enough either, with what is absent
        near = (
            (a, b)
            for a, others in self._sums.items()
            for b, (total, linked) in others.items()
            if a < b and total >= join * linked
        )
        heap = [entry for a, b in near if (entry := self._entry(a, b)) is not None]
        heapq.heapify(heap)
        while heap:
            _, a, b, sizes = heapq.heappop(heap)
            one, two = self._members.get(a), self._members.get(b)
            if one is None or two is None or sizes != (len(one), len(two)):
                continue  # one of them has grown or gone since
            self._merge(a, b)
            for other, (total, linked) in self._sums[a].items():
                if total >= join * linked:
                    entry = self._entry(a, other) if a < other else self._entry(other, a)
                    if entry is not None:
                        heapq.heappush(heap, entry)

    def _entry(self, a: str, b: str) -> tuple[float, str, str, tuple[int, int]] | None:
        """What stands in the heap for two groups: the mean, turned round, both, and their sizes; None where they may not join."""
        total, linked = self._sums[a][b]
        sizes = len(self._members[a]), len(self._members[b])
        pairs = sizes[0] * sizes[1]
        mean = (total + self._limits.absent * (pairs - linked)) / pairs
        if mean < self._limits.join or b in self._barred[a]:
            return None
        if linked < pairs:
            worse = self._limits.absent - self._limits.barred
            borne = (mean - self._limits.join) * pairs / worse
            mean -= worse * self._barred_pairs(a, b, borne) / pairs
            if mean < self._limits.join:
                return None
        return -mean, a, b, sizes

    def _barred_pairs(self, a: str, b: str, borne: float) -> int:
        """How many pairs of the two groups cannot be one act; counted no further than is needed to keep them apart."""
        found = 0
        for one in self._members[a]:
            scored = self._scores.get(one, {})
            for two in self._members[b]:
                if two not in scored and self._cannot(*((one, two) if one < two else (two, one))):
                    found += 1
                    if found > borne:
                        return found
        return found

    def _cannot(self, one: str, two: str) -> bool:
        known = self._known.get((one, two))
        if known is None:
            known = self._known[one, two] = self._bars(one, two)
        return known

    def _merge(self, a: str, b: str) -> None:
        """Put group `b` into group `a`, which has the smaller id."""
        joining = self._members.pop(b)
        self._members[a] += joining
        self._of.update(dict.fromkeys(joining, a))
        sums = self._sums[a]
        for other, (total, linked) in self._sums.pop(b).items():
            theirs = self._sums[other]
            del theirs[b]
            if other != a:
                before = sums.get(other, (0, 0))
                sums[other] = theirs[a] = (before[0] + total, before[1] + linked)
        for other in self._barred.pop(b):
            self._barred[other].discard(b)
            if other != a:
                self._bar(a, other)

    def _bar(self, a: str, b: str) -> None:
        self._barred[a].add(b)
        self._barred[b].add(a)


def decided(
    decisions: Mapping[tuple[str, str], bool], of: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """People's decisions on events as pairs of accounts that must be one, and that must not; `of` leads from events to accounts."""
    together: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for (a, b), one in decisions.items():
        if a in of and b in of and of[a] != of[b]:
            (together if one else apart).append((of[a], of[b]))
    return together, apart
