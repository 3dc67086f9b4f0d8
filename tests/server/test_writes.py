"""A person's word from the page: it is kept, merged at once, shown everywhere, and can be taken back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.incidents.store import update
from dateline.ledger.store import connect
from tests.server.conftest import Serve
from tests.server.making import add, make
from tests.server.readings import readings


@pytest.fixture
def client(copy: Path, serve: Serve) -> TestClient:
    return serve(copy, user="ana")


def got(client: TestClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def post(client: TestClient, address: str, sent: dict[str, Any]) -> Any:
    token = client.get("/api/meta").json()["csrf"]
    return client.post(address, json=sent, headers={"X-Dateline-Csrf": token})


def done(client: TestClient, address: str, sent: dict[str, Any]) -> Any:
    answer = post(client, address, sent)
    assert answer.status_code == 200, answer.text
    return answer.json()


def well_told(client: TestClient) -> Any:
    """The incident that most articles tell."""
    (card,) = got(client, "/api/incidents?sort=-voices&limit=1")["items"]
    return got(client, f"/api/incidents/{card['id']}")


def test_a_field_is_put_right_and_taken_back(client: TestClient) -> None:
    event = well_told(client)["tellings"][0]["event"]
    told = done(client, f"/api/records/{event['id']}/correct", {"type": "PROTEST", "date": "2031-03-09", "note": "a march"})
    assert {made["field"] for made in told["corrections"]} >= {"type", "date_from", "date_to"}
    assert {made["who"] for made in told["corrections"]} == {"ana"}
    (incident,) = told["incidents"]
    telling = next(t for t in got(client, f"/api/incidents/{incident}")["tellings"] if t["event"]["id"] == event["id"])
    assert (telling["event"]["type"], telling["event"]["days"]["first"]) == ("PROTEST", "2031-03-09")
    assert telling["corrections"][0]["why"] == "a march"
    done(client, "/api/undo", told["undo"])
    article = got(client, f"/api/articles/{telling['article']['id']}")
    assert next(e["event"] for e in article["events"] if e["event"]["id"] == event["id"]) == event


def test_who_says_so_and_by_when_are_put_right_and_taken_back(client: TestClient) -> None:
    before = well_told(client)["tellings"][0]
    id, article = before["event"]["id"], f"/api/articles/{before['article']['id']}"

    def event() -> Any:
        return next(e["event"] for e in got(client, article)["events"] if e["event"]["id"] == id)

    named = done(client, f"/api/records/{id}/correct", {"said_by": ["Harbour Wire", "Ilan Doru"], "deadline": "2031-05-01"})
    assert {made["field"]: made["value"] for made in named["corrections"]} == {
        "said_by": "Harbour Wire; Ilan Doru", "deadline": "2031-05-01",
    }  # fmt: skip
    assert (event()["said_by"], event()["deadline"]) == (["Harbour Wire", "Ilan Doru"], "2031-05-01")
    taken = done(client, f"/api/records/{id}/correct", {"said_by": ["none"], "deadline": "none"})
    assert (event()["said_by"], event()["deadline"]) == ([], None)
    done(client, "/api/undo", taken["undo"])
    assert (event()["said_by"], event()["deadline"]) == (["Harbour Wire", "Ilan Doru"], "2031-05-01")
    done(client, "/api/undo", named["undo"])
    assert event() == before["event"]


def test_what_is_no_event_leaves_every_answer(client: TestClient) -> None:
    before = well_told(client)
    event = before["tellings"][0]["event"]["id"]
    told = done(client, f"/api/records/{event}/reject", {"note": "a film", "by": "ben"})
    assert told["corrections"][0]["who"] == "ben"
    for incident in told["incidents"]:
        assert event not in {t["event"]["id"] for t in got(client, f"/api/incidents/{incident}")["tellings"]}
    assert got(client, "/api/meta")["counts"]["events"] == sum(
        card["events"] for card in got(client, "/api/incidents?limit=500")["items"]
    )
    done(client, "/api/undo", told["undo"])
    after = well_told(client)
    assert after["card"] == before["card"]
    assert [t["event"] for t in after["tellings"]] == [t["event"] for t in before["tellings"]]
    assert any(correction["undone_by"] == "ana" for t in after["tellings"] for correction in t["corrections"])


def test_accepting_takes_an_event_out_of_the_review(client: TestClient) -> None:
    first, second = (item["telling"]["event"]["id"] for item in got(client, "/api/review?limit=2")["items"])
    told = done(client, f"/api/records/{first}/accept", {"note": "read twice"})
    assert told["corrections"][0]["value"] == "accepted: read twice"
    assert got(client, "/api/review?limit=1")["items"][0]["telling"]["event"]["id"] == second
    done(client, "/api/undo", told["undo"])
    assert got(client, "/api/review?limit=1")["items"][0]["telling"]["event"]["id"] == first


def test_an_incident_is_split_and_joined_again(client: TestClient) -> None:
    before = well_told(client)
    out = [t["event"]["id"] for t in before["tellings"] if t["article"]["id"] == before["tellings"][0]["article"]["id"]]
    told = done(client, f"/api/incidents/{before['card']['id']}/split", {"events": out, "note": "another day"})
    assert len(told["incidents"]) > 1
    held = {id: {t["event"]["id"] for t in got(client, f"/api/incidents/{id}")["tellings"]} for id in told["incidents"]}
    assert all(not (set(out) & events) or events <= set(out) for events in held.values()), held
    apart = next(id for id, events in held.items() if set(out) & events)
    other = next(id for id in held if id != apart)
    assert got(client, f"/api/incidents/{apart}")["decisions"][0]["why"] == "another day"
    contradicted = post(client, f"/api/incidents/{apart}/join", {"other": other})
    assert contradicted.status_code in (200, 409)
    done(client, "/api/undo", {"decisions": told["undo"]["decisions"]})
    if contradicted.status_code == 200:
        done(client, "/api/undo", contradicted.json()["undo"])
    assert well_told(client)["card"] == before["card"]


def test_two_incidents_are_joined_and_parted_again(client: TestClient) -> None:
    one, other = (card["id"] for card in got(client, "/api/incidents?type=ACCUSE&limit=2")["items"])
    told = done(client, f"/api/incidents/{one}/join", {"other": other})
    (joined,) = told["incidents"]
    assert got(client, f"/api/incidents/{joined}")["decisions"][0]["together"]
    assert {one, other} - {joined} == {id for id in (one, other) if client.get(f"/api/incidents/{id}").status_code == 404}
    done(client, "/api/undo", told["undo"])
    assert {client.get(f"/api/incidents/{id}").status_code for id in (one, other)} == {200}


@pytest.mark.parametrize(
    ("address", "sent", "status", "field"),
    [
        ("/api/records/{event}/correct", {}, 422, "note"),
        ("/api/records/{event}/correct", {"type": "WAR"}, 422, "type"),
        ("/api/records/{event}/correct", {"date": "soon"}, 422, "date"),
        ("/api/records/{event}/correct", {"speaker": "Somebody"}, 422, "speaker"),
        ("/api/records/{event}/correct", {"said_by": ["Harbour Wire; Ilan Doru"]}, 422, "said_by"),
        ("/api/records/{event}/correct", {"said_by": [" "]}, 422, "said_by"),
        ("/api/records/{event}/correct", {"said_by": "Harbour Wire"}, 422, "said_by"),
        ("/api/records/{event}/correct", {"deadline": "in spring"}, 422, "deadline"),
        ("/api/records/{statement}/correct", {"deadline": "2031-05-01"}, 422, "deadline"),
        ("/api/records/{event}/correct", {"colour": "red"}, 422, "colour"),
        ("/api/records/e0123456789abcdef/correct", {"note": "x"}, 404, None),
        ("/api/records/e0123456789abcdef/reject", {}, 404, None),
        ("/api/incidents/{incident}/split", {"events": ["e0123456789abcdef"]}, 422, "events"),
        ("/api/incidents/i0123456789abcdef/split", {"events": ["e0123456789abcdef"]}, 404, None),
        ("/api/incidents/{incident}/join", {"other": "{incident}"}, 422, "other"),
        ("/api/undo", {"corrections": ["c0123456789abcdef"]}, 404, None),
        ("/api/undo", {"decisions": [99]}, 404, None),
        ("/api/undo", {"decisions": [10**20]}, 404, None),
    ],
)
def test_a_write_that_makes_no_sense_is_told_why(
    client: TestClient, address: str, sent: dict[str, Any], status: int, field: str | None
) -> None:
    found = well_told(client)
    statement = got(client, "/api/statements?limit=1")["items"][0]["id"]
    names = {"event": found["tellings"][0]["event"]["id"], "statement": statement, "incident": found["card"]["id"]}
    filled = {key: value.format(**names) if isinstance(value, str) else value for key, value in sent.items()}
    answer = post(client, address.format(**names), filled)
    told = answer.json()
    assert (answer.status_code, told["field"]) == (status, field), told
    assert well_told(client) == found


def test_what_is_sent_and_is_no_json_is_told_so(client: TestClient) -> None:
    token = got(client, "/api/meta")["csrf"]
    sent = {"X-Dateline-Csrf": token, "Content-Type": "application/json"}
    told = client.post("/api/undo", content=b'{"decisions": [1,]}', headers=sent).json()
    assert (told["status"], told["field"]) == (422, None)
    assert told["detail"].startswith("what was sent is no JSON: ")


def test_an_undo_of_what_is_not_there_takes_nothing_back(client: TestClient) -> None:
    telling = well_told(client)["tellings"][0]
    event, article = telling["event"]["id"], telling["article"]["id"]
    made = done(client, f"/api/records/{event}/correct", {"status": "negated"})["undo"]["corrections"]
    for sent in ({"corrections": [*made, "c0123456789abcdef"]}, {"corrections": made, "decisions": [99]}):
        assert post(client, "/api/undo", sent).status_code == 404
        told = {each["event"]["id"]: each["event"] for each in got(client, f"/api/articles/{article}")["events"]}
        assert told[event]["status"] == "negated"


def test_nothing_may_be_left_of_an_incident(client: TestClient) -> None:
    found = well_told(client)
    every = [telling["event"]["id"] for telling in found["tellings"]]
    answer = post(client, f"/api/incidents/{found['card']['id']}/split", {"events": every})
    assert (answer.status_code, answer.json()["field"]) == (422, "events")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_ledger_that_can_only_be_read_is_shown_and_not_corrected(copy: Path, serve: Serve) -> None:
    connect(copy).close()
    copy.chmod(0o444)
    client = serve(copy)
    assert not got(client, "/api/meta")["writable"]
    event = well_told(client)["tellings"][0]["event"]["id"]
    assert post(client, f"/api/records/{event}/reject", {}).status_code == 503


def test_what_others_write_is_seen(copy: Path, serve: Serve) -> None:
    client = serve(copy)
    before = client.get("/api/articles?limit=1")
    db = connect(copy)
    db.execute("UPDATE article SET title = 'Changed by another process'")
    db.close()
    after = client.get("/api/articles?limit=1", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["items"][0]["article"]["title"] == "Changed by another process"


def test_what_is_counted_follows_what_is_taken_in_and_what_is_merged(tmp_path: Path, serve: Serve) -> None:
    *before, after = readings()[:4]
    client = serve(make(tmp_path / "war.db", before))
    first = got(client, "/api/meta")
    add(tmp_path / "war.db", after)
    taken_in = got(client, "/api/meta")
    assert (taken_in["counts"]["articles"], taken_in["behind"]) == (4, 1)
    assert all(taken_in[key] == first[key] for key in ("last_day", "bbox", "countries")), "these are of incidents"
    update(connect(tmp_path / "war.db"))
    merged = got(client, "/api/meta")
    assert (merged["counts"]["articles"], merged["behind"]) == (4, 0)
    assert sum(each["incidents"] for each in merged["countries"]) > sum(each["incidents"] for each in first["countries"])
