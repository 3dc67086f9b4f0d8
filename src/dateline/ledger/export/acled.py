"""Events as ACLED has them (codebook of 2024; texts where ACLED once had numbers, as its downloads do now).

Kept are the events that ACLED's six types cover. An attack without a recipient and without a mode that tells leaves the type
empty: whether it was a battle or violence against civilians hangs on whom it hit.
"""

from __future__ import annotations

from dateline.gazetteer.precision import acled_precision
from dateline.ledger.export.facts import ARMED, CIVIL, STATE, Facts, acled_types, sides
from dateline.ledger.records import Party, Told
from dateline.ledger.shapes import Row, joined

STATE_FORCES, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, OTHERS = (
    "State forces", "Rebel group", "Political militia", "Rioters", "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
ORDER = (STATE_FORCES, REBELS, MILITIA, RIOTERS, PROTESTERS, CIVILIANS, OTHERS)
"""ACLED's kinds of actors in the order of their old numbers, in which an interaction names them."""
UNNAMED = frozenset({RIOTERS, PROTESTERS, CIVILIANS})
REMOTE = "Explosions/Remote violence"
AGAINST_CIVILIANS = "Violence against civilians"
STRATEGIC = "Strategic developments"


def row(event: Told, facts: Facts) -> Row | None:
    """The event as a row of ACLED's columns; None where ACLED has no type for it."""
    types = acled_types().get((event.type, event.mode or ""))
    if types is None:
        return None
    first, second = sides(event)
    if types == ("by control", "by control"):
        types = _by_control(event, first)
        if types is None:
            return None
    elif types == ("by target", "by target"):
        types = _by_target(event, second)
    kind, sub = types
    if kind == "Protests" and event.type == "ASSAULT":
        first, second = second or Party("", event.country, "CVL", None, None), first  # ACLED puts the protesters first
        killed = event.number("killed")
        sub = "Excessive force against protesters" if killed and killed.low else sub
    one, other = _inter(first, event, kind, acting=True), _inter(second, event, kind, acting=False)
    land, spot = facts.land(event.country), facts.spot(event)
    country = land.name if land else None
    killed = event.number("killed")
    return {
        "event_id_cnty": event.id,
        "event_date": event.date_from,
        "year": event.date_from[:4] if event.date_from else None,
        "time_precision": time_precision(event),
        "disorder_type": _disorder(kind, sub),
        "event_type": kind or None,
        "sub_event_type": sub or None,
        "actor1": _name(first, one, country),
        "assoc_actor_1": _others(event, first, one),
        "inter1": one or None,
        "actor2": _name(second, other, country),
        "assoc_actor_2": _others(event, second, other),
        "inter2": other or None,
        "interaction": _interaction(one, other),
        "civilian_targeting": "Civilian targeting"
        if other == CIVILIANS and kind in (REMOTE, AGAINST_CIVILIANS, "Riots")
        else None,
        "iso": land.iso if land else None,
        "region": land.acled_region if land else None,
        "country": country,
        "admin1": spot.province,
        "location": event.place,
        "latitude": event.lat,
        "longitude": event.lon,
        "geo_precision": acled_precision(event, spot.entry),
        "source": event.outlet,
        "notes": event.sentence or None,
        "fatalities": killed.low if killed and killed.low is not None else None,
        "tags": _crowd(event) if kind in ("Protests", "Riots") else None,
    }


def time_precision(event: Told) -> int | None:
    """ACLED's code: 1 the day is known, 2 the week, 3 less exactly; None without a date."""
    from datetime import date

    if event.date_from is None or event.date_to is None:
        return None
    length = (date.fromisoformat(event.date_to) - date.fromisoformat(event.date_from)).days + 1
    return 1 if length == 1 else 2 if length <= 7 else 3


def _by_control(event: Told, first: Party | None) -> tuple[str, str] | None:
    if not event.ground_changes_hands:
        return (STRATEGIC, "Looting/property destruction") if event.type == "COERCE" else None
    if event.type == "RETREAT":
        return STRATEGIC, "Non-violent transfer of territory"
    state = first is not None and first.sector in STATE and first.country in (event.country, None)
    return "Battles", "Government regains territory" if state else "Non-state actor overtakes territory"


def _by_target(event: Told, second: Party | None) -> tuple[str, str]:
    if second is None or second.sector is None:
        return "", ""
    if event.mode == "primitive" and not any(who.sector in ARMED for who in event.actors):
        return "Riots", "Mob violence"
    if second.sector in ARMED and event.mode not in ("assassinate", "execute"):
        return "Battles", "Armed clash"
    return AGAINST_CIVILIANS, "Attack"


def _inter(who: Party | None, event: Told, kind: str, acting: bool) -> str:
    if who is None or (who.sector is None and kind not in ("Protests", "Riots")):
        return ""
    if acting and kind in ("Protests", "Riots") and who.sector not in ARMED | {"GOV"}:
        return PROTESTERS if kind == "Protests" else RIOTERS
    if who.country in ("IGO", "UNO", "EUR", "IMG", "NGO", "MNC") and who.sector not in ("REB", "UAF", "CRM"):
        return OTHERS
    if who.sector in STATE:
        foreign = who.country is not None and event.country is not None and who.country != event.country
        return OTHERS if foreign else STATE_FORCES
    if who.sector == "REB":
        return REBELS
    if who.sector in ("PRM", "UAF", "CRM"):
        return MILITIA
    return CIVILIANS if who.sector in CIVIL else ""


def _name(who: Party | None, inter: str, country: str | None) -> str | None:
    if who is None:
        return None
    if inter in UNNAMED:
        return f"{inter} ({country})" if country else inter
    return who.name or None


def _others(event: Told, who: Party | None, inter: str) -> str | None:
    if who is None:
        return None
    side = event.recipients if who in event.recipients else event.actors
    mutual = not event.recipients and len(event.actors) > 1
    named = [who.name] if inter in UNNAMED and who.name else []
    return joined([*named, *(other.name for other in side if other is not who and not mutual)])


def _interaction(one: str, other: str) -> str | None:
    if not one and not other:
        return None
    if not one or not other:
        return f"{one or other} only"
    return "-".join(sorted((one, other), key=ORDER.index))


def _disorder(kind: str, sub: str) -> str | None:
    if sub == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    if kind == "Protests" or sub == "Violent demonstration":
        return "Demonstrations"
    return STRATEGIC if kind == STRATEGIC else "Political violence"


def _crowd(event: Told) -> str | None:
    crowd = event.number("protesters")
    if crowd is None or crowd.low is None:
        return None
    return (
        f"crowd size={'about' if crowd.approximate else 'at least' if crowd.high is None else ''} {crowd.low:.0f}".replace(
            "= ", "="
        )
    )
