"""Accounts in the ledger: written when an article is merged, and loaded to be compared or to be told in full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from dateline.incidents.accounts import account_of
from dateline.incidents.candidates import filed
from dateline.incidents.kept import FORM, Source, packed, packed_gist, unpacked, unpacked_gist
from dateline.incidents.records import Account, Told
from dateline.incidents.rows import rows_in, tolds_of
from dateline.incidents.rules import Rules

KEPT = f"""
SELECT o.id, o.family, o.article_id, k.told, a.voice, a.outlet, a.url, a.day, g.names, g.gist
FROM account AS o CROSS JOIN article AS a ON a.id = o.article_id
LEFT JOIN account_kept AS k ON k.account_id = o.id AND k.form = {FORM}
LEFT JOIN article_kept AS g ON g.article_id = o.article_id AND g.form = {FORM}
WHERE a.current = 1 AND o.id IN ({{marks}})
"""


def accounts_in_full(db: sqlite3.Connection, names: Sequence[str], rules: Rules) -> Iterator[Account]:
    """Accounts put together again from the events of their articles."""
    of = {
        row["event_id"]: row["account_id"]
        for row in rows_in(db, "SELECT * FROM account_event WHERE account_id IN ({marks})", names)
    }
    articles = {row["article_id"] for row in rows_in(db, "SELECT article_id FROM account WHERE id IN ({marks})", names)}
    for tolds in tolds_of(db, sorted(articles), of):
        parts: dict[str, list[Told]] = {}
        for told in tolds:
            if told.id in of:
                parts.setdefault(of[told.id], []).append(told)
        for name in sorted(parts):
            yield account_of(parts[name], rules, name)


def accounts_to_compare(db: sqlite3.Connection, names: Sequence[str], rules: Rules) -> Iterator[Account]:
    """The same as they were when they were merged, without what nobody compares (see `kept.unpacked`).

    What is not kept, as in a ledger that an older Dateline merged, is made from the events and kept.
    """
    sources: dict[str, Source] = {}
    lacking = []
    for row in rows_in(db, KEPT, names):
        if row["told"] is None or row["gist"] is None:
            lacking.append(row["id"])
            continue
        source = sources.get(row["article_id"])
        if source is None:
            source = sources[row["article_id"]] = _source(row)
        yield unpacked(row["id"], row["family"], row["told"], source, rules.measures)
    made = list(accounts_in_full(db, lacking, rules))
    _keep(db, made)
    yield from made


def write_accounts(db: sqlite3.Connection, accounts: Iterable[Account], rules: Rules) -> None:
    """Write accounts that belong to no incident yet."""
    for _, several in groupby(accounts, lambda account: account.article):
        of_article = list(several)
        for account in of_article:
            db.execute("INSERT OR REPLACE INTO account VALUES (?, ?, ?, '')", (account.id, account.article, account.family))
            events = ((told.id, account.id) for told in account.tolds)
            db.executemany("INSERT OR REPLACE INTO account_event VALUES (?, ?)", events)
            keys = ((key, account.id) for key in filed(account, rules))
            db.executemany("INSERT OR IGNORE INTO account_key VALUES (?, ?)", keys)
        _keep(db, of_article)


def forget_accounts(db: sqlite3.Connection, article: str, accounts: Iterable[str]) -> None:
    """Delete the accounts of an article, and what is known of them."""
    for name in accounts:
        db.execute("DELETE FROM account WHERE id = ?", (name,))
        db.execute("DELETE FROM account_event WHERE account_id = ?", (name,))
        db.execute("DELETE FROM account_key WHERE account_id = ?", (name,))
        db.execute("DELETE FROM account_link WHERE a = ? OR b = ?", (name, name))
        db.execute("DELETE FROM account_kept WHERE account_id = ?", (name,))
    db.execute("DELETE FROM article_kept WHERE article_id = ?", (article,))


def _keep(db: sqlite3.Connection, accounts: Sequence[Account]) -> None:
    """Write the rows by which accounts are compared, and what their articles have in common for all of theirs."""
    rows = ((account.id, FORM, packed(account)) for account in accounts)
    db.executemany("INSERT OR REPLACE INTO account_kept VALUES (?, ?, ?)", rows)
    for account in {account.article: account for account in accounts}.values():
        row = (account.article, FORM, " ".join(sorted(account.names)), packed_gist(account.gist))
        db.execute("INSERT OR REPLACE INTO article_kept VALUES (?, ?, ?, ?)", row)


def _source(row: sqlite3.Row) -> Source:
    return Source(
        article=row["article_id"],
        voice=row["voice"],
        outlet=row["outlet"],
        url=row["url"],
        day=date.fromisoformat(row["day"]) if row["day"] else None,
        names=frozenset(row["names"].split()),
        gist=unpacked_gist(row["gist"]),
    )
