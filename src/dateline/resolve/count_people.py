"""People counted otherwise than by a number of their own: one person, and a part of those that were counted before."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dateline.language import Document, Token
from dateline.model import Quantity

ONE = frozenset({"a", "an", "another"})
OWN = frozenset({"my", "his", "her", "their", "our"})
ROLES = frozenset({"object", "passive_subject", "subject", "preposition_object", "conjunct", "attribute"})
AMONG = frozenset({"among", "amongst", "of"})
THEM = frozenset({"them", "whom", "these"})
FARTHEST_THEM = 6
"""Words between "among them" and the noun of the part."""


def single_people(document: Document, is_person: Callable[[Token], bool]) -> Iterator[tuple[Quantity, Token]]:
    """Each person whom the text brings in without a number ("a farmer", "her brother"), as one, with the noun."""
    for noun in document.tokens:
        if noun.tag != "NN" or noun.quotation is not None or noun.relation not in ROLES or not is_person(noun):
            continue
        marks = [kid for kid in noun.children if kid.lower in (ONE if kid.relation == "determiner" else OWN)]
        if marks and not noun.kids("numeral", "quantifier"):
            yield (
                Quantity(
                    start=marks[0].start, end=noun.end, head=noun.start, what=noun.lower, low=1, high=1, rule="one person"
                ),
                noun,
            )


def is_part(noun: Token) -> bool:
    """Whether a counted noun is a part of what was counted before: "including six children", "12 of them children"."""
    token = noun
    while token.relation == "conjunct" and token.head.pos in ("NOUN", "PROPN", "NUM"):
        token = token.head
    if token.relation == "preposition_object" and token.head.lower == "including":
        return True
    tokens = noun.sentence.tokens
    last = noun.i - tokens[0].i
    for k in range(last - 1, max(0, last - FARTHEST_THEM), -1):
        if tokens[k].lower in THEM and tokens[k - 1].lower in AMONG:
            return True
        if tokens[k].pos in ("PUNCT", "VERB", "AUX"):
            return False
    return False
