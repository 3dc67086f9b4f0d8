"""Every view of the page: its filters in the URL, its keys, what it makes of hostile text, and how it stands on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from dateline.server.preparing import FIRST_CARDS
from tests.page.browsing import settled
from tests.page.conftest import RIGHT_TO_LEFT

Look = Callable[..., Page]
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TABS = ["Map", "Timeline", "Control", "Commitments", "Statements", "Articles", "Review", "Runs"]
SERIOUS = {"serious", "critical"}


def go(page: Page, tab: str) -> None:
    """Choose a tab and wait for what it shows."""
    link = page.get_by_role("navigation", name="Views").get_by_role("link", name=tab)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    page.locator("main > *").first.wait_for()
    settled(page)


def test_filters_stand_in_the_url_and_survive_a_reload(look: Look) -> None:
    page = look("/?type=ASSAULT&outlet=Northwire&confidence=0.3")
    settled(page)
    chips, count = page.locator(".filterbar .chip"), page.locator(".cards-count")
    assert [chip.replace("\n", " ") for chip in chips.all_inner_texts()] == [
        "kind Attack ×",
        "outlet Northwire ×",
        "sure at least 30\u00a0% ×",
    ]
    page.get_by_role("button", name="Filter", exact=True).click()
    window = page.get_by_role("dialog", name="Filters")
    window.get_by_label("From").fill("2031-03-05")
    with page.expect_response(re.compile(r"/api/incidents\?.*since=2031-03-05")) as narrowed:
        window.get_by_role("button", name="Done").click()
    expect(page).to_have_url(re.compile("since=2031-03-05"))
    expect(count).to_have_text(f"{narrowed.value.json()['total']} incidents")  # until then the cards of before stay
    before = (page.url, chips.all_inner_texts(), count.inner_text())
    page.reload()
    settled(page)
    expect(count).to_have_text(before[2])
    assert (page.url, chips.all_inner_texts()) == before[:2]
    page.get_by_role("button", name="Remove the filter outlet Northwire").click()
    expect(page).not_to_have_url(re.compile("outlet"))
    expect(count).not_to_have_text(before[2])
    page.go_back()
    expect(count).to_have_text(before[2])
    go(page, "Timeline")
    assert "outlet=Northwire" in page.url


def test_what_is_asked_first_is_what_the_server_prepares(look: Look) -> None:
    page = look("/")
    settled(page)
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name.replace(location.origin, ''))")
    assert {"/api/meta", FIRST_CARDS, "/api/histogram", "/api/map"} <= set(asked)


def test_days_are_chosen_with_the_keyboard(look: Look) -> None:
    page = look("/")
    settled(page)
    count = page.locator(".cards-count")
    everything = count.inner_text()
    first = page.get_by_role("slider", name="First day")
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "6 March 2031")
    expect(page).to_have_url(re.compile("since=2031-03-06"))
    expect(count).not_to_have_text(everything)


# Whoever asks for control of a day waits for it, and it is counted how many such questions are on their way at once.
SLOWLY = """() => {
  const ask = window.fetch;
  Object.assign(window, { asked: 0, together: 0, most: 0 });
  window.fetch = async (...told) => {
    if (!String(told[0]).includes('/api/control?at=')) return ask(...told);
    window.asked += 1;
    window.most = Math.max(window.most, (window.together += 1));
    await new Promise((done) => setTimeout(done, 300));
    return ask(...told).finally(() => (window.together -= 1));
  };
}"""


def test_a_slider_that_moves_on_asks_for_one_day_at_a_time(look: Look) -> None:
    page = look("/control")
    settled(page)
    page.evaluate(SLOWLY)
    page.get_by_role("slider", name="Day", exact=True).focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("at=2031"))
    wanted = page.evaluate("new URL(location).searchParams.get('at')")
    shown = page.get_by_label("Day", exact=True).and_(page.locator("input[type=date]"))
    expect(shown).to_have_value(wanted)
    assert page.evaluate("window.most") == 1
    assert 1 <= page.evaluate("window.asked") < 8


def test_review_by_the_keyboard_alone(look: Look) -> None:
    page = look("/review")
    settled(page)
    shown = page.locator(".review-item")
    heading = page.locator("main h1").locator("..")
    expect(heading).to_contain_text("1 of")
    first = shown.get_attribute("aria-label")
    total = waiting(page)
    page.keyboard.press("j")
    expect(heading).to_contain_text("2 of")
    page.keyboard.press("k")
    expect(heading).to_contain_text("1 of")
    page.keyboard.press("n")
    expect(page.get_by_label("Why")).to_be_focused()
    page.keyboard.type("axes are not meant")
    page.keyboard.press("Enter")
    expect(page.locator(".queue [aria-current]")).to_be_focused()
    with page.expect_request("**/reject") as sent:
        page.keyboard.press("x")
    assert sent.value.post_data_json == {"note": "axes are not meant"}
    page.locator(".notice").filter(has_text="not an event").wait_for()
    expect(heading).not_to_contain_text(f"of {total}")
    page.keyboard.press("u")
    page.locator(".notice").filter(has_text="Taken back").wait_for()
    expect(heading).to_contain_text(f"of {total}")
    expect(shown).to_have_attribute("aria-label", str(first))
    expect(page.locator(".queue [aria-current]")).to_be_focused()
    page.keyboard.press("e")
    expect(page.locator("form.correct")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("form.correct")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_review_splits_an_account_off_by_one_key(look: Look) -> None:
    page = look("/review")
    settled(page)
    event, incident = first_to_review(page)
    several = accounts(page, incident)
    assert event in several
    assert len(several) > 1
    page.keyboard.press("n")
    page.keyboard.type("another bridge, another night")
    page.keyboard.press("Enter")
    expect(page.locator(".queue [aria-current]")).to_be_focused()
    with page.expect_request("**/split") as sent:
        page.keyboard.press("s")
    assert sent.value.post_data_json == {"events": [event], "note": "another bridge, another night"}
    page.locator(".notice").filter(has_text="Split off").wait_for()
    same, alone = first_to_review(page)
    assert (same, accounts(page, alone)) == (event, {event})
    page.keyboard.press("u")
    page.locator(".notice").filter(has_text="Taken back").wait_for()
    assert first_to_review(page) == (event, incident)
    assert accounts(page, incident) == several


def first_to_review(page: Page) -> tuple[str, str]:
    """The event that is the first to be reviewed, and the incident that it is told of, as the server has them."""
    told = page.evaluate(
        "fetch('/api/review?limit=1').then((answer) => answer.json()).then(({ items }) => items[0].telling)"
    )
    return told["event"]["id"], told["incident"]


def accounts(page: Page, incident: str) -> set[str]:
    """The events of an incident, as the server has it."""
    told = page.evaluate("(id) => fetch(`/api/incidents/${id}`).then((answer) => answer.json())", incident)
    return {telling["event"]["id"] for telling in told["tellings"]}


def waiting(page: Page) -> str:
    """How many are left to review: the last number above the list."""
    found: list[str] = re.findall(r"of ([\d,]+)", page.locator("main h1").locator("..").inner_text())
    return found[-1]


def test_no_view_shuts_anybody_out(look: Look) -> None:
    # A few rows of each kind: axe looks at every element, and what is wrong with one row is wrong with all.
    page = look("/?place=Orvane&party=Kesht&said_by=Kesht", color_scheme="light")
    found: list[str] = []
    for tab in TABS:
        go(page, tab)
        if tab == "Map":
            page.locator("a.card").filter(has_text=re.compile("[234] outlets")).first.click()
            page.locator(".evidence-body h2").wait_for()
            expect(page.locator(".drawer [role=tab]").nth(1)).to_be_attached()
            settled(page)
        if tab in ("Commitments", "Statements"):
            page.locator("main li, main tr").first.wait_for()
        if tab == "Articles":
            page.locator("main a[href^='/articles/']").first.click()
            settled(page)
        shown = (
            ["light", "dark"] if tab in TABS[::2] else ["dark", "light"]
        )  # each view begins in the theme that the last one ended in
        for theme in shown:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            # In the dark theme only colours differ.
            found += [
                f"{tab}, {theme}: {problem}" for problem in problems(page, ["color-contrast"] if theme == "dark" else [])
            ]
    assert found == []


def problems(page: Page, rules: list[str]) -> list[str]:
    """What axe finds on the page as it stands, by these rules or all: the rule, and the first elements that break it."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    how = {"resultTypes": ["violations"], "preload": False, "selectors": False, **({"runOnly": rules} if rules else {})}
    broken = page.evaluate("(how) => axe.run(document, how).then((told) => told.violations)", how)
    return [
        f"{rule['id']} ({rule['impact']}): {', '.join(node['html'][:120] for node in rule['nodes'][:3])}"
        for rule in broken
        if rule["impact"] in SERIOUS
    ]


