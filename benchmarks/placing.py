"""Where events were, with the coders' own triggers and actors: learn the weights, and measure them.

    python -m benchmarks.placing [--errors] [--write] [--all]

The coded events are the acts, so that nothing but the place is measured. Learns from the dev articles (`--all`: from every one),
prints the scorer's country and place-name accuracy on the dev articles (each read with weights learnt from the others) and on the
held-out ones, and with `--write` stores the weights in the lexicon. They hold names of features and numbers; no text.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out, scorer
from dateline.find.places import PlaceNameStage
from dateline.find.quotations import QuotationStage
from dateline.gazetteer.cache import gazetteer
from dateline.language import Document, LanguageStage
from dateline.model import Act, Actor, Location
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.place_witnesses import PlaceWitnesses
from dateline.resolve.places import PlaceStage
from dateline.resolve.placing import WEIGHTS, Placing
from dateline.rules.loader import bundled, load_one

FOLDS = 6
STEPS = 400
RATE = 0.05
PENALTY = 1.0
ROUNDS = 2
RARE = 3
SMALL = 0.03


@dataclass(frozen=True)
class Question:
    """One coded event: the features of each place it may have, and which of them are right."""

    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


@dataclass
class Coded:
    """A coded article, read as far as its places."""

    raw: dict[str, Any]
    document: Document
    facts: Facts

    def acts(self) -> list[tuple[dict[str, Any], Act]]:
        """The coded events as acts, in the order of the text."""
        found = []
        for event in sorted(self.raw["events"], key=lambda e: (e["start"], e["end"])):
            head = self.document.head_of(event["start"], event["end"]) or self.document.at(event["start"])
            if head is not None:
                act = Act(
                    start=event["start"], end=event["end"], token=head.i, matched=(head.i,), type=event["type"],
                    mode=event["mode"], sense="coded",
                )  # fmt: skip
                found.append((event, act))
        return found


def read() -> list[Coded]:
    """Every coded article, read as far as its places."""
    words = load_one("places/names.toml")
    stages: list[Stage] = [
        QuotationStage(), LanguageStage(KeptParser()), PlaceNameStage(gazetteer(), words), PlaceStage(gazetteer(), words),
    ]  # fmt: skip
    found = []
    for raw in coded_articles():
        facts = Facts()
        for stage in stages:
            run_stage(stage, as_article(raw), facts)
        article = Coded(raw, facts.one(Document), facts)
        facts.add(act for _, act in article.acts())
        found.append(article)
    return found


def cast(records: Sequence[Mapping[str, Any]]) -> list[Actor]:
    """Coded actors as ours."""
    return [Actor(record["name"], record["country"], record["sector"]) for record in records]


def questions(article: Coded, weights: Mapping[str, float] | None = None) -> list[Question]:
    """What there is to learn from one article; earlier acts are placed by these weights, without any as the coder has it."""
    same_name = scorer().same_name
    witnesses = PlaceWitnesses(article.document, article.facts)
    placing = Placing(article.document, article.facts, weights or {})
    asked = []
    for event, act in article.acts():
        options = witnesses.options(act, cast(event["actors"]), cast(event["recipients"]))
        gold = event["where"]
        if gold is None:
            right = [option.location is None for option in options]
        else:
            named = [o.location is not None and same_name(gold["name"], o.location.name) for o in options]
            country = [o.location is not None and o.location.country == gold["country"] for o in options]
            right = [a and b for a, b in zip(named, country, strict=True)]
            right = right if any(right) else named if any(named) else country
        chosen = next((o.location for o, r in zip(options, right, strict=True) if r), None)
        if gold is not None and chosen is None:
            chosen = Location(gold["name"], gold["country"])
        if weights is not None:
            chosen = max(options, key=placing.score).location
        witnesses.decided(act, chosen)
        if any(right) and not all(right):
            asked.append(Question(tuple(tuple(sorted(o.features)) for o in options), tuple(right)))
    return asked


def taught(articles: Sequence[Coded]) -> dict[str, float]:
    """Weights learnt from these articles, in rounds: what is learnt decides where earlier acts were in the next round, so that
    the weights learn to live with their own errors."""
    sample = [q for article in articles for q in questions(article)]
    for _ in range(ROUNDS):
        weights = learn(sample)
        sample += [q for article in articles for q in questions(article, weights)]
    return learn(sample)


def learn(sample: Sequence[Question]) -> dict[str, float]:
    """Weights that make the right places the likeliest ones of their questions (a conditional logit)."""
    seen = Counter(f for q in sample for option in q.options for f in option)
    index = {f: k for k, f in enumerate(sorted(f for f, n in seen.items() if n >= RARE))}
    rows: list[int] = []
    columns: list[int] = []
    starts: list[int] = []
    right: list[bool] = []
    for q in sample:
        starts.append(len(right))
        for option, good in zip(q.options, q.right, strict=True):
            known = [index[f] for f in option if f in index]
            rows += [len(right)] * len(known)
            columns += known
            right.append(good)
    r, c, begin, correct = np.array(rows), np.array(columns), np.array(starts), np.array(right)
    owner = np.repeat(np.arange(len(starts)), np.diff([*starts, len(right)]))
    weights = np.zeros(len(index))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        total = np.bincount(r, weights=weights[c], minlength=len(right))
        total -= np.maximum.reduceat(total, begin)[owner]
        likely = np.exp(total)
        p = likely / np.add.reduceat(likely, begin)[owner]
        within = np.where(correct, p, 0.0)
        target = within / np.maximum(np.add.reduceat(within, begin), 1e-12)[owner]
        gradient = np.bincount(c, weights=(p - target)[r], minlength=len(weights)) + PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(weights[k]), 2) for f, k in index.items() if abs(weights[k]) >= SMALL}


def measure(articles: Sequence[Coded], weights: Mapping[str, float], tally: Counter[str], errors: list[str]) -> None:
    """Place every coded event and count as the scorer does."""
    same_name = scorer().same_name
    for article in articles:
        placing = Placing(article.document, article.facts, weights)
        for event, act in article.acts():
            location, evidence = placing.where(act, cast(event["actors"]), cast(event["recipients"]))
            gold = event["where"]
            told, read_as = gold["country"] if gold else None, location.country if location else None
            country_right = told == read_as
            if told or read_as:
                tally["countries"] += 1
                tally["countries right"] += country_right
            name_right = gold is None
            if gold is not None:
                name_right = location is not None and same_name(gold["name"], location.name)
                tally["places"] += 1
                tally["places right"] += name_right
            tally[f"{event['type']} right"] += country_right and name_right
            tally[f"{event['type']} all"] += 1
            if not (country_right and name_right):
                text = article.raw["text"]
                around = f"{text[max(0, act.start - 120) : act.start]!r}<<{text[act.start : act.end]}>>{text[act.end : act.end + 90]!r}"
                coded = f"{gold['name']}:{gold['country']}" if gold else "-"
                ours = f"{location.name}:{location.country}" if location else "-"
                why = evidence.why if evidence is not None else ""
                errors.append(
                    f"{article.raw['id'][:24]} {event['type']}/{event['status']} {coded} <- {ours} [{why}] {around}"
                )


def main() -> None:
    """Learn, measure, print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true", help="list the errors in the dev articles")
    ap.add_argument("--write", action="store_true", help="store the weights in the lexicon")
    ap.add_argument("--all", action="store_true", help="store weights learnt from the held-out articles too")
    args = ap.parse_args()
    articles = read()
    dev = [a for a in articles if not held_out(a.raw["id"])]
    apart = [a for a in articles if held_out(a.raw["id"])]
    errors: list[str] = []
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        inside = [a for k, a in enumerate(dev) if k % FOLDS != fold]
        measure(dev[fold::FOLDS], taught(inside), tallies["dev"], errors)
    weights = taught(dev)
    measure(apart, weights, tallies["held out"], [])
    for name, n in tallies.items():
        if n["places"]:
            print(
                f"{name:9s} country {n['countries right'] / n['countries']:.3f} of {n['countries']}"
                f"   place name {n['places right'] / n['places']:.3f} of {n['places']}"
            )
    if args.errors:
        n = tallies["dev"]
        for kind in sorted({k.split()[0] for k in n if k.endswith(" all")}):
            print(f"{kind:10s} {n[f'{kind} right']} of {n[f'{kind} all']}")
        print("\n".join(sorted(errors)))
    if args.write:
        stored = taught(articles) if args.all else weights
        bundled("places", WEIGHTS).write_text(json.dumps(stored, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
