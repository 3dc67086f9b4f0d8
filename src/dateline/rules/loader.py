"""Rule files: TOML that an analyst can read, checked when it is loaded.

A rule file holds settings (plain keys at the top), word lists (`[words]`) and named rules (an array of tables). Each rule has
a `name`, at least one entry in `examples`, and near-misses in `not`; both are run as tests. A string in a rule refers to a
word list as `@name`. What is wrong with a file is said with its path and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.keeping import PACKAGE, cache_folder, kept_object, state_of

LIST_REFERENCE = re.compile(r"@([a-z][a-z0-9_-]*)")
RESERVED = frozenset({"name", "examples", "not"})


class LexiconError(ValueError):
    """A lexicon file is wrong; the message starts with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One named rule: `kind` is the table that it stands in, `data` its keys less name, examples and near-misses.

    An example is a text, or a table with the key `text` and what must be found in it.
    """

    name: str
    kind: str
    data: Mapping[str, Any]
    examples: tuple[str | Mapping[str, Any], ...]
    near_misses: tuple[str | Mapping[str, Any], ...]
    source: str

    def strings(self, key: str) -> tuple[str, ...]:
        """The value at `key` as a tuple of strings; a single string counts as one, a missing key as none.

        Raises:
            LexiconError: it is something else.
        """
        value = self.data.get(key, ())
        strings = (value,) if isinstance(value, str) else value
        if not isinstance(strings, list | tuple) or not all(isinstance(string, str) for string in strings):
            raise LexiconError(f"{self.source}: {key} of {self.name!r} has to be a text or a list of texts")
        return tuple(strings)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A loaded file: its settings, its word lists, its rules in the order of the file."""

    path: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def expand(self, strings: Iterable[str]) -> tuple[str, ...]:
        """Strings with every `@list` replaced by its words, one string for each word."""
        done: list[str] = []
        for string in strings:
            reference = LIST_REFERENCE.search(string)
            if reference is None:
                done.append(string)
                continue
            for word in self.words[reference.group(1)]:
                done.extend(self.expand([string[: reference.start()] + word + string[reference.end() :]]))
        return tuple(done)


def bundled(*parts: str) -> Path:
    """A path inside the lexicon that comes with the package (`lexicon/en/...`)."""
    return Path(str(resources.files("dateline").joinpath("lexicon", "en", *parts)))


def compiled[T](kind: str, extra: Sequence[Path], make: Callable[[], T]) -> T:
    """What is made of the bundled lexicon and the user's, kept from one run to the next while code, rules and added places stay."""
    return kept_object(kind, state_of(PACKAGE, cache_folder() / "gazetteer", *extra), make)


