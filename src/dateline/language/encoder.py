"""What a spaCy encoder computes, computed in less time.

The encoders of spaCy's small and middle English models look at each word by itself (hashed features and a word vector, mixed by a
dense layer) and then at its neighbours, in a few layers of a convolution over three words. The first half depends on the word alone,
so that its result is kept, with what the first layer makes of it for the word itself and for the words beside it; the second half is
done here with numpy's matrix product, which the generic build of BLIS that spaCy comes with takes three times as long for. The
numbers are the same but for rounding in the last digit.

An encoder is only ever given the fragments of one article at once: rounding may hang on what stands beside a word, and a reading
must not depend on which other articles are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

MOST_WORDS = 20_000  # kept for each encoder: 77 MB for a width of 96 and three pieces
UNKNOWN = -1  # in place of the row of a word that is not kept
KEY = ["ORTH", "NORM", "SPACY"]  # what the features of a word hang on
LEXICAL = frozenset({"NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "ORTH", "LOWER"})
"""Features of a word that do not depend on the words around it."""
EMBEDDING = frozenset(
    {
        "extract_features", "list2ragged", "ints-getitem", "hashembed", "static_vectors", "maxout", "layernorm", "dropout",
        "ragged2list",
    }
)  # fmt: skip
"""The layers of an embedding that looks at each word by itself."""
CONVOLUTION = ["dropout", "expand_window", "layernorm", "maxout"]
"""The layers, sorted, of each convolution."""


def quicken(nlp: Any) -> None:
    """Let the encoders and the dense layers of a pipeline compute in less time; whatever is not known is left as it is."""
    from thinc.api import NumpyOps

    quick = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is None or not hasattr(model, "walk") or type(model.ops) is not NumpyOps:
            continue
        for node in list(model.walk()):
            if _known(node):
                encoder = _quick(node, nlp.vocab)
                if node is model:
                    component.model = encoder
                else:
                    model.replace_node(node, encoder)
        for node in component.model.walk():
            node.ops = quick


def _known(node: Any) -> bool:
    """Whether a model is an encoder of the kind that is computed here."""
    if not (node.has_ref("embed") and node.has_ref("encode")):
        return False
    embed, encode = node.get_ref("embed"), node.get_ref("encode")
    features = [name for layer in embed.walk() for name in layer.attrs.get("columns", ())]
    convolutions = encode.layers[0].layers if "pad" in encode.attrs else []
    return (
        _leaves(embed) <= EMBEDDING
        and all(name in LEXICAL for name in features)
        and bool(convolutions)
        and all(
            layer.name.startswith("residual(")
            and sorted(part.name for part in layer.walk() if not part.layers) == CONVOLUTION
            and all(part.attrs.get("window_size", 1) == 1 for part in layer.walk())
            for layer in convolutions
        )
    )


def _leaves(model: Any) -> set[str]:
    return {node.name for node in model.walk() if not node.layers}


def _quick(encoder: Any, vocab: Any) -> Any:
    """The same encoder as a model that only predicts."""
    from thinc.api import Model

    embed, encode = encoder.get_ref("embed"), encoder.get_ref("encode")
    layers = [Convolution.of(layer) for layer in encode.layers[0].layers]
    pad, width = int(encode.attrs["pad"]), layers[0].gain.shape[0]
    embedding = Embedding(embed, vocab, layers[0])

    def forward(_: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Floats], None]:
        ends = np.cumsum([len(doc) + pad for doc in docs]) if docs else [0]
        spans = [slice(end - len(doc), end) for doc, end in zip(docs, ends, strict=True)]
        rows, mixed = embedding.of(docs, spans, int(ends[-1]) + pad)
        layers[0].add(rows, mixed)
        seen: Floats = np.zeros((len(rows), 3 * width), dtype=np.float32)
        for layer in layers[1:]:
            layer.mix(rows, seen, mixed)
            layer.add(rows, mixed)
        return [rows[span] for span in spans], None

    return Model("quick_encoder", forward, dims={"nO": width})


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


class Embedding:
    """What an encoder knows of a word by itself, kept by word, normal form and the space behind it."""

    def __init__(self, model: Any, vocab: Any, first: Convolution) -> None:
        self._model, self._vocab, self._first = model, vocab, first
        steady = _steady_sums()
        for node in model.walk():
            node.ops = steady
        self._row: dict[tuple[int, ...], int] = {}
        width, mixed = len(first.gain), len(first.bias)
        self._vectors: Floats = np.empty((MOST_WORDS + 1, width), dtype=np.float32)
        self._mixed: list[Floats] = [np.empty((MOST_WORDS + 1, mixed), dtype=np.float32) for _ in range(3)]
        """What the first layer makes of a word for the word behind it, for itself and for the word before it."""
        self._keep(slice(0, 1), np.zeros((1, width), dtype=np.float32))  # what stands between documents

    def of(self, docs: Sequence[Any], spans: Sequence[slice], length: int) -> tuple[Floats, Floats]:
        """(the vectors of all words, what the first layer mixes of these and of those beside them), in rows.

        The words of each document stand at its span of the `length` rows; the rest are zeros.
        """
        words = self._rows(docs)
        if words is None:
            return self._unkept(docs, spans, length)
        rows = np.zeros(length, dtype=np.intp)
        at = 0
        for span in spans:
            rows[span] = words[at : (at := at + span.stop - span.start)]
        behind, itself, before = self._mixed
        mixed: Floats = itself[rows]
        mixed[1:] += behind[rows[:-1]]
        mixed[:-1] += before[rows[1:]]
        return self._vectors[rows], mixed

    def _rows(self, docs: Sequence[Any]) -> list[int] | None:
        """Where what is known of the words of some documents is kept; None if they are too many."""
        keys = [key for doc in docs for key in zip(*doc.to_array(KEY).T.tolist(), strict=True)]
        if len(keys) > MOST_WORDS and len(set(keys)) > MOST_WORDS:
            return None
        rows = list(map(self._row.get, keys, repeat(UNKNOWN)))
        if UNKNOWN in rows:
            new = {key: i for i, (key, row) in enumerate(zip(keys, rows, strict=True)) if row == UNKNOWN}
            if len(self._row) + len(new) > MOST_WORDS:
                self._row.clear()
                new = {key: i for i, key in enumerate(keys)}
            words = [word for doc in docs for word in doc]
            at = len(self._row) + 1
            self._keep(slice(at, at + len(new)), self._computed([words[i] for i in new.values()]))
            self._row.update(zip(new, range(at, at + len(new)), strict=True))
            rows = [self._row[key] for key in keys]
        return rows

    def _keep(self, rows: slice, vectors: Floats) -> None:
        self._vectors[rows] = vectors
        for kept, weights in zip(self._mixed, np.split(self._first.weights, 3), strict=True):
            kept[rows] = np.matmul(vectors, weights, dtype=np.float64)
        self._mixed[1][rows] += self._first.bias

    def _unkept(self, docs: Sequence[Any], spans: Sequence[slice], length: int) -> tuple[Floats, Floats]:
        rows: Floats = np.zeros((length, len(self._first.gain)), dtype=np.float32)
        rows[np.concatenate([np.arange(span.start, span.stop) for span in spans])] = self._computed(
            [word for doc in docs for word in doc]
        )
        seen: Floats = np.zeros((length, len(self._first.weights)), dtype=np.float32)
        mixed: Floats = np.empty((length, len(self._first.bias)), dtype=np.float32)
        self._first.mix(rows, seen, mixed)
        return rows, mixed

    def _computed(self, words: Sequence[Any]) -> Floats:
        from spacy.tokens import Doc

        alone = Doc(self._vocab, [word.text for word in words], [bool(word.whitespace_) for word in words])
        for copy, word in zip(alone, words, strict=True):
            copy.norm_ = word.norm_
        vectors: Floats = self._model.predict([alone])[0]
        return vectors


class Convolution(NamedTuple):
    """One layer: each word with its two neighbours through a dense layer, the largest of `pieces` kept, set to scale, added."""

    weights: Floats
    """(3 · width, pieces · width)"""
    bias: Floats
    gain: Floats
    shift: Floats

    @classmethod
    def of(cls, model: Any) -> Convolution:
        """The layer that a thinc model describes."""
        parts = {part.name: part for part in model.walk()}
        weights, bias = parts["maxout"].get_param("W"), parts["maxout"].get_param("b")
        width, pieces, seen = weights.shape
        return cls(
            np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(seen, pieces * width)),
            np.ascontiguousarray(bias.T.reshape(-1)),
            parts["layernorm"].get_param("G"),
            parts["layernorm"].get_param("b"),
        )

    def mix(self, rows: Floats, seen: Floats, mixed: Floats) -> None:
        """Set each row of `mixed`, `pieces` times as wide, to what the dense layer makes of a row and of those beside it.

        `seen` is room to work in, three times as wide as the rows, empty at its corners.
        """
        width = rows.shape[1]
        seen[1:, :width] = rows[:-1]
        seen[:, width : 2 * width] = rows
        seen[:-1, 2 * width :] = rows[1:]
        np.matmul(seen, self.weights, out=mixed)
        mixed += self.bias

    def add(self, rows: Floats, mixed: Floats) -> None:
        """Add to each row the largest pieces of what was mixed, set to scale."""
        width = rows.shape[1]
        best = mixed[:, :width].copy()
        for piece in range(width, mixed.shape[1], width):
            np.maximum(best, mixed[:, piece : piece + width], out=best)
        share = np.full((width, 1), 1 / width, dtype=np.float32)
        best -= best @ share  # the mean of each row, in a third of the time that numpy's own takes
        spread = (best * best) @ share + np.float32(1e-8)
        best *= 1.0 / np.sqrt(spread)
        best *= self.gain
        best += self.shift
        rows += best
