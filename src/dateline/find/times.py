"""Times in the text: which words name one, read by the rules of the lexicon but not yet set on a calendar.

The rules run in three passes, each over the words that the one before left. The first reads dates, weekdays, stretches and sets,
and what looks like a time and is none (ages, numbers of resolutions). The second joins what was found ("two days before" and
"Christmas"), as long as there is something to join. The third reads which way a time points ("since", "by", "until").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast

from dateline.find.time_grammar import Grammar, Match, Word
from dateline.find.time_guards import GUARDS, Matched, TokenAt
from dateline.find.time_words import TimeLexicon, lexicon
from dateline.language import Document
from dateline.model import Article, Fact, TimeExpression
from dateline.reading import Facts

Kind = Literal["point", "duration", "set"]
Direction = Literal["at", "since", "until", "by", "before", "after"]

PLACEHOLDER = re.compile(r"\{(\w+)\}")
JOINS = 3  # how often times are joined to times: "the end of | the first week of | May"


@dataclass(frozen=True, slots=True)
class Found:
    """A time on its way through the passes: words `first`..`last` (half-open) of the pass that found it."""

    start: int
    end: int
    kind: Kind
    value: str
    grain: str
    rule: str
    direction: Direction = "at"


class TimeStage:
    """Document -> TimeExpression."""

    name = "times"
    needs: tuple[type[Fact], ...] = (Document,)
    gives: tuple[type[Fact], ...] = (TimeExpression,)

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self._lexicon = TimeLexicon(extra) if extra else lexicon()

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        return find_times(article.text, facts.one(Document), self._lexicon)


def find_times(text: str, document: Document, lexicon: TimeLexicon) -> Iterator[TimeExpression]:
    """Every time expression of the text, in its order; none lies inside another."""
    tokens = document.starting_at
    row, times = _read(lexicon.words(text, document.paragraphs), lexicon.points, tokens, {})
    for _ in range(JOINS):
        joined, times = _read(row, lexicon.joins, tokens, times)
        if len(joined) == len(row):
            break
        row = joined
    _, times = _read(row, lexicon.directions, tokens, times)
    for _, found in sorted(times.items()):
        yield TimeExpression(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            value=found.value,
            grain=found.grain,
            kind=found.kind,
            direction=found.direction,
            rule=found.rule,
        )


def _read(
    words: Sequence[Word], grammar: Grammar, tokens: TokenAt, before: Mapping[int, Found]
) -> tuple[list[Word], dict[int, Found]]:
    """One pass: the row of words with a single word for every time found, and the times by their first offset."""
    row: list[Word] = []
    times: dict[int, Found] = {}
    read = 0

    def keep(end: int) -> None:
        kept = words[read:end]
        row.extend(kept)
        if before:
            times.update((word.start, before[word.start]) for word in kept if not word.text and word.start in before)

    for i in grammar.beginnings(words):
        if i < read or (match := _first(words, i, grammar, tokens)) is None:
            continue
        keep(i)
        if match.rule.kind == "never":
            row.append(Word(words[i].start, words[match.last - 1].end, ""))
        else:
            kept = match.part(match.rule.data["keep"]) if "keep" in match.rule.data else None
            first, last = (match.first, match.last) if kept is None else (kept, kept + 1)
            found = _found(words, match, first, last, before)
            times[found.start] = found
            row.extend(words[match.first : first])
            row.append(Word(found.start, found.end, "", _stands_for(found)))
            row.extend(words[last : match.last])
        read = match.last
    keep(len(words))
    return row, times


def _first(words: Sequence[Word], i: int, grammar: Grammar, tokens: TokenAt) -> Match | None:
    """The best reading at word `i`; words before what a rule keeps must not cut a longer reading short that starts there."""
    for match in grammar.readings(words, i):
        guard = "titled" if match.rule.kind == "day" else match.rule.data.get("if")
        if guard is not None and not GUARDS[guard](Matched(words, match, tokens)):
            continue
        kept = match.part(match.rule.data["keep"]) if "keep" in match.rule.data else None
        if kept is not None and kept > i:
            inner = (_first(words, k, grammar, tokens) for k in range(i + 1, kept + 1))
            if any(other is not None and other.last > match.last for other in inner):
                continue
        return match
    return None


def _found(words: Sequence[Word], match: Match, first: int, last: int, before: Mapping[int, Found]) -> Found:
    data = match.rule.data
    caught = {name: words[index].classes[kind] for name, kind, index in match.parts}
    inner = {name: before[words[index].start] for name, _, index in match.parts if words[index].start in before}
    grains = {name: found.grain for name, found in inner.items()}
    kind, direction = match.rule.kind, data.get("direction", "at")
    if kind == "day":
        grain = "month" if "-" not in data.get("hijri", "-") else "day"
        return Found(words[first].start, words[last - 1].end, "point", f"named={match.rule.name}", grain, match.rule.name)
    if kind == "join":
        kind = "point"
    if kind == "direction":
        point = inner["point"]
        return replace(point, direction=cast(Direction, direction))
    return Found(
        words[first].start,
        words[last - 1].end,
        cast(Kind, kind),
        filled(data["value"], caught),
        filled(data["grain"], {**caught, **grains}).replace(" ", ""),
        match.rule.name,
        cast(Direction, direction),
    )


def filled(template: str, caught: Mapping[str, str]) -> str:
    """The template with what was caught put in; a piece whose word was left out is dropped."""
    pieces = []
    for piece in template.split(" "):
        names = PLACEHOLDER.findall(piece)
        if all(name in caught for name in names):
            pieces.append(PLACEHOLDER.sub(lambda m: caught[m.group(1)], piece))
    return " ".join(pieces)


def _stands_for(found: Found) -> dict[str, str]:
    if found.kind != "point":
        return {found.kind: found.value}
    if found.grain == "hour":
        return {"hour": found.value}
    classes = {"point": found.value}
    if found.grain == "day":
        classes["date"] = found.value
    if found.value.startswith("named="):
        classes["named"] = found.value
    elif found.grain == "year":
        classes["calendar_year"] = found.value
    return classes
