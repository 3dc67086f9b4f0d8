"""Quotations, straight from the text: where they open and close, how they nest, and what kind each is.

One pass over the marks with a short stack. A mark's shape (what stands before and behind it) says whether it opens, closes or
is an apostrophe; where the shape leaves it open, the stack decides. A quotation may run over paragraphs, each of which opens
it again; only its last one closes it. The work is linear in the text: what is looked at ahead is counted beforehand, and
what is looked at around a mark is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Literal, cast

from dateline.language import paragraphs
from dateline.model import Article, Fact, Quotation
from dateline.reading import Facts
from dateline.rules.loader import RuleFile, load_one

MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛']")
DOUBLE, SINGLE, ANGLE, SINGLE_ANGLE = "double", "single", "angle", "single angle"
FAMILY = {
    "“": DOUBLE, "”": DOUBLE, "„": DOUBLE, "‟": DOUBLE, '"': DOUBLE, "``": DOUBLE, "''": DOUBLE,
    "‘": SINGLE, "’": SINGLE, "‚": SINGLE, "‛": SINGLE, "'": SINGLE, "«": ANGLE, "»": ANGLE, "‹": SINGLE_ANGLE, "›": SINGLE_ANGLE,
}  # fmt: skip
OPENERS = frozenset("“„‟‘‚‛«‹") | {"``"}
CLOSERS = frozenset("”»›") | {"''"}
BEFORE_OPENING = frozenset("([{<—–-/…") | OPENERS
DEEPEST = 4  # quotations inside one another; a mark that would open a fifth is left alone
SILENT_PARAGRAPHS = 3  # paragraphs without a mark over which an open quotation may run
LOOK = 160  # characters around a quotation that tell its kind
ELISION = re.compile(r"\d\ds?\b|(?:tis|twas|til|till|em|cause|bout|round|n)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")

Kind = Literal["speech", "fragment", "title", "scare"]


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    family: str
    shape: Literal["opens", "closes", "either"]
    paragraph: int
    first: bool  # nothing stands before it in its paragraph
    balance: int = 0  # closing less opening marks of its family from here to the end of the paragraph
    closed_later: bool = False  # a closing mark of its family follows before the next opening one


@dataclass(slots=True)
class _Open:
    mark: _Mark
    paragraph: int


@dataclass(frozen=True, slots=True)
class _KindRule:
    name: str
    kind: Kind
    before: frozenset[str]
    content: frozenset[str]
    fewest: int
    most: int


@dataclass(slots=True)
class _Clue:
    """What tells a quotation's kind: what stands before it, what its words look like, how many they are (counted to 12)."""

    before: str
    content: set[str] = field(default_factory=set)
    words: int = 0


class QuotationStage:
    """Text -> Quotation: every stretch in quotation marks, nested ones too, with its kind."""

    name = "quotations"
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (Quotation,)

    def __init__(self, lexicons: Sequence[Path] = ()) -> None:
        self._kinds = _Kinds(load_one("speech/quotations.toml", lexicons))

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        spans = sorted(_spans(article.text, self._kinds.reporting), key=lambda span: (span.start, -span.end))
        yield from self._kinds.of(article.text, spans)


# -- where quotations open and close -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Span:
    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool
    paragraph: int


def _marks(text: str, spans: Sequence[tuple[int, int]]) -> list[_Mark]:
    """The marks of the text that may open or close a quotation, apostrophes left out."""
    starts = [start for start, _ in spans]
    found: list[_Mark] = []
    for match in MARK.finditer(text):
        start, end, sign = match.start(), match.end(), match.group()
        number = bisect_right(starts, start) - 1
        if number < 0:
            continue
        before = text[start - 1] if start > spans[number][0] else " "
        after = text[end] if end < spans[number][1] else " "
        family = FAMILY[sign]
        first = not text[spans[number][0] : start].strip() if start - spans[number][0] < 8 else False
        if family is SINGLE and (
            (before.isalnum() and after.isalnum())
            or (sign in "'’" and before.isspace() and ELISION.match(text, end))
            or (before.isspace() and after.isspace())
        ):
            continue
        free_before = (
            before.isspace() or before in BEFORE_OPENING or (before in FAMILY and bool(found) and found[-1].end == start)
        )
        if before in FAMILY and found and found[-1].end == start:
            free_before = found[-1].shape == "opens"
        free_after = not (after.isalnum() or after in "([{$£€#@&" or after in FAMILY)
        shape: Literal["opens", "closes", "either"] = "either"
        if sign in OPENERS and not (not free_before and free_after):
            shape = "opens"
        elif sign in CLOSERS and not (free_before and not free_after):
            shape = "closes"
        elif free_before and not free_after:
            shape = "opens"
        elif not free_before:
            shape = "closes" if free_after or family is SINGLE or after in FAMILY else "either"
        found.append(_Mark(start, end, sign, family, shape, number, first))
    _count_ahead(found)
    return found


