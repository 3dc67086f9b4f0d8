"""`dateline gazetteer`: the places that names are looked up in, and what the user adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.base import Exit, Program, app, complain, watched

if TYPE_CHECKING:
    from dateline.gazetteer.added import Progress

places = Program(
    help="Add places that names are looked up in: whole countries from GeoNames, or tables of your own.",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(places, name="gazetteer", rich_help_panel="Places, rules and formats")


@places.command()
def add(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="COUNTRY|FILE...",
            help="A country, by ISO code or name, to be fetched from GeoNames; a GeoNames dump or a Who's On First table "
            "(plain, .gz or .zip); or a .toml file of countries of your own.",
        ),
    ],
) -> None:
    """Add villages, districts and other small places; what was added before under the same name is replaced.

    A country's file is fetched from GeoNames (some MB, checked for damage). Without a way to the internet, download it elsewhere and add
    the file; DATELINE_GEONAMES names a mirror.

    [bold]Examples[/bold]

    [cyan]dateline gazetteer add AFG[/cyan]

    [cyan]dateline gazetteer add Mali Niger burkina-faso.zip[/cyan]

    [cyan]dateline gazetteer add countries.toml places.txt[/cyan]   a country of your own, and its places

    [bold]Exit codes[/bold]

    0 all were added; 1 some were not; 3 none was.
    """
    from dateline.gazetteer.added import add as add_places
    from dateline.gazetteer.cache import GazetteerError

    failed = 0
    for name in what:
        try:
            with _progress(name) as progress:
                source = add_places(name, progress)
        except GazetteerError as error:
            complain(str(error))
            failed += 1
        else:
            places = "1 place" if source.places == 1 else f"{source.places:,} places"
            print(f"{source.name}: {places} ({source.origin})", flush=True)
    raise typer.Exit(_outcome(failed, len(what)))


@places.command("list")
def list_sources() -> None:
    """List what the gazetteer is made of: name, number of places, day on which it was made or added, where it comes from.

    [bold]Example[/bold]

    [cyan]dateline gazetteer list[/cyan]
    """
    from dateline.gazetteer.added import sources
    from dateline.gazetteer.cache import GazetteerError
    from dateline.output.words import printable

    try:
        found = sources()
    except GazetteerError as error:
        complain(str(error))
        raise typer.Exit(Exit.NOTHING_READ) from error
    width = max(len(source.name) for source in found)
    for source in found:
        print(f"{printable(source.name):{width}}  {source.places:>9,}  {source.added}  {printable(source.origin)}")


@places.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As `dateline gazetteer list` shows it.")],
) -> None:
    """Take out what was added under these names.

    [bold]Example[/bold]

    [cyan]dateline gazetteer remove AFG[/cyan]

    [bold]Exit codes[/bold]

    0 all were taken out; 1 some were not; 3 none was.
    """
    from dateline.gazetteer.added import remove as remove_places
    from dateline.gazetteer.cache import GazetteerError

    failed = 0
    for name in names:
        try:
            remove_places(name)
        except GazetteerError as error:
            complain(str(error))
            failed += 1
        else:
            print(f"{name}: taken out")
    raise typer.Exit(_outcome(failed, len(names)))


def _outcome(failed: int, number: int) -> Exit:
    return Exit.ALL_READ if not failed else Exit.NOTHING_READ if failed == number else Exit.SOME_FAILED


@contextmanager
def _progress(name: str) -> Iterator[Progress | None]:
    """What is told how a download goes on: a bar where somebody watches, else nothing."""
    if not watched():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda come, total: bar.update(task, completed=come, total=total)
