"""Events of one article -> accounts: everything that merging compares, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from dateline.incidents.records import PLANS, Account, Told, Window
from dateline.incidents.rules import Limits, Rules
from dateline.incidents.sides import folded, sides_of, specific
from dateline.incidents.wording import stem, words_of
from dateline.model import Actor, Event, Location

UNTOLD_KM = 12.0  # how far a place is taken to reach whose radius nobody knows
GROUND = "ground"  # the family of acts by which ground changes hands


def account_of(tolds: Sequence[Told], rules: Rules, id: str | None = None) -> Account:
    """What events of one article tell together; there must be at least one. `id` is the least of theirs unless given."""
    tolds = sorted(tolds, key=lambda t: (t.event.start, t.id))  # so that nothing depends on the order in which they come
    events = [told.event for told in tolds]
    family = rules.family(events[0])
    acting, bearing = _roles(events, family)
    where = _most_precise([place_of(told) for told in tolds])
    return Account(
        id=id or min(told.id for told in tolds),
        tolds=tuple(tolds),
        family=family,
        window=_tightest([window_of(told, rules.limits) for told in tolds]),
        where=where,
        spots=_spots(where, tolds, rules.limits),
        placed=any(told.placed and place_of(told) == where for told in tolds),
        planned=all(event.status in PLANS for event in events),
        modes=frozenset(event.mode for event in events if event.mode),
        actors=frozenset(name for actor in acting if (name := specific(actor.name, rules.generic))),
        actor_sides=sides_of(acting, rules.generic),
        recipients=frozenset(name for actor in bearing if (name := specific(actor.name, rules.generic))),
        recipient_sides=sides_of(bearing, rules.generic),
        kinds=frozenset(folded(actor.name) for actor in bearing if not specific(actor.name, rules.generic)) - {"people"},
        about=frozenset(rules.family(event) for told in tolds for event in told.about)
        if family in rules.by_word
        else frozenset(),
        many=_many(events),
        numbers=tuple(q for event in events for q in event.quantities if q.what not in rules.measures),
        deeds=frozenset(rules.deed(event) for event in events),
        stems=frozenset(stem(event.trigger.split()[0]) for event in events),
        words=frozenset(word for told in tolds for word in words_of(told.sentence, rules.empty)),
        names=tolds[0].names,
        gist=tolds[0].gist,
    )


def _spots(where: Location | None, tolds: Sequence[Told], limits: Limits) -> tuple[Location, ...]:
    """The place of an act, and where none of its sentences names it, the towns that they name."""
    own = (where,) if where is not None and (where.radius_km is None or where.radius_km <= limits.town_km) else ()
    if own and any(where is not None and where.name in told.sentence for told in tolds):
        return own
    named = {folded(place.name): place for told in tolds for place in told.near if is_precise(place, limits)}
    return own + tuple(named[name] for name in sorted(named) if name not in {folded(place.name) for place in own})


def _roles(events: Sequence[Event], family: str) -> tuple[list[Actor], list[Actor]]:
    """Who acts and who bears it; where ground changes hands, who gains and who loses it."""
    acting: list[Actor] = []
    bearing: list[Actor] = []
    for event in events:
        leaves = family == GROUND and event.type == "RETREAT"
        (bearing if leaves else acting).extend(event.actors)
        if not leaves:
            bearing.extend(event.recipients)
    return acting, bearing


def _many(events: Sequence[Event]) -> bool | None:
    told = [event.control for event in events if event.control is not None]
    if not told:
        return None
    return all(control.place is None and control.count != 1 for control in told)


def window_of(told: Told, limits: Limits) -> Window | None:
    """When an event was or is to be; None where nobody could know."""
    event, day = told.event, told.day
    basis = "told" if told.dated else "inferred"
    if event.when is not None and (event.when.last - event.when.first).days < limits.wide_days:
        return Window(event.when.first.toordinal(), event.when.last.toordinal(), basis)
    if event.deadline is not None:
        return Window(event.deadline.toordinal(), event.deadline.toordinal(), "due")
    if event.when is not None:
        return Window(event.when.first.toordinal(), event.when.last.toordinal(), basis)
    if day is None:
        return None
    if event.status in PLANS:
        return Window(day.toordinal(), (day + timedelta(days=limits.plan_days)).toordinal(), "reported")
    return Window((day - timedelta(days=limits.report_days - 1)).toordinal(), day.toordinal(), "reported")


def place_of(told: Told) -> Location | None:
    """Where an event was: its place, or the ground that changed hands where that is told by another name."""
    where, control = told.event.where, told.event.control
    if control is None or control.place is None:
        return where
    if where is not None and folded(where.name) == folded(control.place):
        return where
    return Location(control.place, where.country if where else None)


def is_precise(where: Location | None, limits: Limits) -> bool:
    """Whether a place is a point on the map and no area."""
    return (
        where is not None and where.lat is not None and where.lon is not None and (where.radius_km or 0.0) <= limits.town_km
    )


def _tightest(windows: Iterable[Window | None]) -> Window | None:
    rank = {"told": 0, "due": 0, "inferred": 1, "reported": 2}
    known = [window for window in windows if window is not None]
    return min(known, key=lambda w: (rank[w.basis], w.length, w.first), default=None)


def _most_precise(places: Iterable[Location | None]) -> Location | None:
    known = [place for place in places if place is not None]
    return min(known, key=_vagueness, default=None)


def _vagueness(where: Location) -> tuple[bool, float, str]:
    radius = where.radius_km if where.radius_km is not None else UNTOLD_KM
    return where.gazetteer_id is None, radius, where.name
