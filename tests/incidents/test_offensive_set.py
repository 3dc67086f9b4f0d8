"""The articles and the gold of the invented offensive agree with each other."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest

from dateline.gazetteer.countries import countries_in

FOLDER = Path(__file__).parents[2] / "examples" / "offensive"
FIRST, LAST = date(2031, 3, 3), date(2031, 3, 16)
STATUSES = {"open", "kept", "missed", "moved", "broken", "disputed"}


def load(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def articles() -> dict[str, dict[str, Any]]:
    lines = (FOLDER / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


def names() -> set[str]:
    towns = (line.split("\t")[1] for line in (FOLDER / "lorvania.txt").read_text(encoding="utf-8").splitlines())
    return {*towns, *(country.name for country in countries_in(FOLDER / "countries.toml"))}


def test_the_articles_are_short_and_of_one_fortnight(articles: dict[str, dict[str, Any]]) -> None:
    assert len(articles) >= 40
    assert len({article["publisher"] for article in articles.values()}) == 7
    assert len({article["url"] for article in articles.values()}) == len(articles)
    for article in articles.values():
        assert FIRST <= date.fromisoformat(article["published"]) <= LAST
        assert 60 <= len(article["text"].split()) <= 160, article["id"]


def test_a_mention_quotes_its_article(articles: dict[str, dict[str, Any]]) -> None:
    for incident in load("incidents.json")["incidents"]:
        assert incident["mentions"], incident["id"]
        for mention in incident["mentions"]:
            text = articles[mention["article"]]["text"]
            assert text[mention["start"] : mention["end"]] == mention["text"], (incident["id"], mention)


def test_no_mention_tells_more_than_two_incidents_and_none_stands_twice_in_one() -> None:
    told = [
        (mention["article"], mention["start"], incident["id"])
        for incident in load("incidents.json")["incidents"]
        for mention in incident["mentions"]
    ]
    assert len(told) == len(set(told))
    assert max(Counter((article, start) for article, start, _ in told).values()) == 2


def test_the_places_of_the_gold_are_in_the_gazetteer() -> None:
    told = {incident["place"] for incident in load("incidents.json")["incidents"]} - {None}
    assert told | set(load("control.json")["places"]) <= names()


def test_reprints_are_near_copies(articles: dict[str, dict[str, Any]]) -> None:
    for copy, original in load("incidents.json")["reprints"].items():
        matcher = SequenceMatcher(None, articles[copy]["text"], articles[original]["text"], autojunk=False)
        assert matcher.ratio() > 0.75, (copy, original)
        assert articles[copy]["publisher"] != articles[original]["publisher"]


def test_the_spans_of_control_follow_each_other_without_a_gap() -> None:
    for place, spans in load("control.json")["places"].items():
        for before, after in itertools.pairwise(spans):
            assert date.fromisoformat(after["from"]) == date.fromisoformat(before["to"]) + timedelta(days=1), place
            assert after["holder"] != before["holder"], place
        assert spans[-1]["to"] == LAST.isoformat()


def test_commitments_name_their_articles_and_days(articles: dict[str, dict[str, Any]]) -> None:
    commitments = load("commitments.json")
    assert {commitment["status"] for commitment in commitments} == STATUSES
    for commitment in commitments:
        assert set(commitment["articles"]) <= set(articles)
        told = min(articles[name]["published"] for name in commitment["articles"])
        assert commitment["since"] == told, commitment["id"]
        assert commitment["due"], commitment["id"]
        assert (len(commitment["due"]) > 1) == (commitment["status"] == "moved"), commitment["id"]
