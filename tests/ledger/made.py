"""Ledgers for tests: readings put together by hand, written as `dateline add` writes them, without the language model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from dateline.ledger.ids import article_id
from dateline.ledger.store import connect, transaction
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, with_id, write_article
from dateline.model import (
    Actor,
    Article,
    Control,
    Days,
    Event,
    EventType,
    Evidence,
    Location,
    Publication,
    Quantity,
    Reading,
    Statement,
    Status,
)

KABUL = Location("Kabul", "AFG", 34.52813, 69.17233, 21.0, "geonames:1138958")
HELMAND = Location("Helmand", "AFG", 31.494, 64.139, 120.0, "geonames:1140043")
SYRIA = Location("Syria", "SYR", 35.0, 38.0, 243.0, "iso:SYR")
TALMA = Location("Talma", "SOM")
ARMY = Actor("Afghan army", "AFG", "MIL")
REBELS = Actor("Northern Front", "AFG", "REB")


def event(
    text: str,
    trigger: str,
    type: EventType = "ASSAULT",
    mode: str | None = None,
    *,
    actors: Sequence[Actor] = (),
    recipients: Sequence[Actor] = (),
    when: tuple[str, str] | str | None = None,
    where: Location | None = None,
    status: Status = "actual",
    said_by: Sequence[str] = (),
    killed: tuple[float | None, float | None] | None = None,
    control: Control | None = None,
    confidence: float = 1.0,
) -> Event:
    """An event of this article's text, on the first place where the trigger stands."""
    start = text.index(trigger)
    days = (when, when) if isinstance(when, str) else when
    evidence = [Evidence(field="status", value=status, why="told so", start=start, end=start + len(trigger))]
    for role, parties in (("actors", actors), ("recipients", recipients)):
        for who in parties:
            at = text.find(who.name)
            evidence.append(
                Evidence(
                    field=role,
                    value=who.name,
                    why="the subject",
                    start=at,
                    end=at + len(who.name),
                    lost=("nobody: far off",),
                )
                if at >= 0
                else Evidence(field=role, value=who.name, why="named before")
            )
    return Event(
        start=start,
        end=start + len(trigger),
        trigger=trigger,
        type=type,
        mode=mode,
        status=status,
        actors=tuple(actors),
        recipients=tuple(recipients),
        when=Days(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if days else None,
        where=where,
        said_by=tuple(said_by),
        quantities=(Quantity(start=start, end=start + 1, head=start, what="killed", low=killed[0], high=killed[1]),)
        if killed
        else (),
        deadline=None,
        control=control,
        sense=f"{type.lower()}/{trigger}",
        confidence=confidence,
        evidence=tuple(evidence),
    )


def statement(text: str, words: str, speaker: Actor, when: str | None = None) -> Statement:
    """A statement of this article's text."""
    start = text.index(words)
    days = Days(date.fromisoformat(when), date.fromisoformat(when)) if when else None
    return Statement(
        start=start, end=start + len(words), speaker=speaker, direct=False, verb="said", cue_start=0, cue_end=0, rule="test", when=days
    )  # fmt: skip


def reading(
    text: str,
    events: Iterable[Event] = (),
    statements: Iterable[Statement] = (),
    *,
    title: str | None = "A title",
    day: str | None = "2021-06-30",
) -> Reading:
    """A reading of an article of that day."""
    published = date.fromisoformat(day) if day else None
    article = Article("", text, title, published)
    article = with_id(article, article_id(article))
    publication = Publication(
        start=0, end=0, day=published, earliest=published, latest=published, basis="given" if published else None
    )  # fmt: skip
    return Reading(article, publication, events=tuple(events), statements=tuple(statements))


def ledger(path: Path, readings: Iterable[tuple[Reading, str | None]] = ()) -> sqlite3.Connection:
    """A ledger of these readings, each with its outlet, open for writing."""
    db = connect(path, create=True)
    db.execute("PRAGMA synchronous = OFF")
    with transaction(db):
        db.execute(
            "INSERT INTO reader VALUES ('reader', '0', 'code', 'lexicon', 'model', 'gazetteer') ON CONFLICT DO NOTHING"
        )
        db.execute(
            "INSERT INTO run (command, source, reader_id, started, host, pid) "
            "VALUES ('add', 'made', 'reader', '2021-07-01T00:00:00Z', '', 0)"
        )
    fill(db, readings)
    return db


def fill(db: sqlite3.Connection, readings: Iterable[tuple[Reading, str | None]]) -> None:
    """Put these readings into the ledger in the place of what is there."""
    with transaction(db):
        db.execute("DELETE FROM article_text")
        db.execute("DELETE FROM article")
        for found, outlet in readings:
            _write(db, found, outlet)


def add(db: sqlite3.Connection, found: Reading, outlet: str | None) -> None:
    """Put one more reading into the ledger."""
    with transaction(db):
        _write(db, found, outlet)


def _write(db: sqlite3.Connection, found: Reading, outlet: str | None) -> None:
    address = f"https://news.example/{found.article.id}" if outlet else None
    write_article(db, found, Sighting("made", address, outlet), signature(found.article.text), 1, "reader")
