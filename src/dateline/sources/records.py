"""JSON objects and rows of tables -> articles: the keys below count, in any case, all others are ignored."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.model import Article
from dateline.sources.decoding import Unreadable, check_prose, scalar
from dateline.sources.found import Found

ALSO_CALLED = {
    "id": "id",
    "text": "text", "content": "text", "body": "text", "article": "text", "maintext": "text", "full_text": "text",
    "title": "title", "headline": "title",
    "published": "published", "date": "published", "published_at": "published", "publication_date": "published",
    "date_published": "published", "date_publish": "published", "pubdate": "published",
    "url": "url", "link": "url",
    "publisher": "publisher", "outlet": "publisher", "source_name": "publisher", "sitename": "publisher", "publication": "publisher",
    "author": "author", "authors": "author", "byline": "author",
    "retrieved": "retrieved", "date_download": "retrieved",
}  # fmt: skip
"""What people call the keys of an article, in lower case -> our names for them."""

SHAPES_OF_DAYS = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")
CLOCK = re.compile(r",?\s+(?:at\s+)?\d{1,2}:\d\d")

log = logging.getLogger(__name__)


def content_id(text: str) -> str:
    """An id for an article that has none: the first 16 hex digits of its text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def parse_json(text: str) -> Any:
    """A JSON value.

    Raises:
        Unreadable: it is not JSON; the message has line and column.
    """
    try:
        return json.loads(text.rstrip())
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in text.strip() else ""
        raise Unreadable(f"not valid JSON: {error.msg} at {line}column {error.colno}") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(f"not JSON that can be read: {error}") from error


def as_found(record: Any, source: str, fallback_id: str | None = None) -> Found:
    """The article of one JSON object or row; `fallback_id` names it where it has no id of its own, else its content does.

    Raises:
        Unreadable: it is no object, has no text, or a key holds something of the wrong kind.
    """
    if not isinstance(record, dict):
        raise Unreadable(f"expected one article as a JSON object, found {_kind(record)}")
    known = _known(record)
    if "text" not in known:
        raise Unreadable('it has no "text"')
    text = _string(record, known["text"])
    if text is None:
        raise Unreadable(f'its "{known["text"]}" is null')
    check_prose(text)
    own_id = record.get(known.get("id", "id"))
    if own_id is not None and (isinstance(own_id, bool) or not isinstance(own_id, str | int)):
        raise Unreadable(f'its "id" is {_kind(own_id)}, not text')

    def told(key: str) -> str | None:
        return _string(record, known[key]) if key in known else None

    article = Article(
        id=scalar(str(own_id)) if own_id not in (None, "") else fallback_id or content_id(text),
        text=text,
        title=told("title"),
        published=_day(told("published"), source),
        url=told("url"),
        publisher=told("publisher"),
    )
    return Found(article, source, told("author"), told("retrieved"))


def _known(record: dict[str, Any]) -> dict[str, str]:
    """Which key of a record holds what: a key's own name goes before what it is also called."""
    found: dict[str, str] = {}
    for name in record:
        key = ALSO_CALLED.get(name.strip().lower()) if isinstance(name, str) else None
        if key is not None and (key not in found or name == key or (found[key] != key and record[found[key]] in (None, ""))):
            found[key] = name
    return found


def parse_day(written: str) -> date | None:
    """The calendar day of an ISO date with or without a time, or as e-mail, feeds or people write it in English; None for others."""
    written = written.strip()
    for reader in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = reader(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found.date() if isinstance(found, datetime) else found
    for shape in SHAPES_OF_DAYS:
        try:
            return datetime.strptime(CLOCK.split(written)[0], shape).date()
        except ValueError:
            continue
    return None


def _day(written: str | None, source: str) -> date | None:
    if written is None or not written.strip():
        return None
    found = parse_day(written)
    if found is None:
        log.warning('%s: its "published" %r is not a date (YYYY-MM-DD) and is left out', source, written[:40])
    return found


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(f'its "{key}" is {_kind(value)}, not text')
    return scalar(value)


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "null")
