"""An incident in one plain sentence, written from its fields: who did what to whom, where, with what toll, according to whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from dateline.incidents.records import Incident, Toll
from dateline.incidents.sides import folded
from dateline.incidents.values import Reliability
from dateline.model import MODES, Actor, Control

MOST_NAMED = 3
UNNAMED = "unnamed parties"
TOLLS = ("killed", "wounded", "casualties", "arrested", "released", "captured", "displaced", "abducted", "protesters")
"""What a sentence counts, in this order."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """How acts are said, how much each ranks, and how far voices are believed."""

    acts: Mapping[str, tuple[str, str, str]]
    standing: Mapping[str, str]
    severity: Mapping[str, float]
    reliability: Reliability

    def act(self, type: str, mode: str | None) -> tuple[str, str, str]:
        """Past, infinitive and preposition of an act."""
        return self.acts.get(f"{type}/{mode}") or self.acts[type]


@cache
def load_phrases() -> Phrases:
    """The bundled phrases.

    Raises:
        ValueError: a type has no phrase, or a key is missing.
    """
    data: dict[str, Any] = tomllib.loads(
        resources.files("dateline.incidents").joinpath("data", "values.toml").read_text("utf-8")
    )
    if missing := set(MODES) - set(data["phrases"]):
        raise ValueError(f"values.toml: [phrases] lacks {', '.join(sorted(missing))}")
    known = {f.name for f in fields(Reliability)}
    if wrong := known ^ set(data["reliability"]):
        raise ValueError(f"values.toml: [reliability] missing or unknown: {', '.join(sorted(wrong))}")
    acts = {name: (past, infinitive, joined) for name, (past, infinitive, joined) in data["phrases"].items()}
    return Phrases(acts, data["standing"], data["severity"], Reliability(**data["reliability"]))


def sentence(incident: Incident, phrases: Phrases | None = None) -> str:
    """One sentence that says what happened, as far as its fields know."""
    act = _who_did_what(incident, phrases or load_phrases())
    toll = _tolls(incident.tolls)
    text = f"{_day(incident)}{act}{toll}, according to {sources(incident)}"
    if incident.disputed:
        text += "; others deny it"
    return text[0].upper() + text[1:] + "."


def headline(incident: Incident, phrases: Phrases | None = None) -> str:
    """The same without day, toll and sources, and without the full stop."""
    text = _who_did_what(incident, phrases or load_phrases())
    return text[0].upper() + text[1:]


def _who_did_what(incident: Incident, words: Phrases) -> str:
    who = parties(incident.actors.value) or UNNAMED
    if incident.control is not None and (incident.control.place or (incident.control.count or 0) > 1):
        who, past, infinitive = _ground(incident.control, incident)
        whom = ""
    else:
        past, infinitive, joined = words.act(incident.type.value, incident.mode)
        place = folded(incident.where.value.name) if incident.where.value else ""
        to = parties(tuple(r for r in incident.recipients if r not in incident.actors.value and folded(r.name) != place))
        whom = f" {joined} {to}".replace("  ", " ") if to else ""
        past = past if whom else past.rstrip(":")
        infinitive = infinitive if whom else infinitive.rstrip(":")
    status = incident.status.value
    act = past + whom if status == "actual" else words.standing[status].format(act=infinitive + whom)
    return f"{who} {act}{_where(incident)}"


def parties(actors: Sequence[Actor]) -> str:
    """Names as one reads them: "A, B and C"; of many the first, and how many more."""
    names = list(dict.fromkeys(actor.name for actor in actors))
    if len(names) > MOST_NAMED:
        names = [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} others"]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1] if names else ""]))


def sources(incident: Incident) -> str:
    """Who says so, voices told from reprints."""
    outlets = list(incident.outlets)
    named = parties([Actor(outlet) for outlet in outlets])
    copies = len(outlets) - incident.voices
    return named if copies <= 0 else f"{named} ({incident.voices} independent)"


def day_in_words(day: date) -> str:
    """A day as newspapers write it: 3 March 2031."""
    return f"{day.day} {day.strftime('%B %Y')}"


def _day(incident: Incident) -> str:
    when = incident.when.value
    if when is None:
        return ""
    first, last = when
    if first == last:
        return f"by {day_in_words(first)} " if "by which" in incident.when.why else f"on {day_in_words(first)} "
    return f"between {day_in_words(first)} and {day_in_words(last)} "


def _where(incident: Incident) -> str:
    where, control = incident.where.value, incident.control
    if where is None or (control is not None and control.place is not None):
        return ""
    return f" in {where.name}"


def _ground(control: Control, incident: Incident) -> tuple[str, str, str]:
    """Who takes or leaves which ground: subject, past, infinitive."""
    ground = control.place or f"{control.count} {control.unit or 'place'}s"
    gained = control.gained_by or (parties(incident.actors.value) if incident.type.value == "COERCE" else "")
    if gained:
        lost = f" from {control.lost_by}" if control.lost_by and control.lost_by != gained else ""
        return gained, f"took {ground}{lost}", f"take {ground}{lost}"
    if incident.type.value == "COERCE":
        lost = f" from {control.lost_by}" if control.lost_by else ""
        return UNNAMED, f"took {ground}{lost}", f"take {ground}{lost}"
    return control.lost_by or UNNAMED, f"left {ground}", f"leave {ground}"


def _tolls(tolls: Sequence[Toll]) -> str:
    told = [figure_of(toll) for what in TOLLS for toll in tolls if toll.what == what and toll.best]
    return f" ({', '.join(told)})" if told else ""


def figure_of(toll: Toll) -> str:
    """A toll in a few words: "19 killed; from 12 to 35 are told"."""
    text = f"{toll.best} {toll.what}"
    return (
        text
        if toll.low == toll.high or toll.low is None or toll.high is None
        else f"{text}, from {toll.low} to {toll.high} told"
    )
