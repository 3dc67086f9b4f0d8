"""What every command shares: the program itself, its settings, exit codes, where output goes."""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from enum import IntEnum
from functools import wraps
from inspect import Parameter, Signature, cleandoc, signature
from pathlib import Path
from typing import IO, Annotated, Any, get_args

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from dateline.appearing import appearing
from dateline.cli.logs import complain, report, start_logging, warn, watched
from dateline.cli.settings import Setting, SettingsError, in_force, load, settable, valued

__all__ = [
    "Exit",
    "Program",
    "app",
    "complain",
    "destination",
    "is_stdout",
    "replacing",
    "report",
    "user",
    "warn",
    "watched",
]

WIDTH_WHEN_PIPED = 160


class Exit(IntEnum):
    """What the exit code says."""

    ALL_READ = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING_READ = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141

    @property
    def meaning(self) -> str:
        """In words."""
        return {
            Exit.ALL_READ: "done, without a failure",
            Exit.SOME_FAILED: "done, but something failed or was found to be wrong",
            Exit.USAGE: "nothing done: wrong usage, settings, model, lexicon or ledger; the message says what to do",
            Exit.NOTHING_READ: "nothing could be done, or there was nothing to work on",
            Exit.INTERRUPTED: "interrupted (Ctrl-C); what was written until then is whole",
            Exit.PIPE_CLOSED: "the reader of the output closed it",
        }[self]


Config = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", envvar="DATELINE_CONFIG", show_envvar=False, is_eager=True,
        help="The settings file; by default ./dateline.toml, if it exists.",
    ),
]  # fmt: skip
Verbose = Annotated[
    int, typer.Option("--verbose", "-v", count=True, metavar="", help="Report what is done; -vv reports more.", show_default=False)
]  # fmt: skip
LogJson = Annotated[bool, typer.Option("--log-json", help="Log as JSON lines on standard error.")]


@dataclass(frozen=True, slots=True)
class _Told:
    """What stood before the command: `dateline -v --config war.toml events`."""

    config: Path | None
    verbose: int
    log_json: bool


class _Plain:
    """Help without types of Python: Typer would write "<bool>" behind an option that takes no value, "<list[str]>" behind arguments."""

    def get_params(self, ctx: Any) -> list[Any]:
        """As Click asks for them."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for each in params:
            if isinstance(each, TyperArgument):
                vars(each)["display_type_rich"] = lambda ctx: None
            elif each.is_flag and each.metavar is None:
                each.metavar = ""
        return params


class _Command(_Plain, TyperCommand):
    """A command with plain help."""


class _Group(_Plain, TyperGroup):
    """A program, or a group of commands, with plain help."""


class Program(typer.Typer):
    """A program whose every command takes --config, -v and --log-json, and what it is not told from the settings."""

    def __init__(self, **told: Any) -> None:
        super().__init__(**{"cls": _Group, **told})

    def command(self, name: str | None = None, **told: Any) -> Callable[[Any], Any]:
        """As `Typer.command`: lines of the docstring are joined, and the common options are added."""

        def take(function: Callable[..., Any]) -> Callable[..., Any]:
            text = _unwrapped(told.get("help") or function.__doc__ or "")
            super(Program, self).command(name, **{"cls": _Command, **told, "help": text})(_equipped(function))
            return function

        return take


def _unwrapped(text: str) -> str:
    """A text whose paragraphs are one line each: what shows it breaks lines where its own width asks for it."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", cleandoc(text))


