"""A spaCy pipeline with its vocabulary less what reading never asks for.

spaCy loads every word that its vectors were made of, 700,000 of them, as a text and as a key: two seconds and 250 MB. Reading asks for
the vector of a word by the word's hash, and for texts of the words that stand in the article and of the pipeline's labels alone. So
the texts are left out, and the hashes stand beside the rows of the table in two arrays that every process of a machine shares.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import srsly
from numpy.typing import NDArray
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer
from spacy.util import registry
from spacy.vectors import BaseVectors, Mode
from spacy.vocab import create_vocab

from dateline.keeping import kept_file

TOKENIZER = "dateline.bare_tokenizer.v1"
KEY_AND_ROW = np.dtype([("key", "<u8"), ("row", "<i8")])


class SharedVectors(BaseVectors):  # type: ignore[misc]
    """A table of word vectors for reading only. A word that it does not know has a vector of zeros."""

    mode = Mode.default

    def __init__(self, index: NDArray[Any], data: NDArray[np.float32], name: str | None = None) -> None:
        self.name = name
        self._keys, self._rows, self._data = index["key"], index["row"], data

    @classmethod
    def of(cls, folder: Path) -> SharedVectors:
        """The table that spaCy wrote into the folder of a vocabulary."""
        keys, stated = folder / "key2row", (folder / "key2row").stat()
        made_of = f"{stated.st_size:x}{stated.st_mtime_ns:x}"

        def write(path: Path) -> None:
            with path.open("wb") as file:
                np.save(file, _index(keys), allow_pickle=False)

        kept = kept_file("vectors", made_of, ".npy", write)
        index = np.load(kept, mmap_mode="r") if kept is not None else _index(keys)
        return cls(np.asarray(index), np.asarray(np.load(folder / "vectors", mmap_mode="r")))

    def get_batch(self, keys: Iterable[int]) -> NDArray[np.float32]:
        """The vectors of words, given by their hashes, one in a row."""
        wanted = np.asarray(keys, dtype=np.uint64)
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        found: NDArray[np.float32] = self._data[self._rows[at]]
        found[self._keys[at] != wanted] = 0
        return found

    def __len__(self) -> int:
        return len(self._data)

    @property
    def shape(self) -> tuple[int, int]:
        """(vectors, numbers in each)."""
        vectors, numbers = self._data.shape
        return vectors, numbers

    @property
    def vectors_length(self) -> int:
        """Numbers in each vector."""
        return self.shape[1]

    @property
    def n_keys(self) -> int:
        """How many words have a vector."""
        return len(self._keys)


def _index(path: Path) -> NDArray[Any]:
    """The hashes of spaCy's file in ascending order, each with its row."""
    rows: dict[int, int] = srsly.read_msgpack(path)
    index = np.empty(len(rows), dtype=KEY_AND_ROW)
    index["key"] = np.fromiter(rows.keys(), dtype=np.uint64, count=len(rows))
    index["row"] = np.fromiter(rows.values(), dtype=np.int64, count=len(rows))
    index.sort(order="key")
    return index


def bare_tokenizer() -> Callable[[Any], Tokenizer]:
    """A tokenizer without rules, for a pipeline that has its own rules on disk: those of the language need not be compiled first."""
    return lambda nlp: Tokenizer(nlp.vocab)


def lean_vocabulary(folder: Path) -> Any:
    """The vocabulary of the English pipeline in a folder; it knows the texts of no words yet."""
    vocab: Any = create_vocab("en", English.Defaults)
    vocab.from_disk(folder / "vocab", exclude=["strings", "vectors"])
    vocab.vectors = SharedVectors.of(folder / "vocab")
    return vocab


def load_lean(folder: Path, exclude: Iterable[str]) -> Any:
    """The English pipeline in a folder, without some of its components."""
    registry.tokenizers.register(TOKENIZER, func=bare_tokenizer)
    nlp: Any = spacy.load(
        folder,
        vocab=lean_vocabulary(folder),
        exclude=[*exclude, "vocab"],
        config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}},
    )
    for _, component in nlp.pipeline:
        for label in getattr(component, "labels", ()):
            nlp.vocab.strings.add(label)
    return nlp
