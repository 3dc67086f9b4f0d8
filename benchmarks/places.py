"""What the gazetteer costs: making its cache, looking up all names of an article, the memory that it adds to a process.

    python -m benchmarks.places

Prints each figure beside its bar and ends with 1 where one is missed. The articles are the coded ones, or, where there are none, the
examples of the repository. The cache is made in a folder of its own, with nothing there before; where others keep the machine busy, the
seconds of processor that it took tell more than those of the clock, and are held to the bar.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import ROOT, KeptParser, as_article, coded_articles
from dateline.find.places import PlaceNameStage
from dateline.find.quotations import QuotationStage
from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Entry, Store
from dateline.language import LanguageStage
from dateline.model import Article, PlaceName
from dateline.reading import Facts, Stage, run_stage
from dateline.rules.loader import load_one

BUILT_IN_S = 60.0
LOOKED_UP_IN_MS = 2.0
ADDED_MB = 200.0
BUILDING = "from dateline.gazetteer.cache import ensure; ensure()"
OPENING = """
import json, sys
from pathlib import Path
from dateline.gazetteer.cache import gazetteer

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

names = json.load(sys.stdin)
before = resident()
places = gazetteer()
for article in names:
    places.find(article)
print(resident() - before)
"""


class Recording(Store):
    """A store that notes every key it is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(paths)
        self.asked: list[str] = []

    def find(self, keys: Iterable[str]) -> Mapping[str, tuple[Entry, ...]]:
        asked = list(keys)
        self.asked += asked
        return super().find(asked)


@dataclass(frozen=True)
class Looked:
    """What is looked up for an article: the names found in it, and every stretch of words that might have been one."""

    names: list[str]
    stretches: list[str]


def looked_up(articles: Sequence[Article]) -> list[Looked]:
    """What the stage that finds names looks up for each article."""
    words, parser = load_one("places/names.toml"), KeptParser()
    found = []
    for article in articles:
        store, facts = Recording(gazetteer().paths), Facts()
        stages: list[Stage] = [QuotationStage(), LanguageStage(parser), PlaceNameStage(store, words)]
        for stage in stages:
            run_stage(stage, article, facts)
        found.append(Looked([key(name.text) for name in facts.of(PlaceName)], store.asked))
        store.close()
    return found


def seconds_to_build() -> tuple[float, float]:
    """Seconds by the clock and of processor that a first run takes to make the cache, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        started, before = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-c", BUILDING], env={**os.environ, "DATELINE_CACHE": folder}, check=True)
        after = os.times()
        processor = after.children_user + after.children_system - before.children_user - before.children_system
        return time.perf_counter() - started, processor


def milliseconds_to_look_up(asked: Sequence[Sequence[str]]) -> list[float]:
    """Milliseconds of processor for the keys of each article, asked of a store that was never asked before."""
    paths = gazetteer().paths
    Store(paths).find(["kabul"])  # what the system has to fetch from disk first is not the store's
    taken = []
    for keys in asked:
        store = Store(paths)
        started = time.process_time()
        store.find(keys)
        taken.append(1000 * (time.process_time() - started))
        store.close()
    return taken


def megabytes_added(names: Sequence[Sequence[str]]) -> float | None:
    """Resident memory that the gazetteer adds to a process that has looked up the names of all articles; None where it is not told."""
    if not os.path.exists("/proc/self/statm"):
        return None
    asked = subprocess.run(
        [sys.executable, "-c", OPENING], input=json.dumps(names), capture_output=True, text=True, check=True
    )
    return float(asked.stdout)


def main() -> int:
    """Measure and print."""
    articles = [as_article(coded) for coded in coded_articles()] or [
        Article(path.stem, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "examples").glob("*.txt"))
    ]
    found = looked_up(articles)
    names, stretches = [looked.names for looked in found], [looked.stretches for looked in found]
    (clock, processor), added = seconds_to_build(), megabytes_added(stretches)
    taken, all_taken = milliseconds_to_look_up(names), milliseconds_to_look_up(stretches)
    middle = statistics.median(taken)
    print(f"cache made in                  {processor:8.1f} s     (bar: {BUILT_IN_S:.0f} s; {clock:.1f} s by the clock)")
    print(f"all names of an article        {middle:8.2f} ms    (bar: {LOOKED_UP_IN_MS:.0f} ms; {_mean(names):.0f} names)")
    print(
        f"all that might be names in it  {statistics.median(all_taken):8.2f} ms    ({_mean(stretches):.0f} stretches of words)"
    )
    if added is not None:
        print(f"resident memory added          {added:8.1f} MB    (bar: {ADDED_MB:.0f} MB; {len(articles)} articles)")
    return int(processor > BUILT_IN_S or middle > LOOKED_UP_IN_MS or (added or 0.0) > ADDED_MB)


def _mean(asked: Sequence[Sequence[str]]) -> float:
    return statistics.mean(map(len, asked))


if __name__ == "__main__":
    sys.exit(main())
