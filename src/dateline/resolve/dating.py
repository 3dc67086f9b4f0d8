"""Which time dates which act.

By syntax first: the time that hangs on the trigger, on its verb, or on the light verb that carries the noun. What the sentence
does not date may be dated by another that tells of the same act, or by the day that the report turns on; and reactions to a dated
act run from it to the article's day. Times of the reporting ("said on Monday") date the statement and not what is reported.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from dateline.find.weighing import Weigher
from dateline.language import Document, Token
from dateline.model import Act, Actor, Days, EventType, Evidence, Publication, Status, Time
from dateline.reading import Facts
from dateline.resolve.acts_told import ActInText, known_by
from dateline.resolve.calendar import PEG_REACH, PRINTED, TokensAt
from dateline.resolve.calendar_units import moved
from dateline.resolve.date_choices import IN_SENTENCE, Background, DatedWords, Question, choices
from dateline.resolve.date_clues import (
    BY_A_CLAUSE,
    PlacedTime,
    as_reported,
    by_syntax,
    is_perfect,
    of_another,
    of_plan,
    only_ranks,
    place,
    ranked_before,
    scene_of,
    stem,
)
from dateline.resolve.date_context import clause_of, tense_of
from dateline.resolve.date_governors import of_act_before, of_comparison
from dateline.resolve.date_stretches import agree, means_then, shared, stretches
from dateline.resolve.date_ties import Tie, acts_of, ties, told_at
from dateline.resolve.deadlines import RANGE, is_deadline, last_day, set_for, told_with

WEIGHTS = "time_weights.json"
NOW = "in a present clause"
"""The clause of what goes on as the article is written."""
LOOK_BACK = 200
"""So many acts before an act may lend it their day: more would make long texts slow."""
LOOK_AHEAD = 60
"""So many acts after an act may lend it the day of their own clause."""
HAS_GONE_ON = "in a perfect clause"
"""The clause of what has gone on up to then."""
LONG_GRAINS = frozenset({"week", "month", "year"})
DAYS = frozenset({"day", "part of day"})
"""Grains of times that are one day."""
BESIDE = 4
"""So many words apart, a day and a longer time tell of one time together."""
LEAD = 3
"""So many first paragraphs may give the day that the report turns on."""


LONGEST_HEADING = 8
"""So many words a day and a place may take that head a paragraph."""


class Dating:
    """Dates the acts, deadlines and statements of one article."""

    def __init__(self, document: Document, facts: Facts, weigher: Weigher | None = None) -> None:
        """`facts` hold the Publication and the Times; without a weigher an act is dated by its own clause alone."""
        self._tokens = document.tokens
        self._weigher = weigher
        self._by_sentence: dict[int, list[PlacedTime]] = {}
        self._deadlines: dict[int, list[PlacedTime]] = {}
        today = facts.one(Publication).day
        tokens = TokensAt(document)
        self._stretches = dict(stretches(facts))
        """Where a stretch of time is told, how much of which unit it is."""
        self._doing = {i for act in facts.of(Act) for i in (act.token, *act.matched)}
        times = self._place(facts.of(Time), tokens, today)
        self._ties = dict(told_at(ties(facts, tokens), self._doing))
        peg = next((p for p in times if today is not None and _turns_on(p, today)), None)
        by_paragraph: dict[int, list[PlacedTime]] = {}
        for time in times:
            by_paragraph.setdefault(time.head.sentence.paragraph, []).append(time)
        self._background = Background(today, peg, by_paragraph)
        self._words: dict[str, list[tuple[Token, Sequence[PlacedTime]]]] = {}
        """The verbs and nouns of the sentences that tell a time, by stem, with the times of their sentences."""
        for found in self._by_sentence.values():
            for token in found[0].head.sentence.tokens:
                if token.pos in ("VERB", "NOUN"):
                    self._words.setdefault(stem(token), []).append((token, found))
        self._dated_words: dict[str, DatedWords] = {}
        self._parties: dict[int, tuple[frozenset[str], frozenset[str]]] = {}
        self._acts: dict[tuple[int, str], ActInText] = {}
        self._own_days: dict[int, Days | None] = {}
        self._stubs = {t.quotation.start: t for t in document.stubs if t.quotation is not None}

    def _place(self, times: Iterable[Time], tokens: TokensAt, today: date | None) -> list[PlacedTime]:
        """Sort the times by sentence; what comes back are those that the article tells in its own voice."""
        told = []
        for found_time in times:
            head = tokens.head(found_time.start, found_time.end)
            if head is None:
                continue
            time = self._up_to_now(found_time, head, today)
            if time.days is None or time.kind != "point" or time.rule == PRINTED:
                continue
            if head.relation == "compound" and head.head.pos == "PROPN" and head.head.start >= time.end:
                continue  # "the 23 March Movement"
            if of_comparison(head):
                continue
            if only_ranks(time, head):
                continue
            if time.direction == "since" and (today is None or ranked_before(head)):
                continue  # to when it reaches is not known, or it only says of when something is "the worst since"
            found = place(time, time.days, tokens.within(time.start, time.end), head, today, self._doing)
            found = self._of_its_own(found)
            where = self._deadlines if is_deadline(found) else self._by_sentence
            where.setdefault(head.sentence.index, []).append(found)
            if time.direction == "at" and head.sentence.quotation is None:
                told.append(found)
        return told

    def _of_its_own(self, found: PlacedTime) -> PlacedTime:
        """A day behind a verb that another day before it dates, as the day of the act that stands before it."""
        verb, grain = found.governor, found.time.grain
        if verb.pos not in ("VERB", "AUX") or found.head.i < verb.i or grain not in DAYS or found.time.direction != "at":
            return found
        before = self._by_sentence.get(verb.sentence.index, ())
        dated = any(p.governor is verb and p.head.i < verb.i and p.time.grain in DAYS for p in before)
        act = of_act_before(found.head, verb, self._doing) if dated else None
        return replace(found, governor=act) if act is not None else found

    def _up_to_now(self, time: Time, head: Token, today: date | None) -> Time:
        """A stretch for which something has gone on, as days up to the article's own: "has held the town for two years"."""
        stretch = self._stretches.get(time.start)
        if today is None or time.kind != "duration" or stretch is None or head.head.lower != "for":
            return time
        verb = head.head.head
        if verb.pos not in ("VERB", "AUX") or tense_of(verb) != HAS_GONE_ON or verb is not clause_of(verb):
            return time
        amount, unit = stretch
        return replace(
            time, days=Days(moved(today, unit, -amount), today), kind="point", grain=unit, rule="stretch up to now"
        )

    def _words_with_a_day(self, word: str) -> DatedWords:
        """The verbs and nouns of a stem that their own clause dates: an act may be told again of which the first telling is no act."""
        if word not in self._dated_words:
            told = (
                (token, by_syntax(token, frozenset({token.i}), times, True)) for token, times in self._words.get(word, ())
            )
            self._dated_words[word] = DatedWords([(token, dated[0].days) for token, dated in told if dated is not None])
        return self._dated_words[word]

    def cast(self, act: Act, actors: Iterable[Actor], recipients: Iterable[Actor]) -> None:
        """Learn who does an act and whom it is done to: by that one act is known for another told again."""
        self._parties[act.token] = known_by(actors), known_by(recipients)
        self._acts.clear()

    def _in_text(self, act: Act) -> ActInText:
        key = act.token, act.sense
        if key not in self._acts:
            self._acts[key] = ActInText(act, self._tokens[act.token], *self._parties.get(act.token, ()))
        return self._acts[key]

    # -- when ------------------------------------------------------------------------------------------------------------

    def when(
        self,
        act: Act,
        status: Status = "actual",
        earlier: Sequence[tuple[Act, Days | None]] = (),
        later: Sequence[Act] = (),
    ) -> tuple[Days | None, Evidence | None]:
        """The days of an act, with the words that say so; None where the article does not tell.

        `earlier` are the acts told before it, with their days where they have any: where its clause does not date this one, an act
        of the same kind that is told as the same going-on may.
        """
        own = self._own(act, status)
        if own is not None:
            by, why = own
            by = self._narrowed(by)
            days = self._begun(by.days, status, by.time.direction == "until")
            return days, _evidence(days, why, by)
        heading = self._heading(act, status)
        if heading is not None:
            return heading.days, _evidence(heading.days, "its paragraph is headed by that day", heading)
        since = self._since_then(act, status, earlier)
        if since is not None:
            return since, Evidence(field="when", value=_written(since), why="it is told as done since then")
        tied = self._tied(act, earlier)
        if tied is not None:
            tie, days = tied
            why = "it is told a stretch away from what is dated"
            return days, Evidence(field="when", value=_written(days), why=why, start=tie.start, end=tie.end)
        if self._weigher is None:
            return None, None
        question = self.question(act, status, earlier, later)
        undated = self._weigher.weight(question.undated)
        trigger = self._tokens[act.token]
        weighed = [
            (math.exp(min(self._weigher.weight(choice.clues) - undated, 30.0)), choice)
            for choice in question.choices
            if choice.clues[0] != IN_SENTENCE or choice.by is None or not of_another(choice.by, trigger)
        ]
        total = 1.0 + sum(weight for weight, _ in weighed)
        backed = [
            (sum(weight for weight, other in weighed if agree(choice.days, other.days)), choice) for _, choice in weighed
        ]
        likeliest, best = max(backed, key=lambda pair: pair[0], default=(0.0, None))
        if best is None or likeliest < self._weigher.threshold:
            return None, None
        return best.days, _evidence(best.days, f"{best.clues[0]}, probability {likeliest / total:.2f}", best.by)

    def question(
        self, act: Act, status: Status, earlier: Sequence[tuple[Act, Days | None]] = (), later: Sequence[Act] = ()
    ) -> Question:
        """What may date an act, with the clues for each choice and for none."""
        subject = self._in_text(act)
        sentence = subject.token.sentence
        stub = self._stubs.get(sentence.quotation.start) if sentence.quotation is not None else None
        return choices(
            subject,
            status,
            self._background,
            self._by_sentence.get(sentence.index, ()),
            stub,
            self._by_sentence.get(stub.sentence.index, ()) if stub is not None else (),
            [(self._in_text(other), days) for other, days in earlier[-LOOK_BACK:]],
            self._words_with_a_day(stem(subject.token)),
            self._scene(subject.token, earlier),
            self._told_later(act.type, later),
        )

    def _told_later(self, kind: EventType, later: Sequence[Act]) -> list[tuple[ActInText, Days]]:
        """The acts of a type that are told later, with their days where their own clause dates them."""
        found = []
        for other in later[:LOOK_AHEAD]:
            if other.type != kind:
                continue
            if other.token not in self._own_days:
                own = self._own(other, "actual")
                self._own_days[other.token] = own[0].days if own is not None else None
            days = self._own_days[other.token]
            if days is not None:
                found.append((self._in_text(other), days))
        return found

    def _scene(self, token: Token, earlier: Sequence[tuple[Act, Days | None]]) -> list[Days]:
        """The days of what an act was done at or during ("apologised at the hearing"), told with its day elsewhere."""
        for noun in scene_of(token):
            word = stem(noun)
            told = (
                (stem(self._tokens[act.token]), days) for act, days in reversed(earlier[-LOOK_BACK:]) if days is not None
            )
            acts = (days for other, days in told if other == word)
            words = (days for other, days in reversed(self._words_with_a_day(word).words) if other is not noun)
            last = next(chain(acts, words), None)
            if last is not None:
                return [last]
        return []

    def _begun(self, days: Days, status: Status, until: bool = False) -> Days:
        """Of a time that is not over, the part that has been for what has happened, the part to come for what is planned."""
        today = self._background.today
        if today is not None and until and status == "future" and days.last > today:
            return Days(today, days.last)  # "will hold drills until May 5"
        if today is None or not days.first <= today < days.last:
            return days
        return Days(days.first, today) if status == "actual" else Days(today, days.last) if status == "future" else days

    def _heading(self, act: Act, status: Status) -> PlacedTime | None:
        """The day that heads the paragraph of what has happened, in a sentence without a verb: "15 March, Kirkuk. Gunmen attacked …"."""
        sentence = self._tokens[act.token].sentence
        if status != "actual" or self._by_sentence.get(sentence.index):
            return None
        around = self._background.by_paragraph.get(sentence.paragraph, ())
        first = next((p for p in around if p.head.sentence is not sentence), None)
        if first is None or first.time.grain != "day" or first.time.direction != "at":
            return None
        head = first.head.sentence
        alone = head.index < sentence.index and all(token.pos not in ("VERB", "AUX") for token in head.tokens)
        return (
            first if alone and first.time.start - head.tokens[0].start <= 1 and len(head.tokens) <= LONGEST_HEADING else None
        )

    def _since_then(self, act: Act, status: Status, earlier: Sequence[tuple[Act, Days | None]]) -> Days | None:
        """From the day last told to the article's own, for what has happened "since", "since then" or "ever since"."""
        token, today = self._tokens[act.token], self._background.today
        clause = clause_of(token)
        if today is None or status != "actual" or clause is None:
            return None
        verbs = [verb for verb in (clause, *shared(clause)) if is_perfect(verb)]
        since = next((kid for verb in verbs for kid in verb.kids("adverb", "preposition") if means_then(kid)), None)
        if since is None:
            return None
        told = [p.days for p in self._by_sentence.get(since.sentence.index, ()) if p.head.i < since.i]
        dated = [days for _, days in earlier[-LOOK_BACK:] if days is not None]
        around = self._background.by_paragraph.get(since.sentence.paragraph, ())
        before = [p.days for p in around if p.head.i < since.sentence.tokens[0].i]
        last = next((days for days in (*reversed(told), *reversed(dated), *reversed(before)) if days.first <= today), None)
        return Days(last.first, today) if last is not None else None

    def _narrowed(self, by: PlacedTime) -> PlacedTime:
        """The day that is told beside a longer time that it lies in: "after Friday prayers last week", "this month, on May 14"."""
        if by.time.grain not in LONG_GRAINS or by.time.direction != "at":
            return by
        for other in self._by_sentence.get(by.head.sentence.index, ()):
            beside = abs(other.head.i - by.head.i) <= BESIDE and other.time.grain in DAYS
            if beside and other is not by and by.days.first <= other.days.first and other.days.last <= by.days.last:
                return other
        return by

    def told(self, act: Act, status: Status, earlier: Sequence[tuple[Act, Days | None]] = ()) -> bool:
        """Whether the act's own clause, or a stretch from another act, tells when it was."""
        since = self._since_then(act, status, earlier)
        return self._own(act, status) is not None or since is not None or self._tied(act, earlier) is not None

    def _tied(self, act: Act, earlier: Sequence[tuple[Act, Days | None]]) -> tuple[Tie, Days] | None:
        """The days of an act that is told a stretch before or after another, and the tie between them."""
        tie, token = next((self._ties[i] for i in (act.token, *act.matched) if i in self._ties), (None, None))
        if tie is None or token is None:
            return None
        today, peg = self._background.today, self._background.peg

        def day_of(other: Token) -> Days | None:
            word, same = stem(other), {noun.i for noun in (other, *acts_of(other, self._doing))}
            dated = next(
                (
                    days
                    for a, days in reversed(earlier[-LOOK_BACK:])
                    if days is not None and (a.token in same or stem(self._tokens[a.token]) == word)
                ),
                None,
            )
            if dated is not None:
                return dated
            times = self._by_sentence.get(other.sentence.index, ())
            found = by_syntax(other, frozenset({other.i}), times, True)
            if found is not None:
                return found[0].days
            if other is not tie.later or other.pos not in ("VERB", "AUX"):
                return None
            if today is not None and tense_of(other) in (NOW, HAS_GONE_ON):
                return Days(today, today)  # "are searching houses, two days after the army left"
            return peg.days if peg is not None else None

        days = tie.dates(token, day_of)
        return (tie, days) if days is not None else None

    def _own(self, act: Act, status: Status) -> tuple[PlacedTime, str] | None:
        """The time that the act's own clause gives it."""
        trigger, today = self._tokens[act.token], self._background.today
        times = self._by_sentence.get(trigger.sentence.index, ())
        found = by_syntax(trigger, frozenset({*act.matched, act.token}), times, status == "actual")
        peg = self._background.peg
        if found is None and status == "actual" and peg is not None and peg in times:
            reported = as_reported(trigger, times)
            if reported is not None:
                return reported, "it is told as reported on that day"
        planned = status in ("future", "demanded")
        if found is None and planned and today is not None:
            found = of_plan(trigger, times, today)
        if found is not None and status == "actual" and today is not None and found[0].days.first > today:
            return None
        if found is not None and planned and today is not None and _long_past(found[0], today):
            return None
        over = found is not None and today is not None and found[0].days.last < today - PEG_REACH
        if found is not None and planned and over and found[1] != BY_A_CLAUSE:
            return None
        return found

    # -- deadlines -------------------------------------------------------------------------------------------------------

    def deadline(self, act: Act, status: Status) -> tuple[date | None, Evidence | None]:
        """The day by which an act is to be done."""
        token = self._tokens[act.token]
        times = self._deadlines.get(token.sentence.index, ())
        found = set_for(token, status, times) or told_with(token, times, self._background.today)
        if found is None:
            return None, None
        time = found.time
        day = last_day(found)
        why = f"it is to be done by then ({time.rule})"
        return day, Evidence(field="deadline", value=day.isoformat(), why=why, start=time.start, end=time.end)

    # -- statements ------------------------------------------------------------------------------------------------------

    def statement_day(self, cue_token_index: int) -> Days | None:
        """The days on which something was said, from the index of the reporting word in the Document."""
        cue = self._tokens[cue_token_index]
        found = by_syntax(cue, frozenset({cue.i}), self._by_sentence.get(cue.sentence.index, ()), True)
        return found[0].days if found is not None else None


def _turns_on(time: PlacedTime, today: date) -> bool:
    """Whether a time may be the day that the report turns on: an exact one, near the article's own, in its first paragraphs."""
    early = time.head.sentence.paragraph <= LEAD and time.time.grain == "day"
    return early and today - PEG_REACH <= time.days.first <= today


def _long_past(placed: PlacedTime, today: date) -> bool:
    """Whether a time is a past stretch counted from the article's day: "earlier this week" is when a plan was told of, not its day."""
    loose = placed.time.grain not in ("day", "part of day") or placed.days.first != placed.days.last
    return loose and placed.days.last < today and placed.time.rule != RANGE


def _written(days: Days) -> str:
    return days.first.isoformat() if days.first == days.last else f"{days.first}..{days.last}"


def _evidence(days: Days, why: str, by: PlacedTime | None = None) -> Evidence:
    value = _written(days)
    if by is None:
        return Evidence(field="when", value=value, why=why)
    return Evidence(field="when", value=value, why=f"{why} ({by.time.rule})", start=by.time.start, end=by.time.end)
