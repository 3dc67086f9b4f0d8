"""What goes wrong around a page, or is out of the common: names without end, requests that fail, ways back, filters, paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.page.browsing import settled
from tests.page.conftest import LONG, OUTLET

Look = Callable[..., Page]
# What is wider inside than it is: words run out of it, or are cut off.
HOLDERS = "main, main .table-wrap, main article, .card, .card-title, .entry, .said-item, .evidence-body"
OVERFULL = """async (holders) => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  const parts = [...document.querySelectorAll(holders)].filter((part) => part.scrollWidth > part.clientWidth + 1);
  return parts.map((part) => `${part.tagName}.${part.className}: ${part.scrollWidth}`);
}"""


def test_names_without_end_stay_within_the_page(look: Look) -> None:
    page = look("/?actor=Hostile")
    page.locator("a.card").first.click()
    page.locator(".telling").first.wait_for()
    wide: dict[str, list[str]] = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        wide[f"evidence {width}"] = page.evaluate(OVERFULL, HOLDERS)
    lists = ("/?actor=Hostile", "/timeline?actor=Hostile", "/statements?q=Hostile", "/articles?q=Hostile")
    for path in (*lists, f"/review?outlet={quote(OUTLET)}"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("Hostile")
        if path.startswith("/articles"):
            page.locator("main a[href^='/articles/']").first.click()
            page.locator(".reader-text").wait_for()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide[f"{path} {width}"] = page.evaluate(OVERFULL, HOLDERS)
        if path.startswith("/articles"):
            page.go_back()
            expect(page.locator("main h1")).to_have_text("Articles")
            wide[f"list {path}"] = page.evaluate(OVERFULL, HOLDERS)
    assert {where: found for where, found in wide.items() if found} == {}
    assert LONG in page.locator("main").inner_text()


def test_a_space_within_a_name_outlasts_a_pause(look: Look) -> None:
    page = look("/statements")
    settled(page)
    page.get_by_label("Said by").click()
    page.keyboard.type("Kesht ")
    expect(page).to_have_url(re.compile("said_by=Kesht$"))
    page.keyboard.type("Front")
    expect(page).to_have_url(re.compile(r"said_by=Kesht\+Front$"))


def test_back_and_a_reload_lead_to_where_one_was(look: Look) -> None:
    page = look("/")
    settled(page)
    cards, main = page.locator(".cards"), page.locator("main")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("a.card").nth(79)).to_be_attached()
    cards.evaluate("(list) => (list.scrollTop = Math.round(list.scrollHeight / 2))")
    place = cards.evaluate("(list) => list.scrollTop")
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator(".entry").first).to_be_visible()
    expect(page).to_have_title("Timeline · Dateline")
    main.evaluate("(view) => (view.scrollTop = 1000)")
    page.wait_for_timeout(400)  # until it has come to rest there
    page.reload()
    expect(main).to_have_js_property("scrollTop", 1000)
    page.get_by_role("link", name="Articles").click()
    expect(page.locator("main h1")).to_have_text("Articles")
    assert main.evaluate("(view) => view.scrollTop") == 0
    page.go_back()
    expect(main).to_have_js_property("scrollTop", 1000)
    page.go_back()
    expect(cards).to_have_js_property("scrollTop", place)


def test_a_page_of_a_list_that_fails_can_be_asked_for_again(look: Look) -> None:
    page = look("/", failing="503")
    settled(page)
    busy = {"status": 503, "json": {"detail": "Busy just now."}}
    page.route("**/api/incidents?*cursor=*", lambda route: route.fulfill(**busy), times=1)
    # Its button coming into view asks already: a click on it may come before the answer, or after it, and then asks a second time.
    page.get_by_role("button", name="Show more").scroll_into_view_if_needed()
    note = page.locator(".cards .note")
    expect(note).to_contain_text("Busy just now.")
    note.get_by_role("button", name="Try again").click()
    expect(page.locator("a.card").nth(79)).to_be_attached()
    expect(note).to_have_count(0)


def test_what_is_not_ready_yet_is_asked_for_again_by_itself(look: Look) -> None:
    page = look("/runs", failing="503")
    unready = {"status": 503, "headers": {"Retry-After": "1"}, "json": {"detail": "It is still being worked out."}}
    page.route("**/api/control*", lambda route: route.fulfill(**unready), times=1)
    page.get_by_role("link", name="Control").click()
    expect(page.locator("main .note")).to_contain_text("It is still being worked out.")
    expect(page.locator("main .swatch").first).to_be_visible()
    expect(page.locator("main .note")).to_have_count(0)


def test_filters_that_a_view_does_not_go_by_are_said(look: Look) -> None:
    page = look("/statements?place=Orvane&outlet=Northwire&outlet=Harbour+Radio")
    idle = page.get_by_role("group", name="Filters that do not narrow this view")
    expect(idle.locator(".chip")).to_have_text([re.compile("place.*Orvane"), re.compile("outlet.*Harbour Radio")])
    idle.get_by_role("button", name="Remove the filter place Orvane").click()
    expect(page).to_have_url(re.compile(r"/statements\?outlet=Northwire&outlet=Harbour\+Radio$"))
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_role("group", name="Filters", exact=True).locator(".chip")).to_have_count(2)
    expect(idle).to_have_count(0)


def test_a_country_of_which_nothing_is_told_can_be_left(look: Look) -> None:
    page = look("/control?country=AFG")
    expect(page.locator(".empty")).to_contain_text("Nobody tells who held what")
    page.get_by_role("combobox", name="Country").select_option("All countries")
    expect(page.locator(".places tbody tr").first).to_be_visible()
    expect(page).to_have_url(re.compile("/control$"))


def test_one_mistake_is_told_once_and_a_missing_article_plainly(look: Look) -> None:
    page = look("/articles/a123", failing="422")
    expect(page.locator(".empty")).to_contain_text("There is no such article")
    page.goto("/?since=soon")
    told = page.get_by_role("alert")
    expect(told).to_have_text("since: 'soon' is not a day (YYYY-MM-DD, YYYY-MM or YYYY)")  # and no way to try it again


def test_paper_shows_the_evidence_and_the_filters_in_light_colours(look: Look) -> None:
    page = look("/?place=Orvane", color_scheme="dark")
    page.locator("a.card").first.click()
    page.locator(".evidence-body h2").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".evidence-body h2")).to_be_visible()
    expect(page.locator("a.card").first).to_be_hidden()
    expect(page.locator(".filterbar .chip")).to_be_visible()
    expect(page.locator(".filterbar button").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Control").click()
    swatch = page.locator(".swatch").first
    expect(swatch).to_have_css("background-color", "rgb(183, 156, 242)")
    page.emulate_media(media="print")
    expect(swatch).to_have_css("background-color", "rgb(91, 58, 155)")
    page.emulate_media(media="screen")
