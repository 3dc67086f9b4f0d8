"""Accuracy on the coded articles: read them, score the readings, print the figures of the dev and the held-out articles apart.

    python -m benchmarks.accuracy [--errors N] [--type TYPE] [--only ID] [--rules] [--gate] [--write]

Every article is read with weights learnt from other articles: the held-out ones with what the dev articles teach, the dev ones in
folds, the invented ones of `examples/coded` with what the gold and the rest of them teach. `--rules` reads without weights.
`--errors` lists missed and spurious events of the dev articles only. `--gate` fails where a figure is below its floor in
`floors.json`; `--write` stores the figures in `accuracy.md` and raises the floors, and refuses to lower one unless `--lower` is
given. The scorer is the project's contract (`score.py` beside the coded articles).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import placing
from benchmarks.dating import told, weigher_from
from benchmarks.gold import OWN, ROOT, TIMES, KeptParser, as_article, coded_articles, gold_folder, held_out, scorer
from benchmarks.train import examples, weighers_from
from dateline.find.weighing import Weigher
from dateline.output.contract import as_json
from dateline.reader import Reader

FLOORS = Path(__file__).with_name("floors.json")
REPORT = Path(__file__).with_name("accuracy.md")
DEV_FOLDS = 4
OWN_FOLDS = 3
SLACK = 0.002  # below a floor by so little is rounding
Figures = dict[str, Any]


def folds(articles: list[dict[str, Any]]) -> list[tuple[set[int], set[int]]]:
    """(learnt from, read) article numbers: the held-out articles from all dev ones, the dev ones in folds."""
    apart = {k for k, a in enumerate(articles) if held_out(a["id"])}
    dev = [k for k in range(len(articles)) if k not in apart]
    pairs = [(set(dev) - set(dev[fold::DEV_FOLDS]), set(dev[fold::DEV_FOLDS])) for fold in range(DEV_FOLDS)]
    return [(set(dev), apart), *pairs]


def read_all(articles: list[dict[str, Any]], score: ModuleType, rules_alone: bool) -> dict[str, dict[str, Any]]:
    """The readings of coded articles, as the output contract prints them, by id."""
    if rules_alone:
        return _read(articles, set(range(len(articles))), {})
    own = coded_articles(OWN)
    found, dated, placed = examples(score, articles, own), told([*articles, *own]), placing.read([*articles, *own])
    readings: dict[str, dict[str, Any]] = {}

    def read(learnt_from: set[int], beside: set[int], chosen: set[int]) -> None:
        weighers = weighers_from(found, learnt_from | beside)
        weighers["date"] = weigher_from([dated[k] for k in sorted(learnt_from)], [dated[k] for k in sorted(beside)])
        weighers["place"] = placing.weigher_from([placed[k] for k in [*sorted(learnt_from) * TIMES, *sorted(beside)]])
        readings.update(_read([*articles, *own], chosen, weighers))

    invented = set(range(len(articles), len(articles) + len(own)))
    for learnt_from, apart in folds(articles):
        read(learnt_from, invented, apart)
    for fold in range(OWN_FOLDS):
        apart = set(sorted(invented)[fold::OWN_FOLDS])
        read(set(range(len(articles))), invented - apart, apart)
    return readings


def _read(articles: list[dict[str, Any]], chosen: set[int], weighers: Mapping[str, Weigher]) -> dict[str, dict[str, Any]]:
    reader = Reader(parser=KeptParser(), weighers=weighers)
    return {articles[k]["id"]: dict(as_json(reader.read(as_article(articles[k])))) for k in sorted(chosen)}


def figures(score: ModuleType, articles: list[dict[str, Any]], readings: dict[str, dict[str, Any]]) -> Figures:
    """The scorer's rows for these articles."""
    n, _ = score.score(articles, readings)
    return dict(score.report(n))


def show(value: Any) -> str:
    """One figure as printed: F1 with precision and recall, or a rate."""
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return f"{value[0]:.3f} (p {value[1]:.2f} r {value[2]:.2f})"
    return f"{value:.3f}"


def floors_of(tables: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """The figures that are pinned: the F1 or rate of every row of every group."""
    return {
        name: {row: round(v[0] if isinstance(v, tuple) else v, 3) for row, v in table.items() if v is not None}
        for name, table in tables.items()
    }


def below(tables: Mapping[str, Figures]) -> list[str]:
    """What fell below its floor, a line each."""
    pinned = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    now = floors_of(tables)
    return [
        f"{name}, {row}: {now.get(name, {}).get(row, 0.0):.3f} is below its floor of {floor:.3f}"
        for name, rows in pinned.items()
        for row, floor in rows.items()
        if now.get(name, {}).get(row, 0.0) < floor - SLACK
    ]


def write(tables: Mapping[str, Figures]) -> None:
    """Store the figures with the commit that they were measured on, and pin them."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    names = list(tables)
    lines = [
        "# Accuracy on the coded articles",
        "",
        f"Measured by `make eval` on top of commit {commit}. Every article is read with weights learnt from other articles. F1 with",
        "precision and recall, or a share of right answers; the fields are judged on events whose type was right.",
        "",
        "| | " + " | ".join(names) + " |",
        "| --- |" + " --- |" * len(names),
        *(f"| {row} | " + " | ".join(show(tables[name][row]) for name in names) + " |" for row in tables[names[0]]),
    ]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    FLOORS.write_text(json.dumps(floors_of(tables), indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Print the table. Exit code 1 where there are no coded articles or, with --gate or --write, a figure fell below its floor."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--errors", type=int, default=0, metavar="N", help="list N missed and N spurious dev events")
    arguments.add_argument("--type", help="list only errors of this event type")
    arguments.add_argument("--only", metavar="ID", help="read this dev article alone, by rules")
    arguments.add_argument("--rules", action="store_true", help="read without learnt weights")
    arguments.add_argument("--gate", action="store_true", help="fail where a figure is below its floor")
    arguments.add_argument("--write", action="store_true", help="store the figures and raise the floors")
    arguments.add_argument("--lower", action="store_true", help="let --write lower floors")
    options = arguments.parse_args()
    articles = coded_articles()
    if options.only:
        articles = [a for a in articles if a["id"] == options.only and not held_out(a["id"])]
    if not articles:
        print(f"no coded articles in {gold_folder()}; name their folder in DATELINE_GOLD", file=sys.stderr)
        return 1
    score = scorer()
    readings = read_all(articles, score, options.rules or bool(options.only))
    groups = {
        "dev": [a for a in articles if not held_out(a["id"])],
        "held out": [a for a in articles if held_out(a["id"])],
        "all": articles,
        "seed": [a for a in articles if a["id"].startswith("seed")],
        "invented": [] if options.rules or options.only else coded_articles(OWN),
    }
    tables = {name: figures(score, group, readings) for name, group in groups.items() if group}
    print(f"{'':28s}" + "".join(f"{name:>26s}" for name in tables))
    for row in next(iter(tables.values())):
        print(f"{row:28s}" + "".join(f"{show(table[row]):>26s}" for table in tables.values()))
    _, errors = score.score(groups["dev"], readings)
    for kind in ("missed", "spurious"):
        chosen = [e for e in errors if e[0] == kind and options.type in (None, e[2])]
        for error in chosen[: options.errors]:
            print(f"{error[0]:9s} {error[1][:30]:30s} {error[2]:10s} {error[3]!r}: … {error[4]} …")
    fallen = below(tables) if options.gate or options.write else []
    print("\n".join(fallen), file=sys.stderr)
    if options.write and (options.lower or not fallen):
        write(tables)
        return 0
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
