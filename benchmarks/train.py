"""Learn the weights by which candidate acts are judged, from the coded articles.

    python -m benchmarks.train [--dev-only] [--only NAME,...] [--write]

Prints what cross-validation over articles says of the rules alone and of the rules weighed, then learns from all coded articles
(`--dev-only`: from those that are not held out) and, with `--write`, stores the weights in the lexicon; with `--only` those of
these decisions, the others staying as they are. The file holds names of features and numbers; no text.
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

from benchmarks.gold import OWN, TIMES, KeptParser, as_article, coded_articles, held_out, scorer
from benchmarks.learning import Example, Examples, learn
from benchmarks.stories import QUIET_TOPICS, stories
from benchmarks.train_casting import Scene, learn_casting
from dateline.find.acts import ActStage
from dateline.find.weighing import WEIGHTS, Weigher
from dateline.language import Document
from dateline.model import Act
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.casting import ROLES
from dateline.resolve.events import EventStage
from dateline.rules.loader import bundled

ACTS = ("act", "doubtful")


@dataclass(frozen=True, slots=True)
class Found:
    """What the coded articles teach: about acts ("act", "doubtful"), and about who is cast in them."""

    score: ModuleType
    acts: dict[str, Examples]
    scenes: list[Scene]
    quiet_from: int
    """The number of the first story that tells of no political act."""


def examples(score: ModuleType, articles: Sequence[dict[str, Any]], beside: Sequence[dict[str, Any]] = ()) -> Found:
    """Candidate acts, actors and recipients of the coded articles, labelled by the scorer's own pairing.

    To these come those of coded articles `beside`, `TIMES` of which teach as much as one of the others, and the candidate acts of
    stories that tell of no political act, all of them wrong; their articles are numbered on.
    """
    reader = Reader(parser=KeptParser(), weighers={})
    act_at = next(k for k, stage in enumerate(reader.stages) if isinstance(stage, ActStage))
    act_stage = next(stage for stage in reader.stages if isinstance(stage, ActStage))
    event_stage = next(stage for stage in reader.stages if isinstance(stage, EventStage))
    found = {name: Examples() for name in ACTS}
    scenes = []
    for number, coded in enumerate([*articles, *beside]):
        share = 1.0 if number < len(articles) else 1.0 / TIMES
        article, facts = as_article(coded), Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        proposed = list(act_stage.candidates(article, facts))
        right = coder_agrees(score, coded, [act for act, _ in proposed])
        for k, (act, names) in enumerate(proposed):
            answer = 0 if k in right else None
            keep(found, act, Example(number, tuple(names), len(found["doubtful"].sample), answer, share))
        for name in ACTS if share == 1.0 else ():
            found[name].coded_in[number] += len(coded["events"])
        roles = event_stage.roles(facts.one(Document), facts)
        told = roles.tell(act for k, (act, _) in enumerate(proposed) if act.unmet is None or k in right)
        gold = {proposed[k][0]: coded_event for k, coded_event in right.items()}
        scenes.append(Scene(number, roles.looks(told), gold, share))
    quiet_from = len(articles) + len(beside)
    for number, article in enumerate(stories(QUIET_TOPICS), quiet_from):
        facts = Facts()
        for stage in reader.stages[:act_at]:
            run_stage(stage, article, facts)
        for act, names in act_stage.candidates(article, facts):
            keep(found, act, Example(number, tuple(names), len(found["doubtful"].sample), None))
    return Found(score, found, scenes, quiet_from)


def keep(found: dict[str, Examples], act: Act, example: Example) -> None:
    """File a candidate act. The doubtful are learnt beside the others, with whom they share all but what speaks against them."""
    if act.unmet is None:
        found["act"].sample.append(example)
    found["doubtful"].sample.append(example)


def coder_agrees(score: ModuleType, coded: dict[str, Any], acts: Sequence[Act]) -> dict[int, dict[str, Any]]:
    """The coder's event that each act gives, by the act's number, where the types agree: doubtful acts get what others leave."""
    right: dict[int, dict[str, Any]] = {}
    left = list(coded["events"])
    for doubtful in (False, True):
        records: list[dict[str, Any]] = [
            {"start": act.start, "end": act.end, "type": act.type, "actors": [], "recipients": [], "number": k}
            for k, act in enumerate(acts)
            if (act.unmet is not None) == doubtful
        ]
        pairs = score.pair(left, records, score.sentences(coded["text"]))
        right |= {p["number"]: g for g, p in pairs if g["type"] == p["type"]}
        paired = {id(g) for g, _ in pairs}
        left = [event for event in left if id(event) not in paired]
    return right


def weighers_from(found: Found, articles: set[int]) -> dict[str, Weigher]:
    """Weighers learnt from some of the articles (by number), for readings of the others."""
    learnt = learn_casting(found.score, found.scenes, articles)
    for name, all_examples in found.acts.items():
        sample = [
            example for example in all_examples.sample if example.article in articles or example.article >= found.quiet_from
        ]
        if sample:
            part = Examples(sample, Counter({a: n for a, n in all_examples.coded_in.items() if a in articles}))
            learnt[name] = learn(name, part)
    return {name: Weigher(part["weights"], part["threshold"]) for name, part in learnt.items()}


def main() -> int:
    """Cross-validate, learn, and with --write store the weights."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--dev-only", action="store_true")
    arguments.add_argument("--only", help="learn only these decisions, joined by commas: act, doubtful, actor, recipient")
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    articles = [a for a in coded_articles() if not (options.dev_only and held_out(a["id"]))]
    wanted = set(options.only.split(",")) if options.only else {*ACTS, *ROLES}
    found = examples(scorer(), articles, coded_articles(OWN))
    learnt = {name: learn(name, part, report=True) for name, part in found.acts.items() if part.sample and name in wanted}
    if wanted.intersection(ROLES):
        cast = learn_casting(found.score, found.scenes, report=True)
        learnt |= {role: cast[role] for role in ROLES if role in wanted}
    if options.write:
        path = bundled(WEIGHTS)
        learnt = json.loads(path.read_text(encoding="utf-8")) | learnt if path.is_file() else learnt
        path.write_text(json.dumps(learnt, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {path.stat().st_size} bytes to {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
