"""Events as VIINA has them: reports, places a day, and who holds which place.

VIINA is made for the war in Ukraine: labels for the Russian and the Ukrainian side stand beside labels of kinds of force. Those of
kinds are filled for any war; a side's is filled where the actor's country says so. Only events with a day and a place on the map count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from dateline.ledger.export.facts import ARMED, CIVIL, Facts, Spot
from dateline.ledger.ids import hashed
from dateline.ledger.records import Told
from dateline.ledger.shapes import Row

PRECISIONS = {
    "site": "STREET", "airport": "STREET", "base": "STREET", "town": "PPL", "capital": "PPL", "district": "ADM2", "province": "ADM1",
    "country": "ADM0",
}  # fmt: skip
"""GEO_PRECISION by the gazetteer's kind of place, in VIINA's words from street to province, and ADM0 for a whole country."""
BY_MODE = {
    ("ASSAULT", "aerial"): "t_airstrike_b", ("ASSAULT", "drone"): "t_uav_b", ("COERCE", "arrest"): "t_arrest_b",
    ("ASSAULT", "heavy-weapons"): "t_artillery_b", ("ASSAULT", "firearms"): "t_firefight_b", ("ASSAULT", "explosives"): "t_ied_b",
    ("COERCE", "seize"): "t_occupy_b", ("ASSAULT", "destroy"): "t_property_b", ("COERCE", "cyber"): "t_cyber_b",
    ("RETREAT", "withdraw"): "t_retreat_b", ("COERCE", "restrict"): "t_san_b",
}  # fmt: skip
CONTESTED = "CONTESTED"


def counts(event: Told) -> bool:
    """Whether VIINA would have it: a day and a place on the map."""
    return event.date_from is not None and event.lat is not None and event.lon is not None


def info_row(event: Told, facts: Facts) -> Row:
    """The event as a row of VIINA's table of reports."""
    spot, land = facts.spot(event), facts.land(event.country)
    return {
        "viina_version": facts.version,
        "event_id": event.id,
        "event_id_1pd": place_day(event),
        "date": _digits(event.date_from),
        **_place(event, spot),
        "GEO_API": "dateline",
        "location": 1,
        "address": ", ".join(filter(None, (event.place, land.name if land else None))) or None,
        "report_id": event.article_id,
        "source": event.outlet,
        "url": event.url,
        "text": event.sentence or None,
        "lang": "en",
    }


def place_day(event: Told) -> str:
    """The identity of the place and day of an event."""
    return hashed("d", event.gazetteer_id or f"{event.lat:.4f},{event.lon:.4f}", event.date_from)


def place_days(events: Iterable[Told], facts: Facts) -> Iterator[Row]:
    """One row a place a day: how many articles report, and which labels fit any of the events."""
    together: dict[str, list[Told]] = {}
    for event in events:
        together.setdefault(place_day(event), []).append(event)
    for identity, told in sorted(together.items(), key=lambda each: (each[1][0].date_from or "", each[0])):
        told.sort(key=lambda event: event.id)
        labels: dict[str, int] = {}
        for event in told:
            for label, fits in _labels(event).items():
                labels[label] = max(labels.get(label, 0), fits)
        yield {
            "viina_version": facts.version,
            "event_id_1pd": identity,
            "date": _digits(told[0].date_from),
            "n_reports": len({event.article_id for event in told}),
            "event_ids": ";".join(event.id for event in told),
            "sources": ";".join(sorted({event.outlet for event in told if event.outlet})) or None,
            **_place(told[0], facts.spot(told[0])),
            **labels,
        }


def _labels(event: Told) -> dict[str, int]:
    acting = {who.sector for who in event.actors}
    hit = {who.sector for who in event.recipients}
    countries = {who.country for who in event.actors if who.country}
    military = any(who.sector in ARMED | {"GOV"} for who in event.actors)
    hurt = any(number.what in ("killed", "wounded", "casualties") for number in event.numbers)
    found = dict.fromkeys(BY_MODE.values(), 0)
    label = BY_MODE.get((event.type, event.mode or ""))
    if label:
        found[label] = 1
    return found | {
        "t_mil_b": int(event.type in ("ASSAULT", "MOBILIZE") or event.ground_changes_hands),
        "a_rus_b": int("RUS" in countries and military),
        "a_ukr_b": int("UKR" in countries and military),
        "a_civ_b": int(bool(acting & CIVIL)),
        "a_other_b": int(bool(countries - {"RUS", "UKR"})),
        "t_control_b": int(event.ground_changes_hands),
        "t_hospital_b": int("MED" in hit),
        "t_milcas_b": int(hurt and bool(hit & ARMED)),
        "t_civcas_b": int(hurt and bool(hit & CIVIL)),
        "t_loc_b": 1,
        "t_san_b": max(found["t_san_b"], int(event.type == "SANCTION")),
    }


def control_rows(events: Iterable[Told], facts: Facts) -> Iterator[Row]:
    """One row a place a day: who holds it, from its first change to the last change of any; a place no event names gets none."""
    changes: dict[str, dict[str, set[str]]] = {}
    for event in events:
        if event.control_gained_by and event.gazetteer_id and event.date_from:
            changes.setdefault(event.gazetteer_id, {}).setdefault(event.date_from, set()).add(event.control_gained_by)
    if not changes:
        return
    last = date.fromisoformat(max(day for days in changes.values() for day in days))
    for place in sorted(changes):
        holder, day = "", date.fromisoformat(min(changes[place]))
        while day <= last:
            gained = changes[place].get(day.isoformat())
            if gained:
                holder = CONTESTED if len(gained) > 1 else next(iter(gained))
            number = place.removeprefix("geonames:")
            yield {
                "geonameid": number,
                "date": _digits(day.isoformat()),
                "status": holder,
                "vcontrol_version": facts.version,
            }
            day += timedelta(days=1)


def _place(event: Told, spot: Spot) -> Row:
    name = spot.entry.name if spot.entry else event.place
    return {
        "geonameid": spot.geonames,
        "asciiname": _plain(name) if name else None,
        "ADM1_NAME": spot.province,
        "ADM1_CODE": spot.province_key.partition(".")[2] if spot.province_key else None,
        "longitude": event.lon,
        "latitude": event.lat,
        "GEO_PRECISION": PRECISIONS.get(spot.kind) if spot.kind else None,
    }


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _digits(day: str | None) -> str | None:
    return day.replace("-", "") if day else None
