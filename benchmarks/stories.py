"""The ECB+ stories: articles in topics, as text made anew from their tokens."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape

from benchmarks.gold import data_folder
from dateline.model import Article

QUIET_TOPICS = frozenset({1, 2, 4, 5, 6, 7, 10, 13, 14, 20, 23, 25, 27, 29, 30, 31})
"""Topics of sports, films, fires, earthquakes and computers: their articles tell of next to no political act."""
TOKEN = re.compile(r'<token[^>]* sentence="(\d+)"[^>]*>([^<]*)</token>')
CLOSES = re.compile(r"\s+([.,;:!?%)\]]|'s\b|n't\b|'(?:re|ve|ll|d|m)\b|'')")


def stories(topics: frozenset[int], plus: bool = False) -> Iterator[Article]:
    """The articles of these topics; `plus` takes those that ECB+ added to the older ECB."""
    with zipfile.ZipFile(data_folder() / "stories" / "ecbplus_dev.zip") as archive:
        for name in sorted(archive.namelist()):
            parts = re.fullmatch(r"ECB\+/(\d+)/(\d+_\d+ecb(plus)?)\.xml", name)
            if parts and int(parts[1]) in topics and bool(parts[3]) == plus:
                yield Article(id=parts[2], text=_text(archive.read(name).decode("utf-8", "replace")))


def _text(xml: str) -> str:
    sentences: dict[str, list[str]] = {}
    for number, token in TOKEN.findall(xml):
        sentences.setdefault(number, []).append(unescape(token))
    lines = [" ".join(tokens).replace("`` ", "“").replace(" ''", "”") for tokens in sentences.values()]
    return "\n\n".join(CLOSES.sub(r"\1", line) for line in lines if "http :" not in line)
