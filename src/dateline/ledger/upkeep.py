"""Looking after a ledger: what failed and can be tried again, what was read by an older reader, whether all is well."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from dateline.ledger.store import LedgerError, connect
from dateline.sources.decoding import Unreadable
from dateline.sources.found import Failure, Outcome
from dateline.sources.records import as_found, parse_json
from dateline.sources.urls import URL

PLACE_IN_SOURCE = re.compile(r"(?::\d+|, (?:article|row|entry) \d+|: https?://\S+)$")
LITTLE_ROOM = 500_000_000  # bytes free


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: what, whether it is well, and what there is to say about it."""

    what: str
    well: bool
    detail: str


def failures(db: sqlite3.Connection, set_aside: bool) -> list[sqlite3.Row]:
    """The failures that stand, the oldest run first; with `set_aside` also what was in order but no article.

    `kept` says of each whether its article was kept, whose text is left out: there may be very many.
    """
    kinds = ("failed", "set aside") if set_aside else ("failed", "failed")
    return db.execute(
        "SELECT id, run_id, kind, source, reason, article IS NOT NULL AS kept FROM failure "
        "WHERE resolved_run IS NULL AND kind IN (?, ?) ORDER BY run_id, source",
        kinds,
    ).fetchall()


def stored_outcomes(db: sqlite3.Connection, rows: list[sqlite3.Row]) -> Iterator[Outcome]:
    """The articles that were kept with their failures, one in memory at a time."""
    for row in rows:
        if row["kept"]:
            (article,) = db.execute("SELECT article FROM failure WHERE id = ?", (row["id"],)).fetchone()
            try:
                yield as_found(parse_json(article), row["source"])
            except Unreadable as error:
                yield Failure(row["source"], str(error))


def sources_of(rows: list[sqlite3.Row]) -> tuple[list[str], dict[str, list[Failure]]]:
    """The files and URLs in which failures lie whose article was not kept, each once; and the sources that are gone, with theirs."""
    wanted: dict[str, None] = {}
    gone: dict[str, list[Failure]] = {}
    for row in rows:
        if not row["kept"]:
            source = row["source"]
            if not os.path.exists(source) and not URL.fullmatch(source):
                source = PLACE_IN_SOURCE.sub("", source)
            if os.path.exists(source) or URL.fullmatch(source):
                wanted[source] = None
            else:
                gone.setdefault(source, []).append(Failure(row["source"], row["reason"], row["kind"]))
    return list(wanted), gone


def is_article(db: sqlite3.Connection, id: str) -> bool:
    """Whether an article of this id is in the ledger."""
    return db.execute("SELECT 1 FROM article WHERE id = ?", (id,)).fetchone() is not None


def to_reread(path: Path, where: str | None, reader: str) -> list[str]:
    """The ids of the articles to read anew: those that another reader read, or those for which an SQL condition holds.

    The condition is over the columns of the view `articles`; it is evaluated on a connection that cannot write.

    Raises:
        LedgerError: the condition is wrong.
    """
    with closing(connect(path, read_only=True)) as db:
        if where is None:
            rows = db.execute("SELECT id FROM article WHERE reader_id <> ? ORDER BY n", (reader,)).fetchall()
        else:
            try:
                rows = db.execute(
                    f"SELECT id FROM article WHERE id IN (SELECT id FROM articles WHERE ({where})) ORDER BY n"
                ).fetchall()
            except sqlite3.Error as error:
                columns = ", ".join(row["name"] for row in db.execute("PRAGMA table_info(articles)"))
                raise LedgerError(f"the condition cannot be used ({error}); columns are: {columns}") from error
    return [row["id"] for row in rows]


def check(path: Path) -> Iterator[Finding]:
    """Whether a ledger is sound, and whether there is room for it to grow."""
    with closing(connect(path)) as db:
        (said,) = db.execute("PRAGMA integrity_check(1)").fetchone()
        yield Finding(
            "file", said == "ok", "sound" if said == "ok" else f"{said}; sqlite3 {path} .recover saves what can be saved"
        )
        broken = db.execute("PRAGMA foreign_key_check").fetchall()
        yield Finding("references", not broken, f"{len(broken)} rows point to nothing" if broken else "whole")
        for name, sql in SUMS.items():
            (wrong,) = db.execute(sql).fetchone()
            yield Finding(name, not wrong, f"{wrong:,} do not fit" if wrong else "fit")
        try:
            db.execute("INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)")
            yield Finding("full-text index", True, "fits the articles")
        except sqlite3.DatabaseError as error:
            yield Finding(
                "full-text index",
                False,
                f"{error}; rebuild it: INSERT INTO article_search(article_search) VALUES('rebuild')",
            )
        counts = {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("article", "event", "statement", "failure")
        }
        yield Finding("content", True, ", ".join(f"{count:,} {table}s" for table, count in counts.items()))
        killed = db.execute("SELECT count(*) FROM run WHERE finished IS NULL").fetchone()[0]
        yield Finding("runs", True, f"{killed} without an end (running or killed)" if killed else "all ended")
        readers = db.execute("SELECT count(DISTINCT reader_id) FROM article").fetchone()[0]
        yield Finding(
            "readers",
            True,
            f"articles were read by {readers} different ones; dateline reread makes it one" if readers > 1 else "one",
        )
    free = shutil.disk_usage(path.resolve().parent).free
    yield Finding("disk", free > LITTLE_ROOM, f"{free / 1e9:.1f} GB free, the ledger has {path.stat().st_size / 1e9:.3f} GB")


SUMS = {
    "events and places": (
        "SELECT (SELECT count(*) FROM event WHERE lat IS NOT NULL AND lon IS NOT NULL) <> (SELECT count(*) FROM event_place)"
    ),
    "articles and texts": "SELECT (SELECT count(*) FROM article) <> (SELECT count(*) FROM article_text)",
    "articles and readings": "SELECT (SELECT count(*) FROM article) <> (SELECT count(*) FROM reading)",
    "articles and sightings": "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM sighting s WHERE s.article_id = a.id)",
    "voices": "SELECT count(*) FROM article WHERE voice > id",
}
"""What must hold between tables, as queries for how many rows break it."""
