"""One incident with everything about it: what was chosen and why, who says otherwise, its words, the scores that hold it together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from dateline.incidents import asking
from dateline.incidents.records import Choice as Chosen
from dateline.incidents.records import Incident as Merged
from dateline.incidents.store import links_within
from dateline.incidents.timeline import sources_of
from dateline.ledger.answers import Ledger
from dateline.model import Actor, Location
from dateline.server.cards import card_of
from dateline.server.passages import web_address
from dateline.server.problems import NotFound
from dateline.server.shapes.common import Ground, Party, Source
from dateline.server.shapes.incidents import Choice, Claim, Decision, Incident, MergeReason, Other, ScorePart, TollSaid
from dateline.server.telling import tellings


def incident(ledger: Ledger, id: str) -> Incident:
    """Everything about one incident.

    Raises:
        NotFound: there is none of that id (any more: after a split or a join an incident may go by another one).
    """
    row = ledger.db.execute("SELECT * FROM incident WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"there is no incident {id}; what was split or joined goes by another id")
    merged = asking.show(ledger.db, id)
    events = [told.id for told in merged.tolds]
    return Incident(
        card=card_of(row),
        actors=_parties(merged.actors.value),
        recipients=_parties(merged.recipients),
        choices=list(_choices(merged)),
        tolls=[
            TollSaid(
                what=toll.what, low=toll.low, best=toll.best, high=toll.high, why=toll.why,
                said=[Other(value=figure, said_by=list(who)) for figure, who in toll.said],
            )
            for toll in merged.tolls
        ],
        control=None
        if merged.control is None
        else Ground(**{name: getattr(merged.control, name) for name in Ground.model_fields}),
        claims=[Claim(kind=claim.kind, by=list(claim.by), event=claim.told) for claim in merged.claims],  # type: ignore[arg-type]
        sources=[Source(outlet=outlet, url=web_address(url)) for outlet, url in sources_of(merged)],
        tellings=tellings(ledger, events),
        merged=list(_reasons(ledger.db, merged)),
        decisions=list(decisions_on(ledger.db, events)),
    )  # fmt: skip


def decisions_on(db: sqlite3.Connection, events: Sequence[str]) -> Iterator[Decision]:
    """The decisions in force that name one of these events, the latest first."""
    told = set(events)
    for row in db.execute("SELECT * FROM incident_decision WHERE undone IS NULL ORDER BY id DESC"):
        if row["a"] in told or row["b"] in told:
            yield decision_of(row)


def decision_of(row: sqlite3.Row) -> Decision:
    """A row of the table `incident_decision`."""
    return Decision(
        number=row["id"], a=row["a"], b=row["b"], together=bool(row["together"]), who=row["who"], why=row["why"], made=row["made"]
    )  # fmt: skip


def _choices(merged: Merged) -> Iterator[Choice]:
    kind = f"{merged.type.value}/{merged.mode}" if merged.mode else merged.type.value
    yield _choice("type", merged.type, lambda _: kind, str)
    yield _choice("status", merged.status, str, str)
    yield _choice("when", merged.when, _days, _days)
    yield _choice("where", merged.where, _place, _place)
    yield _choice("actors", merged.actors, _names, _names)


def _choice(
    field: Any, chosen: Chosen[Any], value: Callable[[Any], str | None], other: Callable[[Any], str | None]
) -> Choice:
    return Choice(
        field=field, value=value(chosen.value), why=chosen.why, said_by=list(chosen.said_by),
        others=[Other(value=other(lost) or "nothing", said_by=list(who)) for lost, who in chosen.others],
    )  # fmt: skip


def _days(when: tuple[date, date] | None) -> str | None:
    if when is None:
        return None
    first, last = (day.isoformat() for day in when)
    return first if first == last else f"{first} to {last}"


def _place(where: Location | None) -> str | None:
    if where is None:
        return None
    return f"{where.name} ({where.country})" if where.country else where.name


def _names(actors: Sequence[Actor]) -> str | None:
    return ", ".join(actor.name for actor in actors) or None


def _parties(actors: Sequence[Actor]) -> list[Party]:
    return [Party(name=actor.name, country=actor.country, sector=actor.sector) for actor in actors]


def _reasons(db: sqlite3.Connection, merged: Merged) -> Iterator[MergeReason]:
    outlets = {account.id: account.tolds[0].outlet for account in merged.accounts}
    for a, b, points, parts in links_within(db, merged.id):
        yield MergeReason(
            a=a, b=b, a_outlet=outlets.get(a), b_outlet=outlets.get(b), points=points / 100,
            parts=[ScorePart(name=name, points=of / 100, why=why) for name, of, why in parts],
        )  # fmt: skip
