"""The local cache of places: SQLite files that any number of processes read at once without loading them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import batched
from pathlib import Path
from typing import NamedTuple

from dateline.appearing import appearing
from dateline.gazetteer.spelling import key, sound, without_article
from dateline.keeping import cache_folder

ALIKE = 0.7
"""How much of two names that sound alike must be the same, 0 to 1."""
MOST_KEPT = 50_000
BATCH = 5_000  # rows written at once
MOST_AT_ONCE = 500  # keys in one query: SQLite's oldest limit of variables is 999

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    province TEXT,
    kind TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    radius_km REAL NOT NULL,
    population INTEGER NOT NULL
);
CREATE TABLE spelling (key TEXT NOT NULL, place INTEGER NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (sound, key)) WITHOUT ROWID;
CREATE TABLE source (name TEXT NOT NULL, places INTEGER NOT NULL, origin TEXT NOT NULL, added TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    `id` is its identity ("geonames:1138958"), `country` alpha-3 or None where it lies in none or in several, `province` a key
    of the first-level division ("AFG.10"), shared by all places in it. `population` is 0 where it is not known. `own` says
    that it was found by its usual name, not by another spelling.
    """

    id: str
    name: str
    country: str | None
    province: str | None
    kind: str
    lat: float
    lon: float
    radius_km: float
    population: int
    own: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A place to be put into the cache, with every spelling that leads to it; the first `usual` of them are its usual names."""

    entry: Entry
    spellings: tuple[str, ...]
    usual: int = 1


class Source(NamedTuple):
    """Where a file of the cache comes from: its name, how many places it holds, what it was made of, and when (ISO day)."""

    name: str
    places: int
    origin: str
    added: str


class Store:
    """An open cache. It keeps what it was asked for, so that an article that names a town ten times asks once."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Open the files at `paths` for reading; of two places with one identity the one in the earlier file counts.

        Raises:
            sqlite3.Error: one of them is not a file of the cache.
        """
        self.paths = tuple(paths)
        self._files = [_opened(path) for path in paths]
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._by_id: dict[str, Entry] = {}
        self._heard: dict[str, tuple[Entry, ...]] = {}

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()

    def find(self, keys: Iterable[str]) -> Mapping[str, tuple[Entry, ...]]:
        """The places of each key (`spelling.key`), most people first; keys that no place has are left out."""
        asked = list(dict.fromkeys(keys))
        if max(len(self._known), len(self._heard)) > MOST_KEPT:
            self._known.clear()
            self._by_id.clear()
            self._heard.clear()  # whose places `entry` must know
        unknown = [k for k in asked if k not in self._known]
        for start in range(0, len(unknown), MOST_AT_ONCE):
            self._ask(unknown[start : start + MOST_AT_ONCE])
        return {k: self._known[k] for k in asked if self._known[k]}

    def _ask(self, keys: Sequence[str]) -> None:
        found: dict[str, dict[str, Entry]] = {k: {} for k in keys}
        query = (
            "SELECT s.key, p.ref, p.name, p.country, p.province, p.kind, p.lat, p.lon, p.radius_km, p.population, s.own "
            f"FROM spelling s JOIN place p ON p.id = s.place WHERE s.key IN ({','.join('?' * len(keys))})"
        )
        for file in self._files:
            for row in file.execute(query, keys):
                entry = Entry(*row[1:])
                found[row[0]].setdefault(entry.id, entry)
        for folded, entries in found.items():
            self._by_id.update(entries)
            self._known[folded] = tuple(sorted(entries.values(), key=lambda e: (-e.population, e.id)))

    def sounding_like(self, name: str) -> tuple[Entry, ...]:
        """The places of names that differ from this one in their transliteration only, most people first; none is `own`."""
        folded = key(name)
        if (known := self._heard.get(folded)) is not None:
            return known
        heard = sound(folded)
        if not heard:
            return ()
        keys = [row[0] for file in self._files for row in file.execute("SELECT key FROM sound WHERE sound = ?", (heard,))]
        near = [k for k in keys if SequenceMatcher(None, k.replace(" ", ""), folded.replace(" ", "")).ratio() >= ALIKE]
        found = {entry.id: replace(entry, own=False) for entries in self.find(near).values() for entry in entries}
        self._heard[folded] = tuple(sorted(found.values(), key=lambda e: (-e.population, e.id)))
        return self._heard[folded]

    def entry(self, place: str) -> Entry | None:
        """The place of this identity, if it was found before by one of its names."""
        return self._by_id.get(place)

    def place(self, identity: str) -> Entry | None:
        """The place of this identity, None where the gazetteer has none."""
        query = "SELECT ref, name, country, province, kind, lat, lon, radius_km, population FROM place WHERE ref = ?"
        for file in self._files:
            row = file.execute(query, (identity,)).fetchone()
            if row is not None:
                return Entry(*row)
        return None

    def provinces(self) -> dict[str, str]:
        """The usual name of every division of the first order, by its key ("AFG.10")."""
        query = "SELECT province, name FROM place WHERE kind = 'province' AND province IS NOT NULL ORDER BY ref LIKE 'geonames:%', ref"
        return {key: name for file in reversed(self._files) for key, name in file.execute(query)}

    def named(self, name: str) -> tuple[Entry, ...]:
        """The places that a name as printed may mean, most people first."""
        folded = key(name)
        return self.find([folded]).get(folded, ())

    def sources(self) -> list[Source]:
        """What is in the cache, in the order in which it was opened."""
        return [
            Source(*row) for file in self._files for row in file.execute("SELECT name, places, origin, added FROM source")
        ]


def added_folder() -> Path:
    """The folder of what the user added, a file for each source; it may not be there."""
    return cache_folder() / "gazetteer"


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    file.execute("PRAGMA query_only = 1")
    return file


def version(path: Path) -> int | None:
    """The version of the file at `path`, None where there is none or it is something else."""
    if not os.path.isfile(path):
        return None
    try:
        file = _opened(path)
        try:
            return int(file.execute("PRAGMA user_version").fetchone()[0])
        finally:
            file.close()
    except sqlite3.Error:
        return None


def compile_file(path: Path, version: int, name: str, origin: str, rows: Iterable[Row]) -> int:
    """Write places into a file of the cache, which is there whole or not at all; how many is given back.

    Raises:
        OSError, sqlite3.Error: the file cannot be written.
    """
    with appearing(path) as partial, closing(sqlite3.connect(partial)) as file:
        file.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA user_version = {version};{SCHEMA}")
        file.execute("CREATE TEMP TABLE told (key TEXT NOT NULL, place INTEGER NOT NULL, own INTEGER NOT NULL)")
        count = 0
        for some in batched(rows, BATCH):
            numbered = list(enumerate(some, count + 1))
            count += len(some)
            file.executemany(
                "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    (k, e.id, e.name, e.country, e.province, e.kind, e.lat, e.lon, e.radius_km, e.population)
                    for k, e in ((k, row.entry) for k, row in numbered)
                ),
            )
            told = ((folded, k, own) for k, row in numbered for folded, own in keys_of(row))
            file.executemany("INSERT INTO told VALUES (?, ?, ?)", told)
        # In the order of the keys: a tree that grows at its end is written several times as fast.
        file.execute("INSERT INTO spelling SELECT key, place, max(own) FROM told GROUP BY key, place")
        file.create_function("sound", 1, sound, deterministic=True)
        file.execute(
            "INSERT INTO sound SELECT heard, key FROM (SELECT sound(key) AS heard, key FROM (SELECT DISTINCT key FROM spelling)) "
            "WHERE heard <> '' ORDER BY heard, key"
        )
        file.execute("CREATE INDEX place_ref ON place (ref)")
        file.execute("INSERT INTO source VALUES (?, ?, ?, ?)", (name, count, origin, date.today().isoformat()))
        file.commit()
    return count


def keys_of(row: Row) -> Iterator[tuple[str, bool]]:
    """The keys that a place is found by, and whether each is a usual name's; Arabic articles may be left out."""
    for number, spelling in enumerate(row.spellings):
        folded = key(spelling)
        if len(folded) < 2:
            continue
        yield folded, number < row.usual
        bare = without_article(folded)
        if bare != folded:
            yield bare, number < row.usual
