"""Who may ask, how, how often and how much; and what every answer leaves with."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dateline.server.limits import Limit
from tests.server.conftest import Serve

TOKEN = "correct horse battery"
CLOSED = {"host": "192.0.2.7", "token": TOKEN}
ALWAYS = {
    "x-content-type-options": "nosniff", "x-frame-options": "DENY", "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}  # fmt: skip


@pytest.mark.parametrize("address", ["/api/meta", "/api/nothing", "/", "/assets/none.js", "/api/incidents?limit=x"])
def test_every_answer_has_the_headers(api: TestClient, address: str) -> None:
    answer = api.get(address)
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "server" not in answer.headers


def test_what_has_not_changed_is_not_sent_again(api: TestClient) -> None:
    first = api.get("/api/incidents?limit=3")
    tag = first.headers["etag"]
    assert re.fullmatch(r'W/"[0-9a-f]{24}"', tag)
    for told in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = api.get("/api/incidents?limit=3", headers={"If-None-Match": told})
        assert (again.status_code, again.content) == (304, b""), told
        assert again.headers["etag"] == tag
    assert api.get("/api/incidents?limit=4", headers={"If-None-Match": tag}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"


def test_answers_change_their_tag_with_the_ledger(copy: Path, serve: Serve) -> None:
    client = serve(copy)
    addresses = ("/api/incidents", "/api/control", "/api/articles", "/api/meta")
    before = {address: client.get(address).headers["etag"] for address in addresses}
    event = client.get("/api/review").json()["items"][0]["telling"]["event"]["id"]
    csrf = client.get("/api/meta").json()["csrf"]
    assert client.post(f"/api/records/{event}/reject", json={}, headers={"X-Dateline-Csrf": csrf}).status_code == 200
    for address in addresses:
        assert client.get(address, headers={"If-None-Match": before[address]}).status_code == 200


def test_long_answers_are_compressed(api: TestClient) -> None:
    with api.stream("GET", "/api/map", headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    plain = api.get("/api/map", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8321", "", "192.0.2.1", "["]
)
def test_a_host_that_is_not_ours_is_refused(api: TestClient, host: str) -> None:
    assert api.get("/api/meta", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8321", "127.0.0.1", "[::1]:8321", "LOCALHOST"])
def test_our_own_names_are_known(api: TestClient, host: str) -> None:
    assert api.get("/api/meta", headers={"Host": host}).status_code == 200


def test_a_name_can_be_allowed(war: Path, serve: Serve) -> None:
    client = serve(war, names=("ledger.example",))
    assert client.get("/api/meta", headers={"Host": "ledger.example"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Dateline-Csrf": "guessed"}, 403),
        ({"X-Dateline-Csrf": "{csrf}", "Origin": "http://evil.example"}, 403),
        ({"X-Dateline-Csrf": "{csrf}", "Origin": "null"}, 403),
        ({"X-Dateline-Csrf": "{csrf}", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Dateline-Csrf": "{csrf}", "Content-Type": "text/plain"}, 415),
        ({"X-Dateline-Csrf": "{csrf}", "Origin": "http://127.0.0.1:8321", "Sec-Fetch-Site": "same-origin"}, 404),
        ({"X-Dateline-Csrf": "{csrf}", "Origin": "http://["}, 403),
    ],
)
def test_writes_come_from_our_own_page(api: TestClient, headers: dict[str, str], status: int) -> None:
    csrf = api.get("/api/meta").json()["csrf"]
    filled = {"Content-Type": "application/json", **{name: value.format(csrf=csrf) for name, value in headers.items()}}
    answer = api.post("/api/records/e0123456789abcdef/reject", content="{}", headers=filled)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(api: TestClient, method: str) -> None:
    assert api.request(method, "/api/undo").status_code in (403, 405, 415)


def test_long_bodies_are_refused(war: Path, serve: Serve) -> None:
    client = serve(war, body_bytes=1000)
    headers = {"X-Dateline-Csrf": client.get("/api/meta").json()["csrf"], "Content-Type": "application/json"}
    assert client.post("/api/undo", content=b"x" * 1001, headers=headers).status_code == 413
    assert client.post("/api/undo", content=iter([b"x" * 600, b"x" * 600]), headers=headers).status_code == 413
    assert client.post("/api/undo", content=b"x" * 999, headers=headers).status_code == 422


def test_whoever_asks_too_often_waits(war: Path, serve: Serve) -> None:
    client = serve(war, reads=(0.001, 5))
    answers = [client.get("/api/runs") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0


def test_a_bucket_fills_up_again_and_is_one_for_each() -> None:
    now = [0.0]
    limit = Limit(2.0, 3, lambda: now[0])
    assert [limit.wait("a") for _ in range(3)] == [0.0] * 3
    assert limit.wait("a") == pytest.approx(0.5)
    assert limit.wait("b") == 0.0
    now[0] = 0.5
    assert limit.wait("a") == 0.0
    assert limit.wait("a") > 0


def test_without_the_token_nothing_is_told(war: Path, serve: Serve) -> None:
    client = serve(war, **CLOSED)
    for address in ("/api/meta", "/api/incidents", "/api/export?format=csv"):
        answer = client.get(address)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
    page = client.get("/")
    assert page.status_code == 401
    assert "Kesht" not in page.text
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/api/meta", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/meta", headers={"Cookie": "dateline=guessed"}).status_code == 401
    assert client.post("/api/session", json={"token": "wrong"}).status_code == 401


def test_the_token_is_traded_for_a_cookie(war: Path, serve: Serve) -> None:
    client = serve(war, **CLOSED)
    opened = client.get(f"/timeline?token={TOKEN}", follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, "/timeline")
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert client.get("/api/meta").status_code == 200


def test_a_program_trades_it_too_or_sends_it_along(war: Path, serve: Serve) -> None:
    client = serve(war, **CLOSED)
    assert client.get("/api/meta", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.post("/api/session", json={"token": TOKEN}).status_code == 204
    assert client.get("/api/meta").status_code == 200


def test_tokens_cannot_be_guessed_quickly(war: Path, serve: Serve) -> None:
    client = serve(war, **CLOSED, openings=(0.01, 3))
    told = [client.get(f"/?token=guess{n}").status_code for n in range(5)]
    assert told == [401] * 3 + [429] * 2


def test_the_way_back_stays_here(war: Path, serve: Serve) -> None:
    client = serve(war, **CLOSED)
    opened = client.get(f"//evil.example/?token={TOKEN}", follow_redirects=False)
    assert not opened.headers.get("location", "/").startswith("//")
