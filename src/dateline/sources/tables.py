"""Tables of articles, one a row: CSV and TSV as they come, Parquet batch by batch. Columns are known by their names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import IO, Any

from dateline.sources.decoding import BYTE_ORDER_MARKS, LARGEST, Unreadable, decode
from dateline.sources.found import Failure, Found, Outcome, attempt
from dateline.sources.opening import limited_lines
from dateline.sources.records import ALSO_CALLED, as_found

DELIMITERS = ",;\t|"
BATCH = 64  # rows of Parquet in memory at once


def delimited(stream: io.BufferedReader, source: str, delimiter: str | None) -> Iterator[Outcome]:
    """The articles of a table in CSV or TSV whose first line names the columns; `delimiter` None: told from that line."""
    csv.field_size_limit(LARGEST)
    lines = _Lines(stream, source)
    header = next(lines, "")
    if lines.wrong:
        yield Failure(source, lines.wrong)
        return
    if not header.strip():
        yield Failure(source, "the file is empty")
        return
    chosen = delimiter or max(DELIMITERS, key=header.count)
    try:
        names = [name.strip() for name in next(csv.reader([header], delimiter=chosen), [])]
    except csv.Error as error:
        yield Failure(source, f"its first line cannot be read as the names of columns: {error}")
        return
    if problem := _no_text(names):
        yield Failure(source, problem)
        return
    rows = csv.reader(lines, delimiter=chosen, strict=False)
    number = 1
    while True:
        number += 1
        where = f"{source}, row {number}"
        lines.wrong = None
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield Failure(where, f"the row cannot be read: {lines.wrong or error}")
            continue
        except Unreadable as error:
            yield Failure(where, f"the row cannot be read: {error}")
            return
        if problem := _damage(row, names, lines):
            yield Failure(where, problem)
        elif row:
            yield attempt(partial(_row, dict(zip(names, row, strict=False)), where), where)
    if number == 2:
        yield Failure(source, "the table has no row below its header")


def parquet(file: IO[bytes], source: str) -> Iterator[Outcome]:
    """The articles of a Parquet file, which must be one that can be sought in."""
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.ParquetFile(file)
        names = list(table.schema_arrow.names)
        if problem := _no_text(names):
            yield Failure(source, problem)
            return
        wanted = [name for name in names if name.lower() in ALSO_CALLED]
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                where = f"{source}, row {number}"
                yield attempt(partial(_row, row, where), where)
        if not number:
            yield Failure(source, "the table has no row")
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        yield Failure(source, f"it cannot be read as Parquet: {str(error).splitlines()[0]}")


def _row(row: Mapping[str, Any], where: str) -> Found:
    record = {}
    for name, value in row.items():
        if value is not None and value != "":
            record[name] = value.isoformat() if hasattr(value, "isoformat") else value
    for name in [name for name in record if ALSO_CALLED.get(name.lower()) != "id" and not isinstance(record[name], str)]:
        record[name] = str(record[name])
    return as_found(record, where)


def _no_text(names: Iterable[str]) -> str | None:
    known = [name for name in names if ALSO_CALLED.get(name.lower()) == "text"]
    if known:
        return None
    called = ", ".join(name for name, key in ALSO_CALLED.items() if key == "text")
    return f"no column is called {called}; there are: {', '.join(names)[:200]}"


def _damage(row: list[str], names: list[str], lines: _Lines) -> str | None:
    """Why a row is not to be taken for an article though there is one; None where it may be."""
    if lines.wrong:
        return f"the row cannot be read: {lines.wrong}"
    if lines.ended:  # within a row: after its last line nobody asks for another one
        return "a quotation mark opens in it that is never closed: all that stands below went into this row, and is not read"
    if len(row) > len(names):
        return f"it has {len(row)} cells, the header {len(names)}: a quotation mark may be missing"
    return None


class _Lines:
    """The lines of a table as text, so that one that cannot be read costs its row alone.

    Such a line is given all the same, with its commas and quotation marks in their places; `wrong` says then what is wrong with it.
    `ended` says that somebody has asked for a line after the last one.
    """

    def __init__(self, stream: io.BufferedReader, source: str) -> None:
        self.wrong: str | None = None
        self.ended = False
        self._lines = self._read(stream, source)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise

    def _read(self, stream: io.BufferedReader, source: str) -> Iterator[str]:
        """A whole stream in UTF-16 or 32 is decoded as one, others line by line."""
        start = stream.peek(4)[:4]
        for mark, encoding in BYTE_ORDER_MARKS[1:]:
            if start.startswith(mark):
                for line in limited_lines(io.TextIOWrapper(stream, encoding, errors="replace", newline="")):
                    if len(line) > LARGEST:
                        self.wrong = f"a line is longer than {LARGEST // 1_000_000} MB"
                    yield line
                return
        for data in limited_lines(stream):
            try:
                yield decode(data, source)
            except Unreadable as error:
                self.wrong = str(error)
                yield data.decode("utf-8", "replace")
