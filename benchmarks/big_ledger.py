"""A ledger of any size for measuring: real readings of the bundled articles, varied by code, put in at once.

Every event is one that Dateline read, in another article, on another day, at another place and, mostly, by others: names follow
Zipf's law, as they do in the news, so that some are in every tenth event and most in a few. Evidence is left out: no question asks
for it but `show`, which fetches one event.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from pathlib import Path

from dateline.ledger.ids import hashed
from dateline.ledger.store import connect
from dateline.model import Article, Event, Reading
from dateline.reader import Reader

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FIRST, LAST = date(2015, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
EVENTS_IN_AN_ARTICLE = 20
NAMES = 20_000
VOCABULARY = 30_000
OUTLETS = 300
PLACES = 4_000
ONSETS, VOWELS, CODAS = "b d f g k l m n r s t v z sh kh".split(), "a e i o u".split(), "n r l m s d k".split()
KINDS = ("Front", "Army", "Brigade", "Union", "Council", "Party", "Movement", "Police", "militia", "fighters")
SECTORS = ("GOV", "MIL", "REB", "COP", "CVL", "OPP", "UAF")
COUNTRIES = (
    "AFG SYR IRQ UKR NGA SOM YEM MLI SDN ETH COD MMR PAK IND COL MEX LBY CMR BFA NER TCD MOZ KEN UGA EGY TUR IRN ISR PSE LBN PHL THA "
    "BGD LKA NPL HTI VEN BRA PER CHL ARG FRA DEU GBR ESP ITA POL RUS USA CAN CHN JPN KOR PRK IDN MYS AUS"
).split()  # fmt: skip

type Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Things with weights by Zipf's law."""

    things: Sequence[tuple[object, ...]]
    weights: Sequence[float]

    def some(self, chance: random.Random, count: int) -> list[tuple[object, ...]]:
        """So many of them, common ones oftener."""
        return chance.choices(self.things, cum_weights=self.weights, k=count)


def zipf(things: Sequence[tuple[object, ...]]) -> Pool:
    """A pool of these, the first the most common."""
    return Pool(things, list(accumulate(1.0 / (rank + 2) for rank in range(len(things)))))


def readings() -> list[Reading]:
    """The bundled articles, read."""
    reader = Reader()
    articles = [Article("withdrawal", (EXAMPLES / "withdrawal.txt").read_text(encoding="utf-8"))]
    for line in (EXAMPLES / "offensive" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        articles.append(Article(row["id"], row["text"], row.get("title"), date.fromisoformat(row["published"])))
    return [reader.read(article) for article in articles]


def build(path: Path, events: int, told: Sequence[Reading], seed: int = 1) -> None:
    """Make a ledger of so many events. Indexes and triggers are put aside and made anew at the end, which is much faster.

    Args:
        path: the file, which must not be there yet.
        events: how many.
        told: readings to take the events from.
        seed: another one makes another ledger.
    """
    db = connect(path, create=True)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    later = [
        row
        for row in db.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        ).fetchall()
        if not row["sql"].startswith("CREATE TRIGGER correction")
    ]
    db.execute("BEGIN")
    for row in later:
        db.execute(f"DROP {row['type']} {row['name']}")
    _runs(db)
    _fill(db, events, told, random.Random(seed))
    db.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
    db.execute(
        "INSERT INTO event_place SELECT n, lat, lat, lon, lon FROM event WHERE lat IS NOT NULL "
        "ORDER BY CAST(lat / 2 AS INTEGER), CAST(lon / 2 AS INTEGER)"  # neighbours together: the R-tree is made in half the time
    )
    db.execute(
        "INSERT OR IGNORE INTO known_name (name) "
        "SELECT name FROM event_actor UNION SELECT name FROM event_source UNION SELECT speaker FROM statement"
    )
    db.execute("INSERT INTO name_search (name_search) VALUES ('rebuild')")
    for row in later:
        db.execute(row["sql"])
    db.execute("COMMIT")
    db.close()


