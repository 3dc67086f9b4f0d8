"""What is told about who holds which place: captures, losses, plans, denials, and words in passing; and counts without names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.incidents.accounts import place_of
from dateline.incidents.records import Holding, Incident, Told
from dateline.incidents.sides import folded, side
from dateline.model import Actor, Control, Location, Quantity

TOWN_KM = 15.0  # a place that reaches farther is no town


@dataclass(frozen=True, slots=True)
class Report:
    """On `day`, which is never after it, the place was held by `side`, or was not, says an article of `told_on`. `right` is how often
    such reports are.

    `kind`: capture, loss, plan, denial, passing. `event` is the id of the event, or of the article where it is told in passing.
    """

    place: Location
    side: str
    holds: bool
    day: date
    told_on: date
    right: float
    kind: str
    voice: str
    source: str
    url: str | None
    event: str
    words: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many places a side is said to have gained or lost between two days, without names. `low` is None where only "some"."""

    side: str
    gained: bool
    unit: str
    low: int | None
    high: int | None
    approximate: bool
    first: date
    last: date
    country: str | None
    source: str
    event: str
    words: str

    @property
    def figure(self) -> str:
        """The number in words: "about 80", "at least 5", "some"."""
        if self.low is None and self.high is None:
            return "some"
        if self.low is None:
            return f"up to {self.high}"
        if self.high is None:
            return f"at least {self.low}"
        number = f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"
        return f"about {number}" if self.approximate else number


def reports_of(incident: Incident, right: Mapping[str, float]) -> Iterator[Report]:
    """Every report of an incident on a place with a name: what each voice tells, with what only others tell filled in."""
    tolds = incident.tolds
    for told in tolds:
        if told.event.control is not None:
            yield from _of_event(told, tolds, incident.when.value, right)


def passing_of(holdings: Iterable[Holding], right: Mapping[str, float]) -> Iterator[Report]:
    """Every report in passing."""
    for held in holdings:
        holder = _side(held.holder, held.place.country)
        if holder is not None and held.day is not None:
            yield Report(
                place=held.place,
                side=holder,
                holds=True,
                day=held.day,
                told_on=held.day,
                right=right["passing"],
                kind="passing",
                voice=held.voice,
                source=held.outlet or held.article,
                url=held.url,
                event=held.article,
                words=held.told,
            )


def counts_of(tolds: Iterable[Told]) -> Iterator[Count]:
    """Every count of places without a name that is told as done."""
    for told in tolds:
        event, control = told.event, told.event.control
        if (
            control is None
            or control.place is not None
            or control.count == 1
            or event.status != "actual"
            or told.day is None
        ):
            continue
        quantity = next((q for q in event.quantities if control.unit and q.what.rstrip("s") == control.unit), None)
        low, high, approximate = _bounds(control.count, quantity)
        first, last = (event.when.first, event.when.last) if event.when else (told.day, told.day)
        for name, gained in ((control.gained_by, True), (control.lost_by, False)):
            holder = _side_named(name, told)
            if holder is not None and not (not gained and control.gained_by):
                country = event.where.country if event.where else None
                yield Count(
                    holder,
                    gained,
                    control.unit or "place",
                    low,
                    high,
                    approximate,
                    first,
                    last,
                    country,
                    told.source,
                    told.id,
                    told.sentence,
                )


def _bounds(count: int | None, quantity: Quantity | None) -> tuple[int | None, int | None, bool]:
    if quantity is None:
        return count, count, False
    low = None if quantity.low is None else int(quantity.low)
    high = None if quantity.high is None else int(quantity.high)
    return low, high, quantity.approximate


