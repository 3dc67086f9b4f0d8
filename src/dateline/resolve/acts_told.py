"""An act of an article with what is known of it before it is dated: its trigger in the text, who does it and whom it is done to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.language import Token
from dateline.model import Act, Actor


def known_by(actors: Iterable[Actor]) -> frozenset[str]:
    """What actors are known by: their names in lower case, and their countries with their sectors."""
    found = set()
    for actor in actors:
        found.add(actor.name.lower())
        if actor.country and actor.sector:
            found.add(f"{actor.country} {actor.sector}")
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class ActInText:
    """An act of the article with its trigger's head, and what those are known by who do it and whom it is done to (see `known_by`)."""

    act: Act
    token: Token
    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()

    @property
    def matched(self) -> frozenset[int]:
        """The indices of the trigger's tokens."""
        return frozenset({*self.act.matched, self.act.token})

    @property
    def paragraph(self) -> int:
        """The number of the paragraph that it stands in, from 0."""
        return self.token.sentence.paragraph
