"""Incidents of a whole batch: its events merged in partitions of time and place that overlap, the same as merged all at once.

Why it is the same: two accounts are compared only where they share a key of time and place (`incidents.candidates`), and their score
depends on the two alone. Every key belongs to one partition, and an account goes to each partition that a key of its own belongs to:
every pair that shares a key meets, and is compared in the partition of its least shared key, once. So the links are those that one
machine finds. Groups form inside of what links connect, whatever lies outside (`incidents.clustering`): connected components are put
together from the links, each goes to one partition whole, and is grouped there as it would be anywhere.
"""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from dateline.batch import copies
from dateline.batch.engines import Engine
from dateline.batch.loading import Stored
from dateline.batch.plan import write_json
from dateline.batch.rows import Row, reading_of
from dateline.batch.schema import fields
from dateline.batch.shards import write_parquet
from dateline.batch.shuffle import Spill, gathered, partition_of
from dateline.incidents.candidates import asked, filed, met
from dateline.incidents.clustering import Forest, regrouped
from dateline.incidents.flat import IncidentRow, row_of
from dateline.incidents.merging import accounts_in
from dateline.incidents.records import Account, Told
from dateline.incidents.rules import load_rules
from dateline.incidents.scoring import score
from dateline.incidents.signs import barred_among
from dateline.incidents.telling import told_in
from dateline.ledger.writing import Sighting, sighting_id
from dateline.model import Event, Reading
from dateline.sources.urls import canonical, outlet_of

ACCOUNTS = pa.schema([("id", pa.string()), ("account", pa.binary())])
LINKS = pa.schema([("a", pa.string()), ("b", pa.string()), ("points", pa.int32())])
INCIDENTS = pa.schema(list(fields(IncidentRow)))
MEMBERS = pa.schema(
    [("incident_id", pa.string()), ("account_id", pa.string()), ("event_id", pa.string()), ("article_id", pa.string())]
)
MERGED = {"incidents": INCIDENTS, "incident_events": MEMBERS}
"""The tables that merging writes."""

TILE = 20  # cells of the grid of places on a side of a tile: 5 degrees
SPAN = 16  # days
NAMES = 16  # kinds of keys that name no cell are put together by their name's hash


