"""Feeds called again and again: what they bring that is new, and what is remembered of each between two calls."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dateline.ledger.store import transaction
from dateline.sources.decoding import Unreadable
from dateline.sources.feeds import read_feed
from dateline.sources.found import Outcome
from dateline.sources.opening import unpacked, whole
from dateline.sources.urls import canonical
from dateline.sources.web import Unavailable, Web

SHORTEST = 60.0  # seconds between two calls of a feed
LONGEST = 24 * 3600.0
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(written: str) -> float:
    """The seconds of `90s`, `15m`, `2h`, `1d`.

    Raises:
        ValueError: it is not written so, or it is less than a minute.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", written.strip())
    if match is None:
        raise ValueError(f"{written!r} is no time such as 90s, 15m, 2h or 1d")
    found = float(match[1]) * UNITS[match[2]]
    if found < SHORTEST:
        raise ValueError("feeds are not called more often than once a minute")
    return found


@dataclass
class Watch:
    """Some feeds, called every `interval` seconds; one that fails is called half as often each time, up to once a day.

    `missed` are those whose last call failed.
    """

    feeds: Sequence[str]
    interval: float
    web: Web
    missed: set[str] = field(default_factory=set)

    def outcomes(self, db: sqlite3.Connection, once: bool, tell: Callable[[str], None]) -> Iterator[Outcome]:
        """What the feeds bring; with `once` only what they bring now."""
        while True:
            for url in self.feeds:
                if _due(db, url):
                    yield from self._called(db, url, tell)
            if once:
                return
            time.sleep(max(1.0, min(_remaining(db, url) for url in self.feeds)))

    def _called(self, db: sqlite3.Connection, url: str, tell: Callable[[str], None]) -> Iterator[Outcome]:
        row = db.execute("SELECT etag, modified FROM feed WHERE url = ?", (url,)).fetchone()
        etag, modified = (row["etag"], row["modified"]) if row else (None, None)
        try:
            with self.web.get(url, etag, modified) as answer:
                if answer.unchanged:
                    self._note(db, url, etag, modified)
                    return
                data, address = whole(unpacked(answer.body)), answer.url
            title, _ = read_feed(data, url)
            yield from self.web.entries(data, url, address, lambda link: _known(db, link))
            self._note(db, url, answer.etag, answer.modified, title)
        except Unreadable as error:
            tell(f"{url}: {error}")
            self._missed(db, url, str(error), error.wait if isinstance(error, Unavailable) else None)

    def _note(
        self, db: sqlite3.Connection, url: str, etag: str | None, modified: str | None, title: str | None = None
    ) -> None:
        self.missed.discard(url)
        # Not all at the same second: many feeds stand on one server.
        due = _moment(self.interval * random.uniform(1.0, 1.1))
        with transaction(db):
            db.execute(
                "INSERT INTO feed (url, title, etag, modified, checked, due) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET "
                "title = coalesce(excluded.title, title), etag = excluded.etag, modified = excluded.modified, checked = excluded.checked, "
                "due = excluded.due, misses = 0, error = NULL",
                (url, title, etag, modified, _moment(0), due),
            )

    def _missed(self, db: sqlite3.Connection, url: str, error: str, wait: float | None) -> None:
        self.missed.add(url)
        row = db.execute("SELECT misses FROM feed WHERE url = ?", (url,)).fetchone()
        misses = (row["misses"] if row else 0) + 1
        pause = max(min(self.interval * 2**misses, LONGEST), min(wait or 0.0, LONGEST))
        with transaction(db):
            db.execute(
                "INSERT INTO feed (url, checked, due, misses, error) VALUES (?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET "
                "checked = excluded.checked, due = excluded.due, misses = excluded.misses, error = excluded.error",
                (url, _moment(0), _moment(pause), misses, error),
            )


def _known(db: sqlite3.Connection, link: str) -> bool:
    """Whether the page at a URL was taken in: it is not fetched again each time that the feed still names it."""
    address = canonical(link)
    seen = db.execute(
        "SELECT 1 FROM sighting WHERE url IN (?, ?) OR source IN (?, ?)", (address, link, address, link)
    ).fetchone()
    failed = db.execute("SELECT 1 FROM failure WHERE source IN (?, ?) AND kind = 'set aside'", (address, link)).fetchone()
    return bool(seen or failed)


def _due(db: sqlite3.Connection, url: str) -> bool:
    return _remaining(db, url) <= 0


def _remaining(db: sqlite3.Connection, url: str) -> float:
    row = db.execute("SELECT due FROM feed WHERE url = ?", (url,)).fetchone()
    if row is None or row["due"] is None:
        return 0.0
    due = datetime.fromisoformat(row["due"])
    return (due - datetime.now(UTC)).total_seconds()


def _moment(later: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=later)).strftime("%Y-%m-%dT%H:%M:%SZ")
