"""Event senses: the rule files of `lexicon/en/events`, compiled into patterns that can be matched against a parse.

A sense says which words name an act (its trigger patterns), where in the sentence its roles are to be found (its frame), and
what must or must not stand there (its restrictions). See `docs/writing-rules.md` for the format of the files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from dateline.model import MODES, EventType
from dateline.rules.loader import LexiconError, Rule, RuleFile, bundled, load_folder

PartOfSpeech = Literal["verb", "noun", "adjective"]
PREPOSITIONS = frozenset(
    "about above across after against along amid among around as at before behind below beneath between beyond by despite "
    "down during for from in inside into like near of off on onto out outside over past since through throughout to toward "
    "towards under until up upon via with within without".split()
)
TRIGGER_KEYS: Mapping[PartOfSpeech, str] = {"verb": "verbs", "noun": "nouns", "adjective": "adjectives"}
SHARED_FILES = ("frames.toml", "classes.toml")
SETTING_KEYS = frozenset({"type", "frame"})
SENSE_KEYS = frozenset(
    {*TRIGGER_KEYS.values(), "frame", "mode", "needs", "lacks", "actor", "recipient", "aftermath", "accidental", "strict"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the roles of an act are to be found: role -> sources in order, for each part of speech of the trigger."""

    name: str
    sources: Mapping[PartOfSpeech, Mapping[str, tuple[str, ...]]]
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """What the words at one source must be (or, `negative`, must not be): lemmas or classes, any one of them."""

    source: str
    words: frozenset[str]
    classes: frozenset[str]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """One named meaning of a group of triggers.

    An `aftermath` tells what came of an act: it makes a record only where its sentence names no act of its type. What is
    `accidental` happens in accidents as well: such an act must be told near by, or its sentence name an actor who did it. The demands of
    a `strict` one are never waived: its triggers are everyday words.
    """

    id: str
    type: EventType
    mode: str | None
    frame: Frame
    overrides: Mapping[str, tuple[str, ...]]
    restrictions: tuple[Restriction, ...]
    needs: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...] = ()
    aftermath: bool = False
    accidental: bool = False
    strict: bool = False

    def sources(self, role: str, pos: PartOfSpeech) -> tuple[str, ...]:
        """Where to look for a role, in order."""
        if role in self.overrides:
            return self.overrides[role]
        return self.frame.sources.get(pos, {}).get(role, ())


class Pattern(NamedTuple):
    """One trigger: the head's word, the words that must stand below it in order, and what it means."""

    pos: PartOfSpeech
    head: str
    rest: tuple[str, ...]
    sense: Sense

    @property
    def last_preposition(self) -> str | None:
        """The preposition that the pattern ends in: its object counts as the pattern's object."""
        return self.rest[-1] if self.rest and self.rest[-1] in PREPOSITIONS else None


@dataclass(frozen=True, slots=True)
class ModeRule:
    """A mode told by words around the trigger: phrases of lemmas, each a tuple of its words.

    A `lasting` mode holds for later mentions of the act as well: "a drone hit the depot … the attack".
    """

    id: str
    mode: str
    phrases: frozenset[tuple[str, ...]]
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Senses:
    """All that the event lexicon says, indexed for matching."""

    patterns: Mapping[tuple[PartOfSpeech, str], tuple[Pattern, ...]]
    modes: Mapping[EventType, tuple[ModeRule, ...]]
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    files: tuple[RuleFile, ...] = ()
    own: frozenset[str] = frozenset()
    """The senses of the user's own folders: the weights, which have never seen one, do not shut them out."""


def compile_pattern(text: str, pos: PartOfSpeech) -> tuple[str, tuple[str, ...]]:
    """(head, rest) of a pattern. Verbs and adjectives lead their patterns; a noun stands behind its modifiers.

    A hyphenated word is matched by its parts, the last of which is its head: the parser splits at hyphens.

    >>> compile_pattern("air strike on", "noun")
    ('strike', ('air', 'on'))
    >>> compile_pattern("take control of", "verb")
    ('take', ('control', 'of'))
    >>> compile_pattern("mass sit-in", "noun")
    ('in', ('sit', 'mass'))
    """
    words = [word.split("-") for word in text.lower().split()]
    at = 0
    if pos == "noun":
        at = (
            next((k for k, word in enumerate(words) if word[-1] in PREPOSITIONS and len(word) == 1 and k > 0), len(words))
            - 1
        )
    *before, head = words[at]
    others = [part for k, word in enumerate(words) if k != at for part in (word[-1], *word[:-1])]
    return head, (*before, *others)


