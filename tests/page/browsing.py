"""A ledger served on a port of its own, and a browser that looks at it: for the tests of the page, its pictures and its timings."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from dateline.server.app import application
from dateline.server.page import is_built
from dateline.server.running import taken
from dateline.server.service import Service
from dateline.server.settings import Settings

# The same engine without what draws windows is Debian's chromium-headless-shell: it takes half of the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = os.environ.get("DATELINE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
# Two pages that every window loads for its address bar; and, as the last list holds, those of Playwright's list that matter here.
WITHOUT = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,PaintHolding,HttpsUpgrades,MediaRouter,OptimizationHints"
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-gpu", "--enable-unsafe-swiftshader", "--in-process-gpu",  # WebGL in software, and nothing else through it
    f"--disable-features={WITHOUT}",
]  # fmt: skip
EMPTY = "empty.html"
UNLIMITED = (1e6, 10**6)


def missing() -> str | None:
    """Why the page cannot be looked at here; None where it can."""
    if not is_built(Settings(Path()).page):
        return "the page is not built: make page"
    if CHROMIUM is None:
        return "there is no Chromium here: apt-get install chromium, or name one in DATELINE_CHROMIUM"
    return None


@contextmanager
def served(ledger: Path, page: Path | None = None) -> Iterator[str]:
    """The address at which a ledger is served, in a thread, until the end; `page` is the folder of another page than the built one."""
    opened = taken(Settings(ledger, port=0))
    settings = Settings(
        ledger,
        port=opened.getsockname()[1],
        page=page or Settings(ledger).page,
        merge_seconds=0.0,
        user="tester",
        reads=UNLIMITED,
        writes=UNLIMITED,
        openings=UNLIMITED,
    )
    server = uvicorn.Server(uvicorn.Config(application(Service(settings)), log_level="warning", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the server did not start within 30 seconds")
        time.sleep(0.02)
    try:
        yield settings.address
    finally:
        server.should_exit = True
        thread.join(10)
        opened.close()


def copied(folder: Path, mapped: bool) -> Path:
    """The built page in a folder that is made for it, with an EMPTY one beside it. Its map takes seconds where software draws it."""
    page = Path(shutil.copytree(Settings(Path()).page, folder))
    (page / EMPTY).write_text('<!doctype html><title>Empty</title><link rel="icon" href="/icon.svg">', encoding="utf-8")
    if not mapped:
        for script in page.glob("assets/IncidentMap-*.js"):
            script.write_text("export default () => null", encoding="utf-8")
    return page


@contextmanager
def browsing() -> Iterator[Browser]:
    """Chromium without a window; the map is drawn in software."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, address: str, **how: Any) -> tuple[Page, list[str]]:
    """A page of its own with nothing in its storage, and what goes wrong on it.

    That is: scripts that fail, errors in the console, dialogs that open, and whatever is asked of another origin.
    """
    context = browser.new_context(base_url=address, reduced_motion="reduce", locale="en-GB", **how)
    context.set_default_timeout(30_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda told: wrong.append(f"{page.url}: {told.text} {told.location['url']}") if told.type == "error" else None,
    )

    def dismissed(dialog: Dialog) -> None:
        wrong.append(f"{page.url}: a dialog was opened: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.on("request", lambda request: None if _ours(request.url, address) else wrong.append(f"{page.url}: {request.url}"))
    return page, wrong


def _ours(url: str, address: str) -> bool:
    """Whether a request stays on this machine's server, or within the page."""
    return url.startswith((f"{address}/", f"blob:{address}/", "data:image/", "about:blank"))


def settled(page: Page) -> None:
    """Wait until nothing is on its way any more."""
    page.locator("main > *").first.wait_for(state="attached")
    page.locator(".loading").first.wait_for(state="detached")


def drawn(page: Page) -> None:
    """Wait until the map is drawn."""
    page.wait_for_selector(".map[data-ready]", state="attached")
