"""Every rule of the lexicon is run: those of the event files here, others by the tests of the module that reads them.

A test module that runs the examples and near-misses of rules says so in a constant `RUNS`: glob patterns for `file#kind`, the file
relative to `lexicon/en`, the kind as in `[[kind]]`. A kind of rule that nobody runs fails here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

import pytest

from dateline.language import Document, Row, SpacyParser
from dateline.model import Act, Article, Event
from dateline.proving import event_files, prove, text_of, texts
from dateline.reader import Reader
from dateline.reading import Facts
from dateline.rules.loader import Rule, RuleFile, bundled, load_file, load_one
from dateline.rules.senses import load_senses

RUNS = ("events/*.toml#*", "light.toml#*")
LEXICON = bundled()
KINDS = sorted(
    {
        f"{path.relative_to(LEXICON).as_posix()}#{rule.kind}"
        for path in LEXICON.rglob("*.toml")
        for rule in load_file(path).rules
    }
)
EVENT_FILES = event_files(LEXICON)
RULES = [(file, rule) for file in EVENT_FILES for rule in file.rules]
FRAMES, CLASSES, LIGHT = (load_one(name) for name in ("events/frames.toml", "events/classes.toml", "light.toml"))


def claims() -> Iterator[str]:
    """The patterns of every test module's `RUNS`."""
    for path in Path(__file__).parent.rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "RUNS" for t in node.targets):
                yield from ast.literal_eval(node.value)


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_runs_the_examples(kind: str) -> None:
    assert any(fnmatch(kind, pattern) for pattern in claims()), f"name {kind} in the RUNS of the test module that runs it"


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
        prepared = BatchParser(parser, texts([*EVENT_FILES, FRAMES, CLASSES, LIGHT]))
        self._reader = Reader(parser=prepared, weighers={})
        self.frames = {p.sense.id: p.sense.frame.name for found in load_senses().patterns.values() for p in found}

    def facts(self, text: str) -> Facts:
        """Everything that is found in a text."""
        return self._reader.explain(Article("example", text))[1]

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


@pytest.mark.parametrize("rule", FRAMES.rules, ids=name_of)
def test_frame(rule: Rule, bench: Bench) -> None:
    for example in map(text_of, rule.examples):
        assert rule.name in [bench.frames[act.sense] for act in bench.facts(example).of(Act)], example


@pytest.mark.parametrize("rule", CLASSES.rules, ids=name_of)
def test_word_class(rule: Rule, bench: Bench) -> None:
    words = {word.lower() for word in CLASSES.expand(rule.strings("words"))}
    for example in map(text_of, rule.examples):
        assert any({t.lower, t.lemma.lower()} & words for t in bench.facts(example).one(Document).tokens), example


BY_LIGHT_VERBS = {"giving": "light", "taking": "light-object", "harming": "harmed", "dying": "harmed", "sharing": "light"}


@pytest.mark.parametrize("rule", LIGHT.rules, ids=name_of)
def test_light_verb(rule: Rule, bench: Bench) -> None:
    for example in map(text_of, rule.examples):
        sources = [name.split(":")[1] for act in bench.facts(example).of(Act) for name, _ in act.slots]
        assert BY_LIGHT_VERBS[rule.kind] in sources, example
