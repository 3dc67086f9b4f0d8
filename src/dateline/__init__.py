"""Dateline turns news into data that people can check: dated, located, attributed events, each tied to the words that say it.

    >>> import dateline
    >>> reading = dateline.read("Rebels seized the town of Talma on Monday.", published="2021-06-30")
    >>> for event in reading.events:
    ...     print(event.type, event.trigger, event.when)

`read` reads one text. A program that reads many makes one `Reader` and asks it again and again. `articles` turns files and
folders into articles, `as_json` turns a reading into what `dateline read --format json` prints. `open` opens a ledger for asking.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from dateline.ledger.answers import Ledger, open
    from dateline.model import Actor, Article, Control, Days, Event, Evidence, Location, Quantity, Reading, Statement
    from dateline.output.contract import as_json
    from dateline.reader import Reader
    from dateline.sources import Failure, articles

    __version__: str

__all__ = [
    "Actor",
    "Article",
    "Control",
    "Days",
    "Event",
    "Evidence",
    "Failure",
    "Ledger",
    "Location",
    "Quantity",
    "Reader",
    "Reading",
    "Statement",
    "__version__",
    "articles",
    "as_json",
    "open",
    "read",
]

LATER = {
    "dateline.ledger.answers": "Ledger open",
    "dateline.model": "Actor Article Control Days Event Evidence Location Quantity Reading Statement",
    "dateline.output.contract": "as_json",
    "dateline.reader": "Reader",
    "dateline.sources": "Failure articles",
}
"""Names that are fetched from their modules when they are first asked for, so that `import dateline` stays light."""


def __getattr__(name: str) -> Any:
    from importlib import import_module, metadata

    if name == "__version__":
        return metadata.version("dateline")
    for module, names in LATER.items():
        if name in names.split():
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@lru_cache(maxsize=2)
def _reader(model: str | None, lexicons: tuple[Path, ...]) -> Reader:
    from dateline.reader import Reader

    return Reader(model, lexicons)


def read(
    text: str,
    published: date | str | None = None,
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    id: str | None = None,
    model: str | None = None,
    lexicons: Sequence[str | Path] = (),
) -> Reading:
    """Read one article.

    Args:
        text: the article, plain; offsets in the reading count its characters.
        published: the day on which it was published (a date, or `YYYY-MM-DD`); where it is None the text has to tell.
        title: its headline, where that is not part of the text.
        url: where it stands.
        publisher: who published it.
        id: a name for it; one made from its content where none is given.
        model: the name of an English spaCy pipeline, instead of the packaged one.
        lexicons: folders of rule files that are added to the bundled ones.

    Raises:
        ValueError: `published` is not a date.
        dateline.language.ModelError: the language model cannot be loaded.
        dateline.rules.loader.LexiconError: a rule file is wrong.
        dateline.reading.StageError: a stage of the reading failed; the message names it.
    """
    from datetime import date
    from pathlib import Path

    from dateline.model import Article
    from dateline.sources.records import content_id

    day = date.fromisoformat(published) if isinstance(published, str) else published
    article = Article(id or content_id(text), text, title, day, url, publisher)
    return _reader(model, tuple(Path(folder) for folder in lexicons)).read(article)
