"""The coded articles: where they are, which of them are held out, and their parses, kept between runs."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import pickle
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from dateline.language import Row, SpacyParser, load_parser
from dateline.model import Article

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "parses"
OWN = ROOT / "examples" / "coded"
"""Invented articles, coded like the gold, from which the weights are learnt as well."""
TIMES = 4
"""How often an article of the gold counts beside one of these, of which there are more, and coded with another taste."""


def gold_folder() -> Path:
    """The folder of coded articles: `DATELINE_GOLD`, else `shared/gold` beside the checkout."""
    return Path(os.environ.get("DATELINE_GOLD", ROOT.parent / "shared" / "gold"))


def data_folder() -> Path:
    """The folder of further data to measure with: `DATELINE_DATA`, else `shared/data` beside the checkout."""
    return Path(os.environ.get("DATELINE_DATA", ROOT.parent / "shared" / "data"))


def coded_articles(folder: Path | None = None) -> list[dict[str, Any]]:
    """Every coded article of a folder, by default of the gold, sorted by id; empty where there are none."""
    files = sorted((folder or gold_folder()).glob("*.json"))
    return sorted((json.loads(file.read_text(encoding="utf-8")) for file in files), key=lambda article: str(article["id"]))


def scorer() -> ModuleType:
    """The contract's scorer, loaded from `contract/score.py` beside the folder of coded articles."""
    path = gold_folder().parent / "contract" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def held_out(article_id: str) -> bool:
    """Whether an article belongs to the third that is never looked at while rules are written."""
    return int(hashlib.sha256(f"third {article_id}".encode()).hexdigest(), 16) % 3 == 0


def as_article(coded: dict[str, Any]) -> Article:
    """The article that a reader is given: its day only where it is given, never where a coder inferred it."""
    given = coded.get("published") if coded.get("published_basis") == "given" else None
    return Article(
        id=coded["id"],
        text=coded["text"],
        title=coded.get("title"),
        published=date.fromisoformat(given) if given else None,
        url=coded.get("url"),
        publisher=coded.get("publisher"),
    )


class KeptParser:
    """A parser that keeps what it has parsed on disk, so that a change to the rules is measured in seconds."""

    def __init__(self, model: str | None = None) -> None:
        self._model = model
        self._parser: SpacyParser | None = None
        self.universal = False
        self.identity = f"kept {model or 'default'}"

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        key = hashlib.sha256("\0".join([self.identity, *texts]).encode()).hexdigest()
        file = CACHE / f"{key}.pickle"
        if file.is_file():
            yield from pickle.loads(file.read_bytes())
            return
        if self._parser is None:
            self._parser = load_parser(self._model)
        parsed = list(self._parser.rows(texts))
        CACHE.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(f".{os.getpid()}")
        partial.write_bytes(pickle.dumps(parsed))
        partial.replace(file)
        yield from parsed
