"""Whose words a quotation holds, where no verb governs it: by what stands next to it, before it, or above it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from dateline.find.statement_cues import Cue
from dateline.find.statement_lexicon import Reporting
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_records import Told
from dateline.find.statement_speakers import Speakers
from dateline.find.syntax import logical_subject
from dateline.language import Document, Sentence, Token
from dateline.model import Quotation

TAG = 40  # characters behind an utterance that only say whose it is: "he told the court."
SHORT = 14  # words of a sentence that does no more than name who said what stands beside it
SHORTEST = 4  # words of one that does so around the utterance itself


class Attribution:
    """Gives every utterance that no cue has claimed to the nearest speaker that the layout of the text allows."""

    def __init__(self, text: str, document: Document, cues: Mapping[int, Sequence[Cue]], speakers: Speakers) -> None:
        self._text = text
        self._document = document
        self._cues = cues
        self._speakers = speakers
        self._own = [s for s in document.sentences if s.quotation is None]
        self._place = {sentence.index: k for k, sentence in enumerate(self._own)}
        self._stubs: dict[int, Token] = {}
        for token in document.stubs:
            if token.quotation is not None:
                self._stubs.setdefault(token.quotation.start, token)
        self._by_paragraph: dict[int, list[Sentence]] = {}
        for sentence in self._own:
            self._by_paragraph.setdefault(sentence.paragraph, []).append(sentence)

    def told(self, quoted: Quoted) -> Iterator[Told]:
        """One statement for each utterance that no cue has claimed."""
        claimed: dict[int, Cue] = {}
        mixed: list[tuple[int, int]] = []
        for cues in self._cues.values():
            for cue in cues:
                for content in cue.contents:
                    stub = content.head if content.head.quotation is not None else None
                    if stub is not None and stub.quotation is not None:
                        claimed.setdefault(stub.quotation.start, cue)
                    elif content.frame != "around":
                        mixed.append((content.start, content.end))
        mixed.sort()
        starts = [start for start, _ in mixed]
        last: tuple[Quotation, Cue] | None = None
        for q in quoted.outermost():
            if q.kind != "speech":
                continue
            found = claimed.get(q.start) or self._cue_for(q, last)
            if found is not None:
                k = bisect_right(starts, q.inner_start) - 1
                if q.start not in claimed and not (k >= 0 and q.inner_end <= mixed[k][1]):
                    yield Told(found, q.inner_start, q.inner_end, f"{found.meaning.rule}: beside")
                last = q, found

    def _cue_for(self, q: Quotation, last: tuple[Quotation, Cue] | None) -> Cue | None:
        stub = self._stubs.get(q.start)
        paragraph = self._paragraph(q)
        if stub is not None:
            beside = self._beside(stub, q)
            if beside is not None:
                return beside
        if last is not None and last[0].end <= q.start and self._continues(last[0], q, paragraph):
            return last[1]
        if stub is not None:
            earlier = self._earlier(stub)
            if earlier is not None:
                return earlier
            told_of = self._told_of(stub)
            if told_of is not None:
                return told_of
        return self._above(paragraph)

    def _paragraph(self, q: Quotation) -> int:
        stub = self._stubs.get(q.start)
        if stub is not None:
            return stub.sentence.paragraph
        return bisect_right(self._document.paragraphs, (q.start, len(self._text))) - 1

    def _beside(self, stub: Token, q: Quotation) -> Cue | None:
        """A cue in the sentence of the stub, or alone in the sentence behind or in front of it."""
        here = [c for c in self._cues.get(stub.sentence.index, ()) if not c.token.sentence.quotation]
        if here:
            return min(here, key=lambda c: (bool(c.contents), c.token.lower == "according", abs(c.token.i - stub.i)))
        k = self._place[stub.sentence.index]
        lonely = all(t.quotation is not None or t.pos == "PUNCT" for t in stub.sentence.tokens)
        if lonely and k + 1 < len(self._own):
            behind = self._own[k + 1]
            between = self._text[q.end : behind.start]
            if behind.paragraph == stub.sentence.paragraph and len(behind.tokens) <= SHORT and len(between.strip()) <= 1:
                for cue in self._cues.get(behind.index, ()):
                    if not cue.contents and cue.token.i - behind.tokens[0].i <= 6:
                        return cue
        return self._introduced(stub.sentence, stub)

    def _introduced(self, sentence: Sentence, stub: Token) -> Cue | None:
        """The subject of a sentence that runs up to the utterance: "He gave another account: ...", "She reacted on air, ..."."""
        if stub.quotation is None or self._sign_before(stub.quotation.start) not in (":", ","):
            return None
        words = [t for t in sentence.tokens if t.quotation is None and t.pos != "PUNCT"]
        if any(t.i > stub.i for t in words):
            # A name and a verb that no lexicon knows, next to the utterance: "“…,” Tal harrumphed."
            return self._subject_of(sentence) if len(words) <= SHORTEST else None
        return self._subject_of(sentence)

    def _sign_before(self, offset: int) -> str:
        """The last character in front of an offset that is no white space."""
        return self._text[max(0, offset - 8) : offset].rstrip()[-1:]

    def _subject_of(self, sentence: Sentence) -> Cue | None:
        """Who does what the main verb of a sentence says, as the speaker of the utterance beside it."""
        for root in sentence.roots:
            if root.pos in ("VERB", "AUX", "NOUN"):  # "The mayor's answer: “…”"
                subjects = logical_subject(root) if root.pos != "NOUN" else root.kids("subject", "possessive")
                speakers = self._speakers.of([t for t in subjects if t.quotation is None])
                speakers = self._speakers.of_text(root) or speakers
                if speakers:
                    return Cue(
                        root, Reporting("beside its subject", "says", ()), speakers, [], start=root.start, end=root.end
                    )
        return None

    def _continues(self, before: Quotation, q: Quotation, paragraph: int) -> bool:
        """Whether a quotation goes on where another stopped: the same paragraph, or the next with nothing else in it."""
        first = self._paragraph(before)
        if first == paragraph:
            between = self._text[before.end : q.start]
            return len(between) < 250
        start, end = self._document.paragraphs[paragraph] if paragraph >= 0 else (0, 0)
        alone = not any(ch.isalnum() for ch in self._text[start : q.start] + self._text[q.end : end])
        return paragraph - first == 1 and alone and len(self._text[before.end : start].strip()) <= TAG

    def _earlier(self, stub: Token) -> Cue | None:
        """The last cue of the same paragraph in front of the quotation."""
        for sentence in reversed(self._by_paragraph.get(stub.sentence.paragraph, ())):
            if sentence.tokens[0].i < stub.i:
                cues = [c for c in self._cues.get(sentence.index, ()) if c.token.i < stub.i]
                if cues:
                    return cues[-1]
        return None

    def _told_of(self, stub: Token) -> Cue | None:
        """The person whom the sentence in front tells of, where the utterance is a sentence of its own: "Tal was blunt. “…”"."""
        k = self._place[stub.sentence.index]
        if k == 0 or any(t.quotation is None and t.pos != "PUNCT" for t in stub.sentence.tokens):
            return None
        before = self._own[k - 1]
        if before.paragraph != stub.sentence.paragraph:
            return None
        cue = self._subject_of(before)
        person = cue is not None and len(cue.speakers) == 1 and cue.speakers[0].token.ent == "PERSON"
        return cue if person else None

    def _above(self, paragraph: int) -> Cue | None:
        """The paragraph above where it ends in a colon: "The minister said:"."""
        above = self._by_paragraph.get(paragraph - 1)
        if not above:
            return None
        sentence = above[-1]
        start, end = self._document.paragraphs[paragraph - 1]
        if not self._text[start:end].rstrip().endswith(":"):
            return None
        cues = self._cues.get(sentence.index, ())
        if cues:
            return cues[-1]
        for root in sentence.roots:
            speakers = self._speakers.of(logical_subject(root)) if root.pos in ("VERB", "AUX") else []
            if speakers:
                return Cue(
                    root, Reporting("introduced by a colon", "says", ()), speakers, [], start=root.start, end=root.end
                )
        return None
