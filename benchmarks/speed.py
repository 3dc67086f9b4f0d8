"""How fast Dateline reads: words a second on a core, the share of each stage, memory, start-up, several workers.

    python -m benchmarks.speed [--articles N] [--runs N] [--workers N] [--json FILE]

The text is Wikinews of 2019 and 2020, from raw text to reading. The floor is the bare spaCy pipeline, as `spacy.load` gives it, over
the same articles, in turns with the reading: as one stream in spaCy's own batches, one article after the other as Dateline reads them,
and in small batches, which suit the caches of a processor best. Beside the time on the clock stands the processor's time, which other
work on the machine troubles less. Memory is told where the system has /proc.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from importlib import import_module
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import spacy
from spacy.language import Language

from benchmarks.gold import data_folder
from dateline.language.parsers import PACKAGED_MODEL
from dateline.model import Article
from dateline.reader import Reader
from dateline.reading import Facts, run_stage

SMALL = 8
"""Articles of a small batch."""
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "withdrawal.txt"


class Timed(NamedTuple):
    """Seconds on the clock and of the processor."""

    wall: float
    cpu: float


def wikinews(most: int | None = None) -> list[Article]:
    """The articles of the Wikinews file, all or the first of them."""
    with gzip.open(data_folder() / "news" / "wikinews_2019_2020.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, most)]
    return [
        Article(id=r["url"], text=r["text"], title=r["title"], published=date.fromisoformat(r["published"])) for r in rows
    ]


def timed(work: Callable[[], object]) -> Timed:
    """How long something takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Timed(time.perf_counter() - wall, time.process_time() - cpu)


def read_all(reader: Reader, texts: list[Article]) -> None:
    """Read the articles one after the other, as a ledger does."""
    for article in texts:
        reader.read(article)


def parse_all(nlp: Language, texts: list[Article], batch: int | None = None) -> None:
    """Send the articles through the bare pipeline, in batches of so many (None: as spaCy has it)."""
    for _ in nlp.pipe((article.text for article in texts), batch_size=batch):
        pass


def stage_seconds(reader: Reader, texts: list[Article]) -> dict[str, float]:
    """The processor's seconds in each stage."""
    stages: dict[str, float] = defaultdict(float)
    for article in texts:
        facts = Facts()
        for stage in reader.stages:
            before = time.process_time()
            run_stage(stage, article, facts)
            stages[stage.name] += time.process_time() - before
    return stages


def start_up(*arguments: str, cache: str | None = None) -> Timed:
    """A command in a fresh process, with the bytecode of its modules on disk, as pip leaves it; another cache folder if wanted."""
    command = [sys.executable, "-m", "dateline", *arguments]
    told = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told |= {"DATELINE_CACHE": cache} if cache else {}
    before, wall = os.times(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=told)
    after, wall = os.times(), time.perf_counter() - wall
    return Timed(wall, after.children_user + after.children_system - before.children_user - before.children_system)


def start_ups(runs: int) -> dict[str, float]:
    """Seconds that commands take from a cold start, by the clock and of the processor."""
    start_up("--help"), start_up("read", str(EXAMPLE))  # bytecode, and what is kept from one run to the next
    with tempfile.TemporaryDirectory() as empty:
        found = {"dateline --help for the first time": [start_up("--help", cache=empty)]}
    found["dateline --help"] = [start_up("--help") for _ in range(runs)]
    found["dateline read of one article"] = [start_up("read", str(EXAMPLE)) for _ in range(runs)]
    return {
        f"{name}, {unit}": median(figure)
        for name, each in found.items()
        for unit, figure in (("s", [one.wall for one in each]), ("processor s", [one.cpu for one in each]))
    }


def memory() -> dict[str, float]:
    """Of this process, in MB: `peak`, `own` (shared with nobody) and `share` (its share of all it uses)."""
    found = {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    rollup = Path("/proc/self/smaps_rollup")
    if rollup.is_file():
        sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in rollup.read_text().splitlines()[1:]}
        high = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
        found["peak"] = int(high.split()[1]) / 1024  # the other one begins with what the process that started this one had
        found |= {"own": sizes["Private_Clean"] + sizes["Private_Dirty"], "share": sizes["Pss"]}
    return found


