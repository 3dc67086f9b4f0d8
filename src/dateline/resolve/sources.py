"""Who the article credits for its report of an act: the speakers of the reports that it is told in, outermost first."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from dateline.find.statement_records import Credit
from dateline.find.syntax import grammatical_subject
from dateline.language import Document, Token
from dateline.model import Act, Evidence, Mention
from dateline.reading import Facts
from dateline.resolve.spans import Holding
from dateline.rules.loader import load_one

SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of act that are done by speaking: "I condemn" is no report of a condemnation but is one."""
NO_REPORT = frozenset({"demands"})
"""Stances of statements that ask for acts and do not tell of any: "called for an end to the shelling"."""
FIRST_PERSON = frozenset({"i", "we"})
ASKING = frozenset({"please", "let"})
HAVE = frozenset({"have", "has", "'ve", "’ve", "had"})
PRESENT = frozenset({"VBP", "VBZ", "VB", "VBG"})


@cache
def performatives() -> frozenset[str]:
    """Verbs by which the one who says them in the first person does what they say."""
    return frozenset(str(word) for word in load_one("speech/forms.toml").settings["performatives"])


class Sourcing:
    """Answers, for the acts of one article, who said that they happened."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._credits = sorted(facts.of(Credit), key=lambda credit: (credit.start, -credit.end))
        self._vouching = Holding(self._credits)
        self._somebody = {mention.head for mention in facts.of(Mention)}
        self._claims = sorted((c.cue_start, number) for number, c in enumerate(self._credits) if c.stance == "claims")
        """Where the reporting words of a claim begin, and its number among the credits."""

    def around(self, start: int, end: int) -> list[Credit]:
        """Who vouches for start..end, outermost first."""
        return [credit for credit in self._vouching.at(start) if credit.end >= end]

    def _claimed_within(self, start: int, end: int) -> list[Credit]:
        """The claims whose reporting words begin in start..end."""
        within = self._claims[bisect_left(self._claims, (start, 0)) : bisect_left(self._claims, (end, 0))]
        return [self._credits[number] for number in sorted(number for _, number in within)]

    def said_by(self, act: Act) -> tuple[tuple[str, ...], Evidence | None]:
        """Names of those whom the article credits for the report of an act, outermost first, with the words that say so.

        Empty, with no evidence, where the article says it in its own voice, and where the act consists in saying so.
        """
        told = [c for c in self.around(act.start, act.end) if c.stance not in NO_REPORT]
        if act.type not in SPOKEN:  # "claimed responsibility": the claim is what tells of the act
            told += [c for c in self._claimed_within(act.start, act.end) if c not in told]
        if told and self._done_by_speaking(act):
            told.pop()
        names: list[str] = []
        for credit in told:
            names.extend(actor.name for actor in credit.chain if actor.name not in names)
        if not names:
            return (), None
        inner = told[-1]
        evidence = Evidence(
            field="said_by", value=" > ".join(names), why=inner.rule, start=inner.cue_start, end=inner.cue_end
        )
        return tuple(names), evidence

    def _done_by_speaking(self, act: Act) -> bool:
        """Whether the speaker does the act by the very words: "I condemn", "it is unacceptable", "they must leave", "please go"."""
        if act.type not in SPOKEN:
            return False
        token = self._document.tokens[act.token]
        if token.tag == "MD" or token.pos == "INTJ" or token.lemma in ASKING:
            return True
        predicate = token.relation == "adjective_complement" or (token.relation == "attribute" and act.type == "ACCUSE")
        if predicate:
            return _in_the_present(token.head)
        if token.pos == "ADJ" and token.relation == "adjective" and act.type == "ACCUSE":
            return True  # "their brutal regime"
        subjects = grammatical_subject(token)
        if any(subject.lower in FIRST_PERSON for subject in subjects):
            return token.lemma.lower() in performatives() and _in_the_present(token)
        if (
            act.type == "ACCUSE" and token.tag in ("VBZ", "VBP") and subjects
        ):  # "this undermines the peace": things accuse nobody
            return _in_the_present(token) and not any(
                s.start in self._somebody or (s.pos == "PRON" and s.lower != "it") for s in subjects
            )
        return False


def _in_the_present(verb: Token) -> bool:
    """Whether a verb tells of now: "we urge", "we are asking", "I am appalled"; not "we asked", "we have asked"."""
    auxiliaries = verb.kids("auxiliary", "passive_auxiliary")
    if verb.tag == "VBN":
        return any(a.tag in PRESENT for a in auxiliaries) and not any(a.lower in HAVE for a in auxiliaries)
    if verb.tag not in PRESENT:
        return False
    return not any(a.tag in ("VBD", "VBN") or a.lower in HAVE for a in auxiliaries)
