"""People counted otherwise than by a number of their own: one person, and a part of those that were counted before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.language import Document, Token
from dateline.model import Quantity

ONE = frozenset({"a", "an", "another"})
KNOWN = frozenset({"the", "that", "this"})
WHOLES = frozenset({"person", "people", "casualty"})
"""Nouns behind which a comma tells of parts."""
MANY = frozenset({"crew", "crowd", "family", "infantry", "personnel", "police", "prosecution", "staff", "workforce"})
"""Singular nouns for more than one person."""
HELD = frozenset({"captive", "hostage", "prisoner"})
ONE_PERSON = "one person"
KNOWN_PERSON = "one person known"
OWN = frozenset({"my", "his", "her", "their", "our", "its"})
ROLES = frozenset({"object", "passive_subject", "subject", "preposition_object", "conjunct", "attribute"})
AMONG = frozenset({"among", "amongst", "of"})
THEM = frozenset({"them", "whom", "these"})
FARTHEST_THEM = 6
"""Words between "among them" and the noun of the part."""


def single_people(document: Document, is_person: Callable[[Token], bool]) -> Iterator[tuple[Quantity, Token]]:
    """Each person whom the text brings in without a number, as one, with the noun.

    By the rule `ONE_PERSON` who is new or somebody's ("a farmer", "her brother", "wounded another"), by `KNOWN_PERSON` who is
    known, or named with somebody else ("the driver", "Colonel Adnan Hamid and his driver").
    """
    for noun in document.tokens:
        if noun.quotation is not None or noun.relation not in ROLES or noun.kids("numeral", "quantifier"):
            continue
        if noun.lower == "another" and noun.pos in ("DET", "PRON"):
            yield _one(noun, noun, ONE_PERSON)
        elif noun.tag == "NNP" and noun.ent == "PERSON":
            if any(kid.tag == "NN" and is_person(kid) and kid.relation == "conjunct" for kid in noun.children):
                yield _one(noun, noun, KNOWN_PERSON)
        elif noun.tag == "NN" and noun.lower not in MANY and is_person(noun):
            own = OWN if noun.lower not in HELD else ()  # "took its staff hostage"
            marks = [kid for kid in noun.children if kid.lower in (ONE if kid.relation == "determiner" else own)]
            known = [
                kid
                for kid in noun.kids("determiner", "possessive")
                if kid.lower in KNOWN or (kid.relation == "possessive" and noun.lower not in HELD)
            ]
            if marks or known:
                yield _one((marks or known)[0], noun, ONE_PERSON if marks else KNOWN_PERSON)


def summed(found: Sequence[Quantity], nouns: Mapping[int, Token]) -> list[Quantity]:
    """Numbers of one loss, those of a list with one person in it as their sum: "two women and a child" are three.

    `nouns` are the counted nouns by where their number starts. Where all are told by number, two sides may be meant ("19
    soldiers and nine rebels"): they stay apart.
    """
    lists: dict[tuple[str, int], list[Quantity]] = {}
    for quantity in found:
        top = nouns[quantity.start]
        while top.relation == "conjunct" and top.head is not top:
            top = top.head
        lists.setdefault((quantity.what, top.i), []).append(quantity)
    sums = []
    for members in lists.values():
        first, *others = members
        if not others or not any(quantity.rule in (ONE_PERSON, KNOWN_PERSON) for quantity in members):
            sums += members
            continue
        lows, highs = [q.low or 0 for q in members], [q.high for q in members]
        high = None if None in highs else sum(q for q in highs if q is not None)
        about = any(q.approximate for q in members)
        end = max(q.end for q in members)
        sums.append(replace(first, end=end, low=sum(lows), high=high, approximate=about, rule="people of a list"))
    return sorted(sums, key=lambda quantity: quantity.start)


def _one(first: Token, noun: Token, rule: str) -> tuple[Quantity, Token]:
    start = min(first.start, noun.start)
    return Quantity(start=start, end=noun.end, head=noun.start, what=noun.lower, low=1, high=1, rule=rule), noun


def is_part(noun: Token) -> bool:
    """Whether a counted noun is a part of what was counted before: "including six children", "12 of them children"."""
    token = noun
    while token.relation == "conjunct" and token.head.pos in ("NOUN", "PROPN", "NUM"):
        token = token.head
    if token is not noun and token.lemma in WHOLES and token.kids("numeral", "quantifier"):
        following = noun.sentence.tokens[token.i + 1 - noun.sentence.tokens[0].i :][:1]
        if following and following[0].text == ",":
            return True  # "12 people, five civilians and seven soldiers"
    if token.relation in ("preposition_object", "object") and token.head.lower in ("including", "comprising"):
        return True
    tokens = noun.sentence.tokens
    last = noun.i - tokens[0].i
    for k in range(last - 1, max(0, last - FARTHEST_THEM), -1):
        if tokens[k].lower in THEM and tokens[k - 1].lower in AMONG:
            return True
        if tokens[k].pos in ("PUNCT", "VERB", "AUX"):
            return False
    return False
