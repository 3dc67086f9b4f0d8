"""The package: what is declared is locked, by hash and from nowhere in particular; versions agree; licences are there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import dateline

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>\S+) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def name_of(requirement: str) -> str:
    return re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_every_dependency_is_locked() -> None:
    declared = project()
    locked = {match["name"] for match in PINNED.finditer(LOCK)}
    wanted = [*declared["dependencies"], *declared["optional-dependencies"]["dev"]]
    assert [name for name in map(name_of, wanted) if name not in locked] == [], "run `make lock`"


def test_everything_in_the_lock_has_a_hash_and_nothing_names_a_place_to_fetch_it_from() -> None:
    assert len(re.findall(r"^[\w.-]+==", LOCK, re.MULTILINE)) == len(PINNED.findall(LOCK))
    assert "://" not in LOCK
    assert not re.search(r"^--", LOCK, re.MULTILINE)


def test_versions_agree() -> None:
    version = project()["version"]
    assert dateline.__version__ == version
    assert f"version: {version}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_licence_and_notice_come_with_the_package() -> None:
    assert project()["license"] == "Apache-2.0"
    for name in project()["license-files"]:
        assert (ROOT / name).read_text(encoding="utf-8").strip()
    assert (ROOT / "src" / "dateline" / "py.typed").exists()
