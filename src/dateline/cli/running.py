"""How a long run goes on: a line that renews itself where a person watches, one now and then where it goes to a file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from dateline.cli.logs import report, watched

SAID_EVERY = 30.0
"""Seconds between two lines where nobody watches."""


@contextmanager
def running_line() -> Iterator[Callable[[str], None]]:
    """A running line on standard error where a person watches it, a line now and then where it goes to a file."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    said = time.monotonic()
    line = "starting"

    def say(now_so: str) -> None:
        nonlocal line, said
        line = now_so
        if not watched() and time.monotonic() - said > SAID_EVERY:
            report(line)
            said = time.monotonic()

    if not watched():
        yield say
        return
    with Live(get_renderable=lambda: Text(line, "dim"), console=Console(stderr=True), refresh_per_second=4, transient=True):
        yield say


def span(seconds: float) -> str:
    """A span of time in words."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min" if minutes else f"{rest} s"
