"""From files to shards of articles, and from a shard to its tables.

An article belongs to the shard that its id says, and stands there in the order of the ids: what a shard holds does not depend on
who reads it, on how many, or on what was there before.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from dateline.appearing import appearing
from dateline.batch.function import failed, finished, sighted, tables
from dateline.batch.plan import BatchError, Plan, digest, write_json
from dateline.batch.schema import GIVEN, READINGS, TABLES
from dateline.batch.shuffle import Spill, gathered, partition_of
from dateline.ledger.workers import Job
from dateline.sources.files import outcomes
from dateline.sources.found import Failure

BYTES_A_TASK = 64_000_000
FILE_BITS = 32  # of a position: below them stands the place in the file
LOST = pa.schema([TABLES["failures"].field(name) for name in ("position", "source", "kind", "reason")])
CHUNK_ARTICLES, CHUNK_LETTERS = 16, 40_000
"""What a process is given at once, at the most."""
SETTINGS: dict[str, Any] = {
    "compression": "zstd", "compression_level": 3, "version": "2.6", "data_page_version": "1.0", "row_group_size": 20_000,
    "use_dictionary": True, "write_statistics": True, "store_schema": True,
}  # fmt: skip
"""How Parquet is written: fixed, so that the same rows are the same bytes."""


@dataclass(frozen=True, slots=True)
class Task:
    """Files to be put into shards: the number of the first, and their paths."""

    first: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A finished shard: its number, and how many rows each table has."""

    part: int
    rows: dict[str, int]


class Pool(Protocol):
    """What reads chunks of articles in order: `workers.Several`."""

    def in_order(self, jobs: Iterator[Job[Any, pa.RecordBatch]]) -> Iterator[tuple[Any, pa.RecordBatch | str | None]]:
        """What each job carries, with its readings; a text instead says why there are none, None that there was nothing to read."""
        ...


# -- files to shards ----------------------------------------------------------------------------------------------------


def tasks(plan: Plan) -> list[Task]:
    """The files of a plan in pieces of some size that have not been put into shards yet."""
    found: list[Task] = []
    paths: list[str] = []
    held = 0
    for number, (path, size) in enumerate(plan.files, 1):
        paths.append(path)
        held += size
        if held >= BYTES_A_TASK or number == len(plan.files):
            found.append(Task(number - len(paths), tuple(paths)))
            paths, held = [], 0
    return [task for task in found if not _prepared(plan, task).exists()]


def _prepared(plan: Plan, task: Task) -> Path:
    return plan.work / "prepared" / f"{task.first:08}.json"


def prepare(plan: Plan, task: Task) -> int:
    """Put the articles of some files into their shards; how many there are."""
    found = 0
    with (
        Spill(plan.work / "given", f"{task.first:08}", GIVEN, plan.shards) as given,
        Spill(plan.work / "lost", f"{task.first:08}", LOST, plan.shards) as lost,
    ):
        for number, path in enumerate(task.paths, task.first):
            for place, outcome in enumerate(outcomes([path])):
                position = number << FILE_BITS | place
                if isinstance(outcome, Failure):
                    lost.put(partition_of(outcome.source, plan.shards), {"position": position, **asdict(outcome)}, 200)
                    continue
                found += 1
                row = sighted(outcome.article, position, outcome.source, outcome.author, outcome.retrieved)
                given.put(partition_of(row["id"], plan.shards), row, 500 + len(row["text"]))
    write_json(_prepared(plan, task), {"articles": found})
    return found


def prepared_articles(plan: Plan) -> int:
    """How many articles the files of a plan hold, one that stands at two places counted twice."""
    return sum(json.loads(path.read_text(encoding="utf-8"))["articles"] for path in (plan.work / "prepared").glob("*.json"))


# -- shards to tables ---------------------------------------------------------------------------------------------------


def missing(plan: Plan) -> list[int]:
    """The shards that are not finished."""
    return [shard for shard in range(plan.shards) if not plan.done(shard).exists()]


