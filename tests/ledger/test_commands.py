"""The commands that fill a ledger, as a person meets them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.ledger.store import connect
from dateline.ledger.upkeep import failures
from tests.ledger.content import Kept, content, execute, rows, stories


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Invoke = Callable[..., Outcome]


@pytest.fixture
def invoke(reader: Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Invoke:
    """Run a command in this process and in a folder of its own, with the reader that the tests share."""
    monkeypatch.setattr("dateline.reader.Reader", lambda *_: reader)
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str, stdin: bytes | None = None) -> Outcome:
        result = CliRunner().invoke(cli.app, list(arguments), input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with articles, one of them in German, and a broken file."""
    folder = tmp_path / "archive"
    folder.mkdir()
    lines = [{"text": found.article.text, "url": found.article.url} for found in stories(12)]
    lines.append({"text": "Die Rebellen haben am Montag die Stadt Talma eingenommen, wie Beamte mitteilten.", "url": None})
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "b.json").write_text('{"text": ', encoding="utf-8")
    (folder / "c.txt").write_text("Rebels left Talma.", encoding="utf-8")
    return folder


def test_from_adding_to_putting_right(invoke: Invoke, archive: Path) -> None:
    dry = invoke("add", "--dry-run", "archive")
    assert "would add 13 new articles, 2 known, 1 set aside, 1 failed" in dry.out
    assert not Path("dateline.db").exists()
    first = invoke("add", "--workers", "1", "archive")
    assert first.code == cli.Exit.SOME_FAILED
    assert "13 new articles" in first.err
    assert "1 set aside, 1 failed (run 1 of dateline.db)" in first.err
    again = invoke("add", "--workers", "1", "archive")
    assert "0 new articles, 15 known, 1 set aside, 1 failed" in again.err
    shown = invoke("failures", "--set-aside")
    assert shown.code == cli.Exit.SOME_FAILED
    assert "b.json: not valid JSON" in shown.out
    assert "a.jsonl:15: it is not in English but, it seems, in de (set aside)" in shown.out
    (archive / "b.json").write_text('{"text": "Police left Berok."}', encoding="utf-8")
    retried = invoke("retry", "--workers", "1")
    assert (retried.code, "1 new article" in retried.err) == (cli.Exit.ALL_READ, True)
    assert invoke("failures").out == ""
    assert "1 new article" in invoke("retry", "--set-aside", "--workers", "1").err
    assert invoke("failures", "--set-aside").code == cli.Exit.ALL_READ
    told = invoke("runs").out
    assert told.count("done; ") == 4
    assert "add archive" in told


def test_rereading_what_another_reader_read(invoke: Invoke, archive: Path) -> None:
    invoke("add", "--workers", "1", "archive/c.txt", "archive/a.jsonl")
    before = content(Path("dateline.db"))
    assert "0 new articles" in invoke("reread", "--workers", "1").err, "nothing was read by another one"
    execute(Path("dateline.db"), "INSERT INTO reader VALUES ('older', '0', 'c', 'l', 'm', 'g')")
    execute(Path("dateline.db"), "UPDATE article SET reader_id = 'older' WHERE n < 4")
    assert "3 articles read again" in invoke("reread", "--workers", "1").err
    assert content(Path("dateline.db")) == before
    assert "1 article read again" in invoke("reread", "--workers", "1", "--where", "url = 'https://tal.example/1'").err
    wrong = invoke("reread", "--where", "nowhere = 1")
    assert wrong.code == cli.Exit.USAGE
    assert "columns are: id, title, outlet" in wrong.err
    evil = invoke("reread", "--where", "1); DELETE FROM article; --")
    assert evil.code == cli.Exit.USAGE
    assert content(Path("dateline.db")) == before


