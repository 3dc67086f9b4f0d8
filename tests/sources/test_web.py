"""Fetching from a server that is really there: politely, and never from where a link must not lead."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.ledger.store import connect
from dateline.ledger.watching import Watch, seconds
from dateline.sources import Failure, Found, outcomes
from dateline.sources.web import Refused, Unavailable, Web, hosts
from tests.sources.test_formats import page, rss

LONG = (
    "Rebels seized the town of Talma on Monday, and officials said that they would not give it back before the winter. " * 8
)


@dataclass
class Site:
    """A web server for one test: what it answers, and what it was asked."""

    host: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append((self.path, dict(self.headers.items())))
            status, headers, body = made.pages.get(self.path, (404, {}, b"no"))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.host = f"127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def web(site: Site) -> Web:
    return Web(hosts([site.host]), between=0.0)


def taken(web: Web, *inputs: str | Path) -> list[Found | Failure]:
    return list(outcomes(inputs, web=web))


def test_a_page_is_fetched_under_our_name_and_read(site: Site, web: Web) -> None:
    site.pages["/1"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(page()))
    (found,) = taken(web, site.url("/1"))
    assert isinstance(found, Found)
    assert (found.article.title, found.article.url) == ("Talma", "https://tal.example/1")
    assert found.retrieved is not None
    assert site.paths() == ["/robots.txt", "/1"]
    assert all(headers["User-Agent"].startswith("Dateline/") for _, headers in site.asked)


def test_local_addresses_are_refused_whoever_names_them(site: Site, tmp_path: Path) -> None:
    stranger = Web(between=0.0)
    port = site.host.split(":")[1]
    for host in (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "169.254.169.254",
        "10.0.0.1",
        "[::ffff:127.0.0.1]",
        "2130706433",
    ):
        with pytest.raises(Refused, match="local address"), stranger.get(f"http://{host}:{port}/1"):
            pass
    listed = tmp_path / "urls.txt"
    listed.write_text(f"http://127.0.0.1:{port}/secret\n")
    (found,) = taken(stranger, listed)
    assert isinstance(found, Failure)
    assert "--allow-host" in found.reason
    assert site.asked == []


def test_a_redirect_to_a_local_address_is_refused(site: Site, web: Web) -> None:
    for path, target in {
        "/a": "http://localhost:1/x",
        "/b": "file:///etc/passwd",
        "/c": "http://169.254.169.254/latest",
    }.items():
        site.pages[path] = (302, {"Location": target}, b"")
        (found,) = taken(web, site.url(path))
        assert isinstance(found, Failure)
        assert "local address" in found.reason or "only http and https" in found.reason, found.reason
    site.pages["/d"] = (302, {"Location": site.url("/d")}, b"")
    (found,) = taken(web, site.url("/d"))
    assert isinstance(found, Failure)
    assert "5 times at most" in found.reason


def test_robots_txt_is_kept_to(site: Site, web: Web) -> None:
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /private/\n")
    site.pages["/private/1"] = site.pages["/open/1"] = (200, {"Content-Type": "text/html"}, page())
    refused, found = taken(web, site.url("/private/1"), site.url("/open/1"))
    assert isinstance(refused, Failure)
    assert "robots.txt" in refused.reason
    assert isinstance(found, Found)
    assert site.paths() == ["/robots.txt", "/open/1"]
    site.pages["/robots.txt"] = (503, {}, b"")
    (in_trouble,) = taken(Web(hosts([site.host]), between=0.0), site.url("/open/1"))
    assert isinstance(in_trouble, Failure), "a server in trouble is left alone"


def test_what_a_server_answers_is_told(site: Site, web: Web) -> None:
    site.pages["/busy"] = (429, {"Retry-After": "120"}, b"")
    with pytest.raises(Unavailable, match="429") as raised, web.get(site.url("/busy")):
        pass
    assert raised.value.wait == 120
    (gone,) = taken(web, site.url("/gone"))
    assert isinstance(gone, Failure)
    assert "HTTP 404" in gone.reason


@pytest.mark.parametrize("whole", [page(), gzip.compress(page(), mtime=0)])
def test_an_answer_that_breaks_off_is_no_article(site: Site, web: Web, whole: bytes) -> None:
    site.pages["/1"] = (200, {"Content-Type": "text/html", "Content-Length": str(len(whole))}, whole[:-90])
    for found in (*taken(web, site.url("/1")), web.article(site.url("/1"))):
        assert isinstance(found, Failure)
        assert "the answer breaks off: 90 bytes" in found.reason


def test_a_page_that_breaks_off_ends_neither_its_feed_nor_the_watching(site: Site, web: Web, tmp_path: Path) -> None:
    item = "<item><title>T</title><link>{}</link></item>"
    links = "".join(item.format(site.url(path)) for path in ("/torn", "/1"))
    site.pages["/feed"] = (200, {}, f'<rss version="2.0"><channel><title>T</title>{links}</channel></rss>'.encode())
    site.pages["/torn"] = (200, {"Transfer-Encoding": "chunked"}, b"ffff\r\n<html><p>Rebels")
    site.pages["/1"] = (200, {"Content-Type": "text/html"}, page())
    with closing(connect(tmp_path / "a.db", create=True)) as db:
        for found in (taken(web, site.url("/feed")), list(Watch([site.url("/feed")], 900, web).outcomes(db, True, print))):
            torn, well = found
            assert isinstance(torn, Failure)
            assert "breaks off" in torn.reason
            assert isinstance(well, Found)


class Dripping(ThreadingHTTPServer):
    """A server that sends a letter now and then, and never comes to an end."""

    def finish_request(self, request: Any, client_address: Any) -> None:
        request.recv(9999)
        request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        with suppress(OSError):
            while True:
                request.sendall(b".")
                time.sleep(0.05)


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.sources.web.TIMEOUT", 0.4)
    with Dripping(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        found = Web(hosts([host]), between=0.0).article(f"http://{host}/1")
        server.shutdown()
    assert isinstance(found, Failure)
    assert "too slowly" in found.reason


def test_a_name_that_nobody_knows_is_told_without_numbers() -> None:
    outcome = Web().article("http://dateline.invalid/page")
    assert isinstance(outcome, Failure)
    assert "check the address" in outcome.reason
    assert "Errno" not in outcome.reason


def test_a_feed_brings_its_pages(site: Site, web: Web) -> None:
    site.pages["/feed"] = (200, {}, rss().replace(b"https://tal.example/1", site.url("/1").encode()))
    site.pages["/1"] = (200, {"Content-Type": "text/html"}, page())
    (found,) = taken(web, site.url("/feed"))
    assert isinstance(found, Found)
    assert "return by Friday" in found.article.text, "the page, not the beginning that the feed gives"
    site.pages["/whole"] = (200, {}, rss().replace(b"officials said.", LONG.encode()))
    (found,) = taken(web, site.url("/whole"))
    assert isinstance(found, Found)
    assert "/whole" in site.paths()[-1], "what the feed carries whole is not fetched"


def test_watching_asks_only_for_what_is_new(site: Site, web: Web, tmp_path: Path) -> None:
    feed = rss().replace(b"https://tal.example/1", site.url("/1").encode())
    site.pages["/feed"] = (200, {"ETag": '"a"', "Last-Modified": "Wed, 30 Jun 2021 08:00:00 GMT"}, feed)
    site.pages["/1"] = (200, {"Content-Type": "text/html"}, page())
    db = connect(tmp_path / "a.db", create=True)
    said: list[str] = []
    watch = Watch([site.url("/feed")], 900, web)
    assert len(list(watch.outcomes(db, True, said.append))) == 1
    assert list(watch.outcomes(db, True, said.append)) == [], "it is not due"
    db.execute("UPDATE feed SET due = '2021-01-01T00:00:00Z'")
    assert list(watch.outcomes(db, True, said.append)) == []
    path, headers = site.asked[-1]
    assert (path, headers["If-None-Match"], headers["If-Modified-Since"]) == (
        "/feed",
        '"a"',
        "Wed, 30 Jun 2021 08:00:00 GMT",
    )
    site.pages["/feed"] = (500, {}, b"")
    pauses = []
    for _ in range(3):
        db.execute("UPDATE feed SET due = '2021-01-01T00:00:00Z'")
        assert list(watch.outcomes(db, True, said.append)) == []
        row = db.execute("SELECT misses, error, unixepoch(due) - unixepoch(checked) AS pause FROM feed").fetchone()
        pauses.append(row["pause"])
    assert (row["misses"], "HTTP 500" in row["error"], pauses) == (3, True, [1800, 3600, 7200])
    assert "HTTP 500" in said[0]
    db.close()


@pytest.mark.parametrize(("written", "meant"), [("90s", 90), ("15m", 900), ("2h", 7200), ("1.5d", 129600)])
def test_times(written: str, meant: float) -> None:
    assert seconds(written) == meant


@pytest.mark.parametrize("written", ["", "15", "m", "5s", "-3m", "soon"])
def test_what_is_no_time(written: str) -> None:
    with pytest.raises(ValueError, match=r"no time|once a minute"):
        seconds(written)
