"""Odd input made from plain input: pages, files and texts of our own, changed in the ways in which the web breaks them."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable

from dateline.sources.warc import START as WARC_START

BODY = """Fighters of the Northern Front captured the town of Talma on Monday after a night of shelling, residents said. At least 12
soldiers were killed and scores were wounded, according to a doctor at the district hospital. "We will not leave before the army
withdraws from all 14 districts," the group's spokesman, Oro Bal, told reporters by telephone. President Ana Bel had ordered the army to
recapture the town by July 9; she denied that talks had been held in Geneva last week. Meanwhile the United Nations urged both sides to
end the violence. More than 3,000 people have fled since May 1, the Red Cross said."""
PARAGRAPHS = "".join(f"<p>{part}.</p>" for part in BODY.replace("\n", " ").split(". "))
PAGES = (
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rebels take Talma | Tal News</title>
<meta property="article:published_time" content="2021-06-28T10:00:00Z"><meta property="og:site_name" content="Tal News">
<link rel="canonical" href="https://talnews.example/2021/06/28/talma"><script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Rebels take Talma", "datePublished": "2021-06-28", "author": {{"name": "Ivo Kel"}}}}</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Rebels take Talma</h1>{PARAGRAPHS}</article>
<footer>&copy; 2021 Tal News</footer></body></html>""",
    f"""<html><head><title>Army denies loss of Varno</title></head><body bgcolor=white><table width=100%><tr><td><font size=2>
<table><tr><td>Monday, June 28, 2021</td></tr></table><b>Army denies loss of Varno</b><br><br>{BODY}<br>&nbsp;&mdash; Ivo Kel
</font></td><td><img src=a.gif></td></tr></table></body></html>""",
    f"""<!doctype html><html><head><title>Live: talks in Geneva</title></head><body><div class="live"><div class="post"><time
datetime="2021-06-28T09:10">09:10</time><div>{PARAGRAPHS}</div></div><div class="post"><time datetime="2021-06-28T11:40">11:40</time>
<blockquote>{PARAGRAPHS}</blockquote></div></div><div id="comments"><p>first!</p></div></body></html>""",
    f"""<?xml version="1.0" encoding="windows-1252"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Relief reaches Pell</title>
</head><body><div id="content"><h2>Relief reaches Pell</h2>{PARAGRAPHS}<ul><li>One</li><li>Two</li></ul></div></body></html>""",
)  # fmt: skip
RECORD = {
    "id": "tal-1",
    "title": "Rebels take Talma",
    "published": "2021-06-28",
    "url": "https://talnews.example/1",
    "text": BODY,
}
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Tal News</title><link>https://talnews.example/</link><item>
<title>Rebels take Talma</title><link>https://talnews.example/1</link><pubDate>Mon, 28 Jun 2021 10:00:00 GMT</pubDate>
<description><![CDATA[{PARAGRAPHS}]]></description></item></channel></rss>"""
CAPTURE = PAGES[0].encode()
RESPONSE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + CAPTURE
WARC = (
    WARC_START + b"0\r\nWARC-Type: response\r\nWARC-Target-URI: https://talnews.example/1\r\nWARC-Date: 2021-06-28T10:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: " + str(len(RESPONSE)).encode() + b"\r\n\r\n" + RESPONSE + b"\r\n\r\n"
)  # fmt: skip
FILES: dict[str, bytes] = {
    "a.txt": BODY.encode(),
    "a.json": json.dumps(RECORD).encode(),
    "a.jsonl": (json.dumps(RECORD) + "\n").encode() * 2,
    "a.csv": ("id,title,published,text\n" + f'tal-1,"Rebels take Talma",2021-06-28,"{BODY.replace(chr(34), chr(34) * 2)}"\n').encode(),
    "a.tsv": ("id\ttitle\ttext\n" + f"tal-1\tRebels take Talma\t{BODY.replace(chr(10), ' ')}\n").encode(),
    "a.rss": FEED.encode(),
    "a.warc": WARC,
    "a.json.gz": gzip.compress(json.dumps(RECORD).encode(), mtime=0),
    "a.warc.gz": gzip.compress(WARC, mtime=0),
}  # fmt: skip

TABLES = (
    "# Groups.\nname\tcountry\tsector\tfrom\tto\talso\nKarsa Brigades\tMLI\tREB\t2030-05\t\tKB; the Brigades\nKarsa Watch\t-\tNGO\n",
    "kind\tsector\tcountry\twords\nperson\tGOV\t\tminister; deputy minister\nforce\tMIL\t\ttroops\n",
    "pronoun\tnumber\tof\tgender\tuse\nhe\tone\tperson\tmale\tfree\n",
    "word\tsector\tcountry\nbank\tBUS\t\nunion\tCVL\t\n",
)

type Random = random.Random
type Change = Callable[[Random, bytes], bytes]
ODD = (
    b"\x00", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[2J", b"&#0;", b"&#x110000;", b"&#xD800;", b"&bogus;", b"&amp;amp;lt;",
    b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<plaintext>", b"<script>while(1);</script>", b"<svg onload=x>", b"<template>", b"</body>",
    b"<base href=//x>", b"<meta charset=utf-7>", b"<meta charset=x-nothing>", b"<frameset>", b"<p", b"<a href='", b'"', b"\r", b"\x85",
    "\u202e\u2066\u200f".encode(), "\U0010ffff\ufdd0".encode(), "ﷺ".encode(), "e\u0301".encode() * 50, b"{", b"[", b",", b"\\u0000",
    b"\\ud800", b"1e999", b"-", b"NaN", b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]>&b;",
)  # fmt: skip


def _place(r: Random, data: bytes) -> int:
    return r.randint(0, len(data))


def _insert(r: Random, data: bytes) -> bytes:
    at = _place(r, data)
    return data[:at] + r.choice(ODD) * r.choice((1, 1, 1, 3, 200)) + data[at:]


def _cut(r: Random, data: bytes) -> bytes:
    at = _place(r, data)
    return data[:at] + data[at + r.randint(1, 400) :]


def _break_off(r: Random, data: bytes) -> bytes:
    return data[: _place(r, data)]


def _repeat(r: Random, data: bytes) -> bytes:
    at, length = _place(r, data), r.randint(1, 300)
    return data[:at] + data[at : at + length] * r.choice((2, 20)) + data[at + length :]


def _flip(r: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(data), r.choice((1, 4, 40)))):
        changed[r.randrange(len(data))] = r.randrange(256)
    return bytes(changed)


def _unclose(r: Random, data: bytes) -> bytes:
    parts = data.split(b"</")
    return b"</".join(parts[: r.randint(1, len(parts))]) + b"".join(parts[r.randint(1, len(parts)) :])


def _nest(r: Random, data: bytes) -> bytes:
    at, depth = _place(r, data), r.choice((3, 30, 600))
    return data[:at] + r.choice((b"<table><tr><td>", b"<div>", b"<b><i>", b"<ul><li>", b"<blockquote>")) * depth + data[at:]


def _huge_attribute(r: Random, data: bytes) -> bytes:
    return data.replace(b"<p>", b'<p style="' + b"x:y;" * r.choice((10, 20_000)) + b'">', 1)


def _recode(r: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(
        r.choice(("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "shift_jis", "cp037", "utf-7")), "replace"
    )


def _uppercase(r: Random, data: bytes) -> bytes:
    return data.upper() if r.random() < 0.5 else data.swapcase()


CHANGES: tuple[Change, ...] = (
    _insert, _insert, _insert, _cut, _break_off, _repeat, _flip, _unclose, _nest, _huge_attribute, _recode, _uppercase,
)  # fmt: skip


def changed(seed: int, data: bytes) -> bytes:
    """The data with one to five changes that hang on the seed alone."""
    r = random.Random(seed)
    for _ in range(r.randint(1, 5)):
        data = r.choice(CHANGES)(r, data) if data else b"<"
    return data


def text_of(seed: int) -> str:
    """A short text: news with characters of any Unicode plane in it, of scripts that run from the right, or its words in disorder."""
    r = random.Random(seed)
    words = BODY.split()
    r.shuffle(words)
    words = words[: r.randint(3, 40)]
    first = r.choice(
        (0x20, 0x590, 0x600, 0x2000, 0x3000, 0xD7B0, 0xFB50, 0xFE00, 0xFFF0, *(plane << 16 for plane in range(1, 17)))
    )
    for _ in range(r.randint(1, 12)):
        odd = "".join(map(chr, (r.randint(first, first + 0x3FF) for _ in range(r.randint(1, 6)))))
        at = r.randrange(len(words))
        words[at] = r.choice((odd, odd + words[at], words[at] + odd, f"“{odd}”"))
    return r.choice((" ", " ", "\n", "\u00a0")).join(words).encode("utf-8", "replace").decode()


RULES = """type = "ASSAULT"
frame = "strike"
[[sense]]
name = "zap"
verbs = ["zap", "@tools"]
mode = "beat"
examples = ["Rebels zapped a convoy in Talma."]
not = ["They zapped through the channels."]
[words]
tools = ["hammer", "club"]
"""
"""A small file of event rules."""
VALUES = (
    "0", "-1", "1.5", "true", "''", "'@tools'", "'@x'", "'$c'", "[]", "[[]]", "[{}]", "{}", "['a', 1]", "{a = {b = 1}}", "'a b c-d'",
    "'|'", "'-'", "' '", "['of']", "2021-06-28", "[" * 3000 + "]" * 3000,
)  # fmt: skip


def rules(seed: int) -> bytes:
    """The file of rules with values of another kind, or broken as any file may be."""
    r = random.Random(seed)
    if seed % 2:
        return changed(seed, RULES.encode())
    lines = RULES.splitlines()
    for _ in range(r.randint(1, 3)):
        at = r.choice([k for k, line in enumerate(lines) if "=" in line])
        key = r.choice(
            (lines[at].split(" = ")[0], "needs", "lacks", "actor", "object", "not_object", "frame", "mode", "words")
        )
        lines[at] = f"{key} = {r.choice(VALUES)}"
    return "\n".join(lines).encode()
