"""PlaceName -> Place: which of the places of a name is meant, and how far around it.

Every candidate gets a score of named parts, which are kept with it: how many people live there, whether the name is its usual
one, the kind of place that the text asks for, what the text says it lies in, the countries that the article is about, and how
near it is to places that are beyond doubt. A name that no entry convinces for stays in the reading with the country that the
text gives it and without coordinates: one name that cannot be found never empties the rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.find.actor_tables import PhraseTable
from dateline.find.places import candidate
from dateline.gazetteer.countries import countries, country_named, country_of_people, is_abbreviation
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Entry, Store
from dateline.language import Document
from dateline.model import Article, Fact, Location, Place, PlaceCandidate, PlaceName
from dateline.reading import Facts
from dateline.resolve.geometry import distance_km
from dateline.resolve.place_context import (
    UNKNOWN_TOWN,
    alike_in_lists,
    belongs_to,
    containers,
    countries_of_groups,
    countries_told,
    is_direction,
    lies_inside,
    sort_of_place,
)
from dateline.resolve.place_relative import Relative
from dateline.rules.loader import RuleFile, load_one

ALIKE = {
    "town": {"town", "capital"},
    "province": {"province", "region", "district"},
    "district": {"district", "province"},
    "country": {"country"},
    "sea": {"sea"},
    "river": {"river", "region"},
    "island": {"island", "region", "country", "province"},
    "mountain": {"mountain", "region"},
    "region": {"region", "province", "continent", "district"},
    "site": {"site", "base", "airport"},
}
"""The kind of place that a noun asks for -> kinds of entries that it may stand for."""

NEAR_KM = 300.0
BESIDE = 200
"""Characters within which one place is told of beside another."""
BESIDE_KM = 50.0
DATELINE = 60
"""Characters from the start within which a name in capitals is a dateline: where the report was written, not what it is about."""


GROUPS = 2  # mentions of armed groups of a country that count as a town each
STATE, CAPITAL = 0.4, 0.7
"""What naming a state or its people, and its capital, count for where an unknown place lies, beside a town or province of it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part of a candidate's score counts at most."""

    people: float
    own_name: float
    asked: float
    contained: float
    about: float
    near: float
    listed: float
    country: float
    known_region: float
    capital: float
    province: float
    district: float


