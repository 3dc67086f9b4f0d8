"""What read an article: versions and fingerprints of everything that decides what is found in it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from dateline.gazetteer.cache import added_files, current_version
from dateline.language.parsers import INSTALLED_MODELS, PACKAGED_MODEL
from dateline.ledger.ids import hashed
from dateline.rules.loader import bundled

DECIDES = ("model.py", "reading.py", "reader.py", "language", "rules", "find", "resolve", "gazetteer")
"""The parts of the package that decide what is found; the others only keep and show it."""


@dataclass(frozen=True, slots=True)
class Versions:
    """A reader, told by the versions and fingerprints of its parts; `reader` is the id of them all."""

    reader: str
    dateline: str
    code: str
    lexicon: str
    model: str
    gazetteer: str


def versions(model: str | None, lexicons: Sequence[Path]) -> Versions:
    """The reader that these make."""
    parts = (metadata.version("dateline"), _code(), _lexicon(lexicons), _model(model), _gazetteer())
    return Versions(hashed("r", *parts), *parts)


def note_reader(db: sqlite3.Connection, found: Versions) -> str:
    """The id of a reader, its row put into the ledger; called in a transaction."""
    db.execute(
        "INSERT OR IGNORE INTO reader (id, dateline, code, lexicon, model, gazetteer) VALUES (?, ?, ?, ?, ?, ?)",
        astuple(found),
    )
    return found.reader


@cache
def _code() -> str:
    root = Path(str(resources.files("dateline")))
    return _digest(root, (path for part in DECIDES for path in _files(root / part) if path.suffix == ".py"))


def _lexicon(lexicons: Sequence[Path]) -> str:
    return "+".join((_bundled(), *(_digest(folder, _files(folder)) for folder in lexicons)))


@cache
def _bundled() -> str:
    return _digest(bundled(), _files(bundled()))


def _model(name: str | None) -> str:
    for wanted in (name,) if name else (*INSTALLED_MODELS, PACKAGED_MODEL):
        try:
            return f"{wanted} {metadata.version(wanted.replace('_', '-'))}"
        except metadata.PackageNotFoundError:
            continue
    return str(name)


def _gazetteer() -> str:
    added = [f"{path.stem}:{path.stat().st_size}" for path in added_files()]
    return "+".join((f"{current_version():08x}", *added))


def _files(path: Path) -> list[Path]:
    return (
        [path]
        if path.is_file()
        else sorted(found for found in path.rglob("*") if found.is_file() and "__pycache__" not in found.parts)
    )


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
