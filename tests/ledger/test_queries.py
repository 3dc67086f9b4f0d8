"""Asking: what SQL finds is what going through all events finds, and it looks into indexes for it."""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.big_ledger import build
from dateline.ledger import queries
from dateline.ledger.filters import FilterError, Filters, Who, filters
from dateline.ledger.records import Told, events_of, sentence
from dateline.ledger.store import connect
from dateline.model import Actor, Days, Event, EventType, Location
from dateline.resolve.geometry import distance_km
from tests.ledger.made import ARMY, HELMAND, KABUL, REBELS, SYRIA, TALMA, event, fill, ledger, reading, statement

ACTORS = (
    ARMY, REBELS, Actor("Front for Talma", "SOM", "REB"), Actor("El Ñandú", "ARG", "CVL"), Actor("crowd", None, None),
    Actor("northern front", "MLI", "REB"),
)  # fmt: skip
PLACES = (
    None,
    KABUL,
    HELMAND,
    SYRIA,
    TALMA,
    Location("Suva", "FJI", -18.14, 178.44, 5.0, "geonames:1"),
    Location("Apia", "WSM", -13.8, -171.8),
)
KINDS: tuple[tuple[EventType, str | None], ...] = (("ASSAULT", None), ("RETREAT", None), ("RETREAT", "withdraw"))
WORDS = ("hostages", "talks", "bridge", "U.N.")
OUTLETS = ("The Courier", "Herald", None)
DAYS = st.dates(date(2020, 12, 25), date(2021, 2, 5))


@st.composite
def some_events(draw: st.DrawFn) -> tuple[str, list[Event], str | None]:
    word = draw(st.sampled_from(WORDS))
    found = []
    text = f"Lead about {word}.\n\n" + " ".join(f"Word{n} happened." for n in range(4))
    for n in range(draw(st.integers(0, 4))):
        first = draw(st.none() | DAYS)
        days = (
            (first.isoformat(), date.fromordinal(first.toordinal() + draw(st.sampled_from((0, 0, 1, 20)))).isoformat())
            if first
            else None
        )
        found.append(
            event(
                text, f"Word{n}", *draw(st.sampled_from(KINDS)),
                actors=draw(st.lists(st.sampled_from(ACTORS), max_size=2)), recipients=draw(st.lists(st.sampled_from(ACTORS), max_size=2)),
                when=days, where=draw(st.sampled_from(PLACES)), status=draw(st.sampled_from(("actual", "future"))),
                said_by=draw(st.lists(st.sampled_from(("Reuters", "army spokesman")), max_size=2)),
                confidence=draw(st.sampled_from((0.25, 0.5, 1.0))),
            )
        )  # fmt: skip
    return text, found, draw(st.sampled_from(OUTLETS))


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "since": DAYS,
        "until": DAYS,
        "actor": st.sampled_from(
            ("front", "Northern Front", "=Northern front", "AFG", "AFG/REB", "/CVL", "nandu", "nobody")
        ),
        "recipient": st.sampled_from(("afghan", "/REB", "=crowd")),
        "type": st.sampled_from(("ASSAULT", "RETREAT", "ASSAULT,RETREAT")),
        "mode": st.just("withdraw"),
        "status": st.sampled_from(("actual", "future")),
        "country": st.sampled_from(("Afghanistan", "SYR", "AFG,SYR")),
        "near": st.sampled_from(((34.5, 69.2, 30), (34.5, 69.2, 700), (-16.0, 179.9, 1200), (89.0, 0.0, 9000))),
        "outlet": st.sampled_from(("the courier", "Herald")),
        "text": st.sampled_from(WORDS),
        "said_by": st.sampled_from(("reuters", "spokesman")),
        "min_confidence": st.sampled_from((0.3, 0.75)),
    },
)


def words(name: str) -> list[str]:
    return re.findall(r"\w+", name.lower().translate(str.maketrans("ñú", "nu")))


