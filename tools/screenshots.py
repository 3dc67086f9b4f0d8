"""Pictures of every view of the page, as the README shows them: `make screenshots` writes them to docs/img.

They show what `dateline demo` makes of the bundled articles, in the light theme, and are kept small enough for git.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page

from tests.page.browsing import browsing, drawn, missing, opened, served, settled

FOLDER = Path(__file__).parents[1] / "docs" / "img"
MOST_BYTES = 240 * 1024
WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def _first_card(page: Page) -> None:
    drawn(page)
    page.locator("a.card").first.click()
    page.locator(".evidence-body h2").wait_for()


def _first_article(page: Page) -> None:
    page.locator("main a[href^='/articles/']").first.click()
    page.locator("main h1, main h2").first.wait_for()


VIEWS: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "map": ("/", drawn),
    "evidence": ("/", _first_card),
    "map-control": ("/?control=2031-03-09", drawn),
    "timeline": ("/timeline", None),
    "control": ("/control", None),
    "commitments": ("/commitments", None),
    "statements": ("/statements", None),
    "articles": ("/articles", None),
    "article": ("/articles", _first_article),
    "review": ("/review", None),
    "runs": ("/runs", None),
}


def main() -> int:
    """Write the pictures, or those that are named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", metavar="NAME", help=f"only these of {', '.join(VIEWS)}")
    asked.add_argument("--ledger", type=Path, help="show this ledger")
    asked.add_argument("--to", type=Path, default=FOLDER, help="the folder")
    asked.add_argument("--dark", action="store_true", help="in the dark theme")
    asked.add_argument("--phone", action="store_true", help="as wide as a phone")
    given = asked.parse_args()
    if why := missing():
        print(why, file=sys.stderr)
        return 2
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or _demo(Path(folder))
        if given.ledger is None:
            os.environ["DATELINE_CACHE"] = str(ledger.parent / "places")  # where the demo has put its invented country
        with served(ledger) as address, browsing() as browser:
            size = PHONE if given.phone else WIDE
            for name in given.names or VIEWS:
                path, prepared = VIEWS[name]
                page, wrong = opened(browser, address, viewport=size, color_scheme="dark" if given.dark else "light")
                page.goto(path)
                settled(page)
                if prepared:
                    prepared(page)
                    settled(page)
                page.wait_for_timeout(500)
                file = given.to / f"{name}{'-dark' if given.dark else ''}{'-phone' if given.phone else ''}.png"
                file.write_bytes(smaller(page.screenshot()))
                print(f"{file} {file.stat().st_size // 1000} kB{''.join(f'; {problem}' for problem in wrong)}")
                page.context.close()
    too_big = [file.name for file in given.to.glob("*.png") if file.stat().st_size > MOST_BYTES]
    if too_big:
        print(f"larger than {MOST_BYTES // 1024} KiB: {', '.join(too_big)}", file=sys.stderr)
    return 1 if too_big else 0


def _demo(folder: Path) -> Path:
    """The ledger of `dateline demo`, which takes a minute or two."""
    subprocess.run(
        [sys.executable, "-m", "dateline", "demo", str(folder), "--no-serve"], check=True, stdout=subprocess.DEVNULL
    )
    ledger = folder / "dateline.db"
    with closing(sqlite3.connect(ledger)) as db, db:  # where this copy lies is nobody's business
        db.execute("UPDATE run SET source = replace(source, ?, '')", (f"{FOLDER.parents[1]}/",))
    return ledger


def smaller(png: bytes) -> bytes:
    """The same picture, packed as tightly as zlib can: browsers pack for speed."""
    parts, data, at = [], b"", 8
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        else:
            parts.append((kind, png[at + 8 : at + 8 + length]))
        at += 12 + length
    lines = zlib.decompress(data)
    packers = [zlib.compressobj(9, zlib.DEFLATED, 15, 9, way) for way in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)]
    packed = min((packer.compress(lines) + packer.flush() for packer in packers), key=len)
    parts.insert(-1, (b"IDAT", packed))
    return png[:8] + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )


if __name__ == "__main__":
    sys.exit(main())
