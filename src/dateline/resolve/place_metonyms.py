"""Capitals that stand for their governments: where the name is the country's, and where it is the town's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from dateline.gazetteer.countries import Country, countries
from dateline.language import Document, Token
from dateline.model import Act, Location, Mention, Place
from dateline.resolve.place_groups import group_of
from dateline.resolve.place_ties import hanging

SIDES = frozenset({"with", "between", "by", "for", "as", "about"})
"""Prepositions that lead to one who takes part rather than to a place."""


def without_metonyms(
    document: Document, places: Sequence[Place], mentions: Sequence[Mention], acts: Sequence[Act]
) -> list[Place]:
    """The places, with the country for a capital that stands for its government: "Oslo said", "at Oslo's request".

    What stands behind a preposition of place or of the way to it ("in Oslo", "flew to Oslo"), or what is attacked, taken or
    visited, is the town.
    """
    actors = {mention.head: mention.actor for mention in mentions}
    by_hand = {act.token for act in acts if group_of(act) in ("force", "ground", "meet")}
    told = []
    for place in places:
        actor, country, token = (
            actors.get(place.head),
            countries().get(place.location.country or ""),
            document.at(place.head),
        )
        if (
            actor is not None
            and country is not None
            and actor.name == country.name
            and place.feature != "country"
            and token is not None
            and _governs(token, by_hand)
        ):
            place = replace(place, location=as_location(country), feature="country")
        told.append(place)
    return told


def _governs(token: Token, by_hand: Collection[int]) -> bool:
    """Whether a name stands where a government would: as who acts or is spoken to, as whose something is, as a side."""
    site, by = hanging(token)
    match by:
        case "subject":
            return True
        case "modifier":
            return token.relation == "possessive"
        case "object" | "of" | "against":
            return site.i not in by_hand
        case _:
            return by in SIDES


def as_location(country: Country) -> Location:
    """A country as a location: its usual name, its middle, its extent."""
    return Location(country.name, country.alpha3, country.lat, country.lon, country.radius_km, f"iso:{country.alpha3}")
