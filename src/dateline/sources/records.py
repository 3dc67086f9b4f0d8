"""JSON -> Article: the keys id, title, text, published, url and publisher count, all others are ignored."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dateline.model import Article
from dateline.sources.decoding import Unreadable, check_prose, scalar

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


def as_article(record: Any, source: str, fallback_id: str | None = None) -> Article:
    """The article of one JSON object; `fallback_id` names it where it has no id of its own, else its content does.

    Raises:
        Unreadable: it is no object, has no text, or a key holds something of the wrong kind.
    """
    if not isinstance(record, dict):
        raise Unreadable(f"expected one article as a JSON object, found {_kind(record)}")
    if "text" not in record:
        raise Unreadable('it has no "text"')
    text = _string(record, "text")
    if text is None:
        raise Unreadable('its "text" is null')
    check_prose(text)
    own_id = record.get("id")
    if own_id is not None and (isinstance(own_id, bool) or not isinstance(own_id, str | int)):
        raise Unreadable(f'its "id" is {_kind(own_id)}, not text')
    return Article(
        id=scalar(str(own_id)) if own_id not in (None, "") else fallback_id or content_id(text),
        text=text,
        title=_string(record, "title"),
        published=_day(_string(record, "published"), source),
        url=_string(record, "url"),
        publisher=_string(record, "publisher"),
    )


def parse_day(written: str) -> date | None:
    """The calendar day of an ISO date, an ISO date and time, or a date as e-mail and feeds write it; None for others."""
    written = written.strip()
    for reader in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = reader(written)
        except (ValueError, TypeError, IndexError):
            continue
        return found.date() if isinstance(found, datetime) else found
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
