"""How exactly a location is known, in the codes of the two event datasets that users compare with."""

from __future__ import annotations

from dateline.model import Location

TOWN_KM = 12.0
"""A circle no larger than this is a town or a site."""
NEAR_KM = 30.0
"""A circle no larger than this is the surroundings of one, or a small district."""
DISTRICT_KM = 60.0
PROVINCE_KM = 350.0


def acled_precision(location: Location) -> int | None:
    """ACLED's geo-precision: 1 a named town, 2 its surroundings or a part of a region, 3 a region or more; None without a place."""
    radius = location.radius_km
    if radius is None:
        return None
    if _is_country(location) or radius > DISTRICT_KM:
        return 3
    return 1 if radius <= TOWN_KM else 2


def ged_precision(location: Location) -> int | None:
    """UCDP GED's where_prec: 1 exact, 2 within about 25 km, 3 a district, 4 a province, 5 a vague area or a line, 6 a country, 7 open
    sea or several countries; None without a place."""
    radius = location.radius_km
    if radius is None:
        return None
    if _is_country(location):
        return 6
    if radius <= TOWN_KM:
        return 1
    if radius <= NEAR_KM:
        return 2
    if location.country is None:
        return 7
    if radius <= DISTRICT_KM:
        return 3
    return 4 if radius <= PROVINCE_KM else 5


def _is_country(location: Location) -> bool:
    return (location.gazetteer_id or "").startswith("iso:")
