"""Ids of the ledger: a letter for the kind and 64 bits of a SHA-256 over what the record is made of.

They depend on content alone, so the same inputs have the same ids in whatever order and however often they come.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from dateline.model import Article, Event, Statement


def hashed(letter: str, *parts: str | int | None) -> str:
    """The id of a record of the kind `letter` that is made of these parts."""
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode("ascii"))
    return letter + digest.hexdigest()[:16]


def article_id(article: Article) -> str:
    """The id of an article: of what the reader sees of it, its text, its title and the day that its source gives."""
    return hashed("a", article.text, article.title, article.published.isoformat() if article.published else None)


def event_ids(article: str, events: Iterable[Event]) -> list[str]:
    """The ids of an article's events, in their order: made of article and trigger, so that they outlive a change of type.

    Events of the same trigger are told apart by their order.
    """
    return _numbered("e", article, ((event.start, event.end) for event in events))


def statement_ids(article: str, statements: Iterable[Statement]) -> list[str]:
    """The ids of an article's statements, in their order: made of article and the words of the statement."""
    return _numbered("s", article, ((statement.start, statement.end) for statement in statements))


def _numbered(letter: str, article: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    met: dict[tuple[int, int], int] = {}
    found = []
    for span in spans:
        met[span] = met.get(span, 0) + 1
        found.append(hashed(letter, article, *span, met[span]))
    return found
