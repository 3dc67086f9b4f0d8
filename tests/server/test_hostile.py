"""Whatever an article says, the server only ever passes it on as data: in JSON that no browser takes for a page, addresses left out
that would run something."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.ledger.ids import article_id
from dateline.model import Actor, Article, Publication, Reading
from tests.ledger.made import event, statement
from tests.server.conftest import Serve
from tests.server.making import make

SCRIPT = "</script><script>alert('x')</script>"
SVG = '<svg onload="alert(1)"><image href="javascript:alert(2)"/></svg>'
BIDI = "\u202egnp.exe\u2066 \u2066\u202e"
TITLE = f"{SCRIPT} {BIDI} “quoted” ' \" <b>"
WHO = Actor(f"Front {SVG}", "AFG", "REB")
TEXT = (
    f"{WHO.name} shelled the town of Talma on Monday. {SCRIPT}\n\n{BIDI} {SVG} 😀 the army fled.\r\n\r\n\u2028\u2029 {{}} %s ${{7*7}} "
    f"{{{{7*7}}}} said {SCRIPT}."
)
URLS = [
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", 'https://a.example/"><script>', "JaVaScRiPt:alert(1)",
    " https://a.example",
]  # fmt: skip


def reading(url: str) -> Reading:
    article = Article("", f"{TEXT} {url}", TITLE, None, url, f"Outlet {SVG}")
    article = replace(article, id=article_id(article))
    told = event(article.text, "shelled", actors=(WHO,), killed=(3, 4))
    fled = event(article.text, "fled", "RETREAT", "withdraw", said_by=(SCRIPT,))
    words = statement(article.text, "the army fled", Actor(SCRIPT))
    undated = Publication(start=0, end=0, day=None, earliest=None, latest=None, basis=None)
    return Reading(article, undated, events=(told, fled), statements=(words,))


@pytest.fixture
def client(tmp_path: Path, serve: Serve) -> TestClient:
    return serve(make(tmp_path / "hostile.db", [reading(url) for url in URLS]))


ADDRESSES = (
    "meta incidents map histogram suggest?q=front timeline control control/history commitments statements speakers articles review runs "
    "failures export?format=json export?format=geojson export?format=csv&what=events"
).split()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_data(client: TestClient, address: str) -> None:
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    assert kind in ("application/json", "application/geo+json", "text/csv")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    if kind != "text/csv":
        _check(json.loads(answer.text))
    else:
        assert answer.headers["content-disposition"].startswith("attachment")


def test_drawer_and_reader_pass_the_words_on_to_the_letter(client: TestClient) -> None:
    for card in client.get("/api/incidents?limit=50").json()["items"]:
        found = client.get(f"/api/incidents/{card['id']}").json()
        _check(found)
        for telling in found["tellings"]:
            article = client.get(f"/api/articles/{telling['article']['id']}").json()
            _check(article)
            assert article["article"]["title"] == TITLE
            shown = "\n".join("".join(segment["text"] for segment in passage["segments"]) for passage in article["text"])
            for words in (SCRIPT, SVG, "😀 the army fled."):
                assert words in shown
            marked = "".join(s["text"] for s in telling["paragraph"]["segments"] if "trigger" in s["fields"])
            assert marked == telling["event"]["trigger"]


@pytest.mark.parametrize(
    "typed", [SCRIPT, SVG, BIDI, "'; DROP TABLE event; --", "%", "_", "*", '"', "a" * 100, "\x00", "😀"]
)
def test_whatever_is_typed_is_only_looked_for(client: TestClient, typed: str) -> None:
    for address, name in (
        ("suggest", "q"),
        ("incidents", "q"),
        ("incidents", "actor"),
        ("incidents", "place"),
        ("articles", "q"),
    ):
        answer = client.get(f"/api/{address}", params={name: typed})
        assert answer.status_code in (200, 422)
        assert answer.headers["content-type"] in ("application/json", "application/problem+json")
    assert client.get("/api/meta").json()["counts"]["events"] == 2 * len(URLS)


def test_what_a_person_writes_is_data_as_well(client: TestClient) -> None:
    event = client.get("/api/review?limit=1").json()["items"][0]["telling"]["event"]["id"]
    headers = {"X-Dateline-Csrf": client.get("/api/meta").json()["csrf"]}
    sent = {"place": SCRIPT, "actors": [SCRIPT], "note": SCRIPT, "by": SVG}
    done = client.post(f"/api/records/{event}/correct", json=sent, headers=headers)
    assert done.status_code == 200, done.text
    assert done.json()["corrections"][0]["why"] == SCRIPT


def _check(value: Any, key: str = "") -> None:
    """No address but http and https is called one."""
    if isinstance(value, dict):
        for name, of in value.items():
            _check(of, name)
    elif isinstance(value, list):
        for one in value:
            _check(one, key)
    elif key == "url" and value is not None:
        assert value.startswith(("http://", "https://"))
        assert not set(value) & set("<>\"' ")
