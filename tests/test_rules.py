"""Every rule file of the lexicon is run: the event files here, each other kind by the tests of the module that reads it.

A test module that runs the examples and near-misses of rule files says so in a constant `RUNS`, a tuple of glob patterns
relative to `lexicon/en`. A rule file that nobody runs fails here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from dateline.language import Row, SpacyParser
from dateline.model import Article, Event
from dateline.reader import Reader
from dateline.rules.loader import Rule, RuleFile, bundled, load_file

RUNS = ("events/*.toml",)
LEXICON = bundled()
FILES = sorted(path.relative_to(LEXICON).as_posix() for path in LEXICON.rglob("*.toml"))
SHARED = ("frames.toml", "classes.toml")
EVENT_FILES = [load_file(LEXICON / name) for name in FILES if name.startswith("events/") and not name.endswith(SHARED)]
RULES = [(file, rule) for file in EVENT_FILES for rule in file.rules]


def claims() -> Iterator[str]:
    """The patterns of every test module's `RUNS`."""
    for path in Path(__file__).parent.rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "RUNS" for t in node.targets):
                yield from ast.literal_eval(node.value)


@pytest.mark.parametrize("name", FILES)
def test_somebody_runs_the_examples_of_every_file(name: str) -> None:
    assert any(fnmatch(name, pattern) for pattern in claims()), f"name {name} in the RUNS of the test module that runs it"


# -- event files ------------------------------------------------------------------------------------------------------


def text_of(example: str | Mapping[str, Any]) -> str:
    return example if isinstance(example, str) else str(example["text"])


class BatchParser:
    """Parses all texts at once and gives them out again one by one: many times faster than one call for each."""

    identity = "batch"

    def __init__(self, parser: SpacyParser, texts: Sequence[str]) -> None:
        self.universal = parser.universal
        self._parser = parser
        distinct = list(dict.fromkeys(texts))
        self._rows = dict(zip(distinct, parser.rows(distinct), strict=True))

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        for text in texts:
            yield self._rows[text] if text in self._rows else next(self._parser.rows([text]))


class Bench:
    """Reads the examples by the rules alone: whether the weights agree is measured on whole articles."""

    def __init__(self, parser: SpacyParser) -> None:
        texts = [text_of(entry) for _, rule in RULES for entry in chain(rule.examples, rule.near_misses)]
        self._reader = Reader(parser=BatchParser(parser, texts), weighers={})

    def events(self, text: str) -> tuple[Event, ...]:
        """The events of a text."""
        return self._reader.read(Article("example", text)).events


@pytest.fixture(scope="module")
def bench(parser: SpacyParser) -> Bench:
    return Bench(parser)


def name_of(value: object) -> str | None:
    return value.name if isinstance(value, Rule) else value.path.stem if isinstance(value, RuleFile) else None


@pytest.mark.parametrize(("file", "rule"), RULES, ids=name_of)
def test_event_rule(file: RuleFile, rule: Rule, bench: Bench) -> None:
    key, name = (
        ("mode", rule.data.get("mode", rule.name)) if rule.kind == "mode" else ("sense", f"{file.path.stem}/{rule.name}")
    )
    for example in rule.examples:
        events = bench.events(text_of(example))
        found = [event for event in events if getattr(event, key) == name]
        assert found, f"{text_of(example)}: the events have {[getattr(event, key) for event in events]}"
        if not isinstance(example, str):
            wrong = [differences(event, example) for event in found]
            assert not all(wrong), f"{text_of(example)}: {wrong}"
    for near_miss in rule.near_misses:
        events = bench.events(text_of(near_miss))
        assert name not in [getattr(event, key) for event in events], text_of(near_miss)


def differences(event: Event, expected: Mapping[str, Any]) -> list[str]:
    """What an example demands of its event and does not get. Names of actors need only be part of those found."""
    found: dict[str, Any] = {
        "trigger": event.trigger,
        "mode": event.mode,
        "status": event.status,
        "type": event.type,
        "actors": [actor.name for actor in event.actors],
        "recipients": [actor.name for actor in event.recipients],
    }
    wrong = []
    for key, value in expected.items():
        if key == "text":
            continue
        if key in ("actors", "recipients"):
            right = all(any(name.lower() in other.lower() for other in found[key]) for name in value)
        else:
            right = found[key] == value
        if not right:
            wrong.append(f"{key} is {found[key]!r}, not {value!r}")
    return wrong
