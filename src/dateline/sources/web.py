"""Fetching pages and feeds: politely (a name, robots.txt, time between calls), and never from where a stranger's link must not lead.

Addresses of the machine itself and of its own network are refused, after every redirect anew, unless the user names the host:
a feed must not be able to have the inside of a network read (server-side request forgery). The address that was checked is the
one that is connected to, so that a name server cannot change its answer in between.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from dateline.sources import feeds
from dateline.sources.decoding import Unreadable
from dateline.sources.found import Failure, Outcome, attempt
from dateline.sources.html import looks_like_html, page
from dateline.sources.opening import unpacked, whole

NAME = "Dateline"
TIMEOUT = 30.0  # seconds without an answer
SLOWEST = 100.0  # bytes a second, where one has waited for longer than TIMEOUT in all
BETWEEN = 1.0  # seconds between two calls to one host, unless its robots.txt wants more
MOST_BETWEEN = 30.0
MOST_REDIRECTS = 5
NO_ADDRESS = "it is no address of a page or feed; one looks like https://example.org/page"


class Refused(Unreadable):
    """A URL may not be followed: it leads to a local address, or its site's robots.txt says no."""


class Unavailable(Unreadable):
    """A page could not be had; `status` is what the server answered, `wait` how many seconds it asks to be left alone."""

    def __init__(self, message: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(message)
        self.status, self.wait = status, wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the URL in the end, the body as a stream, when, and what lets the next call ask only for what is new."""

    url: str
    body: IO[bytes]
    retrieved: str
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


@dataclass
class Web:
    """Fetches. One for a run: it remembers each site's robots.txt and when it was called last.

    Args:
        allowed: hosts (`host` or `host:port`) that may be called though they are local.
        between: seconds between two calls to one host.
    """

    allowed: frozenset[str] = frozenset()
    between: float = BETWEEN
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _called: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def get(self, url: str, etag: str | None = None, modified: str | None = None) -> Iterator[Answer]:
        """Fetch a URL; with `etag` or `modified` of an earlier answer, `unchanged` may come back without a body.

        Raises:
            Refused: it is no web address, it leads to a local address, or robots.txt says no.
            Unavailable: it cannot be had; reading the body raises it too.
        """
        if not is_address(url):
            raise Refused(NO_ADDRESS)
        robots = self._rules(url)
        if not robots.can_fetch(NAME, url):
            raise Refused("the site's robots.txt asks not to fetch it")
        self._wait(url, robots)
        headers = {"If-None-Match": etag, "If-Modified-Since": modified}
        answer = self._call(url, {name: value for name, value in headers.items() if value})
        with answer:
            came = isinstance(answer, http.client.HTTPResponse)
            yield Answer(
                url=answer.url if came else url,
                body=io.BufferedReader(_Body(answer)) if came else io.BytesIO(),
                retrieved=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                etag=answer.headers.get("ETag"),
                modified=answer.headers.get("Last-Modified"),
                unchanged=not came,
            )

    def entries(self, data: bytes, source: str, url: str, known: Callable[[str], bool] | None = None) -> Iterator[Outcome]:
        """The articles of a feed: those that it carries whole, and the pages that its other entries link to.

        Args:
            data: the feed.
            source: where it stands, for a person.
            url: where it was fetched.
            known: whether the article at a URL is known already and need not be fetched again.
        """
        for entry in feeds.read_feed(data, source)[1]:
            if entry.whole and entry.found is not None:
                yield entry.found
            elif entry.link is None:
                yield entry.found or Failure(entry.source, entry.reason or "the entry has neither text nor link")
            elif known is None or not known(entry.link):
                yield self.article(entry.link)

    def article(self, url: str) -> Outcome:
        """The article of one page."""

        def build() -> Any:
            with self.get(url) as answer:
                data = whole(unpacked(answer.body))
                if not looks_like_html(data[:4096]) and b"<" not in data[:4096]:
                    raise Unreadable("it is no web page")
                return page(data, url, None, answer.url, answer.retrieved)

        return attempt(build, url)

    def _call(self, url: str, headers: dict[str, str]) -> Any:
        request = urllib.request.Request(
            url, headers={"User-Agent": f"{NAME}/{metadata.version('dateline')}", "Accept-Encoding": "gzip", **headers}
        )
        opener = urllib.request.OpenerDirector()
        guard = self._guarded
        for handler in (
            _Handler(guard), urllib.request.HTTPErrorProcessor(), urllib.request.HTTPDefaultErrorHandler(), _Redirects(),
        ):  # fmt: skip
            opener.add_handler(handler)
        try:
            return opener.open(request, timeout=TIMEOUT)
        except Unreadable:
            raise
        except urllib.error.HTTPError as error:
            if error.code == 304:
                return error
            if 300 <= error.code < 400:
                target = str(error.headers.get("Location"))[:80]
                raise Refused(
                    f"it redirects to {target}: only http and https are followed, {MOST_REDIRECTS} times at most"
                ) from error
            wait = error.headers.get("Retry-After", "")
            raise Unavailable(
                f"the server answered with HTTP {error.code} {error.reason}",
                error.code,
                float(wait) if wait.isdigit() else None,
            ) from error
        except urllib.error.URLError as error:
            raise Unavailable(f"it cannot be fetched: {_why(error.reason)}") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unavailable(f"it cannot be fetched: {_why(error)}") from error

    def _rules(self, url: str) -> RobotFileParser:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            rules = RobotFileParser()
            try:
                with self._call(f"{site}/robots.txt", {}) as answer:
                    rules.parse(whole(io.BufferedReader(_Body(answer))).decode("utf-8", "replace").splitlines())
            except Unavailable as error:
                # RFC 9309: no file, no rules; a server in trouble is left alone.
                rules.parse(["User-agent: *", "Disallow: /"] if error.status is not None and error.status >= 500 else [])
            self._robots[site] = rules
        return self._robots[site]

    def _wait(self, url: str, robots: RobotFileParser) -> None:
        host = urlsplit(url).netloc
        wanted = max(self.between, min(float(robots.crawl_delay(NAME) or 0), MOST_BETWEEN))
        remaining = self._called.get(host, float("-inf")) + wanted - time.monotonic()
        if remaining > 0:
            time.sleep(remaining)
        self._called[host] = time.monotonic()

    def _guarded(self, address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
        """Connect as `socket.create_connection` does, to public addresses and allowed hosts only."""
        host, port = address
        problem: OSError | None = None
        for family, kind, protocol, _, target in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            if not self.allowed & {host, f"{host}:{port}"} and not _public(str(target[0])):
                raise Refused(
                    f"{host}:{port} is a local address ({target[0]}): refused; --allow-host {host}:{port} lets it be called"
                )
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(TIMEOUT)
                connection.connect(target)
            except OSError as error:
                connection.close()
                problem = error
            else:
                return connection
        raise problem or OSError(f"{host} has no address")


class _Body(io.RawIOBase):
    """The body of an answer as it comes. Reading raises `Unavailable` where it breaks off, which Python's own reading does not tell
    where a length was given, or comes so slowly that it would never end."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self._answer, self._come, self._waited = answer, 0, 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        began = time.monotonic()
        try:
            data = self._answer.read1(len(buffer))
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(f"the answer breaks off: {_why(error)}") from error
        if not data and self._answer.length:
            raise Unavailable(f"the answer breaks off: {self._answer.length:,} bytes of it are missing")
        self._come += len(data)
        self._waited += time.monotonic() - began
        if self._waited > TIMEOUT and self._come < SLOWEST * self._waited:
            raise Unavailable(f"the answer comes too slowly: {self._come:,} bytes in {self._waited:.0f} s; try again later")
        buffer[: len(data)] = data
        return len(data)


def _public(address: str) -> bool:
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return (mapped or found).is_global and not found.is_multicast


def is_address(url: str) -> bool:
    """Whether a text is a web address that can be called."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False  # a bracket that never closes, a port that is no number


def _why(error: str | BaseException) -> str:
    """Why nothing came, for a person who can put it right."""
    if isinstance(error, socket.gaierror):
        return "no server of that name is known; check the address, and whether this machine is online"
    if isinstance(error, TimeoutError):
        return f"there was no answer within {TIMEOUT:.0f} s; try again later"
    if isinstance(error, ConnectionRefusedError):
        return "the server takes no connection; check the address and the port"
    return getattr(error, "strerror", None) or str(error)


class _Handler(urllib.request.HTTPSHandler, urllib.request.HTTPHandler):
    """Opens http and https through the guarded connection, past any proxy: a proxy would look up the address itself."""

    def __init__(self, guard: Callable[..., socket.socket]) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._made(http.client.HTTPConnection), req)

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._made(http.client.HTTPSConnection), req)

    def _made(self, kind: type[http.client.HTTPConnection]) -> Any:
        def connection(host: str, **options: Any) -> http.client.HTTPConnection:
            made = kind(host, **options)
            made._create_connection = self._guard  # type: ignore[attr-defined]
            return made

        return connection


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only (the library sees to that; `ftp`, which it would follow, has no handler here)."""

    max_redirections = MOST_REDIRECTS


def hosts(names: Iterable[str]) -> frozenset[str]:
    """The hosts that a user allows, as `Web` takes them."""
    return frozenset(name.strip().lower() for name in names)
