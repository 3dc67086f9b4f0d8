"""What goes wrong, said as problem details (RFC 9457): what the caller did, never how the inside looks."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from dateline.incidents.merging import DecisionError
from dateline.ledger.correcting import CorrectionError
from dateline.ledger.filters import FilterError
from dateline.ledger.store import LedgerError
from dateline.server.patience import Unready
from dateline.server.shapes.common import Problem

logger = logging.getLogger(__name__)
MEDIA = "application/problem+json"


class NotFound(LookupError):
    """There is no such record."""


class Refused(RuntimeError):
    """A write cannot be made now; the message says why."""


def problem(status: int, detail: str, field: str | None = None, **headers: str) -> Response:
    """An answer that says what went wrong."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, field=field)
    made = {"Cache-Control": "no-store", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Response(told.model_dump_json(), status, made, media_type=MEDIA)


def install(app: FastAPI) -> None:
    """Let every error of ours, and every one that nobody foresaw, be answered as a problem."""

    @app.exception_handler(RequestValidationError)
    async def wrong_values(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return problem(422, f"what was sent is no JSON: {first['ctx']['error']} at character {first['loc'][-1]}")
        field = ".".join(str(part) for part in first["loc"][1:]) or None
        return problem(422, f"{field or 'the request'}: {first['msg']}", field)

    @app.exception_handler(FilterError)
    @app.exception_handler(CorrectionError)
    async def wrong_field(request: Request, error: FilterError | CorrectionError) -> Response:
        field = {"text": "q"}.get(error.name, error.name)
        return problem(422, f"{field}: {error.message}", field)

    @app.exception_handler(NotFound)
    async def not_found(request: Request, error: NotFound) -> Response:
        return problem(404, str(error))

    @app.exception_handler(DecisionError)
    async def contradiction(request: Request, error: DecisionError) -> Response:
        return problem(409, str(error))

    @app.exception_handler(Unready)
    @app.exception_handler(Refused)
    @app.exception_handler(LedgerError)
    async def refused(request: Request, error: Exception) -> Response:
        logger.warning("%s %s: %s", request.method, request.url.path, error)
        return problem(503, str(error), Retry_After="5")

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return problem(
            error.status_code, str(error.detail), **{k.replace("-", "_"): v for k, v in (error.headers or {}).items()}
        )

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        logger.error("%s %s", request.method, request.url.path, exc_info=error)
        return problem(500, "Something went wrong inside; the log of the server says what.")
