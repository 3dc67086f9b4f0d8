"""The time grammar's engine: words with classes in, the longest readings of the rules out.

A pattern is a row of items: a word (`since`), a class of words (`<month>`, or `<month:first>` where a rule needs two of one
class), something that may be left out (`[the]`), a choice (`(early|late)`), and a bracket of the text itself with a backslash
before it. Patterns are spelt out into rows of single items and kept in one tree, so that a text is read in a single pass,
however many rules there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from operator import itemgetter

from dateline.rules.loader import LexiconError, Rule

ITEM = re.compile(r"\s*(<[a-z_]+(?::[a-z]+)?>|\\[][()|]|[][()|]|[^\s\[\]()|<>\\]+)")
LONGEST_SPELLING = 4000  # spelt-out rows of one pattern; more is a pattern that nobody can foresee


@dataclass(slots=True, eq=False)
class Word:
    """A word or mark of the text, or a time found in it: `classes` says what it can stand for, with its value in each."""

    start: int
    end: int
    text: str
    classes: dict[str, str] = field(default_factory=dict)


NOTHING = Word(0, 0, "")
"""What stands behind the last word."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that reads words `first`..`last` (half-open); `parts` are the indices of the words caught, by name."""

    rule: Rule
    first: int
    last: int
    parts: tuple[tuple[str, str, int], ...]  # name, class, index

    def part(self, name: str) -> int | None:
        """The index of the word that was caught under this name."""
        return next((index for caught, _, index in self.parts if caught == name), None)


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    classes: dict[tuple[str, str], _Node] = field(default_factory=dict)  # class, name -> node
    rules: list[tuple[int, Rule]] = field(default_factory=list)  # with its rank

    @property
    def kinds(self) -> frozenset[str]:
        """The classes of words that lead further."""
        return frozenset(kind for kind, _ in self.classes)


class Grammar:
    """Rules compiled into one tree. Among readings from one word the longest wins, then the rule that stands first."""

    def __init__(self, rules: Sequence[tuple[Rule, Sequence[str]]]) -> None:
        """`rules` are pairs of a rule and its patterns, word lists already filled in.

        Raises:
            LexiconError: a pattern cannot be read.
        """
        self._root = _Node()
        for rank, (rule, patterns) in enumerate(rules):
            for pattern in patterns:
                for row in spelt_out(pattern, rule.source):
                    self._add(row, rank, rule)
        self._first = self._root.kinds
        self._second = {word: node.kinds for word, node in self._root.words.items()}

    def _add(self, row: Sequence[str], rank: int, rule: Rule) -> None:
        node = self._root
        for item in row:
            if item.startswith("<"):
                kind, _, name = item[1:-1].partition(":")
                node = node.classes.setdefault((kind, name or kind), _Node())
            else:
                node = node.words.setdefault(item, _Node())
        if (rank, rule) not in node.rules:
            node.rules.append((rank, rule))

    def readings(self, words: Sequence[Word], first: int) -> Iterator[Match]:
        """Every reading that starts at this word, longest first."""
        found: list[tuple[int, int, Match]] = []
        stack: list[tuple[_Node, int, tuple[tuple[str, str, int], ...]]] = [(self._root, first, ())]
        while stack:
            node, i, parts = stack.pop()
            for rank, rule in node.rules:
                found.append((-i, rank, Match(rule, first, i, parts)))
            if i >= len(words):
                continue
            word = words[i]
            following = node.words.get(word.text)
            if following is not None:
                stack.append((following, i + 1, parts))
            if word.classes and node.classes:
                for (kind, name), below in node.classes.items():
                    if kind in word.classes:
                        stack.append((below, i + 1, (*parts, (name, kind, i))))
        if len(found) > 1:
            found.sort(key=itemgetter(0, 1))
        return (match for _, _, match in found)

    def beginnings(self, words: Sequence[Word]) -> list[int]:
        """The words that any rule can start with; most of those told by the word itself ("the") are ruled out by the one behind it."""
        by_word, second, elsewhere = self._root.words, self._second, self._first.isdisjoint
        found: list[int] = []
        for i, word in enumerate(words):
            if word.classes and not elsewhere(word.classes):
                found.append(i)
            elif word.text in by_word:
                node = by_word[word.text]
                behind = words[i + 1] if i + 1 < len(words) else NOTHING
                if (
                    node.rules
                    or behind.text in node.words
                    or (behind.classes and not second[word.text].isdisjoint(behind.classes))
                ):
                    found.append(i)
        return found


def spelt_out(pattern: str, source: str) -> list[tuple[str, ...]]:
    """The rows of single items that a pattern stands for.

    Raises:
        LexiconError: brackets do not match, nothing is left when all that is optional is left out, or there are too many rows.
    """
    items, position = [], 0
    while position < len(pattern.rstrip()):
        m = ITEM.match(pattern, position)
        if m is None:
            raise LexiconError(f"{source}: the pattern {pattern!r} cannot be read at {pattern[position:]!r}")
        items.append(m.group(1))
        position = m.end()
    rows, rest = _choice(items, 0, pattern, source)
    if rest < len(items):
        raise LexiconError(f"{source}: the pattern {pattern!r} closes a bracket that was not opened")
    if () in rows:
        raise LexiconError(f"{source}: the pattern {pattern!r} may be left out altogether")
    return rows


def _choice(items: Sequence[str], i: int, pattern: str, source: str) -> tuple[list[tuple[str, ...]], int]:
    options: list[tuple[str, ...]] = []
    row: list[tuple[str, ...]] = [()]
    while i < len(items) and items[i] not in (")", "]"):
        item = items[i]
        i += 1
        if item == "|":
            options.extend(row)
            row = [()]
            continue
        inner: list[tuple[str, ...]] = [(item.removeprefix("\\"),)]
        if item in ("(", "["):
            inner, i = _choice(items, i, pattern, source)
            if i >= len(items) or items[i] != (")" if item == "(" else "]"):
                raise LexiconError(f"{source}: the pattern {pattern!r} does not close a bracket")
            i += 1
            inner = inner if item == "(" else [(), *inner]
        row = [(*before, *after) for before, after in product(row, inner)]
        if len(row) > LONGEST_SPELLING:
            raise LexiconError(f"{source}: the pattern {pattern!r} stands for too many rows")
    return [*options, *row], i
