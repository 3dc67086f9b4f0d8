"""The file of the ledger: made, opened, brought up to date. One connection writes or reads; many may be open at once.

SQLite in WAL mode: readers go on while one process writes, a second writer waits its turn, and a process that is killed
leaves what was committed and nothing else.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

APPLICATION_ID = 0x44544C4E  # "DTLN", in the header of the file
LONGEST_WAIT = 120.0  # seconds that a writer waits for another one
RETRY = 0.01  # seconds
OLDEST_SQLITE = (3, 38, 0)
NOT_A_DATABASE = "file is not a database"


class LedgerError(RuntimeError):
    """The ledger cannot be made, opened, read or written; the message says what to do."""


def connect(
    path: str | Path, *, create: bool = False, read_only: bool = False, any_thread: bool = False
) -> sqlite3.Connection:
    """Open a ledger and bring it up to date.

    Args:
        path: the file.
        create: make it where it is not there.
        read_only: change nothing, not even to bring it up to date.
        any_thread: whether other threads than this one may use it (one at a time) and close it.

    Returns:
        A connection in autocommit mode, with rows that know their columns by name; write inside `transaction`.

    Raises:
        LedgerError: there is none, it is no ledger, it was made by a newer Dateline, or it cannot be read or written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise LedgerError(f"SQLite {sqlite3.sqlite_version} is too old: 3.38 or newer is needed")
    path = Path(path)
    with explained(path):
        if path.is_dir():
            raise LedgerError(f"{path} is a folder, not a ledger")
        if not path.exists():
            if not create:
                raise LedgerError(f"there is no ledger {path}; make one with: dateline add --ledger {path} ARTICLES")
            path.parent.mkdir(parents=True, exist_ok=True)
        if read_only:
            return _opened_to_read(path, any_thread)
        with _opened(f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}", any_thread) as db:
            _check(db, path)
            _write_ahead(db)
            # In WAL mode a crash of the machine costs the last commits, never the file.
            db.execute("PRAGMA synchronous = NORMAL")
            migrate(db, path)
        return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Turn write-ahead logging on. Where several processes open a new file at once SQLite refuses all but one without waiting."""
    given_up = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > given_up:
                raise
        time.sleep(RETRY)


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; it holds the only right to write from its start, so that what is read in it stays true."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def explained(path: str | Path) -> Iterator[None]:
    """Say what SQLite's errors mean and what to do about them.

    Raises:
        LedgerError: in place of every error of SQLite's.
    """
    try:
        yield
    except sqlite3.Error as error:
        message = str(error)
        if "disk is full" in message or "disk I/O" in message:
            what = "the disk is full or failing; what was committed is safe. Make room and run the same command again"
        elif "readonly" in message or "unable to open" in message:
            what = f"it cannot be written ({message}); check the rights of the file and of its folder"
        elif "locked" in message or "busy" in message:
            what = f"another process has been writing to it for {LONGEST_WAIT:.0f} seconds; try again when that is done"
        elif NOT_A_DATABASE in message:
            what = "it is not a ledger (no SQLite database); --ledger names one, dateline add makes one"
        elif "malformed" in message:
            what = "the file is damaged; dateline doctor tells more, sqlite3 FILE .recover saves what can be saved"
        else:
            what = message
        raise LedgerError(f"{path}: {what}") from error
    except OSError as error:
        raise LedgerError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def migrations() -> list[tuple[str, str]]:
    """Every migration, as name and SQL, in the order in which they are applied; `schema` is the first."""
    folder = resources.files("dateline.ledger")
    later = sorted(
        file.name for file in folder.joinpath("migrations").iterdir() if re.fullmatch(r"\d{4}_\w+\.sql", file.name)
    )
    return [
        ("schema", folder.joinpath("schema.sql").read_text(encoding="utf-8")),
        *((name.removesuffix(".sql"), folder.joinpath("migrations", name).read_text(encoding="utf-8")) for name in later),
    ]


def migrate(db: sqlite3.Connection, path: str | Path) -> list[str]:
    """Apply the migrations that the file has not had, each whole or not at all; the names of those applied.

    Raises:
        LedgerError: the file has had one that this version does not know.
    """
    known = migrations()
    had = _had(db)
    _refuse_newer(had, {name for name, _ in known}, path)
    if had == {name for name, _ in known}:
        return []
    applied = []
    with transaction(db):
        had = _had(db)  # another process may just have done it
        if not had:
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL) WITHOUT ROWID")
        for name, sql in known:
            if name not in had:
                for statement in statements(sql):
                    db.execute(statement)
                db.execute("INSERT INTO migration VALUES (?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))", (name,))
                applied.append(name)
    return applied


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit before it begins."""
    gathered = ""
    for line in sql.splitlines(keepends=True):
        gathered += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def _connection(uri: str, any_thread: bool) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, timeout=LONGEST_WAIT, isolation_level=None, check_same_thread=not any_thread)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def _opened(uri: str, any_thread: bool) -> Iterator[sqlite3.Connection]:
    """A connection that stays open where the block ends well, and is closed where it does not."""
    db = _connection(uri, any_thread)
    try:
        yield db
    except BaseException:
        db.close()
        raise


def _opened_to_read(path: Path, any_thread: bool) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    try:
        with _opened(f"{uri}?mode=ro", any_thread) as db:
            _check_to_read(db, path)
    except sqlite3.OperationalError:
        # Beside a file on a read-only disk SQLite cannot make its index of the log; without a log there is nothing to miss.
        if Path(f"{path}-wal").exists() and Path(f"{path}-wal").stat().st_size:
            raise
        with _opened(f"{uri}?immutable=1", any_thread) as db:
            _check_to_read(db, path)
    return db


def _check_to_read(db: sqlite3.Connection, path: Path) -> None:
    _check(db, path)
    had = _had(db)
    known = {name for name, _ in migrations()}
    _refuse_newer(had, known, path)
    if not had:
        raise LedgerError(f"{path} is empty; dateline add --ledger {path} ARTICLES makes it a ledger")
    if missing := known - had:
        raise LedgerError(
            f"{path} was made by an older Dateline (it lacks {', '.join(sorted(missing))}): dateline doctor updates it"
        )


def _check(db: sqlite3.Connection, path: Path) -> None:
    # In one look: another process may just be making the ledger, which gets its tables and its mark at once.
    tables, application = db.execute(
        "SELECT (SELECT count(*) FROM sqlite_master), (SELECT application_id FROM pragma_application_id)"
    ).fetchone()
    if application != APPLICATION_ID and tables:
        raise LedgerError(f"{path} is a database of something else, not a ledger")


def _had(db: sqlite3.Connection) -> set[str]:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'migration'").fetchone():
        return set()
    return {name for (name,) in db.execute("SELECT name FROM migration")}


def _refuse_newer(had: set[str], known: set[str], path: str | Path) -> None:
    if unknown := sorted(had - known):
        raise LedgerError(f"{path} was made by a newer Dateline (it has {', '.join(unknown)}): update this one")
