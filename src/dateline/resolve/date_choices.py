"""What may date an act whose own clause does not: the same act told elsewhere, the day that the report turns on, the day of speaking.

Each choice comes with named clues for a learnt weighing (`dateline.find.weighing`): where its days come from, what the act is like,
and the two together. To leave the act undated is a choice as well, with clues of its own. The clues name no words of any text but
those of time and grammar.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from dateline.language import Token
from dateline.model import Days, Status
from dateline.resolve.acts_told import ActInText
from dateline.resolve.date_clues import (
    REPORTING,
    TOO_LONG,
    PlacedTime,
    is_aside,
    is_definite,
    is_perfect,
    stem,
)
from dateline.resolve.date_context import (
    agent_of,
    line_of,
    names_in_sentence,
    path_between,
    places_in_sentence,
    report_form,
    speaks_as_we,
    standing,
    tense_of,
)
from dateline.resolve.date_governors import is_noun

ANSWERS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "AGREE", "THREATEN", "CONCEDE"})
"""Types of acts that answer others: undated, they lie between what they answer and the article's day."""
LENT = 93
"""Days that a time may last and still be lent to another act of the same type."""
TOLD = 400
"""Days that a time may last and still be what a paragraph dwells on."""
IN_SENTENCE = "in the sentence"
"""The clue of a time that the sentence of an act tells, wherever in it."""
ANSWERED_WITHIN = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Choice:
    """Days that may date an act, the clues about it, and the time of the text that they come from, where there is one."""

    days: Days
    clues: tuple[str, ...]
    by: PlacedTime | None


