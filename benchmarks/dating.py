"""How well acts are dated when the acts themselves are given: the coded events as oracle, judged as the scorer judges dates.

    python -m benchmarks.dating [--errors] [--write] [--all] [--further FOLDER...]

What the clause of an act does not date is weighed with what the other articles teach: those that rules are written on are read in
folds, the held-out ones with what the former teach; and, for a steadier figure of what all of them teach, every article in folds of
all. `--write` stores the weights learnt from those that rules are written on, with `--all` from every coded article; the file holds
names of clues and numbers, no text. `--errors` lists the errors in the former. The articles of `--further` folders (in the form of the
gold; by default the invented ones of `examples/coded`) are learnt from as well, one of the gold counting as much as several of them, and
judged in folds of their own.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.gold import OWN, TIMES, KeptParser, as_article, coded_articles, held_out
from benchmarks.learning import RARE, SMALL
from benchmarks.placing import folder
from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.find.weighing import Weigher
from dateline.language import Document, LanguageStage
from dateline.model import Act, Actor, Days, Publication
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.date_choices import Question
from dateline.resolve.date_stretches import agree as share_half
from dateline.resolve.dating import WEIGHTS, Dating
from dateline.rules.loader import bundled

FOLDS = 8
THRESHOLD = 0.6
"""How likely a date must be, set against leaving the act undated, to be taken. It is the share of right dates hoped for: what is
dated wrongly counts once, and so does what is left undated wherever a coder dated it, but an act that both leave undated does not
count at all; so a date pays from where its chance exceeds that share of the chance that there is none."""
PENALTY = 3.0  # of the squared weights, halved
STEPS, SLOW_FROM, RATE = 300, 200, 0.1
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """A coded article with its facts up to the calendar, and the acts that its events stand for, in the order of the text."""

    coded: dict[str, Any]
    facts: Facts
    events: list[tuple[dict[str, Any], Act]]

    @property
    def document(self) -> Document:
        return self.facts.one(Document)


def told(articles: Sequence[dict[str, Any]]) -> list[Told]:
    """Coded articles, read up to their calendar."""
    stages: list[Stage] = [QuotationStage(), LanguageStage(KeptParser()), TimeStage(), CalendarStage()]
    found = []
    for coded in articles:
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


def _dating(article: Told, weigher: Weigher | None = None) -> Dating:
    """What dates the acts of an article, told who does them by the coder."""
    dating = Dating(article.document, article.facts, weigher)
    for event, act in article.events:
        actors, recipients = (
            [Actor(a["name"], a["country"], a["sector"]) for a in event[role]] for role in ("actors", "recipients")
        )
        dating.cast(act, actors, recipients)
    return dating


def coded_days(when: dict[str, str] | None) -> Days | None:
    """The days of a coded event."""
    return None if when is None else Days(date.fromisoformat(when["start"]), date.fromisoformat(when["end"]))


def agree(gold: Days | None, read: Days | None) -> bool:
    """As the scorer has it: both undated, or overlapping by at least half of what they span together."""
    if gold is None or read is None:
        return gold is read
    return share_half(gold, read)


# -- learning ------------------------------------------------------------------------------------------------------------


def asked(articles: Sequence[Told]) -> list[tuple[Question, Days | None]]:
    """Every act that its own clause does not date, with the coder's days; the acts before it have the days that coders gave them."""
    found = []
    for article in articles:
        dating, earlier = _dating(article), list[tuple[Act, Days | None]]()
        acts = [act for _, act in article.events]
        for number, (event, act) in enumerate(article.events, 1):
            gold = coded_days(event["when"])
            if not dating.told(act, event["status"], earlier):
                found.append((dating.question(act, event["status"], earlier, acts[number:]), gold))
            earlier.append((act, gold))
    return found


def learn(articles: Sequence[Told], beside: Sequence[Told] = ()) -> dict[str, float]:
    """The weights learnt from these articles: conditional logit (McFadden 1974) over the choices of each act and leaving it undated.

    Where several choices agree with the coder, their chances are added. Acts whose coded days no choice gives teach nothing. Those
    `beside` teach as well, `TIMES` of them as much as one of the others.
    """
    options, right, question = list[tuple[str, ...]](), list[bool](), list[int]()
    questions = asked(articles)
    own = len(questions)
    for number, (asked_of, gold) in enumerate([*questions, *asked(beside)]):
        agreeing = [gold is None, *(gold is not None and agree(gold, choice.days) for choice in asked_of.choices)]
        if any(agreeing):
            options += [asked_of.undated, *(choice.clues for choice in asked_of.choices)]
            right += agreeing
            question += [number] * len(agreeing)
    seen = Counter(clue for clues in options for clue in clues)
    index = {clue: k for k, clue in enumerate(sorted(clue for clue, n in seen.items() if n >= RARE))}
    pairs = [(row, index[clue]) for row, clues in enumerate(options) for clue in clues if clue in index]
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    numbers = np.array(question, dtype=np.int64)
    _, groups = np.unique(numbers, return_inverse=True)
    shares = np.where(numbers < own, 1.0, 1.0 / TIMES)
    weights = _fitted(rows, columns, groups, np.array(right, dtype=np.float64), shares, len(index))
    return {clue: round(float(weights[k]), 3) for clue, k in index.items() if abs(weights[k]) >= SMALL}


