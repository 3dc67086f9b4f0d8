"""The stage that sets times on the calendar: first the article's own day, then every time of the text from it.

A time inside quotation marks is counted from the day on which the words were spoken, where the sentence around them says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.find.actor_lexicon import actor_lexicon
from dateline.find.time_words import TimeLexicon, lexicon
from dateline.language import Document, Sentence, Token
from dateline.model import Article, Days, Fact, Publication, Quotation, Time, TimeExpression
from dateline.reading import Facts
from dateline.resolve.offices import Offices
from dateline.resolve.publication import Dated, Eras, infer, is_header, simple_terms
from dateline.resolve.reckoning import Anchor, Tense, set_on_calendar, terms
from dateline.resolve.tense import TenseWords
from dateline.rules.loader import load_one

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
PEG_REACH = timedelta(days=10)  # how far before the article's day the day that its report turns on may lie
PEG_PARAGRAPHS = 3
PRINTED = "printed date"
"""The rule of a time that is the article's own date above or below the report, and dates nothing in it."""


class TokensAt:
    """The parser's tokens by offset, without the stubs that stand for quotations."""

    def __init__(self, document: Document) -> None:
        self._tokens, self._starts = document.words, document.starts

    def within(self, start: int, end: int) -> Sequence[Token]:
        """The tokens that start in `start`..`end` (half-open)."""
        return self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def head(self, start: int, end: int) -> Token | None:
        """The word of the stretch whose head lies outside it; the last of them where there are several."""
        inside = self.within(start, end)
        members = {token.i for token in inside}
        heads = [token for token in inside if token.head is token or token.head.i not in members]
        return next((token for token in heads if token.pos != "PUNCT"), heads[0] if heads else None)


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the times of one article are set by."""

    publication: Publication
    names: Mapping[str, Mapping[str, Any]]
    headers: frozenset[int]  # where the dates start that are printed above the report
    year: int | None  # the only year that an article of an unknown day speaks of

    def days(self, expression: TimeExpression, anchor: Anchor) -> Days | None:
        """The days of an expression; without a day to count from, those on which both ends of the interval agree."""
        if anchor.today is not None:
            return set_on_calendar(expression.value, anchor)
        if self.year is not None and "month=" in expression.value and "year=" not in expression.value:
            return set_on_calendar(expression.value.replace("month=", f"year={self.year} month="), anchor)
        ends = (self.publication.earliest, self.publication.latest)
        if None in ends:
            return set_on_calendar(expression.value, anchor)
        first, last = (set_on_calendar(expression.value, replace(anchor, today=end)) for end in ends)
        return first if first == last else None

    def time(self, expression: TimeExpression, anchor: Anchor, counted_from: str) -> Time:
        """The expression as a Time; one that is told with "since" reaches to the day of speaking."""
        days = self.days(expression, anchor) if expression.kind == "point" else None
        if days is not None and expression.direction == "since" and anchor.today is not None and days.first <= anchor.today:
            days = Days(days.first, anchor.today)
        return Time(
            start=expression.start,
            end=expression.end,
            text=expression.text,
            days=days,
            grain=expression.grain,
            kind=expression.kind,
            direction=expression.direction,
            anchor=_anchor_words(expression, days, counted_from),
            rule=PRINTED if expression.start in self.headers else expression.rule,
        )


class CalendarStage:
    """TimeExpression -> Publication and Time."""

    name = "calendar"
    needs: tuple[type[Fact], ...] = (Document, TimeExpression)
    gives: tuple[type[Fact], ...] = (Publication, Time)

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        words = TimeLexicon(extra) if extra else lexicon()
        self._tense = TenseWords.read(words.tense)
        self._names = words.days
        self._printed = words.printed
        self._eras = Eras(load_one("time_eras.toml", extra), Offices(actor_lexicon(tuple(extra))))

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document, expressions = facts.one(Document), facts.of(TimeExpression)
        tokens = TokensAt(document)
        heads = [tokens.head(expression.start, expression.end) for expression in expressions]
        tenses = [
            self._tense.of_bound(head, expression.direction) if head is not None else None
            for expression, head in zip(expressions, heads, strict=True)
        ]
        dated = [
            Dated(expression, tense, simple_terms(expression.value))
            for expression, tense in zip(expressions, tenses, strict=True)
            if expression.kind == "point"
        ]
        starts = [start for start, _ in document.paragraphs]
        numbers = [bisect_right(starts, expression.start) - 1 for expression in expressions]
        headers = [
            expression
            for expression, number in zip(expressions, numbers, strict=True)
            if is_header(article.text, expression, document.paragraphs, number, self._printed)
        ]
        publication = infer(article, dated, headers, self._eras)
        yield publication
        year = None if publication.day is not None else _only_year(article.title or "", expressions)
        setting = _Setting(publication, self._names, frozenset(header.start for header in headers), year)
        yield from _set(document, list(zip(expressions, numbers, heads, tenses, strict=True)), setting)


def _set(
    document: Document,
    expressions: Sequence[tuple[TimeExpression, int, Token | None, Tense | None]],
    setting: _Setting,
) -> Iterator[Time]:
    """Every expression as a Time: those of the reporter's own text first, then quoted ones from the day on which they were spoken."""
    today = setting.publication.day
    told: Days | None = None
    told_day: Days | None = None
    peg: date | None = None
    set_on: dict[int, date] = {}  # the last exact day that a sentence has told
    times: dict[int, Time] = {}
    full = _full_dates(expressions)
    history: list[tuple[int, Days | None, Days | None]] = [(0, None, None)]
    for expression, number, head, tense in expressions:
        if head is not None and head.sentence.quotation is not None:
            continue
        granted = set_on.get(head.sentence.index) if head is not None and _is_granted(expression) else None
        anchor = Anchor(granted or today, told, told_day, tense, setting.names)
        time = setting.time(expression, anchor, "the article's day")
        if time.days is None and today is None and head is not None:
            time = setting.time(expression, replace(anchor, today=full.get(head.sentence.index)), "the date beside it")
        times[expression.start] = time
        if time.days is None or time.kind != "point" or expression.start in setting.headers:
            continue
        told = time.days
        if expression.grain == "day" and expression.direction in ("at", "after") and tense != "future":
            told_day = time.days
            if head is not None and time.days.first == time.days.last:
                set_on[head.sentence.index] = time.days.first
            if peg is None and number < PEG_PARAGRAPHS and today is not None and today - PEG_REACH <= told.first <= today:
                peg = told.first
        history.append((expression.start, told, told_day))
    spoken = _spoken_at(document)
    starts = [start for start, _, _ in history]
    for expression, _, head, tense in expressions:
        if head is None or head.sentence.quotation is None:
            continue
        said = _day_of_speaking(head.sentence.quotation, spoken, times, peg)
        _, told, told_day = history[bisect_right(starts, expression.start) - 1]
        words = "the article's day" if said is None else "the day of speaking"
        anchor = Anchor(said or today, told, told_day, tense, setting.names)
        times[expression.start] = setting.time(expression, anchor, words)
    yield from times.values()


