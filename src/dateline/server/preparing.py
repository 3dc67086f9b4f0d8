"""What is made before anybody asks: at the start and after every merge, in the background."""

from __future__ import annotations

from dateline.ledger.answers import Ledger
from dateline.server import cards, columns, overview, plotting, tabs
from dateline.server.answering import Asking, keep
from dateline.server.asked import IncidentsQuery, MapQuery, ViewFilters
from dateline.server.service import Service

FIRST_CARDS = "/api/incidents?limit=40&sort=rank"
"""What the page asks for first; tests/page holds it to that."""


def prepare(service: Service, ledger: Ledger, version: str, changed: str) -> None:
    """Make what the first view shows, what may be suggested, and what is told by all incidents together.

    Args:
        service: what is served; it keeps what is made.
        ledger: read from one state.
        version: of the incidents in that state.
        changed: of the whole ledger in it, or one before.
    """
    question = Asking(service, ledger, version)
    keep(service, version, FIRST_CARDS, lambda: cards.cards(question, IncidentsQuery(limit=40)))
    keep(service, changed, "/api/meta?", lambda: overview.meta(service, ledger.db))
    service.columns = columns.read(ledger.db, version)
    keep(service, version, "/api/histogram?", lambda: plotting.histogram(question, ViewFilters()))
    keep(service, version, "/api/map?", lambda: plotting.map_columns(question, MapQuery()))
    suggestible(question)
    tabs.told_together(question)


def suggestible(question: Asking) -> list[overview.Known]:
    """What may be suggested."""
    return question.heavy(lambda: overview.known(question.db), "known")
