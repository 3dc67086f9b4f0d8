"""Adding places: tables, countries fetched over the network, what is wrong with either, and the commands for it."""

import gzip
import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.gazetteer import build
from dateline.gazetteer.added import add, address, remove, sources
from dateline.gazetteer.cache import GazetteerError, gazetteer
from dateline.gazetteer.countries import country_of, forget

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
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "kept"))
    monkeypatch.setattr(build, "base_rows", list)
    yield
    forget()


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


OWN = 'XNL = { alpha2 = "XN", names = ["Norland"], people = ["Norlander"], at = [10, 20], capitals = ["Karsa"] }\n'


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", GEONAMES.replace("\t1200\t", "\tmany\t").encode(), "'many'"),
        ("a.tsv", b"wof_id\tname\n7\tQolbad\n", "no column of the table is called 'placetype'"),
        ("a.txt.gz", gzip.compress(GEONAMES.encode(), mtime=0)[:40] + b"\xff" * 20, "cannot be read as a table"),
    ],
)
def test_a_damaged_table_is_told_and_leaves_nothing(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(GazetteerError, match=reason):
        add(str(tmp_path / name))
    assert len(sources()) == 1


def test_a_country_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "countries.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "norland.txt").write_text(GEONAMES.replace("\tAF\t", "\tXN\t"), encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"no place .* country that is known"):
        add(str(tmp_path / "norland.txt"))
    assert add(str(tmp_path / "countries.toml")).places == 1
    assert country_of("Norland") == country_of("Norlanders") == country_of("Karsa") == "XNL"
    add(str(tmp_path / "norland.txt"))
    assert [town.country for town in gazetteer().named("Zerbad")] == ["XNL"]
    assert [(place.kind, place.id) for place in gazetteer().named("Norland")] == [("country", "iso:XNL")]
    remove("countries")
    assert country_of("Norland") is None


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "no country in it"),
        ("XNL = {", "not valid TOML"),
        (OWN.replace("XNL", "FRA"), "FRA: it has to be three capitals that no country has"),
        (OWN.replace("XNL", "Norland"), "Norland: it has to be three capitals"),
        (OWN.replace('"XN"', '"FR"'), "alpha2 FR is taken"),
        (OWN.replace("[10, 20]", "[100, 20]"), "at = "),
        (OWN.replace('["Norland"]', '"Norland"'), "names = "),
        (OWN.replace("people", "folk"), "it needs alpha2, names, people and at"),
    ],
)
def test_a_wrong_file_of_countries_says_what_is_wrong(tmp_path: Path, written: str, message: str) -> None:
    (tmp_path / "countries.toml").write_text(written, encoding="utf-8")
    with pytest.raises(GazetteerError, match=message):
        add(str(tmp_path / "countries.toml"))
    assert [source.name for source in sources()] == ["dateline"]


def test_neither_file_nor_country() -> None:
    with pytest.raises(GazetteerError, match="neither a file nor a country"):
        add("Atlantis")


@pytest.mark.parametrize("name", ["../x", "a/b"])
def test_names_stay_in_the_folder(name: str) -> None:
    with pytest.raises(GazetteerError):
        remove(name)


class Server(http.server.ThreadingHTTPServer):
    """A mirror of GeoNames on this machine."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Mirror)
        self.files = files
        self.cut_short = False
        self.asked: list[str] = []


class Mirror(http.server.BaseHTTPRequestHandler):
    """Serves what the server has, or less than it promises."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        content = self.server.files.get(self.path)
        self.send_response(200 if content is not None else 404)
        self.send_header("Content-Length", str(len(content or b"") * (2 if self.server.cut_short else 1)))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def mirror(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with Server({"/dump/AF.zip": packed(GEONAMES)}) as server:
        monkeypatch.setenv("DATELINE_GEONAMES", f"http://127.0.0.1:{server.server_port}/dump/{{alpha2}}.zip")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def packed(text: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("AF.txt", text)
    return content.getvalue()


def left(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "kept").glob("*.zip"))


@pytest.mark.parametrize("what", ["AFG", "AF", "Afghanistan"])
def test_a_country_is_fetched(what: str, mirror: Server, tmp_path: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    source = add(what, lambda come, total: steps.append((come, total)))
    assert mirror.asked == ["/dump/AF.zip"]
    assert (source.name, source.places) == ("AFG", 2)
    assert hashlib.sha256(mirror.files["/dump/AF.zip"]).hexdigest() in source.origin
    assert steps[-1][0] == steps[-1][1] == len(mirror.files["/dump/AF.zip"])
    assert not left(tmp_path)


def test_a_broken_download_is_told_and_not_kept(mirror: Server, tmp_path: Path) -> None:
    whole = mirror.files["/dump/AF.zip"]
    at = whole.index(b"101\tZarb")
    for content, cut_short in ((whole, True), (b"no zip", False), (whole[:at] + b"9" + whole[at + 1 :], False)):
        mirror.files, mirror.cut_short = {"/dump/AF.zip": content}, cut_short
        with pytest.raises(GazetteerError, match=r"try again|download it elsewhere"):
            add("AFG")
        assert not left(tmp_path)
    with pytest.raises(GazetteerError, match="404"):
        add("MLI")
    assert [source.name for source in sources()] == ["dateline"]


def test_a_mirror_needs_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "{" not in address("AF")
    monkeypatch.setenv("DATELINE_GEONAMES", "file:///etc/passwd")
    with pytest.raises(GazetteerError, match="web address"):
        address("AF")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["gazetteer", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_commands(mirror: Server, tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(GEONAMES, encoding="utf-8")
    code, out, err = run("add", "AFG", str(tmp_path / "own.txt"), "Atlantis")
    assert (code, out.splitlines()[0][:13], out.splitlines()[1][:13]) == (1, "AFG: 2 places", "own: 2 places")
    assert "neither a file nor a country" in err
    code, out, _ = run("list")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["dateline", "AFG", "own"])
    assert run("remove", "own")[0] == 0
    assert run("remove", "own")[0] == 3
    assert [source.name for source in sources()] == ["dateline", "AFG"]
