"""`dateline runs`, `failures` and `doctor`: what was done to a ledger, what failed, whether all is well."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.base import Exit, app, complain, report
from dateline.cli.intake import THE_LEDGER, LedgerFile

if TYPE_CHECKING:
    from dateline.ledger.upkeep import Finding


@app.command()
def runs(
    ledger: LedgerFile = THE_LEDGER,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many to list, latest first.")] = 20,
) -> None:
    """List what was done to a ledger: when, from which sources, by which version, and how it went.

    [bold]Example[/bold]

    [cyan]dateline runs --limit 5[/cyan]
    """
    from dateline.ledger.runs import how

    with _reading(ledger) as db:
        rows = db.execute(
            "SELECT r.*, v.dateline, v.lexicon, v.model FROM run r LEFT JOIN reader v ON v.id = r.reader_id ORDER BY r.id DESC LIMIT ?",
            (limit,),
        ).fetchall()
    for row in rows:
        counts = ", ".join(
            f"{row[name]:,} {name.replace('_', ' ')}"
            for name in ("added", "versions", "known", "reread", "set_aside", "failed", "events", "statements")
            if row[name]
        )
        source = row["source"].replace("\n", " ")
        _say(f"{row['id']:>4}  {row['started']}  {row['command']} {source[:80]}")
        _say(
            f"      {how(row)}; {counts or 'nothing came'}; dateline {row['dateline']}, lexicon {row['lexicon']}, {row['model']}"
        )
    if not rows:
        complain("no runs yet")


@app.command()
def failures(
    ledger: LedgerFile = THE_LEDGER,
    run: Annotated[int | None, typer.Option(metavar="N", help="Only failures of this run.")] = None,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Also list what was set aside as not being an article in English.")
    ] = False,
) -> None:
    """List what could not be read, and why. Exits with code 1 if there is anything.

    [bold]Example[/bold]

    [cyan]dateline failures --set-aside[/cyan]
    """
    from dateline.ledger.upkeep import failures as standing

    with _reading(ledger) as db:
        rows = [row for row in standing(db, set_aside) if run is None or row["run_id"] == run]
    for row in rows:
        _say(f"{row['source']}: {row['reason']}" + (" (set aside)" if row["kind"] == "set aside" else ""))
    if not rows:
        report(
            "nothing has failed"
            if set_aside
            else "nothing has failed; --set-aside also lists what was no article in English"
        )
    raise typer.Exit(Exit.SOME_FAILED if rows else Exit.ALL_READ)


@app.command()
def doctor(
    ledger: LedgerFile = THE_LEDGER,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The spaCy pipeline to try instead of the packaged one.")
    ] = None,
) -> None:
    """Check the ledger, the language model, the gazetteer, disk and versions. Exits with code 1 if something is wrong.

    [bold]Example[/bold]

    [cyan]dateline doctor --ledger war.db[/cyan]
    """
    ill = 0
    for finding in (*_programs(), *_ledger(ledger), *_reader(model)):
        ill += not finding.well
        _say(f"{'ok ' if finding.well else 'BAD'}  {finding.what}: {finding.detail}")
    raise typer.Exit(Exit.SOME_FAILED if ill else Exit.ALL_READ)


def _programs() -> Iterator[Finding]:
    from importlib import metadata

    from dateline.ledger.upkeep import Finding

    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("dateline", "spacy", "trafilatura", "pyarrow"))
    yield Finding("versions", True, f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}")


def _ledger(path: Path) -> Iterator[Finding]:
    from dateline.ledger.store import LedgerError, explained
    from dateline.ledger.upkeep import Finding, check

    if not path.exists():
        yield Finding("ledger", True, f"there is no {path} yet")
        return
    try:
        with explained(path):
            yield from check(path)
    except LedgerError as error:
        yield Finding("ledger", False, str(error))


def _reader(model: str | None) -> Iterator[Finding]:
    from dateline.gazetteer.cache import GazetteerError, base_file, gazetteer
    from dateline.language import ModelError
    from dateline.ledger.upkeep import Finding
    from dateline.model import Article
    from dateline.reader import Reader
    from dateline.rules.loader import LexiconError

    try:
        sources = ", ".join(f"{source.name} ({source.places:,} places)" for source in gazetteer().sources())
        yield Finding("gazetteer", True, f"{sources} in {base_file().parent}")
        events = Reader(model).read(Article("doctor", "Rebels seized the town on Monday.")).events
        yield Finding(
            "reader", bool(events), "reads" if events else "finds no event where there is one: is the model English?"
        )
    except (ModelError, LexiconError, GazetteerError) as error:
        yield Finding("reader", False, str(error))


@contextmanager
def _reading(ledger: Path) -> Iterator[sqlite3.Connection]:
    from dateline.ledger.store import LedgerError, connect, explained

    try:
        with closing(connect(ledger, read_only=True)) as db, explained(ledger):
            yield db
    except LedgerError as error:
        complain(str(error))
        raise typer.Exit(Exit.USAGE) from error


def _say(line: Any) -> None:
    from dateline.output.words import printable

    print(printable(str(line)))
