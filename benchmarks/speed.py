"""How fast Dateline reads: words a second on one core, the share of each stage, memory and start-up.

    python -m benchmarks.speed [--articles N] [--runs N]

The text is Wikinews of 2019 and 2020. The floor is the bare spaCy pipeline, with parser and names, over the same text in the same run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date
from importlib import import_module
from itertools import islice
from statistics import median

import spacy
from spacy.language import Language

from benchmarks.gold import data_folder
from dateline.language.parsers import PACKAGED_MODEL
from dateline.model import Article
from dateline.reader import Reader
from dateline.reading import Facts, run_stage


def wikinews(most: int | None = None) -> list[Article]:
    """The articles of the Wikinews file, all or the first of them."""
    with gzip.open(data_folder() / "news" / "wikinews_2019_2020.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in islice(file, most)]
    return [
        Article(id=r["url"], text=r["text"], title=r["title"], published=date.fromisoformat(r["published"])) for r in rows
    ]


def timed_reading(reader: Reader, texts: list[Article]) -> tuple[float, dict[str, float]]:
    """(seconds in all, seconds of each stage) of reading the articles one by one."""
    stages: dict[str, float] = defaultdict(float)
    begun = time.perf_counter()
    for article in texts:
        facts = Facts()
        for stage in reader.stages:
            before = time.perf_counter()
            run_stage(stage, article, facts)
            stages[stage.name] += time.perf_counter() - before
    return time.perf_counter() - begun, stages


def timed_parser(nlp: Language, texts: list[Article]) -> float:
    """Seconds that the bare pipeline takes over the same texts."""
    begun = time.perf_counter()
    for _ in nlp.pipe(article.text for article in texts):
        pass
    return time.perf_counter() - begun


def start_up() -> float:
    """Seconds of `dateline --help` in a fresh process."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "dateline", "--help"], check=True, capture_output=True)
    return time.perf_counter() - begun


def main() -> int:
    """Print the figures; exit code 1 where the articles are not there."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100)
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()
    if not data_folder().is_dir():
        print(f"no data in {data_folder()}: nothing is measured", file=sys.stderr)
        return 1
    texts = wikinews(options.articles)
    words = sum(len(article.text.split()) for article in texts)
    begun = time.perf_counter()
    reader = Reader()
    made = time.perf_counter() - begun
    timed_reading(reader, texts[:5])  # warm caches
    runs = [timed_reading(reader, texts) for _ in range(options.runs)]
    seconds = median(run[0] for run in runs)
    stages: dict[str, float] = defaultdict(float)
    for _, parts in runs:
        for name, spent in parts.items():
            stages[name] += spent
    nlp = spacy.load(import_module(PACKAGED_MODEL).model_path())
    bare = median(timed_parser(nlp, texts) for _ in range(options.runs))
    print(f"{len(texts)} articles, {words} words; median of {options.runs} runs on one core")
    print(f"read end to end: {words / seconds:,.0f} words/s ({seconds / bare:.2f} times the time of the bare pipeline)")
    print(f"bare pipeline:   {words / bare:,.0f} words/s")
    for name, spent in sorted(stages.items(), key=lambda part: -part[1]):
        print(f"  {name:14s} {spent / sum(stages.values()):6.1%}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"making a reader: {made:.2f} s; `dateline --help`: {start_up():.2f} s; peak memory {peak:,.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