def work_beside(texts: list[Article]) -> None:
    """Be one of several workers: make a reader, wait for a line, read, tell the seconds, wait, tell the memory."""
    reader = Reader()
    read_all(reader, texts[:5])
    print("ready", flush=True)
    sys.stdin.readline()
    print(timed(lambda: read_all(reader, texts)).wall, flush=True)
    sys.stdin.readline()
    print(json.dumps(memory()), flush=True)


def side_by_side(workers: int, articles: int) -> tuple[float, list[dict[str, float]]]:
    """(seconds until all workers have read the articles, each all of them; the memory of each)."""
    command = [sys.executable, "-m", "benchmarks.speed", "--worker", "--articles", str(articles)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(workers)]

    def ask(word: str | None) -> list[str]:
        for process in started:
            assert process.stdin is not None
            if word is not None:
                print(word, file=process.stdin, flush=True)
        return [process.stdout.readline() for process in started if process.stdout is not None]

    ask(None)
    seconds = max(map(float, ask("read")))
    told = [json.loads(line) for line in ask("memory")]
    for process in started:
        process.communicate()
    return seconds, told


def measured(articles: int, runs: int, workers: int) -> dict[str, Any]:
    """All figures."""
    texts = wikinews(articles)
    words = sum(len(article.text.split()) for article in texts)
    begun = time.perf_counter()
    reader = Reader()
    made = time.perf_counter() - begun
    nlp = spacy.load(import_module(PACKAGED_MODEL).model_path())
    read_all(reader, texts[:5])  # warm caches
    parse_all(nlp, texts[:5])
    batches = (None, 1, SMALL)
    turns = [
        (timed(lambda: read_all(reader, texts)), [timed(lambda size=size: parse_all(nlp, texts, size)) for size in batches])  # type: ignore[misc]
        for _ in range(runs)
    ]
    stages = stage_seconds(reader, texts)
    alone, first = side_by_side(1, articles)
    together, each = side_by_side(workers, articles)
    return {
        "articles": len(texts),
        "words": words,
        "runs": runs,
        "words a second": words / median(read.wall for read, _ in turns),
        "words a processor second": words / median(read.cpu for read, _ in turns),
        "bare words a second": words / median(bare[0].wall for _, bare in turns),
        "bare words a processor second": words / median(bare[0].cpu for _, bare in turns),
        "times the bare pipeline's speed": median(bare[0].wall / read.wall for read, bare in turns),
        "the same in processor time": median(bare[0].cpu / read.cpu for read, bare in turns),
        "the same against one article after the other": median(bare[1].cpu / read.cpu for read, bare in turns),
        f"the same against batches of {SMALL}": median(bare[2].cpu / read.cpu for read, bare in turns),
        "stages": {name: spent / sum(stages.values()) for name, spent in sorted(stages.items(), key=lambda s: -s[1])},
        "making a reader, s": made,
        **start_ups(runs),
        "memory of one worker, MB": first[0],
        "memory of each of several workers, MB": each,
        "workers": workers,
        "speed of several workers against one": workers * alone / together,
    }


def main() -> int:
    """Print the figures; exit code 1 where the articles are not there."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    arguments.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if not data_folder().is_dir():
        print(f"no data in {data_folder()}: nothing is measured", file=sys.stderr)
        return 1
    if options.worker:
        work_beside(wikinews(options.articles))
        return 0
    figures = measured(options.articles, options.runs, options.workers)
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for name, value in figures.items():
        if name == "stages":
            print("processor time of each stage")
            for stage, share in value.items():
                print(f"  {stage:<46}{share:>12.1%}")
        elif isinstance(value, list | dict):
            for told in value if isinstance(value, list) else [value]:
                print(f"{name:<48}", ", ".join(f"{part} {size:,.0f}" for part, size in told.items()))
        else:
            print(f"{name:<48}{value:>12,.2f}" if isinstance(value, float) and value < 100 else f"{name:<48}{value:>12,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
