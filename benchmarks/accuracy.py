"""Accuracy on the coded articles: read them, score the readings, print the figures of the dev and the held-out articles apart.

    python -m benchmarks.accuracy [--errors N] [--type TYPE] [--only ID]

`--errors` lists missed and spurious events of the dev articles only. The scorer is the project's contract (`score.py` beside the
coded articles).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from types import ModuleType
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles, gold_folder, held_out
from dateline.model import Reading
from dateline.reader import Reader


def reading_to_dict(reading: Reading) -> dict[str, Any]:
    """The keys of a reading that the scorer looks at."""

    def who(a: Any) -> dict[str, Any]:
        return {"name": a.name, "country": a.country, "sector": a.sector}

    def span(d: Any) -> dict[str, str] | None:
        return {"start": d.first.isoformat(), "end": d.last.isoformat()} if d else None

    return {
        "id": reading.article.id,
        "published": reading.publication.day.isoformat() if reading.publication.day else None,
        "events": [
            {
                "start": e.start, "end": e.end, "type": e.type, "mode": e.mode, "status": e.status,
                "actors": [who(a) for a in e.actors], "recipients": [who(a) for a in e.recipients],
                "when": span(e.when), "where": {"name": e.where.name, "country": e.where.country} if e.where else None,
                "said_by": list(e.said_by), "deadline": e.deadline.isoformat() if e.deadline else None,
                "quantities": [{"what": q.what, "low": q.low, "high": q.high} for q in e.quantities],
                "control": {k: getattr(e.control, k) for k in ("gained_by", "lost_by", "place", "unit", "count")}
                if e.control else None, "sense": e.sense,
            }
            for e in reading.events
        ],
        "statements": [
            {"start": s.start, "end": s.end, "direct": s.direct, "speaker": who(s.speaker)} for s in reading.statements
        ],
    }  # fmt: skip


def scorer() -> ModuleType:
    """The contract's scorer, loaded from `contract/score.py` beside the folder of coded articles."""
    path = gold_folder().parent / "contract" / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_all(articles: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The readings of coded articles, as the output contract prints them, by id."""
    reader = Reader(parser=KeptParser())
    return {coded["id"]: reading_to_dict(reader.read(as_article(coded))) for coded in articles}


def figures(score: ModuleType, articles: list[dict[str, Any]], readings: dict[str, dict[str, Any]]) -> dict[str, Any]:
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


def main() -> int:
    """Print the table; exit code 0, or 1 where there are no coded articles."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--errors", type=int, default=0, metavar="N")
    arguments.add_argument("--type")
    arguments.add_argument("--only")
    options = arguments.parse_args()
    articles = coded_articles()
    if not articles:
        print(f"no coded articles in {gold_folder()}; name their folder in DATELINE_GOLD", file=sys.stderr)
        return 1
    if options.only:
        articles = [a for a in articles if a["id"] == options.only and not held_out(a["id"])]
    readings = read_all(articles)
    score = scorer()
    groups = {
        "dev": [a for a in articles if not held_out(a["id"])],
        "held out": [a for a in articles if held_out(a["id"])],
        "all": articles,
        "seed": [a for a in articles if a["id"].startswith("seed")],
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
    return 0


if __name__ == "__main__":
    sys.exit(main())
