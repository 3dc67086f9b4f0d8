"""Incidents measured: the invented offensive (merging, control, commitments).

    python -m benchmarks.incidents [--errors]

The offensive is read with its own gazetteer and lexicon. A mention of the gold counts where the reader has an event whose
trigger overlaps it; what the reader misses is counted beside the scores of merging. Corpora of others: benchmarks.incident_stories.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from benchmarks.gold import ROOT, KeptParser
from dateline.gazetteer.added import add
from dateline.incidents import Commitment, Incident, Merger, PlaceHistory, Told, commitments, corpus, histories, incident_of
from dateline.incidents.saying import load_phrases
from dateline.model import Article, Reading
from dateline.reader import Reader

OFFENSIVE = ROOT / "examples" / "offensive"


# -- the offensive ----------------------------------------------------------------------------------------------------


def offensive_readings() -> list[Reading]:
    """The offensive, read with its own places and names; the places that the user has added stay out of it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATELINE_CACHE"] = folder
        for places in ("countries.toml", "lorvania.txt"):
            add(str(OFFENSIVE / places))
        reader = Reader(lexicons=[OFFENSIVE / "lexicon"], parser=KeptParser())
        return [reader.read(article) for article in offensive_articles()]


def offensive_articles() -> Iterator[Article]:
    """The articles of the offensive."""
    for line in (OFFENSIVE / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        published = date.fromisoformat(told.pop("published"))
        yield Article(**told, published=published)


def gold(name: str) -> Any:
    """One of the gold files of the offensive."""
    return json.loads((OFFENSIVE / name).read_text(encoding="utf-8"))


def merged(tolds: Sequence[Told]) -> Merger:
    """Everything merged, article by article."""
    merger = Merger()
    by_article: dict[str, list[Told]] = defaultdict(list)
    for told in tolds:
        by_article[told.article].append(told)
    merger.take_all(by_article.values())
    return merger


def gold_of(tolds: Sequence[Told]) -> tuple[dict[str, str], int, int]:
    """The incident of each event that the gold has, how many mentions the gold has, and how many of them nothing was read for.

    Mentions that tell two incidents at once are left out: an event can only be in one.
    """
    mentions: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for incident in gold("incidents.json")["incidents"]:
        for mention in incident["mentions"]:
            mentions[mention["article"], mention["start"], mention["end"]].append(incident["id"])
    single = {span: names[0] for span, names in mentions.items() if len(names) == 1}
    found: dict[str, str] = {}
    missed = 0
    for (article, start, end), name in single.items():
        events = [t for t in tolds if t.article == article and t.event.start < end and start < t.event.end]
        missed += not events
        found.update((told.id, name) for told in events)
    return found, len(single), missed


def groups_of(merger: Merger) -> dict[str, str]:
    """Event -> the least account of its incident."""
    return {told.id: group[0].id for group in merger.groups() for account in group for told in account.tolds}


def incidents_of(merger: Merger) -> list[Incident]:
    """The incidents of everything that was merged."""
    reliability = load_phrases().reliability
    return [incident_of(group, reliability) for group in merger.groups()]


def control_right(places: Sequence[PlaceHistory]) -> tuple[int, int, list[str]]:
    """Days on which the holder is right, all days of the gold, and those that are wrong."""
    by_name = {place.name: place for place in places}
    right, wrong = 0, []
    for name, spans in gold("control.json")["places"].items():
        for span in spans:
            day = date.fromisoformat(span["from"])
            while day <= date.fromisoformat(span["to"]):
                standing = by_name[name].on(day) if name in by_name else None
                holder = standing.holder if standing else None
                said = "government" if holder and holder.endswith("government") else holder
                right += said == span["holder"]
                if said != span["holder"]:
                    wrong.append(f"{name} {day}: {span['holder']}, not {said}")
                day += timedelta(days=1)
    return right, right + len(wrong), wrong


def commitments_right(found: Sequence[Commitment]) -> tuple[int, int, list[str]]:
    """Commitments of the gold whose status is right, how many there are, and those that are wrong.

    One is found where most of its articles and one of its days are those of a row.
    """
    wrong = []
    every = gold("commitments.json")
    for wanted in every:
        days = {date.fromisoformat(day) for day in wanted["due"]}
        near = [
            (len({e.told.article for e in c.evidence} & set(wanted["articles"])), c)
            for c in found
            if days & {d.day for d in c.due}
        ]
        best = max(near, key=lambda pair: pair[0], default=(0, None))[1]
        if best is None or best.status != wanted["status"]:
            wrong.append(f"{wanted['id']} {wanted['what']}: {wanted['status']}, not {best.status if best else 'found'}")
    return len(every) - len(wrong), len(every), wrong


# -- scores -----------------------------------------------------------------------------------------------------------


def pair_score(
    found: Mapping[str, Hashable], wanted: Mapping[str, Hashable], article: Mapping[str, str] | None = None
) -> tuple[float, float, float]:
    """F1, precision and recall over pairs of mentions; over pairs of two articles only where the articles are given."""

    def pairs(of: Mapping[str, Hashable]) -> set[tuple[str, str]]:
        groups: dict[Hashable, list[str]] = defaultdict(list)
        for name in sorted(wanted):
            groups[of[name]].append(name)
        every = (pair for group in groups.values() for pair in combinations(group, 2))
        return {(a, b) for a, b in every if article is None or article[a] != article[b]}

    ours, theirs = pairs(found), pairs(wanted)
    both = len(ours & theirs)
    return _f1(both / len(ours) if ours else 0.0, both / len(theirs) if theirs else 0.0)


def b_cubed(found: Mapping[str, Hashable], wanted: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """B³ (Bagga and Baldwin 1998): F1, precision, recall."""
    both = Counter((found[name], wanted[name]) for name in wanted)
    ours, theirs = Counter(found[name] for name in wanted), Counter(wanted.values())
    n = len(wanted)
    return _f1(
        sum(k * k / ours[a] for (a, _), k in both.items()) / n, sum(k * k / theirs[b] for (_, b), k in both.items()) / n
    )


def muc(found: Mapping[str, Hashable], wanted: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """MUC (Vilain et al. 1995): F1, precision, recall over links."""

    def kept(of: Mapping[str, Hashable], by: Mapping[str, Hashable]) -> float:
        parts: dict[Hashable, set[Hashable]] = defaultdict(set)
        sizes = Counter(of[name] for name in wanted)
        for name in wanted:
            parts[of[name]].add(by[name])
        links = sum(size - 1 for size in sizes.values())
        return sum(sizes[group] - len(parts[group]) for group in sizes) / links if links else 0.0

    return _f1(kept(found, wanted), kept(wanted, found))


def lea(found: Mapping[str, Hashable], wanted: Mapping[str, Hashable]) -> tuple[float, float, float]:
    """LEA (Moosavi and Strube 2016): F1, precision, recall; links of a group count as many times as it has members."""

    def kept(of: Mapping[str, Hashable], by: Mapping[str, Hashable]) -> float:
        sizes = Counter(of[name] for name in wanted)
        both = Counter((of[name], by[name]) for name in wanted)
        alone = Counter(by[name] for name in wanted)
        links: dict[Hashable, float] = defaultdict(float)
        for (group, other), n in both.items():
            links[group] += n * (n - 1) / 2 if sizes[group] > 1 else float(alone[other] == 1)
        every = {group: size * (size - 1) / 2 if size > 1 else 1.0 for group, size in sizes.items()}
        return sum(size * links[group] / every[group] for group, size in sizes.items()) / sum(sizes.values())

    return _f1(kept(found, wanted), kept(wanted, found))


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    total = precision + recall
    return (2 * precision * recall / total if total else 0.0), precision, recall


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what is wrong")
    arguments = parser.parse_args()
    readings = offensive_readings()
    told = corpus(readings, gold("incidents.json")["reprints"])
    merger = merged(told.tolds)
    wanted, coded, missed = gold_of(told.tolds)
    f1, precision, recall = pair_score(groups_of(merger), wanted)
    print(
        f"offensive: {len(readings)} articles, {len(told.tolds)} events; {coded} mentions coded, {missed} of them not read"
    )
    print(f"  merging, pairs: F1 {f1:.3f} (P {precision:.3f}, R {recall:.3f})")
    incidents = incidents_of(merger)
    for label, (right, of, wrong) in (
        ("control by day", control_right(histories(incidents, told.holdings, max(t.day for t in told.tolds if t.day)))),
        ("statuses of commitments", commitments_right(commitments(incidents))),
    ):
        print(f"  {label}: {right} of {of}")
        for line in wrong if arguments.errors else ():
            print(f"    {line}")
    if arguments.errors:
        by_id = {t.id: f"{t.article} {t.event.trigger}" for t in told.tolds}
        parts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        found = groups_of(merger)
        for name, incident in wanted.items():
            parts[incident][found[name]].append(by_id[name])
        for incident, groups in sorted(parts.items()):
            if len(groups) > 1:
                print(f"    {incident} falls apart: " + " | ".join(", ".join(group) for group in groups.values()))


if __name__ == "__main__":
    main()
