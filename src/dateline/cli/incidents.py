"""`dateline incidents`, `timeline`, `control`, `commitments`: what happened, as many tell it; `merge` and `split`: a person's word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.asking import FILTERS, THE_LEDGER, LedgerFile, Output, console_for, opened, with_filters
from dateline.cli.base import Exit, app, complain, destination, user, warn

if TYPE_CHECKING:
    from rich.text import Text

    from dateline.incidents.sheets import Cell, Sheet
    from dateline.ledger.answers import Ledger


UNSIGNED = re.compile(r"\b(?P<short>a[0-9a-f]{8})[0-9a-f]{8}\b")
"""What stands for the outlet of an article that names none: its id, of which `dateline show` takes the beginning."""


class SheetFormat(StrEnum):
    """How incidents are printed."""

    table = "table"
    json = "json"
    html = "html"
    md = "md"


class Standing(StrEnum):
    """What came of a commitment."""

    open = "open"
    kept = "kept"
    missed = "missed"
    moved = "moved"
    broken = "broken"
    disputed = "disputed"


As = Annotated[SheetFormat, typer.Option("--format", "-f", help="How to print it.")]
Top = Annotated[int, typer.Option("--top", metavar="N", min=0, help="The N highest ranked; 0 for all.")]
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="Id of an event: dateline incidents --show ID lists them.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, stored with the decision.")]


@app.command()
@with_filters()
def incidents(
    asked: dict[str, Any],
    top: Top = 50,
    voices: Annotated[
        int, typer.Option(metavar="N", min=1, help="Only incidents that at least N independent voices report.")
    ] = 1,
    show: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Everything about one incident, by its id or by that of one of its events."),
    ] = None,
    format: As = SheetFormat.table,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """List what happened: events of many articles that describe the same act form one incident, with all its evidence.

    The filters select events; every incident with one of them is listed, highest ranked first. --show explains why each value was
    chosen, who says otherwise, and how the scores add up by which its accounts were joined.

    [bold]Examples[/bold]

    [cyan]dateline incidents --type ASSAULT --since 2031-03 --voices 2[/cyan]

    [cyan]dateline incidents --show i27ec542c562e3e77[/cyan]
    """
    _up_to_date(ledger)
    with opened(ledger) as found:
        from dateline.incidents.asking import find
        from dateline.incidents.sheets import incidents_sheet
        from dateline.incidents.store import incidents_of

        if show is not None:
            _show(found, show, format, output)
            return
        ids = find(found.db, _events(found, asked), voices, top or None)
        by_id = {incident.id: incident for incident in incidents_of(found.db, ids)}
        _print(incidents_sheet([by_id[name] for name in ids if name in by_id]), format, output)


@app.command()
@with_filters()
def timeline(
    asked: dict[str, Any],
    top: Top = 30,
    format: As = SheetFormat.table,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Show the story day by day: the weightiest and best attested incidents, one plain sentence each, linked to their sources.

    [bold]Examples[/bold]

    [cyan]dateline timeline --country AFG --since 2021-04 --top 40 --format html -o war.html[/cyan]
    """
    _up_to_date(ledger)
    with opened(ledger) as found:
        from dateline.incidents.asking import find
        from dateline.incidents.sheets import timeline_sheet
        from dateline.incidents.store import incidents_of
        from dateline.incidents.timeline import timeline as told

        ids = find(found.db, _events(found, asked), top=top or None)
        _print(timeline_sheet(told(incidents_of(found.db, ids))), format, output)


