"""The package: what is declared is locked, by hash and from nowhere in particular; versions agree; licences are there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import dateline
from tools.check_dist import NEEDED, wrong_in
from tools.runtime_lock import part

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


def test_the_lock_of_what_runs_has_what_is_asked_for_and_no_tools() -> None:
    names = {match["name"] for match in PINNED.finditer(part(LOCK, {name_of(each) for each in project()["dependencies"]}))}
    assert {"spacy", "thinc", "typer", "pyarrow", "starlette"} <= names
    assert not names & {"pytest", "mypy", "pandas", "playwright", "hatchling", "ipykernel"}
    with pytest.raises(ValueError, match="not in the lock: nothing-such"):
        part(LOCK, {"nothing-such"})


@pytest.mark.parametrize("name", ["fuzz", "audit"])
def test_tools_that_few_need_have_locks_of_their_own(name: str) -> None:
    lock = (ROOT / f"requirements-{name}.lock").read_text(encoding="utf-8")
    assert len(re.findall(r"^[\w.-]+==", lock, re.MULTILINE)) == len(PINNED.findall(lock)) > 0
    assert "://" not in lock
    assert project()["optional-dependencies"][name][0] in {match["name"] for match in PINNED.finditer(lock)}


def test_what_does_not_belong_into_a_distribution_is_found() -> None:
    good = [f"x/{each.removeprefix('/')}" for each in NEEDED]
    assert list(wrong_in(good, NEEDED)) == []
    (foreign,) = wrong_in([*good, "dateline/tests/test_x.py"], NEEDED)
    (kind,) = wrong_in([*good, "dateline/war.db"], NEEDED)
    (missing,) = wrong_in(good[1:], NEEDED)
    assert ("does not belong" in foreign, "not ours" in kind, "is missing" in missing) == (True, True, True)


def test_the_container_is_built_from_what_is_here_by_hash_and_runs_without_rights() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    for step, rest in steps:
        if step == "COPY" and "--from" not in rest:
            assert all((ROOT / source).exists() for source in rest.split()[:-1]), rest
        for install in re.findall(r"/pip [^&]*", rest if step == "RUN" else ""):
            assert "--require-hashes" in install or "--no-index" in install
        assert "--chown" not in rest, "the code is root's"
    last = [rest for step, rest in steps if step in ("FROM", "USER")]
    assert last[-1] == "dateline"
    assert {"HEALTHCHECK", "ENTRYPOINT", "CMD"} <= {step for step, _ in steps}


def test_every_public_thing_says_what_it_is() -> None:
    silent = []
    for path in sorted((ROOT / "src" / "dateline").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        classes = [node for node in named if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        things = [
            tree,
            *named,
            *(node for each in classes for node in each.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)),
        ]
        silent += [
            f"{path.name}: {getattr(thing, 'name', 'the module')}"
            for thing in things
            if not getattr(thing, "name", "").startswith("_") and not ast.get_docstring(thing)
        ]
    assert silent == []
