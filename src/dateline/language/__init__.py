"""Text in, sentences of tokens with a thin view of their dependencies out.

Every pipeline's labels are read into one vocabulary of relations (`Relation`), whether it follows ClearNLP (spaCy's English
models) or Universal Dependencies; UD trees are turned into the shape of the former, a preposition above its noun and "be"
above its predicate, so that whatever is built on top sees one kind of tree.

Quotations are found before parsing and shielded: the sentence around an utterance is parsed with a one-word stub in its place,
and the utterance by itself. The stub carries the `Quotation` that it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.language.building import build
from dateline.language.fragments import fragments, paragraphs
from dateline.language.parsers import ModelError, Parser, Row, SpacyParser, load_parser
from dateline.language.stand_ins import as_written, for_the_parser
from dateline.language.tree import Document, Sentence, Token
from dateline.model import Article, Fact, Quotation
from dateline.reading import Facts

__all__ = [
    "Document", "LanguageStage", "ModelError", "Parser", "Row", "Sentence", "SpacyParser", "Token", "build", "load_parser",
    "paragraphs",
]  # fmt: skip


class LanguageStage:
    """Quotation -> Document: parse the article around and inside its quotations."""

    name = "language"
    needs: tuple[type[Fact], ...] = (Quotation,)
    gives: tuple[type[Fact], ...] = (Document,)

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        pieces = list(fragments(article.text, facts.of(Quotation)))
        parsed = self._parser.rows([for_the_parser(piece.text) for piece in pieces])
        rows = (as_written(found, piece.text) for found, piece in zip(parsed, pieces, strict=True))
        yield build(len(article.text), paragraphs(article.text), zip(pieces, rows, strict=True), self._parser.universal)
