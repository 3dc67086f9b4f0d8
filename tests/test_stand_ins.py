"""Words that another word stands in for while a sentence is parsed: what is read shows the text's own."""

from __future__ import annotations

import pytest

from dateline.find.quotations import QuotationStage
from dateline.language import Document, LanguageStage, SpacyParser
from dateline.language.stand_ins import STAND_INS, for_the_parser
from dateline.model import Article
from dateline.reading import Facts, run_stage


def test_a_stand_in_is_as_long_as_its_word() -> None:
    assert all(len(word) == len(other) for word, other in STAND_INS.items())
    assert for_the_parser("They retook it; retooked it.") == "They seized it; retooked it."


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Ghana retook the isle.", "retake"),
        ("Rebels overran two bases.", "overrun"),
        ("The junta closed schools.", "close"),
        ("Chad declared the envoy persona non grata.", "declare"),
    ],
)
def test_the_words_are_the_texts_own(parser: SpacyParser, text: str, lemma: str) -> None:
    article, facts = Article("a", text), Facts()
    for stage in (QuotationStage(), LanguageStage(parser)):
        run_stage(stage, article, facts)
    words = facts.one(Document).words
    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert [word.lemma for word in words if word.pos == "VERB"] == [lemma]
