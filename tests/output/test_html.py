"""The page: everything of the article is there, nothing of it is markup, nothing is fetched or run."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dateline.model import Actor, Location, Reading
from dateline.output.html import page

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&lt;"


class Page(HTMLParser):
    """The tags and attributes of a page, and the text of its article."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""
        self._inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("div", "span"):
            self._inside.append(dict(attrs).get("class") or ("card" if "card" in self._inside else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("div", "span"):
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if "text" in self._inside and "card" not in self._inside:
            self.article += data


def test_the_article_stands_there_to_the_letter(reading: Reading) -> None:
    assert Page("".join(page([reading]))).article == reading.article.text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://example.org/\"onmouseover='alert(1)", HOSTILE])
def test_nothing_of_an_article_becomes_markup(reading: Reading, url: str) -> None:
    event = replace(
        reading.events[0],
        actors=(Actor(HOSTILE),),
        where=Location(HOSTILE),
        said_by=(HOSTILE,),
        sense=HOSTILE,
        trigger=HOSTILE,
    )
    hostile = replace(
        reading,
        article=replace(reading.article, id=HOSTILE, title=HOSTILE, publisher=HOSTILE, url=url, text=HOSTILE * 10),
        events=(event,),
        statements=(replace(reading.statements[0], verb=HOSTILE, speaker=Actor(HOSTILE)),),
    )
    tags = Page("".join(page([hostile], failures=[HOSTILE]))).tags
    assert {tag for tag, _ in tags} <= set(
        "html head meta title style body header strong span article h1 p table thead tbody tr th td b i q br small div".split()
    )
    assert not any(name.startswith("on") or name in ("src", "href") for _, attributes in tags for name in attributes)


def test_a_web_address_is_a_link(reading: Reading) -> None:
    links = [attributes["href"] for tag, attributes in Page("".join(page([reading]))).tags if tag == "a"]
    assert links == [reading.article.url]


def test_it_is_self_contained_and_forbids_scripts(reading: Reading) -> None:
    shown = "".join(page([reading, reading]))
    assert "default-src 'none'" in shown
    assert not any(tag in ("link", "script", "img", "iframe") for tag, _ in Page(shown).tags)
    assert "url(" not in shown
    assert "prefers-color-scheme: dark" in shown


def test_hovering_shows_the_fields(reading: Reading) -> None:
    shown = "".join(page([reading]))
    for words in ("of event 1", "Northern Front", "coerce/overrun", "Force without violence: taking", "by</i> 9 Jun 2021"):
        assert words in shown
    assert 'id="a1-e1"' in shown
