"""By when something is to be done: which words set a deadline, of which act, and which near-misses set none."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.model import Status
from tests.resolve.test_dating import ON, Read, act, read

__all__ = ["read"]


def deadline(read: Read, text: str, words: str, status: Status, on: date = ON) -> str | None:
    dating, document, _ = read(text, None, on)
    day, evidence = dating.deadline(act(document, text, words, "RETREAT"), status)
    assert (day is None) == (evidence is None)
    return str(day) if day is not None else None


@pytest.mark.parametrize(
    ("text", "words", "status", "day"),
    [
        ("The junta gave the rebels until Monday to disarm.", "disarm", "demanded", "2019-05-20"),
        ("The rebels have until midnight on Friday to leave the town.", "leave", "demanded", "2019-05-17"),
        ("The rebels were given 48 hours to leave the town.", "leave", "demanded", "2019-05-18"),
        ("The army gave the rebels a 48-hour ultimatum to leave the town.", "leave", "demanded", "2019-05-18"),
        ("The ministry ordered the envoys to leave the country within 72 hours.", "leave", "demanded", "2019-05-19"),
        ("The envoys must leave within a week.", "leave", "demanded", "2019-05-23"),
        ("The envoys were told to leave within three days.", "leave", "demanded", "2019-05-19"),
        ("The bloc set a deadline of June 1 for the junta to free the ministers.", "free", "demanded", "2019-06-01"),
        ("The bloc set a deadline of June 1 for the army to free the ministers.", "free", "demanded", "2019-06-01"),
        ("The bloc set a June 1 deadline for the release of the ministers.", "release", "demanded", "2019-06-01"),
        ("The junta faces a June 1 deadline to free the ministers.", "free", "demanded", "2019-06-01"),
        ("The deadline for the withdrawal expires on June 1.", "withdrawal", "demanded", "2019-06-01"),
        ("The deadline to hand over weapons ends on Friday.", "hand", "demanded", "2019-05-17"),
        ("The deadline for the withdrawal is June 1.", "withdrawal", "demanded", "2019-06-01"),
        ("Troops are to withdraw no later than June 1.", "withdraw", "future", "2019-06-01"),
        ("Troops will withdraw by the end of June.", "withdraw", "future", "2019-06-30"),
        ("Troops will withdraw before the end of the year.", "withdraw", "future", "2019-12-31"),
        ("All prisoners must be released by next Monday.", "released", "demanded", "2019-05-20"),
        ("He called for the withdrawal of the troops by June 1.", "withdrawal", "demanded", "2019-06-01"),
        ("The withdrawal is to be completed by June 1.", "withdrawal", "future", "2019-06-01"),
        ("The union postponed the withdrawal from May 20 to September 11.", "withdrawal", "future", "2019-09-11"),
        ("The deadline for the withdrawal was moved from May 20 to September 11.", "withdrawal", "future", "2019-09-11"),
        ("The deadline for the withdrawal was extended until September 11.", "withdrawal", "future", "2019-09-11"),
        (
            "The bloc extended the deadline for the country's withdrawal to September 11.",
            "withdrawal",
            "future",
            "2019-09-11",
        ),
        ("The council has 30 days to ratify the treaty.", "ratify", "future", "2019-06-15"),
        ("The president has ten days to sign the bill.", "sign", "future", "2019-05-26"),
        ("They threatened to strike unless the minister resigns by Friday.", "resigns", "demanded", "2019-05-17"),
        ("If the rebels do not disarm by June 1, the army will attack.", "disarm", "demanded", "2019-06-01"),
        ("The court ordered the company to pay the fine by June 1.", "pay", "demanded", "2019-06-01"),
        ("The court gave the company until the end of the month to pay.", "pay", "demanded", "2019-05-31"),
        ("The two sides agreed to form a government by February 22.", "form", "future", "2020-02-22"),
        ("The rebels must hand over their weapons by noon on Friday.", "hand", "demanded", "2019-05-17"),
        ("Troops are to leave the valley within 60 days, by July 14.", "leave", "future", "2019-07-14"),
        ("He vowed to free all towns held by rebels within five months.", "free", "future", "2019-10-16"),
        ("The rebels must hand over their weapons by 6 p.m. on Friday.", "hand", "demanded", "2019-05-17"),
        ("Under the deal, the army would leave the port within 14 days.", "leave", "future", "2019-05-30"),
        ("The ultimatum, which expires on Friday, demands the release of the men.", "release", "demanded", "2019-05-17"),
        ("The bloc gave the junta a month to hold a vote.", "vote", "demanded", "2019-06-16"),
        ("Protesters demanded the minister's resignation by Friday.", "resignation", "demanded", "2019-05-17"),
        ("The envoys were given until Tuesday, May 28, to leave.", "leave", "demanded", "2019-05-28"),
        ("The state must free them within the next ten days.", "free", "demanded", "2019-05-26"),
        ("The army said the rebels had until June 1 to leave.", "leave", "demanded", "2019-06-01"),
        ("The rebels failed to leave the town by May 1.", "leave", "negated", "2019-05-01"),
        ("The withdrawal must be over by June 1.", "withdrawal", "demanded", "2019-06-01"),
        ("The deadline for the rebels to leave the town passed on Wednesday.", "leave", "demanded", "2019-05-15"),
        (
            "The ministry has set a deadline of the end of the month for the envoys to leave.",
            "leave",
            "demanded",
            "2019-05-31",
        ),
        ("The force will leave by the end of the year.", "leave", "future", "2019-12-31"),
        ("The force will leave by year's end.", "leave", "future", "2019-12-31"),
        ("The force will leave by 2021.", "leave", "future", "2021-12-31"),
        ("The force will leave by next March.", "leave", "future", "2020-03-31"),
        ("The force must leave by tomorrow.", "leave", "demanded", "2019-05-17"),
        ("The force must leave on or before June 1.", "leave", "demanded", "2019-06-01"),
        ("The sides have 100 days to form a cabinet.", "form", "demanded", "2019-08-24"),
        ("The president said the force would leave by Christmas.", "leave", "future", "2019-12-25"),
        ("The pact calls for all foreign fighters to leave within 90 days.", "leave", "demanded", "2019-08-14"),
        ("The mayor urged residents to leave by Saturday.", "leave", "demanded", "2019-05-18"),
        ("The two armies agreed to pull back by Saturday from the front.", "pull back", "future", "2019-05-18"),
        ("The court gave the cabinet six months to amend the law.", "amend", "demanded", "2019-11-16"),
        ("The union agreed to delay the withdrawal until October 31.", "withdrawal", "future", "2019-10-31"),
        ("A law requires the state to release the files by June 9.", "release", "demanded", "2019-06-09"),
        ("The rebels have refused to leave by Saturday.", "leave", "negated", "2019-05-18"),
        ("If they do not leave by Saturday, the army will drive them out.", "leave", "hypothetical", "2019-05-18"),
        ("The group threatened to kill the hostages if the ransom is not paid by Monday.", "paid", "demanded", "2019-05-20"),
        ("The envoys were ordered to leave the country by 1 June.", "leave", "demanded", "2019-06-01"),
        ("Rebels were told they had 24 hours to surrender.", "surrender", "demanded", "2019-05-17"),
        ("The ministry gave foreign troops one week to leave.", "leave", "demanded", "2019-05-23"),
        ("The troops should have left by May 1.", "left", "demanded", "2019-05-01"),
        ("As per the pact, the force was to have left by May 1.", "left", "demanded", "2019-05-01"),
        ("The force must leave before June.", "leave", "demanded", "2019-05-31"),
        ("The force must leave before the start of June.", "leave", "demanded", "2019-05-31"),
        ("The force must leave before the end of June.", "leave", "demanded", "2019-06-30"),
        ("The force must leave by sunset on Friday.", "leave", "demanded", "2019-05-17"),
        ("The navy gave the garrison until dawn on Sunday to surrender.", "surrender", "demanded", "2019-05-19"),
        ("The force is to leave by mid-2020.", "leave", "future", "2020-08-31"),
        ("On Tuesday the rebels were told to leave within 24 hours.", "leave", "demanded", "2019-05-15"),
        ("The union would strike unless the minister stepped down by Monday.", "stepped", "hypothetical", "2019-05-20"),
    ],
)
def test_a_deadline_is_set(read: Read, text: str, words: str, status: Status, day: str) -> None:
    assert deadline(read, text, words, status) == day


def test_what_is_asked_for_before_the_end_of_a_month_is_to_come(read: Read) -> None:
    text = "He appealed to both sides to disarm before the end of January."
    assert deadline(read, text, "disarm", "demanded", date(2019, 12, 20)) == "2020-01-31"


def test_what_is_to_be_before_the_end_of_a_month_is_due_then(read: Read) -> None:
    assert (
        deadline(read, "Mediators have proposed a meeting before the end of May.", "meeting", "hypothetical") == "2019-05-31"
    )
    assert deadline(read, "The two will meet before the end of May.", "meet", "future") == "2019-05-31"
    assert deadline(read, "The army withdrew before the end of May.", "withdrew", "future") is None


def test_what_others_do_beside_it_is_not_due_by_then(read: Read) -> None:
    text = "Troops must leave by Friday, as guards take their place."
    assert deadline(read, text, "leave", "demanded") == "2019-05-17"
    assert deadline(read, text, "take", "future") is None


def test_what_is_done_ahead_of_a_deadline_has_it(read: Read) -> None:
    assert deadline(read, "Ahead of a June 1 deadline, the army began to withdraw.", "withdraw", "actual") == "2019-06-01"
    text = "Troops began leaving the valley on Monday, before the June 1 deadline agreed with the rebels."
    assert deadline(read, text, "leaving", "actual") == "2019-06-01"


@pytest.mark.parametrize(
    ("text", "words", "status"),
    [
        ("The troops have to leave in two weeks.", "leave", "demanded"),
        ("If the rebels do not disarm by June 1, the army will attack.", "attack", "future"),
        ("The ceasefire is to last until June 1.", "ceasefire", "future"),
        ("The curfew will remain until June 1.", "curfew", "future"),
        ("The envoy will meet the rebels on June 1.", "meet", "future"),
        ("The talks resume on Friday after the rebels were told to leave by June 1.", "talks", "future"),
        ("The country is due to leave the union on October 31.", "leave", "future"),
        ("The force promised to leave in the next six months.", "leave", "future"),
        ("They must disarm by the time the talks start.", "disarm", "demanded"),
        ("He was killed by Friday's blast.", "killed", "actual"),
        ("The town will be run by a council until Friday.", "run", "future"),
        ("Parliament will vote on the bill on Friday before leaving for the summer.", "vote", "future"),
        (
            "The mayor urged residents to leave by Saturday and told reporters that the army would attack.",
            "attack",
            "future",
        ),
        ("The summit was moved to June 9.", "summit", "future"),
        ("The envoys were ordered to leave by June 1 or face arrest.", "arrest", "future"),
        ("The premier has two weeks to form a cabinet, or parliament will be dissolved.", "dissolved", "future"),
        ("The group threatened to kill the hostages if the ransom is not paid by Monday.", "kill", "hypothetical"),
        ("The ceasefire between the two sides expires on Saturday.", "ceasefire", "future"),
    ],
)
def test_near_misses_set_none(read: Read, text: str, words: str, status: Status) -> None:
    assert deadline(read, text, words, status) is None


@pytest.mark.parametrize(
    ("on", "text", "day"),
    [
        (date(2019, 12, 30), "The rebels were given 72 hours to leave the town.", "2020-01-02"),
        (date(2020, 2, 27), "The rebels were given 72 hours to leave the town.", "2020-03-01"),
        (date(2019, 2, 27), "The rebels were given 72 hours to leave the town.", "2019-03-02"),
        (date(2019, 12, 30), "The rebels must leave by January 2.", "2020-01-02"),
        (date(2020, 2, 10), "The rebels must leave by the end of the month.", "2020-02-29"),
        (date(2019, 2, 10), "The rebels must leave by the end of the month.", "2019-02-28"),
        (date(2019, 12, 30), "The rebels must leave by Friday.", "2020-01-03"),
    ],
)
def test_deadlines_run_over_the_ends_of_months_and_years(read: Read, on: date, text: str, day: str) -> None:
    assert deadline(read, text, "leave", "demanded", on) == day
