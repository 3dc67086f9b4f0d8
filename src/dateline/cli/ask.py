"""`dateline events`, `statements`, `articles`, `actors`, `places`: what stands in the ledger. They differ in what they ask for alone."""

from __future__ import annotations

from collections.abc import Callable
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

    type Ask = Callable[[Ledger, dict[str, Any]], Answer]


def _command(name: str, help: str, ask: Ask, count: Ask, *filters: str, **helps: str) -> None:
    """Put a command on the program that lists or counts.

    Args:
        name: its name, and that of what it lists.
        help: what it says about itself.
        ask: asks for the list; `sort`, `limit` and the filters stand in the dictionary.
        count: asks for the count; `by`, `limit` and the filters stand in the dictionary.
        filters: the filters that it has; all of them where none is named.
        helps: help texts of filters that mean something else to it.
    """

    @app.command(name, help=help)
    @with_filters(*filters, **helps)
    def command(
        asked: dict[str, Any],
        format: As = AnswerFormat.table,
        sort: Sort = None,
        limit: Limit = None,
        count_by: CountBy = None,
        sql: ShowSql = False,
        output: Output = None,
        ledger: LedgerFile = THE_LEDGER,
    ) -> None:
        asked["limit"] = row_limit(limit, format)
        with opened(ledger) as found:
            if count_by is not None:
                answer = count(found, asked | {"by": count_by})
            else:
                answer = ask(found, asked | ({"sort": sort} if sort else {}))
            if sql:
                print_sql(answer)
            else:
                print_answer(answer, format, output, limit, name)


_command(
    "events",
    """List or count the events in the ledger: who did what to whom, when, where.

    Corrections are applied, and rejected events are left out. Sort by date, type, country, place, confidence, outlet or
    published; count by type, mode, status, country, place, day, month, year, outlet, article, voice, actor, recipient or said_by.

    [bold]Examples[/bold]

    [cyan]dateline events --actor Taliban --type ASSAULT,COERCE --since 2021-06[/cyan]

    [cyan]dateline events --near 34.5,69.2,50 --format geojson -o near-kabul.geojson[/cyan]

    [cyan]dateline events --country Syria --count-by month[/cyan]
    """,
    lambda ledger, asked: ledger.events(**asked),
    lambda ledger, asked: ledger.count_by(**asked),
)
_command(
    "statements",
    """List or count the statements in the ledger: who said what.

    Sort by date, speaker, outlet or published; count by speaker, country, stance, verb, day, month, year or outlet.

    [bold]Example[/bold]

    [cyan]dateline statements --said-by "Ned Price" --since 2021-06 --format csv -o said.csv[/cyan]
    """,
    lambda ledger, asked: ledger.statements(**asked),
    lambda ledger, asked: ledger.statements_by(**asked),
    *("since", "until", "said_by", "country", "outlet", "text"),
    said_by="Who says it: words of a name, =whole name.",
    country="Country of the speaker, by name or alpha-3 code.",
)
_command(
    "articles",
    """List or count the articles in the ledger: all of them, or those that report certain events.

    Sort by date, outlet, title or words; count by outlet, day, month, year or voice.

    [bold]Example[/bold]

    [cyan]dateline articles --text "prisoner swap" --country Yemen[/cyan]
    """,
    lambda ledger, asked: ledger.articles(**asked),
    lambda ledger, asked: ledger.articles_by(**asked),
    since="First day of the article (YYYY-MM-DD, YYYY-MM or YYYY).",
    until="Last day of the article.",
)
_command(
    "actors",
    """List or count the actors in the ledger: how many events they take part in, in which role, on which first and last day.

    Sort by events, name, first, last or country; count by country, sector or name.

    [bold]Example[/bold]

    [cyan]dateline actors --country Mali --since 2023[/cyan]
    """,
    lambda ledger, asked: ledger.actors(**asked),
    lambda ledger, asked: ledger.actors_by(**asked),
)
_command(
    "places",
    """List or count the places where events happened: how many events each, and on which first and last day.

    Sort by events, name, first, last or country; count by country.

    [bold]Example[/bold]

    [cyan]dateline places --type ASSAULT --format geojson -o attacks.geojson[/cyan]
    """,
    lambda ledger, asked: ledger.places(**asked),
    lambda ledger, asked: ledger.places_by(**asked),
)
