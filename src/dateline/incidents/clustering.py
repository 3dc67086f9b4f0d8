"""Accounts and their links -> groups that tell one act each: the same whatever the order in which they came.

The accounts that links connect, directly or through others, are a neighbourhood; what lies outside of it never matters to it.
Within it, the two groups whose mean score over all pairs is highest become one, until no mean reaches the limit (agglomerative
clustering with average linkage). Scores are whole numbers, and ties go to the smaller ids. A barred pair weighs heavily; people's
decisions come before all scores.

The mean of two groups with a third is never above the higher of theirs with it (average linkage is reducible; Bruynooghe, 1978), so
that what was joined stays joined in the same order until somebody new comes nearer. Who is new therefore only disturbs the groups
that he is linked with: `regrouped` replays how those came about, and works anew what differs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.incidents.rules import Limits

Alike = Mapping[str, Mapping[str, int]]
"""For each account those that it was compared with, and the score in hundredths; each pair stands in it twice."""


Merge = tuple[float, str, str]
"""Two groups became one: their mean score, turned round, and the least ids of both, the smaller first."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups, each sorted, all sorted by their least id; by that, the merges that made each, in order; and whom they were worked
    out anew for: those who were new, and those whom these disturbed.
    """

    groups: list[list[str]]
    merges: dict[str, list[Merge]]
    disturbed: set[str]


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


def regrouped(
    ids: Sequence[str],
    new: Collection[str],
    earlier: Iterable[Sequence[Merge]],
    scores: Alike,
    limits: Limits,
    barred: Callable[[str, str], bool],
    together: Iterable[tuple[str, str]] = (),
    apart: Iterable[tuple[str, str]] = (),
    known: dict[tuple[str, str], bool] | None = None,
) -> Grouped:
    """The groups that accounts fall into when `new` have come to them, or others have left them.

    Args:
        ids: the accounts: whole groups that were found before, less those who left, and those who are new.
        new: among them, whose merges nobody knows, all of them where nothing was found before; everybody whom a person has joined or
            parted must be one of them.
        earlier: how each of the groups that were found before came about, as `Grouped.merges` tells it.
        scores: theirs, and perhaps those of others.
        limits: where lines are drawn.
        barred: whether two accounts cannot be one act.
        together: pairs that a person has joined; nothing parts them.
        apart: pairs that a person has parted; no score joins them.
        known: what `barred` has said before, the smaller id first; what it says now is added.
    """
    clusters = _Clusters(sorted(ids), new, scores, limits, barred, apart, {} if known is None else known)
    for one, two in sorted(together):
        clusters.force(one, two)
    clusters.agglomerate(heapq.merge(*earlier))
    return clusters.found()


class _Clusters:
    """Groups that grow. Those with somebody new in them, or whose next merge fell through, are awake: what they score with others
    is known and waits in a heap. The others sleep, and repeat the merges that they went through before.
    """

    def __init__(
        self,
        ids: Sequence[str],
        new: Collection[str],
        scores: Alike,
        limits: Limits,
        barred: Callable[[str, str], bool],
        apart: Iterable[tuple[str, str]],
        known: dict[tuple[str, str], bool],
    ) -> None:
        self._limits, self._scores, self._bars, self._known = limits, scores, barred, known
        self._members: dict[str, list[str]] = {one: [one] for one in ids}
        self._of = {one: one for one in ids}
        self._heap: list[tuple[float, str, str, tuple[int, int]]] = []
        self._merges: list[Merge] = []
        self._disturbed: set[str] = set()
        # for each group: the other group -> (sum of the scores of linked pairs, how many pairs are linked); where both sleep, nothing
        self._sums: dict[str, dict[str, tuple[int, int]]] = {one: {} for one in ids}
        self._asleep = set(ids)
        for one in new:
            self._wake(one)
        self._barred: dict[str, set[str]] = {one: set() for one in ids}
        for one, two in apart:
            if one in self._members and two in self._members:
                self._bar(one, two)

    def found(self) -> Grouped:
        merges: dict[str, list[Merge]] = {name: [] for name in sorted(self._members)}
        for merge in self._merges:
            merges[self._of[merge[1]]].append(merge)
        return Grouped([sorted(self._members[name]) for name in merges], merges, self._disturbed)

    def force(self, one: str, two: str) -> None:
        if one in self._of and two in self._of:
            first, second = self._of[one], self._of[two]
            if first != second:
                self._merge(min(first, second), max(first, second))

    def agglomerate(self, earlier: Iterable[Merge]) -> None:
        """Merge until no mean reaches the limit; `earlier` are the merges that those who sleep went through."""
        for name in self._members.keys() - self._asleep:
            self._offer(name, [other for other in self._sums[name] if name < other or other in self._asleep])
        replayed = iter(earlier)
        again = next(replayed, None)
        while self._heap or again is not None:
            if again is not None and (not self._heap or again <= self._heap[0][:3]):
                self._repeat(again)
                again = next(replayed, None)
                continue
            mean, a, b, sizes = heapq.heappop(self._heap)
            one, two = self._members.get(a), self._members.get(b)
            if one is None or two is None or sizes != (len(one), len(two)):
                continue  # one of them has grown or gone since
            for name in (a, b):
                if name in self._asleep:
                    self._wake(name)
            self._merge(a, b)
            self._merges.append((mean, a, b))
            self._offer(a, self._sums[a])

    def _repeat(self, merge: Merge) -> None:
        """Merge two that merged before, if both are as they were; whoever is left without the other wakes up."""
        left = [name for name in merge[1:] if name in self._asleep]
        if len(left) == 2:
            self._merge(*left)
            self._asleep.discard(left[1])
            self._merges.append(merge)
            self._offer(left[0], self._sums[left[0]])
            return
        for name in left:
            self._wake(name)
            self._offer(name, self._sums[name])

    def _wake(self, name: str) -> None:
        """Work out what a group scores with every other."""
        self._asleep.discard(name)
        least, sums = self._limits.least, self._sums[name]
        sums.clear()
        for one in self._members[name]:
            self._disturbed.add(one)
            for two, points in self._scores.get(one, {}).items():
                other = self._of.get(two, name)
                if other != name:
                    total, linked = sums.get(other, (0, 0))
                    sums[other] = (total + (points if points > least else least), linked + 1)
        for other, sum_ in sums.items():
            self._sums[other][name] = sum_

    def _offer(self, name: str, others: Iterable[str]) -> None:
        """Put into the heap with which of these a group may merge.

        Whoever is linked for less than the limit on average is not near enough either, with what is absent.
        """
        join, sums = self._limits.join, self._sums[name]
        for other in others:
            total, linked = sums[other]
            if total >= join * linked:
                entry = self._entry(name, other) if name < other else self._entry(other, name)
                if entry is not None:
                    heapq.heappush(self._heap, entry)

    def _entry(self, a: str, b: str) -> tuple[float, str, str, tuple[int, int]] | None:
        """What stands in the heap for two groups: the mean, turned round, both, and their sizes; None where they may not join.

        The mean is one division of whole numbers: what is equal comes out equal, however often it was added to.
        """
        total, linked = self._sums[a][b]
        sizes = len(self._members[a]), len(self._members[b])
        pairs, absent = sizes[0] * sizes[1], self._limits.absent
        total += absent * (pairs - linked)
        spare = total - self._limits.join * pairs
        if spare < 0 or b in self._barred[a]:
            return None
        if linked < pairs:
            worse = absent - self._limits.barred
            barred = self._barred_pairs(a, b, spare / worse)
            if worse * barred > spare:
                return None
            total -= worse * barred
        return -total / pairs, a, b, sizes

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