def meant(who: Who, name: str) -> bool:
    if who.exact:
        return name.lower() == (who.name or "").lower()
    told, sought = words(name), words(who.name or "")
    return any(told[n : n + len(sought)] == sought for n in range(len(told)))


def one_of(who: Who, actors: tuple[Actor, ...]) -> bool:
    if who.name is not None:
        return any(meant(who, actor.name) for actor in actors)
    return any(who.country in (None, actor.country) and who.sector in (None, actor.sector) for actor in actors)


def holds(asked: Filters, found: Event, outlet: str | None, text: str) -> bool:
    """The filters, said once more in Python."""
    days: Days | None = found.when
    where = found.where
    return all(
        (
            asked.since is None or (days is not None and days.last >= asked.since),
            asked.until is None or (days is not None and days.first <= asked.until),
            asked.actor is None or one_of(asked.actor, found.actors),
            asked.recipient is None or one_of(asked.recipient, found.recipients),
            not asked.type or found.type in asked.type,
            not asked.mode or found.mode in asked.mode,
            not asked.status or found.status in asked.status,
            not asked.country or (where is not None and where.country in asked.country),
            asked.near is None
            or (
                where is not None
                and where.lat is not None
                and where.lon is not None
                and distance_km(where.lat, where.lon, asked.near.lat, asked.near.lon) <= asked.near.km
            ),
            asked.outlet is None or (outlet or "").lower() == asked.outlet.lower(),
            asked.text is None or asked.text in text,
            asked.said_by is None or any(meant(asked.said_by, name) for name in found.said_by),
            asked.min_confidence is None or found.confidence >= asked.min_confidence,
        )
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A ledger that is filled anew for every example."""
    db = ledger(tmp_path_factory.mktemp("ledger") / "x.db")
    queries.install(db)
    yield db
    db.close()


@settings(max_examples=30, deadline=None)
@given(st.lists(some_events(), min_size=1, max_size=4), st.lists(ASKED, min_size=6, max_size=6), st.sampled_from((0, 4000)))
def test_what_sql_finds_is_what_python_finds(
    empty: sqlite3.Connection, told: list[tuple[str, list[Event], str | None]], asked: list[dict[str, Any]], few: int
) -> None:
    articles = [(reading(text, events, title=f"Article {n}"), text, outlet) for n, (text, events, outlet) in enumerate(told)]
    fill(empty, [(found, outlet) for found, _, outlet in articles])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(queries, "FEW", few)  # 0: nothing counts as rare, so that both ways of answering are tried
        for values in asked:
            if "since" in values and "until" in values and values["since"] > values["until"]:
                continue
            wanted = filters(**values)
            right = sorted(
                (found.article.id, e.start)
                for found, text, outlet in articles
                for e in found.events
                if holds(wanted, e, outlet, text)
            )
            rows = list(events_of(empty, queries.events(empty, wanted, limit=1000)))
            assert sorted((row.article_id, row.start) for row in rows) == right
            days = [row.date_from or "" for row in rows]
            assert days == sorted(days, reverse=True)
            assert queries.count(empty, wanted).run(empty).fetchone()[0] == len(right)
            assert sum(row["events"] for row in queries.count_by(empty, wanted, "type").run(empty)) == len(right)


TEXT = "Lead.\n\nRebels struck a convoy near Kabul. Then Gen. Barakat withdrew; the U.S. envoy said that talks go on."


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A small ledger: two events and a statement of one article, and an article with none."""
    told = reading(
        TEXT,
        [
            event(
                TEXT,
                "struck",
                "ASSAULT",
                actors=[REBELS],
                recipients=[ARMY],
                when="2021-06-29",
                where=KABUL,
                killed=(3, None),
            ),
            event(TEXT, "withdrew", "RETREAT", "withdraw", actors=[Actor("Barakat", "AFG", "MIL")], said_by=["Reuters"]),
        ],
        [statement(TEXT, "talks go on", Actor("envoy", "USA", "GOV"), "2021-06-30")],
    )
    made = ledger(tmp_path / "x.db", [(told, "The Courier"), (reading("Nothing to tell of.", title="Quiet"), "Herald")])
    queries.install(made)
    yield made
    made.close()


def steps(db: sqlite3.Connection, query: queries.Query) -> str:
    return "\n".join(row["detail"] for row in db.execute(f"EXPLAIN QUERY PLAN {query.sql}", query.values))


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"actor": "front"}, "event_actor_name"),
        ({"recipient": "=Afghan army"}, "event_actor_name"),
        ({"actor": "AFG/REB"}, "event_actor_country"),
        ({"actor": "/REB"}, "event_actor_sector"),
        ({"type": "ASSAULT"}, "event_type"),
        ({"status": "actual"}, "event_status_day"),
        ({"mode": "withdraw"}, "event_type"),
        ({"country": "AFG"}, "event_country"),
        ({"since": "2021-06-29", "until": "2021-06-29"}, "event_day"),
        ({"near": (34.5, 69.2, 30)}, "VIRTUAL TABLE INDEX"),
        ({"outlet": "the courier"}, "article_outlet_any_case"),
        ({"text": "convoy"}, "VIRTUAL TABLE INDEX"),
        ({"said_by": "Reuters"}, "event_source_name"),
    ],
)
def test_an_index_finds_what_is_rare(db: sqlite3.Connection, asked: dict[str, Any], index: str) -> None:
    plan = steps(db, queries.events(db, filters(**asked), limit=50))
    assert index in plan
    assert not re.search(r"SCAN [ea]\b", plan), plan


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "event_day"),
        ({"min_confidence": 0.1}, "event_day"),
        ({"status": "actual"}, "event_status_day"),
        ({"type": "ASSAULT"}, "event_type_day"),
        ({"type": "RETREAT", "mode": "withdraw"}, "event_type"),
        ({"country": "AFG"}, "event_country"),
    ],
)
def test_what_is_common_is_walked_through_in_order(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, asked: dict[str, Any], index: str
) -> None:
    monkeypatch.setattr(queries, "FEW", 0)
    plan = steps(db, queries.events(db, filters(**asked), limit=50))
    assert f"USING INDEX {index}" in plan
    assert "TEMP B-TREE" not in plan, "nothing is sorted"
    assert "TEMP B-TREE" not in steps(db, queries.events(db, filters(**asked), sort="date", limit=50))


