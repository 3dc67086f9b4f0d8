"""Who holds what is answered from rows that merging keeps: they say what the articles say, however they came to be."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.incidents import asking, store
from dateline.incidents.accounts import account_of
from dateline.incidents.ground import Told, told_of
from dateline.incidents.ground_rows import FORM, kept, packed
from dateline.incidents.rules import load_rules
from dateline.incidents.saying import load_phrases
from dateline.incidents.standings import load_chain
from dateline.incidents.store import on_ground, update
from dateline.incidents.values import incident_of
from dateline.ledger.correcting import changes, correct, target, undo
from dateline.ledger.store import connect
from tests.incidents.making import KARSA, REBELS, event, on, taken, told
from tests.server.making import add, make
from tests.server.readings import readings


@pytest.fixture(scope="module")
def offensive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the offensive but for its last articles, never written to."""
    return make(tmp_path_factory.mktemp("war") / "war.db", readings()[:-6])


@pytest.fixture
def path(offensive: Path, tmp_path: Path) -> Path:
    """The same, to write to."""
    return Path(shutil.copy(offensive, tmp_path / "war.db"))


def as_read(db: sqlite3.Connection) -> Told:
    """All that is told of who holds what, from the articles."""
    return told_of(*on_ground(db), load_chain().right)


def test_what_is_kept_is_what_the_articles_say_through_all_that_is_done_to_them(path: Path) -> None:
    with closing(connect(path)) as db:
        told = kept(db)
        assert told == as_read(db)
        assert told is not None
        assert {report.kind for report in told.reports} >= {"capture", "loss", "before", "passing"}
        assert told.counts
        assert told.later, "passing words name places"
        for reading in readings()[-6:]:
            add(path, reading)
        assert update(db) == 6
        assert kept(db) == as_read(db) != told
        capture = next(report for report in told.reports if report.kind == "capture")
        told = kept(db)
        about = target(db, capture.event)
        correct(db, about, changes(about, reject=True), "somebody")
        update(db)
        assert kept(db) == as_read(db) != told
        undo(db, capture.event, "somebody")
        update(db)
        assert kept(db) == as_read(db) == told


@pytest.mark.parametrize("many", [False, True])
def test_a_ledger_that_keeps_nothing_yet_answers_from_its_articles_and_keeps_it(
    path: Path, monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    with closing(connect(path)) as db:
        told = kept(db)
        for made in (
            "TABLE incident_ground",
            "TABLE article_holding",
            "TRIGGER incident_ground_gone",
            "TRIGGER article_ground_gone",
        ):
            db.execute(f"DROP {made}")
        db.execute("DELETE FROM migration WHERE name = '0009_ground'")
        db.execute("DELETE FROM incident_state WHERE key = 'ground'")
    with closing(connect(path)) as db:
        assert kept(db) is None
        assert asking.ground(db) == told
        if many:
            monkeypatch.setattr(store, "BULK", 0)
        update(db)
        assert kept(db) == told


def test_an_article_that_is_deleted_leaves_no_words(path: Path) -> None:
    with closing(connect(path)) as db:
        db.execute("PRAGMA foreign_keys = OFF")  # of what people open the file with, which may not have them on
        db.execute("DELETE FROM article")
        for table in ("incident_ground", "article_holding"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
        told = kept(db)
        assert told is not None
        assert not told.reports


def test_the_form_of_a_row_is_known() -> None:
    ground = event(
        start=4, trigger="seized", type="COERCE", mode="seize", when=on(4), where=KARSA, actors=(REBELS,),
        control=taken("Karsa", REBELS.name),
    )  # fmt: skip
    found = incident_of(
        [account_of([replace(told("e1", "post", 4, "The front seized Karsa."), event=ground)], load_rules())],
        load_phrases().reliability,
    )
    karsa = '["Karsa","ATA",-70.0,10.0,3.0,"place:karsa"]'
    days = date(2031, 3, 4).toordinal()
    tail = '"post","e1","The front seized Karsa.","city"]'
    assert (FORM, packed(found)) == (
        1,
        f'[[[{karsa},"Norland Front",1,{days},{days},0.85,"capture",{tail},'
        f'[{karsa},"Norland Front",0,{days - 1},{days},0.85,"before",{tail}],[],{{"karsa":"place:karsa"}}]',
    ), "where this changes, raise FORM: rows in people's ledgers are of the old form"
