"""A thousand articles on every engine, for real: Daft by itself, Daft on a Ray cluster of two nodes, Spark. The same comes out.

`DATELINE_ENGINE_ARTICLES` sets another number of articles.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.gold import ROOT
from benchmarks.incidents_scale import articles
from benchmarks.short import short_articles
from dateline.batch.engines import Engine, Local
from dateline.batch.function import tables
from dateline.batch.merging import Merge, incidents_of
from dateline.batch.plan import planned
from dateline.batch.run import run, run_merge
from dateline.batch.schema import READINGS, TABLES
from dateline.incidents import Merger
from dateline.incidents.flat import row_of

ARTICLES = int(os.environ.get("DATELINE_ENGINE_ARTICLES", "1000"))
SHARDS, WORKERS = 8, 2
RECIPE = re.compile(r"<!-- spark -->\n```py\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles as Parquet, in two files; one of them has no text that can be read."""
    folder = tmp_path_factory.mktemp("engines")
    rows = [*short_articles(ARTICLES - 1), {"id": "broken", "text": "\x00\x01\x02 \x00", "title": "None"}]
    table = pa.Table.from_pylist(rows)
    (folder / "in").mkdir()
    half = len(rows) // 2
    pq.write_table(table.slice(0, half), folder / "in" / "a.parquet")
    pq.write_table(table.slice(half), folder / "in" / "b.parquet")
    return folder


@pytest.fixture(scope="module")
def local(folder: Path) -> dict[str, bytes]:
    """What processes of this machine make of them."""
    return made_by(Local(WORKERS), folder, "local")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Ray cluster of two nodes on this machine, each a set of processes of its own."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "object_store_memory": 100_000_000}
    made = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    made.add_node(**node)
    yield made.address
    made.shutdown()


def made_by(engine: Engine, folder: Path, name: str) -> dict[str, bytes]:
    """Every file that an engine writes, to the byte."""
    out = folder / name
    plan = planned([str(folder / "in")], out, SHARDS)
    run(plan, engine, lambda progress: None)
    run_merge(plan, engine, lambda progress: None)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_daft_by_itself(folder: Path, local: dict[str, bytes]) -> None:
    """The native runner."""
    out = folder / "daft"
    _daft(folder, out)
    assert {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == local


def test_daft_on_a_ray_cluster_of_two_nodes(folder: Path, local: dict[str, bytes], cluster: str) -> None:
    """The Ray runner."""
    out = folder / "ray"
    _daft(folder, out, "--ray", cluster)
    assert {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()} == local


def _daft(folder: Path, out: Path, *more: str) -> None:
    command = [sys.executable, "-m", "dateline", "batch", str(folder / "in"), str(out), "--engine", "daft", "--incidents"]
    done = subprocess.run([*command, "--shards", str(SHARDS), "--workers", str(WORKERS), *more], check=False)
    assert done.returncode == 1, "one article cannot be read"


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java: apt-get install default-jre-headless")
def test_the_recipe_for_spark(folder: Path, local: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands in the docs. Where an article stood is the engine's own business; all else is the same."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    (found,) = RECIPE.findall((ROOT / "docs" / "scale.md").read_text(encoding="utf-8"))
    names: dict[str, Any] = {}
    exec(compile(found, "docs/scale.md", "exec"), names)
    readings = pa.Table.from_pylist(pq.read_table(folder / "readings").to_pylist(), READINGS).sort_by("id")
    split = tables(readings)
    for name, table in split.items():
        wanted = pa.concat_tables([pq.read_table(path) for path in sorted((folder / "local" / name).glob("*.parquet"))])
        columns = [column for column in TABLES[name].names if column not in ("sightings", "source", "position", "name")]
        key = [("id", "ascending")] if name == "articles" else [("article_id", "ascending")]
        key += [("n", "ascending")] if name in ("events", "statements") else []
        assert table.select(columns).sort_by(key).equals(wanted.select(columns).sort_by(key)), name
    assert names["events"].count() == split["events"].num_rows > ARTICLES // 10
    names["spark"].stop()


def test_a_war_of_twenty_thousand_events_is_merged_as_at_once(tmp_path: Path) -> None:
    """The second stage at a size at which partitions matter."""
    war = list(articles(20_000))
    merger = Merger()
    merger.take_all(war)
    wanted = sorted((dict(row_of(group)) for group in merger.groups()), key=lambda row: str(row["id"]))
    work = Merge(tmp_path, tmp_path / ".work", 16)
    for task in range(16):
        work.take(task, war[task::16])
    assert incidents_of(work, Local(WORKERS), lambda *told: None) == len(wanted)
    rows = [row for path in sorted(tmp_path.glob("incidents/*")) for row in pq.read_table(path).to_pylist()]
    assert sorted(rows, key=lambda row: str(row["id"])) == wanted
