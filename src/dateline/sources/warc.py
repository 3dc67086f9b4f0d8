"""Web archives (WARC) -> the articles of the pages in them, by fastwarc."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

from dateline.sources.decoding import LARGEST, Unreadable
from dateline.sources.found import Failure, Found, Outcome, SetAside, attempt
from dateline.sources.html import page

START = b"WARC/1."


def pages(stream: io.BufferedReader, source: str) -> Iterator[Outcome]:
    """The article of every page (a response with HTML in it) of an archive; pictures, scripts and requests are passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    found = False
    try:
        for record in ArchiveIterator(_Forwards(stream), WarcRecordType.response, parse_http=False):  # type: ignore[arg-type]
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            where = f"{source}: {url or record.record_id}"
            taken = attempt(partial(_page, record, where, url), where)
            if not (isinstance(taken, Failure) and not taken.reason):
                found = True
                yield taken
    except Unreadable as error:
        yield Failure(source, str(error))
        return
    except (OSError, ValueError) as error:
        yield Failure(source, f"the archive is damaged or breaks off: {error}")
        return
    if not found:
        yield Failure(source, "there is no web page in the archive")


class _Forwards:
    """A stream that does not offer to seek: fastwarc would try, and these cannot."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._at = stream, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def _page(record: object, where: str, url: str) -> Found:
    try:
        record.parse_http(auto_decode="all")  # type: ignore[attr-defined]
        kind = record.http_content_type  # type: ignore[attr-defined]
        headers = record.http_headers  # type: ignore[attr-defined]
        status = headers.status_code if headers is not None else None
        if kind is not None and kind not in ("text/html", "application/xhtml+xml"):
            raise SetAside("")
        body = record.reader.read(LARGEST + 1)  # type: ignore[attr-defined]
    except OSError as error:
        raise Unreadable(f"the record is damaged: {error}") from error
    if status is not None and status != 200:
        raise SetAside(f"the server answered with HTTP {status}")
    told = headers.get("Content-Length") if headers is not None else None
    if told and told.isdigit() and len(body) < int(told) and not headers.get("Content-Encoding"):
        raise Unreadable(f"the page breaks off: {len(body)} of {told} bytes are there")
    day = record.record_date  # type: ignore[attr-defined]
    return page(body, where, url or None, url or None, day.strftime("%Y-%m-%dT%H:%M:%SZ") if day is not None else None)
