"""Who holds what on any day: what was made ready once says of each day what a plain reckoning of that day says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import incidents as measured
from dateline.incidents import Incident, bounds, corpus, histories, incident_of, load_phrases
from dateline.incidents.accounts import account_of
from dateline.incidents.ground import Ground, told_of
from dateline.incidents.records import Holding
from dateline.incidents.rules import load_rules
from dateline.incidents.standings import load_chain
from dateline.model import Actor, Control, Days, Location, Quantity
from tests.incidents.making import ARMY, DORVA, KARSA, REBELS, told
from tests.server.readings import as_published as readings

START = date(2031, 3, 1)
UNION = Actor("Coast Union", "ATA", "REB")
# One name with an entry, one that only passing words give an entry, and one town of that name across the border.
PLACES = (KARSA, DORVA, Location("Karsa"), Location("Vellin", "ATA"), Location("Vellin", "XLV"))
HELD = (
    *PLACES,
    Location("Vellin", "ATA", -71.0, 10.0, 3.0, "place:vellin"),
    Location("Vellin", "ATA", -72.0, 9.0, 3.0, "place:a"),
)


def agree(
    ground: Ground, incidents: Sequence[Incident], held: Sequence[Holding], day: date, country: str | None = None
) -> int:
    """Compare a day with the plain reckoning of it; how many places there are."""
    known = [holding for holding in held if holding.day is not None and holding.day <= day]
    plain = histories(incidents, known, day, country)
    found, counted = ground.on(day, country)
    assert [(one.key, one.known.place.name, one.known.place.country, one.known.unit) for one in found] == [
        (place.key, place.name, place.country, place.unit) for place in plain
    ]
    for one, place in zip(found, plain, strict=True):
        span = place.spans[-1]
        sources = tuple(dict.fromkeys((report.source, report.url) for report in span.reports))
        assert (one.known.place.lat, one.known.place.lon, one.known.first) == (place.lat, place.lon, place.first)
        assert (one.standing, one.since) == (place.days[-1], span.first)
        assert (one.sources, one.contradicted) == (sources, len(span.contradicted))
    assert counted == [b for b in bounds(incidents, plain) if country is None or b.count.country in (country, None)]
    return len(found)


@pytest.fixture(scope="module")
def offensive() -> tuple[list[Incident], tuple[Holding, ...]]:
    found = corpus(readings(), measured.gold("incidents.json")["reprints"])
    return measured.incidents_of(measured.merged(found.tolds)), found.holdings


@pytest.mark.parametrize("country", [None, "XLV"])
def test_every_day_of_the_offensive_is_as_it_is_reckoned_alone(
    offensive: tuple[list[Incident], tuple[Holding, ...]], country: str | None
) -> None:
    incidents, held = offensive
    everything = told_of(incidents, held, load_chain().right)
    ground = Ground(everything)
    first = min(report.day for report in everything.reports) - timedelta(days=3)
    places = [agree(ground, incidents, held, first + timedelta(days=n), country) for n in range(90)]
    assert places[0] == 0
    assert places[-1] > 5


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    """Ground that changes hands, is to, or is not, as a few articles tell it."""
    where, tolds = draw(st.sampled_from(PLACES)), []
    for number in range(draw(st.integers(1, 3))):
        article, day = (
            f"{draw(st.sampled_from(['post', 'wire', 'echo']))}-{draw(st.integers(0, 10**9))}",
            draw(st.integers(3, 30)),
        )
        by, lost = draw(st.permutations([REBELS, ARMY, UNION, None]))[:2]
        named = draw(st.booleans()) or draw(st.booleans())
        happened = date(2031, 3, day) - timedelta(days=draw(st.integers(0, 5)))
        tolds.append(
            told(
                f"e{article}{number}",
                article,
                day,
                voice=article.split("-", maxsplit=1)[0],
                type="COERCE",
                mode="seize",
                status=draw(st.sampled_from(["actual", "actual", "actual", "future", "negated"])),
                when=draw(st.sampled_from([None, Days(happened, happened), Days(happened - timedelta(days=9), happened)])),
                where=where,
                actors=(by,) if by else (),
                recipients=(lost,) if lost else (),
                said_by=draw(st.sampled_from([(), (REBELS.name,)])),
                quantities=() if named else (Quantity(start=0, end=1, head=0, what="villages", low=5, high=9),),
                control=Control(
                    gained_by=by.name if by else None,
                    lost_by=lost.name if lost else None,
                    place=where.name if named else None,
                    unit=draw(st.sampled_from([None, "village", "city"])),
                    count=1 if named else None,
                ),
            )
        )
    accounts = [account_of([one], load_rules()) for one in tolds]
    return incident_of(accounts, load_phrases().reliability)


@st.composite
def passing(draw: st.DrawFn) -> Holding:
    """Words in passing on who holds a place."""
    day = draw(st.one_of(st.none(), st.integers(1, 30)))
    outlet, holder, place = draw(
        st.tuples(st.sampled_from(["post", "wire"]), st.sampled_from([REBELS, ARMY]), st.sampled_from(HELD))
    )
    return Holding(holder, place, "held", f"{outlet}-{day}", outlet, outlet, None, date(2031, 3, day) if day else None)


@settings(max_examples=50, deadline=None)
@given(
    found=st.lists(incidents(), max_size=12),
    held=st.lists(passing(), max_size=8),
    days=st.lists(st.integers(-9, 120), min_size=1, max_size=6),
)
def test_any_day_is_as_it_is_reckoned_alone(found: list[Incident], held: list[Holding], days: list[int]) -> None:
    everything = told_of(found, held, load_chain().right)
    ground = Ground(everything)
    for country in (None, "ATA"):
        for day in days:
            agree(ground, found, held, START + timedelta(days=day), country)


@given(found=st.lists(incidents(), max_size=12), held=st.lists(passing(), max_size=8))
@settings(max_examples=25, deadline=None)
def test_a_place_is_the_same_in_its_country_as_among_all(found: list[Incident], held: list[Holding]) -> None:
    everything = told_of(found, held, load_chain().right)
    whole, _ = everything.histories()
    dated = [holding for holding in held if holding.day is not None]
    assert [place.spans for place in histories(found, dated)] == [place.spans for place in whole]
    for country in ("ATA", "XLV"):
        places, counts = everything.histories(country, whole=whole)
        assert places == [place for place in whole if country in place.countries]
        plain = histories(found, dated, country=country)
        assert [(place.key, place.reports, place.spans, list(place.days)) for place in places] == [
            (place.key, place.reports, place.spans, list(place.days)) for place in plain
        ]
        assert counts == [b for b in bounds(found, plain) if b.count.country in (country, None)]


def test_nothing_told_is_nothing_held() -> None:
    assert Ground(told_of([], [], load_chain().right)).on(START) == ([], [])
