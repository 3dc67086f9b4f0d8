"""The first minutes: the demo, the settings file that init writes, completion in the shell, exit codes that the docs tell."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dateline import cli
from dateline.cli.demo import example
from dateline.cli.init import template
from dateline.cli.settings import commands, load, settable
from tests.test_cli import Invoke, invoke

__all__ = ["invoke"]

ROOT = Path(__file__).parents[1]
PROGRAM = typer.main.get_command(cli.app)


def test_the_demo_builds_a_ledger_and_prints_what_happened(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tmp_path / "offensive"
    shutil.copytree(example(), short)
    articles = (short / "articles.jsonl").read_text().splitlines(keepends=True)
    (short / "articles.jsonl").write_text("".join(articles[:3]))
    monkeypatch.setattr("dateline.cli.demo.example", lambda: short)
    cache = os.environ.get("DATELINE_CACHE")
    outcome = invoke("demo", tmp_path / "war", "--no-serve", "--workers", "1")
    assert outcome.code == 0
    assert "3 Mar 2031" in outcome.out
    assert "3 new articles" in outcome.err
    db = sqlite3.connect(tmp_path / "war" / "dateline.db")
    assert db.execute("SELECT count(*) FROM article").fetchone() == (3,)
    assert db.execute("SELECT count(*) FROM incident").fetchone() > (0,)
    db.close()
    assert os.environ.get("DATELINE_CACHE") == cache
    assert "3 known" in invoke("demo", tmp_path / "war", "--no-serve", "--workers", "1").err


def test_what_init_writes_says_nothing_and_can_say_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run = CliRunner()
    assert run.invoke(cli.app, ["init"]).stdout.startswith("wrote dateline.toml")
    assert tomllib.loads(Path("dateline.toml").read_text()) == {}
    assert "nothing is set" in run.invoke(cli.app, ["settings"]).stdout
    again = run.invoke(cli.app, ["init"])
    assert (again.exit_code, "--force" in again.stderr) == (cli.Exit.USAGE, True)
    for everything in (False, True):
        told = re.sub(r"^# (?=\S+ = |\[)", "", template(PROGRAM, everything), flags=re.MULTILINE)
        Path("dateline.toml").write_text(told)
        file = load(PROGRAM)
        assert file is not None
        keys = {key for _, command in commands(PROGRAM) for key in settable(command)}
        assert {names[-1] for names in file.values} >= (
            keys if everything else {"ledger", "lexicon", "what", "feeds", "port"}
        )
    Path("lexicon").mkdir()
    Path("dateline.toml").write_text(re.sub(r"^# (?=\S+ = |\[)", "", template(PROGRAM), flags=re.MULTILINE))
    shown = run.invoke(cli.app, ["settings"]).stdout
    assert 'ledger = "dateline.db"   # dateline.toml:' in shown
    assert re.search(r'every = "15m"   # dateline.toml:\d+, for watch', shown)


def test_settings_shows_what_is_in_force_and_where_it_comes_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dateline.toml").write_text("workers = 3\n[watch]\nevery = '1h'\nfeeds = ['https://example.org/feed.xml']\n")
    done = CliRunner().invoke(cli.app, ["settings", "watch", "--json"], env={"DATELINE_WORKERS": "5"})
    rows = {row["option"]: (row["value"], row["from"]) for row in map(json.loads, done.stdout.splitlines())}
    assert rows["workers"] == (5, "DATELINE_WORKERS")
    assert rows["every"] == ("1h", "dateline.toml:3")
    assert rows["feeds"] == (["https://example.org/feed.xml"], "dateline.toml:4")
    assert rows["once"] == (False, "built in")
    Path("dateline.toml").write_text("workers = 0\n")
    wrong = CliRunner().invoke(cli.app, ["settings"])
    assert wrong.exit_code == cli.Exit.USAGE
    assert wrong.stderr.startswith("dateline: dateline.toml:1: workers: ")


def test_outlets_reliability_stands_in_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("dateline.toml").write_text("[reliability]\n'Harbour Radio' = 0.5\n")
    assert "Harbour Radio=0.5" in CliRunner().invoke(cli.app, ["settings"]).stdout
    Path("dateline.toml").write_text("[reliability]\n'Harbour Radio' = 5\n")
    wrong = CliRunner().invoke(cli.app, ["control"])
    said = " ".join(wrong.stderr.replace("│", " ").split())  # however wide the frame around it is
    assert (wrong.exit_code, "a number from 0 to 1" in said) == (cli.Exit.USAGE, True)


def test_help_speaks_of_no_types_of_python() -> None:
    for words in ([], ["read"], ["gazetteer"], ["gazetteer", "add"], ["correct"]):
        shown = CliRunner().invoke(cli.app, [*words, "--help"]).stdout
        assert "--help" in shown
        assert not re.search(r"<(bool|str|path|file|list)\b", shown), words


def completed(shell: str, words: str) -> str:
    """What the program answers when a shell asks how a word may go on."""
    variables = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), "_TYPER_COMPLETE_ARGS": words}
    asked = {**os.environ, "_DATELINE_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_FISH_ACTION": "get-args", **variables}
    command = [sys.executable, "-c", "from dateline.cli import app; app(prog_name='dateline')"]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=asked).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options(shell: str) -> None:
    assert "timeline" in completed(shell, "dateline time")
    assert "--min-confidence" in completed(shell, "dateline events --min")


@pytest.mark.parametrize(
    ("shell", "mark"),
    [("bash", "complete -o default"), ("zsh", "#compdef dateline"), ("fish", "complete --command dateline")],
)
def test_the_shells_take_the_script(shell: str, mark: str) -> None:
    asked = {**os.environ, "_DATELINE_COMPLETE": f"source_{shell}"}
    command = [sys.executable, "-c", "from dateline.cli import app; app(prog_name='dateline')"]
    script = subprocess.run(command, capture_output=True, text=True, check=False, env=asked).stdout
    assert mark in script
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script, text=True, check=True)


def test_the_docs_tell_every_exit_code() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for code in cli.Exit:
        assert f"| {code.value} | {code.meaning} |" in page
