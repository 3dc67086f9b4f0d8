"""The view as one file to send to somebody: the built page with the answers in it that it would ask a server for.

What the filters leave is in it: the list, the map, the days, the timeline, and for the highest ranked incidents everything about them and
the articles that tell them. The rest of the ledger (control, commitments, statements) is in it only where nothing is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from pydantic import BaseModel, ValidationError

from dateline.ledger.filters import FilterError
from dateline.server import cards, drawer, overview, plotting, records, tabs
from dateline.server.answering import Asking
from dateline.server.asked import (
    CommitmentsQuery,
    ControlQuery,
    HistoryQuery,
    IncidentsQuery,
    MapQuery,
    SpeakersQuery,
    StatementsQuery,
    TimelineQuery,
    ViewFilters,
)
from dateline.server.problems import NotFound
from dateline.server.service import Service

TEMPLATE = "report.html"
MARKER = "<!--dateline-report-->"
VIEWS = ("/", "/timeline", "/control", "/commitments", "/statements")
ALL_STATEMENTS = 500
SPEAKERS = 60


def report(service: Service, view: str, top: int) -> str:
    """A view as a page of its own.

    Args:
        service: what is served.
        view: the address of the view, as the page has it: "/timeline?type=ASSAULT&since=2031-03"; server and port may stand before it.
        top: of so many incidents, the highest ranked, everything is told.

    Raises:
        NotFound: the page was not built.
        FilterError: there is no such view, or a filter makes no sense.
    """
    template = service.settings.page / TEMPLATE
    if not template.is_file():
        raise NotFound("the page is not built: in a copy of the repository, make page builds it; wheels have it built in")
    try:
        address = urlsplit(view)
    except ValueError as error:
        raise FilterError("view", f"{view!r} is no address: copy it from the browser") from error
    path = address.path or "/"
    if path not in VIEWS:
        raise FilterError("view", f"{path} cannot be sent; {', '.join(VIEWS)} can")
    asked = _filters(address.query)
    shown = f"{path}?{address.query}" if address.query else path
    with service.reading() as ledger:
        question = Asking(service, ledger, service.merged_version())
        told: dict[str, Any] = {
            "view": shown,
            **{key: answer.model_dump() for key, answer in _answers(question, asked, top)},
        }
    # "<" opens every tag, and the end of a script; as an escape it is the same JSON and opens nothing.
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    before, _, after = _text(template).partition(MARKER)
    return f'{before}<script type="application/json" id="dateline-report">{data}</script>{after}'


def _filters(query: str) -> ViewFilters:
    given = {name: values for name, values in parse_qs(query).items() if name in ViewFilters.model_fields}
    single = {name: values if name in _several() else values[-1] for name, values in given.items()}
    try:
        return ViewFilters.model_validate(single)
    except ValidationError as error:
        first = error.errors()[0]
        raise FilterError(str(first["loc"][0]), first["msg"]) from error


def _several() -> frozenset[str]:
    return frozenset(name for name, field in ViewFilters.model_fields.items() if field.default == [])


def _answers(question: Asking, asked: ViewFilters, top: int) -> Iterator[tuple[str, BaseModel]]:
    given = asked.model_dump(exclude_defaults=True)
    meta = overview.meta(question.service, question.db)
    yield "/api/meta", meta.model_copy(update={"csrf": "", "writable": False, "behind": 0})
    listed = cards.cards(question, IncidentsQuery(**given, limit=top))
    yield _address("/api/incidents", given), listed.model_copy(update={"next": None})
    yield _address("/api/map", given), plotting.map_columns(question, MapQuery(**given))
    undated = {name: value for name, value in given.items() if name not in ("since", "until")}
    yield _address("/api/histogram", undated), plotting.histogram(question, ViewFilters(**undated))
    yield _address("/api/timeline", given), tabs.timeline(question.db, TimelineQuery(**given, limit=top))
    articles: dict[str, None] = {}
    for card in listed.items:
        found = drawer.incident(question.ledger, card.id)
        articles.update(dict.fromkeys(telling.article.id for telling in found.tellings))
        yield f"/api/incidents/{card.id}", found
    for id in articles:
        yield f"/api/articles/{id}", records.article(question.db, id)
    if not given:
        yield "/api/control", tabs.control(ControlQuery(), question)
        yield "/api/control/history", tabs.history(HistoryQuery(), question)
        yield "/api/commitments", tabs.commitments(CommitmentsQuery(), question)
        said = records.statements(question, StatementsQuery(limit=ALL_STATEMENTS))
        yield "/api/statements", said.model_copy(update={"next": None})
        yield "/api/speakers", records.speakers(question.db, SpeakersQuery(limit=SPEAKERS))


def _address(path: str, given: dict[str, Any]) -> str:
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def _text(template: Path) -> str:
    return template.read_text(encoding="utf-8")
