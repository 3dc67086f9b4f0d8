"""Who does what to whom, by grammar alone. Each line: sentence | verb | logical subjects | logical objects."""

from collections.abc import Sequence

import pytest

from dateline.find.syntax import logical_object, logical_subject, with_wholes
from dateline.language import Document, LanguageStage, Parser, Row
from dateline.model import Article, Quotation
from dateline.reading import Facts

CASES = """
Gunmen killed twelve villagers and wounded a priest. | wounded | Gunmen | priest
Twelve villagers were killed by gunmen. | killed | gunmen | villagers
The envoy called on the rebels to lay down their arms. | lay | rebels | arms
The rebels promised the envoy to leave the town. | leave | rebels | town
The minister accused the army of shelling the camp. | shelling | army | camp
Troops who shelled the camp were arrested. | shelled | Troops | camp
An attack carried out by the rebels killed five. | carried | rebels | attack
The group stormed the base, killing four soldiers. | killing | group | soldiers
The rebels overran the base, officials said, killing four soldiers. | killing | rebels | soldiers
Officials said the rebels overran the base before fleeing. | fleeing | rebels |
He was asked to resign. | resign | He |
The plan by the army to attack the city was condemned. | attack | army | city
Two suspects were arrested and charged by police with killing a judge. | arrested | police | suspects
Two suspects were arrested and charged by police with killing a judge. | killing | suspects | judge
The government is ready to negotiate. | negotiate | government |
Rebels shelled and captured the town. | shelled | Rebels | town
Police fired tear gas at protesters before arresting dozens. | arresting | Police | dozens
The journalist was found shot in a field. | shot |  | journalist
Speaking to Reuters, an attendee, Omar Tal, called the vote a farce. | called | Tal | vote
France and Mali signed a treaty. | signed | France Mali | treaty
""".strip().splitlines()


def parsed(parser: Parser, text: str) -> Document:
    facts = Facts()
    facts.add(list[Quotation]())
    (document,) = LanguageStage(parser)(Article("a", text), facts)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("case", CASES)
def test_subject_and_object(parser: Parser, case: str) -> None:
    text, verb, subjects, objects = (part.strip() for part in case.split("|"))
    token = next(token for token in parsed(parser, text).tokens if token.text == verb)
    assert [t.text for t in logical_subject(token)] == subjects.split()
    assert [t.text for t in logical_object(token)] == objects.split()


@pytest.mark.parametrize("amount", ["a swath", "a swathe", "a tenth", "a string", "dozens"])
def test_an_amount_leads_to_what_it_is_an_amount_of(parser: Parser, amount: str) -> None:
    tokens = parsed(parser, f"Rebels seized {amount} of villages.").tokens
    objects = logical_object(next(token for token in tokens if token.text == "seized"))
    assert [token.text for token in with_wholes(objects)] == [amount.rsplit(maxsplit=1)[-1], "villages"]


def test_a_main_verb_behind_an_apposition_is_no_participle() -> None:
    """The tree that a parser gives for "Dahir, the commander, previously committed to talks" where it misses the main verb."""
    rows = [
        Row(0, 5, "Dahir", "Dahir", "PROPN", "NNP", "ROOT", 0, "PERSON", True),
        Row(5, 6, ",", ",", "PUNCT", ",", "punct", 0, "", False),
        Row(7, 10, "the", "the", "DET", "DT", "det", 3, "", False),
        Row(11, 20, "commander", "commander", "NOUN", "NN", "appos", 0, "", False),
        Row(20, 21, ",", ",", "PUNCT", ",", "punct", 0, "", False),
        Row(22, 31, "committed", "commit", "VERB", "VBN", "acl", 0, "", False),
    ]
    (document,) = LanguageStage(Given(rows))(Article("a", "Dahir, the commander, committed"), Facts())
    assert isinstance(document, Document)
    verb = document.tokens[-1]
    assert [t.text for t in logical_subject(verb)] == ["Dahir"]
    assert logical_object(verb) == []


class Given:
    """A parser that gives the same rows for every text."""

    universal = False
    identity = "given"

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def rows(self, texts: Sequence[str]) -> list[list[Row]]:
        return [self._rows for _ in texts]
