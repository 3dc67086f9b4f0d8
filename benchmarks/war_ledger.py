"""A ledger of an invented war of any size, its incidents merged: what `benchmarks.incidents_scale` tells, written as articles.

    python -m benchmarks.war_ledger FILE [100000]

Unlike `benchmarks.big_ledger`, whose events have nothing to do with each other, several articles tell of each act.
"""

from __future__ import annotations

import argparse
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.incidents_scale import articles
from dateline.incidents.records import Told
from dateline.incidents.store import update
from dateline.ledger.ids import article_id
from dateline.ledger.store import connect, transaction
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, write_article
from dateline.model import Article, Place, Publication, Reading

LINE = 100  # characters of one event's words: `incidents_scale` sets its triggers so far apart
OUTLETS = 40
IN_ONE_TRANSACTION = 500


def reading(number: int, told: list[Told]) -> Reading:
    """An article that tells these events, a line each."""
    lines = [f"{each.event.trigger} {each.sentence}"[: LINE - 2] + "." for each in told]
    text = "\n".join(line.ljust(LINE - 1) for line in lines)
    article = Article("", text, f"Day {number}", told[0].day, f"https://war.example/{number}", f"Outlet {number % OUTLETS}")
    day = article.published
    return Reading(
        replace(article, id=article_id(article)),
        Publication(start=0, end=0, day=day, earliest=day, latest=day, basis="given"),
        places=tuple(_place(each) for each in told if each.event.where is not None),
        events=tuple(each.event for each in told),
    )


def _place(told: Told) -> Place:
    where = told.event.where
    assert where is not None
    start = told.event.start
    return Place(
        start=start, end=told.event.end, text=where.name, head=start, location=where, feature=None, candidates=(), rule="benchmark"
    )  # fmt: skip


def build(path: Path, events: int) -> None:
    """Write so many events into a new ledger, and merge them."""
    with closing(connect(path, create=True)) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("INSERT INTO reader VALUES ('r', '0', '', '', '', '')")
        db.execute(
            "INSERT INTO run (command, source, reader_id, started, host, pid) VALUES ('add', 'benchmark', 'r', '2026-01-01', '', 0)"
        )
        war = list(articles(events))
        for at in range(0, len(war), IN_ONE_TRANSACTION):
            with transaction(db):
                for number, told in enumerate(war[at : at + IN_ONE_TRANSACTION], at):
                    made = reading(number, told)
                    write_article(
                        db,
                        made,
                        Sighting("benchmark", made.article.url, made.article.publisher),
                        signature(made.article.text),
                        1,
                        "r",
                    )
        update(db)


def main() -> None:
    """Build one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("events", nargs="?", type=int, default=100_000)
    told = parser.parse_args()
    started = time.process_time()
    build(told.file, told.events)
    print(
        f"{told.events:,} events in {time.process_time() - started:.0f} s of one core, {told.file.stat().st_size / 2**20:.0f} MiB"
    )


if __name__ == "__main__":
    main()
