import multiprocessing
import os
from pathlib import Path

import pytest

from dateline.gazetteer import build, cache
from dateline.gazetteer.cache import GazetteerError, base_file, ensure, gazetteer
from dateline.gazetteer.store import Entry, Row
from dateline.keeping import cache_folder

# The children below only read, write SQLite and leave by `os._exit`: threads of the parent's that they do not have do not matter.
pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


def few_rows() -> list[Row]:
    return [Row(Entry("test:1", "Zarbad", "AFG", None, "town", 1.0, 2.0, 3.0, 4), ("Zarbad",))]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and little to compile into it."""
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(build, "base_rows", few_rows)
    return tmp_path / "kept"


def test_the_folder_is_where_users_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CACHE", "/somewhere")
    assert cache_folder() == Path("/somewhere")
    monkeypatch.delenv("DATELINE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert cache_folder() == Path("/xdg/dateline")


def test_a_folder_that_cannot_be_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(small / ("a" * 300)))
    with pytest.raises(GazetteerError, match="DATELINE_CACHE"):
        gazetteer()


def test_it_is_compiled_once(small: Path) -> None:
    assert [e.id for e in gazetteer().named("Zarbad")] == ["test:1"]
    before = base_file().stat().st_mtime_ns
    assert base_file().parent == small
    assert gazetteer() is gazetteer()
    assert base_file().stat().st_mtime_ns == before


def test_versions_keep_out_of_each_others_way_and_the_oldest_go(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for number in range(1, 6):
        monkeypatch.setattr(cache, "current_version", lambda number=number: number)
        ensure()
        made.append(base_file())
        os.utime(base_file(), (number, number))
    assert [path.is_file() for path in made] == [False, False, True, True, True]


def test_several_processes_may_start_at_once(small: Path) -> None:
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=ensure) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert {path.name for path in small.iterdir()} == {"gazetteer.lock", base_file().name}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file" / "kept"))
    with pytest.raises(GazetteerError, match="DATELINE_CACHE"):
        ensure()


def test_the_real_one_knows_towns_provinces_regions_and_countries() -> None:
    names = gazetteer()
    assert names.named("Kabul")[0].country == "AFG"
    assert {e.kind for e in names.named("Helmand")} >= {"province"}
    assert any(e.kind == "sea" and e.country is None for e in names.named("Persian Gulf"))
    assert {e.country for e in names.named("Georgia")} >= {"GEO", "USA"}
    assert any(e.country == "SYR" for e in names.named("Deir ez-Zor"))
