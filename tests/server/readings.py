"""The offensive as the reader read it, whole: with statements, times, evidence and what else places might have been.

Made anew by `python -m tests.server.readings` (a minute); tests should not take that time.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from dateline.ledger.ids import article_id
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
    Reading,
    Statement,
    Time,
)

FILE = Path(__file__).with_name("offensive.json.gz")


def readings() -> list[Reading]:
    """Every reading that was kept, its article under the ledger's id."""
    return [_reading(record) for record in json.loads(gzip.decompress(FILE.read_bytes()))]


def _reading(told: dict[str, Any]) -> Reading:
    day = _day(told["published"])
    article = Article("", told["text"], told["title"], day, told["url"], told["publisher"])
    return Reading(
        article=replace(article, id=article_id(article)),
        publication=Publication(start=0, end=0, day=day, earliest=day, latest=day, basis="given"),
        times=tuple(_time(time) for time in told["times"]),
        places=tuple(_place(place, told["text"]) for place in told["places"]),
        mentions=tuple(_mention(mention) for mention in told["mentions"]),
        statements=tuple(_statement(statement) for statement in told["statements"]),
        events=tuple(_event(event) for event in told["events"]),
    )


def _event(told: dict[str, Any]) -> Event:
    same = {name: told[name] for name in ("start", "end", "trigger", "type", "mode", "status", "sense", "confidence")}
    return Event(
        **same, actors=_actors(told["actors"]), recipients=_actors(told["recipients"]), when=_days(told["when"]),
        where=_location(told["where"]) if told["where"] else None, said_by=tuple(told["said_by"]),
        quantities=tuple(Quantity(**{**quantity, "head": quantity["start"]}) for quantity in told["quantities"]),
        deadline=_day(told["deadline"]), control=Control(**told["control"]) if told["control"] else None,
        evidence=tuple(Evidence(**{**evidence, "lost": tuple(evidence["lost"])}) for evidence in told["evidence"]),
    )  # fmt: skip


def _statement(told: dict[str, Any]) -> Statement:
    names = "start end direct verb cue_start cue_end rule stance speaker_start speaker_end".split()
    return Statement(
        **{name: told[name] for name in names}, speaker=Actor(**told["speaker"]), chain=_actors(told["chain"]), when=_days(told["when"])
    )  # fmt: skip


def _place(told: dict[str, Any], text: str) -> Place:
    return Place(
        start=told["start"], end=told["end"], text=text[told["start"] : told["end"]], head=told["start"], location=_location(told),
        feature=None, rule=told["rule"],
        candidates=tuple(PlaceCandidate(**candidate, radius_km=0.0) for candidate in told["candidates"]),
    )  # fmt: skip


def _time(told: dict[str, Any]) -> Time:
    days = Days(date.fromisoformat(told["from"]), date.fromisoformat(told["to"])) if told["from"] else None
    return Time(**{name: told[name] for name in "start end text grain kind direction anchor rule".split()}, days=days)


def _mention(told: dict[str, Any]) -> Mention:
    return Mention(
        start=told["start"], end=told["end"], head=told["start"], actor=Actor(**told["actor"]), kind=told["kind"], rule=told["rule"]
    )  # fmt: skip


def _location(told: dict[str, Any]) -> Location:
    return Location(*(told[name] for name in ("name", "country", "lat", "lon", "radius_km", "gazetteer_id")))


def _actors(told: list[dict[str, Any]]) -> tuple[Actor, ...]:
    return tuple(Actor(**actor) for actor in told)


def _days(told: dict[str, str] | None) -> Days | None:
    return Days(date.fromisoformat(told["start"]), date.fromisoformat(told["end"])) if told else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def main() -> None:
    """Read the offensive and keep what was read."""
    from benchmarks.incidents import offensive_readings
    from dateline.output.contract import as_json

    kept = json.dumps([as_json(reading) for reading in offensive_readings()], ensure_ascii=False).encode()
    FILE.write_bytes(gzip.compress(kept, mtime=0))


if __name__ == "__main__":
    main()
