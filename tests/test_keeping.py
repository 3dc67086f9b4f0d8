"""What is made once and kept, and what happens where it cannot be."""

from pathlib import Path

import pytest

from dateline.keeping import VERSIONS, cache_folder, kept_file, kept_object, state_of


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
    assert kept_file("w" * 300, "ab", ".txt", lambda path: path.write_text("x")) is None


def test_an_object_is_made_once_and_again_where_what_is_kept_cannot_be_read() -> None:
    made: list[int] = []

    def make() -> dict[str, int]:
        made.append(len(made))
        return {"number": made[-1]}

    assert [kept_object("rules", "ab", make) for _ in range(2)] == [{"number": 0}] * 2
    (cache_folder() / "rules-ab.pickle").write_bytes(b"no pickle")
    assert [kept_object("rules", "ab", make) for _ in range(2)] == [{"number": 1}] * 2
    assert kept_object("rules", "cd", make) == {"number": 2}


def test_what_another_user_wrote_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kept_object("rules", "ab", lambda: "mine")
    monkeypatch.setattr("os.getuid", lambda: -1, raising=False)
    assert kept_object("rules", "ab", lambda: "made anew") == "made anew"


def test_the_state_of_a_folder_changes_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "rules" / "below").mkdir(parents=True)
    states = [state_of(tmp_path / "rules"), state_of(tmp_path / "rules", tmp_path / "none")]
    (tmp_path / "rules" / "below" / "a.toml").write_text("a = 1")
    states.append(state_of(tmp_path / "rules"))
    (tmp_path / "rules" / "below" / "a.toml").write_text("a = 12")
    states.append(state_of(tmp_path / "rules"))
    (tmp_path / "rules" / "__pycache__").mkdir()
    (tmp_path / "rules" / "__pycache__" / "a.pyc").touch()
    states.append(state_of(tmp_path / "rules"))
    assert [states.index(state) for state in states] == [0, 0, 2, 3, 3]
