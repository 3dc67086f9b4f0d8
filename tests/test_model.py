"""The records: frozen, and what they refuse."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from typing import get_args

import pytest

from dateline import model
from dateline.model import MODES, Article, Days, EventType, Fact, Quotation

RECORDS = [thing for thing in vars(model).values() if isinstance(thing, type) and is_dataclass(thing)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen_slotted_and_says_what_it_is(record: type) -> None:
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(record)
    assert record.__doc__
    assert not record.__doc__.startswith(record.__name__ + "("), "the docstring is the one that dataclass makes"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_no_record_holds_a_list_or_a_dictionary(record: type) -> None:
    assert not any(str(f.type).startswith(("list", "dict", "set")) for f in fields(record))


def test_a_fact_cannot_be_changed() -> None:
    fact = Fact(start=0, end=1)
    with pytest.raises(FrozenInstanceError):
        fact.start = 2  # type: ignore[misc]


def test_facts_with_the_same_content_are_equal_and_hash_alike() -> None:
    one = Quotation(start=0, end=5, inner_start=1, inner_end=4, kind="speech")
    other = Quotation(start=0, end=5, inner_start=1, inner_end=4, kind="speech")
    assert one == other
    assert len({one, other}) == 1
    assert Article("a", "text") == Article("a", "text")


def test_a_span_of_days_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends before it starts"):
        Days(date(2021, 6, 2), date(2021, 6, 1))


def test_every_event_type_has_its_modes() -> None:
    assert set(MODES) == set(get_args(EventType))
