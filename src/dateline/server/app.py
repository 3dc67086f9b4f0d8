"""The application: the addresses of the API, the page, and the guard before both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from dateline.server import page, problems
from dateline.server.contract import api
from dateline.server.guarding import Guard
from dateline.server.preparing import prepare
from dateline.server.service import Service


def application(service: Service) -> Guard:
    """What a server runs, or a test calls. The service follows the ledger from its start to its end, and is closed with it."""

    service.prepare = partial(prepare, service)

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.close()

    app = api(running)
    app.state.service = service
    problems.install(app)
    app.include_router(page.router)
    app.state.guard = Guard(app, service)
    guard: Guard = app.state.guard
    return guard
