"""The offensive as the reader read it, whole: with statements, times, evidence and what else places might have been.

Made anew by `python -m tests.server.readings` (a minute); tests should not take that time.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

from dateline.batch.rows import dated, reading_of
from dateline.ledger.ids import article_id
from dateline.ledger.writing import with_id
from dateline.model import Reading

FILE = Path(__file__).with_name("offensive.json.gz")


def readings() -> list[Reading]:
    """Every reading that was kept, its article under the ledger's id."""
    return [replace(one, article=with_id(one.article, article_id(one.article))) for one in as_published()]


def as_published() -> list[Reading]:
    """Every reading that was kept, its article under the id that it was published with: the one that the gold names."""
    kept = [dated(record) for record in json.loads(gzip.decompress(FILE.read_bytes()))]
    return [reading_of({**told, "given": told["published"]}, told["events"], told["statements"]) for told in kept]


def main() -> None:
    """Read the offensive and keep what was read."""
    from benchmarks.incidents import offensive_readings
    from dateline.output.contract import as_json

    kept = json.dumps([as_json(reading) for reading in offensive_readings()], ensure_ascii=False).encode()
    FILE.write_bytes(gzip.compress(kept, mtime=0))


if __name__ == "__main__":
    main()
