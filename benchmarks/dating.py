"""How well acts are dated when the acts themselves are given: the coded events as oracle, judged as the scorer judges dates.

    python -m benchmarks.dating [--errors] [--write] [--all]

What the clause of an act does not date is weighed with what the other articles teach: those that rules are written on are read in
folds, the held-out ones with what the former teach. `--write` stores the weights learnt from the former, with `--all` from every
coded article; the file holds names of clues and numbers, no text. `--errors` lists the errors in the former.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out
from benchmarks.train import SMALL, Example, Model
from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.find.weighing import BIAS, Weigher
from dateline.language import Document, LanguageStage
from dateline.model import Act, Days, Publication
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.dating import WEIGHTS, Dating
from dateline.rules.loader import bundled

FOLDS = 8
THRESHOLD = 0.27
"""The probability from which an act is dated. It lies below one half because an act left undated is wrong wherever a coder dated it,
while a wrong date is wrong only once: with half of the dates right, dating pays from about a quarter on."""


@dataclass(frozen=True, slots=True)
class Told:
    """A coded article with its facts up to the calendar, and the acts that its events stand for, in the order of the text."""

    coded: dict[str, Any]
    facts: Facts
    events: list[tuple[dict[str, Any], Act]]

    @property
    def document(self) -> Document:
        return self.facts.one(Document)


def told() -> list[Told]:
    """Every coded article, read up to its calendar."""
    stages: list[Stage] = [QuotationStage(), LanguageStage(KeptParser()), TimeStage(), CalendarStage()]
    found = []
    for coded in coded_articles():
        facts, article = Facts(), as_article(coded)
        for stage in stages:
            run_stage(stage, article, facts)
        found.append(Told(coded, facts, oracle_acts(facts.one(Document), coded)))
    return found


def oracle_acts(document: Document, coded: dict[str, Any]) -> list[tuple[dict[str, Any], Act]]:
    """The coded events as acts, in the order of the text; those whose trigger the parser does not have are left out."""
    found = []
    for event in sorted(coded["events"], key=lambda event: (event["start"], event["end"])):
        head = document.head_of(event["start"], event["end"]) or document.at(event["start"])
        if head is None:
            continue
        matched = tuple(token.i for token in document.within(event["start"], event["end"])) or (head.i,)
        act = Act(
            start=event["start"], end=event["end"], token=head.i, matched=matched, type=event["type"], mode=event["mode"],
            sense="oracle",
        )  # fmt: skip
        found.append((event, act))
    return found


def coded_days(when: dict[str, str] | None) -> Days | None:
    """The days of a coded event."""
    return None if when is None else Days(date.fromisoformat(when["start"]), date.fromisoformat(when["end"]))


def agree(gold: Days | None, read: Days | None) -> bool:
    """As the scorer has it: both undated, or overlapping by at least half of what they span together."""
    if gold is None or read is None:
        return gold is read
    common = (min(gold.last, read.last) - max(gold.first, read.first)).days + 1
    return common > 0 and 2 * common >= (max(gold.last, read.last) - min(gold.first, read.first)).days + 1


# -- learning ------------------------------------------------------------------------------------------------------------


def sample(articles: Sequence[Told]) -> list[Example]:
    """Every choice for every act that its own clause does not date; the acts before it have the days that coders gave them."""
    found: list[Example] = []
    question = 0
    for number, article in enumerate(articles):
        dating, earlier = Dating(article.document, article.facts, None), list[tuple[Act, Days]]()
        for event, act in article.events:
            gold, question = coded_days(event["when"]), question + 1
            for choice in dating.choices(act, event["status"], earlier):
                found.append(Example(number, choice.clues, question, 0 if agree(gold, choice.days) else None))
            if gold is not None:
                earlier.append((act, gold))
    return found


def learn(articles: Sequence[Told]) -> dict[str, float]:
    """The weights learnt from these articles."""
    model = Model(sample(articles))
    weights = {clue: round(float(model.weights[k]), 3) for clue, k in model.index.items() if abs(model.weights[k]) >= SMALL}
    return {**weights, BIAS: round(float(model.weights[0]), 3)}


def crossed(articles: Sequence[Told]) -> list[tuple[Told, Weigher]]:
    """Every article with a weigher learnt from the other folds."""
    pairs = []
    for fold in range(FOLDS):
        weigher = Weigher(learn([a for k, a in enumerate(articles) if k % FOLDS != fold]), THRESHOLD)
        pairs += [(a, weigher) for k, a in enumerate(articles) if k % FOLDS == fold]
    return pairs


# -- judging -------------------------------------------------------------------------------------------------------------


def judged(
    article: Told, weigher: Weigher | None
) -> Iterator[tuple[dict[str, Any], Days | None, Days | None, date | None, str]]:
    """Every coded event with its days, the days and the deadline read, and why."""
    dating, earlier = Dating(article.document, article.facts, weigher), list[tuple[Act, Days]]()
    for event, act in article.events:
        days, evidence = dating.when(act, event["status"], earlier)
        deadline, _ = dating.deadline(act, event["status"])
        if days is not None:
            earlier.append((act, days))
        yield event, coded_days(event["when"]), days, deadline, evidence.why if evidence else ""


def count(article: Told, weigher: Weigher | None, n: Counter[str], errors: bool = False) -> None:
    """Add an article's figures to `n`; with `errors`, print what is wrong."""
    coded = article.coded
    if coded["published_basis"] == "inferred":
        day = article.facts.one(Publication).day
        n["inferred"] += 1
        n["inferred right"] += day is not None and abs((day - date.fromisoformat(coded["published"])).days) <= 3
    for event, gold, read, deadline, why in judged(article, weigher):
        if gold or read:
            n["dated"] += 1
            n["right"] += agree(gold, read)
            n["spurious"] += gold is None
            n["missed"] += read is None
        n["deadline coded"] += bool(event["deadline"])
        n["deadline read"] += deadline is not None
        n["deadline right"] += deadline is not None and event["deadline"] == deadline.isoformat()
        if errors and not agree(gold, read):
            kind = "spurious" if gold is None else "missed" if read is None else "wrong"
            at = max(event["start"] - 100, 0)
            words = coded["text"][at : event["start"]] + "«" + coded["text"][event["start"] : event["end"]] + "»"
            words += coded["text"][event["end"] : event["end"] + 80]
            print(kind, coded["id"][3:18], event["type"], event["status"], _span(gold), "read", _span(read), f"[{why}]")
            print("     ", " ".join(words.split()))


