"""One server, one browser and one ledger for all tests of the page: the offensive, and an article that tries to run something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from dateline.ledger.ids import article_id
from dateline.model import Actor, Article, Publication, Reading
from tests.ledger.made import event, statement
from tests.page.browsing import EMPTY, browsing, copied, missing, opened, served
from tests.server.making import make
from tests.server.readings import readings

expect.set_options(timeout=30_000)  # a busy machine draws slowly
WIDE: ViewportSize = {"width": 1280, "height": 800}
DAY = date(2031, 3, 8)
SCRIPT = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
SVG = '<svg onload="window.ran = 3"><a href="javascript:window.ran = 4">x</a></svg>'
BIDI = "\u202egnp.exe\u2066 الجبهة \u202e"
LONG = "Lorvan" * 18
TITLE = f"Hostile {LONG} {SCRIPT} {BIDI}"
OUTLET = f"Outlet {LONG} {SVG}"
RIGHT_TO_LEFT = "قالت الجبهة إنها دخلت البلدة"


class Served(NamedTuple):
    """Where the ledger is served, with the map of the page and without."""

    whole: str
    mapless: str


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Where the ledger is served.

    Without the map there is another page: were its script held up on its way, the browser would keep nothing of what it has loaded.
    """
    if why := missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("page")
    ledger = make(folder / "offensive.db", [*readings(), hostile()])
    pages = [copied(folder / f"page{mapped:d}", mapped) for mapped in (True, False)]
    with served(ledger, pages[0]) as whole, served(ledger, pages[1]) as mapless:
        yield Served(whole, mapless)


@pytest.fixture(scope="session")
def browser(addresses: Served) -> Iterator[Browser]:
    """Chromium."""
    with browsing() as found:
        yield found


@pytest.fixture(scope="session")
def kept(browser: Browser, addresses: Served) -> dict[str, tuple[Page, list[str]]]:
    """The pages that all tests look at, one after another, by their addresses, and what goes wrong on each.

    To begin another takes a process of its own and every script anew: more processor time than most tests.
    """
    return {}


@pytest.fixture
def look(browser: Browser, addresses: Served, kept: dict[str, tuple[Page, list[str]]]) -> Iterator[Callable[..., Page]]:
    """Open an address of the page, by default without its map.

    Nothing is left on it of tests before: no storage, no cookies, no routes. In the end nothing may have gone wrong. What cannot be
    changed while a page is open (`is_mobile`, say) is given to a page of its own. `failing`: what a test makes fail, as a pattern.
    """
    own: list[tuple[Page, list[str]]] = []
    failures: list[str] = []
    for _, problems in kept.values():
        problems.clear()

    def looked(
        path: str,
        mapped: bool = False,
        viewport: ViewportSize = WIDE,
        color_scheme: Literal["light", "dark"] = "light",
        failing: str = "(?!)",
        **how: Any,
    ) -> Page:
        failures.append(failing)
        address = addresses.whole if mapped else addresses.mapless
        if how:
            own.append(opened(browser, address, viewport=viewport, color_scheme=color_scheme, **how))
            page = own[-1][0]
        else:
            kept[address] = kept.get(address) or opened(browser, address)
            page = kept[address][0]
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=color_scheme, reduced_motion="reduce")
        page.goto(path)
        page.locator("main > *").first.wait_for()
        return page

    yield looked
    for page, _ in kept.values():
        emptied(page)
    for page, _ in own:
        page.context.close()
    wrong = [problem for _, problems in [*kept.values(), *own] for problem in problems]
    assert [problem for problem in wrong if not re.search("|".join(failures), problem)] == []


def emptied(page: Page) -> None:
    """Take everything off a page that a test may have left there: answers that are still to come would be the next test's.

    An empty page of the same origin stands there then: for about:blank the browser would take another process, and begin anew.
    """
    page.unroute_all(behavior="ignoreErrors")
    if not page.url.endswith(EMPTY):
        page.mouse.move(0, 0)
        page.goto(f"/{EMPTY}")
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.context.clear_cookies()


def hostile() -> Reading:
    """An article whose every field tries to be more than text."""
    front = Actor(f"Hostile Front {LONG} {SVG}", "ATA", "REB")
    text = f"{front.name} shelled the town of Talma on Saturday. {SCRIPT}\n\n{BIDI} {SVG} {RIGHT_TO_LEFT} the army fled, said {SCRIPT}."
    article = Article("", text, TITLE, DAY, "javascript:window.ran = 5", OUTLET)
    told = event(text, "shelled", actors=(front,), when=DAY.isoformat(), killed=(3, 4))
    words = statement(text, "the army fled", Actor(SCRIPT))
    return Reading(
        replace(article, id=article_id(article)),
        Publication(start=0, end=0, day=DAY, earliest=DAY, latest=DAY, basis="given"),
        events=(told,),
        statements=(words,),
    )
