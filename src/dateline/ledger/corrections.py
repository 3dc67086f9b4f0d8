"""Corrections that outlive rereading. Making, undoing and exchanging them stands elsewhere; the schema's triggers apply them."""

from __future__ import annotations

import sqlite3


def carry_over(db: sqlite3.Connection, article: str) -> None:
    """Apply an article's corrections to the reading that has just replaced the old one.

    A correction whose event or statement is no longer found goes to the one whose words overlap most with the old ones; where
    none overlaps it stays in its table, and applies again when a later reading finds its words.
    """
    targets = db.execute(
        'SELECT DISTINCT target_id, start, "end" FROM correction WHERE article_id = ? ORDER BY target_id', (article,)
    ).fetchall()
    for target_id, start, end in targets:
        table = "event" if target_id.startswith("e") else "statement"
        if not db.execute(f"SELECT 1 FROM {table} WHERE id = ?", (target_id,)).fetchone():
            found = db.execute(
                f'SELECT id FROM {table} WHERE article_id = ? AND start < ? AND "end" > ? '
                'ORDER BY min("end", ?) - max(start, ?) DESC, start LIMIT 1',
                (article, end, start, end, start),
            ).fetchone()
            if found is None:
                continue
            db.execute("UPDATE correction SET target_id = ? WHERE target_id = ?", (found["id"], target_id))
            target_id = found["id"]
        _apply_again(db, target_id)


def _apply_again(db: sqlite3.Connection, target_id: str) -> None:
    """Take the new values for what was read, and run the trigger for every correction, the oldest first."""
    rows = [dict(row) for row in db.execute("SELECT * FROM correction WHERE target_id = ? ORDER BY made, id", (target_id,))]
    db.execute("DELETE FROM correction WHERE target_id = ?", (target_id,))
    for row in rows:
        row["was"] = None
        columns = ", ".join(f'"{name}"' for name in row)
        db.execute(f"INSERT INTO correction ({columns}) VALUES ({', '.join('?' * len(row))})", tuple(row.values()))
