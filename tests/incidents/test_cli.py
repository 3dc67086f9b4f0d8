"""The commands from end to end, over a small ledger: every format, every filter that matters, errors that say what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dateline.cli import Exit, app
from dateline.ledger.ids import article_id
from dateline.ledger.store import connect
from dateline.ledger.voices import signature
from dateline.ledger.writing import Sighting, write_article
from dateline.model import MODES, Article, Reading
from tests.server.readings import as_published as readings


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ledger") / "war.db"
    db = connect(file, create=True)
    db.execute("INSERT INTO reader VALUES ('r1', '0', 'c', 'l', 'm', 'g')")
    db.execute("INSERT INTO run (command, source, reader_id, started, host, pid) VALUES ('add', 'x', 'r1', '2031', 'h', 1)")
    for read in readings():
        article = read.article
        kept = Article(article_id(article), article.text, article.title, article.published, article.url, article.publisher)
        reading = Reading(kept, read.publication, places=read.places, mentions=read.mentions, events=read.events)
        write_article(db, reading, Sighting("x", kept.url, kept.publisher), signature(kept.text), 1, "r1")
    db.close()
    return file


def run(*words: str, ledger: Path) -> Result:
    return CliRunner().invoke(app, [*words, "--ledger", str(ledger)], env={"COLUMNS": "200", "NO_COLOR": "1"})


@pytest.mark.parametrize("command", ["incidents", "timeline", "control", "commitments"])
@pytest.mark.parametrize("format", ["table", "json", "html", "md"])
def test_every_view_comes_in_every_format(command: str, format: str, ledger: Path) -> None:
    shown = run(command, "--format", format, ledger=ledger)
    assert shown.exit_code == 0, shown.output
    assert "Orvane" in shown.stdout
    if format == "json":
        assert json.loads(shown.stdout)
    if format == "html":
        assert "<script" not in shown.stdout
        assert 'href="https://' in shown.stdout


def test_a_table_tells_acts_in_words(ledger: Path) -> None:
    table = run("incidents", ledger=ledger).stdout
    assert "Attack: " in table
    assert "told as done" in table
    assert not any(re.search(rf"\b{type}\b", table) for type in MODES)


def test_filters_choose_incidents(ledger: Path) -> None:
    protests = json.loads(run("incidents", "--type", "PROTEST", "--format", "json", ledger=ledger).stdout)
    assert {incident["type"]["value"] for incident in protests} == {"PROTEST"}
    many = json.loads(run("incidents", "--voices", "4", "--format", "json", ledger=ledger).stdout)
    assert many
    assert min(incident["voices"] for incident in many) >= 4


def test_an_incident_is_shown_with_reasons_and_scores(ledger: Path) -> None:
    first = json.loads(run("incidents", "--voices", "4", "--format", "json", ledger=ledger).stdout)[0]
    shown = run("incidents", "--show", first["id"], ledger=ledger)
    assert "the tightest days" in shown.stdout
    assert "prior -2" in shown.stdout
    assert not re.search(r"[A-Z]{4,}/[a-z]|gazetteer_id|sector [A-Z]{3}", shown.stdout), "codes are told in words"
    assert run("incidents", "--show", first["events"][0]["id"], ledger=ledger).exit_code == 0
    assert run("incidents", "--show", "i-nothing", ledger=ledger).exit_code == Exit.USAGE


def test_a_timeline_keeps_to_its_length_and_its_order(ledger: Path) -> None:
    entries = json.loads(run("timeline", "--top", "7", "--format", "json", ledger=ledger).stdout)
    assert len(entries) == 7
    days = [entry["day"] for entry in entries]
    assert days == sorted(days)


def test_control_on_a_day_knows_nothing_of_later_ones(ledger: Path) -> None:
    def holder(day: str) -> dict[str, str]:
        shown = json.loads(run("control", "--place", "Orvane", "--at", day, "--format", "json", ledger=ledger).stdout)
        return {row["place"]: row["holder"] for row in shown}

    assert holder("2031-03-10") == {"Orvane": "Kesht Front"}
    assert holder("2031-03-16") == {"Orvane": "XLV government"}
    history = json.loads(run("control", "--place", "Orvane", "--history", "--format", "json", ledger=ledger).stdout)
    assert len(history[0]["spans"]) >= 3
    assert "14 villages" in run("control", ledger=ledger).stdout


def test_commitments_by_status_and_day(ledger: Path) -> None:
    moved = json.loads(run("commitments", "--status", "moved", "--format", "json", ledger=ledger).stdout)
    assert {row["status"] for row in moved} == {"moved"}
    due = json.loads(run("commitments", "--due-before", "2031-03-12", "--format", "json", ledger=ledger).stdout)
    assert due
    assert all(row["due"][-1]["day"] < "2031-03-12" for row in due)


def test_a_person_splits_and_takes_it_back(ledger: Path) -> None:
    def first() -> dict[str, list[dict[str, str]]]:
        found: list[dict[str, list[dict[str, str]]]] = json.loads(
            run("incidents", "--voices", "4", "--format", "json", ledger=ledger).stdout
        )
        return found[0]

    before = first()
    one, other = before["events"][0]["id"], before["events"][-1]["id"]
    said = run("split", one[:9], other[:9], "--why", "two blasts", ledger=ledger)
    assert said.exit_code == 0, said.output
    number = said.stdout.split()[1].rstrip(":")
    shown = json.loads(run("incidents", "--show", one[:9], "--format", "json", ledger=ledger).stdout)[0]
    assert other not in {event["id"] for event in shown["events"]}
    assert run("undecide", number, ledger=ledger).exit_code == 0
    assert first() == before
    assert run("undecide", number, ledger=ledger).exit_code == Exit.USAGE
    assert run("merge", one, "e-nothing", ledger=ledger).exit_code == Exit.USAGE
    alone = run("merge", one, one[:9], ledger=ledger)
    assert (alone.exit_code, "is one event: give two" in alone.stderr) == (Exit.USAGE, True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("control", "--at", "soon"), "YYYY-MM-DD"),
        (("control", "--country", "Atlantis"), "no country"),
        (("commitments", "--due-before", "2031"), "YYYY-MM-DD"),
        (("incidents", "--since", "never"), "since"),
    ],
)
def test_bad_input_is_told_what_to_do(words: tuple[str, ...], says: str, ledger: Path) -> None:
    shown = run(*words, ledger=ledger)
    assert shown.exit_code == Exit.USAGE
    assert says in shown.output


def test_a_ledger_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    shown = run("timeline", ledger=tmp_path / "none.db")
    assert shown.exit_code == Exit.USAGE
    assert "there is no ledger" in shown.output
