"""Where an article plays, for actors that do not say whose they are, and who speaks where it says "we"."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.find.actor_naming import Naming
from dateline.gazetteer.countries import countries
from dateline.language import Document, Sentence, Token
from dateline.model import Place

EARLY = 2  # paragraphs at the start of an article that count double: they say what it is about
MINOR = 5  # a country of less than this part of the main one's weight is no setting
SITUATING = frozenset({"preposition_object", "apposition", "conjunct", "adverbial_noun", "root"})
"""Relations in which the name of a place says where, rather than who."""
PLACE_WEIGHT, NATIONALITY_WEIGHT = 2, 1


class Setting:
    """The countries of an article by place of the text.

    `day` is the article's own day where it is known, `main` the country it is most about, `voice` the one it speaks for
    where it says "we" without a speaker.
    """

    def __init__(self, document: Document, namings: Sequence[Naming], places: Sequence[Place], day: date | None) -> None:
        self.day = day
        self._by_sentence: dict[int, list[tuple[int, str]]] = {}
        weights: Counter[str] = Counter()
        starts = [token.start for token in document.tokens if token.quotation is None]
        order = sorted(range(len(starts)), key=starts.__getitem__)
        tokens = [token for token in document.tokens if token.quotation is None]
        sorted_starts = [starts[k] for k in order]
        for place in places:
            k = bisect_right(sorted_starts, place.head) - 1
            if place.location.country and k >= 0:
                self._note(tokens[order[k]], place.location.country, PLACE_WEIGHT, weights)
        for naming in namings:
            if naming.sort in ("state", "place", "people") and naming.entries and naming.entries[0].country in countries():
                code = naming.entries[0].country
                assert code is not None
                weight = NATIONALITY_WEIGHT if naming.rule == "nationality" or naming.sort == "state" else PLACE_WEIGHT
                self._note(naming.head, code, 0 if places and naming.sort == "place" else weight, weights)
            elif (
                naming.entries
                and len({entry.country for entry in naming.entries}) == 1
                and naming.entries[0].country in countries()
            ):
                weights[naming.entries[0].country or ""] += 1
        self.voice = _voice(namings)
        self.weights: Mapping[str, int] = weights
        self.main = weights.most_common(1)[0][0] if weights else None

    def _note(self, token: Token, country: str, weight: int, weights: Counter[str]) -> None:
        weights[country] += weight * (2 if token.sentence.paragraph < EARLY else 1)
        if weight == PLACE_WEIGHT and token.relation in SITUATING:
            self._by_sentence.setdefault(token.sentence.index, []).append((token.i, country))

    def mentions(self, country: str | None) -> bool:
        """Whether the article speaks of this country at all."""
        return country is not None and country in self.weights

    def country_at(self, token: Token) -> str | None:
        """The country that somebody in this sentence is of, where nothing nearer tells: its places', else the article's."""
        near = self._by_sentence.get(token.sentence.index, ())
        near = [pair for pair in near if self.weights[pair[1]] * MINOR >= self.weights.get(self.main or "", 0)]
        return min(near, key=lambda pair: abs(pair[0] - token.i))[1] if near else self.main


def _voice(namings: Sequence[Naming]) -> str | None:
    """The country that an article without a named speaker speaks for: the one that is most often the subject, the first of equals."""
    counts: Counter[str] = Counter()
    for naming in namings:
        if naming.sort == "state" and naming.head.relation in ("subject", "passive_subject") and naming.entries[0].country:
            counts[naming.entries[0].country] += 1
    return counts.most_common(1)[0][0] if counts else None


def voices(document: Document) -> dict[int, Token]:
    """Sentence index -> the subject of the verb that introduces what is said there without quotation marks.

    A sentence that ends in a colon after a verb of saying lends its subject to the sentences after it, until the next such
    sentence; a paragraph that opens with NAME and a colon is that person's.
    """
    found: dict[int, Token] = {}
    speaker: Token | None = None
    label: tuple[int, Token] | None = None
    for sentence in document.sentences:
        if sentence.quotation is not None:
            continue
        labelled = _label(sentence)
        if labelled is not None:
            label = (sentence.paragraph, labelled)
        if label is not None and label[0] == sentence.paragraph:
            found[sentence.index] = label[1]
            continue
        if speaker is not None:
            found[sentence.index] = speaker
        if sentence.tokens[-1].text == ":":
            introduced = subject_of(sentence.roots[0]) if sentence.roots else None
            speaker = introduced or speaker
    return found


def _label(sentence: Sentence) -> Token | None:
    """The name that opens a sentence in a transcript ("MR SMITH: Yes"), None where none does."""
    for k, token in enumerate(sentence.tokens[:5]):
        if token.text == ":" and k > 0:
            before = sentence.tokens[:k]
            if k + 1 < len(sentence.tokens) and all(t.text.isupper() or t.text[0].isupper() for t in before):
                return before[-1]
            return None
    return None


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it is coordinated with or depends on as an open complement."""
    token = verb
    for _ in range(6):
        subject = token.kid("subject", "passive_subject")
        if subject is not None:
            return subject
        if token.relation in ("conjunct", "open_complement", "adverbial_clause", "auxiliary") and token.head is not token:
            token = token.head
        elif token.relation == "agent":
            return None
        else:
            return None
    return None


def speakers(document: Document) -> dict[int, Token]:
    """Start of the inside of an utterance -> the head of who utters it, by the sentence around it.

    Where the sentence around it names nobody, the speaker of the utterance before it in the same paragraph goes on.
    """
    found: dict[int, Token] = {}
    last: tuple[int, Token] | None = None
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.quotation is None:
                continue
            said_by: Token | None = None
            for above in [token, *token.ancestors()]:
                if above.pos in ("VERB", "AUX"):
                    said_by = subject_of(above)
                    if said_by is None or said_by.quotation is not None:
                        said_by = next(
                            (
                                kid
                                for kid in above.kids("subject", "object", "attribute")
                                if kid.quotation is None and kid.pos in ("PROPN", "NOUN", "PRON")
                            ),
                            None,
                        )
                    if said_by is not None:
                        break
            if said_by is None:  # "…," said the mayor: the parser may hang the verb on the stub
                verbs = [kid for kid in token.children if kid.pos == "VERB"]
                said_by = next((subject for verb in verbs if (subject := subject_of(verb)) is not None), None)
            if said_by is None and last is not None and sentence.paragraph - last[0] <= 1:
                said_by = last[1]
            if said_by is not None and said_by.quotation is None:
                found[token.quotation.inner_start] = said_by
                last = (sentence.paragraph, said_by)
    return found
