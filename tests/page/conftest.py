"""One server, one browser and one ledger for all tests of the page: the offensive, and an article that tries to run something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from dateline.ledger.ids import article_id
from dateline.model import Actor, Article, Publication, Reading
from tests.ledger.made import event, statement
from tests.page.browsing import browsing, missing, opened, served
from tests.server.making import make
from tests.server.readings import readings

expect.set_options(timeout=30_000)  # a busy machine draws slowly
DAY = date(2031, 3, 8)
SCRIPT = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
SVG = '<svg onload="window.ran = 3"><a href="javascript:window.ran = 4">x</a></svg>'
BIDI = "\u202egnp.exe\u2066 الجبهة \u202e"
TITLE = f"Hostile {SCRIPT} {BIDI}"
RIGHT_TO_LEFT = "قالت الجبهة إنها دخلت البلدة"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the ledger is served."""
    if why := missing():
        pytest.skip(why)
    ledger = make(tmp_path_factory.mktemp("page") / "offensive.db", [*readings(), hostile()])
    with served(ledger) as at:
        yield at


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[Browser]:
    """Chromium."""
    with browsing() as found:
        yield found


@pytest.fixture
def look(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open an address of the page, by default without its map, which takes seconds where it is drawn in software.

    In the end nothing may have gone wrong on any page, and nothing been asked of another origin.
    """
    pages: list[Page] = []
    wrong: list[list[str]] = []
    foreign: list[str] = []

    def looked(path: str, mapped: bool = False, **how: Any) -> Page:
        page, problems = opened(browser, address, **{"viewport": {"width": 1280, "height": 800}, **how})
        pages.append(page)
        wrong.append(problems)
        page.on("request", lambda request: None if ours(request.url, address) else foreign.append(request.url))
        if not mapped:
            page.route(
                "**/IncidentMap-*.js",
                lambda route: route.fulfill(content_type="text/javascript", body="export default () => null"),
            )
        page.goto(path)
        page.locator("main > *").first.wait_for()
        return page

    yield looked
    for page in pages:
        page.context.close()
    assert foreign == []
    assert [problem for problems in wrong for problem in problems] == []


def ours(url: str, address: str) -> bool:
    """Whether a request stays on this machine's server, or within the page."""
    return url.startswith((f"{address}/", f"blob:{address}/", "data:image/"))


def hostile() -> Reading:
    """An article whose every field tries to be more than text."""
    front = Actor(f"Hostile Front {SVG}", "ATA", "REB")
    text = f"{front.name} shelled the town of Talma on Saturday. {SCRIPT}\n\n{BIDI} {SVG} {RIGHT_TO_LEFT} the army fled, said {SCRIPT}."
    article = Article("", text, TITLE, DAY, "javascript:window.ran = 5", f"Outlet {SVG}")
    told = event(text, "shelled", actors=(front,), when=DAY.isoformat(), killed=(3, 4))
    words = statement(text, "the army fled", Actor(SCRIPT))
    return Reading(
        replace(article, id=article_id(article)),
        Publication(start=0, end=0, day=DAY, earliest=DAY, latest=DAY, basis="given"),
        events=(told,),
        statements=(words,),
    )
