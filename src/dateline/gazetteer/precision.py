"""How exactly a location is known, in the codes of the two event datasets that users compare with.

ACLED's `geo_precision` has three steps: 1 a particular town or site, 2 the surroundings of one or a small part of a region, 3 a larger
region or a country. UCDP GED's `where_prec` has seven: 1 an exact place, 2 within some 25 km of one, 3 a division of the second order
(a district), 4 one of the first order (a province), 5 a line or an area without borders of its own (a river, a border, "the north"),
6 a country, 7 international waters or airspace. The two codebooks define them by what the report names; so do these functions where
the gazetteer's entry of the place is given, and from the radius alone where it is not.
"""

from __future__ import annotations

from typing import Protocol

from dateline.gazetteer.store import Entry

TOWN_KM = 12.0
"""Where no entry is given, a circle no larger than this is a town or a site."""
NEAR_KM = 30.0
"""A circle no larger than this is the surroundings of one: GED's 25 km and the place itself."""
DISTRICT_KM = 60.0
PROVINCE_KM = 350.0
SLACK_KM = 0.5
"""A circle larger than its place's own by more than this has been blurred ("near X", "20 km from X")."""
POINTS = frozenset({"town", "capital", "base", "airport", "site"})


class Located(Protocol):
    """What tells where something is: `dateline.model.Location`, or a row of a ledger with these fields."""

    @property
    def country(self) -> str | None:
        """ISO 3166 alpha-3, None where it is not known or is more than one."""

    @property
    def radius_km(self) -> float | None:
        """The radius in kilometres of the circle that holds it, None where it could not be put on the map."""

    @property
    def gazetteer_id(self) -> str | None:
        """The identity of the place in the gazetteer; a country's starts with `iso:`."""


def acled_precision(at: Located, entry: Entry | None = None) -> int | None:
    """ACLED's `geo_precision`, 1 to 3.

    Args:
        at: where it is.
        entry: the gazetteer's entry of the place (`Store.place`), where it is to be had.

    Returns:
        The code; None where neither a point nor a country is known.
    """
    ged = ged_precision(at, entry)
    return None if ged is None else {1: 1, 2: 2, 3: 2}.get(ged, 3)


def ged_precision(at: Located, entry: Entry | None = None) -> int | None:
    """UCDP GED's `where_prec`, 1 to 7.

    Args:
        at: where it is.
        entry: the gazetteer's entry of the place (`Store.place`), where it is to be had.

    Returns:
        The code; None where neither a point nor a country is known.
    """
    if at.radius_km is None:
        return 6 if at.country is not None else None
    if (at.gazetteer_id or "").startswith("iso:"):
        return 6
    if entry is not None and entry.id == at.gazetteer_id:
        return _by_entry(at.radius_km, entry)
    if at.radius_km <= TOWN_KM:
        return 1
    if at.radius_km <= NEAR_KM:
        return 2
    if at.country is None:
        return 5
    if at.radius_km <= DISTRICT_KM:
        return 3
    return 4 if at.radius_km <= PROVINCE_KM else 5


def _by_entry(radius_km: float, entry: Entry) -> int:
    if entry.kind in POINTS:
        if radius_km <= entry.radius_km + SLACK_KM:
            return 1
        return 2 if radius_km <= max(NEAR_KM, entry.radius_km + 25.0) else 5
    return {"district": 3, "province": 4, "country": 6, "sea": 7}.get(entry.kind, 5)
