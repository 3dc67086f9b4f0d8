"""A reading as JSON, in the shapes that the published schema describes."""

from __future__ import annotations

from dateline.model import (
    Actor,
    Control,
    Days,
    Event,
    Evidence,
    Location,
    Mention,
    Place,
    PlaceCandidate,
    Quantity,
    Reading,
    Statement,
    Time,
)
from dateline.output.shapes import (
    ActorJson,
    CandidateJson,
    ControlJson,
    EventJson,
    EvidenceJson,
    MentionJson,
    PlaceJson,
    QuantityJson,
    ReadingJson,
    StatementJson,
    TimeJson,
    WhenJson,
    WhereJson,
)


def as_json(reading: Reading) -> ReadingJson:
    """The reading as plain dictionaries, lists, strings and numbers, in the shape that the schema describes."""
    article, publication = reading.article, reading.publication
    return {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "title": article.title,
        "published": publication.day.isoformat() if publication.day else None,
        "published_basis": publication.basis,
        "publication": {
            "earliest": publication.earliest.isoformat() if publication.earliest else None,
            "latest": publication.latest.isoformat() if publication.latest else None,
            "clues": list(publication.clues),
            "against": list(publication.against),
        },
        "text": article.text,
        "events": [_event(f"e{number}", event) for number, event in enumerate(reading.events, 1)],
        "statements": [_statement(f"s{number}", statement) for number, statement in enumerate(reading.statements, 1)],
        "places": [_place(place) for place in reading.places],
        "times": [_time(time) for time in reading.times],
        "mentions": [_mention(mention) for mention in reading.mentions],
        "quotations": [
            {"start": quotation.start, "end": quotation.end, "kind": quotation.kind, "closed": quotation.closed}
            for quotation in reading.quotations
        ],
    }


def _event(name: str, event: Event) -> EventJson:
    return {
        "id": name,
        "trigger": event.trigger,
        "start": event.start,
        "end": event.end,
        "type": event.type,
        "mode": event.mode,
        "actors": [_actor(actor) for actor in event.actors],
        "recipients": [_actor(actor) for actor in event.recipients],
        "when": _when(event.when),
        "where": _where(event.where),
        "status": event.status,
        "said_by": list(event.said_by),
        "quantities": [_quantity(quantity) for quantity in event.quantities],
        "deadline": event.deadline.isoformat() if event.deadline else None,
        "control": _control(event.control),
        "sense": event.sense,
        "confidence": event.confidence,
        "evidence": [_evidence(evidence) for evidence in event.evidence],
    }


def _statement(name: str, statement: Statement) -> StatementJson:
    return {
        "id": name,
        "speaker": _actor(statement.speaker),
        "start": statement.start,
        "end": statement.end,
        "direct": statement.direct,
        "verb": statement.verb,
        "when": _when(statement.when),
        "cue_start": statement.cue_start,
        "cue_end": statement.cue_end,
        "speaker_start": statement.speaker_start,
        "speaker_end": statement.speaker_end,
        "chain": [_actor(actor) for actor in statement.chain],
        "stance": statement.stance,
        "rule": statement.rule,
    }


def _actor(actor: Actor) -> ActorJson:
    return {"name": actor.name, "country": actor.country, "sector": actor.sector}


def _when(days: Days | None) -> WhenJson | None:
    return {"start": days.first.isoformat(), "end": days.last.isoformat()} if days else None


def _where(location: Location | None) -> WhereJson | None:
    if location is None:
        return None
    return {
        "name": location.name,
        "country": location.country,
        "lat": location.lat,
        "lon": location.lon,
        "radius_km": location.radius_km,
        "gazetteer_id": location.gazetteer_id,
    }


def _quantity(quantity: Quantity) -> QuantityJson:
    return {
        "what": quantity.what,
        "low": None if quantity.low is None else _number(quantity.low),
        "high": None if quantity.high is None else _number(quantity.high),
        "approximate": quantity.approximate,
        "start": quantity.start,
        "end": quantity.end,
        "rule": quantity.rule,
    }


def _number(value: float) -> float:
    """Whole numbers without a decimal point."""
    return int(value) if float(value).is_integer() else value


def _control(control: Control | None) -> ControlJson | None:
    if control is None:
        return None
    return {
        "gained_by": control.gained_by,
        "lost_by": control.lost_by,
        "place": control.place,
        "unit": control.unit,
        "count": control.count,
    }


def _evidence(evidence: Evidence) -> EvidenceJson:
    return {
        "field": evidence.field,
        "value": evidence.value,
        "why": evidence.why,
        "start": evidence.start,
        "end": evidence.end,
        "lost": list(evidence.lost),
    }


def _place(place: Place) -> PlaceJson:
    where = place.location
    return {
        "start": place.start,
        "end": place.end,
        "name": where.name,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
        "radius_km": where.radius_km,
        "gazetteer_id": where.gazetteer_id,
        "rule": place.rule,
        "candidates": [_candidate(candidate) for candidate in place.candidates],
    }


def _candidate(candidate: PlaceCandidate) -> CandidateJson:
    return {
        "gazetteer_id": candidate.gazetteer_id,
        "name": candidate.name,
        "country": candidate.country,
        "feature": candidate.feature,
        "lat": candidate.lat,
        "lon": candidate.lon,
        "score": candidate.score,
    }


def _time(time: Time) -> TimeJson:
    return {
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "from": time.days.first.isoformat() if time.days else None,
        "to": time.days.last.isoformat() if time.days else None,
        "grain": time.grain,
        "kind": time.kind,
        "direction": time.direction,
        "anchor": time.anchor,
        "rule": time.rule,
    }


def _mention(mention: Mention) -> MentionJson:
    return {
        "start": mention.start,
        "end": mention.end,
        "actor": _actor(mention.actor),
        "kind": mention.kind,
        "antecedent": mention.antecedent,
        "rule": mention.rule,
        "candidates": [_actor(actor) for actor in mention.candidates],
    }
