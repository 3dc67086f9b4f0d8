"""Verbs that say little themselves: the act is named by the noun below them ("carry out an attack", "face charges")."""

from __future__ import annotations

from dateline.find.syntax import (
    RELATIVES,
    agents,
    governing_verb,
    grammatical_subject,
    is_passive,
    logical_object,
    logical_subject,
    prepositional,
    with_conjuncts,
)
from dateline.language import Token

AT = ("on", "against", "to", "with", "at", "for", "upon")
"""Prepositions by which a verb that lends itself to a noun says to whom it is done: "imposed a ban *on* them"."""
SUFFERING = frozenset({"attain", "embrace", "lose", "receive", "suffer", "sustain"})
HARMS = frozenset({"burn", "injury", "life", "martyrdom", "wound"})
"""Objects with which a verb of SUFFERING tells that its subject came to harm."""
OWNED = frozenset({"credit", "responsibility"})
"""Nouns whose "for" leads to an act of whoever claims, takes or admits them."""
OCCASION = ("in", "by", "during", "after", "following", "from")
"""Prepositions by which a clause tells in what act somebody came to harm."""


class LightVerbs:
    """Verbs that say little themselves and lend their subject to the noun below them ("carry out an attack", "face charges")."""

    def __init__(
        self,
        giving: frozenset[str],
        taking: frozenset[str],
        harming: frozenset[str],
        dying: frozenset[str],
        sharing: frozenset[str],
    ) -> None:
        self._giving = giving  # the subject does what the noun names
        self._taking = taking  # it is done to the subject
        self._harming = harming  # what the noun names does it to the object
        self._sharing = sharing  # the subject does what the noun behind "in" names
        self._dying = dying  # what the noun names makes the subject do it

    def doers(self, noun: Token) -> list[Token]:
        """Who does what the noun names, by the verb that governs it or is said of it."""
        for clause in noun.kids("noun_clause", "relative_clause"):
            if clause.lemma.lower() in self._giving and is_passive(clause) and (found := agents(clause)):
                return with_conjuncts(found)  # "the support given by X"
        if found := _of_relative_clause(noun, self._giving):
            return found
        owned = noun.head.head  # "claimed responsibility for the attack"
        if noun.relation == "preposition_object" and noun.head.lower == "for" and owned.lemma.lower() in OWNED:
            noun = owned
        governed = governing_verb(noun)
        if governed is None:
            return []
        verb, relation = governed
        lemma = self._word(verb)
        if relation == "object" and lemma in self._giving:
            return logical_subject(verb)
        if relation == "object" and lemma in self._taking:
            return with_conjuncts([n for p in ("from", "by", "at") for n in prepositional(verb, p)])
        if relation in ("in", "to", "on", "as") and lemma in self._sharing:
            return logical_subject(verb) or logical_object(verb)
        return []

    def _word(self, verb: Token) -> str:
        """The verb by which it is known, with its particle where that makes it one of those that take: "break up a rally"."""
        lemma = verb.lemma.lower()
        joined = [f"{lemma} {particle.lower}" for particle in verb.kids("particle")]
        return next((word for word in joined if word in self._taking), lemma)

    def users(self, noun: Token) -> list[Token]:
        """Who does something else in or with the act that a noun names: "*the navy* kept them off with strikes"."""
        while noun.relation == "conjunct":
            noun = noun.head
        if noun.relation != "preposition_object" or noun.head.lower not in ("with", "in", "by", "through"):
            return []
        verb = noun.head.head
        if verb.pos != "VERB" or verb.lemma.lower() in self._dying or hurt(verb) or is_passive(verb):
            return []
        return logical_subject(verb)

    def targets(self, noun: Token) -> list[Token]:
        """To whom it is done, by the verb that governs the noun."""
        if found := _of_relative_clause(noun, self._taking):
            return found
        for verb in noun.kids("noun_clause", "relative_clause"):  # "the sanctions (that X) imposed on Y"
            if verb.lemma.lower() in self._giving and (found := [t for p in AT for t in prepositional(verb, p)]):
                return found
        governed = governing_verb(noun)
        if governed is None:
            return []
        verb, relation = governed
        lemma = self._word(verb)
        if relation in ("object", "under", "in") and lemma in self._taking:
            return logical_subject(verb)
        if relation == "object" and lemma in self._giving:
            found = [t for p in AT for t in prepositional(verb, p)]
            return found or with_conjuncts(verb.kids("indirect_object"))
        return []

    def harmed(self, act: Token) -> list[Token]:
        """Who came to harm by an act that a noun or a verb names.

        "The raid killed *two guards*", "*two guards* died in the raid", "*two guards* were killed when they bombed the gate".
        """
        verbs = [kid for kid in act.kids("relative_clause", "noun_clause", "adverbial_clause") if kid.tag != "VBN"]
        first = act
        while first.relation == "conjunct":
            first = first.head
        named = act.head if act.tag == "VBN" and act.relation == "noun_clause" else act  # "a shell *fired* by X killed two"
        governed = governing_verb(named) if named.pos in ("NOUN", "PROPN") else None
        if governed is not None:
            verb, relation = governed
            if relation == "subject":
                verbs += verb.conjuncts()
                verbs += [
                    kid for kid in verb.kids("adverbial_clause") if kid.tag == "VBG" and kid.i > verb.i
                ]  # "hit a tent, killing six"
            elif relation == "object":  # "a raid was said to have killed them", "staged a raid, killing them"
                verbs += verb.kids("open_complement", "adverbial_clause")
        found = [
            noun
            for verb in verbs
            if verb.lemma.lower() in self._harming and not verb.passive
            for noun in logical_object(verb)
        ]
        telling = governed[0] if governed is not None and governed[1] == "subject" else act  # "when a blast ripped through"
        if not found and telling.relation == "adverbial_clause" and telling.pos == "VERB":
            lemma = telling.head.lemma.lower()
            if lemma in self._dying or hurt(telling.head):
                found = grammatical_subject(telling.head)
            elif lemma in self._harming and is_passive(telling.head):
                found = logical_object(telling.head)
        if not found and first.relation == "preposition_object" and first.head.lower in OCCASION:
            verb = first.head.head
            lemma = verb.lemma.lower()
            if lemma in self._dying or hurt(verb):
                found = grammatical_subject(verb)
            elif lemma in self._harming and (is_passive(verb) or first.head.lower in ("in", "during")):
                found = logical_object(verb)
        return with_conjuncts(found)


def _of_relative_clause(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """The subject of a clause that tells what it did with what a noun names: "the pledge (that) *X* made", "a charge *X* denies"."""
    for verb in noun.kids("relative_clause"):
        subjects = verb.kids("subject")
        if verb.lemma.lower() in verbs and subjects and all(kid.tag not in RELATIVES for kid in subjects):
            return with_conjuncts(subjects)
    return []


def hurt(verb: Token) -> bool:
    """Whether the subject of a verb came to harm: "lost their lives", "sustained injuries"."""
    return verb.lemma.lower() in SUFFERING and any(noun.lemma.lower() in HARMS for noun in verb.kids("object"))
