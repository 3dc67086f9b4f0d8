import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from dateline.gazetteer import build
from dateline.gazetteer.added import add, remove, sources
from dateline.gazetteer.cache import GazetteerError, gazetteer

GEONAMES = (
    "101\tZarbād\tZarbad\tZerbad,ZRB,زرباد\t31.5\t64.25\tP\tPPL\tAF\t\t10\t\t\t\t1200\t\t900\tAsia/Kabul\t2020-01-01\n"
    "102\tZarb Airport\tZarb Airport\t\t31.6\t64.3\tS\tAIRP\tAF\t\t10\t\t\t\t0\t\t900\tAsia/Kabul\t2020-01-01\n"
    "103\tZarb Hotel\tZarb Hotel\t\t31.6\t64.3\tS\tHTL\tAF\t\t10\t\t\t\t0\t\t900\tAsia/Kabul\t2020-01-01\n"
)
WHOS_ON_FIRST = (
    "wof_id\tplacetype\tcountry\tname\tlat\tlon\tgeonames_id\tregion_id\tcounty_id\tnames\tsrc\n"
    "7\tlocality\tAF\tQolbad\t31.5\t64.2\t\t5\t\tKolbad|قلباد\tx\n"
    "5\tregion\tAF\tHelmand\t31\t64\t1140043\t5\t\t\tx\n"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(build, "base_rows", list)


def test_a_geonames_dump(tmp_path: Path) -> None:
    (tmp_path / "AF.txt").write_text(GEONAMES, encoding="utf-8")
    source = add(str(tmp_path / "AF.txt"))
    assert (source.name, source.places) == ("AF", 2)
    (town,) = gazetteer().named("Zerbad")
    assert (town.id, town.country, town.province, town.kind, town.population) == (
        "geonames:101",
        "AFG",
        "AFG.10",
        "town",
        1200,
    )
    assert gazetteer().named("ZRB") == ()
    assert [e.kind for e in gazetteer().named("Zarb Airport")] == ["airport"]
    assert gazetteer().named("Zarb Hotel") == ()


def test_a_whos_on_first_table_shares_our_provinces(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "wof.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(WHOS_ON_FIRST)
    assert add(str(tmp_path / "wof.tsv.gz")).name == "wof"
    (town,) = gazetteer().named("Kolbad")
    assert (town.id, town.province) == ("wof:7", "AFG.10")


def test_sources_are_listed_replaced_and_removed(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(GEONAMES, encoding="utf-8")
    add(str(tmp_path / "own.txt"))
    add(str(tmp_path / "own.txt"))
    assert [source.name for source in sources()] == ["dateline", "own"]
    remove("own")
    assert [source.name for source in sources()] == ["dateline"]
    with pytest.raises(GazetteerError, match="nothing was added under 'own'"):
        remove("own")


@pytest.mark.parametrize("text", ["", "a,b,c\n1,2,3\n", "wof_id\tname\n", "\x00\x01"])
def test_what_is_no_table_is_refused_and_leaves_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "junk.txt").write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError):
        add(str(tmp_path / "junk.txt"))
    assert [source.name for source in sources()] == ["dateline"]


def test_neither_file_nor_country() -> None:
    with pytest.raises(GazetteerError, match="neither a file nor a country"):
        add("Atlantis")


@pytest.mark.parametrize("name", ["../x", "a/b"])
def test_names_stay_in_the_folder(name: str) -> None:
    with pytest.raises(GazetteerError):
        remove(name)


class Answer(io.BytesIO):
    def __init__(self, content: bytes, length: int | None = None) -> None:
        super().__init__(content)
        self.headers = {"Content-Length": str(len(content) if length is None else length)}


def packed(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("AF.txt", text)
    return content.getvalue()


@pytest.mark.parametrize("what", ["AFG", "AF", "afghanistan".title()])
def test_a_country_is_fetched(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(url: str, **_: Any) -> Answer:
        asked.append(url)
        return Answer(packed(GEONAMES))

    monkeypatch.setattr("urllib.request.urlopen", answer)
    steps: list[tuple[int, int | None]] = []
    source = add(what, lambda come, total: steps.append((come, total)))
    assert asked[0].endswith("/AF.zip")
    assert (source.name, source.places) == ("AFG", 2)
    assert "sha256" in source.origin
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("content", [Answer(packed(GEONAMES), 10_000_000), Answer(b"no zip"), None])
def test_a_broken_download_is_told_and_not_kept(
    content: Answer | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(url: str, **_: Any) -> Answer:
        if content is None:
            raise OSError("no route to host")
        return content

    monkeypatch.setattr("urllib.request.urlopen", answer)
    with pytest.raises(GazetteerError):
        add("AFG")
    assert not list((tmp_path / "kept").glob("*.zip"))