def test_an_event_comes_with_all_that_belongs_to_it(db: sqlite3.Connection) -> None:
    (found,) = events_of(db, queries.events(db, filters(type="ASSAULT")), words=True)
    assert isinstance(found, Told)
    assert [party.name for party in found.actors] == ["Northern Front"]
    assert [(party.country, party.sector) for party in found.recipients] == [("AFG", "MIL")]
    assert (found.number("killed"), found.number("wounded")) == (found.numbers[0], None)
    assert found.sentence == "Rebels struck a convoy near Kabul."
    assert TEXT[found.sentence_start :].startswith("Rebels")
    assert (found.outlet, found.published, found.title) == ("The Courier", "2021-06-30", "A title")


def test_a_sentence_ends_where_its_punctuation_says() -> None:
    at = TEXT.index("withdrew")
    first, last = sentence(TEXT, at, at + 8)
    assert TEXT[first:last].startswith("Then Gen. Barakat")
    assert TEXT[first:last].endswith("talks go on.")


def test_statements_articles_actors_and_places(db: sqlite3.Connection) -> None:
    (said,) = queries.statements(filters(said_by="envoy", country="United States", since="2021-06")).run(db)
    assert (said["text"], said["speaker"], said["outlet"]) == ("talks go on", "envoy", "The Courier")
    assert [row["statements"] for row in queries.statements_by(filters(), "speaker").run(db)] == [1]
    assert {row["title"] for row in queries.articles(db, filters(until="2021-12")).run(db)} == {"A title", "Quiet"}
    assert [row["title"] for row in queries.articles(db, filters(type="ASSAULT", outlet="THE COURIER")).run(db)] == [
        "A title"
    ]
    assert [row["events"] for row in queries.articles(db, filters(text="nothing")).run(db)] == [0]
    assert {tuple(row) for row in queries.articles_by(db, filters(), "outlet").run(db)} == {
        ("The Courier", 1),
        ("Herald", 1),
    }
    names = {
        row["name"]: (row["as_actor"], row["as_recipient"]) for row in queries.actors(db, filters(country="AFG")).run(db)
    }
    assert names == {"Northern Front": (1, 0), "Afghan army": (0, 1)}
    (place,) = queries.places(db, filters()).run(db)
    assert (place["place"], place["events"], place["first_day"]) == ("Kabul", 1, "2021-06-29")
    by = {row["actor"]: row["events"] for row in queries.count_by(db, filters(), "actor").run(db)}
    assert by == {"Northern Front": 1, "Barakat": 1}


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"since": "yesterday"}, "not a day"),
        ({"since": "2021-07", "until": "2021-06"}, "lies before"),
        ({"type": "attack"}, "ASSAULT"),
        ({"mode": "shelling"}, "heavy-weapons"),
        ({"status": "past"}, "actual"),
        ({"country": "Talma"}, "no country"),
        ({"near": "34.5,69.2"}, "LAT,LON,KM"),
        ({"near": (99.0, 0.0, 1.0)}, "latitude"),
        ({"near": (math.nan, 0.0, 1.0)}, "LAT,LON,KM"),
        ({"actor": "AFG/XYZ"}, "XYZ"),
        ({"actor": "?!"}, "no word"),
        ({"min_confidence": 7.0}, "between 0 and 1"),
    ],
)
def test_a_wrong_filter_says_what_is_right(asked: dict[str, Any], complaint: str) -> None:
    with pytest.raises(FilterError, match=re.escape(complaint)):
        filters(**asked)


