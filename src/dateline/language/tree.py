"""Sentences of tokens with a thin view of their dependencies: what everything built on the parse sees."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.language.parsers import Row
from dateline.model import Fact, Quotation

NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
CLOSED = re.compile(r"[^aeiou]*[aeiou][^aeiousw-z]")

MISTAKEN = {"bases": "base", "junta": "junta", "overran": "overrun", "rebuilt": "rebuild", "retook": "retake"}
"""Forms whose lemma is mostly wrong, as that of "bases" (of arguments), or that of a word that stands in for them."""


def _lemma(row: Row, lower: str) -> str:
    """The lemma in lower case, with the e that lemmatisers take from verbs such as "raped", "fined" and "staged".

    A verb that ends in one short syllable doubles its consonant ("rapped", "planned"): where none is doubled, an e is gone.
    """
    lemma = MISTAKEN.get(lower) or row.lemma.lower()
    if row.pos == "VERB" and lower[len(lemma) :] in ("ed", "ing", "es") and CLOSED.fullmatch(lemma):
        return lemma + "e"
    return lemma


class Token:
    """One word of a sentence, with offsets into the article and its place in the tree."""

    __slots__ = (
        "children", "end", "ent", "head", "i", "lemma", "lower", "pos", "quotation", "relation", "sentence", "start",
        "tag", "text",
    )  # fmt: skip

    def __init__(self, i: int, start: int, end: int, row: Row, relation: str, sentence: Sentence) -> None:
        self.i = i
        self.start = start
        self.end = end
        self.text = row.text
        self.lower = row.text.lower()
        self.lemma = row.lemma if row.pos == "PROPN" else _lemma(row, self.lower)
        self.pos = row.pos
        self.tag = row.tag
        self.ent = row.ent
        self.relation = relation
        self.sentence = sentence
        self.head: Token = self
        self.children: list[Token] = []
        self.quotation: Quotation | None = None

    def __repr__(self) -> str:
        return f"<{self.text} {self.i} {self.relation} of {self.head.text}>"

    def kids(self, *relations: str) -> list[Token]:
        """Children that stand in one of these relations, in the order of the text."""
        return [child for child in self.children if child.relation in relations] if self.children else []

    def kid(self, *relations: str) -> Token | None:
        """The first child that stands in one of these relations."""
        for child in self.children:
            if child.relation in relations:
                return child
        return None

    def subtree(self) -> list[Token]:
        """This token and all below it, in the order of the text."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self) -> Iterator[Token]:
        """The heads above, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def conjuncts(self) -> list[Token]:
        """This token and those coordinated with it below it ("A, B and C" from A), in the order of the text."""
        members = self.kids("conjunct")
        if not members:
            return [self]
        found, stack = [self], members
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.kids("conjunct"))
        return sorted(found, key=lambda token: token.i)

    def prepositions(self) -> Iterator[tuple[str, Token, Token]]:
        """(preposition in lower case, its token, object) of every prepositional complement; "out of" comes as one.

        The object may be a clause's verb ("after killing 12"): its relation is then `preposition_clause`.
        """
        for prep in self.kids("preposition", "agent", "indirect_object"):
            if prep.pos not in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
                continue
            name, inner = prep.lower, prep
            while (deeper := inner.kid("preposition")) is not None and not inner.kids("preposition_object"):
                name, inner = f"{name} {deeper.lower}", deeper
            for noun in inner.kids("preposition_object", "preposition_clause"):
                yield name, prep, noun

    @property
    def passive(self) -> bool:
        """Whether this verb is in the passive voice."""
        return bool(self.kids("passive_auxiliary", "passive_subject"))

    @property
    def negated(self) -> bool:
        """Whether a negation stands directly on this word."""
        return any(
            kid.relation == "negation" or (kid.lower in NEGATIONS and kid.relation in ("adverb", "auxiliary"))
            for kid in self.children
        )


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence as it was parsed: of the reporter's own text, or of one quotation."""

    index: int
    paragraph: int
    quotation: Quotation | None = None
    tokens: list[Token] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return min(token.start for token in self.tokens)

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return max(token.end for token in self.tokens)

    @property
    def roots(self) -> list[Token]:
        """The words that hang from no other: one, but where the parser saw several sentences in one."""
        return [token for token in self.tokens if token.head is token]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document(Fact):
    """The parsed article. Tokens are numbered through; sentences of a quotation follow the sentence that holds it."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[tuple[int, int], ...]
    words: tuple[Token, ...]
    """The tokens without the stubs, in the order of the text."""
    starts: tuple[int, ...]
    """Where each of `words` starts."""
    stubs: tuple[Token, ...]
    """The tokens that stand for a quotation."""
    named: tuple[Token, ...]
    """The tokens that the parser takes for a part of a name, or of what it tells apart like a name: a day, a number."""

    def at(self, offset: int) -> Token | None:
        """The token that covers this offset, the one inside a quotation before the stub that stands for it."""
        k = bisect_right(self.starts, offset) - 1
        if k >= 0 and offset < self.words[k].end:
            return self.words[k]
        return next((t for t in self.tokens if t.quotation is not None and t.start <= offset < t.end), None)

    def starting_at(self, offset: int) -> Token | None:
        """The token that starts at this offset, stubs left out."""
        k = bisect_right(self.starts, offset) - 1
        return self.words[k] if k >= 0 and self.starts[k] == offset else None

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens, stubs left out, that lie inside start..end."""
        found = self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [token for token in found if token.end <= end]

    def head_of(self, start: int, end: int) -> Token | None:
        """The token inside start..end whose head lies outside: the head word of that stretch."""
        inside = self.within(start, end)
        members = set(map(id, inside))
        for token in inside:
            if token.head is token or id(token.head) not in members:
                return token
        return None
