"""Whatever is read: no crash, nothing outside the text, output that fits its schema, time that grows with the text and no faster."""

from __future__ import annotations

import json
import random
import time

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.language import SpacyParser
from dateline.model import Article, Reading
from dateline.output.contract import as_json
from dateline.output.html import page
from dateline.output.schema import schema
from dateline.reader import Reader

NEWS = """TALMA, Zembla (Tal News) — Rebels of the Northern Front seized the town of Talma on Monday, June 28, killing at least 12
soldiers and wounding scores, officials said.

“We will not leave before the army withdraws from all 14 districts,” the group’s spokesman, Oro Bal, told reporters by telephone.
President Ana Bel had ordered the army to recapture the town by July 9; she denied that talks had been held in Geneva last week.
Meanwhile the United Nations urged both sides to end the violence. More than 3,000 people have fled since May 1, according to the
Red Cross, which quoted residents as saying that “nobody is safe”.
"""
WORDS = NEWS.split()
VALIDATOR = jsonschema.Draft202012Validator(schema())
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def reader(parser: SpacyParser) -> Reader:
    return Reader(parser=parser)


def check(reading: Reading) -> None:
    """What holds for every reading."""
    record = json.loads(json.dumps(as_json(reading)))
    VALIDATOR.validate(record)
    text = reading.article.text
    for event in reading.events:
        assert text[event.start : event.end] == event.trigger
        for evidence in event.evidence:
            assert evidence.start is None or 0 <= evidence.start <= (evidence.end or 0) <= len(text)
    assert "".join(page([reading])).endswith("</html>\n")


@FEW
@given(st.text(max_size=200))
def test_any_text(reader: Reader, text: str) -> None:
    check(reader.read(Article("a", text)))


@FEW
@given(
    st.lists(
        st.sampled_from([*WORDS, "\n", "\n\n", "“", "”", '"', "…", "(", ")", "—", "12", "’s", "June 31", "0", "?!"]),
        max_size=80,
    )
)
def test_news_in_disorder(reader: Reader, words: list[str]) -> None:
    check(reader.read(Article("a", " ".join(words))))


@FEW
@given(st.integers(0, len(NEWS)), st.integers(0, 40), st.text(max_size=5))
def test_news_with_a_hole(reader: Reader, at: int, length: int, patch: str) -> None:
    check(reader.read(Article("a", NEWS[:at] + patch + NEWS[at + length :])))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "\n\n\n",
        "“",
        "“" * 500,
        '"' * 501,
        "(" * 1_000,
        "a" * 100_000,
        NEWS.upper(),
        NEWS.lower(),
        NEWS.replace(" ", "\u00a0"),
        NEWS.replace("\n", "\r\n"),
        NEWS.replace(" ", "\u200b \u200f"),
        NEWS.replace("a", "\u0430"),
        "استولى المتمردون على البلدة يوم الاثنين. " * 20,
        "反政府武装周一占领了该镇。" * 50,
        "🔥💥 " * 200,
        "".join(chr(code) for code in range(32, 0x3000, 7)),
        "".join(chr(code) for code in range(0x10000, 0x110000, 0x333)),
        "\x00\x01\x02 Rebels seized Talma. \x7f\x1b[31m",
        "Rebels seized " + ", ".join(f"Talma {n}" for n in range(700)) + ".",
        "On " + " and ".join(f"June {n % 31}" for n in range(700)) + " rebels left.",
        "1 " * 2_000,
        "the " * 2_000,
        "said that " * 400 + "rebels left.",
    ],
    ids=range(25),
)
def test_odd_text(reader: Reader, text: str) -> None:
    check(reader.read(Article("a", text)))


def test_time_grows_with_the_text_and_no_faster(reader: Reader) -> None:
    sentences = NEWS.replace("\n", " ").split(". ")

    def seconds(times: int) -> float:
        text = "\n".join(". ".join(random.Random(k).sample(sentences, len(sentences))) + "." for k in range(times))
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            reader.read(Article("a", text))
            best = min(best, time.process_time() - start)
        return best

    seconds(5)
    assert seconds(32) < 4 * 1.75 * seconds(8)


def test_the_same_article_gives_the_same_reading(reader: Reader, parser: SpacyParser) -> None:
    once, again = reader.read(Article("a", NEWS)), Reader(parser=parser).read(Article("a", NEWS))
    assert as_json(once) == as_json(again)
