"""The server as a process of its own: it starts, says where, is read by many while articles come in, and stops when told to."""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from benchmarks.serving import filled, read_at_once, served
from dateline.cli import Exit, app
from tests.server.making import add, make
from tests.server.readings import readings

READERS = 50


def test_many_read_while_articles_come_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    every = readings()
    ledger = make(tmp_path / "war.db", every[:20])
    with served(ledger) as port:
        addresses = filled(port)
        over = threading.Event()

        def ingest() -> None:
            for reading in every[20:32]:
                add(ledger, reading)
                over.wait(0.02)
            over.set()

        writer = threading.Thread(target=ingest)
        writer.start()
        seconds, wrong = read_at_once(port, addresses, READERS, over)
        writer.join()
        assert not wrong, wrong[:3]
        assert len(seconds) >= READERS
        assert _merged(port, 32), "the page follows what is taken in"
    with capsys.disabled():
        print(
            f"\n{READERS} readers during an ingest: {len(seconds)} answers, median {statistics.median(seconds) * 1e3:.0f} ms"
        )


def _merged(port: int, articles: int) -> bool:
    for _ in range(60):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/api/meta")
        meta = json.loads(connection.getresponse().read())
        if meta["counts"]["articles"] == articles and meta["behind"] == 0:
            return True
        threading.Event().wait(0.25)
    return False


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words], env={"COLUMNS": "200", "NO_COLOR": "1"})


def test_without_a_ledger_it_says_how_to_make_one(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.db")
    for words in (("serve", missing, "--no-open", "--port", "0"), ("report", str(tmp_path / "r.html"), "--ledger", missing)):
        done = run(*words)
        assert done.exit_code == Exit.USAGE
        assert "dateline add" in done.output
    assert not list(tmp_path.iterdir())


def test_a_port_that_is_in_use_is_told(war: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", str(war), "--no-open", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == Exit.USAGE
    assert "--port" in done.output


def test_an_address_that_is_nobodys_is_told(war: Path) -> None:
    done = run("serve", str(war), "--no-open", "--host", "203.0.113.99", "--port", "0")
    assert done.exit_code == Exit.USAGE
    assert "203.0.113.99" in done.output


def test_a_short_token_is_refused(war: Path) -> None:
    done = run("serve", str(war), "--no-open", "--token", "abc")
    assert done.exit_code == Exit.USAGE


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("no database at all, but some text that is long enough to be looked at " * 20)
    done = run("serve", str(tmp_path / "notes.db"), "--no-open", "--port", "0")
    assert done.exit_code == Exit.USAGE
    assert "ledger" in done.output
