"""Which losses a counted noun stands for: "killing 12", "20 others were hurt", "the toll rose to 12"."""

from __future__ import annotations

from collections.abc import Callable, Container

from dateline.find.light_verbs import SUFFERING
from dateline.language import Token
from dateline.resolve.count_syntax import NOUNS, phrase_top
from dateline.resolve.count_words import CountWords

DISPLACED = "displaced"
GROWING = frozenset(
    {"rise", "climb", "reach", "grow", "stand", "increase", "come", "jump", "total", "put", "bring", "pass", "exceed", "top"}
)
OF_ITS_OBJECT = frozenset({"put", "bring"})
"""Of these, the verbs whose object is what has grown: "brought the toll to 12"."""
EARLIER = frozenset({"earlier", "initial", "previous"})
"""Words for a toll that is told no longer."""
NUMBERS = frozenset({"number", "count", "tally", "total"})
ARGUMENTS = frozenset({"object", "passive_subject", "subject", "indirect_object", "attribute", "agent"})


class LossReader:
    """The losing word that counts a noun, and what was lost, by the words of the lexicon."""

    def __init__(self, words: CountWords, acts: Container[int], is_person: Callable[[Token], bool]) -> None:
        """`acts` are the tokens that belong to an act."""
        self._words = words
        self._is_person = is_person
        self._acts = acts

    def loss(self, noun: Token) -> tuple[Token, str] | None:
        """The losing word that counts this noun, and what was lost."""
        losses = self._words.losses
        if (what := losses.nouns.get(noun.lemma)) is not None:
            return noun, what
        if noun.i in self._acts:
            return None
        top = phrase_top(noun)
        if (what := losses.states.get(top.lower)) is not None:
            return top, what  # "left 15 dead"
        for token in (noun, top):
            for kid in token.kids("noun_clause", "adjective", "relative_clause", "adjective_complement", "object_predicate"):
                finite = kid.relation == "relative_clause" and not kid.passive
                if not finite and (what := losses.states.get(kid.lower)) is not None:
                    died = kid.relation == "adjective" and top.relation == "subject" and top.head.lemma in losses.dying
                    return self._lost_as(top.head, top.relation) if died else (kid, self._and_more(kid, what))
        while top.relation == "conjunct" and top.head.pos in NOUNS:
            top = phrase_top(top.head)
        above, relation = top.head, top.relation
        if above is top:
            return None
        if relation == "preposition_object":
            claimed = above.head if above.lower == "of" and above.head.relation in ("object", "passive_subject") else None
            if claimed is not None and (what := losses.claims.get(claimed.lemma)) is not None:
                return claimed.head, what  # "claimed the lives of 12"
            return self._toll(above)
        if relation == "object" and above.lemma in GROWING and above.lemma not in OF_ITS_OBJECT:
            return self._named_loss(above.kid("subject"))  # "the toll has reached 12"
        if relation == "attribute":
            subject = above.kid("subject")
            what = losses.nouns.get(subject.lemma) if subject is not None else None
            return (subject, what) if subject is not None and what is not None else None
        if (what := losses.claims.get(noun.lemma)) is not None and relation in ("object", "passive_subject"):
            return above, what
        if relation == "object" and above.lemma in losses.losing and self._is_person(noun):
            return above, losses.losing[above.lemma]  # "the army lost 23 men"
        loss = self._lost_as(above, relation)
        if loss is None and relation in ("subject", "passive_subject") and above.i not in self._acts:
            joined = (kid for kid in above.kids("conjunct") if kid.tag == "VBN" and not kid.kids("object", "subject"))
            loss = next((found for kid in joined if (found := self._lost_as(kid, relation))), None)
        return loss

    def _lost_as(self, verb: Token, relation: str) -> tuple[Token, str] | None:
        """What a verb says was lost of its subject or object ("killed 12", "12 died", "left 12 dead")."""
        losses, lemma = self._words.losses, verb.lemma
        undergoes = relation in ("object", "passive_subject") or self._passive_like(verb, relation)
        if undergoes and (what := losses.verbs.get(lemma)) is not None:
            return verb, self._and_more(verb, what)
        if undergoes and (what := losses.things.get(lemma)) is not None:
            return verb, what
        if lemma in losses.dying and relation == "subject" and (lemma != "fall" or not verb.kids("preposition", "particle")):
            return verb, losses.dying[lemma]
        if self._left_home(verb, relation):
            return verb, DISPLACED
        if relation == "subject" and lemma in SUFFERING:  # "nine others sustained injuries", "lost their lives"
            for harm in verb.kids("object"):
                if (what := losses.claims.get(harm.lemma)) is not None:
                    return verb, what
        does = relation == "subject" and bool(verb.kids("object"))  # "a gunman shot dead three people": they are dead
        state = verb.kid("adjective_complement", "object_predicate") if relation in ARGUMENTS and not does else None
        for word in (state, verb if relation == "subject" and not verb.kids("object") else None):
            if word is not None and (what := losses.states.get(word.lower)) is not None:
                return word, self._and_more(word, what)
        return None

    def _left_home(self, verb: Token, relation: str) -> bool:
        """Whether a verb says that its subject left home ("left their houses") or its object had to ("drove 12 families from home")."""
        if verb.lemma not in self._words.leaving:
            return False
        if relation == "subject":
            left = verb.kids("object")
        else:
            left = [noun for name, _, noun in verb.prepositions() if name in ("from", "out of")]
        return any(noun.lemma in self._words.homes for noun in left)

    def _toll(self, preposition: Token) -> tuple[Token, str] | None:
        """A loss named by a noun: "the death of 12", "the toll rose to 12"."""
        holder = preposition.head
        while holder.pos == "ADP" and holder.head is not holder:
            holder = holder.head  # "rose from 30 to 44"
        if preposition.lower not in ("of", "at", "to", "by") or preposition.relation == "agent":
            return None
        if any(kid.lower in EARLIER for kid in holder.kids("adjective")):
            return None
        if holder.lemma in GROWING:
            holder = holder.kid("object" if holder.lemma in OF_ITS_OBJECT else "subject") or holder
        return self._named_loss(holder)

    def _named_loss(self, holder: Token | None) -> tuple[Token, str] | None:
        """What a noun says was lost: "the toll", "the number of *dead*", "the number of people *killed* in the raids"."""
        if holder is None:
            return None
        losses = self._words.losses
        if holder.lemma in NUMBERS:
            for name, _, noun in holder.prepositions():
                for word in (noun, *noun.kids("noun_clause", "adjective")) if name == "of" else ():
                    if (what := losses.states.get(word.lower) or losses.nouns.get(word.lemma)) is not None:
                        return word, what
        what = losses.nouns.get(holder.lemma) or losses.states.get(holder.lower)
        return (holder, what) if what is not None else None

    def _passive_like(self, verb: Token, relation: str) -> bool:
        """Whether a subject is counted by a bare participle: "12 killed in the raid", "with 25 others injured"."""
        return relation == "subject" and verb.tag == "VBN" and not verb.kids("auxiliary", "object")

    def _and_more(self, word: Token, what: str) -> str:
        """Killed and wounded counted as one are casualties."""
        losses = self._words.losses
        for other in (*word.kids("conjunct"), *([word.head] if word.relation == "conjunct" else [])):
            second = losses.verbs.get(other.lemma) or losses.states.get(other.lower)
            if second is None or second == what or {second, what} - {"killed", "wounded"}:
                continue
            shared = "object", "passive_subject", *(("subject",) if word.relation != "conjunct" else ())
            if not other.kids(*shared):
                return "casualties"
        return what
