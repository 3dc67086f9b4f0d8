"""Where events were, with the coders' own triggers, actors and statuses, so that nothing but the place is measured.

    python -m benchmarks.placing [--errors]

Prints the scorer's country and place-name accuracy on the dev and on the held-out articles; `--errors` lists those of the dev
articles.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out, scorer
from dateline.find.places import PlaceNameStage
from dateline.find.quotations import QuotationStage
from dateline.gazetteer.cache import gazetteer
from dateline.language import Document, LanguageStage
from dateline.model import Act, Actor
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.places import PlaceStage
from dateline.resolve.placing import Placing, bundled_weights
from dateline.rules.loader import load_one


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


def measure(articles: Sequence[Coded], weights: Mapping[str, float], tally: Counter[str], errors: list[str]) -> None:
    """Place every coded event and count as the scorer does."""
    same_name = scorer().same_name
    for article in articles:
        placing = Placing(article.document, article.facts, weights)
        for event, act in article.acts():
            location, evidence = placing.where(act, cast(event["actors"]), cast(event["recipients"]), event["status"])
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
    """Measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true", help="list the errors in the dev articles")
    args = ap.parse_args()
    articles = read()
    dev = [a for a in articles if not held_out(a.raw["id"])]
    apart = [a for a in articles if held_out(a.raw["id"])]
    errors: list[str] = []
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    measure(dev, bundled_weights(), tallies["dev"], errors)
    measure(apart, bundled_weights(), tallies["held out"], [])
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


if __name__ == "__main__":
    main()