def _count_ahead(marks: Sequence[_Mark]) -> None:
    """Fill `balance` and `closed_later`, walking backwards once."""
    paragraph = -1
    balance: dict[str, int] = {}
    closed: dict[str, bool] = {}
    for mark in reversed(marks):
        if mark.paragraph != paragraph:
            paragraph, balance, closed = mark.paragraph, {}, {}
        mark.closed_later = closed.get(mark.family, False)
        step = {"opens": -1, "closes": 1, "either": 0}[mark.shape]
        balance[mark.family] = mark.balance = balance.get(mark.family, 0) + step
        closed[mark.family] = mark.shape != "opens"


def _spans(text: str, reporting: frozenset[str]) -> Iterator[_Span]:
    layout = paragraphs(text)
    marks = _marks(text, layout)
    stack: list[_Open] = []
    for mark in marks:
        if stack and stack[-1].paragraph != mark.paragraph:
            kept = _carried_over(stack, mark)
            if not kept:
                yield from _unclosed(text, stack[:1], layout)
            stack = stack[:1] if kept else []
            for entry in stack:
                entry.paragraph = mark.paragraph
            if kept and mark.shape == "opens" and mark.first:
                continue
        at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].mark.family == mark.family), None)
        if mark.family is SINGLE:
            closes = at is not None and mark.shape != "opens" and not _possessive(text, mark)
            opens = mark.shape == "opens" and mark.closed_later and at is None
        else:
            closes = at is not None and (
                mark.shape != "opens" or (stack[at].mark.text, mark.text) in (("„", "“"), ("»", "«"), ("›", "‹"))
            )
            if not closes and at is not None and mark.balance < 1 and _turned_round(text, mark, reporting):
                closes = True
            opens = not closes and mark.shape != "closes"
            if opens and at is not None and mark.balance < 1:
                # The one that is open is never closed: this mark starts another.
                entry = stack[at]
                del stack[at:]
                span = _span(text, entry.mark, mark.start, mark.start, False)
                if span is not None:
                    yield span
        if closes and at is not None:
            entry = stack[at]
            del stack[at:]
            span = _span(text, entry.mark, mark.start, mark.end, True)
            if span is not None:
                yield span
        elif opens and len(stack) < DEEPEST:
            stack.append(_Open(mark, mark.paragraph))
    yield from _unclosed(text, stack[:1], layout)


