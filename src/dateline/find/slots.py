"""From a source named in a frame ("subject", "against", "light-object") to the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.find.syntax import (
    governing_verb,
    grammatical_subject,
    logical_object,
    logical_subject,
    prepositional,
    small_clauses,
    with_conjuncts,
)
from dateline.language import Token
from dateline.rules.senses import Pattern

MODIFIERS = ("compound", "adjective", "noun_modifier")
PREDICATES = ("object_predicate", "attribute", "adjective_complement")
COMPLEMENTS = ("open_complement", "complement")


def find_source(source: str, head: Token, matched: Sequence[Token], pattern: Pattern, light: LightVerbs) -> list[Token]:
    """The tokens at a source, as seen from a trigger; empty where there is nothing.

    Args:
        source: the source's name.
        head: the trigger's head.
        matched: all tokens of the trigger.
        pattern: the pattern that matched.
        light: the verbs that lend their subject to a noun.
    """
    match source:
        case "subject":
            return _subject(head, pattern)
        case "object":
            return _object(head, matched, pattern)
        case "direct":
            return with_conjuncts(head.kids("object"))
        case "indirect":
            return with_conjuncts([k for k in head.kids("indirect_object") if k.pos in ("NOUN", "PROPN", "PRON")])
        case "possessive":
            return with_conjuncts([kid for token in matched for kid in token.kids("possessive")])
        case "modifier":
            return with_conjuncts([k for k in head.kids(*MODIFIERS) if k not in matched and k.tag not in ("VBN", "VBG")])
        case "light":
            return light.doers(head)
        case "light-object":
            return light.targets(head)
        case "head":
            return _modified(head)
        case "doer":
            return _doers_of_object(head, matched, pattern, light)
        case "predicate":
            return with_qualities([*head.kids(*PREDICATES), *small_clauses(head)])
        case "above":
            return _above(head)
        case "clause":
            return clauses(matched)
        case "infinitive":
            return [verb for verb in clauses(matched) if any(kid.tag == "TO" for kid in verb.children)]
        case "own-clause":
            return [verb for verb in clauses(matched) if verb.kids("subject", "passive_subject")]
        case "clause-subject":
            return with_conjuncts([doer for verb in clauses(matched) for doer in logical_subject(verb)])
    if source == "by" and pattern.pos == "noun":
        return _by(head)
    found = [noun for token in matched for noun in prepositional(token, source)]
    if not found and pattern.pos == "verb":
        found = [noun for kid in head.kids("object") if kid not in matched for noun in prepositional(kid, source)]
    return with_qualities(found) if source == "as" else found


def with_qualities(predicates: list[Token]) -> list[Token]:
    """What is said of somebody, with the words that colour it: "a cowardly act", "a blatant and obvious coup"."""
    said = with_conjuncts(predicates)
    return with_conjuncts([*said, *(kid for token in said for kid in token.kids("adjective", "compound"))])


def _above(head: Token) -> list[Token]:
    """The word that a trigger hangs from; past a preposition, what that hangs from as well: "charged with murder"."""
    if head.head is head:
        return []
    above = head.head
    return [above, above.head] if head.relation == "preposition_object" and above.head is not above else [above]


def _subject(head: Token, pattern: Pattern) -> list[Token]:
    if pattern.pos == "adjective":
        return _modified(head)
    if pattern.pos == "noun":
        verb = head.head if head.relation in ("attribute", "object_predicate") else None
        return with_conjuncts(grammatical_subject(verb)) if verb is not None else []
    return logical_subject(head)


def _object(head: Token, matched: Sequence[Token], pattern: Pattern) -> list[Token]:
    last = pattern.last_preposition
    if last is not None and not any(_particle(token) and token.lower == last for token in matched):
        found = [noun for token in matched for noun in prepositional(token, last) if noun not in matched]
        if not found:  # the preposition of a pattern such as "out of" hangs below another
            found = [n for t in matched if t.pos in ("ADP", "ADV") for n in t.kids("preposition_object") if n not in matched]
            found = with_conjuncts(found)
        if found or pattern.pos != "verb" or not head.passive:
            return found
    if pattern.pos != "verb":
        return []
    done_to = logical_object(head)
    if not done_to:  # "sealed off the mosque", its particle taken for a preposition's place
        done_to = with_conjuncts([n for t in matched if t.relation == "particle" for n in t.kids("preposition_object")])
    return [token for token in done_to if token not in matched]


def _particle(token: Token) -> bool:
    """Whether a word goes with its verb and governs nothing: "shot down 37", its particle taken for an adverb."""
    return token.relation in ("particle", "adverb") and not token.children


def next_in_sentence(token: Token) -> Token | None:
    """The token right after this one in its sentence."""
    tokens = token.sentence.tokens
    at = token.i - tokens[0].i + 1
    return tokens[at] if 0 < at < len(tokens) and tokens[at].i == token.i + 1 else None


def clauses(matched: Sequence[Token]) -> list[Token]:
    """The verbs of the clauses that complement a trigger: "asked them to leave", "must leave", "committed to leaving"."""
    found: list[Token] = []
    for token in matched:
        if token.relation == "auxiliary":
            found.append(token.head)
        found.extend(kid for kid in token.kids(*COMPLEMENTS) if kid.pos in ("VERB", "AUX"))
        if token.relation in ("adjective_complement", "attribute"):  # "it is vital that they leave"
            found.extend(kid for kid in token.head.kids("complement", "open_complement", "clausal_subject"))
        if token.pos in ("NOUN", "PROPN"):
            found.extend(kid for kid in token.kids("noun_clause") if kid.tag not in ("VBN", "VBG"))
            after = next_in_sentence(token)  # the parser often hangs "operations to free the city" higher up
            if after is not None and after.lower == "to" and after.relation == "auxiliary" and after.head not in found:
                found.append(after.head)
        for preposition in token.kids("preposition"):
            found.extend(kid for kid in preposition.kids("preposition_clause", "complement", "open_complement"))
    return with_conjuncts(found)


def _by(head: Token) -> list[Token]:
    """Who did what a noun names: "the attack by X", "the attack claimed by X" is not it, "carried out by X" is (see light)."""
    return prepositional(head, "by")


def _modified(head: Token) -> list[Token]:
    if head.relation in {"adjective_complement", "attribute"}:
        return with_conjuncts(grammatical_subject(head.head))
    if head.relation in ("adjective", "noun_clause"):
        return with_conjuncts([head.head])
    return []


def _doers_of_object(head: Token, matched: Sequence[Token], pattern: Pattern, light: LightVerbs) -> list[Token]:
    """Who did the act that is judged: "condemned Iran's arrest of", "praised the decision by the court"."""
    for thing in _object(head, matched, pattern) or [n for p in ("for", "of", "over", "as") for n in prepositional(head, p)]:
        for found in (
            with_conjuncts(thing.kids("possessive")),
            prepositional(thing, "by"),
            with_conjuncts([k for k in thing.kids(*MODIFIERS) if k.pos in ("PROPN", "ADJ", "NOUN")]),
            prepositional(thing, "of"),
            light.doers(thing),
        ):
            if found:
                return found
    return []


class LightVerbs:
    """Verbs that say little themselves and lend their subject to the noun below them ("carry out an attack", "face charges")."""

    def __init__(self, giving: frozenset[str], taking: frozenset[str]) -> None:
        self._giving = giving  # the subject does what the noun names
        self._taking = taking  # it is done to the subject

    def doers(self, noun: Token) -> list[Token]:
        """Who does what the noun names, by the verb that governs it."""
        governed = governing_verb(noun)
        if governed is None:
            return []
        verb, relation = governed
        lemma = verb.lemma.lower()
        if relation == "object" and lemma in self._giving:
            return logical_subject(verb)
        if relation == "object" and lemma in self._taking:
            return with_conjuncts([n for p in ("from", "by", "at") for n in prepositional(verb, p)])
        return []

    def targets(self, noun: Token) -> list[Token]:
        """To whom it is done, by the verb that governs the noun."""
        governed = governing_verb(noun)
        if governed is None:
            return []
        verb, relation = governed
        lemma = verb.lemma.lower()
        if relation in ("object", "under", "in") and lemma in self._taking:
            return logical_subject(verb)
        if relation == "object" and lemma in self._giving:
            found = [t for p in ("on", "against", "to", "with", "at", "for", "upon") for t in prepositional(verb, p)]
            return found or with_conjuncts(verb.kids("indirect_object"))
        return []