def _runs(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO reader VALUES ('r', '0', '', '', '', '')")
    db.execute(
        "INSERT INTO run (id, command, source, reader_id, started, host, pid) VALUES (1, 'add', 'benchmark', 'r', '2026-01-01', '', 0)"
    )


def _fill(db: sqlite3.Connection, events: int, told: Sequence[Reading], chance: random.Random) -> None:
    templates = [(reading, event) for reading in told for event in reading.events]
    vocabulary = [_word(chance) for _ in range(VOCABULARY)]
    names, outlets, places = (
        _names(chance),
        zipf([(f"{_word(chance).title()} Herald",) for _ in range(OUTLETS)]),
        _places(chance),
    )
    article: list[Row] = []
    texts: list[Row] = []
    event_rows: list[Row] = []
    actors: list[Row] = []
    sources: list[Row] = []
    numbers: list[Row] = []
    for n in range(1, events + 1):
        reading, event = templates[chance.randrange(len(templates))]
        if n % EVENTS_IN_AN_ARTICLE == 1:
            day = date.fromordinal(chance.randint(FIRST, LAST))
            article_n, article_id = n // EVENTS_IN_AN_ARTICLE + 1, hashed("a", n)
            outlet = outlets.some(chance, 1)[0][0]
            text = reading.article.text[:600] + f"\n\n{' '.join(chance.choices(vocabulary, k=30))}"
            texts.append((article_n, reading.article.title, text))
            article.append((article_n, article_id, reading.article.title, day.isoformat(), f"https://news.example/{n}", outlet,
                            len(text.split()), day.isoformat(), "given", article_id, 1, 1, "r"))  # fmt: skip
        id = hashed("e", article_id, n)
        event_rows.append((n, id, article_id, *_event(event, day, places, chance)))
        for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for at, who in enumerate(parties, 1):
                known = (who.name, who.country, who.sector) if chance.random() < 0.2 else names.some(chance, 1)[0]
                actors.append((id, role, at, *known, None, None))
        sources += [(id, at, name) for at, name in enumerate(event.said_by, 1)]
        numbers += [
            (id, at, q.what, q.low, q.high, int(q.approximate), q.start, q.end, q.rule)
            for at, q in enumerate(event.quantities, 1)
        ]
        if len(event_rows) == 50_000 or n == events:
            _put(db, article, texts, event_rows, actors, sources, numbers)


def _put(db: sqlite3.Connection, *tables: list[Row]) -> None:
    columns = (
        "article (n, id, title, published, url, outlet, words, day, day_basis, voice, added_run, read_run, reader_id)",
        "article_text (n, title, text)",
        "event (n, id, article_id, start, \"end\", trigger, type, mode, status, date_from, date_to, place, country, lat, lon, radius_km, "
        "gazetteer_id, said_by, control_gained_by, control_lost_by, control_place, control_unit, control_count, confidence, sense)",
        'event_actor (event_id, role, n, name, country, sector, start, "end")', "event_source (event_id, n, name)",
        'event_quantity (event_id, n, what, low, high, approximate, start, "end", rule)',
    )  # fmt: skip
    for into, rows in zip(columns, tables, strict=True):
        if rows:
            db.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(rows[0]))})", rows)
            rows.clear()


def _event(event: Event, published: date, places: Pool, chance: random.Random) -> tuple[object, ...]:
    first = last = None
    if event.when is not None:
        start = published.toordinal() - chance.choice((0, 0, 1, 1, 2, 3, 7, 30))
        first = date.fromordinal(start).isoformat()
        last = date.fromordinal(start + (event.when.last - event.when.first).days).isoformat()
    where: tuple[object, ...] = (None,) * 6
    if event.where is not None or chance.random() < 0.4:
        where = places.some(chance, 1)[0]
    control = event.control
    held = (control.gained_by, control.lost_by, control.place, control.unit, control.count) if control else (None,) * 5
    return (
        event.start, event.end, event.trigger, event.type, event.mode, event.status, first, last, *where, "; ".join(event.said_by) or None,
        *held, event.confidence, event.sense,
    )  # fmt: skip


def _names(chance: random.Random) -> Pool:
    return zipf(
        [
            (f"{_word(chance).title()} {chance.choice(KINDS)}", chance.choice(COUNTRIES), chance.choice(SECTORS))
            for _ in range(NAMES)
        ]
    )  # fmt: skip


def _places(chance: random.Random) -> Pool:
    found: list[tuple[object, ...]] = []
    centres = {country: (chance.uniform(-35, 55), chance.uniform(-110, 140)) for country in COUNTRIES}
    for n in range(PLACES):
        country = zipf([(name,) for name in COUNTRIES]).some(chance, 1)[0][0]
        lat, lon = centres[str(country)]
        found.append(
            (
                _word(chance).title(),
                country,
                lat + chance.gauss(0, 2),
                lon + chance.gauss(0, 2),
                5.0,
                f"geonames:{9_000_000 + n}",
            )
        )
    return zipf(found)


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(ONSETS) + chance.choice(VOWELS) + (chance.choice(CODAS) if chance.random() < 0.4 else "")
        for _ in range(chance.randint(2, 3))
    )