def _equipped(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function as a command that starts logging and takes its settings before it works."""
    own = list(signature(function, eval_str=True).parameters.values())
    asks_context = any(each.name == "context" for each in own)
    shared = {
        "context": typer.Context,
        "config": _hidden(Config, callback=_settle),
        "verbose": _hidden(Verbose),
        "log_json": _hidden(LogJson),
    }
    defaults = {"config": None, "verbose": 0, "log_json": False}

    @wraps(function)
    def command(context: typer.Context, config: Path | None, verbose: int, log_json: bool, **told: Any) -> Any:
        before = context.find_root().obj
        start_logging(max(verbose, before.verbose), log_json or before.log_json)
        with _told_of_places():
            return function(**told, **({"context": context} if asks_context else {}))

    made: Any = command
    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=defaults.get(name, Parameter.empty), annotation=annotation)
        for name, annotation in shared.items()
    ]
    made.__signature__ = Signature(
        [*(each.replace(kind=Parameter.KEYWORD_ONLY) for each in own if each.name != "context"), *parameters]
    )
    made.__annotations__ = {each.name: each.annotation for each in made.__signature__.parameters.values()}
    return command


@contextmanager
def _told_of_places() -> Iterator[None]:
    """End the command with a complaint where the gazetteer cannot be had: almost every command may be the first that needs it."""
    try:
        yield
    except typer.Exit:
        raise
    except RuntimeError as error:
        from dateline.gazetteer.cache import GazetteerError

        if not isinstance(error, GazetteerError):
            raise
        complain(str(error))
        raise typer.Exit(Exit.USAGE) from error


def _hidden(annotated: Any, **more: Any) -> Any:
    """An option of the program as its commands have it: it may stand behind them too, and is explained once."""
    of, option = get_args(annotated)
    hidden = copy(option)
    vars(hidden).update(hidden=True, **more)
    return Annotated[of, hidden]


def _settle(context: typer.Context, config: Path | None) -> Path | None:
    """Let a command have what environment and file say, before its own options are looked at."""
    if context.resilient_parsing:
        return config
    try:
        found = _settings(context, config)
    except SettingsError as error:
        complain(str(error))
        raise typer.Exit(Exit.USAGE) from error
    context.default_map = {settable(context.command)[key].name: setting.value for key, setting in found.items()}
    return config


def _settings(context: typer.Context, config: Path | None) -> dict[str, Setting]:
    """What environment and file say about the options of a command.

    Raises:
        SettingsError: something is wrong with it.
    """
    root = context.find_root()
    names = tuple(context.command_path.split()[len(root.command_path.split()) :])
    found = in_force(names, context.command, load(root.command, config or root.obj.config))
    for key, setting in found.items():
        valued(context, settable(context.command)[key], setting)
    return found


ABOUT = """Turn news into data that people can check: who did what to whom, when, where, according to whom.

    Every option can also be set in dateline.toml (`dateline init` writes one) or in an environment variable: --ledger as `ledger` or
    DATELINE_LEDGER. The command line overrides the variable, the variable overrides the file. --config, -v and --log-json may be
    given before or after the command.

    [bold]Examples[/bold]

    [cyan]dateline demo[/cyan]   see what it does with the bundled articles

    [cyan]dateline read article.txt[/cyan]   read one of your own

    [cyan]dateline add archive/[/cyan]   then [cyan]dateline serve[/cyan]   read a folder into a ledger, and look at it
    """

app = Program(
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from dateline import __version__

        print(f"dateline {__version__}")
        raise typer.Exit


@app.callback(help=_unwrapped(ABOUT))
def about(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version)
    ] = False,
    config: Config = None,
    verbose: Verbose = 0,
    log_json: LogJson = False,
) -> None:
    """The program itself: what all commands share."""
    start_logging(verbose, log_json)
    context.obj = _Told(config, verbose, log_json)


@contextmanager
def destination(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when it is complete.

    Raises:
        OSError: it cannot be written; it names the output.
    """
    if is_stdout(output):
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        with _blamed("standard output"):
            yield sys.stdout
            sys.stdout.flush()
        return
    assert output is not None
    with replacing(output) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        yield file


def user() -> str:
    """Who gave the command: the user's name, or number where the system knows no name for it, as in many containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # ImportError: the system has no such names at all
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "somebody"


def is_stdout(output: Path | None) -> bool:
    """Whether an --output is standard output: none was given, or a dash."""
    return output is None or str(output) == "-"


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Where to write what stands under a name as soon as it is complete. A link stays one; a device or a pipe is written to as it is.

    Raises:
        OSError: it cannot be written; it names the output.
    """
    with _blamed(str(output)):
        if os.path.exists(output) and not os.path.isfile(output):
            yield output
            return
        with appearing(Path(os.path.realpath(output))) as partial:
            yield partial


@contextmanager
def _blamed(output: str) -> Iterator[None]:
    """Let an error of what is written to name it: the system names no file where a disk is full, and else the half-written one."""
    try:
        yield
    except OSError as error:
        if error.filename is None or str(error.filename).endswith(".partial"):
            error.filename, error.filename2 = output, None
        raise
