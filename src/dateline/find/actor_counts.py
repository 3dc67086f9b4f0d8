"""Words that count or gather what they stand for: "a dozen of the rebels", "those who fled", "the *23-year-old* man"."""

from __future__ import annotations

from dateline.find.actor_lexicon import Role
from dateline.find.actor_naming import Naming
from dateline.language import Token
from dateline.language.mending import HYPHENS

CULPRIT = Role("those responsible", "person", "UAF", None)
COUNTED = Role("people", "person", "CVL", None)


def measured(words: list[Token]) -> set[int]:
    """The numbers among the words of a phrase, with what hyphens join to them: "a *23-year-old* man", "the *55-nation* bloc"."""
    found: set[int] = set()
    for token in words:
        at = token.i - token.sentence.tokens[0].i
        left = [before for before in token.sentence.tokens[max(at - 2, 0) : at] if before.text not in HYPHENS]
        joined = at > 0 and HYPHENS & {token.text, token.sentence.tokens[at - 1].text}
        if token.tag == "CD" or (joined and left and (left[-1].tag == "CD" or left[-1].i in found)):
            found.add(token.i)
    return found


def whole_of(token: Token) -> Token | None:
    """What a word that counts or gathers is said to be of."""
    return next((noun for name, _, noun in token.prepositions() if name in ("of", "among")), None)


def part_of(token: Token, whole: Token) -> Naming:
    """The naming of a word that counts or gathers, as one of whom it is said to be of: "*some* of the rebels"."""
    return Naming(token, token, token, "description", same_as=[whole], name=token.text, rule="part", plural=True)


def whoever(token: Token, culprits: frozenset[str]) -> Naming | None:
    """ "Those who fled", "anyone accused of treason": people, unless nothing tells who; "those responsible" are culprits."""
    if not token.kids("relative_clause", "noun_clause", "adjective", "preposition"):
        return None
    guilty = any(kid.lower in culprits for kid in token.children)
    name, role = ("those responsible", CULPRIT) if guilty else ("people", COUNTED)
    return Naming(token, token, token, "description", name=name, roles=[role], rule="whoever", plural=True)


def counted(token: Token) -> Naming:
    """The naming of a bare number of people: "*twelve* were killed"."""
    naming = Naming(token, token, token, "description", name="people", rule="number", plural=True)
    naming.roles = [COUNTED]
    return naming
