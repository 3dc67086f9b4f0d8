"""Rows of the ledger -> what is told: events with corrections applied, and passing words on who holds what."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import batched, islice
from typing import Any

from dateline.incidents.holding import holdings
from dateline.incidents.records import Holding, Told
from dateline.incidents.telling import Sentences, told_in
from dateline.ledger.records import JOINED
from dateline.model import (
    Actor,
    Article,
    Control,
    Days,
    Event,
    Evidence,
    Location,
    Mention,
    Place,
    Publication,
    Quantity,
    Reading,
)

IN_ONE_QUERY = 500
AT_ONCE = 200  # articles whose rows are fetched together
EVENTS = (
    'SELECT e.*, e."end" AS finish FROM event e WHERE e.current = 1 AND e.rejected = 0 AND e.article_id IN ({marks}) '
    "ORDER BY e.article_id, e.start, e.id"
)


def tolds_of(db: sqlite3.Connection, articles: Iterable[str], only: Collection[str] | None = None) -> Iterator[list[Told]]:
    """What each of these articles tells, article by article; those that tell nothing are passed over.

    Where `only` some events are wanted, others are made only if they stand behind one of these in its sentence.
    """
    for reading, voice, ids in _readings(db, articles, only=only):
        if ids:
            yield told_in(reading, voice, ids)


def holdings_of(db: sqlite3.Connection, articles: Iterable[str]) -> Iterator[Holding]:
    """What these articles say in passing about who holds what."""
    for reading, voice, _ in _readings(db, articles, events=False):
        yield from holdings(reading, voice)


def all_of(db: sqlite3.Connection, articles: Iterable[str]) -> Iterator[tuple[list[Told], list[Holding]]]:
    """Both of each of these articles."""
    for reading, voice, ids in _readings(db, articles):
        yield told_in(reading, voice, ids) if ids else [], holdings(reading, voice)


def rows_in(db: sqlite3.Connection, sql: str, values: Sequence[str]) -> Iterator[sqlite3.Row]:
    """Rows of a query whose `{marks}` stand for any number of values."""
    for some in batched(values, IN_ONE_QUERY):
        yield from db.execute(sql.format(marks=", ".join("?" * len(some))), some)


def _readings(
    db: sqlite3.Connection, articles: Iterable[str], events: bool = True, only: Collection[str] | None = None
) -> Iterator[tuple[Reading, str, list[str]]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, AT_ONCE)):
        yield from _together(db, batch, events, only)


def _together(
    db: sqlite3.Connection, articles: Sequence[str], with_events: bool, only: Collection[str] | None
) -> Iterator[tuple[Reading, str, list[str]]]:
    marks = ", ".join("?" * len(articles))

    def rows(sql: str) -> dict[str, list[sqlite3.Row]]:
        found: dict[str, list[sqlite3.Row]] = defaultdict(list)
        for row in db.execute(sql.format(marks=marks), articles):
            found[row["article_id"]].append(row)
        return found

    inner = "SELECT id FROM event WHERE article_id IN ({marks})"
    parties: dict[str, list[sqlite3.Row]] = defaultdict(list)
    numbers: dict[str, list[sqlite3.Row]] = defaultdict(list)
    seen: dict[str, list[Evidence]] = defaultdict(list)
    if with_events:
        for row in db.execute(
            f"SELECT * FROM event_actor WHERE event_id IN ({inner}) ORDER BY event_id, role, n".format(marks=marks), articles
        ):
            parties[row["event_id"]].append(row)
        for row in db.execute(
            f"SELECT * FROM event_quantity WHERE event_id IN ({inner}) ORDER BY event_id, n".format(marks=marks), articles
        ):
            numbers[row["event_id"]].append(row)
        for row in db.execute(
            "SELECT event_id, field, value, why, start, \"end\" AS finish FROM evidence WHERE field IN ('when', 'where') "
            f"AND event_id IN ({inner}) ORDER BY event_id, n".format(marks=marks),
            articles,
        ):
            seen[row["event_id"]].append(
                Evidence(field=row["field"], value=row["value"], why=row["why"], start=row["start"], end=row["finish"])
            )
    events = rows(EVENTS) if with_events else {}
    places = rows('SELECT p.*, p."end" AS finish FROM place p WHERE p.article_id IN ({marks}) ORDER BY article_id, n')
    mentions = rows('SELECT m.*, m."end" AS finish FROM mention m WHERE m.article_id IN ({marks}) ORDER BY article_id, n')
    for row in db.execute(
        f"SELECT a.id, a.title, a.day, a.url, a.outlet, a.voice, t.text FROM article a JOIN article_text t ON t.n = a.n "
        f"WHERE a.current = 1 AND a.id IN ({marks}) ORDER BY a.id",
        articles,
    ):
        name, day = row["id"], _day(row["day"])
        here = events.get(name, [])
        if only is not None:
            here = _with_those_behind(here, only, row["text"])
        yield (
            Reading(
                article=Article(
                    id=name, text=row["text"], title=row["title"], published=day, url=row["url"], publisher=row["outlet"]
                ),
                publication=Publication(start=0, end=0, day=day, earliest=day, latest=day, basis="given" if day else None),
                places=tuple(_place(place) for place in places.get(name, ())),
                mentions=tuple(_mention(mention) for mention in mentions.get(name, ())),
                events=tuple(_event(event, parties, numbers, seen) for event in here),
            ),
            row["voice"],
            [event["id"] for event in here],
        )


def _with_those_behind(events: Sequence[sqlite3.Row], only: Collection[str], text: str) -> list[sqlite3.Row]:
    """The rows of some events, and of those that stand behind one of them in its sentence: what it may be about."""
    wanted = [event for event in events if event["id"] in only]
    if len(wanted) == len(events):
        return wanted
    sentences = Sentences(text)
    within = [(event["finish"], sentences.span(event["start"])[1]) for event in wanted]
    return [
        event for event in events if event["id"] in only or any(after <= event["start"] < before for after, before in within)
    ]


def _event(
    row: sqlite3.Row,
    parties: dict[str, list[sqlite3.Row]],
    numbers: dict[str, list[sqlite3.Row]],
    seen: dict[str, list[Evidence]],
) -> Event:
    name = row["id"]
    control = ("control_gained_by", "control_lost_by", "control_place", "control_unit", "control_count")
    fields: dict[str, Any] = {
        "type": row["type"],
        "status": row["status"],
        "actors": _actors(parties.get(name, ()), "actor"),
        "recipients": _actors(parties.get(name, ()), "recipient"),
    }
    first, last, deadline = _day(row["date_from"]), _day(row["date_to"]), _day(row["deadline"])
    return Event(
        start=row["start"],
        end=row["finish"],
        trigger=row["trigger"],
        mode=row["mode"],
        when=Days(first, last) if first and last else None,
        where=_location(row, row["place"]) if row["place"] else None,
        said_by=tuple(filter(None, (row["said_by"] or "").split(JOINED))),
        quantities=tuple(_quantity(number) for number in numbers.get(name, ())),
        deadline=deadline,
        control=Control(**{key.removeprefix("control_"): row[key] for key in control})
        if any(row[key] is not None for key in control)
        else None,
        sense=row["sense"],
        confidence=row["confidence"],
        evidence=tuple(seen.get(name, ())),
        **fields,
    )


def _actors(rows: Iterable[sqlite3.Row], role: str) -> tuple[Actor, ...]:
    return tuple(Actor(row["name"], row["country"], row["sector"]) for row in rows if row["role"] == role)


def _quantity(row: sqlite3.Row) -> Quantity:
    return Quantity(
        start=row["start"],
        end=row["end"],
        head=row["start"],
        what=row["what"],
        low=row["low"],
        high=row["high"],
        approximate=bool(row["approximate"]),
        rule=row["rule"],
    )


def _location(row: sqlite3.Row, name: str) -> Location:
    return Location(name, row["country"], row["lat"], row["lon"], row["radius_km"], row["gazetteer_id"])


def _place(row: sqlite3.Row) -> Place:
    return Place(
        start=row["start"],
        end=row["finish"],
        text=row["name"],
        head=row["start"],
        location=_location(row, row["name"]),
        feature=None,
        candidates=(),
        rule=row["rule"],
    )


def _mention(row: sqlite3.Row) -> Mention:
    return Mention(
        start=row["start"],
        end=row["finish"],
        head=row["start"],
        actor=Actor(row["name"], row["country"], row["sector"]),
        kind=row["kind"],
        rule=row["rule"],
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
