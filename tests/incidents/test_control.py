"""Who held what: reports move the holder, contradictions lower the odds, and what nobody speaks of fades."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from dateline.incidents import Merger, PlaceHistory, Told, bounds, histories, incident_of, load_phrases
from dateline.incidents.holding import holdings
from dateline.incidents.records import Holding, Incident
from dateline.model import Actor, Article, Control, Location, Mention, Place, Publication, Quantity, Reading
from tests.incidents.making import ARMY, DORVA, KARSA, REBELS, on, taken, told

GOVERNMENT = "ATA government"


def incidents(*tolds: Told) -> list[Incident]:
    merger = Merger()
    for each in tolds:
        merger.add([each])
    return [incident_of(group, load_phrases().reliability) for group in merger.groups()]


def capture(name: str, article: str, day: int, by: Actor, lost: Actor | None, **fields: Any) -> Told:
    control = taken("Karsa", by.name, lost.name if lost else None)
    recipients = (lost,) if lost else ()
    given: dict[str, Any] = {
        "when": on(day),
        "where": KARSA,
        "actors": (by,),
        "recipients": recipients,
        "control": control,
        **fields,
    }
    return told(name, article, day, type="COERCE", mode="seize", **given)


def history(found: Sequence[Incident], until: int, month: int = 3, held: Sequence[Holding] = ()) -> PlaceHistory:
    (place,) = histories(found, held, date(2031, month, until))
    return place


def test_a_capture_and_a_recapture_are_two_changes_of_hands() -> None:
    found = incidents(capture("e1", "post", 4, REBELS, ARMY), capture("e2", "wire", 9, ARMY, REBELS))
    spans = history(found, 12).spans
    assert [(span.holder, span.first.day) for span in spans] == [(GOVERNMENT, 24), ("Norland Front", 4), (GOVERNMENT, 9)]


def test_what_nobody_speaks_of_fades_into_the_unknown() -> None:
    place = history(incidents(capture("e1", "post", 4, REBELS, ARMY)), 30, month=6)
    odds = [standing.probability for standing in place.days[10:]]
    assert odds == sorted(odds, reverse=True)
    assert place.days[10].holder == "Norland Front"
    assert place.days[-1].holder is None


def test_a_denial_stands_against_a_capture_and_lowers_the_odds() -> None:
    taken_only = incidents(capture("e1", "post", 4, REBELS, ARMY))
    denied = incidents(
        capture("e1", "post", 4, REBELS, ARMY),
        capture("e2", "wire", 4, REBELS, ARMY, status="negated", said_by=(ARMY.name,)),
    )
    day = date(2031, 3, 4)
    sure, unsure = history(taken_only, 8).on(day), history(denied, 8).on(day)
    assert sure is not None
    assert unsure is not None
    assert unsure.probability < sure.probability
    assert any(span.contradicted for span in history(denied, 8).spans)


def test_an_outlet_is_believed_as_far_as_the_reader_says() -> None:
    found = incidents(capture("e1", "post", 4, REBELS, ARMY))
    outlet = found[0].tolds[0].source
    odds = []
    for share in (1.0, 0.5, 0.0):
        (place,) = histories(found, (), date(2031, 3, 8), reliability={outlet: share})
        odds.append(dict(place.days[-1].odds).get("Norland Front", 0.0))
    assert odds == sorted(odds, reverse=True)
    assert len(set(odds)) == 3


def test_whoever_is_to_leave_a_place_holds_it() -> None:
    plan = told(
        "e1", "post", 4, type="RETREAT", mode="withdraw", status="future", deadline=date(2031, 3, 12), where=KARSA, actors=(ARMY,),
        control=taken("Karsa", None, ARMY.name),
    )  # fmt: skip
    standing = history(incidents(plan), 8).on(date(2031, 3, 8))
    assert standing is not None
    assert standing.holder == GOVERNMENT


def test_a_place_has_its_whole_history_in_its_country() -> None:
    bare = Location("Karsa")  # the same town, by an article that does not say where it lies
    found = incidents(capture("e1", "post", 4, REBELS, ARMY), capture("e2", "wire", 9, ARMY, REBELS, where=bare))
    (whole,), (within,) = histories(found), histories(found, country="ATA")
    assert {report.place.country for report in whole.reports} == {"ATA", None}
    assert (within.reports, within.spans) == (whole.reports, whole.spans)
    assert histories(found, country="XLV") == []


def test_nothing_is_said_of_a_place_of_which_nothing_is_told() -> None:
    assert histories(incidents(told("e1", "post", 4, where=DORVA))) == []
    place = history(incidents(capture("e1", "post", 4, REBELS, ARMY)), 8)
    assert place.on(place.days[0].day - timedelta(days=1)) is None
    assert place.on(date(2031, 3, 9)) is None


def test_the_odds_of_a_day_are_odds() -> None:
    place = history(incidents(capture("e1", "post", 4, REBELS, ARMY), capture("e2", "wire", 6, ARMY, REBELS)), 20)
    for standing in place.days:
        assert 0 < sum(p for _, p in standing.odds) <= 1.001


def test_counts_without_names_are_set_against_the_places_that_have_one() -> None:
    count = told(
        "e3", "post", 9, type="COERCE", mode="seize", when=None, actors=(REBELS,), where=Location("Norland", "ATA", -70, 10, 400, "n"),
        control=Control(gained_by=REBELS.name, lost_by=None, place=None, unit="city", count=80),
        quantities=(Quantity(start=0, end=1, head=0, what="citys", low=80, high=80, approximate=True),),
    )  # fmt: skip
    found = incidents(capture("e1", "wire", 9, REBELS, ARMY), count)
    (bound,) = bounds(found, histories(found))
    assert bound.named == ("Karsa",)
    assert bound.text == "named: 1 of about 80 citys claimed"


@pytest.mark.parametrize(
    ("text", "holder", "places"),
    [
        ("Shells fell on the rebel-held town of Karsa.", "Norland Front", ["Karsa"]),
        ("Government forces still hold Karsa and Dorva, residents said.", "Norland army", ["Dorva", "Karsa"]),
        ("Karsa, which is held by the Norland Front, was quiet.", "Norland Front", ["Karsa"]),
        ("Karsa remains in government hands.", "Norland army", ["Karsa"]),
        ("Government forces would hold Karsa if they could.", None, []),
        ("Government forces no longer hold Karsa.", None, []),
        ("The Norland Front attacked Karsa.", None, []),
    ],
)
def test_words_in_passing_say_who_holds_a_place(text: str, holder: str | None, places: list[str]) -> None:
    marks = [("Government forces", ARMY), ("Norland Front", REBELS), ("Norland army", ARMY)]
    mentions = [
        Mention(start=text.index(words), end=text.index(words) + len(words), head=0, actor=actor, kind="name", rule="")
        for words, actor in marks
        if words in text
    ]
    mentions += [
        Mention(start=len(text), end=len(text), head=0, actor=actor, kind="name", rule="") for _, actor in marks[1:]
    ]
    found = [
        Place(
            start=text.index(p.name),
            end=text.index(p.name) + 5,
            text=p.name,
            head=0,
            location=p,
            feature="town",
            candidates=(),
            rule="",
        )
        for p in (KARSA, DORVA)
        if p.name in text
    ]
    publication = Publication(start=0, end=0, day=date(2031, 3, 4), earliest=None, latest=None, basis="given")
    reading = Reading(Article("a", text), publication, places=tuple(found), mentions=tuple(mentions))
    told_by = holdings(reading, "a")
    assert sorted(held.place.name for held in told_by) == places
    assert all(held.holder.name == holder for held in told_by)
