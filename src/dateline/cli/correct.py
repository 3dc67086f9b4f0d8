"""`dateline show`, `correct`, `undo` and `corrections`: one record looked at, and put right by a person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.asking import THE_LEDGER, AnswerFormat, As, LedgerFile, Output, console_for, guarded, opened, told
from dateline.cli.base import app, destination, user

if TYPE_CHECKING:
    import sqlite3

RecordId = Annotated[str, typer.Argument(metavar="ID", help="The id, or its first characters.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", envvar="DATELINE_USER", help="Who makes the correction; by default your user name.")
]  # fmt: skip


@app.command()
def show(id: RecordId, output: Output = None, ledger: LedgerFile = THE_LEDGER) -> None:
    """Show everything about an event, statement or article: its words in colour, the reason for each field, its corrections.

    [bold]Example[/bold]

    [cyan]dateline show e3f2a91c4[/cyan]
    """
    from dateline.ledger.showing import show as print_record

    with opened(ledger) as found, destination(output) as out:
        print_record(found, id, console_for(out))


@app.command()
def correct(
    id: RecordId,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="PLOVER type.")] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="PLOVER mode of the type, or none.")] = None,
    status: Annotated[
        str | None, typer.Option(metavar="STATUS", help="actual, future, demanded, hypothetical, negated.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DAY[..DAY]", help="When it happened, or none.")] = None,
    place: Annotated[
        str | None, typer.Option(metavar="NAME", help="Where, by name or as geonames:NUMBER; the map follows; or none.")
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="NAME", help="Country of the place.")] = None,
    actors: Annotated[
        list[str] | None, typer.Option(metavar="NAME[:AFG[:REB]]", help="Who acts; repeat for several; or none.")
    ] = None,
    recipients: Annotated[
        list[str] | None, typer.Option(metavar="NAME[:AFG[:REB]]", help="Who is acted upon; written as for --actors.")
    ] = None,
    said_by: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Whom the report credits; repeat for a chain, outermost first; or none."),
    ] = None,
    deadline: Annotated[str | None, typer.Option(metavar="DAY", help="By when it is to be done, or none.")] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME[:AFG[:REB]]", help="Who said it (of a statement).")] = None,
    stance: Annotated[str | None, typer.Option(metavar="WORD", help="How it is said (of a statement).")] = None,
    reject: Annotated[
        bool, typer.Option("--reject", help="Not an event (or statement) at all: leave it out of every answer.")
    ] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, or a note by itself.")] = None,
    by: By = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Correct an event or statement. What was read is kept, and `dateline undo` restores it.

    [bold]Examples[/bold]

    [cyan]dateline correct e3f2a91c4 --type COERCE --mode seize --note "taken, not attacked"[/cyan]

    [cyan]dateline correct e3f2a91c4 --reject --note "a film"[/cyan]

    [cyan]dateline correct e3f2a91c4 --said-by Reuters --said-by "Ned Price"[/cyan]   Reuters, which quotes Ned Price

    [cyan]dateline correct e3f2a91c4 --actors Taliban:AFG:REB --actors "Haqqani network:AFG:REB" --date 2021-06-28[/cyan]
    """
    from dateline.ledger import correcting

    with _writable(ledger) as db:
        about = correcting.target(db, id)
        values = correcting.changes(
            about, type=type, mode=mode, status=status, date=date, place=place, country=country, actors=actors or None,
            recipients=recipients or None, said_by=said_by or None, deadline=deadline, speaker=speaker, stance=stance, reject=reject,
        )  # fmt: skip
        for number in correcting.correct(db, about, values, by or user(), note):
            field, value = db.execute("SELECT field, value FROM correction WHERE id = ?", (number,)).fetchone()
            print(f"{number}  {field} = {'nothing' if value is None else value}")


@app.command()
def undo(
    id: Annotated[
        str,
        typer.Argument(metavar="ID", help="Id of a correction, or of an event or statement to undo all of its corrections."),
    ],
    by: By = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Undo corrections: what was read, or the previous correction, applies again.

    [bold]Example[/bold]

    [cyan]dateline undo c81b2e7d0[/cyan]
    """
    from dateline.ledger import correcting

    with _writable(ledger) as db:
        count = correcting.undo(db, id, by or user())
    print(f"{count} undone")


@app.command()
def corrections(
    of: Annotated[str | None, typer.Option("--of", metavar="ID", help="Only those of this event or statement.")] = None,
    format: As = AnswerFormat.table,
    take_in: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", exists=True, dir_okay=False, help="Import a file written with --format jsonl."
        ),
    ] = None,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List corrections, write them to a file for others (--format jsonl), or import those of others.

    [bold]Examples[/bold]

    [cyan]dateline corrections --format jsonl -o corrections.jsonl[/cyan]

    [cyan]dateline corrections --import corrections.jsonl --ledger other.db[/cyan]
    """
    from dateline.ledger import correcting, exchanging

    if take_in is not None:
        with _writable(ledger) as db, take_in.open(encoding="utf-8-sig") as lines:
            done = exchanging.take_in(db, lines)
        waiting = f", {done.waiting} articles not here yet" if done.waiting else ""
        print(f"{done.new} new, {done.known} known{waiting}")
        return
    if format not in (AnswerFormat.table, AnswerFormat.csv, AnswerFormat.json, AnswerFormat.jsonl):
        raise typer.BadParameter("corrections come as table, csv, json or jsonl", param_hint="--format")
    with opened(ledger) as found, destination(output) as out:
        from dateline.ledger.formats import json_lines, json_list, write_csv
        from dateline.ledger.tables import print_corrections

        about = correcting.find(found.db, of) if of else None
        if format is AnswerFormat.jsonl:
            out.writelines(json_lines(row for row in exchanging.write_out(found.db) if about in (None, row["target_id"])))
            return
        rows = correcting.listed(found.db, about)
        if format is AnswerFormat.table:
            print_corrections(console_for(out), rows)
        elif format is AnswerFormat.csv:
            write_csv(list(correcting.COLUMNS), rows, out)
        else:
            out.writelines(json_list(rows))


@contextmanager
def _writable(file: Path) -> Iterator[sqlite3.Connection]:
    """The ledger for writing; what is wrong with it or with the correction ends the command with a complaint."""
    from dateline.ledger.correcting import CorrectionError
    from dateline.ledger.store import connect

    with guarded(file):
        try:
            with closing(connect(file)) as db:
                yield db
        except CorrectionError as error:
            raise told(f"--{error.name.replace('_', '-')}: {error.message}") from error
        except UnicodeError as error:
            raise told(f"not UTF-8: {error}") from error
