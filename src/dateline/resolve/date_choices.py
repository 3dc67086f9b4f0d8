"""What may date an act whose own clause does not: the same act told elsewhere, the day that the report turns on, the day of speaking.

Each choice comes with named clues for a learnt weighing (`dateline.find.weighing`): where its days come from, what the act is like,
and the two together. The clues name no words of any text but those of time and grammar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.language import Token
from dateline.model import Days, Status
from dateline.resolve.date_clues import (
    REPORTING,
    TOO_LONG,
    ActInText,
    PlacedTime,
    is_aside,
    is_definite,
    is_noun,
    is_perfect,
    stem,
)

ANSWERS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "AGREE", "THREATEN", "CONCEDE"})
"""Types of acts that answer others: undated, they lie between what they answer and the article's day."""
LENT = 93
"""Days that a time may last and still be lent to another act of the same type."""
TOLD = 400
"""Days that a time may last and still be what a paragraph dwells on."""
ANSWERED_WITHIN = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Choice:
    """Days that may date an act, the clues about it, and the time of the text that they come from, where there is one."""

    days: Days
    clues: tuple[str, ...]
    by: PlacedTime | None


@dataclass(frozen=True, slots=True)
class Background:
    """What an article tells of time: its own day, the day that its report turns on, the times of its own text by paragraph."""

    today: date | None
    peg: PlacedTime | None
    by_paragraph: Mapping[int, Sequence[PlacedTime]]


class Choices:
    """Collects the choices for one act, each with its clues."""

    def __init__(self, subject: ActInText, status: Status, sentence_tells_time: bool) -> None:
        self.subject = subject
        self.word = kind_of_word(subject)
        self.type = subject.act.type
        self.group = "ASSAULT" if self.type == "ASSAULT" else "answer" if self.type in ANSWERS else "other"
        self.state = "actual" if status == "actual" else "ahead" if status in ("future", "demanded") else "not so"
        self.sentence_tells_time = sentence_tells_time
        self._clues: dict[Days, dict[str, None]] = {}
        self._by: dict[Days, PlacedTime | None] = {}
        spoken = "spoken" if subject.token.sentence.quotation is not None else "told"
        self._about_act = [
            f"{self.state} act", f"{self.state} {self.word}", f"{self.state} {self.type}", f"{self.state} {spoken}",
            f"{self.type} {self.word}",
        ]  # fmt: skip

    def add(self, days: Days, by: PlacedTime | None, source: str, *joined: str) -> None:
        """Days from a source; `joined` are what the source is looked at together with."""
        clues = self._clues.setdefault(days, {})
        clues[source] = None
        for other in joined:
            clues[f"{source} & {other}"] = None
        if self.sentence_tells_time and not source.startswith("in the sentence"):
            clues[f"{source} & a time in the sentence"] = None
        if self._by.get(days) is None:
            self._by[days] = by

    def about_act(self, clue: str) -> None:
        """Something about the act that speaks for or against dating it at all."""
        self._about_act.append(clue)

    def all(self, today: date | None) -> Iterator[Choice]:
        """Every choice, those first that were found first."""
        for days, clues in self._clues.items():
            if today is not None:
                if (self.state == "ahead" and days.last < today) or (self.state == "actual" and days.first > today):
                    continue  # what is planned is not past, and what has happened not to come
                when = "to come" if days.first > today else "long ago" if (today - days.last).days > 30 else "recent"
                clues[f"{when} & {self.state}"] = None
            if days.first != days.last:
                clues["long" if (days.last - days.first).days > 6 else "some days"] = None
            yield Choice(days, (*clues, *self._about_act), self._by[days])


def choices(
    subject: ActInText,
    status: Status,
    background: Background,
    in_sentence: Sequence[PlacedTime],
    stub: Token | None,
    around_speech: Sequence[PlacedTime],
    earlier: Sequence[tuple[ActInText, Days]],
) -> list[Choice]:
    """The days that may date an act.

    `in_sentence` are the times of its sentence; `stub` stands for the quotation that it is part of, and `around_speech` are the times
    of the sentence around that; `earlier` are the acts dated before it.
    """
    found = Choices(subject, status, bool(in_sentence))
    if not in_sentence:
        found.about_act("no time in the sentence")
        found.about_act(f"no time in the sentence & {found.state}")
    for p in in_sentence:
        if p.time.grain not in TOO_LONG:
            side = "before it" if p.head.i < subject.token.i else "after it"
            number = "only" if len(in_sentence) == 1 else "one of several"
            found.add(p.days, p, "in the sentence", found.state, number, side, found.group)
            if p.governor.lemma.lower() in REPORTING:
                found.add(p.days, p, "when it was reported", found.state)
            if p.time.direction != "at":
                found.add(p.days, p, f"told with {p.time.direction}")
    for p in around_speech:
        found.add(p.days, p, "day of speaking", found.word, found.group)
    if stub is not None and not around_speech:
        before = _last_told(background, stub)
        if before is not None:
            found.add(before.days, before, "told before the speech", found.word, found.group)
    _as_before(found, earlier)
    _as_told(found, background)
    return list(found.all(background.today))


