"""An incident as one row: what its table in the ledger holds, and what a batch writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from dateline.incidents.records import Account, Incident
from dateline.incidents.saying import headline, load_phrases, sentence
from dateline.incidents.timeline import rank
from dateline.incidents.values import incident_of
from dateline.ledger.records import JOINED


class IncidentRow(TypedDict):
    """What happened, as one account or many tell it. Days are `YYYY-MM-DD`, names are joined by "; "."""

    id: str
    type: str
    mode: str | None
    status: str
    date_from: str | None
    date_to: str | None
    first_day: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    gazetteer_id: str | None
    actors: str
    recipients: str
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    events: int
    articles: int
    voices: int
    outlets: str
    disputed: int
    confidence: float
    rank: float
    text: str
    title: str
    radius_km: float | None


def row_of(group: Sequence[Account]) -> IncidentRow:
    """The row of the incident that some accounts tell, in the order of the table's columns."""
    return row_of_incident(incident_of(group, load_phrases().reliability))


def row_of_incident(found: Incident) -> IncidentRow:
    """The row of an incident."""
    phrases = load_phrases()
    where, when, first = found.where.value, found.when.value, found.first_day
    killed = next((toll for toll in found.tolls if toll.what == "killed"), None)
    return {
        "id": found.id,
        "type": found.type.value,
        "mode": found.mode,
        "status": found.status.value,
        "date_from": when[0].isoformat() if when else None,
        "date_to": when[1].isoformat() if when else None,
        "first_day": first.isoformat() if first else None,
        "place": where.name if where else None,
        "country": where.country if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "gazetteer_id": where.gazetteer_id if where else None,
        "actors": JOINED.join(actor.name for actor in found.actors.value),
        "recipients": JOINED.join(actor.name for actor in found.recipients),
        "killed_low": killed.low if killed else None,
        "killed_best": killed.best if killed else None,
        "killed_high": killed.high if killed else None,
        "events": len(found.tolds),
        "articles": len({told.article for told in found.tolds}),
        "voices": found.voices,
        "outlets": JOINED.join(found.outlets),
        "disputed": int(found.disputed),
        "confidence": found.confidence,
        "rank": rank(found, phrases),
        "text": sentence(found, phrases),
        "title": headline(found, phrases),
        "radius_km": where.radius_km if where else None,
    }
