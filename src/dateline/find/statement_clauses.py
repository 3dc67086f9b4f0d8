"""What a clause with a reporting word looks like where its shape deceives: insertions, lost subjects, verbs in disguise."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.find.statement_content import FINITE, Content, around, phrase, span_of
from dateline.find.syntax import agents, is_passive, of_mind
from dateline.language import Token

UNREAL = frozenset("would could should may might must can will shall 'd ’d 'll ’ll ca wo to".split())
"""Auxiliaries under which nothing has been said yet."""
NOBODY = frozenset({"no", "neither", "nobody", "none"})
LONGEST_INSERTION = 12  # words of "…, a spokesman for the ministry said on Friday, …"
LONGEST_SUBJECT = 9


def really_said(verb: Token) -> bool:
    """Whether a verb tells of speech that took place: not negated, not wished or possible, not by nobody."""
    auxiliaries = verb.kids("auxiliary", "passive_auxiliary")
    if verb.negated or any(a.lower in UNREAL for a in auxiliaries):
        return False
    subjects = verb.kids("subject")
    if any(s.lower in NOBODY or any(d.lower in NOBODY for d in s.kids("determiner")) for s in subjects):
        return False
    host = verb
    while host.relation == "conjunct" and not auxiliaries and not host.kids("subject"):
        host = host.head
        auxiliaries = host.kids("auxiliary")
        if any(a.lower in UNREAL for a in auxiliaries):
            return False
    inverted = any(kid.quotation is not None for kid in subjects)  # "“…,” read the banner"
    return verb.tag != "VB" or bool(auxiliaries) or inverted


def told_of_others(verb: Token) -> bool:
    """Whether a verb is in the passive voice, its subject therefore not the one who speaks ("asked about it, she ...")."""
    if in_disguise(verb):
        return False
    be = any(a.lemma == "be" for a in verb.kids("auxiliary"))
    bare = verb.relation == "adverbial_clause" and not verb.kids("auxiliary", "object", "complement", "subject")
    question = verb.relation == "adverbial_clause" and verb is verb.subtree()[0]
    return is_passive(verb) or of_mind(verb) or (verb.tag == "VBN" and (be or bare or question))


def in_disguise(verb: Token) -> bool:
    """Whether the sentence's own verb was taken for a participle: "The minister, a former judge, pledged to resign"."""
    if verb.relation != "noun_clause" or verb.head.head is not verb.head or verb.head.i > verb.i or agents(verb):
        return False
    own = {t.i for t in verb.subtree()}
    return not any((t.tag in FINITE or t.tag == "MD") and t.i not in own for t in verb.sentence.tokens)


def quoting_verb(verb: Token) -> Token | None:
    """The verb "quote" or "cite" that a participle belongs to: "quoted the mayor as saying"."""
    if verb.tag != "VBG":
        return None
    if verb.relation == "preposition_clause" and verb.head.lower == "as":
        above = verb.head.head
    elif any(m.lower == "as" for m in verb.kids("marker")):
        above = verb.head
    else:
        return None
    above = above if above.pos == "VERB" else above.head
    return above if above.lemma.lower() in ("quote", "cite") else None


def inserted(verb: Token) -> Content | None:
    """The sentence around an inserted "police said" that the parser did not read as its complement."""
    own = verb.subtree()
    if verb.head is verb:
        sides = ("parataxis", "other", "adverbial_clause", "conjunct")
        left = [k for k in verb.children if k.i < verb.i and k.relation in sides]
        if not left or not any(t.text == "," and t.i > left[-1].i for t in own):
            return None
        return next(phrase(left[-1], "around"), None)
    if verb.tag not in FINITE and not verb.kids("auxiliary"):
        return None
    subjects = verb.kids("subject")
    first = subjects[0].subtree()[0].i if subjects else own[0].i
    comma = next((t.i for t in own if t.text == "," and t.i > verb.i), own[-1].i + 1)
    own = [t for t in own if first <= t.i < comma]  # what was hung on "…, the ministry said, …" by mistake left out
    if (
        not own  # its comma stands before its subject
        or verb.relation not in ("parataxis", "complement", "adverbial_clause", "other")
        or verb.tag == "VBG"
        or verb.kids("marker")
    ):
        return None
    tail = [t for t in verb.sentence.tokens if t.i > own[-1].i and t.pos != "PUNCT"]
    front = own[0].text == "," or comma_before(own[0])
    if len(own) > LONGEST_INSERTION or not (front or not tail) or (verb.i < verb.head.i and not front):
        return None
    return around(verb, own)


def trailing_speaker(verb: Token) -> tuple[Token, Content] | None:
    """The speaker whom the parser took for the end of the clause in front: "in Tarin, police and hospital sources said"."""
    tokens = verb.sentence.tokens
    k = verb.i - tokens[0].i
    if (
        verb.kids("subject", "passive_subject")
        or verb.tag not in FINITE
        or k < 2
        or tokens[k - 1].pos not in ("NOUN", "PROPN")
    ):
        return None
    for at in range(k - 2, max(0, k - LONGEST_SUBJECT), -1):
        if tokens[at].text == ",":
            span = span_of(tokens[:at])
            return (tokens[k - 1], Content(*span, "around", tokens[0])) if span is not None else None
        if tokens[at].pos not in ("NOUN", "PROPN", "ADJ", "CCONJ", "DET", "ADP", "PART", "NUM"):
            return None
    return None


def phrase_of_source(according: Token) -> list[Token]:
    """The words of "according to ...": up to an utterance that the parser hung on it, or a phrase set off by a comma."""
    tokens = [t for t in according.subtree() if t.i >= according.i]
    words = [t for t in according.sentence.tokens if t.i < according.i and t.pos != "PUNCT"]
    unfinished = bool(words) and words[-1].pos == "AUX"  # "He was, according to them, the last king"
    inside: list[Token] = []
    for k, token in enumerate(tokens):
        after_comma = bool(inside) and inside[-1].text == ","
        parted = after_comma and token.relation in ("preposition", "adverb") and token.tag != "WRB"
        if token.quotation is not None or parted:
            break
        if after_comma and (unfinished or (according.head is according and _main_clause_at(tokens, k))):
            break
        inside.append(token)
    return inside


def _main_clause_at(tokens: Sequence[Token], k: int) -> bool:
    """Whether a seeming apposition is the sentence's own clause: it has a finite verb up to the next comma."""
    if tokens[k].tag in ("WDT", "WP", "WP$"):
        return False
    for token in tokens[k:]:
        if token.text == ",":
            return False
        if token.tag in FINITE or token.tag == "MD":
            return True
    return False


def comma_before(token: Token) -> bool:
    """Whether a comma or a dash stands right in front of a token."""
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    return k > 0 and tokens[k - 1].text in (",", "–", "—", "-")
