"""Which times say by when something is to be done, and which act is to be done by then.

"By Friday", "no later than", "until" where a time is granted, "before" where somebody is obliged; the day of a deadline or an
ultimatum, named with it or said of it ("expires on Friday"); and the later day of what is put off from one to another. The
deadline is that of the act in whose clause it stands, or of the noun that it hangs on; not of an act that only mentions it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dateline.language import Token
from dateline.model import Status
from dateline.resolve.date_clues import PlacedTime
from dateline.resolve.tense import CONDITIONS

GRANTING = frozenset("give grant have allow offer get set".split())
"""Verbs with which "until" sets a deadline."""
DEADLINES = frozenset("deadline ultimatum cutoff".split())
"""Nouns whose day is the last on which something may be done."""
RUNNING_OUT = frozenset("be end expire fall lapse pass run".split())
"""Verbs that say of a deadline which day it is."""
MOVING = frozenset("change defer delay extend move postpone push put reschedule shift".split())
"""Verbs that put a day off to another."""
PUTTING_OFF = frozenset("defer delay postpone push put reschedule".split())
"""Of these, those that put off the act itself and not its deadline alone."""
RANGE = "from one time to another"
"""The rule that reads "from May 1 to June 1"."""
LONG = frozenset({"month", "quarter", "season", "half", "year"})
"""Grains of times before which means before they start: "before June"."""
LAST_PART = frozenset({"end", "close"})
"""Parts of a longer time before which means by their last day: "before the end of June"."""
ONE_DAY = timedelta(days=1)
CARRYING = frozenset({"be", "have", "need", "seem"})
"""Verbs whose subject is that of the infinitive below them: "the withdrawal is to be completed"."""


def is_deadline(placed: PlacedTime) -> bool:
    """Whether something is to be done by the time: "by Friday", "gave them until Friday", "must leave before May 1"."""
    time, verb = placed.time, placed.governor
    lemma = verb.lemma.lower()
    if _moved(placed) or (lemma in RUNNING_OUT and _about(verb) in DEADLINES and time.grain in ("day", "part of day")):
        return True
    if time.direction == "until":
        return lemma in GRANTING
    obliged = "to" in {kid.lower for kid in verb.kids("auxiliary")} or any(kid.tag == "MD" for kid in verb.kids("auxiliary"))
    if time.direction == "before" and LAST_PART & set(time.text.lower().split()):
        return verb.tag not in ("VBD", "VBN") or obliged  # "proposed a meeting before the end of the month"
    return time.direction == "by" or (time.direction == "before" and obliged)


def set_for(token: Token, status: Status, times: Iterable[PlacedTime]) -> PlacedTime | None:
    """The time by which the act of this trigger is to be done, of the deadlines of its sentence.

    What is only supposed or did not happen has the deadline of its own clause alone.
    """
    if status == "actual":
        return None
    for placed in sorted(times, key=lambda placed: placed.time.grain != "day"):  # "within 60 days, by May 1"
        above = _told_together(token, placed)
        nouns, clause = _way_up(placed.governor)
        if any(noun is token for noun in nouns) or clause is token:
            return placed
        if status not in ("future", "demanded"):
            continue
        if clause.i in above or placed.governor.i in above:
            return placed
        if clause.relation == "relative_clause" and clause.head.lemma.lower() in DEADLINES and clause.head.head.i in above:
            return placed
        carried = clause.relation in ("open_complement", "complement") and clause.head.lemma.lower() in CARRYING
        if carried and clause.head.i in above:
            return placed
    return None


def _told_together(token: Token, placed: PlacedTime) -> set[int]:
    """A word and those above it, up to an "or" behind the time or to a clause of its own beside it.

    "Must leave by Friday or face arrest" sets no day for the arrest.
    """
    above = {token.i}
    for word in (token, *token.ancestors()):
        otherwise = word.relation == "conjunct" and any(kid.lower == "or" for kid in word.head.kids("coordinator"))
        if otherwise and placed.head.i < word.i:
            break
        beside = word.relation == "adverbial_clause" and word.kids("subject", "passive_subject", "attribute")
        asked = any(kid.tag == "TO" for kid in word.kids("auxiliary"))  # "a deadline of June 1 for the army to leave"
        if beside and not asked and not any(kid.lower in CONDITIONS for kid in word.kids("marker")):
            break  # "must leave by Friday, as guards take their place"
        above.add(word.head.i)
    return above


def told_with(token: Token, times: Iterable[PlacedTime], today: date | None) -> PlacedTime | None:
    """The time to come by which an act that has begun is to be done: "is pulling out by Friday", "ahead of a Friday deadline"."""
    for placed in times:
        if today is not None and placed.days.last < today:
            continue
        nouns, clause = _way_up(placed.governor)
        ahead = any(noun.lemma.lower() in DEADLINES for noun in nouns) and any(noun.head.pos == "ADP" for noun in nouns)
        if nouns and nouns[-1].lemma.lower() in DEADLINES and any(kid.lower == "before" for kid in clause.kids("marker")):
            ahead, clause = True, clause.head  # "before the June 1 deadline agreed with them", taken for a clause
        if (clause is token and not _is_past(token)) or (ahead and clause in (token, token.head, token.head.head)):
            return placed
    return None


def last_day(placed: PlacedTime) -> date:
    """The last day on which it may be done: "before June" and "before the start of Ramadan" end on the day before."""
    time, days = placed.time, placed.days
    words = time.text.lower().split()
    begins = time.grain in LONG or (time.grain == "part" and not LAST_PART & set(words))
    return days.first - ONE_DAY if time.direction == "before" and begins else days.last


def _is_past(verb: Token) -> bool:
    return verb.tag in ("VBD", "VBN")


def _moved(placed: PlacedTime) -> bool:
    """Whether the time is the day to which something is put off."""
    verb = _mover(placed.governor)
    if verb is None:
        return False
    lemma = verb.lemma.lower()
    to_another = (
        placed.time.rule == RANGE or placed.time.direction == "until" or placed.head.head.lower in ("to", "until", "till")
    )
    if not to_another:
        return False
    return lemma in PUTTING_OFF or _about(verb) in DEADLINES


def _mover(governor: Token) -> Token | None:
    """The verb of putting off that a time hangs on, itself or by way of what is put off."""
    word = governor
    while word.pos not in ("VERB", "AUX") and word.head is not word:
        word = word.head
    return word if word.lemma.lower() in MOVING else None


def _about(verb: Token) -> str:
    """What a verb is said of, by the lemma: its object where it has one, else its subject, or the noun that its clause is about."""
    noun = verb.kid("object", "passive_subject") or verb.kid("subject")
    if noun is not None and noun.lower in ("which", "that"):
        noun = verb.head
    return noun.lemma.lower() if noun is not None else ""


def _way_up(governor: Token) -> tuple[list[Token], Token]:
    """The nouns from a time's governor up to the verb of its clause, and that verb."""
    nouns: list[Token] = []
    for word in (governor, *governor.ancestors()):
        reduced = word.tag == "VBN" and word.relation == "noun_clause" and word.head.pos == "NOUN"
        if word.pos in ("VERB", "AUX") and not reduced:  # "free the men held by rebels by Friday"
            return nouns, word
        nouns.append(word)
    return nouns, governor
