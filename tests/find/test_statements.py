"""Statements: every form of report that the rule files name, by their own examples and near-misses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dateline.find.quotations import QuotationStage
from dateline.find.statements import StatementStage
from dateline.language import LanguageStage, Parser
from dateline.model import Article, Statement
from dateline.reading import Facts, run_stage
from dateline.rules.loader import Rule, load_one

STAGE = StatementStage()
RUNS = ("speech/verbs.toml#*", "speech/forms.toml#*", "speech/blocks.toml#*")
RULES = [rule for file in ("verbs", "forms", "blocks") for rule in load_one(f"speech/{file}.toml").rules]


def statements(parser: Parser, text: str) -> list[Statement]:
    facts = Facts()
    for stage in (QuotationStage(), LanguageStage(parser), STAGE):
        run_stage(stage, Article("test", text), facts)
    return list(facts.of(Statement))


def cases(key: str) -> list[Any]:
    return [
        pytest.param(rule, entry, id=f"{rule.name}-{number}")
        for rule in RULES
        for number, entry in enumerate(getattr(rule, key))
    ]


@pytest.mark.parametrize(("rule", "example"), cases("examples"))
def test_example_is_found(parser: Parser, rule: Rule, example: Mapping[str, Any]) -> None:
    text = example["text"]
    found = statements(parser, text)
    told = [text[s.start : s.end] for s in found]
    assert example["content"] in told or example["content"] + "." in told, told
    chosen = next(s for s in found if text[s.start : s.end].rstrip(".") == example["content"].rstrip("."))
    if "speaker" in example:
        assert chosen.speaker.name == example["speaker"]
    if "chain" in example:
        assert [actor.name for actor in chosen.chain] == example["chain"]


@pytest.mark.parametrize(("rule", "near_miss"), cases("near_misses"))
def test_near_miss_is_not(parser: Parser, rule: Rule, near_miss: str | Mapping[str, Any]) -> None:
    if isinstance(near_miss, str):
        assert statements(parser, near_miss) == []
    else:
        assert all([a.name for a in s.chain] == near_miss["chain"] for s in statements(parser, near_miss["text"]))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('The palace released the following statement from the queen: "I thank the people."', "queen"),
        ('"The talks failed because of them," an aide to the king, who asked not to be named, told Radio Nile.', "aide"),
        ('The resolution, adopted by nine votes to three, said that "the fighting must stop at once".', "resolution"),
        ('The bishop\'s answer: "Pray for them."', "bishop"),
        ('One of the survivors, Joan Peel, said: "I ran and ran."', "Joan Peel"),
        ('"The law insults us," Norland director of the Peace Fund Man-kei Tam said on Monday.', "Man-kei Tam"),
        (
            'Study co-author and geologist Omar Tal remarked in a press release, "We had no reason to expect this."',
            "Omar Tal",
        ),
        ("Director of the Valley Trust and mayor of Tarin, Omar Tal, said it was over.", "Omar Tal"),
        ("Spokesman for the Red Crescent Omar Tal said it was over.", "Omar Tal"),
        ("A friend of Omar Tal said it was over.", "friend of Omar Tal"),
    ],
)
def test_whose_words_they_are(parser: Parser, text: str, speaker: str) -> None:
    (found,) = statements(parser, text)
    assert found.speaker.name == speaker


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            'Omar Tal called Haddad "[a]n honest man, and a friend of the poor."',
            "[a]n honest man, and a friend of the poor.",
        ),
        (
            'The mayor said the tunnel held "a lot of smoke, a lot of noise. [...] [The guard] could not breathe." He left.',
            'the tunnel held "a lot of smoke, a lot of noise. [...] [The guard] could not breathe.',
        ),
        (
            'The mayor said that guns "are within reach of all; this is why they kill so often".',
            'guns "are within reach of all; this is why they kill so often',
        ),
    ],
)
def test_words_in_quotation_marks_are_reported_to_their_end(parser: Parser, text: str, content: str) -> None:
    (found,) = statements(parser, text)
    assert text[found.start : found.end] == content
    assert found.direct


def test_they_who_speak_again_are_those_who_spoke(parser: Parser) -> None:
    found = statements(
        parser, "Officials in Tarin said that 40 men were held. They also stated arrests were made in the port."
    )
    assert [s.speaker.name for s in found] == ["Officials", "Officials"]


def test_an_utterance_alone_goes_on_from_the_paragraph_before(parser: Parser) -> None:
    text = '"We look for a fourth man," Omar Tal told the court.\n\n"Nobody is in danger."\n\nThe trial goes on.'
    assert [s.speaker.name for s in statements(parser, text)] == ["Omar Tal", "Omar Tal"]


WORDS = [
    "Tal", "Omar", "the army", "he", "they", "we", "said", "told", "claimed", "according to", "citing", "as", "that", "it",
    "was", "“", "”", '"', "'", ",", ".", ":", ";", "\n\n", "QUESTION:", "MR TAL:", "rebels", "shelled", "the town",
    "in a statement", "— Omar Tal", "announced", "a truce",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=40))
@example(["announced", "”", "said", ",", "it", "the army"])
def test_no_text_is_too_odd(parser: Parser, words: list[str]) -> None:
    text = " ".join(words)
    for s in statements(parser, text):
        assert 0 <= s.start < s.end <= len(text)
        assert text[s.cue_start : s.cue_end].strip()
        assert s.chain
        assert s.speaker.name


def test_coordinated_names_have_a_statement_each(parser: Parser) -> None:
    found = statements(parser, "Chad and Niger said the bridge was closed.")
    assert [s.speaker.name for s in found] == ["Chad", "Niger"]
    assert all([a.name for a in s.chain] == ["Chad", "Niger"] for s in found)


def test_what_a_speaker_mentions_in_passing_is_no_statement(parser: Parser) -> None:
    text = 'Omar Tal said: "The court has found that the vote was fair."'
    assert [text[s.start : s.end] for s in statements(parser, text)] == ["The court has found that the vote was fair."]


def test_statement_over_paragraphs_is_one_and_direct(parser: Parser) -> None:
    text = "Omar Tal said:\n\n“The bridge is gone.\n\n“We walk.”\n\nHe left on Monday."
    (found,) = statements(parser, text)
    assert found.direct
    assert text[found.start : found.end] == "The bridge is gone.\n\n“We walk."
