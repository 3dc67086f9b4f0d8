"""`dateline read`: articles through the reader, readings out."""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dateline.cli.base import WIDTH_WHEN_PIPED, Exit, app, complain, destination, warn, watched

if TYPE_CHECKING:
    from dateline.model import Reading
    from dateline.reader import Reader
    from dateline.reading import Facts


log = logging.getLogger(__name__)


class Format(StrEnum):
    """How readings are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    html = "html"


@dataclass
class Tally:
    """How a run went."""

    read: int = 0
    failed: int = 0

    @property
    def exit(self) -> Exit:
        """The exit code of a run that came to its end."""
        if self.failed:
            return Exit.SOME_FAILED if self.read else Exit.NOTHING_READ
        return Exit.ALL_READ


@dataclass
class Run:
    """One run over some inputs: the reader is loaded when the first article is there, failures are reported as they come."""

    inputs: list[str]
    published: date | None
    model: str | None
    lexicons: list[Path]
    tally: Tally = field(default_factory=Tally)
    interrupted: bool = False
    _reader: Reader | None = None

    def readings(self) -> Iterator[tuple[Reading, Facts]]:
        """Every article that can be read, with the facts behind it."""
        from dateline.reading import StageError
        from dateline.sources import Failure, articles

        seen: set[str] = set()
        for found in articles(self.inputs):
            if self.interrupted:
                raise KeyboardInterrupt
            if isinstance(found, Failure):
                self._failed(found.source, found.reason)
                continue
            if found.id in seen:
                warn(f"the id {found.id!r} occurs more than once")
            seen.add(found.id)
            article = found if found.published or not self.published else replace(found, published=self.published)
            reader, started = self._loaded(), time.monotonic()
            try:
                result = reader.explain(article)
            except StageError as error:
                self._failed(article.id, f"the reader failed: {error}")
                continue
            self.tally.read += 1
            told = {"article": article.id, "events": len(result[0].events), "seconds": round(time.monotonic() - started, 3)}
            log.info("read %s: %d events in %.2f s", *told.values(), extra={"data": told})
            yield result

    def _loaded(self) -> Reader:
        if self._reader is None:
            from dateline.reader import Reader

            started = time.monotonic()
            self._reader = Reader(self.model, tuple(self.lexicons))
            log.debug("the reader was ready after %.1f s", time.monotonic() - started)
        return self._reader

    def interrupt(self, *_: object) -> None:
        """Stop at once, or with the article where compiled code below swallows the exception."""
        self.interrupted = True
        raise KeyboardInterrupt

    def _failed(self, source: str, reason: str) -> None:
        self.tally.failed += 1
        complain(f"{source}: {reason}")


@app.command()
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders of them, URLs, or - for standard input."),
    ],
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print what was read.")] = Format.table,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Publication day (YYYY-MM-DD) of articles that do not carry their own."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="An English spaCy pipeline to use instead of the packaged one.")
    ] = None,
    lexicon: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="A folder of rule files that adds to the lexicon; may be repeated.",
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Explain for each event why each field has its value.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write to this file.")
    ] = None,
) -> None:
    """Read articles and print the events and statements in them.

    [bold]Examples[/bold]

    [cyan]dateline read article.txt[/cyan]   a table, then the article with its evidence in colour

    [cyan]dateline read article.txt --published 2021-06-30 --explain[/cyan]   and why each field is what it is

    [cyan]dateline read archive/ --format jsonl -o readings.jsonl[/cyan]   a folder, one reading a line

    [cyan]cat article.json | dateline read - --format html -o article.html[/cyan]   a page to look at

    [bold]Exit codes[/bold]

    0 everything was read; 1 some inputs failed; 2 wrong usage, model or lexicon; 3 nothing could be read; 130 interrupted; 141 pipe closed.
    """
    if explain and format is not Format.table:
        raise typer.BadParameter(
            "only works with --format table; the JSON formats always carry the evidence", param_hint="--explain"
        )
    run = Run(inputs, _day(published), model, lexicon or [])
    raise typer.Exit(_guarded(run, format, explain, output))


def _day(written: str | None) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise typer.BadParameter(f"{written!r} is not a date; write it as YYYY-MM-DD", param_hint="--published") from error


def _guarded(run: Run, format: Format, explain: bool, output: Path | None) -> Exit:
    """Run to the end, or to what ends it earlier, and say which."""
    from dateline.language import ModelError
    from dateline.rules.loader import LexiconError

    before = signal.signal(signal.SIGINT, run.interrupt)
    try:
        with destination(output) as out, _progress(run.tally, out):
            _write(run, format, explain, out)
            if run.interrupted:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        complain("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again when it closes it
        return Exit.PIPE_CLOSED
    except (ModelError, LexiconError) as error:
        complain(str(error))
        return Exit.USAGE
    except OSError as error:
        complain(f"{output or 'standard output'}: {error.strerror or error}")
        return Exit.USAGE
    finally:
        signal.signal(signal.SIGINT, before)
    return run.tally.exit


def _write(run: Run, format: Format, explain: bool, out: IO[str]) -> None:
    if format is Format.table:
        _print_tables(run, explain, out)
        return
    readings = (reading for reading, _ in run.readings())
    if format is Format.html:
        from dateline.output.html import page

        pieces = page(readings)
    else:
        from dateline.output.json import lines, pretty_list

        pieces = lines(readings) if format is Format.jsonl else pretty_list(readings)
    for piece in pieces:
        out.write(piece)
        out.flush()


def _print_tables(run: Run, explain: bool, out: IO[str]) -> None:
    from rich.console import Console

    from dateline.explain import as_lines, day_as_lines, explanations
    from dateline.output.table import print_reading
    from dateline.output.words import printable

    width = None if out.isatty() or "COLUMNS" in os.environ else WIDTH_WHEN_PIPED
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    for reading, facts in run.readings():
        print_reading(console, reading)
        if explain:
            why = [list(day_as_lines(reading.publication))]
            why += [list(as_lines(found, reading.article.text)) for found in explanations(reading, facts)]
            for lines in why:
                console.print(printable("\n".join(lines)), "", sep="\n", soft_wrap=True)


@contextmanager
def _progress(tally: Tally, out: IO[str]) -> Iterator[None]:
    """A running count on standard error, where a person watches it and nothing else is being printed there."""
    if out.isatty() or not watched():
        yield
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    def count() -> Text:
        return Text(f"read {tally.read:,} articles" + (f", {tally.failed:,} failed" if tally.failed else ""), "dim")

    with Live(get_renderable=count, console=Console(stderr=True), refresh_per_second=4, transient=True):
        yield
