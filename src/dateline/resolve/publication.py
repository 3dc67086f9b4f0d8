"""The article's own day: given, printed in the text, or worked out from what the text says, as constraints.

Weekdays that stand with a date fix its year; "yesterday" or "last Tuesday" beside a date bounds the day closely; dated past
acts bound it from below and dated plans from above; and so do the offices, bodies and groups that the text names, by when they
came and went. What contradicts the day that is chosen is kept, never hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dateline.language.fragments import DATELINE
from dateline.model import Article, Publication, TimeExpression
from dateline.resolve.calendar_units import one_day
from dateline.resolve.offices import RETIRED, Offices
from dateline.resolve.reckoning import Anchor, Tense, set_on_calendar, terms
from dateline.rules.loader import RuleFile

ONE_DAY = timedelta(days=1)
FIRST_YEAR = 1900  # in which a weekday with a date is looked for
PRINTED_LINES = 4  # a line that is nothing but a date counts among so many first paragraphs, or as the last one
CLOSE = timedelta(days=10)  # an interval no longer than this gives a best day
LONGEST_LINE = 120
LETTERS = re.compile(r"[^\W\d_]+")
BESIDE = re.compile(r"[\s,()\-–—]*")  # what may stand between "yesterday" and its date
WIRE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’ .\-]+(?:,[\w .'’-]+?)?,? *$")  # the place before the date of a dateline
AFTER_WIRE = re.compile(r",? *(?:\d{4} *)?(?:\([\w /.]+\)|[-–—:]{1,2}\s)")
OUTLET = re.compile(r"\s*[-–—|,•·/]\s*(?:[A-ZÀ-Þ][\w.'’]*[ -]?){1,4}\s*")
"""What may stand behind a printed date: "30 October 2023 | The Daily Echo"."""
ISSUED = re.compile(
    r"\s*(?:By [A-ZÀ-Þ].{1,80}|.*\b(?:as of|date|dated|issued|posted|published|released|updated)(?: on)?:?)[\s,.|·()–—-]*",
    re.IGNORECASE,
)
"""What stands before a date at the end of a line above a report: "By Omar Tal, The Echo. 12 May 2030", "Flash update No. 5, as of"."""
AGENCY = re.compile(r",? *(?:\d{4} *)?\([A-Z][\w /.]+\) *[-–—]")
"""What stands behind a date that opens a report: "Oct. 30 (UPI) -- "."""
SAID = re.compile(r"\b(?:said|told \w+|announced)(?: late| early)?(?: on)? *\Z")
"""What stands before the day on which something was said."""
REACH = 40  # characters before a day in which that is looked for
RESOLUTION = re.compile(r"\bResolutions? (\d{3,4})\b")


@dataclass(frozen=True, slots=True)
class Clue:
    """What one place of the text says about the article's day: it lies in `earliest`..`latest`, either of which may be open."""

    earliest: date | None
    latest: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A time expression with the tense of its clause."""

    expression: TimeExpression
    tense: Tense | None
    terms: dict[str, str] = field(default_factory=dict)


class Eras:
    """What `time_eras.toml` knows, compiled once."""

    def __init__(self, file: RuleFile, offices: Offices | None = None) -> None:
        """`offices` tells of holders of offices besides those that the file names."""
        self._offices = offices
        self._rules = {pattern: rule for rule in file.rules for pattern in rule.strings("pattern")}
        longest_first = sorted(self._rules, key=len, reverse=True)
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
        self.years = range(FIRST_YEAR, int(file.settings["last_year"]) + 1)
        self._resolutions = {int(year): last for year, last in file.settings["resolutions"].items()}

    def clues(self, text: str) -> Iterator[Clue]:
        """What the names in the text say about its day, each once."""
        seen: set[str] = set()
        for m in self._pattern.finditer(text):
            rule = self._rules[m.group()]
            if rule.name in seen or RETIRED.search(text, max(0, m.start() - 12), m.start()):
                continue
            seen.add(rule.name)
            since, until = (date.fromisoformat(rule.data[key]) if key in rule.data else None for key in ("since", "until"))
            yield Clue(since, until, f"“{m.group()}”: {since or '…'} to {until or '…'}")
        for called, since, until in self._offices.terms(text) if self._offices is not None else ():
            if called in self._rules:
                continue  # the file's own dates are to the day
            yield Clue(since, until, f"“{called}”: {since or '…'} to {until or '…'}")
        for m in RESOLUTION.finditer(text):
            year = next((year for year, last in self._resolutions.items() if int(m.group(1)) <= last), None)
            if year is not None and int(m.group(1)) > min(self._resolutions.values()):
                yield Clue(date(year, 1, 1), None, f"“{m.group()}” of the Security Council was adopted in {year}")


def infer(article: Article, dated: Sequence[Dated], headers: Sequence[TimeExpression], eras: Eras) -> Publication:
    """The article's day with its clues. `dated` are the points in time of the text, `headers` those printed above a report."""
    if article.published is not None:
        day = article.published
        return Publication(
            start=0, end=0, day=day, earliest=day, latest=day, basis="given", clues=("the article carries its day",)
        )
    printed = _printed(headers)
    if printed is not None and printed[1] is not None:
        expression, printed_day = printed
        why = f"“{expression.text}” stands in a line of its own or before the report"
        return Publication(
            start=expression.start,
            end=expression.end,
            day=printed_day,
            earliest=printed_day,
            latest=printed_day,
            basis="given",
            clues=(why,),
        )
    return _worked_out(article.text, dated, printed[0] if printed else None, eras)


