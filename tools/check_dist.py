"""Check what stands in the built wheel and sdist: `python tools/check_dist.py dist`. Prints what is wrong and fails, or their sizes."""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

NEEDED = (
    "dateline/py.typed", "dateline/cli/demo.py", "dateline/lexicon/en/status.toml", "dateline/ledger/schema.sql",
    "dateline/gazetteer/data/subdivisions.tsv.gz", "dateline/examples/offensive/articles.jsonl", "dateline/examples/offensive/lorvania.txt",
    "dateline/examples/offensive/countries.toml",
    "dateline/server/page/index.html", "dateline/server/page/licences.md", "/licenses/LICENSE", "/licenses/NOTICE",
)  # fmt: skip
"""Endings of names that a wheel has to have."""
FOREIGN = {"tests", "benchmarks", "gold", "node_modules", "shared", ".venv", ".cache", "__pycache__"}
"""Folders that belong into no distribution."""
KINDS = {
    ".py", ".typed", ".toml", ".tsv", ".json", ".sql", ".md", ".txt", ".css", ".gz", ".html", ".js", ".svg", ".jsonl", ".webmanifest",
    ".woff2", ".npz", ".mjs", ".cff", ".lock", "",
}  # fmt: skip
MOST = 10_000_000
"""Bytes of one distribution."""


def wrong_in(names: list[str], needed: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with a distribution that holds these files."""
    for name in names:
        path = PurePosixPath(name)
        if FOREIGN & set(path.parts[:-1]):
            yield f"{name}: it does not belong here"
        elif path.suffix not in KINDS and "dist-info" not in path.parts[0]:
            yield f"{name}: files of this kind are not ours"
    for ending in needed:
        if not any(name.endswith(ending) for name in names):
            yield f"{ending} is missing"


def main() -> int:
    """Check a folder of distributions; the exit code."""
    folder = Path(sys.argv[1])
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        problems = [f"{wheel.name}: {each}" for each in wrong_in(archive.namelist(), NEEDED)]
    with tarfile.open(sdist) as archive_of_source:
        names = [member.name for member in archive_of_source.getmembers() if member.isfile()]
        needed = (
            "/LICENSE",
            "/NOTICE",
            "/pyproject.toml",
            "src/dateline/server/page/index.html",
            "examples/offensive/articles.jsonl",
        )
        problems += [f"{sdist.name}: {each}" for each in wrong_in(names, needed)]
    problems += [
        f"{file.name}: {file.stat().st_size:,} bytes are too many" for file in (wheel, sdist) if file.stat().st_size > MOST
    ]
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print("\n".join(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB" for file in (wheel, sdist)))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
