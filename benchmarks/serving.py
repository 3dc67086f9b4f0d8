"""How fast the server answers: every address on a ledger of any size, and many readers at once while articles come in.

    python -m benchmarks.serving [LEDGER] [--events 100000] [--readers 50] [--seconds 20]

Without a ledger one is made by `benchmarks.big_ledger`, and merged, which takes minutes; with --keep FILE it is kept. Times are those of
the first answer, of which nothing is kept yet, and of the same again.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SLOWEST_READER = 30.0  # seconds
ADDRESSES = """
/api/meta
/api/incidents
/api/incidents?sort=-day
/api/incidents?type=ASSAULT&since=2020&sort=-confidence
/api/incidents?country=AFG&status=actual
/api/incidents?actor=army
/api/incidents?q=town
/api/incidents?quad=material-conflict&bbox=-20,-40,60,40
{incident}
/api/map
/api/map?type=ASSAULT,COERCE
/api/histogram
/api/histogram?quad=verbal-conflict
/api/suggest?q=a
/api/timeline
/api/control
/api/control?at=2020-06-30
/api/control/history
/api/commitments
/api/statements
/api/speakers
/api/articles
/api/articles?q=town
{article}
/api/review
/api/runs
/api/failures
/api/export?format=csv&type=PROTEST
""".split()


class Answer:
    """One answer: its status, its body and how long it took, in seconds."""

    def __init__(self, connection: http.client.HTTPConnection, address: str) -> None:
        started = time.perf_counter()
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        self.body = response.read()
        self.status, self.packed = response.status, response.getheader("Content-Encoding") == "gzip"
        self.seconds = time.perf_counter() - started


@contextmanager
def served(ledger: Path) -> Iterator[int]:
    """A server of its own process, as `dateline serve` starts it; the port that it has taken."""
    words = [sys.executable, "-m", "dateline", "serve", str(ledger), "--port", "0", "--no-open"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found is None:
                raise RuntimeError(f"the server did not start: {line}")
            yield int(found[1])
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def answers(port: int, addresses: Sequence[str], times: int = 3) -> Iterator[tuple[str, int, float, float, int]]:
    """Each address, its status, the seconds of the first answer and the least of the following ones, and its bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    for address in addresses:
        first = Answer(connection, address)
        again = min(Answer(connection, address).seconds for _ in range(times))
        yield address, first.status, first.seconds, again, len(first.body)


def read_at_once(port: int, addresses: Sequence[str], readers: int, until: threading.Event) -> tuple[list[float], list[str]]:
    """Let so many read on at once until it is over: the seconds of each answer, and what went wrong."""
    seconds: list[float] = []
    wrong: list[str] = []

    def read(start: int) -> None:
        # The server counts how often each client asks. Linux answers for all of 127.0.0.0/8: there each reader is one of its own.
        own = (f"127.0.0.{2 + start % 250}", 0) if sys.platform == "linux" else None
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SLOWEST_READER, source_address=own)
        at = start
        while at == start or not until.is_set():  # each at least once
            address = addresses[at % len(addresses)]
            at += 7
            try:
                answer = Answer(connection, address)
            except OSError as error:
                wrong.append(f"{address}: {error!r}")
                connection.close()
                continue
            seconds.append(answer.seconds)
            if answer.status not in (200, 304):
                wrong.append(f"{address}: {answer.status} {answer.body[:200]!r}")

    threads = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, wrong


def filled(port: int) -> list[str]:
    """The addresses, with an incident and an article of the ledger in them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    names = {}
    for what, key in (("incidents", "id"), ("articles", "article")):
        connection.request("GET", f"/api/{what}?limit=1")
        first = json.loads(connection.getresponse().read())["items"][0]
        names[what.removesuffix("s")] = f"/api/{what}/{first[key] if key == 'id' else first[key]['id']}"
    return [address.format(**names) for address in ADDRESSES]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", nargs="?", type=Path)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--keep", type=Path)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = told.ledger
        if ledger is None:
            from benchmarks.big_ledger import build, readings

            ledger = told.keep or Path(folder) / "big.db"
            build(ledger, told.events, readings())
        with served(ledger) as port:
            addresses = filled(port)
            for address, status, first, again, size in answers(port, addresses):
                print(
                    f"{first * 1e3:8.1f} ms  again {again * 1e3:6.1f} ms  {size:9,} bytes  {status}  {address}", flush=True
                )
            over = threading.Event()
            threading.Timer(told.seconds, over.set).start()
            fast = [address for address in addresses if "/export" not in address]
            seconds, wrong = read_at_once(port, fast, told.readers, over)
            print(
                f"{told.readers} readers at once: {len(seconds) / told.seconds:.0f} answers a second, median "
                f"{statistics.median(seconds) * 1e3:.1f} ms, 99 of 100 under {sorted(seconds)[int(len(seconds) * 0.99)] * 1e3:.1f} ms, "
                f"{len(wrong)} errors"
            )
            print("\n".join(wrong[:5]))


if __name__ == "__main__":
    main()
