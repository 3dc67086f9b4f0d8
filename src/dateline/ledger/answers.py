"""Asking a ledger from Python: `dateline.open("news.db").events(actor="Taliban").to_pandas()`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from dateline.ledger import queries, shapes
from dateline.ledger.filters import Filters, filters
from dateline.ledger.queries import Query
from dateline.ledger.records import Told, events_of
from dateline.ledger.shapes import Kind, Row
from dateline.ledger.store import LedgerError, connect

if TYPE_CHECKING:
    import pandas
    import pyarrow


class Asked(TypedDict, total=False):
    """The filters that a question may have; `dateline.ledger.filters.filters` says what each means."""

    since: date | str | None
    until: date | str | None
    actor: str | None
    recipient: str | None
    type: str | Sequence[str] | None
    mode: str | Sequence[str] | None
    status: str | Sequence[str] | None
    country: str | Sequence[str] | None
    near: str | tuple[float, float, float] | None
    outlet: str | None
    text: str | None
    said_by: str | None
    min_confidence: float | None


class Answer:
    """What a question finds, as rows: dictionaries of `columns`. Nothing is looked up before it is asked for, and then each time anew.

    `query` is the question as SQL with its values.
    """

    def __init__(self, db: sqlite3.Connection, query: Query, columns: dict[str, Kind]) -> None:
        self.db, self.query, self.columns = db, query, columns

    def __iter__(self) -> Iterator[Row]:
        for row in self.query.run(self.db):
            yield {name: bool(row[name]) if kind == "yes or no" else row[name] for name, kind in self.columns.items()}

    def objects(self) -> Iterator[Row]:
        """The same for JSON, nested where there is something to nest."""
        return iter(self)

    def to_list(self) -> list[Row]:
        """All rows."""
        return list(self)

    def to_arrow(self) -> pyarrow.Table:
        """All rows as an Arrow table with typed columns; days are dates, what is not known is null."""
        return self.table(self.to_list())

    def schema(self) -> pyarrow.Schema:
        """The types of the columns for Arrow."""
        import pyarrow as pa

        kinds = {
            "text": pa.string(),
            "day": pa.date32(),
            "number": pa.float64(),
            "whole": pa.int64(),
            "yes or no": pa.bool_(),
        }
        return pa.schema([(name, kinds[kind]) for name, kind in self.columns.items()])

    def table(self, rows: list[Row]) -> pyarrow.Table:
        """These of its rows as an Arrow table."""
        import pyarrow as pa

        days = [name for name, kind in self.columns.items() if kind == "day"]
        dated = [{**row, **{name: date.fromisoformat(row[name]) if row[name] else None for name in days}} for row in rows]
        return pa.Table.from_pylist(dated, self.schema())

    def to_pandas(self) -> pandas.DataFrame:
        """All rows as a data frame.

        Raises:
            ImportError: pandas is not installed.
        """
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise ImportError("pandas is not installed; pip install pandas, or use to_arrow()") from error
        return self.to_arrow().to_pandas()


class Events(Answer):
    """Events; besides rows there are `records`, with their actors and numbers."""

    def __init__(self, db: sqlite3.Connection, query: Query) -> None:
        super().__init__(db, query, shapes.EVENT_COLUMNS)

    def __iter__(self) -> Iterator[Row]:
        return map(shapes.flat, self.records())

    def records(self, words: bool = False) -> Iterator[Told]:
        """The events as records; `words` fetches the sentence of each."""
        return events_of(self.db, self.query, words)

    def objects(self) -> Iterator[Row]:
        """The events as nested objects."""
        return map(shapes.nested, self.records())


class Ledger:
    """A ledger open for asking; nothing is changed. Use it in a `with`, or close it.

    Every question takes the filters of `dateline.ledger.filters.filters`, `sort` (a column; a minus in front turns the order
    around; what has no value comes last) and `limit`.
    """

    def __init__(self, path: str | Path, *, any_thread: bool = False) -> None:
        """Open the ledger at `path`; `any_thread` lets other threads use and close it, one at a time.

        Raises:
            LedgerError: there is none, it is no ledger, or one of another version.
        """
        self.path = Path(path)
        self.db = connect(path, read_only=True, any_thread=any_thread)
        queries.install(self.db)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def events(self, *, sort: str = "-date", limit: int | None = None, **asked: Unpack[Asked]) -> Events:
        """The events, corrections applied, rejected ones left out.

        Raises:
            FilterError: a filter or `sort` makes no sense.
        """
        return self.events_where(filters(**asked), sort, limit)

    def events_where(self, asked: Filters, sort: str = "-date", limit: int | None = None) -> Events:
        """The same with filters made before."""
        return Events(self.db, queries.events(self.db, asked, sort, limit))

    def count(self, **asked: Unpack[Asked]) -> int:
        """How many events."""
        return int(queries.count(self.db, filters(**asked)).run(self.db).fetchone()[0])

    def count_by(self, by: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """How many events for each type, mode, status, country, place, day, month, year, outlet, article, voice, actor, recipient
        or said_by, the most first."""
        query = queries.count_by(self.db, filters(**asked), by, limit)
        return Answer(self.db, query, {by: "text", "events": "whole"})

    def statements(self, *, sort: str = "-date", limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """What was said: since, until, said_by, country (of the speaker), outlet and text may be asked for."""
        return Answer(self.db, queries.statements(filters(**asked), sort, limit), shapes.STATEMENT_COLUMNS)

    def statements_by(self, by: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """How many statements for each speaker, country, stance, verb, day, month, year or outlet, the most first."""
        return Answer(self.db, queries.statements_by(filters(**asked), by, limit), {by: "text", "statements": "whole"})

    def articles(self, *, sort: str = "-date", limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """The articles of that time, outlet and text; with other filters, those that tell such an event."""
        return Answer(self.db, queries.articles(self.db, filters(**asked), sort, limit), shapes.ARTICLE_COLUMNS)

    def articles_by(self, by: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """How many articles for each outlet, day, month, year or voice, the most first."""
        return Answer(self.db, queries.articles_by(self.db, filters(**asked), by, limit), {by: "text", "articles": "whole"})

    def actors(self, *, sort: str = "-events", limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """Who takes part in the events, with how many, in which role, and their first and last day."""
        return Answer(self.db, queries.actors(self.db, filters(**asked), sort, limit), shapes.ACTOR_COLUMNS)

    def actors_by(self, by: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """How many of those who take part for each country, sector or name, the most first."""
        found = queries.actors(self.db, filters(**asked))
        query = queries.grouped(found, "actors", by, ("country", "sector", "name"), limit)
        return Answer(self.db, query, {by: "text", "actors": "whole"})

    def places(self, *, sort: str = "-events", limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """Where the events took place, with how many, and their first and last day."""
        return Answer(self.db, queries.places(self.db, filters(**asked), sort, limit), shapes.PLACE_COLUMNS)

    def places_by(self, by: str, *, limit: int | None = None, **asked: Unpack[Asked]) -> Answer:
        """How many places for each country, the most first."""
        query = queries.grouped(queries.places(self.db, filters(**asked)), "places", by, ("country",), limit)
        return Answer(self.db, query, {by: "text", "places": "whole"})

    def reading(self, article: str) -> Row:
        """The whole reading of an article, as `dateline read --format json` printed it: as it was read, without corrections.

        Raises:
            LedgerError: there is no such article.
        """
        import zstandard

        row = self.db.execute(
            "SELECT r.json FROM article AS a JOIN reading AS r ON r.n = a.n WHERE a.id = ?", (article,)
        ).fetchone()
        if row is None:
            raise LedgerError(f"{self.path}: there is no article {article}")
        found: Row = json.loads(zstandard.ZstdDecompressor().decompress(row["json"]))
        return found


def open(path: str | Path) -> Ledger:
    """Open a ledger for asking.

    Args:
        path: the file that `dateline add` made.

    Raises:
        dateline.ledger.store.LedgerError: there is none, it is no ledger, or one of another version.
    """
    return Ledger(path)
