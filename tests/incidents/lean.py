"""The offensive as the reader read it, kept for tests that should not take the time to read it again.

Made anew by `python -m benchmarks.incidents --write tests/incidents/offensive.json.gz`.
"""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

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

FILE = Path(__file__).with_name("offensive.json.gz")


def readings() -> list[Reading]:
    """Every reading that was kept."""
    return [_reading(record) for record in json.loads(gzip.decompress(FILE.read_bytes()))]


def _reading(record: dict[str, Any]) -> Reading:
    day = _day(record["published"])
    return Reading(
        article=Article(record["id"], record["text"], record["title"], day, record["url"], record["publisher"]),
        publication=Publication(start=0, end=0, day=day, earliest=day, latest=day, basis="given"),
        places=tuple(
            Place(
                start=p["start"],
                end=p["end"],
                text=record["text"][p["start"] : p["end"]],
                head=p["start"],
                location=_location(p),
                feature=None,
                candidates=(),
                rule=p["rule"],
            )
            for p in record["places"]
        ),
        mentions=tuple(
            Mention(
                start=m["start"], end=m["end"], head=m["start"], actor=_actor(m["actor"]), kind=m["kind"], rule=m["rule"]
            )
            for m in record["mentions"]
        ),
        events=tuple(_event(event) for event in record["events"]),
    )


def _event(record: dict[str, Any]) -> Event:
    when, where, control = record["when"], record["where"], record["control"]
    return Event(
        start=record["start"],
        end=record["end"],
        trigger=record["trigger"],
        type=record["type"],
        mode=record["mode"],
        status=record["status"],
        actors=tuple(map(_actor, record["actors"])),
        recipients=tuple(map(_actor, record["recipients"])),
        when=Days(date.fromisoformat(when["start"]), date.fromisoformat(when["end"])) if when else None,
        where=_location(where) if where else None,
        said_by=tuple(record["said_by"]),
        quantities=tuple(Quantity(**{**quantity, "head": quantity["start"]}) for quantity in record["quantities"]),
        deadline=_day(record["deadline"]),
        control=Control(**control) if control else None,
        sense=record["sense"],
        confidence=record["confidence"],
        evidence=tuple(Evidence(**seen) for seen in record["evidence"]),
    )


def _location(record: dict[str, Any]) -> Location:
    return Location(*(record[key] for key in ("name", "country", "lat", "lon", "radius_km", "gazetteer_id")))


def _actor(record: dict[str, Any]) -> Actor:
    return Actor(record["name"], record["country"], record["sector"])


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
