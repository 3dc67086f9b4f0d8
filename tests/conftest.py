"""What several test modules share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.language import Document, LanguageStage, SpacyParser, load_parser
from dateline.model import Article
from dateline.reading import Facts, run_stage


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    """The language model, loaded once."""
    return load_parser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Callable[[str], Document]:
    """A function that parses a text as an article without quotations."""

    def parse(text: str) -> Document:
        facts = Facts()
        run_stage(LanguageStage(parser), Article(id="test", text=text), facts)
        return facts.one(Document)

    return parse
