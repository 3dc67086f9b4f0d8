"""An account as one row of the ledger: what merging compares, written when it is made, so that its article need not be read again.

A row is JSON without names: lists in the order in which `packed` writes them. Places and actors stand in it once and are pointed at by
number. What an article has in common for all its accounts (`gist`, `names`) stands in a row of its own.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import zstandard

from dateline.incidents.records import Account, Told, Window
from dateline.incidents.wording import BITS
from dateline.model import Actor, Control, Days, Event, Location, Quantity

FORM = 1
"""Of these rows; to be raised where `packed`, or what an account is made of, changes: rows of another form are made anew."""


@dataclass(frozen=True, slots=True)
class Source:
    """What all accounts of an article have of it: who published it and where, on which day, in whose voice, and how it is told."""

    article: str
    voice: str
    outlet: str | None
    url: str | None
    day: date | None
    names: frozenset[str]
    gist: int


def packed(account: Account) -> str:
    """What `unpacked` needs to make an account again, apart from its source. Equal accounts give equal rows."""
    places, actors = _Numbered[Location](), _Numbered[Actor]()
    tolds = [_told(told, places, actors) for told in account.tolds]
    window = account.window
    row = [
        None if window is None else [window.first, window.last, window.basis],
        None if account.where is None else places.number(account.where),
        [places.number(spot) for spot in account.spots],
        int(account.placed),
        int(account.planned),
        account.many,
        *map(
            sorted,
            (
                account.modes,
                account.actors,
                account.actor_sides,
                account.recipients,
                account.recipient_sides,
                account.kinds,
                account.about,
                account.deeds,
                account.stems,
            ),
        ),
        " ".join(sorted(account.words)),
        tolds,
        [[each.name, each.country, each.lat, each.lon, each.radius_km, each.gazetteer_id] for each in places.things],
        [[each.name, each.country, each.sector] for each in actors.things],
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def unpacked(id: str, family: str, row: str, source: Source, measures: frozenset[str]) -> Account:
    """An account as merging compares it; its events are without their evidence, and without those that they are about.

    Args:
        id: the account's.
        family: the kind of act.
        row: what `packed` made of it.
        source: what it has of its article.
        measures: the quantities that are no numbers to compare, as in `Rules.measures`.
    """
    window, where, spots, placed, planned, many, *sets, words, tolds, locations, parties = json.loads(row)
    places, actors = [Location(*each) for each in locations], [Actor(*each) for each in parties]
    made = tuple(_remade(each, source, places, actors) for each in tolds)
    modes, names, sides, bearing, bearing_sides, kinds, about, deeds, stems = map(frozenset, sets)
    return Account(
        id=id,
        tolds=made,
        family=family,
        window=None if window is None else Window(*window),
        where=None if where is None else places[where],
        spots=tuple(places[spot] for spot in spots),
        placed=bool(placed),
        planned=bool(planned),
        modes=modes,
        actors=names,
        actor_sides=sides,
        recipients=bearing,
        recipient_sides=bearing_sides,
        kinds=kinds,
        about=about,
        many=many,
        numbers=tuple(number for told in made for number in told.event.quantities if number.what not in measures),
        deeds=deeds,
        stems=stems,
        words=frozenset(words.split()),
        names=source.names,
        gist=source.gist,
    )


def packed_gist(gist: int) -> bytes:
    """A gist for a row of the ledger."""
    return zstandard.ZstdCompressor().compress(gist.to_bytes(BITS // 8, "little"))


def unpacked_gist(row: bytes) -> int:
    """The gist that `packed_gist` made a row of."""
    return int.from_bytes(zstandard.ZstdDecompressor().decompress(row), "little")


class _Numbered[T: Hashable]:
    """Things in the order in which they were first asked for, each once."""

    def __init__(self) -> None:
        self._numbers: dict[T, int] = {}

    def number(self, thing: T) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))

    @property
    def things(self) -> Iterable[T]:
        return self._numbers


def _told(told: Told, places: _Numbered[Location], actors: _Numbered[Actor]) -> list[object]:
    event, control = told.event, told.event.control
    return [
        told.id,
        told.sentence,
        int(told.dated),
        int(told.placed),
        event.start,
        event.end,
        event.trigger,
        event.type,
        event.mode,
        event.status,
        event.sense,
        event.confidence,
        None if event.when is None else [event.when.first.toordinal(), event.when.last.toordinal()],
        None if event.deadline is None else event.deadline.toordinal(),
        None if event.where is None else places.number(event.where),
        [actors.number(actor) for actor in event.actors],
        [actors.number(actor) for actor in event.recipients],
        list(event.said_by),
        [[q.start, q.end, q.head, q.what, q.low, q.high, int(q.approximate), q.rule] for q in event.quantities],
        None if control is None else [control.gained_by, control.lost_by, control.place, control.unit, control.count],
    ]


def _remade(row: list[Any], source: Source, places: list[Location], actors: list[Actor]) -> Told:
    (
        id, sentence, dated, placed, start, end, trigger, type, mode, status, sense, confidence, when, deadline, where, acting, bearing,
        said_by, quantities, control,
    ) = row  # fmt: skip
    return Told(
        id=id,
        article=source.article,
        voice=source.voice,
        event=Event(
            start=start,
            end=end,
            trigger=trigger,
            type=type,
            mode=mode,
            status=status,
            actors=tuple(actors[number] for number in acting),
            recipients=tuple(actors[number] for number in bearing),
            when=None if when is None else Days(date.fromordinal(when[0]), date.fromordinal(when[1])),
            where=None if where is None else places[where],
            said_by=tuple(said_by),
            quantities=tuple(map(_quantity, quantities)),
            deadline=None if deadline is None else date.fromordinal(deadline),
            control=None if control is None else _control(control),
            sense=sense,
            confidence=confidence,
        ),
        sentence=sentence,
        outlet=source.outlet,
        url=source.url,
        day=source.day,
        names=source.names,
        gist=source.gist,
        dated=bool(dated),
        placed=bool(placed),
    )


def _quantity(row: list[Any]) -> Quantity:
    start, end, head, what, low, high, approximate, rule = row
    return Quantity(start=start, end=end, head=head, what=what, low=low, high=high, approximate=bool(approximate), rule=rule)


def _control(row: list[Any]) -> Control:
    gained_by, lost_by, place, unit, count = row
    return Control(gained_by=gained_by, lost_by=lost_by, place=place, unit=unit, count=count)
