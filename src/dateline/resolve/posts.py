"""Whether somebody is known by another post than the one that a description names: the mayor is not "the interior minister"."""

from __future__ import annotations

from dateline.find.actor_lexicon import Role
from dateline.resolve.actor_cast import Figure

HELD_APART = frozenset({"minister", "president", "secretary"})
"""Last words of offices that two people hold where the words before them differ: the prime minister is not the justice minister."""
POSTS = {
    "ambassador": "envoy", "envoy": "envoy", "governor": "governor", "judge": "judge", "mayor": "mayor", "minister": "minister",
    "premier": "minister", "president": "president", "prosecutor": "prosecutor", "secretary": "minister", "senator": "senator",
}  # fmt: skip
"""Last words of posts -> which post it is: whoever holds one is not meant by the name of another."""
SPEAKING_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson", "official"})
"""Roles that say as plainly as an office that somebody is no minister."""


def of_other_office(figure: Figure, role: Role) -> bool:
    """Whether a figure is known by another office only: "the justice minister" is not the president named before."""
    if role.kind != "office" or role.words.rsplit(" ", 1)[-1] not in HELD_APART:
        return False
    held = [one.words for one in figure.roles if one.kind == "office" or one.words in SPEAKING_FOR]
    offices = [words for words in held if words.rsplit(" ", 1)[-1] in HELD_APART]
    if held and not offices:
        return " " in role.words  # "the interior minister" is not the police spokesman
    return bool(offices) and not any(_one_office(one, role.words) for one in offices)


def of_other_post(figure: Figure, role: Role) -> bool:
    """Whether a figure is known by another post only: "the interior minister" is not the mayor, nor "the deputy mayor"."""
    post = POSTS.get(role.words.rsplit(" ", 1)[-1])
    held = [one.words for one in figure.roles if one.words.rsplit(" ", 1)[-1] in POSTS]
    return post is not None and bool(held) and not any(_one_post(one, role.words) for one in held)


def of_other_ministry(figure: Figure, role: Role) -> bool:
    """Whether a figure is not known by the field of a ministry.

    Neither the State Department nor a finance ministry is meant by "the foreign ministry".
    """
    field, _, ministry = role.words.rpartition(" ")
    if ministry != "ministry" or not field:
        return False
    known = [figure.name.lower(), *(one.words for one in figure.roles)]
    return not any(field.replace("defense", "defence") in words.replace("defense", "defence") for words in known)


def _one_office(one: str, other: str) -> bool:
    """Whether two names of offices may be of one: "minister" and "foreign minister", "foreign minister" and "foreign secretary"."""
    seconds = [words.split(" ", 1)[0].startswith(("deputy", "vice")) for words in (one, other)]
    if seconds[0] != seconds[1]:
        return "minister" in (one, other)  # "the prime minister" is not the deputy prime minister named before
    if one.endswith(other) or other.endswith(one):
        return True
    fields = [words.rsplit(" ", 1)[0] for words in (one, other) if " " in words and not words.endswith("president")]
    return len(fields) == 2 and fields[0] == fields[1]


def _one_post(one: str, other: str) -> bool:
    """Whether two names of posts may be of one: "mayor" and "town mayor"; a deputy minister may be "the minister", no deputy the mayor."""
    seconds = [words.startswith(("deputy", "vice")) for words in (one, other)]
    posts = {POSTS[words.rsplit(" ", 1)[-1]] for words in (one, other)}
    return len(posts) == 1 and (seconds[0] == seconds[1] or "minister" in (one, other))
