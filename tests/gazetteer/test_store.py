import time
from pathlib import Path

import pytest

from dateline.gazetteer.store import Entry, Row, Store, compile_file, version


def entry(name: str, country: str, people: int, lat: float = 0.0) -> Entry:
    return Entry(f"test:{name}:{country}", name, country, f"{country}.1", "town", lat, 0.0, 3.0, people)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    rows = [
        Row(entry("Zarbād", "AFG", 900), ("Zarbād", "Zerbad")),
        Row(entry("Zarbad", "IRN", 80_000), ("Zarbad",)),
        Row(entry("Al Qolah", "SYR", 10), ("Al Qolah",)),
    ]
    compile_file(tmp_path / "one.sqlite", 7, "one", "a test", rows)
    return Store([tmp_path / "one.sqlite"])


def test_candidates_come_with_most_people_first(store: Store) -> None:
    assert [(e.country, e.own) for e in store.named("ZARBAD")] == [("IRN", True), ("AFG", True)]
    assert [e.own for e in store.named("Zerbad")] == [False]
    assert store.named("Qolah") == store.named("al-Qolah")
    assert store.named("Nowhere") == ()


def test_many_keys_are_found_at_once(store: Store) -> None:
    found = store.find(["zarbad", "qolah", *(f"no {k}" for k in range(2000))])
    assert set(found) == {"zarbad", "qolah"}


def test_a_name_is_found_by_its_sound(store: Store) -> None:
    assert [e.name for e in store.sounding_like("Zirbad")] == ["Zarbad", "Zarbād"]
    assert not any(e.own for e in store.sounding_like("Zirbad"))


def test_of_two_files_the_earlier_counts(tmp_path: Path) -> None:
    compile_file(tmp_path / "a.sqlite", 1, "a", "", [Row(entry("Qal", "AFG", 5, 1.0), ("Qal",))])
    compile_file(tmp_path / "b.sqlite", 1, "b", "", [Row(entry("Qal", "AFG", 0, 2.0), ("Qal", "Kal"))])
    both = Store([tmp_path / "a.sqlite", tmp_path / "b.sqlite"])
    assert [e.lat for e in both.named("Qal")] == [1.0]
    assert [e.lat for e in both.named("Kal")] == [2.0]
    assert [source.name for source in both.sources()] == ["a", "b"]


def test_versions(tmp_path: Path) -> None:
    assert version(tmp_path / "none.sqlite") is None
    (tmp_path / "junk.sqlite").write_text("no database at all, only words" * 100)
    assert version(tmp_path / "junk.sqlite") is None
    compile_file(tmp_path / "a.sqlite", 12, "a", "", [])
    assert version(tmp_path / "a.sqlite") == 12


def test_a_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken() -> list[Row]:
        raise OSError("the table broke off")

    with pytest.raises(OSError, match="broke off"):
        compile_file(tmp_path / "a.sqlite", 1, "a", "", (row for row in broken()))
    assert list(tmp_path.iterdir()) == []


def test_asking_again_is_quick(store: Store) -> None:
    names = [f"name {k}" for k in range(200)]
    store.find(names)
    start = time.perf_counter()
    for _ in range(10):
        store.find(names)
    assert (time.perf_counter() - start) / 10 < 0.002
