"""The notebook of the documentation runs from top to bottom in a kernel of its own."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def test_the_notebook_runs_and_shows_something_in_every_cell_that_asks() -> None:
    notebook = nbformat.read(ROOT / "docs" / "tour.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT / "docs")}}).execute()
    asking = [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.source.startswith(("import", "ledger.close"))
    ]
    assert asking
    assert all(cell.outputs for cell in asking)


def test_the_notebook_is_kept_without_what_it_printed() -> None:
    notebook = nbformat.read(ROOT / "docs" / "tour.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells)
