"""Statements: what the article reports somebody to have said, who said it, and on whose authority."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dateline.find.statement_blocks import Blocks
from dateline.find.statement_cues import Cues
from dateline.find.statement_lexicon import SpeechLexicon
from dateline.find.statement_quotations import Attribution
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_records import statement
from dateline.find.statement_speakers import Speakers
from dateline.language import Document
from dateline.model import Article, Fact, Mention, Quotation, Statement
from dateline.reading import Facts
from dateline.rules.loader import load_one


class StatementStage:
    """Document, Quotation, Mention -> Statement."""

    name = "statements"
    needs: tuple[type[Fact], ...] = (Document, Quotation, Mention)
    gives: tuple[type[Fact], ...] = (Statement,)

    def __init__(self, lexicons: Sequence[Path] = ()) -> None:
        self._lexicon = SpeechLexicon(lexicons)
        self._blocks = load_one("speech/blocks.toml", lexicons)

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        quoted = Quoted(facts.of(Quotation))
        speakers = Speakers(document, facts, self._lexicon)
        cues = Cues(self._lexicon, speakers, quoted)
        by_sentence = {sentence.index: list(cues.of(sentence)) for sentence in document.sentences}
        found = [
            statement(cue, content.start, content.end, quoted, f"{cue.meaning.rule}: {content.frame}")
            for own in by_sentence.values()
            for cue in own
            for content in cue.contents
        ]
        found += Attribution(article.text, document, by_sentence, speakers).statements(quoted)
        found += Blocks(article.text, document, by_sentence, speakers, self._blocks).statements(quoted)
        yield from distinct(found)


def distinct(found: Iterable[Statement]) -> Iterator[Statement]:
    """Statements without those that repeat the content and speaker of another."""
    seen: set[tuple[int, int, str]] = set()
    for item in sorted(found, key=lambda s: (s.start, -s.end)):
        key = (item.start, item.end, item.speaker.name)
        if key not in seen:
            seen.add(key)
            yield item
