"""Places as sentences speak of them: by name, several together as one location, and by "the city", "the country", "there"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dateline.gazetteer.countries import countries, country_of_people
from dateline.language import Document, Token
from dateline.model import Location, Place
from dateline.resolve.geometry import circle_around, distance_km
from dateline.resolve.place_relative import border_of
from dateline.resolve.place_ties import hanging

LOOKS_BACK = {
    "city": {"town", "capital"}, "town": {"town", "capital", "unknown"}, "village": {"town", "unknown"}, "capital": {"capital"},
    "country": {"country"}, "nation": {"country"}, "kingdom": {"country"}, "province": {"province"}, "island": {"island", "island state"},
    "district": {"district"}, "governorate": {"province"}, "base": {"base", "site"}, "airport": {"airport"},
    "camp": {"site", "base"}, "enclave": {"region", "district", "province"}, "region": {"region", "province"},
    "peninsula": {"region"}, "port": {"town", "capital"}, "territory": {"region", "province"}, "border": {"border"},
    "frontier": {"border"},
}  # fmt: skip
"""Nouns that stand for a place named before, with the kinds of places that they may stand for."""

SEATS_OF = frozenset({"district", "county", "provincial", "regional", "state"})
"""Words for what a town that is no state's is the capital of."""
BORDERS = frozenset({"border", "frontier", "borders"})
HERE = frozenset({"here", "there"})
"""Words for the place that a report is written in, and for the one named last."""
DATELINE = 60
"""Characters from the start within which a name in capitals is where the report was written."""
ISLANDS = frozenset(
    "BHR BRB COM CPV CUB CYP FJI GRL GRD HTI IRL ISL JAM LKA MDG MDV MLT MUS NRU PRI SLB STP SYC TWN TTO VUT WSM".split()
)
"""States that are called "the island"."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A mention of a place in the tree. `location` covers all those coordinated with it ("X and Y"), `together` says how many."""

    token: Token
    place: Place
    location: Location
    named: bool = True
    together: int = 1


def named_places(document: Document, places: Sequence[Place]) -> Iterator[NamedPlace]:
    """Mentions of places in the text's order, those coordinated with each other as one location, looking back included."""
    by_token: dict[int, Place] = {}
    for place in _innermost(document, places):
        token = document.at(place.head)
        if token is not None:
            by_token.setdefault(token.i, place)
    borders = _borders(document, by_token)
    scene = Counter(place.location.country for place in by_token.values() if not _heads(place)).most_common(1)
    together = _together(document, by_token)
    last: dict[str, NamedPlace] = {}
    newest: NamedPlace | None = None
    dateline: NamedPlace | None = None
    for token in document.tokens:
        told = by_token.get(token.i)
        if token.i in borders:
            named = NamedPlace(token, borders[token.i], borders[token.i].location)
            last["border"] = named
            yield named
        elif told is not None:
            # "the country" that follows "U.S. troops" is another
            passing = told.feature == "country" and hanging(token)[1] == "modifier"
            abroad = _heads(told) and scene != [] and scene[0][0] != told.location.country  # where it is only written
            if (not passing or told.feature not in last) and not (abroad and told.feature == "capital"):
                last[told.feature or "unknown"] = NamedPlace(token, told, told.location)
            if told.feature == "country" and told.location.country in ISLANDS:
                last["island state"] = NamedPlace(token, told, told.location)
            location, number = together.get(token.i, (told.location, 1))
            named = NamedPlace(token, told, location, together=number)
            if dateline is None and _heads(told):
                dateline = named
            if not passing and told.feature not in ("country", "continent", "sea"):
                newest = named
            yield named
        elif token.lower in LOOKS_BACK and _looks_back(token, by_token):
            seat = token.lower == "capital" and any(kid.lower in SEATS_OF for kid in token.kids("adjective", "compound"))
            kinds = LOOKS_BACK["town" if seat else token.lower]  # "the provincial capital"
            before = max((last[k] for k in kinds if k in last), key=lambda n: n.token.i, default=None)
            if before is not None:
                yield NamedPlace(token, before.place, before.location, named=False)
        elif token.lower in HERE and token.relation in ("adverb", "preposition_object") and token.quotation is None:
            before = newest if token.lower == "there" else dateline
            if before is not None:
                yield NamedPlace(token, before.place, before.location, named=False)


