"""How a question is answered: from one state of the ledger, with an ETag, compressed, made once and kept until the ledger changes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from dateline.ledger.answers import Ledger
from dateline.server.columns import Columns
from dateline.server.service import Service
from dateline.server.walking import Walk

FEW_BYTES = 1000  # not worth compressing
MANY_BYTES = 200_000  # better sent at once than a little smaller and later
LEVELS = (6, 1)


def serving(request: Request) -> Service:
    """The service of the application that is asked."""
    found: Service = request.app.state.service
    return found


Serving = Annotated[Service, Depends(serving)]


class Asking:
    """One question: what it is asked of, in which version, and what may be kept with it."""

    def __init__(self, service: Service, ledger: Ledger, version: str) -> None:
        self.service, self.ledger, self.db, self.version = service, ledger, ledger.db, version

    def kept[T](self, make: Callable[[], T], *key: object) -> T:
        """What is kept under the key for this version of the data, made where it is not."""
        return self.service.objects.get((self.version, *key), make)

    def heavy[T](self, make: Callable[[], T], *key: object) -> T:
        """The same for what takes long; it is kept apart, so that little things do not push it out."""
        return self.service.heavy.get((self.version, *key), make)

    @property
    def columns(self) -> Columns | None:
        """The columns of this version in memory, where they are there already."""
        found = self.service.columns
        return found if found is not None and found.version == self.version else None

    def total(self, walk: Walk) -> int:
        """How many rows there are to walk through, counted once."""
        return self.kept(lambda: walk.total(self.db), "total", walk.digest)


def answer(
    request: Request,
    service: Service,
    of: Literal["incidents", "all incidents", "ledger"],
    make: Callable[[Asking], BaseModel],
    apart: tuple[str, BaseModel] | None = None,
) -> Response:
    """Answer with what `make` makes, from one state of the ledger.

    Args:
        request: the question; its address and the version are the ETag.
        service: what is served.
        of: what the answer changes with: incidents one by one, what all of them tell together, or anything in the file.
        make: makes the answer; it is not called where the same was asked before.
        apart: the name of the question and what is asked, where a process of its own may answer instead. It may take long: nobody
            waits longer than the service has patience.

    Raises:
        Unready: it takes longer.
    """
    address, known = f"{request.url.path}?{request.url.query}", request.headers.get("if-none-match")

    def told() -> tuple[str, bytes | None]:
        """The ETag and the answer; None where the asker knows it already."""
        changed = service.ledger_version() if of == "ledger" else None
        with service.reading() as ledger:
            version = changed or (service.prepared_version() if of == "all incidents" else service.merged_version())
            etag = _etag(service, version, address)
            if _matches(known, etag):
                return etag, None

            def made() -> BaseModel | bytes:
                found = service.told_apart(*apart) if apart else None
                return make(Asking(service, ledger, version)) if found is None else found

            return etag, _body(service, etag, made)

    # Who asks after a merge is not told what was asked before it.
    etag, plain = service.patience.get((service.prepared_version(), address, known), told) if apart else told()
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if plain is None:
        return Response(status_code=304, headers=headers)
    if len(plain) > FEW_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        plain = _packed(service, etag, plain)
    return Response(plain, headers=headers, media_type="application/json")


def keep(service: Service, version: str, address: str, make: Callable[[], BaseModel | bytes]) -> None:
    """Make the answer to an address (path, "?" and query, as the page asks) before anybody asks."""
    etag = _etag(service, version, address)
    _packed(service, etag, _body(service, etag, make))


def _etag(service: Service, version: str, address: str) -> str:
    told = f"{service.csrf}|{version}|{address}"
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:24]}"'


def _body(service: Service, etag: str, make: Callable[[], BaseModel | bytes]) -> bytes:
    def body() -> bytes:
        made = make()
        return made if isinstance(made, bytes) else made.model_dump_json().encode()

    return service.bodies.get(etag, body)


def _packed(service: Service, etag: str, plain: bytes) -> bytes:
    return service.bodies.get((etag, "gzip"), lambda: gzip.compress(plain, LEVELS[len(plain) > MANY_BYTES], mtime=0))


def _matches(told: str | None, etag: str) -> bool:
    """Whether an If-None-Match names this ETag (RFC 9110: compared weakly)."""
    if told is None:
        return False
    return told.strip() == "*" or etag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in told.split(","))
