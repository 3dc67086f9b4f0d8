"""A report as the command writes it: one file, opened in a browser that has no network, where it draws and its articles can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from dateline.cli import app
from tests.page.browsing import drawn
from tests.page.conftest import hostile
from tests.server.making import make
from tests.server.readings import readings


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger."""
    return make(tmp_path_factory.mktemp("report") / "war.db", [*readings()[:8], hostile()])


def test_it_opens_without_a_network(browser: Browser, ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "war.html"
    done = CliRunner().invoke(app, ["report", str(file), "--ledger", str(ledger)])
    assert done.exit_code == 0, done.output
    assert "open it in any browser" in done.output

    context = browser.new_context(offline=True, viewport={"width": 1000, "height": 640}, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
    page.on("request", lambda asked: None if asked.url.startswith(("file:", "blob:", "data:")) else wrong.append(asked.url))
    page.goto(file.as_uri())

    # The map draws: what stands there is more than one colour.
    drawn(page)
    colours = page.locator(".map-canvas").screenshot()
    assert len(colours) > 5000, "an empty map packs to less"

    # A card opens its evidence, and the line above it the article, with its words.
    page.locator("a.card").first.click()
    page.locator(".evidence-body h2").wait_for()
    expect(page.get_by_role("button", name="Correct")).to_have_count(0)
    page.locator(".article-line a").first.click()
    expect(page.locator("main h1")).to_be_visible()
    assert page.locator("main .passage").count() > 1
    for tab in ("Timeline", "Control", "Commitments", "Statements"):
        page.get_by_role("navigation", name="Views").get_by_role("link", name=tab).click()
        expect(page.locator("main h1")).to_contain_text(tab)
    assert page.evaluate("window.ran") is None
    context.close()
    assert wrong == []
