"""Where output goes: files that appear whole, links, devices, pipes, a full disk, and no standard output at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline import cli
from tests.server.making import make
from tests.server.readings import readings

FULL = Path("/dev/full")
full_disk = pytest.mark.skipif(not FULL.is_char_device(), reason="this system has no /dev/full")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("output") / "war.db", readings()[:3])


def run(ledger: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli.app, ["events", "--ledger", str(ledger), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.stderr


def alone(words: str, **how: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    shell = f"{sys.executable} -m dateline {words}"
    return subprocess.run(shell, shell=True, check=False, capture_output=True, text=True, **how)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_a_link_stays_one(ledger: Path, format: str, tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to(real)
    assert run(ledger, "--format", format, "-o", str(link)) == (cli.Exit.ALL_READ, "")
    assert link.is_symlink()
    assert real.stat().st_size
    assert sorted(tmp_path.iterdir()) == [link, real]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_not_replaced(ledger: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    came: list[str] = []
    reading = threading.Thread(target=lambda: came.append(pipe.read_text()), daemon=True)
    reading.start()
    assert run(ledger, "--format", "csv", "-o", str(pipe)) == (cli.Exit.ALL_READ, "")
    reading.join(10)
    assert came[0].startswith("id,")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@full_disk
def test_a_full_disk_is_blamed_on_what_is_written(ledger: Path, tmp_path: Path) -> None:
    code, told = run(ledger, "--format", "csv", "-o", str(FULL))
    assert (code, told) == (cli.Exit.USAGE, "dateline: /dev/full: no space left on device\n")
    assert FULL.is_char_device()
    for words in (f"events --ledger {ledger}", f"runs --ledger {ledger}", "schema", "schema --help"):
        done = alone(f"{words} > /dev/full")
        assert (done.returncode, "standard output: no space left on device" in done.stderr) == (cli.Exit.USAGE, True)
        assert "Traceback" not in done.stderr


def test_where_nothing_can_be_written_the_place_that_was_asked_for_is_named(ledger: Path, tmp_path: Path) -> None:
    code, told = run(ledger, "--format", "csv", "-o", str(tmp_path / "none" / "a.csv"))
    assert (code, told) == (cli.Exit.USAGE, f"dateline: {tmp_path / 'none' / 'a.csv'}: no such file or directory\n")


def test_parquet_goes_to_standard_output_by_a_dash(ledger: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dateline", "events", "--ledger", str(ledger), "--format", "parquet", "-o", "-"],
        check=True, capture_output=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.startswith(b"PAR1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="a POSIX shell closes it")
def test_without_standard_output_a_command_does_its_work(ledger: Path) -> None:
    done = alone(f"events --ledger {ledger} >&-")
    assert (done.returncode, done.stderr) == (0, "")
