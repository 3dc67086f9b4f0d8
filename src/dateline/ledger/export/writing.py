"""Exports: the files of a dataset, a dictionary of their columns, and how to cite them."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dateline.appearing import appearing
from dateline.ledger import shapes
from dateline.ledger.answers import Events, Ledger
from dateline.ledger.cells import one_line
from dateline.ledger.export import acled, gdelt, ged, plover, viina
from dateline.ledger.export.facts import Column, Facts, columns
from dateline.ledger.filters import Filters, Near, Who
from dateline.ledger.formats import geojson, json_lines, write_csv, write_parquet
from dateline.ledger.records import Told
from dateline.ledger.shapes import Row

type Rows = Callable[[Iterator[Told], Facts], Iterable[Row]]
HAPPENED = ("actual",)
"""The datasets record what happened; another status is exported where it is asked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a dataset: its name, the dataset of its columns, how they are written and what makes its rows of the events."""

    file: str
    columns: str
    style: str
    rows: Rows


@dataclass(frozen=True, slots=True)
class Dataset:
    """A format to export to: its name in full, its files, who made it and how they want to be cited, and what is exported."""

    name: str
    tables: tuple[Table, ...]
    cite: str
    status: tuple[str, ...] = HAPPENED


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written, and how many rows it has."""

    path: Path
    rows: int


def _each(make: Callable[[Told, Facts], Row | None]) -> Rows:
    return lambda events, facts: (row for event in events if (row := make(event, facts)) is not None)


def _located(rows: Rows) -> Rows:
    return lambda events, facts: rows((event for event in events if viina.counts(event)), facts)


DATASETS: dict[str, Dataset] = {
    "acled": Dataset(
        "ACLED", (Table("acled.csv", "acled", "csv", _each(acled.row)),),
        "Raleigh, C., Kishi, R. and Linke, A. (2023). Political instability patterns are obscured by conflict dataset scope "
        "conditions, sources, and coding choices. Humanities and Social Sciences Communications 10, 74.",
    ),
    "ged": Dataset(
        "UCDP GED", (Table("ged.csv", "ged", "csv", _each(ged.row)),),
        "Sundberg, R. and Melander, E. (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of Peace Research 50(4).",
    ),
    "gdelt": Dataset(
        "GDELT 2.0",
        (
            Table("gdelt.export.csv", "gdelt_events", "bare tsv", _each(gdelt.event_row)),
            Table("gdelt.mentions.csv", "gdelt_mentions", "bare tsv", _each(gdelt.mention_row)),
        ),
        "Leetaru, K. and Schrodt, P. A. (2013). GDELT: Global Data on Events, Location, and Tone, 1979-2012. ISA Annual Convention.",
    ),
    "polecat": Dataset(
        "POLECAT", (Table("polecat.txt", "polecat", "tsv", _each(plover.polecat_row)),),
        "Halterman, A., Bagozzi, B. E., Beger, A., Schrodt, P. A. and Scarborough, G. (2023). PLOVER and POLECAT: A New Political "
        "Event Ontology and Dataset.",
    ),
    "plover": Dataset(
        "PLOVER", (Table("plover.jsonl", "plover", "jsonl", _each(plover.plover_object)),),
        "Open Event Data Alliance (2021). PLOVER: Political Language Ontology for Verifiable Event Records.",
    ),
    "viina": Dataset(
        "VIINA 2.0",
        (
            Table("event_info.csv", "viina_event_info", "csv", _located(_each(viina.info_row))),
            Table("event_1pd.csv", "viina_event_1pd", "csv", _located(viina.place_days)),
            Table("control.csv", "viina_control", "csv", viina.control_rows),
        ),
        "Zhukov, Y. M. (2022). VIINA: Violent Incident Information from News Articles on the 2022 Russian Invasion of Ukraine.",
    ),
    "csv": Dataset("Dateline's own table", (Table("events.csv", "events", "csv", lambda events, _: map(shapes.flat, events)),), "", ()),
    "geojson": Dataset(
        "GeoJSON", (Table("events.geojson", "events", "geojson", lambda events, _: map(shapes.flat, events)),), "", ()
    ),
    "parquet": Dataset("Parquet", (Table("events.parquet", "events", "parquet", lambda events, _: map(shapes.flat, events)),), "", ()),
}  # fmt: skip
"""What `dateline export` knows."""


