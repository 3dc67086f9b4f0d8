"""Values of options that the command line did not give: from DATELINE_* variables, else from dateline.toml, else what is built in.

One mechanism for every option of every command: its key in the file is its long name (`min-confidence`), at the top for all
commands that have it or in a table for one (`[events]`, `[gazetteer.add]`); its variable is DATELINE_MIN_CONFIDENCE for all or
DATELINE_EVENTS_MIN_CONFIDENCE for one. What is said for one command goes before what is said for all. Arguments that take several
values (the feeds of `watch`) can be set for their command alone. Paths in the file are taken from the folder of the file.
"""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any, get_args

import typer
from typer.core import TyperGroup, TyperOption

FILE = "dateline.toml"
PREFIX = "DATELINE_"
NEVER_SET = frozenset({"help", "version", "config", "install_completion", "show_completion"})
KINDS = {bool: "true or false", int: "a whole number", float: "a number"}
HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")

type Names = tuple[str, ...]
"""The words of a command or the tables of a key: ("gazetteer", "add")."""


class SettingsError(ValueError):
    """A setting is wrong; the message starts with `file:line:` or with the name of the variable, and says what can stand there."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value as the option takes it, and where it comes from: `dateline.toml:3` or `DATELINE_WORKERS`."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file: its values by their keys, `("ledger",)` or `("events", "since")`, and the line of each key."""

    path: Path
    values: Mapping[Names, Any]
    lines: Mapping[Names, int]

    def at(self, key: Names) -> str:
        """Where a key stands, as `file:line`."""
        return f"{self.path}:{self.lines.get(key, 1)}"


def load(program: Any, path: Path | None = None) -> SettingsFile | None:
    """The settings file of a program: the one that is named, else ./dateline.toml where there is one.

    Raises:
        SettingsError: the named file cannot be read, it is not TOML, or it has a key that no command has.
    """
    file = path or Path(FILE)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if path is None:
            return None
        raise SettingsError(f"{file}: there is no such file; dateline init {file} writes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: it cannot be read: {getattr(error, 'strerror', None) or error}") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise SettingsError(f"{file}:{at.group(1) if at else 1}: not valid TOML: {error}") from error
    found = SettingsFile(file, {}, dict(_lines(text)))
    return replace(found, values=dict(_values(found, tables, dict(commands(program)))))


def _values(
    file: SettingsFile, table: Mapping[str, Any], known: Mapping[Names, Any], at: Names = ()
) -> Iterator[tuple[Names, Any]]:
    """Every value in a table and those below it; those with a key that no command has are an error."""
    everywhere = {key for command in known.values() for key, each in settable(command).items() if _is_option(each)}
    keys = set(settable(known[at])) if at in known else everywhere if not at else set()
    inner = {names[len(at)] for names in known if names[: len(at)] == at and len(names) > len(at)}
    for key, value in table.items():
        here = (*at, key)
        if key in inner and isinstance(value, Mapping):
            yield from _values(file, value, known, here)
        elif key in keys:
            yield here, value
        else:
            raise SettingsError(f"{file.at(here)}: {_unknown(key, at, keys | inner)}")


def _unknown(key: str, at: Names, allowed: set[str]) -> str:
    near = get_close_matches(key.replace("_", "-"), sorted(allowed), 1, 0.6)
    hint = f"did you mean {near[0]!r}?" if near else "dateline init --all writes a file with every option"
    return f"there is no option {key!r} of {' '.join(('dateline', *at))}; {hint}"


def _lines(text: str) -> Iterator[tuple[Names, int]]:
    """Every key and table with its line."""
    table: Names = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _parts(header[1])
            yield table, number
        elif key := KEY.match(line):
            yield (*table, *_parts(key[1])), number


def _parts(dotted: str) -> Names:
    return tuple(
        re.sub(r"^[\"'](.*)[\"']$", r"\1", part.strip()) for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", dotted)
    )


# -- which options there are -------------------------------------------------------------------------------------------


def commands(program: Any, names: Names = ()) -> Iterator[tuple[Names, Any]]:
    """Every command below a program or group, with its words."""
    for name, command in program.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name), command


