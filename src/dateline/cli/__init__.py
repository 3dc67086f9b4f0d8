"""The command line. Thin: options in, what the rest of the house does, results out. Heavy imports wait until they are needed.

Each family of commands has a file of its own, and a run loads the file of its command alone where that is all it takes.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from dateline.cli.shown import kept, showing

if TYPE_CHECKING:
    from typer import Typer

    from dateline.cli.base import Exit

    app: Typer

__all__ = ["COMMANDS", "Exit", "app", "main"]

PANELS = {
    "Start here": {"demo": "demo", "init": "init settings"},
    "Read articles": {"reading": "read", "batch": "batch"},
    "Keep a ledger": {"intake": "add watch retry reread", "upkeep": "runs failures doctor"},
    "Search the ledger": {"ask": "events statements articles actors places", "correct": "show"},
    "What happened": {"incidents": "incidents timeline control commitments"},
    "Correct it": {"correct": "correct undo corrections", "incidents": "merge split undecide"},
    "Show and share it": {"serve": "serve report", "export": "export"},
    "Places, rules and formats": {"lexicon": "check schema", "gazetteer": "gazetteer"},
}
"""What `dateline --help` shows: each panel's families, by their files, with their commands, in this order."""

COMMANDS = {command: family for panel in PANELS.values() for family, names in panel.items() for command in names.split()}
"""Every command with the file that it stands in, in the order in which `dateline --help` names them."""

KNOWS_ALL = "init"
"""The family whose commands work on the options of all commands."""


def _program(families: Sequence[str]) -> Any:
    """The program with the commands of some families."""
    from dateline.cli.base import app

    for family in families:
        import_module(f"dateline.cli.{family}")
    panels = {name: panel for panel, told in PANELS.items() for names in told.values() for name in names.split()}
    order = list(panels)
    for each in app.registered_commands:
        each.rich_help_panel = panels[_name(each)]
    app.registered_commands.sort(key=lambda each: order.index(_name(each)))
    return app


def _name(command: Any) -> str:
    return command.name or str(command.callback.__name__)


def _needed(words: Sequence[str]) -> Sequence[str]:
    """The families that a run with these words needs: its command's own, or all where it has to know about other commands.

    That is so for help on the program, for completion, and for checking a settings file, which may name any option.
    """
    command = next((word for word in words if not word.startswith("-")), "")
    family = COMMANDS.get(command, KNOWS_ALL)
    told = any(word.startswith("--config") for word in words) or "DATELINE_CONFIG" in os.environ
    if family == KNOWS_ALL or told or "_DATELINE_COMPLETE" in os.environ or os.path.exists("dateline.toml"):
        return tuple(dict.fromkeys(COMMANDS.values()))
    return (family,)


def __getattr__(name: str) -> Any:
    if name == "app":
        return _program(tuple(dict.fromkeys(COMMANDS.values())))
    if name == "Exit":
        return import_module("dateline.cli.base").Exit
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main() -> None:
    """The `dateline` command."""
    words = sys.argv[1:]
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # who started the program has closed it
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (for good)
    try:
        try:
            text = kept(words)
            if text is not None:
                sys.stdout.write(text)
                return
            with showing(words):
                _program(_needed(words))()
        finally:
            sys.stdout.flush()  # or Python tells at its very end what cannot be written, in its own words
    except KeyboardInterrupt:
        from dateline.cli.base import Exit

        sys.exit(Exit.INTERRUPTED)
    except OSError as error:
        from dateline.cli.base import Exit, complain

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            sys.exit(Exit.PIPE_CLOSED)
        if error.errno != errno.ENOSPC:
            raise
        complain("standard output: no space left on device")
        sys.exit(Exit.USAGE)
