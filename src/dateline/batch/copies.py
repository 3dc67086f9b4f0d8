"""Which articles of a batch are near-copies of each other, and which gave way to a later version, as a ledger would find.

Both are questions about few articles that must meet: those that share a band of their signature, and those that share a URL. Each
goes where its band or its URL says (`shuffle`), and only what is found out there comes together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from dateline.batch.rows import Row
from dateline.batch.shuffle import Spill, gathered, partition_of
from dateline.incidents.clustering import Forest
from dateline.ledger.voices import ALIKE, DAYS_APART, bands_of, signature, similarity
from dateline.sources.urls import canonical

BANDS = pa.schema(
    [("band", pa.int64()), ("id", pa.string()), ("day", pa.int32()), ("signature", pa.binary())],
)
URLS = pa.schema(
    [
        ("url", pa.string()), ("id", pa.string()), ("published", pa.string()), ("retrieved", pa.string()), ("position", pa.int64()),
        ("of", pa.int32()),
    ]
)  # fmt: skip
NEVER = "~"  # comes after every moment: what was fetched at no told time counts as fetched now


def survey(folder: Path, shard: int, articles: Iterable[Row], partitions: int) -> None:
    """Send the articles of a shard (rows with `id`, `text`, `given` and `sightings`) to where they meet others."""
    with (
        Spill(folder / "bands", f"{shard:05}", BANDS, partitions) as bands,
        Spill(folder / "urls", f"{shard:05}", URLS, partitions) as urls,
    ):
        for row in articles:
            made = signature(row["text"])
            day = row["given"].toordinal() if row["given"] else None
            for band in bands_of(made):
                bands.put(band % partitions, {"band": band, "id": row["id"], "day": day, "signature": made}, 350)
            seen = [(canonical(one["url"]), one) for one in row["sightings"]]
            of = len({url for url, _ in seen}) if all(url for url, _ in seen) else 0
            for url, one in seen:
                if url:
                    told: dict[str, Any] = {
                        "url": url, "id": row["id"], "published": row["given"].isoformat() if row["given"] else "",
                        "retrieved": one["retrieved"] or NEVER, "position": one["position"], "of": of,
                    }  # fmt: skip
                    urls.put(partition_of(url, partitions), told, 250)


def copies(folder: Path, partition: int) -> list[tuple[str, str]]:
    """The pairs of near-copies among the articles that meet in a partition."""
    at: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in gathered(folder / "bands", partition, BANDS).to_pylist():
        at[row["band"]].append(row)
    found = set()
    for rows in at.values():
        for k, one in enumerate(rows):
            for two in rows[k + 1 :]:
                near = one["day"] is None or two["day"] is None or abs(one["day"] - two["day"]) <= DAYS_APART
                pair = (min(one["id"], two["id"]), max(one["id"], two["id"]))
                if near and pair not in found and similarity(one["signature"], two["signature"]) >= ALIKE:
                    found.add(pair)
    return sorted(found)


def overtaken(folder: Path, partition: int) -> list[tuple[str, int]]:
    """The articles that are not the last one at a URL of the partition, with at how many URLs each stood in all (0: or without one)."""
    at: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in gathered(folder / "urls", partition, URLS).to_pylist():
        at[row["url"]].append(row)
    found = []
    for rows in at.values():
        last = max(rows, key=lambda row: (row["published"], row["retrieved"], row["position"]))
        found += sorted({(row["id"], row["of"]) for row in rows if row["id"] != last["id"]})
    return found


def voices(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The voice of each article that shares one: the least id of those that near-copies connect."""
    forest, met = Forest(), set()
    for one, two in pairs:
        forest.join(one, two)
        met |= {one, two}
    return {id: forest.find(id) for id in met}


def superseded(found: Iterable[tuple[str, int]]) -> set[str]:
    """The articles that are the last one nowhere."""
    lost: dict[tuple[str, int], int] = Counter(found)
    return {id for (id, urls), count in lost.items() if count == urls}