def key_of(parameter: Any) -> str:
    """The name of an option or argument in the file."""
    long = [name.removeprefix("--") for name in parameter.opts if name.startswith("--")]
    return long[0] if long else str(parameter.name)


def settable(command: Any) -> dict[str, Any]:
    """The options of a command that can be set, and its arguments that take several values, by their names in the file."""
    return {
        key_of(each): each
        for each in command.params
        if each.name not in NEVER_SET and (_is_option(each) or each.nargs == -1)
    }


def _is_option(parameter: Any) -> bool:
    return isinstance(parameter, TyperOption)


def variables(names: Names, parameter: Any) -> Iterator[str]:
    """The environment variables of an option, in the order in which they count."""
    key = key_of(parameter).replace("-", "_").upper()
    yield PREFIX + "_".join([*(name.replace("-", "_").upper() for name in names), key])
    if _is_option(parameter):
        yield from [parameter.envvar] if isinstance(parameter.envvar, str) else parameter.envvar or ()
        yield PREFIX + key


# -- what is in force ----------------------------------------------------------------------------------------------------


def in_force(
    names: Names, command: Any, file: SettingsFile | None, environ: Mapping[str, str] = os.environ
) -> dict[str, Setting]:
    """What environment and file say about the options of a command, by the names in the file; what nobody sets is left out.

    Raises:
        SettingsError: a value is of another kind than the option takes.
    """
    found: dict[str, Setting] = {}
    for key, parameter in settable(command).items():
        told = next((name for name in variables(names, parameter) if environ.get(name)), None)
        if told is not None:
            found[key] = Setting(_from_text(parameter, environ[told]), told)
            continue
        places = ((*names, key), (key,)) if _is_option(parameter) else ((*names, key),)
        place = next((place for place in places if file is not None and place in file.values), None)
        if file is not None and place is not None:
            found[key] = Setting(_from_toml(parameter, file.values[place], file, place), file.at(place))
    return found


def valued(context: typer.Context, parameter: Any, setting: Setting) -> Any:
    """The value as the command gets it.

    Raises:
        SettingsError: the option does not take it.
    """
    try:
        return parameter.process_value(context, setting.value)
    except typer.BadParameter as error:
        raise SettingsError(f"{setting.origin}: {key_of(parameter)}: {error.message}") from error


def _from_text(parameter: Any, text: str) -> Any:
    """The value of a variable. Several stand beside each other, in quotes where they hold spaces; folders with the path separator."""
    if not parameter.type_descriptor.is_list:
        return text
    return text.split(os.pathsep) if get_args(parameter.type_descriptor.annotation)[0] is Path else shlex.split(text)


def _from_toml(parameter: Any, value: Any, file: SettingsFile, place: Names) -> Any:
    """The value of a key, checked for its kind; tables of a list's option become NAME=VALUE."""
    annotation = parameter.type_descriptor.annotation
    several = parameter.type_descriptor.is_list
    of = get_args(annotation)[0] if several else annotation
    if several and of is str and isinstance(value, Mapping):
        return [f"{name}={each}" for name, each in value.items()]
    values = value if isinstance(value, list) else [value]
    if isinstance(value, list) != several or not all(_is(of, each) for each in values):
        raise SettingsError(f"{file.at(place)}: {place[-1]} = {value!r}: it has to be {_kind(of, several)}")
    taken = [
        _path(each, file) if issubclass(of, Path) else each.isoformat() if isinstance(each, date) else each
        for each in values
    ]
    return taken if several else taken[0]


def _is(of: type, value: Any) -> bool:
    if of is bool or isinstance(value, bool):
        return of is bool and isinstance(value, bool)
    if of is int:
        return isinstance(value, int)
    if of is float:
        return isinstance(value, int | float)
    return isinstance(value, str) or (of is str and isinstance(value, date))


def _kind(of: type, several: bool) -> str:
    text = f"one of {', '.join(str(each.value) for each in of)}" if issubclass(of, Enum) else "a text in quotes"
    kind = KINDS.get(of, text)
    return f"a list in square brackets, each {kind}" if several else kind


def _path(written: str, file: SettingsFile) -> str:
    return written if written == "-" else str(file.path.parent / Path(written).expanduser())
