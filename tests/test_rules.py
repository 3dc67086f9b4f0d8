"""Every rule file of the lexicon is run: the event files here, each other kind by the tests of the module that reads it.

A test module that runs the examples and near-misses of rule files says so in a constant `RUNS`, a tuple of glob patterns
relative to `lexicon/en`. A rule file that nobody runs fails here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

import pytest

from dateline.language import Row, SpacyParser
from dateline.model import Article, Event
from dateline.proving import event_files, prove, texts
from dateline.reader import Reader
from dateline.rules.loader import Rule, RuleFile, bundled

RUNS = ("events/*.toml",)
LEXICON = bundled()
FILES = sorted(path.relative_to(LEXICON).as_posix() for path in LEXICON.rglob("*.toml"))
EVENT_FILES = event_files(LEXICON)
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
        self._reader = Reader(parser=BatchParser(parser, texts(EVENT_FILES)), weighers={})

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
    assert not [str(proof) for proof in prove(file, rule, bench.events) if proof.problem]
