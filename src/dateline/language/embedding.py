"""What encoders know of each word by itself, kept by the word's number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.language.convolution import Convolution, Floats, room_to_work_in
from dateline.language.hashing import hashes

MOST_WORDS = 20_000  # kept for each encoder: 77 MB for a width of 96 and three pieces
UNKNOWN = -1  # in place of the number of a word that is not kept
KEY = ["ORTH", "NORM", "SPACY"]  # what the features of a word hang on

type Numbers = NDArray[np.intp]


class KnownWords:
    """The words that are kept, by text, normal form and the space behind them, numbered from 1, for all encoders of a pipeline.

    The encoders are asked about the same documents one after the other: the numbers of the last ones are kept.
    """

    def __init__(self, vocab: Any) -> None:
        self._vocab = vocab
        self._number: dict[int, int] = {}
        self._embeddings: list[Embedding] = []
        self._last: tuple[Sequence[Any], Numbers | None] = (), np.empty(0, dtype=np.intp)

    def add(self, embedding: Embedding) -> None:
        """Let an encoder be told of words that are new; before any words are asked for."""
        self._embeddings.append(embedding)

    def numbers(self, docs: Sequence[Any]) -> Numbers | None:
        """The numbers of the words of some documents; None if they are more than are kept."""
        if self._last[0] is not docs:
            self._last = docs, self._looked_up(docs)
        return self._last[1]

    def _looked_up(self, docs: Sequence[Any]) -> Numbers | None:
        keys = hashes(np.concatenate([doc.to_array(KEY).reshape(-1, len(KEY)) for doc in docs]))
        if len(keys) > MOST_WORDS and len(set(keys)) > MOST_WORDS:
            return None
        numbers = list(map(self._number.get, keys, repeat(UNKNOWN)))
        if UNKNOWN in numbers:
            new = {key: i for i, (key, number) in enumerate(zip(keys, numbers, strict=True)) if number == UNKNOWN}
            if len(self._number) + len(new) > MOST_WORDS:
                self._number.clear()
                new = {key: i for i, key in enumerate(keys)}
            words = [word for doc in docs for word in doc]
            alone = self.alone([words[i] for i in new.values()])
            at = len(self._number) + 1
            for embedding in self._embeddings:
                embedding.keep(at, alone)
            self._number.update(zip(new, range(at, at + len(new)), strict=True))
            numbers = [self._number[key] for key in keys]
        return np.array(numbers, dtype=np.intp)

    def alone(self, words: Sequence[Any]) -> Any:
        """A document of words from anywhere."""
        from spacy.tokens import Doc

        alone = Doc(self._vocab, [word.text for word in words], [bool(word.whitespace_) for word in words])
        for copy, word in zip(alone, words, strict=True):
            copy.norm_ = word.norm_
        return alone


class Embedding:
    """What an encoder knows of a word by itself, and what its first layer makes of that."""

    def __init__(self, model: Any, words: KnownWords, first: Convolution) -> None:
        self._model, self._words, self._first = model, words, first
        steady = _steady_sums()
        for node in model.walk():
            node.ops = steady
        mixed, width = len(first.weights), len(first.gain)
        self._vectors: Floats = np.empty((MOST_WORDS + 1, width), dtype=np.float32)
        self._mixed: list[Floats] = [np.empty((MOST_WORDS + 1, mixed), dtype=np.float32) for _ in range(3)]
        """What the first layer makes of a word for the word behind it, for itself and for the word before it."""
        self._keep(slice(0, 1), np.zeros((1, width), dtype=np.float32))  # what stands between documents
        words.add(self)

    def of(self, docs: Sequence[Any], spans: Sequence[slice], length: int) -> tuple[Floats, Floats]:
        """(the vectors of all words, what the first layer mixes of these and of those beside them), in rows.

        The words of each document stand at its span of the `length` rows; the rest are zeros.
        """
        numbers = self._words.numbers(docs)
        if numbers is None:
            return self._unkept(docs, spans, length)
        rows = np.zeros(length, dtype=np.intp)
        at = 0
        for span in spans:
            rows[span] = numbers[at : (at := at + span.stop - span.start)]
        behind, itself, before = self._mixed
        mixed = itself.take(rows, axis=0)
        mixed[1:] += behind.take(rows[:-1], axis=0)
        mixed[:-1] += before.take(rows[1:], axis=0)
        return self._vectors.take(rows, axis=0), mixed

    def keep(self, at: int, words: Any) -> None:
        """Keep what is known of the words of a document, from a number on."""
        self._keep(slice(at, at + len(words)), self._model.predict([words])[0])

    def _keep(self, rows: slice, vectors: Floats) -> None:
        self._vectors[rows] = vectors
        *each, bias = np.split(self._first.weights, np.arange(1, 4) * vectors.shape[1], axis=1)
        for kept, weights in zip(self._mixed, each, strict=True):
            kept[rows] = np.matmul(vectors, weights.T, dtype=np.float64)
        self._mixed[1][rows] += bias[:, 0]

    def _unkept(self, docs: Sequence[Any], spans: Sequence[slice], length: int) -> tuple[Floats, Floats]:
        rows: Floats = np.zeros((length, len(self._first.gain)), dtype=np.float32)
        words = self._words.alone([word for doc in docs for word in doc])
        rows[np.concatenate([np.arange(span.start, span.stop) for span in spans])] = self._model.predict([words])[0]
        mixed: Floats = np.empty((len(self._first.weights), length), dtype=np.float32)
        self._first.mix(room_to_work_in(rows), mixed)
        return rows, mixed.T


def _steady_sums() -> Any:
    """Matrix products in double precision. In single precision the last digit of a row hangs on where in the matrix it stands, but what
    is kept of a word must not hang on which words were new with it."""
    from thinc.api import NumpyOps

    class SteadyOps(NumpyOps):  # type: ignore[misc]
        def gemm(
            self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
        ) -> Floats:
            product = np.matmul(x.T if trans1 else x, y.T if trans2 else y, dtype=np.float64)
            result: Floats = np.empty(product.shape, dtype=np.float32) if out is None else out
            result[...] = product
            return result

    return SteadyOps(use_blis=False)
