"""Corrections: made, applied, taken back, exchanged; and one record with everything about it."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dateline import cli
from dateline.ledger import queries
from dateline.ledger.answers import Ledger
from dateline.ledger.correcting import CorrectionError, changes, correct, listed, target, undo
from dateline.ledger.exchanging import take_in, write_out
from dateline.ledger.filters import filters
from dateline.ledger.store import LedgerError
from dateline.model import MODES, Actor
from tests.ledger.made import ARMY, KABUL, REBELS, event, fill, ledger, reading, statement

TEXT = "Lead.\n\nRebels struck a convoy near Kabul. Then the Afghan army withdrew; an envoy said that talks go on.\n\nThe end.\n\nMore."
ANY = {"target_id": "e1", "article_id": "a1", "start": 0, "end": 1, "value": "x", "who": "a", "made": "2021-07-01"}
Run = Callable[..., "tuple[int, str, str]"]


def a_reading() -> object:
    return reading(
        TEXT,
        [
            event(TEXT, "struck", "ASSAULT", "firearms", actors=[REBELS], recipients=[ARMY],
                  when="2021-06-29", where=KABUL, killed=(3, None)),
            event(TEXT, "withdrew", "RETREAT", "withdraw", actors=[ARMY], said_by=["Reuters"]),
        ],
        [statement(TEXT, "talks go on", Actor("envoy", "USA", "GOV"), "2021-06-30")],
    )  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A ledger with two events and a statement, open for writing."""
    made = ledger(tmp_path / "x.db", [(a_reading(), "The Courier")])  # type: ignore[list-item]
    queries.install(made)
    yield made
    made.close()


@pytest.fixture
def run(db: sqlite3.Connection, tmp_path: Path) -> Run:
    """Run a command on it: exit code, output, complaints."""

    def run(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.app, [*arguments, "--ledger", str(tmp_path / "x.db")], env={"COLUMNS": "160"})
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.stdout, done.stderr

    return run


def event_id(db: sqlite3.Connection, trigger: str = "struck") -> str:
    return str(db.execute("SELECT id FROM event WHERE trigger = ?", (trigger,)).fetchone()[0])


def fields(db: sqlite3.Connection, id: str) -> dict[str, object]:
    return dict(db.execute("SELECT * FROM event WHERE id = ?", (id,)).fetchone())


def test_every_field_can_be_corrected_and_comes_back(db: sqlite3.Connection) -> None:
    id = event_id(db)
    before = fields(db, id)
    about = target(db, id)
    values = changes(
        about, type="coerce", mode="seize", status="hypothetical", date="2021-06-01..2021-06-03", place="geonames:1140026",
        actors=["Taliban:AFG:REB", "police: AFG :COP"], recipients=["none"], said_by=["Reuters", "Ned Price"],
        deadline="2021-09-11",
    )  # fmt: skip
    correct(db, about, values, "ada", "read it again")
    after = fields(db, id)
    assert (after["type"], after["mode"], after["status"]) == ("COERCE", "seize", "hypothetical")
    assert (after["date_from"], after["date_to"]) == ("2021-06-01", "2021-06-03")
    assert (str(after["place"])[:3], after["country"], after["gazetteer_id"]) == ("Her", "AFG", "geonames:1140026")
    assert (after["said_by"], after["deadline"]) == ("Reuters; Ned Price", "2021-09-11")
    assert queries.count(db, filters(said_by="=Ned Price")).run(db).fetchone()[0] == 1
    assert after["corrected"] == len(values)
    actors = [
        tuple(row) for row in db.execute("SELECT role, name, country, sector FROM event_actor WHERE event_id = ?", (id,))
    ]
    assert actors == [("actor", "Taliban", "AFG", "REB"), ("actor", "police", "AFG", "COP")]
    assert queries.count(db, filters(actor="taliban", near=(34.35, 62.2, 30))).run(db).fetchone()[0] == 1, "answers follow"
    assert queries.count(db, filters(country="AFG", actor="Northern Front")).run(db).fetchone()[0] == 0
    assert undo(db, id, "ada") == len(values)
    assert fields(db, id) == before
    names = [row["name"] for row in db.execute("SELECT name FROM event_actor WHERE event_id = ? ORDER BY role", (id,))]
    assert names == ["Northern Front", "Afghan army"]


