"""Taking in: what is known is recognised, order does not matter, nothing is lost, whatever happens on the way."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.ledger.intake import reread, stored_article
from dateline.ledger.runs import how, running
from dateline.ledger.store import connect, transaction
from dateline.ledger.upkeep import failures, stored_outcomes
from dateline.ledger.workers import Here
from dateline.model import Article, Reading
from dateline.reading import StageError
from dateline.sources import Failure, Found
from tests.ledger.content import Kept, content, execute, rows, sound, stories, taken_in

# The children below only read, write SQLite and leave by `os._exit`: threads of the parent's that they do not have do not matter.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

KILLS = 50
TALMA = "Rebels of the Northern Front seized the town of Talma on Monday, killing at least 12 soldiers, officials said."


def story(text: str = TALMA, url: str | None = None, day: date | None = None, outlet: str | None = None) -> Found:
    return Found(Article("x", text, None, day, url, outlet), f"made:{url or text[:20]}")


def test_everything_of_a_reading_stands_in_the_views(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, [story(url="https://www.tal.example/1?utm_source=x#top", day=date(2021, 6, 30))], reader)
    assert rows(path, "SELECT url, outlet, published, day, day_basis, words FROM articles") == [
        ("https://www.tal.example/1", "tal.example", "2021-06-30", "2021-06-30", "given", len(TALMA.split()))
    ]
    ((id, article, trigger, start, end, kind, mode, status, first),) = rows(
        path,
        "SELECT id, article_id, trigger, start, \"end\", type, mode, status, date_from FROM events WHERE type = 'COERCE'",
    )
    assert (trigger, TALMA[start : end], kind, mode, status, first) == (
        "seized", "seized", "COERCE", "seize", "actual", "2021-06-28",
    )  # fmt: skip
    words_of_actor = f"SELECT name, role, substr('{TALMA}', start + 1, \"end\" - start) FROM actors WHERE event_id = '{id}'"
    ((name, role, words),) = rows(path, words_of_actor)
    assert (name, role) == ("Northern Front", "actor")
    assert str(words) in TALMA
    assert rows(path, "SELECT what, low FROM quantities WHERE what = 'killed'") == [("killed", 12.0)]
    assert rows(
        path, "SELECT count(*) FROM evidence WHERE why <> '' AND event_id = (SELECT id FROM events WHERE type = 'COERCE')"
    )[0][0]
    assert rows(path, "SELECT text FROM times") == [("Monday",)]
    assert article == rows(path, "SELECT id FROM articles")[0][0]
    found = "SELECT a.id FROM article_search s JOIN article a ON a.n = s.rowid WHERE article_search MATCH 'soldier town'"
    assert rows(path, found) == [(article,)], "words are found in every form"


def test_twice_is_once(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    german = story("Die Armee hat am Montag ein Dorf bei Kabul beschossen und dabei zwölf Menschen getötet.")
    articles: list[Found | Failure] = [*stories(30), Failure("b.txt", "the file is empty"), german]
    first = taken_in(path, articles, reader)
    before = content(path)
    again = taken_in(path, articles, reader)
    assert (first.added, first.known, first.failed, first.set_aside) == (30, 3, 1, 1)
    assert (again.added, again.known, again.failed, again.set_aside, again.events) == (0, 33, 1, 1, 0)
    assert content(path) == before


def test_the_order_of_arrival_does_not_matter(tmp_path: Path, reader: Kept) -> None:
    near = TALMA.replace("12", "14")
    articles = [
        *stories(40),
        *(story(text, f"https://{host}.example/1") for host, text in (("a", TALMA), ("b", near), ("c", TALMA))),
    ]
    taken_in(tmp_path / "a.db", articles, reader)
    wanted = content(tmp_path / "a.db")
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        path = tmp_path / f"{seed}.db"
        taken_in(path, articles, reader)
        assert [line.replace("made:", "") for line in without_first_source(content(path))] == [
            line.replace("made:", "") for line in without_first_source(wanted)
        ]


def without_first_source(lines: list[str]) -> list[str]:
    """What stays when it is forgotten from which of several like sources a sighting was taken first."""
    return [line for line in lines if not line.startswith("sighting")]


def test_url_and_content_are_recognised(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    same = [
        story(url="https://tal.example/1"),
        story(url="https://tal.example/1?utm_source=feed&fbclid=7#more"),
        story(url="HTTPS://TAL.example:443/1"),
    ]
    assert taken_in(path, same, reader).added == 1
    assert rows(path, "SELECT count(*) FROM sighting") == [(1,)]
    elsewhere = taken_in(path, [story(url="https://other.example/9", outlet="Other")], reader)
    assert (elsewhere.added, elsewhere.known) == (0, 1)
    assert rows(path, "SELECT outlet FROM article_versions ORDER BY 1") == [("Other",), ("tal.example",)]


def test_a_changed_article_is_a_new_version_and_the_old_one_stays(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    url = "https://tal.example/1"
    taken_in(path, [story(url=url)], reader)
    changed = taken_in(path, [story(TALMA.replace("12", "19"), url)], reader)
    assert (changed.added, changed.versions) == (1, 1)
    assert rows(path, "SELECT version, current FROM article_versions ORDER BY version") == [(1, 0), (2, 1)]
    assert rows(path, "SELECT low FROM quantities WHERE what = 'killed'") == [(19.0,)]
    assert rows(path, "SELECT count(*) FROM article") == [(2,)]
    taken_in(path, [story(url=url)], reader)
    assert rows(path, "SELECT low FROM quantities WHERE what = 'killed'") == [(19.0,)], (
        "an old version that comes by again stays old"
    )
    later = replace(story(TALMA.replace("12", "9"), url, date(2021, 6, 30)))
    taken_in(path, [later], reader)
    taken_in(path, [story(TALMA.replace("12", "8"), url, date(2021, 6, 29))], reader)
    assert rows(path, "SELECT low FROM quantities WHERE what = 'killed'") == [(9.0,)], "their days go before their arrival"


def test_near_copies_are_one_voice(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    wire = " ".join(
        f"{story.article.text[:-1]} while people in the other {k} towns looked on." for k, story in enumerate(stories(9))
    )
    copies = [wire, wire + " Other News adds that nobody was hurt.", "(Tal News) " + wire.replace("looked on", "watched", 1)]
    other = " ".join(f"Ministers of {k} countries met for talks about grain and gas." for k in "ABCDEFGHIJ")
    taken_in(path, [story(text, f"https://{k}.example/1") for k, text in enumerate([*copies, other])], reader)
    assert sorted(count for _, count in rows(path, "SELECT voice, count(*) FROM articles GROUP BY voice")) == [1, 3]
    taken_in(path, [story(wire + " A year on.", "https://9.example/1", date(2022, 6, 30))], reader)
    taken_in(path, [story(wire + " The same day.", "https://10.example/1", date(2021, 6, 30))], reader)
    assert len(rows(path, "SELECT DISTINCT voice FROM articles")) == 2, "days that are not known keep nothing apart"


class Fails:
    """A reader that stumbles over some articles."""

    def __init__(self, reader: Kept, over: str) -> None:
        self._reader, self._over = reader, over

    def read(self, article: Article) -> Reading:
        if self._over in article.text:
            raise StageError(f"stage 'x' stumbled over {self._over}")
        return self._reader.read(article)


def test_what_failed_is_kept_and_put_right_when_it_succeeds(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    counts = taken_in(path, stories(10), Fails(reader, "Karsa"))
    assert (counts.added, counts.failed) == (9, 1)
    ((source, reason),) = rows(path, "SELECT source, reason FROM failures")
    assert source == "made:4"
    assert "stumbled over Karsa" in str(reason)
    counts = taken_in(path, stories(10), reader)
    assert (counts.added, counts.failed) == (1, 0)
    assert rows(path, "SELECT * FROM failures") == []


def test_what_failed_is_tried_again_with_all_that_was_known_of_it(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    found = Found(
        Article("own name", TALMA, "Talma", None, "https://tal.example/1", "Tal News"),
        "a.csv, row 2",
        "Oro Bal",
        "2021-07-01",
    )
    taken_in(path, [found], Fails(reader, "Talma"))
    db = connect(path)
    assert list(stored_outcomes(db, failures(db, False))) == [found]
    db.close()
    foreign = replace(
        found, article=replace(found.article, text="Die Rebellen haben am Montag die Stadt Talma eingenommen. " * 3)
    )
    taken_in(path, [foreign], reader)
    db = connect(path)
    assert list(stored_outcomes(db, failures(db, True)))[1] == foreign
    db.close()


def test_a_rereading_that_failed_is_put_right_by_one_that_does_not(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, stories(3), reader)
    ids = [id for (id,) in rows(path, "SELECT id FROM articles")]
    for reads, failed in ((Fails(reader, "Berok"), 1), (reader, 0)):
        db = connect(path)
        with running(db, "reread", "", 1) as run, Here(lambda reads=reads: reads) as readers:  # type: ignore[misc]
            assert reread(db, run, ids, readers, lambda _: None).failed == failed
        assert len(failures(db, False)) == failed
        db.close()


def test_rereading_replaces_readings_and_keeps_corrections(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, [story(day=date(2021, 6, 30))], reader)
    ((id, article, start, end),) = rows(path, "SELECT id, article_id, start, \"end\" FROM events WHERE type = 'COERCE'")
    correct = 'INSERT INTO correction (id, target_id, article_id, start, "end", field, value, who, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
    execute(path, correct, "c1", id, article, start, end, "type", "ASSAULT", "me", "2021-07-01")
    execute(
        path, correct, "c2", id, article, start, end, "actors", '[{"name": "Oro Bal", "country": "AFG"}]', "me", "2021-07-02"
    )
    corrected = content(path)
    db = connect(path)
    with running(db, "reread", "", 1) as run:
        readers: Here = Here(lambda: reader)
        counts = reread(db, run, [str(article)], readers, lambda counts: None)
    assert counts.reread == 1
    assert content(path) == corrected
    assert rows(path, "SELECT type, corrected FROM events WHERE id = (SELECT target_id FROM correction)") == [("ASSAULT", 2)]
    assert rows(path, "SELECT count(*) FROM reading_history") == [(2,)], "the old run is remembered"
    with running(db, "reread", "", 1) as run:
        other: Here = Here(lambda: Shifted(reader))
        reread(db, run, [str(article)], other, lambda counts: None)
    db.close()
    ((target, kind),) = rows(path, "SELECT e.id, e.type FROM events e WHERE e.corrected > 0")
    assert (target != id, kind) == (True, "ASSAULT"), "a trigger with other bounds takes the corrections over"
    execute(path, "UPDATE correction SET undone = '2021-07-03', undone_by = 'me'")
    assert rows(path, f"SELECT type, corrected FROM events WHERE id = '{target}'") == [("COERCE", 0)]
    assert ("Northern Front",) in rows(path, f"SELECT name FROM actors WHERE event_id = '{target}'")


class Shifted:
    """A reader whose triggers take in one character more."""

    def __init__(self, reader: Kept) -> None:
        self._reader = reader

    def read(self, article: Article) -> Reading:
        reading = self._reader.read(article)
        return replace(reading, events=tuple(replace(event, end=event.end + 1) for event in reading.events))


def test_a_run_is_recorded_with_what_read(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, stories(5), reader)
    ((command, outcome, seen, added, known, version, model),) = rows(
        path, "SELECT command, outcome, seen, added, known, dateline, model FROM runs"
    )
    assert (command, outcome, seen, added, known) == ("add", "done", 6, 5, 1)
    assert version
    assert " " in str(model)
    with pytest.raises(RuntimeError, match="no more"):
        taken_in(path, broken_off(), reader)
    assert rows(path, "SELECT outcome, added, known FROM runs WHERE id = 2") == [("no more", 0, 3)]
    execute(path, "UPDATE run SET finished = NULL, pid = 2147483646 WHERE id = 2")
    db = connect(path)
    assert how(db.execute("SELECT * FROM run WHERE id = 2").fetchone()) == "killed"
    assert stored_article(db, str(rows(path, "SELECT id FROM articles LIMIT 1")[0][0])).text
    db.close()


def broken_off() -> Iterator[Found]:
    for k, found in enumerate(stories(9)):
        if k == 3:
            raise RuntimeError("no more")
        yield found


def in_a_child(path: Path, reader: Kept, articles: list[Found]) -> tuple[int, int]:
    """Take in from a process of its own; its id, and the end of a pipe on which it says that it begins, and that the ledger is open."""
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(says, b"1")

            def told() -> Iterator[Found]:
                os.write(says, b"2")
                yield from articles

            taken_in(path, told(), reader)
            code = 0
        except Exception:
            traceback.print_exc()  # nothing else of a child's end is seen
        finally:
            os._exit(code)
    os.close(says)
    return child, hears


def test_killed_at_fifty_random_moments_it_ends_as_if_nothing_had_happened(tmp_path: Path, reader: Kept) -> None:
    articles = list(stories(300))
    taken_in(tmp_path / "warm.db", articles, reader)  # every article is really read, once
    started = time.monotonic()
    taken_in(tmp_path / "unbroken.db", articles, reader)
    took = time.monotonic() - started
    chance, path, kills, there = random.Random(7), tmp_path / "broken.db", 0, set()
    while True:
        child, hears = in_a_child(path, reader, articles)
        os.read(hears, 1)
        if kills < KILLS:
            if chance.random() < 0.8:  # the others are killed while they make or open the ledger
                os.read(hears, 1)
            time.sleep(chance.uniform(0, took / 20))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(hears)
        if os.WIFSIGNALED(status):
            kills += 1
            there.add(len(rows(path, "SELECT id FROM article")) if path.exists() and has_tables(path) else 0)
        else:
            assert os.WEXITSTATUS(status) == 0
            if kills >= KILLS:
                break
    assert len(there) > 10, "it was killed at different moments"
    assert sound(path)
    assert content(path) == content(tmp_path / "unbroken.db")
    outcomes = [outcome for (outcome,) in rows(path, "SELECT outcome FROM run")]
    assert outcomes[-1] == "done"
    assert None in outcomes


def has_tables(path: Path) -> bool:
    db = connect(path, create=True)
    found = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'article'").fetchone() is not None
    db.close()
    return found


def test_two_at_once_and_a_reader_meanwhile(tmp_path: Path, reader: Kept) -> None:
    articles = list(stories(60))
    taken_in(tmp_path / "one.db", articles, reader)
    path = tmp_path / "two.db"
    children = [in_a_child(path, reader, order) for order in (articles, articles[::-1])]
    counts: list[int] = []
    running = {child for child, _ in children}
    while running:
        if path.exists() and path.stat().st_size and has_tables(path):
            counts.append(len(rows(path, "SELECT id FROM articles")))
        for child in list(running):
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                assert os.WEXITSTATUS(status) == 0
                running.remove(child)
    for _, hears in children:
        os.close(hears)
    assert counts == sorted(counts)
    assert sound(path)
    assert without_first_source(content(path)) == without_first_source(content(tmp_path / "one.db"))


def test_a_transaction_is_whole_or_not_at_all(tmp_path: Path, reader: Kept) -> None:
    path = tmp_path / "a.db"
    taken_in(path, stories(2), reader)
    before = content(path)
    db = connect(path)
    with pytest.raises(sqlite3.OperationalError), transaction(db):  # noqa: PT012 - the second of two is what it is about
        db.execute("DELETE FROM article")
        db.execute("DELETE FROM nowhere")
    db.close()
    assert content(path) == before
