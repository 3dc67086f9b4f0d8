"""What the commands share that ask a ledger: its filters as options, and how answers are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dateline.cli.base import WIDTH_WHEN_PIPED, Exit, complain, destination, is_stdout, replacing

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.ledger.answers import Answer, Ledger

TABLE_ROWS = 50
"""Rows of a table where no limit is asked for."""


class AnswerFormat(StrEnum):
    """How an answer is printed."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    geojson = "geojson"
    parquet = "parquet"


LedgerFile = Annotated[
    Path, typer.Option("--ledger", "-l", metavar="FILE", help="The ledger to search.", dir_okay=False)
]  # fmt: skip
THE_LEDGER = Path("dateline.db")
WHO = "words of a name, =whole name, or codes (AFG, AFG/REB, /REB)"
Word, Words = str | None, list[str] | None
FILTERS: dict[str, Any] = {
    "since": Annotated[Word, typer.Option(metavar="DATE", help="First day (YYYY-MM-DD, YYYY-MM or YYYY).")],
    "until": Annotated[Word, typer.Option(metavar="DATE", help="Last day.")],
    "actor": Annotated[Word, typer.Option(metavar="WHO", help=f"Who acts: {WHO}.")],
    "recipient": Annotated[Word, typer.Option(metavar="WHO", help="Who is acted upon; written as for --actor.")],
    "type": Annotated[Words, typer.Option(metavar="TYPE", help="PLOVER type; separate several with commas, or repeat.")],
    "mode": Annotated[Words, typer.Option(metavar="MODE", help="PLOVER mode; separate several with commas, or repeat.")],
    "status": Annotated[Words, typer.Option(metavar="STATUS", help="actual, future, demanded, hypothetical, negated.")],
    "country": Annotated[Words, typer.Option(metavar="NAME", help="Country of the place, by name or alpha-3 code.")],
    "near": Annotated[Word, typer.Option(metavar="LAT,LON,KM", help="Within KM kilometres of a point.")],
    "outlet": Annotated[Word, typer.Option(metavar="NAME", help="Who published.")],
    "text": Annotated[Word, typer.Option(metavar="QUERY", help='Words of the article: hostages, "prisoner swap", convoy*.')],
    "said_by": Annotated[Word, typer.Option(metavar="WHO", help="Whom the report credits: words of a name, =whole name.")],
    "min_confidence": Annotated[float | None, typer.Option(metavar="0..1", help="Minimum confidence.")],
}
"""The filters as options, by the names that `dateline.ledger.filters.filters` has for them."""
As = Annotated[AnswerFormat, typer.Option("--format", "-f", help="How to print the answer.")]
Sort = Annotated[
    str | None, typer.Option(metavar="FIELD", help="Sort by this field; a leading minus reverses the order (--sort=-date).")
]  # fmt: skip
Limit = Annotated[
    int | None, typer.Option(metavar="N", min=0, help=f"At most N rows; 0 for all. Tables show {TABLE_ROWS} by default.")
]  # fmt: skip
CountBy = Annotated[str | None, typer.Option(metavar="FIELD", help="Count by this field instead of listing.")]
ShowSql = Annotated[bool, typer.Option("--sql", help="Print the query as SQL instead of running it.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write to this file.")]


