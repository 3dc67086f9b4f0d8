"""Where an act was: by syntax, by what was told before, by the countries that take part, or nowhere."""

from __future__ import annotations

import json
import re

import pytest

from dateline.find.weighing import Weigher
from dateline.language import SpacyParser
from dateline.model import Act, Actor, EventType, Evidence, Location, Mention, Place
from dateline.reading import Facts
from dateline.resolve.place_metonyms import without_metonyms
from dateline.resolve.place_ties import form, tie
from dateline.resolve.placing import WEIGHTS, Placing, bundled_weights, weights_of
from dateline.resolve.scene import joined, named_places
from dateline.rules.loader import bundled, load_one
from tests.resolve.placed import document_of, read_places


def act(facts: Facts, word: str, type: EventType, nth: int = 0) -> Act:
    document = document_of(facts)
    token = [t for t in document.words if t.text == word][nth]
    return Act(start=token.start, end=token.end, token=token.i, matched=(token.i,), type=type, mode=None, sense="test")


def where(
    parser: SpacyParser,
    text: str,
    word: str,
    type: EventType = "ASSAULT",
    actors: tuple[Actor, ...] = (),
    done_to: tuple[Actor, ...] = (),
) -> tuple[Location | None, Evidence | None]:
    facts = read_places(parser, text)
    found = act(facts, word, type)
    facts.add([found])
    return Placing(document_of(facts), facts).where(found, actors, done_to)


@pytest.mark.parametrize(
    ("text", "word", "type", "expected"),
    [
        ("Gunmen killed nine people in Kunduz on Monday.", "killed", "ASSAULT", "Kunduz"),
        ("An attack on a convoy in Ghazni wounded three.", "attack", "ASSAULT", "Ghazni"),
        ("The Kabul bombing killed three.", "bombing", "ASSAULT", "Kabul"),
        ("U.S. airstrikes in Raqqa, Syria, killed three.", "airstrikes", "ASSAULT", "Raqqa"),
        ("Troops will withdraw from Afghanistan by May.", "withdraw", "RETREAT", "Afghanistan"),
        ("The minister will visit Turkey in May.", "visit", "CONSULT", "Turkey"),
        ("The foreign ministers met in Geneva to discuss the fighting in Aleppo.", "met", "CONSULT", "Geneva"),
        ("Rebels captured the town of Azaz from the army.", "captured", "COERCE", "Azaz"),
        ("Niger ordered U.S. troops to leave the country.", "leave", "RETREAT", "Niger"),
        ("Bombers attacked a mosque in the town of Mubi, in Nigeria's Adamawa state.", "attacked", "ASSAULT", "Mubi"),
        ("In Idlib province, rebels hit the villages of Foua and Kefraya.", "hit", "ASSAULT", "Foua"),
        ("Taiwan protested. China fired eleven missiles into waters off the island.", "fired", "ASSAULT", "Taiwan"),
        ("Jets struck a tower in the Serbian capital.", "struck", "ASSAULT", "Belgrade"),
        ("ZARVOSKOYE, Russia - Troops stormed this village on Monday.", "stormed", "ASSAULT", "ZARVOSKOYE"),
        (
            "Guns fell silent in eastern Ghouta, near Douma. Later 500 were killed in the enclave.",
            "killed",
            "ASSAULT",
            "Ghouta",
        ),
        ("Guerrillas stopped buses near Trincomalee and killed nine.", "killed", "ASSAULT", "Trincomalee"),
    ],
)
def test_by_syntax(parser: SpacyParser, text: str, word: str, type: EventType, expected: str) -> None:
    location, evidence = where(parser, text, word, type)
    assert location is not None
    assert expected in location.name
    assert evidence is not None
    assert evidence.field == "where"


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("The minister condemned the attack in Baghdad.", "condemned", "ACCUSE"),
        ("Britain welcomed the agreement on Syria.", "welcomed", "SUPPORT"),
        ("The envoy urged both sides to end the fighting in Sudan.", "urged", "REQUEST"),
    ],
)
def test_words_about_a_place_are_not_spoken_there(parser: SpacyParser, text: str, word: str, type: EventType) -> None:
    assert where(parser, text, word, type)[0] is None