def _fitted(rows: Ints, columns: Ints, groups: Ints, right: Floats, shares: Floats, size: int) -> Floats:
    """The weights under which the right rows are likeliest within their groups, by gradient descent (Adam); `shares` say how much each
    row counts."""
    weights, mean, spread = np.zeros(size), np.zeros(size), np.zeros(size)
    count = len(groups)
    for step in range(1, STEPS + 1):
        total = np.bincount(rows, weights=weights[columns], minlength=count)
        odds = np.exp(np.clip(total, -30, 30))
        chance = odds / np.bincount(groups, weights=odds)[groups]
        hoped = odds * right / np.bincount(groups, weights=odds * right)[groups]
        gradient = np.bincount(columns, weights=(shares * (chance - hoped))[rows], minlength=size) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        rate = RATE if step < SLOW_FROM else RATE / 5
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def weigher_from(articles: Sequence[Told], beside: Sequence[Told] = ()) -> Weigher:
    """A weigher of dates learnt from these articles, and a little from those beside."""
    return Weigher(learn(articles, beside), THRESHOLD)


def crossed(articles: Sequence[Told], beside: Sequence[Told]) -> list[tuple[Told, Weigher]]:
    """Every article with a weigher learnt from the other folds, and from those `beside`."""
    pairs = []
    for fold in range(FOLDS):
        weigher = weigher_from([a for k, a in enumerate(articles) if k % FOLDS != fold], beside)
        pairs += [(a, weigher) for a in articles[fold::FOLDS]]
    return pairs


def crossed_beside(articles: Sequence[Told], beside: Sequence[Told]) -> list[tuple[Told, Weigher]]:
    """Every article of those `beside` with a weigher learnt from the other folds of them, and from the articles."""
    pairs = []
    for fold in range(FOLDS):
        weigher = weigher_from(articles, [a for k, a in enumerate(beside) if k % FOLDS != fold])
        pairs += [(a, weigher) for a in beside[fold::FOLDS]]
    return pairs


# -- judging -------------------------------------------------------------------------------------------------------------


def judged(
    article: Told, weigher: Weigher | None
) -> Iterator[tuple[dict[str, Any], Days | None, Days | None, date | None, str]]:
    """Every coded event with its days, the days and the deadline read, and why."""
    dating, earlier = _dating(article, weigher), list[tuple[Act, Days | None]]()
    acts = [act for _, act in article.events]
    for number, (event, act) in enumerate(article.events, 1):
        days, evidence = dating.when(act, event["status"], earlier, acts[number:])
        deadline, _ = dating.deadline(act, event["status"])
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
    parser.add_argument("--further", type=folder, nargs="*", default=[OWN], metavar="FOLDER")
    options = parser.parse_args()
    articles = told(coded_articles())
    further = told([article for place in options.further for article in coded_articles(place)])
    apart = [a for a in articles if held_out(a.coded["id"])]
    written_on = [a for a in articles if not held_out(a.coded["id"])]
    pairs = crossed(written_on, further)
    alone, folded, out = Counter[str](), Counter[str](), Counter[str]()
    for article, weigher in pairs:
        count(article, None, alone)
        count(article, weigher, folded, options.errors)
    weights = learn(written_on, further)
    weigher = Weigher(weights, THRESHOLD)
    for article in apart:
        count(article, weigher, out)
    show("written on, by syntax alone", alone)
    show("written on, weighed in folds", folded)
    show("held out, weighed", out)
    of_all = Counter[str]()
    for article, other in crossed(articles, further):
        count(article, other, of_all)
    show("all, weighed in folds of all", of_all)
    if further:
        of_further = Counter[str]()
        for article, other in crossed_beside(articles, further):
            count(article, other, of_further)
        show("further articles, weighed in folds of them", of_further)
    if options.write:
        stored = learn(articles, further) if options.all else weights
        path = bundled(WEIGHTS)
        path.write_text(
            json.dumps({"date": {"threshold": THRESHOLD, "weights": stored}}, indent=0, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        print(f"wrote {len(stored)} weights to {path}")


if __name__ == "__main__":
    main()
