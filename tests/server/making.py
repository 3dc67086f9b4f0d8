"""Served ledgers for tests."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dateline.incidents.store import update
from dateline.ledger.store import connect, transaction
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, write_article
from dateline.model import Reading


def make(path: Path, readings: list[Reading]) -> Path:
    """A ledger of these readings, its incidents merged."""
    with closing(connect(path, create=True)) as db:
        db.execute("PRAGMA synchronous = OFF")
        with transaction(db):
            db.execute("INSERT INTO reader VALUES ('r1', '0.1', 'code', 'lexicon', 'model', 'gazetteer')")
            db.execute(
                "INSERT INTO run (command, source, reader_id, started, finished, outcome, host, pid) "
                "VALUES ('add', 'articles', 'r1', '2031-03-17T08:00:00Z', '2031-03-17T08:01:00Z', 'done', 'host', 1)"
            )
            db.execute(
                "INSERT INTO failure VALUES ('f0123456789abcdef', 1, 'set aside', 'a.html', 'a cookie notice', NULL, NULL)"
            )
        for reading in readings:
            add(path, reading)
        update(db)
    return path


def add(path: Path, reading: Reading) -> None:
    """Put one article with its reading into a ledger, as `dateline add` does."""
    article = reading.article
    with closing(connect(path)) as db, transaction(db):
        db.execute("PRAGMA foreign_keys = ON")
        write_article(db, reading, Sighting("articles", article.url, article.publisher), signature(article.text), 1, "r1")
