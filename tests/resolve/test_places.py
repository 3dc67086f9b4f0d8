"""Which place a name means, and how far around it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer.cache import base_file, gazetteer
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Store, compile_file
from dateline.gazetteer.tables import rows_of
from dateline.language import SpacyParser
from dateline.resolve.geometry import BEARINGS, circle_around, distance_km, moved
from dateline.rules.loader import Rule, load_one
from tests.resolve.placed import places

RUNS = ("places/relative.toml#*",)
RELATIVE = load_one("places/relative.toml").rules
AFGHAN_TABLE = Path(__file__).parents[3] / "shared" / "data" / "gazetteer" / "wof_14_countries.tsv.gz"
AFGHAN_TOWNS = (
    "Lashkar Gah, Kunduz, Ghazni, Maidan Wardak, Maidan Shahr, Nad Ali, Garmsir, Dasht-e-Archi, Imam Sahib, Spin Boldak, Shindand, "
    "Qala-i-Naw, Sher Khan Bandar, Aybak, Taluqan, Feroz Koh, Sar-e-Pul, Pul-e-Khumri"
).split(", ")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Police in Paris arrested two men.", "Paris", "FRA"),
        ("Police in Paris, Texas, arrested two men.", "Paris", "USA"),
        ("The Georgian army left Tbilisi, and Georgia denied it.", "Georgia", "GEO"),
        ("Floods hit Alabama, Georgia, Florida and Mississippi.", "Georgia", "USA"),
        ("Crowds in Dhaka stormed the palace on Monday. The minister fled to India.", "Dhaka", "BGD"),
        ("Tripoli was quiet. Lebanese troops stood in Tripoli, Lebanon.", "Tripoli", "LBN"),
        ("Syrian rebels left Syria through Idlib. Shells fell on Hama.", "Hama", "SYR"),
        ("The Nigerian army said Nigeria was safe. Villages near Baga were burnt.", "Baga", "NGA"),
        ("In Iraq, the Iraqi army entered Mosul. Shells then fell near Tal Afar.", "Tal Afar", "IRQ"),
        ("Rebels attacked Palma, in the Mozambican province of Cabo Delgado. Then troops retook Palma.", "Palma", "MOZ"),
    ],
)
def test_the_place_meant(parser: SpacyParser, text: str, name: str, country: str) -> None:
    found = [place for place in places(parser, text) if place.text == name]
    assert found
    assert found[-1].location.country == country


def test_an_unknown_town_keeps_what_the_text_says_of_it(parser: SpacyParser) -> None:
    (town, *_) = places(parser, "Gunmen attacked a market in Qorvast, Nigeria, on Monday.")
    assert (town.text, town.location.country, town.location.gazetteer_id) == ("Qorvast", "NGA", None)
    assert "not in the gazetteer" in town.rule


def test_the_adjective_of_a_country_says_where_a_town_lies(parser: SpacyParser) -> None:
    text = "Somalia blamed the raid on Mogadishu on Kenya. Somali elders met in the Kenyan border town of Qorvast on Monday."
    assert [p.location.country for p in places(parser, text) if p.text == "Qorvast"] == ["KEN"]


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Jets struck a tower in the Serbian capital.", "Belgrade"),
        ("Police fired tear gas in Kenya's capital on Monday.", "Nairobi"),
        ("Shots were heard in the Kurdish capital.", None),
        ("Investors moved Kenyan capital abroad.", None),
        ("Shots were heard in the Kenyan capital, Nairobi.", None),
    ],
)
def test_a_capital_is_known_by_its_country(parser: SpacyParser, text: str, capital: str | None) -> None:
    found = [place.location.name for place in places(parser, text) if "capital of a country" in place.rule]
    assert found == ([capital] if capital is not None else [])


def test_what_nothing_spoke_for_is_asked_again_when_others_are_decided(parser: SpacyParser) -> None:
    found = places(parser, "In the Kherson sector, Russian troops shelled Antonivka and withdrew.")
    assert {place.text: place.location.country for place in found}["Antonivka"] == "UKR"


def test_a_dateline_says_little_about_where_the_story_is(parser: SpacyParser) -> None:
    text = "PRETORIA (AP) - Ethiopia's government said that federal troops took the town of Zarvo. Kenya was glad of it."
    assert {place.text: place.location.country for place in places(parser, text)}["Zarvo"] == "ETH"


def test_a_name_that_says_so_is_a_site(parser: SpacyParser) -> None:
    (site, *_) = places(parser, "A mortar shell hit the Zelmira Cathedral on Sunday.")
    assert (site.text, site.feature, site.location.gazetteer_id) == ("Zelmira Cathedral", "site", None)


def test_an_abbreviation_of_a_country_is_spelled_out(parser: SpacyParser) -> None:
    (place,) = places(parser, "He flew to the U.S. on Monday.")
    assert (place.text, place.location.name) == ("U.S.", "United States")


def test_a_hamlet_somewhere_else_is_not_meant_because_it_alone_has_the_name(parser: SpacyParser) -> None:
    found = [
        p for p in places(parser, "In Syria, planes hit a base at Sarmada, Syria, officials said.") if p.text == "Sarmada"
    ]
    assert [p.location.country for p in found] == ["SYR"]


def test_the_losers_are_kept_with_their_scores(parser: SpacyParser) -> None:
    (place, *_) = places(parser, "Police in Paris, France, arrested two men.")
    assert place.candidates[0].country == "FRA"
    assert len(place.candidates) > 1
    scores = [candidate.score for candidate in place.candidates]
    assert scores == sorted(scores, reverse=True)
    assert dict(place.candidates[0].parts)["lies in what is named with it"] > 0


EXAMPLES = [(rule, example) for rule in RELATIVE for example in rule.examples]
NEAR_MISSES = [(rule, example) for rule in RELATIVE for example in rule.near_misses]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: getattr(value, "name", ""))
def test_examples_of_relative_places(parser: SpacyParser, rule: Rule, example: Mapping[str, Any]) -> None:
    found = [p for p in places(parser, example["text"]) if p.location.name == example["place"]]
    assert found
    place, plain = found[0], gazetteer().named(example["place"].split()[-1])
    at = place.location
    assert at.lat is not None
    assert at.lon is not None
    if rule.kind == "distance":
        town = place.candidates[0]
        apart = distance_km(town.lat, town.lon, at.lat, at.lon)
        assert apart == pytest.approx(example["km"] if "bearing" in example else 0, abs=0.5)
        assert at.radius_km is not None
        assert at.radius_km >= example["km"] * 0.2
    if rule.kind in ("distance", "part") and "bearing" in example:
        town = place.candidates[0]
        lat, lon = moved(town.lat, town.lon, BEARINGS[example["bearing"]], 50)
        assert distance_km(at.lat, at.lon, lat, lon) < max(60, place.candidates[0].radius_km)
    if rule.kind == "near":
        assert at.radius_km is not None
        assert at.radius_km > place.candidates[0].radius_km + 5
    if rule.kind == "border":
        assert place.feature == "border"
        assert at.country is None
    assert plain or rule.kind == "border"


@pytest.mark.parametrize(("rule", "example"), NEAR_MISSES, ids=lambda value: getattr(value, "name", ""))
def test_near_misses_of_relative_places(parser: SpacyParser, rule: Rule, example: Mapping[str, Any]) -> None:
    found = [p for p in places(parser, example["text"]) if p.text == example["place"]]
    assert found
    place = found[0]
    assert place.feature != "border"
    assert place.location.name == example["place"]
    assert place.location.radius_km == place.candidates[0].radius_km


@pytest.fixture(scope="module")
def with_afghan_table(tmp_path_factory: pytest.TempPathFactory) -> Store:
    if not AFGHAN_TABLE.is_file():
        pytest.skip("the Who's On First table of Afghanistan is not here")
    gazetteer()
    folder = tmp_path_factory.mktemp("added")
    # The whole table takes a minute: this is what is in Afghanistan and shares the longest word of one of the names.
    words = {max(key(town).split(), key=len) for town in AFGHAN_TOWNS}
    with gzip.open(AFGHAN_TABLE, "rt", encoding="utf-8") as whole, (folder / "wof.tsv").open("w", encoding="utf-8") as part:
        part.write(next(whole))
        afghan = (line for line in whole if "\tAF\t" in line)
        part.writelines(line for line in afghan if "\tregion\t" in line or not words.isdisjoint(key(line).split()))
    compile_file(folder / "wof.sqlite", 1, "wof", "a test", rows_of(folder / "wof.tsv"))
    return Store([base_file(), folder / "wof.sqlite"])


@pytest.mark.parametrize("town", AFGHAN_TOWNS)
def test_afghan_towns_as_newspapers_spell_them(parser: SpacyParser, with_afghan_table: Store, town: str) -> None:
    text = f"The Afghan army in Afghanistan said that fighting with the Taliban went on in {town} on Monday."
    found = [p for p in places(parser, text, with_afghan_table) if p.text.startswith(town)]
    assert found
    assert found[0].location.country == "AFG"
    assert found[0].location.lat is not None
    assert 29 < found[0].location.lat < 39


points = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


@given(points, st.floats(0, 359), st.floats(0, 2000))
def test_moving_goes_as_far_as_it_says(start: tuple[float, float], bearing: float, km: float) -> None:
    lat, lon = moved(*start, bearing, km)
    assert distance_km(*start, lat, lon) == pytest.approx(km, abs=0.01)


@given(st.lists(st.tuples(st.floats(-60, 60), st.floats(-80, 80), st.floats(0, 500)), min_size=1, max_size=6))
def test_a_circle_holds_all_that_it_is_drawn_around(circles: list[tuple[float, float, float]]) -> None:
    lat, lon, radius = circle_around(circles)
    assert all(distance_km(lat, lon, a, b) + r <= radius + 0.01 for a, b, r in circles)


def test_an_unknown_place_lies_where_the_armed_groups_of_the_article_are(parser: SpacyParser) -> None:
    text = (
        "The Arakan Army said its fighters took an outpost at Thar Kyet Bu on Monday. The Three Brotherhood Alliance turned down an offer "
        "of talks in Kunming."
    )
    found = {place.text: place.location.country for place in places(parser, text)}
    assert found == {"Thar Kyet Bu": "MMR", "Kunming": "CHN"}