class PlaceStage:
    """Decides what the names of places mean."""

    name = "places"
    needs: tuple[type[Fact], ...] = (Document, PlaceName)
    gives: tuple[type[Fact], ...] = (Place,)

    def __init__(
        self, gazetteer: Store, words: RuleFile, groups: PhraseTable[str], relative: RuleFile | None = None
    ) -> None:
        """`words` is the lexicon's `places/names.toml`, `relative` its `places/relative.toml`, by default the bundled one; `groups`
        has the countries of armed groups by their names."""
        self._gazetteer = gazetteer
        self._groups = groups
        self._relative = Relative(relative or load_one("places/relative.toml"))
        self._weights = Weights(**words.settings["weights"])
        self._sites = frozenset(words.settings["sites"]["words"]) | frozenset(words.settings["sites"]["houses"])
        self._asks: dict[str, set[str]] = {}
        for kind, nouns in words.settings["nouns"].items():
            for noun in nouns:
                self._asks.setdefault(noun, set()).update(ALIKE[kind])

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        names = facts.of(PlaceName)
        entries = [self._entries(name) for name in names]
        armed = countries_of_groups(document, self._groups)
        about = countries_told(document, article.title, names, entries, armed)
        outer = containers(document, names)
        asked = [self._asked(document, name) for name in names]
        alike = alike_in_lists(document, names, entries)
        belongs = [belongs_to(document, name) for name in names]
        chosen: dict[str, PlaceCandidate] = {}
        lying: dict[str, str] = {}
        places: list[Place | None] = [None] * len(names)
        # Names that something contains, or that mean one place only, are decided first: they are landmarks for the others.
        order = sorted(range(len(names)), key=lambda i: (outer.get(i) is None, _doubt(entries[i]), i))
        undecided = [i for i in order if entries[i]]
        for i in (*order, *undecided):  # what nothing spoke for is asked again when all others are decided
            name = names[i]
            if (settled := places[i]) is not None and settled.location.gazetteer_id is not None:
                continue
            inside = self._container_entries(entries, outer.get(i))
            if inside is None and belongs[i] is None:
                belongs[i] = lying.get(key(name.text))
            known = chosen.get(key(name.text))
            if known is not None and inside is None and not asked[i]:
                ranked = [known]
            else:
                landmarks = list({c.gazetteer_id: c for c in chosen.values()}.values())
                ranked = self._ranked(entries[i], asked[i], inside, about, landmarks, alike.get(i))
            if belongs[i] is not None and any(c.country == belongs[i] for c in ranked):
                ranked = [c for c in ranked if c.country == belongs[i]]
            best = ranked[0] if ranked and self._convinces(name, ranked[0], about, inside is not None) else None
            if best is not None and belongs[i] is not None and best.country not in (belongs[i], None):
                best = None
            if best is not None:
                chosen.setdefault(key(name.text), best)
                dateline = name.text.isupper() and name.start <= DATELINE
                if best.country and best.feature not in ("country", "continent", "sea"):
                    about[best.country] += 0.25 if dateline else 0.5
            elif inside is not None and (country := inside[0].country) is not None:
                lying.setdefault(
                    key(name.text), country
                )  # "Zarb, in the Norlandish province of Y" is the Zarb told of later
            places[i] = self._place(name, best, ranked)
        decided = self._unfound([place for place in places if place is not None], outer, about, belongs, armed)
        decided = sorted([*decided, *self._capitals(article.text, document, names)], key=lambda place: place.start)
        yield from self._relative.applied(article.text, decided)

    def _entries(self, name: PlaceName) -> list[Entry]:
        """The entries that a name may mean, each as this name found it: the gazetteer may remember it by another one."""
        found = ((c, self._gazetteer.entry(c.gazetteer_id)) for c in name.candidates)
        return [entry if entry.own == c.own else replace(entry, own=c.own) for c, entry in found if entry is not None]

    def _capitals(self, text: str, document: Document, names: Sequence[PlaceName]) -> Iterator[Place]:
        """Capitals told of by their country alone: "in the Kenyan capital", "Kenya's capital"."""
        named = {name.start for name in names}
        for token in document.tokens:
            if token.lower != "capital" or token.pos != "NOUN":
                continue
            following = [t for t in document.tokens[token.i + 1 : token.i + 3] if t.text not in (",", "of", "city")]
            if following and (following[0].start in named or following[0].pos == "PROPN"):
                continue  # "the Kenyan capital, Nairobi"
            owner = next((kid for kid in token.kids("adjective", "possessive", "compound") if kid.text[0].isupper()), None)
            code = (country_of_people(owner.text) or country_named(owner.text)) if owner is not None else None
            country = countries().get(code) if code is not None else None
            if owner is None or country is None:
                continue
            if owner.relation != "possessive" and token.kid("determiner") is None:
                continue  # "Kenyan capital was moved abroad" is money
            found = (e for name in country.capitals for e in self._gazetteer.named(name))
            entry = next((e for e in found if e.country == code and e.kind == "capital" and e.own), None)
            if entry is not None:
                location = Location(entry.name, entry.country, entry.lat, entry.lon, entry.radius_km, entry.id)
                words = text[owner.start : token.end]
                yield Place(
                    start=owner.start, end=token.end, text=words, head=token.start, location=location, feature=entry.kind,
                    candidates=(candidate(entry),), rule="the capital of a country that is named with it",
                )  # fmt: skip

    def _asked(self, document: Document, name: PlaceName) -> set[str]:
        """The kinds of places that the words around a name ask for ("the district of X", "X province")."""
        last = document.at(name.end - 1)
        first = document.at(name.start)
        if first is None or last is None:
            return set()
        kinds = set(self._asks.get(last.lower, ())) if last is not first else set()
        tokens = document.tokens
        after = tokens[last.i + 1] if last.i + 1 < len(tokens) else None
        if after is not None and after.text.islower() and after.sentence is last.sentence:
            kinds |= self._asks.get(after.lower, set())
        before = tokens[first.i - 1] if first.i else None
        if before is not None and before.sentence is first.sentence:
            if before.lower == "of" and first.i > 1:
                kinds |= self._asks.get(tokens[first.i - 2].lower, set())
            elif before.lower not in ("state", "area"):
                kinds |= self._asks.get(before.lower, set())
        return kinds

    def _container_entries(self, entries: Sequence[Sequence[Entry]], container: int | None) -> Sequence[Entry] | None:
        return entries[container] if container is not None and entries[container] else None

    def _ranked(
        self,
        entries: Sequence[Entry],
        asked: set[str],
        inside: Sequence[Entry] | None,
        about: Mapping[str, float],
        landmarks: Sequence[PlaceCandidate],
        alike: tuple[str, str | None] | None,
    ) -> list[PlaceCandidate]:
        """The candidates with their scores, best first."""
        w = self._weights
        total = sum(about.values())
        ranked = []
        for e in entries:
            parts: list[tuple[str, float]] = []
            parts.append(("people", w.people * max(0.0, min(1.0, (math.log10(e.population + 1) - 2) / 5))))
            if e.own:
                parts.append(("usual name", w.own_name))
            parts.append(("kind", self._kind(e)))
            if asked:
                parts.append(("kind asked for", w.asked if e.kind in asked else -w.asked / 2))
            if inside is not None:
                parts.append(("lies in what is named with it", w.contained * lies_inside(e, inside)))
            if total and e.country:
                parts.append(("country of the article", w.about * min(1.0, 2 * about.get(e.country, 0.0) / total)))
            if alike is not None and alike == sort_of_place(e):
                parts.append(("like the others of its list", w.listed))
            near = self._nearest(e, landmarks)
            if near is not None and near < NEAR_KM:
                parts.append(("near other places", w.near * (1 - near / NEAR_KM)))
            parts = [(part, round(value, 3)) for part, value in parts if value]
            ranked.append(candidate(e, round(sum(value for _, value in parts), 3), tuple(parts)))
        ranked.sort(key=lambda c: (-c.score, c.gazetteer_id))
        return ranked

    def _kind(self, e: Entry) -> float:
        w = self._weights
        if e.kind == "country":
            return w.country
        if e.id.startswith("dateline:"):
            return w.known_region
        if e.kind == "capital":
            return w.capital
        if e.kind == "province":
            return w.province
        if e.kind == "district":
            return w.district
        return 0.0

    def _nearest(self, e: Entry, landmarks: Sequence[PlaceCandidate]) -> float | None:
        """Kilometres to the nearest landmark of the size of a province or less."""
        return min(
            (
                distance_km(e.lat, e.lon, c.lat, c.lon)
                for c in landmarks[:30]
                if c.radius_km < NEAR_KM and c.gazetteer_id != e.id
            ),
            default=None,
        )

    def _convinces(self, name: PlaceName, best: PlaceCandidate, about: Mapping[str, float], contained: bool) -> bool:
        entry = self._gazetteer.entry(best.gazetteer_id)
        if is_direction(name.text) and about and not contained:
            return about.get(best.country or "", 0.0) > 0  # "the West department" of one country is no region of another
        if entry is None or best.feature not in ("town", "district"):
            return True
        if contained:
            return dict(best.parts).get("lies in what is named with it", 0.0) > 0
        return not about or about.get(best.country or "", 0.0) > 0 or (entry.population >= UNKNOWN_TOWN and best.own)

    def _unfound(
        self,
        places: Sequence[Place],
        containers: Mapping[int, int],
        about: Mapping[str, float],
        belongs: Sequence[str | None],
        armed: Mapping[str, int],
    ) -> Iterable[Place]:
        """Give places without an entry the country that is said of them, else of what contains them, else of the place in whose name
        they carry it, else of the article."""
        leading = _ground_country(places, about, armed)
        for i, place in enumerate(places):
            if place.location.gazetteer_id is not None:
                yield place
                continue
            inner = self._inner(place.text, about)
            container = places[containers[i]] if i in containers else None
            if belongs[i] is not None:
                rule = f"{place.rule}; not in the gazetteer, said to lie in {name_of_country(belongs[i] or '')}"
                yield replace(place, location=replace(place.location, country=belongs[i]), rule=rule)
            elif inner is not None:
                location = replace(
                    place.location, country=inner.country, lat=inner.lat, lon=inner.lon, radius_km=max(10.0, inner.radius_km)
                )
                yield replace(
                    place, location=location, rule=f"{place.rule}; named after {inner.name}, where it is taken to be"
                )
            elif container is not None and container.location.country is not None:
                location = replace(
                    place.location, country=container.location.country, lat=container.location.lat, lon=container.location.lon,
                    radius_km=container.location.radius_km,
                )  # fmt: skip
                yield replace(place, location=location, rule=f"{place.rule}; not in the gazetteer, lies in {container.text}")
            else:
                yield self._beside(places, i, leading)

    def _beside(self, places: Sequence[Place], i: int, leading: str | None) -> Place:
        """A place that no gazetteer has, put where the nearest town or province that is told of beside it lies."""
        place = places[i]
        for other in (*reversed(places[max(0, i - 2) : i]), *places[i + 1 : i + 2]):
            at = other.location
            close = abs(other.start - place.start) <= BESIDE
            if (
                close
                and at.lat is not None
                and at.country == leading
                and other.feature not in ("country", "continent", "sea")
            ):
                radius = max(BESIDE_KM, at.radius_km or 0.0)
                location = replace(place.location, country=at.country, lat=at.lat, lon=at.lon, radius_km=radius)
                return replace(
                    place, location=location, rule=f"{place.rule}; not in the gazetteer, told of beside {other.text}"
                )
        location = replace(place.location, country=leading)
        return replace(
            place, location=location, rule=f"{place.rule}; not in the gazetteer, taken to lie where the article does"
        )

    def _inner(self, text: str, about: Mapping[str, float]) -> Entry | None:
        """The town of an article's countries whose name a longer name begins with ("Christchurch District Court")."""
        words = text.split()
        for length in range(len(words) - 1, 0, -1):
            for entry in self._gazetteer.named(" ".join(words[:length])):
                if (
                    entry.own
                    and (entry.country in about or entry.population > 500_000)
                    and entry.kind in ("town", "capital", "province")
                ):
                    return entry
        return None

    def _place(self, name: PlaceName, best: PlaceCandidate | None, ranked: Sequence[PlaceCandidate]) -> Place:
        location = Location(name=name.text)
        if best is not None:
            # An abbreviation is spelled out: a reader of the ledger should not have to know what "DRC" is.
            printed = (
                name_of_country(best.country or "") if best.feature == "country" and is_abbreviation(name.text) else None
            )
            location = Location(printed or name.text, best.country, best.lat, best.lon, best.radius_km, best.gazetteer_id)
        return Place(
            start=name.start,
            end=name.end,
            text=name.text,
            head=name.head,
            location=location,
            feature=best.feature if best is not None else self._feature(name),
            candidates=tuple(ranked[:10]),
            rule=name.rule,
        )

    def _feature(self, name: PlaceName) -> str | None:
        """The kind of a place that no gazetteer has: a site where its name says so ("the Zarb Hospital"), else not known."""
        last = name.text.split()[-1].lower()
        return "site" if last in self._sites and last != name.text.lower() else None


def _ground_country(places: Sequence[Place], about: Mapping[str, float], armed: Mapping[str, int]) -> str | None:
    """The country in which most of what an article tells of lies: its towns, provinces and armed groups count more than the states
    that it names."""
    weight = {country: STATE * told + min(GROUPS, armed.get(country, 0)) for country, told in about.items()}
    for place in places:
        code = place.location.country
        dateline = place.text.isupper() and place.start <= DATELINE
        if code is not None and place.location.gazetteer_id is not None and place.feature != "country" and not dateline:
            weight[code] = weight.get(code, 0.0) + (CAPITAL if place.feature == "capital" else 1.0)
    return max(weight, key=lambda country: weight[country]) if weight else None


def _doubt(entries: Sequence[Entry]) -> int:
    """How many countries a name may lie in: none found is the greatest doubt."""
    return len({entry.country for entry in entries}) or 99


def name_of_country(code: str) -> str | None:
    """The usual name of a country by its alpha-3 code, None where the code is no country's."""
    country = countries().get(code)
    return country.name if country is not None else None