def _last_told(background: Background, token: Token) -> PlacedTime | None:
    """The last time that the article told before a word, in its paragraph or the one before."""
    for paragraph in (token.sentence.paragraph, token.sentence.paragraph - 1):
        for p in reversed(background.by_paragraph.get(paragraph, ())):
            if p.head.i < token.i and p.head.sentence is not token.sentence and p.time.grain == "day":
                return p
    return None


def _as_before(found: Choices, earlier: Sequence[tuple[ActInText, Days]]) -> None:
    """Acts of the same type that were told before, the last of each likeness; and the last act that was dated."""
    subject, seen = found.subject, set()
    for other, days in reversed(earlier):
        if other.act.type != found.type:
            continue
        same_word = stem(other.token) == stem(subject.token)
        if not same_word and (days.last - days.first).days > LENT:
            continue
        same_mode = subject.act.mode is not None and other.act.mode == subject.act.mode
        for likeness, holds in (("same word", same_word), ("same mode", same_mode), ("same type", True)):
            if holds and likeness not in seen:
                seen.add(likeness)
                where = "an aside" if is_aside(other.token) else "the main line"
                found.add(days, None, likeness, found.word, found.state, found.group, where)
    if earlier:
        other, days = earlier[-1]
        near = "elsewhere"
        if other.token.sentence is subject.token.sentence:
            near = "in the sentence"
        elif other.paragraph == subject.paragraph:
            near = "in the paragraph"
        found.add(days, None, f"last dated act {near}", found.word, found.state)
        days, number = Counter(days for _, days in earlier).most_common(1)[0]
        if number > 1:
            found.add(days, None, "told most", found.word, found.state, found.group)


def _as_told(found: Choices, background: Background) -> None:
    """The day that the report turns on, from it to the article's day, and the time on which the paragraph dwells."""
    subject, peg, today = found.subject, background.peg, background.today
    if peg is not None:
        distance = subject.paragraph - peg.head.sentence.paragraph
        near = "near" if distance <= 1 else "some way on" if distance <= 3 else "far on"
        found.add(peg.days, peg, "the report's day", found.state, found.word, found.group, near, f"{near} {found.word}")
        if today is not None and found.type in ANSWERS and peg.days.first <= today <= peg.days.first + ANSWERED_WITHIN:
            found.add(Days(peg.days.first, today), peg, "since the report's day", found.word, found.type, found.state)
    for p in reversed(background.by_paragraph.get(subject.paragraph, ())):
        in_another = p.head.i < subject.token.i and p.head.sentence is not subject.token.sentence
        if in_another and (p.days.last - p.days.first).days < TOLD:
            found.add(p.days, p, "last told in the paragraph", found.word, found.state, found.group)
            break
    if today is not None and (peg is None or peg.days.last != today):
        found.add(Days(today, today), None, "the article's day", f"{found.state} {found.word}")


def kind_of_word(subject: ActInText) -> str:
    """Whether the trigger is a verb, in which form, or a noun, and how it is introduced."""
    token = subject.token
    if token.pos in ("VERB", "AUX"):
        auxiliaries = {kid.lower for kid in token.kids("auxiliary", "passive_auxiliary")}
        if is_perfect(token):
            return "perfect"
        if any(kid.tag == "MD" for kid in token.kids("auxiliary")):
            return "modal"
        if "to" in auxiliaries:
            return "infinitive"
        if token.tag == "VBD" or auxiliaries & {"was", "were", "did"}:
            return "past"
        return {"VBN": "participle", "VBG": "gerund"}.get(token.tag, "present")
    if not is_noun(token):
        return "other"
    if is_definite(token):
        return "the noun"
    return "bare plural" if token.tag in ("NNS", "NNPS") and token.kid("determiner") is None else "a noun"