@app.command()
def control(
    country: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only places in this country: its name or alpha-3 code.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="On this day, judging only by what had been published by then.")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Only this place.")] = None,
    reliability: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTLET=0..1", help="How far to trust an outlet's reports, from 0 to 1 (1 by default); may be repeated."
        ),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="Every change of hands, not only who holds it now.")] = False,
    format: As = SheetFormat.table,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Show who holds which place, judging by captures, losses, plans, denials and words in passing ("the rebel-held town of ...").

    Each place has a small probability model that weighs all reports, earlier and later ones. `likely` is how probable the holder is;
    it fades with time since the last report, and below one half nobody is named. Claims that give numbers without names ("14 villages")
    are listed below, with how many of those places are named.

    [bold]Examples[/bold]

    [cyan]dateline control --country AFG --at 2021-06-30[/cyan]

    [cyan]dateline control --place Kunduz --history[/cyan]

    [cyan]dateline control --reliability "Harbour Radio=0.5"[/cyan]
    """
    day, code, believed = _day(at, "--at"), _country(country), _shares(reliability or ())
    _up_to_date(ledger)
    with opened(ledger) as found:
        from dateline.incidents.asking import control as asked
        from dateline.incidents.sheets import control_sheet, history_sheet

        places, counts = asked(found.db, code, day, place, believed)
        _print(history_sheet(places, counts) if history else control_sheet(places, day, counts), format, output)


@app.command()
@with_filters(*(name for name in FILTERS if name != "status"))
def commitments(
    asked: dict[str, Any],
    due_before: Annotated[str | None, typer.Option(metavar="DATE", help="Only what is due before this day.")] = None,
    status: Annotated[
        list[Standing] | None, typer.Option(help="Only commitments with this status; may be repeated.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="DATE", help="As it stood on this day; by default that of the latest article.")
    ] = None,
    format: As = SheetFormat.table,
    output: Output = None,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Show who promised, or was told, to do what by when, and what came of it. A deadline that moves is one row with its history.

    [bold]Examples[/bold]

    [cyan]dateline commitments --status moved --status missed[/cyan]

    [cyan]dateline commitments --due-before 2021-09-12 --actor USA[/cyan]
    """
    before, today = _day(due_before, "--due-before"), _day(at, "--at")
    _up_to_date(ledger)
    with opened(ledger) as found:
        from dateline.incidents.asking import owed
        from dateline.incidents.sheets import commitments_sheet

        _print(commitments_sheet(owed(found.db, status or (), before, today, _events(found, asked))), format, output)


@app.command()
def merge(a: EventId, b: EventId, why: Why = "", ledger: LedgerFile = THE_LEDGER) -> None:
    """Record that two events describe the same incident, whatever their score. It holds until it is undone.

    [bold]Example[/bold]

    [cyan]dateline merge e9c777df9 ef549b339 --why "one air strike, two names of the town"[/cyan]
    """
    _decide(ledger, a, b, True, why)


@app.command()
def split(a: EventId, b: EventId, why: Why = "", ledger: LedgerFile = THE_LEDGER) -> None:
    """Record that two events describe different incidents, whatever their score. It holds until it is undone.

    [bold]Example[/bold]

    [cyan]dateline split e9c777df9 ef549b339 --why "two car bombs on one morning"[/cyan]
    """
    _decide(ledger, a, b, False, why)


