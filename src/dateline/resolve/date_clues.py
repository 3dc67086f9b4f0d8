"""How a time and an act hang together in the tree, and how an act is told: what dating asks about grammar.

A time belongs to the act that it hangs on. It belongs to an act below the word that it hangs on where the two are one going-on
("the council passed the bill on Monday": the passing, and the bill's passage), and to one above where it stands in a clause that
says no more than when the act was ("the attack, which took place on Monday").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.language import Token
from dateline.model import Act, Days, Time

CLIMB = 12
"""How many words up the tree a connection is followed."""
STEM = 5
"""Letters by which two triggers are taken for forms of one word ("arrested", "arrests")."""
REPORTING = frozenset(
    "accord acknowledge add admit allege announce argue assert blame boast claim comment complain conclude confirm declare deny "
    "disclose explain express indicate inform insist maintain mention note observe quote read reiterate remark repeat reply "
    "report respond reveal say speak state stress suggest tell testify tweet underline warn write".split()
)
"""Verbs whose time is that of the saying, not of what is said."""
LIGHT = frozenset(
    "be begin break carry cause come commit conduct continue date deliver do end erupt execute experience explode file follow give "
    "go happen have hit hold issue kick launch lead lodge make mount occur open pass perform place publish put receive release "
    "schedule see set sign stage start strike submit suffer take time undergo unleash wage".split()
)
"""Verbs that carry the act that their subject or object names: when the verb, then the act."""
ARGUMENTS = frozenset({"object", "subject", "passive_subject", "attribute", "agent", "indirect_object"})
TOGETHER = frozenset({"conjunct", "open_complement", "object_predicate", "particle"})
PART_OF_NOUN = frozenset({"compound", "apposition", "noun_modifier"})
SETTING = frozenset({"at", "during", "in", "on", "of"})
"""Prepositions whose noun sets the scene for the clause."""
TOO_LONG = frozenset({"decade", "century"})
"""Grains of times that date nothing that a report tells."""
CLAUSES = frozenset({"adverbial_clause", "noun_clause", "preposition_clause"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both", "all", "his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class PlacedTime:
    """A time and where it hangs.

    `governor` is the first word above it that is no preposition and no part of it; `around` the verb of the clause, where that
    word only sets the scene for it ("at Monday's meeting he said").
    """

    time: Time
    head: Token
    governor: Token
    days: Days
    around: Token | None = None


def placed(time: Time, days: Days, inside: Sequence[Token], head: Token, today: date | None) -> PlacedTime:
    """Find where a time hangs; a clause with "since" makes it last to the article's day."""
    members = {token.i for token in inside}
    governor = head
    while governor.head is not governor and (governor.i in members or governor.pos in ("ADP", "SCONJ", "PART")):
        governor = governor.head
    if today is not None and days.first <= today and any(kid.lower == "since" for kid in governor.kids("marker")):
        days = Days(days.first, today)
    around = governor
    while around.pos not in ("VERB", "AUX") and around.relation == "preposition_object":
        preposition = around.head
        if preposition.lower not in SETTING:
            break
        around = preposition.head
    return PlacedTime(time, head, governor, days, around if around is not governor else None)


def stem(token: Token) -> str:
    """The first letters of a word, by which its forms are recognised."""
    return token.lemma.lower()[:STEM]


def is_definite(token: Token) -> bool:
    """Whether a noun is introduced as known: "the attack", "his arrest", "Monday's vote"."""
    determiner = token.kid("determiner", "possessive")
    return determiner is not None and (determiner.relation == "possessive" or determiner.lower in DEFINITE)


def is_noun(token: Token) -> bool:
    """Whether the trigger is a noun."""
    return token.pos in ("NOUN", "PROPN")


def is_perfect(token: Token) -> bool:
    """Whether a verb is in the perfect, which tells that something has happened and not when."""
    return any(kid.lower in ("have", "has", "had", "'ve", "’ve", "having") for kid in token.kids("auxiliary"))


def is_pluperfect(token: Token) -> bool:
    """Whether a verb tells of what had happened before."""
    return any(kid.lower in ("had", "'d", "’d") for kid in token.kids("auxiliary"))


