"""Events as POLECAT's table and as PLOVER's own JSON have them: the same types, modes and sectors as in the ledger.

Both keep several actors and recipients in one record, in the order in which the article names them.
"""

from __future__ import annotations

from dateline.ledger.export.facts import Facts, Spot
from dateline.ledger.records import Party, Told
from dateline.ledger.shapes import Row, joined
from dateline.output.marks import QUADS

TOWNS = frozenset({"town", "capital"})
SITES = TOWNS | {"airport", "base", "site"}
RESOLUTIONS = {**dict.fromkeys(SITES, 1), "district": 2, "province": 3, "country": 4}
"""PLOVER's resolution of a place by the gazetteer's kind; 5 stands for every other area."""


def polecat_row(event: Told, facts: Facts) -> Row:
    """The event as a row of POLECAT's columns."""
    spot = facts.spot(event)
    entry = spot.entry
    return {
        "Event ID": event.id,
        "Event Date": event.date_from,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Quad Code": QUADS[event.type].replace("-", " ").upper(),  # type: ignore[index]
        **_parties("Actor", event.actors, facts),
        **_parties("Recipient", event.recipients, facts),
        "Placename": entry.name if entry else None,
        "City": entry.name if entry and entry.kind in TOWNS else None,
        "District": entry.name if entry and entry.kind == "district" else None,
        "Province": spot.province,
        "Country": event.country,
        "Latitude": event.lat,
        "Longitude": event.lon,
        "GeoNames ID": spot.geonames,
        "Raw Placename": event.place,
        "Feature Type": spot.kind,
        "Source": event.outlet,
        "Publication Date": event.published,
        "Language": "en",
        "Version": facts.version,
    }


def _parties(role: str, parties: tuple[Party, ...], facts: Facts) -> Row:
    lands = [facts.land(who.country) for who in parties]
    return {
        f"{role} Name": joined(who.name for who in parties),
        f"{role} Country": joined(who.country for who in parties),
        f"{role} COW": joined(str(land.cow) if land and land.cow else None for land in lands),
        f"Primary {role} Sector": parties[0].sector if parties else None,
        f"{role} Sectors": joined(who.sector for who in parties),
        f"{role} Name Raw": joined(who.words for who in parties),
    }


def plover_object(event: Told, facts: Facts) -> Row:
    """The event as a PLOVER record for one line of JSON; lists are empty and values null where nothing is known."""
    spot = facts.spot(event)
    return {
        "id": event.id,
        "date": event.date_from,
        "enddate": event.date_to,
        "actor": [_party(who) for who in event.actors],
        "recipient": [_party(who) for who in event.recipients],
        "event": [event.type],
        "mode": [event.mode] if event.mode else [],
        "context": [],
        "event_loc": _location(event, spot),
        "text": event.sentence or None,
        "text_info": {
            "sequence": None,
            "start": event.sentence_start if event.sentence else None,
            "end": event.sentence_end if event.sentence else None,
        },
        "cite_info": {
            "url": event.url,
            "title": event.title,
            "language": "en",
            "publication": event.outlet,
            "coder": facts.version,
            "codebook": "PLOVER",
        },
    }


def _party(who: Party) -> Row:
    return {"code": who.country, "sector": who.sector, "actor_text": who.name}


def _location(event: Told, spot: Spot) -> Row | None:
    if event.place is None and event.country is None:
        return None
    kind = spot.kind or ("country" if event.place is None else None)
    return {
        "extracted_place": event.place,
        "resolved_place": spot.entry.name if spot.entry else None,
        "geonameid": int(spot.geonames) if spot.geonames else None,
        "latitude": event.lat,
        "longitude": event.lon,
        "cc3": event.country,
        "resolution": RESOLUTIONS.get(kind, 5) if kind else None,
    }