@app.command()
def undecide(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Number of the decision, as merge and split print it.")],
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Undo a merge or a split.

    [bold]Example[/bold]

    [cyan]dateline undecide 3[/cyan]
    """

    def take_back(db: Any) -> str:
        from dateline.incidents.store import undo

        undo(db, number)
        return f"decision {number} is undone"

    _writing(ledger, take_back)


def _decide(ledger: Path, a: str, b: str, together: bool, why: str) -> None:
    def say(db: Any) -> str:
        from dateline.incidents.store import decide, update

        update(db)
        number = decide(db, a, b, together, user(), why)
        how_many = "one incident" if together else "two incidents"
        return f"decision {number}: {a} and {b} describe {how_many}; dateline undecide {number} undoes it"

    _writing(ledger, say)


def _writing(ledger: Path, work: Callable[[Any], str]) -> None:
    from dateline.incidents.merging import DecisionError
    from dateline.ledger.store import LedgerError, connect, explained

    try:
        with explained(ledger), closing(connect(ledger)) as db:
            print(work(db))
    except (LedgerError, DecisionError) as error:
        complain(str(error))
        raise typer.Exit(Exit.USAGE) from error


def _up_to_date(ledger: Path) -> None:
    """Merge what is new; where the file cannot be written, what was merged before is shown."""
    from dateline.incidents.store import update
    from dateline.ledger.store import LedgerError, connect, explained

    try:
        with explained(ledger), closing(connect(ledger)) as db:
            update(db)
    except LedgerError as error:
        if "cannot be written" not in str(error):
            complain(str(error))
            raise typer.Exit(Exit.USAGE) from error
        warn(f"{error}; what was added since it was last written is left out")


def _events(found: Ledger, asked: dict[str, Any]) -> set[str] | None:
    """The ids of the events that the filters choose, None without any filter."""
    return {str(row["id"]) for row in found.events(**asked)} if asked else None


def _show(found: Ledger, start: str, format: SheetFormat, output: Path | None) -> None:
    from dateline.incidents.asking import show
    from dateline.incidents.explaining import explained
    from dateline.incidents.sheets import Sheet, incident_json
    from dateline.incidents.store import links_within

    incident = show(found.db, start)
    links = links_within(found.db, incident.id)
    record = incident_json(incident)
    rows = explained(incident) + [
        (event["id"], f"{event['outlet'] or event['article']}, {event['day']}: {event['sentence']}")
        for event in record["events"]
    ]
    rows += [
        (f"{a} = {b}", f"{points}: " + ", ".join(f"{n} {p:+} ({w})" for n, p, w in parts)) for a, b, points, parts in links
    ]
    record["links"] = [{"a": a, "b": b, "points": points, "parts": parts} for a, b, points, parts in links]
    _print(Sheet(incident.id, ("what", "value"), list(rows), [record]), format, output)


def _print(sheet: Sheet, format: SheetFormat, output: Path | None) -> None:
    from dateline.incidents.rendering import as_html, as_json, as_markdown

    with destination(output) as out:
        if format is SheetFormat.table:
            console = console_for(out)
            for piece in _table(sheet, console.width):
                console.print(piece)
        else:
            make = {SheetFormat.json: as_json, SheetFormat.html: as_html, SheetFormat.md: as_markdown}[format]
            out.writelines(make(sheet))


def _table(sheet: Sheet, width: int) -> Iterator[Any]:
    from rich.text import Text

    from dateline.output.grid import shown
    from dateline.output.words import printable

    if not sheet.rows:
        yield f"{sheet.title}: nothing found."
    else:
        yield shown([dict(zip(sheet.columns, map(_cell, sheet.columns, row), strict=True)) for row in sheet.rows], width)
    yield from (Text(printable(note)) for note in sheet.notes)


def _cell(column: str, cell: Cell) -> Text:
    """A cell for the terminal: ids by their beginning, of many sources the first; the other formats have all of both."""
    from rich.text import Text

    from dateline.incidents.saying import parties
    from dateline.ledger.tables import SHORT_ID
    from dateline.model import Actor
    from dateline.output.words import one_line, printable

    words = cell if isinstance(cell, str) else parties([Actor(source) for source, _ in cell])
    text = UNSIGNED.sub(r"article \g<short>", printable(one_line(words)))
    return Text(text[:SHORT_ID], "dim") if column in ("id", "incident") else Text(text)


def _day(told: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise typer.BadParameter(f"{told!r} is no day; write it as YYYY-MM-DD", param_hint=option) from error


def _shares(told: Iterable[str]) -> dict[str, float]:
    """OUTLET=SHARE as outlet -> share."""
    found = {}
    for each in told:
        outlet, _, share = each.rpartition("=")
        try:
            found[outlet] = float(share)
        except ValueError:
            outlet = ""
        if not outlet or not 0.0 <= found[outlet] <= 1.0:
            raise typer.BadParameter(
                f"{each!r} is not an outlet's name, = and a number from 0 to 1", param_hint="--reliability"
            )
    return found


def _country(told: str | None) -> str | None:
    from dateline.gazetteer.countries import country_named, is_code

    if told is None:
        return None
    code = told.upper() if is_code(told.upper()) else country_named(told)
    if code is None:
        raise typer.BadParameter(
            f"{told!r} is no country; write its English name or its ISO 3166 alpha-3 code", param_hint="--country"
        )
    return code
