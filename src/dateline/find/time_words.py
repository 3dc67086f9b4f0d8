"""The words of a text as the time grammar sees them: what each can stand for, by the word lists and shapes of `time.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from dateline.find.time_grammar import Grammar, Word
from dateline.rules.loader import Rule, RuleFile, load_one

FIRST_YEAR, LAST_YEAR = 1400, 2199  # a bare number of four figures is a year only between these
MOST_SEEN = 20_000  # stretches of the text whose words are kept
LONGEST_KEPT = 40  # characters of a stretch that is kept

_Part = tuple[int, int, str, dict[str, str]]
"""A word or mark in a stretch without white space: where it starts and ends there, in lower case, with its classes."""


class TimeLexicon:
    """The compiled rule files."""

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        """Load the bundled files and those of the user's lexicons.

        Raises:
            LexiconError: a file is wrong.
        """
        names = ("time", "time_rules", "time_joins", "time_days")
        words, rules, joins, days = (load_one(f"{name}.toml", extra) for name in names)
        self.files: tuple[RuleFile, ...] = (words, rules, joins, days)
        self.days: Mapping[str, Mapping[str, Any]] = {rule.name: rule.data for rule in days.rules}
        self.printed = frozenset(words.settings["printed"])
        self.tense: Mapping[str, Sequence[str]] = words.settings["tense"]
        self.capital = frozenset(words.settings["capital"])
        self._seen: dict[str, tuple[_Part, ...]] = {}
        self.classes = _by_word(words.settings["classes"])
        shapes: Mapping[str, str] = words.settings["shapes"]
        letters = r"(?P<word>[^\W\d_]+)"
        self.tokens = re.compile(
            "|".join([*(f"(?P<{name}>{shape})" for name, shape in shapes.items()), letters, r"(?P<mark>['’]s\b|[^\w\s]|_)"]),
            re.IGNORECASE,
        )
        self.points = Grammar([*_patterns(days, ("day",)), *_patterns(rules, ("never", "point", "duration", "set"))])
        self.joins = Grammar(_patterns(joins, ("join",)))
        self.directions = Grammar(_patterns(joins, ("direction",)))

    def words(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Word]:
        """The words and marks of the text with their classes; an empty word stands between paragraphs."""
        found: list[Word] = []
        known = self._seen.get
        for start, end in paragraphs:
            if found:
                found.append(Word(start, start, ""))
            at = start
            for stretch in text[start:end].split():
                at = text.index(stretch, at)
                behind = at + len(stretch)
                for first, last, word, classes in known(stretch) or self._taken_apart(text, at, behind, end):
                    found.append(Word(at + first, at + last, word, classes))
                at = behind
        return _numbers_joined(found)

    def _taken_apart(self, text: str, start: int, end: int, paragraph_end: int) -> tuple[_Part, ...]:
        """The words and marks of a stretch without white space. What shapes make of figures may hang on what stands behind the stretch;
        any other is kept for the next time."""
        parts: list[_Part] = []
        for m in self.tokens.finditer(text, start, paragraph_end):
            if m.start() >= end:
                break
            parts.append((m.start() - start, m.end() - start, *self._classified(cast(str, m.lastgroup), m.group())))
        stretch, taken = text[start:end], tuple(parts)
        if len(stretch) <= LONGEST_KEPT and not any(map(str.isdecimal, stretch)):
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[stretch] = taken
        return taken

    def _classified(self, shape: str, written: str) -> tuple[str, dict[str, str]]:
        """A word in lower case and what it can stand for; the latter is never changed."""
        lower = written.lower()
        classes: dict[str, str] = {}
        if shape in ("word", "abbreviation"):
            classes = self.classes.get(lower.rstrip("."), {})
            if shape == "abbreviation":  # the full stop tells "Sun." from the sun
                classes = {"weekday" if k == "weekday_short" else k: v for k, v in classes.items()}
            if not written[0].isupper():
                classes = {k: v for k, v in classes.items() if k not in self.capital}
        elif shape != "mark":
            classes = _number(shape, lower)
        return lower, classes


def _by_word(classes: Mapping[str, Mapping[str, str | int | float]]) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for name, values in classes.items():
        for word, value in values.items():
            table.setdefault(word, {})[name] = str(value)
            if name == "ordinal":
                table[word]["day"] = str(value)
            if name == "ones":
                table[word]["number"] = str(value)
            if name == "tens":
                table[word]["number"] = str(value)
    return table


def _number(shape: str, text: str) -> dict[str, str]:
    if shape == "nth":
        return {"nth": text[:-2], "day": text[:-2]} if 1 <= int(text[:-2]) <= 31 else {"nth": text[:-2]}
    if shape == "decade":
        figures = text.strip("'’s")
        return {"decade": figures if len(figures) == 4 else f"19{figures}"}
    if shape == "amount":
        return {"number": text.replace(",", "")}
    if shape != "digits":
        return {shape: text}
    classes = {"digits": text}
    if len(text) <= 9:
        value = int(text)
        classes["number"] = str(value)
        if len(text) <= 2:
            if len(text) == 2:
                classes["shortyear"] = text
            if 1 <= value <= 31:
                classes["day"] = str(value)
        elif len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
            classes["year"] = text
    return classes


def _numbers_joined(words: list[Word]) -> list[Word]:
    """Read "twenty-one" as one word."""
    if not any("tens" in word.classes for word in words):
        return words
    joined: list[Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        if "tens" in word.classes:
            k = i + 2 if i + 2 < len(words) and words[i + 1].text == "-" else i + 1
            if k < len(words) and ("ones" in words[k].classes or ("ordinal" in words[k].classes)):
                ones = words[k].classes
                value = str(int(word.classes["tens"]) + int(ones.get("ones") or ones["ordinal"]))
                kinds = {"number": value} if "ones" in ones else {"ordinal": value, "day": value}
                word = Word(word.start, words[k].end, "", kinds)
                i = k
        joined.append(word)
        i += 1
    return joined


def _patterns(file: RuleFile, kinds: Sequence[str]) -> list[tuple[Rule, tuple[str, ...]]]:
    return [(rule, file.expand(rule.strings("pattern"))) for rule in file.rules if rule.kind in kinds]


@cache
def lexicon() -> TimeLexicon:
    """The bundled lexicon of times, loaded once."""
    return TimeLexicon()
