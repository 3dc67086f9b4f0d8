"""Settings: whatever an option can say can stand in the environment or in dateline.toml, and the order of the three holds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import pytest
import typer
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline.cli import Exit, app
from dateline.cli.settings import commands, settable, variables

PROGRAM: Any = typer.main.get_command(app)
COMMANDS = dict(commands(PROGRAM))
OPTIONS = [(names, key) for names, command in COMMANDS.items() for key in settable(command)]
PLACES = ("flag", "variable of one command", "variable of all", "table", "top")
"""Where a value can come from, in the order in which they count."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with files and folders for the options that want them to be there."""
    monkeypatch.chdir(tmp_path)
    for number in range(len(PLACES)):
        (tmp_path / f"value{number}").mkdir()
        (tmp_path / f"value{number}.txt").write_text("x")
    return tmp_path


def some_value(parameter: Any, number: int) -> Any:
    """A value that an option takes, mostly another one for each number."""
    told = parameter.type_descriptor
    of = get_args(told.annotation)[0] if told.is_list else told.annotation
    value: Any = f"value{number}" + (".txt" if told.parameter_info.dir_okay is False else "")
    if told.choices:
        value = told.choices[number % len(told.choices)].value
    elif of is bool:
        value = number % 2 == 0
    elif of in (int, float):
        value = of(number + 1)
    return [value] if told.is_list else value


def toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


def words(parameter: Any, value: Any) -> list[str]:
    """The value as the command line says it."""
    if isinstance(value, bool):
        return [parameter.opts[0]] if value else parameter.secondary_opts[:1]
    if parameter.param_type_name == "argument":
        return [str(each) for each in (value if isinstance(value, list) else [value])]
    if getattr(parameter, "count", False):
        return [parameter.opts[0]] * value
    return [f"{parameter.opts[0]}={each}" for each in (value if isinstance(value, list) else [value])]


def taken(names: tuple[str, ...], arguments: list[str]) -> Any:
    """The context of a command as it would start to work, with what it would be told."""
    context = PROGRAM.make_context("dateline", list(names))
    context.invoke(PROGRAM.callback, **context.params)
    command = PROGRAM
    for name in names[:-1]:
        command = command.commands[name]
        context = command.make_context(name, ["-"], parent=context)
    return command.commands[names[-1]].make_context(names[-1], arguments, parent=context)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(option=st.sampled_from(OPTIONS), places=st.sets(st.sampled_from(PLACES), min_size=1))
def test_flag_goes_before_variable_before_file(folder: Path, option: tuple[tuple[str, ...], str], places: set[str]) -> None:
    names, key = option
    command = COMMANDS[names]
    parameter = settable(command)[key]
    for_all = parameter.param_type_name == "option"
    values = {place: some_value(parameter, number) for number, place in enumerate(PLACES)}
    said = {
        place: values[place] for place in PLACES if place in places and (for_all or place not in ("variable of all", "top"))
    }
    assume(said)
    needed = [each for each in command.params if each.required and each is not parameter]
    arguments = [word for each in needed for word in words(each, some_value(each, 0))]
    arguments += words(parameter, said["flag"]) if "flag" in said else []
    of_one, *_, of_all = [*variables(names, parameter), ""] if not for_all else variables(names, parameter)
    as_text = {place: " ".join(map(str, v)) if isinstance(v, list) else str(v) for place, v in said.items()}
    environ = {
        name: as_text[place]
        for place, name in (("variable of all", of_all), ("variable of one command", of_one))
        if place in said
    }
    file = f"{key} = {toml(said['top'])}\n" if "top" in said else ""
    file += f"[{'.'.join(names)}]\n{key} = {toml(said['table'])}\n" if "table" in said else ""
    (folder / "dateline.toml").write_text(file)
    with patch.dict(os.environ, environ):
        got = taken(names, arguments).params[parameter.name]
    expected = next(said[place] for place in PLACES if place in said)
    plain = [str(getattr(each, "value", each)) for each in (got if isinstance(got, list) else [got])]
    assert plain == [str(each) for each in (expected if isinstance(expected, list) else [expected])]


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ('ledger = "a.db"\nledgr = "b.db"\n', "dateline.toml:2: there is no option 'ledgr' of dateline; did you mean 'ledger'?"),
        ("[events]\n\nmin_confidence = 0.5\n", "dateline.toml:3: there is no option 'min_confidence' of dateline events; did you mean"),
        ("[evnts]\nlimit = 3\n", "dateline.toml:1: there is no option 'evnts' of dateline; did you mean 'events'?"),
        ("feeds = ['x']\n", "dateline.toml:1: there is no option 'feeds' of dateline"),
        ("# a\nlimit = 'three'\n", "dateline.toml:2: limit = 'three': it has to be a whole number"),
        ("country = 'AFG'\n", "dateline.toml:1: country = 'AFG': it has to be a list in square brackets, each a text in quotes"),
        ("[events]\nformat = 'html'\n", "dateline.toml:2: format: "),
        ("[events]\nlimit = -1\n", "dateline.toml:2: limit: "),
        ("sql = 1\n", "dateline.toml:1: sql = 1: it has to be true or false"),
        ("ledger = \n", "dateline.toml:1: not valid TOML: "),
        ('"ledger" = 1\n', "dateline.toml:1: ledger = 1: it has to be a text in quotes"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_said_with_its_line(folder: Path, file: str, complaint: str) -> None:
    (folder / "dateline.toml").write_text(file)
    done = CliRunner().invoke(app, ["events"])
    assert done.exit_code == Exit.USAGE
    assert f"dateline: {complaint}" in done.stderr
    assert done.stdout == ""


def test_a_wrong_variable_is_named(folder: Path) -> None:
    done = CliRunner().invoke(app, ["events"], env={"DATELINE_EVENTS_LIMIT": "few"})
    assert (done.exit_code, done.stdout) == (Exit.USAGE, "")
    assert done.stderr.startswith("dateline: DATELINE_EVENTS_LIMIT: limit: ")


def test_paths_in_a_file_are_taken_from_its_folder(folder: Path) -> None:
    (folder / "value0" / "own.toml").write_text('ledger = "war.db"\n')
    for arguments in (["--config", "value0/own.toml", "events"], ["events", "--config", "value0/own.toml"]):
        assert "there is no ledger value0/war.db" in CliRunner().invoke(app, arguments).stderr
    assert (
        "there is no ledger value0/war.db"
        in CliRunner().invoke(app, ["events"], env={"DATELINE_CONFIG": "value0/own.toml"}).stderr
    )
    gone = CliRunner().invoke(app, ["events", "--config", "gone.toml"])
    assert (gone.exit_code, gone.stderr) == (
        Exit.USAGE, "dateline: gone.toml: there is no such file; dateline init gone.toml writes one\n"
    )  # fmt: skip
