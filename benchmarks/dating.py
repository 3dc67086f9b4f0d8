"""How well acts are dated when the acts themselves are given: the coded events as oracle, judged as the scorer judges dates.

    python -m benchmarks.dating [--errors]

Printed for the articles that rules are written on and for those held out; errors only for the former.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from benchmarks.gold import KeptParser, as_article, coded_articles, held_out
from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.language import Document, LanguageStage
from dateline.model import Act, Days, Publication
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.dating import Dating


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


def readings(coded: dict[str, Any], stages: list[Stage]) -> tuple[Facts, Document]:
    """The facts of an article up to its calendar."""
    facts, article = Facts(), as_article(coded)
    for stage in stages:
        run_stage(stage, article, facts)
    return facts, facts.one(Document)


def judged(
    coded: dict[str, Any], stages: list[Stage]
) -> Iterator[tuple[dict[str, Any], Days | None, Days | None, date | None, str]]:
    """Every coded event with its days, the days and the deadline read, and why."""
    facts, document = readings(coded, stages)
    pairs = oracle_acts(document, coded)
    dating = Dating(document, facts)
    earlier: list[tuple[Act, Days]] = []
    for event, act in pairs:
        days, evidence = dating.when(act, event["status"], earlier)
        deadline, _ = dating.deadline(act, event["status"])
        if days is not None:
            earlier.append((act, days))
        yield event, coded_days(event["when"]), days, deadline, evidence.why if evidence else ""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list the errors in the articles that rules are written on")
    errors = parser.parse_args().errors
    stages: list[Stage] = [QuotationStage(), LanguageStage(KeptParser()), TimeStage(), CalendarStage()]
    counts: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for coded in coded_articles():
        out = held_out(coded["id"])
        n = counts[out]
        if coded["published_basis"] == "inferred":
            facts, _ = readings(coded, stages)
            day = facts.one(Publication).day
            n["inferred"] += 1
            n["inferred right"] += day is not None and abs((day - date.fromisoformat(coded["published"])).days) <= 3
        for event, gold, read, deadline, why in judged(coded, stages):
            if gold or read:
                n["dated"] += 1
                n["right"] += agree(gold, read)
                n["spurious"] += gold is None
                n["missed"] += read is None
            n["deadline coded"] += bool(event["deadline"])
            n["deadline read"] += deadline is not None
            n["deadline right"] += deadline is not None and event["deadline"] == deadline.isoformat()
            if errors and not out and not agree(gold, read):
                kind = "spurious" if gold is None else "missed" if read is None else "wrong"
                at = max(event["start"] - 100, 0)
                words = coded["text"][at : event["start"]] + "«" + coded["text"][event["start"] : event["end"]] + "»"
                words += coded["text"][event["end"] : event["end"] + 80]
                print(kind, coded["id"][3:18], event["type"], event["status"], _span(gold), "read", _span(read), f"[{why}]")
                print("     ", " ".join(words.split()))
    for out, n in counts.items():
        name = "held out" if out else "written on"
        f1 = 2 * n["deadline right"] / max(n["deadline coded"] + n["deadline read"], 1)
        print(
            f"{name}: dates {n['right'] / max(n['dated'], 1):.3f} ({n['right']}/{n['dated']}; {n['spurious']} spurious, "
            f"{n['missed']} missed), deadlines F1 {f1:.3f} "
            f"({n['deadline right']}/{n['deadline coded']} coded, {n['deadline read']} read), "
            f"publication {n['inferred right']}/{n['inferred']}"
        )


def _span(days: Days | None) -> str:
    return "-" if days is None else str(days.first) if days.first == days.last else f"{days.first}..{days.last}"


if __name__ == "__main__":
    main()
