"""What a time hangs on where the parser hangs it on something else."""

from __future__ import annotations

from collections.abc import Container, Sequence

from dateline.language import Token

COMPARED = {"as": ("many", "much"), "than": ("fewer", "higher", "less", "lower", "more", "worse")}
"""Words that lead to what something is compared with -> the words that they hang on then."""
SUCCEEDING = frozenset({"follow", "precede"})
"""Verbs that say of one act that it came after or before another."""


def other_governor(governor: Token, inside: Sequence[Token], head: Token, doing: Container[int]) -> Token:
    """What a time of these words hangs on, `governor` for the parser; `doing` are the words of acts."""
    governor = _of_fronted_phrase(governor, head) or _of_noun_before(governor, head) or governor
    return _of_verb_behind(governor, inside, doing) or governor


def of_comparison(head: Token) -> bool:
    """Whether a time only tells with what something is compared: "more *than in May*", "*compared with 90 last year*"."""
    for word in head.ancestors():
        if word.lower == "compared" or word.head.lower in COMPARED.get(word.lower, ()):
            return True
        measured = word.lower in ("against", "from") and any(kid.pos == "NUM" for kid in word.kids("preposition_object"))
        if measured and word.i < head.i:
            return True
        if word.pos in ("VERB", "AUX"):
            return False
    return False


def of_act_before(head: Token, verb: Token, doing: Container[int]) -> Token | None:
    """The act nearest before a time behind a verb that another time dates: "on Tuesday condemned the killing of a nurse *on Sunday*"."""
    zero = verb.sentence.tokens[0].i
    between = verb.sentence.tokens[verb.i + 1 - zero : max(0, head.i - zero)]
    return next((token for token in reversed(between) if token.i in doing and is_noun(token)), None)


def is_noun(token: Token) -> bool:
    """Whether the trigger is a noun."""
    return token.pos in ("NOUN", "PROPN")


def _of_fronted_phrase(governor: Token, head: Token) -> Token | None:
    """The noun of a phrase that opens the sentence and ends with the time: "After his trial last year, he left"."""
    if governor.pos not in ("VERB", "AUX") or governor.i < head.i:
        return None
    opening = governor.sentence.tokens[0]
    if opening.lower not in ("after", "following", "before") or opening.head is not governor:
        return None
    nouns = [noun for noun in opening.kids("preposition_object") if noun.i < head.i]
    return nouns[0] if nouns else None


def _of_noun_before(governor: Token, head: Token) -> Token | None:
    """The noun right before a time that the parser hangs on the verb, where it dates the noun: "since the raid on Monday"; "the
    talks follow a clash on Monday"."""
    if governor.pos not in ("VERB", "AUX") or governor.i > head.i:
        return None
    if governor.lemma.lower() in SUCCEEDING:
        return next((noun for noun in governor.kids("object") if noun.i < head.i), None)
    since = next((kid for kid in governor.kids("preposition") if kid.lower == "since" and kid.i < head.i), None)
    nouns = since.kids("preposition_object") if since is not None else []
    return next((noun for noun in nouns if is_noun(noun) and noun.i < head.i and noun is not head), None)


def _of_verb_behind(governor: Token, inside: Sequence[Token], doing: Container[int]) -> Token | None:
    """The verb right behind a time that the parser hangs on its subject: "Police *on Monday* freed two men". An act has days of its own."""
    verb = governor.head
    if governor.relation not in ("subject", "passive_subject") or not is_noun(governor) or governor.i in doing:
        return None
    tokens, zero = governor.sentence.tokens, governor.sentence.tokens[0].i
    between = tokens[governor.i + 1 - zero : inside[0].i - zero], tokens[inside[-1].i + 1 - zero : max(0, verb.i - zero)]
    apart = any(token.pos not in ("ADP", "ADV", "AUX", "PART") for part in between for token in part)
    return verb if governor.i < inside[0].i < verb.i and verb.pos in ("VERB", "AUX") and not apart else None
