"""What a source gives, one after the other: an article with where it stood, or a failure with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.model import Article
from dateline.sources.decoding import Unreadable


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: where it stands (`folder/a.jsonl:12`) and why, for a person.

    `set aside` is what is in order but no article: a paywall's stub, an error page, a text in another language.
    """

    source: str
    reason: str
    kind: Literal["failed", "set aside"] = "failed"


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it was found: `source` names its place for a person, `retrieved` is a moment in UTC, ISO 8601."""

    article: Article
    source: str
    author: str | None = None
    retrieved: str | None = None


class SetAside(Unreadable):
    """A source was read and holds no article; the message is the reason, for a person."""


Outcome = Found | Failure
Outcomes = Iterator[Outcome]


def attempt(build: Callable[[], Found], source: str) -> Outcome:
    """What `build` makes, or the failure that it ends in."""
    try:
        return build()
    except SetAside as error:
        return Failure(source, str(error), "set aside")
    except Unreadable as error:
        return Failure(source, str(error))
