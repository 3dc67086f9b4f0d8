"""What every command shares: the program itself, exit codes, where output goes, how complaints are made."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from pathlib import Path
from typing import IO, Annotated

import typer

WIDTH_WHEN_PIPED = 160


class Exit(IntEnum):
    """What the exit code says."""

    ALL_READ = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING_READ = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141


app = typer.Typer(
    help="Turn news into data that people can check: who did what to whom, when, where, according to whom.",
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


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Turn news into data that people can check: who did what to whom, when, where, according to whom."""


def complain(message: str) -> None:
    """Say on standard error what went wrong, without letting the message steer the terminal."""
    from dateline.output.words import printable

    print(f"dateline: {printable(message)}", file=sys.stderr, flush=True)


@contextmanager
def destination(output: Path | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if output is None or str(output) == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        yield sys.stdout
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        partial.replace(output)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def warnings_to_stderr() -> None:
    """Show the warnings of our own code as complaints."""

    class Complaints(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            complain(f"warning: {record.getMessage()}")

    logger = logging.getLogger("dateline")
    logger.handlers[:] = [Complaints(logging.WARNING)]
    logger.propagate = False