def _turned_round(text: str, mark: _Mark, reporting: frozenset[str]) -> bool:
    """Whether an opening mark was meant to close: a comma stands before it, a speaker and a reporting word behind."""
    if text[max(0, mark.start - 2) : mark.start].strip()[-1:] != ",":
        return False
    return any(word.lower() in reporting for word in WORD.findall(text[mark.end : mark.end + LOOK // 2])[:6])


def _possessive(text: str, mark: _Mark) -> bool:
    """Whether a closing single mark is rather the apostrophe of "the rebels' guns": a better one closes later."""
    plural = text[mark.start - 1 : mark.start] in ("s", "S") and text[mark.end : mark.end + 1].isspace()
    return plural and text[mark.end + 1 : mark.end + 2].isalpha() and mark.closed_later


def _carried_over(stack: Sequence[_Open], mark: _Mark) -> bool:
    """Whether the outermost open quotation goes on in the paragraph of `mark`, the next mark of the text."""
    outer = stack[0]
    if mark.family != outer.mark.family:
        return False
    if mark.shape == "opens":
        return mark.first and mark.paragraph == outer.paragraph + 1
    return outer.mark.family is not SINGLE and mark.paragraph - outer.paragraph <= SILENT_PARAGRAPHS


def _unclosed(text: str, stack: Sequence[_Open], layout: Sequence[tuple[int, int]]) -> Iterator[_Span]:
    """An open quotation that nothing closes ends with its paragraph; single marks alone are no evidence of one."""
    for entry in stack:
        if entry.mark.family is not SINGLE:
            end = layout[entry.paragraph][1]
            span = _span(text, entry.mark, end, end, False)
            if span is not None:
                yield span


def _span(text: str, mark: _Mark, inner_end: int, end: int, closed: bool) -> _Span | None:
    """The quotation from `mark` on, white space inside the marks trimmed; None where nothing stands in it."""
    inner_start = mark.end
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    if inner_start >= inner_end:
        return None
    return _Span(mark.start, inner_start, inner_end, end if closed else inner_end, closed, mark.paragraph)


# -- what kind a quotation is ----------------------------------------------------------------------------------------------


class _Kinds:
    """The rules of `speech/quotations.toml`: the first that fits decides."""

    def __init__(self, file: RuleFile) -> None:
        def words(key: str) -> frozenset[str]:
            return frozenset(file.expand(cast(list[str], file.settings[key])))

        self.reporting = words("reporting")
        self._naming = words("naming")
        self._works = words("works")
        self._subjects = words("subjects")
        self._finite = words("finite")
        self._small = words("small")
        self._rules = [
            _KindRule(
                rule.name,
                cast(Kind, rule.data["kind"]),
                frozenset(rule.strings("before")),
                frozenset(rule.strings("content")),
                int(rule.data.get("fewest", 1)),
                int(rule.data.get("most", 10**6)),
            )
            for rule in file.rules
        ]

    def of(self, text: str, spans: Iterable[_Span]) -> Iterator[Quotation]:
        before: tuple[_Span, Kind] | None = None
        for span in spans:
            kind = self._kind(self._clue(text, span, before))
            yield Quotation(
                start=span.start,
                end=span.end,
                inner_start=span.inner_start,
                inner_end=span.inner_end,
                kind=kind,
                closed=span.closed,
            )
            if before is None or span.start >= before[0].end:
                before = span, kind

    def _kind(self, clue: _Clue) -> Kind:
        for rule in self._rules:
            if (
                (not rule.before or clue.before in rule.before)
                and rule.content <= clue.content
                and rule.fewest <= clue.words <= rule.most
            ):
                return rule.kind
        return "fragment"

    def _clue(self, text: str, span: _Span, last: tuple[_Span, Kind] | None) -> _Clue:
        head = text[span.inner_start : min(span.inner_end, span.inner_start + 2 * LOOK)]
        words = WORD.findall(head)
        lower = [word.lower().replace("’", "'") for word in words]
        clue = _Clue(self._before(text, span, last), words=min(len(words), 12))
        add = clue.content.add
        if head[:1].isupper() or head[:1].isdigit() or head[:1] in "[…“‘\"'":
            add("capital")
        outside = text[span.end : span.end + 1] in (",", ".") and len(words) >= 3
        if outside or text[span.inner_end - 1] in ".,!?…—–-;":
            add("final")
        finite = [k for k, word in enumerate(lower) if word in self._finite or word.endswith("n't") or "'" in word[1:-1]]
        if any(k > 0 for k in finite):
            add("clause")
        past = len(lower) > 1 and lower[1].endswith("ed")
        acts = any(a in self._subjects and (b in self._finite or b.endswith("ed")) for a, b in pairwise(lower))
        if acts or re.search(r"[a-z]{3}[.!?] [A-Z]", head):
            add("clause")
        if lower and lower[0] in self._subjects and (past or any(0 <= k <= 3 for k in finite)):
            add("subject")
            add("clause")
        long = [word for word in words if word.lower() not in self._small]
        if long and all(word[0].isupper() or word[0].isdigit() for word in long) and "clause" not in clue.content:
            add("titled")
        near = text[max(0, span.start - LOOK // 2) : span.start] + " " + text[span.end : span.end + LOOK // 2]
        if self._reports(near):
            add("reported")
        return clue

    def _reports(self, text: str) -> bool:
        """Whether a word of reporting or naming stands in a text."""
        return any(word.lower() in self.reporting or word.lower() in self._naming for word in WORD.findall(text))

    def _before(self, text: str, span: _Span, last: tuple[_Span, Kind] | None) -> str:
        """What a quotation follows: start, broken, colon, comma, naming, reporting, that, work or word."""
        window = text[max(0, span.start - LOOK) : span.start]
        line = window.rsplit("\n", 1)[-1] if "\n" in window else window
        stripped = line.rstrip()
        if not stripped:
            return "start"
        if last is not None and last[1] == "speech" and last[0].end <= span.start and span.start - last[0].end < LOOK:
            between = text[last[0].end : span.start]
            held = stripped[-1] == "," or (len(between) < LOOK // 2 and self._reports(between))
            if "\n" not in between and held and not re.search(r"[.!?;]\s+[A-Z]", between) and stripped[-1] not in ".!?":
                return "broken"
        sign = stripped[-1]
        if sign == ":":
            return "colon"
        if sign == ",":
            return "comma"
        words = WORD.findall(stripped[-60:])
        if sign in ".!?…\"”»’'*•-–—" and not (
            sign == "." and words and re.search(r"\b(?:[A-Z]|[A-Z][a-z]{1,3})\.$", stripped)
        ):
            return "start"
        final = words[-1].lower() if words else ""
        if final in self._naming:
            return "naming"
        if final in self.reporting:
            return "reporting"
        if final in ("that", "because", "and", "but", "as", "how", "why", "if", "whether", "where"):
            return "that"
        if any(word.lower() in self._works for word in words[-2:]):
            return "work"
        return "word"
