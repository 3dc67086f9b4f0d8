"""Readings -> what is told: each event with its sentence, its article's day and its voice."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from dateline.incidents.holding import holdings
from dateline.incidents.records import Corpus, Holding, Told
from dateline.incidents.sides import folded
from dateline.incidents.wording import gist_of
from dateline.ledger.ids import event_ids
from dateline.ledger.records import sentence_ends
from dateline.model import Event, Reading


def corpus(readings: Iterable[Reading], voices: Mapping[str, str] | None = None) -> Corpus:
    """What some readings tell.

    Args:
        readings: the readings; their articles' ids must differ.
        voices: article id -> the voice that it shares with its near-copies; an article that is missing here speaks for itself.
    """
    tolds: list[Told] = []
    held: list[Holding] = []
    for reading in readings:
        voice = (voices or {}).get(reading.article.id, reading.article.id)
        tolds += told_in(reading, voice)
        held += holdings(reading, voice)
    return Corpus(tuple(tolds), tuple(held))


def told_in(reading: Reading, voice: str, ids: Sequence[str] | None = None) -> list[Told]:
    """Every event of a reading as merging sees it; `ids` are the events' where somebody gave them others than the ledger does."""
    article = reading.article
    named = ids or event_ids(article.id, reading.events)
    sentences = Sentences(article.text)
    names, gist = names_of(reading), gist_of(article.text)
    spans = [sentences.span(event.start) for event in reading.events]
    return [
        Told(
            id=name,
            article=article.id,
            voice=voice,
            event=event,
            sentence=article.text[slice(*span)].strip(),
            outlet=article.publisher,
            url=article.url,
            day=reading.publication.day,
            about=tuple(other for other in reading.events if event.end <= other.start < span[1]),
            names=names,
            near=tuple(place.location for place in reading.places if span[0] <= place.start < span[1]),
            gist=gist,
            dated=_says(event, "when", span),
            placed=_says(event, "where", span),
        )
        for name, event, span in zip(named, reading.events, spans, strict=True)
    ]


def _says(event: Event, field: str, sentence: tuple[int, int]) -> bool:
    """Whether the words that give a field of an event stand in its own sentence; so it is taken where no words are kept."""
    at = [seen.start for seen in event.evidence if seen.field == field and seen.start is not None]
    return not at or any(sentence[0] <= start < sentence[1] for start in at)


def names_of(reading: Reading) -> frozenset[str]:
    """The words of the names of actors and places that an article has, folded."""
    named = [mention.actor.name for mention in reading.mentions if mention.kind == "name"]
    named += [place.text for place in reading.places]
    return frozenset(word for name in named for word in folded(name).split() if len(word) > 2)


class Sentences:
    """Where the sentences of a text end, good enough to quote and to compare them."""

    def __init__(self, text: str) -> None:
        self._cuts = [0, *(found.end() for found in sentence_ends(text)), len(text)]

    def span(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a character."""
        after = bisect_right(self._cuts, at)
        return self._cuts[after - 1], self._cuts[min(after, len(self._cuts) - 1)]
