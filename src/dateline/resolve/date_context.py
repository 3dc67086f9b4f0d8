"""How an act is told, as named clues for weighing whether and by what it is dated.

The line of the sentence that it stands in, the report that it stands in and its tense, words that put it before, after or beside
what is told, how its noun is introduced, and who does it. The clues name no words of any text but those of time and grammar.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.find.syntax import PLACE_LABELS
from dateline.language import Token

CLIMB = 12
"""How many words up the tree a clause is looked for."""
STANDING = {
    "before": frozenset(
        "previously earlier already before formerly initially originally once recently long historically".split()
    ),
    "after": frozenset(
        "later then subsequently afterwards afterward thereafter immediately shortly eventually soon".split()
    ),
    "often": frozenset(
        "repeatedly often always regularly frequently sometimes usually never ever consistently routinely".split()
    ),
    "now": frozenset("now currently still today presently meanwhile continuously yet".split()),
}
"""Adverbs that put an act before or after what is told, or at no one time, by name of the clue."""
INTRODUCED = {
    "old": frozenset("previous earlier last first past former prior initial original old".split()),
    "new": frozenset("new further fresh latest recent another other similar additional more second third".split()),
    "coming": frozenset("upcoming coming next planned future possible potential proposed expected".split()),
    "going on": frozenset("ongoing continued continuing current present recurrent frequent regular".split()),
}
"""Adjectives and determiners that tell one act from others of its kind, by name of the clue."""
HAS = frozenset({"have", "has", "'ve", "’ve", "having"})
HAD = frozenset({"had", "'d", "’d"})
WILL = frozenset({"will", "shall", "'ll", "’ll"})
WAS = frozenset({"was", "were", "did"})
IS = frozenset({"is", "are", "am", "does", "do", "'s", "’s", "'re", "’re"})
FINITE = frozenset({"past", "present", "perfect", "pluperfect", "modal", "to come"})
TELLING = frozenset(
    "say tell report claim state announce add note allege accuse warn argue write deny confirm suggest indicate insist "
    "describe declare admit believe think promise vow ask urge".split()
)
"""Verbs of saying and thinking, whose clause tells of something else than what they are the act of."""
PLAIN = frozenset({"auxiliary", "passive_auxiliary", "preposition", "compound", "apposition", "noun_modifier"})
"""Relations that part no clause or phrase from another."""
RELATIVE = frozenset({"who", "which", "that"})


def form_of(verb: Token) -> str:
    """The form of a verb with its auxiliaries: past, present, perfect, pluperfect, modal, to come, infinitive, participle…"""
    auxiliaries = {kid.lower for kid in verb.kids("auxiliary", "passive_auxiliary")}
    if auxiliaries & WILL:
        return "to come"
    if any(kid.tag == "MD" for kid in verb.kids("auxiliary")):
        return "modal"
    if auxiliaries & HAD:
        return "pluperfect"
    if auxiliaries & HAS:
        return "perfect"
    if "to" in auxiliaries:
        return "infinitive"
    if verb.tag == "VBD" or auxiliaries & WAS:
        return "past"
    if auxiliaries & IS:
        return "present"
    return {"VBN": "participle", "VBG": "gerund", "VB": "bare"}.get(verb.tag, "present")


def clause_of(token: Token) -> Token | None:
    """The finite verb of the clause that a word stands in, itself included; None in a heading or a list."""
    return next((word for word in _line_up(token) if _is_verb(word) and form_of(word) in FINITE), None)


def tense_of(token: Token) -> str:
    """The form of the clause that a word stands in."""
    clause = clause_of(token)
    return f"in a {form_of(clause)} clause" if clause is not None else "in no clause"


def speaks_as_we(token: Token) -> bool:
    """Whether the one who writes or speaks does it: "we urge", "I call on"."""
    clause = clause_of(token)
    return clause is not None and any(kid.lower in ("we", "i") for kid in clause.kids("subject"))


def path_between(token: Token, other: Token) -> str:
    """How the tree leads from a word up to what it shares with another and down to that, by the relations that part clauses."""
    up = {token.i: 0}
    for number, word in enumerate(token.ancestors(), 1):
        up[word.i] = number
    shared = next((word for word in (other, *other.ancestors()) if word.i in up), None)
    if shared is None:
        return "apart"
    return f"{_steps(token, shared)} > {_steps(other, shared)}"


def _steps(token: Token, above: Token) -> str:
    """The relations from a word up to one above it, the last three that matter, with what introduces a circumstance."""
    found: list[str] = []
    word = token
    while word is not above and word.head is not word:
        relation = word.relation
        if relation == "adverbial_clause":
            relation = next((kid.lower for kid in word.kids("marker", "adverb") if kid.i < word.i), relation)
        elif relation in ("preposition_object", "preposition_clause"):
            relation = word.head.lower
        if relation not in PLAIN and (not found or found[-1] != relation):
            found.append(relation)
        word = word.head
    return " ".join(found[-3:]) or "itself"


def report_form(token: Token) -> str | None:
    """The form of the verb of saying that a clause hangs on; None where it is told in the article's own voice."""
    for word in _line_up(token):
        if word.relation in ("complement", "open_complement") and word.head.lemma.lower() in TELLING:
            return form_of(word.head)
    return None


