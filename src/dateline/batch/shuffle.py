"""Rows from many tasks to many partitions by way of files: a task writes files of one batch a partition, a partition gathers its own.

It is the shuffle of MapReduce (Dean and Ghemawat 2004): nobody talks to anybody, and a step that was killed is done again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa

from dateline.appearing import appearing

AT_ONCE = 64_000_000  # bytes of rows, roughly, that a task holds before it writes them


def partition_of(key: str, partitions: int) -> int:
    """The partition of a key: the same everywhere and always."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()[:8]) % partitions


class Spill:
    """Writes the rows of one task; use it as a context.

    Args:
        folder: where; it is made.
        name: of the task; the files of a task that is done again replace those of before.
        schema: of the rows.
        partitions: how many.
    """

    def __init__(self, folder: Path, name: str, schema: pa.Schema, partitions: int) -> None:
        self._folder, self._name, self._schema = folder, name, schema
        self._parts: list[list[dict[str, Any]]] = [[] for _ in range(partitions)]
        self._held = self._files = 0

    def put(self, partition: int, row: dict[str, Any], size: int) -> None:
        """Add a row of about so many bytes."""
        self._parts[partition].append(row)
        self._held += size
        if self._held > AT_ONCE:
            self._write()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None and self._held:
            self._write()

    def _write(self) -> None:
        path = self._folder / f"{self._name}-{self._files:04}.arrow"
        with appearing(path, synced=True) as partial, pa.OSFile(str(partial), "wb") as sink:
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(sink, self._schema, options=options) as writer:
                for rows in self._parts:
                    writer.write_batch(pa.RecordBatch.from_pylist(rows, self._schema))
        self._parts = [[] for _ in self._parts]
        self._held, self._files = 0, self._files + 1


def gathered(folder: Path, partition: int, schema: pa.Schema) -> pa.Table:
    """The rows of one partition, task by task."""
    batches = []
    for path in sorted(folder.glob("*.arrow")):
        with pa.memory_map(str(path)) as source:
            batches.append(pa.ipc.open_file(source).get_batch(partition))
    return pa.Table.from_batches(batches, schema)
