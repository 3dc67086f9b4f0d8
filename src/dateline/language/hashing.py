"""One number for what is known by three."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 1], dtype=np.uint64)
"""Odd numbers of 64 bits whose bits are in no order."""


def hashes(triples: NDArray[np.uint64]) -> list[int]:
    """A hash of each row; the three in it are mostly hashes themselves. A number is found in a dict sooner than three are."""
    found: list[int] = (triples @ FACTORS).tolist()
    return found
