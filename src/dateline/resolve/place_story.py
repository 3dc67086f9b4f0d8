"""How an article's story goes on, as far as it says where an act was: what stands above an act, who did the last one, how old it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.language import Document, Token
from dateline.model import Act, Actor, Location, Publication, Statement, Time
from dateline.reading import Facts
from dateline.resolve.place_ties import VERBS

OLD = timedelta(days=45)
"""What was longer ago than this is told as what led up to the news: it need not have been where the news is."""
MEMORY = 20
"""Earlier acts that are looked back to."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act that was told before: what it is like (`manner`), who took part, and where it was."""

    act: Act
    manner: str
    actors: frozenset[str]
    recipients: frozenset[str]
    location: Location | None


class Story:
    """The acts of one article as they are told one after the other."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._times = [time for time in facts.of(Time) if time.days is not None]
        published = facts.of(Publication)
        self._day = published[0].day if published else None
        self._spoken: set[int] = set()
        for statement in facts.of(Statement):
            cue = document.at(statement.cue_start)
            if cue is not None:
                self._spoken.add(cue.i)
        self._told: list[Told] = []

    def goes_on(
        self, act: Act, manner: str, actors: Sequence[Actor], recipients: Sequence[Actor], location: Location | None
    ) -> None:
        """Remember an act for those told after it."""
        self._told.append(Told(act, manner, _names(actors), _names(recipients), location))

    def is_saying(self, token: Token) -> bool:
        """Whether a word is one by which somebody is said to speak."""
        return token.i in self._spoken

    def age(self, head: Token) -> str:
        """`old` where the time nearest to a trigger in its sentence is long past, `past` where it was over before what is told, `now`."""
        sentence = head.sentence
        start, end = sentence.start, sentence.end
        near = [t for t in self._times if start <= t.start < end]
        if near and self._day is not None:
            time = min(near, key=lambda t: abs(t.start - head.start))
            if time.days is not None and time.days.last < self._day - OLD:
                return "old"
        verb = head if head.pos in VERBS else next((above for above in head.ancestors() if above.pos in VERBS), None)
        if verb is not None and any(kid.lower == "had" for kid in verb.kids("auxiliary")):
            return "past"
        return "now"

    def links(
        self, act: Act, manner: str, actors: Sequence[Actor], recipients: Sequence[Actor]
    ) -> Iterator[tuple[str, Location | None]]:
        """(how, where) for what acts told before have in common with this one: the last one, the one above it, the last by or against
        the same."""
        head = self._document.tokens[act.token]
        back = self._told[-MEMORY:][::-1]
        if back:
            last = back[0]
            before = self._document.tokens[last.act.token].sentence
            apart = head.sentence.index - before.index
            how = (
                "here"
                if apart == 0
                else "next"
                if apart == 1
                else "paragraph"
                if before.paragraph == head.sentence.paragraph
                else "far"
            )
            yield f"last-{manner} {last.manner} {how}", last.location
        above = next((told for word in head.ancestors() for told in back if told.act.token == word.i), None)
        if above is not None:
            yield f"above-{manner} {above.manner}", above.location
        for role, names in (("actors", _names(actors)), ("recipients", _names(recipients))):
            same = next((told for told in back if told.manner == manner and names & getattr(told, role)), None)
            if same is not None:
                yield f"same-{manner} {role}", same.location


def _names(cast: Sequence[Actor]) -> frozenset[str]:
    return frozenset(actor.name for actor in cast)
