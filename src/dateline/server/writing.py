"""A person's word from the page: corrections and decisions, made by what the command line makes them with, then merged at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dateline.incidents import store
from dateline.incidents.store import again, decide_all
from dateline.ledger import correcting
from dateline.ledger.correcting import COLUMNS, CorrectionError
from dateline.ledger.store import LedgerError
from dateline.server.drawer import decision_of
from dateline.server.problems import NotFound, Refused
from dateline.server.service import Service
from dateline.server.shapes.common import Correction
from dateline.server.shapes.incidents import Decision
from dateline.server.shapes.writes import CorrectionRequest, Done, JoinRequest, Noted, SplitRequest, Undo, UndoRequest
from dateline.server.telling import correction_of
from dateline.server.walking import LARGEST

MOST_FELLOWS = 500
"""Of an incident's events, as many as are looked at for where they went."""
ACCEPTED = "accepted"
"""The note by which somebody says that a record is right as it stands."""


def correct(service: Service, id: str, sent: CorrectionRequest) -> Done:
    """Put fields of an event or statement right.

    Raises:
        NotFound: there is no such record.
        CorrectionError: a value is wrong, or there is nothing to correct.
    """
    with _writing(service) as db:
        about = _target(db, id)
        values = correcting.changes(
            about, type=sent.type, mode=sent.mode, status=sent.status, date=sent.date, place=sent.place, country=sent.country,
            actors=sent.actors, recipients=sent.recipients, said_by=sent.said_by, deadline=sent.deadline, speaker=sent.speaker,
            stance=sent.stance,
        )  # fmt: skip
        return _corrected(db, service, about, correcting.correct(db, about, values, _who(service, sent.by), sent.note))


def reject(service: Service, id: str, sent: Noted) -> Done:
    """Say that a record is none.

    Raises:
        NotFound: there is no such record.
    """
    with _writing(service) as db:
        about = _target(db, id)
        values = correcting.changes(about, reject=True)
        return _corrected(db, service, about, correcting.correct(db, about, values, _who(service, sent.by), sent.note))


def accept(service: Service, id: str, sent: Noted) -> Done:
    """Say that a record is right as it stands: a note says so, with the person's own words behind it.

    Raises:
        NotFound: there is no such record.
    """
    with _writing(service) as db:
        about = _target(db, id)
        note = f"{ACCEPTED}: {sent.note}" if sent.note else ACCEPTED
        return _corrected(db, service, about, correcting.correct(db, about, {}, _who(service, sent.by), note))


def split(service: Service, id: str, sent: SplitRequest) -> Done:
    """Say that some events tell another incident than the others of theirs do.

    Raises:
        NotFound: there is no such incident.
        CorrectionError: these are not events of it, or they are all of them.
        DecisionError: other decisions say otherwise.
    """
    with _writing(service) as db:
        accounts = _accounts(db, id)
        chosen = set(sent.events)
        if missing := sorted(chosen - accounts.keys()):
            raise CorrectionError("events", f"{missing[0]} does not tell this incident")
        rest = sorted(accounts.keys() - chosen)
        if not rest:
            raise CorrectionError("events", "nothing would be left: leave at least one event in it")
        return _decided(db, service, _parted(accounts, sorted(chosen), rest), together=False, sent=sent)


def _parted(accounts: dict[str, str], chosen: Sequence[str], rest: Sequence[str]) -> list[tuple[str, str]]:
    """The pairs of events of which it must be said that they are two: within an account all, between accounts one each."""
    within = [(a, b) for a in chosen for b in rest if accounts[a] == accounts[b]]
    first = {accounts[event]: event for event in reversed(chosen)}
    others = {accounts[event]: event for event in reversed(rest)}
    between = [(a, b) for of, a in first.items() for other, b in others.items() if of != other]
    return sorted({*within, *between})


def join(service: Service, id: str, sent: JoinRequest) -> Done:
    """Say that two incidents are the same.

    Raises:
        NotFound: there is no such incident.
        CorrectionError: they are the same already.
        DecisionError: other decisions say otherwise.
    """
    with _writing(service) as db:
        if sent.other == id:
            raise CorrectionError("other", "an incident cannot be joined with itself")
        one, other = (min(_accounts(db, incident).values()) for incident in (id, sent.other))
        return _decided(db, service, [(one, other)], together=True, sent=sent)


