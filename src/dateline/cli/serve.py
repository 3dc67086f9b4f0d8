"""`dateline serve` and `dateline report`: the page, alive or as one file."""

from __future__ import annotations

import getpass
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.asking import THE_LEDGER, LedgerFile, guarded, told
from dateline.cli.base import app

PORT = 8321
Served = Annotated[
    Path | None, typer.Argument(metavar="[LEDGER]", help="The ledger; else what --ledger says.", dir_okay=False)
]


@app.command()
def serve(
    file: Served = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; any but this machine's own asks for a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65535, help="Which port; 0 takes any that is free.")
    ] = PORT,
    token: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="What visitors must give; made up where --host needs one and none is given."),
    ] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Another name by which the server is called; may be repeated.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="NAME", envvar="DATELINE_USER", help="Who corrections are made by; your user name."),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in the browser.")] = True,
    ledger: LedgerFile = THE_LEDGER,
) -> None:
    """Open the page: what happened, where, when, who says so, and the words themselves one click away.

    The ledger can be added to meanwhile; the page follows. It listens to this machine alone. With another --host visitors need the
    token, which is printed once; traffic is not encrypted, so put a proxy with TLS before it where the network is not yours.

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
        raise typer.BadParameter("at least 8 characters, or leave it out and have one made up", param_hint="--token")
    settings = Settings(path, host, port, token, tuple(allow_host or ()), by or getpass.getuser())
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


def _progress(done: int, of: int) -> None:
    if of >= 200 and (done % 200 == 0 or done == of):
        print(
            f"\rmerging what is new: {done:,} of {of:,} articles",
            end="\n" if done == of else "",
            file=sys.stderr,
            flush=True,
        )
