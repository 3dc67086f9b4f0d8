"""Asking a ledger for incidents, a timeline, control and commitments."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from dateline.incidents.commitments import Commitment, commitments, load_terms
from dateline.incidents.control import Bound, PlaceHistory
from dateline.incidents.ground import Told, told_of
from dateline.incidents.ground_rows import kept
from dateline.incidents.records import Incident
from dateline.incidents.rows import rows_in
from dateline.incidents.sides import folded
from dateline.incidents.standings import load_chain
from dateline.incidents.store import incidents_of, on_ground
from dateline.ledger import correcting
from dateline.ledger.store import LedgerError


def find(
    db: sqlite3.Connection, events: Collection[str] | None = None, least_voices: int = 1, top: int | None = None
) -> list[str]:
    """The ids of incidents, highest ranked first.

    Args:
        db: the ledger, its incidents up to date.
        events: only incidents that one of these events tells; all where None.
        least_voices: only those that so many independent voices tell.
        top: at most so many.
    """
    rows = db.execute("SELECT id FROM incident WHERE voices >= ? ORDER BY rank DESC, id", (least_voices,))
    ranked = [row["id"] for row in rows]
    if events is not None:
        kept = _telling(db, events)
        ranked = [name for name in ranked if name in kept]
    return ranked[:top]


def show(db: sqlite3.Connection, start: str) -> Incident:
    """The incident whose id begins like this, or that an event tells whose id does.

    Raises:
        LedgerError: there is none, or there are several.
    """
    rows = db.execute("SELECT id FROM incident WHERE substr(id, 1, ?) = ? LIMIT 2", (len(start), start)).fetchall()
    if start.startswith("e"):
        rows = db.execute(
            "SELECT incident_id AS id FROM incident_events WHERE event_id = ?", (correcting.find(db, start, "e"),)
        ).fetchall()
    if len(rows) != 1:
        raise LedgerError(
            f"there is {'no' if not rows else 'more than one'} incident {start}; dateline incidents lists their ids"
        )
    return next(incidents_of(db, [rows[0]["id"]]))


def ground(db: sqlite3.Connection) -> Told:
    """All that is told of who holds what: as it is kept, or in a ledger that keeps none of it yet, from the articles, which takes long.

    Args:
        db: the ledger, its incidents up to date.
    """
    return kept(db) or told_of(*on_ground(db), load_chain().right)


def control(
    db: sqlite3.Connection,
    country: str | None = None,
    until: date | None = None,
    place: str | None = None,
    reliability: Mapping[str, float] | None = None,
) -> tuple[list[PlaceHistory], list[Bound]]:
    """The history of every place, and counts without names.

    Args:
        db: the ledger, its incidents up to date.
        country: only places in it (alpha-3).
        until: the last day; what was published later is left out.
        place: only places of this name.
        reliability: outlet -> how far its reports are believed (0 to 1); 1 for those that are not in it.
    """
    found, counted = ground(db).histories(country, until, reliability=reliability)
    if place is not None:
        return [history for history in found if folded(history.name) == folded(place)], []
    return found, counted


def owed(
    db: sqlite3.Connection, statuses: Sequence[str] = (), due_before: date | None = None, today: date | None = None,
    events: Collection[str] | None = None,
) -> list[Commitment]:  # fmt: skip
    """Commitments, those due first first.

    Args:
        db: the ledger, its incidents up to date.
        statuses: only these; all where none is named.
        due_before: only those due before this day.
        today: the day from which they are looked at; by default that of the latest article.
        events: only those that one of these events tells.
    """
    named, latest = _owing(db)
    found = commitments(list(incidents_of(db, named)), today or latest) if named else []
    return [
        commitment
        for commitment in found
        if (not statuses or commitment.status in statuses)
        and (due_before is None or (commitment.due_day is not None and commitment.due_day < due_before))
        and (events is None or any(evidence.told.id in events for evidence in commitment.evidence))
    ]


def _owing(db: sqlite3.Connection) -> tuple[set[str], date | None]:
    """The incidents that commitments are told by, and the day of the latest article that tells of any act which may be owed.

    Of most acts that may be owed nobody says that they are to be done; these say nothing of a commitment, nor does what is told beside
    them.
    """
    terms = load_terms()
    families = sorted(terms.owed | terms.objection | {"pledge", "demand"})
    marks = ", ".join("?" * len(families))
    accounts = db.execute(
        f"SELECT incident_id, article_id, family FROM account WHERE family IN ({marks})", families
    ).fetchall()
    planned = db.execute(
        "SELECT DISTINCT o.incident_id FROM event AS e CROSS JOIN account_event AS x ON x.event_id = e.id "
        "CROSS JOIN account AS o ON o.id = x.account_id WHERE e.current = 1 AND e.rejected = 0 AND e.status IN ('future', 'demanded')"
    )
    to_do = {row["incident_id"] for row in planned}
    promised = set(terms.made.values())  # by words that do not name it
    owed = {row["incident_id"] for row in accounts if row["family"] in terms.owed}
    owed &= to_do | {row["incident_id"] for row in accounts if row["family"] in promised}
    if not owed:
        return set(), None
    beside = {
        row["article_id"]
        for row in rows_in(db, "SELECT article_id FROM account WHERE incident_id IN ({marks})", sorted(owed))
    }
    named = owed | {
        row["incident_id"] for row in accounts if row["article_id"] in beside or row["family"] in (terms.breach, "pledge")
    }
    latest = db.execute(
        "SELECT max(a.day) FROM account AS o JOIN article AS a ON a.id = o.article_id "
        f"WHERE a.current = 1 AND o.incident_id IN (SELECT incident_id FROM account WHERE family IN ({marks}))",
        families,
    ).fetchone()[0]
    return named, date.fromisoformat(latest) if latest else None


def _telling(db: sqlite3.Connection, events: Iterable[str]) -> set[str]:
    sql = "SELECT DISTINCT incident_id FROM incident_events WHERE event_id IN ({marks})"
    return {row["incident_id"] for row in rows_in(db, sql, sorted(events))}
