"""What is said on standard error: in words, as JSON lines, without colours where nobody watches."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import Exit, app
from dateline.language import SpacyParser

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "dateline"]
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


def test_json_lines_are_json_whatever_they_say(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.json").write_text('{"text": "Reb')
    done = subprocess.run([*COMMAND, "--log-json", "read", str(tmp_path)], capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == Exit.NOTHING_READ
    assert [line["level"] for line in lines] == ["error", "error"]
    assert lines[0].keys() == {"time", "level", "logger", "message"}
    assert "not valid JSON" in lines[0]["message"]


@pytest.mark.parametrize(("flags", "levels"), [((), set()), (("-v",), {"info"}), (("-vv",), {"info", "debug"})])
def test_v_says_what_is_done_and_vv_more(
    flags: tuple[str, ...], levels: set[str], tmp_path: Path, parser: SpacyParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.reader.load_parser", lambda name=None: parser)
    article = tmp_path / "a.txt"
    article.write_text("Rebels seized the town of Talma on Monday.")
    done = CliRunner().invoke(app, ["read", str(article), "-f", "jsonl", "--log-json", *flags])
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {line["level"] for line in lines} == levels
    if flags:
        (read,) = [line for line in lines if line["message"].startswith("read ")]
        assert read["article"] == "a"
        assert read["events"] == 1


@pytest.mark.parametrize(
    ("environ", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["plain", "NO_COLOR", "dumb"],
)
def test_colours_are_for_terminals_that_want_them(environ: dict[str, str], coloured: bool) -> None:
    ours, theirs = pty.openpty()
    outside = {"TERM": "xterm-256color", **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}, **environ}
    done = subprocess.Popen([*COMMAND, "read", "--help"], stdout=theirs, stderr=theirs, env=outside)
    os.close(theirs)
    shown = b""
    try:
        while more := os.read(ours, 4096):
            shown += more
    except OSError:  # how the end of a terminal is told
        pass
    os.close(ours)
    assert done.wait() == 0
    assert bool(re.search(rb"\x1b\[[0-9;]*3[0-9]m", shown)) == coloured
    piped = subprocess.run([*COMMAND, "read", "--help"], capture_output=True, check=True, env=outside)
    assert b"\x1b" not in piped.stdout
