"""What the tabs of the page lean on: reports and counts lead to their incidents, statements can be told apart by quotation marks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient


def got(api: TestClient, address: str) -> Any:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_every_report_on_a_place_is_told_and_leads_to_its_incident(api: TestClient) -> None:
    for place in got(api, "/api/control")["places"]:
        (history,) = got(api, f"/api/control/history?place={place['key']}")["places"]
        reports = [report for span in history["spans"] for report in (*span["reports"], *span["contradicted"])]
        assert reports
        for report in reports:
            assert (report["incident"] is None) == (report["kind"] == "passing")


def test_every_count_without_names_leads_to_its_incident(api: TestClient) -> None:
    bounds = got(api, "/api/control")["bounds"]
    assert bounds
    for bound in bounds:
        tellings = got(api, f"/api/incidents/{bound['incident']}")["tellings"]
        assert bound["event"] in [telling["event"]["id"] for telling in tellings]


@pytest.mark.parametrize("direct", [True, False])
def test_quoted_and_reported_statements_are_told_apart(api: TestClient, direct: bool) -> None:
    some = got(api, f"/api/statements?limit=500&direct={str(direct).lower()}")
    assert some["items"]
    assert {statement["direct"] for statement in some["items"]} == {direct}
    assert some["total"] < got(api, "/api/statements")["total"]


def test_taking_out_the_event_that_names_an_incident_leads_to_what_is_left_of_it(copy: Path, serve: Any) -> None:
    client = serve(copy)
    csrf = {"X-Dateline-Csrf": got(client, "/api/meta")["csrf"]}
    card = max(got(client, "/api/incidents?limit=100")["items"], key=lambda card: card["events"])
    events = sorted(telling["event"]["id"] for telling in got(client, f"/api/incidents/{card['id']}")["tellings"])
    done = client.post(f"/api/records/{events[0]}/reject", json={}, headers=csrf).json()
    left = {
        telling["event"]["id"] for one in done["incidents"] for telling in got(client, f"/api/incidents/{one}")["tellings"]
    }
    assert left >= set(events[1:])
