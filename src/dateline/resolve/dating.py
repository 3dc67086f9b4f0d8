"""Which time dates which act.

By syntax first: the time that hangs on the trigger, on its verb, or on the light verb that carries the noun. Then the clause
above, where it is the same going-on; then the sentence. What the sentence does not date may be dated by another sentence that
tells of the same act. Times of the reporting ("said on Monday") date the statement and not what is reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.language import Document, Token
from dateline.model import Act, Days, Evidence, Publication, Status, Time
from dateline.reading import Facts
from dateline.resolve.calendar import TokensAt

CLIMB = 12
"""How many words up the tree a connection is followed."""
LIGHT = frozenset(
    "be begin break carry cause come commit conduct continue do deliver end erupt execute experience explode file follow give go "
    "have hit hold happen host issue kick launch lead lodge make mount occur open pass perform place publish put receive release "
    "rock see serve set sign stage start strike submit suffer take undergo unleash wage".split()
)
"""Verbs that carry the act that their subject or object names: when the verb, then the act."""
REPORTING = frozenset(
    "accord acknowledge add admit allege announce argue assert blame boast claim comment complain conclude confirm declare deny "
    "disclose explain express indicate inform insist maintain mention note observe quote read reiterate remark repeat reply "
    "report respond reveal say speak state stress suggest tell testify tweet underline warn write".split()
)
"""Verbs whose time is that of the saying."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A time and where it hangs: `governor` is the first word above it that is no preposition and no part of the time."""

    time: Time
    head: Token
    governor: Token
    days: Days
    possessive: bool


class Dating:
    """Dates acts, deadlines and statements of one article."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._tokens = document.tokens
        self._publication = facts.one(Publication)
        tokens = TokensAt(document)
        self._by_sentence: dict[int, list[_Placed]] = {}
        self._deadlines: dict[int, list[_Placed]] = {}
        for time in facts.of(Time):
            if time.days is None or time.kind != "point" or time.rule == "printed date":
                continue
            inside = tokens.within(time.start, time.end)
            head = tokens.head(time.start, time.end)
            if head is None:
                continue
            members = {token.i for token in inside}
            governor = head
            while governor.head is not governor and (governor.i in members or governor.pos in ("ADP", "SCONJ", "PART")):
                governor = governor.head
            placed = _Placed(time, head, governor, time.days, head.relation in ("possessive", "compound", "noun_modifier"))
            where = self._deadlines if time.direction == "by" else self._by_sentence
            where.setdefault(head.sentence.index, []).append(placed)

    # -- when ------------------------------------------------------------------------------------------------------------

    def when(
        self, act: Act, status: Status = "actual", earlier: Sequence[tuple[Act, Days | None]] = ()
    ) -> tuple[Days | None, Evidence | None]:
        """The days of an act, with the words that say so; None where the article does not tell.

        `earlier` are other acts of the article with their days: where the sentence does not date this one, an act of the same
        kind that is told as the same going-on does.
        """
        token = self._tokens[act.token]
        found = self._by_syntax(token, act)
        if found is not None:
            placed, why = found
            return placed.days, self._evidence(placed, why)
        return None, None

    def _by_syntax(self, trigger: Token, act: Act) -> tuple[_Placed, str] | None:
        candidates = self._by_sentence.get(trigger.sentence.index, [])
        if not candidates:
            return None
        matched = {*act.matched, act.token}
        for placed in candidates:
            if placed.governor.i in matched:
                return placed, "the time belongs to the act"
        for verb, why in carriers(trigger):
            for placed in candidates:
                if placed.governor is verb:
                    return placed, why
        return None

    # -- deadlines -------------------------------------------------------------------------------------------------------

    def deadline(self, act: Act, status: Status) -> tuple[date | None, Evidence | None]:
        """The day by which an act that is planned or demanded is to be done."""
        if status not in ("future", "demanded"):
            return None, None
        token = self._tokens[act.token]
        candidates = self._deadlines.get(token.sentence.index, [])
        for placed in candidates:
            if (
                placed.governor is token
                or placed.governor in list(token.ancestors())
                or token in list(placed.governor.ancestors())
            ):
                day = placed.days.last
                return day, Evidence(
                    field="deadline",
                    value=day.isoformat(),
                    why="to be done by then",
                    start=placed.time.start,
                    end=placed.time.end,
                )
        return None, None

    # -- statements ------------------------------------------------------------------------------------------------------

    def statement_day(self, cue_token_index: int) -> Days | None:
        """The days on which something was said, from the index of the reporting word in the Document."""
        cue = self._tokens[cue_token_index]
        candidates = self._by_sentence.get(cue.sentence.index, [])
        for placed in candidates:
            if placed.governor is cue:
                return placed.days
        return None

    def _evidence(self, placed: _Placed, why: str) -> Evidence:
        days = placed.days
        value = days.first.isoformat() if days.first == days.last else f"{days.first}..{days.last}"
        return Evidence(
            field="when", value=value, why=f"{why} ({placed.time.rule})", start=placed.time.start, end=placed.time.end
        )


def carriers(trigger: Token) -> list[tuple[Token, str]]:
    """The words above a trigger whose time is the trigger's as well, nearest first, with the reason."""
    found: list[tuple[Token, str]] = []
    token = trigger
    for _ in range(CLIMB):
        head = token.head
        if head is token:
            break
        relation = token.relation
        if relation in (
            "conjunct",
            "open_complement",
            "object_predicate",
            "particle",
            "compound",
            "apposition",
            "noun_modifier",
        ):
            found.append((head, "dated with the word above it"))
        elif relation in ("adverbial_clause", "noun_clause", "relative_clause"):
            found.append((head, "dated with the clause above it"))
        elif relation in ("object", "subject", "passive_subject", "attribute", "agent", "preposition_object", "preposition"):
            found.append((head, "dated by its verb"))
        else:
            break
        token = head
    return found
