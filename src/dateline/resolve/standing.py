"""How a word stands under other words: the ways up from an act's word to whatever may put it in another light.

Each way is named in plain grammar ("own infinitive", "object", "for"), so that a rule file can ask for it. The parser hangs
infinitives now on the verb, now on the noun ("called on them to leave", "announced plans to leave"): both are offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.find.syntax import is_passive, said_beside
from dateline.language import Token

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = ("subject", "passive_subject", "clausal_subject")
AUXILIARIES = ("auxiliary", "passive_auxiliary")
OBJECTS = ("object", "indirect_object")
SHARED_FORMS = ({"VB", "VBP"}, {"VBD", "VBN"}, {"VBG"}, {"VBZ", "VBP"})
"""Tags that coordinated verbs may have while the auxiliaries of the first hold for all."""
RAISING = frozenset({"be", "have", "need", "begin", "start", "continue", "seem", "appear", "tend", "go", "fail", "happen"})
"""Verbs whose grammatical subject is that of the infinitive below them: "talks failed to begin"."""
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "such", "all", "each", "every"})
FARTHEST_NOUN = 12  # words between a noun and an infinitive that the parser hung on the verb before it

DEPENDENTS: dict[str, tuple[str, ...]] = {
    "auxiliary": ("auxiliary",),
    "passive_auxiliary": ("auxiliary",),
    "negation": ("negation",),
    "adverb": ("negation", "adverb", "marker"),
    "coordinator": ("negation",),
    "determiner": ("negation", "determiner"),
    "numeral": ("determiner",),
    "possessive": ("adjective",),
    "adjective": ("negation", "adjective"),
    "compound": ("adjective",),
    "noun_modifier": ("adjective",),
    "adverbial_noun": ("adverb",),
    "marker": ("marker",),
}
"""How a word hangs on the act's word -> the places of a cue that it may take."""

PREPOSITIONS = frozenset(
    "about above across after against ahead along among around as at before behind between beyond by despite during except for "
    "from in including inside into like near of off on onto out outside over per since than through throughout to toward towards "
    "under until upon via with within without".split()
)
PLACES = PREPOSITIONS | frozenset(
    (
        "itself auxiliary negation determiner adjective adverb marker argument condition infinitive gerund clause participle object "
        "subject attribute compound apposition purpose imperative subjunctive"
    ).split()
) | frozenset(
    (
        "hanging infinitive, own infinitive, other infinitive, noun infinitive, top infinitive, noun participle, reduced clause, "
        "adverbial clause, relative clause, new object, object predicate, of preposition"
    ).split(", ")
)  # fmt: skip
"""Every name of a place that a cue may ask for, besides a preposition followed by "gerund"."""

Way = tuple[Token, tuple[str, ...]]
"""A word above and the names of the ways in which the lower word stands under it."""


def is_infinitive(token: Token) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(kid.tag == "TO" for kid in token.kids("auxiliary"))


def is_imperative(token: Token) -> bool:
    """Whether a verb is a command: the bare form, first in its clause but for "please" and the like."""
    if token.tag != "VB" or token.relation not in ("root", "complement", "parataxis"):
        return False
    if token.kids(*SUBJECTS, *AUXILIARIES, "marker"):
        return False
    before = [kid for kid in token.children if kid.i < token.i and kid.relation not in ("punctuation", "coordinator")]
    return all(kid.pos in ("ADV", "INTJ", "PART") or kid.relation in ("negation", "other") for kid in before)


def is_definite(noun: Token) -> bool:
    """Whether a noun speaks of something known already: "the", "this", a possessive."""
    return any(kid.relation == "possessive" or kid.lower in DEFINITE for kid in noun.kids("determiner", "possessive"))


def is_subjunctive(token: Token) -> bool:
    """Whether a verb is what somebody wants: bare, with a subject and without a modal ("that the army leave")."""
    if not token.kids(*SUBJECTS) or token.relation in ("root", "relative_clause", "adverbial_clause", "open_complement"):
        return False
    auxiliaries = token.kids(*AUXILIARIES)
    return all(kid.tag == "VB" for kid in auxiliaries) if auxiliaries else token.tag == "VB" and _wants(token.head)


