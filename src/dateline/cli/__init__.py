"""The command line. Thin: options in, what the rest of the house does, results out. Heavy imports wait until they are needed.

Each family of commands has a file of its own.
"""

from __future__ import annotations

import sys
from importlib import import_module

from dateline.cli.base import Exit, app

__all__ = ["Exit", "app", "main"]

FAMILIES = (
    "demo", "init", "reading", "intake", "batch", "upkeep", "lexicon", "ask", "incidents", "correct", "export", "gazetteer",
    "serve",
)  # fmt: skip
"""The files that put commands on the program, in the order in which `dateline --help` names them."""

for family in FAMILIES:
    import_module(f"dateline.cli.{family}")


def main() -> None:
    """The `dateline` command."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