def undo(service: Service, sent: UndoRequest) -> Done:
    """Take corrections and decisions back; those taken back before stay so.

    Raises:
        NotFound: there is no such correction, record or decision.
    """
    who = _who(service, sent.by)
    with _writing(service) as db:
        # All of it is looked for before any of it is taken back: who is told that something is not there has changed nothing.
        corrected = {id: _corrections(db, id) for id in sent.corrections}
        decided = {number: _decision(db, number) for number in sent.decisions}
        for id in corrected:
            correcting.undo(db, id, who)
        standing = [row for rows in corrected.values() for row in rows if row["undone"] is None]
        again(db, sorted({row["article_id"] for row in standing}))
        for number, row in decided.items():
            if row["undone"] is None:
                store.undo(db, number)
        events = [row["target_id"] for row in standing] + [row[side] for row in decided.values() for side in ("a", "b")]
        return Done(incidents=_incidents(db, events), corrections=[], decisions=[], undo=Undo(corrections=[], decisions=[]))


def _corrections(db: sqlite3.Connection, id: str) -> list[sqlite3.Row]:
    """The correction of an id, or those of a record."""
    found = db.execute("SELECT target_id, article_id, undone FROM correction WHERE ? IN (id, target_id)", (id,)).fetchall()
    if not found:
        raise NotFound(f"there is no correction {id}, and none of a record of that id")
    return found


def _decision(db: sqlite3.Connection, number: int) -> sqlite3.Row:
    found: sqlite3.Row | None = None
    if abs(number) <= LARGEST:
        found = db.execute("SELECT a, b, undone FROM incident_decision WHERE id = ?", (number,)).fetchone()
    if found is None:
        raise NotFound(f"there is no decision {number}")
    return found


@contextmanager
def _writing(service: Service) -> Iterator[sqlite3.Connection]:
    if not service.writable:
        raise Refused(f"{service.settings.ledger.name} can only be read here: corrections are not kept")
    with service.writing() as db:
        yield db


def _who(service: Service, by: str | None) -> str:
    return (by or "").strip() or service.settings.user


def _target(db: sqlite3.Connection, id: str) -> correcting.Target:
    try:
        return correcting.target(db, id)
    except LedgerError as error:
        raise NotFound(str(error)) from error


def _corrected(db: sqlite3.Connection, service: Service, about: correcting.Target, ids: Sequence[str]) -> Done:
    fellows = _fellows(db, about.id)
    again(db, [about.article])
    marks = ", ".join("?" * len(ids))
    rows = db.execute(f"SELECT {', '.join(COLUMNS)} FROM correction WHERE id IN ({marks}) ORDER BY field", list(ids))
    made: list[Correction] = [correction_of(row) for row in rows]
    held = _incidents(db, [about.id]) or _incidents(db, fellows)
    return Done(incidents=held, corrections=made, decisions=[], undo=Undo(corrections=list(ids), decisions=[]))


def _decided(
    db: sqlite3.Connection,
    service: Service,
    pairs: Sequence[tuple[str, str]],
    together: bool,
    sent: SplitRequest | JoinRequest,
) -> Done:
    numbers = decide_all(db, pairs, together, _who(service, sent.by), sent.note or "")
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(f"SELECT * FROM incident_decision WHERE id IN ({marks}) ORDER BY id", numbers)
    made: list[Decision] = [decision_of(row) for row in rows]
    events = [event for pair in pairs for event in pair]
    return Done(
        incidents=_incidents(db, events), corrections=[], decisions=made, undo=Undo(corrections=[], decisions=numbers)
    )


def _accounts(db: sqlite3.Connection, incident: str) -> dict[str, str]:
    """Event -> the account that it belongs to, which bears the id of one of its events."""
    rows = db.execute("SELECT event_id, account_id FROM incident_events WHERE incident_id = ?", (incident,)).fetchall()
    if not rows:
        raise NotFound(f"there is no incident {incident}; what was split or joined goes by another id")
    return {row["event_id"]: row["account_id"] for row in rows}


def _incidents(db: sqlite3.Connection, events: Sequence[str]) -> list[str]:
    marks = ", ".join("?" * len(events))
    rows = db.execute(
        f"SELECT DISTINCT incident_id FROM incident_events WHERE event_id IN ({marks}) ORDER BY 1", list(events)
    )
    return [row["incident_id"] for row in rows]


def _fellows(db: sqlite3.Connection, event: str) -> list[str]:
    """The events that tell the same incident: an incident without this one may go by another id."""
    rows = db.execute(
        "SELECT o.event_id FROM incident_events AS x JOIN incident_events AS o ON o.incident_id = x.incident_id "
        "WHERE x.event_id = ? AND o.event_id <> ? LIMIT ?",
        (event, event, MOST_FELLOWS),
    )
    return [row["event_id"] for row in rows]
