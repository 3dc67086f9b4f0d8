"""Days that have a name, in a given year: fixed feasts, feasts that hang on Easter, nth weekdays, the Islamic calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hijridate import Gregorian, Hijri

from dateline.model import Days

FIRST_HIJRI, LAST_HIJRI = date(1924, 8, 1), date(2077, 11, 16)  # what the tables of the Islamic calendar cover


@cache
def easter(year: int, orthodox: bool = False) -> date:
    """Easter Sunday of a year, in the Gregorian calendar."""
    if orthodox:
        moon = (19 * (year % 19) + 15) % 30
        sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + sunday + 114, 31)
        return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth Monday (1) to Sunday (7) of a month; -1 is the last."""
    first = date(year, month, 1)
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        back = (after.isoweekday() - weekday - 1) % 7 + 1
        return after - timedelta(days=back + 7 * (-nth - 1))
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def named_days(rule: Mapping[str, Any], year: int) -> tuple[Days, ...]:
    """The days that a rule of `time_days.toml` means in a year; the Islamic year is shorter, so there may be two, or none."""
    lasts = timedelta(days=rule.get("lasts", 1) - 1)
    if "hijri" in rule:
        return _hijri(str(rule["hijri"]), year, lasts)
    if "on" in rule:
        month, day = map(int, str(rule["on"]).split("-"))
        first = date(year, month, day)
    elif "nth" in rule:
        first = nth_weekday(year, rule["month"], rule["weekday"], rule["nth"])
    else:
        orthodox = "orthodox" in rule
        first = easter(year, orthodox) + timedelta(days=rule["orthodox" if orthodox else "easter"])
    return (Days(first, first + lasts),)


def _hijri(name: str, year: int, lasts: timedelta) -> tuple[Days, ...]:
    month, _, day = name.partition("-")
    found = []
    if not FIRST_HIJRI.year < year < LAST_HIJRI.year:
        return ()
    islamic = Gregorian(year, 1, 1).to_hijri().year
    for candidate in (islamic, islamic + 1):
        start = Hijri(candidate, int(month), int(day or 1))
        first = date.fromisoformat(start.to_gregorian().isoformat())
        last = first + (lasts if day else timedelta(days=start.month_length() - 1))
        if first.year == year:
            found.append(Days(first, last))
    return tuple(found)
