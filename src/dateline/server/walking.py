"""Lists page by page, in an order that holds while others write: a page begins after the last row of the one before (keyset paging).

What has no value in the column sorted by comes last, by id. The cursor is opaque; it holds that last row's value and id, and a
digest of the question, so that it cannot be taken to another one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.ledger.filters import FilterError
from dateline.ledger.queries import Query

Value = str | int | float | None
LARGEST = 2**62  # well within what SQLite can hold


@dataclass(frozen=True, slots=True)
class Walk:
    """Rows to walk through: `column` sorts them, downwards where `down`, `id` settles ties and is unique. Both are SQL.

    `source` and `where` hold `values`, in their order. `label` tells questions apart whose cursors must not be mixed. `counting` counts
    the rows, where there is a quicker way than going through them; `question` is what was asked, where SQL may put it in several ways.
    `always`: the column has a value in every row. Then no row without one is asked for, which SQLite refuses where a named index has
    conditions ("no query solution").
    """

    source: str
    where: str
    values: tuple[object, ...]
    column: str
    id: str
    down: bool
    label: str
    counting: Query | None = None
    question: str = ""
    always: bool = False

    def page(self, db: sqlite3.Connection, limit: int, cursor: str | None) -> tuple[list[Value], str | None]:
        """Ids of the rows after the cursor, and the cursor for those that follow; None where there are none.

        Raises:
            FilterError: the cursor is none of this question.
        """
        after = None if cursor is None else self._read(cursor)
        rows: list[tuple[Value, Value]] = []
        if after is None or after[0] is not None:
            rows += self._some(db, f"{self.column} IS NOT NULL", after, limit + 1)
            after = None
        if len(rows) <= limit and not self.always:
            rows += self._some(db, f"{self.column} IS NULL", after, limit + 1 - len(rows))
        more = len(rows) > limit
        rows = rows[:limit]
        return [id for _, id in rows], self._write(*rows[-1]) if more else None

    def total(self, db: sqlite3.Connection) -> int:
        """How many there are in all."""
        counting = self.counting or Query(f"SELECT count(*) FROM {self.source} WHERE {self.where}", self.values)
        return int(counting.run(db).fetchone()[0])

    def _some(
        self, db: sqlite3.Connection, which: str, after: tuple[Value, Value] | None, limit: int
    ) -> Sequence[tuple[Value, Value]]:
        checks, values = [self.where, which], [*self.values]
        if after is not None and after[0] is not None:
            on, beyond = ("<=", "<") if self.down else (">=", ">")
            checks.append(f"{self.column} {on} ? AND ({self.column} {beyond} ? OR {self.id} > ?)")
            values += [after[0], after[0], after[1]]
        elif after is not None:
            checks.append(f"{self.id} > ?")
            values.append(after[1])
        order = self.id if which.endswith("IS NULL") else f"{self.column} {'DESC' if self.down else 'ASC'}, {self.id}"
        sql = f"SELECT {self.column}, {self.id} FROM {self.source} WHERE {' AND '.join(checks)} ORDER BY {order} LIMIT ?"
        return [(row[0], row[1]) for row in Query(sql, (*values, limit)).run(db)]

    @property
    def digest(self) -> str:
        """What tells this question from others."""
        asked = [self.question] if self.question else [self.where, self.values]
        told = json.dumps([self.label, self.column, self.down, *asked], default=str)
        return hashlib.sha256(told.encode()).hexdigest()[:8]

    def _write(self, value: Value, id: Value) -> str:
        told = json.dumps([self.digest, value, id], separators=(",", ":"))
        return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")

    def _read(self, cursor: str) -> tuple[Value, Value]:
        wrong = FilterError("cursor", "it goes with another question: ask for the first page again")
        try:
            told = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        except ValueError as error:
            raise wrong from error
        if not isinstance(told, list) or len(told) != 3 or told[0] != self.digest:
            raise wrong
        _, value, id = told
        if not isinstance(value, str | float | None | int) or not isinstance(id, str | int):
            raise wrong
        if any(isinstance(part, int) and abs(part) > LARGEST for part in (value, id)):
            raise wrong
        return value, id