@dataclass(frozen=True, slots=True)
class Merge:
    """A merging of so many partitions; it keeps what lies between its steps in `work`, and writes to `out`."""

    out: Path
    work: Path
    partitions: int

    # -- events to accounts ---------------------------------------------------------------------------------------------

    def survey(self, shard: int) -> None:
        """Send the articles of a shard to where copies and versions meet."""
        rows = Stored(self.out).rows("articles", shard, ["id", "text", "given", "sightings"])
        copies.survey(self.work, shard, rows, self.partitions)

    def copies(self, partition: int) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
        """Near-copies and versions that meet in a partition."""
        return copies.copies(self.work, partition), copies.overtaken(self.work, partition)

    def account(self, shard: int) -> None:
        """What the articles of a shard tell, to where it meets what it may be one with."""
        told = json.loads((self.work / "articles.json").read_text(encoding="utf-8"))
        gone = set(told["superseded"])
        readings = ((row, events) for row, events, _ in Stored(self.out).read(shard) if row["id"] not in gone)
        self.take(shard, (tolds_of(row, events, told["voices"].get(row["id"], row["id"])) for row, events in readings))

    def take(self, task: int, articles: Iterable[Sequence[Told]]) -> None:
        """Take in what some articles tell, article by article, as one task of the step."""
        rules = load_rules()
        with (
            Spill(self.work / "accounts", f"{task:05}", ACCOUNTS, self.partitions) as met,
            Spill(self.work / "own", f"{task:05}", ACCOUNTS, 1) as own,
        ):
            for tolds in articles:
                for account in accounts_in(tolds, rules):
                    row = {"id": account.id, "account": pickle.dumps(account)}
                    own.put(0, row, len(row["account"]))
                    keys = {*filed(account, rules), *asked(account, rules)}
                    for place in sorted({self._home(key) for key in keys}):
                        met.put(place, row, len(row["account"]))

    def _home(self, key: str) -> int:
        return _home_of(block(key), self.partitions)

    # -- accounts to links ----------------------------------------------------------------------------------------------

    def link(self, partition: int) -> None:
        """Compare the accounts that meet in a partition."""
        rules = load_rules()
        index: dict[str, list[str]] = defaultdict(list)
        known: dict[str, tuple[Account, frozenset[str]]] = {}
        found = []
        for row in gathered(self.work / "accounts", partition, ACCOUNTS).sort_by("id").to_pylist():
            one: Account = pickle.loads(row["account"])
            looks = asked(one, rules)
            for name in sorted({name for key in looks if key in index for name in index[key]}):
                other, under = known[name]
                shared = under.intersection(looks)
                if other.article == one.article or self._home(min(shared)) != partition:
                    continue
                if not met(one, other, shared, rules):
                    continue
                if (link := score(one, other, rules)) is not None:
                    found.append({"a": link.a, "b": link.b, "points": link.points})
            keys = filed(one, rules)
            known[one.id] = (one, frozenset(keys))
            for key in keys:
                if self._home(key) == partition:
                    index[key].append(one.id)
        with Spill(self.work / "links", f"{partition:05}", LINKS, 1) as links:
            for row in found:
                links.put(0, row, 40)

    # -- links to incidents ---------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Put the connected components together; the one step that sees all links at once."""
        least = load_rules().limits.link
        forest, met = Forest(), set()
        for row in gathered(self.work / "links", 0, LINKS).to_pylist():
            if row["points"] >= least:
                forest.join(row["a"], row["b"])
                met |= {row["a"], row["b"]}
        write_json(self.work / "roots.json", {id: forest.find(id) for id in sorted(met)})

    def gather(self, task: int) -> None:
        """Send the accounts of a task to the partition of their component, and the links of a partition of the same number."""
        roots = self._roots()
        with Spill(self.work / "whole", f"{task:05}", ACCOUNTS, self.partitions) as whole:
            for row in one_file(self.work / "own", task, ACCOUNTS):
                whole.put(partition_of(roots.get(row["id"], row["id"]), self.partitions), row, len(row["account"]))
        with Spill(self.work / "within", f"{task:05}", LINKS, self.partitions) as within:
            for row in one_file(self.work / "links", task, LINKS):
                root = roots.get(row["a"], row["a"])
                if root == roots.get(row["b"], row["b"]):
                    within.put(partition_of(root, self.partitions), row, 40)

    def group(self, partition: int) -> int:
        """Group the components of a partition and write their incidents; how many there are."""
        rules, roots = load_rules(), self._roots()
        accounts: dict[str, Account] = {
            row["id"]: pickle.loads(row["account"]) for row in gathered(self.work / "whole", partition, ACCOUNTS).to_pylist()
        }
        components: dict[str, list[str]] = defaultdict(list)
        for id in sorted(accounts):
            components[roots.get(id, id)].append(id)
        scores: dict[str, dict[str, int]] = defaultdict(dict)
        for row in gathered(self.work / "within", partition, LINKS).to_pylist():
            scores[row["a"]][row["b"]] = scores[row["b"]][row["a"]] = row["points"]
        barred = barred_among(accounts, rules)
        rows, members = [], []
        for ids in components.values():
            for group in regrouped(ids, ids, (), scores, rules.limits, barred).groups:
                row = row_of([accounts[id] for id in group])
                rows.append(row)
                members += [
                    {"incident_id": row["id"], "account_id": id, "event_id": told.id, "article_id": told.article}
                    for id in group
                    for told in accounts[id].tolds
                ]
        for name, records, keys in (("incidents", rows, "id"), ("incident_events", members, "event_id")):
            table = pa.Table.from_pylist(records, MERGED[name]).sort_by(keys)
            (self.out / name).mkdir(parents=True, exist_ok=True)
            write_parquet(self.out / name / f"part-{partition:05}.parquet", table)
        return len(rows)

    def _roots(self) -> dict[str, str]:
        return dict(json.loads((self.work / "roots.json").read_text(encoding="utf-8")))


_home_of = lru_cache(maxsize=1 << 18)(partition_of)


def block(key: str) -> str:
    """The block of time and place that a key belongs to: keys of one family, some days and one region are together."""
    if key.startswith('"'):
        return key  # a sentence that others printed to the letter
    family, when, where = key.split("|", 2)
    if key.startswith("~"):
        family = "~"  # a word, whatever act it was taken for
    elif when in ("U", "D", "N"):
        return f"{family}|{where}"  # acts without a day, by a word of their names
    return f"{family}|{_span(when)}|{_region(where)}"


