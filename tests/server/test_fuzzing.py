"""Whatever fits the contract, or nearly does, is answered in the shape that the contract has, and nothing breaks inside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, reject, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance
from starlette.testclient import TestClient

from dateline.server.app import application
from dateline.server.contract import document
from dateline.server.service import Service
from dateline.server.settings import Settings

ADDRESS = "http://127.0.0.1:8321"
FREE = (1e9, 10**9)
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
# The phase "coverage" tries some 700 cases by plan; it found nothing, and takes longer than all other tests of the server.
QUICK = schemathesis.Config.from_dict({"phases": {"coverage": {"enabled": False}}})
schema = schemathesis.openapi.from_dict(document(), config=QUICK)


@pytest.fixture(scope="module")
def client(war: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    ledger = Path(shutil.copy(war, tmp_path_factory.mktemp("fuzzed") / "war.db"))
    service = Service(Settings(ledger, merge_seconds=0.0, reads=FREE, writes=FREE, openings=FREE))
    with TestClient(application(service), base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client


@schema.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_breaks(case: schemathesis.Case[Any], client: TestClient) -> None:
    told = case.as_transport_kwargs(base_url=ADDRESS)
    told["headers"]["X-Dateline-Csrf"] = client.app.service.csrf  # type: ignore[attr-defined]
    told.pop("cookies", None)
    try:
        answer = client.request(**told)
    except httpx.InvalidURL:
        reject()  # longer than a client can ask for
    case.validate_response(answer, checks=CHECKS)
