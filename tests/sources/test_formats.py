"""Every format, good and bad: what comes out, or what is said. Names end as they should, or do not; bytes are whole, or not."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from dateline.model import Article
from dateline.sources import Failure, Found, outcomes
from dateline.sources.decoding import LARGEST
from dateline.sources.opening import BLOWN_UP_FROM

PROSE = "Rebels seized the café in Talma on Monday, officials said."
PLAIN = "Rebels seized the town of Talma on Monday."
DAY = date(2021, 6, 30)
RECORD = {"headline": "Talma", "body": PROSE, "date": "2021-06-30", "link": "https://tal.example/1", "outlet": "Tal News"}


def text() -> bytes:
    return PROSE.encode()


def page(charset: str = "utf-8") -> bytes:
    return f"""<!DOCTYPE html><html><head><meta charset="{charset}"><title>Talma</title>
<meta property="og:site_name" content="Tal News"><meta name="author" content="Oro Bal">
<link rel="canonical" href="https://tal.example/1"><meta property="article:published_time" content="2021-06-30T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talma</h1><p>{PROSE}</p><p>The army said that it would return by Friday.</p></article>
<footer>All rights reserved</footer></body></html>""".encode(charset)


def json_object() -> bytes:
    return json.dumps(RECORD, indent=1, ensure_ascii=False).encode()


def json_lines() -> bytes:
    return (json.dumps(RECORD, ensure_ascii=False) + "\n").encode()


def table(delimiter: str) -> bytes:
    cells = [f'"{value}"' for value in RECORD.values()]
    return f"{delimiter.join(RECORD)}\r\n{delimiter.join(cells)}\r\n".encode()


def parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({name: [value] for name, value in RECORD.items()} | {"extra": [1]}), out)
    return out.getvalue()


def warc(body: bytes | None = None, status: str = "200 OK", kind: str = "text/html") -> bytes:
    body = page() if body is None else body
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tal.example/1\r\nWARC-Date: 2021-07-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def rss(encoding: str = "utf-8") -> bytes:
    return f"""<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>Tal News</title><item><title>Talma</title>
<link>https://tal.example/1</link><pubDate>Wed, 30 Jun 2021 08:00:00 GMT</pubDate><description>&lt;p&gt;{PROSE}&lt;/p&gt;</description>
</item></channel></rss>""".encode(encoding)


def atom() -> bytes:
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Tal News</title><entry><title>Talma</title>
<link href="https://tal.example/1"/><id>1</id><updated>2021-06-30T08:00:00Z</updated><content>{PROSE}</content></entry></feed>""".encode()


GOOD: dict[str, Callable[[], bytes]] = {
    ".txt": text,
    ".html": page,
    ".json": json_object,
    ".jsonl": json_lines,
    ".csv": lambda: table(","),
    ".tsv": lambda: table("\t"),
    ".parquet": parquet,
    ".warc": warc,
    ".rss": rss,
    ".atom": atom,
}
FORMATS = sorted(GOOD)
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


def taken(folder: Path, name: str, data: bytes) -> list[Found | Failure]:
    path = folder / name
    path.write_bytes(data)
    return list(outcomes([path]))


def only(folder: Path, name: str, data: bytes) -> Found | Failure:
    (found,) = taken(folder, name, data)
    return found


def is_whole(found: Found | Failure, ending: str) -> None:
    assert isinstance(found, Found), found
    article = found.article
    assert PROSE in article.text
    if ending != ".txt":
        assert (article.title, article.published, article.url) == ("Talma", DAY, "https://tal.example/1")
        assert article.publisher in ("Tal News", "tal.example")


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("ending", FORMATS)
def test_good(tmp_path: Path, ending: str, packing: str) -> None:
    is_whole(only(tmp_path, f"a{ending}{packing}", PACKED[packing](GOOD[ending]())), ending)


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (".txt", "not valid UTF-8"),
        (".html", "no article in the page"),
        (".json", "not valid JSON"),
        (".jsonl", "not valid JSON"),
        (".csv", "no column is called text"),
        (".tsv", "no column is called text"),
        (".parquet", "cannot be read as Parquet"),
        (".warc", "breaks off"),
        (".rss", "the feed breaks off"),
        (".atom", "the feed breaks off"),
    ],
)
def test_broken(tmp_path: Path, ending: str, reason: str) -> None:
    whole = GOOD[ending]()
    broken = {
        ".txt": b"Rebels \xff\xfe\xfa\xfb\xfc \x81 seized",
        ".html": whole[:300],
        ".csv": whole.replace(b"body", b"blob"),
        ".tsv": whole.replace(b"body", b"blob"),
        ".warc": whole[:-200],
        ".rss": whole[:120],
        ".atom": whole[:110],
    }.get(ending, whole[: len(whole) // 2])
    found = only(tmp_path, f"a{ending}", broken)
    assert isinstance(found, Failure)
    assert reason in found.reason


@pytest.mark.parametrize("data", [b"", b" \n"])
@pytest.mark.parametrize("ending", FORMATS)
def test_empty(tmp_path: Path, ending: str, data: bytes) -> None:
    found = only(tmp_path, f"a{ending}", data)
    assert isinstance(found, Failure)
    assert any(
        words in found.reason for words in ("empty", "no text", "not valid JSON", "neither", "is none", "no web page")
    )


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending != ".txt"])
def test_wrong_extension(tmp_path: Path, ending: str) -> None:
    """Everything but a table is told by its first bytes; a table needs its name, or it would be any text."""
    wrong = ".csv" if ending == ".tsv" else ".tsv" if ending == ".csv" else ".txt"
    found = only(tmp_path, f"a{wrong}", GOOD[ending]())
    if ending == ".csv":
        assert isinstance(found, Failure)
        assert "no column is called text" in found.reason
    else:
        is_whole(found, ending)


