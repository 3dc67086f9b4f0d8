"""How well names of places are found and put on the map, on GeoVirus' development articles.

    python -m benchmarks.geovirus [--errors]

Prints how many of the 1,076 names are recognised (F1 on spans that overlap), how many of those recognised lie within 161 km and
in the right country, and the median error. The right country of a gold name is the one whose nearest town lies within 161 km
of its coordinates, or the country itself.
"""

from __future__ import annotations

import argparse
import statistics
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.gold import KeptParser, data_folder
from dateline.find.actor_lexicon import actor_lexicon
from dateline.find.places import PlaceNameStage
from dateline.find.quotations import QuotationStage
from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.countries import country_named
from dateline.language import LanguageStage
from dateline.model import Article, Place
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.geometry import distance_km
from dateline.resolve.places import PlaceStage
from dateline.rules.loader import load_one

NEAR_KM = 161.0
PUBLISHED = "Mordecai3 publishes 82.7-94.1 % of places within 161 km on its own test sets"


@dataclass(frozen=True)
class Named:
    """A gold name: half-open offsets, coordinates, and the title of its encyclopaedia page."""

    start: int
    end: int
    text: str
    lat: float
    lon: float
    page: str


def articles() -> Iterator[tuple[Article, list[Named]]]:
    """The development articles with their gold names."""
    root = ET.parse(data_folder() / "geo" / "geovirus_dev.xml").getroot()
    for number, item in enumerate(root.findall("article")):
        text = item.findtext("text") or ""
        names = [
            Named(
                int(loc.findtext("start") or 0) - 1, int(loc.findtext("end") or 0) - 1, loc.findtext("name") or "",
                float(loc.findtext("lat") or 0), float(loc.findtext("lon") or 0), (loc.findtext("page") or "").split("/")[-1],
            )
            for loc in item.iter("location")
        ]  # fmt: skip
        yield Article(id=f"geovirus-{number}", text=text), names


def main() -> None:
    """Print the figures."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true", help="list what was missed, taken for a place, or put elsewhere")
    args = ap.parse_args()
    words = load_one("places/names.toml")
    stages: list[Stage] = [
        QuotationStage(), LanguageStage(KeptParser()), PlaceNameStage(gazetteer(), words),
        PlaceStage(gazetteer(), words, actor_lexicon().armed_groups),
    ]  # fmt: skip
    hits = gold = found = right_country = 0
    errors_km: list[float] = []
    for article, names in articles():
        facts = Facts()
        for stage in stages:
            run_stage(stage, article, facts)
        places = list(facts.of(Place))
        gold += len(names)
        found += len(places)
        for name in names:
            place = next((p for p in places if p.start < name.end and name.start < p.end), None)
            if place is None:
                if args.errors:
                    print("missed   ", article.id, name.text, "|", _around(article.text, name.start, name.end))
                continue
            places.remove(place)
            hits += 1
            at = place.location
            km = distance_km(name.lat, name.lon, at.lat, at.lon) if at.lat is not None and at.lon is not None else 20_000.0
            errors_km.append(km)
            same = km <= NEAR_KM or (at.country is not None and country_named(name.page.replace("_", " ")) == at.country)
            same = same or at.country in _countries_at(name)
            right_country += same
            if args.errors and (km > NEAR_KM or not same):
                print("elsewhere", article.id, name.text, name.page, (name.lat, name.lon), "->", at, place.rule, round(km))
        if args.errors:
            for place in places:
                print(
                    "spurious ", article.id, place.text, "|", _around(article.text, place.start, place.end), "|", place.rule
                )
    precision, recall = hits / found, hits / gold
    print(
        f"recognised F1          {2 * precision * recall / (precision + recall):.3f}   precision {precision:.3f}  recall {recall:.3f}"
    )
    print(f"within 161 km          {sum(km <= NEAR_KM for km in errors_km) / hits:.3f}   ({PUBLISHED})")
    print(f"in the right country   {right_country / hits:.3f}")
    print(f"median error           {statistics.median(errors_km):.1f} km")


def _countries_at(name: Named) -> set[str]:
    """The countries of the gazetteer's places of this name that lie where the gold name does."""
    keys = (name.text, name.page.replace("_", " ").split(",")[0].split(" (")[0])
    return {
        entry.country
        for spelled in keys
        for entry in gazetteer().named(spelled)
        if entry.country and distance_km(name.lat, name.lon, entry.lat, entry.lon) <= max(NEAR_KM, entry.radius_km)
    }


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - 30) : start] + "[" + text[start:end] + "]" + text[end : end + 30]


if __name__ == "__main__":
    main()
