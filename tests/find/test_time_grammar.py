"""The engine of the time grammar: patterns spelt out, the longest reading first."""

from __future__ import annotations

import pytest

from dateline.find.time_grammar import Grammar, Word, spelt_out
from dateline.rules.loader import LexiconError, Rule


def rule(name: str) -> Rule:
    return Rule(name, "point", {}, ("example",), (), "test.toml:1")


def test_choices_and_options_are_spelt_out() -> None:
    assert spelt_out("[the] (early|late) <month>", "test") == [
        ("early", "<month>"), ("late", "<month>"), ("the", "early", "<month>"), ("the", "late", "<month>"),
    ]  # fmt: skip


def test_options_nest() -> None:
    assert spelt_out("a [b [c]]", "test") == [("a",), ("a", "b"), ("a", "b", "c")]


@pytest.mark.parametrize("pattern", ["(a", "[a", "a)", "a]", "[a]", "(a|b]"])
def test_bad_patterns_are_named(pattern: str) -> None:
    with pytest.raises(LexiconError, match=r"here:7: the pattern"):
        spelt_out(pattern, "here:7")


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(LexiconError, match="too many rows"):
        spelt_out("x " + " ".join("(a|b)" for _ in range(20)), "test")


def test_the_longest_reading_comes_first_then_the_first_rule() -> None:
    short, first, second = rule("short"), rule("first"), rule("second")
    grammar = Grammar([(short, ["<month>"]), (first, ["<month> <day>"]), (second, ["<month:m> <day:d>"])])
    words = [Word(0, 3, "may", {"month": "5"}), Word(4, 5, "1", {"day": "1"})]
    readings = list(grammar.readings(words, 0))
    assert [match.rule.name for match in readings] == ["first", "second", "short"]
    assert readings[0].part("day") == 1
    assert readings[2].part("day") is None
    assert grammar.beginnings(words) == [0]
