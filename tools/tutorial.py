"""The tutorial, run: every command of `docs/tutorial.md` in its order, and the page with what each of them printed.

In a `console` block, a line that starts with `$ ` is a command and what follows it is what it printed; `…` says that more came. A command
may name an incident by an id that stands in what was printed before; an id that stands nowhere is replaced by the first that does.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner

from dateline.cli import app
from dateline.gazetteer.cache import base_file, ensure

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
INCIDENT = re.compile(r"\bi[0-9a-f]{16}\b")
SHOWN = 16  # lines of what a command printed; more are left out
WIDTH = 118  # letters of a line; what a table for programs prints beyond is cut


def told_anew(page: str, folder: Path) -> str:
    """The tutorial with what its commands print now; they are run in `folder`, which must hold `examples`.

    Raises:
        RuntimeError: a command failed; with what it said.
    """
    printed: list[str] = []
    with _inside(folder):

        def block(found: re.Match[str]) -> str:
            lines = [line for command in _commands(found[1]) for line in _told(command, printed)]
            return "\n".join(["```console", *lines, "```"])

        return BLOCK.sub(block, page)


def _commands(block: str) -> Iterator[str]:
    yield from (line[2:] for line in block.splitlines() if line.startswith("$ "))


def _told(command: str, printed: list[str]) -> Iterator[str]:
    before = "\n".join(printed)
    for named in INCIDENT.findall(command):
        if named not in before and (known := INCIDENT.search(before)):
            command = command.replace(named, known[0])
    words = shlex.split(command)
    done = CliRunner().invoke(
        app, words[1:], prog_name="dateline", env={"COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb"}
    )
    if words[0] != "dateline" or done.exit_code:
        raise RuntimeError(f"{command}: {done.output}")
    lines = [line.rstrip() for line in done.stdout.strip("\n").splitlines()]
    printed += lines
    lines = [line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…" for line in lines]
    yield f"$ {command}"
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield "…"


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder with a gazetteer of its own, and come back."""
    ensure()
    common, outside, cache = base_file(), Path.cwd(), os.environ.get("DATELINE_CACHE")
    os.environ["DATELINE_CACHE"] = str(folder / "places")
    base_file().parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(common, base_file())  # compiling it takes half a minute
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(outside)
        os.environ.pop("DATELINE_CACHE")
        if cache is not None:
            os.environ["DATELINE_CACHE"] = cache
