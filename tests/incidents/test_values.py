"""What an incident says: values with reasons, tolls with who says them, a status that moves, one plain sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.incidents import Told, incident_of, load_phrases, sentence, timeline
from dateline.incidents.accounts import account_of
from dateline.incidents.records import Incident
from dateline.incidents.rules import RulesError, load_rules
from dateline.incidents.saying import headline
from dateline.model import MODES, Actor, Control, Days, Location
from tests.incidents.making import ARMY, KARSA, REBELS, killed, on, taken, told

PHRASES = load_phrases()


def made(*tolds: Told, today: date | None = None) -> Incident:
    rules = load_rules()
    return incident_of([account_of([each], rules) for each in tolds], PHRASES.reliability, today)


def test_a_toll_keeps_the_least_the_most_and_who_says_which() -> None:
    found = made(
        told("e1", "post", 4, quantities=(killed(12),)),
        told("e2", "wire", 4, quantities=(killed(35),), said_by=("a doctor",)),
        told("e3", "radio", 5, quantities=(killed(19),)),
        told("e4", "wire", 5, quantities=(killed(19),)),
    )
    (toll,) = found.tolls
    assert (toll.low, toll.best, toll.high) == (12, 19, 19), "the wire has corrected itself"
    assert dict(toll.said) == {"12": ("post",), "19": ("wire", "radio")}


def test_reprints_are_one_voice() -> None:
    copies = [told(f"e{k}", f"paper{k}", 4, voice="wire", quantities=(killed(35),)) for k in range(5)]
    found = made(*copies, told("e8", "post", 4, quantities=(killed(12),)), told("e9", "radio", 4, quantities=(killed(12),)))
    assert found.voices == 3
    assert found.tolls[0].best == 12


def test_the_most_precise_place_and_the_tightest_days_are_chosen() -> None:
    wide = Location("Northland", "ATA", -70.0, 10.0, 80.0, "place:north")
    found = made(told("e1", "post", 5, where=wide), told("e2", "wire", 4, where=KARSA, when=on(4)))
    assert found.where.value == KARSA
    assert [place.name for place, _ in found.where.others if place] == ["Northland"]
    assert found.when.value == (date(2031, 3, 4), date(2031, 3, 4))
    assert "precise" in found.where.why


def test_who_did_it_is_not_settled_by_one_voice_of_many() -> None:
    others = [told(f"e{k}", f"paper{k}", 4) for k in range(3)]
    found = made(told("e9", "post", 4, actors=(REBELS,)), *others)
    assert found.actors.value == ()
    assert found.actors.others == (((REBELS,), ("post",)),)
    both = made(told("e8", "wire", 4, actors=(REBELS,)), told("e9", "post", 4, actors=(REBELS,)), *others)
    assert both.actors.value == (REBELS,)


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["future", "actual"], "actual"),
        (["future", "negated"], "negated"),
        (["future"], "future"),
        (["demanded", "demanded"], "demanded"),
        (["actual", "negated"], "actual"),
    ],
)
def test_a_status_moves_with_what_is_told(statuses: list[str], status: str) -> None:
    found = made(*(told(f"e{k}", f"paper{k}", 4 + k, status=each) for k, each in enumerate(statuses)))
    assert found.status.value == status
    assert found.disputed == ({"actual", "negated"} <= set(statuses))


def test_a_plan_lapses_when_its_day_has_passed() -> None:
    plan = told("e1", "post", 4, status="future", deadline=date(2031, 3, 9))
    assert made(plan, today=date(2031, 3, 9)).status.value == "future"
    assert made(plan, today=date(2031, 3, 10)).status.value == "lapsed"


def test_more_voices_make_it_surer_and_a_denial_less_sure() -> None:
    one = made(told("e1", "post", 4, where=KARSA, when=on(4)))
    two = made(told("e1", "post", 4, where=KARSA, when=on(4)), told("e2", "wire", 4, where=KARSA, when=on(4)))
    denied = made(*two.tolds, told("e3", "radio", 5, status="negated", said_by=("the Front",)))
    assert denied.confidence < two.confidence
    assert one.confidence < two.confidence
    assert [claim.kind for claim in denied.claims] == ["denial"]


def test_a_sentence_says_who_did_what_where_with_what_toll_according_to_whom() -> None:
    attack = made(
        told(
            "e1",
            "Post",
            4,
            when=on(4),
            where=KARSA,
            actors=(REBELS,),
            recipients=(ARMY,),
            mode="heavy-weapons",
            quantities=(killed(3),),
        ),
        told("e2", "Wire", 4, when=on(4), where=KARSA, actors=(REBELS,), quantities=(killed(5),), status="actual"),
    )
    assert sentence(attack) == (
        "On 4 March 2031 the Norland Front fired heavy weapons at the Norland army in Karsa (5 killed, from 3 to 5 told), "
        "according to Post and Wire."
    )
    ground = made(
        told(
            "e1",
            "Post",
            4,
            type="COERCE",
            mode="seize",
            when=on(4),
            actors=(REBELS,),
            control=taken("Karsa", REBELS.name, ARMY.name),
        )
    )
    assert sentence(ground) == "On 4 March 2031 the Norland Front took Karsa from the Norland army, according to Post."
    plan = made(
        told("e1", "Post", 4, type="RETREAT", mode="release", status="future", deadline=date(2031, 3, 9), actors=(REBELS,))
    )
    assert sentence(plan) == "By 9 March 2031 the Norland Front will release prisoners, as planned, according to Post."


def test_sentences_are_written_as_one_writes_them() -> None:
    karsa: dict[str, Any] = {"when": on(4), "where": KARSA}

    def said(**fields: Any) -> str:
        text = sentence(made(told("e1", "Post", 4, **fields)))
        return text.removesuffix(", according to Post.")

    dead = (killed(9),)
    assert said(mode="explosives", quantities=dead, **karsa) == "On 4 March 2031 a bomb went off in Karsa (9 killed)"
    assert said(recipients=(ARMY,), **karsa) == "On 4 March 2031 there was an attack on the Norland army in Karsa"
    jailed: dict[str, Any] = {"type": "COERCE", "mode": "arrest"}
    assert said(actors=(REBELS,), recipients=(Actor("Ada Holm"),), **jailed) == "The Norland Front arrested Ada Holm"
    assert said(actors=(REBELS,), **jailed) == "The Norland Front made an arrest"
    fell: dict[str, Any] = {"type": "COERCE", "mode": "seize", "control": taken("Karsa", None, ARMY.name)}
    assert said(**fell) == "Karsa was taken from the Norland army"
    assert said(status="negated", **fell) == "Unnamed parties did not take Karsa from the Norland army"
    wanted: dict[str, Any] = {"type": "RETREAT", "mode": "ceasefire", "status": "demanded", "where": KARSA}
    assert said(actors=(REBELS,), **wanted) == "The Norland Front should cease fire in Karsa, as demanded"
    gunmen, crowd = (Actor("Gunmen"), Actor("men")), (Actor("people"), Actor("Ada Holm"))
    assert said(mode="firearms", actors=gunmen, recipients=crowd) == "Gunmen opened fire on Ada Holm"
    state = Actor("government of Norland", "NLD", "GOV")
    assert (
        said(actors=(state,), recipients=(Actor("United States"),)) == "The government of Norland attacked the United States"
    )
    left: dict[str, Any] = {"type": "SANCTION", "mode": "withdraw", "actors": (Actor("Norland"),)}
    assert said(**left) == "Norland withdrew from what was agreed"
    assert said(when=Days(date(2031, 2, 1), date(2031, 2, 28))) == "In February 2031 there was an attack"
    assert said(when=Days(date(2030, 1, 1), date(2030, 12, 31))) == "In 2030 there was an attack"
    many = Control(gained_by=REBELS.name, lost_by=None, place=None, unit="city", count=3)
    assert said(type="COERCE", mode="seize", control=many) == "The Norland Front took 3 cities"


def test_a_description_beside_a_name_of_the_same_side_is_said_only_where_one_event_tells_both() -> None:
    mayor, mayors = Actor("Ada Holm", "NLD", "GOV"), Actor("local mayors", "NLD", "GOV")
    residents = Actor("residents", "NLD", "CVL")

    def said(*recipients: tuple[Actor, ...]) -> str:
        tolds = (told(f"e{n}", f"Paper {n}", 4, mode="firearms", recipients=each) for n, each in enumerate(recipients))
        return headline(made(*tolds))

    assert said((mayor,), (mayors,)) == "Shots were fired at Ada Holm"
    assert said((mayor, mayors), (mayors,)) == "Shots were fired at local mayors and Ada Holm"
    assert said((mayor,), (residents,)) == "Shots were fired at Ada Holm and residents"
    assert said((residents,), (mayors,)) == "Shots were fired at local mayors and residents"


@pytest.mark.parametrize("type", sorted(MODES))
@pytest.mark.parametrize("status", ["actual", "future", "demanded", "hypothetical", "negated"])
def test_every_act_can_be_said(type: str, status: str) -> None:
    for mode in (None, *MODES[type]):
        for whom in ((), (Actor("Karsa council"),)):
            text = sentence(made(told("e1", "Post", 4, type=type, mode=mode, status=status, recipients=whom)))
            assert text.endswith("according to Post.")
            assert "  " not in text
            assert "{" not in text


def test_a_timeline_keeps_the_highest_ranked_in_the_order_of_days() -> None:
    small = made(told("e1", "Post", 9, type="REQUEST", when=on(9)))
    large = made(told("e2", "Post", 8, when=on(8), quantities=(killed(40),)), told("e3", "Wire", 8, when=on(8)))
    early = made(told("e4", "Post", 5, when=on(5), quantities=(killed(2),)))
    assert [entry.incident.id for entry in timeline([small, large, early], top=2)] == [early.id, large.id]
    assert timeline([large])[0].sources == (("Post", "https://Post.example/"), ("Wire", "https://Wire.example/"))


def test_wrong_rules_are_refused_with_their_place(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "rules.toml"
    file.write_text('[families]\nforce = ["ASSAULT"]\n', encoding="utf-8")
    with pytest.raises(RulesError, match="families"):
        load_rules(file)