# -- printed in the text -------------------------------------------------------------------------------------------------


def is_printed_date(text: str, expression: TimeExpression, paragraph: tuple[int, int], beside: frozenset[str]) -> bool:
    """Whether the time is all that its paragraph says ("Published: Friday, March 15, 2019"), but for words in `beside`."""
    if expression.grain != "day" or paragraph[1] - paragraph[0] > LONGEST_LINE:
        return False
    if "day=" not in expression.value and "figures=" not in expression.value:
        return False
    before, after = text[paragraph[0] : expression.start], text[expression.end : paragraph[1]]
    signed = "year=" in expression.value and not LETTERS.search(before) and OUTLET.fullmatch(after) is not None
    if "year=" in expression.value and not LETTERS.search(after) and ISSUED.fullmatch(before):
        return True
    return signed or all(word in beside for word in LETTERS.findall(f"{before} {after}".lower()))


def is_dateline(text: str, expression: TimeExpression, paragraph: tuple[int, int]) -> bool:
    """Whether the time is the date of a wire report's first line ("KABUL, June 30 (Reuters) - ")."""
    before, after = text[paragraph[0] : expression.start], text[expression.end : paragraph[1]]
    if not before:
        return AGENCY.match(after) is not None
    front = DATELINE.match(text, *paragraph)
    if front is not None and expression.end <= front.end():
        return True
    return len(before) < 60 and WIRE.match(before) is not None and AFTER_WIRE.match(after) is not None


def is_header(
    text: str, expression: TimeExpression, paragraphs: Sequence[tuple[int, int]], number: int, beside: frozenset[str]
) -> bool:
    """Whether a time in paragraph `number` is the article's own date, printed above or below the report."""
    if PRINTED_LINES <= number < len(paragraphs) - 1:
        return False
    paragraph = paragraphs[number]
    above = text.rfind("\n", paragraph[0], expression.start) + 1  # a date may stand right under the headline
    below = text.find("\n", expression.end, paragraph[1])
    line = (max(above, paragraph[0]), below if below >= 0 else paragraph[1])
    return is_printed_date(text, expression, line, beside) or is_dateline(text, expression, paragraph)


def _printed(headers: Sequence[TimeExpression]) -> tuple[TimeExpression, date | None] | None:
    """The date printed above or below the report, with its day where it has a year."""
    days = [(header, set_on_calendar(header.value, Anchor(None))) for header in headers]
    full = next(((header, day.first) for header, day in days if day is not None), None)
    return full or next(((header, None) for header in headers), None)


# -- worked out ----------------------------------------------------------------------------------------------------------


def _worked_out(text: str, dated: Sequence[Dated], printed: TimeExpression | None, eras: Eras) -> Publication:
    clues = list(_bounds(dated))
    named = list(eras.clues(text))
    floor = max((clue.earliest for clue in (*clues, *named) if clue.earliest), default=None)
    ceiling = min((clue.latest for clue in (*clues, *named) if clue.latest), default=None)
    pairs = [point for point in dated if {"weekday", "month", "day"} <= point.terms.keys() and "year" not in point.terms]
    planned = any(clue.latest is not None and clue.latest == ceiling for clue in clues)
    fitting = eras.years[::-1] if planned else eras.years  # a report looks ahead for a year or two, and back for many
    anchor = _year_fixed(pairs, floor, ceiling, fitting)
    if not pairs and printed is not None:
        for told in _dateline_with_weekday(text, printed, dated):
            if (anchor := _year_fixed([told], floor, ceiling, fitting)) is not None:
                pairs = [told]
                break
    if anchor is not None:
        clues.extend(_near(text, dated, pairs, printed, anchor))
    exact = [clue for clue in clues if clue.earliest is not None and clue.earliest == clue.latest]
    earliest, latest, kept, against = _agreed([*exact, *(clue for clue in clues if clue not in exact), *named])
    day = None
    if earliest is not None and latest is not None and latest - earliest <= CLOSE:
        day = earliest
    return Publication(
        start=0,
        end=0,
        day=day,
        earliest=earliest,
        latest=latest,
        basis="inferred" if day is not None else None,
        clues=tuple(clue.why for clue in kept),
        against=tuple(clue.why for clue in against),
    )


