"""The reading as one pure function over Arrow record batches: articles in, readings out, an article a row.

    from dateline.batch.function import Reading, tables

    read = BatchReader()                   # seconds: loads the model
    for batch in batches:                  # pyarrow.RecordBatch with a column `text`, and what else of `schema.GIVEN` there is
        found = tables(read(batch))        # {"articles": …, "events": …, "statements": …, "failures": …}

The same rows come out whatever the batches are cut into. An article that cannot be read is a row with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dateline.batch.rows import article_of, row_of
from dateline.batch.schema import GIVEN, READINGS, TABLES, VERSIONS
from dateline.ledger.ids import article_id
from dateline.ledger.provenance import Versions, versions
from dateline.ledger.workers import Read, Reads, made, read_one
from dateline.ledger.writing import with_id
from dateline.model import Article
from dateline.sources.decoding import Unreadable
from dateline.sources.records import as_found
from dateline.sources.screening import screened

EMPTY: dict[str, Any] = {name: [] for name in ("places", "times", "mentions", "quotations", "events", "statements")}


class BatchReader:
    """The function, with the reader that it needs.

    Args:
        model: name of an English spaCy pipeline; by default an installed `en_core_web_*`, else the packaged one.
        lexicons: folders of the user's own rule files.
        reader: a reader to use instead of making one.

    Raises:
        ReaderFailed: the reader cannot be made.
    """

    def __init__(self, model: str | None = None, lexicons: Sequence[Path] = (), reader: Reads | None = None) -> None:
        self.versions = versions(model, lexicons)
        self._reader = reader or made(model, tuple(lexicons))

    def __call__(self, articles: pa.RecordBatch) -> pa.RecordBatch:
        """A row of `schema.READINGS` for each article.

        Raises:
            pyarrow.ArrowException: a value cannot be held.
        """
        if articles.schema.names == GIVEN.names:
            rows = [self._row(row) for row in articles.to_pylist()]
        else:
            rows = [self._plain(row) for row in articles.to_pylist()]
        return finished(rows, self.versions)

    def _row(self, row: dict[str, Any]) -> dict[str, Any]:
        first = row["sightings"][0]
        article = article_of({**row, "url": first["url"], "publisher": first["publisher"]})
        if reason := screened(article):
            return failed(row, "set aside", reason)
        read = read_one(self._reader, article)
        if not isinstance(read, Read):
            return failed(row, "failed", read)
        return {**row_of(read.reading), "sightings": row["sightings"]}

    def _plain(self, row: dict[str, Any]) -> dict[str, Any]:
        """As `_row`, of an article in columns as people have them."""
        source = str(row.get("source") or row.get("url") or row.get("id") or "")
        record = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        try:
            found = as_found({name: value for name, value in record.items() if value is not None}, source)
        except Unreadable as error:
            nobody = {"id": None, "text": None, "title": None, "given": None}  # what cannot be read is no article
            return failed({**sighted(Article("", ""), 0, source), **nobody}, "failed", str(error))
        return self._row(sighted(found.article, 0, source, found.author, found.retrieved))


def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The function as engines want it that hand over an iterator of batches: Spark's `mapInArrow`, Ray's `map_batches`."""
    reader = _of_this_process()
    for batch in batches:
        yield reader(batch)


@cache
def _of_this_process() -> BatchReader:
    return BatchReader()


def failed(row: dict[str, Any], kind: str, reason: str) -> dict[str, Any]:
    """The row of an article of `schema.GIVEN` that was not read."""
    return {**EMPTY, **row, "failure": {"kind": kind, "reason": reason}}


def finished(rows: list[dict[str, Any]], made_by: Versions) -> pa.RecordBatch:
    """Rows as a batch of `schema.READINGS`."""
    told = asdict(made_by)
    return pa.RecordBatch.from_pylist([{**row, **told} for row in rows], READINGS)


def sighted(
    article: Article, position: int, source: str, author: str | None = None, retrieved: str | None = None
) -> dict[str, Any]:
    """A row of `schema.GIVEN`: an article that stood at one place."""
    named = with_id(article, article_id(article))
    sighting = {
        "position": position, "source": source, "name": article.id, "url": article.url, "publisher": article.publisher,
        "author": author, "retrieved": retrieved,
    }  # fmt: skip
    return {"id": named.id, "text": named.text, "title": named.title, "given": named.published, "sightings": [sighting]}


def tables(readings: pa.RecordBatch | pa.Table) -> dict[str, pa.Table]:
    """Readings (`schema.READINGS`) taken apart into the tables of `schema.TABLES`, each in the order of the articles."""
    whole = pa.Table.from_batches([readings]) if isinstance(readings, pa.RecordBatch) else readings
    whole = whole.combine_chunks()
    well = pc.is_null(whole["failure"])
    read = whole.filter(well)
    return {
        "articles": read.select(TABLES["articles"].names),
        "events": _records(read, "events"),
        "statements": _records(read, "statements"),
        "failures": _failures(whole.filter(pc.invert(well))),
    }


def _records(readings: pa.Table, name: str) -> pa.Table:
    """The records of a column of lists, a row each, with the id of their article and what read it."""
    column = readings[name].combine_chunks()
    parents, records = pc.list_parent_indices(column), pc.list_flatten(column)
    owners = parents.to_numpy(zero_copy_only=False)
    first = np.searchsorted(owners, owners, side="left")
    columns = {
        "article_id": readings["id"].take(parents),
        "n": pa.array(np.arange(1, len(owners) + 1) - first, pa.int32()),
        **{field.name: records.field(k) for k, field in enumerate(records.type)},
        **{field.name: readings[field.name].take(parents) for field in VERSIONS},
    }
    return pa.table([columns[field.name] for field in TABLES[name]], schema=TABLES[name])


def _failures(readings: pa.Table) -> pa.Table:
    """Failures, one for each place where the article stood."""
    rows = []
    for row in readings.to_pylist():
        for seen in row["sightings"]:
            rows.append({**row, **seen, **row["failure"], "article_id": row["id"]})
    return pa.Table.from_pylist(rows, TABLES["failures"])
