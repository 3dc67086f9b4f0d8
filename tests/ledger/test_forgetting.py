"""What docs/security.md says to do with an article that must be forgotten leaves nothing of it in the file."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from dateline.incidents.store import update
from dateline.ledger.store import connect
from tests.ledger.made import KABUL, REBELS, event, ledger, reading

PAGE = Path(__file__).parents[2] / "docs" / "security.md"
SECRET = "The courier hid in a mill near the weir."


def test_what_was_deleted_as_the_page_says_is_gone_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    text = f"{SECRET} Northern Front fighters shelled it."
    told = reading(text, [event(text, "shelled", actors=[REBELS], where=KABUL, when="2021-06-29")])
    other = "Northern Front fighters attacked a depot."
    kept = reading(other, [event(other, "attacked", actors=[REBELS], where=KABUL, when="2021-06-28")], day="2021-06-28")
    with closing(ledger(path, [(told, "The Courier"), (kept, "The Courier")])) as db:
        update(db)
    assert SECRET.encode() in path.read_bytes()

    statements = re.findall(r'^\$ sqlite3 war\.db "(.+)"$', PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    delete, vacuum = (re.sub(r"'a[0-9a-f]{16}'", f"'{told.article.id}'", statement) for statement in statements)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(delete)
    with closing(connect(path)) as db:
        update(db)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(vacuum)
        assert db.execute("SELECT id FROM article").fetchall() == [(kept.article.id,)]
    assert b"mill near the weir" not in path.read_bytes()
