"""A report carries what the page would ask for, escaped, and nothing that the filters leave out."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dateline.ledger.filters import FilterError
from dateline.server.problems import NotFound
from dateline.server.reporting import MARKER, report
from dateline.server.service import Service
from dateline.server.settings import Settings
from tests.server.making import make
from tests.server.test_hostile import URLS, reading

TEMPLATE = f"<!doctype html><html><body><div id=app></div>{MARKER}<script type=module>show()</script></body></html>"


class Scripts(HTMLParser):
    """The scripts of a page, as a browser finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.found.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.found and self.lasttag == "script":
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "report.html").write_text(TEMPLATE)
    return tmp_path / "page"


def told(text: str) -> dict[str, Any]:
    (attributes, data), *_ = Scripts(text).found
    assert attributes == {"type": "application/json", "id": "dateline-report"}
    found: dict[str, Any] = json.loads(data)
    return found


def test_it_has_the_answers_that_a_server_gives(api: Any, war: Path, page: Path) -> None:
    service = Service(Settings(war, page=page))
    found = told(report(service, "http://127.0.0.1:8321/timeline?type=ASSAULT&type=COERCE&since=2031-03-05&q=town", 30))
    service.close()
    assert found.pop("view") == "/timeline?type=ASSAULT&type=COERCE&since=2031-03-05&q=town"
    meta = found.pop("/api/meta")
    assert (meta["csrf"], meta["writable"]) == ("", False)
    kinds = {urlsplit(key).path.split("/")[2] for key in found}
    assert kinds == {"incidents", "map", "histogram", "timeline", "articles"}, "nothing of what the filters leave out"
    for key, answer in found.items():
        asked = dict(parse_qsl(urlsplit(key).query))
        assert "since" in asked or not asked or key.startswith("/api/histogram")
        limit = {"/api/incidents": "limit=30", "/api/timeline": "limit=30"}.get(urlsplit(key).path, "")
        address = f"{key}{'&' if '?' in key and limit else ''}{limit if '?' in key else ''}"
        assert answer == api.get(address).json() | ({"next": None} if "next" in answer else {}), key


def test_the_whole_has_the_whole(war: Path, page: Path) -> None:
    service = Service(Settings(war, page=page))
    found = told(report(service, "/", 5))
    service.close()
    assert {"/api/control", "/api/control/history", "/api/commitments", "/api/statements", "/api/speakers"} <= found.keys()
    assert sum(key.startswith("/api/incidents/") for key in found) == 5


def test_what_articles_say_does_not_run(tmp_path: Path, page: Path) -> None:
    service = Service(Settings(make(tmp_path / "hostile.db", [reading(url) for url in URLS]), page=page))
    text = report(service, "/", 50)
    service.close()
    scripts = Scripts(text)
    assert scripts.tags == ["html", "body", "div", "script", "script"]
    assert scripts.found[-1] == ({"type": "module"}, "show()")
    assert any("</script><script>alert" in json.dumps(answer) for answer in told(text).values())


def test_what_cannot_be_sent_is_said(war: Path, page: Path, tmp_path: Path) -> None:
    service = Service(Settings(war, page=page))
    for view, name in (("/review", "view"), ("http://[", "view"), ("/?type=WAR", "type"), ("/?confidence=7", "confidence")):
        with pytest.raises(FilterError, match=name):
            report(service, view, 5)
    service.close()
    unbuilt = Service(Settings(war, page=tmp_path))
    with pytest.raises(NotFound, match="make page"):
        report(unbuilt, "/", 5)
    unbuilt.close()