@pytest.mark.parametrize("ending", [".parquet", ".warc", ".rss", ".xml"])
def test_text_under_a_name_that_promises_more(tmp_path: Path, ending: str) -> None:
    found = only(tmp_path, f"a{ending}", text())
    assert isinstance(found, Failure)
    assert "is none" in found.reason or "neither RSS nor Atom" in found.reason


@pytest.mark.parametrize("ending", FORMATS)
def test_wrong_encoding(tmp_path: Path, ending: str) -> None:
    """Bytes in Windows-1252 where UTF-8 is due, and nothing that says so: read right, or refused with the place."""
    data = GOOD[ending]()
    if ending == ".parquet":
        data = data.replace("é".encode(), b"\xe9\x20")
    elif ending == ".warc":
        data = warc(page().replace("é".encode(), b"\xe9"))
    else:
        data = data.replace("é".encode(), b"\xe9")
    found = only(tmp_path, f"a{ending}", data)
    if isinstance(found, Found):
        assert "caf" in found.article.text
        assert "\N{REPLACEMENT CHARACTER}" not in found.article.text or ending in (".rss", ".atom")
    else:
        assert ending == ".parquet"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("ending", [".txt", ".csv", ".json", ".html"])
def test_marked_encodings(tmp_path: Path, ending: str, encoding: str) -> None:
    is_whole(only(tmp_path, f"a{ending}", GOOD[ending]().decode().encode(encoding)), ending)


def test_declared_encodings(tmp_path: Path) -> None:
    is_whole(only(tmp_path, "a.html", page("iso-8859-2")), ".html")
    is_whole(only(tmp_path, "a.rss", rss("iso-8859-1")), ".rss")


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    found = only(tmp_path, "a.html", page())
    assert isinstance(found, Found)
    assert (found.author, found.article.publisher) == ("Oro Bal", "Tal News")
    assert "Home" not in found.article.text
    assert "rights reserved" not in found.article.text


def test_a_table_row_by_row(tmp_path: Path) -> None:
    rows = 'id,text,published\n1,"Rebels, they say,\nleft ""Talma"".",2021-06-30\n2,,2021-06-30\n3,Police left.,x,y,z\n\n4,Some left.,\n'
    found = taken(tmp_path, "a.csv", rows.encode())
    assert [item.article for item in found if isinstance(item, Found)] == [
        Article("1", 'Rebels, they say,\nleft "Talma".', None, DAY),
        Article("4", "Some left."),
    ]
    assert [item.reason[:12] for item in found if isinstance(item, Failure)] == ['it has no "t', "it has 5 cel"]
    semicolons = only(tmp_path, "b.csv", b"title;text\nTalma;Rebels left, they say.\n")
    assert isinstance(semicolons, Found)
    assert semicolons.article.text == "Rebels left, they say."


