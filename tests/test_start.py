"""What a run of the program loads, and help that is kept from one time to the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli import COMMANDS, _needed, app
from dateline.cli.shown import _key

ALL = tuple(dict.fromkeys(COMMANDS.values()))
RUN = "import sys; from dateline.cli import main\ntry: main()\nfinally: print('typer' in sys.modules, file=sys.stderr)"


def test_every_command_is_known_with_the_file_that_it_stands_in() -> None:
    found = {
        each.name or str(getattr(each.callback, "__name__", "")): str(getattr(each.callback, "__module__", "")).split(".")[
            -1
        ]
        for each in app.registered_commands
    }
    groups = {str(group.name): str(group.name) for group in app.registered_groups}
    assert list({**found, **groups}.items()) == list(COMMANDS.items())


@pytest.mark.parametrize(
    ("words", "families"),
    [
        ("read article.txt", ("reading",)),
        ("-v --log-json gazetteer list", ("gazetteer",)),
        ("settings", ALL),
        ("--help", ALL),
        ("", ALL),
        ("reed article.txt", ALL),
        ("read --config=war.toml article.txt", ALL),
    ],
)
def test_a_run_loads_the_file_of_its_command_alone(
    words: str, families: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _needed(words.split()) == families
    (tmp_path / "dateline.toml").touch()
    assert _needed(words.split()) == ALL


@pytest.mark.parametrize("words", ["--help", "gazetteer add -h"])
def test_help_is_put_together_once(words: str, tmp_path: Path) -> None:
    def shown(**more: str) -> tuple[str, bool]:
        told = {**os.environ, "DATELINE_CACHE": str(tmp_path), "COLUMNS": "90", **more}
        done = subprocess.run(
            [sys.executable, "-c", RUN, *words.split()], capture_output=True, text=True, check=True, env=told, cwd=tmp_path
        )
        return done.stdout, done.stderr.strip() == "True"

    first, again, narrow = shown(), shown(), shown(COLUMNS="60")
    assert first == (again[0], True)
    assert "Usage: " in first[0]
    assert not again[1], "the second time it is read from where it is kept"
    assert narrow[1]
    assert narrow[0] != first[0]
    (tmp_path / "help.json").write_text('{"of": []}')
    assert shown() == first


@pytest.mark.parametrize("words", ["", "read article.txt", "read --help article.txt", "--help --version", "-v read --help"])
def test_only_help_is_kept(words: str) -> None:
    assert _key(words.split()) is None
