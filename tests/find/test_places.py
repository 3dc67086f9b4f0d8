"""What is taken for the name of a place, and what is not."""

import pytest

from dateline.gazetteer.cache import gazetteer
from dateline.language import SpacyParser
from dateline.rules.loader import Rule, load_one
from tests.resolve.placed import names

RUNS = ("places/regions.toml#*",)
REGIONS = load_one("places/regions.toml").rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Aleppo and the nearby town of Azaz on Monday.", ["Aleppo", "Azaz"]),
        ("A bomb killed nine people in Lashkar Gah, Helmand province.", ["Lashkar Gah", "Helmand"]),
        ("Two ships collided in the Persian Gulf.", ["Persian Gulf"]),
        ("Clashes were reported near Deir ez-Zor and in al-Hasakah.", ["Deir ez-Zor", "al-Hasakah"]),
        ("Gunmen attacked a market in Qorvast, northern Nigeria.", ["Qorvast", "Nigeria"]),
        ("A mortar shell hit the Zelmira Cathedral on Sunday.", ["Zelmira Cathedral"]),
    ],
)
def test_places(parser: SpacyParser, text: str, expected: list[str]) -> None:
    found = [name.removesuffix(" province").removeprefix("northern ") for name in names(parser, text)]
    assert [name for name in expected if name not in found] == []


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Troops retook Mekelle on Monday. Ethiopia welcomed it.", "Mekelle"),
        ("Kidal fell to the rebels of the north. Mali is at war.", "Kidal"),
        ("Peshmerga forces took Sinjar at dawn. Iraq is at war.", "Sinjar"),
        ("The militia is in control of all of Bakhmut, Dorin said. Ukraine denied it.", "Bakhmut"),
        ("Lalibela is under the control of the rebels. Ethiopia denied it.", "Lalibela"),
        ("Shelling hit Kramatorsk overnight.", "Kramatorsk"),
        ("Nine soldiers were killed in Kramatorsk on Monday.", "Kramatorsk"),
        ("The rebels control Misrata and two villages.", "Misrata"),
        ("Militants attacked Kismayo, killing nine.", "Kismayo"),
        ("Bakhmut was bombed overnight.", "Bakhmut"),
    ],
)
def test_what_is_fought_over_is_a_place_whatever_the_parser_takes_it_for(
    parser: SpacyParser, text: str, ground: str
) -> None:
    assert ground in names(parser, text)


def test_a_country_is_a_place_though_the_parser_takes_it_for_a_body(parser: SpacyParser) -> None:
    assert "Niger" in names(parser, "Niger ordered the troops to leave the country.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militiamen shelled the camp of Bourj el-Barajneh in Lebanon.", ["Bourj el-Barajneh", "Lebanon"]),
        ("Fighting resumed in the Bustan al-Qasr district.", ["Bustan al-Qasr"]),
        ("Gunmen attacked a checkpoint south of el-Arish on Tuesday night. Egypt sent troops.", ["el-Arish"]),
        ("Women were expelled from nearby Potocari.", ["Potocari"]),
        ("Ukraine said two assaults were beaten back in the Lyman direction.", ["Lyman"]),
        ("The army was beaten back on the Tuz Khurmatu front.", ["Tuz Khurmatu"]),
        ("Rebels hit the besieged villages of Foua and Kefraya with rockets.", ["Foua", "Kefraya"]),
        ("Five men died in the villages of Kanyabayonga, Kirumba and Kayna.", ["Kanyabayonga", "Kirumba", "Kayna"]),
        ("A convoy was hit on the road between Gao and Ansongo.", ["Gao", "Ansongo"]),
        ("Drones struck Stepanakert. Azerbaijan denied it.", ["Stepanakert"]),
        ("Boats were sunk off Mullaitivu. Sri Lanka denied it.", ["Mullaitivu"]),
        ("Residents of Dorvani fled on Monday.", ["Dorvani"]),
        ("The rebels hoisted their flag over Kesh Varda late on Monday.", ["Kesh Varda"]),
        ("The army drove the rebels out of Kesh Varda on Monday.", ["Kesh Varda"]),
        ("The offer lured investors out of Kesh Varda Holdings.", []),
        ("The army sent reinforcements to Zelmira on Monday.", ["Zelmira"]),
        ("They stormed into Morvani, in northern Kenya, at dawn.", ["Morvani"]),
        ("A curfew was imposed on the state capital, Zarvik.", ["Zarvik"]),
        ("Police searched homes in Kenya's Lamu.", ["Lamu"]),
        ("Gunmen killed 12 people in an attack on Zan Kurvi, a remote village near the border.", ["Zan Kurvi"]),
        ("Air strikes on Khan Younis killed 12 people overnight. Gaza is at war.", ["Khan Younis"]),
        ("A missile attack on Chasiv Yar killed two people. Ukraine is at war.", ["Chasiv Yar"]),
        ("Fighting went on in the eastern Democratic Republic of the Congo.", ["Democratic Republic of the Congo"]),
    ],
)
def test_the_words_around_a_name_make_it_a_place(parser: SpacyParser, text: str, expected: list[str]) -> None:
    assert [name for name in expected if name not in names(parser, text)] == []


