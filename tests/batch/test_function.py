"""The function over record batches: the same rows however they are cut, and one bad article costs one row."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest

from dateline.batch.function import BatchReader, tables
from dateline.batch.loading import Stored
from dateline.batch.plan import begin, complete, planned
from dateline.batch.rows import reading_of
from dateline.batch.schema import GIVEN, READINGS, TABLES
from dateline.batch.shards import missing, prepare, read_shards, tasks
from dateline.language import SpacyParser
from dateline.ledger.ids import article_id
from dateline.ledger.workers import Several
from dateline.model import Article, Publication, Reading
from dateline.output.contract import as_json
from dateline.reader import Reader
from tests.batch.made import FOREIGN, lines

LONG = (
    "TALMA, June 3, 2031 (Tal News) - Rebels of the Northern Front seized the town of Berok on Monday, killing at least 12 soldiers, "
    'the army said. "We will be back by Friday," General Ona Brask told reporters.'
)
ARTICLES = pa.RecordBatch.from_pylist(
    [
        {"headline": "Berok falls", "body": LONG, "date": "2031-06-03", "outlet": "Tal News"},
        {"headline": None, "body": "Police arrested two men in Ostra.", "date": None, "outlet": None},
        {"headline": None, "body": None, "date": None, "outlet": None},
        {"headline": "Zwei", "body": FOREIGN, "date": None, "outlet": None},
    ]
)


@pytest.fixture(scope="module")
def read(parser: SpacyParser) -> BatchReader:
    return BatchReader(reader=Reader(parser=parser))


def test_columns_as_people_have_them_make_all_tables(read: BatchReader) -> None:
    found = tables(read(ARTICLES))
    assert {name: table.schema for name, table in found.items()} == TABLES
    assert found["articles"]["publisher"].to_pylist() == ["Tal News", None]
    (seized,) = (row for row in found["events"].to_pylist() if row["trigger"] == "seized")
    assert seized["n"] == 1
    assert seized["actors"][0]["name"] == "Northern Front"
    assert found["failures"]["kind"].to_pylist() == ["failed", "set aside"]


def test_how_the_articles_are_cut_makes_no_difference(read: BatchReader) -> None:
    whole = pa.Table.from_batches([read(ARTICLES)])
    singly = pa.Table.from_batches([read(ARTICLES.slice(k, 1)) for k in range(ARTICLES.num_rows)])
    assert whole.equals(singly)
    assert whole.schema.equals(READINGS)
    for name, table in tables(whole).items():
        assert table.equals(pa.concat_tables([tables(row)[name] for row in singly.to_batches()])), name


def test_a_reading_comes_back_from_its_rows(read: BatchReader, parser: SpacyParser) -> None:
    found = tables(read(ARTICLES))
    row = found["articles"].to_pylist()[0]
    events, statements = (
        [record for record in found[name].to_pylist() if record["article_id"] == row["id"]]
        for name in ("events", "statements")
    )
    article = Article("", LONG, "Berok falls", row["given"], None, "Tal News")
    again = Reader(parser=parser).read(
        Article(article_id(article), LONG, article.title, article.published, None, "Tal News")
    )
    assert as_json(reading_of(row, events, statements)) == as_json(again)


def test_an_empty_batch_is_an_empty_table(read: BatchReader) -> None:
    assert read(pa.RecordBatch.from_pylist([], GIVEN)).num_rows == 0


class Dies:
    """Finds nothing in an article, but for those about Vindel, of which its process dies."""

    def read(self, article: Article) -> Reading:
        if "Vindel" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return Reading(article, Publication(start=0, end=0, day=None, earliest=None, latest=None, basis=None))


def _dying() -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    return BatchReader(reader=Dies())


def test_an_article_that_kills_its_process_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines(14)[:14]), encoding="utf-8")
    plan = planned([str(path)], tmp_path / "out", 2)
    begin(plan)
    for task in tasks(plan):
        prepare(plan, task)
    with Several(1, partial(_dying)) as pool:  # type: ignore[var-annotated]
        done = list(read_shards(plan, missing(plan), pool))
    assert sum(shard.rows["failures"] for shard in done) == 1
    assert complete(plan)["rows"]["articles"] == 11  # twelve that differ, and one died
    kept = [found for found in Stored(plan.out).outcomes() if "Vindel" in found.article.text]  # type: ignore[union-attr]
    assert len(kept) == 1
