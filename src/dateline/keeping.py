"""Files that are made once and kept in the user's cache folder. Losing one costs the time that it takes to make it again."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import cast

from dateline.appearing import appearing

PACKAGE = Path(__file__).parent
VERSIONS = 3
"""How many files of one kind are kept: versions of Dateline on one machine do not take turns making theirs."""


def cache_folder() -> Path:
    """The folder for what Dateline keeps: `DATELINE_CACHE`, else `dateline` in `XDG_CACHE_HOME` or in `~/.cache`."""
    told = os.environ.get("DATELINE_CACHE")
    if told:
        return Path(told)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline"


def kept_file(kind: str, made_of: str, suffix: str, write: Callable[[Path], object]) -> Path | None:
    """A file in the cache folder, written first where it is not there; None where the folder cannot be written.

    Args:
        kind: what its name starts with; the oldest files of a kind are deleted when a new one is made.
        made_of: what its content hangs on, as hexadecimal digits.
        suffix: what its name ends with.
        write: writes it under the name that it is given. Others see it when it is whole, or not at all.
    """
    path = cache_folder() / f"{kind}-{made_of}{suffix}"
    if os.path.isfile(path):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with appearing(path) as partial:
            write(partial)
    except OSError:
        return path if os.path.isfile(path) else None
    with suppress(OSError):
        others = sorted(path.parent.glob(f"{kind}-*{suffix}"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in others[VERSIONS:]:
            old.unlink(missing_ok=True)
    return path


def kept_object[T](kind: str, made_of: str, make: Callable[[], T]) -> T:
    """What `make` makes, from the cache folder where it was made before.

    Only what this user wrote is read: whoever can write what is read here can have anything done.
    """

    def write(path: Path) -> None:
        path.write_bytes(pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))

    path = cache_folder() / f"{kind}-{made_of}.pickle"
    try:
        if not hasattr(os, "getuid") or path.stat().st_uid == os.getuid():
            return cast(T, pickle.loads(path.read_bytes()))
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError, TypeError, ValueError):
        with suppress(OSError):
            path.unlink()
    made = make()
    kept_file(kind, made_of, ".pickle", write)
    return made


def state_of(*folders: Path) -> str:
    """Hexadecimal digits that change with the files in some folders; with their sizes and times, as nothing is read for it."""
    digest = hashlib.sha256()
    for folder in folders:
        for place, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(names):
                stated = os.stat(os.path.join(place, name))
                digest.update(f"{place}/{name} {stated.st_size} {stated.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]
