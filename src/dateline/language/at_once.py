"""spaCy's tokenizer, tagger, parser and recogniser of names, each over all fragments of an article at once.

`nlp.pipe` hands documents on through a chain of generators, and each component sorts and cuts them into batches; here there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


class AtOnce:
    """The components of a pipeline, called one after the other."""

    def __init__(self, nlp: Any) -> None:
        self._make_doc = nlp.make_doc
        self._components = [component for _, component in nlp.pipeline]

    @staticmethod
    def suit(nlp: Any) -> bool:
        """Whether a pipeline is made of nothing but components that may be called so."""
        from spacy.pipeline import DependencyParser, EntityRecognizer, Tagger, Tok2Vec

        known = (DependencyParser, EntityRecognizer, Tagger, Tok2Vec)
        return all(type(component) in known for _, component in nlp.pipeline)

    def __call__(self, texts: Sequence[str]) -> list[Any]:
        """The documents of some texts."""
        docs = [self._make_doc(text) for text in texts]
        for component in self._components:
            model = component.model
            if model.has_ref("softmax") and any(map(len, docs)):
                component.set_annotations(docs, _tags(model, docs))
            else:
                component.set_annotations(docs, component.predict(docs))
        return docs


def _tags(tagger: Any, docs: Sequence[Any]) -> list[list[int]]:
    """The most likely tag of each word of each document; for which it need not be known how likely."""
    words, softmax = tagger.get_ref("tok2vec").predict(docs), tagger.get_ref("softmax")
    scores = np.concatenate(words) @ softmax.get_param("W").T
    scores += softmax.get_param("b")
    best: list[int] = scores.argmax(axis=1).tolist()
    ends = np.cumsum([len(doc) for doc in docs]).tolist()
    return [best[end - len(doc) : end] for doc, end in zip(docs, ends, strict=True)]
