"""The offensive, served."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.server.app import application
from dateline.server.service import Service
from dateline.server.settings import Settings
from tests.server.making import make
from tests.server.readings import readings

Serve = Callable[..., TestClient]


@pytest.fixture(scope="session")
def war(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the whole offensive, never written to."""
    return make(tmp_path_factory.mktemp("war") / "war.db", readings())


@pytest.fixture
def copy(war: Path, tmp_path: Path) -> Path:
    """The same, to write to."""
    return Path(shutil.copy(war, tmp_path / "war.db"))


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a ledger; every setting may be given. What is served is closed at the end of the test."""
    opened: list[TestClient] = []

    def served(ledger: Path, **settings: Any) -> TestClient:
        service = Service(Settings(ledger, **{"merge_seconds": 0.0, **settings}))
        client = TestClient(application(service), base_url="http://127.0.0.1:8321", raise_server_exceptions=False)
        client.__enter__()
        opened.append(client)
        return client

    yield served
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="session")
def api(war: Path) -> Iterator[TestClient]:
    """The offensive, served for reading."""
    service = Service(Settings(war, merge_seconds=0.0, user="tester", reads=(1e6, 10**6)))
    with TestClient(application(service), base_url="http://127.0.0.1:8321", raise_server_exceptions=False) as client:
        yield client