def _heads(place: Place) -> bool:
    """Whether a name stands in the dateline."""
    return place.text.isupper() and place.start <= DATELINE


def _innermost(document: Document, places: Sequence[Place]) -> Iterator[Place]:
    """Mentions less those that only say where another lies: "Syria" in "Aleppo, Syria" and in "Syria's Idlib province"."""
    before: Place | None = None
    for i, place in enumerate(places):
        after = places[i + 1] if i + 1 < len(places) else None
        token = document.at(place.head)
        listed = token is not None and token.relation == "conjunct"
        if (
            before is not None
            and not listed
            and _follows(document, before, place)
            and lies_in(before.location, place.location)
        ):
            continue
        if (
            token is not None
            and token.relation in ("possessive", "compound", "adjective", "noun_modifier")
            and after is not None
            and after.start - place.end < 25
            and place.feature is not None  # "the Zarb neighbourhood of Talma" is the smaller of both
            and _is_before(document, token, after)
            and lies_in(after.location, place.location)
        ):
            continue
        before = place
        yield place


def _is_before(document: Document, token: Token, after: Place) -> bool:
    """ "Syria's Idlib province", "the Turkish border town of Kilis": the first name modifies the second or the noun that it is of."""
    other = document.at(after.head)
    if other is None or other.sentence is not token.sentence:
        return False
    noun = token.head
    return noun is other or other.head is noun or any(prep.head is noun for prep in (other.head, other.head.head))


def _follows(document: Document, first: Place, second: Place) -> bool:
    """Whether only a comma, "in" or "of" and words for directions and kinds of places stand between two names."""
    a, b = document.at(first.end - 1), document.at(second.start)
    if a is None or b is None or a.sentence is not b.sentence or not 1 < b.i - a.i <= 8:
        return False
    between = document.tokens[a.i + 1 : b.i]
    lead = [t for t in between if t.pos not in ("DET", "ADJ", "NOUN", "PROPN") and t.tag != "POS"]  # "in Nigeria's"
    return bool(lead) and all(t.lower in (",", "in", "of", "-") for t in lead) and between[0].lower in (
        ",", "in", "of", "district", "province", "city", "town", "village", "area", "region", "neighborhood", "neighbourhood",
    )  # fmt: skip


def lies_in(inner: Location, outer: Location) -> bool:
    """Whether one location lies inside a larger one, as far as coordinates, radii and countries tell."""
    if inner.gazetteer_id == outer.gazetteer_id and inner.gazetteer_id is not None:
        return False
    if (outer.gazetteer_id or "").startswith("iso:"):
        return inner.country == outer.country
    unknown = inner.gazetteer_id is None and outer.gazetteer_id is not None and inner.name != outer.name
    if unknown or inner.lat is None or inner.lon is None or outer.lat is None or outer.lon is None:
        return inner.country == outer.country and inner.gazetteer_id is None
    if (outer.radius_km or 0.0) <= (inner.radius_km or 0.0):
        return False
    reach = 3.0 * (outer.radius_km or 0.0) + 10.0  # a radius from settlements alone is on the small side
    return inner.country == outer.country and distance_km(inner.lat, inner.lon, outer.lat, outer.lon) <= reach


def _looks_back(token: Token, by_token: Mapping[int, Place]) -> bool:
    """Whether "the city" is all that is said: no name and no "of X" goes with it."""
    determiner = token.kid("determiner")
    if determiner is None or determiner.lower not in ("the", "this", "that"):
        return False
    following = token.sentence.tokens[token.i + 1 - token.sentence.tokens[0].i :][:1]
    if following and following[0].text[0].isupper():
        return False  # "the capital Zarb", whether or not Zarb is known
    if any(kid.i in by_token for kid in token.kids("compound", "apposition", "noun_modifier")) or token.head.i in by_token:
        return False
    return not any(name == "of" for name, _, _ in token.prepositions())


