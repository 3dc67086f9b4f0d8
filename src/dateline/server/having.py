"""Incidents that have something to do with others: whom they name, which articles tell them.

What few have is looked up, and the incidents gathered; what many have is checked of one incident after the other, which ends where enough
are found. Both come to the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.ledger.conditions import numbers_of, search
from dateline.ledger.filters import FilterError, Who, filters
from dateline.ledger.queries import Query

FEW = 20_000
"""So many rows at the most are looked up (tens of milliseconds)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One way to have it: how to find its rows in the table by an index, and how to check one. Each holds the values once."""

    found: str
    check: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Having:
    """Incidents that have a row in `table` (AS t, with a column `incident`) in one of these ways."""

    table: str
    parts: tuple[Part, ...]

    def condition(self, db: sqlite3.Connection) -> tuple[str, tuple[object, ...]]:
        """The condition on `incident AS i`, and its values.

        Raises:
            FilterError: it is no search that the ledger understands.
        """
        if self._few(db):
            return f"i.number IN ({self._finding})", self._values
        return f"EXISTS (SELECT 1 FROM {self.table} AS t WHERE t.incident = i.number AND ({self._checking}))", self._values

    def counting(self, db: sqlite3.Connection) -> Query:
        """A query for how many incidents have it.

        Raises:
            FilterError: it is no search that the ledger understands.
        """
        few = self._few(db)
        found = self._finding if few else f"SELECT DISTINCT t.incident FROM {self.table} AS t WHERE {self._checking}"
        return Query(f"SELECT count(*) FROM (SELECT DISTINCT incident FROM ({found}))", self._values)

    @property
    def numbers(self) -> Query:
        """A query for the numbers of the incidents that have it, joined by commas, some of them repeatedly; None where none has.

        Where they need not be sorted or counted, looking them up is the quickest however many they are.
        """
        return Query(f"SELECT group_concat(incident) FROM ({self._finding})", self._values)

    def _few(self, db: sqlite3.Connection) -> bool:
        rows = Query(f"SELECT count(*) FROM (SELECT 1 FROM ({self._finding}) LIMIT ?)", (*self._values, FEW + 1)).run(db)
        return int(rows.fetchone()[0]) <= FEW

    @property
    def _finding(self) -> str:
        return " UNION ALL ".join(part.found for part in self.parts)

    @property
    def _checking(self) -> str:
        return " OR ".join(part.check for part in self.parts)

    @property
    def _values(self) -> tuple[object, ...]:
        return tuple(value for part in self.parts for value in part.values)


# The plus signs keep SQLite from looking up every name or article of the list for every incident: it looks up the incident, and compares.
def of_actors(written: Sequence[str]) -> Having:
    """Those that somebody takes part in, in whatever role, as any of those says who tell them.

    Raises:
        FilterError: a name makes no sense.
    """
    return Having("incident_party", tuple(_of_actor(_who(name)) for name in written))


def of_outlets(written: Sequence[str]) -> Having:
    """Those that one of these outlets tells, whatever its case."""
    articles = f"SELECT a.n FROM article AS a WHERE a.outlet COLLATE NOCASE IN ({', '.join('?' * len(written))})"
    found = articles.replace(
        "a.n FROM article AS a", "t.incident FROM article AS a CROSS JOIN incident_told AS t ON t.article = a.n"
    )
    return Having("incident_told", (Part(found, f"+t.article IN ({articles})", tuple(written)),))


def of_text(written: str) -> Having:
    """Those told by an article that has these words."""
    found = (
        "SELECT t.incident FROM article_search CROSS JOIN incident_told AS t ON t.article = article_search.rowid "
        "WHERE article_search MATCH ?"
    )
    check = "+t.article IN (SELECT rowid FROM article_search WHERE article_search MATCH ?)"
    return Having("incident_told", (Part(found, check, (search(written),)),))


def _who(written: str) -> Who:
    who = filters(actor=written).actor
    if who is None:
        raise FilterError("actor", "there is no name")
    return who


def _of_actor(who: Who) -> Part:
    if who.name is not None:
        names, values = numbers_of(who)
        found = f"SELECT t.incident FROM ({names}) AS w CROSS JOIN incident_party AS t ON t.name = w.n"
        return Part(found, f"+t.name IN ({names})", values)
    codes = {column: value for column, value in (("country", who.country), ("sector", who.sector)) if value}
    told = " AND ".join(f"t.{column} = ?" for column in codes)
    return Part(f"SELECT t.incident FROM incident_party AS t WHERE {told}", told.replace("t.", "+t."), tuple(codes.values()))
