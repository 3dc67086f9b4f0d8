"""Words as merging compares them: without endings, and of a whole article those that tell it from others."""

from __future__ import annotations

import re
import zlib
from functools import cache, lru_cache
from importlib import resources

ENDINGS = re.compile(r"(?:ings?|ed|es|s|ly|ers?|ions?|als?|ments?)$")
SHORTEST_STEM = 4
BITS = 8192
"""Bits of a gist: two articles of a few hundred words share three or four of them by chance."""
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, roughly: "bombings", "bombed" and "bomb" are one."""
    low = word.lower()
    cut = ENDINGS.sub("", low)
    cut = cut if len(cut) >= SHORTEST_STEM else low
    return cut[:-1] if len(cut) > SHORTEST_STEM and cut[-1] == cut[-2] else cut


def words_of(text: str, empty: frozenset[str]) -> set[str]:
    """The words and numbers of a text that say something, without their endings."""
    return {stem(word) for word in _WORD.findall(text) if word.lower() not in empty}


@cache
def common_words() -> frozenset[str]:
    """Words, without endings, that a news article of whatever matter may have: they tell no story from another."""
    text = resources.files("dateline.incidents").joinpath("data", "common_words.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def gist_of(text: str) -> int:
    """What an article is about, as a set of bits: one for each of its telling words (a Bloom filter with one hash, Bloom 1970)."""
    gist = bytearray(BITS // 8)
    common = common_words()
    for word in {stem(word.rstrip(".,")) for word in _WORD.findall(text)}:
        if word not in common:
            bit = _bit(word)
            gist[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(gist, "little")


def alike(one: int, two: int) -> int:
    """How much two gists have in common, in per cent: the cosine of their sets of words, less what chance alone would bring."""
    a, b = one.bit_count(), two.bit_count()
    if not a or not b:
        return 0
    shared = (one & two).bit_count() - a * b / BITS
    return max(0, int(100 * shared / (a * b) ** 0.5))


@lru_cache(maxsize=65_536)
def _bit(word: str) -> int:
    return zlib.crc32(word.encode()) % BITS
