"""A batch from its beginning, or from where it was left, to its end."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from dateline.batch.engines import Engine
from dateline.batch.merging import merge
from dateline.batch.plan import MANIFEST, BatchError, Plan, begin, complete, read_manifest, write_json
from dateline.batch.shards import missing, prepare, prepared_articles, tasks


@dataclass(slots=True)
class Progress:
    """How far a batch is. Articles are those put into shards, then those read of `articles`."""

    step: str
    done: int = 0
    of: int = 0
    articles: int = 0
    events: int = 0
    failed: int = 0


Told = Callable[[Progress], None]


def run(plan: Plan, engine: Engine, told: Told) -> dict[str, Any]:
    """Run a batch; what is finished already is skipped. Gives the manifest.

    Raises:
        BatchError: it cannot be run to its end; what is finished stays.
        ReaderFailed: the reader cannot be made.
    """
    if begin(plan):
        return read_manifest(plan.out) or {}
    with alone(plan):
        if begin(plan):  # the process that worked here has just come to its end
            return read_manifest(plan.out) or {}
        for partial_file in plan.out.rglob("*.partial"):
            partial_file.unlink(missing_ok=True)  # of a run that was killed: nobody else is at work
        left = tasks(plan)
        progress = Progress("sorting the articles into shards", 0, len(left))
        told(progress)
        for found in engine.each(partial(_preparing, plan), left) if left else ():
            progress.done += 1
            progress.articles += found
            told(progress)
        shards = missing(plan)
        progress = Progress("reading", plan.shards - len(shards), plan.shards, prepared_articles(plan))
        told(progress)
        for done in engine.read(plan, shards) if shards else ():
            progress.done += 1
            progress.events += done.rows["events"]
            progress.failed += done.rows["failures"]
            told(progress)
        manifest = complete(plan)
        shutil.rmtree(plan.work, ignore_errors=True)
    return manifest


def run_merge(plan: Plan, engine: Engine, told: Told) -> int:
    """Merge the events of a complete batch into incidents, where that is not done yet; how many there are.

    Raises:
        BatchError: it cannot be done to its end; what is finished stays.
    """
    manifest = read_manifest(plan.out) or {}
    if "incidents" not in manifest:
        plan.work.mkdir(exist_ok=True)
        with alone(plan):
            found = merge(plan.out, plan.shards, engine, lambda step, done, of: told(Progress(step, done, of)))
            manifest = {**manifest, "incidents": found}
            write_json(plan.out / MANIFEST, manifest)
            shutil.rmtree(plan.work, ignore_errors=True)
    return int(manifest["incidents"])


def _preparing(plan: Plan) -> Callable[..., int]:
    return partial(prepare, plan)


@contextmanager
def alone(plan: Plan) -> Iterator[None]:
    """Keep others from running a batch in the same folder.

    Raises:
        BatchError: another process does, or the folder cannot be written.
    """
    with ExitStack() as held:
        try:
            # SQLite's own file lock: the same on every system, and let go of when a process dies
            lock = held.enter_context(closing(sqlite3.connect(plan.work / "lock", timeout=0.0)))
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise BatchError(f"another process is at work in {plan.out}; wait until it has done") from error
            raise BatchError(f"{plan.out} cannot be written: {error}") from error
        yield
