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

Pairs = Mapping[tuple[str, str], int]
"""Scores of pairs of accounts, the smaller id first, in hundredths."""


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
    pairs: Pairs,
    limits: Limits,
    barred: Callable[[str, str], bool],
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
) -> list[list[str]]:
    """The groups that one neighbourhood falls into, each sorted, all sorted by their least id.

    Args:
        ids: the accounts.
        pairs: their scores.
        limits: where lines are drawn.
        barred: whether two accounts cannot be one act.
        together: pairs that a person has joined; nothing parts them.
        apart: pairs that a person has parted; no score joins them.
    """
    clusters = _Clusters(sorted(ids), pairs, limits, barred, apart)
    for one, two in sorted(together):
        clusters.force(one, two)
    clusters.agglomerate()
    return clusters.found()


class _Clusters:
    def __init__(
        self,
        ids: Sequence[str],
        pairs: Pairs,
        limits: Limits,
        barred: Callable[[str, str], bool],
        apart: Iterable[tuple[str, str]],
    ) -> None:
        self._limits, self._pairs, self._bars = limits, pairs, barred
        self._known: dict[tuple[str, str], bool] = {}  # what `barred` has said
        self._members: dict[str, list[str]] = {one: [one] for one in ids}
        self._of = {one: one for one in ids}
        # for each group: the other group -> (sum of the scores of linked pairs, how many pairs are linked)
        self._sums: dict[str, dict[str, tuple[int, int]]] = {one: {} for one in ids}
        self._barred: dict[str, set[str]] = {one: set() for one in ids}
        for (one, two), points in pairs.items():
            self._sums[one][two] = self._sums[two][one] = (max(points, limits.least), 1)
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
        near = ((a, b) for a in self._sums for b in self._sums[a] if a < b)
        heap = [entry for a, b in near if (entry := self._entry(a, b)) is not None]
        heapq.heapify(heap)
        while heap:
            _, a, b, sizes = heapq.heappop(heap)
            if a not in self._members or b not in self._members or sizes != self._size(a) * 1_000_000 + self._size(b):
                continue
            self._merge(a, b)
            for other in self._sums[a]:
                if (new := self._entry(*sorted((a, other)))) is not None:
                    heapq.heappush(heap, new)

    def _size(self, key: str) -> int:
        return len(self._members[key])

    def _entry(self, a: str, b: str) -> tuple[float, str, str, int] | None:
        """What stands in the heap for two groups; None where they may not join."""
        if b in self._barred[a]:
            return None
        total, linked = self._sums[a][b]
        pairs = self._size(a) * self._size(b)
        mean = (total + self._limits.absent * (pairs - linked)) / pairs
        if mean >= self._limits.join and linked < pairs:
            worse = self._limits.absent - self._limits.barred
            borne = (mean - self._limits.join) * pairs / worse
            mean -= worse * self._barred_pairs(a, b, borne) / pairs
        if mean < self._limits.join:
            return None
        return -mean, a, b, self._size(a) * 1_000_000 + self._size(b)

    def _barred_pairs(self, a: str, b: str, borne: float) -> int:
        """How many pairs of the two groups cannot be one act; counted no further than is needed to keep them apart."""
        found = 0
        for one in self._members[a]:
            for two in self._members[b]:
                pair = (one, two) if one < two else (two, one)
                if pair not in self._pairs and self._cannot(*pair):
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
        self._members[a] += self._members.pop(b)
        for one in self._members[a]:
            self._of[one] = a
        for other, (total, linked) in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                before = self._sums[a].get(other, (0, 0))
                self._sums[a][other] = self._sums[other][a] = (before[0] + total, before[1] + linked)
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
