"""URLs: one form for each page, and which of them may be followed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

URL = re.compile(r"https?://\S+", re.IGNORECASE)


def canonical(url: str | None) -> str | None:
    """A URL without what only marks the way to it (utm_..., fbclid, fragments), its query in order; None for what is none.

    The rules are courlan's (Barbaresi 2021), which also make scheme and host lower-case and take off a default port.
    """
    from courlan import normalize_url

    if not url or not URL.fullmatch(url.strip()):
        return url or None
    try:
        return str(normalize_url(url.strip().split("#")[0])) or url
    except ValueError:
        return url


def outlet_of(url: str | None) -> str | None:
    """The host of a URL, without `www.`: who published, where nothing else says so."""
    if not url or not URL.fullmatch(url.strip()):
        return None
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def listed(text: str) -> list[str] | None:
    """The URLs of a list, one a line, empty lines and those that start with # left out; None where anything else stands in it."""
    lines = [line.strip() for line in text.splitlines()]
    wanted = [line for line in lines if line and not line.startswith("#")]
    if not wanted or not all(re.fullmatch(r"[a-z][a-z0-9+.-]*://\S+", line, re.IGNORECASE) for line in wanted):
        return None
    return wanted
