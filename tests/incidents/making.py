"""Events made by hand, for tests that need no reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from dateline.incidents.records import Told
from dateline.model import Actor, Control, Days, Event, Location, Quantity

KARSA = Location("Karsa", "ATA", -70.0, 10.0, 3.0, "place:karsa")
DORVA = Location("Dorva", "ATA", -70.09, 10.0, 3.0, "place:dorva")  # ten kilometres from Karsa
TALMA = Location("Talma", "ATA", -70.015, 10.0, 3.0, "place:talma")  # under two kilometres from Karsa
REBELS = Actor("Norland Front", "ATA", "REB")
ARMY = Actor("Norland army", "ATA", "MIL")


def event(**fields: Any) -> Event:
    """An attack, unless the fields say otherwise."""
    given: dict[str, Any] = {
        "start": 0,
        "end": 6,
        "trigger": "attack",
        "type": "ASSAULT",
        "mode": None,
        "status": "actual",
        "actors": (),
        "recipients": (),
        "when": None,
        "where": None,
        "said_by": (),
        "quantities": (),
        "deadline": None,
        "control": None,
        "sense": "assault/attack",
        **fields,
    }
    return Event(**given)


def on(day: int, month: int = 3) -> Days:
    """A day of 2031."""
    return Days(date(2031, month, day), date(2031, month, day))


def killed(low: int, high: int | None = None) -> Quantity:
    """So many dead, exactly where no upper end is given."""
    return Quantity(start=0, end=1, head=0, what="killed", low=low, high=low if high is None else high)


def told(name: str, article: str, day: int, sentence: str = "", voice: str | None = None, **fields: Any) -> Told:
    """An event of an article that its outlet, of the same name, published on a day of March 2031."""
    return Told(
        id=name,
        article=article,
        voice=voice or article,
        event=event(**fields),
        sentence=sentence or f"Something happened, {article} reports of {name}.",
        outlet=article.split("-", maxsplit=1)[0],
        url=f"https://{article}.example/",
        day=date(2031, 3, day),
    )


def taken(place: str, by: str | None, lost_by: str | None = None) -> Control:
    """One place that changes hands."""
    return Control(gained_by=by, lost_by=lost_by, place=place, unit="city", count=1)
