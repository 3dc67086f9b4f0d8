"""`dateline export`: the ledger in the formats of the event datasets that people know."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.asking import THE_LEDGER, LedgerFile, opened, with_filters
from dateline.cli.base import app


class Target(StrEnum):
    """What to export to."""

    acled = "acled"
    ged = "ged"
    gdelt = "gdelt"
    polecat = "polecat"
    plover = "plover"
    viina = "viina"
    csv = "csv"
    geojson = "geojson"
    parquet = "parquet"


@app.command()
@with_filters()
def export(
    asked: dict[str, Any],
    target: Annotated[Target, typer.Argument(metavar="FORMAT", help="|".join(Target))],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FOLDER",
            file_okay=False,
            help="Where to write; by default a folder named after the format.",
        ),
    ] = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Export the events in the format of an event dataset: its columns and codes, with nothing invented.

    Beside the data you get dictionary.csv, which says what each column means and how it is filled, and citation.txt. Only what
    happened is exported, unless --status asks for something else; csv, geojson and parquet include every status.

    [bold]Examples[/bold]

    [cyan]dateline export acled --country Afghanistan --since 2021 -o acled/[/cyan]

    [cyan]dateline export gdelt[/cyan]   gdelt.export.csv and gdelt.mentions.csv

    [cyan]dateline export viina --country Ukraine[/cyan]   event_info.csv, event_1pd.csv and control.csv
    """
    with opened(ledger) as found:
        from dateline.ledger.export.writing import export as write
        from dateline.ledger.filters import filters

        for each in write(found, target, filters(**asked), output or Path(target)):
            print(f"{each.path}: {each.rows:,} rows")