def _borders(document: Document, by_token: dict[int, Place]) -> dict[int, Place]:
    """Token -> the border of a country: "the border with X", "the X border", "the Kenyan frontier". What the token named is left out.

    On its other side is taken to be the country that the article tells of most, but that one.
    """
    found: dict[int, Place] = {}
    told = Counter(place.location.country for place in by_token.values() if place.location.country is not None)
    for token in document.tokens:
        if token.lower not in BORDERS:
            continue
        before, after = (document.tokens[k] if 0 <= k < len(document.tokens) else token for k in (token.i - 1, token.i + 1))
        behind = [t for t in document.tokens[token.i + 2 : token.i + 5] if t.i in by_token] if after.lower == "with" else []
        owner = behind[0] if behind else before
        place = by_token.get(owner.i)
        code = country_of_people(owner.text) if place is None and owner is before and owner.text[:1].isupper() else None
        country = countries().get(
            place.location.country or "" if place is not None and place.feature == "country" else code or ""
        )
        if country is None or (owner is before and after.pos in ("NOUN", "PROPN")):
            continue  # "the Kenyan border guard"
        other = next((countries().get(c) for c, _ in told.most_common() if c != country.alpha3), None)
        at = Location(country.name, country.alpha3, country.lat, country.lon, country.radius_km)
        location = replace(at, name=f"{country.name} border")
        if other is not None:
            side = Location(other.name, other.alpha3, other.lat, other.lon, other.radius_km)
            location = replace(border_of(side, at), name=location.name, country=other.alpha3)
        found[owner.i] = Place(
            start=owner.start, end=owner.end, text=owner.text, head=owner.start, location=location, feature="border",
            candidates=(), rule="the border of a country",
        )  # fmt: skip
    return found


def _together(document: Document, by_token: Mapping[int, Place]) -> dict[int, tuple[Location, int]]:
    """Token of a coordinated place -> the location of all of them, and how many they are."""
    found: dict[int, tuple[Location, int]] = {}
    for i in sorted(by_token):
        if i in found:
            continue
        members = _without_containers([t for t in document.tokens[i].conjuncts() if t.i in by_token], by_token)
        if len(members) > 1:
            apart = all(by_token[t.i].feature == "country" for t in members) and hanging(members[0])[1] != "in"
            location = joined([by_token[t.i].location for t in members])
            # states that do something together are no scene: "at the request of X and Y"
            for member in members:
                found[member.i] = (by_token[member.i].location if apart else location, len(members))
    return found


def _without_containers(members: Sequence[Token], by_token: Mapping[int, Place]) -> list[Token]:
    """Coordinated places less those that hold another of them: "in X, in the country, and in Y" names two places, not three."""
    at = {t.i: by_token[t.i].location for t in members}
    return [t for t in members if not any(lies_in(at[other.i], at[t.i]) for other in members if other is not t)]


def joined(locations: Sequence[Location]) -> Location:
    """One location for several named together: "X and Y", in their country if they share it, with a circle around all."""
    first = locations[0]
    names = list(dict.fromkeys(location.name for location in locations))
    if len(names) == 1:
        return first
    shared = {location.country for location in locations}
    circles = [(at.lat, at.lon, at.radius_km or 0.0) for at in locations if at.lat is not None and at.lon is not None]
    lat, lon, radius = circle_around(circles) if circles else (None, None, None)
    name = f"{', '.join(names[:-1])} and {names[-1]}"
    country = shared.pop() if len(shared) == 1 else None
    return replace(first, name=name, country=country, lat=lat, lon=lon, radius_km=radius, gazetteer_id=None)
