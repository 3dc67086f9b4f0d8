"""`dateline init` and `dateline settings`: a commented settings file to start from, and what is in force and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Any

import typer

from dateline.cli.base import Exit, app, complain
from dateline.cli.settings import FILE, Setting, SettingsError, commands, in_force, load, settable, valued

HEAD = """\
# Settings of Dateline. Take the # off a line to set it. What stands at the top holds for every command that has the option, what
# stands in the table of a command for that one. The command line goes before DATELINE_* variables, and they go before this file.
# Paths are taken from the folder of this file. `dateline settings` shows what is in force and where it comes from.
"""
TO_START_WITH: dict[tuple[str, ...], dict[str, Any]] = {
    (): {"ledger": "dateline.db", "lexicon": ["lexicon"], "model": "en_core_web_lg", "workers": 2,
         "reliability": {"Northwire": 0.9, "Harbour Radio": 0.6}},
    ("gazetteer", "add"): {"what": ["AFG", "places.txt"]},
    ("watch",): {"feeds": ["https://example.org/feed.xml"], "every": "15m"},
    ("serve",): {"host": "127.0.0.1", "port": 8321},
}  # fmt: skip
"""What most people set, with examples; keys that no command has are left out."""


@app.command()
def init(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="Where to write it.", dir_okay=False)] = Path(FILE),
    everything: Annotated[
        bool, typer.Option("--all", help="Every option of every command, not only what most people set.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")] = False,
) -> None:
    """Write a commented settings file: ledger, model, lexicons, gazetteers, reliability of outlets, feeds, host and port.

    [bold]Examples[/bold]

    [cyan]dateline init[/cyan]   dateline.toml, which all commands use in this folder

    [cyan]dateline init war.toml --all[/cyan]   for dateline --config war.toml
    """
    if file.exists() and not force:
        complain(f"{file}: already exists; --force overwrites it, dateline settings shows what it says")
        raise typer.Exit(Exit.USAGE)
    try:
        file.write_text(template(context.find_root().command, everything), encoding="utf-8")
    except OSError as error:
        complain(f"{file}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(Exit.USAGE) from error
    print(f"wrote {file}; dateline settings shows what is in force")


@app.command()
def settings(
    context: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND]", help="Only the options of this command, with their defaults.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one setting a line.")] = False,
) -> None:
    """Check the settings file and the DATELINE_* variables, and show each value in force and where it comes from.

    [bold]Examples[/bold]

    [cyan]dateline settings[/cyan]   everything that is set, for all commands

    [cyan]dateline settings watch[/cyan]   every option of one command, with the built-in defaults
    """
    root = context.find_root()
    try:
        file = load(root.command, context.params["config"] or root.obj.config)
        shown = {names: each for names, each in commands(root.command) if not command or names == tuple(command)}
        if not shown:
            complain(f"there is no command {' '.join(command or ())!r}; dateline --help lists them")
            raise typer.Exit(Exit.USAGE)
        rows: dict[tuple[str, str, str], list[str]] = {}
        for names, each in shown.items():
            for row in _rows(context, each, in_force(names, each, file), bool(command)):
                rows.setdefault(row, []).append(" ".join(names))
    except SettingsError as error:
        complain(str(error))
        raise typer.Exit(Exit.USAGE) from error
    for (key, value, origin), who in rows.items():
        if as_json:
            print(
                json.dumps({"option": key, "value": json.loads(value), "from": origin, "commands": who}, ensure_ascii=False)
            )
        else:
            print(f"{key} = {value}   # {origin}" + (f", for {who[0]}" if len(who) == 1 and not command else ""))
    if not rows and not as_json:
        print(f"nothing is set: no DATELINE_* variable, and {f'nothing in {file.path}' if file else f'no {FILE} here'}")


def _rows(
    context: typer.Context, command: Any, found: Mapping[str, Setting], defaults: bool
) -> Iterator[tuple[str, str, str]]:
    """The settings of a command: key, value as JSON, origin."""
    for key, parameter in settable(command).items():
        if key in found:
            yield key, _as_json(valued(context, parameter, found[key])), found[key].origin
        elif defaults:
            yield key, _as_json(parameter.get_default(context)), "built in"


def template(program: Any, everything: bool = False) -> str:
    """A settings file for a program, in which every line is a comment yet.

    Args:
        program: the command line.
        everything: every option of every command, not only what most people set.
    """
    return "\n".join([HEAD, *_lines(program, everything), ""])


def _lines(program: Any, everything: bool) -> Iterator[str]:
    known = dict(commands(program))
    for table, examples in (_every(known) if everything else TO_START_WITH).items():
        if table and table not in known:
            continue
        options = settable(known[table]) if table else {k: v for each in known.values() for k, v in settable(each).items()}
        if table:
            yield f"\n# [{'.'.join(table)}]"
        for key, example in examples.items():
            if key in options:
                yield from wrap(options[key].help or "", 126, initial_indent="#   ", subsequent_indent="#   ")
                yield f"# {key} = {_as_toml(example)}"


def _every(known: Mapping[tuple[str, ...], Any]) -> dict[tuple[str, ...], dict[str, Any]]:
    """Every option with what is built in: those that several commands have at the top, the others in their tables."""
    having = Counter(key for command in known.values() for key, each in settable(command).items() if each.nargs == 1)
    found: dict[tuple[str, ...], dict[str, Any]] = {(): {}}
    for names, command in known.items():
        for key, parameter in settable(command).items():
            found.setdefault(() if having[key] > 1 else names, {})[key] = _built_in(parameter)
    return found


def _built_in(parameter: Any) -> Any:
    """The value that an option has where nobody says anything, or an empty one of its kind."""
    told = parameter.type_descriptor
    default = parameter.default
    if default is not None and default != ():
        return default
    return (
        []
        if told.is_list
        else told.choices[0]
        if told.choices
        else told.annotation(0)
        if told.annotation in (int, float, bool)
        else ""
    )


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda each: getattr(each, "value", None) or str(each))


def _as_toml(value: Any) -> str:
    """A value in TOML, whose texts, numbers and lists are written as in JSON."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_as_json(name)} = {_as_toml(each)}" for name, each in value.items()) + " }"
    return _as_json(value)
