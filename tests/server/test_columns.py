"""What is answered from the columns in memory is what the ledger answers, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from dateline.ledger.filters import FilterError
from dateline.ledger.store import connect
from dateline.server import plotting
from dateline.server.answering import Asking
from dateline.server.app import application
from dateline.server.asked import MapQuery, ViewFilters
from dateline.server.columns import read
from dateline.server.service import Service
from dateline.server.settings import Settings
from tests.server.making import make

FILTERS: dict[str, st.SearchStrategy[Any]] = {
    "q": st.sampled_from(["bomb", "town OR army", "nobodysaysthis", '"', " "]),
    "type": st.lists(st.sampled_from(["ASSAULT", "assault,RETREAT", "CONSULT", ",", "DANCE"]), max_size=2),
    "quad": st.lists(st.sampled_from(["verbal-conflict", "material-conflict"]), max_size=2),
    "actor": st.lists(st.sampled_from(["Kesht", "=Kesht Front", "/REB", "nobody", " "]), max_size=2),
    "country": st.lists(st.sampled_from(["XLV", "Lorvania", "AFG", ","]), max_size=2),
    "place": st.lists(st.sampled_from(["pell", "Dunmere", "geonames:990000014", "nowhere"]), max_size=2),
    "outlet": st.lists(st.sampled_from(["northwire", "Nowhere Times"]), max_size=2),
    "status": st.lists(st.sampled_from(["actual", "future", "demanded", "lapsed"]), max_size=2),
    "confidence": st.sampled_from([0.0, 0.5, 0.8, 1.0]),
    "voices": st.integers(1, 4),
    "since": st.sampled_from(["2031", "2031-03-08", "2031-03-14", "1999", "soon"]),
    "until": st.sampled_from(["2031", "2031-03-08", "2031-03-14", "1999"]),
    "bbox": st.sampled_from(["11,-71,11.5,-70.9", "-180,-90,180,90", "170,-80,11.3,80", "1,2,3", "0,9,0,-9"]),
    "id": st.sampled_from([[","], ["i0123456789abcdef"]]),
}  # fmt: skip


@pytest.fixture(scope="module")
def asking(war: Path) -> Iterator[Asking]:
    with closing(Service(Settings(war, merge_seconds=0.0))) as service, service.reading() as ledger:
        yield Asking(service, ledger, service.merged_version())


@given(asked=st.fixed_dictionaries({}, optional=FILTERS), limit=st.sampled_from([1, 7, 20_000]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_ways_answer_the_same(asking: Asking, asked: dict[str, Any], limit: int) -> None:
    assert from_memory(asking, asked, limit) == from_ledger(asking, asked, limit)


def test_chosen_incidents_are_found_both_ways(asking: Asking) -> None:
    ids = [row["id"] for row in asking.db.execute("SELECT id FROM incident ORDER BY rank LIMIT 5")]
    for asked in ({"id": ids}, {"id": [",".join(ids)], "voices": 1}, {}):
        assert from_memory(asking, asked, 3) == from_ledger(asking, asked, 3)


def test_a_ledger_without_incidents_has_columns_too(tmp_path: Path) -> None:
    with (
        closing(Service(Settings(make(tmp_path / "empty.db", []), merge_seconds=0.0))) as service,
        service.reading() as ledger,
    ):
        question = Asking(service, ledger, service.merged_version())
        for asked in ({}, {"q": "bomb", "actor": ["Kesht"], "since": "2031", "place": ["Pell"]}):
            assert from_memory(question, asked, 10) == from_ledger(question, asked, 10)


def test_of_more_incidents_than_memory_is_meant_for_there_are_no_columns(war: Path) -> None:
    with closing(connect(war, read_only=True)) as db:
        many = db.execute("SELECT count(*) FROM incident").fetchone()[0]
        assert read(db, "m1", most=many) is not None
        assert read(db, "m1", most=many - 1) is None


def test_columns_of_another_version_answer_nothing(copy: Path) -> None:
    service = Service(Settings(copy, merge_seconds=0.0))
    with service.reading() as ledger:
        service.columns = read(ledger.db, service.merged_version())
        assert Asking(service, ledger, service.merged_version()).columns is service.columns is not None
    with TestClient(application(service), base_url="http://127.0.0.1:8321") as client:
        shown = client.get("/api/map").json()
        csrf = {"X-Dateline-Csrf": client.get("/api/meta").json()["csrf"]}
        gone = client.get(f"/api/incidents/{shown['id'][0]}").json()
        for telling in gone["tellings"]:
            answer = client.post(f"/api/records/{telling['event']['id']}/reject", json={}, headers=csrf)
            assert answer.status_code == 200, answer.text
        assert client.get("/api/map").json()["total"] == shown["total"] - 1


def from_memory(question: Asking, asked: dict[str, Any], limit: int) -> list[str]:
    """The map and the days, or what is wrong with the filters, from columns in memory."""
    question.service.columns = read(question.db, question.version)
    try:
        assert question.columns is not None
        return _told(question, asked, limit)
    finally:
        question.service.columns = None


def from_ledger(question: Asking, asked: dict[str, Any], limit: int) -> list[str]:
    """The same from the ledger."""
    assert question.columns is None
    return _told(question, asked, limit)


def _told(question: Asking, asked: dict[str, Any], limit: int) -> list[str]:
    try:
        shown = plotting.map_columns(question, MapQuery(**asked, limit=limit))
        return [shown.model_dump_json(), plotting.histogram(question, ViewFilters(**asked)).model_dump_json()]
    except FilterError as error:
        return [str(error)]
