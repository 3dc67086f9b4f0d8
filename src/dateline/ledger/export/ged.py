"""Events as UCDP GED has them (codebook 23.1): lethal violence of organised actors, with estimates of deaths and precisions.

Kept are attacks that the article says killed somebody. Deaths are not parted by side, for a sentence rarely tells; those of
civilians are where the recipients are civilians.
"""

from __future__ import annotations

import math
from datetime import date

from dateline.gazetteer.precision import ged_precision
from dateline.ledger.export.facts import ARMED, CIVIL, STATE, Facts, sides
from dateline.ledger.export.gdelt import number_of
from dateline.ledger.records import Party, Told
from dateline.ledger.shapes import Row, joined

ORGANISED = ARMED - {"COP", "MIL", "SPY"}


def row(event: Told, facts: Facts) -> Row | None:
    """The event as a row of GED's columns; None where nobody is said to have been killed."""
    killed = event.number("killed")
    if event.type != "ASSAULT" or killed is None or not (killed.low or killed.high):
        return None
    one, other, kind = _kinds(*sides(event))
    side_a, side_b = _name(one, facts), "Civilians" if kind == 3 else _name(other, facts)
    land, spot = facts.land(event.country), facts.spot(event)
    low = int(killed.low) if killed.low is not None else None
    high = int(killed.high) if killed.high is not None else low
    located = event.lat is not None and event.lon is not None
    of_civilians = kind == 3 or (other is not None and other.sector in CIVIL)
    return {
        "id": number_of(event.id),
        "relid": event.id,
        "year": event.date_from[:4] if event.date_from else None,
        "code_status": "Check",
        "type_of_violence": kind,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else None,
        "side_a": side_a,
        "side_b": side_b,
        "number_of_sources": 1,
        "source_article": joined([event.outlet, event.published, event.title], ", "),
        "source_office": event.outlet,
        "source_date": event.published,
        "source_headline": event.title,
        "source_original": joined(event.said_by),
        "where_prec": ged_precision(event, spot.entry),
        "where_coordinates": spot.entry.name if spot.entry else event.place,
        "where_description": event.place,
        "adm_1": spot.province,
        "latitude": event.lat,
        "longitude": event.lon,
        "geom_wkt": f"POINT ({event.lon} {event.lat})" if located else None,
        "priogrid_gid": _cell(event.lat, event.lon) if event.lat is not None and event.lon is not None else None,
        "country": land.ged_name if land else None,
        "country_id": land.gw if land else None,
        "region": land.ged_region if land else None,
        "event_clarity": _clarity(event),
        "date_prec": date_precision(event),
        "date_start": event.date_from,
        "date_end": event.date_to,
        "deaths_civilians": low if of_civilians else None,
        "deaths_unknown": None if of_civilians else low,
        "best": low,
        "high": high,
        "low": low,
        "gwnoa": _state(one, facts),
        "gwnob": None if kind == 3 else _state(other, facts),
    }


def date_precision(event: Told) -> int | None:
    """GED's code: 1 the day, 2 two to six days, 3 the week, 4 up to a month, 5 longer; None without a date."""
    length = _length(event)
    if length is None:
        return None
    return 1 if length == 1 else 2 if length <= 6 else 3 if length == 7 else 4 if length <= 31 else 5


def _clarity(event: Told) -> int | None:
    length = _length(event)
    return None if length is None else 1 if length <= 7 else 2


def _length(event: Told) -> int | None:
    if event.date_from is None or event.date_to is None:
        return None
    return (date.fromisoformat(event.date_to) - date.fromisoformat(event.date_from)).days + 1


def _kinds(one: Party | None, other: Party | None) -> tuple[Party | None, Party | None, int | None]:
    """Both sides, a state as side A, and the type of violence; None where a side is not known well enough."""
    if one is None or other is None or one.sector is None or other.sector is None:
        return one, other, None
    if other.sector in CIVIL and one.sector in STATE | ORGANISED:
        return one, other, 3
    if one.sector in STATE and other.sector in STATE | ORGANISED:
        return one, other, 1
    if other.sector in STATE and one.sector in ORGANISED:
        return other, one, 1
    return one, other, 2 if {one.sector, other.sector} <= ORGANISED else None


def _name(who: Party | None, facts: Facts) -> str | None:
    if who is None:
        return None
    land = facts.land(who.country)
    return f"Government of {land.ged_name}" if land and who.sector in STATE else who.name


def _state(who: Party | None, facts: Facts) -> int | None:
    land = facts.land(who.country) if who is not None and who.sector in STATE else None
    return land.gw if land else None


def _cell(lat: float, lon: float) -> int:
    """The number of the half-degree cell of PRIO-GRID: 720 in a row, from the south pole and the 180th meridian on, from 1."""
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1
