"""Points of merging, fitted to what tells one act and what tells two.

    python -m benchmarks.train_merging

Logistic regression over pairs (of one article and of two) that share a family and a key: even topics of ECB+, and the offensive. The
points of `merging.toml` are held unless the pairs speak against them, and keep their sign and much of their size, so that the score stays
one that can be explained. Prints the points; those that stand in the file were set from them by hand, the prior so that pairs F1 is
best after grouping, and a few (`deed_of_story`, `same_story`, `deed_differs`, `actor_differs`, `place_differs`) nearer to what the words
mean, chosen on the even topics and the offensive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import combinations, groupby

import numpy as np

from benchmarks.gold import KeptParser
from benchmarks.incident_stories import Stories, developed, ecb_articles
from benchmarks.incidents import gold, gold_of, offensive_readings
from dateline.incidents import Merger, Told, corpus
from dateline.incidents.accounts import account_of
from dateline.incidents.rules import Points, Rules, load_rules
from dateline.incidents.signs import bar, signs
from dateline.reader import Reader

HELD = 2.0  # how firmly the points of the file are held
OFFENSIVE = 3.0  # what a pair of the offensive counts
RARE = 8  # a sign seen less often keeps its points
STEPS, RATE = 1500, 0.02


@dataclass(frozen=True, slots=True)
class Pair:
    """The signs that two accounts show, how far each holds (1 = wholly), whether they are one act, and what it counts."""

    signs: Mapping[str, float]
    one: bool
    source: tuple[str, str, str]


def pairs(
    tolds: Sequence[Told], chain: Mapping[str, str], topic: Mapping[str, str], name: str, rules: Rules
) -> Iterator[Pair]:
    """Pairs of accounts whose chain is known: events of one article, and accounts of two that share a key."""
    whole = replace(rules, points=Points(**{f.name: 100 for f in fields(Points)}))
    merger = Merger(rules)
    for _, group in groupby(tolds, key=lambda told: told.article):
        article = list(group)
        merger.take(article)
        singles = [account_of([told], rules) for told in article if told.id in chain]
        for a, b in combinations(singles, 2):
            if a.family == b.family and bar(a, b, rules) is None:
                shares = {part.sign: part.points / 100 for part in signs(a, b, whole)}
                yield Pair(shares, chain[a.id] == chain[b.id], (name, "within", topic[a.id]))
    of = {
        account.id: Counter(chain[t.id] for t in account.tolds if t.id in chain).most_common(1)
        for account in merger.accounts.values()
    }
    for one, others in merger.alike.items():
        for two in others:
            if one < two and of[one] and of[two]:
                a, b = merger.accounts[one], merger.accounts[two]
                shares = {part.sign: part.points / 100 for part in signs(a, b, whole)}
                about = next(topic[t.id] for t in a.tolds if t.id in chain)
                yield Pair(shares, of[one][0][0] == of[two][0][0], (name, "across", about))


def fitted(found: Sequence[Pair], held: Points) -> dict[str, int]:
    """The points that tell these pairs apart best, near to those that are held; topics with more pairs count more, but not by as much."""
    names = [f.name for f in fields(Points)]
    x = np.array([[pair.signs.get(name, 0.0) for name in names] for pair in found])
    y = np.array([pair.one for pair in found], dtype=np.float64)
    many = Counter(pair.source for pair in found)
    count = np.array([(OFFENSIVE if p.source[0] == "offensive" else 1.0) / many[p.source] ** 0.5 for p in found])
    count *= 2000 / count.sum()
    start = np.array([getattr(held, name) / 100 for name in names])
    least, most = np.minimum(0.25 * start, 3 * start), np.maximum(0.25 * start, 3 * start)
    least[names.index("prior")], most[names.index("prior")] = -6.0, -2.0
    seldom = (x != 0).sum(axis=0) < RARE
    points, mean, spread = start.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-np.clip(x @ points, -30, 30)))
        gradient = x.T @ (count * (chance - y)) + HELD * (points - start)
        gradient[seldom] = 0
        mean, spread = 0.9 * mean + 0.1 * gradient, 0.99 * spread + 0.01 * gradient**2
        points -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
        points = np.clip(points, least, most)
    return {name: round(100 * value) for name, value in zip(names, points.tolist(), strict=True)}


def main() -> None:
    """Fit and print."""
    rules, reader, stories = load_rules(), Reader(parser=KeptParser()), Stories()
    for topic, article, mentions in ecb_articles():
        if developed(topic):
            stories.read(reader, topic, article, mentions)
    every = [told for tolds in stories.tolds.values() for told in tolds]
    found = list(pairs(every, stories.chain, stories.topic, "ecb", rules))
    told = corpus(offensive_readings(), gold("incidents.json")["reprints"]).tolds
    wanted, _, _ = gold_of(told)
    found += pairs(told, wanted, dict.fromkeys(wanted, "offensive"), "offensive", rules)
    print(f"{len(found)} pairs, {sum(pair.one for pair in found)} of one act")
    for name, points in fitted(found, rules.points).items():
        print(f"{name} = {points}  # held: {getattr(rules.points, name)}")


if __name__ == "__main__":
    main()
