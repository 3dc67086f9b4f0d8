"""Who does the work: the processes of this machine, or Daft, on this machine or on a Ray cluster. The work is the same."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, Protocol

from dateline.batch.function import BatchReader
from dateline.batch.plan import BatchError, Plan
from dateline.batch.shards import Done, read_shards
from dateline.ledger.workers import Job, ReaderFailed, Several

NO_DAFT = (
    "the engine daft needs Daft: pip install 'dateline[daft]' (with Ray, for a cluster: pip install 'dateline[daft]' ray)"
)


class Engine(Protocol):
    """What a batch is run by."""

    def each[A, R](self, make: Callable[[], Callable[[A], R]], tasks: Sequence[A]) -> Iterator[R]:
        """Do something with each task, in any order; `make` makes what does it, once in each process.

        Raises:
            BatchError: a task failed; the message says why.
        """
        ...

    def read(self, plan: Plan, shards: Sequence[int]) -> Iterator[Done]:
        """Read shards, each written as soon as it is read, in any order.

        Raises:
            BatchError: one cannot be read or written.
            ReaderFailed: the reader cannot be made.
        """
        ...


class Guarded[A, R]:
    """Work whose errors come back as values, with their message, from wherever it is done."""

    def __init__(self, make: Callable[[], Callable[[A], R]]) -> None:
        self._work = make()

    def __call__(self, task: A) -> R | BatchError | ReaderFailed:
        try:
            return self._work(task)
        except (BatchError, ReaderFailed) as error:
            return error
        except (OSError, ValueError) as error:  # Arrow's errors are among them
            return BatchError(f"{type(error).__name__}: {error}")


class Local:
    """So many processes of this machine. One that dies over an article costs that article."""

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def each[A, R](self, make: Callable[[], Callable[[A], R]], tasks: Sequence[A]) -> Iterator[R]:
        """As `Engine.each`, in the order of the tasks; a single process is this one."""
        if self._workers == 1:
            here = Guarded(make)
            yield from (_unwrapped(here(task)) for task in tasks)
            return
        work: Callable[[], Guarded[A, R]] = partial(Guarded, make)
        with Several[None, A, Any](min(self._workers, len(tasks)), work) as pool:
            for _, result in pool.in_order(Job(None, task) for task in tasks):
                if isinstance(result, str):
                    raise BatchError(result)
                yield _unwrapped(result)

    def read(self, plan: Plan, shards: Sequence[int]) -> Iterator[Done]:
        """As `Engine.read`, in the order of the shards; the processes share the articles of each."""
        with readers(plan, self._workers) as pool:
            yield from read_shards(plan, shards, pool)


class Daft:
    """Daft: its native runner on this machine, or its Ray runner on the cluster at an address.

    Every machine must see the folders of the batch under the same path.

    Args:
        workers: how many processes read.
        ray: address of a Ray cluster, None for this machine.

    Raises:
        BatchError: Daft or Ray is not installed, or the cluster cannot be had.
    """

    def __init__(self, workers: int, ray: str | None = None) -> None:
        os.environ.setdefault("DAFT_ANALYTICS_ENABLED", "0")
        os.environ.setdefault("DO_NOT_TRACK", "1")  # nobody is told what is read here
        try:
            import daft
        except ImportError as error:
            raise BatchError(NO_DAFT) from error
        try:
            if ray is None:
                daft.set_runner_native()
            else:
                daft.set_runner_ray(address=ray)
        except (ImportError, ConnectionError, RuntimeError, ValueError) as error:
            raise BatchError(f"Daft cannot use the Ray cluster at {ray}: {error}") from error
        self._daft, self._workers, self._ray = daft, workers, ray

    def each[A, R](self, make: Callable[[], Callable[[A], R]], tasks: Sequence[A]) -> Iterator[R]:
        """As `Engine.each`."""
        daft = self._daft
        binary = daft.DataType.binary()
        work: Callable[[], Guarded[A, R]] = partial(Guarded, make)

        class Work:
            def __init__(self, made_of: bytes) -> None:
                self.work = pickle.loads(made_of)()

            one: Any = daft.method.batch(return_dtype=binary, batch_size=1)(_answers)

        workers = min(self._workers, len(tasks))
        actor = daft.cls(Work, max_concurrency=workers, use_process=True)(pickle.dumps(work))
        frame = daft.from_pydict({"task": [pickle.dumps(task) for task in tasks]})
        if self._ray is not None:
            frame = frame.into_partitions(len(tasks))
        for row in frame.select(actor.one(frame["task"]).alias("result")).iter_rows():
            yield _unwrapped(pickle.loads(row["result"]))

    def read(self, plan: Plan, shards: Sequence[int]) -> Iterator[Done]:
        """As `Engine.read`; each process takes a shard at a time."""
        return self.each(partial(ShardReader, plan), shards)


def _answers(worker: Any, given: Any) -> list[bytes]:
    """What comes of a series of tasks, pickled as they are."""
    return [pickle.dumps(worker.work(pickle.loads(task))) for task in given.to_pylist()]


def _unwrapped(result: Any) -> Any:
    if isinstance(result, Exception):
        raise result
    return result


def readers(plan: Plan, workers: int) -> Several[Any, Any, Any]:
    """Processes that read chunks of articles as a plan says."""
    return Several(workers, partial(BatchReader, plan.model, plan.lexicons))


class ShardReader:
    """Reads a shard at a time by a process of its own, which may die over an article without more harm."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._held = plan, ExitStack()
        self._pool = self._held.enter_context(readers(plan, 1))

    def __call__(self, shard: int) -> Done:
        (done,) = read_shards(self._plan, [shard], self._pool)
        return done
