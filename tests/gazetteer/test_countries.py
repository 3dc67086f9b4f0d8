import pytest

from dateline.gazetteer.countries import (
    alpha3_of,
    countries,
    country_named,
    country_of,
    country_of_capital,
    country_of_people,
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Syria", "SYR"), ("the Ivory Coast", "CIV"), ("Côte d’Ivoire", "CIV"), ("U.S.", "USA"), ("US", "USA"),
        ("The Gambia", "GMB"), ("the Netherlands", "NLD"), ("Soviet Union", "RUS"), ("Burma", "MMR"), ("DRC", "COD"),
        ("Saint Lucia", "LCA"), ("St. Lucia", "LCA"), ("Bosnia-Herzegovina", "BIH"), ("KOSOVO", "XKX"), ("IRAQ", "IRQ"),
    ],
)  # fmt: skip
def test_names_lead_to_codes(name: str, code: str) -> None:
    assert country_named(name) == code


@pytest.mark.parametrize("word", ["us", "car", "chad", "turkey", "", "Atlantis", "the"])
def test_ordinary_words_are_no_countries(word: str) -> None:
    assert country_named(word) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [("Syrian", "SYR"), ("Syrians", "SYR"), ("Dutchmen", "NLD"), ("Britons", "GBR"), ("Swiss", "CHE"), ("Poles", "POL")],
)
def test_peoples_lead_to_codes(word: str, code: str) -> None:
    assert country_of_people(word) == code


def test_things_in_lower_case_are_no_peoples() -> None:
    assert country_of_people("poles") is None
    assert country_of_people("turks") is None


@pytest.mark.parametrize(
    ("name", "code"), [("Kabul", "AFG"), ("the Kremlin", "RUS"), ("Sana’a", "YEM"), ("Washington", "USA"), ("Kiev", "UKR")]
)
def test_capitals_lead_to_codes(name: str, code: str) -> None:
    assert country_of_capital(name) == code


def test_names_come_before_peoples_and_capitals() -> None:
    assert [country_of(word) for word in ("Mexico", "Mexicans", "Mexico City", "Zembla")] == ["MEX", "MEX", "MEX", None]


def test_every_country_has_a_middle_on_earth_and_codes_that_lead_to_it() -> None:
    every = countries()
    assert len(every) >= 230
    for code, country in every.items():
        assert len(code) == 3
        assert -90 <= country.lat <= 90
        assert -180 <= country.lon <= 180
        assert alpha3_of(country.alpha2) == code
    assert every["AFG"].radius_km == pytest.approx(454, abs=5)
