"""Which time dates which act.

By syntax first: the time that hangs on the trigger, on its verb, or on the light verb that carries the noun. What the sentence
does not date may be dated by another that tells of the same act, or by the day that the report turns on; and reactions to a dated
act run from it to the article's day. Times of the reporting ("said on Monday") date the statement and not what is reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from dateline.language import Document
from dateline.model import Act, Days, Evidence, Publication, Status, Time
from dateline.reading import Facts
from dateline.resolve.calendar import PEG_REACH, TokensAt
from dateline.resolve.date_clues import (
    ActInText,
    PlacedTime,
    by_syntax,
    is_definite,
    is_noun,
    is_perfect,
    placed,
    stem,
)

LEAD = 3
"""So many first paragraphs may give the day that the report turns on."""
NEAR = 1
"""So many paragraphs from the one that gives that day, a past act without a time is taken to be of it."""
ANSWERS = frozenset({"SUPPORT", "REJECT"})
"""Types of acts that answer another and are told without a day of their own: they lie between it and the article."""
SPOKEN = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "AGREE", "THREATEN"})
OF_THE_DAY = frozenset(
    {"SUPPORT", "REJECT", "PROTEST", "CONSULT", "COERCE", "ASSAULT", "SANCTION", "RETREAT", "CONCEDE", "ACCUSE"}
)


class Dating:
    """Dates the acts, deadlines and statements of one article."""

    def __init__(self, document: Document, facts: Facts) -> None:
        """`facts` hold the Publication and the Times."""
        self._tokens = document.tokens
        self._today = facts.one(Publication).day
        self._by_sentence: dict[int, list[PlacedTime]] = {}
        self._deadlines: dict[int, list[PlacedTime]] = {}
        self._times: list[PlacedTime] = []
        self._place(facts.of(Time), TokensAt(document))
        self._spoken = {t.quotation.start: t for t in document.tokens if t.quotation is not None}
        self._peg = next((p for p in self._times if self._turns_on(p)), None)

    def _turns_on(self, time: PlacedTime) -> bool:
        today, first = self._today, time.days.first
        early = time.head.sentence.paragraph <= LEAD and time.time.grain == "day"
        return early and today is not None and today - PEG_REACH <= first <= today

    def _place(self, times: Iterable[Time], tokens: TokensAt) -> None:
        for time in times:
            if time.days is None or time.kind != "point" or time.rule == "printed date":
                continue
            head = tokens.head(time.start, time.end)
            if head is None:
                continue
            found = placed(time, time.days, tokens.within(time.start, time.end), head, self._today)
            where = self._deadlines if time.direction == "by" else self._by_sentence
            where.setdefault(head.sentence.index, []).append(found)
            if time.direction == "at" and head.sentence.quotation is None:
                self._times.append(found)

    # -- when ------------------------------------------------------------------------------------------------------------

    def when(
        self, act: Act, status: Status = "actual", earlier: Sequence[tuple[Act, Days]] = ()
    ) -> tuple[Days | None, Evidence | None]:
        """The days of an act, with the words that say so; None where the article does not tell.

        `earlier` are acts told before it, with their days: where the sentence does not date this one, an act of the same kind that is
        told as the same going-on does.
        """
        subject = ActInText(act, self._tokens[act.token])
        found = by_syntax(
            subject.token, subject.matched, self._by_sentence.get(subject.token.sentence.index, ()), status == "actual"
        )
        if found is not None:
            by, why = found
            return by.days, _evidence(by.days, why, by)
        if status != "actual" or is_perfect(subject.token):
            return None, None
        told = [(ActInText(other, self._tokens[other.token]), days) for other, days in earlier]
        days, why = self._as_before(subject, told)
        if days is None:
            days, why = self._as_told(subject)
        return (days, _evidence(days, why)) if days is not None else (None, None)

    def _as_before(self, subject: ActInText, earlier: Sequence[tuple[ActInText, Days]]) -> tuple[Days | None, str]:
        """The days of an act that was told before, where this one is the same going-on."""
        act, token = subject.act, subject.token
        if is_noun(token) and not is_definite(token) and token.tag in ("NNS", "NNPS"):
            return None, ""  # "attacks", one does not know which
        alike = [(other, days) for other, days in reversed(earlier) if other.act.type == act.type]
        for other, days in alike:
            if stem(other.token) == stem(token):
                return days, "the same act was dated before"
        for other, days in alike:
            if act.mode is not None and other.act.mode == act.mode and (act.type == "ASSAULT" or is_noun(token)):
                return days, "an act of the same kind was dated before"
        if alike and (act.type == "ASSAULT" or (is_noun(token) and is_definite(token))):
            return alike[0][1], "an act of the same type was dated before"
        return None, ""

    def _as_told(self, subject: ActInText) -> tuple[Days | None, str]:
        """The days on which the report dwells where it tells the act."""
        act, token = subject.act, subject.token
        if self._by_sentence.get(token.sentence.index) and token.sentence.quotation is None:
            return None, ""  # the sentence tells when, but of something else
        quotation = token.sentence.quotation
        if quotation is not None:
            stub = self._spoken.get(quotation.start)
            said = self._by_sentence.get(stub.sentence.index, []) if stub is not None else []
            if said and act.type in SPOKEN and token.tag not in ("VBD", "VBN"):
                return said[0].days, "it is done by speaking, on the day of the speech"
        if self._peg is None:
            return None, ""
        past = token.tag == "VBD" or any(
            kid.lower in ("was", "were", "did") for kid in token.kids("auxiliary", "passive_auxiliary")
        )
        before = [p for p in self._times if p.head.i < token.i and p.head.sentence.paragraph == subject.paragraph]
        if past and quotation is None:
            if before and (before[-1].days.last - before[-1].days.first).days < 400:
                return before[-1].days, "it is told after that day in the paragraph"
            if subject.paragraph - self._peg.head.sentence.paragraph <= NEAR and act.type in OF_THE_DAY:
                return self._peg.days, "it is told near the day that the report turns on"
        if is_noun(token) and is_definite(token) and act.type in OF_THE_DAY:
            return self._peg.days, "it is named as known, and the report turns on this day"
        if past and act.type in ANSWERS and self._today is not None and self._peg.days.first < self._today:
            return Days(self._peg.days.first, self._today), "it answers what happened on the day that the report turns on"
        return None, ""

    # -- deadlines -------------------------------------------------------------------------------------------------------

    def deadline(self, act: Act, status: Status) -> tuple[date | None, Evidence | None]:
        """The day by which an act that is planned or demanded is to be done."""
        if status not in ("future", "demanded"):
            return None, None
        token = self._tokens[act.token]
        above = [token, *token.ancestors()]
        for time in self._deadlines.get(token.sentence.index, []):
            if time.governor in above or token in list(time.governor.ancestors()):
                day = time.days.last
                return day, Evidence(
                    field="deadline",
                    value=day.isoformat(),
                    why="to be done by then",
                    start=time.time.start,
                    end=time.time.end,
                )
        return None, None

    # -- statements ------------------------------------------------------------------------------------------------------

    def statement_day(self, cue_token_index: int) -> Days | None:
        """The days on which something was said, from the index of the reporting word in the Document."""
        cue = self._tokens[cue_token_index]
        return next((p.days for p in self._by_sentence.get(cue.sentence.index, []) if p.governor is cue), None)


def _evidence(days: Days, why: str, by: PlacedTime | None = None) -> Evidence:
    value = days.first.isoformat() if days.first == days.last else f"{days.first}..{days.last}"
    if by is None:
        return Evidence(field="when", value=value, why=why)
    return Evidence(field="when", value=value, why=f"{why} ({by.time.rule})", start=by.time.start, end=by.time.end)
