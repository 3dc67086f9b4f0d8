"""The record of words that may stand for an actor, and how its words are quoted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dateline.find.actor_lexicon import Entry, Pronoun, Role, Sort
from dateline.language import Token


@dataclass(slots=True, eq=False)
class Naming:
    """Words that may stand for an actor.

    `noun` is the role alone ("forces" of "Afghan government forces"). `owners` are the heads of what it belongs to (affiliations
    before it, possessives, of-phrases), nearest first; `places` those of the places it is said to be in or from; `same_as` the
    heads of the words said to name the same ("X, the leader of Y").
    """

    head: Token
    first: Token
    last: Token
    kind: Literal["name", "description", "pronoun"]
    name: str = ""
    noun: str = ""
    sort: Sort | None = None
    entries: tuple[Entry, ...] = ()
    roles: list[Role] = field(default_factory=list)
    modifiers: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    owners: list[Token] = field(default_factory=list)
    places: list[Token] = field(default_factory=list)
    same_as: list[Token] = field(default_factory=list)
    pronoun: Pronoun | None = None
    determiner: str | None = None
    plural: bool = False
    gender: str | None = None
    former: bool = False
    rule: str = ""

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name!r} at {self.head.i} {self.rule}>"


def text_of(first: Token, last: Token) -> str:
    """The words from one token to another as they stand in the text, white space made one blank."""
    if first is last:
        return first.text
    tokens = first.sentence.tokens
    words: list[str] = []
    end = first.start
    for token in tokens[first.i - tokens[0].i : last.i - tokens[0].i + 1]:
        words.append((" " if token.start > end and words else "") + token.text)
        end = token.end
    return "".join(words)


def short_form(noun: Token) -> str:
    """A noun with the words right before it that belong to it: enough of an of-phrase to name something by."""
    inside = {noun.i}
    first = noun
    tokens = noun.sentence.tokens
    k = noun.i - tokens[0].i
    while (
        k > 0 and (tokens[k - 1].head.i in inside or tokens[k - 1].text == "-") and tokens[k - 1].relation != "punctuation"
    ):
        k -= 1
        inside.add(tokens[k].i)
        first = tokens[k]
    return text_of(first, noun)
