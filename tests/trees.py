"""What tests of the parse share: parses made by hand, and the view of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.find.quotations import QuotationStage
from dateline.language import Document, LanguageStage, Parser, Row
from dateline.model import Article
from dateline.reading import Facts, run_stage


class HandParser:
    """Gives rows that were made by hand, or, for a text that has none, one word a row, each its own root."""

    identity = "by hand"

    def __init__(self, rows: list[Row] | None = None, universal: bool = False) -> None:
        self._rows = rows
        self.universal = universal
        self.seen: list[str] = []

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        for text in texts:
            self.seen.append(text)
            yield self._rows if self._rows is not None else words(text)


def words(text: str) -> list[Row]:
    rows: list[Row] = []
    position = 0
    for word in text.split():
        position = text.index(word, position)
        rows.append(Row(position, position + len(word), word, word, "NOUN", "NN", "ROOT", len(rows), "", not rows))
        position += len(word)
    return rows


def tree(text: str, notation: str) -> list[Row]:
    """Rows of a sentence from `word/POS/relation/head word`, maybe with /tag, one for each word of the text, in its order."""
    parts = [part.split("/") for part in notation.split()]
    forms = [part[0] for part in parts]
    rows, position = [], 0
    for k, (form, pos, relation, head, *told) in enumerate(parts):
        position = text.index(form, position)
        tag = told[0] if told else {"PART": "POS" if form in ("'s",) else "RB", "VERB": "VBD", "ADP": "IN"}.get(pos, "NN")
        at = k if head == form else forms.index(head)
        rows.append(Row(position, position + len(form), form, form.lower(), pos, tag, relation, at, "", k == 0))
        position += len(form)
    return rows


def parsed(text: str, parser: Parser) -> Document:
    facts = Facts()
    run_stage(QuotationStage(), Article("a", text), facts)
    run_stage(LanguageStage(parser), Article("a", text), facts)
    return facts.one(Document)
