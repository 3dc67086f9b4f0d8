"""What stands before every answer: who may ask, how, how often and how much; and the headers that every answer leaves with.

A page in the reader's browser is not trusted to be ours: the Host header is checked (DNS rebinding), writes need the CSRF token and our
own origin, and whatever comes from articles meets a Content-Security-Policy under which it cannot run.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import math
import secrets
import socket
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from fastapi import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.server.limits import Limit
from dateline.server.page import asking_page
from dateline.server.problems import problem
from dateline.server.service import Service
from dateline.server.settings import LOOPBACK, is_loopback

COOKIE = "dateline"
SESSION = "/api/session"
BODY_SECONDS = 10.0
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """The application behind it answers only what this lets through."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.service = service
        self._app, self._settings = app, service.settings
        self._reads, self._writes = Limit(*self._settings.reads), Limit(*self._settings.writes)
        self._openings = Limit(*self._settings.openings)
        self._names = frozenset(name.lower() for name in (*LOOPBACK, *self._settings.names, *self._own_names()))
        self._cookie = hmac.new(service.secret, b"session", hashlib.sha256).hexdigest()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        policy = API_POLICY if scope["path"].startswith("/api/") else PAGE_POLICY

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        refused = self._refusal(scope, headers)
        if refused is None and scope["method"] not in ("GET", "HEAD"):
            body = await self._body(headers, receive)
            if isinstance(body, Response):
                refused = body
            else:
                receive = _replayed(body, receive)
        await (refused or self._app)(scope, receive, sent)

    def _own_names(self) -> list[str]:
        if is_loopback(self._settings.host):
            return [self._settings.host]
        own = socket.gethostname()
        return [self._settings.host, own, f"{own}.local"]

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Why this is not answered; None where it is."""
        if not self._is_ours(headers.get("host", "")):
            return problem(421, "this server goes by another name; ask for it by its address, or name it with --allow-host")
        client = (scope.get("client") or ("", 0))[0]
        reading = scope["method"] in ("GET", "HEAD")
        if wait := (self._reads if reading else self._writes).wait(client):
            return problem(429, "that was too often; wait a little", Retry_After=str(math.ceil(wait)))
        if not reading and (refused := self._of_another_origin(headers)):
            return refused
        if self._settings.token is not None and not self._is_known(headers):
            return self._opening(scope, headers, client)
        if not reading and scope["path"] != SESSION:
            told = headers.get("x-dateline-csrf", "")
            if not secrets.compare_digest(told.encode(), self.service.csrf.encode()):
                return problem(403, "the header X-Dateline-Csrf must have the token of /api/meta; load the page again")
        return None

    def _is_ours(self, host: str) -> bool:
        """Whether a Host header names this server. Behind a token, any address of it does."""
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower().rstrip(".")
        except ValueError:
            return False
        if name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return self._settings.token is not None or address.is_loopback

    def _of_another_origin(self, headers: Headers) -> Response | None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (origin is not None and _place_of(origin) != headers.get("host")) or site not in (None, "same-origin", "none"):
            return problem(403, "writes are taken from this server's own page only")
        return None

    def _is_known(self, headers: Headers) -> bool:
        """Whether the cookie, or the token itself, came along."""
        assert self._settings.token is not None
        scheme, _, told = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(told.strip()):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and secrets.compare_digest(cookie.value.encode(), self._cookie.encode())

    def _is_token(self, told: str) -> bool:
        return self._settings.token is not None and secrets.compare_digest(told.encode(), self._settings.token.encode())

    def _opening(self, scope: Scope, headers: Headers, client: str) -> Response | None:
        """Who has no cookie yet may bring the token: in the address of a page, or to /api/session; else they are asked for it."""
        path = scope["path"]
        if path == SESSION and scope["method"] == "POST":
            return self._too_many_openings(client)
        if path.startswith("/api/"):
            return problem(401, "give the token that dateline serve printed", WWW_Authenticate="Bearer")
        told = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if told is None or scope["method"] not in ("GET", "HEAD"):
            return asking_page(wrong=False)
        if refused := self._too_many_openings(client):
            return refused
        if not self._is_token(told[0]):
            return asking_page(wrong=True)
        opened = Response(status_code=303, headers={"Location": path if path.startswith("/") and path[1:2] != "/" else "/"})
        opened.headers["Cache-Control"] = "no-store"
        self.remember(opened)
        return opened

    def _too_many_openings(self, client: str) -> Response | None:
        wait = self._openings.wait(client)
        return problem(429, "that was too often; wait a little", Retry_After=str(math.ceil(wait))) if wait else None

    def remember(self, response: Response) -> None:
        """Send the cookie along that stands for the token."""
        response.set_cookie(COOKIE, self._cookie, httponly=True, samesite="strict", path="/")

    def open(self, token: str) -> Response:
        """The answer to who brings a token to /api/session."""
        if self._settings.token is not None and not self._is_token(token):
            return problem(401, "that is not the token that dateline serve printed")
        opened = Response(status_code=204, headers={"Cache-Control": "no-store"})
        if self._settings.token is not None:
            self.remember(opened)
        return opened

    async def _body(self, headers: Headers, receive: Receive) -> bytes | Response:
        """What was sent, where it is JSON and not too long."""
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return problem(415, "send application/json")
        most = self._settings.body_bytes
        told = headers.get("content-length", "0")
        if not told.isdigit() or int(told) > most:
            return problem(413, f"at most {most:,} bytes are taken")
        body = bytearray()
        try:
            async with asyncio.timeout(BODY_SECONDS):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return problem(400, "nothing more came")
                    body += message.get("body", b"")
                    if len(body) > most:
                        return problem(413, f"at most {most:,} bytes are taken")
                    if not message.get("more_body", False):
                        return bytes(body)
        except TimeoutError:
            return problem(408, f"the whole did not come within {BODY_SECONDS:.0f} seconds")


def _place_of(origin: str) -> str | None:
    """Host and port that an Origin header names; None where it names none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was received before."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
