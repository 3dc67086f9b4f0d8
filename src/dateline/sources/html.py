"""Web pages -> articles, by trafilatura (Barbaresi 2021): text, title, day, outlet, author and canonical URL."""

from __future__ import annotations

import logging
import re
from typing import Any

from dateline.model import Article
from dateline.sources.decoding import BYTE_ORDER_MARKS, LARGEST, Unreadable, check_prose, scalar
from dateline.sources.found import Found, SetAside
from dateline.sources.records import content_id, parse_day
from dateline.sources.screening import stub
from dateline.sources.urls import outlet_of

START = re.compile(rb"\s*(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>])", re.IGNORECASE | re.DOTALL)
TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def looks_like_html(start: bytes) -> bool:
    """Whether bytes start as a web page does."""
    return START.match(start.removeprefix(b"\xef\xbb\xbf")) is not None


def page(data: bytes, source: str, name: str | None = None, url: str | None = None, retrieved: str | None = None) -> Found:
    """The article of a web page; its text is kept as it was extracted.

    Args:
        data: the page as it came.
        source: where it stands, for a person.
        name: an id for it; one made from its content where there is none.
        url: where it was fetched; the page's own canonical URL goes before it.
        retrieved: when.

    Raises:
        Unreadable: it is empty, too large, or no page.
        SetAside: there is no article in it, but a stub, an error, or nothing at all.
    """
    import trafilatura

    if not data.strip():
        raise Unreadable("the file is empty")
    if len(data) > LARGEST:
        raise Unreadable(f"it is larger than {LARGEST // 1_000_000} MB: too large for one page")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text_of_page = _decoded(data)
    try:
        found: Any = trafilatura.bare_extraction(
            text_of_page, url=url, with_metadata=True, include_comments=False, include_tables=False, deduplicate=False
        )
    except Exception as error:  # on damaged pages the libraries end in whatever they did not think of
        raise Unreadable(f"the page is damaged in a way that its reader cannot take ({type(error).__name__})") from error
    text = scalar(found.text) if found is not None and found.text else ""
    title = found.title if found is not None else None
    if not re.search(r"\w", text):
        raise SetAside(stub(_heading(data), "") or "there is no article in the page")
    reason = stub(title or _heading(data), text)
    if reason:
        raise SetAside(reason)
    check_prose(text)
    published = parse_day(found.date) if found.date else None
    address = found.url or url
    return Found(
        Article(
            id=name or content_id(text),
            text=text,
            title=scalar(title) if title else None,
            published=published,
            url=address,
            publisher=found.sitename or outlet_of(address),
        ),
        source,
        found.author or None,
        retrieved,
    )


def plain(fragment: str) -> str:
    """The text of a fragment of HTML as feeds carry it, a line for each block."""
    from lxml import etree, html

    if "<" not in fragment:
        from html import unescape

        return unescape(fragment).strip()
    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return fragment.strip()
    etree.strip_elements(root, "script", "style", "figure", with_tail=False)
    for element in root.iter("p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        element.tail = "\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in root.text_content().splitlines())
    return "\n".join(line for line in lines if line)


def _decoded(data: bytes) -> str:
    """The page as text: by its byte-order mark, as UTF-8, by what it declares, else as Windows-1252, as browsers do."""
    declared = [match.group(1).decode("ascii") for match in CHARSET.finditer(data[:4096])]
    marks = [encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)]
    for encoding in (*marks, "utf-8", *declared, "windows-1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _heading(data: bytes) -> str:
    match = TITLE.search(data[:65536])
    return match.group(1).decode("utf-8", "replace").strip() if match else ""
