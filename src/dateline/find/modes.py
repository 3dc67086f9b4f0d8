"""The mode of an act: told by its sense, by the words around its trigger, or by an earlier telling of the same act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.find.matches import Match
from dateline.find.slots import clauses
from dateline.find.syntax import logical_subject
from dateline.language import Token
from dateline.model import EventType
from dateline.rules.senses import ModeRule

BESIDE = frozenset({"relative_clause", "adverbial_clause", "complement", "conjunct", "parataxis", "punctuation"})
"""Relations of what stands beside an act rather than in it."""
ARMED: frozenset[EventType] = frozenset({"ASSAULT", "MOBILIZE"})
"""Types of which the mode tells by what means or whom it is done, whatever it is directed at."""
GOALS = frozenset({"against", "at", "into", "near", "on", "to", "toward", "towards"})
"""Prepositions of what an act is directed at, whose words say nothing of its means: "an attack on gunmen"."""
POINTING = frozenset({"the", "this", "that", "these", "those", "both"})
"""Determiners of a noun that names an act already told."""


class Modes:
    """Tells modes by the mode rules of the event files.

    Args:
        rules: the mode rules of each type, in the order in which they are tried.
    """

    def __init__(self, rules: Mapping[EventType, Sequence[ModeRule]]) -> None:
        self._lasting = {kind: frozenset(rule.mode for rule in found if rule.lasting) for kind, found in rules.items()}
        self._by_word: dict[EventType, dict[str, list[tuple[int, tuple[str, ...], str]]]] = {}
        for kind, found in rules.items():
            index = self._by_word.setdefault(kind, {})
            for rank, rule in enumerate(found):
                for phrase in rule.phrases:
                    index.setdefault(phrase[0], []).append((rank, phrase, rule.mode))

    def told(self, match: Match) -> str | None:
        """The mode that the sense or the words of the trigger and around it tell; None where none does."""
        sense = match.pattern.sense
        if sense.mode is not None:
            return sense.mode
        index = self._by_word.get(sense.type, {})
        words = [token.lemma.lower() for token in around(match)]
        fitting = [
            (rank, mode)
            for k, word in enumerate(words)
            for rank, phrase, mode in index.get(word, ())
            if tuple(words[k : k + len(phrase)]) == phrase
        ]
        return min(fitting)[1] if fitting else None

    def by_means(self, match: Match) -> bool:
        """Whether a means is told with which one acts: a weapon, mostly."""
        return self.told(match) in self._lasting.get(match.pattern.sense.type, ())

    def settle(self, matches: Iterable[Match]) -> dict[int, str | None]:
        """The mode of each act of an article, by the index of its head.

        An act that is pointed at ("the attack") or tells what came of another takes over the means of the last one told.
        """
        modes: dict[int, str | None] = {}
        means: dict[EventType, str] = {}
        for match in sorted(matches, key=lambda match: match.head.i):
            sense, mode = match.pattern.sense, self.told(match)
            if mode is None and (sense.aftermath or points_back(match.head)):
                mode = means.get(sense.type)
            elif mode is not None and mode in self._lasting.get(sense.type, ()):
                means[sense.type] = mode
            modes[match.head.i] = mode
        return modes


def points_back(head: Token) -> bool:
    """Whether a noun names an act already told: "the attack", "their raid"."""
    if head.pos not in ("NOUN", "PROPN"):
        return False
    return bool(head.kids("possessive")) or any(kid.lower in POINTING for kid in head.kids("determiner"))


def around(match: Match) -> list[Token]:
    """The trigger, what modifies it, its subject, its instruments and the act that it asks for or refuses; no clause beside it."""
    head, armed = match.head, match.pattern.sense.type in ARMED
    found: dict[int, Token] = {}
    stack = [head, *clauses(match.tokens)]
    if head.pos == "VERB" and not head.kids("subject", "passive_subject"):
        stack.extend(logical_subject(head))
    if head.pos in ("NOUN", "PROPN") and head.relation in ("object", "passive_subject", "subject"):
        stack.extend(kid for kid in head.head.children if kid.relation in ("subject", "agent", "preposition", "compound"))
    while stack:
        token = stack.pop()
        if token.i not in found:
            found[token.i] = token
            kids = [kid for kid in token.children if kid.relation not in BESIDE and kid.quotation is None]
            if armed and token.relation == "preposition" and token.lower in GOALS:
                kids = [kid for goal in kids for kid in goal.kids("preposition")]
            stack.extend(kids)
    return [found[i] for i in sorted(found)]
