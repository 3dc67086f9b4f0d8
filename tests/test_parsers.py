"""The quick pipeline against spaCy's own: the same rows, whatever else is read."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dateline.language import Row, SpacyParser
from dateline.language.convolution import stacked
from dateline.language.embedding import Embedding, KnownWords
from dateline.language.forms import Forms
from dateline.language.parsers import MOST_AT_ONCE, PACKAGED_MODEL
from dateline.language.vocabulary import SharedVectors

TEXTS = [
    "The army shelled Talma on Monday, killing at least 12 people, officials said.",
    "He's gonna say they've got to leave; y'all know the rebels couldn't hold the U.S.-built bridge.",
    "There's no water in  Ostra. Let's go, c'mon!",
    "Oil rose 3% to $61.20 a barrel – a 14-month high.",
    "",
    " ",
    "“",
]
WORDS = "rebels army Talma Ostra seized the of a , . said that it 's had gon na let expl is there 12 killed   on Monday Fled".split(
    " "
)


@pytest.fixture(scope="module")
def spacys_own() -> Language:
    return spacy.load(importlib.import_module(PACKAGED_MODEL).model_path(), exclude=["senter"])


def own_rows(nlp: Language, texts: Sequence[str]) -> Iterator[list[Row]]:
    for doc in nlp.pipe(texts):
        yield [
            Row(
                t.idx, t.idx + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_,
                bool(t.is_sent_start),
            )
            for t in doc
        ]  # fmt: skip


def test_the_rows_are_those_of_spacys_own_pipeline(parser: SpacyParser, spacys_own: Language) -> None:
    assert list(parser.rows(TEXTS)) == list(own_rows(spacys_own, TEXTS))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_words_in_any_order_have_spacys_own_rows(parser: SpacyParser, spacys_own: Language, text: str) -> None:
    assert list(parser.rows([text])) == list(own_rows(spacys_own, [text]))


def test_a_word_is_the_same_in_whatever_company(spacys_own: Language) -> None:
    tok2vec: Any = spacys_own.get_pipe("tok2vec")
    embed = tok2vec.model.get_ref("embed").copy()
    [first], _ = stacked(tok2vec.model.get_ref("encode").layers[0].layers[:1])

    def computed(company: str) -> list[bytes]:
        docs = [spacys_own.make_doc(company), spacys_own.make_doc("Talma fell")]
        embedding, end = Embedding(embed, KnownWords(spacys_own.vocab), first), len(docs[0])
        vectors, mixed = embedding.of(docs, [slice(0, end), slice(end + 1, end + 3)], end + 3)
        return [vectors[-2:].tobytes(), mixed[-2:].tobytes()]

    company = [f"v{k}" for k in range(40)]
    alone = computed("")
    assert all(computed(" ".join(company[:many])) == alone for many in range(40))


def test_a_full_memory_starts_anew(parser: SpacyParser, monkeypatch: pytest.MonkeyPatch) -> None:
    before = list(parser.rows(TEXTS))
    monkeypatch.setattr("dateline.language.embedding.MOST_WORDS", 16)
    monkeypatch.setattr("dateline.language.forms.MOST_FORMS", 3)
    assert list(parser.rows(TEXTS)) == before


def test_texts_that_are_too_long_together_are_parsed_one_after_the_other(parser: SpacyParser) -> None:
    long = "The rebels left Talma. " * (MOST_AT_ONCE // 23)
    assert [len(rows) for rows in parser.rows([long, TEXTS[0], long])] == [
        5 * (MOST_AT_ONCE // 23),
        16,
        5 * (MOST_AT_ONCE // 23),
    ]


def test_a_pipeline_that_is_not_known_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    assert not Forms.suit(nlp)
    [rows] = SpacyParser(nlp).rows(["Rebels left. Talma fell."])
    assert [row.text for row in rows if row.sent_start] == ["Rebels", "Talma"]


def test_the_vectors_are_spacys_own(spacys_own: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(importlib.import_module(PACKAGED_MODEL).model_path()) / "vocab"
    keys = [*list(spacys_own.vocab.vectors.keys())[::5000], 12345, 2**64 - 1, 0]
    own = spacys_own.vocab.vectors.get_batch(keys)
    own[[i for i, key in enumerate(keys) if key not in spacys_own.vocab.vectors]] = 0
    for cache in (tmp_path / "kept", tmp_path / "kept", Path("/dev/null")):  # made, kept, where nothing can be kept
        monkeypatch.setenv("DATELINE_CACHE", str(cache))
        assert np.array_equal(SharedVectors.of(folder).get_batch(keys), own)


def test_the_commands_of_the_library_are_loaded_only_when_they_are_asked_for() -> None:
    code = (
        "import sys; from dateline.language import load_parser; parser = load_parser()\n"
        "assert list(parser.rows(['Rebels fled.'])) and 'spacy.cli' not in sys.modules\n"
        "import spacy, spacy.cli; assert spacy.cli.download\n"
        "assert spacy.info(silent=True)['spacy_version'] == spacy.__version__"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