def load_senses(extra: Sequence[Path] = ()) -> Senses:
    """Load the event lexicon, the bundled one and the user's.

    Raises:
        LexiconError: a file is not as the format says; with file and line.
    """
    files = load_folder("events", extra)
    frames = {rule.name: _frame(rule) for file in files if file.path.name == "frames.toml" for rule in file.rules}
    classes = {
        rule.name: frozenset(word.lower() for word in file.expand(rule.strings("words")))
        for file in files
        if file.path.name == "classes.toml"
        for rule in file.rules
    }
    patterns: dict[tuple[PartOfSpeech, str], list[Pattern]] = {}
    modes: dict[EventType, list[ModeRule]] = {}
    own: set[str] = set()
    for file in files:
        if file.path.name in SHARED_FILES:
            continue
        event_type = _event_type(file)
        for rule in file.rules:
            if rule.kind == "mode":
                modes.setdefault(event_type, []).append(_mode(rule, file, event_type))
            elif rule.kind == "sense":
                sense = _sense(rule, file, event_type, frames, classes)
                if not file.path.is_relative_to(bundled("events")):
                    own.add(sense.id)
                for pos, key in TRIGGER_KEYS.items():
                    for text in file.expand(rule.strings(key)):
                        head, rest = compile_pattern(text, pos)
                        patterns.setdefault((pos, head), []).append(Pattern(pos, head, rest, sense))
            else:
                raise LexiconError(
                    f"{rule.source}: [[{rule.kind}]] is not known in an event file; use [[sense]] or [[mode]]"
                )
    longest_first = {key: tuple(sorted(found, key=lambda p: -len(p.rest))) for key, found in patterns.items()}
    return Senses(longest_first, {t: tuple(found) for t, found in modes.items()}, classes, tuple(files), frozenset(own))


def _event_type(file: RuleFile) -> EventType:
    for event_type in get_args(EventType):
        if file.settings.get("type") == event_type and not set(file.settings) - SETTING_KEYS:
            return cast(EventType, event_type)
    raise LexiconError(f"{file.path}:1: the settings of an event file are `type` (a PLOVER type) and `frame`")


def _frame(rule: Rule) -> Frame:
    sources: dict[PartOfSpeech, dict[str, tuple[str, ...]]] = {}
    for pos in get_args(PartOfSpeech):
        table = rule.data.get(pos, {})
        sources[pos] = {role: tuple(found) for role, found in table.items()}
    return Frame(rule.name, sources, bool(rule.data.get("mutual", False)))


def _mode(rule: Rule, file: RuleFile, event_type: EventType) -> ModeRule:
    mode = rule.data.get("mode", rule.name)
    if not isinstance(mode, str) or mode not in MODES[event_type]:
        raise LexiconError(f"{rule.source}: {mode!r} is no mode of {event_type}")
    phrases = frozenset(tuple(text.lower().split()) for text in file.expand(rule.strings("words")))
    return ModeRule(f"{file.path.stem}/{rule.name}", mode, phrases, bool(rule.data.get("lasting", False)))


def _sense(
    rule: Rule, file: RuleFile, event_type: EventType, frames: Mapping[str, Frame], classes: Mapping[str, frozenset[str]]
) -> Sense:
    name = rule.data.get("frame", file.settings.get("frame"))
    if not isinstance(name, str) or name not in frames:
        raise LexiconError(f"{rule.source}: there is no frame {name!r}")
    mode = rule.data.get("mode")
    if mode is not None and (not isinstance(mode, str) or mode not in MODES[event_type]):
        raise LexiconError(f"{rule.source}: {mode!r} is no mode of {event_type}")
    if not any(rule.data.get(key) for key in TRIGGER_KEYS.values()):
        raise LexiconError(f"{rule.source}: the sense {rule.name!r} has no trigger")
    restrictions = [_restriction(rule, file, key, classes) for key in rule.data if key not in SENSE_KEYS]
    return Sense(
        id=f"{file.path.stem}/{rule.name}",
        type=event_type,
        mode=mode,
        frame=frames[name],
        overrides={role: rule.strings(role) for role in ("actor", "recipient") if role in rule.data},
        restrictions=tuple(restrictions),
        needs=tuple(tuple(text.split("|")) for text in rule.strings("needs")),
        lacks=rule.strings("lacks"),
        aftermath=bool(rule.data.get("aftermath", False)),
        accidental=bool(rule.data.get("accidental", False)),
        strict=bool(rule.data.get("strict", False)),
    )


def _restriction(rule: Rule, file: RuleFile, key: str, classes: Mapping[str, frozenset[str]]) -> Restriction:
    negative = key.startswith("not_")
    words = file.expand(rule.strings(key))
    named = frozenset(word[1:] for word in words if word.startswith("$"))
    for name in named - classes.keys():
        raise LexiconError(f"{rule.source}: there is no class ${name}")
    plain = frozenset(word.lower() for word in words if not word.startswith("$"))
    return Restriction(key.removeprefix("not_"), plain, named, negative)