def articles_of(plan: Plan, shard: int) -> list[dict[str, Any]]:
    """The articles of a shard as rows of `schema.GIVEN`, by id; one that stands at several places is there once."""
    rows = gathered(plan.work / "given", shard, GIVEN).to_pylist()
    rows.sort(key=lambda row: (row["id"], row["sightings"][0]["position"]))
    return [
        {**same[0], "sightings": [seen for row in same for seen in row["sightings"]]}
        for same in (list(group) for _, group in groupby(rows, operator.itemgetter("id")))
    ]


def read_shards(plan: Plan, shards: Iterable[int], pool: Pool) -> Iterator[Done]:
    """Read shards, each written as soon as it is read.

    Raises:
        BatchError: a process reads with other versions than the plan says, or the tables cannot be written.
    """
    read: list[pa.RecordBatch] = []
    for (shard, chunk, last), result in pool.in_order(_jobs(plan, shards)):
        if isinstance(result, str):
            read += _one_by_one(plan, chunk, pool) if chunk.num_rows > 1 else [_given_up(plan, chunk, result)]
        elif result is not None:
            read.append(result)
        if last:
            yield _write(plan, shard, read)
            read = []


def _jobs(plan: Plan, shards: Iterable[int]) -> Iterator[Job[tuple[int, pa.RecordBatch, bool], pa.RecordBatch]]:
    for shard in shards:
        chunks = list(_chunks(articles_of(plan, shard)))
        for number, chunk in enumerate(chunks, 1):
            yield Job((shard, chunk, number == len(chunks)), chunk)
        if not chunks:
            yield Job((shard, None, True))


def _chunks(rows: list[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    chunk: list[dict[str, Any]] = []
    letters = 0
    for row in rows:
        chunk.append(row)
        letters += len(row["text"])
        if len(chunk) == CHUNK_ARTICLES or letters > CHUNK_LETTERS:
            yield pa.RecordBatch.from_pylist(chunk, GIVEN)
            chunk, letters = [], 0
    if chunk:
        yield pa.RecordBatch.from_pylist(chunk, GIVEN)


def _one_by_one(plan: Plan, chunk: pa.RecordBatch, pool: Pool) -> Iterator[pa.RecordBatch]:
    """The articles of a chunk whose process died: the one that it died of is given up, the others are read."""
    singles = (chunk.slice(k, 1) for k in range(chunk.num_rows))
    for single, result in pool.in_order(Job(single, single) for single in singles):
        yield _given_up(plan, single, result) if isinstance(result, str) else result


def _given_up(plan: Plan, chunk: pa.RecordBatch, reason: str) -> pa.RecordBatch:
    return finished([failed(row, "failed", reason) for row in chunk.to_pylist()], plan.versions)


def _write(plan: Plan, shard: int, read: list[pa.RecordBatch]) -> Done:
    whole = pa.Table.from_batches(read, READINGS)
    readers = set(whole["reader"].unique().to_pylist()) - {plan.versions.reader}
    if readers:
        raise BatchError(
            f"a process reads with other versions ({', '.join(sorted(readers))}) than the batch was begun with "
            f"({plan.versions.reader}): the program, model, lexicon and gazetteer must be the same on every machine"
        )
    found = tables(whole)
    lost = gathered(plan.work / "lost", shard, LOST).sort_by("position").to_pylist()
    told = asdict(plan.versions)
    found["failures"] = pa.concat_tables(
        [pa.Table.from_pylist([{**row, **told} for row in lost], TABLES["failures"]), found["failures"]]
    )
    digests = {}
    for name, table in found.items():
        path = plan.table(name, shard)
        write_parquet(path, table)
        digests[name] = digest(path)
    rows = {name: table.num_rows for name, table in found.items()}
    write_json(plan.done(shard), {"part": shard, "rows": rows, "sha256": digests})
    return Done(shard, rows)


def write_parquet(path: Path, table: pa.Table) -> None:
    """Write a table so that the same rows are the same bytes; the file appears whole."""
    with appearing(path, synced=True) as partial:
        pq.write_table(table.combine_chunks(), str(partial), **SETTINGS)
