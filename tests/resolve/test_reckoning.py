"""Calendar arithmetic: values set on the calendar from an anchor."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Days
from dateline.resolve.calendar_units import calendar_unit, moved, shifted
from dateline.resolve.named_days import easter, named_days, nth_weekday
from dateline.resolve.reckoning import Anchor, Tense, set_on_calendar

DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))
SHIFTS = st.integers(-2000, 2000)
RELATIVE = [
    "unit=day offset=0", "unit=day offset=-1", "unit=day offset=1", "unit=day offset=-2", "amount=3 unit=day side=ago",
    "amount=2 unit=week side=ago", "amount=10 unit=day side=in", "amount=48 unit=hour side=last", "amount=2 unit=week side=next",
]  # fmt: skip


@given(DAYS, SHIFTS, st.sampled_from(RELATIVE))
def test_relative_days_move_with_the_day_of_speaking(today: date, by: int, value: str) -> None:
    here, there = (set_on_calendar(value, Anchor(today + timedelta(days=k))) for k in (0, by))
    assert here is not None
    assert there is not None
    assert there == Days(here.first + timedelta(days=by), here.last + timedelta(days=by))


@given(DAYS, st.integers(1, 7), st.sampled_from(["past", "future", None]), st.integers(-50, 50))
def test_weekdays_move_with_whole_weeks(today: date, weekday: int, tense: Tense | None, weeks: int) -> None:
    value = f"weekday={weekday}"
    here, there = (set_on_calendar(value, Anchor(today + timedelta(weeks=k), tense=tense)) for k in (0, weeks))
    assert here is not None
    assert there is not None
    assert here.first.isoweekday() == weekday
    assert there.first - here.first == timedelta(weeks=weeks)
    assert here.first <= today if tense != "future" else here.first >= today


@given(DAYS, st.integers(1, 12), st.integers(1, 31), st.sampled_from(["past", "future"]))
def test_a_day_of_a_month_is_the_nearest_on_the_side_of_its_tense(today: date, month: int, day: int, tense: Tense) -> None:
    found = set_on_calendar(f"month={month} day={day}", Anchor(today, tense=tense))
    if found is not None:
        assert (found.first.month, found.first.day) == (month, day)
        assert found.first <= today if tense == "past" else found.last >= today
        assert abs((found.first - today).days) < 366 or (month, day) == (2, 29)


@pytest.mark.parametrize(
    ("value", "today", "first", "last"),
    [
        ("unit=week offset=-1", "2019-01-02", "2018-12-24", "2018-12-30"),
        ("unit=month offset=-1", "2020-03-31", "2020-02-01", "2020-02-29"),
        ("unit=quarter offset=-1", "2019-01-02", "2018-10-01", "2018-12-31"),
        ("unit=decade offset=-1", "2019-01-02", "2000-01-01", "2009-12-31"),
        ("unit=century offset=0", "2000-01-02", "1901-01-01", "2000-12-31"),
        ("unit=weekend offset=-1", "2019-01-02", "2018-12-29", "2018-12-30"),
        ("month=5 day=1 ; unit=year offset=-1", "2019-01-02", "2018-05-01", "2018-05-01"),
        ("weekday=2 ; unit=week offset=-1", "2019-01-07", "2019-01-01", "2019-01-01"),
        ("month=12 day=30 .. month=1 day=2", "2019-02-03", "2018-12-30", "2019-01-02"),
        ("year=1992 .. year=95", "2019-02-03", "1992-01-01", "1995-12-31"),
        ("figures=31/12/2019", "2020-01-02", "2019-12-31", "2019-12-31"),
        ("figures=03/04/2020", "2020-03-06", "2020-03-04", "2020-03-04"),
        ("decade=1990 part=early", "2020-03-06", "1990-01-01", "1993-05-01"),
    ],
)
def test_values(value: str, today: str, first: str, last: str) -> None:
    days = set_on_calendar(value, Anchor(date.fromisoformat(today)))
    assert days == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value", ["ref=past", "every=1 unit=day", "clock=10:30", "amount=several unit=day side=ago", "month=2 day=30 year=2020",
              "year=12000", "quarter=7 year=2019", "unit=day offset=1 from=told", "weekday=1 from=told", ""],
)  # fmt: skip
def test_what_cannot_be_told_is_undetermined(value: str) -> None:
    assert set_on_calendar(value, Anchor(date(2020, 5, 1))) is None


def test_without_a_day_only_full_dates_are_told() -> None:
    assert set_on_calendar("year=2020 month=2 day=29", Anchor(None)) == Days(date(2020, 2, 29), date(2020, 2, 29))
    assert set_on_calendar("month=2 day=29", Anchor(None)) is None
    assert set_on_calendar("weekday=1", Anchor(None)) is None


def test_planned_dates() -> None:
    """ "It was to end on December 15", told on January 1: the December before; a weekday lies ahead."""
    anchor = Anchor(date(2020, 1, 1), tense="planned")
    assert set_on_calendar("month=12 day=15", anchor) == Days(date(2019, 12, 15), date(2019, 12, 15))
    assert set_on_calendar("weekday=5", anchor) == Days(date(2020, 1, 3), date(2020, 1, 3))


def test_a_weekday_with_its_date_is_the_nearest_whatever_the_tense() -> None:
    """Tuesdays that are January 21 are in 2014, 2020 and 2025."""
    for tense in ("past", "future", None):
        anchor = Anchor(date(2020, 1, 15), tense=tense)
        assert set_on_calendar("weekday=2 month=1 day=21", anchor) == Days(date(2020, 1, 21), date(2020, 1, 21))


def test_months_end_where_they_end() -> None:
    assert moved(date(2020, 3, 31), "month", -1) == date(2020, 2, 29)
    assert shifted(Days(date(2020, 3, 31), date(2020, 3, 31)), "year", -1) == calendar_unit(date(2019, 3, 31), "year", 0)


def test_feasts() -> None:
    assert easter(2019) == date(2019, 4, 21)
    assert easter(2000) == date(2000, 4, 23)
    assert easter(2021, orthodox=True) == date(2021, 5, 2)
    assert nth_weekday(2019, 11, 4, 4) == date(2019, 11, 28)
    assert nth_weekday(2019, 12, 1, -1) == date(2019, 12, 30)


def test_a_year_may_hold_an_islamic_feast_twice_or_fall_outside_the_tables() -> None:
    assert [days.first for days in named_days({"hijri": "10-1"}, 2000)] == [date(2000, 1, 8), date(2000, 12, 27)]
    assert named_days({"hijri": "10-1"}, 1850) == ()
