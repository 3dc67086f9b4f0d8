"""Prove event rules by their own examples: each must give the event that it says, each near-miss must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.model import Event
from dateline.rules.loader import Rule, RuleFile, load_file

SHARED_FILES = ("frames.toml", "classes.toml")
EventsOf = Callable[[str], Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Proof:
    """How one example or near-miss of a rule came out; `problem` is None where it came out as the rule says."""

    rule: Rule
    text: str
    problem: str | None

    def __str__(self) -> str:
        return f"{self.rule.source}: {self.rule.name}: “{self.text}”: {self.problem or 'as it says'}"


def event_files(lexicon: Path) -> list[RuleFile]:
    """The event files of a lexicon folder, less those that only help others.

    Raises:
        LexiconError: a file is wrong.
    """
    return [load_file(path) for path in sorted((lexicon / "events").glob("*.toml")) if path.name not in SHARED_FILES]


def prove(file: RuleFile, rule: Rule, events_of: EventsOf) -> Iterator[Proof]:
    """A proof for every example and near-miss of a rule; `events_of` reads a text."""
    if rule.kind == "mode":
        key, name = "mode", str(rule.data.get("mode", rule.name))
    else:
        key, name = "sense", f"{file.path.stem}/{rule.name}"
    for entry in rule.examples:
        text = text_of(entry)
        events = events_of(text)
        found = [event for event in events if getattr(event, key) == name]
        yield Proof(rule, text, _missed(found, entry) if found else f"found {_shown(events)} instead")
    for entry in rule.near_misses:
        text = text_of(entry)
        fired = any(getattr(event, key) == name for event in events_of(text))
        yield Proof(rule, text, "the rule fires, and should not" if fired else None)


def text_of(entry: str | Mapping[str, Any]) -> str:
    """The text of an example."""
    return entry if isinstance(entry, str) else str(entry["text"])


def texts(files: Iterable[RuleFile]) -> list[str]:
    """The texts of all examples and near-misses."""
    return [text_of(entry) for file in files for rule in file.rules for entry in (*rule.examples, *rule.near_misses)]


def _shown(events: Sequence[Event]) -> str:
    return ", ".join(f"{event.sense} ({event.trigger})" for event in events) or "no event"


def _missed(found: Sequence[Event], entry: str | Mapping[str, Any]) -> str | None:
    """What an example demands beyond its sense and does not get from any of the events; None where one has it all."""
    if isinstance(entry, str):
        return None
    wrong = ["; ".join(_differences(event, entry)) for event in found]
    return None if not all(wrong) else " / ".join(wrong)


def _differences(event: Event, expected: Mapping[str, Any]) -> Iterator[str]:
    values = {
        "trigger": event.trigger,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "actors": [actor.name for actor in event.actors],
        "recipients": [actor.name for actor in event.recipients],
    }
    for key, value in expected.items():
        if key == "text":
            continue
        found: Any = values.get(key)
        if key in ("actors", "recipients"):  # an example says "militants" where the reader finds "Northern militants"
            right = all(any(name.lower() in other.lower() for other in found) for name in value)
        else:
            right = found == value
        if not right:
            yield f"{key} is {found!r}, not {value!r}"
