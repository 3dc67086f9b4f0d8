"""Statements of whole paragraphs: transcripts ("MR TAL: ..."), and press releases that give a statement without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dateline.find.statement_cues import Cue
from dateline.find.statement_lexicon import Reporting
from dateline.find.statement_records import Told
from dateline.find.statement_speakers import Speaker, Speakers
from dateline.find.syntax import grammatical_subject
from dateline.language import Document, Sentence
from dateline.rules.loader import RuleFile

LABEL = re.compile(r"\s*([A-Z][\w.'’\-]*(?: [\w.'’\-()]+){0,5})\s?:\s+(?=\S)")
EARLY = 3  # paragraphs at the start of a report, which may begin with where it is from
LONGEST_BLOCK = 8  # paragraphs that a quotation set apart may have
WORD = re.compile(r"\w+")


class Blocks:
    """Finds the statements of one article that run over whole paragraphs."""

    def __init__(
        self, text: str, document: Document, cues: Mapping[int, Sequence[Cue]], speakers: Speakers, rules: RuleFile
    ) -> None:
        self._text = text
        self._document = document
        self._cues = cues
        self._speakers = speakers
        self._sentences: dict[int, list[Sentence]] = {}
        for sentence in document.sentences:
            self._sentences.setdefault(sentence.paragraph, []).append(sentence)

        def words(key: str) -> frozenset[str]:
            return frozenset(str(word) for word in rules.settings[key])

        self._questions, self._answers, self._no_speakers = words("questions"), words("answers"), words("no_speakers")
        self._closers = tuple(str(word) for word in rules.settings["closers"])
        self._own_voice, self._texts = words("own_voice"), words("texts")
        self._fewest = int(rules.settings["fewest_words"])

    def told(self) -> Iterator[Told]:
        """The statements of labels and of paragraphs behind a colon."""
        labels = self._labels()
        yield from self._transcript(labels)
        last = -1
        spans = self._document.paragraphs
        for number in range(len(spans) - 1):
            if number <= last or number in labels or not self._text[slice(*spans[number])].rstrip().endswith(":"):
                continue
            signed = self._signed(number + 1)
            if signed is not None:
                last, signature = signed
                yield self._block(signature, spans[number + 1][0], spans[last - 1][1], "signed quotation")
                continue
            cue = self._open_cue(number)
            start = spans[number + 1][0]
            opening = next((k for k in range(start, len(self._text)) if not self._text[k].isspace()), start)
            if cue is None or self._text[opening] in "\"“„«‘'*•-":
                continue
            last = self._end_of_block(number + 1, cue)
            if last > number:
                yield self._block(cue, spans[number + 1][0], spans[last][1], "paragraphs behind a colon")

    def _signed(self, first: int) -> tuple[int, Cue] | None:
        """The paragraph that signs a quotation set apart from the text ("– Judge Omar Tal"), with its cue."""
        spans = self._document.paragraphs
        for number in range(first + 1, min(first + LONGEST_BLOCK, len(spans))):
            line = self._text[slice(*spans[number])].strip()
            if line[:1] in "–—" and len(line) < 120:
                tokens = [
                    t
                    for s in self._sentences.get(number, ())
                    for t in s.tokens
                    if t.pos == "PROPN" and t.relation != "compound"
                ]
                speakers = self._speakers.of(tokens[:1])
                if speakers:
                    meaning = Reporting("signed quotation", "says", ())
                    return number, Cue(tokens[0], meaning, speakers, [], start=tokens[0].start, end=tokens[0].end)
                return None
        return None

    def _open_cue(self, paragraph: int) -> Cue | None:
        """The cue without content of its own that the colon at the end of a paragraph belongs to."""
        sentences = [s for s in self._sentences.get(paragraph, ()) if s.quotation is None]
        if not sentences:
            return None
        last = sentences[-1]
        cues = [c for c in self._cues.get(last.index, ()) if not c.contents]
        return cues[-1] if cues else self._announced(last)

    def _announced(self, sentence: Sentence) -> Cue | None:
        """Whose text a colon announces: "The minister made this statement:", "Statement by the minister:"."""
        texts = [t for t in sentence.tokens if t.lemma.lower() in self._texts]
        if not texts:
            return None
        subjects = [t for root in sentence.roots for t in grammatical_subject(root) if t not in texts]
        speakers = self._speakers.of(subjects or texts[:1])
        if not speakers or speakers[0].token in texts:
            return None
        token = texts[0]
        return Cue(token, Reporting("announced by a colon", "says", ()), speakers, [], start=token.start, end=token.end)

    def _end_of_block(self, first: int, cue: Cue) -> int:
        """The last paragraph of a statement: it ends where the reporter speaks again."""
        names = {word.lower() for word in WORD.findall(self._text[cue.speakers[0].start : cue.speakers[0].end])}
        names |= {word.lower() for word in WORD.findall(cue.speakers[0].actor.name)}
        last = first - 1
        for number in range(first, len(self._document.paragraphs)):
            start, end = self._document.paragraphs[number]
            text = self._text[start:end].strip()
            lower = text.lower()
            if lower.startswith(self._closers) or (number > first and self._reporter(number, names)):
                break
            last = number
        return last

    def _reporter(self, paragraph: int, names: set[str]) -> bool:
        """Whether a paragraph speaks of the speaker from outside, or has a speaker of its own before its quotation."""
        sentences = self._sentences.get(paragraph, ())
        words = {t.lower for s in sentences for t in s.tokens}
        if words & self._own_voice:
            return False
        for sentence in sentences:
            if sentence.quotation is not None:
                continue
            if any(t.quotation is not None for t in sentence.tokens) and self._cues.get(sentence.index):
                return True
            for token in sentence.tokens:
                if token.relation in ("subject", "passive_subject") and token.lower in names and len(token.lower) > 2:
                    return True
        return False

    # -- labels --

    def _labels(self) -> dict[int, tuple[str, int]]:
        """Paragraph -> (label, offset behind it), for paragraphs that start with a speaker's label."""
        found: dict[int, tuple[str, int]] = {}
        for number, (start, end) in enumerate(self._document.paragraphs):
            match = LABEL.match(self._text, start, min(end, start + 80))
            if match is None:
                continue
            label = match.group(1)
            plain = label.lower().rstrip(".")
            if plain in self._no_speakers:
                continue
            in_capitals = label.isupper() and len(label) > 2
            headline = number == 0 and self._is_headline(number, start, end)
            if in_capitals or headline or plain in self._questions | self._answers:
                found[number] = (label, match.end())
        capitals = [number for number, (label, _) in found.items() if label.isupper() and len(label) > 2]
        if len(capitals) == 1 and capitals[0] < EARLY:
            del found[capitals[0]]  # "TALMA: Rebels fled": where a report is from
        return found

    def _is_headline(self, number: int, start: int, end: int) -> bool:
        """Whether a first line is a headline whose label names somebody."""
        tokens = [t for s in self._sentences.get(number, ()) for t in s.tokens]
        line = self._text[start:end].strip()
        colon = self._text.index(":", start)
        if any(t.pos in ("VERB", "AUX") for t in tokens if t.start < colon):
            return False
        if line[-1:] in ".!?" or not tokens or not self._speakers.is_somebody(tokens[0]):
            return False
        label = [t for t in tokens if t.start < colon]
        if not self._speakers.is_somebody(label[-1]):  # "Sudan war: ..."
            return False
        return not all(self._speakers.is_only_a_place(t) for t in label)  # "Sudan: UN warns of famine"

    def _transcript(self, labels: Mapping[int, tuple[str, int]]) -> Iterator[Told]:
        if not labels:
            return
        spans = self._document.paragraphs
        starts = sorted(labels)
        for number, following in zip(starts, [*starts[1:], None], strict=True):
            label, start = labels[number]
            headline = not label.isupper() and label.lower() not in self._questions | self._answers
            last = number if headline or (following is None and len(starts) == 1) else (following or len(spans)) - 1
            end = spans[last][1]
            if label.lower().rstrip(".") in self._questions:
                continue
            if not headline and len(WORD.findall(self._text[start : min(end, start + 200)])) < self._fewest:
                continue
            speaker = self._labelled(label, number)
            if speaker is not None:
                token = speaker.token
                cue = Cue(token, Reporting("label", "says", ()), [speaker], [], start=spans[number][0], end=start)
                yield self._block(cue, start, end, "headline" if headline else "transcript")

    def _labelled(self, label: str, paragraph: int) -> Speaker | None:
        tokens = [t for s in self._sentences.get(paragraph, ()) for t in s.tokens]
        if not tokens:
            return None
        if label.lower() in self._answers:
            return self._speakers.last_person_before(tokens[0])
        start, end = tokens[0].start, tokens[0].start + len(label)
        inside = [t for t in tokens if start <= t.start < end and t.pos != "PUNCT"]
        return self._speakers.by_label(inside) if inside else None

    def _block(self, cue: Cue, start: int, end: int, rule: str) -> Told:
        while start < end and self._text[start].isspace():
            start += 1
        while end > start and self._text[end - 1].isspace():
            end -= 1
        return Told(cue, start, end, rule)
