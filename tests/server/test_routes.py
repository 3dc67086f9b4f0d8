"""Every address answers from the offensive what the ledger says, in the shape that the contract has."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from dateline.incidents.asking import control as asked_control
from dateline.ledger.answers import Ledger
from dateline.server import contract
from dateline.server.shapes import incidents as shapes
from dateline.server.shapes import views
from dateline.server.shapes.common import Page

DOCS = Path(__file__).parents[2] / "docs"
SHAPES: dict[str, Any] = {
    "/api/meta": shapes.Meta,
    "/api/incidents": Page[shapes.Card],
    "/api/map": shapes.MapColumns,
    "/api/histogram": shapes.Histogram,
    "/api/suggest?q=k": shapes.Suggestions,
    "/api/timeline": views.Timeline,
    "/api/control": views.Control,
    "/api/control?at=2031-03-10": views.Control,
    "/api/control/history": views.ControlHistory,
    "/api/control/history?place=Brenvik": views.ControlHistory,
    "/api/commitments": views.Commitments,
    "/api/statements": Page[views.Statement],
    "/api/speakers": Page[views.Speaker],
    "/api/articles": Page[views.ArticleItem],
    "/api/review": Page[views.ReviewItem],
    "/api/runs": Page[views.Run],
    "/api/failures": Page[views.Failure],
}


def got(api: TestClient, address: str) -> Any:
    answer = api.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("address", SHAPES)
def test_an_address_answers_something_in_its_shape(api: TestClient, address: str) -> None:
    TypeAdapter(SHAPES[address]).validate_json(api.get(address).content)
    told = got(api, address)
    for name in ("items", "places", "entries", "id", "days"):
        assert told.get(name, True), f"{name} is empty"


def test_every_address_of_the_contract_is_tried_here_or_writes() -> None:
    tried = {address.partition("?")[0] for address in SHAPES} | {"/api/incidents/{id}", "/api/articles/{id}", "/api/export"}
    reading = {path for path, operations in contract.document()["paths"].items() if "get" in operations}
    assert reading == tried


def test_every_address_is_on_the_page_for_people() -> None:
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    for path, operations in contract.document()["paths"].items():
        for method in operations:
            assert f"## {method.upper()} {path}\n" in page
    assert page == contract.page(), "run `make docs-generated`"


def test_the_contract_has_not_drifted() -> None:
    assert (DOCS / "openapi.json").read_text(encoding="utf-8") == contract.text(), "run `make docs-generated`"


def test_the_whole_is_counted(api: TestClient, war: Path) -> None:
    meta = got(api, "/api/meta")
    with Ledger(war) as ledger:
        counted = {name: ledger.db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in
                   ("incidents", "events", "articles", "statements")}  # fmt: skip
    assert {name: meta["counts"][name] for name in counted} == counted
    assert {outlet["name"] for outlet in meta["outlets"]} >= {"Northwire", "Halvern Courier"}
    assert (meta["behind"], meta["writable"], meta["ledger"]) == (0, True, "war.db")


def test_the_drawer_has_every_word_that_the_incident_stands_on(api: TestClient) -> None:
    (card,) = got(api, "/api/incidents?sort=-voices&limit=1")["items"]
    found = got(api, f"/api/incidents/{card['id']}")
    assert found["card"] == card
    assert len(found["tellings"]) == card["events"] > 3
    assert len({telling["article"]["id"] for telling in found["tellings"]}) == card["articles"]
    assert found["merged"], "several articles are held together by scores"
    for telling in found["tellings"]:
        paragraph = "".join(segment["text"] for segment in telling["paragraph"]["segments"])
        assert telling["event"]["trigger"] in paragraph
        marked = "".join(s["text"] for s in telling["paragraph"]["segments"] if "trigger" in s["fields"])
        assert telling["event"]["trigger"] == marked
        assert telling["incident"] == card["id"]
        assert {reason["field"] for reason in telling["reasons"]}
    fields = {field for telling in found["tellings"] for s in telling["paragraph"]["segments"] for field in s["fields"]}
    assert fields >= {"trigger", "when", "where"}
    used = [place for telling in found["tellings"] for place in telling["places"] if place["used"]]
    assert any(place["resolved"]["lat"] is not None for place in used)
    assert any(
        date["used"] and date["days"] and date["anchor"] for telling in found["tellings"] for date in telling["dates"]
    )


def test_disputed_tolls_stand_beside_each_other(api: TestClient) -> None:
    cards = got(api, "/api/incidents?type=ASSAULT&limit=100")["items"]
    disputed = next(card for card in cards if card["toll"] and card["toll"]["disputed"])
    (toll,) = (toll for toll in got(api, f"/api/incidents/{disputed['id']}")["tolls"] if toll["what"] == "killed")
    assert (toll["low"], toll["high"]) == (disputed["toll"]["low"], disputed["toll"]["high"])
    assert len(toll["said"]) > 1


def test_an_article_is_told_whole(api: TestClient, war: Path) -> None:
    item = max(got(api, "/api/articles?limit=100")["items"], key=lambda item: item["events"] + item["statements"])
    found = got(api, f"/api/articles/{item['article']['id']}")
    with Ledger(war) as ledger:
        text = ledger.reading(found["article"]["id"])["text"]
    shown = ["".join(segment["text"] for segment in passage["segments"]) for passage in found["text"]]
    assert shown == [text[passage["start"] : passage["end"]] for passage in found["text"]]
    assert "\n".join(line for line in text.splitlines() if line.strip()) == "\n".join(shown)
    assert (len(found["events"]), len(found["statements"])) == (item["events"], item["statements"])
    named = {id for passage in found["text"] for segment in passage["segments"] for id in segment["of"]}
    assert named == {event["event"]["id"] for event in found["events"]} | {said["id"] for said in found["statements"]}


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("type=PROTEST", lambda card: card["type"] == "PROTEST"),
        ("type=PROTEST,RETREAT", lambda card: card["type"] in ("PROTEST", "RETREAT")),
        ("quad=verbal-conflict", lambda card: card["quad"] == "verbal-conflict"),
        ("status=future&status=demanded", lambda card: card["status"] in ("future", "demanded")),
        ("confidence=0.8", lambda card: card["confidence"] >= 0.8),
        ("voices=3", lambda card: card["voices"] >= 3),
        ("place=pell", lambda card: card["place"]["name"] == "Pell"),
        ("place=Pell&place=Dunmere", lambda card: card["place"]["name"] in ("Pell", "Dunmere")),
        ("since=2031-03-10", lambda card: card["day"] >= "2031-03-10" or card["days"]["last"] >= "2031-03-10"),
        ("until=2031-03-05", lambda card: card["day"] <= "2031-03-05"),
        ("outlet=northwire", lambda card: "Northwire" in card["outlets"]),
        ("bbox=11,-71,11.5,-70.9", lambda card: 11 <= card["place"]["lon"] <= 11.5 and -71 <= card["place"]["lat"] <= -70.9),
    ],
)  # fmt: skip
def test_filters_leave_what_fulfils_them(api: TestClient, asked: str, holds: Any) -> None:
    every = got(api, "/api/incidents?limit=500")["items"]
    found = got(api, f"/api/incidents?limit=500&{asked}")
    assert 0 < found["total"] == len(found["items"]) < len(every)
    assert all(holds(card) for card in found["items"])
    located = [card["id"] for card in found["items"] if card["place"] and card["place"]["lat"] is not None]
    assert got(api, f"/api/map?{asked}")["id"] == located, "the map shows the same, in the same order"
    bars = got(api, f"/api/histogram?{asked}")
    assert sum(sum(of) for name, of in bars.items() if name not in ("days", "undated")) + bars["undated"] == found["total"]
    timeline = got(api, f"/api/timeline?limit=1000&{asked}")
    assert {entry["id"] for entry in timeline["entries"]} == {card["id"] for card in found["items"]}
    rows = list(csv.DictReader(io.StringIO(api.get(f"/api/export?format=csv&{asked}").text)))
    assert [row["id"] for row in rows] == [card["id"] for card in found["items"]]


def test_searches_and_actors_find_incidents_by_what_tells_them(api: TestClient) -> None:
    searched = got(api, "/api/incidents?q=bomb&limit=500")["items"]
    assert searched
    for name in ("Kesht Front", "=Kesht Front", "/REB"):
        found = got(api, f"/api/incidents?limit=500&actor={name}")["items"]
        assert any("Kesht Front" in card["actors"] for card in found), name
        assert len(found) < got(api, "/api/meta")["counts"]["incidents"]


def test_suggestions_lead_to_what_they_promise(api: TestClient) -> None:
    for typed, filter in (("kes", "actor"), ("pel", "place"), ("assa", "type"), ("northw", "outlet")):
        first = next(one for one in got(api, f"/api/suggest?q={typed}")["items"] if one["filter"] == filter)
        found = got(api, f"/api/incidents?limit=1&{filter}={first['value']}")
        assert found["total"] >= (first["count"] if filter != "outlet" else 1), first


def test_control_is_what_the_command_line_says(api: TestClient, war: Path) -> None:
    with Ledger(war) as ledger:
        places, _ = asked_control(ledger.db)
    told = {place["key"]: place for place in got(api, "/api/control")["places"]}
    assert {place.key: place.days[-1].holder for place in places} == {key: place["holder"] for key, place in told.items()}
    history = got(api, "/api/control/history")
    for place in history["places"]:
        assert place["spans"][-1]["holder"] == told[place["key"]]["holder"]
    before, after = (got(api, f"/api/control?at={day}") for day in ("2031-03-05", "2031-03-14"))
    assert [p["holder"] for p in before["places"]] != [p["holder"] for p in after["places"]]
    one = got(api, f"/api/control/history?place={history['places'][0]['name']}")
    assert any(span["reports"] for span in one["places"][0]["spans"])


def test_commitments_can_be_asked_for_by_what_came_of_them(api: TestClient) -> None:
    every = got(api, "/api/commitments")["items"]
    assert {one["status"] for one in every} >= {"missed", "moved"}
    missed = got(api, "/api/commitments?status=missed")["items"]
    assert missed == [one for one in every if one["status"] == "missed"]
    assert all(evidence["incident"] for one in every for evidence in one["evidence"])


def test_statements_and_speakers_agree(api: TestClient) -> None:
    most = got(api, "/api/speakers?limit=1")["items"][0]
    said = got(api, f"/api/statements?limit=500&said_by=={most['name']}")["items"]
    assert sum(one["speaker"] == {k: most[k] for k in ("name", "country", "sector")} for one in said) == most["statements"]


def test_the_review_of_one_day_ends_with_that_day(api: TestClient) -> None:
    found = got(api, "/api/review?since=2031-03-08&until=2031-03-08")
    assert 0 < found["total"] == len(found["items"]) <= 20
    spans = [item["telling"]["event"]["days"] for item in found["items"]]
    assert all(days["first"] <= "2031-03-08" <= days["last"] for days in spans)


def test_the_review_begins_with_what_is_least_certain(api: TestClient) -> None:
    found = [item["telling"]["event"]["confidence"] for item in got(api, "/api/review?limit=100")["items"]]
    assert found == sorted(found)


@pytest.mark.parametrize("format", ["json", "csv", "geojson"])
@pytest.mark.parametrize("what", ["incidents", "events"])
def test_exports_are_the_exporters(api: TestClient, what: str, format: str) -> None:
    answer = api.get(f"/api/export?format={format}&what={what}&place=Pell")
    assert answer.headers["content-disposition"] == f'attachment; filename="{what}.{format}"'
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
    else:
        rows = json.loads(answer.text)
        rows = rows["features"] if format == "geojson" else rows
    cards = got(api, "/api/incidents?place=Pell&limit=100")["items"]
    assert len(rows) == (len(cards) if what == "incidents" else sum(card["events"] for card in cards))


@pytest.mark.parametrize(
    ("list_of", "sorts"),
    [
        ("incidents", ["rank", "day", "-day", "confidence", "-confidence", "-voices"]),
        ("statements", ["date", "-date", "speaker"]),
        ("articles", ["date", "-date", "outlet", "title", "-words"]),
        ("review", [None]),
        ("runs", [None]),
    ],
)
def test_pages_put_together_are_the_whole_list(api: TestClient, list_of: str, sorts: list[str | None]) -> None:
    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(limit=st.integers(20, 90), sort=st.sampled_from(sorts))
    def walked(limit: int, sort: str | None) -> None:
        asked = f"/api/{list_of}?limit={limit}" + (f"&sort={sort}" if sort else "")
        pages, cursor = [], ""
        while True:
            page = got(api, asked + cursor)
            pages.append(page["items"])
            assert len(page["items"]) <= limit
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        rows = [json.dumps(row) for items in pages for row in items]
        assert len(rows) == len(set(rows)) == page["total"]
        assert all(len(items) == limit for items in pages[:-1])

    walked()


def test_a_page_holds_while_others_are_written(copy: Path, serve: Any) -> None:
    client = serve(copy)
    first = got(client, "/api/incidents?limit=20")
    token = got(client, "/api/meta")["csrf"]
    event = got(client, f"/api/incidents/{first['items'][0]['id']}")["tellings"][0]["event"]["id"]
    done = client.post(f"/api/records/{event}/correct", json={"note": "seen"}, headers={"X-Dateline-Csrf": token})
    assert done.status_code == 200, done.text
    second = got(client, f"/api/incidents?limit=20&cursor={first['next']}")
    assert not {card["id"] for card in first["items"]} & {card["id"] for card in second["items"]}


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/api/incidents?type=WAR", 422, "type"),
        ("/api/incidents?since=yesterday", 422, "since"),
        ("/api/incidents?since=2031-05&until=2031-03", 422, "until"),
        ("/api/incidents?country=Atlantis", 422, "country"),
        ("/api/incidents?bbox=1,2,3", 422, "bbox"),
        ("/api/incidents?q=%22", 422, "q"),
        ("/api/incidents?actor=%20", 422, "actor"),
        ("/api/control?at=soon", 422, "at"),
        ("/api/commitments?at=soon", 422, "at"),
        ("/api/commitments?due_before=soon", 422, "due_before"),
        ("/api/incidents?limit=0", 422, "limit"),
        ("/api/incidents?cursor=x", 422, "cursor"),
        ("/api/incidents?colour=red", 422, "colour"),
        ("/api/incidents/i0000000000000000", 404, None),
        ("/api/incidents/e0000000000000000", 422, "id"),
        ("/api/articles/a0000000000000000", 404, None),
        ("/api/nothing", 404, None),
        ("/api", 404, None),
    ],
)
def test_what_is_wrong_is_said(api: TestClient, address: str, status: int, field: str | None) -> None:
    answer = api.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["field"] == field
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("list_of", ["incidents", "articles", "statements", "speakers"])
def test_a_search_for_no_word_is_none(api: TestClient, list_of: str) -> None:
    assert api.get(f"/api/{list_of}?q=%20").json()["total"] == api.get(f"/api/{list_of}").json()["total"]


def test_a_cursor_cannot_be_taken_to_another_question(api: TestClient) -> None:
    cursor = got(api, "/api/incidents?limit=5")["next"]
    assert api.get(f"/api/incidents?limit=5&sort=day&cursor={cursor}").status_code == 422
    assert api.get(f"/api/articles?limit=5&cursor={cursor}").status_code == 422
