"""What is made before anybody asks: at the start and after every merge, in the background."""

from __future__ import annotations

import logging
from functools import partial

from pydantic import BaseModel

from dateline.ledger.answers import Ledger
from dateline.server import cards, columns, overview, plotting, tabs
from dateline.server.answering import Asking, keep
from dateline.server.apart import Apart
from dateline.server.asked import CommitmentsQuery, ControlQuery, HistoryQuery, IncidentsQuery, MapQuery, ViewFilters
from dateline.server.service import Service
from dateline.server.together import telling

FIRST_CARDS = "/api/incidents?limit=40&sort=rank"
"""What the page asks for first; tests/page holds it to that."""
# What takes longest comes last: who asks for the others need not wait for it.
TOLD_TOGETHER: tuple[tuple[str, str, BaseModel], ...] = (
    ("/api/control?", "control", ControlQuery()), ("/api/control/history?", "history", HistoryQuery()),
    ("/api/commitments?", "commitments", CommitmentsQuery()),
)  # fmt: skip
ANY_DAY = ControlQuery(at="0001-01-01")
"""Asked for last, so that whoever moves the day need not wait until all of them are ready."""
logger = logging.getLogger(__name__)


def prepare(service: Service, ledger: Ledger, version: str, changed: str) -> None:
    """Make what the first view shows, what may be suggested, and what is told by all incidents together.

    Args:
        service: what is served; it keeps what is made.
        ledger: read from one state.
        version: of the incidents in that state.
        changed: of the whole ledger in it, or one before.
    """
    question = Asking(service, ledger, version)
    apart = _begun(service, ledger, version)
    keep(service, version, FIRST_CARDS, lambda: cards.cards(question, IncidentsQuery(limit=40)))
    keep(service, changed, "/api/meta?", lambda: overview.meta(service, ledger.db))
    service.columns = columns.read(ledger.db, version)
    keep(service, version, "/api/histogram?", lambda: plotting.histogram(question, ViewFilters()))
    keep(service, version, "/api/map?", lambda: plotting.map_columns(question, MapQuery()))
    suggestible(question)
    if apart is not None and _kept(service, apart):
        service.end_apart(apart)
    else:
        if not service.stopping:
            tabs.told_together(question)
        service.end_apart(None)


def _kept(service: Service, apart: Apart) -> bool:
    """Keep what is told together as soon as it is made; whether all of it was."""
    for address, name, asked in TOLD_TOGETHER:
        told = apart.answer(name, asked)
        if told is None:
            return False
        keep(service, apart.version, address, partial(bytes, told))
    return apart.answer("control", ANY_DAY) is not None


def _begun(service: Service, ledger: Ledger, version: str) -> Apart | None:
    """A process that makes what is told together, where that takes long and a process can be had."""
    if ledger.db.execute("SELECT count(*) FROM incident").fetchone()[0] < service.settings.apart_from:
        return None
    try:
        apart = Apart(version, partial(telling, service.settings.ledger))
    except OSError as error:
        logger.warning("no process can be started to tell all incidents together (%s); this one does it", error)
        return None
    service.begin_apart(apart)
    return apart


def suggestible(question: Asking) -> list[overview.Known]:
    """What may be suggested."""
    return question.heavy(lambda: overview.known(question.db), "known")