def load_file(path: Path) -> RuleFile:
    """Load and check one rule file.

    Raises:
        LexiconError: it is not TOML, or a rule lacks a name or an example, a name stands twice, a word list is not used or
            not there.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")  # some editors put a byte-order mark in front
        raw = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise LexiconError(f"{path}:{line}: not UTF-8: byte 0x{error.object[error.start]:02X}; save it as UTF-8") from error
    except RecursionError as error:
        raise LexiconError(f"{path}:1: lists or tables stand too deep inside each other") from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise LexiconError(f"{path}:{at.group(1) if at else 1}: not valid TOML: {error}") from error
    words = _word_lists(path, text, raw.pop("words", {}))
    settings: dict[str, Any] = {}
    rules: list[Rule] = []
    seen: dict[tuple[str, str], str] = {}
    for kind, value in raw.items():
        if not (isinstance(value, list) and value and all(isinstance(item, dict) for item in value)):
            settings[kind] = value
            continue
        for number, (item, line) in enumerate(zip(value, _table_lines(text, kind), strict=True), 1):
            where = f"{path}:{line}"
            name = item.get("name")
            if not isinstance(name, str) or not name:
                raise LexiconError(f"{where}: [[{kind}]] number {number} has no name")
            if (kind, name) in seen:
                raise LexiconError(f"{where}: the name {name!r} stands already at {seen[kind, name]}")
            for key in ("examples", "not"):
                if not isinstance(item.get(key, []), list) or not all(
                    isinstance(each, str | dict) for each in item.get(key, [])
                ):
                    raise LexiconError(f"{where}: {key!r} of {name!r} has to be a list of texts")
            if not item.get("examples"):
                raise LexiconError(f"{where}: the rule {name!r} has no example")
            seen[kind, name] = where
            data = {key: entry for key, entry in item.items() if key not in RESERVED}
            rules.append(Rule(name, kind, data, tuple(item["examples"]), tuple(item.get("not", ())), where))
    used = {
        ref
        for string in _strings([settings, *(rule.data for rule in rules), words])
        for ref in LIST_REFERENCE.findall(string)
    }
    for name in words:
        if name not in used:
            raise LexiconError(f"{path}:{_line_of(text, name)}: the word list {name!r} is not used")
    for name in sorted(used - words.keys()):
        raise LexiconError(f"{path}:{_line_of(text, '@' + name)}: there is no word list {name!r}")
    return RuleFile(path, settings, words, tuple(rules))


def _word_lists(path: Path, text: str, found: Any) -> dict[str, tuple[str, ...]]:
    """The word lists of a file: texts alone, and none that leads back to itself."""
    if not isinstance(found, dict):
        raise LexiconError(f"{path}:{_line_of(text, 'words')}: [words] has to be a table of lists")
    for name, values in found.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise LexiconError(f"{path}:{_line_of(text, name)}: the word list {name!r} has to be a list of texts")
    words = {name: tuple(values) for name, values in found.items()}
    for name in words:
        below, reached = {name}, set[str]()
        while below:
            below = {
                ref for each in below for string in words.get(each, ()) for ref in LIST_REFERENCE.findall(string)
            } - reached
            reached |= below
        if name in reached:
            raise LexiconError(f"{path}:{_line_of(text, name)}: the word list {name!r} leads back to itself")
    return words


def load_folder(name: str, extra: Sequence[Path] = ()) -> list[RuleFile]:
    """The bundled rule files of a folder, then those of the same folder in each of the user's lexicons.

    A file of the user's with the name of a bundled one adds its rules to it, and takes the place of those of the same name.
    """
    files = {path.name: load_file(path) for path in sorted(bundled(name).glob("*.toml"))}
    for root in extra:
        for path in sorted((root / name).glob("*.toml")):
            files[path.name] = merged(files[path.name], load_file(path)) if path.name in files else load_file(path)
    return list(files.values())


def load_one(name: str, extra: Sequence[Path] = ()) -> RuleFile:
    """One bundled rule file (`status.toml`) with the user's files of the same name merged in."""
    file = load_file(bundled(name))
    for root in extra:
        if (root / name).is_file():
            file = merged(file, load_file(root / name))
    return file


def merged(base: RuleFile, other: RuleFile) -> RuleFile:
    """`base` with the rules of `other` added; a rule of the same name is replaced where it stands, word lists are joined."""
    replaced = {(rule.kind, rule.name): rule for rule in other.rules}
    known = {(rule.kind, rule.name) for rule in base.rules}
    words = dict(base.words)
    for name, values in other.words.items():
        words[name] = (*words.get(name, ()), *values)
    return RuleFile(
        other.path,
        {**base.settings, **other.settings},
        words,
        (
            *(replaced.get((r.kind, r.name), r) for r in base.rules),
            *(r for r in other.rules if (r.kind, r.name) not in known),
        ),
    )


def _table_lines(text: str, kind: str) -> list[int]:
    header = re.compile(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]")
    return [number for number, line in enumerate(text.splitlines(), 1) if header.match(line)]


def _line_of(text: str, needle: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if needle in line), 1)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