def test_what_coded_articles_teach_corrects_the_lexicon(parser: SpacyParser) -> None:
    facts = read_places(parser, "The minister condemned the attack in Baghdad.")
    found = act(facts, "condemned", "ACCUSE")
    facts.add([found])
    taught = Weigher({"nowhere words": -9.0}, threshold=0.4)
    location, evidence = Placing(document_of(facts), facts, taught).where(found, (), ())
    assert location is not None
    assert location.name == "Baghdad"
    assert evidence is not None
    assert any("no place" in lost for lost in evidence.lost)


def test_towns_of_one_country_speak_for_it_together(parser: SpacyParser) -> None:
    facts = read_places(parser, "Police in Kunduz, in Ghazni, and in Herat searched homes. A curfew followed.")
    found = act(facts, "curfew", "COERCE")
    facts.add([found])
    even = Placing(document_of(facts), facts, Weigher({}, threshold=1.0), weights={})
    location, _ = even.where(found, (), ())
    assert location is not None
    assert location.country == "AFG"
    assert Placing(document_of(facts), facts, weights={}).where(found, (), ())[0] is None


def test_what_is_stored_are_names_of_features_and_numbers() -> None:
    stored = json.loads(bundled(WEIGHTS).read_text(encoding="utf-8"))["place"]
    assert 0 < stored["threshold"] <= 1
    assert all(re.fullmatch(r"[a-z-]+ [A-Za-z0-9 -]{1,40}", name) and abs(w) < 5 for name, w in stored["weights"].items())


def test_the_story_goes_on_where_it_was(parser: SpacyParser) -> None:
    text = "A bomb killed nine people in Kunduz on Monday. The attack also wounded twelve. Witnesses fled."
    facts = read_places(parser, text)
    first, second = act(facts, "killed", "ASSAULT"), act(facts, "attack", "ASSAULT")
    facts.add([first, second])
    placing = Placing(document_of(facts), facts)
    placing.where(first, (), ())
    location, evidence = placing.where(second, (), ())
    assert location is not None
    assert location.name == "Kunduz"
    assert evidence is not None
    assert "thread force" in evidence.why


def test_the_country_of_those_it_was_done_to(parser: SpacyParser) -> None:
    location, _ = where(
        parser, "Iraqi villagers were killed by gunmen.", "killed", done_to=(Actor("Iraqi villagers", "IRQ", "CVL"),)
    )
    assert location is not None
    assert location.country == "IRQ"


def test_places_told_together_are_one_location() -> None:
    both = joined([Location("Jabla", "SYR", 35.36, 35.92, 5.0, "a"), Location("Tartus", "SYR", 34.89, 35.88, 5.0, "b")])
    assert (both.name, both.country) == ("Jabla and Tartus", "SYR")
    assert both.radius_km is not None
    assert 26 < both.radius_km < 40
    apart = joined([Location("Iraq", "IRQ"), Location("Syria", "SYR")])
    assert (apart.name, apart.country, apart.lat) == ("Iraq and Syria", None, None)


def test_every_weight_is_a_number_and_asked_for_by_two_or_three_words() -> None:
    weights = weights_of(load_one("places/placing.toml"))
    assert dict(bundled_weights()) == weights
    assert all(len(name.split(" ", 2)) >= 2 for name in weights)


def test_forms_and_ties(parser: SpacyParser) -> None:
    facts = read_places(parser, "The attack in Kunduz and further attacks were condemned in Paris.")
    document = document_of(facts)
    one = {token.text: token for token in document.tokens}
    assert form(one["attack"]) == "that"
    assert form(one["attacks"]) == "kind plural"
    assert form(one["condemned"]) == "verb"
    assert tie(one["attack"], one["Kunduz"], spoken=False) == ("act", "in")
    assert tie(one["condemned"], one["Paris"], spoken=True) == ("act", "in")


def test_a_capital_that_stands_for_its_government_is_no_town(parser: SpacyParser) -> None:
    text = "Oslo said that gunmen had attacked a patrol."
    facts = read_places(parser, text)
    assert [place.location.name for place in facts.of(Place)] == ["Oslo"]
    speaker = Mention(start=0, end=4, head=0, actor=Actor("Norway", "NOR", "GOV"), kind="name", rule="test")
    told = without_metonyms(document_of(facts), facts.of(Place), [speaker], [])
    assert [(place.location.name, place.feature) for place in told] == [("Norway", "country")]
    assert without_metonyms(document_of(facts), facts.of(Place), [], []) == list(facts.of(Place))