def _wants(head: Token) -> bool:
    """Only a noun, an adjective or "be" may carry a bare clause without being named: elsewhere the tagger is likelier wrong."""
    return head.pos in ("NOUN", "ADJ", "AUX") or head.lemma == "be"


def same_standing(token: Token) -> bool | None:
    """For a word joined to another by "and": whether it shares what hangs on the first (True) or only what that hangs on.

    None where it shares neither, being a clause of its own.
    """
    first = token.head
    if token.pos in VERBAL and first.pos in VERBAL:
        alike = any(token.tag in forms and first.tag in forms for forms in SHARED_FORMS)
        own = token.kids(*SUBJECTS, *AUXILIARIES)
        if not own:
            plain = token.tag in ("VBD", "VBZ") and not first.kids(*AUXILIARIES)
            return not plain if alike else None
        if is_infinitive(token) and is_infinitive(first):
            return False
        return False if alike and token.tag in ("VB", "VBG") and first.relation != "root" else None
    if token.pos in VERBAL or first.pos in VERBAL:
        return True if first.pos not in VERBAL and first.relation != "root" else None
    return not token.kids("determiner", "possessive")


def dependents(token: Token, innermost: bool) -> Iterator[Way]:
    """The words that hang on a word and the names of the places in which they do.

    Besides its children: the "if" of a clause below it, its subject and, on the act's own word (`innermost`), its object, with
    their determiners ("no arrests were made").
    """
    for kid in token.children:
        relation = kid.relation
        if relation == "adverbial_clause":
            if not innermost and token.tag != "VBD":
                yield from ((marker, ("condition",)) for marker in kid.kids("marker"))
        elif relation in ("noun_clause", "relative_clause"):
            if is_infinitive(kid):
                yield kid, ("hanging infinitive",)
            elif relation == "noun_clause" and not kid.kids("subject", "marker"):
                yield kid, ("adjective",)
        elif relation in SUBJECTS or relation == "object":
            if token.pos in VERBAL and (relation != "object" or innermost):
                yield from ((word, ("argument",)) for word in (kid, *kid.kids("determiner")))
        elif relation in DEPENDENTS:
            yield kid, DEPENDENTS[relation]


def governors(token: Token) -> Iterator[Way]:
    """The ways up from a word, the likeliest first. A way up to the word itself stands for the top of the sentence."""
    if is_imperative(token):
        yield token, ("imperative",)
    elif is_subjunctive(token):
        yield token, ("subjunctive",)
    head, relation = token.head, token.relation
    if relation in SUBJECTS and (raised := _raised_from(head)) is not None:
        yield raised, ("object",) if raised.passive else ("subject",)
    if head is token:
        if is_infinitive(token):
            yield token, ("top infinitive",)
        return
    if relation in ("preposition_object", "preposition_clause"):
        yield from _over_preposition(token, head)
    elif token.pos in VERBAL:
        yield from _over_verb(token, head, relation)
    elif relation in ("subject", "passive_subject") and is_infinitive(head) and _for_whom(head):
        yield head.head, ("for",)
    elif relation in OBJECTS or relation == "passive_subject":
        yield head, ("object",) if is_definite(token) else ("object", "new object")
    elif relation == "object_predicate":
        yield head, ("object predicate",)
    elif relation == "adjective_complement":
        yield head, ("attribute",)
    elif relation in ("compound", "adjective", "noun_modifier"):
        yield head, ("compound",)
    elif relation == "complement":
        yield head, ("clause",)
    elif relation in ("subject", "attribute", "apposition"):
        yield head, (relation,)


def _raised_from(verb: Token) -> Token | None:
    """The infinitive whose subject a verb or adjective has taken for its own: "talks are due to begin"."""
    raising = verb.passive or verb.lemma in RAISING
    for word in (*([verb] if raising else []), *verb.kids("adjective_complement")):
        for kid in word.kids("open_complement"):
            if is_infinitive(kid) and not kid.kids(*SUBJECTS):
                return kid
    return None


