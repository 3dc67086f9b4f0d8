"""The view of the parse: one kind of tree whatever the labels, quotations shielded, paragraphs, offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.find.quotations import QuotationStage
from dateline.language import (
    Document,
    LanguageStage,
    ModelError,
    Parser,
    Row,
    Sentence,
    SpacyParser,
    Token,
    load_parser,
    paragraphs,
)
from dateline.language.fragments import LONGEST_FRAGMENT
from dateline.model import Article
from dateline.reading import Facts, run_stage


class HandParser:
    """Gives rows that were made by hand, or, for a text that has none, one word a row, each its own root."""

    identity = "by hand"

    def __init__(self, rows: list[Row] | None = None, universal: bool = False) -> None:
        self._rows = rows
        self.universal = universal
        self.seen: list[str] = []

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        for text in texts:
            self.seen.append(text)
            yield self._rows if self._rows is not None else words(text)


def words(text: str) -> list[Row]:
    rows: list[Row] = []
    position = 0
    for word in text.split():
        position = text.index(word, position)
        rows.append(Row(position, position + len(word), word, word, "NOUN", "NN", "ROOT", len(rows), "", not rows))
        position += len(word)
    return rows


def tree(text: str, notation: str) -> list[Row]:
    """Rows of a sentence from `word/POS/relation/head word`, maybe with /tag, one for each word of the text, in its order."""
    parts = [part.split("/") for part in notation.split()]
    forms = [part[0] for part in parts]
    rows, position = [], 0
    for k, (form, pos, relation, head, *told) in enumerate(parts):
        position = text.index(form, position)
        tag = told[0] if told else {"PART": "POS" if form in ("'s",) else "RB", "VERB": "VBD", "ADP": "IN"}.get(pos, "NN")
        at = k if head == form else forms.index(head)
        rows.append(Row(position, position + len(form), form, form.lower(), pos, tag, relation, at, "", k == 0))
        position += len(form)
    return rows


def parsed(text: str, parser: Parser) -> Document:
    facts = Facts()
    run_stage(QuotationStage(), Article("a", text), facts)
    run_stage(LanguageStage(parser), Article("a", text), facts)
    return facts.one(Document)


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


MENDED = [
    (
        "Lor urged Tal to wait and imposed fines",
        "Lor/PROPN/nsubj/urged urged/VERB/ROOT/urged Tal/PROPN/dobj/urged to/PART/aux/wait/TO wait/VERB/xcomp/urged/VB "
        "and/CCONJ/cc/wait imposed/VERB/conj/wait fines/NOUN/dobj/imposed",
        "imposed conjunct urged",
    ),
    (
        "Lor wants to wait and see Tal",
        "Lor/PROPN/nsubj/wants wants/VERB/ROOT/wants to/PART/aux/wait/TO wait/VERB/xcomp/wants/VB and/CCONJ/cc/wait "
        "see/VERB/conj/wait/VB Tal/PROPN/dobj/see",
        "see conjunct wait",
    ),
    (
        "men serving with the force Alba died",
        "men/NOUN/nsubj/died serving/VERB/acl/men/VBG with/ADP/prep/serving the/DET/det/force force/NOUN/pobj/with "
        "Alba/PROPN/appos/men died/VERB/ROOT/died",
        "Alba apposition force",
    ),
    (
        "men with force , Alba , died",
        "men/NOUN/nsubj/died with/ADP/prep/men force/NOUN/pobj/with ,/PUNCT/punct/men Alba/PROPN/appos/men died/VERB/ROOT/died",
        "Alba apposition men",
    ),
    (
        "nine were killed and twenty injured",
        "nine/NUM/nsubjpass/killed/CD were/AUX/auxpass/killed killed/VERB/ROOT/killed/VBN and/CCONJ/cc/killed "
        "twenty/NUM/nsubj/injured/CD injured/VERB/conj/killed/VBD",
        "twenty passive_subject injured",
    ),
    (
        "Lor was killed and he injured Tal",
        "Lor/PROPN/nsubjpass/killed was/AUX/auxpass/killed killed/VERB/ROOT/killed/VBN and/CCONJ/cc/killed "
        "he/PRON/nsubj/injured injured/VERB/conj/killed/VBD Tal/PROPN/dobj/injured",
        "he subject injured",
    ),
    (
        "Harl , whose party left , denounced it",
        "Harl/PROPN/ROOT/Harl ,/PUNCT/punct/Harl whose/DET/poss/party party/NOUN/nsubj/left left/VERB/relcl/Harl "
        ",/PUNCT/punct/left denounced/VERB/conj/left it/PRON/dobj/denounced",
        "denounced root denounced, Harl subject denounced",
    ),
    (
        "Harl , who left and denounced it , spoke",
        "Harl/PROPN/nsubj/spoke ,/PUNCT/punct/Harl who/PRON/nsubj/left left/VERB/relcl/Harl and/CCONJ/cc/left "
        "denounced/VERB/conj/left it/PRON/dobj/denounced ,/PUNCT/punct/Harl spoke/VERB/ROOT/spoke",
        "denounced conjunct left, Harl subject spoke",
    ),
    (
        "men raided it in the latest violence to hit Talma",
        "men/NOUN/nsubj/raided raided/VERB/ROOT/raided/VBD it/PRON/dobj/raided in/ADP/prep/raided the/DT/det/violence "
        "latest/ADJ/amod/violence/JJS violence/NOUN/pobj/in to/PART/aux/hit/TO hit/VERB/advcl/raided/VB Talma/PROPN/dobj/hit",
        "hit relative_clause violence",
    ),
    (
        "men marched last week to hit Talma",
        "men/NOUN/nsubj/marched marched/VERB/ROOT/marched/VBD last/ADJ/amod/week week/NOUN/npadvmod/marched "
        "to/PART/aux/hit/TO hit/VERB/advcl/marched/VB Talma/PROPN/dobj/hit",
        "hit adverbial_clause marched",
    ),
    (
        "nine were killed and two others injured",
        "nine/NUM/nsubjpass/killed/CD were/AUX/auxpass/killed killed/VERB/ROOT/killed/VBN and/CCONJ/cc/killed "
        "two/NUM/nummod/others/CD others/NOUN/nsubj/injured/NNS injured/VERB/conj/killed/VBN",
        "others passive_subject injured",
    ),
    (
        "they took a number of people hostage",
        "they/PRON/nsubj/took took/VERB/ROOT/took/VBD a/DET/det/number number/NOUN/dobj/took of/ADP/prep/number "
        "people/NOUN/compound/hostage/NNS hostage/NOUN/pobj/of/NN",
        "people preposition_object of, hostage object_predicate took",
    ),
    (
        "they grant the president asylum",
        "they/PRON/nsubj/grant grant/VERB/ROOT/grant/VBP the/DET/det/asylum/DT president/NOUN/compound/asylum/NN "
        "asylum/NOUN/dobj/grant/NN",
        "president indirect_object grant, asylum object grant",
    ),
    (
        "they grant market access",
        "they/PRON/nsubj/grant grant/VERB/ROOT/grant/VBP market/NOUN/compound/access/NN access/NOUN/dobj/grant/NN",
        "market compound access",
    ),
    (
        "they shoot dead five men",
        "they/PRON/nsubj/shoot shoot/VERB/ROOT/shoot/VBP dead/ADJ/amod/men/JJ five/NUM/nummod/men/CD men/NOUN/dobj/shoot/NNS",
        "dead object_predicate shoot, men object shoot",
    ),
    (
        "they denied arming them and called for talks",
        "they/PRON/nsubj/denied denied/VERB/ROOT/denied/VBD arming/VERB/xcomp/denied/VBG them/PRON/dobj/arming "
        "and/CCONJ/cc/arming called/VERB/xcomp/denied/VBD for/ADP/prep/called talks/NOUN/pobj/for",
        "called conjunct denied, arming open_complement denied",
    ),
    (
        "fights between men ( MM ) and Lor continued",
        "fights/NOUN/nsubj/continued between/ADP/prep/fights men/NOUN/pobj/between (/PUNCT/punct/men MM/PROPN/appos/men )/PUNCT/punct/men "
        "and/CCONJ/cc/men Lor/PROPN/nsubj/continued continued/VERB/ROOT/continued/VBD",
        "Lor conjunct men, fights subject continued",
    ),
    (
        "they accused him , then shot him",
        "they/PRON/nsubj/accused accused/VERB/ROOT/accused/VBD him/PRON/dobj/accused ,/PUNCT/punct/accused then/ADV/advmod/accused "
        "shot/VERB/dep/accused/VBD him/PRON/dobj/shot",
        "shot conjunct accused",
    ),
    (
        "they expelled a man who was held and gave him days",
        "they/PRON/nsubj/expelled expelled/VERB/ROOT/expelled/VBD a/DET/det/man man/NOUN/dobj/expelled who/PRON/nsubjpass/held "
        "was/AUX/auxpass/held held/VERB/relcl/man/VBN and/CCONJ/cc/held gave/VERB/conj/held/VBD him/PRON/dative/gave days/NOUN/dobj/gave",
        "gave conjunct expelled",
    ),
    (
        "plans for the last troops to be out",
        "plans/NOUN/ROOT/plans/NNS for/SCONJ/mark/be/IN the/DET/det/troops/DT last/ADJ/amod/troops/JJ troops/NOUN/nsubj/be/NNS "
        "to/PART/aux/be/TO be/AUX/advcl/plans/VB out/ADV/advmod/be/RB",
        "be adverbial_clause plans, troops subject be",
    ),
    (
        "six soldiers , two officers and a judge died",
        "six/NUM/nummod/soldiers soldiers/NOUN/nsubj/died/NNS ,/PUNCT/punct/soldiers two/NUM/nummod/officers "
        "officers/NOUN/appos/soldiers/NNS and/CCONJ/cc/officers a/DET/det/judge judge/NOUN/conj/officers died/VERB/ROOT/died/VBD",
        "officers conjunct soldiers, judge conjunct officers",
    ),
    (
        "six people , two officers and a judge died",
        "six/NUM/nummod/people people/NOUN/nsubj/died/NNS ,/PUNCT/punct/people two/NUM/nummod/officers "
        "officers/NOUN/appos/people/NNS and/CCONJ/cc/officers a/DET/det/judge judge/NOUN/conj/officers died/VERB/ROOT/died/VBD",
        "officers apposition people",
    ),
    (
        "the sniper shot men in Lor .",
        "the/DET/det/men/DT sniper/NOUN/compound/men/NN shot/VERB/amod/men/VBN men/NOUN/ROOT/men/NNS in/ADP/prep/men Lor/PROPN/pobj/in "
        "./PUNCT/punct/men",
        "shot root shot, sniper subject shot, men object shot, the determiner sniper, in preposition shot",
    ),
    (
        "the sniper shot men",
        "the/DET/det/men/DT sniper/NOUN/compound/men/NN shot/VERB/amod/men/VBN men/NOUN/ROOT/men/NNS",
        "shot adjective men",
    ),
    (
        "they call the vote a sham",
        "they/PRON/nsubj/call call/VERB/ROOT/call/VBP the/DET/det/vote vote/NOUN/dobj/call a/DET/det/sham sham/NOUN/npadvmod/call/NN",
        "sham object_predicate call, vote object call",
    ),
    (
        "they agreed to free one captive",
        "they/PRON/nsubj/agreed agreed/VERB/ROOT/agreed/VBD to/ADP/prep/agreed/IN free/ADJ/amod/captive/JJ one/NUM/nummod/captive/CD "
        "captive/NOUN/pobj/to/NN",
        "free open_complement agreed, to auxiliary free, captive object free",
    ),
    (
        "they agreed to free polls",
        "they/PRON/nsubj/agreed agreed/VERB/ROOT/agreed/VBD to/ADP/prep/agreed/IN free/ADJ/amod/polls/JJ polls/NOUN/pobj/to/NNS",
        "free adjective polls, polls preposition_object to",
    ),
    (
        "the UN-brokered truce failed",
        "the/DET/det/truce UN/PROPN/amod/truce/NNP -/ADJ/amod/truce/HYPH brokered/VERB/amod/truce/VBN truce/NOUN/nsubj/failed "
        "failed/VERB/ROOT/failed/VBD",
        "UN adverbial_noun brokered, - punctuation brokered, brokered adjective truce",
    ),
]


@pytest.mark.parametrize(("text", "notation", "expected"), MENDED, ids=[text for text, _, _ in MENDED])
def test_what_grammar_rules_out_is_mended(text: str, notation: str, expected: str) -> None:
    document = parsed(text, HandParser(tree(text, notation)))
    shown = [f"{t.text} {t.relation} {t.head.text}" for t in document.tokens]
    assert set(expected.split(", ")) <= set(shown)
    assert all(child.head is token for token in document.tokens for child in token.children)


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


@pytest.mark.parametrize(
    ("word", "lemma", "expected"),
    [
        ("raped", "rap", "rape"), ("Fined", "fin", "fine"), ("staging", "stag", "stage"), ("rapped", "rap", "rap"),
        ("planned", "plan", "plan"), ("killed", "kill", "kill"), ("gases", "gas", "gas"), ("played", "play", "play"),
        ("boxed", "box", "box"), ("sued", "sue", "sue"),
    ],
)  # fmt: skip
def test_a_verb_gets_its_lost_e_back(word: str, lemma: str, expected: str) -> None:
    row = Row(0, len(word), word, lemma, "VERB", "VBD", "ROOT", 0, "", True)
    assert Token(0, 0, len(word), row, "root", Sentence(0, 0)).lemma == expected


def test_of_two_finite_verbs_with_one_subject_the_first_is_a_participle(parser: SpacyParser) -> None:
    document = parsed("Smugglers linked to the harbour police attacked the ferry, Oslo said.", parser)
    heads = {token.text: (token.relation, token.head.text) for token in document.tokens}
    assert heads["Smugglers"] == ("subject", "attacked")
    assert heads["linked"] == ("noun_clause", "Smugglers")