@dataclass(frozen=True, slots=True)
class Question:
    """The days that may date an act, and the clues for leaving it undated."""

    undated: tuple[str, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Background:
    """What an article tells of time: its own day, the day that its report turns on, the times of its own text by paragraph."""

    today: date | None
    peg: PlacedTime | None
    by_paragraph: Mapping[int, Sequence[PlacedTime]]


class DatedWords:
    """The words of one stem that their own clause dates; a long text has so many that each act may not look at all of them."""

    def __init__(self, words: Sequence[tuple[Token, Days]]) -> None:
        """`words` come in the order of the times that date them, in which a sentence may follow its own quotation."""
        self.words = words
        numbers = [token.i for token, _ in words]
        self._highest = list(accumulate(numbers, max))
        self._lowest = list(accumulate(reversed(numbers), min))[::-1]

    def before(self, number: int, but: frozenset[int]) -> list[Days]:
        """The days of the last word of a lower number that is none of `but`, if there is one."""
        for token, days in (self.words[k] for k in range(bisect_left(self._lowest, number) - 1, -1, -1)):
            if token.i < number and token.i not in but:
                return [days]
        return []

    def after(self, number: int, but: frozenset[int]) -> list[Days]:
        """The days of the first word of a higher number that is none of `but`, if there is one."""
        for token, days in (self.words[k] for k in range(bisect_right(self._highest, number), len(self.words))):
            if token.i > number and token.i not in but:
                return [days]
        return []


class Choices:
    """Collects the choices for one act, each with its clues."""

    def __init__(self, subject: ActInText, status: Status, background: Background, stub: Token | None, times: int) -> None:
        self.subject = subject
        self.word = kind_of_word(subject)
        self.type = subject.act.type
        self.group = "ASSAULT" if self.type == "ASSAULT" else "answer" if self.type in ANSWERS else "other"
        self.state = "actual" if status == "actual" else "ahead" if status in ("future", "demanded") else "not so"
        self.sentence_tells_time = times > 0
        self.tense = tense_of(subject.token)
        self.performed = self.type in ANSWERS and speaks_as_we(subject.token) and "present" in self.tense
        self.where = "at the start" if subject.paragraph <= 1 else "further on"
        self._clues: dict[Days, dict[str, None]] = {}
        self._by: dict[Days, PlacedTime | None] = {}
        self._today = background.today
        token = subject.token
        spoken = "spoken" if token.sentence.quotation is not None else "told"
        reported = report_form(token)
        agent = _who(token, stub, background.peg)
        others = [p for p in background.by_paragraph.get(subject.paragraph, ()) if p.days != _days(background.peg)]
        self._joined = (
            line_of(token),
            spoken if reported is None else f"reported {reported}",
            f"by {agent}",
            f"{'another' if others else 'no other'} time in the paragraph",
            self.tense,
            *(["done by saying so"] if self.performed else []),
        )
        self._undated = [
            f"{self.state} act", f"{self.state} {self.word}", f"{self.state} {self.type}", f"{self.state} {spoken}",
            f"{self.type} {self.word}", f"by {agent}", f"by {agent} & {self.group}", *standing(token),
            f"{self.state} {self.tense}", f"{self.group} {self.tense}", f"{self.state} {self.where}", f"{self.type} {self.where}",
            f"{self.state} {line_of(token)}", *(["done by saying so"] if self.performed else []),
        ]  # fmt: skip
        if not times:
            self._undated += ["no time in the sentence", f"no time in the sentence & {self.state}"]

    def add(self, days: Days, by: PlacedTime | None, source: str, *joined: str) -> None:
        """Days from a source; `joined` are what the source is looked at together with."""
        clues = self._clues.setdefault(days, {})
        clues[source] = None
        for other in (*joined, *self._joined):
            clues[f"{source} & {other}"] = None
        if self.sentence_tells_time and not source.startswith(IN_SENTENCE):
            clues[f"{source} & a time in the sentence"] = None
        if self._by.get(days) is None:
            self._by[days] = by

    def leave_undated(self, clue: str) -> None:
        """Something that speaks for or against dating the act at all."""
        self._undated.append(clue)

    def question(self) -> Question:
        """Every choice, those first that were found first."""
        return Question(tuple(f"undated: {clue}" for clue in ("as such", *self._undated)), tuple(self._all()))

    def _all(self) -> Iterator[Choice]:
        today = self._today
        for days, clues in self._clues.items():
            if today is not None:
                if (self.state == "ahead" and days.last < today) or (self.state == "actual" and days.first > today):
                    continue  # what is planned is not past, and what has happened not to come
                when = "to come" if days.first > today else "long ago" if (today - days.last).days > 30 else "recent"
                clues[f"{when} & {self.state}"] = None
            if days.first != days.last:
                clues["long" if (days.last - days.first).days > 6 else "some days"] = None
            yield Choice(days, tuple(clues), self._by[days])


def choices(
    subject: ActInText,
    status: Status,
    background: Background,
    in_sentence: Sequence[PlacedTime],
    stub: Token | None,
    around_speech: Sequence[PlacedTime],
    earlier: Sequence[tuple[ActInText, Days | None]],
    same_word: DatedWords,
    scene: Sequence[Days],
    later: Sequence[tuple[ActInText, Days]] = (),
) -> Question:
    """The days that may date an act.

    `in_sentence` are the times of its sentence; `stub` stands for the quotation that it is part of, and `around_speech` are the times
    of the sentence around that; `earlier` are the acts told before it, with their days where they are dated;
    `same_word` the words of the same stem that their own clause dates, acts or not; `scene` the days of that at which it was done.
    """
    in_sentence = [p for p in in_sentence if not _told_in_passing(p.governor, subject.token)]
    found = Choices(subject, status, background, stub, len(in_sentence))
    nearest = min(in_sentence, key=lambda p: abs(p.head.i - subject.token.i), default=None)
    for p in in_sentence:
        if p.time.grain not in TOO_LONG:
            side = "before it" if p.head.i < subject.token.i else "after it"
            number = "only" if len(in_sentence) == 1 else "one of several"
            path = path_between(subject.token, p.governor)
            found.add(p.days, p, IN_SENTENCE, found.state, number, side, found.group, path, f"{path} {side}")
            if p is nearest:
                found.add(p.days, p, "nearest in the sentence", found.state, side)
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
    _as_left(found, earlier)
    dated = [(other, days) for other, days in earlier if days is not None]
    _as_before(found, dated)
    _as_after(found, later)
    _as_above(found, earlier)
    _as_answer(found, dated, background)
    _as_worded(found, same_word)
    for days in scene:
        found.add(days, None, "its scene has a day", found.word, found.state)
    _as_told(found, background)
    return found.question()


def _told_in_passing(governor: Token, act: Token) -> bool:
    """Whether a time stands in what is told of a name in passing, and not the act: "Norland, *which signed a deal in May*, urged"."""
    for word in (governor, *governor.ancestors()):
        if word.relation == "relative_clause" and word.head.pos == "PROPN":
            return act is not word and word not in act.ancestors()
    return False


def _last_told(background: Background, token: Token) -> PlacedTime | None:
    """The last time that the article told before a word, in its paragraph or the one before."""
    for paragraph in (token.sentence.paragraph, token.sentence.paragraph - 1):
        for p in reversed(background.by_paragraph.get(paragraph, ())):
            if p.head.i < token.i and p.head.sentence is not token.sentence and p.time.grain == "day":
                return p
    return None


def _who(token: Token, stub: Token | None, peg: PlacedTime | None) -> str:
    """Whether the act is done by somebody named where the report's day is told, or by somebody else."""
    agent = agent_of(token, stub)
    if agent is None:
        return "nobody told"
    if agent.pos == "PRON":
        return "a pronoun"
    return "who the report is of" if peg is not None and agent.lemma.lower() in names_in_sentence(peg.head) else "another"


def _days(peg: PlacedTime | None) -> Days | None:
    return peg.days if peg is not None else None


def _as_left(found: Choices, earlier: Sequence[tuple[ActInText, Days | None]]) -> None:
    """Whether the last act of the same word, of the same type, and of any kind was dated."""
    subject = found.subject
    same_type = [(other, days) for other, days in earlier if other.act.type == found.type]
    same_word = [(other, days) for other, days in same_type if stem(other.token) == stem(subject.token)]
    for likeness, acts in (("same word", same_word), ("same type", same_type)):
        if acts:
            found.leave_undated(f"{likeness} {'undated' if acts[-1][1] is None else 'dated'}")
    if same_word:
        found.leave_undated(f"same word {'undated' if same_word[-1][1] is None else 'dated'} & {found.word}")
    if earlier:
        other, days = earlier[-1]
        found.leave_undated(f"last act {_near(other, subject)} {'undated' if days is None else 'dated'}")


def _near(other: ActInText, subject: ActInText) -> str:
    if other.token.sentence is subject.token.sentence:
        return "in the sentence"
    return "in the paragraph" if other.paragraph == subject.paragraph else "elsewhere"


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
                found.add(days, None, likeness, found.word, found.state, found.group, where, *_alike(other, subject))
    if earlier:
        other, days = earlier[-1]
        found.add(days, None, f"last dated act {_near(other, subject)}", found.word, found.state)
        days, number = Counter(days for _, days in earlier).most_common(1)[0]
        if number > 1:
            found.add(days, None, "told most", found.word, found.state, found.group)


def _alike(other: ActInText, subject: ActInText) -> Iterator[str]:
    """How near another act is told, and whether it is done by the same to the same, at the same place."""
    yield _near(other, subject)
    yield _beside(other, subject)
    by = _same(other.actors, subject.actors)
    to = _same(other.recipients, subject.recipients)
    yield f"{by} actors"
    yield f"{to} recipients"
    yield f"{by} actors, {to} recipients"


def _same(some: frozenset[str], others: frozenset[str]) -> str:
    if not some or not others:
        return "unknown"
    return "the same" if some & others else "other"


def _beside(other: ActInText, subject: ActInText) -> str:
    """Whether the sentences of two acts name the same places or other names, or only different ones."""
    here, there = places_in_sentence(subject.token), places_in_sentence(other.token)
    if here and there and not here & there:
        return "elsewhere in the world"
    mine, others = names_in_sentence(subject.token), names_in_sentence(other.token)
    return "names shared" if mine & others else "other names" if mine and others else "no names"


def _as_after(found: Choices, later: Sequence[tuple[ActInText, Days]]) -> None:
    """Acts of the same type that are told later and dated by their own clause, the first of each likeness."""
    subject, seen = found.subject, set()
    for other, days in later:
        if other.act.type != found.type or (days.last - days.first).days > LENT:
            continue
        same_word = stem(other.token) == stem(subject.token)
        same_mode = subject.act.mode is not None and other.act.mode == subject.act.mode
        for likeness, holds in (("same word", same_word), ("same mode", same_mode), ("same type", True)):
            if holds and likeness not in seen:
                seen.add(likeness)
                joined = (found.word, found.state, found.group, found.where, *_alike(other, subject))
                found.add(days, None, f"{likeness} told later", *joined)


def _as_above(found: Choices, earlier: Sequence[tuple[ActInText, Days | None]]) -> None:
    """The act in whose clause this one is told: "struck the camp, killing two"; "condemned the raid"."""
    token = found.subject.token
    above = {word.i: word for word in token.ancestors()}
    for other, days in reversed(earlier):
        if other.token.sentence is not token.sentence:
            return
        if other.token.i in above:
            path = path_between(token, other.token)
            if days is None:
                found.leave_undated(f"the act above is undated & {path}")
            else:
                found.add(days, None, "the act above", found.word, found.state, found.group, path)
            return


def _as_answer(found: Choices, dated: Sequence[tuple[ActInText, Days]], background: Background) -> None:
    """From the last act told that is no answer itself to the article's day, in which an answer to it was given."""
    today = background.today
    if today is None or found.type not in ANSWERS:
        return
    for other, days in reversed(dated):
        if other.act.type not in ANSWERS and days.first <= today <= days.first + ANSWERED_WITHIN:
            near = _near(other, found.subject)
            found.add(Days(days.first, today), None, "since the last act", found.word, found.type, found.state, near)
            return


def _as_worded(found: Choices, same_word: DatedWords) -> None:
    """The word nearest before and nearest after that has a day of its own."""
    here, own = found.subject.token.i, found.subject.matched
    for days in same_word.before(here, own):
        found.add(days, None, "the word has a day before", found.word, found.state)
    for days in same_word.after(here, own):
        found.add(days, None, "the word has a day after", found.word, found.state)


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
        told_by = "we" if found.performed else "not we"
        alone = "no day that it turns on" if peg is None else "another day that it turns on"
        joined = (
            f"{found.state} {found.word}",
            found.type,
            f"{found.group} {found.tense}",
            told_by,
            alone,
            f"{alone} {found.type}",
        )
        found.add(Days(today, today), None, "the article's day", *joined)


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
