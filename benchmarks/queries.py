"""How fast a large ledger answers: 50 rows for each question, with actors and numbers, from a ledger of readings varied by code.

    python -m benchmarks.queries [--events 1000000] [--ledger FILE] [--runs 5]

A ledger that is there already is asked as it is; one that is not is made first. "first" is the answer of a connection just opened,
"median" that of the runs after it, "work" the same in processor time, which a busy machine does not stretch; all in milliseconds.
Questions without a limit are printed apart: they look at every event.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from benchmarks.big_ledger import build, readings
from dateline.ledger import queries
from dateline.ledger.filters import filters
from dateline.ledger.records import events_of
from dateline.ledger.store import connect

ROWS = 50
AIM = 200.0  # milliseconds


def questions(db: sqlite3.Connection) -> list[tuple[str, dict[str, Any]]]:
    """Questions with one indexed filter each, about what is common, less common and rare in this ledger; then some with several."""

    def ranked(sql: str, rank: int) -> str:
        return str(db.execute(f"{sql} ORDER BY count(*) DESC LIMIT 1 OFFSET {rank}").fetchone()[0])

    names = "SELECT name FROM event_actor WHERE role = 'actor' GROUP BY 1"
    outlet = ranked("SELECT outlet FROM article GROUP BY 1", 100)
    lat, lon = db.execute("SELECT lat, lon FROM event WHERE country = 'SYR' AND lat IS NOT NULL LIMIT 1").fetchone()
    return [
        ("no filter", {}),
        ("type, common", {"type": "ASSAULT"}),
        ("type, rare", {"type": ranked("SELECT type FROM event GROUP BY 1", 10)}),
        ("mode", {"mode": "seize"}),
        ("country, common", {"country": "AFG"}),
        ("country, rare", {"country": "AUS"}),
        ("actor, most common name", {"actor": "=" + ranked(names, 0)}),
        ("actor, name of rank 3000", {"actor": "=" + ranked(names, 3000)}),
        ("actor, word in many names", {"actor": "Front"}),
        ("actor, country and sector", {"actor": "SYR/REB"}),
        ("actor, sector alone", {"actor": "/JRN"}),
        ("recipient, most common name", {"recipient": "=" + ranked(names, 0)}),
        ("one day", {"since": "2021-06-30", "until": "2021-06-30"}),
        ("since", {"since": "2024-01-01"}),
        ("until", {"until": "2016-06-30"}),
        ("near, 5 km", {"near": (lat, lon, 5.0)}),
        ("near, 300 km", {"near": (lat, lon, 300.0)}),
        ("outlet", {"outlet": outlet}),
        ("text, common word", {"text": "district"}),
        ("text, rare word", {"text": ranked("SELECT 'kazan' FROM article GROUP BY 1", 0)}),
        ("said by", {"said_by": ranked("SELECT name FROM event_source GROUP BY 1", 0)}),
        ("status", {"status": "demanded"}),
        ("actor, country and year", {"actor": "Front", "country": "SYR", "since": "2021", "until": "2021"}),
        ("type, place and confidence", {"type": "ASSAULT", "near": (lat, lon, 100.0), "min_confidence": 0.5}),
    ]


class Timed(NamedTuple):
    """Milliseconds of the first answer, median of those after it, that in processor time, and rows."""

    first: float
    median: float
    work: float
    rows: int

    def line(self, name: str) -> str:
        """A line of the table."""
        return f"{name:34}{self.rows:>8}{self.first:>10.1f}{self.median:>10.1f}{self.work:>10.1f}"


def timed(path: Path, ask: Callable[[sqlite3.Connection], int], runs: int) -> Timed:
    """How long a question takes, with a connection of its own."""
    with closing(connect(path, read_only=True)) as db:
        queries.install(db)
        taken, work, rows = [], [], 0
        for _ in range(runs + 1):
            begun, busy = time.perf_counter(), time.process_time()
            rows = ask(db)
            taken.append((time.perf_counter() - begun) * 1000)
            work.append((time.process_time() - busy) * 1000)
    return Timed(taken[0], median(taken[1:]), median(work[1:]), rows)


def main() -> int:
    """Make the ledger where it is not there, ask, print; 1 where a question with a limit takes longer than the aim."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path, default=Path(".cache/million.db"))
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    if not told.ledger.exists():
        told.ledger.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        articles = readings()
        read = time.perf_counter()
        partial = told.ledger.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        build(partial, told.events, articles)
        partial.rename(told.ledger)
        print(
            f"read {len(articles)} articles in {read - begun:.0f} s, made the ledger in {time.perf_counter() - read:.0f} s"
        )
    with closing(connect(told.ledger, read_only=True)) as db:
        (events,) = db.execute("SELECT count(*) FROM event").fetchone()
        asked = questions(db)
    print(f"{events:,} events, {told.ledger.stat().st_size / 2**20:,.0f} MiB\n")
    print(f"{'question':34}{'rows':>8}{'first':>10}{'median':>10}{'work':>10}")
    slowest = 0.0
    for name, values in asked:
        wanted = filters(**values)
        found = timed(
            told.ledger,
            lambda db, wanted=wanted: sum(1 for _ in events_of(db, queries.events(db, wanted, limit=ROWS))),  # type: ignore[misc]
            told.runs,
        )
        slowest = max(slowest, found.median)
        print(found.line(name))
    print(f"\nthe slowest takes {slowest:.0f} ms; the aim is {AIM:.0f}\n")
    whole: list[tuple[str, Callable[[sqlite3.Connection], int]]] = [
        ("count by type, all", lambda db: len(queries.count_by(db, filters(), "type").run(db).fetchall())),
        (
            "count by month, one country",
            lambda db: len(queries.count_by(db, filters(country="SYR"), "month").run(db).fetchall()),
        ),
        (
            "actors of one country's events",
            lambda db: len(queries.actors(db, filters(country="AUS"), limit=ROWS).run(db).fetchall()),
        ),
        ("places of one type", lambda db: len(queries.places(db, filters(type="PROTEST"), limit=ROWS).run(db).fetchall())),
    ]
    for name, ask in whole:
        print(timed(told.ledger, ask, 1).line(name))
    return int(slowest > AIM)


if __name__ == "__main__":
    sys.exit(main())
