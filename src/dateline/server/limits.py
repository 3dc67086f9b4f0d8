"""How often one client may ask: a bucket of tokens for each, which fills up again with time."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

MOST_CLIENTS = 10_000


class Limit:
    """So many calls a second, and so many at once, for each client."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, client: str) -> float:
        """0 where the client may go on, which is counted; else the seconds that it has to wait."""
        now = self._clock()
        with self._lock:
            left, since = self._buckets.get(client, (float(self._burst), now))
            left = min(float(self._burst), left + (now - since) * self._rate)
            allowed = left >= 1.0
            self._buckets[client] = (left - 1.0 if allowed else left, now)
            if len(self._buckets) > MOST_CLIENTS:
                full = [name for name, (had, at) in self._buckets.items() if had + (now - at) * self._rate >= self._burst]
                for name in full or list(self._buckets)[: MOST_CLIENTS // 2]:
                    del self._buckets[name]
        return 0.0 if allowed else (1.0 - left) / self._rate
