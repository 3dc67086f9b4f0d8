"""The file of the ledger: made, opened, brought up to date, and what it says when it cannot be."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from importlib import resources
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from dateline.ledger import store
from dateline.ledger.store import LedgerError, connect, explained, migrate, migrations
from tests.ledger.content import Kept, content, execute, rows, sound, stories, taken_in

# The children below only read, write SQLite and leave by `os._exit`: threads of the parent's that they do not have do not matter.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def test_a_new_ledger_has_every_migration_once(tmp_path: Path) -> None:
    db = connect(tmp_path / "deep" / "a.db", create=True)
    assert {row["name"] for row in db.execute("SELECT name FROM migration")} == {name for name, _ in migrations()}
    assert migrate(db, "a.db") == []
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    db.close()


def test_an_older_ledger_is_brought_up_to_date_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: Kept
) -> None:
    path = tmp_path / "a.db"
    taken_in(path, stories(3), reader)
    before = content(path)
    known = migrations()
    more = [
        *known,
        (
            "9998_more",
            "CREATE TABLE more (x TEXT DEFAULT 'a;b');\n-- a comment; with a mark\nINSERT INTO more VALUES ('y');\n",
        ),
    ]
    monkeypatch.setattr(store, "migrations", lambda: more)
    with pytest.raises(LedgerError, match=r"older Dateline.*9998_more"):
        connect(path, read_only=True)
    connect(path).close()
    assert content(path) == before
    assert rows(path, "SELECT x FROM more") == [("y",)]
    monkeypatch.setattr(store, "migrations", lambda: known)
    with pytest.raises(LedgerError, match=r"newer Dateline.*9998_more.*update this one"):
        connect(path)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    connect(path, create=True).close()
    known = migrations()
    bad = ("9998_bad", "CREATE TABLE half (x);\nINSERT INTO nowhere VALUES (1);\n")
    monkeypatch.setattr(store, "migrations", lambda: [*known, bad])
    with pytest.raises(LedgerError, match="nowhere"):
        connect(path)
    db = sqlite3.connect(path)
    assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone()
    db.close()


def test_migrations_are_numbered_without_gaps_or_doubles() -> None:
    names = [name for name, _ in migrations()]
    numbers = [int(name[:4]) for name in names[1:]]
    assert names[0] == "schema"
    assert len(set(numbers)) == len(numbers)
    assert all(sqlite3.complete_statement(sql) for _, sql in migrations()), "each ends with its last statement"


def test_every_table_and_view_of_the_schema_is_told_of() -> None:
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    db = sqlite3.connect(":memory:")
    for name in ("schema.sql", "migrations/0001_corrections.sql"):
        db.executescript(resources.files("dateline.ledger").joinpath(*name.split("/")).read_text(encoding="utf-8"))
    for (view,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
        assert f"`{view}`" in page, view
        for _, column, *_ in db.execute(f"PRAGMA table_info({view})"):
            assert column in page, f"{view}.{column}"


@pytest.mark.parametrize(
    ("content_of_file", "reason"),
    [
        (b"Rebels seized Talma. " * 100, "not a ledger"),
        (None, "no ledger"),
        ("folder", "folder"),
        ("other", "something else"),
    ],
)
def test_what_is_no_ledger_is_refused(tmp_path: Path, content_of_file: object, reason: str) -> None:
    path = tmp_path / "a.db"
    if content_of_file == "folder":
        path.mkdir()
    elif content_of_file == "other":
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE mine (x)")
        other.close()
    elif isinstance(content_of_file, bytes):
        path.write_bytes(content_of_file)
    for read_only in (False, True):
        with pytest.raises(LedgerError, match=reason):
            connect(path, create=reason != "no ledger", read_only=read_only and reason != "no ledger")


@pytest.mark.parametrize("read_only", [False, True])
def test_what_is_refused_is_closed(tmp_path: Path, read_only: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made = store._connection
    opened: list[sqlite3.Connection] = []

    def kept(uri: str, any_thread: bool) -> sqlite3.Connection:
        opened.append(made(uri, any_thread))
        return opened[-1]

    monkeypatch.setattr(store, "_connection", kept)
    path = tmp_path / "a.db"
    connect(path, create=True).close()
    execute(path, "INSERT INTO migration VALUES ('0099_later', '')")
    opened.clear()
    with pytest.raises(LedgerError, match="newer Dateline"):
        connect(path, read_only=read_only)
    for db in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            db.execute("SELECT 1")
    assert opened


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    for read_only in (False, True):
        with pytest.raises(LedgerError, match="name too long"):
            connect(tmp_path / ("a" * 300), create=not read_only, read_only=read_only)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be made here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_costs_nothing_that_was_there(small_disk: Path, tmp_path: Path, reader: Kept) -> None:
    path = small_disk / "a.db"
    with pytest.raises(LedgerError, match=r"disk is full.*make room|disk is full.*Make room"), explained(path):
        taken_in(path, stories(300), reader)
    there = len(rows(path, "SELECT id FROM articles"))
    assert 0 < there < 300
    room = tmp_path / "room"
    room.mkdir()
    for part in small_disk.iterdir():
        (room / part.name).write_bytes(part.read_bytes())
    assert sound(room / "a.db")
    taken_in(room / "a.db", stories(300), reader)
    taken_in(tmp_path / "unbroken.db", stories(300), reader)
    assert content(room / "a.db") == content(tmp_path / "unbroken.db")


def test_a_file_that_may_not_grow_is_told_and_stays_sound(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, stories(5), reader)
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000,) * 2)
        code = 9
        try:
            with explained(path):
                taken_in(path, stories(300), reader)
        except LedgerError as error:
            code = 0 if "full" in str(error) and "Make room" in str(error) else 8
        finally:
            os._exit(code)
    assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == 0
    assert sound(path)
    assert len(rows(path, "SELECT id FROM articles")) >= 5


@pytest.fixture
def somebody() -> Iterator[Path]:
    """A folder, and being somebody who may not write everywhere."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def test_a_file_that_cannot_be_written_is_told_and_can_still_be_read(somebody: Path, reader: Kept) -> None:
    path = somebody / "a.db"
    taken_in(path, stories(5), reader)
    os.chmod(path, 0o444)
    was = os.geteuid()
    os.chmod(somebody, 0o555)
    try:
        if was == 0:
            os.seteuid(65534)
        with pytest.raises(LedgerError, match=r"cannot be written.*check the rights"), explained(path):
            taken_in(path, stories(9), reader)
        assert len(rows(path, "SELECT id FROM articles")) == 5
    finally:
        if was == 0:
            os.seteuid(0)
        os.chmod(somebody, 0o755)
    assert sound(path)


