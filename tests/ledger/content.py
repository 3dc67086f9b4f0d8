"""What a ledger holds, apart from when and in which run it came: equal for equal inputs, whatever happened on the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.ledger.intake import Counts, take_in
from dateline.ledger.runs import running
from dateline.ledger.store import connect
from dateline.ledger.workers import Here, Reads
from dateline.model import Article, Reading
from dateline.sources import Failure, Found

CONTENT = (
    "article", "article_text", "sighting", "reading", "event", "event_actor", "event_quantity", "event_source", "evidence", "statement",
    "place", "time", "mention", "failure", "signature", "band", "correction",
)  # fmt: skip
OF_THIS_FILE = {"n", "run_id", "added_run", "read_run", "resolved_run"}
ORDERED = {"event_actor", "event_quantity", "event_source", "evidence", "place", "time", "mention"}
"""Tables in which n is a place in an order, and belongs to the content."""


def content(path: Path) -> list[str]:
    """Every row of every table of content, as text, sorted; row numbers give way to the articles that they stand for."""
    db = connect(path)
    ids = dict(db.execute("SELECT n, id FROM article").fetchall())
    rows: list[str] = []
    for table in CONTENT:
        for row in db.execute(f"SELECT * FROM {table}"):
            names = [name for name in row.keys() if name not in OF_THIS_FILE or (name == "n" and table in ORDERED)]  # noqa: SIM118
            owner = ids[row["n"]] if table in ("article_text", "reading", "signature", "band") else ""
            rows.append(f"{table} {owner} {[(name, row[name]) for name in names]}")
    db.close()
    return sorted(rows)


def sound(path: Path) -> bool:
    """Whether the file is whole and nothing in it points to nothing."""
    db = connect(path)
    whole: bool = (
        db.execute("PRAGMA integrity_check").fetchone()[0] == "ok" and not db.execute("PRAGMA foreign_key_check").fetchall()
    )
    db.close()
    return whole


def taken_in(path: Path, outcomes: Iterable[Found | Failure], reader: Reads) -> Counts:
    """Take articles into a ledger in this process."""
    db = connect(path, create=True)
    try:
        with running(db, "add", "made", 1) as run:
            readers: Here = Here(lambda: reader)
            return take_in(db, run, outcomes, readers, lambda counts: None)
    finally:
        db.close()


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query, as tuples."""
    db = connect(path, read_only=True)
    found = [tuple(row) for row in db.execute(sql)]
    db.close()
    return found


class Kept:
    """Real readings, made once by a reader and given again: reading costs nothing the second time."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._kept: dict[str, Reading] = {}

    def read(self, article: Article) -> Reading:
        if article.id not in self._kept:
            self._kept[article.id] = self._reader.read(article)
        return self._kept[article.id]


TOWNS = "Talma Berok Ostra Vindel Karsa Melum Dorvan Ishta Pellin Quorra Sarnik Tevas Ulmen Wessin Yarrow".split()
DEEDS = ("seized", "shelled", "left", "raided", "attacked")
WHO = ("Rebels", "The army", "Gunmen", "Police")


def stories(number: int) -> Iterator[Found]:
    """So many different articles of one sentence, some with a URL and an outlet; every tenth is reprinted elsewhere to the letter."""
    for k in range(number):
        town, deed, who = TOWNS[k % 15], DEEDS[k // 15 % 5], WHO[k // 75 % 4]
        text = f"{who} {deed} {town}{' again' * (k // 300)}."
        url = f"https://tal.example/{k}" if k % 3 else None
        yield Found(Article(f"{k}", text, None, None, url, "Tal News" if url else None), f"made:{k}")
        if k % 10 == 0:
            yield Found(Article(f"{k}-again", text, None, None, f"https://other.example/{k}", "Other"), f"made:{k}b")


def execute(path: Path, sql: str, *values: object) -> None:
    """Write to a ledger as a person with a database tool would."""
    db: sqlite3.Connection = connect(path)
    db.execute(sql, values)
    db.close()
