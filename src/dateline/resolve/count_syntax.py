"""Where a counted noun stands in its sentence."""

from __future__ import annotations

from dateline.language import Token
from dateline.model import Quantity

PARTS = frozenset({"compound", "adjective", "noun_modifier", "numeral", "quantifier"})
PORTIONS = frozenset("dozen dozens scores hundreds thousands millions couple pair number total".split())
MORE = frozenset({"more", "fewer", "less"})
SIZING = frozenset({"estimate", "number", "put"})
"""Verbs that tell how many something is."""
LONGEST_PHRASE = 8  # steps from a counted noun to the top of its phrase
NOUNS = frozenset({"NOUN", "PROPN", "NUM", "SYM", "ADJ", "PRON"})


def phrase_top(noun: Token) -> Token:
    """The top of the phrase that a counted noun stands in: above "dozens of", above what it is compounded into."""
    token = noun
    for _ in range(LONGEST_PHRASE):
        head = token.head
        if (
            token.relation == "preposition_object"
            and head.lower == "of"
            and (head.head.pos == "NUM" or head.head.lower in PORTIONS)
        ):
            token = head.head
        elif token.relation in PARTS and head.pos in NOUNS and head is not token:
            token = head
        else:
            break
    return token


def is_told_when(clause: Token) -> bool:
    """Whether a clause says at what moment something happened ("when gunmen stormed the post")."""
    return any(kid.lower == "when" for kid in clause.kids("adverb"))


def told_before(noun: Token) -> bool:
    """Whether a known number of things stands behind a preposition, where it tells no news ("from the four provinces")."""
    return noun.relation == "preposition_object" and bool(noun.kids("numeral"))


def sized(number: Token) -> Token | None:
    """The noun that a number tells the size of: "a crowd *estimated at 3,000*", "rebels *numbering* 300"."""
    above = number.head.head if number.relation == "preposition_object" and number.head.lower == "at" else number.head
    telling = above.lemma in SIZING and above.tag in ("VBN", "VBG") and above.relation in ("noun_clause", "relative_clause")
    direct = above is number.head and above.lemma == "number" and number.relation in ("object", "attribute")
    return above.head if telling and (direct or above is not number.head) else None


def is_compared(noun: Token, quantity: Quantity) -> bool:
    """Whether a number is only what another is measured by: "120, *20 more than* in May", "compared with *90* last year"."""
    tokens, zero = noun.sentence.tokens, noun.sentence.tokens[0].i
    after = [token.lower for token in tokens[noun.i + 1 - zero : noun.i + 3 - zero]]
    if noun.lower in MORE:
        after.insert(0, noun.lower)
    if not quantity.what and after[:1] and after[0] in MORE and "than" in after[1:2]:
        return True
    above = noun.head if noun.relation == "preposition_object" else None
    return above is not None and above.lower in ("with", "to") and above.head.lower in ("compared", "compare")


def is_portion(noun: Token) -> bool:
    """Whether a number before "of" takes some of what a noun names ("12 of the 30 hostages")."""
    return noun.relation == "preposition_object" and noun.head.lower == "of" and noun.head.head.pos == "NUM"


def of_them(number: Token) -> bool:
    """Whether a number is of those told of before, perhaps in the sentence before ("shot down 57 *of them*")."""
    return any(name == "of" and noun.lower == "them" for name, _, noun in number.prepositions())


def of_some(clause: Token) -> bool:
    """Whether a clause tells of some of those it hangs on alone: "1,500 soldiers, 300 *of whom* guard the dam"."""
    subjects = clause.kids("subject", "passive_subject")
    return any(
        noun.lower in ("whom", "which") for token in subjects for name, _, noun in token.prepositions() if name == "of"
    )


def is_full(verb: Token, joined: Token) -> bool:
    """Whether a verb has an object of its own, so that what the verb joined to it acts on is not its own too."""
    return verb.pos == "VERB" and joined.pos == "VERB" and bool(verb.kids("object", "passive_subject"))


def stands_behind(noun: Token) -> bool:
    """Whether a counted noun stands behind a preposition ("in two villages"), joined to others or not."""
    while noun.relation == "conjunct":
        noun = noun.head
    return noun.relation == "preposition_object"
