"""Where events were, with the coders' own triggers, actors and statuses, so that nothing but the place is measured.

    python -m benchmarks.placing [--errors] [--write] [--all] [--further FOLDER ...] [--judge FOLDER ...]

Prints the scorer's country and place-name accuracy with the weights of `places/placing.toml` alone, and corrected by what other
articles teach: the dev articles in folds, the held-out ones with what the dev articles teach. `--write` stores the corrections learnt
from the dev articles, with `--all` from every coded article; the file holds names of features and numbers, no text. `--errors` lists
the errors in the dev articles. The articles of `--further` folders (in the form of the gold; by default the invented ones of
`examples/coded`) are learnt from as well, and judged in folds as the dev articles are; those of a `--judge` folder are judged only.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.choosing import Asked, corrections
from benchmarks.gold import OWN, TIMES, KeptParser, as_article, coded_articles, held_out, scorer
from dateline.find.acts import ActStage
from dateline.find.weighing import Weigher
from dateline.language import Document
from dateline.model import Act, Actor, Location
from dateline.reader import Reader
from dateline.reading import Facts, run_stage
from dateline.resolve.events import EventStage
from dateline.resolve.place_witnesses import PlaceWitnesses
from dateline.resolve.placing import WEIGHTS, Placing, bundled_weights
from dateline.rules.loader import bundled

FOLDS = 8
PENALTY = 8.0
"""Of the squared corrections, halved; found by folds."""
THRESHOLD = 0.3
"""How much "nowhere" counts against a place that is as likely. A wrong place counts once, and so does a place left out wherever a coder
gave one, but an act that both leave without one does not count at all."""


@dataclass
class Coded:
    """A coded article, read as far as its places and actors."""

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


def read(coded: Sequence[dict[str, Any]]) -> list[Coded]:
    """Coded articles, read as far as their places and actors."""
    stages = [
        stage for stage in Reader(parser=KeptParser(), weighers={}).stages if not isinstance(stage, ActStage | EventStage)
    ]
    found = []
    for raw in coded:
        facts = Facts()
        for stage in stages:
            run_stage(stage, as_article(raw), facts)
        article = Coded(raw, facts.one(Document), facts)
        facts.add(act for _, act in article.acts())
        found.append(article)
    return found


def same_name(one: str, other: str) -> bool:
    """Whether the scorer takes two names for one."""
    return bool(_scorer().same_name(one, other))


@cache
def _scorer() -> ModuleType:
    return scorer()


def cast(records: Sequence[Mapping[str, Any]]) -> list[Actor]:
    """Coded actors as ours."""
    return [Actor(record["name"], record["country"], record["sector"]) for record in records]


# -- learning ------------------------------------------------------------------------------------------------------------


def asked(articles: Sequence[Coded]) -> list[Asked]:
    """Every coded event as a question; acts told before have the place that the weights of the lexicon alone would give them."""
    weights = bundled_weights()
    found = []
    for article in articles:
        witnesses = PlaceWitnesses(article.document, article.facts)
        for event, act in article.acts():
            actors, recipients = cast(event["actors"]), cast(event["recipients"])
            options = witnesses.options(act, actors, recipients, event["status"])
            points = [_points(event["where"], option.location) for option in options]
            found.append(
                Asked([frozenset(o.features) for o in options], [p == max(points) and p > 0 for p in points]),
            )
            best = max(options, key=lambda option: sum(weights.get(f, 0.0) for f in option.features))
            witnesses.decided(act, best.location, actors, recipients)
    return found


def _points(gold: Mapping[str, Any] | None, location: Location | None) -> int:
    """How much of a coder's place a location has right: its country, its name, that there is none."""
    if gold is None or location is None:
        return 2 * (gold is None and location is None)
    return int(location.country == gold["country"]) + int(same_name(gold["name"], location.name))


