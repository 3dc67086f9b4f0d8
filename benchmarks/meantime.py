"""Times found and set on the calendar, measured on the NewsReader MEANTIME corpus (TIMEX3, English).

    python -m benchmarks.meantime [FOLDER] [--errors]

Only the title and the first sentences of an article are annotated there, so only these are judged. A time is found where a
TIMEX3 shares a word with it, and its value is right where it is the same TIMEX3 value. The article's day is given, as in TempEval-3.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.gold import ROOT, KeptParser
from dateline.find.quotations import QuotationStage
from dateline.find.times import TimeStage
from dateline.language import LanguageStage
from dateline.model import Article, Days, Time, TimeExpression
from dateline.reading import Facts, Stage, run_stage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.reckoning import terms

HEIDELTIME = "HeidelTime on TempEval-3 (Strötgen et al. 2013): found F1 90.3, value F1 77.6"
LETTERS = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "year": "Y",
}
LAST_SENTENCE = 5  # in which the corpus marks times; beyond it only events and names
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}
PARTS = {"morning": "TMO", "noon": "TMI", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}


@dataclass(frozen=True, slots=True)
class Coded:
    """An annotated article: its text, its day, and its TIMEX3 as (start, end, type, value)."""

    name: str
    text: str
    published: date | None
    times: list[tuple[int, int, str, str]]


def folder() -> Path:
    """The corpus: `DATELINE_MEANTIME`, else `shared/data/time/meantime` beside the checkout."""
    return Path(os.environ.get("DATELINE_MEANTIME", ROOT.parent / "shared" / "data" / "time" / "meantime"))


def articles(corpus: Path) -> Iterator[Coded]:
    """The articles of the corpus, cut after the last sentence in which times are marked; every sentence is a paragraph."""
    for file in sorted(corpus.glob("*/*.xml")):
        root = ElementTree.parse(file).getroot()
        tokens = list(root.iter("token"))
        number = {token.get("t_id"): i for i, token in enumerate(tokens)}
        marked = [(timex, [number[a.get("t_id")] for a in timex.iter("token_anchor")]) for timex in root.iter("TIMEX3")]
        text, spans, sentence = "", [], 0
        for token in tokens:
            here = int(token.get("sentence", 0))
            if here > LAST_SENTENCE:
                break
            if text:
                text += "\n\n" if here != sentence else " "
            sentence = here
            spans.append((len(text), len(text) + len(token.text or "")))
            text += token.text or ""
        day = next((t.get("value") for t, _ in marked if t.get("functionInDocument") == "CREATION_TIME"), None)
        times = [
            (spans[min(words)][0], spans[max(words)][1], timex.get("type", ""), timex.get("value", ""))
            for timex, words in marked
            if words and max(words) < len(spans)
        ]
        yield Coded(file.stem, text, _day(day), times)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def timex_value(expression: TimeExpression, time: Time) -> str:
    """The TIMEX3 value of a time."""
    first = terms(expression.value)[0][0]
    if expression.kind == "set":
        return f"P1{LETTERS.get(first.get('unit', 'day'), 'D')}"
    if expression.kind == "duration" or "side=last" in expression.value or "side=next" in expression.value:
        return _duration(first)
    if "ref" in first:
        return f"{first['ref'].upper()}_REF"
    if time.days is None:
        return "XXXX-XX-XX"
    return _point(time.days, expression, first)


def _duration(term: dict[str, str]) -> str:
    amount, letter = term.get("amount", "1"), LETTERS.get(term.get("unit", "day"), "Y")
    if term.get("unit") == "decade":
        letter, amount = "Y", str(int(float(amount) * 10)) if amount.replace(".", "").isdigit() else "X"
    if term.get("unit") == "fortnight":
        amount = "2"
    if not amount.replace(".", "").isdigit():
        amount = "X"
    return f"P{letter[:-1]}{amount.removesuffix('.0')}{letter[-1]}"


def _point(days: Days, expression: TimeExpression, term: dict[str, str]) -> str:
    first, grain = days.first, expression.grain
    unit = term.get("unit", grain)
    if grain in ("week", "weekend") or unit == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}" + ("-WE" if grain == "weekend" else "")
    if grain == "quarter":
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if grain == "season":
        return f"{first.year}-{SEASONS[term['season']]}"
    if grain == "decade":
        return f"{first.year // 10}"
    if grain == "century":
        return f"{(first.year - 1) // 100}"
    if grain == "year" or (grain == "part" and (days.last - days.first).days > 40):
        return f"{first.year}"
    if grain in ("month", "part"):
        return f"{first.year}-{first.month:02d}"
    part = next(
        (PARTS[p] for p in (piece.get("part") for side in terms(expression.value) for piece in side) if p in PARTS), ""
    )
    return first.isoformat() + part


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=folder())
    parser.add_argument("--errors", action="store_true", help="list what was missed, spurious or valued wrong")
    arguments = parser.parse_args()
    stages: list[Stage] = [QuotationStage(), LanguageStage(KeptParser()), TimeStage(), CalendarStage()]
    n: Counter[str] = Counter()
    for coded in articles(arguments.folder):
        facts, article = Facts(), Article(id=coded.name, text=coded.text, published=coded.published)
        for stage in stages:
            run_stage(stage, article, facts)
        expressions = {e.start: e for e in facts.of(TimeExpression)}
        found = list(facts.of(Time))
        n["coded"] += len(coded.times)
        n["found"] += len(found)
        for start, end, _, value in coded.times:
            match = next((t for t in found if t.start < end and start < t.end), None)
            words = coded.text[start:end]
            if match is None:
                n["missed"] += 1
                if arguments.errors:
                    print("missed  ", words, "|", value, "|", coded.text[max(0, start - 40) : start].replace("\n", " "))
                continue
            found.remove(match)
            n["hit"] += 1
            read = timex_value(expressions[match.start], match)
            n["right"] += read == value
            if arguments.errors and read != value:
                print("value   ", words, "|", value, "| read", match.text, read, f"[{match.rule}] on {coded.published}")
        for time in found if arguments.errors else ():
            print("spurious", time.text, "|", coded.text[max(0, time.start - 40) : time.end + 20].replace("\n", " "))
    precision, recall = n["hit"] / max(n["found"], 1), n["hit"] / max(n["coded"], 1)
    print(f"{n['coded']} times coded, {n['found']} found")
    print(
        f"found (relaxed): F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}, P {precision:.3f}, R {recall:.3f}"
    )
    print(f"value right among those found: {n['right'] / max(n['hit'], 1):.3f}")
    print(HEIDELTIME)


if __name__ == "__main__":
    main()
