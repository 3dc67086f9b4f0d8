"""Places told of by another: "20 km south of X", "near X", "northern X", "the border between X and Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.model import Location, Place
from dateline.resolve.geometry import BEARINGS, distance_km, moved
from dateline.rules.loader import RuleFile

REACH = 70
"""Characters before a name in which words that shift it are looked for."""
BETWEEN = " (?:(?!and |or |but |in |at |to |on )[a-z'’-]+ ){0,4}"
"""Words that may stand between such words and the name: "near the village of X"."""
OFF = 0.25
"""How far off a distance in round kilometres may be, as a share of it."""


class Relative:
    """The rules of `places/relative.toml`, compiled."""

    def __init__(self, rules: RuleFile) -> None:
        by_kind = {rule.kind: rule for rule in rules.rules}
        self._units: dict[str, float] = dict(rules.settings["units"])
        compass = "(?:north|south)(?:-?(?:east|west))?|east|west"
        links = "|".join(map(re.escape, by_kind["distance"].strings("links")))
        self._distance = re.compile(
            rf"(?P<number>\d[\d,]*(?:\.\d+)?)[ -](?P<unit>{'|'.join(self._units)})\b(?: \([^)]*\))?"
            rf"(?: (?:to the |due |further )?(?P<bearing>{compass}))?,? (?:{links})\b{BETWEEN}$"
        )
        near = by_kind["near"]
        self._near = re.compile(rf"\b(?:{'|'.join(map(re.escape, near.strings('words')))})\b{BETWEEN}$", re.IGNORECASE)
        self._near_km = float(near.data["add_km"])
        self._parts: dict[str, str] = dict(by_kind["part"].data["words"])
        self._part = re.compile(rf"\b(?P<part>{'|'.join(sorted(self._parts, key=len, reverse=True))}) $", re.IGNORECASE)
        border = "|".join(map(re.escape, by_kind["border"].strings("words")))
        self._border_before = re.compile(rf"\b(?:{border})s? (?:region |area )?between (?:the )?$", re.IGNORECASE)
        self._border_after = re.compile(rf"^(?:’s|'s)? (?:{border})\b", re.IGNORECASE)

    def applied(self, text: str, places: Sequence[Place]) -> list[Place]:
        """The places with what the words before them do to them; a border takes the place of the two it divides."""
        found: list[Place] = []
        skip = False
        for i, place in enumerate(places):
            if skip:
                skip = False
                continue
            following = places[i + 1] if i + 1 < len(places) else None
            border = self._border(text, place, following) if following is not None else None
            if border is not None:
                found.append(border)
                skip = True
            else:
                found.append(self._shifted(text, place))
        return found

    def _shifted(self, text: str, place: Place) -> Place:
        before = text[max(0, place.start - REACH) : place.start].replace("\n", " ")
        before = re.split(r"[.!?;:]\s", before)[-1]
        at = place.location
        part = self._part.search(before)
        if part is not None and at.lat is not None and at.lon is not None and at.radius_km is not None:
            word = part.group("part")
            bearing = BEARINGS.get(self._parts[word.lower()])
            lat, lon = (at.lat, at.lon) if bearing is None else moved(at.lat, at.lon, bearing, at.radius_km / 2)
            location = replace(at, name=f"{word} {at.name}", lat=lat, lon=lon, radius_km=at.radius_km * 0.6)
            return replace(place, location=location, rule=f"{place.rule}; {word}: the part of it that lies there")
        if at.lat is None or at.lon is None or at.radius_km is None:
            return place
        told = self._distance.search(before)
        if told is not None:
            km = float(told.group("number").replace(",", "")) * self._units[told.group("unit")]
            direction = told.group("bearing")
            if direction is None:
                return replace(
                    place, location=replace(at, radius_km=km + at.radius_km), rule=f"{place.rule}; {told.group().strip()}"
                )
            bearing = BEARINGS[direction.replace("-", "")]
            lat, lon = moved(at.lat, at.lon, bearing, km)
            location = replace(at, lat=lat, lon=lon, radius_km=max(2.0, OFF * km))
            return replace(place, location=location, rule=f"{place.rule}; {told.group().strip()}")
        if self._near.search(before):
            return replace(
                place, location=replace(at, radius_km=at.radius_km + self._near_km), rule=f"{place.rule}; near it"
            )
        return place

    def _border(self, text: str, first: Place, second: Place) -> Place | None:
        between = text[first.end : second.start]
        listed = between in (" and ", " and the ") and self._border_before.search(
            text[max(0, first.start - REACH) : first.start]
        )
        joined = between in ("-", "–", "—") and self._border_after.search(text[second.end : second.end + 20])
        if not (listed or joined):
            return None
        location = border_of(first.location, second.location)
        return Place(
            start=first.start, end=second.end, text=text[first.start : second.end], head=second.head, location=location,
            feature="border", candidates=(*first.candidates[:3], *second.candidates[:3]), rule="the border of two places",
        )  # fmt: skip


def border_of(first: Location, second: Location) -> Location:
    """Somewhere on the line between two places: half way between their edges, as uncertain as it is long."""
    name = f"{first.name}-{second.name} border"
    country = first.country if first.country == second.country else None
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return Location(name, country)
    apart = distance_km(first.lat, first.lon, second.lat, second.lon)
    # Two circles of equal area touch where the border is: it divides the way between the middles as their radii do.
    one, other = max(1.0, first.radius_km or 1.0), max(1.0, second.radius_km or 1.0)
    share = one / (one + other)
    lat = first.lat + share * (second.lat - first.lat)
    lon = first.lon + share * (second.lon - first.lon)
    return Location(name, country, lat, lon, max(10.0, min(apart / 2, one, other)))
