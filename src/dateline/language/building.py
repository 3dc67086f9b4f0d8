"""Rows of either label scheme into one kind of tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from dateline.language.fragments import Fragment
from dateline.language.headlines import read_headlines
from dateline.language.mending import mend
from dateline.language.parsers import Row
from dateline.language.tree import NEGATIONS, Document, Sentence, Token

RELATIONS = {
    # ClearNLP
    "ROOT": "root", "nsubj": "subject", "nsubjpass": "passive_subject", "csubj": "clausal_subject",
    "csubjpass": "clausal_subject", "dobj": "object", "dative": "indirect_object", "agent": "agent", "attr": "attribute",
    "oprd": "object_predicate", "acomp": "adjective_complement", "ccomp": "complement", "xcomp": "open_complement",
    "advcl": "adverbial_clause", "relcl": "relative_clause", "acl": "noun_clause", "prep": "preposition",
    "pobj": "preposition_object", "pcomp": "preposition_clause", "amod": "adjective", "compound": "compound",
    "poss": "possessive", "appos": "apposition", "conj": "conjunct", "cc": "coordinator", "preconj": "coordinator",
    "aux": "auxiliary", "auxpass": "passive_auxiliary", "neg": "negation", "mark": "marker", "prt": "particle",
    "advmod": "adverb", "det": "determiner", "predet": "determiner", "nummod": "numeral", "quantmod": "quantifier",
    "npadvmod": "adverbial_noun", "nmod": "noun_modifier", "parataxis": "parataxis", "punct": "punctuation",
    "case": "case", "expl": "expletive", "intj": "interjection", "meta": "other", "dep": "other",
    # Universal Dependencies, where the names differ
    "root": "root", "nsubj:pass": "passive_subject", "csubj:pass": "clausal_subject", "obj": "object",
    "iobj": "indirect_object", "aux:pass": "passive_auxiliary", "acl:relcl": "relative_clause",
    "nmod:poss": "possessive", "compound:prt": "particle", "det:predet": "determiner", "cc:preconj": "coordinator",
    "nmod:npmod": "adverbial_noun", "obl:npmod": "adverbial_noun", "obl:tmod": "adverbial_noun",
    "nmod:tmod": "adverbial_noun", "obl:unmarked": "adverbial_noun", "nmod:unmarked": "adverbial_noun",
    "flat": "compound", "flat:name": "compound", "fixed": "other", "discourse": "interjection", "list": "parataxis",
    "vocative": "other", "dislocated": "other", "goeswith": "other", "reparandum": "other", "orphan": "other",
}  # fmt: skip
"""Label of either scheme -> our name of the relation. Labels that are not listed are read as `other`."""


START = attrgetter("start")
LONGEST_SENTENCE = 300
"""Words after which a sentence is cut. What is weighed for each act is everything in its sentence: without a cut, a text without a
full stop would take time by the square of its length. Sentences that people write are shorter."""


def _clear_shape(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """(relation, head) of each row of a UD tree, turned into the ClearNLP shape: prepositions and "be" head their phrases."""
    relation = [RELATIONS.get(row.dep, RELATIONS.get(row.dep.split(":")[0], "other")) for row in rows]
    head = [row.head for row in rows]
    for i, row in enumerate(rows):
        if row.dep == "case" and row.tag != "POS" and row.text.lower() not in ("'s", "’s"):
            noun = row.head
            if rows[noun].dep.split(":")[0] in ("obl", "nmod", "advcl", "acl", "root", "xcomp"):
                by = row.text.lower() == "by" and rows[noun].dep in ("obl:agent",)
                passive = any(r.dep in ("aux:pass", "nsubj:pass") and r.head == rows[noun].head for r in rows)
                head[i], head[noun] = (rows[noun].head if rows[noun].head != noun else i), i
                relation[i] = "agent" if by or (row.text.lower() == "by" and passive) else "preposition"
                if rows[noun].head == noun:
                    relation[i] = "root"
                relation[noun] = "preposition_object"
        elif row.dep == "case":
            relation[i] = "case"
        elif row.dep == "advmod" and row.text.lower() in NEGATIONS:
            relation[i] = "negation"
    for i, row in enumerate(rows):
        if row.dep == "cop":
            predicate = row.head
            relation[i], head[i] = relation[predicate], (i if head[predicate] == predicate else head[predicate])
            relation[predicate] = "attribute" if rows[predicate].pos in ("NOUN", "PROPN", "PRON") else "adjective_complement"
            head[predicate] = i
            for k, other in enumerate(rows):
                if k != i and other.head == predicate and relation[k] in (
                    "subject", "auxiliary", "negation", "marker", "adverbial_clause", "punctuation", "clausal_subject",
                ):  # fmt: skip
                    head[k] = i
    return [
        (r if r != "other" or rows[k].dep not in ("obl", "nmod") else "adverbial_noun", head[k])
        for k, r in enumerate(relation)
    ]


def build(
    text_length: int, spans: Sequence[tuple[int, int]], parsed: Iterable[tuple[Fragment, list[Row]]], universal: bool
) -> Document:
    """Build the Document from fragments and the rows that the parser gave for them."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for fragment, rows in parsed:
        shape = _clear_shape(rows) if universal else [(RELATIONS.get(row.dep, "other"), row.head) for row in rows]
        made: list[Token | None] = []
        sentence: Sentence | None = None
        stubs, shift = fragment.stubs, fragment.shift
        for row, (relation, _) in zip(rows, shape, strict=True):
            if row.sent_start or sentence is None or len(sentence.tokens) >= LONGEST_SENTENCE:
                sentence = Sentence(len(sentences), fragment.paragraph, fragment.quotation)
                sentences.append(sentence)
            if row.pos == "SPACE" or row.text.isspace() or not row.text:
                made.append(None)
                continue
            stub = stubs.get(row.start) if stubs else None
            if stub is not None:
                start, end, quotation = stub
            else:
                start, end = fragment.span(row.start, row.end) if shift is None else (row.start + shift, row.end + shift)
                quotation = None
            token = Token(len(tokens), start, min(end, text_length), row, relation, sentence)
            token.quotation = quotation
            sentence.tokens.append(token)
            tokens.append(token)
            made.append(token)
        for made_token, (_, head) in zip(made, shape, strict=True):
            above = made[head]
            if made_token is None or above is None or above is made_token:
                continue
            if above.sentence is made_token.sentence:
                made_token.head = above
                above.children.append(made_token)
            else:
                made_token.relation = "root"  # its head lies beyond a cut
        while sentences and not sentences[-1].tokens:
            sentences.pop()
    for whole in sentences:
        mend(whole)
    read_headlines(sentences)
    words = sorted((token for token in tokens if token.quotation is None), key=START)
    return Document(
        start=0,
        end=text_length,
        tokens=tuple(tokens),
        sentences=tuple(s for s in sentences if s.tokens),
        paragraphs=tuple(spans),
        words=tuple(words),
        starts=tuple(map(START, words)),
        stubs=tuple(token for token in tokens if token.quotation is not None),
        named=tuple(token for token in tokens if token.ent),
    )
