"""The words that say what a number counts: the part of `lexicon/en/quantities.toml` that is about acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dateline.rules.loader import RuleFile, load_one


@dataclass(slots=True)
class Losses:
    """Words that tell of losses -> what was lost, by how they count."""

    verbs: dict[str, str] = field(default_factory=dict)
    dying: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    losing: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Naming:
    """What is counted in acts of a kind: `acts` are TYPE or TYPE/mode, `triggers` lemmas (empty: any)."""

    name: str
    acts: frozenset[str]
    triggers: frozenset[str]
    near: frozenset[str]
    nouns: frozenset[str]
    what: str


@dataclass(slots=True)
class CountWords:
    """The part of the lexicon of quantities that says what a number counts; the sets of words are described there."""

    losses: Losses = field(default_factory=Losses)
    namings: list[Naming] = field(default_factory=list)
    acts: list[Naming] = field(default_factory=list)
    people: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    uncounted: frozenset[str] = frozenset()
    suffered: frozenset[str] = frozenset()
    singly: frozenset[str] = frozenset()
    leaving: frozenset[str] = frozenset()
    homes: frozenset[str] = frozenset()
    grounds: frozenset[str] = frozenset()

    @classmethod
    def of(cls, file: RuleFile) -> CountWords:
        """The count words of a rule file."""
        words = cls(
            people=frozenset(file.settings["people"]),
            uncounted=frozenset(file.settings["uncounted"]),
            suffered=frozenset(file.settings["suffered"]),
            singly=frozenset(file.settings["singly"]),
            leaving=frozenset(file.settings["leaving"]),
            homes=frozenset(file.settings["homes"]),
            grounds=frozenset(file.settings["grounds"]),
        )
        words.units = frozenset(str(rule.data["what"]) for rule in file.rules if rule.kind == "unit")
        for rule in file.rules:
            if rule.kind == "loss":
                what = str(rule.data["what"])
                if rule.data.get("things"):
                    words.losses.things |= dict.fromkeys(rule.strings("verbs"), what)
                    continue
                for table, key in (
                    (words.losses.verbs, "verbs"), (words.losses.dying, "dying"), (words.losses.states, "states"),
                    (words.losses.nouns, "of"), (words.losses.claims, "claims"), (words.losses.losing, "losing"),
                ):  # fmt: skip
                    table.update(dict.fromkeys(rule.strings(key), what))
            elif rule.kind in ("naming", "acts"):
                naming = Naming(
                    rule.name,
                    frozenset(rule.strings("acts")),
                    frozenset(rule.strings("triggers")),
                    frozenset(rule.strings("with")),
                    frozenset(rule.strings("nouns")),
                    str(rule.data["what"]),
                )
                (words.namings if rule.kind == "naming" else words.acts).append(naming)
        return words


@cache
def load_count_words(extra: tuple[Path, ...] = ()) -> CountWords:
    """The bundled count words with those of the user's lexicons.

    Raises:
        LexiconError: a rule file is wrong.
    """
    return CountWords.of(load_one("quantities.toml", extra))