def by_syntax(
    trigger: Token, matched: frozenset[int], times: Sequence[PlacedTime], actual: bool
) -> tuple[PlacedTime, str] | None:
    """The time of the trigger's sentence that dates it, and how it hangs on it; None where syntax does not tell.

    What is planned or demanded takes only a time of its own: "asked on Monday that they leave" does not say when they leave.
    """
    times = [p for p in times if p.time.grain not in TOO_LONG]
    if not times:
        return None
    on_it = [p for p in times if p.governor.i in matched]
    if on_it:
        return _nearest(trigger, on_it), "the time hangs on it"
    below = _below(trigger, times)
    if below is not None:
        return below, "a clause about it says when"
    if is_pluperfect(trigger):
        return None
    for word, why in ((trigger, "the scene is set for it"), *_above(trigger, actual)):
        found = [p for p in times if p.governor is word]
        if found:
            return _nearest(trigger, found), why
        setting = next((p for p in times if p.around is word), None) or _since(word, times)
        if setting is not None and actual:
            return setting, why
    return None


def _nearest(trigger: Token, times: Sequence[PlacedTime]) -> PlacedTime:
    return min(times, key=lambda p: abs(p.head.i - trigger.i))


def _since(word: Token, times: Sequence[PlacedTime]) -> PlacedTime | None:
    """A time in a clause with "since" that hangs on the word: "have been held since the strike began in May"."""
    clauses = {kid.i for kid in word.kids("adverbial_clause") if any(mark.lower == "since" for mark in kid.kids("marker"))}
    return next((p for p in times if p.governor.i in clauses), None)


def _below(trigger: Token, times: Sequence[PlacedTime]) -> PlacedTime | None:
    """A time that hangs on a clause about the trigger ("an order dated Monday"), or on a verb that shares its object."""
    clauses = {
        kid.i
        for kid in trigger.kids("noun_clause", "relative_clause")
        if kid.lemma.lower() in LIGHT and not kid.kids("object")
    }
    if trigger.pos == "VERB" and not trigger.kids("object"):  # "shuttered and seized the site in March"
        clauses |= {
            kid.i for kid in trigger.kids("conjunct") if kid.pos == "VERB" and not kid.kids("subject", "passive_subject")
        }
    return next((p for p in times if p.governor.i in clauses), None)


def _above(trigger: Token, actual: bool) -> list[tuple[Token, str]]:
    """The words above a trigger whose time is the trigger's as well, nearest first, with the reason."""
    found: list[tuple[Token, str]] = []
    token = trigger
    for _ in range(CLIMB):
        head, relation = token.head, token.relation
        if head is token:
            break
        light = head.lemma.lower() in LIGHT
        if relation in TOGETHER:
            own_clause = bool(token.kids("subject", "passive_subject"))
            if (not actual and relation != "conjunct" and not light) or (relation == "conjunct" and own_clause):
                break
            found.append((head, "it is told together with what the time hangs on"))
        elif relation in PART_OF_NOUN:
            found.append((head, "it is part of what the time hangs on"))
        elif relation in ARGUMENTS:
            if (not actual and not light) or (
                relation == "object" and is_definite(token) and head.lemma.lower() in REPORTING
            ):
                break
            found.append((head, "its verb carries the time"))
        elif not actual:
            break
        elif relation == "preposition_object":
            if head.head.pos not in ("VERB", "AUX"):
                break
            found.append((head, "the clause around it carries the time"))
        elif relation == "noun_clause" and token.tag == "VBN":
            break  # "the tanks captured": before they were destroyed
        elif relation == "preposition" or relation in CLAUSES:
            found.append((head, "the clause around it carries the time"))
        elif relation == "complement" and head.lemma.lower() not in REPORTING:
            found.append((head, "the clause above it carries the time"))
        else:
            break
        token = head
    return found


@dataclass(frozen=True, slots=True)
class ActInText:
    """An act of the article with its trigger's head."""

    act: Act
    token: Token

    @property
    def matched(self) -> frozenset[int]:
        return frozenset({*self.act.matched, self.act.token})

    @property
    def paragraph(self) -> int:
        return self.token.sentence.paragraph
