"""One act that a sentence tells with several words is found once."""

from __future__ import annotations

import pytest

from dateline.language import SpacyParser
from dateline.model import Article, EventType
from dateline.reader import Reader


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Rebels shelled the town in one of the heaviest attacks of the war.", ["shelled"]),
        ("Warplanes hit the port of Talma, killing nine dockers.", ["hit"]),
        ("Rebels shelled the town before the attacks of May.", ["shelled", "attacks"]),
        ("Rebels shelled the town and killed the mayor of the port.", ["shelled"]),
        ("A farmer was killed and two of his sons were wounded when a drone struck their car.", ["struck"]),
        ("The militia killed 200 villagers and drove thousands of people from their homes.", ["killed", "drove"]),
        ("It was the deadliest attack since May, when 40 people were killed in Talma.", ["attack", "killed"]),
        ("It was the first attack since rebels killed 12 dockers there in May.", ["attack", "killed"]),
        ("Three people have died since the army shelled the town.", ["shelled"]),
    ],
)
def test_one_act_is_found_once(parser: SpacyParser, text: str, triggers: list[str]) -> None:
    assert found(parser, text, "ASSAULT") == triggers


def test_a_charge_that_is_denied_is_the_accusation(parser: SpacyParser) -> None:
    assert found(parser, "Kenya accused Chad of arming rebels, a charge Chad denies.", "ACCUSE") == ["accused"]
    assert found(parser, "Kenya accused Chad of theft and filed charges.", "ACCUSE") == ["accused", "charges"]


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Chad provided 40 million dollars in emergency aid for the refugees.", ["provided"]),
        ("The envoy praised the agency for its aid to refugees.", ["aid to"]),
    ],
)
def test_a_gift_and_its_giving_are_one_act(parser: SpacyParser, text: str, triggers: list[str]) -> None:
    assert found(parser, text, "AID") == triggers


def test_what_hangs_on_a_day_belongs_to_no_trigger(parser: SpacyParser) -> None:
    assert found(parser, "In a phone call on Tuesday he spoke with the mayor.", "REQUEST") == []


@pytest.mark.parametrize(
    ("text", "kind", "triggers"),
    [
        ("The two ministers took up the border question.", "COERCE", []),
        ("The army took the town.", "COERCE", ["took"]),
        ("The outlawed party met at dawn.", "COERCE", []),
        ("Chad held the militia responsible for the raid.", "ACCUSE", ["held"]),
    ],
)
def test_a_verb_is_read_with_its_particle_and_its_predicate(
    parser: SpacyParser, text: str, kind: EventType, triggers: list[str]
) -> None:
    assert found(parser, text, kind) == triggers


def test_harm_long_before_any_violence_is_told_was_an_accident(parser: SpacyParser) -> None:
    years = " ".join(f"In {year} he wrote a book about the town." for year in range(1970, 1982))
    assert found(
        parser, f"Nine workers were injured at the plant on Friday. {years} In 1983 rebels attacked the town.", "ASSAULT"
    ) == ["attacked"]
    assert found(parser, "Nine workers were injured at the plant on Friday. Rebels had attacked the town.", "ASSAULT") == [
        "injured",
        "attacked",
    ]


def found(parser: SpacyParser, text: str, kind: EventType) -> list[str]:
    """The triggers of the events of one type."""
    return [
        event.trigger for event in Reader(parser=parser, weighers={}).read(Article("a", text)).events if event.type == kind
    ]
