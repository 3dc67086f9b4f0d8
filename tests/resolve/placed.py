"""Reading short texts as far as their places, for the tests of places."""

from __future__ import annotations

from collections.abc import Callable

from dateline.find.actor_lexicon import actor_lexicon
from dateline.find.places import PlaceNameStage
from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.store import Store
from dateline.language import Document, Parser
from dateline.language import LanguageStage as Language
from dateline.model import Article, Place, PlaceName, Quotation
from dateline.reading import Facts, run_stage
from dateline.resolve.places import PlaceStage
from dateline.rules.loader import load_one

Read = Callable[[str], Facts]


def read_places(parser: Parser, text: str, names: Store | None = None) -> Facts:
    """The facts of a text up to its places; quotations are not looked for."""
    words, store = load_one("places/names.toml"), names or gazetteer()
    facts = Facts()
    facts.add(list[Quotation]())
    for stage in (Language(parser), PlaceNameStage(store, words), PlaceStage(store, words, actor_lexicon().armed_groups)):
        run_stage(stage, Article("test", text), facts)
    return facts


def places(parser: Parser, text: str, names: Store | None = None) -> list[Place]:
    """The places of a text."""
    return list(read_places(parser, text, names).of(Place))


def names(parser: Parser, text: str) -> list[str]:
    """The names of places of a text, as they are printed."""
    return [name.text for name in read_places(parser, text).of(PlaceName)]


def document_of(facts: Facts) -> Document:
    """The parsed text."""
    return facts.one(Document)
