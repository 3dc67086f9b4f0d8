"""One key for the many spellings that newspapers give a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘ʻʼ`´ʿʾ′"
UNDECOMPOSED = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe",
     "Œ": "Oe", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H", "ŋ": "n"}
)  # fmt: skip
"""Latin letters that Unicode does not take apart into a plain letter and a mark."""

_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + "."))
_GAPS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:al|an|ad|ar|as|ash|at|az|el) (?=\w{3})")
_SAINT = re.compile(r"\b(?:saint|sankt)\b")


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """The name in lower case without diacritics, apostrophes and dots, with hyphens as spaces: `Sana’a` -> `sanaa`."""
    if name.isascii():
        plain = name
    else:
        plain = unicodedata.normalize("NFKD", name.translate(UNDECOMPOSED))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    folded = plain.translate(_DROPPED).lower()
    if not folded.isalnum():
        folded = _GAPS.sub(" ", folded).strip()
    return _SAINT.sub("st", folded) if "sa" in folded else folded


_HEARD = str.maketrans({"q": "k", "c": "k", "x": "ks", "j": "g", "z": "s", "p": "b"} | dict.fromkeys("aeiouywvh", ""))
"""Letters as they are heard: those that transliterations write for one another as one, vowels and the like not at all."""
_ARTICLES = frozenset("al an ad ar as ash at az el ez ed er es ul i e ye".split())
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(folded: str) -> str:
    """What is left of a key when all is taken away in which transliterations differ: `firuzkuh` and `feroz koh` are both `frsk`.

    Empty where too little is left to tell names apart.
    """
    words = [word for word in folded.split() if word not in _ARTICLES]
    bare = "".join(words).translate(_HEARD)
    short = _TWICE.sub(r"\1", bare)
    return short if len(short) >= LEAST_SOUND else ""


LEAST_SOUND = 4
"""Consonants that a name must have to be looked up by its sound."""


def without_article(folded: str) -> str:
    """A key without a leading Arabic article: `al hasakah` -> `hasakah`; the key itself where there is none."""
    return _ARTICLE.sub("", folded) if folded.startswith(("a", "e")) else folded
