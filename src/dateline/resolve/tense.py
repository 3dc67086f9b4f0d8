"""Whether a clause speaks of what was or of what is to come, read off its verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.language import Token
from dateline.resolve.reckoning import Tense

OWNERS = frozenset({"possessive", "compound", "adverbial_noun", "noun_modifier", "numeral", "adjective"})
DONE = frozenset({"have", "has", "had", "'ve", "’ve", "was", "were", "did"})
TO_ANOTHER = frozenset({"to", "until", "till", "from"})
CONDITIONS = frozenset({"if", "unless"})
"""Conjunctions after which what is to be done stands in the past: "would strike unless he left by Friday"."""
CLIMB = 12
"""How many words up the tree a verb is looked for."""


def told_as_past(verb: Token) -> bool:
    """Whether a verb's clause is told as a fact of the past, by its form or its auxiliaries: "went", "had gone", "did not go"."""
    auxiliaries = verb.kids("auxiliary", "passive_auxiliary")
    if any(kid.tag == "MD" for kid in auxiliaries):
        return False
    return any(kid.tag == "VBD" for kid in auxiliaries) or (verb.tag == "VBD" and not auxiliaries)


@dataclass(frozen=True, slots=True)
class TenseWords:
    """The word lists of `[tense]` in `time.toml`."""

    ahead: frozenset[str]
    plans: frozenset[str]
    scheduled: frozenset[str]
    gatherings: frozenset[str]
    happened: frozenset[str]
    opens: frozenset[str]
    grants: frozenset[str]
    imposes: frozenset[str]
    moves: frozenset[str]

    @classmethod
    def read(cls, table: Mapping[str, Sequence[str]]) -> TenseWords:
        """From the table of the rule file."""
        return cls(
            **{
                name: frozenset(table[name])
                for name in ("ahead", "plans", "scheduled", "gatherings", "happened", "opens", "grants", "imposes", "moves")
            }
        )

    def of_time(self, token: Token) -> Tense | None:
        """The tense of the clause that a time stands in; None where it does not say."""
        verb = token
        for _ in range(CLIMB):
            if verb.pos in ("VERB", "AUX") and verb is not token:
                break
            if verb.relation in OWNERS and verb.head.pos in ("NOUN", "PROPN"):
                owner = verb.head
                if owner.lemma in self.happened:
                    return "past"
                if owner.lower not in self.gatherings and owner.lemma not in self.gatherings:
                    return None
            if verb.head is verb:
                return None
            verb = verb.head
        return self.of_verb(verb) if verb.pos in ("VERB", "AUX") else None

    def of_bound(self, token: Token, direction: str) -> Tense | None:
        """The tense for a time told with a direction: what is to be done by a day, or put off to one, was still to come when told.

        "They called for a vote by Friday" speaks of a Friday to come; "they had left by Friday" of one that is past.
        """
        tense = self.of_time(token)
        verb = token.head
        while verb.head is not verb and verb.pos in ("ADP", "SCONJ", "PART"):
            verb = verb.head
        if direction == "until" and verb.head is verb and verb.lemma.lower() in self.imposes:
            return "future"  # "extended the ban until May": May is to come
        to_another = token.lower in TO_ANOTHER or token.head.lower in TO_ANOTHER
        if to_another and {verb.lemma.lower(), verb.head.lemma.lower()} & self.moves:
            return "planned"
        if verb.tag == "VB" and verb.relation == "adverbial_clause" and self.of_verb(verb.head) == "past":
            verb = verb.head  # "was to have been opened to aid convoys by Friday"
        auxiliaries = {kid.lower for kid in verb.kids("auxiliary", "passive_auxiliary")}
        if direction == "before" and verb.tag == "VB" and "to" in auxiliaries:
            return "planned"  # "has appealed to both to agree before the end of January"
        if direction not in ("by", "until") or tense == "future":
            return tense
        if direction == "by" and any(kid.lower in CONDITIONS for kid in verb.kids("marker")):
            return "planned"  # "unless they left by Friday", "if it was not paid by Friday"
        done = verb.pos in ("VERB", "AUX") and (verb.tag == "VBD" or bool(auxiliaries & DONE))
        lemma = verb.lemma.lower()
        granted = lemma in (self.grants | self.plans) or (
            direction == "until" and (lemma == "have" or lemma in self.imposes)
        )
        return tense if done and not granted else "planned"

    def of_verb(self, verb: Token, depth: int = 0) -> Tense | None:
        """The tense of the clause of a verb."""
        if depth > CLIMB:
            return None
        auxiliaries = [kid.lower for kid in verb.kids("auxiliary", "passive_auxiliary")]
        perfect = any(word in ("have", "has", "had", "'ve", "’ve", "having") for word in auxiliaries)
        if not perfect and any(word in self.ahead for word in auxiliaries):
            return "future"
        if perfect or verb.tag == "VBD" or any(word in ("was", "were", "did") for word in auxiliaries):
            if verb.lemma in self.grants:  # "gave them until Friday"
                return "planned"
            planned = verb.lemma in self.scheduled and "passive_auxiliary" in {kid.relation for kid in verb.children}
            return "planned" if planned else "past"
        if "to" in auxiliaries or verb.tag == "VB":
            head = verb.head
            if head is verb:
                return "future"
            if head.lemma in self.scheduled or head.lemma == "be":
                above = head if head.pos in ("VERB", "AUX") else head.head
                was = any(kid.lower in ("was", "were") for kid in (above, *above.kids("auxiliary", "passive_auxiliary")))
                return "planned" if was else "future"
            if head.lemma in self.plans:
                return "future"
            if head.pos in ("VERB", "AUX"):  # "voted to lift it on Saturday": the vote was on Saturday
                return self.of_verb(head, depth + 1)
            return None
        if verb.tag == "VBN":
            if verb.lemma in self.scheduled:
                return "future" if auxiliaries else None
            return None if any(word in ("is", "are", "be", "being") for word in auxiliaries) else "past"
        if verb.tag in ("VBZ", "VBP"):
            return "future" if verb.lemma in self.opens else None
        if verb.tag == "VBG":
            if any(word in ("is", "are", "'s", "’s", "'re", "’re") for word in auxiliaries):
                return (
                    "future" if verb.lemma in ("go", "leave", "meet", "come", "arrive", "start", "begin", "travel") else None
                )
            if verb.head is not verb:
                governing = next((word for word in verb.ancestors() if word.pos in ("VERB", "AUX")), None)
                return self.of_verb(governing, depth + 1) if governing is not None else None
        return None
