"""Files, folders and standard input -> articles. One that cannot be read is a `Failure` and never stops the others."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import IO

from dateline.model import Article
from dateline.sources.decoding import LARGEST, Unreadable, check_prose, decode
from dateline.sources.records import as_article, content_id, parse_json

STDIN = "-"
SUFFIXES = (".txt", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read: where it stands (`folder/a.jsonl:12`) and why, for a person."""

    source: str
    reason: str


Outcome = Article | Failure


def articles(inputs: Iterable[str | Path], stdin: IO[bytes] | None = None) -> Iterator[Outcome]:
    """Every article of the inputs, in their order; what cannot be read comes as a Failure in its place.

    An input is a `.txt` file (one article), a `.json` file (one article or a list of them), a `.jsonl` file (one article a
    line), a folder of these (searched to its depths, sorted by name, hidden files left out) or `-` for standard input. A file
    with another ending, and standard input, are read as what they look like.
    """
    for given in inputs:
        if str(given) == STDIN:
            yield from _sniffed(stdin or sys.stdin.buffer, "standard input", None)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield from _file(path)
        else:
            yield Failure(str(path), "there is no such file or folder")


def _folder(folder: Path) -> Iterator[Outcome]:
    found = 0
    failures: list[Failure] = []

    def unlisted(error: OSError) -> None:
        failures.append(Failure(str(error.filename), _system_reason(error)))

    for root, folders, files in os.walk(folder, onerror=unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                found += 1
                yield from _file(Path(root) / name)
    yield from failures
    if not found and not failures:
        yield Failure(str(folder), f"the folder has no {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file in it")


def _file(path: Path) -> Iterator[Outcome]:
    try:
        with path.open("rb") as file:
            yield from _open(file, path.suffix.lower(), str(path), path.stem)
    except OSError as error:
        yield Failure(str(path), _system_reason(error))


def _open(file: IO[bytes], suffix: str, source: str, name: str | None) -> Iterator[Outcome]:
    match suffix:
        case ".txt":
            yield _text(_whole(file), source, name)
        case ".json":
            yield from _json(_whole(file), source, name)
        case ".jsonl" | ".ndjson":
            yield from _lines(_limited_lines(file), source)
        case _:
            yield from _sniffed(file, source, name)


def _sniffed(file: IO[bytes], source: str, name: str | None) -> Iterator[Outcome]:
    """Read as what it looks like: JSON lines (as they come), JSON, or the text of one article."""
    first = file.readline(LARGEST + 1)
    start = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{" and _is_json(first):
        yield from _lines(chain([first], _limited_lines(file)), source)
        return
    whole = first + _whole(file)
    if start == b"{" or (start == b"[" and _is_json(whole)):
        yield from _json(whole, source, name)
    else:
        yield _text(whole, source, name)


def _text(data: bytes, source: str, name: str | None) -> Outcome:
    def build() -> Article:
        text = decode(data, source)
        if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
            raise Unreadable("it is HTML: only the plain text of an article is read")
        check_prose(text)
        return Article(id=name or content_id(text), text=text)

    return _try(build, source)


def _json(data: bytes, source: str, name: str | None) -> Iterator[Outcome]:
    try:
        value = parse_json(decode(data, source))
    except Unreadable as error:
        yield Failure(source, str(error))
        return
    if not isinstance(value, list):
        yield _try(partial(as_article, value, source, name), source)
        return
    if not value:
        yield Failure(source, "the list has no article in it")
    for number, record in enumerate(value, 1):
        where = f"{source}, article {number}"
        yield _try(partial(as_article, record, where), where)


def _lines(lines: Iterable[bytes], source: str) -> Iterator[Outcome]:
    seen = False
    for number, line in enumerate(lines, 1):
        if line.strip():
            seen = True
            where = f"{source}:{number}"
            yield _try(partial(_article_of_line, line, where), where)
    if not seen:
        yield Failure(source, "the file is empty")


def _article_of_line(line: bytes, where: str) -> Article:
    return as_article(parse_json(decode(line, where)), where)


def _limited_lines(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only as much as shows that it is."""
    while line := file.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = file.readline(LARGEST + 1)


def _whole(file: IO[bytes]) -> bytes:
    return file.read(LARGEST + 1)


def _is_json(data: bytes) -> bool:
    try:
        parse_json(data.decode("utf-8-sig"))
    except (Unreadable, UnicodeDecodeError):
        return False
    return True


def _try(build: Callable[[], Article], source: str) -> Outcome:
    try:
        return build()
    except Unreadable as error:
        return Failure(source, str(error))


def _system_reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