def test_a_rejected_event_is_left_out_until_that_is_undone(db: sqlite3.Connection) -> None:
    id = event_id(db)
    (correction,) = correct(db, target(db, id[:9]), changes(target(db, id), reject=True), "ada", "a film")
    assert queries.count(db, filters()).run(db).fetchone()[0] == 1
    undo(db, correction[:8], "bo")
    assert queries.count(db, filters()).run(db).fetchone()[0] == 2
    (row,) = listed(db, id)
    assert (row["why"], row["undone_by"]) == ("a film", "bo")


def test_the_latest_in_force_stands(db: sqlite3.Connection) -> None:
    about = target(db, event_id(db))
    for status in ("future", "negated"):
        correct(db, about, changes(about, status=status), "ada")
    assert fields(db, about.id)["status"] == "negated"
    latest = next(iter(listed(db, about.id)))
    undo(db, str(latest["id"]), "ada")
    assert fields(db, about.id)["status"] == "future"


def test_what_follows_from_a_correction(db: sqlite3.Connection) -> None:
    about = target(db, event_id(db))
    assert changes(about, type="AID") == {"type": "AID", "mode": None}, "firearms is no mode of AID"
    assert changes(about, place="none")["lat"] is None
    assert changes(about, place="Qorvast") == {
        "place": "Qorvast",
        "lat": None,
        "lon": None,
        "radius_km": None,
        "gazetteer_id": None,
    }
    assert changes(about, place="geonames:1138958")["place"] == "Kabul"
    assert changes(about, place="Tripoli", country="LBN")["country"] == "LBN"
    assert changes(about, date="none") == {"date_from": None, "date_to": None}


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"type": "WAR"}, "not one of AGREE"),
        ({"mode": "demo"}, "no mode of ASSAULT"),
        ({"status": "past"}, "not one of actual"),
        ({"date": "June"}, "YYYY-MM-DD"),
        ({"date": "2021-06-02..2021-06-01"}, "lies before"),
        ({"country": "Talma"}, "no country"),
        ({"actors": ["x:QQQ"]}, "alpha-3"),
        ({"actors": ["x:AFG:XYZ"]}, "not one of AGR"),
        ({"actors": [":AFG"]}, "NAME"),
        ({"said_by": ["Reuters; AFP"]}, "one by one"),
        ({"deadline": "soon"}, "YYYY-MM-DD"),
        ({"speaker": "x"}, "no field that an event has"),
    ],
)
def test_a_wrong_correction_is_explained(db: sqlite3.Connection, values: dict[str, str], complaint: str) -> None:
    with pytest.raises(CorrectionError, match=complaint):
        changes(target(db, event_id(db)), **values)  # type: ignore[arg-type]


def test_a_statement_can_be_corrected(db: sqlite3.Connection) -> None:
    id = str(db.execute("SELECT id FROM statement").fetchone()[0])
    correct(db, target(db, id), changes(target(db, id), speaker="Ned Price:USA:GOV", stance="denies"), "ada")
    (row,) = queries.statements(filters(said_by="price")).run(db)
    assert (row["speaker"], row["stance"]) == ("Ned Price", "denies")
    with pytest.raises(CorrectionError, match="statement has"):
        changes(target(db, id), type="AID")


def test_ids_are_found_by_their_beginning(db: sqlite3.Connection) -> None:
    for id, complaint in (("e000", "no event"), ("x123", "no id"), ("", "no id"), ("e", "at least 4")):
        with pytest.raises(LedgerError, match=complaint):
            target(db, id)


