"""An article as texts for the parser: paragraphs, with a stub in the place of each utterance and the utterances by themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from dateline.model import Quotation

LONGEST_FRAGMENT = 20_000  # characters handed to the parser at once: its memory grows with the length of a text
LONGEST_WORD = 200  # a longer run without a space is no word: the parser sees a blank in its place
STUB = "this"
REOPENING = "\"“”„«»‘'"

LEFT_OUT = "\0"
"""Stands for a character that the parser is not given, so that the words around it become one."""
INSERTED = re.compile(r"(?<=\w)\[([^\W\d_]{1,6})\](?!\w)|(?<![\w\]])\[([^\W\d_]{1,3})\](?=[^\W\d_])")
"""Letters that an editor changed in quoted words, "[w]e", "want[ing]": one word for a reader."""
REMARK = re.compile(r"\[(?:\.\.\.|…|\. \. \.|sic|\d{1,3}|citation needed)\]", re.IGNORECASE)
"""What an editor left out, vouched for or footnoted: nothing that was said."""
PREFIXED = re.compile(
    r"(?<![\w-])((?:re|de|co)(?=-[a-z]{3})|(?:Re|De|Co)(?=-[a-z]{4}))"
    r"-(?!facto|jure|act|bound|cover|creat|dress|form|lease|ops|press|prove|present|sent|serve|sign|sort|strain)(?=[a-z])"
)
"""A prefix and its hyphen, which the parser takes for words of their own: "de-escalate", "re-opened". A few are another word without
it ("re-signed")."""

RANK_STOP = re.compile(
    r"\b(?:[CSMT]?Sgt|Lt|Col|Maj|Capt|Cpl|Spc|Pfc|Pvt|Brig|Cmdr|Cdr|Comdr|Ens|Amb|Hon|Supt|Insp|Det|Msgr|Fr|Fmr|Asst|Atty)\.(?= ?[A-Z])"
)
"""The stop of an abbreviated rank or title that the parser would take for the end of a sentence."""

_PLACE, _AGENCY = r"(?:,? (?:of )?[A-Z][\w.'’\-]+){0,3}", r"\((?:[A-Z]|dpa)[\w .&/'’\-]{0,30}\)"
_DASH = r"(?:\.?(?: ?[—–] ?| --? |- )(?=[A-Z0-9“\"‘']))"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DAY = rf"(?:,? {_DATE})?"
_COLON = r": (?=[A-Z0-9“\"‘'])"
_NO_TITLE = r"(?!(?:MRS?|MS|DR|SIR|LADY|LORD|DAME|SEN|REP|GEN|Q|A) )"
_CAPITALS = r"[A-Z][A-Z'’\-]{3,}"
_TOWN = rf"[A-Z][\w.'’\-]+(?:/[A-Z][\w.'’\-]+)?{_PLACE}"
_LAND = r"(?: \([A-Z][\w .'’\-]{1,30}\))?"
DATELINE = re.compile(
    rf"\s*(?:{_CAPITALS}{_PLACE}{_DAY}(?: ?{_AGENCY})?{_DASH}|{_TOWN}{_LAND}{_DAY} ?{_AGENCY}{_DAY}{_DASH}"
    rf"|{_TOWN}{_LAND},? {_DATE}(?: ?{_AGENCY})?(?:{_DASH}|{_COLON})|{_TOWN} \({_DATE}\){_DASH}"
    rf"|{_TOWN},? {_DATE} \([A-Z]{{2,6}}\) (?=[A-Z])|{_CAPITALS}{_PLACE}, {_DATE}\. /[A-Z]\w+/\. "
    rf"|{_CAPITALS}{_PLACE} {_AGENCY}{_COLON}|[A-Z][\w'’\-]+, [A-Z]{{3,6}}{_DASH}"
    rf"|\([A-Z][\w'’\-]+{_PLACE}{_DAY}\){_DASH}|{_NO_TITLE}[A-Z]{{2,}}(?:[ '’\-][A-Z]+){{0,2}}{_COLON})"
)
"""What stands in front of an agency's report, "TARIN, June 30 (Reuters) - ": no part of its first sentence."""
DATELINES_WITHIN = 4  # first paragraphs that may start with one


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the paragraphs. A line break inside a hard-wrapped paragraph is not a border.

    A text counts as hard-wrapped where most of its lines end below 100 characters without ending a sentence.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if text[m.start() : m.end()].strip()]
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        if spans:
            before_start, before_end = spans[-1]
            gap = text[before_end:start]
            open_end = text[before_end - 1] not in '.!?:;"”’»)]'
            wrapped = gap.count("\n") == 1 and open_end and (before_end - before_start) >= 45
            if wrapped and (text[start:end].lstrip()[:1].islower() or 45 <= _last_line(text, before_end) <= 100):
                spans[-1] = (before_start, end)
                continue
        spans.append((start, end))
    return spans


def _last_line(text: str, end: int) -> int:
    return end - (text.rfind("\n", 0, end) + 1)


