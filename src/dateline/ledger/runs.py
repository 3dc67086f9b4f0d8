"""Runs: which call of which command wrote what, from its start to its end, or to where it was killed."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateline.ledger.provenance import note_reader, versions
from dateline.ledger.store import transaction
from dateline.sources.decoding import scalar


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way: its number, and the id of the reader that reads in it."""

    id: int
    reader: str


@contextmanager
def running(
    db: sqlite3.Connection, command: str, source: str, workers: int, model: str | None = None, lexicons: Sequence[Path] = ()
) -> Iterator[Run]:
    """Note that a run starts, and how it ends."""
    with transaction(db):
        reader = note_reader(db, versions(model, lexicons))
        cursor = db.execute(
            "INSERT INTO run (command, source, reader_id, workers, started, host, pid) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (command, scalar(source), reader, workers, now(), socket.gethostname(), os.getpid()),
        )
    assert cursor.lastrowid is not None
    run = Run(cursor.lastrowid, reader)
    try:
        yield run
    except KeyboardInterrupt:
        _end(db, run, "interrupted")
        raise
    except Exception as error:
        _end(db, run, str(error) or type(error).__name__)
        raise
    else:
        _end(db, run, "done")


def how(row: sqlite3.Row) -> str:
    """How a run of the table `run` ended, or that it goes on."""
    if row["finished"] is not None:
        return str(row["outcome"])
    if row["host"] != socket.gethostname():
        return "running or killed"
    return "running" if _alive(row["pid"]) else "killed"


def now() -> str:
    """This moment in UTC, as the ledger writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _end(db: sqlite3.Connection, run: Run, outcome: str) -> None:
    try:
        with transaction(db):
            db.execute("UPDATE run SET finished = ?, outcome = ? WHERE id = ?", (now(), outcome, run.id))
    except sqlite3.Error:
        if outcome in ("done", "interrupted"):
            raise
        # The error that ended the run (a full disk, say) may keep this from being written too; it is the one to tell.


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
