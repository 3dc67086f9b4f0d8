"""Events and other answers as flat rows for tables, and as nested objects for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from dateline.ledger.records import JOINED, Party, Told
from dateline.output.words import number_as_text

Kind = Literal["text", "day", "number", "whole", "yes or no"]
Row = dict[str, Any]

EVENT_COLUMNS: dict[str, Kind] = {
    "id": "text", "date_from": "day", "date_to": "day", "type": "text", "mode": "text", "status": "text", "actors": "text",
    "actor_countries": "text", "actor_sectors": "text", "recipients": "text", "recipient_countries": "text",
    "recipient_sectors": "text", "place": "text", "country": "text", "lat": "number", "lon": "number", "radius_km": "number",
    "gazetteer_id": "text", "said_by": "text", "numbers": "text", "killed_low": "number", "killed_high": "number",
    "deadline": "day", "control_gained_by": "text", "control_lost_by": "text", "control_place": "text", "control_unit": "text",
    "control_count": "whole", "trigger": "text", "start": "whole", "end": "whole", "confidence": "number", "sense": "text",
    "corrected": "whole", "article_id": "text", "title": "text", "outlet": "text", "published": "day", "url": "text", "voice": "text",
}  # fmt: skip
"""The columns of a flat event and what they hold. Where an event has several of something, they are joined by "; "."""
STATEMENT_COLUMNS: dict[str, Kind] = {
    "id": "text", "speaker": "text", "speaker_country": "text", "speaker_sector": "text", "verb": "text", "stance": "text",
    "direct": "yes or no", "text": "text", "date_from": "day", "date_to": "day", "chain": "text", "start": "whole", "end": "whole",
    "corrected": "whole", "article_id": "text", "title": "text", "outlet": "text", "published": "day", "url": "text",
}  # fmt: skip
ARTICLE_COLUMNS: dict[str, Kind] = {
    "id": "text", "title": "text", "outlet": "text", "author": "text", "day": "day", "day_basis": "text", "url": "text",
    "words": "whole", "events": "whole", "statements": "whole", "voice": "text",
}  # fmt: skip
ACTOR_COLUMNS: dict[str, Kind] = {
    "name": "text", "country": "text", "sector": "text", "events": "whole", "as_actor": "whole", "as_recipient": "whole",
    "first_day": "day", "last_day": "day",
}  # fmt: skip
PLACE_COLUMNS: dict[str, Kind] = {
    "place": "text", "country": "text", "gazetteer_id": "text", "lat": "number", "lon": "number", "events": "whole",
    "first_day": "day", "last_day": "day",
}  # fmt: skip


def flat(event: Told) -> Row:
    """An event as a row of EVENT_COLUMNS."""
    killed = event.number("killed")
    row: Row = {
        "actors": joined(party.name for party in event.actors),
        "actor_countries": joined(party.country for party in event.actors),
        "actor_sectors": joined(party.sector for party in event.actors),
        "recipients": joined(party.name for party in event.recipients),
        "recipient_countries": joined(party.country for party in event.recipients),
        "recipient_sectors": joined(party.sector for party in event.recipients),
        "said_by": joined(event.said_by),
        "numbers": joined(map(number_as_text, event.numbers)),
        "killed_low": killed.low if killed else None,
        "killed_high": killed.high if killed else None,
    }
    return {name: row[name] if name in row else getattr(event, name) for name in EVENT_COLUMNS}


def nested(event: Told) -> Row:
    """An event as an object: lists of actors, recipients and numbers, and null for what is not known."""
    return {
        "id": event.id, "type": event.type, "mode": event.mode, "status": event.status, "trigger": event.trigger,
        "actors": [_party(party) for party in event.actors], "recipients": [_party(party) for party in event.recipients],
        "when": {"start": event.date_from, "end": event.date_to} if event.date_from else None,
        "where": {
            "name": event.place, "country": event.country, "lat": event.lat, "lon": event.lon, "radius_km": event.radius_km,
            "gazetteer_id": event.gazetteer_id,
        } if event.place or event.country else None,
        "said_by": list(event.said_by),
        "quantities": [
            {"what": n.what, "low": n.low, "high": n.high, "approximate": n.approximate} for n in event.numbers
        ],
        "deadline": event.deadline,
        "control": {
            "gained_by": event.control_gained_by, "lost_by": event.control_lost_by, "place": event.control_place,
            "unit": event.control_unit, "count": event.control_count,
        } if event.ground_changes_hands else None,
        "confidence": event.confidence, "sense": event.sense, "corrected": event.corrected,
        "article": {
            "id": event.article_id, "title": event.title, "outlet": event.outlet, "published": event.published, "url": event.url,
            "start": event.start, "end": event.end, "voice": event.voice,
        },
    }  # fmt: skip


def joined(values: Iterable[str | None], by: str = JOINED) -> str | None:
    """Several values in one cell, None where there are none; a missing one among them keeps its place, so that lists align."""
    found = [value or "" for value in values]
    return by.join(found) if any(found) else None


def feature(row: Row) -> Row:
    """A row with `lat` and `lon` as a GeoJSON feature; its geometry is null where the place is not known."""
    known = row.get("lat") is not None and row.get("lon") is not None
    return {
        "type": "Feature",
        **({"id": row["id"]} if row.get("id") else {}),
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if known else None,
        "properties": {name: value for name, value in row.items() if name not in ("lat", "lon")},
    }


def _party(party: Party) -> Row:
    return {"name": party.name, "country": party.country, "sector": party.sector}
