"""Tables of places that people have: a GeoNames dump, or a table of Who's On First."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TextIO

from dateline.gazetteer.build import printable, province_keys, town_radius
from dateline.gazetteer.countries import alpha3_of
from dateline.gazetteer.store import Entry, Row

WHOS_ON_FIRST = "wof_id\t"
GEONAMES_COLUMNS = 19
KINDS = {
    "PPLC": "capital", "ADM1": "province", "ADM2": "district", "ADM3": "district", "ADM4": "district", "AIRP": "airport",
    "AIRF": "airport", "AIRB": "base", "MILB": "base", "DAM": "site", "ISL": "island", "ISLS": "island", "MT": "mountain",
    "MTS": "mountain", "PASS": "mountain", "VAL": "region", "VALS": "region", "PEN": "region", "DSRT": "desert", "LK": "sea",
    "GULF": "sea", "BAY": "sea", "STRT": "sea", "RGN": "region", "RGNE": "region", "ADMD": "district",
}  # fmt: skip
"""GeoNames feature codes that newspapers name, and our kinds; all of the class P are towns besides."""
PLACETYPES = {
    "region": "province", "county": "district", "localadmin": "district", "locality": "town", "neighbourhood": "town",
    "campus": "airport",
}  # fmt: skip
"""Who's On First's place types, and our kinds."""
RADII = {"province": 80.0, "district": 20.0, "island": 20.0, "mountain": 10.0, "region": 50.0, "desert": 100.0, "sea": 50.0}
"""Radii in kilometres of kinds whose tables tell none."""


class TableError(ValueError):
    """A table cannot be read; the message starts with its path."""


def rows_of(path: Path) -> Iterator[Row]:
    """The places of a table, plain, .gz or .zip.

    Raises:
        TableError: it is neither a GeoNames dump nor a table of Who's On First, or is damaged.
        OSError: it cannot be read.
    """
    try:
        with _opened(path) as file:
            first = file.readline()
            if first.startswith(WHOS_ON_FIRST):
                yield from _whos_on_first(file, first, _provinces(path))
            elif first.count("\t") == GEONAMES_COLUMNS - 1:
                yield from _geonames(first, file)
            else:
                raise TableError(f"{path}: neither a GeoNames dump ({GEONAMES_COLUMNS} columns) nor a Who's On First table")
    except KeyError as error:
        raise TableError(f"{path}: no column of the table is called {error}") from error
    except (
        zipfile.BadZipFile,
        gzip.BadGzipFile,
        zlib.error,
        EOFError,
        ValueError,
    ) as error:  # ValueError: also what is no number
        if isinstance(error, TableError):
            raise
        raise TableError(f"{path}: cannot be read as a table: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith("readme")]
            if not names:
                raise TableError(f"{path}: there is no table (.txt) in it")
            with archive.open(names[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8")
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as packed:
            yield packed
    else:
        with path.open(encoding="utf-8") as plain:
            yield plain


def _geonames(first: str, file: TextIO) -> Iterator[Row]:
    for line in chain([first], file):
        row = _geonames_row(line)
        if row is not None:
            yield row


def _geonames_row(line: str) -> Row | None:
    cells = line.rstrip("\n").split("\t")
    if len(cells) != GEONAMES_COLUMNS:
        return None
    kind = KINDS.get(cells[7]) or ("town" if cells[6] == "P" else None)
    country = alpha3_of(cells[8])
    if kind is None or country is None:
        return None
    people = int(cells[14] or 0)
    entry = Entry(
        f"geonames:{cells[0]}", cells[1], country, f"{country}.{cells[10]}", kind, float(cells[4]), float(cells[5]),
        RADII.get(kind, town_radius(people)), people,
    )  # fmt: skip
    names = [cells[1], cells[2], *(name for name in cells[3].split(",") if printable(name))]
    return Row(entry, tuple(dict.fromkeys(name for name in names if name)))


def _provinces(path: Path) -> dict[str, str | None]:
    """Who's On First's number of a region -> the key of our province, where we have it."""
    ours = province_keys()
    with _opened(path) as file:
        regions = _cells(chain([file.readline()], (line for line in file if "\tregion\t" in line)))
        return {cells["wof_id"]: ours.get(f"geonames:{cells['geonames_id']}") for cells in regions}


def _whos_on_first(file: TextIO, header: str, provinces: dict[str, str | None]) -> Iterator[Row]:
    for cells in _cells(chain([header], file)):
        row = _whos_on_first_row(cells, provinces)
        if row is not None:
            yield row


def _cells(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    """The lines after the first, by the names of columns that the first tells; those of another length are left out."""
    columns = next(lines).rstrip("\n").split("\t")
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) == len(columns):
            yield dict(zip(columns, cells, strict=True))


def _whos_on_first_row(cells: dict[str, str], provinces: dict[str, str | None]) -> Row | None:
    kind, country = PLACETYPES.get(cells["placetype"]), alpha3_of(cells["country"])
    if kind is None or country is None or not (cells["name"] and cells["lat"] and cells["lon"]):
        return None
    region = cells["region_id"]
    identity = f"geonames:{cells['geonames_id']}" if cells["geonames_id"] else f"wof:{cells['wof_id']}"
    entry = Entry(
        identity, cells["name"], country, provinces.get(region) or f"{country}.wof{region}", kind, float(cells["lat"]),
        float(cells["lon"]), RADII.get(kind, town_radius(0)), 0,
    )  # fmt: skip
    names = [cells["name"], *(name for name in cells["names"].split("|") if printable(name))]
    return Row(entry, tuple(dict.fromkeys(names)))
