"""Merging: what becomes one and what stays apart, whatever the order of arrival, and people's last word on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dateline.incidents import Decision, DecisionError, Merger, Told
from dateline.incidents.accounts import account_of
from dateline.incidents.records import Link
from dateline.incidents.rules import load_rules
from dateline.incidents.signs import bar
from dateline.incidents.wording import alike, gist_of
from dateline.model import Location
from tests.incidents.making import ARMY, DORVA, KARSA, REBELS, TALMA, killed, on, taken, told

PLACES = (KARSA, DORVA, TALMA, None)
WORDS = ("A bomb went off in the market", "Shells fell on the old town", "Fighters raided a post at night")


def articles_of(tolds: Sequence[Told]) -> list[list[Told]]:
    return [list(group) for _, group in groupby(sorted(tolds, key=lambda t: (t.article, t.id)), key=lambda t: t.article)]


def merged(tolds: Sequence[Told], decisions: Sequence[Decision] = ()) -> set[frozenset[str]]:
    merger = Merger(decisions=decisions)
    for article in articles_of(tolds):
        merger.add(article)
    return groups(merger)


def at_once(articles: Iterable[Sequence[Told]], decisions: Sequence[Decision] = ()) -> Merger:
    merger = Merger(decisions=decisions)
    for article in articles:
        merger.take(article)
    merger.settle_all()
    return merger


def groups(merger: Merger) -> set[frozenset[str]]:
    return {frozenset(t.id for account in group for t in account.tolds) for group in merger.groups()}


def bomb(name: str, article: str, day: int = 4, **fields: Any) -> Told:
    given: dict[str, Any] = {"when": on(4), "where": KARSA, "mode": "explosives", "trigger": "bombing", **fields}
    return told(name, article, day, WORDS[0], **given)


def test_two_outlets_that_tell_of_one_attack_make_one_incident() -> None:
    assert merged([bomb("e1", "post"), bomb("e2", "wire", quantities=(killed(12),))]) == {frozenset({"e1", "e2"})}


def test_attacks_alike_in_neighbouring_towns_on_one_day_stay_two() -> None:
    assert len(merged([bomb("e1", "post"), bomb("e2", "wire", where=DORVA)])) == 2


def test_a_grid_line_between_two_neighbours_parts_nobody() -> None:
    near = [bomb("e1", "post", where=TALMA, actors=(REBELS,)), bomb("e2", "wire", actors=(REBELS,))]
    assert len(merged(near)) == 1


def test_a_day_or_place_of_another_sentence_excludes_nothing() -> None:
    actors: dict[str, Any] = {"actors": (REBELS,), "recipients": (ARMY,)}
    one = bomb("e1", "post", **actors)
    elsewhere = bomb("e2", "wire", where=DORVA, **actors)
    assert len(merged([one, elsewhere])) == 2
    assert len(merged([one, replace(elsewhere, placed=False)])) == 1
    later = bomb("e3", "radio", day=9, when=on(9), **actors)
    rules = load_rules()
    assert bar(account_of([one], rules), account_of([later], rules), rules) == "5 days apart"
    assert bar(account_of([one], rules), account_of([replace(later, dated=False)], rules), rules) is None


def test_one_misread_day_does_not_part_those_who_agree() -> None:
    actors: dict[str, Any] = {"actors": (REBELS,), "recipients": (ARMY,)}
    agreeing = [bomb(f"e{k}", f"outlet{k}", **actors) for k in range(6)]
    vague = [bomb(f"v{k}", f"paper{k}", when=None, **actors) for k in range(3)]
    misread = bomb("x", "gazette", when=on(1), **actors)
    found = merged([*agreeing, *vague, misread])
    assert any({t.id for t in (*agreeing, *vague)} <= group for group in found)


def test_articles_of_one_story_tell_one_act_without_day_or_place() -> None:
    story = "The harbour pilot Ansel Quint was shot at the Varga quay. Detectives from Ostmere blame smugglers for the shooting of Quint."
    same = "Smugglers are blamed for the shooting of the pilot Ansel Quint at the Varga quay, say detectives from Ostmere."
    other = "A farmer near Brudholm was hurt in a shooting on his orchard, and his neighbour Tilde Rask was questioned by rangers."

    def shot(name: str, text: str) -> Told:
        given = told(name, name, 4, text, trigger="shooting", sense="assault/killing")
        return replace(given, day=None, gist=gist_of(text), names=frozenset({"quint", "varga"}))

    assert len(merged([shot("post", story), shot("wire", same)])) == 1
    assert len(merged([shot("post", story), shot("radio", other)])) == 2


def test_deeds_of_one_kind_go_together_and_others_do_not() -> None:
    rules = load_rules()
    killed_, shot, burnt = (frozenset({deed}) for deed in ("kill", "shoot", "burn"))
    assert not rules.apart(killed_, shot)
    assert rules.apart(shot, burnt)
    assert not rules.apart(shot, frozenset({"assault/never-heard-of"}))


def test_gists_are_alike_where_telling_words_are() -> None:
    assert alike(gist_of("Quint, pilot of Varga"), gist_of("The pilot Quint said in Varga that")) >= 99
    assert alike(gist_of("Quint, pilot of Varga"), gist_of("Rask ploughs Brudholm")) == 0
    assert alike(gist_of("the people said on Monday"), gist_of("the people said on Monday")) == 0


def test_the_same_town_on_days_that_exclude_each_other_stays_two() -> None:
    assert len(merged([bomb("e1", "post"), bomb("e2", "wire", day=9, when=on(9))])) == 2


def test_a_capture_and_a_withdrawal_tell_of_the_same_ground() -> None:
    took = told(
        "e1",
        "post",
        4,
        type="COERCE",
        mode="seize",
        when=on(4),
        where=KARSA,
        actors=(REBELS,),
        control=taken("Karsa", REBELS.name),
    )
    left = told(
        "e2",
        "wire",
        4,
        type="RETREAT",
        mode="withdraw",
        where=KARSA,
        actors=(ARMY,),
        control=taken("Karsa", None, ARMY.name),
    )
    assert len(merged([took, left])) == 1


def test_one_article_that_names_two_towns_tells_of_two_attacks() -> None:
    assert len(merged([bomb("e1", "post"), bomb("e2", "post", where=TALMA)])) == 2


def test_a_plan_and_its_coming_true_are_one() -> None:
    fields: dict[str, Any] = {"type": "RETREAT", "mode": "release", "actors": (REBELS,), "recipients": (ARMY,)}
    plan = told("e1", "post", 4, status="future", deadline=on(10).first, **fields)
    act = told("e2", "wire", 10, when=on(10), **fields)
    assert len(merged([plan, act])) == 1


def test_a_sentence_printed_again_is_one_with_its_original() -> None:
    text = "A bomb went off in a market in the north, killing many people."
    copies = [told(f"e{k}", f"outlet{k}", 4, text) for k in range(3)]
    assert len(merged(copies)) == 1


def test_what_a_person_has_joined_and_parted_survives() -> None:
    one, two, three = bomb("e1", "post"), bomb("e2", "wire"), bomb("e3", "radio", where=DORVA)
    decisions = [Decision("e1", "e2", together=False), Decision("e1", "e3", together=True)]
    assert merged([one, two, three], decisions) == {frozenset({"e1", "e3"}), frozenset({"e2"})}


def test_a_person_parts_events_of_one_article() -> None:
    pair = [bomb("e1", "post"), bomb("e2", "post")]
    assert len(merged(pair)) == 1
    assert len(merged(pair, [Decision("e2", "e1", together=False)])) == 2


def test_decisions_that_contradict_each_other_are_refused() -> None:
    chain = [Decision("e1", "e2", True), Decision("e2", "e3", True), Decision("e1", "e3", False)]
    with pytest.raises(DecisionError, match="undo one"):
        Merger(decisions=chain)


def test_every_score_is_a_sum_of_named_parts() -> None:
    merger = Merger()
    heard: list[Link] = []
    merger.add([bomb("e1", "post")])
    merger.add([bomb("e2", "wire")], heard=heard.append)
    (link,) = heard
    assert {link.points} == set(merger.alike["e1"].values())
    assert link.points == sum(part.points for part in link.parts)
    assert {"prior", "time", "place", "mode", "trigger", "words"} <= {part.name for part in link.parts}


@st.composite
def many(draw: st.DrawFn, most: int = 14) -> list[Told]:
    found = []
    for k in range(draw(st.integers(2, most))):
        dated = draw(st.booleans())
        day = draw(st.integers(3, 8))
        found.append(
            told(
                f"e{k:02}",
                f"paper-{draw(st.integers(0, 5))}",
                day,
                draw(st.sampled_from(WORDS)),
                when=on(day - draw(st.integers(0, 1))) if dated else None,
                where=draw(st.sampled_from(PLACES)),
                actors=(REBELS,) if draw(st.booleans()) else (),
                recipients=(ARMY,) if draw(st.booleans()) else (),
                mode=draw(st.sampled_from([None, "explosives", "heavy-weapons"])),
                status=draw(st.sampled_from(["actual", "actual", "future", "negated"])),
                start=10 * k,
                end=10 * k + 5,
            )
        )
    # the articles of one name are of one day
    days = {t.article: t.day for t in found}
    return [replace(t, day=days[t.article]) for t in found]


@settings(max_examples=60, deadline=None)
@given(many(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(tolds: list[Told], random: Random) -> None:
    articles = articles_of(tolds)
    expected = groups(at_once(articles))
    random.shuffle(articles)
    one_by_one = Merger()
    for article in articles:
        one_by_one.add(article)
    assert groups(one_by_one) == expected


@settings(max_examples=60, deadline=None)
@given(many(24), st.data())
def test_coming_going_and_peoples_words_leave_what_merging_at_once_would(tolds: list[Told], data: st.DataObject) -> None:
    articles = articles_of(tolds)
    pairs = data.draw(st.lists(st.tuples(*[st.sampled_from([t.id for t in tolds])] * 2, st.booleans()), max_size=3))
    decisions = [Decision(a, b, together) for a, b, together in pairs if a != b]
    try:
        merger = Merger(decisions=decisions)
    except DecisionError:
        assume(False)
    at_hand: dict[str, list[Told]] = {}
    for at in data.draw(st.lists(st.integers(0, len(articles) - 1), min_size=4, max_size=14)):
        article = articles[at]
        name = article[0].article
        if name in at_hand:
            merger.remove(name)
            del at_hand[name]
        else:
            merger.add(article)
            at_hand[name] = article
        assert groups(merger) == groups(at_once(at_hand.values(), decisions))


@settings(max_examples=40, deadline=None)
@given(many(24))
def test_what_is_restored_goes_on_as_if_it_had_never_stopped(tolds: list[Told]) -> None:
    *before, last = articles_of(tolds)
    first = at_once(before)
    merger = Merger()
    links = [(a, b, points) for a, others in first.alike.items() for b, points in others.items() if a < b]
    merger.restore(first.accounts.values(), links, [[account.id for account in group] for group in first.groups()])
    merger.add(last)
    assert groups(merger) == groups(at_once([*before, last]))
    if before:
        merger.remove(before[0][0].article)
        assert groups(merger) == groups(at_once([*before[1:], last]))


@st.composite
def one_of_two(draw: st.DrawFn, name: str) -> Told:
    """An act at a point of a few cells of the grid, placed by its sentence or not, with or without a day and names."""
    where = Location("Near " + name, "KRS", draw(st.floats(60.0, 61.0)), draw(st.floats(179.0, 180.0)), 5.0, name)
    dated = draw(st.booleans())
    words = draw(st.sampled_from(["Shells fell near the orchard of Quint", "Shells fell on Brudholm"]))
    found = told(
        name, name, 4, words, where=where, when=on(4) if dated else None, actors=(REBELS,) if draw(st.booleans()) else ()
    )
    names = frozenset(draw(st.sets(st.sampled_from(["near", "quint", "brudholm", "northern"]))))
    return replace(found, day=found.day if dated else None, names=names, placed=draw(st.booleans()))


@settings(max_examples=120, deadline=None)
@given(one_of_two("a"), one_of_two("b"))
def test_who_is_compared_does_not_depend_on_who_came_first(one: Told, two: Told) -> None:
    compared = []
    for pair in ((one, two), (two, one)):
        merger = Merger()
        for each in pair:
            merger.add([each])
        compared.append(merger.alike)
    assert compared[0] == compared[1]


@settings(max_examples=40, deadline=None)
@given(many())
def test_an_article_that_came_and_went_leaves_nothing_behind(tolds: list[Told]) -> None:
    articles = articles_of(tolds)
    merger = Merger()
    for article in articles:
        merger.add(article)
    merger.remove(articles[0][0].article)
    assert groups(merger) == merged([t for article in articles[1:] for t in article])


@settings(max_examples=40, deadline=None)
@given(many())
def test_every_event_is_in_one_incident(tolds: list[Told]) -> None:
    found = [name for group in merged(tolds) for name in group]
    assert sorted(found) == sorted(t.id for t in tolds)
