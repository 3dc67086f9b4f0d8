"""Answers that are kept until the ledger changes: made once, however many ask at the same time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Kept:
    """The latest results of expensive questions, by key; the key names the version of the data, so that nothing grows stale.

    `most` is the weight of all that is kept: by default each weighs 1.
    """

    def __init__(self, most: int, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self._most, self._weigh, self._weight = most, weigh, 0
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get[T](self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under the key, else what `make` makes; others who ask for it wait instead of making it too."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: T = self._kept[key]
                return found
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    found = self._kept[key]
                    return found  # noqa: RET504 (its type)
            try:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    self._weight += self._weigh(made)
                    while self._weight > self._most:
                        _, oldest = self._kept.popitem(last=False)
                        self._weight -= self._weigh(oldest)
                return made
            finally:
                with self._lock:
                    self._making.pop(key, None)
