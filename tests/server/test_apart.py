"""What all incidents tell together is made in a process of its own: the same answers, and the server goes on without it."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from dateline.ledger.answers import Ledger
from dateline.server.apart import Apart, Tell
from dateline.server.app import application
from dateline.server.asked import ControlQuery
from dateline.server.service import Service
from dateline.server.settings import Settings
from tests.server.test_preparing import Watched

ADDRESSES = (
    "/api/control",
    "/api/control?at=2031-03-08",
    "/api/control?country=XLV",
    "/api/control?at=soon",
    "/api/control/history",
    "/api/control/history?place=Pell",
    "/api/control/history?country=nowhere",
    "/api/commitments",
    "/api/commitments?at=2031-03-10&status=open",
    "/api/commitments?due_before=never",
)
LOCAL = "http://127.0.0.1:8321"


def answers(client: TestClient) -> list[tuple[int, Any]]:
    return [(answer.status_code, answer.json()) for answer in map(client.get, ADDRESSES)]


def working(service: Service) -> Apart:
    """The process of a service that has started, as soon as it answers."""
    for _ in range(600):
        if service.apart is not None and service.apart.answer("control", ControlQuery()) is not None:
            return service.apart
        time.sleep(0.05)
    raise AssertionError("there is no process")


def ends(pid: int | None) -> bool:
    """Whether a process ends within ten seconds."""
    assert pid is not None
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def becomes(true: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Whether something becomes true in time."""
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


def test_it_answers_the_same_and_its_end_is_no_end(copy: Path, api: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    expected = answers(api)
    assert {status for status, _ in expected} == {200, 422}
    service = Service(Settings(copy, apart_from=1))
    service.heavy = watched = Watched()
    with TestClient(application(service), base_url=LOCAL) as client:
        apart = working(service)
        pid = apart.pid
        assert pid is not None
        assert os.getpriority(os.PRIO_PROCESS, pid) >= 10
        assert answers(client) == expected
        assert {key[1] for key in watched.made} <= {"known"}, "what may be suggested; the rest was made over there"
        service.bodies = Watched()
        with caplog.at_level(logging.WARNING):
            os.kill(pid, signal.SIGKILL)
            assert answers(client) == expected
        assert "has ended" in caplog.text
    assert ends(pid)


def test_it_follows_what_is_merged_and_ends_with_the_server(copy: Path) -> None:
    service = Service(Settings(copy, apart_from=1, merge_seconds=0.1))
    with TestClient(application(service), base_url=LOCAL) as client:
        first = working(service)
        csrf = {"X-Dateline-Csrf": client.get("/api/meta").json()["csrf"]}
        event = client.get("/api/control").json()["bounds"][0]["event"]
        assert client.post(f"/api/records/{event}/reject", json={}, headers=csrf).status_code == 200
        for _ in range(600):
            second = working(service)
            if second is not first:
                break
            time.sleep(0.05)
        assert ends(first.pid)
        assert event not in [bound["event"] for bound in client.get("/api/control").json()["bounds"]]
    assert ends(second.pid)


def test_a_server_that_is_stopped_at_once_stops(copy: Path) -> None:
    service = Service(Settings(copy, apart_from=1))
    started = time.monotonic()
    with TestClient(application(service), base_url=LOCAL):
        pass
    assert time.monotonic() - started < 9, "the thread that prepares is waited for ten seconds"


def test_why_it_failed_is_told(caplog: pytest.LogCaptureFixture) -> None:
    apart = Apart("m1", failing)
    assert apart.answer("control", ControlQuery()) is None
    assert "nothing is left" in caplog.text
    apart.close()


def failing() -> Tell:
    raise MemoryError("nothing is left")


SOON = 10.0
"""Seconds within which whoever waits must know that nothing will come; by itself nothing here would end before an hour."""


def hanging(begun: Path) -> Tell:
    begun.touch()
    time.sleep(3600)
    raise AssertionError


def silent(begun: Path) -> Tell:
    return partial(unanswered, begun)


def unanswered(begun: Path, name: str, asked: BaseModel) -> BaseModel:
    begun.touch()
    time.sleep(3600)
    return asked


def survived(begun: Path) -> Tell:
    """Something that the process started outlives it, with all that it had open."""
    subprocess.Popen(["sleep", "20"], close_fds=False)
    return partial(unanswered, begun)


@pytest.mark.parametrize("make", [hanging, silent, survived])
def test_whoever_waits_for_a_process_that_is_killed_waits_no_longer(make: Callable[[Path], Tell], tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    apart = Apart("m1", partial(make, begun))
    with ThreadPoolExecutor(3) as asking:
        waiting = [asking.submit(apart.answer, "control", ControlQuery()) for _ in range(3)]  # two wait for their turn
        assert becomes(begun.exists)
        assert apart.pid is not None
        os.kill(apart.pid, signal.SIGKILL)
        assert [each.result(SOON) for each in waiting] == [None] * 3
    apart.close()


def test_a_process_that_is_killed_before_it_has_begun_is_done_without(caplog: pytest.LogCaptureFixture) -> None:
    apart = Apart("m1", failing)
    assert apart.pid is not None
    os.kill(apart.pid, signal.SIGKILL)
    assert apart.answer("control", ControlQuery()) is None
    assert "has ended" in caplog.text
    apart.close()


def test_nobody_waits_for_ever_and_who_asks_again_is_answered(copy: Path, api: TestClient) -> None:
    service = Service(Settings(copy, apart_from=1, wait_seconds=0.5))
    with TestClient(application(service), base_url=LOCAL) as client:
        pid = working(service).pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        started = time.monotonic()
        late = client.get("/api/control?at=2031-03-08")
        assert (late.status_code, late.headers["retry-after"]) == (503, "5")
        assert "ask again" in late.json()["detail"]
        assert client.get("/api/incidents").status_code == 200
        assert time.monotonic() - started < SOON
        os.kill(pid, signal.SIGCONT)
        assert becomes(lambda: client.get("/api/control?at=2031-03-08").status_code == 200)
        assert client.get("/api/control?at=2031-03-08").json() == api.get("/api/control?at=2031-03-08").json()


def test_what_goes_wrong_while_it_is_made_ready_is_tried_again(copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    service = Service(Settings(copy, merge_seconds=0.05))
    tried: list[str] = []

    def prepare(ledger: Ledger, version: str, changed: str) -> None:
        tried.append(version)
        if len(tried) < 3:
            raise sqlite3.OperationalError("disk I/O error")

    service.prepare = prepare
    with caplog.at_level(logging.ERROR):
        service.start()
        assert becomes(lambda: len(tried) == 3)
        service.close()
    assert "tried again" in caplog.text