def test_corrections_go_from_ledger_to_ledger(db: sqlite3.Connection, tmp_path: Path) -> None:
    about = target(db, event_id(db))
    correct(db, about, changes(about, type="COERCE", mode="seize", actors=["Taliban:AFG:REB"]), "ada", "taken")
    (note,) = correct(db, about, {}, "ada", "see the map")
    undo(db, note, "ada")
    lines = "".join(json.dumps(row) + "\n" for row in write_out(db))
    other = ledger(tmp_path / "other.db")
    assert tuple(vars_of(take_in(other, io.StringIO(lines)))) == (4, 0, 1)
    fill(other, [(a_reading(), "Herald")])  # type: ignore[list-item]
    assert (fields(other, about.id)["type"], fields(other, about.id)["corrected"]) == ("COERCE", 3), (
        "they waited for the article"
    )
    assert tuple(vars_of(take_in(other, io.StringIO(lines)))) == (0, 4, 0)
    assert list(write_out(other)) == list(write_out(db))
    undo(db, about.id, "ada")
    take_in(other, io.StringIO("".join(json.dumps(row) + "\n" for row in write_out(db))))
    assert fields(other, about.id)["type"] == "ASSAULT", "undone there is undone here"
    other.close()


def test_a_corrected_place_goes_from_ledger_to_ledger(db: sqlite3.Connection, tmp_path: Path) -> None:
    about = target(db, event_id(db))
    correct(db, about, changes(about, place="Herat", country="AFG"), "ada")
    correct(db, about, changes(about, date="none", deadline="2021-07-03", said_by=["Reuters"], recipients=["none"]), "ada")
    lines = "".join(json.dumps(row) + "\n" for row in write_out(db))
    other = ledger(tmp_path / "other.db", [(a_reading(), "Herald")])  # type: ignore[list-item]
    take_in(other, io.StringIO(lines))
    assert fields(other, about.id) == fields(db, about.id)
    assert fields(other, about.id)["lat"] is not None
    other.close()


