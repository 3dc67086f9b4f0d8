"""The questions as SQL: one place builds it, values are bound, and what it says can be read (`dateline events --sql`).

A question about events is answered in one of two ways, whichever looks at fewer rows. Either its rarest condition is looked up in
an index first and what it finds is sorted (a name, a circle on the map, words of the articles); or, where every condition is
common, the events are walked through in the order asked for until enough have passed. SQLite cannot choose between them, for it
does not know how common a name is; `plan` counts, and gives up counting where it no longer matters.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import NamedTuple

from dateline.ledger.conditions import Condition, conditions, names_of, search
from dateline.ledger.filters import FilterError, Filters
from dateline.resolve.geometry import distance_km

FEW = 4000
"""So many events are sorted without anybody noticing: a condition that fewer fulfil is looked up first."""
EVENT_SORTS = {
    "date": "e.date_from", "type": "e.type", "country": "e.country", "place": "e.place", "confidence": "e.confidence",
    "outlet": "a.outlet", "published": "a.day",
}  # fmt: skip
STATEMENT_SORTS = {"date": "s.date_from", "speaker": "s.speaker", "outlet": "a.outlet", "published": "a.day"}
ARTICLE_SORTS = {"date": "a.day", "outlet": "a.outlet", "title": "a.title", "words": "a.words"}
ACTOR_SORTS = {"events": "events", "name": "name", "first": "first_day", "last": "last_day", "country": "country"}
PLACE_SORTS = {"events": "events", "name": "place", "first": "first_day", "last": "last_day", "country": "country"}
GROUPS = {
    "type": "e.type", "mode": "e.mode", "status": "e.status", "country": "e.country", "place": "e.place",
    "day": "e.date_from", "month": "substr(e.date_from, 1, 7)", "year": "substr(e.date_from, 1, 4)", "outlet": "a.outlet",
    "article": "e.article_id", "voice": "a.voice", "actor": "x.name", "recipient": "x.name", "said_by": "x.name",
}  # fmt: skip
"""What events can be counted by. Of actors, recipients and those credited an event may have several: it counts once for each."""
SEVERAL = {
    "actor": "event_actor AS x ON x.event_id = e.id AND x.role = 'actor'",
    "recipient": "event_actor AS x ON x.event_id = e.id AND x.role = 'recipient'",
    "said_by": "event_source AS x ON x.event_id = e.id",
}
STATEMENT_GROUPS = {
    "speaker": "s.speaker", "country": "s.speaker_country", "stance": "s.stance", "verb": "s.verb", "day": "s.date_from",
    "month": "substr(s.date_from, 1, 7)", "year": "substr(s.date_from, 1, 4)", "outlet": "a.outlet",
}  # fmt: skip
ARTICLE_GROUPS = {
    "outlet": "a.outlet", "day": "a.day", "month": "substr(a.day, 1, 7)", "year": "substr(a.day, 1, 4)", "voice": "a.voice",
}  # fmt: skip
OF_STATEMENTS = frozenset("since until country outlet text said_by".split())
OF_ARTICLES = frozenset("since until outlet text".split())
"""The filters that articles answer themselves; the others ask for an event in the article."""

EVENT_COLUMNS = (
    "e.n, e.id, e.article_id, e.start, e.\"end\", e.trigger, e.type, e.mode, e.status, e.date_from, e.date_to, e.place, e.country, "
    "e.lat, e.lon, e.radius_km, e.gazetteer_id, e.said_by, e.deadline, e.control_gained_by, e.control_lost_by, e.control_place, "
    "e.control_unit, e.control_count, e.confidence, e.sense, e.corrected, a.n AS article_n, a.title, a.outlet, a.day AS published, "
    "a.url, a.voice"
)  # fmt: skip
STATEMENT_COLUMNS = (
    "s.id, s.article_id, s.start, s.\"end\", s.speaker, s.speaker_country, s.speaker_sector, s.direct, s.verb, s.stance, s.date_from, "
    "s.date_to, s.chain, s.corrected, a.title, a.outlet, a.day AS published, a.url, "
    "(SELECT substr(t.text, s.start + 1, s.\"end\" - s.start) FROM article_text AS t WHERE t.n = a.n) AS text"
)  # fmt: skip
ARTICLE_COLUMNS = (
    "a.id, a.title, a.outlet, a.author, a.day, a.day_basis, a.url, a.words, a.voice, "
    "(SELECT count(*) FROM event AS c WHERE c.article_id = a.id AND c.rejected = 0) AS events, "
    "(SELECT count(*) FROM statement AS c WHERE c.article_id = a.id AND c.rejected = 0) AS statements"
)
STANDING = "e.current = 1 AND e.rejected = 0"


class Query(NamedTuple):
    """SQL and the values for its parameters, in their order."""

    sql: str
    values: tuple[object, ...]

    def run(self, db: sqlite3.Connection) -> sqlite3.Cursor:
        """Ask it.

        Raises:
            FilterError: the search in the text is not in FTS5's language.
        """
        try:
            return db.execute(self.sql, self.values)
        except sqlite3.OperationalError as error:
            if any(
                words in str(error) for words in ("fts5", "unterminated string", "no such column", "unknown special query")
            ):
                raise FilterError(
                    "text", f"not a search ({error}); put words with signs in them into quotation marks"
                ) from error
            raise


@dataclass(frozen=True, slots=True)
class Plan:
    """From where the events are taken (`event AS e`, `article AS a`), and what is checked of each."""

    source: str
    source_values: tuple[object, ...]
    where: str
    where_values: tuple[object, ...]

    @property
    def values(self) -> tuple[object, ...]:
        """The values of source and where, in their order."""
        return (*self.source_values, *self.where_values)


def install(db: sqlite3.Connection) -> None:
    """Give a connection the functions that the queries call."""

    def distance(*degrees: float | None) -> float | None:
        return None if None in degrees else distance_km(*degrees)  # type: ignore[arg-type]

    db.create_function("distance_km", 4, distance, deterministic=True)


def plan(db: sqlite3.Connection, asked: Filters, walk: bool = False, article: bool = False) -> Plan:
    """How to find the events asked for.

    Args:
        db: the ledger, for counting.
        asked: the filters.
        walk: whether the first of them by date are wanted: then common ones are walked through in that order.
        article: whether columns of the article are wanted.
    """
    every = conditions(asked)
    joined = " CROSS JOIN article AS a ON a.id = e.article_id" if article or asked.outlet is not None else ""
    first = _rarest(db, every)
    if first is not None:
        rest = [condition for condition in every if condition is not first]
        source = f"(SELECT DISTINCT {first.key} AS found FROM ({first.finder})) AS f CROSS JOIN event AS e ON e.{first.key} = f.found"
        return Plan(f"{source}{joined}", first.finder_values, *_checked(rest))
    return Plan(f"event AS e{_index(asked) if walk else ''}{joined}", (), *_checked(every))


def _index(asked: Filters) -> str:
    """The index to walk through by day: one that leaves out much of what is not asked for."""
    if len(asked.country) == 1:
        return " INDEXED BY event_country"
    if len(asked.type) == 1 and not asked.mode:
        return " INDEXED BY event_type_day"
    if len(asked.type) == 1 and len(asked.mode) == 1:
        return " INDEXED BY event_type"
    if len(asked.status) == 1:
        return " INDEXED BY event_status_day"
    return " INDEXED BY event_day"


def _rarest(db: sqlite3.Connection, every: list[Condition]) -> Condition | None:
    """The condition that the fewest events fulfil, of those that few do."""
    fewest, found = FEW + 1, None
    for condition in every:
        if condition.finder is not None:
            quick, values = condition.finder, condition.finder_values
            if condition.counter is not None:
                quick, values = condition.counter, condition.counter_values
            counted = Query(f"SELECT count(*) FROM (SELECT 1 FROM ({quick}) LIMIT {fewest})", values).run(db)
            (count,) = counted.fetchone()
            if count < fewest:
                fewest, found = count, condition
    return found


def _checked(every: list[Condition]) -> tuple[str, tuple[object, ...]]:
    where = " AND ".join([STANDING, *(condition.check for condition in every)])
    return where, tuple(value for condition in every for value in condition.values)


def events(db: sqlite3.Connection, asked: Filters, sort: str = "-date", limit: int | None = None) -> Query:
    """The events, with the columns of EVENT_COLUMNS. What has no value in the column sorted by comes last.

    Raises:
        FilterError: they cannot be sorted by that.
    """
    walk = limit is not None and sort.removeprefix("-") == "date"
    # Events of one day: by id where all are wanted, so that two ledgers of the same articles say the same; as they were added where
    # some are, for that is the order of the index.
    order = _order(sort, EVENT_SORTS, ("e.n DESC" if sort.startswith("-") else "e.n") if walk else "e.id")
    found = plan(db, asked, walk, article=True)
    sql = f"SELECT {EVENT_COLUMNS} FROM {found.source} WHERE {found.where} ORDER BY {order}"
    return _limited(sql, found.values, limit)


def count(db: sqlite3.Connection, asked: Filters) -> Query:
    """How many events: one row, one column."""
    found = plan(db, asked)
    return Query(f"SELECT count(*) FROM {found.source} WHERE {found.where}", found.values)


def count_by(db: sqlite3.Connection, asked: Filters, by: str, limit: int | None = None) -> Query:
    """How many events for each value: columns `by` and `events`, the most first.

    Raises:
        FilterError: they cannot be counted by that.
    """
    column = _known("count_by", by, GROUPS)
    found = plan(db, asked, article=column.startswith("a."))
    source, counted = found.source, "count(*)"
    if by in SEVERAL:
        source, counted = f"{source} JOIN {SEVERAL[by]}", "count(DISTINCT e.n)"
    sql = (
        f'SELECT {column} AS "{by}", {counted} AS events FROM {source} WHERE {found.where} '
        f'GROUP BY 1 ORDER BY events DESC, 1'
    )  # fmt: skip
    return _limited(sql, found.values, limit)


def actors(db: sqlite3.Connection, asked: Filters, sort: str = "-events", limit: int | None = None) -> Query:
    """Who takes part in the events, each with how many, in which role, and their first and last day."""
    order = _order(sort, ACTOR_SORTS, "name, country, sector")
    found = plan(db, asked)
    sql = (
        "SELECT x.name AS name, x.country AS country, x.sector AS sector, count(DISTINCT e.n) AS events, "
        "count(DISTINCT CASE x.role WHEN 'actor' THEN e.n END) AS as_actor, "
        "count(DISTINCT CASE x.role WHEN 'recipient' THEN e.n END) AS as_recipient, "
        "min(e.date_from) AS first_day, max(e.date_to) AS last_day "
        f"FROM {found.source} CROSS JOIN event_actor AS x ON x.event_id = e.id WHERE {found.where} "
        f"GROUP BY x.name, x.country, x.sector ORDER BY {order}"
    )
    return _limited(sql, found.values, limit)


def places(db: sqlite3.Connection, asked: Filters, sort: str = "-events", limit: int | None = None) -> Query:
    """Where the events took place, each place with how many of them, and their first and last day.

    Places are the same where the gazetteer says so, and without its entry where name and country are.
    """
    order = _order(sort, PLACE_SORTS, "place, country, gazetteer_id")
    found = plan(db, asked)
    sql = (
        "SELECT min(e.place) AS place, e.country AS country, e.gazetteer_id AS gazetteer_id, min(e.lat) AS lat, min(e.lon) AS lon, "
        "count(*) AS events, min(e.date_from) AS first_day, max(e.date_to) AS last_day "
        f"FROM {found.source} WHERE {found.where} AND e.place IS NOT NULL "
        f"GROUP BY coalesce(e.gazetteer_id, e.place), e.country ORDER BY {order}"
    )
    return _limited(sql, found.values, limit)


def grouped(found: Query, what: str, by: str, known: tuple[str, ...], limit: int | None = None) -> Query:
    """How many rows of another question for each value of one of its columns: columns `by` and `what`, the most first."""
    column = _known("count_by", by, {name: name for name in known})
    sql = f'SELECT {column} AS "{by}", count(*) AS {what} FROM ({found.sql}) GROUP BY 1 ORDER BY {what} DESC, 1'
    return _limited(sql, found.values, limit)


def statements(asked: Filters, sort: str = "-date", limit: int | None = None) -> Query:
    """The statements, with the columns of STATEMENT_COLUMNS.

    Raises:
        FilterError: a filter goes with events only, or they cannot be sorted by that.
    """
    source, where, values = of_statements(asked)
    order = _order(sort, STATEMENT_SORTS, "s.id")
    return _limited(f"SELECT {STATEMENT_COLUMNS} FROM {source} WHERE {where} ORDER BY {order}", values, limit)


def statements_by(asked: Filters, by: str, limit: int | None = None) -> Query:
    """How many statements for each value: columns `by` and `statements`, the most first."""
    source, where, values = of_statements(asked)
    sql = (
        f'SELECT {_known("count_by", by, STATEMENT_GROUPS)} AS "{by}", count(*) AS statements FROM {source} WHERE {where} '
        f'GROUP BY 1 ORDER BY statements DESC, 1'
    )  # fmt: skip
    return _limited(sql, values, limit)


def of_statements(asked: Filters, with_articles: bool = True) -> tuple[str, str, tuple[object, ...]]:
    """From where statements are taken (`statement AS s`, `article AS a`), what is checked of each, and the values.

    Where the articles are not wanted, they are not looked up without need.

    Raises:
        FilterError: a filter goes with events only.
    """
    for name in asked.given():
        if name not in OF_STATEMENTS:
            raise FilterError(name, f"asks about events; statements have {', '.join(sorted(OF_STATEMENTS))}")
    checks, values = ["s.current = 1 AND s.rejected = 0"], []  # type: tuple[list[str], list[object]]
    for check, given in (("s.date_to >= ?", asked.since), ("s.date_from <= ?", asked.until)):
        if given is not None:
            checks.append(check)
            values.append(given.isoformat())
    if asked.said_by is not None:
        names, told = names_of(asked.said_by)
        checks.append(f"s.speaker COLLATE NOCASE IN ({names})")
        values += told
    if asked.country:
        checks.append(f"s.speaker_country IN ({', '.join('?' * len(asked.country))})")
        values += asked.country
    _on_article(asked, checks, values, "s.article_id")
    source = (
        "statement AS s JOIN article AS a ON a.id = s.article_id"
        if with_articles or asked.outlet is not None
        else "statement AS s"
    )
    return source, " AND ".join(checks), tuple(values)


def articles(db: sqlite3.Connection, asked: Filters, sort: str = "-date", limit: int | None = None) -> Query:
    """The articles, with the columns of ARTICLE_COLUMNS: those of that time, outlet and text that tell an event as asked for."""
    where, values = of_articles(db, asked)
    order = _order(sort, ARTICLE_SORTS, "a.id")
    return _limited(f"SELECT {ARTICLE_COLUMNS} FROM article AS a WHERE {where} ORDER BY {order}", values, limit)


def articles_by(db: sqlite3.Connection, asked: Filters, by: str, limit: int | None = None) -> Query:
    """How many articles for each value: columns `by` and `articles`, the most first."""
    where, values = of_articles(db, asked)
    sql = (
        f'SELECT {_known("count_by", by, ARTICLE_GROUPS)} AS "{by}", count(*) AS articles FROM article AS a WHERE {where} '
        f'GROUP BY 1 ORDER BY articles DESC, 1'
    )  # fmt: skip
    return _limited(sql, values, limit)


def of_articles(db: sqlite3.Connection, asked: Filters) -> tuple[str, tuple[object, ...]]:
    """What is checked of an article (`article AS a`), and the values."""
    checks, values = ["a.current = 1"], []  # type: tuple[list[str], list[object]]
    for check, given in (("a.day >= ?", asked.since), ("a.day <= ?", asked.until)):
        if given is not None:
            checks.append(check)
            values.append(given.isoformat())
    _on_article(asked, checks, values, "a.id")
    if set(asked.given()) - OF_ARTICLES:
        found = plan(db, asked.without(*OF_ARTICLES))
        checks.append(f"a.id IN (SELECT e.article_id FROM {found.source} WHERE {found.where})")
        values += found.values
    return " AND ".join(checks), tuple(values)


def _on_article(asked: Filters, checks: list[str], values: list[object], article: str) -> None:
    if asked.outlet is not None:
        checks.append("a.outlet = ? COLLATE NOCASE")
        values.append(asked.outlet)
    if asked.text is not None:
        matching = "SELECT o.id FROM article_search CROSS JOIN article AS o ON o.n = article_search.rowid"
        checks.append(f"{article} IN ({matching} WHERE article_search MATCH ?)")
        values.append(search(asked.text))


def _order(sort: str, known: dict[str, str], last: str) -> str:
    column = _known("sort", sort.removeprefix("-"), known)
    return f"{column} {'DESC' if sort.startswith('-') else 'ASC'} NULLS LAST, {last}"


def _known(what: str, name: str, known: dict[str, str]) -> str:
    if name not in known:
        raise FilterError(what, f"{name!r} is not one of {', '.join(known)}")
    return known[name]


def _limited(sql: str, values: tuple[object, ...], limit: int | None) -> Query:
    return Query(sql, values) if limit is None else Query(f"{sql} LIMIT ?", (*values, limit))
