"""`dateline add`, `watch`, `retry` and `reread`: what brings articles and readings into a ledger."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.base import Exit, app, complain, report
from dateline.cli.running import running_line, span

if TYPE_CHECKING:
    from dateline.ledger.intake import Counts
    from dateline.ledger.runs import Run
    from dateline.sources import Failure
    from dateline.sources.meter import Meter

LedgerFile = Annotated[Path, typer.Option("--ledger", "-l", metavar="FILE", help="The ledger.", dir_okay=False)]
THE_LEDGER = Path("dateline.db")
Workers = Annotated[
    int,
    typer.Option(
        "--workers", "-w", min=1, metavar="N", help="Processes that read; by default one for each core.", show_default=False
    ),
]
Lexicons = Annotated[
    list[Path] | None,
    typer.Option(
        metavar="DIR", exists=True, file_okay=False, help="A folder of rule files that adds to the lexicon; may be repeated."
    ),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="An English spaCy pipeline to use instead of the packaged one.")
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HOST[:PORT]", help="Fetch from this host though it is on your own machine or network; may be repeated."
    ),
]
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
FAILURES_SHOWN = 20


@app.command()
def add(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Files, folders of them, URLs of articles or feeds, or - for standard input."
        ),
    ],
    ledger: LedgerFile = THE_LEDGER,
    workers: Workers = CORES,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only report what would be added; read and write nothing.")
    ] = False,
    lexicon: Lexicons = None,
    model: Model = None,
    allow_host: AllowHost = None,
) -> None:
    """Add articles to a ledger: new ones are read, known ones are recognised.

    Sources are text, HTML, JSON, JSONL, CSV, TSV, Parquet, WARC, RSS and Atom, each also .gz or .zst, lists of URLs, and URLs.
    A folder written by [cyan]dateline batch[/cyan] is a source too; its articles are not read again.
    Whatever is not an article in English (paywalls, error pages, other languages) is set aside with the reason. You can stop the
    command at any moment: run it again, and it continues where it was.

    [bold]Examples[/bold]

    [cyan]dateline add archive/[/cyan]   a folder into dateline.db

    [cyan]dateline add --ledger war.db articles.csv.gz crawl.warc.gz[/cyan]   a table and a web archive

    [cyan]dateline add https://example.org/feed.xml[/cyan]   a feed, with the pages that it links to

    [bold]Exit codes[/bold]

    0 everything was added; 1 some failed; 2 wrong usage, model, lexicon or ledger; 3 everything failed; 130 interrupted.
    """
    from dateline.sources import outcomes
    from dateline.sources.meter import Meter
    from dateline.sources.web import Web, hosts

    if folders := [source for source in sources if os.path.isdir(source) and _is_batch(source)]:
        if len(folders) < len(sources):
            raise typer.BadParameter("add folders written by dateline batch and other sources with separate commands")
        raise typer.Exit(max(_guarded(partial(_add_batch, ledger, folder, dry_run, workers)) for folder in folders))
    meter = Meter(source for source in sources if source != "-")
    found = outcomes(sources, web=Web(hosts(allow_host or ())), meter=meter)
    if dry_run:
        raise typer.Exit(_guarded(lambda: _would_add(ledger, found)))

    def work(db: sqlite3.Connection, run: Run) -> Counts:
        from dateline.ledger.intake import take_in

        with _readers(workers, model, lexicon) as readers, _progress(meter) as progress:
            return take_in(db, run, found, readers, progress)

    raise typer.Exit(_guarded(lambda: _run(ledger, "add", "\n".join(sources), work, workers, model, lexicon, create=True)))


def _is_batch(source: str) -> bool:
    from dateline.batch.loading import is_batch
    from dateline.batch.plan import BatchError

    try:
        return is_batch(source)
    except BatchError:
        return False  # it has a manifest.json of somebody else's


def _add_batch(ledger: Path, folder: str, dry_run: bool, workers: int) -> Exit:
    from dateline.batch.loading import Stored, load

    if dry_run:
        return _would_add(ledger, Stored(Path(folder)).outcomes())

    def work(db: sqlite3.Connection, run: Run) -> Counts:
        with _progress(None) as progress:
            return load(db, run, Path(folder), progress)

    return _run(ledger, "add", folder, work, workers, None, None, create=True)


@app.command()
def retry(
    ledger: LedgerFile = THE_LEDGER,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Also read what was set aside as not being an article in English.")
    ] = False,
    workers: Workers = CORES,
    lexicon: Lexicons = None,
    model: Model = None,
    allow_host: AllowHost = None,
) -> None:
    """Try again whatever failed: articles kept in the ledger, and files and URLs that still exist.

    [bold]Example[/bold]

    [cyan]dateline retry --set-aside[/cyan]   read what looked like a paywall or another language after all
    """
    from dateline.ledger.upkeep import failures, is_article, sources_of, stored_outcomes
    from dateline.sources import outcomes
    from dateline.sources.web import Web, hosts

    def work(db: sqlite3.Connection, run: Run) -> Counts:
        from itertools import chain

        from dateline.ledger.intake import take_in

        rows = failures(db, set_aside)
        wanted, gone = sources_of([row for row in rows if row["kind"] == "failed"])
        for source in gone:
            complain(f"{source}: {'dateline reread tries it again' if is_article(db, source) else 'no longer exists'}")
        still = chain.from_iterable(gone.values())
        found = chain(stored_outcomes(db, rows), still, outcomes(wanted, web=Web(hosts(allow_host or ()))))
        with _readers(workers, model, lexicon) as readers, _progress(None) as progress:
            return take_in(db, run, found, readers, progress, screen=not set_aside)

    raise typer.Exit(_guarded(lambda: _run(ledger, "retry", "", work, workers, model, lexicon)))


@app.command()
def reread(
    ledger: LedgerFile = THE_LEDGER,
    where: Annotated[
        str | None,
        typer.Option(
            metavar="SQL",
            help="Which articles, as an SQL condition on the view `articles`; by default those read by another version of the reader.",
        ),
    ] = None,
    workers: Workers = CORES,
    lexicon: Lexicons = None,
    model: Model = None,
) -> None:
    """Read articles of the ledger again after the lexicon, model, gazetteer or program has changed. Corrections are kept.

    [bold]Examples[/bold]

    [cyan]dateline reread[/cyan]   everything read by another version

    [cyan]dateline reread --where "outlet = 'Tal News' and day >= '2021-06-01'"[/cyan]
    """

    def work(db: sqlite3.Connection, run: Run) -> Counts:
        from dateline.ledger.intake import reread as read_anew
        from dateline.ledger.upkeep import to_reread

        ids = to_reread(ledger, where, run.reader)
        with _readers(workers, model, lexicon) as readers, _progress(None, len(ids)) as progress:
            return read_anew(db, run, ids, readers, progress)

    raise typer.Exit(_guarded(lambda: _run(ledger, "reread", where or "", work, workers, model, lexicon)))


@app.command()
def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="URLs of RSS or Atom feeds.")],
    ledger: LedgerFile = THE_LEDGER,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often to fetch each feed: 90s, 15m, 2h.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Fetch each feed that is due, then stop.")] = False,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, metavar="N", help="Processes that read.")] = 1,
    lexicon: Lexicons = None,
    model: Model = None,
    allow_host: AllowHost = None,
) -> None:
    """Follow feeds and add their articles to the ledger, until Ctrl-C.

    It identifies itself, obeys robots.txt, fetches only what has changed, waits between two pages of the same site, and tries a
    feed that fails less and less often.

    [bold]Example[/bold]

    [cyan]dateline watch https://example.org/feed.xml --every 15m[/cyan]
    """
    from dateline.ledger.watching import Watch, seconds
    from dateline.sources.web import NO_ADDRESS, Web, hosts, is_address

    for feed in feeds:
        if not is_address(feed):
            complain(f"{feed}: {NO_ADDRESS}")
            raise typer.Exit(Exit.USAGE)
    try:
        interval = seconds(every)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--every") from error
    watching = Watch(feeds, interval, Web(hosts(allow_host or ())))

    def work(db: sqlite3.Connection, run: Run) -> Counts:
        from dateline.ledger.intake import take_in

        with _readers(workers, model, lexicon) as readers, _progress(None) as progress:
            return take_in(db, run, watching.outcomes(db, once, complain), readers, progress)

    done = _guarded(lambda: _run(ledger, "watch", "\n".join(feeds), work, workers, model, lexicon, create=True))
    if done is Exit.ALL_READ and watching.missed:
        done = Exit.SOME_FAILED if len(watching.missed) < len(set(feeds)) else Exit.NOTHING_READ
    raise typer.Exit(done)


def _run(
    ledger: Path,
    command: str,
    source: str,
    work: Callable[[sqlite3.Connection, Run], Counts],
    workers: int,
    model: str | None,
    lexicons: list[Path] | None,
    create: bool = False,
) -> Exit:
    from dateline.ledger.runs import running
    from dateline.ledger.store import connect, explained

    with closing(connect(ledger, create=create)) as db, explained(ledger):
        with running(db, command, source, workers, model, lexicons or []) as run:
            counts = work(db, run)
        failed = db.execute(
            "SELECT source, reason FROM failure WHERE run_id = ? AND kind = 'failed' ORDER BY source", (run.id,)
        ).fetchall()
        report(f"{_told(counts)} (run {run.id} of {ledger})", run=run.id, ledger=ledger, **asdict(counts))
    here = "" if ledger == THE_LEDGER else f" --ledger {ledger}"
    if run.id == 1 and counts.added:
        report(f"dateline timeline{here} tells what happened, dateline serve{here} shows it in the browser")
    if counts.failed:
        for where, reason in failed[:FAILURES_SHOWN]:
            complain(f"{where}: {reason}")
        if len(failed) > FAILURES_SHOWN:
            complain(f"and {len(failed) - FAILURES_SHOWN:,} more")
        if counts.failed > len(failed):
            complain(f"{counts.failed - len(failed):,} failed as in an earlier run")
        report(f"dateline failures{here} shows why, dateline retry{here} tries again")
        return Exit.SOME_FAILED if counts.seen > counts.failed else Exit.NOTHING_READ
    return Exit.ALL_READ


def _would_add(ledger: Path, found: Iterator[Any]) -> Exit:
    from contextlib import nullcontext

    from dateline.ledger.intake import counted
    from dateline.ledger.store import connect, explained

    shown = 0

    def tell(failure: Failure) -> None:
        nonlocal shown
        shown += 1
        if shown <= FAILURES_SHOWN:
            complain(f"{failure.source}: {failure.reason}" + (" (set aside)" if failure.kind == "set aside" else ""))

    with explained(ledger), closing(connect(ledger, read_only=True)) if os.path.exists(ledger) else nullcontext() as db:
        counts = counted(db, found, tell)
    if shown > FAILURES_SHOWN:
        complain(f"and {shown - FAILURES_SHOWN:,} more that would not be added")
    print(f"would add {_told(counts)}")
    return Exit.SOME_FAILED if counts.failed else Exit.ALL_READ


def _guarded(work: Callable[[], Exit]) -> Exit:
    """Work to the end, or to what ends it earlier, and say which."""
    from dateline.batch.plan import BatchError
    from dateline.language import ModelError
    from dateline.ledger.store import LedgerError
    from dateline.ledger.workers import ReaderFailed
    from dateline.rules.loader import LexiconError

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return work()
    except KeyboardInterrupt:
        complain("interrupted; what was read is in the ledger, and the same command continues from there")
        return Exit.INTERRUPTED
    except (ModelError, LexiconError, LedgerError, ReaderFailed, BatchError) as error:
        complain(str(error))
        return Exit.USAGE
    finally:
        signal.signal(signal.SIGTERM, before)


def _readers(workers: int, model: str | None, lexicons: list[Path] | None) -> Any:
    from dateline.ledger.workers import Here, Several, reading

    if workers > 1:
        return Several(workers, partial(reading, model, tuple(lexicons or ())))

    def make() -> Any:
        from dateline.reader import Reader

        return Reader(model, tuple(lexicons or ()))

    return Here(make)


@contextmanager
def _progress(meter: Meter | None, total: int | None = None) -> Iterator[Callable[[Counts], None]]:
    started = time.monotonic()
    with running_line() as say:

        def tell(counts: Counts) -> None:
            share = counts.seen / total if total else meter.share if meter is not None else None
            say(_line(counts, time.monotonic() - started, share))

        yield tell


def _line(counts: Counts, elapsed: float, share: float | None) -> str:
    rate = (counts.added + counts.reread) / max(elapsed, 1e-9)
    line = f"{_told(counts)}; {rate:.2g} articles a second"
    if share and elapsed > 5:
        left = elapsed * (1 - share) / share
        line += f", {share:.0%} done, about {span(left)} left"
    return line


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def _told(counts: Counts) -> str:
    parts = [f"{_counted(counts.reread, 'article')} read again" if counts.reread else _counted(counts.added, "new article")]
    if counts.versions:
        parts.append(f"{counts.versions:,} of them new versions of known ones")
    if counts.events or counts.statements:
        parts.append(f"{_counted(counts.events, 'event')} and {_counted(counts.statements, 'statement')}")
    for number, name in ((counts.known, "known"), (counts.set_aside, "set aside"), (counts.failed, "failed")):
        if number:
            parts.append(f"{number:,} {name}")
    return ", ".join(parts)
