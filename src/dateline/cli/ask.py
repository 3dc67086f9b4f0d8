"""`dateline events`, `statements`, `articles`, `actors`, `places`: what stands in the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.cli.asking import (
    THE_LEDGER,
    AnswerFormat,
    As,
    CountBy,
    LedgerFile,
    Limit,
    Output,
    ShowSql,
    Sort,
    opened,
    print_answer,
    print_sql,
    row_limit,
    with_filters,
)
from dateline.cli.base import app

if TYPE_CHECKING:
    from dateline.ledger.answers import Answer, Ledger


def _answer(
    ledger: Path,
    ask: Callable[[Ledger], Answer],
    format: AnswerFormat,
    output: Path | None,
    limit: int | None,
    sql: bool,
    what: str,
) -> None:
    with opened(ledger) as found:
        answer = ask(found)
        if sql:
            print_sql(answer)
        else:
            print_answer(answer, format, output, limit, what)


@app.command()
@with_filters()
def events(
    asked: dict[str, Any],
    format: As = AnswerFormat.table,
    sort: Sort = None,
    limit: Limit = None,
    count_by: CountBy = None,
    sql: ShowSql = False,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List or count the events in the ledger: who did what to whom, when, where.

    Corrections are applied, and what a person rejected is left out. Sort by date, type, country, place, confidence, outlet or
    published; count by type, mode, status, country, place, day, month, year, outlet, article, voice, actor, recipient, said_by.

    [bold]Examples[/bold]

    [cyan]dateline events --actor Taliban --type ASSAULT,COERCE --since 2021-06[/cyan]

    [cyan]dateline events --near 34.5,69.2,50 --format geojson -o near-kabul.geojson[/cyan]

    [cyan]dateline events --country Syria --count-by month[/cyan]
    """

    def ask(found: Ledger) -> Answer:
        most = row_limit(limit, format)
        if count_by is not None:
            return found.count_by(count_by, limit=most, **asked)
        return found.events(sort=sort or "-date", limit=most, **asked)

    _answer(ledger, ask, format, output, limit, sql, "events")


@app.command()
@with_filters(
    "since", "until", "said_by", "country", "outlet", "text",
    said_by="Who says it: words of a name, =whole name.", country="Country of the speaker, by name or alpha-3 code.",
)  # fmt: skip
def statements(
    asked: dict[str, Any],
    format: As = AnswerFormat.table,
    sort: Sort = None,
    limit: Limit = None,
    count_by: CountBy = None,
    sql: ShowSql = False,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List or count the statements in the ledger: who said what.

    Sort by date, speaker, outlet or published; count by speaker, country, stance, verb, day, month, year, outlet.

    [bold]Example[/bold]

    [cyan]dateline statements --said-by "Ned Price" --since 2021-06 --format csv -o said.csv[/cyan]
    """

    def ask(found: Ledger) -> Answer:
        most = row_limit(limit, format)
        if count_by is not None:
            return found.statements_by(count_by, limit=most, **asked)
        return found.statements(sort=sort or "-date", limit=most, **asked)

    _answer(ledger, ask, format, output, limit, sql, "statements")


@app.command()
@with_filters(since="First day of the article (YYYY-MM-DD, YYYY-MM or YYYY).", until="Last day of the article.")
def articles(
    asked: dict[str, Any],
    format: As = AnswerFormat.table,
    sort: Sort = None,
    limit: Limit = None,
    count_by: CountBy = None,
    sql: ShowSql = False,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List or count the articles in the ledger, all or those that tell events of a kind.

    Sort by date, outlet, title or words; count by outlet, day, month, year, voice.

    [bold]Example[/bold]

    [cyan]dateline articles --text "prisoner swap" --country Yemen[/cyan]
    """

    def ask(found: Ledger) -> Answer:
        most = row_limit(limit, format)
        if count_by is not None:
            return found.articles_by(count_by, limit=most, **asked)
        return found.articles(sort=sort or "-date", limit=most, **asked)

    _answer(ledger, ask, format, output, limit, sql, "articles")


@app.command()
@with_filters()
def actors(
    asked: dict[str, Any],
    format: As = AnswerFormat.table,
    sort: Sort = None,
    limit: Limit = None,
    sql: ShowSql = False,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List who takes part in the events of the ledger, with how many, in which role, and their first and last day.

    Sort by events, name, first, last or country.

    [bold]Example[/bold]

    [cyan]dateline actors --country Mali --since 2023[/cyan]
    """

    def ask(found: Ledger) -> Answer:
        return found.actors(sort=sort or "-events", limit=row_limit(limit, format), **asked)

    _answer(ledger, ask, format, output, limit, sql, "actors")


@app.command()
@with_filters()
def places(
    asked: dict[str, Any],
    format: As = AnswerFormat.table,
    sort: Sort = None,
    limit: Limit = None,
    sql: ShowSql = False,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List where the events of the ledger took place, with how many, and their first and last day.

    Sort by events, name, first, last or country.

    [bold]Example[/bold]

    [cyan]dateline places --type ASSAULT --format geojson -o attacks.geojson[/cyan]
    """

    def ask(found: Ledger) -> Answer:
        return found.places(sort=sort or "-events", limit=row_limit(limit, format), **asked)

    _answer(ledger, ask, format, output, limit, sql, "places")