def _for_whom(infinitive: Token) -> bool:
    return any(kid.lower == "for" for kid in infinitive.kids("marker", "preposition"))


def _over_preposition(token: Token, preposition: Token) -> Iterator[Way]:
    """Up from the noun or gerund that a preposition carries: the preposition itself may be a cue ("without")."""
    names, top = [preposition.lower], preposition
    while top.relation == "conjunct" and top.head.pos == "ADP":  # "by sending ... and by arming"
        top = top.head
    while top.relation == "preposition" and top.head.relation == "preposition" and top.head.pos == "ADP":
        top = top.head
        names.append(f"{top.lower} {names[-1]}")
    if top.head is top:
        yield preposition, ("of preposition",)
        return
    yield preposition, ("of preposition",)
    ways = (*names, "gerund", f"{preposition.lower} gerund") if token.pos in VERBAL else tuple(names)
    yield top.head, ways
    if top.head.pos in VERBAL:
        for noun in _nouns_before(top, top.head):
            yield noun, ways


def _over_verb(token: Token, head: Token, relation: str) -> Iterator[Way]:
    if is_infinitive(token):
        yield from _over_infinitive(token, head)
    elif relation in ("complement", "open_complement", "object_predicate", "clausal_subject", "subject", "attribute"):
        if token.tag == "VBG" or any(kid.tag == "VBG" for kid in token.kids("passive_auxiliary")):
            yield head, ("gerund",)  # "avoided meeting them", "avoided being killed"
        elif not token.kids(*AUXILIARIES) and (token.tag == "VB" or is_passive(token)):
            yield head, ("clause", "infinitive", "other infinitive")  # "let them go", "want the cleric extradited"
        else:
            yield head, ("clause",)
    elif relation == "adverbial_clause":
        bare = token.tag in ("VBG", "VBN") and not token.kids(*SUBJECTS, *AUXILIARIES, "marker")
        yield said_beside(token) or head, ("participle",) if bare else ("adverbial clause",)
    elif relation == "noun_clause":
        finite = bool(token.kids(*SUBJECTS, "marker"))
        participle = {"VBG": "noun participle", "VBN": "reduced clause"}.get(token.tag)
        yield head, ("clause",) if finite or participle is None else (participle,)
    elif relation == "relative_clause":
        yield head, ("relative clause",)
    elif relation in ("object", "passive_subject"):
        yield head, ("object",)
    elif relation in ("adjective", "compound"):
        yield head, ("compound",)


def _over_infinitive(token: Token, head: Token) -> Iterator[Way]:
    if head.pos in VERBAL or head.pos == "ADJ":
        other = bool(token.kids(*SUBJECTS)) or any(kid.i < token.i for kid in head.kids(*OBJECTS, "passive_subject"))
        kind = "other infinitive" if other else "own infinitive"
        yield head, ("infinitive", kind)
        for noun in _nouns_before(token, head):
            yield noun, ("infinitive", "other infinitive")
        yield head, ("purpose",)
        return
    for noun in _nouns_before(token, head):
        yield noun, ("infinitive", "other infinitive")
    yield head, ("infinitive", "other infinitive")
    above, seen = head, 0
    while above.pos not in VERBAL and above.head is not above and seen < 4:
        above, seen = above.head, seen + 1
        if above.pos in VERBAL or above.pos in ("NOUN", "ADJ"):
            yield above, ("infinitive", "other infinitive")
    yield head, ("noun infinitive",)


def _nouns_before(token: Token, verb: Token) -> Iterator[Token]:
    """The nouns between a verb and what the parser hung on it, nearest first: the phrase may belong to one of them."""
    tokens = token.sentence.tokens
    first = tokens[0].i
    for i in range(token.i - 1, max(verb.i, token.i - FARTHEST_NOUN), -1):
        noun = tokens[i - first] if 0 <= i - first < len(tokens) else token
        if noun.pos == "NOUN" and noun.relation not in ("compound", "adverbial_noun"):
            yield noun
