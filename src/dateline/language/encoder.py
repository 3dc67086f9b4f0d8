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
from typing import Any

import numpy as np

from dateline.language.convolution import Floats, largest, room_to_work_in, stacked
from dateline.language.embedding import Embedding, KnownWords

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

    quick, words = _quick_sums(), KnownWords(nlp.vocab)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if model is None or not hasattr(model, "walk") or type(model.ops) is not NumpyOps:
            continue
        for node in list(model.walk()):
            if _known(node):
                encoder = _quick(node, words)
                if node is model:
                    component.model = encoder
                else:
                    model.replace_node(node, encoder)
        for node in component.model.walk():
            node.ops = quick


def _quick_sums() -> Any:
    """Matrix products of numpy, without the zeros that thinc has written where a product is to stand."""
    from thinc.api import NumpyOps

    class QuickOps(NumpyOps):  # type: ignore[misc]
        def gemm(
            self, x: Floats, y: Floats, out: Floats | None = None, trans1: bool = False, trans2: bool = False
        ) -> Floats:
            product: Floats = np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)
            return product

    return QuickOps(use_blis=False)


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
        and 0 < len(convolutions) <= encode.attrs["pad"]
        and all(
            layer.name.startswith("residual(")
            and sorted(part.name for part in layer.walk() if not part.layers) == CONVOLUTION
            and all(part.attrs.get("window_size", 1) == 1 for part in layer.walk())
            for layer in convolutions
        )
    )


def _leaves(model: Any) -> set[str]:
    return {node.name for node in model.walk() if not node.layers}


def _quick(encoder: Any, words: KnownWords) -> Any:
    """The same encoder as a model that only predicts."""
    from thinc.api import Model

    embed, encode = encoder.get_ref("embed"), encoder.get_ref("encode")
    layers, shift = stacked(encode.layers[0].layers)
    pad, width = int(encode.attrs["pad"]), len(shift)
    embedding = Embedding(embed, words, layers[0])

    def forward(_: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Floats], None]:
        ends = np.cumsum([len(doc) + pad for doc in docs]) if docs else [0]
        spans = [slice(end - len(doc), end) for doc, end in zip(docs, ends, strict=True)]
        vectors, mixed = embedding.of(docs, spans, int(ends[-1]) + pad)
        seen = room_to_work_in(vectors)
        layers[0].add(largest(mixed.T, width), seen)
        mixed = np.empty((mixed.shape[1], len(mixed)), dtype=np.float32)
        for layer in layers[1:]:
            layer.mix(seen, mixed)
            layer.add(largest(mixed, width), seen)
        rows = np.ascontiguousarray((seen[width : 2 * width] + shift).T)
        return [rows[span] for span in spans], None

    return Model("quick_encoder", forward, dims={"nO": width})
