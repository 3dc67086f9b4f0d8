"""What a batch costs: seconds of cores, bytes and memory, with one process and two, killed and gone on, and on Daft; the same bytes.

    python -m benchmarks.batch [--articles N] [--in FILE...] [--daft]

Without --in the articles are short ones (`benchmarks.short`). Seconds of cores are user and system time of all processes, so that
other work on the machine counts for little in them; seconds by the clock are what they are on the machine as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.short import short_articles


def main() -> int:
    """Print the figures; 1 where the bytes differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--in", dest="inputs", nargs="+")
    parser.add_argument("--daft", action="store_true", help="also with --engine daft, where it is installed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        inputs = options.inputs
        if not inputs:
            inputs = [str(folder / "articles.jsonl")]
            rows = (json.dumps(row, ensure_ascii=False) for row in short_articles(options.articles))
            Path(inputs[0]).write_text("\n".join(rows), encoding="utf-8")
        first = measured("one process", folder / "one", [*inputs, str(folder / "one"), "--workers", "1"])
        told(folder / "one")
        same = [first == measured("two processes", folder / "two", [*inputs, str(folder / "two"), "--workers", "2"])]
        kill([*inputs, str(folder / "killed"), "--workers", "2"], folder / "killed")
        same.append(
            first == measured("killed and gone on", folder / "killed", [*inputs, str(folder / "killed"), "--workers", "2"])
        )
        if options.daft:
            command = [*inputs, str(folder / "daft"), "--workers", "2", "--engine", "daft"]
            same.append(first == measured("daft, two processes", folder / "daft", command))
    print("the same bytes" if all(same) else f"THE BYTES DIFFER: {same}")
    return 0 if all(same) else 1


def measured(name: str, out: Path, arguments: list[str]) -> dict[str, bytes]:
    """Run a batch and print what it took; every file that it wrote."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "dateline", "batch", *arguments], stderr=subprocess.DEVNULL, check=False)
    after, seconds = os.times(), time.perf_counter() - begun
    cores = after.children_user + after.children_system - before.children_user - before.children_system
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name}: {seconds:.1f} s by the clock, {cores:.1f} s of cores, largest process {peak:,.0f} MB", flush=True)
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def told(out: Path) -> None:
    """Print what a batch holds, in rows and bytes."""
    import pyarrow.parquet as pq

    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    texts = [row for path in sorted((out / "articles").glob("*.parquet")) for row in pq.read_table(path)["text"].to_pylist()]
    words, letters = sum(len(text.split()) for text in texts), sum(len(text.encode()) for text in texts)
    sizes = {name: sum(path.stat().st_size for path in (out / name).glob("*.parquet")) for name in manifest["rows"]}
    print(
        f"{len(texts):,} articles, {words:,} words, {letters:,} bytes of text; rows {manifest['rows']}; bytes {sizes}",
        flush=True,
    )


def kill(arguments: list[str], out: Path) -> None:
    """Run a batch and kill it when a shard is finished and others are not."""
    process = subprocess.Popen([sys.executable, "-m", "dateline", "batch", *arguments], stderr=subprocess.DEVNULL)
    while process.poll() is None and not list(out.glob(".work/done/*.json")):
        time.sleep(0.05)
    process.kill()
    process.wait()
    print(f"killed with {len(list(out.glob('.work/done/*.json')))} shards finished", flush=True)


if __name__ == "__main__":
    sys.exit(main())
