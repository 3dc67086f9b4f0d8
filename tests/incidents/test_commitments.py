"""Commitments: promised, moved, kept, missed, broken, disputed; one row each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dateline.incidents import Commitment, Merger, Told, commitments, incident_of, load_phrases
from dateline.model import Actor
from tests.incidents.making import ARMY, KARSA, REBELS, event, on, taken, told

ENVOY = Actor("Ada Lorn", "UNO", None)


def owed(*tolds: Told, today: int = 10) -> list[Commitment]:
    merger = Merger()
    for article in dict.fromkeys(t.article for t in tolds):
        merger.add([t for t in tolds if t.article == article])
    found = [incident_of(group, load_phrases().reliability) for group in merger.groups()]
    return commitments(found, date(2031, 3, today))


def pullout(name: str, article: str, day: int, due: int | None = None, **fields: Any) -> Told:
    given: dict[str, Any] = {
        "type": "RETREAT", "mode": "withdraw", "where": KARSA, "actors": (ARMY,), "control": taken("Karsa", None, ARMY.name),
        "status": "future", "deadline": date(2031, 3, due) if due else None, **fields,
    }  # fmt: skip
    return told(name, article, day, **given)


def test_a_promise_that_is_due_is_open_until_its_day_has_passed() -> None:
    (found,) = owed(pullout("e1", "post", 4, 12))
    assert (found.status, found.debtors, found.due_day) == ("open", ("Norland army",), date(2031, 3, 12))
    (late,) = owed(pullout("e1", "post", 4, 12), today=13)
    assert late.status == "missed"


def test_a_day_that_moves_is_one_row_with_its_history() -> None:
    (found,) = owed(pullout("e1", "post", 4, 12), pullout("e2", "wire", 9, 20))
    assert found.status == "moved"
    assert [(due.day.day, due.told_on) for due in found.due] == [(12, date(2031, 3, 4)), (20, date(2031, 3, 9))]


def test_what_is_done_is_kept() -> None:
    (found,) = owed(pullout("e1", "post", 4, 6), pullout("e2", "wire", 6, status="actual", when=on(6)))
    assert found.status == "kept"
    assert [evidence.says for evidence in found.evidence] == ["due", "done"]


def test_what_one_tells_as_done_and_another_denies_is_disputed() -> None:
    done = pullout("e2", "wire", 6, status="actual", when=on(6))
    denied = pullout("e3", "radio", 6, status="negated", when=on(6), said_by=("Norland Front",))
    (found,) = owed(pullout("e1", "post", 4, 6), done, denied)
    assert found.status == "disputed"
    assert "Norland Front denies" in found.why


def test_a_ceasefire_that_is_violated_is_broken() -> None:
    agreed = told("e1", "post", 4, type="CONCEDE", actors=(REBELS, ARMY), when=on(4), sense="concede/declare-ceasefire")
    truce = told(
        "e2", "wire", 5, type="RETREAT", mode="ceasefire", actors=(REBELS, ARMY), when=on(5), sense="retreat/ceasefire"
    )
    (kept,) = owed(agreed, truce)
    assert (kept.status, kept.kind) == ("kept", "agreement")
    breach = told("e3", "radio", 6, when=on(6), sense="assault/truce-violation", actors=(REBELS,))
    (broken,) = owed(agreed, truce, breach)
    assert broken.status == "broken"


def test_a_demand_says_who_demands_and_an_objection_who_objects() -> None:
    words = "The envoy told the army to leave Karsa by March 12, which the Front called a sham."
    demand = pullout("e1", "post", 4, 12, status="demanded", sentence=words)
    asked = told("e2", "post", 4, words, type="REQUEST", mode="yield", actors=(ENVOY,), recipients=(ARMY,), start=10, end=14)
    blame = told("e3", "post", 4, words, type="ACCUSE", mode="disapprove", actors=(REBELS,), start=60, end=66)
    (found,) = owed(demand, asked, blame)
    assert (found.kind, found.creditors, found.objections) == ("demand", ("Ada Lorn",), ("Norland Front",))


def test_a_promise_names_whoever_makes_it() -> None:
    plan = pullout("e2", "post", 4, 12, start=30, end=38)
    pledge = told("e1", "post", 4, type="CONCEDE", actors=(ARMY,), recipients=(REBELS,), when=on(4), start=10, end=18)
    (found,) = owed(replace(pledge, about=(plan.event,)), plan)
    assert (found.kind, found.creditors) == ("promise", ("Norland Front",))
    assert found.since == date(2031, 3, 4)


def test_violence_that_is_planned_is_owed_to_nobody() -> None:
    assert owed(told("e1", "post", 4, status="future", deadline=date(2031, 3, 9), actors=(REBELS,))) == []
    assert event().type == "ASSAULT"
