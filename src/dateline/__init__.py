"""Dateline turns news into data that people can check: dated, located, attributed events, each tied to the words that say it.

    >>> import dateline
    >>> reading = dateline.read("Rebels seized the town of Talma on Monday.", published="2021-06-30")
    >>> for event in reading.events:
    ...     print(event.type, event.trigger, event.when)

`read` reads one text. A program that reads many makes one `Reader` and asks it again and again. `articles` turns files and
folders into articles, `as_json` turns a reading into what `dateline read --format json` prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.model import Actor, Article, Control, Days, Event, Evidence, Location, Quantity, Reading, Statement

if TYPE_CHECKING:
    from dateline.output.contract import as_json
    from dateline.reader import Reader
    from dateline.sources import Failure, articles

__all__ = [
    "Actor",
    "Article",
    "Control",
    "Days",
    "Event",
    "Evidence",
    "Failure",
    "Location",
    "Quantity",
    "Reader",
    "Reading",
    "Statement",
    "__version__",
    "articles",
    "as_json",
    "read",
]

__version__ = metadata.version("dateline")

LATER = {
    "Reader": "dateline.reader",
    "Failure": "dateline.sources",
    "articles": "dateline.sources",
    "as_json": "dateline.output.contract",
}
"""Names that are fetched when they are first asked for, so that `import dateline` stays light."""


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(LATER[name]), name)


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
    from dateline.sources.records import content_id

    day = date.fromisoformat(published) if isinstance(published, str) else published
    article = Article(id or content_id(text), text, title, day, url, publisher)
    return _reader(model, tuple(Path(folder) for folder in lexicons)).read(article)