def weigher_from(articles: Sequence[Coded]) -> Weigher:
    """A weigher of places learnt from these articles."""
    return Weigher(corrections(asked(articles), bundled_weights(), PENALTY), THRESHOLD)


# -- judging -------------------------------------------------------------------------------------------------------------


def measure(article: Coded, weigher: Weigher | None, tally: Counter[str], errors: list[str]) -> None:
    """Place every coded event and count as the scorer does."""
    placing = Placing(article.document, article.facts, weigher)
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
            errors.append(f"{article.raw['id'][:24]} {event['type']}/{event['status']} {coded} <- {ours} [{why}] {around}")


def show(name: str, n: Counter[str]) -> None:
    """Print the figures of a group of articles."""
    print(
        f"{name:24s} country {n['countries right'] / max(n['countries'], 1):.3f} of {n['countries']}"
        f"   place name {n['places right'] / max(n['places'], 1):.3f} of {n['places']}"
    )


def main() -> None:
    """Learn, judge, print; with --write, store the corrections."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--errors", action="store_true", help="list the errors in the dev articles and the further ones")
    ap.add_argument("--write", action="store_true", help="store what was learnt")
    ap.add_argument("--all", action="store_true", help="store what all articles teach, not the dev articles alone")
    ap.add_argument("--further", type=folder, nargs="*", default=[OWN], metavar="FOLDER", help="learn from its articles too")
    ap.add_argument(
        "--judge", type=folder, nargs="+", default=[], metavar="FOLDER", help="judge its articles, learn nothing"
    )
    args = ap.parse_args()
    articles = read(coded_articles())
    dev = [a for a in articles if not held_out(a.raw["id"])]
    apart = [a for a in articles if held_out(a.raw["id"])]
    further = {path: read(coded_articles(path)) for path in args.further}
    extra = [a for group in further.values() for a in group]
    learnt = weigher_from([*dev * TIMES, *extra])
    errors: list[str] = []
    of_type = Counter[str]()
    for name, group in (("dev", dev), *((path.name, found) for path, found in further.items())):
        alone, folded = Counter[str](), Counter[str]()
        times = TIMES if group is dev else 1
        others = [a for a in (*dev * TIMES, *extra) if not any(a is b for b in group)]
        for fold in range(FOLDS):
            weigher = weigher_from([*others, *[a for k, a in enumerate(group) if k % FOLDS != fold] * times])
            for article in group[fold::FOLDS]:
                measure(article, None, alone, [])
                measure(article, weigher, folded, errors)
        show(f"{name}, lexicon alone", alone)
        show(f"{name}, corrected in folds", folded)
        of_type += folded
    for name, group in (("held out", apart), *((path.name, read(coded_articles(path))) for path in args.judge)):
        alone, corrected = Counter[str](), Counter[str]()
        for article in group:
            measure(article, None, alone, [])
            measure(article, learnt, corrected, [])
        show(f"{name}, lexicon alone", alone)
        show(f"{name}, corrected", corrected)
    if args.errors:
        for kind in sorted({k.split()[0] for k in of_type if k.endswith(" all")}):
            print(f"{kind:10s} {of_type[f'{kind} right']} of {of_type[f'{kind} all']}")
        print("\n".join(sorted(errors)))
    if args.write:
        stored = corrections(asked([*(articles if args.all else dev) * TIMES, *extra]), bundled_weights(), PENALTY)
        record = {"place": {"threshold": THRESHOLD, "weights": stored}}
        bundled(WEIGHTS).write_text(json.dumps(record, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {len(stored)} weights to {bundled(WEIGHTS)}")


def folder(text: str) -> Path:
    """A folder named on the command line that holds coded articles."""
    path = Path(text)
    if not any(path.glob("*.json")):
        raise argparse.ArgumentTypeError(
            f"{text} holds no coded articles (*.json); name a folder of them, in the form of the gold"
        )
    return path


if __name__ == "__main__":
    main()
