"""The built page is served as it is, to its depths and no farther; where it was not built, that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.server.conftest import Serve

INDEX = "<!doctype html><title>Dateline</title><div id=app></div>" + " " * 2000


@pytest.fixture
def built(war: Path, serve: Serve, tmp_path: Path) -> TestClient:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text(INDEX)
    (page / "assets" / "index-3fa1.js").write_text("export {}")
    (page / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "secret.txt").write_text("not for you")
    return serve(war, page=page)


@pytest.mark.parametrize("address", ["/", "/timeline", "/incidents/i0123456789abcdef", "/articles/a.b.html", "/index.html"])
def test_every_view_is_an_address(built: TestClient, address: str) -> None:
    answer = built.get(address)
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"
    assert built.get(address, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_files_with_a_hash_are_kept_for_ever(built: TestClient) -> None:
    answer = built.get("/assets/index-3fa1.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert built.get("/icon.svg").headers["cache-control"] == "no-cache"
    assert built.head("/icon.svg").status_code == 200


@pytest.mark.parametrize(
    "address", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/assets/%00.js", "//etc/passwd"]
)  # fmt: skip
def test_nothing_outside_is_served(built: TestClient, address: str) -> None:
    answer = built.get(address)
    assert "not for you" not in answer.text
    assert "root:" not in answer.text


def test_a_link_out_of_the_folder_leads_nowhere(built: TestClient, tmp_path: Path) -> None:
    (tmp_path / "page" / "way.txt").symlink_to(tmp_path / "secret.txt")
    assert built.get("/way.txt").status_code == 404


def test_a_page_that_was_not_built_says_so(war: Path, serve: Serve, tmp_path: Path) -> None:
    client = serve(war, page=tmp_path / "none")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make page" in answer.text
    assert client.get("/api/meta").status_code == 200
