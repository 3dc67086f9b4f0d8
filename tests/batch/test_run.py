"""A batch from files to Parquet: the same bytes with one process or two, killed or not; and into a ledger as if it had read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.batch.engines import Local
from dateline.batch.loading import Stored, is_batch, load
from dateline.batch.plan import BatchError, Plan, begin, complete, planned
from dateline.batch.run import alone, run
from dateline.batch.schema import TABLES
from dateline.language import SpacyParser
from dateline.ledger.runs import running
from dateline.ledger.store import connect
from dateline.ledger.workers import Reads
from dateline.reader import Reader
from dateline.sources import outcomes
from tests.batch.made import content, files, killed_after_one_shard
from tests.ledger.content import Kept, sound, taken_in
from tests.ledger.content import content as content_of_ledger

ARTICLES, SHARDS = 40, 5


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("batch")


@pytest.fixture(scope="module")
def inputs(folder: Path) -> list[str]:
    return files(folder / "in", ARTICLES)


@pytest.fixture(scope="module")
def out(folder: Path, inputs: list[str]) -> Path:
    """What two processes make of the articles."""
    run(planned(inputs, folder / "two", SHARDS), Local(2), lambda progress: None)
    return folder / "two"


@pytest.fixture(scope="module")
def reader(parser: SpacyParser) -> Reads:
    return Kept(Reader(parser=parser))


def test_killed_and_gone_on_with_one_process_makes_the_same_bytes(out: Path, folder: Path, inputs: list[str]) -> None:
    other = folder / "killed"
    killed_after_one_shard([*inputs, str(other), "--shards", str(SHARDS), "--workers", "1"], other)
    finished = {path: path.stat().st_mtime_ns for path in other.glob("*/*.parquet")}
    assert 4 <= len(finished) < 4 * SHARDS
    told = []
    run(planned(inputs, other, SHARDS), Local(1), lambda progress: told.append(progress.of))
    assert content(other) == content(out)
    untouched = [path for path, time in finished.items() if path.stat().st_mtime_ns == time]
    assert len(untouched) >= 4, "finished shards are not made again"


@pytest.mark.parametrize("name", ["gone.txt", "a" * 300])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BatchError, match="no such file or folder"):
        planned([name], tmp_path / "out")


def test_a_complete_batch_is_left_as_it_is(out: Path, folder: Path, inputs: list[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    run(planned(inputs, out, SHARDS), Local(1), lambda progress: None)
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_the_tables_have_the_schema_that_is_documented(out: Path) -> None:
    for name, schema in TABLES.items():
        for path in (out / name).glob("*.parquet"):
            assert pq.read_schema(path).equals(schema), name


def test_what_cannot_be_read_is_a_row(out: Path) -> None:
    rows = [row for path in sorted((out / "failures").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    told = {row["kind"]: row for row in rows}
    assert len(rows) == 2
    assert "not valid JSON" in told["failed"]["reason"]
    assert told["failed"]["source"].endswith(":24")
    assert "not in English" in told["set aside"]["reason"]
    assert told["set aside"]["text"].startswith("Die Regierung")


def test_every_row_tells_its_words_and_its_reader(out: Path) -> None:
    texts: dict[str, str] = {}
    for path in (out / "articles").glob("*.parquet"):
        texts |= {row["id"]: row["text"] for row in pq.read_table(path, columns=["id", "text"]).to_pylist()}
    events = [row for path in (out / "events").glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    assert len(events) > 20
    for row in events:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["trigger"]
        assert all(row[name] for name in ("reader", "dateline", "lexicon", "model", "gazetteer"))


def test_a_ledger_of_the_batch_is_one_that_read_the_articles_itself(
    out: Path, inputs: list[str], reader: Reads, tmp_path: Path
) -> None:
    read, loaded = tmp_path / "read.db", tmp_path / "loaded.db"
    taken_in(read, list(outcomes(inputs)), reader)
    db = connect(loaded, create=True)
    with running(db, "add", str(out), 1) as this_run:
        counts = load(db, this_run, out, lambda counts: None)
    db.close()
    assert content_of_ledger(loaded) == content_of_ledger(read)
    assert sound(loaded)
    assert (counts.added, counts.versions, counts.set_aside, counts.failed) == (ARTICLES + 1, 1, 1, 1)


def test_a_folder_belongs_to_one_batch(folder: Path, inputs: list[str], out: Path, tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="another number of shards"):
        begin(planned(inputs, out, SHARDS + 1))
    with pytest.raises(BatchError, match="another list of input files"):
        begin(planned(inputs[:1], out, SHARDS))
    (tmp_path / "mine.txt").write_text("something else")
    with pytest.raises(BatchError, match="not empty"):
        begin(planned(inputs, tmp_path, SHARDS))


def test_a_batch_that_is_not_complete_comes_into_no_ledger(inputs: list[str], tmp_path: Path) -> None:
    begin(planned(inputs, tmp_path / "out"))
    assert is_batch(str(tmp_path / "out"))
    with pytest.raises(BatchError, match="not complete"):
        Stored(tmp_path / "out")


def test_two_cannot_work_in_one_folder(inputs: list[str], tmp_path: Path) -> None:
    plan: Plan = planned(inputs, tmp_path / "out")
    begin(plan)
    with alone(plan), pytest.raises(BatchError, match="another process"), alone(plan):
        pass
    with pytest.raises(FileNotFoundError):
        complete(plan)


def test_who_comes_second_takes_nothing_from_who_is_at_work(inputs: list[str], tmp_path: Path) -> None:
    plan = planned(inputs, tmp_path / "out")
    begin(plan)
    with alone(plan):
        half = plan.out / "events" / ".part-00000.parquet.7.partial"
        half.write_bytes(b"half of it")
        with pytest.raises(BatchError, match="another process"):
            run(plan, Local(1), lambda progress: None)
        assert half.exists()


def test_a_folder_within_the_one_that_is_read_can_be_gone_on_with(tmp_path: Path) -> None:
    files(tmp_path, 4)
    before = planned([str(tmp_path)], tmp_path / "out", 2)
    begin(before)
    (tmp_path / "out" / "articles" / "part-00000.parquet").write_bytes(b"finished")
    again = planned([str(tmp_path)], tmp_path / "out", 2)
    assert len(again.files) == 2
    assert not begin(again)


def test_a_damaged_table_is_told(out: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(out, tmp_path / "copy"))
    (copy / "articles" / "part-00000.parquet").write_bytes(b"PAR1 and no more")
    outcome = CliRunner().invoke(cli.app, ["add", str(copy), "--ledger", str(tmp_path / "a.db")])
    assert outcome.exit_code == cli.Exit.USAGE
    assert "part-00000.parquet" in outcome.stderr


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ("https://tal.example/feed.xml", "reads files"),
        ("-", "reads files"),
        ("nowhere/*.parquet", "no file that fits"),
        ("empty", "no file in it"),
    ],
)
def test_what_is_no_input_is_told(given: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(BatchError, match=complaint):
        planned([given], tmp_path / "out")


def test_patterns_and_folders_are_files_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = files(tmp_path / "news" / "2021", 4)
    for given in ("news", "news/**/*.jsonl", "news/2021/?.jsonl"):
        assert [Path(name).name for name, _ in planned([given], tmp_path / "out").files] == [Path(p).name for p in paths]


def test_the_shell_says_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    outcome = CliRunner().invoke(cli.app, ["batch", str(tmp_path / "bad.csv"), str(tmp_path / "out"), "--workers", "1"])
    assert outcome.exit_code == cli.Exit.NOTHING_READ
    assert "bad.csv: no column is called text" in outcome.stderr
