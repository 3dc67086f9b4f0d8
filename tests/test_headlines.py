"""Headlines: what they leave out is read into them, and sentences are left alone."""

from __future__ import annotations

import pytest

from dateline.language import Document, LanguageStage, SpacyParser
from dateline.model import Article
from dateline.reading import Facts, run_stage


def suffering(text: str, parser: SpacyParser) -> dict[str, str]:
    """Verb -> the head of its passive subject."""
    facts = Facts()
    run_stage(LanguageStage(parser), Article(id="a", text=text), facts)
    tokens = facts.one(Document).tokens
    return {t.head.text: t.text for t in tokens if t.relation == "passive_subject"}


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        ("Opposition leader detained at airport in Talma", "detained", "leader"),
        ("Former minister jailed for corruption in Talma", "jailed", "minister"),
        ("Reporter shot dead outside home in Talma", "shot", "Reporter"),
        ("Mayor shot and wounded by gunmen in Talma", "shot", "Mayor"),
        ("Activist sentenced to ten years in Norland", "sentenced", "Activist"),
        ("Protesters dispersed with tear gas in Talma", "dispersed", "Protesters"),
        ("Aid workers abducted in Norland freed after a month", "freed", "workers"),
    ],
)
def test_a_past_form_without_an_object_is_a_passive(text: str, verb: str, noun: str, parser: SpacyParser) -> None:
    assert suffering(text, parser).get(verb) == noun


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked on Friday.",  # a sentence
        "Rebels attacked a convoy near Talma",  # with an object
        "Peace talks collapsed in Talma",  # of a verb that has no passive
        "President said talks failed",
        "Army retakes Talma from rebels",
        'The minister said: "Rebels attacked"',
    ],
)
def test_what_is_active_stays_active(text: str, parser: SpacyParser) -> None:
    assert suffering(text, parser) == {}


def test_a_line_that_only_lost_its_full_stop_is_no_headline(parser: SpacyParser) -> None:
    long = "After weeks of fighting in the hills to the north of the town the rebels of the Kesht Front attacked from two sides at dawn"
    assert suffering(long, parser) == {}


def tree(text: str, parser: SpacyParser) -> set[str]:
    facts = Facts()
    run_stage(LanguageStage(parser), Article(id="a", text=text), facts)
    return {f"{t.text} {t.relation} {t.head.text}" for t in facts.one(Document).tokens}


def test_a_comma_joins_two_subjects_or_two_verbs(parser: SpacyParser) -> None:
    assert "Ethiopia conjunct rebels" in tree("Ethiopia, Tigray rebels sign truce", parser)
    assert {"Kenya conjunct Uganda", "Uganda subject agree"} <= tree("Kenya, Uganda agree to share power", parser)
    assert {"visits root visits", "urges conjunct visits"} <= tree("Macron visits Beirut, urges reform", parser)
    assert "Mali conjunct rebels" not in tree("In Mali, rebels storm base", parser)


def test_a_topic_before_a_colon_plays_no_part(parser: SpacyParser) -> None:
    assert "Norland" not in suffering("Norland: Abducted students freed", parser).values()


def test_a_first_word_that_is_a_common_noun_below_is_no_name(parser: SpacyParser) -> None:
    facts = Facts()
    text = "Hospital stormed\n\nGunmen broke into a hospital in Talma on Friday."
    run_stage(LanguageStage(parser), Article(id="a", text=text), facts)
    first = facts.one(Document).tokens[0]
    assert (first.pos, first.lemma) == ("NOUN", "hospital")
