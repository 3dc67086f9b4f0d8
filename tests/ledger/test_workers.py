"""Reading on several processes: in order, and without those that die."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial

import pytest

from dateline.ledger.workers import Job, Read, ReaderFailed, Several, reading
from dateline.model import Article


def test_in_order_though_one_process_is_killed() -> None:
    with Several[int, Article, Read | str](1, partial(reading, None, ())) as readers:

        def jobs() -> Iterator[Job[int, Article]]:
            for k in range(20):
                yield Job(k) if k % 5 == 4 else Job(k, Article(str(k), f"Rebels seized {k + 2} towns on Monday."))
                if k == 6:
                    os.kill(readers.pids()[0], signal.SIGKILL)

        found = list(readers.in_order(jobs()))
    assert [k for k, _ in found] == list(range(20))
    failed = [result for k, result in found if k % 5 != 4 and not isinstance(result, Read)]
    assert len(failed) <= 1
    assert all("SIGKILL" in str(result) for result in failed)
    assert all(result is None for k, result in found if k % 5 == 4)
    assert all(result.reading.article.id == str(k) for k, result in found if isinstance(result, Read))


def test_a_model_that_is_not_there_is_told() -> None:
    with (
        Several[int, Article, Read | str](1, partial(reading, "en_nowhere", ())) as readers,
        pytest.raises(ReaderFailed, match="en_nowhere"),
    ):
        list(readers.in_order(iter([Job(1, Article("a", "Rebels left."))])))
