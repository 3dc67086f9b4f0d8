"""The layers of an encoder's convolution, with numpy.

Words stand side by side here, one in a column, and what is known of them one below the other: what is done to all words alike is then
done in few long loops. Shifts are left out of the columns, the layers above and the encoder's end know of them; the bias is the weight
of a row of ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

LEAST_SPREAD = np.float32(1e-8)


class Convolution(NamedTuple):
    """One layer: each word with its two neighbours through a dense layer, the largest of `pieces` kept, set to scale, added."""

    weights: Floats
    """(pieces · width, 3 · width + 1), for the word before, the word itself, the word behind, and one."""
    gain: Floats
    """(width, 1)"""
    share: Floats
    """(1, width), each the same: a product with it is a mean, in a third of the time that numpy's own takes."""

    def mix(self, seen: Floats, mixed: Floats) -> None:
        """Set each column of `mixed`, `pieces` times as high, to what the dense layer makes of a word and of those beside it."""
        width = len(self.gain)
        words = seen[width : 2 * width]
        seen[:width, 1:] = words[:, :-1]
        seen[2 * width : -1, :-1] = words[:, 1:]
        np.matmul(self.weights, seen, out=mixed)

    def add(self, best: Floats, seen: Floats) -> None:
        """Add to each word the largest pieces of what was mixed, set to scale."""
        width = len(self.gain)
        best -= self.share @ best
        spread = self.share @ (best * best)
        spread += LEAST_SPREAD
        np.sqrt(spread, out=spread)
        best /= spread
        best *= self.gain
        seen[width : 2 * width] += best


def stacked(models: Sequence[Any]) -> tuple[list[Convolution], Floats]:
    """(the layers that thinc's models describe, the shifts of all of them, in a column)."""
    layers, shift = [], np.zeros((1, 1), dtype=np.float32)
    for model in models:
        parts = {part.name: part for part in model.walk()}
        weights, bias = parts["maxout"].get_param("W"), parts["maxout"].get_param("b")
        width, pieces, seen = weights.shape
        by_piece = weights.transpose(1, 0, 2).reshape(pieces * width, seen)
        unshifted = by_piece @ np.tile(np.broadcast_to(shift, (width, 1)), (3, 1)) + bias.T.reshape(-1, 1)
        gain, share = parts["layernorm"].get_param("G").reshape(-1, 1), np.full((1, width), 1 / width, dtype=np.float32)
        layers.append(Convolution(np.hstack([by_piece, unshifted]), gain, share))
        shift = shift + parts["layernorm"].get_param("b").reshape(-1, 1)
    return layers, shift


def room_to_work_in(vectors: Floats) -> Floats:
    """The vectors of words, one in a column, with room for those of the words beside them above and below, and with a row of ones."""
    length, width = vectors.shape
    seen: Floats = np.zeros((3 * width + 1, length), dtype=np.float32)
    seen[width : 2 * width] = vectors.T
    seen[-1] = 1
    return seen


def largest(mixed: Floats, width: int) -> Floats:
    """The largest of the pieces that stand one below the other. What was mixed is overwritten."""
    best = mixed[:width]
    for piece in range(width, len(mixed), width):
        np.maximum(best, mixed[piece : piece + width], out=best)
    return np.ascontiguousarray(best)
