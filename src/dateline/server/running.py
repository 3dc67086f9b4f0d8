"""Running the server: the ledger opened and brought up to date, the address taken, the page opened, until somebody says stop."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from dateline.incidents.store import update
from dateline.ledger.store import LedgerError
from dateline.server.app import application
from dateline.server.service import Service
from dateline.server.settings import Settings

BACKLOG = 512
TURN = 0.001
"""Seconds that a thread works on before another gets its turn (Python's own 5 ms): what is prepared must not hold up what is asked for."""


class ServerError(RuntimeError):
    """The server cannot be started; the message says what to do."""


def prepare(settings: Settings, progress: Callable[[int, int], None]) -> Service:
    """Open the ledger and merge what is not merged yet.

    Args:
        settings: what to serve.
        progress: told how many articles are merged, and of how many.

    Raises:
        LedgerError: there is none, or it cannot be read.
    """
    service = Service(settings)
    if service.writable:
        try:
            with service.writing() as db:
                update(db, progress)
        except BaseException:
            service.close()
            raise
    return service


def taken(settings: Settings) -> socket.socket:
    """The address, taken.

    Raises:
        ServerError: it is in use, or not one of this machine's.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # Named TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms for the reader's acknowledgement.
        found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind(address)
            found.listen(BACKLOG)  # from now on whoever calls is kept waiting, not turned away
        except OSError:
            found.close()
            raise
    except socket.gaierror as error:
        raise ServerError(f"there is no address {settings.host}: give one of this machine's with --host") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerError(
                f"port {settings.port} of {settings.host} is in use: give another one with --port, or 0 for any that is free"
            ) from error
        if error.errno == errno.EACCES:
            raise ServerError(f"port {settings.port} may not be taken by you: ports from 1024 on may") from error
        raise ServerError(f"{settings.host} cannot be served from: {error.strerror or error}") from error
    return found


def serve(service: Service, at: socket.socket, open_page: str | None) -> None:
    """Serve until interrupted.

    Args:
        service: what is served; it is closed at the end.
        at: the address, as `taken` gives it.
        open_page: an address to open in the browser as soon as the server answers; None opens nothing.
    """
    sys.setswitchinterval(TURN)
    config = uvicorn.Config(
        application(service), log_level="warning", access_log=False, server_header=False, date_header=True, timeout_keep_alive=20,
        timeout_graceful_shutdown=3, h11_max_incomplete_event_size=32_768, limit_concurrency=500, ws="none",
    )  # fmt: skip
    if open_page is not None:
        timer = threading.Timer(0.7, webbrowser.open, [open_page])
        timer.daemon = True
        timer.start()
    try:
        uvicorn.Server(config).run([at])
    finally:
        service.close()


__all__ = ["LedgerError", "ServerError", "prepare", "serve", "taken"]
