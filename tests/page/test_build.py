"""What the build made: within the budget, of this origin alone, nothing in it that the policy of the page forbids."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from dateline.server.page import is_built
from dateline.server.settings import Settings

PAGE = Settings(Path()).page
MOST_KB = 600
pytestmark = pytest.mark.skipif(not is_built(PAGE), reason="the page is not built: make page")


def test_all_scripts_together_stay_within_the_budget() -> None:
    sizes = {
        file.name: len(gzip.compress(file.read_bytes(), 9)) / 1000
        for file in PAGE.rglob("*")
        if file.suffix in (".js", ".mjs")
    }
    assert sum(sizes.values()) <= MOST_KB, sizes
    first = re.findall(r'(?:src|href)="/([^"]+\.js)"', (PAGE / "index.html").read_text(encoding="utf-8"))
    assert sum(len(gzip.compress((PAGE / name).read_bytes(), 9)) for name in first) / 1000 <= 60, (
        "what is loaded before anything is seen"
    )


def test_the_page_needs_nothing_that_its_policy_forbids() -> None:
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:", index)
    assert all(not re.search(r"url\(['\"]?(https?:)?//", file.read_text(encoding="utf-8")) for file in PAGE.rglob("*.css"))


def test_a_report_is_one_file_with_a_place_for_its_answers() -> None:
    report = (PAGE / "report.html").read_text(encoding="utf-8")
    assert report.count("<!--dateline-report-->") == 1
    assert report.count("<script") - report.count("<\\/script") >= 1
    assert not re.search(r'<(script|link|img)[^>]*\s(src|href)="', report.split("<script", 1)[0])
    assert "default-src 'none'; script-src 'sha256-" in report


def test_the_licences_of_what_is_in_it_come_with_it() -> None:
    told = (PAGE / "licences.md").read_text(encoding="utf-8")
    assert all(name in told for name in ("maplibre-gl", "preact", "topojson-client"))


WEB = Path(__file__).parents[2] / "web"


@pytest.mark.skipif(
    not (WEB / "node_modules" / ".bin" / "vitest").exists(), reason="its packages are not installed: make page"
)
def test_its_own_units() -> None:
    """The tests beside the sources of the page: words, days, bars, marks, keys."""
    done = subprocess.run(["npm", "test", "--silent"], cwd=WEB, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
