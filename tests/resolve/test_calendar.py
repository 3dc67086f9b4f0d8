"""The calendar stage: the article's own day, and times counted from the right day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.language import LanguageStage, SpacyParser
from dateline.model import Article, Days, Publication, Time
from dateline.reading import Facts, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.publication import Eras
from dateline.rules.loader import load_one

RUNS = ("time_eras.toml#*",)
ERAS = load_one("time_eras.toml")
Read = Callable[..., Facts]


@pytest.fixture(scope="session")
def read(parser: SpacyParser) -> Read:
    stages = (QuotationStage(), LanguageStage(parser), TimeStage(), CalendarStage())

    def read(text: str, on: date | None = None) -> Facts:
        facts = Facts()
        for stage in stages:
            run_stage(stage, Article(id="test", text=text, published=on), facts)
        return facts

    return read


def days_of(facts: Facts, words: str) -> Days | None:
    return next(time.days for time in facts.of(Time) if time.text == words)


def one(day: str) -> Days:
    return Days(date.fromisoformat(day), date.fromisoformat(day))


# -- the article's own day ----------------------------------------------------------------------------------------------


def published(facts: Facts) -> Publication:
    return facts.one(Publication)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Mon 30 Oct 2023 - The Daily Echo\nGuards left the port of Karsa.", "2023-10-30"),
        ("30 October 2023 | Echo News\nGuards left the port of Karsa.", "2023-10-30"),
        ("Guards leave port\n13 March 2025\n\nGuards left the port of Karsa.", "2025-03-13"),
        ("KARSA, March 9 (ENA) - President Barack Obama met guards on Friday.", "2012-03-09"),
        ("June 30 (ENA) -- President Ashraf Ghani met guards on Wednesday.", "2021-06-30"),
    ],
)
def test_a_line_above_or_an_office_tells_the_day(opening: str, day: str, read: Read) -> None:
    assert published(read(f"{opening}\nThey had come by sea.")).day == date.fromisoformat(day)


def test_who_has_left_an_office_tells_no_day(read: Read) -> None:
    assert published(read("KARSA, May 3 (ENA) - Former President Barack Obama met guards on Friday.")).day is None


def test_a_given_day_is_taken(read: Read) -> None:
    found = published(read("Rebels left on Friday, March 1, 2019.", date(2020, 5, 1)))
    assert (found.day, found.basis) == (date(2020, 5, 1), "given")


@pytest.mark.parametrize(
    "text",
    [
        "Friday, March 15, 2019\n\nRebels shelled the port of Orlan on Wednesday.",
        "Rebels shelled the port\n\nPublished: 15 March 2019\n\nRebels shelled the port of Orlan on Wednesday.",
        "ORLAN, March 15, 2019 (Newswire) - Rebels shelled the port on Wednesday.",
        "Orlan (Lor) (AFP) 15 March 2019 - Rebels shelled the port on Wednesday.",
        "Orlan, March 15, 2019: Rebels shelled the port on Wednesday.",
        "Port shelled\n\nBy Omar Tal, The Echo. 15 March 2019\n\nRebels shelled the port on Wednesday.",
        "Flash update No. 5 (as of 15 March 2019)\n\nRebels shelled the port on Wednesday.",
        "Rebels shelled the port of Orlan on Wednesday.\n\nA minister resigned.\n\nThe end.\n\nNobody came.\n\nMarch 15, 2019",
    ],
)
def test_a_printed_date_is_given(text: str, read: Read) -> None:
    facts = read(text)
    found = published(facts)
    assert (found.day, found.basis) == (date(2019, 3, 15), "given")
    assert days_of(facts, "Wednesday") == one("2019-03-13")


def test_a_sentence_that_is_little_more_than_a_date_is_not_printed(read: Read) -> None:
    assert published(read("It began on March 15, 2019.")).basis is None


def test_a_weekday_with_a_date_fixes_the_year(read: Read) -> None:
    """29 June was a Tuesday in 2010, 2021 and 2027; a pact of 2020 is past."""
    text = (
        "The last company left Orlan last Tuesday, June 29. Under the pact that both signed on March 3, 2020, all were to leave. "
        "A spokesman confirmed it yesterday."
    )
    facts = read(text)
    found = published(facts)
    assert found.basis == "inferred"
    assert found.earliest == date(2021, 6, 30)
    assert found.latest == date(2021, 7, 6)
    assert found.day is not None
    assert found.earliest <= found.day <= found.latest
    assert any("Tuesday in 2021" in clue for clue in found.clues)


def test_a_dateline_without_a_year_and_the_weekday_of_the_report(read: Read) -> None:
    """30 June was a Wednesday in 2010 and 2021; the pact of 2020 is past."""
    text = "ORLAN, June 30 (Newswire) - Rebels shelled the port on Wednesday. The sides had signed a pact on March 3, 2020."
    found = published(read(text))
    assert (found.day, found.basis) == (date(2021, 6, 30), "inferred")


def test_a_report_that_looks_ahead_is_of_the_last_year_that_fits(read: Read) -> None:
    """20 February was a Monday in 2017 and 2023, a Friday in 2015."""
    text = (
        "NORVILLE, Feb 20 (Newswire) - Gunmen killed 51 soldiers on Friday, the army said on Monday. The fighting began in 2015. "
        "The junta is to hold elections by July 2024."
    )
    assert published(read(text)).day == date(2023, 2, 20)


def test_today_beside_a_date_is_the_day(read: Read) -> None:
    text = "On Monday 19 December the council adopted Resolution 2328. Its envoy said today (23 December) that nothing had changed."
    found = published(read(text))
    assert (found.day, found.basis) == (date(2016, 12, 23), "inferred")


def test_offices_and_bodies_bound_the_year(read: Read) -> None:
    """15 December was a Thursday in 2011, 2016 and 2022."""
    found = published(read("On Thursday, Dec. 15, aircraft of Operation Inherent Resolve destroyed a depot near Orlan."))
    assert found.day is not None
    assert found.day.year == 2016


def test_what_is_not_told_stays_open(read: Read) -> None:
    facts = read("Rebels shelled the port on June 3. The minister said today that four men died.")
    assert published(facts).day is None
    assert published(facts).basis is None
    assert days_of(facts, "today") is None
    assert days_of(facts, "June 3") is None


def test_dated_past_and_plans_bound_the_day(read: Read) -> None:
    found = published(read("The two sides met on February 11, 2016. They will meet again on July 21, 2016."))
    assert (found.earliest, found.latest) == (date(2016, 2, 11), date(2016, 7, 21))
    assert found.day is None


def test_contradictory_clues_are_kept(read: Read) -> None:
    text = (
        "The envoy said today (23 December) that nothing had changed. On Monday 19 December the council adopted Resolution 2328. "
        "It was told yesterday (20 December) that men had died."
    )
    found = published(read(text))
    assert found.day == date(2016, 12, 23)
    assert any("20 December" in clue for clue in found.against)


@pytest.mark.parametrize("rule", [rule for rule in ERAS.rules if rule.kind == "era"], ids=lambda rule: rule.name)
def test_eras(rule, read: Read) -> None:  # type: ignore[no-untyped-def]
    eras = Eras(ERAS)
    for text in rule.examples:
        assert any(
            (clue.earliest and clue.earliest.isoformat(), clue.latest and clue.latest.isoformat())
            == (rule.data.get("since"), rule.data.get("until"))
            for clue in eras.clues(text)
        ), text
    for text in rule.near_misses:
        assert not list(eras.clues(text)), text


def test_resolutions_are_dated_by_their_number() -> None:
    clues = list(Eras(ERAS).clues("It was set up by Resolution 1701 and ended by Resolution 99."))
    assert [clue.earliest for clue in clues] == [date(2006, 1, 1)]


# -- times --------------------------------------------------------------------------------------------------------------


def test_quoted_times_are_counted_from_the_day_of_speaking(read: Read) -> None:
    facts = read('"We will leave tomorrow," the general told the press on Tuesday.', date(2019, 9, 12))
    assert days_of(facts, "tomorrow") == one("2019-09-11")


def test_tense_decides_about_a_bare_weekday(read: Read) -> None:
    facts = read("Rebels shelled the port on Friday. The council will meet on Monday.", date(2019, 1, 2))
    assert days_of(facts, "Friday") == one("2018-12-28")
    assert days_of(facts, "Monday") == one("2019-01-07")


def test_since_reaches_to_the_articles_day(read: Read) -> None:
    facts = read("Since May 1 they have taken eighty villages.", date(2021, 6, 30))
    assert days_of(facts, "May 1") == Days(date(2021, 5, 1), date(2021, 6, 30))


SENTENCES = (
    "Rebels shelled the port yesterday. The army left today. The council met three days ago. Envoys will fly in tomorrow. "
    "Two men were shot the day before yesterday."
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(on=st.dates(date(1990, 1, 1), date(2050, 1, 1)), by=st.integers(-1000, 1000))
def test_shifting_the_articles_day_shifts_relative_dates(read: Read, on: date, by: int) -> None:
    here, there = (read(SENTENCES, on + timedelta(days=k)).of(Time) for k in (0, by))
    for left, right in zip(here, there, strict=True):
        assert left.days is not None
        assert right.days is not None
        assert right.days.first - left.days.first == timedelta(days=by)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.sampled_from(["The harbour is old.", "Fish is sold here and bread is baked.", "No one knows why."]))
def test_a_paragraph_put_before_moves_offsets_only(read: Read, before: str) -> None:
    added = f"{before}\n\n"
    here = read(SENTENCES, date(2019, 1, 2)).of(Time)
    there = read(added + SENTENCES, date(2019, 1, 2)).of(Time)
    assert [(t.start + len(added), t.text, t.days, t.rule) for t in here] == [
        (t.start, t.text, t.days, t.rule) for t in there
    ]


def test_the_only_year_that_is_named_dates_what_has_none(read: Read) -> None:
    facts = read("The sides signed a pact on 3 May 2016. It was broken on 14 June.")
    assert days_of(facts, "14 June") == one("2016-06-14")
    facts = read("The sides signed a pact on 3 May 2016 and a second one on 4 May 2017. It was broken on 14 June.")
    assert days_of(facts, "14 June") is None
