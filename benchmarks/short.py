"""Short articles by the thousand: paragraphs of Wikinews, or invented ones where the data are not there."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from benchmarks.gold import ROOT, data_folder

LONGEST = 250  # letters
SHORTEST = 60
OFFENSIVE = ROOT / "examples" / "offensive" / "articles.jsonl"
TOWN = re.compile(r"\b(Brenvik|Orvane|Pell|Dunmere|Halvern|Casmere)\b")
NEW_TOWNS = "Talvik Berune Ostmere Vindell Karsholm Melvane Dorvik Ishmere Pellvik Quormere".split()


def short_articles(number: int) -> list[dict[str, Any]]:
    """So many articles of a sentence or two, as rows with `id`, `text`, `title`, `published`, `url` and `publisher`; all differ."""
    found: dict[str, dict[str, Any]] = {}
    for row in _rows():
        found.setdefault(row["text"], row)
        if len(found) == number:
            break
    return [{**row, "id": f"{n}"} for n, row in enumerate(found.values(), 1)]


def _rows() -> Iterator[dict[str, Any]]:
    path = data_folder() / "news" / "wikinews_2019_2020.jsonl.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                article = json.loads(line)
                yield from _pieces(article["text"], article["title"], article["published"], article["url"], "Wikinews")
    with OFFENSIVE.open(encoding="utf-8") as file:
        told = [json.loads(line) for line in file]
    for round in count():
        for article in told:
            town = f"{NEW_TOWNS[round % 10]} {round // 10 + 1}"
            yield from _pieces(
                TOWN.sub(town, article["text"]), article["title"], article["published"], article["url"], article["publisher"]
            )


def _pieces(text: str, title: str, published: str, url: str, publisher: str) -> Iterator[dict[str, Any]]:
    for number, paragraph in enumerate(text.split("\n")):
        piece = shortened(paragraph.strip())
        if len(piece) >= SHORTEST:
            yield {"text": piece, "title": title, "published": published, "url": f"{url}#{number}", "publisher": publisher}


def shortened(text: str, longest: int = LONGEST) -> str:
    """The first sentences of a text, or what of them has room."""
    if len(text) <= longest:
        return text
    cut = text[:longest]
    stop = max(cut.rfind(". "), cut.rfind("? "), cut.rfind('." '))
    return cut[: stop + 1] if stop > longest // 3 else cut[: cut.rfind(" ")]
