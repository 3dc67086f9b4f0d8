"""Commitments are told by the few incidents that may tell of one: no others change them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

from dateline.incidents import asking, commitments
from dateline.incidents.commitments import Commitment, load_terms
from dateline.incidents.store import incidents_of, update
from dateline.ledger.correcting import changes, correct, target
from dateline.ledger.store import connect
from tests.server.making import make
from tests.server.readings import readings


def by_all(db: sqlite3.Connection, today: date | None = None) -> list[Commitment]:
    """Commitments by every incident that could have to do with one."""
    terms = load_terms()
    families = sorted(terms.owed | terms.objection | {"pledge", "demand"})
    marks = ", ".join("?" * len(families))
    rows = db.execute(f"SELECT DISTINCT incident_id FROM account WHERE family IN ({marks})", families)
    return commitments(list(incidents_of(db, [row["incident_id"] for row in rows])), today)


def test_what_is_owed_is_what_all_incidents_tell(tmp_path: Path) -> None:
    with closing(connect(make(tmp_path / "war.db", readings()))) as db:
        found = asking.owed(db)
        assert len(found) > 5
        assert found == by_all(db)
        assert asking.owed(db, today=date(2031, 3, 9)) == by_all(db, date(2031, 3, 9))
        plans = db.execute(
            "SELECT id FROM event WHERE status IN ('future', 'demanded') AND current = 1 ORDER BY id"
        ).fetchall()
        for some in (plans[::2], plans):
            for row in some:
                about = target(db, row["id"])
                correct(db, about, changes(about, reject=True), "somebody")
            update(db)
            assert asking.owed(db) == by_all(db)
        assert len(asking.owed(db)) < len(found)
