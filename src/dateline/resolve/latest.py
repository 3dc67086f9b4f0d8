"""The figures of an article in the order in which each was named last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from dateline.resolve.actor_cast import Figure

type Turns = dict[Figure, int]
"""Figures, that named last at the end, each with a number that counts upwards."""


class Latest:
    """Who was named when.

    A long article names few figures thousands of times, but speaks of ever new people without a name ("a doctor"): these are kept by
    what they are called, so that looking back for anybody else does not walk past them all.
    """

    def __init__(self) -> None:
        self._turn = 0
        self._known: Turns = {}
        self._nameless: defaultdict[str, Turns] = defaultdict(dict)
        """By the last word of each role; under "" all of them."""

    def note(self, figure: Figure) -> None:
        """Remember that a figure was named."""
        self._turn += 1
        nameless = figure.sort == "person" and not figure.named
        if figure in (self._known if nameless else self._nameless[""]):
            for turns in (self._known, *self._nameless.values()):
                turns.pop(figure, None)
        for turns in [self._nameless[noun] for noun in ("", *figure.nouns)] if nameless else [self._known]:
            turns.pop(figure, None)
            turns[figure] = self._turn

    def back(self, called: str | None) -> Iterator[Figure]:
        """Figures, that named last first.

        Args:
            called: people without a name only where they were called by a role that ends in the same word; "" for all of them, None
                for none.
        """
        nameless = {} if called is None else self._nameless.get(called.rsplit(" ", 1)[-1], {})
        if not nameless:
            return reversed(self._known)
        both = merge(reversed(self._known.items()), reversed(nameless.items()), key=itemgetter(1), reverse=True)
        return (figure for figure, _ in both)
