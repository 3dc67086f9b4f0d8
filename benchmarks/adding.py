"""How long one article more takes in a large ledger: written, and its neighbourhood of incidents merged anew, through SQLite.

    python -m benchmarks.adding LEDGER [--articles 20]

LEDGER is one that `benchmarks.war_ledger` made; it is copied, not changed. The articles that follow in that war are added one by one, as
`dateline add` does after it has read them. Times are of the processor: the disk's are left out.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from benchmarks.incidents_scale import articles
from benchmarks.war_ledger import reading
from dateline.incidents.store import update
from dateline.ledger.store import connect, transaction
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, write_article


def added(path: Path, more: int) -> Iterator[tuple[float, float]]:
    """For each article, the seconds of one core to write it and to merge it."""
    with closing(connect(path)) as db:
        db.execute("PRAGMA synchronous = OFF")
        update(db)
        (had,) = db.execute("SELECT count(*) FROM article").fetchone()
        (events,) = db.execute("SELECT count(*) FROM event").fetchone()
        following = islice(articles(events + 10 * more), had, had + more)
        for number, told in enumerate(following, had):
            made = reading(number, told)
            started = time.process_time()
            with transaction(db):
                sighting = Sighting("benchmark", made.article.url, made.article.publisher)
                write_article(db, made, sighting, signature(made.article.text), 1, "r")
            written = time.process_time()
            if update(db) != 1:
                raise RuntimeError("the ledger holds another war")
            yield written - started, time.process_time() - written


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--articles", type=int, default=20)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        with closing(sqlite3.connect(told.ledger)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        for what, seconds in zip(("written", "merged"), zip(*added(copy, told.articles), strict=True), strict=True):
            print(
                f"one article more {what}: median {statistics.median(seconds) * 1e3:.0f} ms, longest {max(seconds) * 1e3:.0f} ms"
            )


if __name__ == "__main__":
    main()
