"""Whose side an actor is on: what a war map has colours for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.model import Actor

STATE = frozenset("GOV MIL COP JUD LEG SPY PRM".split())
"""Sectors that act for a state. Militias of a government (PRM) hold ground for it."""
SIDES = frozenset("REB UAF OPP PTY".split())
"""Sectors of those who have a side of their own."""
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=65_536)
def folded(name: str) -> str:
    """A name as it is compared: lower case, no punctuation, no article."""
    words = [word.lower() for word in _WORD.findall(name.replace("’s", "").replace("'s", ""))]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def side(actor: Actor, generic: frozenset[str] = frozenset()) -> str | None:
    """Whom an actor stands for: "AFG government", "Kesht Front"; None where that is not known.

    Forces, police and offices of a state are its government's; armed groups are their own, and rebels without a name are those of
    their country. `generic` are words that say what kind somebody is.
    """
    if actor.sector in STATE:
        return f"{actor.country} government" if actor.country else "government"
    if actor.sector in SIDES and specific(actor.name, generic) is None:
        return f"{actor.country} rebels" if actor.sector == "REB" and actor.country else None
    return actor.name if actor.country or actor.sector in SIDES else None


@lru_cache(maxsize=65_536)
def specific(name: str, generic: frozenset[str]) -> str | None:
    """The folded name where it tells somebody from others of their kind, None for "government troops" and "people"."""
    told = folded(name)
    words = told.split()
    if not words or not any(ch.isupper() for ch in name):
        return None
    if all(word in generic for word in words) or (len(words) > 1 and words[-1] in generic):
        return None
    return told


def sides_of(actors: Iterable[Actor], generic: frozenset[str] = frozenset()) -> frozenset[str]:
    """The sides of actors that have one."""
    return frozenset(found for actor in actors if (found := side(actor, generic)))