def test_the_doctor_says_what_is_wrong(invoke: Invoke, archive: Path) -> None:
    assert "there is no dateline.db yet" in invoke("doctor").out
    invoke("add", "--workers", "1", "archive/a.jsonl")
    well = invoke("doctor")
    assert (well.code, "BAD" in well.out) == (cli.Exit.ALL_READ, False)
    execute(Path("dateline.db"), "DELETE FROM event_place")
    execute(Path("dateline.db"), "DELETE FROM reading WHERE n = 1")
    ill = invoke("doctor")
    assert ill.code == cli.Exit.SOME_FAILED
    assert "BAD  articles and readings" in ill.out
    Path("dateline.db").write_bytes(b"x" * 5000)
    broken = invoke("doctor")
    assert broken.code == cli.Exit.SOME_FAILED
    assert "not a ledger" in broken.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["runs"], "there is no ledger dateline.db; make one with: dateline add"),
        (["failures", "--ledger", "/nowhere/a.db"], "there is no ledger"),
        (["add"], "Missing argument"),
        (["add", "--ledger", ".", "archive"], "is a directory"),
        (["watch", "https://tal.example/feed", "--every", "soon"], "is no time such as"),
        (["add", "--workers", "0", "archive"], "--workers"),
    ],
)
def test_wrong_usage_is_explained(invoke: Invoke, archive: Path, arguments: list[str], complaint: str) -> None:
    outcome = invoke(*arguments)
    assert outcome.code == cli.Exit.USAGE
    assert complaint in outcome.err


@pytest.mark.parametrize(
    ("name", "reason"), [("gone.txt", "there is no such file or folder"), ("a" * 300, "file name too long")]
)
def test_nothing_that_could_be_taken_in(invoke: Invoke, name: str, reason: str) -> None:
    outcome = invoke("add", "--workers", "1", name)
    assert outcome.code == cli.Exit.NOTHING_READ
    assert rows(Path("dateline.db"), "SELECT source, reason FROM failures") == [(name, reason)]
    again = invoke("retry", "--workers", "1")
    assert again.code == cli.Exit.NOTHING_READ, "it still stands"
    assert f"{name}: no longer exists" in again.err


def test_what_failed_before_is_counted_and_not_listed_again(invoke: Invoke, archive: Path) -> None:
    (archive.parent / "bad.csv").write_text("a,b\n1,2\n")
    told = "bad.csv: no column is called text"
    assert told in invoke("add", "bad.csv", "--ledger", "x.db", "--workers", "1").err
    again = invoke("add", "bad.csv", "--ledger", "x.db", "--workers", "1").err
    assert (told in again, "more" in again) == (False, False)
    assert "1 failed as in an earlier run" in again
    assert "dateline retry --ledger x.db tries again" in again


def test_a_damaged_ledger_is_told_before_anything_is_added(invoke: Invoke, archive: Path) -> None:
    invoke("add", "--workers", "1", "archive/c.txt")
    with closing(sqlite3.connect("dateline.db")) as db:
        db.execute("DROP TABLE article")
    outcome = invoke("add", "--dry-run", "archive")
    assert (outcome.code, outcome.err.startswith("dateline: dateline.db: ")) == (cli.Exit.USAGE, True)


def test_failures_are_listed_without_their_articles(invoke: Invoke, archive: Path) -> None:
    invoke("add", "--workers", "1", "archive")
    with closing(connect("dateline.db", read_only=True)) as db:
        for row in failures(db, True):
            assert "Rebellen" not in str(tuple(row))


def test_what_failed_is_told_in_the_order_of_its_names(invoke: Invoke) -> None:
    names = [f"{letter}.txt" for letter in "gdbfaec"]
    told = [line.split()[1] for line in invoke("add", *names, "--workers", "1").err.splitlines() if "no such file" in line]
    assert told == [f"{name}:" for name in sorted(names)]


@pytest.mark.parametrize("feed", ["feed.xml", "http://[", "ftp://example.org/feed", "https:///x"])
def test_what_is_no_address_is_told(invoke: Invoke, feed: str) -> None:
    outcome = invoke("watch", feed, "--once", "--ledger", "x.db")
    assert outcome.code == cli.Exit.USAGE
    assert "https://example.org/page" in outcome.err
    assert not Path("x.db").exists()


def test_a_feed_that_cannot_be_had_fails_the_one_call_for_it(invoke: Invoke) -> None:
    outcome = invoke("watch", "http://dateline.invalid/feed", "--once")
    assert outcome.code == cli.Exit.NOTHING_READ
    assert "check the address" in outcome.err


def test_standard_input(invoke: Invoke) -> None:
    outcome = invoke("add", "--workers", "1", "-", stdin=b'{"text": "Rebels left Talma."}\n{"text": "Police left Talma."}\n')
    assert outcome.code == cli.Exit.ALL_READ
    assert rows(Path("dateline.db"), "SELECT text FROM articles ORDER BY text") == [
        ("Police left Talma.",),
        ("Rebels left Talma.",),
    ]
