"""The view of the parse: one kind of tree whatever the labels, quotations shielded, paragraphs, offsets."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import (
    ModelError,
    SpacyParser,
    load_parser,
    paragraphs,
)
from dateline.language.fragments import LONGEST_FRAGMENT
from tests.trees import HandParser, parsed, tree

PAIRS = [
    (
        "Rebels seized Talma.",
        "Rebels/NOUN/nsubj/seized seized/VERB/ROOT/seized Talma/PROPN/dobj/seized ./PUNCT/punct/seized",
        "Rebels/NOUN/nsubj/seized seized/VERB/root/seized Talma/PROPN/obj/seized ./PUNCT/punct/seized",
        "Rebels subject seized, seized root seized, Talma object seized",
    ),
    (
        "Talma was seized by rebels.",
        "Talma/PROPN/nsubjpass/seized was/AUX/auxpass/seized seized/VERB/ROOT/seized by/ADP/agent/seized rebels/NOUN/pobj/by",
        "Talma/PROPN/nsubj:pass/seized was/AUX/aux:pass/seized seized/VERB/root/seized by/ADP/case/rebels rebels/NOUN/obl:agent/seized",
        "Talma passive_subject seized, was passive_auxiliary seized, seized root seized, by agent seized, rebels preposition_object by",
    ),
    (
        "Rebels withdrew from Talma.",
        "Rebels/NOUN/nsubj/withdrew withdrew/VERB/ROOT/withdrew from/ADP/prep/withdrew Talma/PROPN/pobj/from",
        "Rebels/NOUN/nsubj/withdrew withdrew/VERB/root/withdrew from/ADP/case/Talma Talma/PROPN/obl/withdrew",
        "Rebels subject withdrew, withdrew root withdrew, from preposition withdrew, Talma preposition_object from",
    ),
    (
        "Talma is ruins.",
        "Talma/PROPN/nsubj/is is/AUX/ROOT/is ruins/NOUN/attr/is",
        "Talma/PROPN/nsubj/ruins is/AUX/cop/ruins ruins/NOUN/root/ruins",
        "Talma subject is, is root is, ruins attribute is",
    ),
    (
        "Rebels did not leave.",
        "Rebels/NOUN/nsubj/leave did/AUX/aux/leave not/PART/neg/leave leave/VERB/ROOT/leave",
        "Rebels/NOUN/nsubj/leave did/AUX/aux/leave not/PART/advmod/leave leave/VERB/root/leave",
        "Rebels subject leave, did auxiliary leave, not negation leave, leave root leave",
    ),
    (
        "army 's attack failed",
        "army/NOUN/poss/attack 's/PART/case/army attack/NOUN/nsubj/failed failed/VERB/ROOT/failed",
        "army/NOUN/nmod:poss/attack 's/PART/case/army attack/NOUN/nsubj/failed failed/VERB/root/failed",
        "army possessive attack, 's case army, attack subject failed, failed root failed",
    ),
    (
        "Tal said rebels who fled want talks",
        "Tal/PROPN/nsubj/said said/VERB/ROOT/said rebels/NOUN/nsubj/want who/PRON/nsubj/fled fled/VERB/relcl/rebels "
        "want/VERB/ccomp/said talks/NOUN/dobj/want",
        "Tal/PROPN/nsubj/said said/VERB/root/said rebels/NOUN/nsubj/want who/PRON/nsubj/fled fled/VERB/acl:relcl/rebels "
        "want/VERB/ccomp/said talks/NOUN/obj/want",
        "Tal subject said, said root said, rebels subject want, who subject fled, fled relative_clause rebels, "
        "want complement said, talks object want",
    ),
]


@pytest.mark.parametrize("universal", [False, True], ids=["ClearNLP", "UD"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0])
def test_both_schemes_give_one_kind_of_tree(pair: tuple[str, str, str, str], universal: bool) -> None:
    text, clear, ud, expected = pair
    document = parsed(text, HandParser(tree(text, ud if universal else clear), universal))
    shown = ", ".join(f"{t.text} {t.relation} {t.head.text}" for t in document.tokens if t.text != ".")
    assert shown == expected


@pytest.mark.parametrize("universal", [False, True], ids=["ClearNLP", "UD"])
def test_what_a_verb_has_about_it(universal: bool) -> None:
    text, clear, ud, _ = PAIRS[1]
    (sentence,) = parsed(text, HandParser(tree(text, ud if universal else clear), universal)).sentences
    (verb,) = sentence.roots
    assert verb.passive
    assert not verb.negated
    assert [(name, noun.text) for name, _, noun in verb.prepositions()] == [("by", "rebels")]
    assert [token.text for token in verb.subtree()] == ["Talma", "was", "seized", "by", "rebels"]
    assert [token.text for token in sentence.tokens[4].ancestors()] == ["by", "seized"]


def test_an_utterance_is_parsed_by_itself_and_a_stub_stands_for_it() -> None:
    text = "“We hold the hill,” said Tal."
    parser = HandParser()
    document = parsed(text, parser)
    assert "We hold the hill," in [seen.strip() for seen in parser.seen]
    assert not any("hold" in seen and "Tal" in seen for seen in parser.seen)
    (stub,) = [token for token in document.tokens if token.quotation is not None]
    assert text[stub.start : stub.end] == "We hold the hill,"
    hill = document.at(text.index("hill"))
    assert hill is not None
    assert hill.text == "hill,"
    assert hill.sentence.quotation is not None


def test_offsets_of_every_token_quote_the_article() -> None:
    text = "Tal said:\n“We hold the hill.”\n\nThe town, “Old Talma,” fell. “Run,” she said, “now.”"
    for token in parsed(text, HandParser()).tokens:
        if token.quotation is None:
            assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One.\nTwo.\n\nThree.", 3),
        ("", 0),
        ("\n \n", 0),
        ("A headline\nRebels seized the town of Talma on Monday.", 2),
        (
            "Rebels seized the town of Talma on Monday in a raid that\nleft two dead, and then they moved on to the north of the\nriver.",
            1,
        ),
    ],
)
def test_paragraphs(text: str, count: int) -> None:
    assert len(paragraphs(text)) == count


def test_a_long_paragraph_is_parsed_in_pieces_that_lose_nothing() -> None:
    text = "Rebels seized the town. " * 3_000
    parser = HandParser()
    document = parsed(text, parser)
    assert max(map(len, parser.seen)) <= LONGEST_FRAGMENT
    assert len(document.tokens) == 12_000


def test_an_endless_word_is_not_shown_to_the_parser() -> None:
    parser = HandParser()
    parsed("Rebels " + "x" * 100_000 + " left.", parser)
    assert not any("x" in seen for seen in parser.seen)


@pytest.mark.parametrize(
    "dateline",
    [
        "TALMA, June 30 (Reuters) - ",
        "TALMA, Republic of Lor (AP) — ",
        "Talma, 29 November 2024 (SOHR) – ",
        "Talma, Jan 20 (EFE).- ",
        "(Talma, March 3, 2020) – ",
        "TALMA: ",
        "NEW TALMA: ",
        "Talma (Lor) (AFP) - ",
        "TALMA, Lor (EFE) 10 September 2024.- ",
        "Talma, April 24, 2025: ",
        "Talma, 13 May 2025 – ",
        "New Talma, Apr 24 (PTI) ",
        "TALMA (Pajhwok): ",
        "TALMA/KARSA (21 May 2024) – ",
        "TALMA, May 12. /TASS/. ",
        "Talma, SANA – ",
        "Talma (dpa) - ",
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(dateline: str) -> None:
    parser = HandParser()
    document = parsed(f"{dateline}Rebels seized the town.", parser)
    assert [seen.strip() for seen in parser.seen] == [dateline.strip(), "Rebels seized the town."]
    assert document.tokens[-1].start == len(f"{dateline}Rebels seized the ")


@pytest.mark.parametrize(
    "text",
    [
        "MR TAL: Rebels fled.",
        "Talma: rebels fled.",
        "The army - Rebels said - fled.",
        "Tal (Unity): Rebels fled.",
        "On May 12 rebels fled.",
    ],
)
def test_what_is_no_dateline_stays_in_its_sentence(text: str) -> None:
    parser = HandParser()
    parsed(text, parser)
    assert [seen.strip() for seen in parser.seen] == [text]


def test_the_stop_of_a_rank_is_not_shown_to_the_parser() -> None:
    parser = HandParser()
    parsed("“We hold the hill,” said Spc. Sara Tal. Lt. Amin left.", parser)
    assert any("said Spc  Sara Tal. Lt  Amin" in seen for seen in parser.seen)


def test_an_editors_brackets_are_not_shown_to_the_parser() -> None:
    parser = HandParser()
    text = "“[w]e fear[ed] them [all] [...] and [him][sic].”[2]"
    words = parsed(text, parser).words
    assert any("we feared them  all" in seen for seen in parser.seen)
    assert not any(set("[]") & set(seen) or "sic" in seen or "2" in seen for seen in parser.seen)
    assert [text[word.start : word.end] for word in words][:3] == ["[w]e", "fear[ed]", "them"]


def test_the_hyphen_of_a_prefix_is_not_shown_to_the_parser() -> None:
    parser = HandParser()
    text = "Norland re-opened talks to de-escalate again. The de-facto ruler re-signed; a co-op in Rio-de-janeiro and re-X stay."
    words = parsed(text, parser).words
    assert parser.seen == [
        "Norland reopened talks to deescalate again. The de-facto ruler re-signed; a co-op in Rio-de-janeiro and re-X stay."
    ]
    assert [text[word.start : word.end] for word in words][1:5] == ["re-opened", "talks", "to", "de-escalate"]


def test_a_verb_with_a_prefix_that_no_list_has_is_the_verb_of_its_rest(parser: SpacyParser) -> None:
    words = parsed("Police re-arrested the mayor. Rebels re-entered Talma. The two armies de-escalated.", parser).words
    lemmas = [word.lemma for word in words]
    assert {"rearrest", "reenter", "deescalate"} <= set(lemmas)


def test_a_model_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match=r"'en_nowhere' cannot be loaded.*--model"):
        load_parser("en_nowhere")


def test_the_packaged_model_reads_a_sentence(parser: SpacyParser) -> None:
    document = parsed("Talma was seized by rebels on Monday.", parser)
    verb = document.head_of(0, 36)
    assert verb is not None
    assert (verb.text, verb.lemma, verb.passive) == ("seized", "seize", True)
    assert {name: noun.text for name, _, noun in verb.prepositions()} == {"by": "rebels", "on": "Monday"}


@given(st.text(alphabet=st.sampled_from("ab \n\t“”\"'‘’.…\u2029\u00a0é😀"), max_size=60))
@settings(max_examples=150)
def test_any_text_gives_tokens_inside_it(text: str) -> None:
    for token in parsed(text, HandParser()).tokens:
        assert 0 <= token.start <= token.end <= len(text)