def line_of(token: Token) -> str:
    """How the clause of a word hangs in its sentence: an aside about somebody, a circumstance, what is said, or the main line."""
    names = {"relative_clause": "an aside", "adverbial_clause": "a circumstance", "complement": "what is said"}
    return next((names[word.relation] for word in _line_up(token) if word.relation in names), "the main line")


def standing(token: Token) -> Iterator[str]:
    """Clues from the words of time and manner beside an act or the verb of its clause, and from how a noun is introduced."""
    clause = clause_of(token)
    verbs = {"its verb": token if _is_verb(token) else None, "its clause": clause if clause is not token else None}
    for near, verb in verbs.items():
        for kid in verb.kids("adverb", "negation") if verb is not None else ():
            yield from (f"{near} has a word of {name}" for name, words in STANDING.items() if kid.lower in words)
    for kid in token.kids("adjective", "compound", "determiner"):
        yield from (f"introduced as {name}" for name, words in INTRODUCED.items() if kid.lower in words)


def agent_of(token: Token, stub: Token | None) -> Token | None:
    """Who does it, as far as grammar says: the subject of its verb or of the verb that carries the noun, its owner; or who is quoted.

    `stub` stands for the quotation that the word is part of.
    """
    if token.sentence.quotation is not None:
        verbs = [] if stub is None else [stub.head, *stub.head.ancestors()][:3]
        return next((subject for verb in verbs if (subject := verb.kid("subject")) is not None), None)
    for word in _line_up(token):
        if _is_verb(word):
            agent, subject = word.kid("agent"), word.kid("subject")
            if agent is not None:
                return agent.kid("preposition_object") or agent
            if subject is not None:
                return word.head if subject.lower in RELATIVE else subject
            if word.kid("passive_subject") is not None:
                return None
        elif word.pos in ("NOUN", "PROPN"):
            by = next((kid.kid("preposition_object") for kid in word.kids("preposition") if kid.lower == "by"), None)
            owner = word.kid("possessive") or by
            if owner is not None:
                return owner
        of_another = word.relation == "preposition_object" and not _is_verb(word.head)
        if word.relation == "relative_clause" or (of_another and word is not token):
            return None
    return None


def names_in_sentence(token: Token) -> frozenset[str]:
    """The words of names in the sentence of a word, in lower case."""
    return frozenset(word.lemma.lower() for word in token.sentence.tokens if word.pos == "PROPN")


def places_in_sentence(token: Token) -> frozenset[str]:
    """The words of the names of places in the sentence of a word, in lower case."""
    return frozenset(word.lower for word in token.sentence.tokens if word.pos == "PROPN" and word.ent in PLACE_LABELS)


def _is_verb(token: Token) -> bool:
    return token.pos in ("VERB", "AUX")


def _line_up(token: Token) -> Iterator[Token]:
    """A word and those above it, nearest first."""
    word = token
    for _ in range(CLIMB):
        yield word
        if word.head is word:
            return
        word = word.head
