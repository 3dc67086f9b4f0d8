"""What stands in the ledger itself: statements, articles, events to review, runs and failures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from dateline.ledger import queries
from dateline.ledger.filters import filters
from dateline.ledger.queries import EVENT_COLUMNS, Query
from dateline.ledger.records import events_of
from dateline.ledger.runs import how
from dateline.server.answering import Asking
from dateline.server.asked import ArticlesQuery, PageQuery, ReviewQuery, SpeakersQuery, StatementsQuery
from dateline.server.cards import days, names
from dateline.server.passages import Span, paragraphs, passage, web_address
from dateline.server.problems import NotFound
from dateline.server.shapes.common import ArticleHead, Page, Party, Place
from dateline.server.shapes.views import (
    Article,
    ArticleEvent,
    ArticleItem,
    ArticleStatement,
    Failure,
    ReviewItem,
    Run,
    Sighting,
    Speaker,
    Statement,
)
from dateline.server.telling import HEAD, Facts, detail_of, head_of, reasons_of, spans_of, tellings, texts_of
from dateline.server.walking import Walk

STATEMENT_SORTS = {"-date": ("s.date_from", True), "date": ("s.date_from", False), "speaker": ("s.speaker", False)}
ARTICLE_SORTS = {
    "-date": ("a.day", True), "date": ("a.day", False), "outlet": ("a.outlet", False), "title": ("a.title", False),
    "-words": ("a.words", True),
}  # fmt: skip
LOOKED_AT = "e.n NOT IN (SELECT v.n FROM correction AS c JOIN event AS v ON v.id = c.target_id WHERE c.undone IS NULL)"


def statements(question: Asking, asked: StatementsQuery) -> Page[Statement]:
    """Who said what.

    Raises:
        FilterError: a filter or the cursor makes no sense.
    """
    wanted = filters(
        since=asked.since, until=asked.until, said_by=asked.said_by, country=asked.country, outlet=asked.outlet, text=asked.q
    )
    source, where, values = queries.of_statements(wanted, with_articles=False)
    if asked.stance:
        where, values = f"{where} AND s.stance IN ({_marks(asked.stance)})", (*values, *asked.stance)
    if asked.direct is not None:
        where, values = f"{where} AND s.direct = ?", (*values, int(asked.direct))
    walk = Walk(source, where, values, *_order(STATEMENT_SORTS, asked.sort, "s.id"), "statements")
    ids, following = walk.page(question.db, asked.limit, asked.cursor)
    rows = {
        row["sid"]: row
        for row in question.db.execute(
            f"SELECT {queries.STATEMENT_COLUMNS}, s.id AS sid, a.author, a.voice FROM statement AS s "
            f"JOIN article AS a ON a.id = s.article_id WHERE s.id IN ({_marks(ids)})",
            ids,
        )
    }
    return Page(items=[_statement(rows[str(id)]) for id in ids], next=following, total=question.total(walk))


def speakers(db: sqlite3.Connection, asked: SpeakersQuery) -> Page[Speaker]:
    """Who says most.

    Raises:
        FilterError: a filter makes no sense.
    """
    wanted = filters(since=asked.since, until=asked.until, country=asked.country, outlet=asked.outlet, text=asked.q)
    source, where, values = queries.of_statements(wanted, with_articles=False)
    sql = (
        f"SELECT s.speaker AS name, s.speaker_country AS country, s.speaker_sector AS sector, count(*) AS statements FROM {source} "
        f"WHERE {where} GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2, 3"
    )
    rows = Query(sql, values).run(db).fetchall()
    return Page(items=[Speaker(**dict(row)) for row in rows[: asked.limit]], next=None, total=len(rows))


def articles(question: Asking, asked: ArticlesQuery) -> Page[ArticleItem]:
    """The articles.

    Raises:
        FilterError: a filter or the cursor makes no sense.
    """
    wanted = filters(since=asked.since, until=asked.until, outlet=asked.outlet, text=asked.q)
    where, values = queries.of_articles(question.db, wanted)
    walk = Walk("article AS a", where, values, *_order(ARTICLE_SORTS, asked.sort, "a.id"), "articles")
    ids, following = walk.page(question.db, asked.limit, asked.cursor)
    sql = f"SELECT {queries.ARTICLE_COLUMNS} FROM article AS a WHERE a.id IN ({_marks(ids)})"
    rows = {row["id"]: row for row in question.db.execute(sql, ids)}
    items = [
        ArticleItem(
            article=head_of(row), day_basis=row["day_basis"], words=row["words"], events=row["events"], statements=row["statements"]
        )
        for row in (rows[str(id)] for id in ids)
    ]  # fmt: skip
    return Page(items=items, next=following, total=question.total(walk))


def article(db: sqlite3.Connection, id: str) -> Article:
    """An article with all its evidence.

    Raises:
        NotFound: there is none of that id.
    """
    row = db.execute(f"SELECT {HEAD}, a.day_basis, a.words, a.current FROM article AS a WHERE a.id = ?", (id,)).fetchone()
    if row is None:
        raise NotFound(f"there is no article {id}")
    text = texts_of(db, [id]).get(id, "")
    found = f"SELECT {EVENT_COLUMNS} FROM event AS e JOIN article AS a ON a.id = e.article_id WHERE e.article_id = ? ORDER BY e.start, e.id"
    told = list(events_of(db, Query(found, (id,))))
    facts = Facts.of(db, [event.id for event in told])
    said = db.execute(
        "SELECT s.*, s.\"end\" AS finish FROM statement AS s WHERE s.article_id = ? AND s.rejected = 0 ORDER BY s.start, s.id", (id,)
    ).fetchall()  # fmt: skip
    spans = [span for event in told if event.id not in facts.rejected for span in spans_of(event, facts.evidence[event.id])]
    for statement in said:
        spans.append(Span(statement["start"], statement["finish"], "statement", statement["id"]))
        if statement["speaker_start"] is not None:
            spans.append(Span(statement["speaker_start"], statement["speaker_end"], "speaker", statement["id"]))
    return Article(
        article=head_of(row), day_basis=row["day_basis"], words=row["words"], current=bool(row["current"]),
        text=[passage(text, start, end, spans) for start, end in paragraphs(text)],
        events=[
            ArticleEvent(
                event=detail_of(event, event.id in facts.rejected), incident=facts.account.get(event.id, (None, None))[1],
                reasons=reasons_of(facts.evidence[event.id], text), corrections=facts.corrections[event.id],
            )
            for event in told
        ],
        statements=[_article_statement(statement, text) for statement in said], places=list(_places(db, id)),
        sightings=list(_sightings(db, id)), copies=list(_copies(db, id, row["voice"])),
    )  # fmt: skip


def review(question: Asking, asked: ReviewQuery) -> Page[ReviewItem]:
    """The least certain events that nobody has looked at.

    Raises:
        FilterError: a filter or the cursor makes no sense.
    """
    wanted = filters(type=asked.type, country=asked.country, outlet=asked.outlet, since=asked.since, until=asked.until)
    plan = queries.plan(question.db, wanted)
    walk = Walk(
        plan.source, f"{plan.where} AND {LOOKED_AT}", plan.values, "e.confidence", "e.n", False, "review", always=True
    )
    rows, following = walk.page(question.db, asked.limit, asked.cursor)
    ids = {row["n"]: row["id"] for row in question.db.execute(f"SELECT n, id FROM event WHERE n IN ({_marks(rows)})", rows)}
    told = tellings(question.ledger, [ids[n] for n in rows])
    titles = {
        row["id"]: row["title"]
        for row in question.db.execute(
            f"SELECT id, title FROM incident WHERE id IN ({_marks(told)})", [telling.incident for telling in told]
        )
    }
    items = [ReviewItem(telling=telling, title=titles.get(telling.incident)) for telling in told]
    return Page(items=items, next=following, total=question.total(walk))


def runs(question: Asking, asked: PageQuery) -> Page[Run]:
    """What was taken in, the latest first.

    Raises:
        FilterError: the cursor is of another list.
    """
    walk = Walk("run AS r", "1", (), "r.id", "r.id", True, "runs", always=True)
    ids, following = walk.page(question.db, asked.limit, asked.cursor)
    rows = question.db.execute(
        "SELECT r.*, v.dateline, v.model FROM run AS r LEFT JOIN reader AS v ON v.id = r.reader_id "
        f"WHERE r.id IN ({_marks(ids)}) ORDER BY r.id DESC",
        ids,
    )
    items = [
        Run(**{name: row[name] for name in Run.model_fields if name != "state"}, state=how(row))
        for row in rows
    ]  # fmt: skip
    return Page(items=items, next=following, total=question.total(walk))


def failures(question: Asking, asked: PageQuery) -> Page[Failure]:
    """What could not be taken in, the latest first.

    Raises:
        FilterError: the cursor is of another list.
    """
    walk = Walk("failure AS f", "f.resolved_run IS NULL", (), "f.run_id", "f.id", True, "failures", always=True)
    ids, following = walk.page(question.db, asked.limit, asked.cursor)
    rows = {
        row["id"]: row
        for row in question.db.execute(
            f"SELECT id, run_id AS run, kind, source, reason FROM failure WHERE id IN ({_marks(ids)})", ids
        )
    }
    return Page(items=[Failure(**dict(rows[str(id)])) for id in ids], next=following, total=question.total(walk))


def _order(sorts: dict[str, tuple[str, bool]], sort: str, id: str) -> tuple[str, str, bool]:
    column, down = sorts[sort]
    return column, id, down


def _statement(row: sqlite3.Row) -> Statement:
    head = ArticleHead(
        id=row["article_id"], title=row["title"], outlet=row["outlet"], author=row["author"], day=row["published"],
        url=web_address(row["url"]), voice=row["voice"],
    )  # fmt: skip
    return Statement(
        id=row["sid"], article=head, speaker=_speaker(row), direct=bool(row["direct"]), verb=row["verb"], stance=row["stance"],
        days=days(row["date_from"], row["date_to"]), chain=names(row["chain"]), text=row["text"], start=row["start"],
        end=row["end"], corrected=row["corrected"],
    )  # fmt: skip


def _article_statement(row: sqlite3.Row, text: str) -> ArticleStatement:
    return ArticleStatement(
        id=row["id"], speaker=_speaker(row), direct=bool(row["direct"]), verb=row["verb"], stance=row["stance"],
        days=days(row["date_from"], row["date_to"]), chain=names(row["chain"]), text=text[row["start"] : row["finish"]],
        start=row["start"], end=row["finish"], corrected=row["corrected"],
    )  # fmt: skip


def _speaker(row: sqlite3.Row) -> Party:
    return Party(name=row["speaker"], country=row["speaker_country"], sector=row["speaker_sector"])


def _places(db: sqlite3.Connection, id: str) -> Iterator[Place]:
    columns = "name, country, lat, lon, radius_km, gazetteer_id"
    for row in db.execute(f"SELECT {columns} FROM place WHERE article_id = ? GROUP BY {columns} ORDER BY min(n)", (id,)):
        yield Place(**dict(row))


def _sightings(db: sqlite3.Connection, id: str) -> Iterator[Sighting]:
    for row in db.execute("SELECT * FROM sighting WHERE article_id = ? ORDER BY outlet, url", (id,)):
        yield Sighting(
            outlet=row["outlet"], url=web_address(row["url"]), author=row["author"], retrieved=row["retrieved"],
            version=row["version"], current=bool(row["current"]),
        )  # fmt: skip


def _copies(db: sqlite3.Connection, id: str, voice: str) -> Iterator[ArticleHead]:
    found = f"SELECT {HEAD} FROM article AS a WHERE a.voice = ? AND a.id <> ? ORDER BY a.day, a.id"
    for row in db.execute(found, (voice, id)):
        yield head_of(row)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
