"""Files that others see whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def appearing(path: Path, *, synced: bool = False) -> Iterator[Path]:
    """A path to write to: the file takes its name when the block ends well, and is gone when it does not.

    Args:
        path: the name; what stands under it stays until the new file is whole.
        synced: whether the file is on the disk before it takes its name, so that a machine that loses its power cannot leave it empty.

    Raises:
        OSError: it cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with suppress(OSError):
        partial.unlink(missing_ok=True)  # left by a process of the same number that was killed
    try:
        yield partial
        if synced:
            with partial.open("rb") as file:
                os.fsync(file.fileno())
        partial.replace(path)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
