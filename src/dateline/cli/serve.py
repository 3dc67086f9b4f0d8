"""`dateline serve` and `dateline report`: the page, alive or as one file."""

from __future__ import annotations

import secrets
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.asking import THE_LEDGER, LedgerFile, guarded, opened, told, with_filters
from dateline.cli.base import app, destination, user

PORT = 8321


class Tab(StrEnum):
    """What a report opens with."""

    map = "map"
    timeline = "timeline"
    control = "control"
    commitments = "commitments"
    statements = "statements"


Served = Annotated[
    Path | None,
    typer.Argument(metavar="[LEDGER]", help="The ledger; by default the one that --ledger names.", dir_okay=False),
]


@app.command()
def serve(
    file: Served = None,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Address to listen on; any other than this machine's own requires a token."),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Port to listen on; 0 takes any free one.")
    ] = PORT,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Token that visitors must present; made up if --host requires one and none is given."
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another host name under which the server is reached; may be repeated."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by", metavar="NAME", envvar="DATELINE_USER", help="Who makes the corrections; by default your user name."
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Open the page in your browser: what happened, where, when and who says so, with the original words one click away.

    You can add to the ledger meanwhile; the page follows. It is reachable from this machine only. With another --host visitors need
    a token, which is printed at the start; traffic is not encrypted, so put a proxy with TLS in front of it on a network that is not
    yours.

    [bold]Examples[/bold]

    [cyan]dateline serve war.db[/cyan]

    [cyan]dateline serve --port 0 --no-open[/cyan]   any free port; prints the address

    [cyan]dateline serve war.db --host 0.0.0.0[/cyan]   for the network, with a token
    """
    from dateline.server.page import is_built
    from dateline.server.running import ServerError, prepare, taken
    from dateline.server.running import serve as run
    from dateline.server.settings import Settings, is_loopback

    path = file or ledger
    if token is None and not is_loopback(host):
        token = secrets.token_urlsafe(18)
    if token is not None and len(token) < 8:
        raise typer.BadParameter("use at least 8 characters, or leave it out to have one made up", param_hint="--token")
    settings = Settings(path, host, port, token, tuple(allow_host or ()), by or user())
    try:
        at = taken(settings)
    except ServerError as error:
        raise told(str(error)) from error
    with guarded(path), at:
        service = prepare(settings, _progress)
        shown = Settings(path, host, at.getsockname()[1]).address
        address = f"{shown}/?token={token}" if token else f"{shown}/"
        if not is_built(settings.page):
            print("The page is not built: make page builds it. The API answers all the same.", file=sys.stderr)
        if not service.writable:
            print(f"{path} can only be read: nothing can be corrected.", file=sys.stderr)
        print(f"{path} is served at {address}  (Ctrl-C stops)", flush=True)
        run(service, at, address if open_page else None)


@app.command()
@with_filters("since", "until", "actor", "type", "status", "country", "outlet", "text", "min_confidence")
def report(
    asked: dict[str, Any],
    file: Annotated[Path, typer.Argument(metavar="FILE.html", help="Where to write it.", dir_okay=False)],
    tab: Annotated[Tab, typer.Option(help="The view to open with.")] = Tab.map,
    view: Annotated[
        str | None,
        typer.Option(metavar="URL", help="A view of the page, copied from the browser, instead of filters and --tab."),
    ] = None,
    top: Annotated[
        int, typer.Option(metavar="N", min=1, max=500, help="How many incidents to include in full, highest ranked first.")
    ] = 100,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Write a view as one HTML file to send to somebody: it opens in any browser, without a server, and looks the same.

    It holds whatever matches the filters, with the articles and their words. Without filters it also holds control, commitments and
    statements. It is read-only and loads nothing from the network.

    [bold]Examples[/bold]

    [cyan]dateline report war.html --type ASSAULT --since 2031-03[/cyan]

    [cyan]dateline report war.html --view "http://127.0.0.1:8321/timeline?place=Pell"[/cyan]
    """
    from urllib.parse import urlencode

    from dateline.server.problems import NotFound
    from dateline.server.reporting import report as made
    from dateline.server.running import prepare
    from dateline.server.settings import Settings

    if view is not None and (asked or tab is not Tab.map):
        raise typer.BadParameter("give a view, or filters and a tab", param_hint="--view")
    names = {"text": "q", "min_confidence": "confidence"}
    query = urlencode({names.get(name, name): value for name, value in asked.items()}, doseq=True)
    path = "/" if tab is Tab.map else f"/{tab}"
    with opened(ledger):  # what is wrong with ledger or filters is told as everywhere
        service = prepare(Settings(ledger), _progress)
        try:
            page = made(service, view or f"{path}?{query}", top)
        except NotFound as error:
            raise told(str(error)) from error
        finally:
            service.close()
        with destination(file) as out:
            out.write(page)
    size = len(page.encode()) / 2**20
    print(f"{file}: {size:.1f} MiB; open it in any browser")


def _progress(done: int, of: int) -> None:
    if of >= 200 and (done % 200 == 0 or done == of):
        print(
            f"\rmerging what is new: {done:,} of {of:,} articles",
            end="\n" if done == of else "",
            file=sys.stderr,
            flush=True,
        )
