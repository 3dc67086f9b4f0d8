"""How far into its sources a run is, in bytes of files: what remaining time is reckoned from."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class Meter:
    """Counts the bytes of the files that were read, against all that there are.

    Args:
        inputs: what the run is given; only files and folders have a known size.
    """

    def __init__(self, inputs: Iterable[str | Path]) -> None:
        given = list(inputs)
        self._total = sum(map(_size, given)) if all(map(os.path.exists, given)) else 0
        self._done = 0
        self._open: IO[bytes] | None = None

    @contextmanager
    def reading(self, file: IO[bytes]) -> Iterator[None]:
        """Count a file while it is read."""
        self._open = file
        try:
            yield
        finally:
            self._done += file.tell() if not file.closed else 0
            self._open = None

    @property
    def share(self) -> float | None:
        """How much was read, 0 to 1; None where the size of the sources is not known."""
        if not self._total:
            return None
        now = self._done + (self._open.tell() if self._open is not None and not self._open.closed else 0)
        return min(1.0, now / self._total)


def _size(path: str | Path) -> int:
    if os.path.isfile(path):
        return os.path.getsize(path)
    total = 0
    for root, _, files in os.walk(path):
        for name in files:
            try:
                total += os.stat(os.path.join(root, name)).st_size
            except OSError:
                continue
    return total