@dataclass(slots=True)
class Fragment:
    """A text for the parser, with the article's offset of each of its pieces."""

    paragraph: int
    quotation: Quotation | None
    text: str = ""
    starts: list[int] = field(default_factory=list)  # where each piece starts in `text`
    offsets: list[int] = field(default_factory=list)  # where it starts in the article
    stubs: dict[int, tuple[int, int, Quotation]] = field(default_factory=dict)  # start in `text` -> article span
    left_out: set[int] = field(default_factory=set)  # offsets in the article of characters that `text` lacks

    def piece(self, text: str, offset: int) -> None:
        """Add a stretch that stands at `offset` of the article."""
        if LEFT_OUT not in text:
            if text:
                self.starts.append(len(self.text))
                self.offsets.append(offset)
                self.text += text
            return
        for part in re.finditer(rf"{LEFT_OUT}|[^{LEFT_OUT}]+", text):
            if part.group() == LEFT_OUT:
                self.left_out.add(offset + part.start())
                continue
            self.starts.append(len(self.text))
            self.offsets.append(offset + part.start())
            self.text += part.group()

    def offset(self, position: int) -> int:
        """The article's offset of a position in `text`."""
        k = bisect_right(self.starts, position) - 1
        return self.offsets[k] + position - self.starts[k]

    @property
    def shift(self) -> int | None:
        """How far on in the article all of `text` stands, where it is of one piece, as most are."""
        return self.offsets[0] - self.starts[0] if len(self.starts) == 1 and not self.left_out else None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The article's offsets of a word in `text`, with the brackets at its ends."""
        first, behind = self.offset(start), self.offset(end - 1) + 1
        while first - 1 in self.left_out:
            first -= 1
        while behind in self.left_out:
            behind += 1
        return first, behind


def fragments(text: str, quotations: Sequence[Quotation]) -> Iterator[Fragment]:
    """What the parser is given of an article, in the order of the text; an utterance follows the text around it."""
    visible = list(text.replace("\n", " "))
    for q in quotations:
        for k in (*range(q.start, q.inner_start), *range(q.inner_end, q.end)):
            visible[k] = " "
    plain = "".join(visible)
    plain = RANK_STOP.sub(lambda rank: rank.group()[:-1] + " ", plain)
    if max(map(len, plain.split()), default=0) >= LONGEST_WORD:
        plain = re.sub(rf"\S{{{LONGEST_WORD},}}", lambda word: " " * len(word.group()), plain)
    plain = _without_brackets(plain.replace(LEFT_OUT, " "))
    plain = PREFIXED.sub(rf"\1{LEFT_OUT}", plain)
    speech, last = [], -1
    for q in quotations:  # outermost utterances only
        if q.kind == "speech" and q.start >= last:
            speech.append(q)
            last = q.end
    waiting = deque(speech)
    for number, (start, end) in enumerate(paragraphs(text)):
        outer = Fragment(number, None)
        inner: list[Fragment] = []
        position = start
        dateline = DATELINE.match(plain, start, end) if number < DATELINES_WITHIN else None
        if dateline is not None:
            front = Fragment(number, None)
            front.piece(plain[start : dateline.end()], start)
            yield front
            position = dateline.end()
        while waiting and waiting[0].end <= start:
            waiting.popleft()
        for q in waiting:
            if q.start >= end:
                break
            a, b = max(q.start, start), min(q.end, end)
            outer.piece(plain[position:a], position)
            said_from, said_to = max(q.inner_start, start), min(q.inner_end, end)
            while said_from > q.inner_start and said_from < said_to and plain[said_from] in REOPENING:
                said_from += 1  # each paragraph of a long quotation opens it again
            if plain[said_from:said_to].strip():
                before = outer.text.rstrip()
                outer.stubs[len(outer.text)] = (said_from, said_to, q)
                stub = STUB if before and before[-1] not in ".!?" else STUB.capitalize()
                outer.piece(stub, said_from)
                if plain[said_to - 1] in ".,!?":  # the utterance's last mark closes the sentence around it as well
                    more = plain[said_to - 1] in "!?" and bool(plain[b:end].strip())
                    outer.piece("," if more else plain[said_to - 1], said_to - 1)
                if b < end and plain[b].isalnum():
                    outer.piece(" ", b)
                quote = Fragment(number, q)
                quote.piece(plain[said_from:said_to], said_from)
                inner.append(quote)
            position = b
        outer.piece(plain[position:end], position)
        letters = filter(str.isalnum, outer.text)
        if next(islice(letters, len(STUB) * len(outer.stubs), None), None):  # any but those of the stubs
            yield from _shortened(outer)
        for quote in inner:
            yield from _shortened(quote)


def _without_brackets(text: str) -> str:
    """The text of an article, at its length, with an editor's brackets made blanks or, within a word, left out."""
    if "[" not in text:
        return text
    text = REMARK.sub(lambda remark: " " * len(remark.group()), text)
    text = INSERTED.sub(lambda letters: LEFT_OUT + letters.group().strip("[]") + LEFT_OUT, text)
    return text.replace("[", " ").replace("]", " ")


def _shortened(fragment: Fragment) -> Iterator[Fragment]:
    """Cut a fragment that is too long for the parser at white space."""
    if len(fragment.text) <= LONGEST_FRAGMENT or fragment.stubs:
        yield fragment
        return
    position = 0
    while position < len(fragment.text):
        cut = position + LONGEST_FRAGMENT
        if cut < len(fragment.text):
            cut = max(fragment.text.rfind(". ", position, cut) + 1, position) or cut
            cut = cut if cut > position else position + LONGEST_FRAGMENT
        part = Fragment(fragment.paragraph, fragment.quotation)
        for start, end, offset in zip(
            fragment.starts, [*fragment.starts[1:], len(fragment.text)], fragment.offsets, strict=True
        ):
            first = max(start, position)
            part.piece(fragment.text[first : min(end, cut)], offset + first - start)
        yield part
        position = cut
