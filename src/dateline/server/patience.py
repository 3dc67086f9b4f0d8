"""Answers that may take long: nobody is kept waiting for one beyond a certain time, but told to ask again; the work goes on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock
from typing import Any

AT_ONCE = 8
"""So many answers are worked on at the same time; others wait their turn."""


class Unready(RuntimeError):
    """There is no answer yet; the message says so."""


class Patience:
    """Threads that work on what is asked for, on each question once, however many ask it."""

    def __init__(self, seconds: float) -> None:
        """`seconds`: so long everybody waits."""
        self._seconds = seconds
        self._workers = ThreadPoolExecutor(AT_ONCE, "patience")
        self._working: dict[Hashable, Future[Any]] = {}
        self._lock = Lock()

    def get[T](self, question: Hashable, work: Callable[[], T]) -> T:
        """What `work` gives, or that of whoever asks the same at the same time; what it raises is raised.

        Raises:
            Unready: it takes longer than is waited, or the server is being stopped.
        """
        with self._lock:
            begun = self._working.get(question)
            working = begun or self._working.setdefault(question, self._submitted(work))
        if begun is None:
            working.add_done_callback(lambda _: self._forget(question))
        done, _ = wait([working], self._seconds)
        if not done and not working.cancel():  # what has not begun yet need not
            raise Unready("This takes longer than usual and is still being worked out: ask again in a moment.")
        if working.cancelled():
            raise Unready("Too much is asked at once: ask again in a moment.")
        told: T = working.result()
        return told

    def close(self) -> None:
        """Begin nothing any more."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _submitted(self, work: Callable[[], Any]) -> Future[Any]:
        try:
            return self._workers.submit(work)
        except RuntimeError as error:  # they are shut down
            raise Unready("The server is being stopped.") from error

    def _forget(self, question: Hashable) -> None:
        with self._lock:
            self._working.pop(question, None)
