"""What spares an act of a long text a look at the whole of it finds what such a look would find."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.language.parsers import Row
from dateline.language.tree import Sentence, Token
from dateline.model import Days, Quotation
from dateline.resolve.date_choices import DatedWords
from dateline.resolve.spans import CELL, Holding

PLACES = st.integers(0, 4 * CELL)
STRETCHES = st.lists(st.tuples(PLACES, PLACES).map(sorted).filter(lambda pair: pair[0] < pair[1]), max_size=12)
DAY = date(2021, 6, 28)
NUMBERS = st.integers(0, 12)


def quotation(start: int, end: int) -> Quotation:
    return Quotation(start=start, end=end, inner_start=start, inner_end=end, kind="speech")


@given(STRETCHES, PLACES)
def test_all_stretches_around_a_place_are_found_in_their_order(stretches: list[list[int]], place: int) -> None:
    facts = [quotation(start, end) for start, end in stretches]
    assert Holding(facts).at(place) == [fact for fact in facts if fact.start <= place < fact.end]


@given(st.lists(NUMBERS, unique=True), NUMBERS, st.frozensets(NUMBERS, max_size=3))
def test_the_nearest_dated_words_are_found_in_whatever_order_they_come(
    numbers: list[int], here: int, own: frozenset[int]
) -> None:
    sentence = Sentence(0, 0)
    words = [
        (
            Token(i, i, i, Row(i, i, "raid", "raid", "NOUN", "NN", "ROOT", 0, "", True), "root", sentence),
            Days(*[DAY + timedelta(i)] * 2),
        )
        for i in numbers
    ]
    before = [days for token, days in words if token.i < here and token.i not in own]
    after = [days for token, days in words if token.i > here and token.i not in own]
    dated = DatedWords(words)
    assert (dated.before(here, own), dated.after(here, own)) == (before[-1:], after[:1])
