"""The exporters: the columns of each dataset in their order, its codes, and nothing invented."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from dateline import cli
from dateline.appearing import appearing
from dateline.ledger.answers import Ledger
from dateline.ledger.export import acled, gdelt, ged, plover, viina, writing
from dateline.ledger.export.facts import Facts, acled_types, cameo, columns, crosswalk, goldstein, lands
from dateline.ledger.export.writing import DATASETS, dictionary, export
from dateline.ledger.filters import filters
from dateline.ledger.records import Party, Told
from dateline.model import MODES, Actor, Control
from tests.ledger.made import ARMY, HELMAND, KABUL, REBELS, SYRIA, add, event, ledger, reading

SHARED = (
    Path(os.environ.get("DATELINE_CONTRACT", Path(__file__).parents[3] / "shared" / "contract")) / "dataset_columns.json"
)
TEXT = (
    "Rebels shelled Kabul, killing 12 people.\n\nThe =army= retook Helmand. Crowds marched in Kabul. Talks may follow. "
    "Gunmen took Kabul again."
)
CROWD = Actor("students", "AFG", "CVL")
CIVILIANS = Actor("villagers", "AFG", "CVL")


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Facts with the bundled gazetteer."""
    return Facts()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a shelling, ground that changes hands twice, a march, and talks that may come."""
    told = reading(
        TEXT,
        [
            event(TEXT, "shelled", "ASSAULT", "heavy-weapons", actors=[REBELS, Actor("Sons of Talma", None, "REB")],
                  recipients=[CIVILIANS], when="2021-06-28", where=KABUL, killed=(12, None), said_by=["Reuters", "police"]),
            event(TEXT, "retook", "COERCE", "seize", actors=[ARMY], when="2021-06-29", where=HELMAND,
                  control=Control(gained_by="Afghan army", lost_by="rebels", place="Helmand", unit="province", count=1)),
            event(TEXT, "marched", "PROTEST", "demo", actors=[CROWD], when=("2021-06-21", "2021-06-27"), where=KABUL),
            event(TEXT, "Talks", "CONSULT", status="hypothetical", actors=[ARMY, REBELS]),
            event(TEXT, "took", "COERCE", "seize", actors=[REBELS], when="2021-06-30", where=HELMAND,
                  control=Control(gained_by="Northern Front", lost_by=None, place="Helmand", unit="province", count=1)),
        ],
        title="=1+1",
    )  # fmt: skip
    path = tmp_path_factory.mktemp("export") / "x.db"
    ledger(path, [(told, "The Courier")]).close()
    return path


@pytest.fixture
def opened(made: Path) -> Iterator[Ledger]:
    """The same, open for asking."""
    with Ledger(made) as found:
        yield found


def told(**changes: Any) -> Told:
    values: dict[str, Any] = dict.fromkeys(Told.__dataclass_fields__)
    values |= {
        "id": "e0123456789abcdef", "article_id": "a1", "start": 0, "end": 4, "trigger": "hit", "type": "ASSAULT", "status": "actual",
        "said_by": (), "confidence": 0.84, "sense": "x", "corrected": 0, "voice": "a1", "actors": (), "recipients": (), "numbers": (),
        "sentence": "", "sentence_start": 0, "sentence_end": 0, "first_paragraph": False, "article_length": 10,
    }  # fmt: skip
    return Told(**(values | changes))


def who(name: str, country: str | None, sector: str | None) -> Party:
    return Party(name, country, sector, None, None)


@pytest.mark.skipif(not SHARED.is_file(), reason="the contract is not here")
def test_the_columns_are_those_of_the_contract() -> None:
    contract = json.loads(SHARED.read_text(encoding="utf-8"))
    for name, wanted in contract.items():
        if "columns" in wanted:
            assert [column.name for column in columns(name)] == wanted["columns"], name
    for column in columns("plover"):
        assert column.name in contract["plover"]["note"]


@pytest.mark.parametrize("name", DATASETS)
def test_every_file_has_its_columns_and_fills_those_that_it_says(
    name: str, opened: Ledger, facts: Facts, tmp_path: Path
) -> None:
    export(opened, name, filters(), tmp_path, facts)
    rows = list(csv.DictReader((tmp_path / "dictionary.csv").open(encoding="utf-8")))
    for table in DATASETS[name].tables:
        told = dictionary(table.columns)
        assert [row["column"] for row in rows if row["file"] == table.file] == [column.name for column in told]
        assert all(column.meaning for column in told)
        path = tmp_path / table.file
        if table.style in ("csv", "tsv", "bare tsv"):
            lines = list(csv.reader(path.open(encoding="utf-8"), delimiter="," if table.style == "csv" else "\t"))
            if table.style != "bare tsv":
                assert lines.pop(0) == [column.name for column in told]
            assert lines
            assert {len(line) for line in lines} == {len(told)}
            empty = {column.name for column, *cells in zip(told, *lines, strict=True) if not any(cells)}
            assert empty >= {column.name for column in told if not column.filled}, "what is never filled is empty"
    assert "Dateline" in (tmp_path / "citation.txt").read_text(encoding="utf-8")
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".partial")]


def written(opened: Ledger, name: str, folder: Path, facts: Facts, file: int = 0) -> list[dict[str, str]]:
    export(opened, name, filters(), folder, facts)
    table = DATASETS[name].tables[file]
    names = [column.name for column in columns(table.columns)]
    lines = list(csv.reader((folder / table.file).open(encoding="utf-8"), delimiter="," if table.style == "csv" else "\t"))
    return [dict(zip(names, line, strict=True)) for line in (lines if table.style == "bare tsv" else lines[1:])]


def test_acled(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    march, shelling, retaken, taken = written(opened, "acled", tmp_path, facts)
    assert (shelling["event_type"], shelling["sub_event_type"]) == (
        "Explosions/Remote violence", "Shelling/artillery/missile attack",
    )  # fmt: skip
    assert (shelling["actor1"], shelling["assoc_actor_1"], shelling["inter1"]) == (
        "Northern Front",
        "Sons of Talma",
        "Rebel group",
    )
    assert (shelling["actor2"], shelling["assoc_actor_2"]) == ("Civilians (Afghanistan)", "villagers")
    assert (shelling["interaction"], shelling["civilian_targeting"]) == ("Rebel group-Civilians", "Civilian targeting")
    assert (shelling["iso"], shelling["region"], shelling["admin1"], shelling["geo_precision"]) == (
        "4",
        "South Asia",
        "Kābul",
        "1",
    )
    assert (shelling["fatalities"], shelling["time_precision"], shelling["source"]) == ("12", "1", "The Courier")
    assert shelling["notes"] == "Rebels shelled Kabul, killing 12 people."
    assert (march["event_type"], march["actor1"], march["inter1"]) == ("Protests", "Protesters (Afghanistan)", "Protesters")
    assert (march["time_precision"], march["interaction"], march["disorder_type"]) == (
        "2",
        "Protesters only",
        "Demonstrations",
    )
    assert (retaken["event_type"], retaken["sub_event_type"]) == ("Battles", "Government regains territory")
    assert taken["sub_event_type"] == "Non-state actor overtakes territory"
    assert march["fatalities"] == "", "no number told, none invented"


@pytest.mark.parametrize(
    ("mode", "recipient", "types"),
    [
        (None, who("army", "AFG", "MIL"), ("Battles", "Armed clash")),
        ("firearms", who("a reporter", "AFG", "JRN"), ("Violence against civilians", "Attack")),
        ("assassinate", who("a colonel", "AFG", "MIL"), ("Violence against civilians", "Attack")),
        ("abduct", None, ("Violence against civilians", "Abduction/forced disappearance")),
        ("drone", None, ("Explosions/Remote violence", "Air/drone strike")),
        (None, None, (None, None)),
    ],
)
def test_acled_types_hang_on_whom_an_attack_hit(
    mode: str | None, recipient: Party | None, types: tuple[str | None, str | None], facts: Facts
) -> None:
    row = acled.row(told(mode=mode, actors=(who("x", "AFG", "REB"),), recipients=(recipient,) if recipient else ()), facts)
    assert row is not None
    assert (row["event_type"], row["sub_event_type"]) == types


def test_acled_knows_foreign_forces_and_leaves_out_what_it_has_no_type_for(facts: Facts) -> None:
    row = acled.row(told(mode="aerial", country="SYR", actors=(who("US Air Force", "USA", "MIL"),)), facts)
    assert row is not None
    assert (row["inter1"], row["interaction"]) == ("External/Other forces", "External/Other forces only")
    assert acled.row(told(type="ACCUSE"), facts) is None
    assert acled.row(told(type="RETREAT", mode="withdraw"), facts) is None, "no ground changes hands"


def test_ged(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    (row,) = written(opened, "ged", tmp_path, facts)
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("3", "Northern Front", "Civilians")
    assert (row["best"], row["low"], row["high"], row["deaths_civilians"], row["deaths_unknown"]) == (
        "12",
        "12",
        "12",
        "12",
        "",
    )
    assert (row["where_prec"], row["date_prec"], row["adm_1"], row["country_id"]) == ("1", "1", "Kābul", "700")
    assert (row["geom_wkt"], row["priogrid_gid"]) == ("POINT (69.17233 34.52813)", "179779")
    assert (row["source_original"], row["source_headline"]) == ("Reuters; police", "'=1+1"), "no formula"


@pytest.mark.parametrize(
    ("one", "other", "kind", "side_a"),
    [
        (who("rebels", "YEM", "REB"), who("army", "YEM", "MIL"), 1, "Government of Yemen (North Yemen)"),
        (who("rebels", "YEM", "REB"), who("gang", "YEM", "CRM"), 2, "rebels"),
        (who("army", "YEM", "MIL"), who("villagers", "YEM", "CVL"), 3, "Government of Yemen (North Yemen)"),
        (who("rebels", "YEM", "REB"), who("somebody", None, None), None, "rebels"),
    ],
)
def test_ged_types_of_violence(one: Party, other: Party, kind: int | None, side_a: str, facts: Facts) -> None:
    killed = told(actors=(one,), recipients=(other,), numbers=(number(3.0, 5.0),))
    row = ged.row(killed, facts)
    assert row is not None
    assert (row["type_of_violence"], row["side_a"], row["best"], row["high"]) == (kind, side_a, 3, 5)
    assert ged.row(told(actors=(one,), recipients=(other,)), facts) is None, "nobody is said to have died"


def number(low: float | None, high: float | None) -> Any:
    from dateline.model import Quantity

    return Quantity(start=0, end=1, head=0, what="killed", low=low, high=high)


@pytest.mark.parametrize(
    ("first", "last", "ged_code", "acled_code"),
    [
        ("2021-06-28", "2021-06-28", 1, 1), ("2021-06-28", "2021-07-01", 2, 2), ("2021-06-28", "2021-07-04", 3, 2),
        ("2021-06-01", "2021-06-30", 4, 3), ("2021-01-01", "2021-12-31", 5, 3), (None, None, None, None),
    ],
)  # fmt: skip
def test_date_precisions(first: str | None, last: str | None, ged_code: int | None, acled_code: int | None) -> None:
    spanned = told(date_from=first, date_to=last)
    assert (ged.date_precision(spanned), acled.time_precision(spanned)) == (ged_code, acled_code)


def test_gdelt(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    rows = {row["EventCode"]: row for row in written(opened, "gdelt", tmp_path, facts)}
    assert set(rows) == {"194", "192", "141"}, "what may come is no event of GDELT's"
    row = rows["194"]
    assert (row["EventBaseCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScale"]) == ("194", "19", "4", "-10")
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1Type1Code"]) == ("AFGREB", "NORTHERN FRONT", "REB")
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"], row["ActionGeo_ADM1Code"]) == ("4", "AF", "AF13")
    assert row["ActionGeo_FullName"] == "Kabul, Kābul, Afghanistan"
    assert (row["IsRootEvent"], rows["141"]["IsRootEvent"]) == ("1", "0")
    assert (row["SQLDATE"], row["FractionDate"], row["DATEADDED"]) == ("20210628", "2021.5699", "20210630000000")
    assert int(row["GLOBALEVENTID"]) < 2**53
    mentions = written(opened, "gdelt", tmp_path, facts, file=1)
    assert {mention["GlobalEventID"] for mention in mentions} == {
        each["GLOBALEVENTID"] for each in written(opened, "gdelt", tmp_path, facts)
    }
    assert mentions[0]["MentionDocLen"] == str(len(TEXT))
    assert {mention["Confidence"] for mention in mentions} == {"100"}


def test_the_crosswalk_covers_every_type_and_mode_with_codes_that_have_a_value() -> None:
    assert set(crosswalk()) == {(type, mode) for type, modes in MODES.items() for mode in ("", *modes)}
    assert {*crosswalk().values(), "190", "192"} == set(goldstein())
    assert cameo(told(mode=None, actors=(who("army", "AFG", "MIL"),))) == "190"
    assert cameo(told(mode=None, actors=(who("somebody", None, None),))) == "180"
    assert set(acled_types()) <= set(crosswalk())


def test_polecat_and_plover_keep_all_actors_in_their_order(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    shelling = written(opened, "polecat", tmp_path, facts)[1]
    assert (shelling["Actor Name"], shelling["Actor Country"], shelling["Actor COW"]) == (
        "Northern Front; Sons of Talma",
        "AFG;",
        "700;",
    )
    assert (shelling["Quad Code"], shelling["City"], shelling["GeoNames ID"]) == ("MATERIAL CONFLICT", "Kabul", "1138958")
    assert shelling["Intensity"] == ""
    export(opened, "plover", filters(), tmp_path, facts)
    records = [json.loads(line) for line in (tmp_path / "plover.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [column.name for column in columns("plover")] == list(records[0])
    assert [actor["actor_text"] for actor in records[1]["actor"]] == ["Northern Front", "Sons of Talma"]
    info = records[1]["text_info"]
    assert TEXT[info["start"] : info["end"]] == records[1]["text"]
    assert (records[1]["event_loc"]["resolution"], records[1]["event_loc"]["geonameid"]) == (1, 1138958)
    assert len(records) == 4


def test_viina(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    infos = written(opened, "viina", tmp_path, facts)
    days = written(opened, "viina", tmp_path, facts, file=1)
    control = written(opened, "viina", tmp_path, facts, file=2)
    assert {row["event_id_1pd"] for row in infos} == {row["event_id_1pd"] for row in days}
    shelling = next(row for row in days if row["date"] == "20210628")
    labels = ("t_mil_b", "t_artillery_b", "t_airstrike_b", "t_civcas_b", "a_rus_b", "a_other_b")
    assert [shelling[label] for label in labels] == ["1", "1", "0", "1", "0", "1"]
    assert (shelling["GEO_PRECISION"], shelling["ADM1_NAME"], shelling["t_raid_b"]) == ("PPL", "Kābul", "")
    assert [(row["date"], row["status"]) for row in control] == [("20210629", "Afghan army"), ("20210630", "Northern Front")]


def test_who_gains_a_place_twice_a_day_contests_it(facts: Facts) -> None:
    gains = [
        told(id=f"e{n:016x}", control_gained_by=name, gazetteer_id="geonames:1", date_from=day)
        for n, (name, day) in enumerate((("A", "2021-06-01"), ("B", "2021-06-03"), ("A", "2021-06-03"), ("B", "2021-06-04")))
    ]
    assert [row["status"] for row in viina.control_rows(gains, facts)] == ["A", "A", "CONTESTED", "B"]


def test_every_country_has_its_numbers() -> None:
    assert (lands()["YEM"].cow, lands()["YEM"].gw, lands()["YEM"].fips, lands()["YEM"].iso) == (679, 678, "YM", 887)
    assert (lands()["SYR"].acled_region, lands()["SYR"].ged_region) == ("Middle East", "Middle East")
    assert not [
        land.alpha3 for land in lands().values() if land.cow and not (land.acled_region and land.ged_region and land.fips)
    ]


def test_own_formats_have_every_status(opened: Ledger, facts: Facts, tmp_path: Path) -> None:
    for name in ("csv", "geojson", "parquet"):
        export(opened, name, filters(), tmp_path, facts)
    assert len(list(csv.DictReader((tmp_path / "events.csv").open(encoding="utf-8")))) == 5
    assert len(json.loads((tmp_path / "events.geojson").read_text(encoding="utf-8"))["features"]) == 5
    table = pq.read_table(tmp_path / "events.parquet")
    assert table.column("date_from").to_pylist()[:2] == [date(2021, 6, 21), date(2021, 6, 28)]
    assert "hypothetical" in table.column("status").to_pylist()


def test_the_same_articles_give_the_same_files_in_whatever_order(tmp_path: Path, facts: Facts) -> None:
    texts = [f"Lead {n}.\n\nRebels shelled Kabul on day {n}, killing {n} people." for n in range(1, 9)]
    articles = [
        (
            reading(
                text,
                [
                    event(
                        text,
                        "shelled",
                        "ASSAULT",
                        "heavy-weapons",
                        actors=[REBELS],
                        when="2021-06-28",
                        where=KABUL,
                        killed=(n, None),
                    )
                ],
                title=str(n),
            ),
            "Herald",
        )
        for n, text in enumerate(texts)
    ]
    for name, order in (("one", articles), ("other", articles[::-1])):
        db = ledger(tmp_path / f"{name}.db")
        for each in order:
            add(db, *each)
        db.close()
        with Ledger(tmp_path / f"{name}.db") as found:
            for target in DATASETS:
                if target != "parquet":
                    export(found, target, filters(), tmp_path / name / target, facts)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) == 27
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes(), file


def test_all_files_tell_of_one_state_of_the_ledger(tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    def one(text: str) -> Any:
        return reading(text, [event(text, "shelled", actors=[REBELS], when="2021-06-28", where=KABUL)])

    db = ledger(tmp_path / "x.db", [(one("Rebels shelled Kabul."), "Herald")])

    @contextmanager
    def added_to(path: Path) -> Iterator[Path]:
        with appearing(path) as partial:
            yield partial
        if path.name == "gdelt.export.csv":
            add(db, one("Rebels shelled Kabul again."), "Post")

    monkeypatch.setattr(writing, "appearing", added_to)
    with Ledger(tmp_path / "x.db") as opened:
        assert [each.rows for each in export(opened, "gdelt", filters(), tmp_path / "out", facts)] == [1, 1]
        assert opened.count() == 2
    db.close()


def test_from_the_shell(made: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    done = CliRunner().invoke(cli.app, ["export", "acled", "--country", "AFG", "-o", str(target), "--ledger", str(made)])
    assert done.exit_code == 0, done.output
    assert "acled.csv: 4 rows" in done.stdout
    assert sorted(path.name for path in target.iterdir()) == ["acled.csv", "citation.txt", "dictionary.csv"]
    assert "Asked for: status actual, country AFG" in (target / "citation.txt").read_text(encoding="utf-8")


def test_a_place_without_an_entry_is_not_placed(facts: Facts) -> None:
    unknown = told(place="Qorvast", country="NGA", recipients=(who("army", "NGA", "MIL"),), actors=(who("x", "NGA", "REB"),))
    row = acled.row(unknown, facts)
    assert row is not None
    assert (row["location"], row["latitude"], row["admin1"], row["country"]) == ("Qorvast", None, None, "Nigeria")
    assert gdelt.event_row(unknown, facts)["ActionGeo_Type"] == 1
    found = plover.plover_object(unknown, facts)["event_loc"]
    assert (found["resolved_place"], found["geonameid"], found["resolution"]) == (None, None, None)
    assert not viina.counts(unknown)
    syria = told(
        place="Syria", country="SYR", lat=SYRIA.lat, lon=SYRIA.lon, radius_km=SYRIA.radius_km, gazetteer_id="iso:SYR"
    )
    assert gdelt.event_row(syria, facts)["ActionGeo_FullName"] == "Syria"


def test_the_page_about_exports_has_not_drifted() -> None:
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    for (type, mode), code in crosswalk().items():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| {type} |")]
        assert (f"{mode} {code}" if mode else f"| {type} | {code} |") in line
    assert all(f"`{name}`" in page for name in DATASETS)
    assert all(
        table.file in page or table.style in ("geojson", "parquet") for each in DATASETS.values() for table in each.tables
    )
