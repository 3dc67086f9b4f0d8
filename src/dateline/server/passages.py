"""Texts cut into pieces, each with what it is evidence of, so that a page colours them without counting characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.ledger.records import sentence
from dateline.output.html import WEB_ADDRESS
from dateline.output.marks import ROLES
from dateline.server.shapes.common import EvidenceField, Passage, Segment

ORDER: tuple[EvidenceField, ...] = (*(role for role in ROLES if role != "statement"), "speaker", "statement")
"""Where stretches overlap, the earlier one gives the colour."""
FIELDS: dict[str, EvidenceField] = {field: field for field in ORDER}
LINE = re.compile(r"[^\n\r]*\S[^\n\r]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text that is evidence for a field of the record `of`."""

    start: int
    end: int
    field: EvidenceField
    of: str


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the lines of a text are that have something in them."""
    return [found.span() for found in LINE.finditer(text)]


def passage(text: str, start: int, end: int, spans: Iterable[Span]) -> Passage:
    """A stretch of a text with the evidence that reaches into it."""
    within = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    return Passage(start=start, end=end, segments=list(_segments(text, start, end, within)))


def _segments(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Segment]:
    borders = sorted({start, end, *(at for span in spans for at in (span.start, span.end) if start < at < end)})
    rank = {field: at for at, field in enumerate(ORDER)}
    for first, last in pairwise(borders):
        covering = sorted((s for s in spans if s.start <= first and s.end >= last), key=lambda s: (rank[s.field], s.of))
        yield Segment(
            text=text[first:last],
            fields=list(dict.fromkeys(span.field for span in covering)),
            of=list(dict.fromkeys(span.of for span in covering)),
        )


def around(text: str, start: int, end: int, spans: Sequence[Span]) -> tuple[Passage, list[Passage]]:
    """The paragraph around `start`..`end`, and the sentences elsewhere that hold some of the evidence, in the order of the text."""
    lines = paragraphs(text) or [(0, len(text))]
    first, last = next(((a, b) for a, b in lines if a <= start < b), (start, end))
    last = max(last, end)
    elsewhere: dict[tuple[int, int], None] = {}
    for span in sorted(spans, key=lambda s: s.start):
        if span.start >= last or span.end <= first:
            a, b = next(((a, b) for a, b in lines if a <= span.start < b), (span.start, span.end))
            at, to = sentence(text[a:b], span.start - a, span.end - a)
            elsewhere[a + at, max(a + to, span.end)] = None
    return passage(text, first, last, spans), [passage(text, a, b, spans) for a, b in elsewhere]


def web_address(url: str | None) -> str | None:
    """An address that may become a link: http or https, nothing else."""
    return url if url and WEB_ADDRESS.fullmatch(url) else None
