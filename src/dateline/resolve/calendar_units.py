"""Units of the calendar: the days of a month or a year, the unit so many away, and the day a stretch away."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dateline.model import Days

ONE_DAY = timedelta(days=1)


def one_day(year: int, month: int, day: int) -> Days | None:
    """A single day, or None where the calendar has none of that date."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Days(found, found)


def months(year: int, month: int, count: int) -> Days:
    """`count` whole months from one on; a month beyond 12 lies in the next year."""
    last_year, last_month = shifted_month(year, month, count - 1)
    return Days(date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1]))


def whole_year(year: int) -> Days:
    """The days of a year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def shifted_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month so many months away."""
    years, month = divmod(year * 12 + month - 1 + by, 12)
    return years, month + 1


def calendar_unit(day: date, unit: str, offset: int) -> Days | None:
    """The day, week (Monday to Sunday), weekend, month, quarter, year, decade or century so many away from that of a day."""
    match unit:
        case "day":
            return Days(day + offset * ONE_DAY, day + offset * ONE_DAY)
        case "week" | "fortnight":
            monday = day + (7 * offset - day.isoweekday() + 1) * ONE_DAY
            return Days(monday, monday + 6 * ONE_DAY)
        case "weekend":
            monday = day + (7 * offset - day.isoweekday() + 1) * ONE_DAY
            return Days(monday + 5 * ONE_DAY, monday + 6 * ONE_DAY)
        case "month":
            return months(*shifted_month(day.year, day.month, offset), 1)
        case "quarter":
            return months(*shifted_month(day.year, (day.month - 1) // 3 * 3 + 1, 3 * offset), 3)
        case "year":
            return whole_year(day.year + offset)
        case "decade":
            first = day.year // 10 * 10 + 10 * offset
            return Days(date(first, 1, 1), date(first + 9, 12, 31))
        case "century":
            first = (day.year - 1) // 100 * 100 + 1 + 100 * offset
            return Days(date(first, 1, 1), date(first + 99, 12, 31))
    return None


def moved(day: date, unit: str, amount: float) -> date:
    """The day a stretch away; hours and minutes count only where they make up days."""
    match unit:
        case "second" | "minute":
            return day
        case "hour":
            return day + round(amount / 24) * ONE_DAY
        case "week" | "fortnight":
            return day + round(amount * (7 if unit == "week" else 14)) * ONE_DAY
        case "month" | "year" | "decade" | "century":
            count = round(amount * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])
            year, month = shifted_month(day.year, day.month, count)
            return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + round(amount) * ONE_DAY


def shifted(days: Days, unit: str, amount: float) -> Days | None:
    """Days a stretch away, no more exact than the stretch: "two years ago" is a year, "a week ago" three days."""
    start = moved(days.first if amount < 0 else days.last, unit, amount)
    match unit:
        case "month" | "year" if amount == int(amount):
            return calendar_unit(start, unit, 0)
        case "week" | "fortnight":
            return Days(start - ONE_DAY, start + ONE_DAY)
        case "decade" | "century":
            return None
    return Days(start, start)
