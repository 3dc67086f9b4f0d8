"""A process beside the server's own that makes what takes long, keeps it and answers from it: nobody else waits meanwhile.

What is told of all incidents together takes seconds of a ledger of 100,000 events, and Python lets one thread of a process work at
a time. The process works at a low priority, ends with the server, and holds what it made, which the server then need not.
"""

from __future__ import annotations

import gc
import logging
import math
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from pydantic import BaseModel

from dateline.ledger.filters import FilterError

logger = logging.getLogger(__name__)
NICE = 10
"""How far the process stands back (POSIX; 19 is furthest)."""
LONG = 0.5
"""What takes so many seconds to answer has made something that is kept."""
LOOK = 0.5
"""How often it is looked, in seconds, whether the process is still there while its answer is waited for."""
PATIENCE = 5.0
"""Seconds that it has to end when it is told to."""

type Tell = Callable[[str, BaseModel], BaseModel]


class Apart:
    """What is made apart of one version of the ledger. Threads may ask at the same time; they are answered one after the other."""

    def __init__(self, version: str, make: Callable[[], Tell]) -> None:
        """Start the process.

        Args:
            version: what the answers are of.
            make: called in the process, takes long and gives what answers a question by its name and what is asked; it can be pickled.
        """
        self.version = version
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, make), name="apart", daemon=True)
        self._process.start()
        theirs.close()
        self._turn, self._ending = Lock(), Lock()
        self._ready = self._gone = self._closed = False

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid

    def answer(self, name: str, asked: BaseModel) -> bytes | None:
        """The answer as JSON, as soon as it can be given; None where the process has ended or failed, which is logged.

        Raises:
            FilterError: a filter makes no sense.
        """
        with self._turn:
            if not self._settle():
                return None
            told = self._told((name, asked))
        if isinstance(told, tuple):
            raise FilterError(*told)
        return told if isinstance(told, bytes) else None

    def close(self) -> None:
        """End the process; who waits for it is told that it has gone."""
        self._closed = True
        with self._ending:
            self._process.terminate()
            self._process.join(PATIENCE)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
        with self._turn:
            self._gone = True
            self._pipe.close()

    def _settle(self) -> bool:
        if not self._ready and not self._gone:
            self._ready = self._told(None) is True
            self._gone = not self._ready
        return not self._gone

    def _told(self, question: tuple[str, BaseModel] | None) -> Any:
        """What the process says next; None where it says nothing, or that it failed."""
        try:
            if question is not None:
                self._pipe.send(question)
            while not self._pipe.poll(
                LOOK
            ):  # its end of the pipe may outlive it, where a process that it started has inherited it
                if not self._process.is_alive() and not self._pipe.poll():
                    raise EOFError
            told = self._pipe.recv()
        except (EOFError, OSError):
            self._gone = True
            if not self._closed:
                logger.warning(
                    "the process that tells all incidents together has ended; this process does its work until the next merge"
                )
            return None
        if isinstance(told, str):
            logger.warning("the process that tells all incidents together failed: %s; this process does its work", told)
            return None
        return told


def _work(pipe: Connection, make: Callable[[], Tell]) -> None:
    """The life of the process: make, then answer until the other end is closed. It says True when it is ready, then bytes (the answer),
    a pair (name and message of a FilterError) or a text (what failed)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the parent decides
    if hasattr(os, "nice"):
        os.nice(NICE)
    with suppress(EOFError, OSError):
        try:
            tell = make()
        except Exception as error:  # whatever it is: the parent can do the work itself, and needs to know
            pipe.send(f"{type(error).__name__}: {error}")
            return
        pipe.send(True)
        began = -math.inf
        while True:
            if time.monotonic() - began >= LONG:
                gc.freeze()  # what was made stays: no search for circular garbage goes through it again
            name, asked = pipe.recv()
            began = time.monotonic()
            try:
                pipe.send(tell(name, asked).model_dump_json().encode())
            except FilterError as error:
                pipe.send((error.name, error.message))
            except Exception as error:
                pipe.send(f"{type(error).__name__}: {error}")