def test_a_line_that_cannot_be_read_costs_its_row_alone(tmp_path: Path) -> None:
    text = PLAIN.encode()
    wrong = b'2,"\xff\xc3\xa9, ' + text + b'\nof two lines"\n'
    long = b"3," + b"long " * (LARGEST // 5 + 1) + b"\n"
    found = taken(tmp_path, "a.csv", b"id,text\n1," + text + b"\n" + wrong + long + b"4,\x00" + text + b"\n5," + text)
    assert [item.article.id for item in found if isinstance(item, Found)] == ["1", "5"]
    told = {item.source[-5:]: item.reason for item in found if isinstance(item, Failure)}
    assert list(told) == ["row 3", "row 4", "row 5"]
    assert "byte 0xFF at 3" in told["row 3"]
    assert "larger than 10 MB" in told["row 4"]
    assert "binary" in told["row 5"]


def test_a_quotation_mark_that_is_never_closed_makes_no_article_of_the_rows_below(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.csv", f'id,text\n1,{PLAIN}\n2,"{PLAIN}\n3,{PLAIN}\n'.encode())
    assert [item.article.id for item in found if isinstance(item, Found)] == ["1"]
    assert isinstance(found[1], Failure)
    assert found[1].source.endswith("row 3")
    assert "never closed" in found[1].reason


def test_an_archive_gives_its_pages_and_sets_errors_aside(tmp_path: Path) -> None:
    data = warc() + warc(b"gone", "404 Not Found") + warc(b"\x89PNG", kind="image/png") + warc(b"", "301 Moved", "text/html")
    found = taken(tmp_path, "a.warc.gz", gzip.compress(data))
    assert isinstance(found[0], Found)
    assert found[0].retrieved == "2021-07-01T00:00:00Z"
    assert [(item.kind, item.reason) for item in found if isinstance(item, Failure)] == [
        ("set aside", "the server answered with HTTP 404"),
        ("set aside", "the server answered with HTTP 301"),
    ]


def test_a_folder_of_all(tmp_path: Path) -> None:
    for ending in FORMATS:
        (tmp_path / f"a{ending}.gz").write_bytes(gzip.compress(GOOD[ending]()))
    assert sum(isinstance(found, Found) for found in outcomes([tmp_path])) == len(FORMATS)


# -- what would harm --------------------------------------------------------------------------------------------------


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        for _ in range(size // 1_000_000):
            file.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".warc", ".txt"])
def test_a_bomb_is_refused_before_it_has_gone_off(tmp_path: Path, ending: str) -> None:
    data = bomb(BLOWN_UP_FROM + 30_000_000)
    start = {".csv": b"text\n", ".warc": b"WARC/1.0\r\nX: "}.get(ending, b"")
    found = taken(tmp_path, f"a{ending}.gz", gzip.compress(start) + data)
    assert isinstance(found[-1], Failure)
    assert any(
        words in found[-1].reason for words in ("decompression bomb", "larger than 10 MB", "longer than 10 MB", "damaged")
    )


def test_a_line_without_end_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.seek(200_000_000)  # a hole: takes no room on the disk; a gigabyte takes five times as long and no more memory
        file.write(b'"}\n' + json.dumps({"text": PROSE}).encode())
    first, second = outcomes([path])
    assert isinstance(first, Failure)
    assert f"larger than {LARGEST // 1_000_000} MB" in first.reason
    assert isinstance(second, Found)


def test_entities_of_a_feed_are_refused(tmp_path: Path) -> None:
    bombs = "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 10))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{bombs}]><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
    outside = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]><rss version="2.0"><channel><item>'
        "<title>T</title><description>&x;</description></item></channel></rss>"
    )
    for data in (feed, outside):
        found = only(tmp_path, "a.rss", data.encode())
        assert isinstance(found, Failure)
        assert "entity bomb" in found.reason


@pytest.mark.parametrize("reference", ["&#99999999;", "&#x110000;", "&#xD800;", "&#x99999999999999999999;"])
def test_a_letter_that_unicode_does_not_know_costs_no_feed(reference: str, tmp_path: Path) -> None:
    item = f"<item><title>A</title><description>Guards left the port {reference} of Karsa on Monday.</description></item>"
    feed = tmp_path / "feed.xml"
    feed.write_text(f'<rss version="2.0"><channel><title>Echo</title>{item}</channel></rss>', encoding="utf-8")
    (outcome,) = outcomes([feed])
    assert isinstance(outcome, Found)
    assert outcome.article.text == "Guards left the port \ufffd of Karsa on Monday."


def test_a_feed_leads_only_to_the_web(tmp_path: Path) -> None:
    feed = rss().replace(b"https://tal.example/1", b"file:///etc/passwd")
    found = only(tmp_path, "a.rss", feed)
    assert isinstance(found, Failure)
    assert "only http and https" in found.reason
    listed = taken(tmp_path, "urls.txt", b"# a list\nfile:///etc/passwd\nftp://tal.example/x\n")
    assert [item.reason for item in listed if isinstance(item, Failure)] == ["only http and https URLs are followed"] * 2
    (given,) = outcomes(["file:///etc/passwd"])
    assert isinstance(given, Failure)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"Rar!", b"BZh9"])
def test_other_archives_are_to_be_unpacked_first(tmp_path: Path, start: bytes) -> None:
    found = only(tmp_path, "a.txt", start + b"x" * 100)
    assert isinstance(found, Failure)
    assert "unpack it first" in found.reason
