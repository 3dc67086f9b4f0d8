"""Incidents: the list, the drawer, the map, the histogram, suggestions, export, and what is served as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from dateline.ledger.answers import Ledger
from dateline.server import cards, drawer, overview, plotting
from dateline.server.answering import Serving, answer
from dateline.server.asked import ExportQuery, IncidentsQuery, MapQuery, Suggested, ViewFilters
from dateline.server.exporting import MEDIA, exported
from dateline.server.preparing import suggestible
from dateline.server.shapes.common import Page
from dateline.server.shapes.incidents import Card, Histogram, Incident, MapColumns, Meta, Suggestions

router = APIRouter(prefix="/api", tags=["incidents"])
IncidentId = Annotated[str, Path(pattern=r"^i[0-9a-f]{16}$")]
FILES: dict[int | str, dict[str, Any]] = {200: {"content": {media.partition(";")[0]: {} for media in MEDIA.values()}}}


@router.get("/meta", response_model=Meta)
def meta(request: Request, service: Serving) -> Response:
    """What is served: counts, the values that filters take, the span of days, and the token that writes need."""
    return answer(request, service, "ledger", lambda question: overview.meta(service, question.db))


@router.get("/incidents", response_model=Page[Card])
def incidents(request: Request, service: Serving, asked: Annotated[IncidentsQuery, Query()]) -> Response:
    """Incidents as cards."""
    return answer(request, service, "incidents", lambda question: cards.cards(question, asked))


@router.get("/incidents/{id}", response_model=Incident)
def incident(request: Request, service: Serving, id: IncidentId) -> Response:
    """Everything about one incident, for the evidence drawer."""
    return answer(request, service, "incidents", lambda question: drawer.incident(question.ledger, id))


@router.get("/map", response_model=MapColumns)
def map_columns(request: Request, service: Serving, asked: Annotated[MapQuery, Query()]) -> Response:
    """Where incidents took place, in columns; what has no coordinates is left out."""
    return answer(request, service, "incidents", lambda question: plotting.map_columns(question, asked))


@router.get("/histogram", response_model=Histogram)
def histogram(request: Request, service: Serving, asked: Annotated[ViewFilters, Query()]) -> Response:
    """How many incidents began on each day, by quad class."""
    return answer(request, service, "incidents", lambda question: plotting.histogram(question, asked))


@router.get("/suggest", response_model=Suggestions)
def suggest(request: Request, service: Serving, asked: Annotated[Suggested, Query()]) -> Response:
    """Actors, places, types, outlets and countries that what was typed may mean."""
    return answer(request, service, "all incidents", lambda question: overview.suggest(suggestible(question), asked))


@router.get("/export", response_class=Response, responses=FILES)
def export(service: Serving, asked: Annotated[ExportQuery, Query()]) -> Response:
    """The view as a file: incidents, or the events that tell them in the columns of `dateline events`."""
    ledger = Ledger(service.settings.ledger, any_thread=True)
    try:
        pieces = exported(ledger, asked)
    except BaseException:
        ledger.close()
        raise

    def closing_after() -> Iterator[str]:
        with closing(ledger):
            yield from pieces

    name = f"{asked.what}.{asked.format}"
    return StreamingResponse(
        closing_after(),
        media_type=MEDIA[asked.format],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
