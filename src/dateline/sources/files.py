"""Files, folders, URLs and standard input -> articles. One that cannot be read is a `Failure` and never stops the others.

What something is, is told by its first bytes; its name decides only where these leave it open (a CSV looks like any text).
"""

from __future__ import annotations

import io
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from dateline.model import Article
from dateline.sources import feeds, html, tables, warc
from dateline.sources.decoding import LARGEST, Unreadable, check_prose, decode, scalar
from dateline.sources.found import Failure, Found, Outcome, attempt
from dateline.sources.meter import Meter
from dateline.sources.opening import COMPRESSED, limited_lines, peek, unpacked, whole
from dateline.sources.records import as_found, content_id, parse_json
from dateline.sources.urls import URL, listed
from dateline.sources.web import Web

STDIN = "-"
SUFFIXES = (
    ".txt", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".warc", ".rss", ".atom", ".xml",
)  # fmt: skip
BUFFER = 1 << 20
IN_MEMORY = 32_000_000  # bytes of something that must be sought in, before it goes to a temporary file
NOTHING_IN_IT = f"the folder has no file in it that ends in {', '.join(SUFFIXES)} (or these with .gz or .zst)"
PROCESSED = "it is a document of a word processor; save it as text or HTML first"
DOCUMENTS = {b"%PDF-": "it is a PDF; extract its text first (for instance with pdftotext)", b"{\\rtf": PROCESSED}
"""First bytes of what looks like text and is none, and what to do about it."""
WRITTEN = (".docx", ".odt", ".doc")
ARCHIVES = (b"PK\x03\x04", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")


def articles(inputs: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Iterator[Article | Failure]:
    """Every article of the inputs, in their order; what cannot be read comes as a Failure in its place.

    An input is a file, a folder of files (searched to its depths, sorted by name, hidden files left out), a URL or `-` for
    standard input. Files hold text (one article, or a list of URLs), HTML, JSON (one article or a list of them), JSON lines, CSV
    or TSV (a header, then an article a row), Parquet, WARC, RSS or Atom, each also compressed by gzip or Zstandard.
    """
    for outcome in outcomes(inputs, stdin):
        yield outcome.article if isinstance(outcome, Found) else outcome


def outcomes(
    inputs: Iterable[str | Path], stdin: IO[bytes] | None = None, web: Web | None = None, meter: Meter | None = None
) -> Iterator[Outcome]:
    """As `articles`, with where each article was found; `web` fetches the URLs, `meter` is told how far the files are read."""
    web, meter = web or Web(), meter or Meter(())
    for given in inputs:
        if str(given) == STDIN:
            yield from _guarded(_stream(stdin or sys.stdin.buffer, "standard input", "", None, web), "standard input")
        elif URL.fullmatch(str(given)):
            yield from _url(str(given), web)
        elif "://" in str(given):
            yield Failure(_named(given), "only http and https URLs are followed, files by their path")
        else:
            yield from _path(Path(given), web, meter)


def _path(path: Path, web: Web, meter: Meter) -> Iterator[Outcome]:
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: no name of a file has a zero byte in it
        yield Failure(_named(path), "there is no such file or folder")
    except OSError as error:
        yield Failure(_named(path), _system_reason(error))
    else:
        yield from _folder(path, web, meter) if stat.S_ISDIR(mode) else _file(path, web, meter)


def _folder(folder: Path, web: Web, meter: Meter) -> Iterator[Outcome]:
    found = 0
    failures: list[Failure] = []

    def unlisted(error: OSError) -> None:
        failures.append(Failure(_named(error.filename), _system_reason(error)))

    for path in files_in(folder, unlisted):
        found += 1
        yield from _file(path, web, meter)
    yield from failures
    if not found and not failures:
        yield Failure(_named(folder), NOTHING_IN_IT)


def files_in(folder: Path, unlisted: Callable[[OSError], None]) -> Iterator[Path]:
    """The files of a folder that may hold articles, searched to its depths, sorted by name; `unlisted` is told what cannot be."""
    for root, folders, files in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if _suffix(name)[0] in SUFFIXES and not name.startswith("."):
                yield Path(root) / name


def _file(path: Path, web: Web, meter: Meter) -> Iterator[Outcome]:
    try:
        if not path.is_file():
            yield Failure(_named(path), "it is neither a file nor a folder")
            return
        with path.open("rb", buffering=BUFFER) as file, meter.reading(file):
            suffix, name = _suffix(path.name)
            yield from _guarded(_stream(file, _named(path), suffix, name, web), _named(path))
    except OSError as error:
        yield Failure(_named(path), _system_reason(error))


def _url(url: str, web: Web) -> Iterator[Outcome]:
    try:
        with web.get(url) as answer:
            suffix, _ = _suffix(answer.url.split("?")[0])
            yield from _guarded(_stream(answer.body, url, suffix, None, web, answer.url, answer.retrieved), url)
    except Unreadable as error:
        yield Failure(url, str(error))


def _guarded(found: Iterator[Outcome], source: str) -> Iterator[Outcome]:
    """What a stream gives until it breaks, and why it breaks."""
    try:
        yield from found
    except Unreadable as error:
        yield Failure(source, str(error))
    except Exception as error:  # one source that nobody thought of must not stop a run
        yield Failure(source, f"it cannot be read ({type(error).__name__}: {error}); please report it with the file")


def _named(path: str | Path) -> str:
    """A name for a person and a ledger: what the file system has in it that is no UTF-8 is shown as U+FFFD."""
    return scalar(str(path))


def _suffix(name: str) -> tuple[str, str]:
    """The ending of a file's name without that of its compression, in lower case, and the name without endings."""
    path = Path(name)
    if path.suffix.lower() in COMPRESSED:
        path = path.with_suffix("")
    return path.suffix.lower(), _named(path.stem)


def _stream(
    file: IO[bytes],
    source: str,
    suffix: str,
    name: str | None,
    web: Web,
    url: str | None = None,
    retrieved: str | None = None,
) -> Iterator[Outcome]:
    """The articles of some bytes, by what they look like."""
    stream = unpacked(file)
    start = peek(stream)
    if start.startswith(b"PAR1"):
        yield from _parquet(stream, source)
    elif start.startswith(warc.START):
        yield from warc.pages(stream, source)
    elif kind := next((reason for first, reason in DOCUMENTS.items() if start.startswith(first)), None):
        yield Failure(source, kind)
    elif suffix in WRITTEN:
        yield Failure(source, PROCESSED)
    elif start.startswith(ARCHIVES):
        yield Failure(source, "it is an archive; unpack it first (.gz and .zst are read as they are)")
    elif feeds.looks_like_feed(start):
        yield from (web.entries(whole(stream), source, url) if url is not None else feeds.articles_of(whole(stream), source))
    elif html.looks_like_html(start) or (suffix in (".html", ".htm", ".xhtml") and b"<" in start):
        yield attempt(partial(html.page, whole(stream), source, name, url, retrieved), source)
    else:
        yield from _by_name(stream, source, suffix, name, web)


def _by_name(stream: io.BufferedReader, source: str, suffix: str, name: str | None, web: Web) -> Iterator[Outcome]:
    match suffix:
        case ".json":
            yield from _json(whole(stream), source, name)
        case ".jsonl" | ".ndjson":
            yield from _lines(limited_lines(stream), source)
        case ".parquet" | ".warc":
            yield Failure(source, "the file is empty" if not peek(stream) else f"it ends in {suffix} but is none")
        case ".csv" | ".tsv" if not peek(stream).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
            yield from tables.delimited(stream, source, "\t" if suffix == ".tsv" else None)
        case ".rss" | ".atom" | ".xml":
            yield Failure(source, "the file is empty" if not peek(stream) else "it is neither RSS nor Atom")
        case _:
            yield from _sniffed(stream, source, name, web)


def _sniffed(stream: io.BufferedReader, source: str, name: str | None, web: Web) -> Iterator[Outcome]:
    """Read as what it looks like: JSON lines (as they come), JSON, a list of URLs, or the text of one article."""
    first = stream.readline(LARGEST + 1)
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{" and _is_json(first):
        yield from _lines(chain([first], limited_lines(stream)), source)
        return
    data = first + whole(stream)
    if start == b"{" or (start == b"[" and _is_json(data)):
        yield from _json(data, source, name)
        return
    urls = listed(data[:LARGEST].decode("utf-8", "replace")) if b"://" in first[:4096] or first.startswith(b"#") else None
    if urls is None:
        yield attempt(partial(_text, data, source, name), source)
        return
    for url in urls:
        if URL.fullmatch(url):
            yield from _url(url, web)
        else:
            yield Failure(f"{source}: {url}", "only http and https URLs are followed")


def _text(data: bytes, source: str, name: str | None) -> Found:
    text = decode(data, source)
    check_prose(text)
    return Found(Article(id=name or content_id(text), text=text), source)


def _json(data: bytes, source: str, name: str | None) -> Iterator[Outcome]:
    value = parse_json(decode(data, source))
    if not isinstance(value, list):
        yield attempt(partial(as_found, value, source, name), source)
        return
    if not value:
        yield Failure(source, "the list has no article in it")
    for number, record in enumerate(value, 1):
        where = f"{source}, article {number}"
        yield attempt(partial(as_found, record, where), where)


def _lines(lines: Iterable[bytes], source: str) -> Iterator[Outcome]:
    seen = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            seen = True
            where = f"{source}:{number}"
            yield attempt(partial(_article_of_line, line, where), where)
    if not seen:
        yield Failure(source, "the file is empty")


def _article_of_line(line: bytes, where: str) -> Found:
    return as_found(parse_json(decode(line, where)), where)


def _parquet(stream: io.BufferedReader, source: str) -> Iterator[Outcome]:
    """Parquet is read from its end: what cannot be sought in goes to a temporary file first."""
    if isinstance(getattr(stream, "raw", None), io.FileIO):
        yield from tables.parquet(stream, source)
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        while chunk := stream.read(1 << 20):
            copy.write(chunk)
        copy.seek(0)
        yield from tables.parquet(copy, source)


def _is_json(data: bytes) -> bool:
    try:
        parse_json(data.decode("utf-8-sig"))
    except (Unreadable, UnicodeDecodeError):
        return False
    return True


def _system_reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
