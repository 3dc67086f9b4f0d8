"""The offensive as the reader read it, whole: with statements, times, evidence and what else places might have been.

Made anew by `python -m tests.server.readings` (a minute); tests should not take that time.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from dateline.batch.rows import dated, reading_of
from dateline.ledger.ids import article_id
from dateline.model import Article, Reading

FILE = Path(__file__).with_name("offensive.json.gz")


def readings() -> list[Reading]:
    """Every reading that was kept, its article under the ledger's id."""
    return [_reading(dated(record)) for record in json.loads(gzip.decompress(FILE.read_bytes()))]


def _reading(told: dict[str, Any]) -> Reading:
    article = Article("", told["text"], told["title"], told["published"], told["url"], told["publisher"])
    row = {**told, "id": article_id(article), "given": told["published"]}
    return reading_of(row, told["events"], told["statements"])


def main() -> None:
    """Read the offensive and keep what was read."""
    from benchmarks.incidents import offensive_readings
    from dateline.output.contract import as_json

    kept = json.dumps([as_json(reading) for reading in offensive_readings()], ensure_ascii=False).encode()
    FILE.write_bytes(gzip.compress(kept, mtime=0))


if __name__ == "__main__":
    main()
