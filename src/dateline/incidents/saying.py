"""An incident in one plain sentence, written from its fields: who did what to whom, where, with what toll, according to whom."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

from dateline.incidents.records import Incident, Toll
from dateline.incidents.rules import load_rules
from dateline.incidents.sides import folded
from dateline.incidents.values import Reliability
from dateline.model import MODES, Actor, Control
from dateline.output.words import day_in_words

MOST_NAMED = 3
UNNAMED = "unnamed parties"
TOLLS = ("killed", "wounded", "casualties", "arrested", "released", "captured", "displaced", "abducted", "protesters")
"""What a sentence counts, in this order."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """How acts are said, how much each ranks, and how far voices are believed."""

    acts: Mapping[str, tuple[str, str, str]]
    direct: Mapping[str, tuple[str, str]]
    unnamed: Mapping[str, tuple[str, str]]
    vague: frozenset[str]
    with_article: frozenset[str]
    generic: frozenset[str]
    standing: Mapping[str, str]
    severity: Mapping[str, float]
    reliability: Reliability

    def act(self, type: str, mode: str | None) -> tuple[str, str, str]:
        """Past, infinitive and preposition of an act."""
        return self.acts.get(f"{type}/{mode}") or self.acts[type]

    def done_to(self, type: str, mode: str | None) -> tuple[str, str] | None:
        """Past and infinitive of the verb that takes those whom it is done to as its object, where an act has one."""
        return self.direct.get(f"{type}/{mode}") or (self.direct.get(type) if f"{type}/{mode}" not in self.acts else None)

    def by_nobody(self, type: str, mode: str | None) -> tuple[str, str] | None:
        """How an act is told whose doer nobody names, and what joins those whom it is done to."""
        return self.unnamed.get(f"{type}/{mode}") or (self.unnamed.get(type) if f"{type}/{mode}" not in self.acts else None)

    def named(self, name: str) -> str:
        """A name as it stands inside of a sentence: "the army", "gunmen", "the United States", "Kesht"."""
        words = name.split()
        if words[0][:1].isupper() and all(word.lower() in self.generic for word in words):
            name = name[0].lower() + name[1:]
        head = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
        takes = head.lower() in self.with_article and words[0].lower() not in ("the", "a", "an")
        return f"the {name}" if takes and "’s" not in name and "'s" not in name else name


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
    words = data["words"]
    return Phrases(
        acts=acts,
        direct={name: (past, infinitive) for name, (past, infinitive) in data["direct"].items()},
        unnamed={name: (told, joined) for name, (told, joined) in data["unnamed"].items()},
        vague=frozenset(words["vague"]),
        with_article=frozenset(words["with_article"]),
        generic=load_rules().generic,
        standing=data["standing"],
        severity=data["severity"],
        reliability=Reliability(**data["reliability"]),
    )


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
    type, mode, status = incident.type.value, incident.mode, incident.status.value
    where = _where(incident, words)
    if incident.control is not None and (incident.control.place or (incident.control.count or 0) > 1):
        who, past, infinitive = _ground(incident.control, incident, words)
        whom = ""
    else:
        told = [told.event for told in incident.tolds]
        who = _people(_once(incident.actors.value, [event.actors for event in told]), words) or UNNAMED
        past, infinitive, joined = words.act(type, mode)
        place = folded(incident.where.value.name) if incident.where.value else ""
        bearing = [r for r in incident.recipients if r not in incident.actors.value and folded(r.name) != place]
        to = _people(_once(bearing, [event.recipients for event in told]), words)
        nobody = words.by_nobody(type, mode) if who == UNNAMED and status == "actual" else None
        if nobody is not None:
            return f"{nobody[0]}{f' {nobody[1]} {to}' if to else ''}{where}"
        if to and (done := words.done_to(type, mode)) is not None:
            past, infinitive, joined = *done, ""
        whom = f" {joined} {to}".replace("  ", " ") if to else ""
        past = past if whom else past.rstrip(":")
        infinitive = infinitive if whom else infinitive.rstrip(":")
    if status == "actual":
        return f"{who} {past}{whom}{where}"
    return f"{who} {words.standing[status].format(act=infinitive + whom + where)}"


def _once(actors: Sequence[Actor], told: Sequence[Sequence[Actor]]) -> list[Actor]:
    """Without descriptions of those whom another article names: "officials" beside "Mara Vint" of the same country and sector.

    Where one event tells both, they are two.
    """
    named = [actor for actor in actors if not _describes(actor)]
    return [
        actor
        for actor in actors
        if not _describes(actor)
        or not any(
            (actor.country, actor.sector) == (other.country, other.sector)
            and not any(actor in party and other in party for party in told)
            for other in named
        )
    ]


def _describes(actor: Actor) -> bool:
    """Whether an actor is told by a description and no name: "rebels", "local officials"."""
    return actor.name == actor.name.lower()


def _people(actors: Sequence[Actor], words: Phrases) -> str:
    """Those who take part, as they stand inside of a sentence; words that say next to nothing only where nothing else is said."""
    telling = [actor for actor in actors if actor.name.lower() not in words.vague] or actors
    return parties([replace(actor, name=words.named(actor.name)) for actor in telling])


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


def _day(incident: Incident) -> str:
    when = incident.when.value
    if when is None:
        return ""
    first, last = when
    if first == last:
        return f"by {day_in_words(first)} " if "by which" in incident.when.why else f"on {day_in_words(first)} "
    if (first.day, (last + timedelta(days=1)).day) == (1, 1) and first.year == last.year:
        if first.month == last.month:
            return f"in {first.strftime('%B %Y')} "
        if (first.month, last.month) == (1, 12):
            return f"in {first.year} "
    return f"between {day_in_words(first)} and {day_in_words(last)} "


def _where(incident: Incident, words: Phrases) -> str:
    where, control = incident.where.value, incident.control
    if where is None or (control is not None and control.place is not None):
        return ""
    return f" in {words.named(where.name)}"


def _ground(control: Control, incident: Incident, words: Phrases) -> tuple[str, str, str]:
    """Who takes or leaves which ground: subject, past, infinitive; where nobody is said to take it, it is taken."""
    ground = control.place or f"{control.count} {_plural(control.unit or 'place')}"
    gained = words.named(control.gained_by) if control.gained_by else ""
    if not gained and incident.type.value == "COERCE":
        gained = _people(incident.actors.value, words)
    lost = f" from {words.named(control.lost_by)}" if control.lost_by and control.lost_by != control.gained_by else ""
    if gained:
        return gained, f"took {ground}{lost}", f"take {ground}{lost}"
    if incident.type.value == "COERCE" and incident.status.value != "actual":
        return UNNAMED, f"took {ground}{lost}", f"take {ground}{lost}"
    if incident.type.value == "COERCE":
        be = "were" if control.place is None else "was"
        return ground, f"{be} taken{lost}", f"be taken{lost}"
    leaving = words.named(control.lost_by) if control.lost_by else UNNAMED
    return leaving, f"left {ground}", f"leave {ground}"


def _plural(unit: str) -> str:
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


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
