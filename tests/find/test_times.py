"""Times in the text: every example and near-miss of the rule files, judged on the calendar where an example says which days."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.find.time_words import lexicon
from dateline.find.times import TimeStage, filled, find_times
from dateline.language import Document, LanguageStage, SpacyParser, build
from dateline.model import Article, Time, TimeExpression
from dateline.reading import Facts, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.rules.loader import Rule

RUNS = ("time_rules.toml#*", "time_joins.toml#*", "time_days.toml#*")
RULES = [rule for file in lexicon().files for rule in file.rules]
DATES = (
    "month, day and year", "day, month and year", "month and day", "day and month", "days of a month", "month and year", "month",
    "month of a year near by", "date of a year near by", "last, this or next month of a name", "date in figures", "weekday",
    "last weekday", "next weekday", "weekday of a week near by", "weekday and part of the day", "yesterday", "last night",
    "tomorrow", "unit near by", "season near by", "season of a year", "same day", "following day", "previous day", "ago",
    "from now", "before a day", "later", "from one time to another", "since",
)  # fmt: skip
"""The rules whose reading hangs on the calendar."""
Read = Callable[[str, str | None], list[Time]]


@pytest.fixture(scope="session")
def read(parser: SpacyParser) -> Read:
    stages = (LanguageStage(parser), TimeStage(), CalendarStage())

    def read(text: str, on: str | None = None) -> list[Time]:
        facts = Facts()
        for stage in stages:
            run_stage(stage, Article(id="test", text=text, published=date.fromisoformat(on) if on else None), facts)
        return list(facts.of(Time))

    return read


def fired(rule: Rule, times: list[Time]) -> list[Time]:
    if rule.kind == "direction":
        return [time for time in times if time.direction == rule.data["direction"]]
    return [time for time in times if time.rule == rule.name]


def span(time: Time) -> str | None:
    if time.days is None:
        return None
    first, last = time.days.first, time.days.last
    return f"{first}" if first == last else f"{first}..{last}"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind != "never"], ids=lambda rule: rule.name)
def test_examples(rule: Rule, read: Read) -> None:
    for example in rule.examples:
        text, on, days = (example, None, None) if isinstance(example, str) else _parts(example)
        found = fired(rule, read(text, on))
        assert found, text
        assert days is None or days in [span(time) for time in found], text


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.near_misses], ids=lambda rule: rule.name)
def test_near_misses(rule: Rule, read: Read) -> None:
    for text in rule.near_misses:
        assert isinstance(text, str)
        if rule.kind == "never":
            assert read(text, None), text
        else:
            assert not fired(rule, read(text, None)), text


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.kind == "never"], ids=lambda rule: rule.name)
def test_what_is_no_time(rule: Rule, read: Read) -> None:
    for text in rule.examples:
        assert isinstance(text, str)
        assert not read(text, None), text


def _parts(example: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    return example["text"], example.get("on"), example.get("days")


def test_rules_of_dates_are_shown_on_both_sides_of_a_month_and_a_year_end_and_in_a_leap_year() -> None:
    for name in DATES:
        rule = next(rule for rule in RULES if rule.name == name)
        shown = [
            (example["on"], example["days"].split("..")[0]) for example in rule.examples if not isinstance(example, str)
        ]
        assert any(on[:4] != day[:4] for on, day in shown), name
        assert any(on[:7] != day[:7] for on, day in shown), name
        assert any(isleap(int(on[:4])) or isleap(int(day[:4])) for on, day in shown), name


def test_no_time_lies_inside_another(read: Read) -> None:
    times = read("On the eve of Friday, May 3, 2019, two days before Ramadan, from 10 to 12 May, they met at noon.", None)
    assert times
    assert all(left.end <= right.start for left, right in pairwise(times))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "May",
        "1" * 5000,
        "12 " * 2000,
        "may " * 2000,
        "31 June 9999",
        "99999999999999999999 years ago",
        "\x00",
    ],
)
def test_odd_texts_do_no_harm(text: str) -> None:
    document = build(len(text), [(0, len(text))], [], False)
    for time in find_times(text, document, lexicon()):
        assert text[time.start : time.end] == time.text


@given(st.text(alphabet="may 12th,.-/:’'sundaylastFriJn0\n", max_size=80))
def test_any_text_gives_times_that_are_in_it(text: str) -> None:
    document = build(len(text), [(0, len(text))], [], False)
    for time in find_times(text, document, lexicon()):
        assert isinstance(time, TimeExpression)
        assert text[time.start : time.end] == time.text
        assert time.text


def test_pieces_without_their_word_are_dropped() -> None:
    assert filled("year={year} month={month}", {"month": "5"}) == "month=5"
    assert filled("{point} part={early}", {"point": "month=5 day=1", "early": "late"}) == "month=5 day=1 part=late"


def test_documents_without_tokens_are_read_from_the_text() -> None:
    text = "They met on May 3, 2019."
    document = build(len(text), [(0, len(text))], [], False)
    assert [time.text for time in find_times(text, document, lexicon())] == ["May 3, 2019"]
    assert isinstance(document, Document)