def test_what_cannot_be_asked_is_said(db: sqlite3.Connection) -> None:
    for ask, complaint in (
        (lambda: queries.events(db, filters(), sort="mood"), "confidence"),
        (lambda: queries.count_by(db, filters(), "mood"), "country"),
        (lambda: queries.statements(filters(type="ASSAULT")), "asks about events"),
        (lambda: queries.events(db, filters(text='"unclosed')).run(db), "not a search"),
    ):
        with pytest.raises(FilterError, match=complaint):
            ask()


@given(st.text(max_size=12))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_no_words_break_a_question(db: sqlite3.Connection, text: str) -> None:
    for name in ("actor", "text", "outlet", "said_by"):
        with suppress(FilterError):
            list(queries.events(db, filters(**{name: text}), limit=5).run(db))  # type: ignore[arg-type]


def test_a_large_ledger_made_at_once_is_as_one_made_article_by_article(tmp_path: Path) -> None:
    told = reading(
        TEXT,
        [event(TEXT, "struck", actors=[REBELS], recipients=[ARMY], when="2021-06-29", where=KABUL, said_by=["Reuters"])],
    )
    build(tmp_path / "large.db", 300, [told])
    db = connect(tmp_path / "large.db")
    queries.install(db)
    assert queries.count(db, filters()).run(db).fetchone()[0] == 300
    assert (
        queries.count(db, filters(said_by="reuters", text="rebels", near=(0.0, 0.0, 20_100.0))).run(db).fetchone()[0] == 300
    )
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert not db.execute("PRAGMA foreign_key_check").fetchall()
    made = ledger(tmp_path / "small.db")
    names = "SELECT type, name FROM sqlite_master ORDER BY 1, 2"
    assert [tuple(row) for row in db.execute(names)] == [tuple(row) for row in made.execute(names)], (
        "nothing put aside was forgotten"
    )
    made.close()
    db.close()
