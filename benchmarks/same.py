"""Whether two versions of Dateline read the same: every coded article and all of Wikinews, or some of it, compared to the byte.

    python -m benchmarks.same --write FILE      with the version before a change
    python -m benchmarks.same --against FILE    with the version after it; exit code 1 where a reading differs

`--kept` reads with the parses kept on disk, which is quicker; leave it out where the change touches the parse. `--articles N` reads the
first N of Wikinews.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles
from benchmarks.speed import wikinews
from dateline.model import Article
from dateline.output.json import lines
from dateline.reader import Reader


def everything(most: int | None = None) -> list[Article]:
    """The articles that are compared, of Wikinews all or the first of them."""
    return [*(as_article(coded) for coded in coded_articles()), *wikinews(most)]


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """Where two JSON values differ, as "path: before -> after"."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key), after.get(key), f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{number}]")
    elif before != after:
        yield f"{path.lstrip('.')}: {str(before)[:300]} -> {str(after)[:300]}"


def main() -> int:
    """Write the readings, or compare them with those written before."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = arguments.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", type=Path, metavar="FILE")
    what.add_argument("--against", type=Path, metavar="FILE")
    arguments.add_argument("--kept", action="store_true")
    arguments.add_argument("--articles", type=int, metavar="N")
    options = arguments.parse_args()
    reader = Reader(parser=KeptParser()) if options.kept else Reader()
    readings = lines(reader.read(article) for article in everything(options.articles))
    if options.write is not None:
        options.write.write_text("".join(readings), encoding="utf-8")
        return 0
    before = options.against.read_text(encoding="utf-8").splitlines(keepends=True)
    differing = 0
    for number, (old, new) in enumerate(zip(before, readings, strict=True), 1):
        if old != new:
            differing += 1
            found = list(differences(json.loads(old), json.loads(new)))
            print(f"{number} {json.loads(old)['id']}: {len(found)} differences", *found[:5], sep="\n  ")
    print(f"{len(before) - differing} of {len(before)} readings are the same to the byte")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
