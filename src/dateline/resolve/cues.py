"""Cues of status: the words of `lexicon/en/status.toml`, checked when they are loaded, found by form or lemma."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.language import Token
from dateline.model import EventType, Status
from dateline.resolve.standing import PLACES
from dateline.rules.loader import LexiconError, Rule, bundled, load_one

STATUSES: tuple[Status, ...] = get_args(Status)
KEYS = frozenset({"words", "at", "status", "pos", "types", "with", "without", "clause", "unless_past"})

Light = Status | Literal["through"]
"""What a cue does to the act in its scope; `through` hands on whatever holds for the cue itself."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that puts an act in another light.

    `rank` is its place in the file: of two cues that fit a word the first speaks. `at`: the places in which it may stand.
    `parts`: parts of speech that it must have, `types`: those of act that it holds for. `near`: one of these must hang on it or
    stand beside it; `far`: none of these may. `clause`: relations in one of which the word in its scope must stand. An empty
    set asks for nothing. `unless_past`: it holds not where its clause and the one above it both tell of the past.
    """

    rank: int
    name: str
    light: Light
    at: frozenset[str]
    parts: frozenset[str]
    types: frozenset[str]
    near: frozenset[str]
    far: frozenset[str]
    clause: frozenset[str]
    unless_past: bool = False


class CueBook:
    """The cues by the word that carries them.

    A word matches a lemma or a form, with a leading "=" the form alone; "*" stands for any word.
    """

    def __init__(self, rules: Sequence[Rule], words: Mapping[str, Sequence[str]]) -> None:
        by_word: dict[str, list[Cue]] = {}
        for rank, rule in enumerate(rules):
            cue = _cue(rank, rule)
            for word in words[rule.name]:
                by_word.setdefault(word, []).append(cue)
        self._anything = tuple(by_word.pop("*", ()))
        self._by_word = by_word
        self._of: dict[tuple[str, str], tuple[Cue, ...]] = {}

    def of(self, token: Token) -> tuple[Cue, ...]:
        """The cues that this word may be, in the order of the file."""
        key = token.lower, token.lemma.lower()
        found = self._of.get(key)
        if found is None:
            own = {cue.rank: cue for word in (f"={key[0]}", *key) for cue in self._by_word.get(word, ())}
            if not own:
                return self._anything
            own |= {cue.rank: cue for cue in self._anything}
            found = self._of[key] = tuple(own[rank] for rank in sorted(own))
        return found


def _cue(rank: int, rule: Rule) -> Cue:
    light = rule.data.get("status")
    if light != "through" and light not in STATUSES:
        raise LexiconError(f"{rule.source}: the cue {rule.name!r} gives no status that there is: {light!r}")
    if unknown := sorted(rule.data.keys() - KEYS):
        raise LexiconError(f"{rule.source}: the cue {rule.name!r} has a key that is not known: {unknown[0]!r}")
    if not rule.strings("words") or not rule.strings("at"):
        raise LexiconError(f"{rule.source}: the cue {rule.name!r} needs words and a place (`at`)")
    for place in rule.strings("at"):
        if place not in PLACES and place.removesuffix(" gerund") not in PLACES:
            raise LexiconError(f"{rule.source}: the cue {rule.name!r} stands in a place that is not known: {place!r}")
    for type in rule.strings("types"):
        if type not in get_args(EventType):
            raise LexiconError(f"{rule.source}: the cue {rule.name!r} names a type that is not known: {type!r}")
    at, parts, types, near, far, clause = (
        frozenset(rule.strings(key)) for key in ("at", "pos", "types", "with", "without", "clause")
    )
    unless_past = bool(rule.data.get("unless_past", False))
    return Cue(rank, rule.name, cast(Light, light), at, parts, types, near, far, clause, unless_past)


@cache
def load_cues(extra: tuple[Path, ...] = ()) -> CueBook:
    """The cues of the user's lexicons, which speak first, and the bundled ones.

    Raises:
        LexiconError: a rule file is wrong.
    """
    file = load_one("status.toml", extra)
    ours = str(bundled("status.toml"))
    rules = sorted(file.rules, key=lambda rule: rule.source.startswith(ours))
    return CueBook(rules, {rule.name: file.expand(rule.strings("words")) for rule in file.rules})
