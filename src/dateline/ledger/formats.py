"""Answers as CSV, JSON, JSON Lines, GeoJSON and Parquet, written as they come."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dateline.ledger.cells import harmless
from dateline.ledger.shapes import Row, feature

if TYPE_CHECKING:
    from dateline.ledger.answers import Answer

ROWS_IN_A_GROUP = 20_000


def write_csv(columns: Sequence[str], rows: Iterable[Row], out: IO[str], delimiter: str = ",", header: bool = True) -> int:
    """A table for spreadsheets: cells that one would run as a formula are made harmless; how many rows is given back."""
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    if header:
        writer.writerow(columns)
    count = 0
    for row in rows:
        count += 1
        writer.writerow([harmless(row.get(name)) for name in columns])
    return count


def json_list(objects: Iterable[Row]) -> Iterator[str]:
    """A JSON list that a person can read, one object a line."""
    opening = "[\n"
    for found in objects:
        yield opening + json.dumps(found, ensure_ascii=False)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def json_lines(objects: Iterable[Row]) -> Iterator[str]:
    """One object a line."""
    for found in objects:
        yield json.dumps(found, ensure_ascii=False) + "\n"


def geojson(rows: Iterable[Row]) -> Iterator[str]:
    """A GeoJSON collection (RFC 7946) of points; what has no coordinates has no geometry."""
    yield '{"type": "FeatureCollection", "features": [\n'
    joint = ""
    for row in rows:
        yield joint + json.dumps(feature(row), ensure_ascii=False)
        joint = ",\n"
    yield "\n]}\n"


def write_parquet(answer: Answer, path: Path | None) -> None:
    """A Parquet file with typed columns, in groups of rows; to standard output where `path` is None."""
    import pyarrow.parquet as pq

    target = sys.stdout.buffer if path is None else str(path)
    rows = iter(answer)
    with pq.ParquetWriter(target, answer.schema()) as writer:
        while batch := list(islice(rows, ROWS_IN_A_GROUP)):
            writer.write_table(answer.table(batch))
