"""Acts by how they are placed: what is alike in where it may have been."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.language import Token
from dateline.model import Act, Actor

GROUPS = {
    "ASSAULT": "force", "PROTEST": "force", "COERCE": "ground", "RETREAT": "ground", "MOBILIZE": "ground", "AID": "help",
    "COOPERATE": "help", "CONSULT": "meet", "SANCTION": "law",
}  # fmt: skip
"""Types of acts that are alike in where they may have been; all others are `words`."""
AT_LAW = frozenset({"investigate", "allege"})
"""Modes of ACCUSE that are done by police and courts, at a place, rather than by speakers."""


def group_of(act: Act) -> str:
    """The group of an act's type: how acts of the kind are placed."""
    if act.type == "ACCUSE" and act.mode in AT_LAW:
        return "probe"
    return GROUPS.get(act.type, "words")


def word_of(head: Token) -> str:
    """A trigger's word as the name of a feature has it."""
    return "".join(c for c in head.lemma.lower() if "a" <= c <= "z") or "other"


def manner_of(group: str) -> str:
    """Whether acts of a group are done by hand or by word: `done` or `said`."""
    return "done" if group in ("force", "ground", "help") else "said"


def parties_of(actors: Sequence[Actor], recipients: Sequence[Actor]) -> str:
    """Whether those who take part are of one country, of several, or of none that is known."""
    told = {actor.country for actor in (*actors, *recipients)} - {None}
    return "one country" if len(told) == 1 else "several" if told else "none"
