"""Which of many stretches of a text hold a place in it, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Fact

CELL = 1024
"""Characters of text to a cell; a stretch is noted in each cell that it touches."""


class Holding[F: Fact]:
    """Facts by the places that they cover."""

    def __init__(self, facts: Iterable[F]) -> None:
        """Note the facts; those that cover one place come back in the order given here."""
        self._cells: dict[int, list[F]] = {}
        for fact in facts:
            for cell in range(fact.start // CELL, (fact.end - 1) // CELL + 1):
                self._cells.setdefault(cell, []).append(fact)

    def at(self, offset: int) -> list[F]:
        """The facts that cover the character at an offset."""
        return [fact for fact in self._cells.get(offset // CELL, ()) if fact.start <= offset < fact.end]