@pytest.mark.parametrize("name", ["Zarb al-Qaf", "Kyar Pin", "Mbolu"])
def test_the_town_of_is_a_place_that_no_map_knows(parser: SpacyParser, name: str) -> None:
    assert name in names(parser, f"The rebels left the town of {name} after a raid.")


@pytest.mark.parametrize(
    ("text", "no_place"),
    [
        ("The state of Emergency was lifted.", "Emergency"),
        ("Paris Hilton visited the troops.", "Paris"),
        ("The Geneva Conventions protect prisoners.", "Geneva"),
        ("The Taliban said they had taken the town.", "Taliban"),
        ("Afghan officials denied the report.", "Afghan"),
        ("The Islamic State claimed the attack.", "Islamic State"),
        ("He was reading a book in March.", "March"),
        ("Jordan Baker, a captain, was promoted.", "Jordan"),
        ("The White House welcomed the news.", "White House"),
        ("He spoke at the Zarbad Dialogue on Monday.", "Zarbad Dialogue"),
        ("The frigate HMS Kendal sailed on Monday.", "HMS Kendal"),
        ("Pictures of the Earth were shown.", "Earth"),
        ("Mon 30 Oct 2023", "Mon"),
        ("The monks broke the siege of the Zarbis in the hills.", "Zarbis"),
        ("Troops captured Omar Hassan on Monday.", "Hassan"),
        ("Soldiers detained Aung San Suu Kyi. Myanmar is at war.", "Aung San"),
        ("Fighting resumed in the Bustan al-Qasr district.", "Bustan"),
        ("Fighters of Hamas and Hezbollah met.", "Hezbollah"),
        ("Jobs were lost in the private sector.", "private"),
        ("BREAKING: Troops stormed a village.", "BREAKING"),
        ("The talks were called off Friday.", "Friday"),
        ("The army ended drills with Nigerien forces.", "Nigerien"),
        ("The army gained a foothold on the west bank of the Oskil. Ukraine denied it.", "west bank"),
        ("The minister sent a letter to Merkov on Monday.", "Merkov"),
        ("Air strikes on Karim Talib killed two guards. Iraq is at war.", "Karim Talib"),
        ("Police arrested Musa Danvari, a village elder, on Monday.", "Musa Danvari"),
        ("Sri Lankan President Ole Tal resigned on Thursday.", "Sri"),
    ],
)
def test_no_places(parser: SpacyParser, text: str, no_place: str) -> None:
    assert no_place not in names(parser, text)


@pytest.mark.parametrize("rule", REGIONS, ids=lambda rule: rule.name)
def test_the_lexicons_own_places_are_found_by_every_name(rule: Rule) -> None:
    for place in rule.data["table"]:
        for name in place["names"]:
            found = [e for e in gazetteer().named(name) if e.id.startswith("dateline:")]
            assert any(abs(e.lat - place["at"][0]) < 0.01 for e in found), name
    for example in rule.examples:
        assert gazetteer().named(str(example))


def test_odd_texts_do_no_harm(parser: SpacyParser) -> None:
    for text in ("", " ", "...", "In", "in in in", "Al-", "X" * 5000, "\n\n\n", "IN THE TOWN OF", "🙂 in 🙂"):
        names(parser, text)
