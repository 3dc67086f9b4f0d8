"""Incidents in the ledger: kept up to date with its events, article by article, and read from it.

Only the neighbourhoods that a new or changed article touches are loaded, grouped anew and written. Where much is new, all of it
is merged in memory at once; both ways come to the same.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import resources

from dateline.incidents import ground_rows
from dateline.incidents.candidates import asked
from dateline.incidents.flat import row_of_incident
from dateline.incidents.keeping import accounts_in_full, accounts_to_compare, forget_accounts, write_accounts
from dateline.incidents.merging import DecisionError, Merger, accounts_in
from dateline.incidents.records import Account, Decision, Holding, Incident, Link, Told
from dateline.incidents.rows import all_of, holdings_of, rows_in
from dateline.incidents.rules import Rules, load_rules
from dateline.incidents.saying import load_phrases
from dateline.incidents.values import incident_of
from dateline.ledger import correcting
from dateline.ledger.store import LedgerError, transaction

BULK = 200
"""New or changed articles from which on everything is merged at once."""
STATES = """
SELECT a.id, a.read_run || '|' || a.voice || '|' || coalesce(a.day, '') || '|' || coalesce(a.outlet, '') || '|'
  || (SELECT count(*) || '/' || count(c.undone) FROM correction c WHERE c.article_id = a.id) AS state
FROM article a WHERE a.current = 1
"""
CHANGED = f"""
SELECT c.article_id FROM article_changed c LEFT JOIN incident_article h ON h.article_id = c.article_id
WHERE h.state IS NOT (SELECT s.state FROM ({STATES}) s WHERE s.id = c.article_id)
"""
"""Articles that are new or changed, and those that are gone, among those that the ledger's triggers have noted."""
TABLES = (
    "incident_told", "incident_party", "account", "account_event", "account_key", "account_link", "account_kept", "article_kept",
    "incident_ground", "article_holding", "incident", "incident_article",
)  # fmt: skip
LINKS = "SELECT a, b, points FROM account_link"
# What tells an incident and who has a part in it, in the order in which SQLite is to look things up.
PARTS = (
    "INSERT OR IGNORE INTO incident_told SELECT i.number, a.n FROM incident AS i "
    "CROSS JOIN account AS o ON o.incident_id = i.id CROSS JOIN article AS a ON a.id = o.article_id",
    "INSERT OR IGNORE INTO incident_party SELECT i.number, k.n, coalesce(r.country, ''), coalesce(r.sector, '') FROM incident AS i "
    "CROSS JOIN account AS o ON o.incident_id = i.id CROSS JOIN account_event AS x ON x.account_id = o.id "
    "CROSS JOIN event_actor AS r ON r.event_id = x.event_id CROSS JOIN known_name AS k ON k.name = r.name COLLATE NOCASE",
)

ON_GROUND = (
    "SELECT DISTINCT x.incident_id FROM incident_events x JOIN event e ON e.id = x.event_id "
    "WHERE e.control_gained_by IS NOT NULL OR e.control_lost_by IS NOT NULL OR e.control_place IS NOT NULL"
)
"""The incidents in which ground changes hands."""

Progress = Callable[[int, int], object]
"""Told how many articles are done, and of how many."""


