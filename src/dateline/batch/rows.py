"""Readings as rows of the batch schema, and rows as readings again: what a ledger keeps of a reading goes both ways unchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from dateline.batch.schema import is_day
from dateline.ledger.ids import event_ids, statement_ids
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
    PlaceCandidate,
    Publication,
    Quantity,
    Quotation,
    Reading,
    Statement,
    Time,
)
from dateline.output.contract import as_json
from dateline.output.shapes import ReadingJson

Row = Mapping[str, Any]


def row_of(reading: Reading) -> dict[str, Any]:
    """A reading as a row of `schema.READINGS`, without sightings and versions; its article bears the ledger's id."""
    article = reading.article
    told = dated(as_json(reading))
    for records, ids in (
        (told["events"], event_ids(article.id, reading.events)),
        (told["statements"], statement_ids(article.id, reading.statements)),
    ):
        for record, id in zip(records, ids, strict=True):
            record["id"] = id
    return {**told, "given": article.published, "failure": None}


def dated(printed: Mapping[str, Any]) -> dict[str, Any]:
    """What `as_json` prints of a reading, with calendar days for the texts that stand for them: what `reading_of` takes."""
    told: dict[str, Any] = _dated(ReadingJson)(printed)
    return told


def article_of(row: Row) -> Article:
    """The article of a row, under the ledger's id."""
    return Article(row["id"], row["text"], row["title"], row["given"], row["url"], row["publisher"])


def reading_of(row: Row, events: Iterable[Row], statements: Iterable[Row]) -> Reading:
    """The reading of a row of `articles` with its rows of `events` and `statements`, each in its order.

    What no output shows is not kept, and comes back as the nearest that is: heads of phrases as their starts, the inside of
    quotations as the whole of it, parts of the scores of places as none.
    """
    publication = row["publication"]
    return Reading(
        article=article_of(row),
        publication=Publication(
            start=0, end=0, day=row["published"], basis=row["published_basis"],
            earliest=publication["earliest"], latest=publication["latest"],
            clues=tuple(publication["clues"]), against=tuple(publication["against"]),
        ),
        quotations=tuple(
            Quotation(start=q["start"], end=q["end"], inner_start=q["start"], inner_end=q["end"], kind=q["kind"], closed=q["closed"])
            for q in row["quotations"]
        ),
        times=tuple(_time(found) for found in row["times"]),
        places=tuple(_place(found) for found in row["places"]),
        mentions=tuple(
            Mention(
                start=m["start"], end=m["end"], head=m["start"], actor=_actor(m["actor"]), kind=m["kind"], rule=m["rule"],
                antecedent=m["antecedent"], candidates=tuple(map(_actor, m["candidates"])),
            )
            for m in row["mentions"]
        ),
        statements=tuple(_statement(found) for found in statements),
        events=tuple(_event(found) for found in events),
    )  # fmt: skip


def _event(row: Row) -> Event:
    where, control = row["where"], row["control"]
    return Event(
        start=row["start"], end=row["end"], trigger=row["trigger"], type=row["type"], mode=row["mode"], status=row["status"],
        actors=tuple(map(_actor, row["actors"])), recipients=tuple(map(_actor, row["recipients"])), when=_days(row["when"]),
        where=Location(**where) if where is not None else None, said_by=tuple(row["said_by"]),
        quantities=tuple(Quantity(head=found["start"], **found) for found in row["quantities"]), deadline=row["deadline"],
        control=Control(**control) if control is not None else None, sense=row["sense"], confidence=row["confidence"],
        evidence=tuple(Evidence(**{**found, "lost": tuple(found["lost"])}) for found in row["evidence"]),
    )  # fmt: skip


def _statement(row: Row) -> Statement:
    return Statement(
        start=row["start"], end=row["end"], speaker=_actor(row["speaker"]), direct=row["direct"], verb=row["verb"],
        cue_start=row["cue_start"], cue_end=row["cue_end"], rule=row["rule"], chain=tuple(map(_actor, row["chain"])),
        stance=row["stance"], when=_days(row["when"]), speaker_start=row["speaker_start"], speaker_end=row["speaker_end"],
    )  # fmt: skip


def _time(row: Row) -> Time:
    first, last = row["from"], row["to"]
    return Time(
        start=row["start"], end=row["end"], text=row["text"], days=Days(first, last) if first and last else None,
        grain=row["grain"], kind=row["kind"], direction=row["direction"], anchor=row["anchor"], rule=row["rule"],
    )  # fmt: skip


def _place(row: Row) -> Place:
    names = ("name", "country", "lat", "lon", "radius_km", "gazetteer_id")
    return Place(
        start=row["start"], end=row["end"], text=row["name"], head=row["start"], feature=None, rule=row["rule"],
        location=Location(**{name: row[name] for name in names}),
        candidates=tuple(PlaceCandidate(radius_km=0.0, **found) for found in row["candidates"]),
    )  # fmt: skip


def _actor(row: Row) -> Actor:
    return Actor(row["name"], row["country"], row["sector"])


def _days(row: Row | None) -> Days | None:
    return Days(row["start"], row["end"]) if row is not None else None


@cache
def _dated(shape: Any) -> Callable[[Any], Any]:
    """What makes calendar days of the texts that stand for them in values of a shape."""
    if is_day(shape):
        return lambda value: date.fromisoformat(value) if value is not None else None
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return _dated(arguments[0])
    if origin in (Union, UnionType):
        return _unless_null(_dated(next(argument for argument in arguments if argument is not NoneType)))
    if origin is list:
        return _each(_dated(arguments[0]))
    if is_typeddict(shape):
        hints = get_type_hints(shape, include_extras=True)
        changed = {name: made for name, hint in hints.items() if (made := _dated(hint)) is not _as_it_is}
        return _fields(changed) if changed else _as_it_is
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _unless_null(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return made if made is _as_it_is else lambda value: None if value is None else made(value)


def _each(made: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return made if made is _as_it_is else lambda values: [made(value) for value in values]


def _fields(changed: Mapping[str, Callable[[Any], Any]]) -> Callable[[Any], Any]:
    return lambda record: {**record, **{name: made(record[name]) for name, made in changed.items()}}
