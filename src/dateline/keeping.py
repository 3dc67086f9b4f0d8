"""Files that are made once and kept in the user's cache folder. Losing one costs the time that it takes to make it again."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

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
    if path.is_file():
        return path
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(partial)
        partial.replace(path)
    except OSError:
        return path if path.is_file() else None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    with suppress(OSError):
        others = sorted(path.parent.glob(f"{kind}-*{suffix}"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in others[VERSIONS:]:
            old.unlink(missing_ok=True)
    return path
