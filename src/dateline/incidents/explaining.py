"""An incident for a person who asks why: each value in words, why it was chosen, and who says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from dateline.incidents.records import Choice, Incident, Toll
from dateline.incidents.saying import figure_of, parties, sentence
from dateline.model import Actor, Days, Location
from dateline.output.words import act_as_text, control_as_text, days_as_text, location_as_text, status_as_text


def explained(incident: Incident) -> list[tuple[str, str]]:
    """What is known of an incident, as names and values in words; what nobody tells is left out."""
    return [(name, value) for name, value in _values(incident) if value]


def _values(incident: Incident) -> Iterable[tuple[str, str]]:
    yield "id", incident.id
    yield "text", sentence(incident)
    yield (
        "what",
        _chosen(incident.type, lambda type: act_as_text(type, incident.mode if type == incident.type.value else None)),
    )
    yield "whether", _chosen(incident.status, status_as_text) + ("; disputed" if incident.disputed else "")
    yield "when", _chosen(incident.when, _days)
    yield "where", _chosen(incident.where, _place)
    yield "who", _chosen(incident.actors, lambda actors: parties(actors) or "nobody")
    yield "to whom", ", ".join(_names(incident.recipients))
    for toll in incident.tolls:
        yield "how many", _toll(toll)
    yield "ground", control_as_text(incident.control) if incident.control else ""
    for claim in incident.claims:
        yield claim.kind, f"{', '.join(claim.by)} ({claim.told})"
    yield "voices", f"{incident.voices}"
    yield "outlets", ", ".join(incident.outlets)
    yield "how sure", f"{incident.confidence:.2f}"


def _chosen[T](choice: Choice[T], words: Callable[[T], str]) -> str:
    others = "; ".join(f"{words(other)} ({', '.join(who)})" for other, who in choice.others)
    return f"{words(choice.value)} ({choice.why})" + (f"; others: {others}" if others else "")


def _toll(toll: Toll) -> str:
    said = "; ".join(f"{figure} ({', '.join(who)})" for figure, who in toll.said)
    return f"{figure_of(toll)} ({toll.why}); said: {said}"


def _days(when: tuple[date, date] | None) -> str:
    return days_as_text(Days(*when)) if when else "unknown"


def _place(where: Location | None) -> str:
    if where is None:
        return "unknown"
    return location_as_text(where) + (f", {where.gazetteer_id}" if where.gazetteer_id else "")


def _names(actors: Iterable[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.name for actor in actors))
