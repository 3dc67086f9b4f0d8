"""What is made once and kept, and what happens where it cannot be."""

from pathlib import Path

import pytest

from dateline.keeping import VERSIONS, cache_folder, kept_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_file_is_made_once() -> None:
    path = kept_file("words", "ab", ".txt", lambda path: path.write_text("first"))
    assert path is not None
    assert path.read_text() == "first"
    assert kept_file("words", "ab", ".txt", lambda path: path.write_text("second")) == path
    assert path.read_text() == "first"


def test_what_fails_leaves_nothing_behind() -> None:
    def fail(path: Path) -> None:
        path.write_text("half")
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        kept_file("words", "ab", ".txt", fail)
    assert list(cache_folder().iterdir()) == []


def test_the_oldest_go() -> None:
    for number in range(VERSIONS + 2):
        assert kept_file("words", f"{number:02x}", ".txt", lambda path: path.write_text("x")) is not None
    assert len(list(cache_folder().iterdir())) == VERSIONS


def test_a_folder_that_cannot_be_written_keeps_nothing(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    assert kept_file("words", "ab", ".txt", lambda path: path.write_text("x")) is None
