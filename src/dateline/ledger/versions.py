"""Which of the articles that stood at one URL stands there now."""

from __future__ import annotations

import sqlite3


def renumber(db: sqlite3.Connection, url: str) -> bool:
    """Number anew what stood at a URL; whether more than one did. Called in the transaction that added a sighting there.

    Versions are ordered by the day that their source gives, then by when they were retrieved (else taken in), then by when they
    came. An article is current as long as it is the last one at some URL, or was seen without one.
    """
    rows = db.execute(
        "SELECT s.n, s.article_id FROM sighting s JOIN article a ON a.id = s.article_id JOIN run r ON r.id = s.run_id "
        "WHERE s.url = ? ORDER BY coalesce(a.published, ''), coalesce(s.retrieved, r.started), s.n",
        (url,),
    ).fetchall()
    order = list(dict.fromkeys(row["article_id"] for row in reversed(rows)))[::-1]
    if len(order) < 2:
        return False
    for version, article in enumerate(order, 1):
        current = int(version == len(order))
        db.execute(
            "UPDATE sighting SET version = ?, current = ? WHERE url = ? AND article_id = ?", (version, current, url, article)
        )
        db.execute(
            "UPDATE article SET current = (SELECT max(current) FROM sighting WHERE article_id = article.id) WHERE id = ?",
            (article,),
        )
        for table in ("event", "statement"):
            db.execute(
                f"UPDATE {table} SET current = (SELECT current FROM article WHERE id = ?) WHERE article_id = ?",
                (article, article),
            )
    return True
