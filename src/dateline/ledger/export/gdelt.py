"""Events and mentions as GDELT 2.0 has them: tab-separated, without a header, actor and event codes by CAMEO.

A record of the ledger is one mention, so every event has one; two articles on one deed are two events here, as two sentences are.
"""

from __future__ import annotations

from dateline.ledger.export.facts import ISO_PROVINCES, QUAD_CLASS, Facts, cameo, goldstein, sides
from dateline.ledger.records import Party, Told
from dateline.ledger.shapes import Row
from dateline.model import BODIES

ROLES = {"JRN": "MED", "MED": "HLH", "PRM": "MIL", "SOC": "NGO", "PRE": "GOV", "UNK": None}
"""CAMEO's role of those of PLOVER's sectors that have another name there; None where it has none."""


def number_of(id: str) -> int:
    """The ledger's id as a number: its first 52 bits, which every program reads exactly."""
    return int(id[1:14], 16)


def event_row(event: Told, facts: Facts) -> Row:
    """The event as a row of GDELT's event table."""
    code = cameo(event)
    one, other = sides(event)
    day = (event.date_from or "").replace("-", "")
    return {
        "GLOBALEVENTID": number_of(event.id),
        "SQLDATE": day or None,
        "MonthYear": day[:6] or None,
        "Year": day[:4] or None,
        "FractionDate": f"{int(day[:4]) + (int(day[4:6]) * 30 + int(day[6:])) / 365:.4f}" if day else None,
        **_actor("Actor1", one),
        **_actor("Actor2", other),
        "IsRootEvent": int(event.first_paragraph),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": QUAD_CLASS[code[:2]],
        "GoldsteinScale": goldstein()[code],
        "NumMentions": 1,
        "NumSources": 1,
        "NumArticles": 1,
        **_place(event, facts),
        "DATEADDED": _added(event),
        "SOURCEURL": event.url,
    }


def mention_row(event: Told, _facts: Facts) -> Row:
    """The event's one mention as a row of GDELT's table of mentions."""
    one, other = sides(event)
    return {
        "GlobalEventID": number_of(event.id),
        "EventTimeDate": _added(event),
        "MentionTimeDate": _added(event),
        "MentionType": 1 if event.url else 2,
        "MentionSourceName": event.outlet,
        "MentionIdentifier": event.url or ", ".join(filter(None, (event.title, event.published))),
        "Actor1CharOffset": one.start if one else None,
        "Actor2CharOffset": other.start if other else None,
        "ActionCharOffset": event.start,
        "InRawText": 1,
        "Confidence": max(10, round(event.confidence * 10) * 10),
        "MentionDocLen": event.article_length,
    }


def _actor(column: str, who: Party | None) -> Row:
    if who is None:
        return {}
    body = who.country if who.country in BODIES else None
    role = ROLES.get(who.sector, who.sector) if who.sector else None
    state = who.country if who.country and not body else None
    return {
        f"{column}Code": "".join(filter(None, (state, body, role))) or None,
        f"{column}Name": who.name.upper(),
        f"{column}CountryCode": state,
        f"{column}KnownGroupCode": body,
        f"{column}Type1Code": role,
    }


def _place(event: Told, facts: Facts) -> Row:
    land, spot = facts.land(event.country), facts.spot(event)
    fips = land.fips if land else ""
    if spot.kind is None and not fips:
        return {}
    american = event.country == "USA"
    if spot.kind == "country" or (spot.kind is None and event.lat is None):
        kind = 1
    elif spot.kind == "province":
        kind = 2 if american else 5
    else:
        kind = 3 if american else 4
    division = (spot.province_key or "").partition(".")[2]
    fits = division.isdigit() or american
    told = [event.place, spot.province if spot.kind != "province" else None, land.name if land and kind != 1 else None]
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": ", ".join(filter(None, told)) or (land.name if land else None),
        "ActionGeo_CountryCode": fips or None,
        "ActionGeo_ADM1Code": fips + (division if fits and kind != 1 and (american or event.country not in ISO_PROVINCES) else "")
        or None,
        "ActionGeo_Lat": event.lat,
        "ActionGeo_Long": event.lon,
    }  # fmt: skip


def _added(event: Told) -> str | None:
    return event.published.replace("-", "") + "000000" if event.published else None
