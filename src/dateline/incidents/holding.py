"""Who holds what, said in passing: "the rebel-held town of X", "government troops hold X, Y and Z".

The patterns are data (`data/holding.toml`); mentions and places are those that the reader found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.incidents.records import Holding
from dateline.incidents.rules import load_rules
from dateline.incidents.sides import specific
from dateline.model import Actor, Location, Mention, Place, Reading

WIDE = frozenset({"country", "continent", "sea"})
MARK = "\ue000"  # a character of the private use area stands for a mention or a place while patterns are matched
PLACE_MARK = "\ue001"


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns: those with a mention as holder, those with a word for a side; `generic` words name nobody."""

    named: tuple[re.Pattern[str], ...]
    sided: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str]
    sides: Mapping[str, tuple[str, ...]]
    generic: frozenset[str]


def holdings(reading: Reading, voice: str) -> list[Holding]:
    """What an article says in passing about who holds which place, in the order of the text."""
    patterns = _patterns()
    marked = _Marked(reading, patterns.generic)
    found = []
    for pattern in patterns.named + patterns.sided:
        for match in pattern.finditer(marked.text):
            clause = re.split(r"[.;\n]", marked.text[: match.start()])[-1] + match.group()
            holder = marked.holder(match, patterns)
            if holder is None or patterns.unless.search(clause):
                continue
            start, end = marked.at(match.start()), marked.at(match.end() - 1) + 1
            for place in marked.places(match):
                found.append(
                    Holding(
                        holder=holder,
                        place=place,
                        told=reading.article.text[start:end],
                        article=reading.article.id,
                        voice=voice,
                        outlet=reading.article.publisher,
                        url=reading.article.url,
                        day=reading.publication.day,
                        start=start,
                        end=end,
                    )
                )
    unique = {(one.holder.name, one.place.name, one.start): one for one in found}
    return sorted(unique.values(), key=lambda one: (one.start, one.place.name))


class _Marked:
    """A text in which every mention and every place is one character, with the way back."""

    def __init__(self, reading: Reading, generic: frozenset[str]) -> None:
        self._generic = generic
        self._facts: list[Mention | Place] = []
        self._country = next((m.actor.country for m in reading.mentions if m.actor.sector in ("GOV", "MIL")), None)
        self._actors = [mention.actor for mention in reading.mentions]
        spans: list[tuple[int, int, Mention | Place]] = [
            (place.start, place.end, place) for place in reading.places if place.feature not in WIDE
        ]
        taken = [(start, end) for start, end, _ in spans]
        for mention in reading.mentions:
            clashes = any(mention.start < end and start < mention.end for start, end in taken)
            if mention.kind != "pronoun" and not clashes:
                spans.append((mention.start, mention.end, mention))
        pieces: list[str] = []
        offsets: list[int] = []
        done = 0
        for start, end, fact in sorted(spans, key=lambda s: (s[0], -s[1])):
            if start < done:
                continue
            pieces.append(reading.article.text[done:start])
            offsets += range(done, start)
            pieces.append(PLACE_MARK if isinstance(fact, Place) else MARK)
            offsets.append(start)
            self._facts.append(fact)
            done = end
        pieces.append(reading.article.text[done:])
        offsets += range(done, len(reading.article.text))
        self.text = "".join(pieces)
        self._offsets = offsets
        marks = (i for i, ch in enumerate(self.text) if ch in (MARK, PLACE_MARK))
        self._at_mark = dict(zip(marks, self._facts, strict=False))

    def at(self, i: int) -> int:
        """The offset in the article of a character of the marked text."""
        fact = self._at_mark.get(i)
        return fact.end - 1 if fact is not None else self._offsets[i]

    def holder(self, match: re.Match[str], patterns: Patterns) -> Actor | None:
        """Who holds."""
        group = "side" if "side" in match.groupdict() else "holder"
        fact = self._at_mark.get(match.start(group))
        if not isinstance(fact, Mention):
            return self._of_side(patterns.sides[match.group(group).lower()])
        if fact.actor.sector is None or specific(fact.actor.name, patterns.generic):
            return fact.actor
        named = self._of_side((fact.actor.sector,))  # "rebel-held": by the rebels whom the article names
        return named if named is not None and specific(named.name, patterns.generic) else fact.actor

    def places(self, match: re.Match[str]) -> Iterator[Location]:
        """What is held."""
        country = None
        for piece in re.finditer(rf"{PLACE_MARK}|{MARK}|[A-Z]\w+", match.group("places")):
            fact = self._at_mark.get(match.start("places") + piece.start())
            if isinstance(fact, Place):
                country = fact.location.country
                yield fact.location
            elif isinstance(fact, Mention):
                if fact.kind == "name" and fact.actor.sector is None:
                    yield Location(fact.actor.name, country)
            else:
                yield Location(piece.group(), country)

    def _of_side(self, sectors: Sequence[str]) -> Actor | None:
        """The one of these sectors whom the article names most often; a government needs no more than its country."""
        of_side = [actor for actor in self._actors if actor.sector in sectors]
        if of_side:
            return max(of_side, key=lambda a: (specific(a.name, self._generic) is not None, of_side.count(a), a.name))
        return Actor("government", self._country, "GOV") if "GOV" in sectors else None


@cache
def _patterns() -> Patterns:
    data = tomllib.loads(resources.files("dateline.incidents").joinpath("data", "holding.toml").read_text(encoding="utf-8"))
    side = "(?P<side>" + "|".join([MARK, *map(re.escape, sorted(data["sides"]))]) + ")"
    # In a row with a place, any name in capitals is one, whether or not the reader knew it.
    several = f"{PLACE_MARK}(?:(?:, | and |, and )(?:{PLACE_MARK}|{MARK}|(?-i:[A-Z]\\w+)))*"
    compiled = {
        raw: re.compile(
            raw.replace("{holder}", f"(?P<holder>{MARK})")
            .replace("{places}", f"(?P<places>{several})")
            .replace("{side}", side),
            re.IGNORECASE,
        )
        for raw in data["patterns"]
    }
    return Patterns(
        tuple(pattern for raw, pattern in compiled.items() if "{holder}" in raw),
        tuple(pattern for raw, pattern in compiled.items() if "{side}" in raw),
        re.compile(data["unless"], re.IGNORECASE),
        {word: tuple(sectors) for word, sectors in data["sides"].items()},
        load_rules().generic,
    )
