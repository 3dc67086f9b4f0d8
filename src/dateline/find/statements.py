"""Statements: what the article reports somebody to have said, who said it, and on whose authority."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from dateline.find.statement_blocks import Blocks
from dateline.find.statement_cues import Cue, Cues
from dateline.find.statement_lexicon import SpeechLexicon
from dateline.find.statement_quotations import Attribution
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_records import Credit, Told, credit, statements
from dateline.find.statement_speakers import FIRST, PERSONAL, Speakers
from dateline.language import Document
from dateline.model import Article, Days, Fact, Mention, Quotation, Statement
from dateline.reading import Facts
from dateline.rules.loader import load_one

INSERTED = frozenset({"around", "quotation", "words"})
"""Places of content that hold no indirect speech of the cue: what is reported there is the reporter's own or stands apart."""
NAMED = frozenset({"object", "infinitive", "gerund", "for", "to", "of", "against", "about", "as", "predicate"})
"""Places of content where acts are named, not told of: "announced a truce" reports no truce."""
ASSERTING = frozenset({"claims", "denies", "reports", "accuses", "finds", "confirms", "admits", "says"})
"""Stances that vouch even for an act that is only named: "claimed the attack"."""
PASSING = frozenset({"finds", "believes", "asks", "predicts", "admits"})
"""Stances that make no statement of their own where somebody speaks of others ("as the court has found")."""


class SpeechDays(Protocol):
    """What tells on which days something was said."""

    def statement_day(self, cue_token_index: int) -> Days | None:
        """The days on which the reporting word at this index of the Document sets what was said, if it tells."""


class StatementStage:
    """Document, Quotation, Mention -> Statement, Credit.

    Every report gives a `Credit`; a `Statement` is what the article itself reports, not what a speaker mentions in passing.
    """

    name = "statements"
    needs: tuple[type[Fact], ...] = (Document, Quotation, Mention)
    gives: tuple[type[Fact], ...] = (Statement, Credit)

    def __init__(self, lexicons: Sequence[Path] = (), dating: Callable[[Document, Facts], SpeechDays] | None = None) -> None:
        """`dating` makes what tells the days of the statements of one article; without it `when` stays empty."""
        self._lexicon = SpeechLexicon(lexicons)
        self._blocks = load_one("speech/blocks.toml", lexicons)
        self._dating = dating

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        quoted = Quoted(facts.of(Quotation))
        speakers = Speakers(document, facts, self._lexicon)
        finder = Cues(self._lexicon, speakers, quoted)
        cues = {sentence.index: list(finder.of(sentence)) for sentence in document.sentences}
        blocks = list(Blocks(article.text, document, cues, speakers, self._blocks).told())
        beside = list(Attribution(article.text, document, cues, speakers).told(quoted))
        recorded = [*blocks, *beside]
        credited = [*blocks, *beside]
        uttered = [(block.start, block.end) for block in blocks]
        for told, inside in _reports(cues, quoted):
            own_words = told.cue.token.sentence.quotation is not None or any(a <= told.cue.start < b for a, b in uttered)
            first_person = told.cue.speakers[0].token.lower in FIRST
            if first_person and (own_words or told.cue.meaning.stance in PASSING):
                continue  # the utterance is a statement already
            if told.frame not in NAMED or told.cue.meaning.stance in ASSERTING:
                credited += [told, *_claimed(told)]
            if not inside and not (own_words and _in_passing(told.cue)):
                recorded.append(told)
        days = self._dating(document, facts) if self._dating else None
        yield from _distinct(
            statement
            for told in recorded
            for statement in statements(told, quoted, days.statement_day(told.cue.token.i) if days else None)
        )
        yield from map(credit, credited)


def _reports(cues: Mapping[int, Sequence[Cue]], quoted: Quoted) -> Iterator[tuple[Told, bool]]:
    """Every cue with each of its contents, and whether the cue stands inside the indirect speech of another."""
    for found in cues.values():
        spoken = [(c, cue) for cue in found for c in cue.contents if c.frame not in INSERTED]
        indirect = [(c.start, c.end, cue) for c, cue in spoken if c.start > cue.start]  # not "X said so, Y reported"
        for cue in found:
            inside = any(start <= cue.token.start < end and other is not cue for start, end, other in indirect)
            for content in cue.contents:
                end = quoted.to_the_mark(content.start, content.end, cue.start)
                yield Told(cue, content.start, end, f"{cue.meaning.rule}: {content.frame}", content.frame), inside


def _claimed(told: Told) -> Iterator[Told]:
    """The deed that a claim is laid to beside its content: "the attack on the base, for which Dawn claimed responsibility"."""
    verb = told.cue.token
    claimed = verb.tag == "VBN" or any(t.lemma in ("responsibility", "credit") for t in verb.kids("object"))
    if told.cue.meaning.stance == "claims" and claimed and verb.relation in ("relative_clause", "noun_clause"):
        deed = verb.head.subtree()
        yield Told(told.cue, deed[0].start, deed[-1].end, told.rule, told.frame)


def _in_passing(cue: Cue) -> bool:
    """Whether a speaker only touches on what others think or say."""
    return (
        cue.meaning.stance in PASSING
        or cue.speakers[0].token.lower in PERSONAL
        or cue.token.pos not in ("VERB", "AUX", "ADJ")
    )


def _distinct(found: Iterable[Statement]) -> Iterator[Statement]:
    """Statements without those that repeat the content and speaker of another."""
    seen: set[tuple[int, int, str]] = set()
    for item in sorted(found, key=lambda s: (s.start, -s.end)):
        key = (item.start, item.end, item.speaker.name)
        if key not in seen:
            seen.add(key)
            yield item
