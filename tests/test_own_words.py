"""The project speaks in its own words: nowhere do eight words in a row of a coded article stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.gold import coded_articles

ROOT = Path(__file__).parents[1]
IN_A_ROW = 8
KINDS = {".py", ".toml", ".tsv", ".json", ".md", ".txt", ".css", ".cff"}
FOLDERS = ("src", "tests", "benchmarks", "docs", "examples", "tools")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return (tuple(words[k : k + IN_A_ROW]) for k in range(len(words) - IN_A_ROW + 1))


def test_no_words_of_coded_articles_stand_in_the_project() -> None:
    articles = coded_articles()
    if not articles:
        pytest.skip("there are no coded articles here to compare with")
    theirs = {run for article in articles for run in runs(article["text"])}
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in KINDS and path.is_file()]
    found = {
        f"{path.relative_to(ROOT)}: {' '.join(run)}"
        for path in (*files, *ROOT.glob("*.md"))
        for run in runs(path.read_text(encoding="utf-8"))
        if run in theirs
    }
    assert not found
