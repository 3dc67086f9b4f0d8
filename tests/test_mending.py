"""What the parser gets wrong and grammar rules out is mended in the view of the parse."""

from __future__ import annotations

import pytest

from dateline.language import Row, Sentence, SpacyParser, Token
from tests.trees import HandParser, parsed, tree

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
