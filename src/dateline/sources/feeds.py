"""RSS and Atom -> articles, by feedparser: an entry with a text of its own is an article, others are links to one."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.model import Article
from dateline.sources.decoding import LARGEST, Unreadable, check_prose, scalar
from dateline.sources.found import Failure, Found, Outcome, attempt
from dateline.sources.html import plain
from dateline.sources.records import content_id
from dateline.sources.urls import outlet_of

START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?.*?\?>\s*|<!doctype[^>\[]*>\s*)*<(?:rss|feed|rdf:rdf)[\s>]", re.I | re.S
)
ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
CLOSED = re.compile(rb"</(?:rss|feed|rdf:rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
REFERENCE = re.compile(rb"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
UNKNOWN_LETTER = b"&#xFFFD;"
WHOLE = 120  # words: with as many an entry carries the article and not only its beginning


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: the article that it carries, if any, and the page that it links to."""

    source: str
    found: Found | None
    link: str | None
    reason: str | None = None

    @property
    def whole(self) -> bool:
        """Whether it carries so much text that the page need not be asked."""
        return self.found is not None and len(self.found.article.text.split()) >= WHOLE


def looks_like_feed(start: bytes) -> bool:
    """Whether bytes start as a feed does."""
    return START.match(start.removeprefix(b"\xef\xbb\xbf")) is not None or (
        start.lstrip().startswith(b"<?xml") and b"<!ENTITY" in start
    )


def articles_of(data: bytes, source: str) -> Iterator[Outcome]:
    """The articles that the entries of a feed carry themselves; nothing is fetched."""
    for entry in read_feed(data, source)[1]:
        if entry.found is not None:
            yield entry.found
        else:
            yield Failure(
                entry.source,
                entry.reason or "the entry has no text of its own; give the feed's URL, and its page is fetched",
            )


def read_feed(data: bytes, source: str) -> tuple[str | None, list[Entry]]:
    """The title of a feed and its entries.

    Raises:
        Unreadable: it is empty, too large, no feed, or declares entities of its own, as XML bombs do.
    """
    import feedparser

    if not data.strip():
        raise Unreadable("the file is empty")
    if len(data) > LARGEST:
        raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB: too large for a feed")
    if ENTITIES.search(data):
        raise Unreadable("it declares XML entities of its own, which feeds have no need of: refused as an entity bomb")
    data = REFERENCE.sub(_known_letter, data)
    try:
        parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # on damaged feeds the library ends in whatever it did not think of
        raise Unreadable(f"the feed is damaged in a way that its reader cannot take ({type(error).__name__})") from error
    if not parsed.version and not parsed.entries:
        raise Unreadable("it is neither RSS nor Atom")
    title = parsed.feed.get("title") or None
    if not parsed.entries:
        raise Unreadable(
            f"the feed breaks off or is damaged: {parsed.bozo_exception}" if parsed.bozo else "the feed has no entries"
        )
    found = [_entry(entry, f"{source}, entry {number}", title) for number, entry in enumerate(parsed.entries, 1)]
    if not CLOSED.search(data):  # a parser makes an entry of what is there, with half a text
        found[-1] = Entry(found[-1].source, None, None, "the feed breaks off in this entry")
    return title, found


def _known_letter(reference: re.Match[bytes]) -> bytes:
    """A numbered letter as it stands, or the sign for an unknown one where Unicode has no such number: feedparser fails on these."""
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip(b"0")[:8] or b"0"
    number = int(digits, 16 if hexadecimal else 10)
    return reference.group() if number <= sys.maxunicode and not 0xD800 <= number < 0xE000 else UNKNOWN_LETTER


def _entry(entry: Any, source: str, outlet: str | None) -> Entry:
    link = entry.get("link") or None
    if link and not re.match(r"https?://", link, re.IGNORECASE):
        return Entry(source, None, None, f"it links to {link[:80]}: only http and https are followed")
    texts = [plain(content.get("value") or "") for content in entry.get("content") or ()]
    texts.append(plain(entry.get("summary") or ""))
    text = scalar(max(texts, key=len))
    if not text:
        return Entry(source, None, link)

    def build() -> Found:
        check_prose(text)
        publisher = (entry.get("source") or {}).get("title") or outlet_of(link) or outlet
        return Found(
            Article(
                id=entry.get("id") or link or content_id(text),
                text=text,
                title=scalar(plain(entry.get("title", ""))) or None,
                published=_day(entry),
                url=link,
                publisher=publisher,
            ),
            source,
            entry.get("author") or None,
        )

    made = attempt(build, source)
    return Entry(source, made, link) if isinstance(made, Found) else Entry(source, None, link, made.reason)


def _day(entry: Any) -> date | None:
    """The day in UTC: feedparser has reckoned with the offset."""
    told = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return date(*told[:3]) if told else None
    except (ValueError, TypeError):
        return None