def test_a_hostile_article_is_only_text(look: Look) -> None:
    page = look("/?actor=Hostile")
    page.locator("a.card").first.click()
    page.locator(".evidence-body h2").wait_for()
    page.locator(".telling").first.wait_for()
    inert(page)
    page.locator(".article-line a").first.click()
    expect(page).to_have_url(re.compile("/articles/"))
    settled(page)
    expect(page.locator("main")).to_contain_text("<img src=x onerror='window.ran = 2'>")
    expect(page.locator("main")).to_contain_text(RIGHT_TO_LEFT)
    assert "\u202e" not in str(page.locator(".reader-head, .reader-text").all_inner_texts()), (
        "what follows would be read backwards"
    )
    inert(page)
    for tab in ("Timeline", "Statements", "Articles"):
        go(page, tab)
        inert(page)


def inert(page: Page) -> None:
    """Nothing of the article became more than text."""
    assert page.evaluate("window.ran") is None
    assert page.locator("main script, main img, svg[onload], a[href^='javascript' i], [onerror]").count() == 0


def test_a_phone(look: Look) -> None:
    page = look("/", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    settled(page)
    for tab in TABS:
        go(page, tab)
        wide = page.evaluate("[document.documentElement.scrollWidth, document.querySelector('main').scrollWidth]")
        assert max(wide) <= 390, f"{tab} is wider than the phone: {wide}"
    go(page, "Map")
    card = page.locator("a.card").first
    card.scroll_into_view_if_needed()
    card.click()
    drawer = page.get_by_role("complementary", name="Evidence")
    drawer.locator(".evidence-body h2").wait_for()
    box = drawer.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(page.locator("a.card:focus")).to_have_count(1)


def test_themes_are_kept(look: Look) -> None:
    page = look("/runs", color_scheme="light")
    page.get_by_role("button", name="Use the dark theme").click()
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Use the light theme").click()
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_what_is_one_and_what_is_none_is_said_with_a_note(look: Look) -> None:
    page = look("/?place=Orvane")
    page.locator("a.card").first.click()
    drawer = page.get_by_role("complementary", name="Evidence")
    heading = drawer.locator(".evidence-body h2")
    heading.wait_for()
    undecided = page.url

    # Two are one: those near it are offered, words find others, the note stands beside the decision.
    drawer.get_by_role("button", name="Join with another incident").click()
    form = drawer.get_by_role("form", name="Join with another incident")
    offered = form.get_by_role("radio")
    offered.first.wait_for()
    expect(form.get_by_role("button", name="They are one")).to_be_disabled()
    form.get_by_role("searchbox").fill("Talma")
    expect(form).to_contain_text("Told by articles with these words")
    expect(offered).to_have_count(1)
    expect(form.locator(".other")).to_contain_text("Hostile Front")
    offered.first.check()
    form.get_by_label("Why").fill("one attack under two names")
    form.get_by_role("button", name="They are one").click()
    page.locator(".notice").filter(has_text="Joined").wait_for()
    told = drawer.locator(".history")
    expect(told).to_contain_text("one incident")
    expect(told).to_contain_text("one attack under two names")
    told.get_by_role("button", name="Undo").first.click()
    expect(told).to_have_count(0)

    # It is none: the note goes with it, and Escape leaves the form without a word sent.
    page.goto(undecided)
    heading.wait_for()
    why = drawer.locator("form.correct").get_by_label("Why")
    drawer.get_by_role("button", name="Not an event…").first.click()
    expect(why).to_be_focused()
    page.keyboard.press("Escape")
    expect(why).to_have_count(0)
    drawer.get_by_role("button", name="Not an event…").first.click()
    expect(why).to_be_focused()
    page.keyboard.type("an exercise, says the last line")
    page.evaluate("performance.clearResourceTimings()")
    page.keyboard.press("Enter")
    notice = page.locator(".notice").filter(has_text="Taken out")
    notice.wait_for()
    # The incident bears the name of its first event, which is none: it is open under another one, and not asked for by the old.
    expect(page).not_to_have_url(undecided)
    settled(page)
    asked = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    opened = [each.rpartition("/")[2] for each in asked if "/api/incidents/" in each]
    assert opened == [page.url.rpartition("=")[2]]
    corrected = page.evaluate("fetch('/api/meta').then((answer) => answer.json()).then((meta) => meta.counts.corrections)")
    assert corrected == 1
    notice.get_by_role("button", name="Undo").click()
    page.locator(".notice").filter(has_text="Taken back").wait_for()
