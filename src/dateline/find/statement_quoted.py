"""How much of a stretch of text stands in quotation marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.model import Quotation


class Quoted:
    """The quotations of an article, ready to tell how much of a stretch they hold."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.quotations = quotations
        self._starts = [q.start for q in quotations]

    def outermost(self) -> list[Quotation]:
        """The quotations that stand in no other."""
        found: list[Quotation] = []
        for q in self.quotations:
            if not found or q.start >= found[-1].end:
                found.append(q)
        return found

    def enclosing(self, offset: int) -> list[Quotation]:
        """Quotations around an offset, outermost first."""
        k = bisect_right(self._starts, offset)
        return [q for q in self.quotations[max(0, k - 60) : k] if q.start <= offset < q.end]

    def share(self, start: int, end: int, cue: int) -> float:
        """The part of start..end that stands in quotation marks which do not also hold the reporting word at `cue`."""
        covered = last = 0
        k = max(0, bisect_right(self._starts, start) - 60)
        for q in self.quotations[k:]:
            if q.start >= end:
                break
            if q.start <= cue < q.end or q.inner_end <= start or q.start < last:
                continue
            covered += min(q.inner_end, end) - max(q.inner_start, start)
            last = q.end
        return covered / (end - start) if end > start else 0.0

    def to_the_mark(self, start: int, end: int, cue: int) -> int:
        """Where a stretch ends that breaks off within a quotation which it holds from its first word on: where the quotation does."""
        around = [q for q in self.enclosing(end - 1) if start <= q.inner_start and not q.start <= cue < q.end]
        return max(end, around[0].inner_end) if around else end

    def next_to(self, offset: int) -> Quotation | None:
        """The quotation that opens right behind an offset, no more than a comma or colon between."""
        k = bisect_left(self._starts, offset)
        return self.quotations[k] if k < len(self.quotations) and self._starts[k] - offset <= 2 else None

    def opening_at(self, offset: int) -> tuple[int, int] | None:
        """The inner span of the quotation whose first word starts at an offset."""
        k = bisect_right(self._starts, offset) - 1
        if k >= 0 and self.quotations[k].inner_start == offset:
            return self.quotations[k].inner_start, self.quotations[k].inner_end
        return None

    def joined(self, inner_end: int) -> int | None:
        """Where a quotation ends that follows one with this end with no more than "and a" between."""
        k = bisect_left(self._starts, inner_end)
        if k < len(self.quotations) and self._starts[k] - inner_end <= 9 and self.quotations[k].kind != "speech":
            return self.quotations[k].inner_end
        return None

    def inside(self, start: int, end: int) -> list[tuple[int, int]]:
        """The inner spans of the quotations that lie in start..end or start and end within a mark of it."""
        k = bisect_left(self._starts, start - 2)
        found: list[tuple[int, int]] = []
        for q in self.quotations[k:]:
            if q.inner_start >= end:
                break
            if q.inner_start >= start and q.inner_end <= end + 2:
                found.append((q.inner_start, q.inner_end))
        return found
