"""Times set on the calendar: the symbolic reading of the time grammar and a day to count from in, days out.

A value (see `time_rules.toml`) is one term, a term counted from another (`A ; B`), or two of these with `..` between them.
What cannot be told without the article's own day stays undetermined where that day is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dateline.model import Days
from dateline.resolve.calendar_units import (
    ONE_DAY,
    calendar_unit,
    months,
    moved,
    one_day,
    shifted,
    shifted_month,
    whole_year,
)
from dateline.resolve.named_days import named_days

Tense = Literal["past", "future", "planned"]
"""What a clause speaks of: what was, what is to come, or what was then to come ("was to end on Friday")."""
Term = Mapping[str, str]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
FRACTIONS = {
    "early": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1.0), "start": (0.0, 0.2), "end": (0.8, 1.0),
    "1half": (0.0, 0.5), "2half": (0.5, 1.0),
}  # fmt: skip
"""Which part of a longer time is meant, as fractions of it."""
SUB_DAY = frozenset({"second", "minute", "hour"})
NEAR_YEARS = 1  # a day and month without a year so many years around
PAIR_YEARS = 6  # unless a weekday stands with them, which comes back on the same day within so many years


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a time is counted from.

    `today` is the day of speaking, `told` the days last told of, `told_day` the last of them that is exact to the day; `tense`
    says whether the clause speaks of what was or of what is to come.
    """

    today: date | None
    told: Days | None = None
    told_day: Days | None = None
    tense: Tense | None = None
    names: Mapping[str, Mapping[str, Any]] | None = None


def terms(value: str) -> list[list[dict[str, str]]]:
    """The value taken apart: the two sides of `..`, each a list of terms of which the first is counted from the next."""
    return [
        [dict(piece.split("=", 1) for piece in term.split() if "=" in piece) for term in side.split(" ; ")]
        for side in value.split(" .. ")
    ]


def set_on_calendar(value: str, anchor: Anchor) -> Days | None:
    """The days that a value means, or None where they cannot be told from this anchor."""
    try:
        return _sides(terms(value), anchor)
    except (OverflowError, ValueError):  # a date that no calendar has: 31 June, the year 12,000
        return None


def _sides(sides: list[list[dict[str, str]]], anchor: Anchor) -> Days | None:
    years = [term["year"] for side in sides for term in side if "year" in term]
    if len(years) == 2 and len(years[1]) == 2:  # "1992-95"
        sides[-1][-1]["year"] = years[0][:2] + years[1]
    parts = [term.pop("part") for side in sides for term in side if "part" in term]
    nth = next((int(term.pop("nth")) for side in sides for term in side if "nth" in term), None)
    last = _side(sides[-1], anchor)
    if len(sides) == 1 or last is None:
        found = _narrowed(last, parts, anchor)
        return found if nth is None or found is None else _nth_day(found, nth)
    first = _side(sides[0], anchor)
    if first is None or first.first > last.last:
        first = _side(sides[0], replace(anchor, today=last.first, tense="past"))
    if first is None or first.first > last.last:
        return last
    return Days(first.first, last.last)


def _nth_day(days: Days, nth: int) -> Days | None:
    """The nth day of longer days, counted from their end where it is negative; None where they have no such day."""
    day = days.first + (nth - 1) * ONE_DAY if nth > 0 else days.last + (nth + 1) * ONE_DAY
    return Days(day, day) if days.first <= day <= days.last else None


def _side(side: list[dict[str, str]], anchor: Anchor) -> Days | None:
    base: Days | None = None
    for place, term in enumerate(reversed(side)):
        base = _term(term, base, anchor) if place == 0 or base is not None else None
    return base


