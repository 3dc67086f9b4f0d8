"""Incidents merged in partitions are those that are merged all at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.incidents_scale import articles
from dateline.batch import copies
from dateline.batch.engines import Local
from dateline.batch.function import finished, sighted, tables
from dateline.batch.loading import load
from dateline.batch.merging import Merge, block
from dateline.batch.plan import begin, complete, planned
from dateline.batch.rows import row_of as row_of_reading
from dateline.batch.run import run_merge
from dateline.batch.shards import write_parquet
from dateline.batch.shuffle import partition_of
from dateline.incidents import Merger
from dateline.incidents.candidates import asked, filed, met
from dateline.incidents.flat import row_of
from dateline.incidents.merging import accounts_in
from dateline.incidents.records import Told
from dateline.incidents.rules import load_rules
from dateline.incidents.store import update
from dateline.ledger.runs import running
from dateline.ledger.store import connect
from dateline.ledger.writing import with_id
from tests.server.readings import as_published as readings


def merged(folder: Path, war: Sequence[Sequence[Told]], partitions: int) -> list[dict[str, object]]:
    """The rows of the incidents of a war, merged in partitions, in this process."""
    work = Merge(folder, folder / ".work", partitions)
    for task in range(partitions):
        work.take(task, war[task::partitions])
    for partition in range(partitions):
        work.link(partition)
    work.connect()
    for partition in range(partitions):
        work.gather(partition)
    assert sum(work.group(partition) for partition in range(partitions)) > 0
    rows = [row for path in sorted(folder.glob("incidents/*")) for row in pq.read_table(path).to_pylist()]
    return sorted(rows, key=lambda row: str(row["id"]))


def test_an_invented_war_is_the_same_in_partitions(tmp_path: Path) -> None:
    war = list(articles(500))
    merger = Merger()
    merger.take_all(war)
    wanted = sorted((dict(row_of(group)) for group in merger.groups()), key=lambda row: str(row["id"]))
    assert merged(tmp_path, war, 7) == wanted
    assert len(wanted) < sum(map(len, war))


def test_every_pair_that_is_compared_meets_in_the_partition_of_a_shared_key() -> None:
    rules = load_rules()
    accounts = [account for tolds in articles(120) for account in accounts_in(tolds, rules)]
    for k, one in enumerate(accounts):
        for two in accounts[:k]:
            there, back = (set(asked(a, rules)) & set(filed(b, rules)) for a, b in ((one, two), (two, one)))
            assert met(one, two, there, rules) == met(two, one, back, rules), "whoever came first"
            for key in there:
                assert block(key) in {block(own) for own in asked(one, rules)} & {block(own) for own in filed(two, rules)}


def test_the_offensive_is_the_same_as_in_a_ledger(tmp_path: Path) -> None:
    """On readings that are kept: near-copies, versions and all."""
    out, path = tmp_path / "out", tmp_path / "ledger.db"
    source = tmp_path / "in.jsonl"
    source.write_text("{}", encoding="utf-8")
    plan = planned([str(source)], out, 3)
    begin(plan)
    rows: list[list[dict[str, object]]] = [[], [], []]
    for position, reading in enumerate(readings()):
        article = reading.article
        given = sighted(article, position, f"in.jsonl:{position}")
        told = row_of_reading(replace(reading, article=with_id(article, given["id"])))
        rows[partition_of(given["id"], 3)].append({**told, "sightings": given["sightings"]})
    for shard, found in enumerate(rows):
        split = tables(finished(sorted(found, key=lambda row: str(row["id"])), plan.versions))
        for name, table in split.items():
            write_parquet(plan.table(name, shard), table)
        counts = {name: table.num_rows for name, table in split.items()}
        plan.done(shard).write_text(json.dumps({"part": shard, "rows": counts, "sha256": {}}))
    complete(plan)
    db = connect(path, create=True)
    with running(db, "add", "", 1) as this_run:
        load(db, this_run, out, lambda counts: None)
    update(db)
    wanted = [dict(row) for row in db.execute("SELECT * FROM incident ORDER BY id")]
    for row in wanted:
        del row["number"]  # the id once more, for looking up in the ledger
    members = sorted(
        tuple(row) for row in db.execute("SELECT incident_id, event_id FROM account JOIN account_event ON account_id = id")
    )
    db.close()
    assert run_merge(plan, Local(1), lambda progress: None) == len(wanted) > 20
    found_rows = [row for file in sorted(out.glob("incidents/*")) for row in pq.read_table(file).to_pylist()]
    assert sorted(found_rows, key=lambda row: str(row["id"])) == wanted
    found_members = [row for file in sorted(out.glob("incident_events/*")) for row in pq.read_table(file).to_pylist()]
    assert sorted((row["incident_id"], row["event_id"]) for row in found_members) == members
    assert run_merge(plan, Local(1), lambda progress: pytest.fail("it is done already")) == len(wanted)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(0, 2)), max_size=12))
def test_the_last_at_a_url_is_the_one_that_stays(told: list[tuple[int, int, int]]) -> None:
    """Of (article, URL, day): whoever is the last one nowhere gives way."""
    seen = {(article, url): day for article, url, day in told}
    at: dict[int, list[tuple[int, int, int]]] = {}
    for position, ((article, url), day) in enumerate(seen.items()):
        at.setdefault(url, []).append((day, position, article))
    last = {max(rows)[2] for rows in at.values()}
    urls = {article: sum(1 for a, _ in seen if a == article) for article, _ in seen}
    lost = [(str(article), urls[article]) for rows in at.values() for _, _, article in rows if article != max(rows)[2]]
    assert copies.superseded(lost) == {str(article) for article in urls if article not in last}


def test_days_and_months_of_one_time_are_near() -> None:
    first = date(2031, 3, 3).toordinal()
    assert block(f"force|{first}|@1,2") == block(f"force|{first}|@2,1")
    assert block(f"force|{first}|@1,2") != block(f"force|{first + 40}|@1,2")
    assert block(f"force|{first}|@1,2") != block(f"ground|{first}|@1,2")
    assert block(f"~bomb|{first}|#pell") == block(f"~shell|{first}|#pell")
