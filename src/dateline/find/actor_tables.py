"""Tables of phrases that are looked up word by word: one trie, asked with the surface and the lemma of each word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import TypeVar

V = TypeVar("V")

_POSSESSIVE = re.compile(r"['’`]s\b")
_INSIDE = re.compile(r"['’`.]")
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=65_536)
def cased_words(text: str) -> tuple[str, ...]:
    """The words of a name without accents, apostrophes, full stops and hyphens, capitals kept."""
    if not text.isascii():
        taken_apart = unicodedata.normalize("NFKD", text)
        text = "".join(ch for ch in taken_apart if not unicodedata.combining(ch))
    return tuple(_WORD.findall(_INSIDE.sub("", _POSSESSIVE.sub("", text))))


@lru_cache(maxsize=65_536)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared, in lower case.

    "Da'esh" -> daesh; "U.S." -> us; "al-Qa'ida" -> al qaida; "People's Army" -> people army.
    """
    return tuple(word.lower() for word in cased_words(text))


class PhraseTable[V]:
    """Phrases of plain words, each with the values that were put under it."""

    def __init__(self) -> None:
        self._root: dict[str, dict[str, object]] = {}
        self.openings: Container[str] = self._root
        """The words that any phrase starts with."""
        self.size = 0

    def add(self, words: Sequence[str], value: V) -> None:
        """Put a value under a phrase; a phrase may hold several."""
        node: dict[str, object] = self._root  # type: ignore[assignment]
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]
        held: list[V] = node.setdefault("", [])  # type: ignore[assignment]
        held.append(value)
        self.size += 1

    def get(self, words: Sequence[str]) -> list[V]:
        """The values under exactly this phrase."""
        node: dict[str, object] | None = self._root  # type: ignore[assignment]
        for word in words:
            if node is None:
                return []
            node = node.get(word)  # type: ignore[assignment]
        return [] if node is None else list(node.get("", ()))  # type: ignore[call-overload]

    def matches(self, surface: Sequence[str], lemmas: Sequence[str], at: int) -> list[tuple[int, list[V]]]:
        """(number of words, values) of every phrase that starts at `at`, longest first; each word by surface or lemma."""
        found: list[tuple[int, list[V]]] = []
        nodes: list[dict[str, object]] = [self._root]  # type: ignore[list-item]
        for k in range(at, len(surface)):
            word, lemma = surface[k], lemmas[k]
            step = [node[word] for node in nodes if word in node]
            if lemma != word:
                step = [node[form] for node in nodes for form in (word, lemma) if form in node]
            if not step:
                break
            nodes = step  # type: ignore[assignment]
            held = [value for node in nodes for value in node.get("", ())]  # type: ignore[attr-defined]
            if held:
                found.append((k - at + 1, held))
        found.reverse()
        return found
