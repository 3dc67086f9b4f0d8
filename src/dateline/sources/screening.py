"""What is no article in English though it can be read: stubs of paywalls, cookie notices, error pages, other languages."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.model import Article

ENGLISH = "en"
SURE = 0.95  # probability of another language
LONG_ENOUGH = 60  # characters: of a shorter text in Latin letters the language is anybody's guess
LOOKED_AT = 3_000  # characters


@dataclass(frozen=True, slots=True)
class _Stub:
    reason: str
    words: int
    phrases: re.Pattern[str]
    title: re.Pattern[str] | None


def screened(article: Article) -> str | None:
    """Why an article is not for the reader, for a person; None where it is."""
    return stub(article.title or "", article.text) or other_language(article.text)


def stub(title: str, text: str) -> str | None:
    """What stands in the place of an article where none does; None where the text may be one."""
    heading, body = _plain(title), _plain(text)
    words = len(body.split())
    for kind in _stubs():
        if kind.title is not None and kind.title.fullmatch(re.split(r" [|–—-] ", heading)[0].strip(" .!?…")):
            return kind.reason
        if words <= kind.words and kind.phrases.search(body):
            return kind.reason
    return None


def other_language(text: str) -> str | None:
    """That a text is certainly in another language than English; None where it may be English."""
    start = text[:LOOKED_AT]
    letters = [letter for letter in start if letter.isalpha()]
    latin = sum(letter < "ɐ" for letter in letters)
    if len(letters) < LONG_ENOUGH and latin * 2 > len(letters):
        return None
    language, probability = _identifier().classify(start)
    if latin * 2 < len(letters):
        return f"it is not in English but, it seems, in {language}" if language != ENGLISH else "it is not in Latin letters"
    if language != ENGLISH and probability >= SURE:
        return f"it is not in English but, it seems, in {language}"
    return None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _stubs() -> tuple[_Stub, ...]:
    told = tomllib.loads(resources.files("dateline.sources").joinpath("stubs.toml").read_text(encoding="utf-8"))
    return tuple(
        _Stub(
            entry["reason"],
            entry["words"],
            re.compile(rf"\b(?:{'|'.join(map(re.escape, entry['phrases']))})\b"),
            re.compile("|".join(map(re.escape, entry["title"]))) if entry["title"] else None,
        )
        for entry in told["stub"]
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
