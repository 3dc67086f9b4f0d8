"""Articles -> readings on several processes, in the order in which the articles came, with a bounded number under way.

A process that dies on an article, or takes longer than `LONGEST` over it, costs that article and is replaced. The processes do
whatever they are given to do (`Several`); reading one article after the other is what a ledger has them do (`reading`).
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Protocol, Self

from dateline.ledger.voices import signature
from dateline.model import Article, Reading

UNDER_WAY = 8  # articles, or what else is to be done, for each process: enough that a long one does not stop the others
LONGEST = 900.0  # seconds for one of them
MOST_STILLBORN = 2  # processes in a row that may die before they have their reader


class ReaderFailed(RuntimeError):
    """The reader could not be made in a worker; the message says why."""


class Reads(Protocol):
    """What reads an article: a `Reader`, or anything that does as it does."""

    def read(self, article: Article) -> Reading:
        """Everything found in an article."""
        ...


@dataclass(frozen=True, slots=True)
class Read:
    """An article that was read, with its MinHash signature."""

    reading: Reading
    signature: bytes


@dataclass(frozen=True, slots=True)
class Job[T, A]:
    """What comes along with an article through the reading; one without an article only keeps its place in the order.

    What is given to be done need not be an article, where the processes do something else.
    """

    carried: T
    given: A | None = None


def read_one(reader: Reads, article: Article) -> Read | str:
    """An article read, or why it could not be."""
    from dateline.reading import StageError

    try:
        return Read(reader.read(article), signature(article.text))
    except (StageError, MemoryError) as error:
        return f"the reader failed: {error or 'out of memory'}"


def made(model: str | None, lexicons: tuple[Path, ...]) -> Reads:
    """A reader.

    Raises:
        ReaderFailed: it cannot be made.
    """
    from dateline.gazetteer.cache import GazetteerError
    from dateline.language import ModelError
    from dateline.reader import Reader
    from dateline.rules.loader import LexiconError

    try:
        return Reader(model, lexicons)
    except (GazetteerError, ModelError, LexiconError) as error:
        raise ReaderFailed(str(error)) from error


def reading(model: str | None, lexicons: tuple[Path, ...]) -> Callable[[Article], Read | str]:
    """What reads one article, for `Several` to make in each process.

    Raises:
        ReaderFailed: the reader cannot be made.
    """
    return partial(read_one, made(model, lexicons))


class Here:
    """Reads in this process, one article after the other. The reader is made when the first article is there."""

    def __init__(self, make: Callable[[], Reads]) -> None:
        self._make = make
        self._reader: Reads | None = None

    def in_order[T](self, jobs: Iterator[Job[T, Article]]) -> Iterator[tuple[T, Read | str | None]]:
        """What each job carries, with what became of its article."""
        for job in jobs:
            if job.given is None:
                yield job.carried, None
                continue
            if self._reader is None:
                self._reader = self._make()
            yield job.carried, read_one(self._reader, job.given)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass(slots=True)
class _Place[T, A, R]:
    """A job in the order, and what became of its article as soon as that is known."""

    job: Job[T, A]
    done: bool
    result: R | str | None = None


@dataclass(slots=True)
class _Worker[T, A, R]:
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    ready: bool = False
    place: _Place[T, A, R] | None = None
    since: float = 0.0


class Several[T, A, R]:
    """Reads on several processes; use it as a context, so that they end with it. They are started with the first article.

    Args:
        workers: how many.
        make: called once in each process, makes what does the work there (`partial(reading, model, lexicons)`); it and what
            goes to and fro can be pickled.
    """

    def __init__(self, workers: int, make: Callable[[], Callable[[A], R]]) -> None:
        self._wanted, self._make = workers, make
        self._workers: list[_Worker[T, A, R]] = []
        self._stillborn = 0
        self._context = multiprocessing.get_context("spawn")

    def in_order(self, jobs: Iterator[Job[T, A]]) -> Iterator[tuple[T, R | str | None]]:
        """What each job carries, with what became of its article (a text: why nothing came of it), in the order of the jobs.

        Raises:
            ReaderFailed: the processes cannot make their reader.
        """
        places: deque[_Place[T, A, R]] = deque()
        waiting: deque[_Place[T, A, R]] = deque()
        more = True
        while more or places:
            while places and places[0].done:
                place = places.popleft()
                yield place.job.carried, place.result
            if more and len(waiting) < self._wanted and len(places) < UNDER_WAY * self._wanted:
                job = next(jobs, None)
                if job is None:
                    more = False
                else:
                    places.append(_Place(job, job.given is None))
                    if job.given is not None:
                        waiting.append(places[-1])
                self._hand_out(waiting)
                self._collect(0.0)
            elif places and not places[0].done:
                self._hand_out(waiting)
                self._collect(1.0)

    def pids(self) -> list[int]:
        """The ids of the processes that read now."""
        return [worker.process.pid for worker in self._workers if worker.process.pid is not None]

    def _hand_out(self, waiting: deque[_Place[T, A, R]]) -> None:
        while waiting:
            if len(self._workers) < self._wanted:
                self._workers.append(self._started())
            idle = next((worker for worker in self._workers if worker.ready and worker.place is None), None)
            if idle is None:
                return
            idle.place, idle.since = waiting.popleft(), time.monotonic()
            with suppress(OSError):  # it has died: `_collect` finds out
                idle.pipe.send(idle.place.job.given)

    def _collect(self, patience: float) -> None:
        for pipe in wait([worker.pipe for worker in self._workers], patience):
            worker = next(worker for worker in self._workers if worker.pipe is pipe)
            try:
                told = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join()
                self._replace(worker, f"the process that read it died ({_how(worker.process.exitcode)})")
                continue
            if isinstance(told, ReaderFailed):
                raise told
            if not worker.ready:
                worker.ready = True
            elif worker.place is not None:
                worker.place.done, worker.place.result, worker.place = True, told, None
        for worker in self._workers:
            if worker.place is not None and time.monotonic() - worker.since > LONGEST:
                worker.process.kill()
                worker.process.join()
                self._replace(worker, f"reading it took more than {LONGEST:.0f} seconds")

    def _replace(self, worker: _Worker[T, A, R], reason: str) -> None:
        self._stillborn = 0 if worker.ready else self._stillborn + 1
        if self._stillborn > MOST_STILLBORN:
            raise ReaderFailed(
                f"a reading process could not start: {reason}; there may be too little memory: try fewer --workers"
            )
        if worker.place is not None:
            worker.place.done, worker.place.result = True, reason
        worker.pipe.close()
        self._workers[self._workers.index(worker)] = self._started()

    def _started(self) -> _Worker[T, A, R]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._make), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            worker.process.terminate()
            worker.process.join()


def _work(pipe: Connection, make: Callable[[], Callable[[object], object]]) -> None:
    """A worker's life: make the reader, then read what comes until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent decides
    try:
        work = make()
    except ReaderFailed as error:
        pipe.send(error)
        return
    gc.freeze()  # what a reader holds it holds for good: no search for circular garbage goes through it again
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            pipe.send(work(pipe.recv()))


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {signal.Signals(-code).name}; with SIGKILL it is often a lack of memory"
    return f"exit code {code}"
