"""One article with its whole reading -> rows. Every function here is called inside a transaction of the caller's."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import zstandard

from dateline.ledger.corrections import carry_over
from dateline.ledger.ids import event_ids, hashed, statement_ids
from dateline.ledger.records import JOINED
from dateline.ledger.versions import renumber
from dateline.ledger.voices import join_voice
from dateline.model import Actor, Article, Days, Event, Evidence, Reading, Statement
from dateline.output.contract import as_json


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where an article stood: `source` is where it was taken from (a path, a URL), `name` the id that it has there."""

    source: str
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    retrieved: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of an article: whether it was new, and whether it is a changed form of one that was there."""

    new: bool
    version: bool
    events: int
    statements: int


def write_article(
    db: sqlite3.Connection, reading: Reading, sighting: Sighting, signature: bytes, run: int, reader: str
) -> Written:
    """Put an article that was just read into the ledger, with its reading and where it stood.

    Where the same article is there already (another process was quicker) only the sighting is added.

    Args:
        db: the ledger, in a transaction.
        reading: the reading; its article bears the ledger's id.
        sighting: where the article stood.
        signature: the MinHash of its text (`voices.signature`).
        run: the run that writes.
        reader: the id of the reader that read it (`provenance`).
    """
    article = reading.article
    if db.execute("SELECT 1 FROM article WHERE id = ?", (article.id,)).fetchone():
        return Written(False, see(db, article.id, sighting, run), 0, 0)
    cursor = db.execute(
        "INSERT INTO article (id, title, published, words, voice, added_run, read_run, reader_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, article.title, _day(article.published), len(article.text.split()), article.id, run, run, reader),
    )
    n = cursor.lastrowid
    assert n is not None
    db.execute("INSERT INTO article_text (n, title, text) VALUES (?, ?, ?)", (n, article.title, article.text))
    _write_reading(db, n, reading, run, reader)
    carry_over(db, article.id)  # corrections that were taken in before their article
    version = see(db, article.id, sighting, run)
    join_voice(db, n, article.id, article.published, signature)
    return Written(True, version, len(reading.events), len(reading.statements))


def replace_reading(db: sqlite3.Connection, reading: Reading, run: int, reader: str) -> None:
    """Put a new reading in the place of the one that an article has; what people corrected is applied to it again."""
    article = reading.article.id
    (n,) = db.execute("SELECT n FROM article WHERE id = ?", (article,)).fetchone()
    for table in ("event", "statement", "place", "time", "mention"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ?", (article,))
    db.execute("DELETE FROM reading WHERE n = ?", (n,))
    db.execute("UPDATE article SET read_run = ?, reader_id = ? WHERE n = ?", (run, reader, n))
    _write_reading(db, n, reading, run, reader)
    for table in ("event", "statement"):
        db.execute(
            f"UPDATE {table} SET current = 0 WHERE article_id = ? AND (SELECT current FROM article WHERE n = ?) = 0",
            (article, n),
        )
    carry_over(db, article)


def see(db: sqlite3.Connection, article: str, sighting: Sighting, run: int) -> bool:
    """Note where an article of the ledger stood; whether it is there a changed form of another one. Known sightings change nothing."""
    done = db.execute(
        "INSERT INTO sighting (id, article_id, url, outlet, author, retrieved, name, source, run_id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            sighting_id(article, sighting), article, sighting.url, sighting.outlet, sighting.author, sighting.retrieved,
            sighting.name, sighting.source, run,
        ),
    )  # fmt: skip
    if not done.rowcount:
        return False
    db.execute(
        "UPDATE article SET (url, outlet, author) = (SELECT url, outlet, author FROM sighting WHERE article_id = article.id "
        "ORDER BY url IS NULL, url, outlet IS NULL, outlet, author, id LIMIT 1) WHERE id = ?",
        (article,),
    )
    return renumber(db, sighting.url) if sighting.url else False


def sighting_id(article: str, sighting: Sighting) -> str:
    """The id of a sighting: of the article, and of where and under whose name it stood."""
    return hashed("g", article, sighting.url, sighting.outlet, sighting.author)


def _write_reading(db: sqlite3.Connection, n: int, reading: Reading, run: int, reader: str) -> None:
    article, publication = reading.article.id, reading.publication
    db.execute(
        "UPDATE article SET (day, day_basis, day_earliest, day_latest) = (?, ?, ?, ?) WHERE n = ?",
        (_day(publication.day), publication.basis, _day(publication.earliest), _day(publication.latest), n),
    )
    whole = json.dumps(as_json(reading), ensure_ascii=False, sort_keys=True).encode()
    db.execute("INSERT INTO reading (n, json) VALUES (?, ?)", (n, zstandard.ZstdCompressor(level=3).compress(whole)))
    db.execute(
        "INSERT OR REPLACE INTO reading_history VALUES (?, ?, ?, ?, ?, ?)",
        (article, run, reader, hashlib.sha256(whole).hexdigest(), len(reading.events), len(reading.statements)),
    )
    for id, event in zip(event_ids(article, reading.events), reading.events, strict=True):
        _write_event(db, article, id, event)
    _insert(
        db, "statement",
        (
            _statement(article, id, statement)
            for id, statement in zip(statement_ids(article, reading.statements), reading.statements, strict=True)
        ),
    )  # fmt: skip
    _write_mentions(db, article, reading)


def _write_event(db: sqlite3.Connection, article: str, id: str, event: Event) -> None:
    where, control = event.where, event.control
    row: dict[str, object] = {
        "id": id, "article_id": article, "start": event.start, "end": event.end, "trigger": event.trigger, "type": event.type,
        "mode": event.mode, "status": event.status, **_days(event.when), "said_by": JOINED.join(event.said_by) or None,
        "deadline": _day(event.deadline), "confidence": event.confidence, "sense": event.sense,
    }  # fmt: skip
    if where is not None:
        row |= {
            "place": where.name, "country": where.country, "lat": where.lat, "lon": where.lon, "radius_km": where.radius_km,
            "gazetteer_id": where.gazetteer_id,
        }  # fmt: skip
    if control is not None:
        row |= {
            "control_gained_by": control.gained_by, "control_lost_by": control.lost_by, "control_place": control.place,
            "control_unit": control.unit, "control_count": control.count,
        }  # fmt: skip
    _insert(db, "event", [row])
    _insert(db, "event_actor", _roles(id, event))
    _insert(db, "event_source", ({"event_id": id, "n": n, "name": name} for n, name in enumerate(event.said_by, 1)))
    _insert(
        db, "event_quantity",
        (
            {
                "event_id": id, "n": n, "what": found.what, "low": found.low, "high": found.high, "approximate": int(found.approximate),
                "start": found.start, "end": found.end, "rule": found.rule,
            }
            for n, found in enumerate(event.quantities, 1)
        ),
    )  # fmt: skip
    _insert(
        db, "evidence",
        (
            {
                "event_id": id, "n": n, "field": found.field, "value": found.value, "why": found.why, "start": found.start,
                "end": found.end, "lost": "\n".join(found.lost) or None,
            }
            for n, found in enumerate(event.evidence, 1)
        ),
    )  # fmt: skip


def _roles(id: str, event: Event) -> Iterator[dict[str, object]]:
    for role, actors in (("actor", event.actors), ("recipient", event.recipients)):
        told = [evidence for evidence in event.evidence if evidence.field == f"{role}s"]
        for n, actor in enumerate(actors, 1):
            words = _words_of(actor, told)
            yield {
                "event_id": id, "role": role, "n": n, "name": actor.name, "country": actor.country, "sector": actor.sector,
                "start": words.start if words else None, "end": words.end if words else None,
            }  # fmt: skip


def _words_of(actor: Actor, told: Iterable[Evidence]) -> Evidence | None:
    return next((evidence for evidence in told if evidence.value == actor.name), None)


def _statement(article: str, id: str, found: Statement) -> dict[str, object]:
    return {
        "id": id, "article_id": article, "start": found.start, "end": found.end, "speaker": found.speaker.name,
        "speaker_country": found.speaker.country, "speaker_sector": found.speaker.sector, "direct": int(found.direct),
        "verb": found.verb, "stance": found.stance, **_days(found.when),
        "chain": JOINED.join(actor.name for actor in found.chain or (found.speaker,)), "cue_start": found.cue_start,
        "cue_end": found.cue_end, "speaker_start": found.speaker_start, "speaker_end": found.speaker_end, "rule": found.rule,
    }  # fmt: skip


def _write_mentions(db: sqlite3.Connection, article: str, reading: Reading) -> None:
    _insert(
        db, "place",
        (
            {
                "article_id": article, "n": n, "start": found.start, "end": found.end, "name": found.location.name,
                "country": found.location.country, "lat": found.location.lat, "lon": found.location.lon,
                "radius_km": found.location.radius_km, "gazetteer_id": found.location.gazetteer_id, "rule": found.rule,
            }
            for n, found in enumerate(reading.places, 1)
        ),
    )  # fmt: skip
    _insert(
        db, "time",
        (
            {
                "article_id": article, "n": n, "start": found.start, "end": found.end, "text": found.text, **_days(found.days),
                "grain": found.grain, "kind": found.kind, "direction": found.direction, "rule": found.rule,
            }
            for n, found in enumerate(reading.times, 1)
        ),
    )  # fmt: skip
    _insert(
        db, "mention",
        (
            {
                "article_id": article, "n": n, "start": found.start, "end": found.end, "name": found.actor.name,
                "country": found.actor.country, "sector": found.actor.sector, "kind": found.kind, "rule": found.rule,
            }
            for n, found in enumerate(reading.mentions, 1)
        ),
    )  # fmt: skip


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[dict[str, object]]) -> None:
    statement = ""
    for row in rows:
        if not statement:
            columns = ", ".join(f'"{name}"' for name in row)
            statement = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})"
        db.execute(statement, tuple(row.values()))


def _days(days: Days | None) -> dict[str, str | None]:
    return {"date_from": _day(days.first) if days else None, "date_to": _day(days.last) if days else None}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def with_id(article: Article, id: str) -> Article:
    """The article under the ledger's id."""
    return Article(id, article.text, article.title, article.published, article.url, article.publisher)
