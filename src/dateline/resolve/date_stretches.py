"""Stretches of days: how long something has gone on, since when it has, and whether two stretches tell of one time."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.language import Token
from dateline.model import Days, TimeExpression
from dateline.reading import Facts
from dateline.resolve.reckoning import SUB_DAY, terms


def agree(some: Days, others: Days) -> bool:
    """Whether two stretches of days have at least half in common of what they span together, and so tell of one time."""
    common = (min(some.last, others.last) - max(some.first, others.first)).days + 1
    return common > 0 and 2 * common >= (max(some.last, others.last) - min(some.first, others.first)).days + 1


def stretches(facts: Facts) -> Iterator[tuple[int, tuple[float, str]]]:
    """The stretches of time that are told in numbers, by where they start."""
    for expression in facts.of(TimeExpression):
        term = terms(expression.value)[0][0] if expression.kind == "duration" else {}
        amount, unit = term.get("amount", ""), term.get("unit", "")
        if unit and unit not in SUB_DAY and amount.replace(".", "", 1).isdigit():
            yield expression.start, (float(amount), unit)


def means_then(word: Token) -> bool:
    """Whether a word is "since" with nothing behind it but "then"."""
    behind = word.kids("preposition_object", "preposition_clause")
    return word.lower == "since" and all(kid.lower == "then" for kid in (*behind, *word.kids("adverb", "complement")))


def shared(verb: Token) -> list[Token]:
    """The verbs before one that is told together with them, whose words of time are its own as well: "has since met and agreed"."""
    found = []
    while verb.relation == "conjunct" and verb.head is not verb and not verb.kids("subject", "passive_subject"):
        verb = verb.head
        found.append(verb)
    return found
