"""From a search over the map to the evidence, a correction, its undoing and the file: the way that an analyst goes."""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, Route, ViewportSize, expect

from tests.page.browsing import drawn, settled

Look = Callable[..., Page]
SMALL: ViewportSize = {"width": 1000, "height": 460}  # the map is drawn in software here: the fewer pixels the sooner
CROWD = 20_000
MOST_MS = 10  # of the 16.7 that a frame has at 60 a second
# A frame of the map is one in which it draws.
COUNT_FRAMES = """() => {
  window.framesDrawn = 0;
  let last = null;
  const draw = WebGL2RenderingContext.prototype.drawElements;
  WebGL2RenderingContext.prototype.drawElements = function (...told) {
    if (document.timeline.currentTime !== last) window.framesDrawn += 1;
    last = document.timeline.currentTime;
    return draw.apply(this, told);
  };
}"""
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def middle(page: Page) -> tuple[float, float]:
    """The middle of the map."""
    box = page.locator(".map-canvas canvas").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_whole_path(look: Look, tmp_path: Path) -> None:
    page = look("/timeline", mapped=True, viewport=SMALL)

    # Search: a suggestion is chosen with the keyboard and becomes a filter in the URL.
    page.keyboard.press("/")
    page.keyboard.type("Orvane")
    option = page.get_by_role("option").filter(has_text="Place").first
    option.wait_for()
    search = page.get_by_role("combobox", name="Search")
    while option.get_attribute("aria-selected") != "true":
        page.keyboard.press("ArrowDown")
    assert search.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("place=Orvane"))
    expect(page.locator(".filterbar .chip")).to_contain_text("Orvane")

    # Map: all of them lie at one place, and a click on it lists them.
    page.get_by_role("link", name="Map").click()
    drawn(page)
    settled(page)
    told = page.locator(".card").count()
    assert page.locator(".cards-count").inner_text() == f"{told} incidents"
    page.mouse.click(*middle(page))
    listed = page.locator(".gathered a.card")
    listed.first.wait_for()
    assert listed.count() == told
    listed.filter(has_text="Kesht Front took Orvane").first.click()

    # Evidence: the drawer takes the focus and shows the words.
    drawer = page.get_by_role("complementary", name="Evidence")
    drawer.locator(".evidence-body h2").wait_for()
    expect(page).to_have_url(re.compile(r"incident=i[0-9a-f]+"))
    assert "Orvane" in drawer.locator(".telling").first.inner_text()

    # Correct: the number of corrections is what the server then holds.
    drawer.get_by_role("button", name="Correct…").first.click()
    form = drawer.locator("form.correct")
    form.get_by_label("Why").fill("seen in the second report as well")
    form.get_by_label("Whether it happened").select_option("negated")
    form.get_by_label("Who says so").fill("Harbour Wire\nIlan Doru")
    form.get_by_label("Due by").fill("2031-05-01")
    form.get_by_role("button", name="Save correction").click()
    notice = page.locator(".notice").filter(has_text="Corrected")
    notice.wait_for()
    assert corrections(page) == 3
    decided = drawer.locator(".history")
    expect(decided).to_contain_text("Whether it happened: said not to have happened")
    expect(decided).to_contain_text("Said by: Harbour Wire, who leans on Ilan Doru")
    expect(decided).to_contain_text("Due: 1 May 2031")
    expect(decided.get_by_text("seen in the second report as well")).to_have_count(3)

    # Undo.
    notice.get_by_role("button", name="Undo").click()
    page.locator(".notice").filter(has_text="Taken back").wait_for()
    assert corrections(page) == 0

    # Export: the file holds what the view showed.
    page.get_by_role("button", name="This view").click()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Incidents as a table").click()
    file = tmp_path / "view.csv"
    waited.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        assert len(list(csv.DictReader(opened))) == told


def corrections(page: Page) -> int:
    """How many corrections of the open incident's events stand, as the server has it."""
    counted = page.evaluate("fetch('/api/meta').then((answer) => answer.json()).then((meta) => meta.counts.corrections)")
    return int(counted)


def test_the_slider_of_days_changes_who_holds_what(look: Look) -> None:
    page = look("/?control=2031-03-04", mapped=True, viewport=SMALL)
    drawn(page)
    day, sides = page.locator(".controlbar output"), page.locator(".controlbar-sides")
    expect(day).to_have_text("4 March 2031")
    before, picture = sides.inner_text(), page.locator(".map-canvas").screenshot()
    slider = page.get_by_role("slider", name="Day", exact=True)
    slider.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(day).to_have_text("8 March 2031")
    expect(page).to_have_url(re.compile("control=2031-03-08"))
    assert sides.inner_text() != before
    page.wait_for_timeout(300)
    assert page.locator(".map-canvas").screenshot() != picture
    page.get_by_role("button", name="Play day by day").click()
    expect(day).not_to_have_text("8 March 2031")
    page.get_by_role("button", name="Pause").click()


def test_twenty_thousand_incidents_move_with_little_work(look: Look, capsys: pytest.CaptureFixture[str]) -> None:
    page = look("/timeline", mapped=True, viewport=SMALL)
    page.route("**/api/map*", crowded)
    page.evaluate(COUNT_FRAMES)
    page.get_by_role("link", name="Map").click()
    drawn(page)
    settled(page)
    assert page.locator(".map-legend summary").inner_text().startswith("20,000")
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(NEXT_FRAME)
    before = worked(page, browser)
    for n in range(1, 7):
        page.mouse.move(x + 24 * n, y + 10 * n)
        page.evaluate(NEXT_FRAME)
    own, everything, frames = (after - then for after, then in zip(worked(page, browser), before, strict=True))
    page.mouse.up()
    browser.detach()
    assert frames >= 8, "the map did not move"
    with capsys.disabled():
        print(
            f"\n{CROWD:,} incidents, dragged: {own / frames:.1f} ms of scripts, styles and layout for a frame (mean of {frames:.0f}), "
            f"{everything / frames:.1f} ms with what the main thread does to show a picture that no graphics card drew"
        )
    assert own / frames < MOST_MS


def worked(page: Page, browser: CDPSession) -> tuple[float, float, int]:
    """What the main thread of the page has done so far: scripts, styles and layout; everything; and how many frames of the map.

    In ms of its own processor time: whatever else keeps the machine busy, the threads that rasterise among it, is not in it.
    """
    told = {each["name"]: 1000 * float(each["value"]) for each in browser.send("Performance.getMetrics")["metrics"]}
    own = told["ScriptDuration"] + told["RecalcStyleDuration"] + told["LayoutDuration"]
    return own, told["TaskDuration"], int(page.evaluate("window.framesDrawn"))


def crowded(route: Route) -> None:
    """The answer of the server with many incidents in it, scattered over a country."""
    answer = route.fetch().json()
    chance = random.Random(CROWD)
    some = range(CROWD)
    answer.update(
        id=[f"i{n:016x}" for n in some],
        lat=[chance.uniform(30, 38) for _ in some],
        lon=[chance.uniform(60, 75) for _ in some],
        radius_km=[chance.choice((0, 1, 3, 10, 40)) for _ in some],
        quad=[chance.randrange(len(answer["quads"])) for _ in some],
        total=CROWD,
        **{name: [-1 if name in ("day", "place") else 1 for _ in some] for name in ("day", "place", "confidence", "voices")},
    )
    route.fulfill(json=answer)
