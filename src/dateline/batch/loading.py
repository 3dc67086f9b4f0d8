"""What a batch has read, into a ledger: the same rows as if the ledger had read the articles, without reading them again."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from dateline.batch.plan import BatchError, read_manifest
from dateline.batch.rows import Row, reading_of
from dateline.ledger.intake import Counts, Progress, take_in
from dateline.ledger.provenance import Versions, note_reader
from dateline.ledger.runs import Run
from dateline.ledger.store import transaction
from dateline.ledger.voices import signature
from dateline.ledger.workers import Job, Read
from dateline.model import Article
from dateline.sources.found import Failure, Found, Outcome
from dateline.sources.urls import canonical

AT_ONCE = 256  # rows in memory at once


def is_batch(source: str) -> bool:
    """Whether a source is the folder of a batch."""
    return os.path.isdir(source) and read_manifest(Path(source)) is not None


def load(db: sqlite3.Connection, run: Run, folder: Path, progress: Progress) -> Counts:
    """Take what a batch has read into a ledger, under the reader that read it.

    Raises:
        BatchError: the batch is not complete.
    """
    stored = Stored(folder)
    with transaction(db):
        reader = note_reader(db, stored.versions)
    return take_in(db, replace(run, reader=reader), stored.outcomes(), stored, progress)


class Stored:
    """The articles of a batch, as a source gives them, and their readings, as a reader does.

    Raises:
        BatchError: the batch is not complete.
    """

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        if manifest is None or not manifest["complete"]:
            raise BatchError(
                f"{folder}: the batch is not complete; run the same dateline batch again, it goes on where it was"
            )
        self.versions = Versions(**manifest["reader"])
        self._folder, self._shards = folder, range(manifest["shards"])
        self._at_hand: dict[str, tuple[Row, list[Row], list[Row]] | str] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Every article with where it stood, and every failure.

        The order is that of the shards; only articles that share a URL come in the order of the inputs, which tells their versions.
        """
        contested = self._contested()
        waiting: list[tuple[int, Found, str, tuple[Row, list[Row], list[Row]]]] = []
        for shard in self._shards:
            for row, events, statements in self.read(shard):
                stood = [(seen["position"], _found(row, seen)) for seen in row["sightings"]]
                if any(canonical(each.article.url) in contested for _, each in stood):
                    waiting += [(position, each, row["id"], (row, events, statements)) for position, each in stood]
                    continue
                self._at_hand = {row["id"]: (row, events, statements)}
                yield from (each for _, each in stood)
            for row in self.rows("failures", shard):
                if row["text"] is None:
                    yield Failure(row["source"], row["reason"], row["kind"])
                else:
                    self._at_hand = {row["article_id"]: row["reason"]}
                    yield _found(row, row)
        for _, found, id, reading in sorted(waiting, key=lambda each: each[0]):
            self._at_hand = {id: reading}
            yield found

    def in_order[T](self, jobs: Iterator[Job[T, Article]]) -> Iterator[tuple[T, Read | str | None]]:
        """What each job carries, with the reading of its article."""
        for job in jobs:
            if job.given is None:
                yield job.carried, None
                continue
            found = self._at_hand[job.given.id]
            if isinstance(found, str):
                yield job.carried, found
            else:
                row, events, statements = found
                yield job.carried, Read(reading_of(row, events, statements), signature(row["text"]))

    def read(self, shard: int) -> Iterator[tuple[Row, list[Row], list[Row]]]:
        """The articles of a shard with their events and statements, which stand in the same order."""
        parts = [groupby(self.rows(name, shard), lambda row: row["article_id"]) for name in ("events", "statements")]
        heads = [next(part, None) for part in parts]
        for row in self.rows("articles", shard):
            own: list[list[Row]] = [[], []]
            for k, head in enumerate(heads):
                if head is not None and head[0] == row["id"]:
                    own[k] = list(head[1])
                    heads[k] = next(parts[k], None)
            yield row, own[0], own[1]

    def rows(self, table: str, shard: int, columns: list[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of one shard of a table, in their order."""
        path = self._folder / table / f"part-{shard:05}.parquet"
        try:
            for batch in pq.ParquetFile(path).iter_batches(AT_ONCE, columns=columns):
                yield from batch.to_pylist()
        except (OSError, ValueError) as error:  # Arrow's errors are among them
            raise BatchError(f"{path}: {error}; make the batch anew in another folder") from error

    def _contested(self) -> set[str]:
        """The URLs at which more than one article stood."""
        at: dict[str, set[str]] = defaultdict(set)
        for shard in self._shards:
            for row in self.rows("articles", shard, ["id", "sightings"]):
                for seen in row["sightings"]:
                    if seen["url"]:
                        at[canonical(seen["url"]) or ""].add(row["id"])
        return {url for url, ids in at.items() if len(ids) > 1}


def _found(row: Row, seen: Row) -> Found:
    article = Article(seen["name"], row["text"], row["title"], row["given"], seen["url"], seen["publisher"])
    return Found(article, seen["source"], seen["author"], seen["retrieved"])