def test_many_may_open_a_new_ledger_at_once(tmp_path: Path) -> None:
    clean = multiprocessing.get_context("forkserver")  # other tests' threads may hold a lock at the moment of a fork
    paths, wrong = [tmp_path / f"{number}.db" for number in range(8)], clean.SimpleQueue()
    together = clean.Barrier(5)
    children = [clean.Process(target=opening, args=(paths, together, wrong)) for _ in range(5)]
    for child in children:
        child.start()
    for child in children:
        child.join()
    assert wrong.empty(), wrong.get()
    assert [child.exitcode for child in children] == [0] * 5


def opening(paths: list[Path], together: Barrier, wrong: SimpleQueue[str]) -> None:
    """Open each when all others do so too, and tell what went wrong."""
    for path in paths:
        together.wait(60)
        try:
            connect(path, create=True).close()
        except LedgerError as error:
            wrong.put(f"{error!r}, as {error.__cause__!r}")


@pytest.mark.parametrize("step", range(12))
def test_a_ledger_that_another_makes_at_whatever_step_of_opening_it_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    path, usual, steps = tmp_path / "a.db", store._connection, list[str]()

    def interrupted(uri: str, any_thread: bool) -> sqlite3.Connection:
        monkeypatch.setattr(store, "_connection", usual)
        db = usual(uri, any_thread)

        def before(statement: str) -> None:
            steps.append(statement)
            if len(steps) == step + 1:
                with suppress(LedgerError):  # it is locked: nothing can come between
                    connect(path, create=True).close()

        db.set_trace_callback(before)
        return db

    monkeypatch.setattr(store, "LONGEST_WAIT", 0.01)
    monkeypatch.setattr(store, "_connection", interrupted)
    with closing(connect(path, create=True)) as db:
        assert {row["name"] for row in db.execute("SELECT name FROM migration")} == {name for name, _ in migrations()}
    assert len(steps) > step, "it came to this step"
