"""Incidents in the ledger: article by article or all at once, the same; decisions survive; what goes leaves nothing behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path

import pytest

from benchmarks import war_ledger
from dateline.incidents import store
from dateline.incidents.store import decide, decisions, incidents_of, links_within, undo, update
from dateline.ledger import correcting
from dateline.ledger.ids import article_id
from dateline.ledger.store import LedgerError, connect
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, write_article
from dateline.model import Article, Event, Publication, Reading
from tests.incidents.making import ARMY, DORVA, KARSA, REBELS, event, killed, on, taken

TEXTS = {
    "wire": "A bomb went off in the market of Karsa, killing twelve people. The army blamed the Front.",
    "post": "A car bomb killed nine in Karsa on Tuesday. Another went off in Dorva an hour later.",
    "radio": "The Norland Front has taken Dorva from the army. Soldiers left the town at dawn.",
    "copy": "A bomb went off in the market of Karsa, killing twelve people. The army blamed the Front, it said.",
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    made = connect(tmp_path / "ledger.db", create=True)
    made.execute("INSERT INTO reader VALUES ('r1', '0', 'c', 'l', 'm', 'g')")
    made.execute(
        "INSERT INTO run (command, source, reader_id, started, host, pid) VALUES ('add', 'x', 'r1', '2031', 'h', 1)"
    )
    yield made
    made.close()


def add(db: sqlite3.Connection, name: str) -> str:
    article = Article(id="", text=TEXTS[name], published=date(2031, 3, 4), publisher=name, url=f"https://{name}.example/1")
    article = replace(article, id=article_id(article))
    publication = Publication(start=0, end=0, day=article.published, earliest=None, latest=None, basis="given")
    reading = Reading(article, publication, events=tuple(events(name)))
    sighting = Sighting(f"{name}.json", article.url, article.publisher)
    write_article(db, reading, sighting, signature(article.text), 1, "r1")
    return article.id


def events(name: str) -> Iterator[Event]:
    def at(words: str, **fields: object) -> Event:
        start = TEXTS[name].index(words)
        return event(start=start, end=start + len(words), trigger=words, when=on(4), **fields)

    if name in ("wire", "copy"):
        yield at("bomb", mode="explosives", where=KARSA, quantities=(killed(12),))
        yield at("blamed", type="ACCUSE", actors=(ARMY,), recipients=(REBELS,))
    elif name == "post":
        yield at("bomb", mode="explosives", where=KARSA, quantities=(killed(9),))
        yield at("went off", mode="explosives", where=DORVA)
    else:
        yield at(
            "taken",
            type="COERCE",
            mode="seize",
            actors=(REBELS,),
            where=DORVA,
            control=taken("Dorva", REBELS.name, ARMY.name),
        )
        yield at(
            "left", type="RETREAT", mode="withdraw", actors=(ARMY,), where=DORVA, control=taken("Dorva", None, ARMY.name)
        )


def state(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = store.TABLES
    return {table: sorted(tuple(row) for row in db.execute(f"SELECT * FROM {table}")) for table in tables}


def grouped(db: sqlite3.Connection) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in db.execute("SELECT incident_id, event_id FROM incident_events"):
        found.setdefault(row["incident_id"], set()).add(row["event_id"])
    return {frozenset(events) for events in found.values()}


def test_article_by_article_comes_to_the_same_as_all_at_once(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(db)
    for name in TEXTS:
        add(db, name)
        assert update(db) >= 1
    one_by_one = state(db)
    assert len(one_by_one["incident"]) == 4
    monkeypatch.setattr(store, "BULK", 0)
    db.execute("UPDATE incident_article SET state = 'old'")
    update(db)
    assert state(db) == one_by_one


def test_nothing_new_is_nothing_to_do(db: sqlite3.Connection) -> None:
    add(db, "wire")
    assert update(db) == 1
    before = state(db)
    assert update(db) == 0
    assert state(db) == before


def test_what_a_person_rejects_leaves_its_incident(db: sqlite3.Connection) -> None:
    add(db, "wire")
    add(db, "radio")
    update(db)
    before = state(db)
    name = add(db, "post")
    update(db)
    db.execute("UPDATE event SET current = 0 WHERE article_id = ?", (name,))
    db.execute("UPDATE article SET current = 0 WHERE id = ?", (name,))
    update(db)
    assert state(db) == before


def test_a_split_and_a_join_survive_a_rebuild_and_can_be_undone(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in TEXTS:
        add(db, name)
    update(db)
    before = grouped(db)
    (bomb,) = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM event WHERE trigger = 'bomb' AND article_id IN (SELECT id FROM article WHERE outlet = 'wire')"
        )
    ]
    (other,) = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM event WHERE trigger = 'bomb' AND article_id IN (SELECT id FROM article WHERE outlet = 'post')"
        )
    ]
    number = decide(db, bomb, other, together=False, who="a reader", why="nine, not twelve")
    split = grouped(db)
    assert not any({bomb, other} <= group for group in split)
    monkeypatch.setattr(store, "BULK", 0)
    db.execute("UPDATE incident_article SET state = 'old'")
    update(db)
    assert grouped(db) == split
    assert [d.why for d in decisions(db)] == ["nine, not twelve"]
    undo(db, number)
    assert grouped(db) == before
    with pytest.raises(LedgerError, match="no decision"):
        undo(db, number)


def test_a_join_that_is_undone_leaves_nothing_behind(db: sqlite3.Connection) -> None:
    for name in TEXTS:
        add(db, name)
    update(db)
    before = state(db)
    events = {row["trigger"]: row["id"] for row in db.execute("SELECT id, trigger FROM event WHERE current = 1 ORDER BY id")}
    for one, other in (("blamed", "taken"), ("taken", "blamed"), ("went off", "bomb")):
        number = decide(db, events[one], events[other], together=True)
        assert state(db)["account"] != before["account"]
        undo(db, number)
        assert state(db) == before, (one, other)


def test_near_copies_are_one_voice(db: sqlite3.Connection) -> None:
    for name in TEXTS:
        add(db, name)
    update(db)
    row = db.execute("SELECT * FROM incidents WHERE killed_best IS NOT NULL").fetchone()
    assert (row["articles"], row["voices"]) == (3, 2)
    assert (row["killed_low"], row["killed_high"]) == (9, 12)
    (incident,) = incidents_of(db, [row["id"]])
    assert incident.voices == 2
    assert all(sum(part[1] for part in parts) == points for _, _, points, parts in links_within(db, row["id"]) if parts)


def test_an_event_that_is_not_there_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(LedgerError, match="no event"):
        decide(db, "e0123", "e1234", together=True)


def test_what_changes_is_noted_until_it_is_merged(db: sqlite3.Connection) -> None:
    def noted() -> set[str]:
        return {row["article_id"] for row in db.execute("SELECT article_id FROM article_changed")}

    names = {name: add(db, name) for name in TEXTS}
    assert noted() == set(names.values())
    update(db)
    assert not noted()
    db.execute("UPDATE article SET outlet = 'Evening Post' WHERE id = ?", (names["post"],))
    db.execute("UPDATE article SET title = 'Karsa' WHERE id = ?", (names["wire"],))  # no incident tells it
    assert noted() == {names["post"]}
    assert update(db) == 1
    db.execute("UPDATE article SET current = 0 WHERE id = ?", (names["radio"],))
    db.execute("UPDATE article SET current = 1 WHERE id = ?", (names["radio"],))
    assert noted() == {names["radio"]}
    assert (update(db), noted()) == (0, set())


def test_a_correction_and_its_undo_come_to_the_same_as_merging_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    war_ledger.build(tmp_path / "war.db", 200)
    wanted: tuple[dict[str, str | float | None], ...] = (
        {"date_from": "2031-01-05", "date_to": "2031-01-05"},
        {"place": None, "lat": None, "lon": None, "radius_km": None},
        {"type": "THREATEN", "mode": None},
        {"status": "negated"},
        {"rejected": "1"},
    )
    with closing(connect(tmp_path / "war.db")) as db:
        at_first, changed = without_states(db), 0
        linked = [row["a"] for row in db.execute("SELECT a FROM account_link WHERE parts IS NOT NULL GROUP BY a ORDER BY a")]
        for name, values in zip(linked[:: len(linked) // 10], cycle(wanted), strict=False):
            about = correcting.target(db, name)
            correcting.correct(db, about, values, "a reader")
            store.again(db, [about.article])
            corrected = without_states(db)
            changed += corrected != at_first
            with monkeypatch.context() as patch:
                patch.setattr(store, "BULK", 0)
                update(db)
            assert without_states(db) == corrected, (name, values)
            correcting.undo(db, name, "a reader")
            store.again(db, [about.article])
            assert without_states(db) == at_first, (name, values)
        assert changed > 4  # where several events of an article tell an act, some corrections change nothing


def without_states(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All but how often articles were corrected."""
    return {table: rows for table, rows in state(db).items() if table != "incident_article"}
