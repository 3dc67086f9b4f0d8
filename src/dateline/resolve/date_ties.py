"""Acts that are told a stretch before or after another: "two days after the raid", "a week before the vote".

The one is dated from the other: whichever has a day lends it, moved by the stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass

from dateline.language import Token
from dateline.model import Days, TimeExpression
from dateline.reading import Facts
from dateline.resolve.calendar import TokensAt
from dateline.resolve.calendar_units import shifted
from dateline.resolve.reckoning import SUB_DAY, terms

SIDES = {"after": 1, "before": -1}
INTRODUCING = frozenset({"after", "before", "following", "since"})


@dataclass(frozen=True, slots=True)
class Tie:
    """`later` happened `amount` units after `earlier`: heads of what is told, verbs or nouns."""

    earlier: Token
    later: Token
    amount: float
    unit: str
    start: int
    end: int

    def dates(self, token: Token, day_of: Callable[[Token], Days | None]) -> Days | None:
        """The days of one of the two from those of the other, or None where the other has none."""
        if token not in (self.earlier, self.later):
            return None
        is_later = token is self.later
        other = day_of(self.earlier if is_later else self.later)
        if other is None:
            return None
        if self.unit in SUB_DAY:
            return other
        try:
            return shifted(other, self.unit, self.amount if is_later else -self.amount)
        except (OverflowError, ValueError):
            return None


def told_at(found: Iterable[Tie], doing: Container[int]) -> Iterator[tuple[int, tuple[Tie, Token]]]:
    """Each word of an act that a tie dates, with the tie and the end of it that it is told at; `doing` are the words of acts.

    A verb that is no act itself stands for the acts that it tells of: "a week after a *bombing* killed six".
    """
    for tie in found:
        for end in (tie.earlier, tie.later):
            yield from ((word.i, (tie, end)) for word in (end, *acts_of(end, doing)))


def acts_of(verb: Token, doing: Container[int]) -> list[Token]:
    """The nouns of acts about a verb that is no act itself."""
    if verb.i in doing or verb.pos not in ("VERB", "AUX"):
        return []
    return [noun for noun in verb.kids("subject", "object", "passive_subject") if noun.i in doing]


def ties(facts: Facts, tokens: TokensAt) -> Iterator[Tie]:
    """The ties of an article, read from the time expressions that are counted from an event."""
    for expression in facts.of(TimeExpression):
        if "from=event" not in expression.value:
            continue
        term = terms(expression.value)[0][0]
        head = tokens.head(expression.start, expression.end)
        amount = term.get("amount", "1")
        unit = term.get("unit", "day")
        if head is None or term.get("side") not in SIDES:
            continue
        if not amount.replace(".", "", 1).isdigit():
            if unit not in SUB_DAY:
                continue
            amount = "1"  # "a few hours before": the same day
        ends = _ends(head)
        if ends is None:
            continue
        told, other = ends
        later, earlier = (told, other) if SIDES[term["side"]] > 0 else (other, told)
        yield Tie(earlier, later, float(amount), unit, expression.start, expression.end)


def _ends(head: Token) -> tuple[Token, Token] | None:
    """What is told, and what it is told a stretch away from."""
    word = head.head
    if word.lower in INTRODUCING and word.relation == "marker":  # "hours before rebels raided it, the army left"
        clause = word.head
        return (clause.head, clause) if clause.head is not clause else None
    if word.lower in INTRODUCING and word is not head:  # "came a week after the raid"
        other = next(iter(word.kids("preposition_object", "preposition_clause")), None)
        return (word.head, other) if other is not None and word.head is not word else None
    if word.pos in ("VERB", "AUX") and any(kid.lower in INTRODUCING for kid in word.kids("marker")):
        return (word.head, word) if word.head is not word else None  # "came a week after rebels raided it"
    hung = (*head.kids("preposition"), *word.kids("preposition"))  # "came, a day after taking it, …"
    below = next((kid for kid in hung if kid.lower in INTRODUCING and kid.i > head.i), None)
    if below is not None:
        other = next(iter(below.kids("preposition_object", "preposition_clause")), None)
        return (word, other) if other is not None else None
    return None
