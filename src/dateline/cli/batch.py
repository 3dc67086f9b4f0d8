"""`dateline batch`: articles by the million, as files in and Parquet out, on this machine or on many."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.base import Exit, app, complain, report
from dateline.cli.intake import CORES, FAILURES_SHOWN, Lexicons, Model
from dateline.cli.running import running_line, span

if TYPE_CHECKING:
    from dateline.batch.engines import Engine
    from dateline.batch.run import Progress


class EngineName(StrEnum):
    """Who does the work."""

    local = "local"
    daft = "daft"


@app.command()
def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="IN...", help="Files of articles, folders of them, or patterns of names in quotation marks."),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write to.", file_okay=False)],
    engine: Annotated[
        EngineName,
        typer.Option(help="local: processes of this machine. daft: Daft, on this machine or (--ray) on a cluster."),
    ] = EngineName.local,
    shards: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Parts of each table; by default one for each megabyte of input, 8 to 4096."),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            "-w",
            min=1,
            metavar="N",
            help="Processes that read; by default one for each core here.",
            show_default=False,
        ),
    ] = CORES,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Ray cluster for --engine daft: HOST:PORT, ray://HOST:PORT or auto."),
    ] = None,
    incidents: Annotated[
        bool, typer.Option("--incidents", help="Afterwards merge the events of all articles into incidents.")
    ] = False,
    lexicon: Lexicons = None,
    model: Model = None,
) -> None:
    """Read large numbers of articles into Parquet tables of events, statements and failures.

    IN is any file that [cyan]dateline add[/cyan] reads. OUT gets the folders articles, events, statements and failures, each with N
    files, and manifest.json; with --incidents also incidents and incident_events. Whatever cannot be read becomes a row of failures.
    The files are byte for byte the same whichever engine and however many processes made them. You can stop the command at any
    moment: run it again, and it continues with the missing shards.

    [bold]Examples[/bold]

    [cyan]dateline batch archive/ out/[/cyan]   a folder, on every core

    [cyan]dateline batch "news/2021-*.parquet" out/ --shards 64 --workers 16[/cyan]

    [cyan]dateline batch /mnt/news /mnt/out --engine daft --ray ray://head:10001 --workers 400[/cyan]   on a cluster

    [cyan]dateline add out/ --ledger war.db[/cyan]   what was read into a ledger, without reading it again

    [bold]Exit codes[/bold]

    0 everything was read; 1 some failed; 2 wrong usage, or it cannot run; 3 nothing could be read; 130 interrupted.
    """
    if ray is not None and engine is not EngineName.daft:
        raise typer.BadParameter("only works with --engine daft", param_hint="--ray")
    raise typer.Exit(_guarded(lambda: _run(inputs, out, _engine(engine, workers, ray), shards, incidents, model, lexicon)))


def _engine(name: EngineName, workers: int, ray: str | None) -> Callable[[], Engine]:
    def made() -> Engine:
        from dateline.batch.engines import Daft, Local

        return Local(workers) if name is EngineName.local else Daft(workers, ray)

    return made


def _run(
    inputs: list[str],
    out: Path,
    engine: Callable[[], Engine],
    shards: int | None,
    incidents: bool,
    model: str | None,
    lexicons: list[Path] | None,
) -> Exit:
    from dateline.batch.loading import Stored
    from dateline.batch.plan import planned
    from dateline.batch.run import run, run_merge

    plan = planned(inputs, out, shards, model, tuple(lexicons or ()))
    with _progress() as told:
        doing = engine()
        found = run(plan, doing, told)
        merged = run_merge(plan, doing, told) if incidents else None
    rows = found["rows"]
    report(
        f"{rows['articles']:,} articles, {rows['events']:,} events and {rows['statements']:,} statements"
        + (f", {rows['failures']:,} failures" if rows["failures"] else "") + f" in {out}"
    )  # fmt: skip
    if merged is not None:
        report(f"{merged:,} incidents in {out / 'incidents'}", incidents=merged)
    if rows["failures"]:
        failures = chain.from_iterable(
            Stored(out).rows("failures", shard, ["source", "reason"]) for shard in range(plan.shards)
        )
        for row in islice(failures, FAILURES_SHOWN):
            complain(f"{row['source']}: {row['reason']}")
        report(f"{out / 'failures'} has the whole of it")
        return Exit.SOME_FAILED if rows["articles"] else Exit.NOTHING_READ
    return Exit.ALL_READ


def _guarded(work: Callable[[], Exit]) -> Exit:
    """Work to the end, or to what ends it earlier, and say which."""
    from dateline.batch.plan import BatchError
    from dateline.ledger.workers import ReaderFailed

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return work()
    except KeyboardInterrupt:
        complain("interrupted; the same command continues with what is missing")
        return Exit.INTERRUPTED
    except (BatchError, ReaderFailed) as error:
        complain(str(error))
        return Exit.USAGE
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None]]:
    started = time.monotonic()
    with running_line() as say:
        yield lambda progress: say(_line(progress, time.monotonic() - started))


def _line(progress: Progress, elapsed: float) -> str:
    told = f"{progress.step}: {progress.done:,} of {progress.of:,}"
    for number, name in ((progress.articles, "articles in all"), (progress.events, "events"), (progress.failed, "failures")):
        if number:
            told += f", {number:,} {name}"
    return f"{told}, {span(elapsed)}"
