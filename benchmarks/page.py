"""How soon the page shows something, how soon it answers to a hand, and how smoothly its map moves.

    python -m benchmarks.page [LEDGER] [--events 100000] [--runs 5]

Without a ledger one is made by `benchmarks.big_ledger`, and merged, which takes minutes. Needs the built page and Chromium, which draws
the map in software here: with a graphics card it moves faster. Everything is measured in the browser by its own clock:

- first paint: when the browser first drew text (First Contentful Paint); useful: when the first card stood there;
- a hand: from a key or a click until the next frame is drawn, with its work done (Event Timing, in steps of 8 ms);
- frames: how many a second while the map is dragged for some seconds, with as many incidents as the map takes.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.page.browsing import browsing, drawn, missing, opened, served, settled

# Notes the moments in the page itself, before anything of it runs.
WATCH = """
window.seen = {card: null, hands: []};
new MutationObserver(() => {
  if (window.seen.card === null && document.querySelector("a.card")) window.seen.card = performance.now();
}).observe(document, {childList: true, subtree: true});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.seen.hands.push([entry.name, entry.duration, entry.processingEnd - entry.startTime]);
}).observe({type: "event", durationThreshold: 16, buffered: true});
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
FRAMES = """
(seconds) => new Promise((done) => {
  const times = [];
  const tick = (now) => {
    times.push(now);
    if (now - times[0] < seconds * 1000) requestAnimationFrame(tick);
    else done(times);
  };
  requestAnimationFrame(tick);
})
"""
SIZE = {"width": 1280, "height": 800}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", nargs="?", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    if why := missing():
        print(why, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        ledger = told.ledger or _made(Path(folder) / "big.db", told.events)
        with served(ledger) as address, browsing() as browser:
            started(browser, address, told.runs)
            handled(browser, address)
            moved(browser, address)
    return 0


def _made(ledger: Path, events: int) -> Path:
    from benchmarks.big_ledger import build, readings

    build(ledger, events, readings())
    return ledger


def started(browser: Browser, address: str, runs: int) -> None:
    """Opening the page, with nothing kept in the browser; the first time nothing is kept in the server either."""
    paints, cards = [], []
    for _ in range(runs):
        page = _page(browser, address)
        page.goto("/", wait_until="commit")
        page.locator("a.card").first.wait_for()
        page.wait_for_timeout(500)  # the browser tells of its paints a little later
        paints.append(page.evaluate(PAINT) or float("nan"))
        cards.append(page.evaluate("window.seen.card"))
        page.context.close()
    counts = "median of the rest" if runs > 1 else ""
    print(f"first paint {paints[0]:.0f} ms at first, {statistics.median(paints[1:] or paints):.0f} ms {counts}")
    print(f"first card  {cards[0]:.0f} ms at first, {statistics.median(cards[1:] or cards):.0f} ms {counts}")


def handled(browser: Browser, address: str) -> None:
    """Keys and clicks on the first view, without its map (what software draws comes on top) and with it."""
    for mapped in (False, True):
        _handled(browser, address, mapped)


def _handled(browser: Browser, address: str, mapped: bool) -> None:
    page = _page(browser, address)
    if not mapped:
        page.route(
            "**/IncidentMap-*.js",
            lambda route: route.fulfill(content_type="text/javascript", body="export default () => null"),
        )
    page.goto("/")
    if mapped:
        drawn(page)
    settled(page)
    for _ in range(3):
        page.locator("a.card").first.focus()
        for _ in range(5):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("/")
        page.keyboard.type("kha")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.locator("a.card").nth(2).click()
        page.locator(".drawer > *").first.wait_for()
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
    hands: list[tuple[str, float, float]] = page.evaluate("window.seen.hands")
    page.context.close()
    told = [(drawn, done) for name, drawn, done in hands if name in ("keydown", "click", "pointerdown")] or [(16.0, 0.0)]
    shown, work = zip(*told, strict=True)
    print(
        f"a hand      {'with' if mapped else 'without'} the map: drawn after {statistics.median(shown):.0f} ms (longest "
        f"{max(shown):.0f}), its work done after {statistics.median(work):.0f} ms (longest {max(work):.0f}), of {len(told)} over 16 ms"
    )


def moved(browser: Browser, address: str) -> None:
    """Dragging the map to and fro."""
    page = _page(browser, address)
    page.goto("/")
    drawn(page)
    settled(page)
    shown = page.locator(".map-legend summary").inner_text()
    box = page.locator(".map-canvas canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for named, mapped in (("still", False), ("dragged", True)):
        times = _frames(page, (x, y) if mapped else None)
        steps = [after - before for before, after in pairwise(times)]
        print(
            f"frames      {named}: {1000 / statistics.mean(steps):.0f} a second, median {statistics.median(steps):.0f} ms, "
            f"19 of 20 under {sorted(steps)[int(len(steps) * 0.95)]:.0f} ms ({shown}; drawn in software)"
        )
    page.context.close()


def _frames(page: Page, at: tuple[float, float] | None, seconds: float = 4.0) -> list[float]:
    """The times of all frames while the map is dragged from a point, or stands still."""
    handle = page.evaluate_handle(f"() => ({{times: ({FRAMES})({seconds})}})")
    if at is not None:
        page.mouse.move(*at)
        page.mouse.down()
        until, step = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            step += 1
            page.mouse.move(at[0] + 150 * ((step % 40) / 20 - 1), at[1] + 60 * ((step % 26) / 13 - 1))
        page.mouse.up()
    found: list[float] = page.evaluate("(holder) => holder.times", handle)
    return found


def _page(browser: Browser, address: str, **how: Any) -> Page:
    page, _ = opened(browser, address, viewport=SIZE, **how)
    page.add_init_script(WATCH)
    return page


if __name__ == "__main__":
    sys.exit(main())