def _dateline_with_weekday(text: str, printed: TimeExpression, dated: Sequence[Dated]) -> Iterator[Dated]:
    """A dateline without a year with the bare weekdays of a wire report, the likeliest to be the dateline's own day first.

    That is as a rule the first on which somebody "said" something, failing that the first that is told.
    """
    terms_of_line = simple_terms(printed.value)
    if {"month", "day"} <= terms_of_line.keys():
        told = [p for p in dated if "weekday" in p.terms and "month" not in p.terms and p.tense == "past"]
        told.sort(key=lambda p: SAID.search(text, max(0, p.expression.start - REACH), p.expression.start) is None)
        for weekday in dict.fromkeys(p.terms["weekday"] for p in told):
            yield Dated(printed, "past", {**terms_of_line, "weekday": weekday})


def _bounds(dated: Sequence[Dated]) -> Iterator[Clue]:
    """Full dates: what is past bounds the day from below, what is to come from above."""
    for point in dated:
        days = set_on_calendar(point.expression.value, Anchor(None))
        if days is None:
            continue
        if point.tense == "past" and point.expression.direction not in ("by", "until"):
            yield Clue(days.first, None, f"“{point.expression.text}” is past")
        elif point.tense == "future" and point.expression.direction in ("at", "by", "since"):
            yield Clue(None, days.last, f"“{point.expression.text}” is to come")


def _year_fixed(pairs: Sequence[Dated], floor: date | None, ceiling: date | None, years: range) -> date | None:
    """A day in the first of the years in which every date falls on its weekday, and which what is known of the article allows."""
    if not pairs or floor is None:
        return None
    for year in years:
        days = [one_day(year, int(p.terms["month"]), int(p.terms["day"])) for p in pairs]
        if any(d is None or d.first.isoweekday() != int(p.terms["weekday"]) for d, p in zip(days, pairs, strict=True)):
            continue
        last = max(d.last for d in days if d is not None)
        if last >= floor and (ceiling is None or last <= ceiling + CLOSE):
            return last
    return None


def _near(
    text: str, dated: Sequence[Dated], pairs: Sequence[Dated], printed: TimeExpression | None, anchor: date
) -> Iterator[Clue]:
    """What dates without a year say, once a day near the article's own is known."""
    for i, point in enumerate(dated):
        if "month" not in point.terms or "day" not in point.terms:
            continue
        words = point.expression.text
        days = set_on_calendar(point.expression.value, Anchor(anchor, tense=None))
        if days is None:
            continue
        day = days.first
        if point in pairs:
            weekday = f"{day:%A}"
            yield Clue(None, None, f"“{words}”: {day.day} {day:%B} is a {weekday} in {day.year}")
        if point.expression is printed:
            yield Clue(day, day, f"“{words}” stands above the report")
        for other in (*dated[max(i - 1, 0) : i], *dated[i + 1 : i + 2]):
            offset = other.terms.get("offset")
            if other.terms.get("unit") != "day" or offset is None or "from" in other.terms:
                continue
            left, right = sorted((point.expression, other.expression), key=lambda expression: expression.start)
            if BESIDE.fullmatch(text, left.end, right.start):
                exact = day - int(offset) * ONE_DAY
                yield Clue(exact, exact, f"“{text[left.start : right.end]}”")
        shift = point.terms.get("shift")
        if shift == "-1":
            yield Clue(day + ONE_DAY, day + 7 * ONE_DAY, f"“{words}” is the last such day before the article")
        elif shift == "1":
            yield Clue(day - 7 * ONE_DAY, day - ONE_DAY, f"“{words}” is the next such day after the article")
        elif point.tense == "past" and point.expression.direction not in ("by", "until"):
            latest = day + 7 * ONE_DAY if point in pairs and day == anchor else None
            yield Clue(day, latest, f"“{words}” is past" + (", and told with its weekday" if latest else ""))
        elif point.tense == "future":
            yield Clue(None, day, f"“{words}” is to come")


def _agreed(clues: Sequence[Clue]) -> tuple[date | None, date | None, list[Clue], list[Clue]]:
    """The days on which the clues agree, in their order of weight; those that would leave none are set aside."""
    earliest: date | None = None
    latest: date | None = None
    kept: list[Clue] = []
    against: list[Clue] = []
    for clue in clues:
        low = max((day for day in (earliest, clue.earliest) if day is not None), default=None)
        high = min((day for day in (latest, clue.latest) if day is not None), default=None)
        if low is not None and high is not None and low > high:
            against.append(clue)
            continue
        earliest, latest = low, high
        kept.append(clue)
    return earliest, latest, kept, against


def simple_terms(value: str) -> dict[str, str]:
    """The only term of a value, with the year of the term that it is counted from; empty for anything longer."""
    sides = terms(value)
    if len(sides) != 1 or len(sides[0]) > 2:
        return {}
    return sides[0][0]
