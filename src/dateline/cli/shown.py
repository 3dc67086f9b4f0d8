"""What `--help` prints, kept from one time to the next.

Putting help together takes Typer, Rich and the files of all commands, which take longer to load than a reader wants to wait. What is
shown is the same until the program changes, or the terminal that it is shown on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import Any

from dateline.appearing import appearing
from dateline.keeping import PACKAGE, cache_folder, state_of

FILE = "help.json"
MOST = 100
"""Texts that are kept; with one more, keeping starts anew."""
COUNTS = (
    "COLORTERM", "COLUMNS", "FORCE_COLOR", "GITHUB_ACTIONS", "LINES", "NO_COLOR", "PY_COLORS", "TERM", "TERMINAL_WIDTH",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "TYPER_USE_RICH", "_TYPER_FORCE_DISABLE_TERMINAL",
)  # fmt: skip
"""Variables on which it hangs what help looks like."""


def kept(words: Sequence[str]) -> str | None:
    """What these words showed the last time; None where they ask for more than help, or help is not kept."""
    key = _key(words)
    return None if key is None else _read().get(key)


@contextmanager
def showing(words: Sequence[str]) -> Iterator[None]:
    """Keep what is shown meanwhile, if the words ask for help and the program ends well."""
    key = _key(words)
    if key is None:
        yield
        return
    heard = _Heard(sys.stdout)
    sys.stdout = heard
    try:
        yield
    except SystemExit as end:
        if not end.code:
            _keep(key, "".join(heard.texts))
        raise
    finally:
        sys.stdout = heard.out


class _Heard:
    """A stream that remembers what is written to it."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.texts: list[str] = []

    def write(self, text: str) -> int:
        written: int = self.out.write(text)  # fails where it is given bytes, as it is to find out whether it takes them
        self.texts.append(text)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self.out, name)


def _key(words: Sequence[str]) -> str | None:
    """All that help hangs on, apart from the program; None where the words are not names of commands and then --help."""
    *commands, last = words or ("",)
    if last not in ("--help", "-h") or any(word.startswith("-") for word in commands) or "_DATELINE_COMPLETE" in os.environ:
        return None
    try:
        size = tuple(os.get_terminal_size(sys.stdout.fileno())) if sys.stdout.isatty() else None
        return repr((commands, size, sys.stdout.encoding, sys.argv[0], [os.environ.get(name) for name in COUNTS]))
    except (OSError, ValueError, AttributeError):
        return None


def _made_of() -> list[Any]:
    """What tells one state of the program from another: its files and those of what draws its help, by size and time."""
    specs = [find_spec(library) for library in ("typer", "rich")]
    return [sys.version, state_of(PACKAGE), *(os.stat(each.origin).st_mtime_ns for each in specs if each and each.origin)]


def _read() -> dict[str, str]:
    try:
        known = json.loads((cache_folder() / FILE).read_text(encoding="utf-8"))
        return dict(known["shown"]) if known["of"] == _made_of() else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _keep(key: str, text: str) -> None:
    shown = _read()
    if not text:
        return
    path = cache_folder() / FILE
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        known = {"of": _made_of(), "shown": {**(shown if len(shown) < MOST else {}), key: text}}
        with appearing(path) as partial:
            partial.write_text(json.dumps(known), encoding="utf-8")
