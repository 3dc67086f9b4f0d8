"""What people have -> articles: every kind of input, and every way in which it can be broken."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import Article
from dateline.sources import Failure, articles
from dateline.sources.decoding import LARGEST

PROSE = "Rebels seized the town of Talma on Monday."
RECORD = {
    "id": "one",
    "text": PROSE,
    "title": "Talma",
    "published": "2021-06-30",
    "url": "u",
    "publisher": "p",
    "extra": [1],
}
WHOLE = Article("one", PROSE, "Talma", date(2021, 6, 30), "u", "p")


def only(*inputs: Path | str, stdin: bytes = b"") -> Article | Failure:
    (found,) = articles(inputs, io.BytesIO(stdin))
    return found


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    text = "\n  Rebels\r\nseized  Talma.\n\n"
    assert only(put(tmp_path, "talma.txt", text)) == Article("talma", text)


def test_json_is_one_article_and_other_keys_are_ignored(tmp_path: Path) -> None:
    assert only(put(tmp_path, "a.json", json.dumps(RECORD))) == WHOLE


def test_json_may_be_a_list(tmp_path: Path) -> None:
    path = put(tmp_path, "a.json", json.dumps([RECORD, {"title": "no text"}, RECORD]))
    assert list(articles([path])) == [WHOLE, Failure(f"{path}, article 2", 'it has no "text"'), WHOLE]


def test_an_id_comes_from_the_file_or_from_the_content(tmp_path: Path) -> None:
    named = only(put(tmp_path, "named.json", json.dumps({"text": PROSE})))
    (hashed,) = articles([put(tmp_path, "a.jsonl", json.dumps({"text": PROSE}))])
    again = only("-", stdin=PROSE.encode())
    assert isinstance(named, Article)
    assert isinstance(hashed, Article)
    assert isinstance(again, Article)
    assert (named.id, len(hashed.id), hashed.id) == ("named", 16, again.id)
    numbered = only(put(tmp_path, "n.json", json.dumps({"id": 7, "text": PROSE})))
    assert isinstance(numbered, Article)
    assert numbered.id == "7"


def test_broken_lines_are_named_and_the_others_read(tmp_path: Path) -> None:
    path = put(
        tmp_path, "a.jsonl", b'{"id": "one"\n\n' + json.dumps(RECORD).encode() + b'\n"text"\n{"text": ""}\n\xff\xff\xff\n'
    )
    found = list(articles([path]))
    assert found[1] == WHOLE
    assert [failure.source for failure in found if isinstance(failure, Failure)] == [f"{path}:{n}" for n in (1, 4, 5, 6)]
    reasons = [failure.reason for failure in found if isinstance(failure, Failure)]
    assert reasons[0].endswith("at column 13")
    assert "found text" in reasons[1]
    assert "holds no text" in reasons[2]
    assert "not valid UTF-8: byte 0xFF at 0" in reasons[3]


def test_a_folder_with_one_broken_file(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt", PROSE)
    put(tmp_path, "a/deep/2.json", json.dumps(RECORD))
    put(tmp_path, "a/3.json", '{"text": ')
    put(tmp_path, "a/.hidden.txt", PROSE)
    put(tmp_path, "a/picture.png", b"\x89PNG")
    found = list(articles([tmp_path / "a"]))
    assert [item.id for item in found if isinstance(item, Article)] == ["1", "one"]
    assert [Path(item.source).name for item in found if isinstance(item, Failure)] == ["3.json"]


def test_an_empty_folder_and_a_missing_file_say_so(tmp_path: Path) -> None:
    first, second = articles([tmp_path, tmp_path / "gone.txt"])
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert "no file in it that ends in .txt" in first.reason
    assert "no such file" in second.reason


def test_a_name_that_no_file_can_have_is_told(tmp_path: Path) -> None:
    for name, reason in (
        ("a" * 300, "name too long"),
        ("a\0b", "no such file"),
        (str(put(tmp_path, "a.txt", PROSE) / "b"), "no such"),
    ):
        found = only(name)
        assert isinstance(found, Failure)
        assert reason in found.reason


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="names are Unicode here")
def test_a_name_that_is_no_utf_8_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    for name, content in ((b"caf\xe9.txt", PROSE), (b"\xff.json", "{")):
        with open(os.fsencode(tmp_path) + b"/" + name, "w", encoding="utf-8") as file:
            file.write(content)
    article, failure = articles([tmp_path])
    assert isinstance(article, Article)
    assert article.id == "caf\N{REPLACEMENT CHARACTER}"
    assert isinstance(failure, Failure)
    failure.source.encode()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "holds no text"),
        (b"\x00\x01\x02ELF", "binary"),
        (b"word" * 1_250_000, "5,000,000 characters without a space"),
        (b"war " * 1_250_000, "1,250,000 words, of which 1 different"),
        (b"a " * (LARGEST // 2 + 1), "larger than 10 MB"),
        (b"Rebels \xff\xfe\xfa\xfb\xfc \x81 seized", "not valid UTF-8: byte 0xFF at 7"),
        ("Talma — Mölln".encode() + b"\xc3(", "not valid UTF-8"),
        (b"<!DOCTYPE html><title>Talma</title>", "no article in the page"),
        (b"PK\x03\x04", "unpack it first"),
        (b"\xff\xfeR\x00e", "wrong byte"),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    found = only(put(tmp_path, "a.txt", content))
    assert isinstance(found, Failure)
    assert reason in found.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_told_by_their_mark(tmp_path: Path, encoding: str) -> None:
    assert only(put(tmp_path, "a.txt", "Café — Talma".encode(encoding))) == Article("a", "Café — Talma")


def test_old_western_text_is_read_with_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "dateline")
    logging.getLogger("dateline").propagate = True
    text = "The café in Talma was shelled, “twice”."
    assert only(put(tmp_path, "a.txt", text.encode("windows-1252"))) == Article("a", text)
    assert "read as Windows-1252" in caplog.text


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("text", None, '"text" is null'),
        ("text", 7, '"text" is a number'),
        ("title", ["x"], '"title" is a list'),
        ("id", {"a": 1}, '"id" is an object'),
    ],
)
def test_keys_of_the_wrong_kind_are_named(tmp_path: Path, key: str, value: object, reason: str) -> None:
    found = only(put(tmp_path, "a.json", json.dumps({**RECORD, key: value})))
    assert isinstance(found, Failure)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-06-30", date(2021, 6, 30)),
        ("2021-06-30T23:00:00Z", date(2021, 6, 30)),
        ("Wed, 30 Jun 2021 08:00:00 GMT", date(2021, 6, 30)),
        ("30-JUN-1987 11:35:01.50", date(1987, 6, 30)),
        ("June 30, 2021, 8:00 am", date(2021, 6, 30)),
        ("last week", None),
        ("20 Nov 99999999999999999999 19:12:08", None),
        ("", None),
    ],
)
def test_days_of_publication(tmp_path: Path, written: str, day: date | None) -> None:
    found = only(put(tmp_path, "a.json", json.dumps({**RECORD, "published": written})))
    assert isinstance(found, Article)
    assert found.published == day


def test_half_a_surrogate_pair_becomes_a_replacement_character(tmp_path: Path) -> None:
    found = only(put(tmp_path, "a.json", '{"text": "Talma \\ud83d fell."}'))
    assert isinstance(found, Article)
    assert found.text == "Talma � fell."


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (PROSE.encode(), ["3c"]),
        (json.dumps(RECORD).encode(), ["one"]),
        (json.dumps(RECORD, indent=1).encode(), ["one"]),
        (f"{json.dumps(RECORD)}\n{json.dumps({**RECORD, 'id': 'two'})}\n".encode(), ["one", "two"]),
        (json.dumps([RECORD, {**RECORD, "id": "two"}]).encode(), ["one", "two"]),
        (b"[Photo: a town] " + PROSE.encode(), ["c"]),
    ],
)
def test_standard_input_is_read_as_what_it_looks_like(data: bytes, ids: list[str]) -> None:
    found = [item for item in articles(["-"], io.BytesIO(data)) if isinstance(item, Article)]
    assert len(found) == len(ids)
    if "one" in ids:
        assert [item.id for item in found] == ids


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_give_articles_or_reasons(data: bytes) -> None:
    for found in articles(["-"], io.BytesIO(data)):
        if isinstance(found, Article):
            assert found.text.strip()
            found.text.encode()
        else:
            assert found.reason