def _term(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    for key, read in READERS:
        if key in term:
            return read(term, base, anchor)
    return None


def _narrowed(days: Days | None, parts: Iterable[str], anchor: Anchor) -> Days | None:
    for part in parts:
        if days is None:
            return None
        length = (days.last - days.first).days + 1
        if part in FRACTIONS and length > 1:
            low, high = (int(length * fraction) for fraction in FRACTIONS[part])
            days = Days(days.first + low * ONE_DAY, days.first + max(high - 1, low) * ONE_DAY)
        elif part == "before" and anchor.today is not None and days.first < anchor.today <= days.last:
            days = Days(days.first, anchor.today - ONE_DAY)
        elif part == "sofar" and anchor.today is not None and days.first <= anchor.today:
            days = Days(days.first, min(anchor.today, days.last))
        elif part == "after" and anchor.today is not None and days.first <= anchor.today < days.last:
            days = Days(anchor.today + ONE_DAY, days.last)
    return days


# -- terms ---------------------------------------------------------------------------------------------------------------


def _nothing(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    return None


def _figures(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    """ "2019-12-31", "31/12/2019", "12/31": where both orders can be read, the one nearer to the day of speaking; "4/5 June"."""
    text = term["figures"]
    if text.count("/") == 1:
        return _short_figures(term, base, anchor)
    if text[4:5] == "-":
        year, month, day = map(int, text.split("-"))
        return one_day(year, month, day)
    first, second, year = map(int, text.replace(".", "/").split("/"))
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    orders = [(first, second)] if "." in text else [(first, second), (second, first)]
    read = [days for day, month in orders if (days := one_day(year, month, day)) is not None]
    if anchor.today is None or len(read) < 2:
        return read[0] if len(read) == 1 or (read and read[0] == read[-1]) else None
    today = anchor.today
    return min(read, key=lambda days: abs((days.first - today).days))


def _short_figures(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    """A day and a month in figures, in either order; with a month in words, two days of it that follow each other."""
    figures = term["figures"].split("/")
    if "month" in term:
        others = {key: value for key, value in term.items() if key != "figures"}
        first, last = (_date({**others, "day": day}, base, anchor) for day in figures)
        follows = first is not None and last is not None and last.first == first.first + ONE_DAY
        return Days(first.first, last.last) if first is not None and last is not None and follows else None
    orders = ({"day": figures[0], "month": figures[1]}, {"day": figures[1], "month": figures[0]})
    read = [days for order in orders if (days := _date(order, base, anchor)) is not None]
    today = anchor.today
    return min(read, key=lambda days: _distance(days, today), default=None) if today is not None else None


def _named(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    rule = (anchor.names or {}).get(term["named"])
    if rule is None:
        return None
    year = _year(term, base, anchor)
    if year is not None:
        return next(iter(named_days(rule, year)), None)
    return nearest((lambda y: named_days(rule, y)), anchor, term.get("shift"))


def _decade(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    year = int(term["decade"])
    return Days(date(year, 1, 1), date(year + 9, 12, 31))


def _century(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    number = int(term["century"])
    return Days(date(100 * number - 99, 1, 1), date(100 * number, 12, 31))


def _season(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    return _recurring(term, base, anchor, lambda year: months(year, SEASONS[term["season"]], 3))


def _quarter(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    number = int(term["quarter"])
    if not 1 <= number <= 4:
        return None
    return _recurring(term, base, anchor, lambda year: months(year, 3 * number - 2, 3))


def _half(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    number = int(term["half"])
    return _recurring(term, base, anchor, lambda year: months(year, 6 * number - 5, 6)) if number in (1, 2) else None


def _recurring(term: Term, base: Days | None, anchor: Anchor, of_year: Callable[[int], Days]) -> Days | None:
    year = _year(term, base, anchor)
    return of_year(year) if year is not None else nearest(lambda y: (of_year(y),), anchor, term.get("shift"))


def _date(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    """A date, or as much of one as the text gives."""
    if "month" not in term:
        if "day" in term:
            return _day_of_month(int(term["day"]), anchor)
        return _weekday(term, base, anchor) if "weekday" in term else whole_year(int(term["year"]))
    month = int(term["month"])
    year = _year(term, base, anchor)
    if "day" not in term:
        found = (
            months(year, month, 1)
            if year is not None
            else nearest(lambda y: (months(y, month, 1),), anchor, term.get("shift"))
        )
        return _week_of(found, term)
    day = int(term["day"])
    if year is not None:
        return one_day(year, month, day)
    weekday = int(term.get("weekday", 0))

    def of_year(year: int) -> tuple[Days, ...]:
        days = one_day(year, month, day)
        return (days,) if days is not None and weekday in (0, days.first.isoweekday()) else ()

    if weekday:  # it fixes the year, whatever the tense seems to be: the next such day is years away
        anchor = replace(anchor, tense=None)
    found = nearest(of_year, anchor, reach=PAIR_YEARS if weekday or (month, day) == (2, 29) else NEAR_YEARS)
    if found is None and weekday:  # the article errs about the weekday: the date counts
        return nearest(lambda year: () if (days := one_day(year, month, day)) is None else (days,), anchor)
    return found


def _week_of(month: Days | None, term: Term) -> Days | None:
    if month is None or "week" not in term:
        return month
    number = int(term["week"])
    if number < 0:
        return Days(month.last - 6 * ONE_DAY, month.last)
    first = month.first + 7 * (number - 1) * ONE_DAY
    return Days(first, min(first + 6 * ONE_DAY, month.last)) if first <= month.last else None


def _day_of_month(day: int, anchor: Anchor) -> Days | None:
    today = anchor.today
    if today is None:
        return None
    near = [one_day(*shifted_month(today.year, today.month, k), day) for k in (-1, 0, 1)]
    return _nearest_of([days for days in near if days is not None], today, anchor.tense)


def _weekday(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    weekday, shift = int(term["weekday"]), term.get("shift")
    if base is not None:  # of that week
        day = base.first + (weekday - base.first.isoweekday()) % 7 * ONE_DAY
        return Days(day, day)
    if term.get("from") == "told":
        if anchor.told_day is None:
            return None
        day = anchor.told_day.last + ((weekday - anchor.told_day.last.isoweekday() - 1) % 7 + 1) * ONE_DAY
        return Days(day, day)
    today = anchor.today
    if today is None:
        return None
    back, on = (today.isoweekday() - weekday) % 7, (weekday - today.isoweekday()) % 7
    if shift == "-1":
        day = today - (back or 7) * ONE_DAY
    elif shift == "1":
        day = today + (on or 7) * ONE_DAY
    elif anchor.tense in ("future", "planned"):
        day = today + on * ONE_DAY
    else:
        day = today - back * ONE_DAY
    return Days(day, day)


def _unit(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    """A unit of the calendar, so many away from today or from what was told."""
    unit, offset = term["unit"], int(float(term.get("offset", 0)))
    if term.get("from") != "told":
        if anchor.today is None:
            return None
        if unit == "weekend" and offset == 0:
            return _this_weekend(anchor.today, anchor.tense)
        return calendar_unit(anchor.today, unit, offset)
    told = anchor.told_day if unit == "day" else anchor.told
    if told is None:  # "that evening", and nothing told before: of the day of speaking
        today = anchor.today
        return Days(today, today) if today is not None and unit == "day" and offset == 0 else None
    if offset == 0:
        return told if unit == "day" else calendar_unit(told.last, unit, 0)
    return calendar_unit(told.last if offset > 0 else told.first, unit, offset)


def _this_weekend(today: date, tense: Tense | None) -> Days:
    saturday = today + (6 - today.isoweekday()) * ONE_DAY
    if today.isoweekday() == 7 or (today.isoweekday() < 6 and tense != "future"):
        saturday = today - (today.isoweekday() + 1) % 7 * ONE_DAY
    return Days(saturday, saturday + ONE_DAY)


def _amount(term: Term, base: Days | None, anchor: Anchor) -> Days | None:
    """A stretch, and where it leads to from a day or which days it takes."""
    side, unit = term.get("side"), term.get("unit", "day")
    try:
        amount = float(term.get("amount", 1))
    except ValueError:  # "several", "many"
        return None
    match side:
        case "ago" | "in" if anchor.today is not None:
            return shifted(Days(anchor.today, anchor.today), unit, amount if side == "in" else -amount)
        case "last" if anchor.today is not None:
            return Days(moved(anchor.today, unit, -amount), anchor.today)
        case "next" if anchor.today is not None:
            return Days(anchor.today, moved(anchor.today, unit, amount))
        case "later" | "earlier" if anchor.told_day is not None and (unit not in SUB_DAY or amount >= 24):
            return shifted(anchor.told_day, unit, amount if side == "later" else -amount)
        case "after" | "before" if base is not None:
            return shifted(base, unit, amount if side == "after" else -amount)
        case "from" if base is not None:
            return Days(base.first, moved(base.first, unit, amount) - ONE_DAY)
        case "upto" if base is not None:
            return Days(moved(base.last, unit, -amount) + ONE_DAY, base.last)
    return None


READERS: tuple[tuple[str, Callable[[Term, Days | None, Anchor], Days | None]], ...] = (
    ("ref", _nothing), ("every", _nothing), ("clock", _nothing), ("figures", _figures), ("named", _named), ("decade", _decade),
    ("century", _century), ("season", _season), ("quarter", _quarter), ("half", _half), ("amount", _amount), ("side", _amount),
    ("month", _date), ("day", _date), ("weekday", _date), ("unit", _unit), ("year", _date),
)  # fmt: skip
"""The key that tells what kind of term it is, and what reads it; the first that is there counts."""


# -- what comes back every year ------------------------------------------------------------------------------------------


def nearest(
    of_year: Callable[[int], Iterable[Days]], anchor: Anchor, shift: str | None = None, reach: int = NEAR_YEARS
) -> Days | None:
    """Of what comes back every year, the one that is meant: by "last" or "next", by tense, else the nearest."""
    today = anchor.today
    if today is None:
        return None
    years = range(max(today.year - reach, 1), today.year + reach + 1)
    candidates = [days for year in years for days in of_year(year)]
    if shift == "-1":
        ended = [days for days in candidates if days.last < today]
        return ended[-1] if ended else None
    if shift == "1":
        return next((days for days in candidates if days.first > today), None)
    if shift == "0":
        return next((days for days in candidates if days.first.year == today.year), None)
    return _nearest_of(candidates, today, anchor.tense)


def _nearest_of(candidates: list[Days], today: date, tense: Tense | None) -> Days | None:
    if tense == "past":
        begun = [days for days in candidates if days.first <= today]
        return begun[-1] if begun else None
    if tense == "future":
        return next((days for days in candidates if days.last >= today), None)
    return min(candidates, key=lambda days: _distance(days, today), default=None)


def _distance(days: Days, today: date) -> int:
    return 0 if days.first <= today <= days.last else min(abs((days.first - today).days), abs((days.last - today).days))


def _year(term: Term, base: Days | None, anchor: Anchor) -> int | None:
    """The year that a term names, straight or as "last year"."""
    if "year" in term:
        return int(term["year"])
    if base is not None:
        return base.first.year
    if "offset" in term and "unit" not in term and anchor.today is not None:
        return anchor.today.year + int(term["offset"])
    return None