def _is_granted(expression: TimeExpression) -> bool:
    """Whether a stretch is granted, which runs from the day of the grant: "on Monday gave them 48 hours to leave"."""
    return expression.direction == "by" and "side=next" in expression.value


def _full_dates(expressions: Sequence[tuple[TimeExpression, int, Token | None, Tense | None]]) -> dict[int, date]:
    """The day of a full date by the number of its sentence: dates beside it without a year are near it."""
    found: dict[int, date] = {}
    for expression, _, head, _ in expressions:
        if head is not None and expression.grain == "day" and "year=" in expression.value:
            days = set_on_calendar(expression.value, Anchor(None))
            if days is not None:
                found.setdefault(head.sentence.index, days.first)
    return found


def _only_year(title: str, expressions: Iterable[TimeExpression]) -> int | None:
    """The year that the title names, or else the only one that full dates name."""
    named = {int(m.group()) for m in YEAR.finditer(title)}
    if not named:
        found = (terms(expression.value) for expression in expressions if "month=" in expression.value)
        named = {int(term["year"]) for sides in found for side in sides for term in side if len(term.get("year", "")) == 4}
    return named.pop() if len(named) == 1 else None


def _anchor_words(expression: TimeExpression, days: Days | None, spoken: str) -> str | None:
    if days is None or expression.kind != "point":
        return None
    if "from=told" in expression.value or "side=later" in expression.value or "side=earlier" in expression.value:
        return "the day told before"
    return None if set_on_calendar(expression.value, Anchor(None)) == days else spoken


def _spoken_at(document: Document) -> dict[int, tuple[Sentence, Token]]:
    """The sentence around each quotation and the stub that stands for it, by where the quotation starts."""
    return {token.quotation.start: (token.sentence, token) for token in document.stubs if token.quotation is not None}


def _day_of_speaking(
    quotation: Quotation, spoken: Mapping[int, tuple[Sentence, Token]], times: Mapping[int, Time], peg: date | None
) -> date | None:
    """The day that the sentence around a quotation gives for its words, else the day that the report turns on."""
    around = spoken.get(quotation.start)
    if around is None:
        return peg
    sentence, _ = around
    for time in (times[token.start] for token in sentence.tokens if token.start in times):
        if time.grain == "day" and time.days is not None and time.kind == "point":
            return time.days.first
    return peg
