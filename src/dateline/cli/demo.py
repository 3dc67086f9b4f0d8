"""`dateline demo`: the bundled articles in a ledger of their own, a first table, and the page."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.base import Exit, app, complain, report, watched
from dateline.cli.incidents import SheetFormat, timeline
from dateline.cli.intake import CORES, add
from dateline.cli.serve import PORT, serve

FIRST_ROWS = 6
READERS = min(CORES, 2)  # more would take longer to start than to read


@app.command()
def demo(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="Where to build it; by default a temporary folder.", file_okay=False),
    ] = None,
    show: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the page at the end.")] = True,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port of the page; 0 takes any free one.")
    ] = PORT,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", "-w", min=1, metavar="N", help="Processes that read; at most two by default.", show_default=False
        ),
    ] = READERS,
) -> None:
    """Build a ledger from the bundled articles (45 reports of an invented war), print what happened and open the page.

    Nothing of yours is touched: the ledger and the places go into the folder.

    [bold]Examples[/bold]

    [cyan]dateline demo[/cyan]   and look at the page; Ctrl-C ends it

    [cyan]dateline demo war --no-serve[/cyan]   then dateline events --ledger war/dateline.db
    """
    started = time.monotonic()
    place = folder or Path(tempfile.mkdtemp(prefix="dateline-demo-"))
    ledger, bundled = place / "dateline.db", example()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain(f"{place}: {(error.strerror or str(error)).lower()}; choose a folder that you can write to")
        raise typer.Exit(Exit.USAGE) from error
    with _places(place / "places", [bundled / "countries.toml", bundled / "lorvania.txt"]):
        _to_its_end(lambda: add([str(bundled / "articles.jsonl")], ledger, workers, lexicon=[bundled / "lexicon"]))
        timeline(top=FIRST_ROWS, format=SheetFormat.table, output=None, ledger=ledger)
        report(
            f"from articles to this table in {time.monotonic() - started:.0f} s; dateline incidents --ledger {ledger} shows all"
        )
        if show:
            serve(ledger, port=port, open_page=watched())


def example() -> Path:
    """The folder of the bundled articles: part of an installed package, in `examples` of a copy of the repository."""
    package = Path(str(resources.files("dateline")))
    installed = package / "examples" / "offensive"
    return installed if installed.is_dir() else package.parents[1] / "examples" / "offensive"


def _to_its_end(work: Callable[[], None]) -> None:
    """Run a command inside another one, which goes on where it went well."""
    try:
        work()
    except typer.Exit as end:
        if end.exit_code:
            raise


@contextmanager
def _places(folder: Path, tables: Iterable[Path]) -> Iterator[None]:
    """A gazetteer of its own for what is done inside: the one that comes with Dateline, the invented country, and its places."""
    from dateline.gazetteer.added import add as add_places
    from dateline.gazetteer.cache import base_file, ensure
    from dateline.gazetteer.countries import forget

    before = os.environ.get("DATELINE_CACHE")
    try:
        if not os.path.exists(base_file()):
            report("compiling the gazetteer (only once, about half a minute)")
        ensure()
        common = base_file()
        os.environ["DATELINE_CACHE"] = str(folder)
        folder.mkdir(parents=True, exist_ok=True)
        _same_file(common, base_file())
        for table in tables:
            add_places(str(table))
        yield
    finally:
        os.environ.pop("DATELINE_CACHE", None)
        if before is not None:
            os.environ["DATELINE_CACHE"] = before
        forget()


def _same_file(old: Path, new: Path) -> None:
    """Have a file under another name too; a copy where the system cannot link."""
    if not new.exists():
        with suppress(OSError):
            os.link(old, new)
            return
        shutil.copyfile(old, new)