def _span(days: Days | None) -> str:
    return "-" if days is None else str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


def show(name: str, n: Counter[str]) -> None:
    """Print the figures of a group of articles."""
    f1 = 2 * n["deadline right"] / max(n["deadline coded"] + n["deadline read"], 1)
    print(
        f"{name}: dates {n['right'] / max(n['dated'], 1):.3f} ({n['right']}/{n['dated']}; {n['spurious']} spurious, "
        f"{n['missed']} missed), deadlines F1 {f1:.3f} ({n['deadline right']}/{n['deadline coded']} coded, "
        f"{n['deadline read']} read), publication {n['inferred right']}/{n['inferred']}"
    )


def main() -> None:
    """Learn, judge, print; with --write, store the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    articles = told()
    apart = [a for a in articles if held_out(a.coded["id"])]
    written_on = [a for a in articles if not held_out(a.coded["id"])]
    pairs = crossed(written_on)
    alone, folded, out = Counter[str](), Counter[str](), Counter[str]()
    for article, weigher in pairs:
        count(article, None, alone)
        count(article, weigher, folded, options.errors)
    weights = learn(written_on)
    weigher = Weigher(weights, THRESHOLD)
    for article in apart:
        count(article, weigher, out)
    show("written on, by syntax alone", alone)
    show("written on, weighed in folds", folded)
    show("held out, weighed", out)
    if options.write:
        stored = learn(articles) if options.all else weights
        path = bundled(WEIGHTS)
        path.write_text(
            json.dumps({"date": {"threshold": THRESHOLD, "weights": stored}}, indent=0, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        print(f"wrote {len(stored)} weights to {path}")


if __name__ == "__main__":
    main()
