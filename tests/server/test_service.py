"""What a served ledger holds open while threads come and go."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from dateline.ledger.answers import Ledger
from dateline.server.service import Service
from dateline.server.settings import Settings


def test_a_thread_that_has_ended_leaves_no_connection_open(war: Path) -> None:
    read: list[Ledger] = []
    with closing(Service(Settings(war, merge_seconds=0.0))) as service:

        def look() -> None:
            with service.reading() as ledger:
                assert ledger.db.execute("SELECT count(*) FROM event").fetchone()[0]
                read.append(ledger)

        for _ in range(5):
            together = [threading.Thread(target=look) for _ in range(4)]
            for thread in together:
                thread.start()
            for thread in together:
                thread.join()
        look()
        assert sum(map(_is_open, read)) == 1
    assert not any(map(_is_open, read))


def _is_open(ledger: Ledger) -> bool:
    try:
        ledger.db.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True
