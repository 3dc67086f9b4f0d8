"""The data of merging: families of acts, points, limits and words, checked when they are loaded."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.model import MODES, Event


class RulesError(ValueError):
    """The data of merging is wrong; the message says where."""


@dataclass(frozen=True, slots=True)
class Points:
    """What each part of a score counts, in hundredths; `data/merging.toml` says when each holds."""

    prior: int
    same_day: int
    days_overlap: int
    reported_alike: int
    reported_apart: int
    inferred_apart: int
    next_day: int
    same_due: int
    due_differs: int
    days_differ: int
    lasting_differ: int
    same_place: int
    named_there: int
    near: int
    inside: int
    inside_country: int
    named_apart: int
    place_differs: int
    actor_same: int
    actor_side: int
    actor_differs: int
    recipient_same: int
    recipient_side: int
    recipient_kind: int
    recipient_differs: int
    mode_same: int
    mode_differs: int
    deed_same: int
    deed_differs: int
    number_same: int
    number_differs: int
    about_same: int
    about_differs: int
    family_differs: int
    trigger_same: int
    words_alike: int
    same_story: int
    same_story_dated: int
    deed_of_story: int
    deed_of_story_reported: int
    other_story: int
    same_article: int
    same_article_plan_and_act: int
    same_sentence: int
    copy: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Where merging draws its lines; `data/merging.toml` explains each."""

    link: int
    join: int
    absent: int
    barred: int
    gap_days: int
    touching_km: float
    country_km: float
    area_km: float
    town_km: float
    wide_days: int
    report_days: int
    plan_days: int
    fades_days: int
    same_story: int
    other_story: int
    least: int
    copy_words: int


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that merging is told by data."""

    families: Mapping[str, str]
    deeds: Mapping[str, str]
    kin: Mapping[str, frozenset[str]]
    points: Points
    limits: Limits
    by_word: frozenset[str]
    lasting: frozenset[str]
    generic: frozenset[str]
    empty: frozenset[str]
    measures: frozenset[str]

    def family(self, event: Event) -> str:
        """The family of an act: by its sense, by ground that changes hands, by its mode, by its type."""
        ground = self.families.get(f"{event.type}+ground") if event.control is not None else None
        known = self.families.get(event.sense) or ground or self.families.get(f"{event.type}/{event.mode}")
        return known or self.families[event.type]

    def deed(self, event: Event) -> str:
        """What is done, more closely than the family says it: by the trigger's word, else by its sense."""
        words = event.trigger.lower().split()
        return self.deeds.get(words[-1], "") or self.deeds.get(words[0], "") or self.deeds.get(event.sense, event.sense)

    def apart(self, one: frozenset[str], two: frozenset[str]) -> bool:
        """Whether what is done is known of both, and none of the one goes together with any of the other."""
        if not all(deed in self.kin for deed in one | two):
            return False
        return not any(two & self.kin[deed] for deed in one)


def load_rules(path: Path | None = None) -> Rules:
    """The rules of a file, by default the bundled one.

    Raises:
        RulesError: a key is missing or unknown, or a type belongs to no family.
        OSError: it cannot be read.
    """
    return _read(path.read_text(encoding="utf-8"), str(path)) if path else _bundled()


@cache
def _bundled() -> Rules:
    return _read(
        resources.files("dateline.incidents").joinpath("data", "merging.toml").read_text(encoding="utf-8"), "merging.toml"
    )


def _read(text: str, source: str) -> Rules:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{source}: not valid TOML: {error}") from error
    families = {entry: name for name, entries in data.get("families", {}).items() for entry in entries}
    if missing := sorted(set(MODES) - set(families)):
        raise RulesError(f"{source}: [families] has no place for {', '.join(missing)}")
    deeds, kin = _deeds(data.get("deeds", {}), data.get("kin", {}), source)
    words, kinds = data.get("words", {}), data.get("kinds", {})
    for name in (*kinds.get("by_word", ()), *kinds.get("lasting", ())):
        if name not in families.values():
            raise RulesError(f"{source}: [kinds] there is no family {name!r}")
    return Rules(
        families,
        deeds,
        kin,
        _filled(Points, data.get("points", {}), f"{source}: [points]"),
        _filled(Limits, data.get("limits", {}), f"{source}: [limits]"),
        frozenset(kinds.get("by_word", ())),
        frozenset(kinds.get("lasting", ())),
        frozenset(words.get("generic", ())),
        frozenset(words.get("empty", ())),
        frozenset(words.get("measures", ())),
    )


def _deeds(
    deeds: Mapping[str, list[str]], kin: Mapping[str, list[str]], source: str
) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Word or sense -> deed, and deed -> the deeds that it goes together with, in both directions, itself among them."""
    near = {name: {name} for name in deeds}
    for name, others in kin.items():
        for other in others:
            if name not in near or other not in near:
                raise RulesError(f"{source}: [kin] there is no deed {name if name not in near else other!r}")
            near[name].add(other)
            near[other].add(name)
    by_word = {entry: name for name, entries in deeds.items() for entry in entries}
    return by_word, {name: frozenset(others) for name, others in near.items()}


def _filled[T: (Points, Limits)](kind: type[T], values: Mapping[str, Any], where: str) -> T:
    wanted = {f.name for f in fields(kind)}
    if wrong := wanted ^ set(values):
        raise RulesError(f"{where}: missing or unknown: {', '.join(sorted(wrong))}")
    return kind(**values)
