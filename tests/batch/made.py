"""Articles for batches: short invented ones, with what real files have in them: reprints, changed versions, stubs, broken lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.ledger.content import stories

BROKEN = '{"title": "No text, and the line breaks of'
FOREIGN = (
    "Die Regierung hat am Montag angekündigt, dass die Verhandlungen über den Haushalt in der kommenden Woche beginnen sollen, "
    "nachdem sich die Parteien lange nicht einigen konnten."
)


def lines(number: int) -> list[str]:
    """So many articles as lines of JSON; besides them a second version at one URL, one in another language, and a broken line."""
    found: list[dict[str, Any]] = [
        {"id": story.article.id, "text": story.article.text, "url": story.article.url, "publisher": story.article.publisher}
        for story in stories(number)
    ]
    found.append({**found[1], "text": found[1]["text"] + " Residents fled, an official said."})
    found.append({"id": "de", "text": FOREIGN})
    return [*(json.dumps({key: value for key, value in row.items() if value}) for row in found), BROKEN]


def files(folder: Path, number: int) -> list[str]:
    """The same as two files; the second is packed."""
    told = lines(number)
    folder.mkdir(parents=True, exist_ok=True)
    first, second = folder / "a.jsonl", folder / "b.jsonl"
    first.write_text("\n".join(told[: len(told) // 2]) + "\n", encoding="utf-8")
    second.write_text("\n".join(told[len(told) // 2 :]) + "\n", encoding="utf-8")
    return [str(first), str(second)]


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a batch's folder, to the byte."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def killed_after_one_shard(arguments: list[str], out: Path) -> None:
    """Run `dateline batch` in a process of its own and kill it when the first shard is finished."""
    process = subprocess.Popen([sys.executable, "-m", "dateline", "batch", *arguments], stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None and not list(out.glob(".work/done/*.json")):
            try:
                process.wait(0.02)
            except subprocess.TimeoutExpired:
                continue
    finally:
        process.kill()
        process.wait()


def forgotten(folder: Path) -> None:
    """Delete a folder."""
    shutil.rmtree(folder, ignore_errors=True)
