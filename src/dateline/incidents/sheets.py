"""Incidents, places and commitments as sheets: columns and rows for people, objects for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateline.incidents.commitments import Commitment
from dateline.incidents.control import Bound, PlaceHistory
from dateline.incidents.records import Choice, Incident, Told
from dateline.incidents.reports import Report
from dateline.incidents.rules import load_rules
from dateline.incidents.saying import figure_of, parties, sentence
from dateline.incidents.timeline import Entry, sources_of
from dateline.model import Actor, Days, Location
from dateline.output.words import act_as_text, day_as_text, days_as_text, side_as_text, status_as_text

Links = tuple[tuple[str, str | None], ...]
"""Words, each with an address or None."""
Cell = str | Links


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a title. `objects` hold the same and more for programs, `notes` stand below it."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    objects: list[dict[str, Any]]
    notes: tuple[str, ...] = field(default=())


def incidents_sheet(incidents: Sequence[Incident]) -> Sheet:
    """Incidents with what was chosen for each."""
    measures = load_rules().measures
    rows: list[tuple[Cell, ...]] = []
    for found in incidents:
        rows.append(
            (
                found.id,
                _days(found),
                parties(found.actors.value),
                act_as_text(found.type.value, found.mode),
                parties(found.recipients),
                found.where.value.name if found.where.value else "",
                f"{status_as_text(found.status.value)}{', disputed' if found.disputed else ''}",
                "; ".join(figure_of(toll) for toll in found.tolls if toll.best and toll.what not in measures),
                f"{found.voices}",
                f"{found.confidence:.2f}",
                tuple(sources_of(found)),
            )
        )
    columns = ("id", "when", "who", "did what", "to whom", "where", "status", "how many", "voices", "sure", "sources")
    return Sheet("Incidents", columns, rows, [incident_json(found) for found in incidents])


def timeline_sheet(entries: Sequence[Entry]) -> Sheet:
    """Days and what happened, one sentence each."""
    rows: list[tuple[Cell, ...]] = [
        (day_as_text(entry.day) if entry.day else "", entry.text, entry.sources, entry.incident.id) for entry in entries
    ]
    objects = [
        {"day": entry.day.isoformat() if entry.day else None, "rank": entry.rank, **incident_json(entry.incident)}
        for entry in entries
    ]
    return Sheet("Timeline", ("day", "what happened", "sources", "incident"), rows, objects)


def control_sheet(places: Sequence[PlaceHistory], at: date | None, bounds: Sequence[Bound]) -> Sheet:
    """Who holds each place on a day, by default the last one that is known."""
    rows: list[tuple[Cell, ...]] = []
    objects = []
    for place in places:
        standing = place.on(at) if at else place.days[-1]
        if standing is None:
            continue
        span = next(s for s in place.spans if s.first <= standing.day <= s.last)
        rows.append(
            (
                place.name, place.unit or "", day_as_text(standing.day), side_as_text(standing.holder), f"{standing.probability:.2f}",
                day_as_text(span.first), f"{len(span.contradicted)}" if span.contradicted else "", _sources(span.reports),
            )
        )  # fmt: skip
        objects.append(
            {**_place_json(place), "day": standing.day.isoformat(), "holder": standing.holder, "odds": dict(standing.odds)}
        )
    columns = ("place", "unit", "day", "holder", "likely", "since", "against", "sources")
    return Sheet("Control", columns, rows, objects, tuple(_note(bound) for bound in bounds))


def history_sheet(places: Sequence[PlaceHistory], bounds: Sequence[Bound]) -> Sheet:
    """Every span of days with one holder, place by place."""
    rows: list[tuple[Cell, ...]] = []
    objects = []
    for place in places:
        for span in place.spans:
            rows.append(
                (
                    place.name, day_as_text(span.first), day_as_text(span.last), side_as_text(span.holder), f"{span.probability:.2f}",
                    f"{len(span.contradicted)}" if span.contradicted else "", _sources(span.reports),
                )
            )  # fmt: skip
        spans = [
            {
                "from": span.first.isoformat(), "to": span.last.isoformat(), "holder": span.holder, "probability": span.probability,
                "reports": [_report_json(report) for report in span.reports],
                "contradicted": [_report_json(report) for report in span.contradicted],
            }
            for span in place.spans
        ]  # fmt: skip
        objects.append({**_place_json(place), "spans": spans})
    columns = ("place", "from", "to", "holder", "likely", "against", "sources")
    return Sheet("Control", columns, rows, objects, tuple(_note(bound) for bound in bounds))


def commitments_sheet(commitments: Sequence[Commitment]) -> Sheet:
    """Who owes what to whom by when, and what came of it."""
    rows: list[tuple[Cell, ...]] = []
    objects = []
    for found in commitments:
        sources = dict.fromkeys((evidence.told.source, evidence.told.url) for evidence in found.evidence)
        rows.append(
            (
                found.status, " → ".join(day_as_text(due.day) for due in found.due), parties([Actor(name) for name in found.debtors]),
                parties([Actor(name) for name in found.creditors]), f"{found.kind}: {found.family}", found.place or "",
                day_as_text(found.since) if found.since else "", found.why, ", ".join(found.objections), tuple(sources),
            )
        )  # fmt: skip
        objects.append(_commitment_json(found))
    columns = ("status", "due", "who owes", "to whom", "what", "where", "since", "why", "objections", "sources")
    return Sheet("Commitments", columns, rows, objects)


def incident_json(incident: Incident) -> dict[str, Any]:
    """An incident with what was chosen, why, and what lost."""
    when = incident.when.value
    return {
        "id": incident.id,
        "text": sentence(incident),
        "type": _choice(incident.type, incident.type.value),
        "mode": incident.mode,
        "status": _choice(incident.status, incident.status.value),
        "when": {
            **_choice(incident.when, _span(when)),
            "others": [{"value": _span(value), "said_by": list(who)} for value, who in incident.when.others],
        },
        "where": {
            **_choice(incident.where, _where(incident.where.value)),
            "others": [{"value": _where(value), "said_by": list(who)} for value, who in incident.where.others],
        },
        "actors": {
            **_choice(incident.actors, [_actor(actor) for actor in incident.actors.value]),
            "others": [{"value": [_actor(a) for a in value], "said_by": list(who)} for value, who in incident.actors.others],
        },
        "recipients": [_actor(actor) for actor in incident.recipients],
        "tolls": [
            {
                "what": toll.what, "low": toll.low, "best": toll.best, "high": toll.high, "why": toll.why,
                "said": [{"figure": figure, "said_by": list(who)} for figure, who in toll.said],
            }
            for toll in incident.tolls
        ],
        "control": None
        if incident.control is None
        else {name: getattr(incident.control, name) for name in ("gained_by", "lost_by", "place", "unit", "count")},
        "claims": [{"kind": claim.kind, "by": list(claim.by), "event": claim.told} for claim in incident.claims],
        "disputed": incident.disputed,
        "voices": incident.voices,
        "outlets": list(incident.outlets),
        "confidence": incident.confidence,
        "events": [_told(told) for told in incident.tolds],
    }  # fmt: skip


def _choice(choice: Choice[Any], value: Any) -> dict[str, Any]:
    others = [{"value": other, "said_by": list(who)} for other, who in choice.others]
    return {"value": value, "why": choice.why, "said_by": list(choice.said_by), "others": others}


def _told(told: Told) -> dict[str, Any]:
    event = told.event
    return {
        "id": told.id, "article": told.article, "outlet": told.outlet, "url": told.url, "day": told.day.isoformat() if told.day else None,
        "voice": told.voice, "trigger": event.trigger, "start": event.start, "end": event.end, "status": event.status,
        "said_by": list(event.said_by), "sentence": told.sentence,
    }  # fmt: skip


def _commitment_json(found: Commitment) -> dict[str, Any]:
    return {
        "id": found.id,
        "kind": found.kind,
        "what": found.family,
        "status": found.status,
        "why": found.why,
        "debtors": list(found.debtors),
        "creditors": list(found.creditors),
        "place": found.place,
        "since": found.since.isoformat() if found.since else None,
        "due": [
            {
                "day": due.day.isoformat(), "told_on": due.told_on.isoformat() if due.told_on else None,
                "by": list(due.by), "event": due.event,
            }
            for due in found.due
        ],
        "text": found.text,
        "objections": list(found.objections),
        "evidence": [{"says": evidence.says, **_told(evidence.told)} for evidence in found.evidence],
    }  # fmt: skip


def _place_json(place: PlaceHistory) -> dict[str, Any]:
    return {
        "place": place.name,
        "key": place.key,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "unit": place.unit,
    }


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "day": report.day.isoformat(), "told_on": report.told_on.isoformat(), "side": report.side, "holds": report.holds,
        "kind": report.kind, "right": report.right,
        "source": report.source, "url": report.url, "event": report.event,
        "words": report.words,
    }  # fmt: skip


def _note(bound: Bound) -> str:
    count = bound.count
    verb = "gained" if count.gained else "lost"
    days = days_as_text(Days(count.first, count.last))
    return (
        f"{side_as_text(count.side)} {verb} {count.figure} {count.unit}s, {days}, according to {count.source}; {bound.text}"
    )


def _days(incident: Incident) -> str:
    when = incident.when.value
    return days_as_text(Days(*when) if when else None)


def _span(when: tuple[date, date] | None) -> dict[str, str] | None:
    return {"start": when[0].isoformat(), "end": when[1].isoformat()} if when else None


def _where(where: Location | None) -> dict[str, Any] | None:
    if where is None:
        return None
    return {name: getattr(where, name) for name in ("name", "country", "lat", "lon", "radius_km", "gazetteer_id")}


def _actor(actor: Actor) -> dict[str, Any]:
    return {"name": actor.name, "country": actor.country, "sector": actor.sector}


def _sources(reports: Iterable[Report]) -> Links:
    return tuple(dict.fromkeys((report.source, report.url) for report in reports))
