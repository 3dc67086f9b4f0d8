"""What a rule of the time grammar may ask, with `if`, of the words that it matched: the parser's view of them and of their neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.find.time_grammar import Match, Word
from dateline.language import Token

type TokenAt = Callable[[int], Token | None]
"""The parser's token that starts at an offset."""

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"})
"""Kinds of names that no month or weekday has."""
BEFORE_A_YEAR = frozenset(
    "in since of until till by from to during before after through between early late mid around circa year and for".split()
)
PARTS = frozenset({"early", "mid", "late"})
"""Words before a year that count nothing: "in early 2023 troops moved in", "by mid-2025"."""
BEFORE_A_NOUN = frozenset("the a an its their his her our this that 's ’s".split())
BEFORE_A_NUMBER = frozenset("$ £ € some than least almost nearly other approximately over".split())
GRANTING = frozenset("give grant allow have get provide offer leave set".split())
"""Verbs that give somebody a stretch of time."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a rule matched, for its guard."""

    words: Sequence[Word]
    match: Match
    tokens: TokenAt

    @property
    def token(self) -> Token | None:
        """The parser's token of the last word that was caught."""
        index = self.match.parts[-1][2] if self.match.parts else self.match.last - 1
        return self.tokens(self.words[index].start)

    def neighbour(self, step: int) -> str:
        """The word so many before (-1) or after (+1) what was matched; empty where there is none."""
        i = self.match.first + step if step < 0 else self.match.last + step - 1
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def after_a_name(self) -> bool:
        """Whether a name stands right before what was matched ("Theresa May")."""
        i = self.match.first - 1
        before = self.tokens(self.words[i].start) if i >= 0 else None
        if before is None or before.pos != "PROPN":
            return False
        return before.ent == "PERSON" or (before.relation == "compound" and before.head is self.token)

    def token_after(self) -> Token | None:
        """The parser's token after what was matched."""
        i = self.match.last
        return self.tokens(self.words[i].start) if i < len(self.words) else None


def _is_name(matched: Matched) -> bool:
    """A month or weekday is written as a name, and not the name of somebody or something."""
    token = matched.token
    abbreviated = matched.words[matched.match.last - 1].text.endswith(".")
    if token is None or abbreviated:
        return True
    return token.pos in ("PROPN", "NOUN") and token.ent not in NAMES and not matched.after_a_name()


def _is_year(matched: Matched) -> bool:
    """Four figures are a year: dated by the parser or introduced as one, and counting nothing."""
    token, after, before = matched.token, matched.token_after(), matched.neighbour(-1)
    if matched.match.last - matched.match.first > 1:
        return True
    if before in PARTS or (before == "-" and matched.neighbour(-2) in PARTS):
        return True
    if before in BEFORE_A_NUMBER or matched.neighbour(1) in ("%", "-"):
        return False
    if after is not None and after.pos == "NOUN" and before in BEFORE_A_NOUN:
        return True
    if after is not None and after.tag == "NNS":
        return False
    modern = "1900" <= matched.words[matched.match.last - 1].text <= "2099"
    return before in BEFORE_A_YEAR or (modern and token is not None and token.ent == "DATE")


def _is_alone(matched: Matched) -> bool:
    """Nothing follows that what was found could belong to ("the 5th Fleet")."""
    after = matched.token_after()
    return after is None or after.pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _is_titled(matched: Matched) -> bool:
    """A day's name is written with a capital and is not itself part of a name ("the Good Friday Agreement")."""
    inside = (matched.tokens(word.start) for word in matched.words[matched.match.first : matched.match.last])
    after = matched.token_after()
    return any(t is not None and t.text[:1].isupper() for t in inside) and (after is None or after.pos != "PROPN")


def _is_noun(matched: Matched) -> bool:
    token = matched.token
    return token is None or token.pos in ("NOUN", "PROPN")


def _is_season(matched: Matched) -> bool:
    """A season, and not the fall of somebody or something."""
    return _is_noun(matched) and matched.neighbour(1) != "of"


def _is_decade(matched: Matched) -> bool:
    """ "The seventies" are a decade, "his seventies" an age."""
    return matched.neighbour(-1) not in ("his", "her", "their", "its", "my", "our")


def _is_reduced(verb: Token) -> bool:
    """Whether a participle says of a noun what was done to it."""
    return verb.tag == "VBN" and verb.relation == "noun_clause"


def _is_ahead(matched: Matched) -> bool:
    """The clause speaks of what is to come: "will meet in two days", not "took it in two days"."""
    verb = matched.token
    while verb is not None and (verb.pos not in ("VERB", "AUX") or _is_reduced(verb)) and verb.head is not verb:
        verb = verb.head  # "vowed to free the areas held by rebels within five months"
    if verb is None or verb.tag == "VBD":
        return False
    return verb.tag != "VBN" or any(kid.tag == "MD" for kid in verb.kids("auxiliary"))


def _is_no_owner(matched: Matched) -> bool:
    """Nothing follows that the time tells of: "by Friday", not "by Friday's vote" nor "by the May 3 vote"."""
    after, inside = matched.token_after(), matched.token
    if after is not None and inside is not None and after.pos == "NOUN":
        up = (inside, *islice(inside.ancestors(), 2))
        if any(token.head is after and token.relation in ("compound", "noun_modifier", "numeral") for token in up):
            return False
    return matched.neighbour(1) not in ("'s", "’s")


def _has_weekday(matched: Matched) -> bool:
    return any(kind == "weekday" for _, kind, _ in matched.match.parts)


def _is_granted(matched: Matched) -> bool:
    """Somebody is given the stretch: "gave them three days to leave", not "took three days to leave"."""
    token = matched.token
    return token is not None and any(word.lemma in GRANTING for word in islice(token.ancestors(), 2))


GUARDS: dict[str, Callable[[Matched], bool]] = {
    "name": _is_name,
    "year": _is_year,
    "alone": _is_alone,
    "titled": _is_titled,
    "noun": _is_noun,
    "season": _is_season,
    "decade": _is_decade,
    "ahead": _is_ahead,
    "not owner": _is_no_owner,
    "weekday": _has_weekday,
    "granted": _is_granted,
}
"""The questions that a rule may ask with `if`."""