def _of_event(
    told: Told, tolds: Sequence[Told], days: tuple[date, date] | None, right: Mapping[str, float]
) -> Iterator[Report]:
    """What one of the `tolds` of an incident says, which was on these days."""
    event, control, day = told.event, told.event.control, told.day
    place = place_of(told)
    if control is None or place is None or day is None or (control.place is None and not _stands_for_ground(told)):
        return
    gained, lost = _side_named(control.gained_by, told), _side_named(control.lost_by, told)
    same_status = [other for other in tolds if other.event.control and other.event.status == event.status]
    gained = gained or _agreed(same_status, lambda c: c.gained_by, other_than=lost)
    lost = lost or _agreed(same_status, lambda c: c.lost_by, other_than=gained)
    when = (event.when.first, event.when.last) if event.when is not None else days
    happened = min(when[1], day) if when is not None else day
    before = happened - timedelta(days=1)
    dated = when is not None and when[0] == when[1]
    sure = _right(told, gained, right) if control.place is not None else right["unnamed"]

    def report(holder: str, holds: bool, on: date, how: float, kind: str) -> Report:
        return Report(
            place=place,
            side=holder,
            holds=holds,
            day=on,
            told_on=day,
            right=how,
            kind=kind,
            voice=told.voice,
            source=told.source,
            url=told.url,
            event=told.id,
            words=told.sentence,
            unit=control.unit,
        )

    if event.status == "actual":
        if gained is not None:
            yield report(gained, True, happened, sure, "capture")
            if dated:
                yield report(gained, False, before, sure, "before")
        if lost is not None and lost != gained:
            yield report(lost, False, happened, sure, "loss")
            if dated:
                yield report(lost, True, before, sure, "before")
    elif event.status in ("future", "demanded"):
        if lost is not None:
            yield report(lost, True, day, right["planned"], "plan")
        if gained is not None and gained != lost:
            yield report(gained, False, day, right["planned"], "plan")
    elif event.status == "negated":
        if gained is not None:
            yield report(gained, False, happened, right["denied"], "denial")
        if lost is not None and lost != gained:
            yield report(lost, True, happened, right["denied"], "denial")


def _agreed(tolds: Iterable[Told], field: Callable[[Control], str | None], other_than: str | None) -> str | None:
    """The side that most others of an incident give a field."""
    sides = [found for told in tolds if told.event.control and (found := _side_named(field(told.event.control), told))]
    found = max(sides, key=lambda s: (sides.count(s), s), default=None)
    return found if found != other_than else None


def _stands_for_ground(told: Told) -> bool:
    """Whether the place of an act is the one place that changes hands: "left it", "took the town"."""
    where, control = told.event.where, told.event.control
    if where is None or control is None or control.count != 1:
        return False
    return where.gazetteer_id is not None and (where.radius_km or 0.0) <= TOWN_KM


def _right(told: Told, gained: str | None, right: Mapping[str, float]) -> float:
    if not told.event.said_by:
        return right["own_words"]
    speakers = {_side_named(name, told) for name in told.event.said_by}
    return right["interested"] if gained is not None and gained in speakers else right["attributed"]


def _side_named(name: str | None, told: Told) -> str | None:
    """The side of somebody whom an event names."""
    if name is None:
        return None
    country = told.event.where.country if told.event.where else None
    actors = (*told.event.actors, *told.event.recipients)
    actor = next((actor for actor in actors if folded(actor.name) == folded(name)), None)
    if actor is None:
        return name if any(ch.isupper() for ch in name[1:]) else None
    return _side(actor, country)


def _side(actor: Actor, country: str | None) -> str | None:
    """A side; a government's forces that nobody gives a country are those of the place's country."""
    found = side(actor)
    return f"{country} government" if found == "government" and country else found


def identified(places: Iterable[Location]) -> Iterator[tuple[str, str]]:
    """The folded names of places that have an entry of the gazetteer, with the entry."""
    return ((folded(place.name), place.gazetteer_id) for place in places if place.gazetteer_id is not None)


def least(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Of each name the least of its entries, so that it does not matter who names it first."""
    found: dict[str, str] = {}
    for name, entry in entries:
        found[name] = min(entry, found.get(name, entry))
    return found


def key_of(place: Location, entries: Mapping[str, str]) -> str:
    """What a place is known by: its entry in the gazetteer, that of another mention of the name, else country and name."""
    return place.gazetteer_id or entries.get(folded(place.name)) or f"{place.country or ''}:{folded(place.name)}"
