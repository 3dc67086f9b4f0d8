"""What a batch is to do, decided before anything is read: its files, its shards, its reader. Kept in the manifest of its folder.

A folder belongs to one plan: the same plan goes on where it was, another one is refused.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dateline.appearing import appearing
from dateline.batch.schema import TABLES
from dateline.ledger.provenance import Versions, versions
from dateline.sources.files import NOTHING_IN_IT, STDIN, files_in

FORMAT = 1
MANIFEST = "manifest.json"
WORK = ".work"
"""The folder for what a batch keeps between its steps."""

BYTES_A_SHARD = 1_000_000  # of input
FEWEST, MOST = 8, 4096  # shards, where nobody says how many


class BatchError(RuntimeError):
    """A batch cannot be run; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A batch: where it writes, the files it reads with their sizes in bytes, its number of shards, and its reader."""

    out: Path
    files: tuple[tuple[str, int], ...]
    shards: int
    versions: Versions
    model: str | None = None
    lexicons: tuple[Path, ...] = ()

    @property
    def work(self) -> Path:
        """The folder for what is kept between the steps."""
        return self.out / WORK

    def table(self, name: str, shard: int) -> Path:
        """The file of one shard of one table."""
        return self.out / name / f"part-{shard:05}.parquet"

    def done(self, shard: int) -> Path:
        """The file that says that a shard is finished; its content is the shard's entry in the manifest."""
        return self.work / "done" / f"{shard:05}.json"


def planned(
    inputs: Iterable[str],
    out: Path,
    shards: int | None = None,
    model: str | None = None,
    lexicons: tuple[Path, ...] = (),
) -> Plan:
    """The plan of a batch over files, folders of them and patterns (`news/*.parquet`, `**` goes through folders).

    Raises:
        BatchError: an input is not there, or is none that a batch can read.
    """
    own = out.resolve()  # what is written is not read, though it may lie below what is
    found = (path for given in inputs for path in _files(given) if not path.resolve().is_relative_to(own))
    files = tuple((str(path), path.stat().st_size) for path in found)
    if not files:
        raise BatchError("there is nothing to read")
    chosen = shards or min(MOST, max(FEWEST, -(-sum(size for _, size in files) // BYTES_A_SHARD)))
    return Plan(out, files, chosen, versions(model, lexicons), model, tuple(path.resolve() for path in lexicons))


def _files(given: str) -> list[Path]:
    path = Path(given)
    if given == STDIN or "://" in given:
        raise BatchError(f"{given}: a batch reads files; save it as one first, or use dateline add")
    if os.path.isdir(path):
        unlisted: list[OSError] = []
        found = list(files_in(path, unlisted.append))
        if unlisted:
            raise BatchError(f"{unlisted[0].filename}: {unlisted[0].strerror}")
        if not found:
            raise BatchError(f"{given}: {NOTHING_IN_IT}")
        return found
    if os.path.exists(path):
        return [path]
    matching = sorted(Path(name) for name in glob.glob(given, recursive=True) if os.path.isfile(name))
    if not matching:
        raise BatchError(f"{given}: there is no such file or folder, and no file that fits it as a pattern")
    return matching


def begin(plan: Plan) -> bool:
    """Make the folder of a batch ready, or find it so; whether the batch is complete already.

    Raises:
        BatchError: the folder holds something else, or cannot be written.
    """
    manifest = read_manifest(plan.out)
    if manifest is not None:
        told, wanted = {key: manifest.get(key) for key in _head(plan)}, json.loads(json.dumps(_head(plan)))
        for key, value in wanted.items():
            if told[key] != value:
                raise BatchError(
                    f"{plan.out} was begun with another {NAMES[key]}; give the same again, or choose another folder"
                )
    if manifest is not None and manifest["complete"]:
        return True
    try:
        if manifest is None and plan.out.exists() and any(plan.out.iterdir()):
            raise BatchError(f"{plan.out} is not empty, and no batch was begun there; choose another folder")
        for folder in (*(plan.out / name for name in TABLES), plan.work / "done", plan.work / "prepared"):
            folder.mkdir(parents=True, exist_ok=True)
        if manifest is None:
            write_json(plan.out / MANIFEST, {**_head(plan), "complete": False})
    except OSError as error:
        raise BatchError(f"{plan.out} cannot be written: {error.strerror or error}") from error
    return False


NAMES = {
    "format": "version of the format", "reader": "reader (program, lexicon, model or gazetteer)", "files": "list of input files",
    "shards": "number of shards",
}  # fmt: skip


def _head(plan: Plan) -> dict[str, Any]:
    return {"format": FORMAT, "reader": asdict(plan.versions), "shards": plan.shards, "files": [list(f) for f in plan.files]}


def complete(plan: Plan) -> dict[str, Any]:
    """Write the manifest of a batch whose shards are all finished, and give it."""
    parts = [json.loads(plan.done(shard).read_text(encoding="utf-8")) for shard in range(plan.shards)]
    rows = {name: sum(part["rows"][name] for part in parts) for name in TABLES}
    manifest = {**_head(plan), "complete": True, "rows": rows, "parts": parts}
    write_json(plan.out / MANIFEST, manifest)
    return manifest


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a batch's folder; None where there is none.

    Raises:
        BatchError: it is there, and is not one.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if {"format", "reader", "shards", "complete"} <= told.keys():
            return dict(told)
    except (ValueError, AttributeError, OSError) as error:
        raise BatchError(f"{path} is no manifest of a batch: {error}") from error
    raise BatchError(f"{path} is no manifest of a batch")


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file that appears whole."""
    with appearing(path, synced=True) as partial:
        # What a file's name has in it that is no UTF-8 stands as half a surrogate pair, and is written as JSON escapes it.
        text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        partial.write_text(text, encoding="utf-8", errors="backslashreplace")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
