"""Atheris over readers and rule files, led by what they have not run yet: `python -m tests.sweep.fuzz -max_total_time=600`."""

from __future__ import annotations

import logging
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dateline"]):
    from dateline.rules.loader import LexiconError, load_file
    from dateline.sources import Unreadable, html, outcomes
    from dateline.sources.found import SetAside

from tests.sweep.making import FILES, PAGES, RULES


def main() -> None:
    """Fuzz until something breaks or time is up; the first byte of an input says what reads the rest."""
    logging.disable()  # warnings about odd input would drown what is found
    folder = Path(tempfile.mkdtemp(prefix="dateline-fuzz-"))
    names = sorted(FILES)
    corpus = folder / "corpus"
    corpus.mkdir()
    kinds = [*names, "page", "rules"]
    seeds = {**FILES, "page": PAGES[0].encode(), "rules": RULES.encode()}
    for number, kind in enumerate(kinds):
        (corpus / str(number)).write_bytes(bytes([number]) + seeds[kind])

    def one(data: bytes) -> None:
        if not data:
            return
        kind, rest = kinds[data[0] % len(kinds)], data[1:]
        if kind == "page":
            with suppress(Unreadable, SetAside):
                html.page(rest, "page")
            return
        path = folder / (f"{kind}.toml" if kind == "rules" else kind)
        path.write_bytes(rest)
        if kind == "rules":
            with suppress(LexiconError):
                load_file(path)
            return
        for _ in outcomes([path]):
            pass

    atheris.Setup([*sys.argv, str(corpus)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
