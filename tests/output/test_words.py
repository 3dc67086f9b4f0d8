"""Numbers, ground and days in the words of a person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline.model import MODES, Control, Location, Quantity
from dateline.output.words import (
    act_as_text,
    control_as_text,
    location_as_text,
    number_as_text,
    side_as_text,
    status_as_text,
)


@pytest.mark.parametrize(
    ("gained", "lost", "place", "unit", "count", "text"),
    [
        ("Front", "army", None, "district", 12, "12 × district to Front, from army"),
        ("Front", None, "Talma", "city", 1, "Talma to Front"),
        (None, "army", "Talma", "city", 1, "Talma lost by army"),
        (None, None, None, "village", None, "village changes hands"),
        ("Front", None, None, None, None, "ground to Front"),
    ],
)
def test_ground(
    gained: str | None, lost: str | None, place: str | None, unit: str | None, count: int | None, text: str
) -> None:
    assert control_as_text(Control(gained_by=gained, lost_by=lost, place=place, unit=unit, count=count)) == text


@pytest.mark.parametrize(
    ("low", "high", "approximate", "text"),
    [
        (12, 12, False, "killed 12"),
        (12, None, False, "killed ≥ 12"),
        (80, 80, True, "killed ≈ 80"),
        (40, None, True, "killed ≈ 40"),
        (300, 500, False, "killed 300 to 500"),
        (2000, None, False, "killed ≥ 2,000"),
        (1.5, 1.5, False, "killed 1.5"),
        (1_250_000, 1_250_000, False, "killed 1,250,000"),
    ],
)
def test_numbers(low: float, high: float | None, approximate: bool, text: str) -> None:
    assert (
        number_as_text(Quantity(start=0, end=1, head=0, what="killed", low=low, high=high, approximate=approximate)) == text
    )


@pytest.mark.parametrize(
    ("side", "text"),
    [
        ("MLI government", "Government of Mali"),
        ("MLI rebels", "Rebels of Mali"),
        ("QQQ government", "QQQ government"),
        ("Norland Front", "Norland Front"),
        ("government", "government"),
        (None, "unknown"),
    ],
)
def test_a_side_is_said_in_words(side: str | None, text: str) -> None:
    assert side_as_text(side) == text


@pytest.mark.parametrize(
    ("type", "mode", "words"),
    [
        ("ASSAULT", "aerial", "Attack: from the air"),
        ("ASSAULT", "firearms", "Attack: firearms"),
        ("ASSAULT", "heavy-weapons", "Attack: heavy weapons"),
        ("RETREAT", None, "Giving way"),
    ],
)
def test_an_act_is_told_in_words(type: str, mode: str | None, words: str) -> None:
    assert act_as_text(type, mode) == words


def test_the_page_and_tables_say_codes_in_the_same_words() -> None:
    page = (Path(__file__).parents[2] / "web" / "src" / "words" / "codes.ts").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"const (TYPES|MODES|STATUSES)\b[^\n]*\{\n(.*?)\n\};", page, re.DOTALL))
    types = dict(re.findall(r'(\w+): \{ label: "([^"]+)"', blocks["TYPES"]))
    modes = dict(re.findall(r'"([A-Z]+/[a-z-]+)": "([^"]+)"', blocks["MODES"]))
    statuses = dict(re.findall(r'(\w+): "([^"]+)"', blocks["STATUSES"]))
    assert types.keys() == MODES.keys()
    assert {type: act_as_text(type, None) for type in MODES} == types
    for type, own in MODES.items():
        for mode in own:
            wanted = modes.get(f"{type}/{mode}", mode.replace("-", " "))
            assert act_as_text(type, mode) == f"{types[type]}: {wanted}"
    assert {status: status_as_text(status) for status in statuses} == statuses


def test_a_place_is_told_with_its_country() -> None:
    assert location_as_text(Location("Talma", "SOM")) == "Talma, Somalia"
    assert location_as_text(Location("Somalia", "SOM")) == "Somalia"
    assert location_as_text(Location("Pell", "XQX")) == "Pell, XQX"
    assert location_as_text(Location("Pell")) == "Pell"
