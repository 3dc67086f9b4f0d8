"""Imports point one way: what stands lower never knows what stands on it, and heavy things wait until they are asked for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dateline"
FLOORS = {
    "appearing": -1,
    "model": 0,
    "keeping": 0,
    "reading": 1,
    "language": 2,
    "rules": 2,
    "gazetteer": 3,
    "find": 4,
    "resolve": 5,
    "reader": 6,
    "sources": 6,
    "output": 6,
    "explain": 7,
    "proving": 7,
    "ledger": 8,
    "incidents": 9,
    "batch": 10,
    "server": 10,
    "cli": 10,
    "__main__": 11,
    "": 11,  # the package itself gathers the public names
}
"""The floor of every module and package. A module imports from its own floor's package and from floors below."""
NLP_LIBRARIES = {"spacy", "thinc"}
MODULES = sorted(SOURCE.rglob("*.py"))


def room(module: str) -> str:
    """The part of the house that a dotted name inside `dateline` belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def imports(path: Path) -> set[str]:
    """Every module that a file imports anywhere, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_from_below(path: Path) -> None:
    here = path.relative_to(SOURCE).with_suffix("").parts[0].replace("__init__", "")
    assert here in FLOORS, f"say on which floor {here!r} stands"
    for name in imports(path):
        if name.split(".")[0] == "dateline":
            there = room(name)
            assert there == here or FLOORS[there] < FLOORS[here] or here == "cli", f"{path.name} imports {name}"


def test_only_the_parsers_and_what_makes_them_quick_know_the_language_library() -> None:
    for path in MODULES:
        if path.parent.name != "language" or path.name not in (
            "parsers.py",
            "library.py",
            "vocabulary.py",
            "at_once.py",
            "encoder.py",
            "embedding.py",
            "forms.py",
        ):
            assert not {name.split(".")[0] for name in imports(path)} & NLP_LIBRARIES, path


@pytest.mark.parametrize(
    ("statement", "not_loaded"),
    [("import dateline", "spacy numpy rich typer"), ("import dateline.cli", "spacy numpy rich.table dateline.reader")],
)
def test_heavy_things_wait(statement: str, not_loaded: str) -> None:
    code = f"import sys; {statement}; print([name for name in {not_loaded.split()!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
