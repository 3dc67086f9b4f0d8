"""Outcomes of sources -> the ledger: recognise what is known, have the rest read, write each in a transaction of its own.

Everything is written in the order of the sources, so that a run that was killed and started again ends as one that was not.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol

from dateline.ledger.ids import article_id, hashed
from dateline.ledger.runs import Run
from dateline.ledger.store import transaction
from dateline.ledger.upkeep import is_article
from dateline.ledger.workers import Job, Read
from dateline.ledger.writing import Sighting, replace_reading, see, sighting_id, with_id, write_article
from dateline.model import Article
from dateline.sources.found import Failure, Found, Outcome
from dateline.sources.screening import screened
from dateline.sources.urls import canonical, outlet_of

COUNTED_AT_ONCE = 500  # known articles whose counts are written together

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Counts:
    """How a run goes, by the columns of the table `run`."""

    seen: int = 0
    added: int = 0
    versions: int = 0
    known: int = 0
    reread: int = 0
    set_aside: int = 0
    failed: int = 0
    events: int = 0
    statements: int = 0


class Readers[T](Protocol):
    """What reads the articles of jobs, in order: `workers.Here` or `workers.Several`."""

    def in_order(self, jobs: Iterator[Job[T, Article]]) -> Iterator[tuple[T, Read | str | None]]:
        """What each job carries, with its reading; a text instead says why there is none, None that there was nothing to read."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """An outcome on its way into the ledger: a failure, or an article under its id with where it stood."""

    failure: Failure | None = None
    article: Article | None = None
    sighting: Sighting | None = None


Progress = Callable[[Counts], None]


def take_in(
    db: sqlite3.Connection,
    run: Run,
    outcomes: Iterable[Outcome],
    readers: Readers[Taken],
    progress: Progress,
    screen: bool = True,
) -> Counts:
    """Take articles in; the counts of the run are written along with them.

    Args:
        db: the ledger.
        run: the run that this is.
        outcomes: what the sources give, in order.
        readers: what reads.
        progress: told the counts after every outcome.
        screen: set aside what is no article in English.

    Raises:
        sqlite3.Error: the ledger cannot be written; what was committed stays.
    """
    counts = Counts()
    unwritten = 0
    try:
        for taken, result in readers.in_order(_jobs(db, outcomes, screen)):
            counts.seen += 1
            unwritten += 1
            if _take(db, run, taken, result, counts) or unwritten >= COUNTED_AT_ONCE:
                unwritten = 0
                _save(db, run, counts)
            progress(counts)
            _tell(taken, result)
    finally:
        if unwritten:
            _save(db, run, counts)
    return counts


def _tell(taken: Taken, result: Read | str | None) -> None:
    """Log what became of one outcome."""
    if taken.failure is not None:
        log.info("%s: %s", taken.failure.source, taken.failure.reason, extra={"data": {"source": taken.failure.source}})
    elif taken.article is not None:
        data: dict[str, object] = {"article": taken.article.id, "source": taken.sighting.source if taken.sighting else None}
        if isinstance(result, Read):
            data["events"] = len(result.reading.events)
        what = f"{data['events']} events" if "events" in data else result or "known"
        log.info("took in %s: %s", taken.article.id, what, extra={"data": data})


def _take(db: sqlite3.Connection, run: Run, taken: Taken, result: Read | str | None, counts: Counts) -> bool:
    """Write what became of one outcome; whether there was anything to write."""
    if taken.failure is not None:
        with transaction(db):
            note_failure(db, run, taken.failure, counts, taken.article, taken.sighting)
        return True
    assert taken.article is not None
    assert taken.sighting is not None
    if _nothing_new(db, taken.article.id, taken.sighting):
        counts.known += 1
        return False
    with transaction(db):
        _write(db, run, taken.article, taken.sighting, result, counts)
    return True


def reread(db: sqlite3.Connection, run: Run, ids: Iterable[str], readers: Readers[Taken], progress: Progress) -> Counts:
    """Read articles of the ledger anew and replace their readings, each in a transaction of its own.

    Where the reader fails the old reading stays, and the failure is noted.
    """
    counts = Counts()
    jobs = (Job(Taken(article=article), article) for article in (stored_article(db, id) for id in ids))
    for taken, result in readers.in_order(jobs):
        assert taken.article is not None
        counts.seen += 1
        with transaction(db):
            if isinstance(result, Read):
                replace_reading(db, result.reading, run.id, run.reader)
                counts.reread += 1
                counts.events += len(result.reading.events)
                counts.statements += len(result.reading.statements)
                _resolve(db, run, taken.article.id)
            else:
                note_failure(db, run, Failure(taken.article.id, str(result)), counts)
            _save(db, run, counts)
        progress(counts)
    return counts


def counted(db: sqlite3.Connection | None, outcomes: Iterable[Outcome], told: Callable[[Failure], None]) -> Counts:
    """What taking in would do, without reading or writing anything (`--dry-run`); `told` hears of each failure."""
    counts = Counts()
    met: set[str] = set()
    for outcome in outcomes:
        counts.seen += 1
        taken = _taken(outcome, True)
        if taken.failure is not None:
            told(taken.failure)
            if taken.failure.kind == "failed":
                counts.failed += 1
            else:
                counts.set_aside += 1
        elif taken.article is not None:
            if taken.article.id in met or (db is not None and is_article(db, taken.article.id)):
                counts.known += 1
            else:
                counts.added += 1
                met.add(taken.article.id)
    return counts


def stored_article(db: sqlite3.Connection, id: str) -> Article:
    """An article as it stands in the ledger."""
    row = db.execute(
        "SELECT a.id, a.title, a.published, a.url, a.outlet, t.text FROM article a JOIN article_text t ON t.n = a.n WHERE a.id = ?",
        (id,),
    ).fetchone()
    day = date.fromisoformat(row["published"]) if row["published"] else None
    return Article(row["id"], row["text"], row["title"], day, row["url"], row["outlet"])


def note_failure(
    db: sqlite3.Connection,
    run: Run,
    failure: Failure,
    counts: Counts,
    article: Article | None = None,
    sighting: Sighting | None = None,
) -> None:
    """Put a failure into the ledger, with its article where there is one; a failure that is there already stays as it is."""
    if failure.kind == "failed":
        counts.failed += 1
    else:
        counts.set_aside += 1
    db.execute(
        "INSERT INTO failure (id, run_id, kind, source, reason, article) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET resolved_run = NULL WHERE resolved_run IS NOT NULL",
        (
            hashed("f", failure.source, failure.kind, failure.reason), run.id, failure.kind, failure.source, failure.reason,
            as_text(article, sighting) if article is not None else None,
        ),
    )  # fmt: skip


def as_text(article: Article, sighting: Sighting | None = None) -> str:
    """An article as the JSON that sources read, with all that was known of it where it stood."""
    seen = sighting or Sighting("", name=article.id)
    return json.dumps(
        {
            "id": seen.name, "title": article.title, "published": article.published.isoformat() if article.published else None,
            "url": article.url, "publisher": article.publisher, "author": seen.author, "retrieved": seen.retrieved, "text": article.text,
        },
        ensure_ascii=False,
    )  # fmt: skip


def _jobs(db: sqlite3.Connection, outcomes: Iterable[Outcome], screen: bool) -> Iterator[Job[Taken, Article]]:
    for outcome in outcomes:
        taken = _taken(outcome, screen)
        if taken.failure is not None or taken.article is None or is_article(db, taken.article.id):
            yield Job(taken)
        else:
            yield Job(taken, taken.article)


def _taken(outcome: Outcome, screen: bool) -> Taken:
    if isinstance(outcome, Failure):
        return Taken(failure=outcome)
    article = outcome.article
    if screen and (reason := screened(article)):
        return Taken(Failure(outcome.source, reason, "set aside"), article, _sighting(outcome))
    return Taken(None, with_id(article, article_id(article)), _sighting(outcome))


def _sighting(found: Found) -> Sighting:
    article = found.article
    return Sighting(
        source=found.source,
        url=canonical(article.url),
        outlet=article.publisher or outlet_of(article.url),
        author=found.author,
        retrieved=found.retrieved,
        name=article.id,
    )


def _write(
    db: sqlite3.Connection, run: Run, article: Article, sighting: Sighting, result: Read | str | None, counts: Counts
) -> None:
    if isinstance(result, Read):
        written = write_article(db, result.reading, sighting, result.signature, run.id, run.reader)
        counts.added += written.new
        counts.known += not written.new
        counts.versions += written.version and written.new
        counts.events += written.events
        counts.statements += written.statements
    elif result is None:
        see(db, article.id, sighting, run.id)
        counts.known += 1
    else:
        note_failure(db, run, Failure(sighting.source, result), counts, article, sighting)
        return
    _resolve(db, run, sighting.source)


def _resolve(db: sqlite3.Connection, run: Run, source: str) -> None:
    """Note that what had failed at a source has gone well."""
    db.execute("UPDATE failure SET resolved_run = ? WHERE source = ? AND resolved_run IS NULL", (run.id, source))


def _nothing_new(db: sqlite3.Connection, id: str, sighting: Sighting) -> bool:
    found = sighting_id(id, sighting)
    if not db.execute("SELECT 1 FROM sighting WHERE id = ?", (found,)).fetchone():
        return False
    return not db.execute("SELECT 1 FROM failure WHERE source = ? AND resolved_run IS NULL", (sighting.source,)).fetchone()


def _save(db: sqlite3.Connection, run: Run, counts: Counts) -> None:
    names = [field.name for field in fields(counts)]
    db.execute(
        f"UPDATE run SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
        (*(getattr(counts, name) for name in names), run.id),
    )