def export(ledger: Ledger, name: str, asked: Filters, folder: Path, facts: Facts | None = None) -> list[Written]:
    """Write a dataset's files into a folder, with `dictionary.csv` and `citation.txt` beside them.

    The rows come in the order of days and ids, so that two ledgers of the same articles give the same files. All files tell of one
    state of the ledger, whatever is added meanwhile. A file appears under its name when it is complete.

    Args:
        ledger: what to export from.
        name: one of DATASETS.
        asked: which events; what happened, where no status is asked for and the dataset records nothing else.
        folder: made where it is not there.
        facts: made where none are given.

    Raises:
        OSError: a file cannot be written.
    """
    dataset, facts = DATASETS[name], facts or Facts()
    wanted = asked.with_status(*dataset.status) if dataset.status else asked
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with _one_state(ledger.db):
        for table in dataset.tables:
            events = ledger.events_where(wanted, sort="date")
            with appearing(folder / table.file) as partial:
                rows = _write(table, events, facts, partial)
            written.append(Written(folder / table.file, rows))
    with appearing(folder / "dictionary.csv") as partial, partial.open("w", encoding="utf-8", newline="") as out:
        _write_dictionary(dataset, out)
    with appearing(folder / "citation.txt") as partial:
        partial.write_text(_citation(dataset, facts, wanted, written), encoding="utf-8")
    return written


@contextmanager
def _one_state(db: sqlite3.Connection) -> Iterator[None]:
    """What is read in the block is of one state; where the caller sees to that already, of his."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")  # nothing was written


def _write(table: Table, events: Events, facts: Facts, path: Path) -> int:
    if table.style == "parquet":
        write_parquet(events, path)
        return sum(1 for _ in events.query.run(events.db))
    rows = _Counted(table.rows(events.records(words=table.columns != "events"), facts))
    with path.open("w", encoding="utf-8", newline="") as out:
        if table.style == "geojson":
            out.writelines(geojson(rows))
        elif table.style == "jsonl":
            out.writelines(json_lines(rows))
        elif table.style == "csv":
            write_csv([column.name for column in dictionary(table.columns)], rows, out)
        else:
            _write_tsv([column.name for column in columns(table.columns)], rows, out, header=table.style == "tsv")
    return rows.count


class _Counted:
    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            yield row


def _write_tsv(names: list[str], rows: Iterable[Row], out: IO[str], header: bool) -> None:
    """Tab-separated without quotation marks, as GDELT and POLECAT are: tabs and line ends in a cell become spaces."""
    if header:
        out.write("\t".join(names) + "\n")
    for row in rows:
        out.write("\t".join(one_line(row.get(name)) for name in names) + "\n")


def dictionary(name: str) -> tuple[Column, ...]:
    """The columns of a table, with what they mean; those of Dateline's own are in `shapes`."""
    if name != "events":
        return columns(name)
    return tuple(Column(column, kind, "as in the ledger's view `events`") for column, kind in shapes.EVENT_COLUMNS.items())


def _write_dictionary(dataset: Dataset, out: IO[str]) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "column", "meaning", "how Dateline fills it"])
    for table in dataset.tables:
        for column in dictionary(table.columns):
            writer.writerow([table.file, column.name, column.meaning, column.filled or "always empty"])


def _said(value: object) -> str:
    if isinstance(value, tuple):
        return " or ".join(map(str, value))
    if isinstance(value, Who):
        return f'"{value.name}"' if value.name else "/".join(filter(None, (value.country, value.sector)))
    if isinstance(value, Near):
        return f"{value.km:g} km of {value.lat:g}, {value.lon:g}"
    return str(value)


def _citation(dataset: Dataset, facts: Facts, asked: Filters, written: list[Written]) -> str:
    given = [f"{name.replace('_', ' ')} {_said(getattr(asked, name))}" for name in asked.given()]
    lines = [
        f"Made by {facts.version.replace('-', ' ')} from a ledger of news articles.",
        *(f"{each.path.name}: {each.rows:,} rows" for each in written),
        f"Asked for: {', '.join(given) or 'everything'}",
        "",
        "To cite it, name Dateline and its version (CITATION.cff), the outlets of the articles, and the day of the export.",
        "Places and their coordinates come from GeoNames (https://www.geonames.org), CC BY 4.0.",
    ]
    if dataset.cite:
        lines += [
            "",
            f"The columns and codes are those of {dataset.name}; the data are not, and nobody at {dataset.name} has seen them.",
            f"Cite for the format: {dataset.cite}",
        ]
    return "\n".join(lines) + "\n"
