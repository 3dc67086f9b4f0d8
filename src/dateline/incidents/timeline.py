"""A war that reads in a minute: incidents ranked by evidence and severity, day by day, one sentence each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dateline.incidents.records import PLANS, Incident
from dateline.incidents.saying import Phrases, load_phrases, sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident as a timeline shows it; `sources` are (outlet, URL or None) in the order of publication."""

    day: date | None
    incident: Incident
    text: str
    rank: float
    sources: tuple[tuple[str, str | None], ...]


def timeline(incidents: Iterable[Incident], top: int | None = None, phrases: Phrases | None = None) -> list[Entry]:
    """The highest ranked incidents in the order of their days, those without a day last.

    Args:
        incidents: any incidents.
        top: how many to keep; all where None.
        phrases: how they are said and ranked; by default the bundled phrases.
    """
    words = phrases or load_phrases()
    entries = [
        Entry(incident.first_day, incident, sentence(incident, words), rank(incident, words), tuple(sources_of(incident)))
        for incident in incidents
    ]
    kept = sorted(entries, key=lambda entry: (-entry.rank, entry.incident.id))[:top]
    return sorted(kept, key=lambda entry: (entry.day or date.max, -entry.rank, entry.incident.id))


def rank(incident: Incident, phrases: Phrases) -> float:
    """How much an incident matters: its severity, its dead, the ground that changed hands, and how many voices tell it."""
    points = phrases.severity
    found = points.get(incident.type.value, 0.0) + points["voice"] * math.log2(1 + incident.voices)
    dead = next((toll.best for toll in incident.tolls if toll.what == "killed" and toll.best), 0)
    found += points["doubling"] * math.log2(1 + dead)
    if incident.control is not None:
        found += points["ground"]
    if incident.status.value in PLANS or incident.status.value in ("negated", "lapsed"):
        found += points["planned"]
    return round(found * incident.confidence, 3)


def sources_of(incident: Incident) -> Iterator[tuple[str, str | None]]:
    """Outlet and URL of every article that tells it, once each."""
    seen = set()
    for told in incident.tolds:
        if told.article not in seen:
            seen.add(told.article)
            yield told.source, told.url