def _span(when: str) -> str:
    if when.isdigit():
        return str(int(when) // SPAN)
    if when[1:].isdigit():  # a month, as P24372 or A24372
        return str(date((int(when[1:]) - 1) // 12, (int(when[1:]) - 1) % 12 + 1, 1).toordinal() // SPAN)
    return when


def _region(where: str) -> str:
    if where.startswith("@"):
        row, column = where[1:].split(",")
        return f"@{int(row) // TILE},{int(column) // TILE}"
    return f"{partition_of(where, NAMES)}"


def one_file(folder: Path, task: int, schema: pa.Schema) -> Iterator[dict[str, Any]]:
    """The rows of one task's files, each of one partition."""
    for path in sorted(folder.glob(f"{task:05}-*.arrow")):
        with pa.memory_map(str(path)) as source:
            yield from pa.Table.from_batches([pa.ipc.open_file(source).get_batch(0)], schema).to_pylist()


def tolds_of(row: Row, events: Sequence[Row], voice: str) -> list[Told]:
    """What a row of `articles` tells with its rows of `events`, as a ledger would tell it to merging."""
    ordered = sorted(events, key=lambda event: (event["start"], event["id"]))
    reading = reading_of(row, ordered, ())
    url, outlet = _best(row)
    article = replace(reading.article, url=url, publisher=outlet)
    lean: Reading = replace(reading, article=article, events=tuple(_lean(event) for event in reading.events))
    return told_in(lean, voice, [event["id"] for event in ordered])


def _lean(event: Event) -> Event:
    """An event without what merging does not look at."""
    control = event.control
    nothing = (
        control is None or (control.gained_by, control.lost_by, control.place, control.unit, control.count) == (None,) * 5
    )
    seen = tuple(seen for seen in event.evidence if seen.field in ("when", "where"))
    return replace(event, evidence=seen, control=None if nothing else control)


def _best(row: Row) -> tuple[str | None, str | None]:
    """The URL and outlet that a ledger shows for an article that stood at several places."""
    seen = []
    for one in row["sightings"]:
        url, outlet = canonical(one["url"]), one["publisher"] or outlet_of(one["url"])
        id = sighting_id(row["id"], Sighting(one["source"], url, outlet, one["author"], one["retrieved"], one["name"]))
        seen.append(((url is None, url or "", outlet is None, outlet or "", one["author"] or "", id), url, outlet))
    _, url, outlet = min(seen)
    return url, outlet


def merge(out: Path, partitions: int, engine: Engine, told: Callable[[str, int, int], object]) -> int:
    """Merge the events of a complete batch; how many incidents there are. What is done already is not done again.

    Args:
        out: the folder of the batch.
        partitions: its number of shards.
        engine: who does the work.
        told: hears of every step, how many of its tasks are done, and of how many.

    Raises:
        BatchError: a step failed.
    """
    work = Merge(out, out / ".work" / "merge", partitions)
    step = partial(run_step, work, engine, told=told)
    step("survey")
    found = step("copies")
    pairs = (pair for near, _ in found for pair in near)
    articles = {
        "voices": copies.voices(pairs),
        "superseded": sorted(copies.superseded((id, urls) for _, overtaken in found for id, urls in overtaken)),
    }
    write_json(work.work / "articles.json", articles)
    step("account")
    return incidents_of(work, engine, told)


def incidents_of(work: Merge, engine: Engine, told: Callable[[str, int, int], object]) -> int:
    """Merge what was taken in (`Merge.take`); how many incidents there are."""
    step = partial(run_step, work, engine, told=told)
    step("link")
    work.connect()
    step("gather")
    return sum(step("group"))


STEPS = {
    "survey": "looking for copies", "copies": "comparing copies", "account": "putting together what each article tells",
    "link": "comparing what articles tell", "gather": "gathering what belongs together", "group": "merging",
}  # fmt: skip


def run_step(work: Merge, engine: Engine, name: str, told: Callable[[str, int, int], object]) -> list[Any]:
    """Run a step over all partitions, and give what each comes to."""
    folder = work.work / "steps" / name
    folder.mkdir(parents=True, exist_ok=True)
    left = [number for number in range(work.partitions) if not (folder / f"{number:05}.json").exists()]
    done = work.partitions - len(left)
    told(STEPS[name], done, work.partitions)
    for _ in engine.each(partial(_Step, work, name), left) if left else ():
        done += 1
        told(STEPS[name], done, work.partitions)
    return [json.loads((folder / f"{number:05}.json").read_text(encoding="utf-8")) for number in range(work.partitions)]


class _Step:
    """Does one step of a merging for one partition after the other, and notes what each comes to."""

    def __init__(self, work: Merge, name: str) -> None:
        self._do: Callable[[int], Any] = getattr(work, name)
        self._folder = work.work / "steps" / name

    def __call__(self, number: int) -> int:
        write_json(self._folder / f"{number:05}.json", self._do(number))
        return number
