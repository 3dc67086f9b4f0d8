"""What the page asks first is made before it asks."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dateline.server.app import application
from dateline.server.kept import Kept
from dateline.server.preparing import FIRST_CARDS, prepare
from dateline.server.service import Service
from dateline.server.settings import Settings


class Watched(Kept):
    """Tells what was made."""

    def __init__(self) -> None:
        super().__init__(1000)
        self.made: list[Any] = []

    def get[T](self, key: Hashable, make: Callable[[], T]) -> T:
        def making() -> T:
            self.made.append(key)
            return make()

        return super().get(key, making)


def test_nothing_of_the_first_view_is_made_when_it_is_asked_for(copy: Path) -> None:
    service = Service(Settings(copy, merge_seconds=0.0))
    service.bodies = watched = Watched()
    with service.reading() as ledger:
        prepare(service, ledger, service.merged_version(), service.ledger_version())
    assert watched.made
    watched.made.clear()
    with TestClient(application(service), base_url="http://127.0.0.1:8321") as client:
        for address in ("/api/meta", FIRST_CARDS, "/api/histogram", "/api/map"):
            assert client.get(address, headers={"Accept-Encoding": "gzip"}).status_code == 200
        assert watched.made == []
        assert client.get("/api/timeline").status_code == 200
        assert watched.made, "what nobody prepared is made when it is asked for"


def test_a_ledger_that_can_only_be_read_is_prepared_as_well(copy: Path) -> None:
    service = Service(Settings(copy))
    service.writable = False
    service.bodies = watched = Watched()
    with TestClient(application(service), base_url="http://127.0.0.1:8321"):
        service.close()  # waits until what was begun is done
        assert len(watched.made) == 8, "four answers, plain and packed"
