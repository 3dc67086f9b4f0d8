"""Numbers, ground and days in the words of a person."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dateline.model import BODIES, MODES, SECTORS, Actor, Control, Days, Location, Quantity
from dateline.output.words import (
    act_as_text,
    control_as_text,
    country_as_text,
    days_as_text,
    kind_of_actor,
    location_as_text,
    number_as_text,
    sector_as_text,
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
    blocks = dict(re.findall(r"const (TYPES|MODES|STATUSES|SECTORS|BODIES)\b[^\n]*\{\n(.*?)\n\};", page, re.DOTALL))
    types = dict(re.findall(r'(\w+): \{ label: "([^"]+)"', blocks["TYPES"]))
    modes = dict(re.findall(r'"([A-Z]+/[a-z-]+)": "([^"]+)"', blocks["MODES"]))
    sectors, bodies = (dict(re.findall(r'(\w+): "([^"]+)"', blocks[name])) for name in ("SECTORS", "BODIES"))
    statuses = dict(re.findall(r'(\w+): "([^"]+)"', blocks["STATUSES"]))
    assert types.keys() == MODES.keys()
    assert {type: act_as_text(type, None) for type in MODES} == types
    for type, own in MODES.items():
        for mode in own:
            wanted = modes.get(f"{type}/{mode}", mode.replace("-", " "))
            assert act_as_text(type, mode) == f"{types[type]}: {wanted}"
    assert {status: status_as_text(status) for status in statuses} == statuses
    assert {sector: sector_as_text(sector) for sector in SECTORS} == sectors
    assert {body: country_as_text(body) for body in BODIES} == bodies


def test_a_place_is_told_with_its_country() -> None:
    assert location_as_text(Location("Talma", "SOM")) == "Talma, Somalia"
    assert location_as_text(Location("Somalia", "SOM")) == "Somalia"
    assert location_as_text(Location("Pell", "XQX")) == "Pell, XQX"
    assert location_as_text(Location("Pell")) == "Pell"
    assert location_as_text(Location("", "SOM")) == "Somalia"


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ((2031, 3, 3), (2031, 3, 3), "3 Mar 2031"),
        ((2031, 3, 3), (2031, 3, 5), "3–5 Mar 2031"),
        ((2031, 2, 28), (2031, 3, 2), "28 Feb – 2 Mar 2031"),
        ((2030, 12, 31), (2031, 1, 1), "31 Dec 2030 – 1 Jan 2031"),
        ((2032, 2, 1), (2032, 2, 29), "Feb 2032"),
        ((2031, 1, 1), (2031, 12, 31), "2031"),
        ((2031, 1, 1), (2031, 2, 28), "1 Jan – 28 Feb 2031"),
    ],
)
def test_days(first: tuple[int, int, int], last: tuple[int, int, int], text: str) -> None:
    assert days_as_text(Days(date(*first), date(*last))) == text


@pytest.mark.parametrize(
    ("actor", "kind"),
    [
        (Actor("Taliban", "AFG", "REB"), "armed group, Afghanistan"),
        (Actor("Somali police", "SOM", "COP"), ""),
        (Actor("Mali", "MLI", "GOV"), "government"),
        (Actor("Malian soldiers", "MLI", "MIL"), "armed forces"),
        (Actor("the envoys", "UNO", None), "United Nations"),
        (Actor("Karsa Watch", "XQX", "NEW"), "NEW, XQX"),
        (Actor("crowd"), ""),
    ],
)
def test_what_and_whence_somebody_is(actor: Actor, kind: str) -> None:
    assert kind_of_actor(actor) == kind