def update(db: sqlite3.Connection, progress: Progress | None = None, rules: Rules | None = None) -> int:
    """Bring the incidents up to date with the events and with people's decisions; how many articles were merged.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    data = rules or load_rules()
    made_with = fingerprint()
    known = {row["key"]: row["value"] for row in db.execute("SELECT key, value FROM incident_state")}
    changed = {row["article_id"] for row in db.execute(CHANGED)} if known.get("rules") == made_with else None
    if changed is not None and len(changed) < BULK:
        if known.get("ground") != ground_rows.made_with():
            with transaction(db):
                _keep_ground(db, data)
        for number, name in enumerate(sorted(changed), 1):
            with transaction(db):
                _one(db, name, data)
            if progress is not None:
                progress(number, len(changed))
        if db.execute("SELECT 1 FROM article_changed LIMIT 1").fetchone():  # noted, and yet as they were merged
            with transaction(db):
                db.execute(f"DELETE FROM article_changed WHERE article_id NOT IN ({CHANGED})")
        return len(changed)
    with transaction(db):
        states = dict(tuple(row) for row in db.execute(STATES))
        _all(db, states, data, progress)
        db.execute("INSERT OR REPLACE INTO incident_state VALUES ('rules', ?)", (made_with,))
        db.execute("INSERT OR REPLACE INTO incident_state VALUES ('ground', ?)", (ground_rows.made_with(),))
    return len(states if changed is None else changed)


def again(db: sqlite3.Connection, articles: Sequence[str]) -> None:
    """Merge these articles again, after a correction; incidents must have been merged before, by `update`.

    Raises:
        LedgerError: the ledger cannot be written.
    """
    with transaction(db):
        _merge(db, articles)


def decide(db: sqlite3.Connection, a: str, b: str, together: bool, who: str = "", why: str = "") -> int:
    """Keep a person's word on two events, named by their ids or by their beginnings, and group their neighbourhoods anew.

    Returns:
        The decision's number.

    Raises:
        LedgerError: there is no such event, or one was merged never.
        DecisionError: it contradicts other decisions, or there is but one event.
    """
    return decide_all(db, [(correcting.find(db, a, "e"), correcting.find(db, b, "e"))], together, who, why)[0]


def decide_all(
    db: sqlite3.Connection, pairs: Sequence[tuple[str, str]], together: bool, who: str = "", why: str = ""
) -> list[int]:
    """The same for several pairs of events, all or none; the numbers of the decisions.

    Raises:
        LedgerError: there is no such event, or one was merged never.
        DecisionError: one contradicts other decisions, or is about one event alone.
    """
    made = datetime.now(UTC).isoformat(timespec="seconds")
    events = list(dict.fromkeys(name for pair in pairs for name in pair))
    numbers = []
    with transaction(db):
        for name in events:
            if not db.execute("SELECT 1 FROM account_event WHERE event_id = ?", (name,)).fetchone():
                raise LedgerError(
                    f"there is no event {name} in an incident; dateline incidents --show ID lists those of an incident"
                )
        for a, b in pairs:
            if a == b:
                raise DecisionError(f"{a} is one event: give two")
            db.execute(
                "UPDATE incident_decision SET undone = ? WHERE undone IS NULL AND a IN (?, ?) AND b IN (?, ?)",
                (made, a, b, a, b),
            )
            done = db.execute(
                "INSERT INTO incident_decision (a, b, together, who, why, made) VALUES (?, ?, ?, ?, ?, ?)",
                (a, b, together, who, why, made),
            )
            numbers.append(int(done.lastrowid or 0))
        _again(db, events)
    return numbers


def undo(db: sqlite3.Connection, number: int) -> None:
    """Take a decision back and group anew.

    Raises:
        LedgerError: there is no such decision, or it was undone.
    """
    with transaction(db):
        row = db.execute("SELECT a, b FROM incident_decision WHERE id = ? AND undone IS NULL", (number,)).fetchone()
        if row is None:
            raise LedgerError(
                f"there is no decision {number} in force; sqlite3 LEDGER 'SELECT id, a, b FROM incident_decisions' lists those that are"
            )
        made = datetime.now(UTC).isoformat(timespec="seconds")
        db.execute("UPDATE incident_decision SET undone = ? WHERE id = ?", (made, number))
        _again(db, (row["a"], row["b"]))


def decisions(db: sqlite3.Connection) -> list[Decision]:
    """The decisions in force, in the order in which they were made."""
    rows = db.execute("SELECT * FROM incident_decision WHERE undone IS NULL ORDER BY id")
    return [Decision(r["a"], r["b"], bool(r["together"]), r["who"], r["why"], r["made"]) for r in rows]


def incidents_of(db: sqlite3.Connection, ids: Iterable[str], rules: Rules | None = None) -> Iterator[Incident]:
    """Incidents with everything that tells them, in the order of their ids; ids that are not there are passed over."""
    data, reliability = rules or load_rules(), load_phrases().reliability
    groups: dict[str, list[str]] = {}
    for row in rows_in(
        db, "SELECT id, incident_id FROM account WHERE incident_id IN ({marks}) ORDER BY id", sorted(set(ids))
    ):
        groups.setdefault(row["incident_id"], []).append(row["id"])
    accounts = {
        account.id: account for account in accounts_in_full(db, [name for names in groups.values() for name in names], data)
    }
    for name in sorted(groups):
        found = [accounts[account] for account in groups[name] if account in accounts]
        if found:
            yield incident_of(found, reliability)


def on_ground(db: sqlite3.Connection) -> tuple[Iterator[Incident], Iterator[Holding]]:
    """Incidents in which ground changes hands, and what articles say in passing about who holds what."""
    articles = [row["id"] for row in db.execute("SELECT id FROM article WHERE current = 1 AND day IS NOT NULL ORDER BY id")]
    return incidents_of(db, [row["incident_id"] for row in db.execute(ON_GROUND)]), holdings_of(db, articles)


def links_within(db: sqlite3.Connection, incident: str) -> list[tuple[str, str, int, list[tuple[str, int, str]]]]:
    """The scores that hold an incident together: two accounts, the sum, and its parts (name, points, why)."""
    rows = db.execute(
        "SELECT a, b, points, parts FROM incident_links WHERE incident_id = ? ORDER BY points DESC, a, b", (incident,)
    )
    return [(r["a"], r["b"], r["points"], [tuple(part) for part in json.loads(r["parts"] or "[]")]) for r in rows]


def fingerprint() -> str:
    """What incidents are made with: the data of merging, in sixteen digits."""
    digest = hashlib.sha256()
    for name in ("merging.toml", "values.toml", "common_words.txt"):
        digest.update(resources.files("dateline.incidents").joinpath("data", name).read_bytes())
    return digest.hexdigest()[:16]


# -- writing ------------------------------------------------------------------------------------------------------------


def _all(db: sqlite3.Connection, states: dict[str, str], rules: Rules, progress: Progress | None) -> None:
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")
    merger = Merger(rules, decisions(db))

    def told() -> Iterator[list[Told]]:
        for number, (tolds, held) in enumerate(all_of(db, sorted(states)), 1):
            if progress is not None:
                progress(number, len(states))
            ground_rows.write_holdings(db, held)
            if tolds:
                yield tolds

    merger.take_all(told(), lambda link: _write_link(db, link))
    pairs = ((a, b, points) for a, others in merger.alike.items() for b, points in others.items() if a < b)
    db.executemany("INSERT OR IGNORE INTO account_link (a, b, points) VALUES (?, ?, ?)", pairs)
    write_accounts(db, merger.accounts.values(), rules)
    for group in merger.groups():
        _write_incident(db, group)
    for parts in PARTS:
        db.execute(parts)
    db.executemany("INSERT INTO incident_article VALUES (?, ?)", states.items())
    db.execute("DELETE FROM article_changed")


def _keep_ground(db: sqlite3.Connection, rules: Rules) -> None:
    """Keep what is told of who holds what of all that is merged."""
    db.execute("DELETE FROM incident_ground")
    db.execute("DELETE FROM article_holding")
    for incident in incidents_of(db, [row["incident_id"] for row in db.execute(ON_GROUND)], rules):
        ground_rows.write_ground(db, incident)
    merged = [row["article_id"] for row in db.execute("SELECT article_id FROM incident_article ORDER BY article_id")]
    ground_rows.write_holdings(db, holdings_of(db, merged))
    db.execute("INSERT OR REPLACE INTO incident_state VALUES ('ground', ?)", (ground_rows.made_with(),))


def _one(db: sqlite3.Connection, article: str, rules: Rules, unsure: Iterable[str] = ()) -> None:
    """Merge one article that is new, changed or gone, loading no more than what it touches.

    Whoever shared an incident with it, or with the accounts `unsure`, is grouped as if he came anew: without all of these groups the
    others stand as they are.
    """
    _, state = db.execute(f"{STATES.rstrip()} AND a.id = ?", (article,)).fetchone() or (article, None)
    tolds, held = next(all_of(db, [article]), ([], [])) if state is not None else ([], [])
    old = {row["id"] for row in db.execute("SELECT id FROM account WHERE article_id = ?", (article,))}
    made = decisions(db)
    known = {(d.a, d.b): d.together for d in made}
    keys = {key for account in accounts_in(tolds, rules, known) for key in asked(account, rules)}
    found = rows_in(db, "SELECT key, account_id FROM account_key WHERE key IN ({marks})", sorted(keys))
    met = [(key, name) for key, name in found if name not in old]
    links: list[Link] = []
    loose = _mates(db, old.union(unsure)) - old
    around = _closed(db, loose.union(name for _, name in met), made) - old
    merger = Merger(rules, made)
    _restore(db, merger, around, old, loose, rules, met)

    def reach(disturbed: Collection[str]) -> None:
        """Load whoever is linked with those that the article disturbs: who they are is only known in the middle of it."""
        beyond = _beside(db, sorted(set(disturbed) - old), rules) - old - merger.accounts.keys()
        if beyond:
            _restore(db, merger, _mates(db, beyond) - old - merger.accounts.keys(), old, loose, rules, ())

    merger.add(tolds, links.append, loose, reach)
    before: dict[str, list[str]] = {}
    names = sorted(old.union(merger.accounts))
    for row in rows_in(db, "SELECT id, incident_id FROM account WHERE id IN ({marks}) ORDER BY id", names):
        before.setdefault(row["incident_id"], []).append(row["id"])
    forget_accounts(db, article, sorted(old))
    for link in links:
        _write_link(db, link)
    own = [account for account in merger.accounts.values() if account.article == article]
    write_accounts(db, own, rules)
    for account in own:
        pairs = [(*sorted((account.id, other)), points) for other, points in merger.alike[account.id].items()]
        db.executemany("INSERT OR IGNORE INTO account_link (a, b, points) VALUES (?, ?, ?)", pairs)
    # Whoever nobody has joined or left tells what was told before.
    stand = {tuple(members) for members in before.values() if old.isdisjoint(members)}
    groups = {tuple(account.id for account in group): group for group in merger.groups()}
    same = stand & groups.keys()
    _write_groups(
        db,
        [group for members, group in groups.items() if members not in same],
        [incident for incident, members in before.items() if tuple(members) not in same],
    )
    db.execute("DELETE FROM article_holding WHERE article_id = ?", (article,))
    ground_rows.write_holdings(db, held)
    db.execute("DELETE FROM incident_article WHERE article_id = ?", (article,))
    if state is not None:
        db.execute("INSERT INTO incident_article VALUES (?, ?)", (article, state))
    db.execute("DELETE FROM article_changed WHERE article_id = ?", (article,))


def _again(db: sqlite3.Connection, events: Sequence[str]) -> None:
    """Merge the articles of these events again, after a decision."""
    articles = [
        row["article_id"] for row in rows_in(db, "SELECT DISTINCT article_id FROM event WHERE id IN ({marks})", events)
    ]
    # From the first article on the decision counts for all of them.
    held = rows_in(db, "SELECT account_id FROM account_event WHERE event_id IN ({marks})", events)
    _merge(db, articles, {row["account_id"] for row in held})


def _merge(db: sqlite3.Connection, articles: Sequence[str], unsure: Collection[str] = ()) -> None:
    rules = load_rules()
    for article in articles:
        _one(db, article, rules, unsure)


def _closed(db: sqlite3.Connection, accounts: set[str], made: Sequence[Decision]) -> set[str]:
    """These accounts, those that people have decided on, and all that share an incident with them."""
    by_event = {d.a: d.b for d in made} | {d.b: d.a for d in made}
    if by_event:
        rows = rows_in(db, "SELECT account_id FROM account_event WHERE event_id IN ({marks})", sorted(by_event))
        accounts = accounts | {row["account_id"] for row in rows}
    return _mates(db, accounts)  # one may be held there by a decision that was just undone, and by no link


def _mates(db: sqlite3.Connection, accounts: set[str]) -> set[str]:
    mates = "SELECT id FROM account WHERE incident_id IN (SELECT incident_id FROM account WHERE id IN ({marks}))"
    return accounts | {row["id"] for row in rows_in(db, mates, sorted(accounts))}


def _beside(db: sqlite3.Connection, accounts: Sequence[str], rules: Rules) -> set[str]:
    """The accounts that these are linked with."""
    link = rules.limits.link
    after = rows_in(db, f"SELECT b AS other FROM account_link WHERE points >= {link} AND a IN ({{marks}})", accounts)
    before = rows_in(db, f"SELECT a AS other FROM account_link WHERE points >= {link} AND b IN ({{marks}})", accounts)
    return {row["other"] for rows in (after, before) for row in rows}


def _restore(
    db: sqlite3.Connection,
    merger: Merger,
    names: set[str],
    old: set[str],
    loose: set[str],
    rules: Rules,
    keys: Iterable[tuple[str, str]],
) -> None:
    """Let a merger know accounts, grouped as they stand but for those that are `loose`.

    Those that are `old` are another's now, whatever is written of them.
    """
    wanted = sorted(names)
    groups: dict[str, list[str]] = {}
    for name, incident in rows_in(db, "SELECT id, incident_id FROM account WHERE id IN ({marks}) ORDER BY id", wanted):
        if name not in loose:
            groups.setdefault(incident, []).append(name)
    known = merger.accounts.keys() - old
    either = names | known
    links = [(a, b, n) for a, b, n in rows_in(db, f"{LINKS} WHERE a IN ({{marks}})", wanted) if b in either]
    if known:
        links += [(a, b, n) for a, b, n in rows_in(db, f"{LINKS} WHERE b IN ({{marks}})", wanted) if a in known]
    merger.restore(accounts_to_compare(db, wanted, rules), links, groups.values(), keys)


def _write_link(db: sqlite3.Connection, link: Link) -> None:
    parts = json.dumps([[part.name, part.points, part.why] for part in link.parts], ensure_ascii=False)
    db.execute("INSERT OR REPLACE INTO account_link VALUES (?, ?, ?, ?)", (link.a, link.b, link.points, parts))


def _write_groups(db: sqlite3.Connection, groups: Iterable[Sequence[Account]], before: Iterable[str]) -> None:
    db.executemany("DELETE FROM incident WHERE id = ?", ((name,) for name in before))
    names = [
        _write_incident(db, group) for group in groups
    ]  # all, before it is looked up who tells one: members may have moved
    for parts in PARTS:
        db.executemany(f"{parts} WHERE i.id = ?", ((name,) for name in names))


def _write_incident(db: sqlite3.Connection, group: Sequence[Account]) -> str:
    """Write an incident, but not yet what tells it; its id."""
    incident = incident_of(group, load_phrases().reliability)
    row = row_of_incident(incident)
    number = int.from_bytes(bytes.fromhex(row["id"].removeprefix("i")), signed=True)
    marks = ", ".join("?" * (len(row) + 1))
    db.execute(f"INSERT OR REPLACE INTO incident (number, {', '.join(row)}) VALUES ({marks})", (number, *row.values()))
    db.executemany("UPDATE account SET incident_id = ? WHERE id = ?", ((row["id"], account.id) for account in group))
    ground_rows.write_ground(db, incident)
    return str(row["id"])
