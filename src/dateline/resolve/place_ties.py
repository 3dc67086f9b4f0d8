"""How a place stands to an act in the tree of a sentence: read off the grammar, with nothing about news in it.

A tie is a word or two: where the place hangs (`act`: from the trigger itself, `argument`: from what goes with it, `below`: in a clause
that hangs from it, `clause`: from the verb whose argument the trigger is, `beside`: from what goes with that verb, `matter`: from the
thing that is said or held, `above`: in a clause above, `sentence`: elsewhere) and by what (`in` for any preposition of place, the
preposition itself, `object`, `subject`, `modifier`).
"""

from __future__ import annotations

from dateline.find.syntax import PLACE_LABELS
from dateline.language import Token

LOCATIVE = frozenset(
    "in at near outside inside around across throughout within off along amid beneath above below beside beyond behind".split()
)
TOPICAL = frozenset("on about over regarding concerning for into".split())
"""Prepositions that lead to what is spoken about, in acts done with words: "talks on the fighting in X" are not held in X."""
VERBS = frozenset({"VERB", "AUX"})
KIND_NOUNS = frozenset(
    "city town village province district region area capital governorate state county neighborhood neighbourhood suburb outskirts "
    "part parts north south east west northeast northwest southeast southwest centre center border port island camp base "
    "airport axis direction front frontline sector salient pocket road highway crossing "
    "heart vicinity edge side coast countryside quarter territory territories mountains valley".split()
)
"""Nouns that only say what or which part of a place is meant: a preposition before them is the place's own."""

PLACES = ("act", "argument", "below", "clause", "beside", "matter", "above", "sentence")


def hanging(token: Token) -> tuple[Token, str]:
    """The word that a place hangs from, over all that belongs to its name or says what kind of place it is, and by what."""
    place = token
    while True:
        above = place.head
        if above is place:
            return place, "root"
        modifies = place.relation in ("compound", "possessive", "adjective", "noun_modifier")
        whole = above.lemma.lower() in KIND_NOUNS or (place.relation == "possessive" and above.ent in PLACE_LABELS)
        if place.relation in ("conjunct", "apposition") or (modifies and whole):
            place = above
        elif place.relation == "preposition_object":
            if above.lower in ("of", "between") and above.head.lemma.lower() in KIND_NOUNS and above.head is not above:
                place = above.head
            else:
                prep = above
                while prep.head.pos == "ADP" and prep.head is not prep:
                    prep = prep.head
                return prep.head, "in" if above.lower in LOCATIVE else above.lower
        else:
            break
    relation = place.relation
    if relation in ("object", "indirect_object", "attribute", "passive_subject"):
        return place.head, "object"
    if relation in ("subject", "agent"):
        return place.head, "subject"
    if relation in ("compound", "adjective", "possessive", "noun_modifier"):
        return place.head, "modifier"
    return place.head, "in" if relation in ("adverbial_noun", "adverb") else "other"


def tie(head: Token, token: Token, spoken: bool) -> tuple[str, str]:
    """(where, by what) a place at `token` stands to the trigger at `head`; `spoken` says that the act is done with words."""
    site, by = hanging(token)
    if site is head or token is head:
        return ("topic" if spoken and by in TOPICAL else "act"), by
    if _where(head, token):
        return "act", "in"
    between = _between(site, head)
    if between is not None:
        if spoken and any(_is_topic(t) for t in between):
            return "topic", by
        if spoken and any(t.relation == "object" and t.pos == "NOUN" and not t.ent for t in between):
            return "matter", by
        return ("below" if any(t.pos in VERBS for t in between) else "argument"), by
    verb = clause_verb(head)
    if verb is not None:
        if site is verb:
            return "clause", by
        between = _between(site, verb)
        if between is not None and not any(t.pos in VERBS for t in between):
            # "stopped buses near X and killed nine": who does both goes on where the first was done
            goes_on = head.relation == "conjunct" and head.pos in VERBS and head.head is verb and not head.kids("subject")
            return ("argument" if goes_on and by == "in" and site.relation == "object" else "beside"), by
        if any(site is above for above in verb.ancestors()):
            return "above", by
    return "sentence", by


def _is_topic(token: Token) -> bool:
    """Whether a word leads from an act of speaking to what is spoken about: a thing discussed, a clause that says what is asked."""
    if token.relation == "preposition":
        return token.lower in TOPICAL
    return token.relation in ("complement", "open_complement", "preposition_clause", "clausal_subject")


def _where(head: Token, place: Token) -> bool:
    """Whether a trigger stands in the clause that tells of a place: "in Zarb, where he was arrested"."""
    word = head
    for above in head.ancestors():
        if word.relation == "relative_clause":
            return above is place and any(kid.lower == "where" for kid in word.children)
        word = above
    return False


def in_subject(token: Token) -> bool:
    """Whether a place hangs from a noun that a verb has as its subject ("the ambassador in X said")."""
    site, by = hanging(token)
    return by == "in" and site.relation in ("subject", "passive_subject") and site.pos not in VERBS


def clause_verb(head: Token) -> Token | None:
    """The verb whose clause a trigger stands in: the nearest verb above it, or the one that it is coordinated with."""
    return next((above for above in head.ancestors() if above.pos in VERBS), None)


def _between(low: Token, high: Token) -> list[Token] | None:
    """The words from `low` up to `high`, that one left out; None where `low` does not hang below it."""
    found = [low]
    for above in low.ancestors():
        if above is high:
            return found
        found.append(above)
    return None


def form(head: Token) -> str:
    """How a trigger names its act: `verb`, a noun that points back or is unique ("the attack", "this attack"), a new one ("an attack",
    "three attacks"), one of a kind ("further attacks", "violence")."""
    if head.pos in VERBS:
        return "verb"
    determiner = head.kid("determiner")
    plural = head.tag in ("NNS", "NNPS")
    if determiner is not None and determiner.lower in ("the", "this", "that", "these", "those"):
        return "that plural" if plural else "that"
    if head.kid("possessive") is not None:
        return "its"
    if determiner is not None or head.kid("numeral") is not None:
        return "new"
    return "kind plural" if plural else "kind"
