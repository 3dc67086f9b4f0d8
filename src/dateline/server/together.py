"""What control and commitments are answered from, made and kept in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from dateline.gazetteer.countries import countries
from dateline.ledger.answers import Ledger
from dateline.server import tabs
from dateline.server.answering import Asking
from dateline.server.kept import Kept

QUESTIONS: dict[str, Callable[[Any, Asking], BaseModel]] = {
    "control": tabs.control,
    "history": tabs.history,
    "commitments": tabs.commitments,
}
KEPT = 12


class Alone(Asking):
    """Questions to a ledger without a service: what takes long is kept here, for as long as the process lives."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.db, self._kept = ledger, ledger.db, Kept(KEPT)

    def heavy[T](self, make: Callable[[], T], *key: object) -> T:
        """What is kept under the key, made where it is not."""
        return self._kept.get(key, make)


def telling(path: Path) -> Callable[[str, BaseModel], BaseModel]:
    """What answers QUESTIONS about a ledger. Who holds what is made now, what is owed as soon as it is asked for."""
    ledger = Ledger(path)
    question = Alone(ledger)
    countries()  # read now, and not when somebody chooses one
    with _reading(ledger):
        tabs.histories(question)

    def tell(name: str, asked: BaseModel) -> BaseModel:
        with _reading(ledger):
            return QUESTIONS[name](asked, question)

    return tell


@contextmanager
def _reading(ledger: Ledger) -> Iterator[None]:
    ledger.db.execute("BEGIN")
    try:
        yield
    finally:
        ledger.db.execute("COMMIT")
