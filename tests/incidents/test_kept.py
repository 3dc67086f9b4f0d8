"""Accounts as rows: made again from a row they are what they were, for all that merging compares."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import adding, war_ledger
from dateline.incidents import store
from dateline.incidents.accounts import account_of
from dateline.incidents.kept import FORM, Source, packed, packed_gist, unpacked, unpacked_gist
from dateline.incidents.records import Account, Told
from dateline.incidents.rules import load_rules
from dateline.incidents.store import update
from dateline.incidents.wording import BITS, gist_of
from dateline.ledger.store import connect
from dateline.model import MODES, Actor, Control, Days, Location, Quantity
from tests.incidents.making import ARMY, KARSA, REBELS, event, killed, on, taken, told

WORDS = st.text(st.characters(codec="utf-8"), max_size=12)
NAMES = st.frozensets(st.text("abcdeé", min_size=1, max_size=6), max_size=4)
FIGURES = st.none() | st.integers(0, 10**6) | st.floats(0, 1e6)
DEGREES = st.none() | st.floats(-90, 90)
DAYS = st.builds(
    lambda day, length: Days(day, day + timedelta(days=length)), st.dates(max_value=date(9000, 1, 1)), st.integers(0, 99)
)
PLACES = st.builds(Location, WORDS, st.none() | WORDS, DEGREES, DEGREES, FIGURES, st.none() | WORDS)
ACTORS = st.builds(Actor, WORDS, st.none() | WORDS, st.none() | WORDS)
NUMBERS = st.builds(Quantity, start=st.just(1), end=st.just(2), head=st.just(1), what=WORDS, low=FIGURES, high=FIGURES,
                    approximate=st.booleans(), rule=WORDS)  # fmt: skip
CONTROLS = st.builds(Control, gained_by=st.none() | WORDS, lost_by=st.none() | WORDS, place=st.none() | WORDS,
                     unit=st.none() | WORDS, count=st.none() | st.integers(0, 400))  # fmt: skip
EVENTS = st.builds(
    event, start=st.integers(0, 999), end=st.integers(1000, 2000), trigger=st.sampled_from(["shelled", "took", "Bombing raid"]),
    type=st.sampled_from(sorted(MODES)), mode=st.none() | WORDS, status=st.sampled_from(["actual", "future", "negated"]),
    actors=st.lists(ACTORS, max_size=3).map(tuple), recipients=st.lists(ACTORS, max_size=2).map(tuple), when=st.none() | DAYS,
    where=st.none() | PLACES, said_by=st.lists(WORDS, max_size=2).map(tuple), quantities=st.lists(NUMBERS, max_size=2).map(tuple),
    deadline=st.none() | st.dates(), control=st.none() | CONTROLS, sense=WORDS, confidence=st.floats(0, 1),
)  # fmt: skip
SOURCE = Source(
    "a1", "a1", "The Courier", None, date(2031, 3, 5), frozenset({"karsa", "front"}), gist_of("They shelled Karsa.")
)


@st.composite
def tolds(draw: st.DrawFn) -> list[Told]:
    """What an article tells of an act."""
    return [
        Told(f"e{number}", SOURCE.article, SOURCE.voice, draw(EVENTS), draw(WORDS), SOURCE.outlet, SOURCE.url, SOURCE.day,
             (), SOURCE.names, (), SOURCE.gist, draw(st.booleans()), draw(st.booleans()))
        for number in range(draw(st.integers(1, 3)))
    ]  # fmt: skip


@given(tolds())
def test_an_account_comes_back_from_its_row(said: list[Told]) -> None:
    rules = load_rules()
    account = account_of(said, rules)
    assert again(account) == account
    assert packed(account_of(said[::-1], rules)) == packed(account), "whatever the order in which it is told"


@given(st.integers(0, 2**BITS - 1))
def test_a_gist_comes_back_from_its_row(gist: int) -> None:
    assert unpacked_gist(packed_gist(gist)) == gist


def test_what_nobody_compares_is_left_out() -> None:
    said = replace(told("e1", "post-1", 5), near=(KARSA,), about=(event(type="ACCUSE"),))
    assert again(account_of([said], load_rules())).tolds == (replace(said, near=(), about=()),)


def test_rows_have_the_form_that_their_number_says() -> None:
    said = told(
        "e1", "post-1", 5, "The Front shelled Karsa.", trigger="shelled", mode="heavy-weapons", actors=(REBELS,), recipients=(ARMY,),
        when=on(4), where=KARSA, quantities=(killed(3),), control=taken("Karsa", REBELS.name, None),
    )  # fmt: skip
    assert (FORM, packed(account_of([said], load_rules()))) == (
        1,
        '[[741505,741505,"told"],0,[0],1,0,false,["heavy-weapons"],["norland front"],["Norland Front"],[],["ATA government"],'
        '["norland army"],[],["attack"],["shel"],"front karsa shel",[["e1","The Front shelled Karsa.",1,1,0,6,"shelled","ASSAULT",'
        '"heavy-weapons","actual","assault/attack",1.0,[741505,741505],null,0,[0],[1],[],[[0,1,0,"killed",3,3,0,""]],'
        '["Norland Front",null,"Karsa","city",1]]],[["Karsa","ATA",-70.0,10.0,3.0,"place:karsa"]],'
        '[["Norland Front","ATA","REB"],["Norland army","ATA","MIL"]]]',
    ), "where this changes, raise FORM: rows in people's ledgers are of the old form"


@pytest.mark.parametrize("age", ["migrated", "of another form"])
def test_a_ledger_that_keeps_nothing_of_its_accounts_comes_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: str
) -> None:
    path = tmp_path / "war.db"
    war_ledger.build(path, 300)
    with closing(connect(path)) as db:
        if age == "migrated":
            for made in ("TABLE account_kept", "TABLE article_kept", "TRIGGER article_kept_gone"):
                db.execute(f"DROP {made}")
            db.execute("DELETE FROM migration WHERE name = '0008_kept'")
        else:
            db.execute("UPDATE account_kept SET form = -1, told = ''")
            db.execute("UPDATE article_kept SET form = -1, names = '', gist = ''")
    assert len(list(adding.added(path, 5))) == 5
    with closing(connect(path)) as db:
        one_by_one = rows(db)
        kept = {table: one_by_one.pop(table) for table in ("account_kept", "article_kept")}
        assert all(kept.values()), "what was asked for is kept"
        monkeypatch.setattr(store, "BULK", 0)
        db.execute("UPDATE incident_article SET state = 'old'")
        update(db)
        at_once = rows(db)
        assert all(one_by_one[table] == at_once[table] for table in one_by_one)
        assert all({row for row in some if row[1] == FORM} <= set(at_once[table]) for table, some in kept.items())


def test_an_article_that_is_deleted_leaves_no_row(tmp_path: Path) -> None:
    war_ledger.build(tmp_path / "war.db", 20)
    with closing(connect(tmp_path / "war.db")) as db:
        db.execute("PRAGMA foreign_keys = OFF")  # of what people open the file with, which may not have them on
        assert (counted(db, "account_kept"), counted(db, "article_kept")) == (counted(db, "account"), counted(db, "article"))
        db.execute("DELETE FROM article")
        assert (counted(db, "account_kept"), counted(db, "article_kept")) == (0, 0)


def again(account: Account) -> Account:
    """An account, made again from its row."""
    one = account.tolds[0]
    source = Source(one.article, one.voice, one.outlet, one.url, one.day, one.names, one.gist)
    return unpacked(account.id, account.family, packed(account), source, load_rules().measures)


def counted(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table has."""
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def rows(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """All that is written of incidents."""
    return {table: sorted(tuple(row) for row in db.execute(f"SELECT * FROM {table}")) for table in store.TABLES}
