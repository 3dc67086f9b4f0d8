"""A reader that the tests of the ledger share."""

from __future__ import annotations

import pytest

from dateline.language import SpacyParser
from dateline.reader import Reader
from tests.ledger.content import Kept


@pytest.fixture(scope="session")
def reader(parser: SpacyParser) -> Kept:
    """A real reader that remembers its readings."""
    return Kept(Reader(parser=parser))