@pytest.mark.parametrize(
    ("text", "word", "type", "town"),
    [
        ("Ministers flew to Oslo for talks.", "talks", "CONSULT", True),
        ("Bombers struck Oslo again on Monday.", "struck", "ASSAULT", True),
        ("The envoy visited Oslo on Monday.", "visited", "CONSULT", True),
        ("Sweden accused Oslo of spying.", "accused", "ACCUSE", False),
        ("Talks with Oslo broke down.", "Talks", "CONSULT", False),
        ("Oslo's decision to arm them was condemned.", "condemned", "ACCUSE", False),
    ],
)
def test_a_capital_is_a_town_where_things_are_done_in_it_or_to_it(
    parser: SpacyParser, text: str, word: str, type: EventType, town: bool
) -> None:
    facts = read_places(parser, text)
    start = text.index("Oslo")
    government = Mention(
        start=start, end=start + 4, head=start, actor=Actor("Norway", "NOR", "GOV"), kind="name", rule="test"
    )
    told = without_metonyms(document_of(facts), facts.of(Place), [government], [act(facts, word, type)])
    assert ("Oslo" in [place.location.name for place in told]) is town


@pytest.mark.parametrize(
    ("text", "word", "type", "expected"),
    [
        (
            "Guards died in Nairobi. From Belgium, where he was granted asylum, he sent a letter.",
            "granted",
            "AID",
            "Belgium",
        ),
        ("Rebels hold Mombasa. Troops reached Nairobi on Monday and killed ten men there.", "killed", "ASSAULT", "Nairobi"),
        ("NAIROBI, Kenya - Sudan and Chad, neighbours of Egypt, held talks here on Monday.", "talks", "CONSULT", "NAIROBI"),
        ("Kenyan soldiers were ambushed near the border with Somalia.", "ambushed", "ASSAULT", "Somalia border"),
        ("The president and his guests will discuss a plan in Accra.", "discuss", "CONSULT", "Accra"),
        ("NAIROBI, Kenya - Troops left Mombasa. Thousands marched in the capital.", "marched", "PROTEST", "NAIROBI"),
        (
            "NAIROBI, Kenya - Rebels stormed Mombasa. Troops marched on the provincial capital.",
            "marched",
            "MOBILIZE",
            "Mombasa",
        ),
        ("Clashes broke out in the Sheikh Maqsoud neighbourhood of Aleppo.", "Clashes", "ASSAULT", "Sheikh Maqsoud"),
    ],
)
def test_words_that_point_at_a_place(parser: SpacyParser, text: str, word: str, type: EventType, expected: str) -> None:
    location, _ = where(parser, text, word, type)
    assert location is not None
    assert location.name == expected


def test_a_border_lies_on_the_side_that_is_told_of(parser: SpacyParser) -> None:
    facts = read_places(
        parser, "Kenya moved troops from Nairobi to the border with Somalia. Guards shot at them across the frontier."
    )
    borders = [n for n in named_places(document_of(facts), facts.of(Place)) if n.place.feature == "border"]
    assert [(n.location.name, n.location.country, n.named) for n in borders] == [
        ("Somalia border", "KEN", True), ("Somalia border", "KEN", False),
    ]  # fmt: skip


def test_without_places_there_is_none(parser: SpacyParser) -> None:
    assert where(parser, "They condemned it.", "condemned", "ACCUSE")[0] is None


def test_a_long_list_of_places_is_no_scene(parser: SpacyParser) -> None:
    text = "Governors of Ohio, Iowa, Texas, Utah and Maine signed the letter in Boston. Police then arrested two men."
    location, _ = where(parser, text, "arrested", "COERCE")
    assert location is None or "Ohio" not in location.name


def test_what_holds_a_place_is_not_joined_with_it(parser: SpacyParser) -> None:
    facts = read_places(parser, "Bombs fell on Kunduz and Afghanistan on Monday.")
    named = list(named_places(document_of(facts), facts.of(Place)))
    assert [(n.location.name, n.together) for n in named] == [("Kunduz", 1), ("Afghanistan", 1)]