def with_filters(*names: str, **others: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command filters as options; it gets those that were given as the dictionary `asked`.

    Args:
        names: the filters that it has; all of them where none is named.
        others: help texts of filters that mean something else to it.
    """

    def give(command: Callable[..., None]) -> Callable[..., None]:
        options = [
            Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_option(name, others.get(name)))
            for name in names or FILTERS
        ]
        own = [parameter for parameter in signature(command, eval_str=True).parameters.values() if parameter.name != "asked"]

        @wraps(command)
        def with_asked(**told: Any) -> None:
            asked = {option.name: told.pop(option.name, None) for option in options}
            command(asked={name: value for name, value in asked.items() if value not in (None, [])}, **told)

        made: Any = with_asked
        made.__signature__ = Signature([*options, *(each.replace(kind=Parameter.KEYWORD_ONLY) for each in own)])
        made.__annotations__ = {each.name: each.annotation for each in (*options, *own)}
        return with_asked

    return give


def _option(name: str, help: str | None) -> Any:
    of, option = get_args(FILTERS[name])
    return Annotated[of, typer.Option(metavar=option.metavar, help=help or option.help)]


@contextmanager
def opened(file: Path) -> Iterator[Ledger]:
    """The ledger for asking; what is wrong with it, with the question or with where the answer goes ends the command with a complaint."""
    from dateline.ledger.answers import Ledger
    from dateline.ledger.filters import FilterError

    with guarded(file):
        try:
            with closing(Ledger(file)) as ledger:
                yield ledger
                sys.stdout.flush()
        except FilterError as error:
            raise told(f"--{error.name.replace('_', '-')}: {error.message}") from error
        except UnicodeEncodeError as error:  # what the shell passed on that is no UTF-8
            raise told(f"{error.object!a} is not UTF-8") from error


@contextmanager
def guarded(file: Path) -> Iterator[None]:
    """End the command with a complaint where the ledger, or the file that is written to, is at fault."""
    import sqlite3

    from dateline.ledger.store import LedgerError, explained

    try:
        try:
            yield
        except sqlite3.Error:
            with explained(file):
                raise
    except LedgerError as error:
        raise told(str(error)) from error
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again when it closes it
        raise typer.Exit(Exit.PIPE_CLOSED) from error
    except OSError as error:
        raise told(f"{error.filename2 or error.filename or file}: {(error.strerror or str(error)).lower()}") from error


def told(complaint: str) -> typer.Exit:
    """The end of a command that was used wrongly, which it has just been told."""
    complain(complaint)
    return typer.Exit(Exit.USAGE)


def console_for(out: object) -> Console:
    """A console that colours only where a person watches, and leaves the terminal's own marks in what is printed alone."""
    from rich.console import Console

    width = None if getattr(out, "isatty", bool)() or "COLUMNS" in os.environ else WIDTH_WHEN_PIPED
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False)  # type: ignore[arg-type]


def row_limit(told: int | None, format: AnswerFormat) -> int | None:
    """The limit for the query: one row more than a table shows, so that it can say that there are more."""
    if told == 0:
        return None
    return told if told is not None else TABLE_ROWS + 1 if format is AnswerFormat.table else None


def print_answer(answer: Answer, format: AnswerFormat, output: Path | None, limit: int | None, what: str) -> None:
    """Print what was found, or write it to a file that appears when it is complete."""
    from dateline.ledger.formats import geojson, json_lines, json_list, write_csv, write_parquet

    if format is AnswerFormat.parquet:
        if not is_stdout(output):
            assert output is not None
            with replacing(output) as path:
                write_parquet(answer, path)
            return
        if sys.stdout.isatty():
            raise typer.BadParameter("Parquet is binary: name a file with --output", param_hint="--format")
        write_parquet(answer, None)
        return
    if format is AnswerFormat.geojson and "lat" not in answer.columns:
        raise typer.BadParameter(f"{what} have no coordinates", param_hint="--format")
    with destination(output) as out:
        if format is AnswerFormat.table:
            _print_table(answer, console_for(out), TABLE_ROWS if limit is None else limit, what)
        elif format is AnswerFormat.csv:
            write_csv(list(answer.columns), answer, out)
        else:
            pieces = {
                AnswerFormat.json: lambda: json_list(answer.objects()),
                AnswerFormat.jsonl: lambda: json_lines(answer.objects()),
                AnswerFormat.geojson: lambda: geojson(answer),
            }[format]()
            out.writelines(pieces)


def _print_table(answer: Answer, console: Console, limit: int, what: str) -> None:
    from dateline.ledger.answers import Events
    from dateline.ledger.tables import print_events, print_rows

    if isinstance(answer, Events):
        records = answer.records()
        shown = print_events(console, islice(records, limit or None))
        more = next(records, None) is not None if limit else False
    else:
        rows = iter(answer)
        shown = print_rows(console, answer, islice(rows, limit or None), what)
        more = next(rows, None) is not None if limit else False
    if more:
        console.print(f"The first {shown}; --limit 0 shows all.", style="dim")


def print_sql(answer: Answer) -> None:
    """The question, with its values below it."""
    print(answer.query.sql)
    for number, value in enumerate(answer.query.values, 1):
        print(f"-- ?{number} = {value!r}")
