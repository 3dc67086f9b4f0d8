"""Learn the weights by which candidate acts are judged, from the coded articles.

    python -m benchmarks.train [--dev-only] [--write]

Prints what cross-validation over articles says of the rules alone and of the rules weighed, then learns from all coded articles
(`--dev-only`: from those that are not held out) and, with `--write`, stores the weights in the lexicon. The file holds names of
features and numbers; no text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out, scorer
from benchmarks.learning import Example, Examples, learn
from benchmarks.stories import QUIET_TOPICS, stories
from benchmarks.train_casting import Scene, learn_casting
from dateline.find.acts import ActStage
from dateline.find.weighing import WEIGHTS, Weigher
from dateline.language import Document
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.events import EventStage
from dateline.rules.loader import bundled


@dataclass(frozen=True, slots=True)
class Found:
    """What the coded articles teach: about acts, and about who is cast in them."""

    score: ModuleType
    acts: Examples
    scenes: list[Scene]


def examples(score: ModuleType, articles: Sequence[dict[str, Any]]) -> Found:
    """Candidate acts, actors and recipients of the coded articles, labelled by the scorer's own pairing.

    To these come the candidate acts of stories that tell of no political act, all of them wrong; their articles are numbered on.
    """
    reader = Reader(parser=KeptParser(), weighers={})
    act_at = next(k for k, stage in enumerate(reader.stages) if isinstance(stage, ActStage))
    act_stage = next(stage for stage in reader.stages if isinstance(stage, ActStage))
    event_stage = next(stage for stage in reader.stages if isinstance(stage, EventStage))
    acts, scenes = Examples(), []
    for number, coded in enumerate(articles):
        article, facts = as_article(coded), Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        proposed = list(act_stage.candidates(article, facts))
        records: list[dict[str, Any]] = [
            {"start": act.start, "end": act.end, "type": act.type, "actors": [], "recipients": [], "number": k}
            for k, (act, _) in enumerate(proposed)
        ]
        pairs = score.pair(coded["events"], records, score.sentences(coded["text"]))
        right = {p["number"]: g for g, p in pairs if g["type"] == p["type"]}
        acts.coded_in[number] += len(coded["events"])
        acts.sample += [
            Example(number, tuple(names), len(acts.sample) + k, 0 if k in right else None)
            for k, (_, names) in enumerate(proposed)
        ]
        roles = event_stage.roles(facts.one(Document), facts)
        gold = {proposed[k][0]: coded_event for k, coded_event in right.items()}
        scenes.append(Scene(number, roles.looks(roles.tell(act for act, _ in proposed)), gold))
    for number, article in enumerate(stories(QUIET_TOPICS), len(articles)):
        facts = Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        for _, names in act_stage.candidates(article, facts):
            acts.sample.append(Example(number, tuple(names), len(acts.sample), None))
    return Found(score, acts, scenes)


def weighers_from(found: Found, articles: set[int]) -> dict[str, Weigher]:
    """Weighers learnt from some of the articles (by number), for readings of the others."""
    quiet_from = 1 + max(found.acts.coded_in)
    sample = [example for example in found.acts.sample if example.article in articles or example.article >= quiet_from]
    coded_in = Counter({a: n for a, n in found.acts.coded_in.items() if a in articles})
    learnt = {"act": learn(Examples(sample, coded_in)), **learn_casting(found.score, found.scenes, articles)}
    return {name: Weigher(part["weights"], part["threshold"]) for name, part in learnt.items()}


def main() -> int:
    """Cross-validate, learn, and with --write store the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dev-only", action="store_true")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    articles = [a for a in coded_articles() if not (options.dev_only and held_out(a["id"]))]
    found = examples(scorer(), articles)
    learnt = {"act": learn(found.acts, "act"), **learn_casting(found.score, found.scenes, report=True)}
    if options.write:
        path = bundled(WEIGHTS)
        path.write_text(json.dumps(learnt, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {path.stat().st_size} bytes to {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
