"""Near-copies: wire stories that many outlets print are one voice. MinHash (Broder 1997) with locality-sensitive banding.

Two articles are near-copies where they share about `ALIKE` of their runs of five words and neither was certainly published more
than `DAYS_APART` days from the other. Voices are the connected components of that relation, named by their least article id, so
that they do not depend on the order of arrival.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from datetime import date

VALUES = 64  # of a signature: the standard error of the similarity is at most 1/16
BAND = 4  # values in a band: at similarity 0.7 a common band is missed once in 80 pairs
SEED = 20160901
RUN = 5  # words
ALIKE = 0.6
DAYS_APART = 7
WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash signature of a text, as little-endian 32-bit numbers; case and punctuation do not count."""
    from rensa import RMinHash

    words = WORD.findall(text.lower())
    runs = [" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))]
    made = RMinHash(num_perm=VALUES, seed=SEED)
    made.update(runs)
    return struct.pack(f"<{VALUES}I", *made.digest())


def similarity(one: bytes, other: bytes) -> float:
    """The estimated share of runs of words that two texts have in common (Jaccard), from their signatures."""
    a, b = struct.unpack(f"<{VALUES}I", one), struct.unpack(f"<{VALUES}I", other)
    return float(sum(x == y for x, y in zip(a, b, strict=True))) / VALUES


def join_voice(db: sqlite3.Connection, n: int, id: str, published: date | None, made: bytes) -> None:
    """Give a new article the voice of its near-copies, and all of them one voice where it connects several."""
    bands = bands_of(made)
    marks = ", ".join("?" * len(bands))
    candidates = db.execute(
        f"SELECT DISTINCT a.n, a.voice, a.published FROM band b JOIN article a ON a.n = b.n WHERE b.hash IN ({marks})", bands
    ).fetchall()
    db.execute("INSERT INTO signature (n, hashes) VALUES (?, ?)", (n, made))
    db.executemany("INSERT OR IGNORE INTO band (hash, n) VALUES (?, ?)", ((band, n) for band in bands))
    joined: set[str] = set()
    for other in candidates:
        if other["voice"] not in joined and _close(published, other["published"]):
            (hashes,) = db.execute("SELECT hashes FROM signature WHERE n = ?", (other["n"],)).fetchone()
            if similarity(made, hashes) >= ALIKE:
                joined.add(other["voice"])
    if joined:
        least = min(joined | {id})
        for voice in joined | {id}:
            if voice != least:
                db.execute("UPDATE article SET voice = ? WHERE voice = ?", (least, voice))


def _close(one: date | None, other: str | None) -> bool:
    return one is None or other is None or abs((one - date.fromisoformat(other)).days) <= DAYS_APART


def bands_of(made: bytes) -> list[int]:
    """A 64-bit number for each band, made of its place and a mix of its values (FNV-1a, so that it is the same everywhere)."""
    found = []
    for place in range(VALUES // BAND):
        mixed = 0xCBF29CE484222325
        for byte in bytes([place]) + made[place * BAND * 4 : (place + 1) * BAND * 4]:
            mixed = ((mixed ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        found.append(mixed - (1 << 63))
    return found
