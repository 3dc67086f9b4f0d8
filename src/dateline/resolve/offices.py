"""What offices tell of an article's day: who is called "President Omar Tal" is in office when it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.find.actor_lexicon import ActorLexicon, Entry
from dateline.find.actor_tables import plain_words

LONGEST_NAME = 4  # words
LINGERS = timedelta(days=30)  # a title is still given to who has just left
NAME = r"(?P<name>[A-ZÀ-Þ][\w'’-]*(?: (?:al-|el-|bin |de |da |van )?[A-ZÀ-Þ][\w'’.-]*){0,3})"
RETIRED = re.compile(r"(?:former|late|then|ex|onetime)[- ]$", re.IGNORECASE)


class Offices:
    """The offices that the actor lexicon dates, looked for as titles before names."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self._lexicon = lexicon
        titles = sorted({office.title() for office, _ in lexicon.offices}, key=len, reverse=True)
        self._titled = re.compile(rf"\b(?P<title>{'|'.join(map(re.escape, titles))}) {NAME}") if titles else None

    def terms(self, text: str) -> Iterator[tuple[str, date | None, date | None]]:
        """(title and name, first day, last day) of every holder of an office whom the text calls by it, each once."""
        seen: set[str] = set()
        for m in self._titled.finditer(text) if self._titled is not None else ():
            if RETIRED.search(text, max(0, m.start() - 12), m.start()):
                continue
            words = m["name"].split(" ")
            for n in range(min(len(words), LONGEST_NAME), 0, -1):
                held = self._held(" ".join(words[:n]), m["title"].lower())
                if held:
                    if held[0].name not in seen:
                        seen.add(held[0].name)
                        yield f"{m['title']} {' '.join(words[:n])}", _first(held), _last(held)
                    break

    def _held(self, name: str, office: str) -> list[Entry]:
        """The times for which somebody of this name held the office; none where several people did."""
        words = plain_words(name)
        entries = self._lexicon.names.get(words) if len(words) > 1 else self._lexicon.surnames.get("".join(words), [])
        held = [entry for entry in entries if entry.office == office]
        return held if len({entry.name for entry in held}) == 1 else []


def _first(held: list[Entry]) -> date | None:
    days = [entry.first for entry in held]
    return None if None in days else min(day for day in days if day is not None)


def _last(held: list[Entry]) -> date | None:
    days = [entry.last for entry in held]
    return None if None in days else max(day for day in days if day is not None) + LINGERS