def vars_of(done: object) -> list[int]:
    return [getattr(done, name) for name in ("new", "known", "waiting")]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2 is not valid JSON"),
        ("[]", "line 2 is no correction"),
        ('{"field": "type"}', "lacks article_id"),
        (json.dumps({**ANY, "field": "mood"}), "no field"),
        (json.dumps({**ANY, "field": "type"}), "no type"),
        (json.dumps({**ANY, "field": "actors"}), "no actors"),
        (json.dumps({**ANY, "field": ["type"]}), "no field"),
        (json.dumps({**ANY, "field": "type", "value": ["ASSAULT"]}), "no value"),
        (json.dumps({**ANY, "field": "mode"}), "no mode"),
        (json.dumps({**ANY, "field": "date_from", "value": "soon"}), "no date_from"),
        (json.dumps({**ANY, "field": "country", "value": "Narnia"}), "no country"),
        (json.dumps({**ANY, "field": "lat", "value": 1e999}), "no lat"),
        (json.dumps({**ANY, "field": "lon", "value": "180.5"}), "no lon"),
        (json.dumps({**ANY, "field": "rejected", "value": "maybe"}), "no rejected"),
        (json.dumps({**ANY, "field": "note", "value": "\ud800"}), "no value"),
        (json.dumps({**ANY, "field": "speaker", "value": "x"}), "an event has no field 'speaker'"),
        (json.dumps({**ANY, "target_id": "s1", "field": "speaker", "value": None}), "None is no speaker"),
        (json.dumps({**ANY, "field": "note", "value": "x", "start": "1"}), "no start"),
        (json.dumps({**ANY, "field": "note", "value": "x", "made": "now"}), "no made"),
        (json.dumps({**ANY, "field": "note", "value": "x", "id": ["x"]}), "no id"),
    ],
)
def test_a_wrong_file_changes_nothing(db: sqlite3.Connection, line: str, complaint: str) -> None:
    about = target(db, event_id(db))
    good = json.dumps(
        {"target_id": about.id, "article_id": about.article, "start": about.start, "end": about.end, "field": "status",
         "value": "negated", "who": "bo", "made": "2021-07-01T00:00:00+00:00"}
    )  # fmt: skip
    with pytest.raises(LedgerError, match=complaint):
        take_in(db, io.StringIO(f"{good}\n{line}\n"))
    assert fields(db, about.id)["status"] == "actual"
    assert take_in(db, io.StringIO(good)).new == 1
    assert fields(db, about.id)["status"] == "negated"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A ledger that the examples below correct again and again."""
    made = ledger(tmp_path_factory.mktemp("shared") / "x.db", [(a_reading(), None)])  # type: ignore[list-item]
    yield made
    made.close()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(MODES)), st.booleans()), max_size=6))
def test_however_it_was_corrected_undoing_all_brings_back_what_was_read(
    shared: sqlite3.Connection, steps: list[tuple[str, bool]]
) -> None:
    about = target(shared, event_id(shared))
    for type, taken_back in steps:
        made = correct(shared, about, changes(target(shared, about.id), type=type), "ada")
        if taken_back:
            undo(shared, made[0], "ada")
        else:
            assert fields(shared, about.id)["type"] == type
    undo(shared, about.id, "ada")
    after = fields(shared, about.id)
    assert (after["type"], after["mode"], after["corrected"]) == ("ASSAULT", "firearms", 0)


def test_show_tells_everything(db: sqlite3.Connection, run: Run) -> None:
    id = event_id(db)
    run("correct", id, "--status", "negated", "--note", "denied later", "--by", "ada")
    code, out, _ = run("show", id[:9])
    assert code == 0
    for words in (
        "struck  Attack: firearms (ASSAULT/firearms)  said not to have happened (negated)",
        "Northern Front AFG REB", "Kabul (AFG) at 34.5281, 69.1723", "killed ≥ 3",
        "A title · The Courier · 2021-06-30", "Rebels struck a convoy", "colours:", "Why",
        "recipients = Afghan army: the subject “Afghan army”", "not nobody: far off", "Corrections",
        "ada: status = negated (read: actual), because denied later",
    ):  # fmt: skip
        assert words in out, words
    assert "More." not in out, "only what is near"
    assert "\x1b" not in out
    statement_id = str(db.execute("SELECT id FROM statement").fetchone()[0])
    assert "talks go on" in run("show", statement_id)[1]
    article = str(db.execute("SELECT id FROM article").fetchone()[0])
    out = run("show", article)[1]
    assert "2021-06-30 (given)" in out
    assert "More." in out
    assert "Giving way:" in out


def test_colours_where_a_person_watches(db: sqlite3.Connection, tmp_path: Path) -> None:
    from rich.console import Console

    from dateline.ledger.showing import show

    out = io.StringIO()
    with Ledger(tmp_path / "x.db") as found:
        show(found, event_id(db), Console(file=out, force_terminal=True, width=120, color_system="truecolor"))
    assert "\x1b[" in out.getvalue()


def test_a_user_without_a_name_can_correct(db: sqlite3.Connection, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert run("correct", event_id(db), "--note", "seen")[0] == 0
    assert db.execute("SELECT who FROM correction").fetchone()[0].startswith("user ")


def test_from_the_shell(db: sqlite3.Connection, run: Run, tmp_path: Path) -> None:
    id = event_id(db)
    code, out, _ = run("correct", id, "--type", "COERCE", "--mode", "seize", "--by", "ada")
    assert code == 0
    assert "type = COERCE" in out
    assert "COERCE" in run("corrections")[1]
    target_file = tmp_path / "c.jsonl"
    assert run("corrections", "--format", "jsonl", "-o", str(target_file)) == (0, "", "")
    assert run("corrections", "--import", str(target_file))[1] == "0 new, 2 known\n"
    assert json.loads(run("corrections", "--of", id, "--format", "json")[1])[0]["who"] == "ada"
    assert run("undo", id, "--by", "ada")[1] == "2 undone\n"
    assert "Attack: firearms" in run("events")[1]
    for arguments, complaint in (
        (("correct", id), "nothing to correct"),
        (("correct", id, "--type", "WAR"), "--type: 'WAR'"),
        (("correct", "e000"), "no event"),
        (("undo", "c000"), "no correction"),
    ):
        code, _, err = run(*arguments)
        assert code == cli.Exit.USAGE
        assert complaint in err
