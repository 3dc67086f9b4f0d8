"""Which numbers belong to which act, and what they count there.

Two ways lead from a number to an act. A number of losses ("killing 12", "20 others were hurt") goes to the act of the losing
word itself, else to the attack nearest to it in the sentence. Any other number goes to the act that its noun is an argument
of. Each number is given to one act only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dateline.find.quantities import PERIODS
from dateline.find.syntax import clause_of_elsewhere
from dateline.language import Document, Sentence, Token
from dateline.model import Act, Quantity
from dateline.reading import Facts
from dateline.resolve.count_losses import LossReader
from dateline.resolve.count_people import KNOWN_PERSON, is_part, single_people, summed
from dateline.resolve.count_syntax import (
    NOUNS,
    is_compared,
    is_full,
    is_portion,
    is_told_when,
    of_some,
    of_them,
    phrase_top,
    sized,
    stands_behind,
    told_before,
)
from dateline.resolve.count_words import CountWords, load_count_words

FARTHEST_ATTACK = 9  # steps in the tree between a losing word and the attack that it is told of
FARTHEST_ARGUMENT = 4  # words between a counted noun and the act whose argument it is
CLAUSES = frozenset(
    {"subject", "complement", "relative_clause", "adverbial_clause", "noun_clause", "parataxis", "apposition"}
)
"""Relations across which a number no longer belongs to what stands above."""
DEADLY = frozenset({"ASSAULT", "PROTEST"})
"""Types of act that a losing word may name as what the loss came of ("killed in the riots")."""
ATTACKED_IN = frozenset({"in", "by", "during", "from"})
"""Prepositions that lead from a losing word to the attack."""
UNDERGONE = frozenset({"ASSAULT", "COERCE", "ACCUSE"})
"""Types of act that is done to people: they are counted by its participle ("kidnapped", "charged")."""
PROMISING = frozenset({"AGREE", "CONCEDE", "THREATEN"})
VERBAL_CONFLICT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
COMPARED = frozenset({"more", "less", "fewer", "higher", "lower", "up", "down"})
"""Words behind which a percentage tells a difference."""
PRISON = frozenset(
    {
        "prison",
        "jail",
        "imprisonment",
        "term",
        "sentence",
        "sentenced",
        "custody",
        "detention",
        "labour",
        "labor",
        "bars",
        "penalty",
    }
)
DEFINITE = frozenset({"the", "these", "those", "both", "our", "their", "its", "his", "her", "my", "your"})
UNDERGOING = frozenset({"object", "passive_subject"})
COUNTING_PREPOSITIONS = frozenset({"of", "with", "by", "against", "on", "from", "in", "to", "for", "between", "among"})


class Counting:
    """The quantities of the acts of one article."""

    def __init__(self, document: Document, facts: Facts, words: CountWords | None = None) -> None:
        self._words = words or load_count_words()
        self._tokens = document.tokens
        self._acts: dict[int, Act] = {}
        for act in facts.of(Act):
            for i in (*act.matched, act.token):
                self._acts[i] = act
            self._acts[act.token] = act
        self._losses = LossReader(self._words, self._acts, self._is_person)
        self._attacks: dict[int, list[Act]] = {}
        for act in facts.of(Act):
            if act.type == "ASSAULT" and act.mode != "abduct":
                self._attacks.setdefault(document.tokens[act.token].sentence.index, []).append(act)
        counted: tuple[Quantity, Token] | None = None
        self._understood: dict[int, tuple[Quantity, Token]] = {}
        self._lost: tuple[Sentence, Act, str] | None = None
        self._of: dict[tuple[int, int, str], list[Quantity]] = {}
        self._nouns: dict[int, Token] = {}
        heads: set[int] = set()
        for quantity in facts.of(Quantity):
            noun = document.starting_at(quantity.head)
            if noun is None or quantity.head in heads:
                continue  # "14 of the 30 hostages": those that the act is done to are counted, not all
            if quantity.low != 1:
                heads.add(quantity.head)
            if quantity.what:
                counted = quantity, noun
            elif counted is not None and noun.sentence.index - counted[1].sentence.index <= of_them(noun):
                self._understood[noun.i] = counted  # "54 nations have signed it, but only 27 have ratified it"
            for act, what in self._owners(quantity, noun):
                if what:
                    self._give(act, replace(quantity, what=what), noun)
        for quantity, noun in single_people(document, self._is_person):
            for act, what in self._owner_of_one(quantity, noun):
                self._give(act, replace(quantity, what=what), noun)
        self._of = {act: summed(found, self._nouns) for act, found in self._of.items()}

    def quantities(self, act: Act) -> tuple[Quantity, ...]:
        """The numbers of an act, in the order of the text, with `what` they count in it ("killed", "arrested", "tanks")."""
        return tuple(self._of.get((act.start, act.end, act.type), ()))

    def _give(self, act: Act, quantity: Quantity, noun: Token) -> None:
        found = self._of.setdefault((act.start, act.end, act.type), [])
        if not any(q.start == quantity.start for q in found):
            found.append(quantity)
            self._nouns[quantity.start] = noun
            found.sort(key=lambda q: q.start)

    def _owners(self, quantity: Quantity, noun: Token) -> Iterator[tuple[Act, str]]:
        if not quantity.what and (told := sized(noun)) is not None:
            quantity, noun = replace(quantity, what=told.lower), told
        if is_part(noun):
            if self._lost is not None and self._lost[0] is noun.sentence and quantity.what:
                yield self._lost[1], f"{self._lost[2]} {quantity.what}"
            return
        if is_compared(noun, quantity):
            return
        if noun.lemma in PERIODS:
            yield from self._prison(noun)
            return
        loss = self._losses.loss(noun)
        if quantity.what == "percent" and (loss is not None or noun.head.lower in COMPARED):
            return  # "displaced 1.4 million people, or about 6% of the population", "2.5% more than in 2018"
        if loss is not None:
            word, what = loss
            act = self._attack_of(word)
            by_it = act is not None and act.token != word.i and self._tokens[act.token] in word.conjuncts()
            if by_it and word.lemma in self._words.losses.losing:
                return  # "the rebels lost 12 men and killed 50": the 12 fell to others
            if act is not None:
                if word.lemma == "hit" and self._is_person(noun):
                    yield act, "wounded"  # "two protesters were hit by rubber bullets"
                    return
                if word.lemma in self._words.losses.things:
                    yield act, f"{quantity.what} {what}".strip()
                    return
                self._lost = noun.sentence, act, what
                yield act, what
                return
            if word.i not in self._acts:
                return  # a loss that nothing read as an act tells of: it is no other act's
        money = quantity.what in self._words.units
        own = self._acts.get(noun.i)
        if own is not None and own.token != noun.i and self._is_person(noun):  # "the 240 *hostages seized* were freed"
            yield own, self._named(own, quantity, noun)
            above = self._governing_act(noun, money)
            if above is not None and above is not own and noun.relation in UNDERGOING:
                yield above, self._named(above, quantity, noun)
            return
        if own is not None:
            if money:
                yield own, quantity.what
            elif quantity.low != 1 or quantity.high is None:
                yield own, self._acts_counted(own, quantity, noun)
            return
        portion = is_portion(noun) and quantity.start < noun.head.start  # "12 of the 30 hostages"
        known = not portion and any(kid.lower in DEFINITE for kid in noun.kids("determiner", "possessive"))
        if known and not quantity.what and noun.relation == "preposition_object":
            return  # "on top of the 5,000 already there"
        unnamed = noun.lemma in self._words.uncounted and not quantity.what.startswith("square")
        only_one = quantity.low == quantity.high == 1 and stands_behind(noun) and not self._is_person(noun)
        if unnamed or only_one or (known and (quantity.low in (1, 2) or told_before(noun))):
            return
        for kid in noun.kids("noun_clause", "relative_clause"):
            if (act := self._acts.get(kid.i)) is not None and not of_some(kid):
                yield act, self._named(act, quantity, noun)
                if kid.tag != "VBN":  # "194 members opposing it": they do only this
                    return
        act = (self._act_worth(noun) if money else None) or self._governing_act(noun, money)
        if act is not None and not (act.type == "ASSAULT" and noun.lemma in self._words.grounds and stands_behind(noun)):
            yield act, self._named(act, quantity, noun)

    def _owner_of_one(self, quantity: Quantity, noun: Token) -> Iterator[tuple[Act, str]]:
        """The act that one person came to harm by who is told of without a number ("a farmer was killed")."""
        if noun.lower in self._words.losses.states:
            return  # "buried their dead"
        loss = self._losses.loss(noun)
        if loss is not None:
            act = self._attack_of(loss[0])
            known = quantity.rule == KNOWN_PERSON and loss[0].pos == "NOUN"  # "the murder of Hamid" tells no news of him
            if act is not None and loss[1] in self._words.singly and not known:
                yield act, loss[1]
            return
        if quantity.rule == KNOWN_PERSON:
            return
        top = phrase_top(noun)
        behind = top.head.lower == "of"
        act = self._acts.get(top.head.head.i if behind else top.head.i)
        if act is not None and (behind or top.relation in ("object", "passive_subject")):
            what = self._named(act, quantity, noun)
            if what in self._words.singly:
                yield act, what

    # -- losses -------------------------------------------------------------------------------------------------------

    def _attack_of(self, word: Token) -> Act | None:
        """The attack that a losing word is told of: one that it names ("killed in the raid"), its own, the nearest."""
        verb = word if word.pos == "VERB" else next((up for up in word.ancestors() if up.pos == "VERB"), word)
        named = [*verb.kids("subject"), *(kid for kid in verb.kids("adverbial_clause") if is_told_when(kid))]
        hung = (*verb.prepositions(), *(word.prepositions() if word is not verb else ()))
        named += [noun for name, _, noun in hung if name in ATTACKED_IN]
        for token in named:
            act = self._acts.get(token.i)
            if act is not None and act.type in DEADLY:
                return act
        own = self._acts.get(word.i)
        if own is None:
            return self._nearest_attack(word)
        return own if own.type == "ASSAULT" else None

    def _nearest_attack(self, word: Token) -> Act | None:
        """The attack nearest to a word in the tree of its sentence."""
        attacks = self._attacks.get(word.sentence.index)
        if not attacks:
            return None
        aside = clause_of_elsewhere(word)
        up = {word.i: 0} | {token.i: k for k, token in enumerate(word.ancestors(), 1)}
        best: tuple[int, int] | None = None
        nearest: Act | None = None
        for act in attacks:
            token = self._tokens[act.token]
            if aside is not None and aside not in (token, *token.ancestors()):
                continue
            for k, step in enumerate((token, *token.ancestors())):
                if step.i in up:
                    rank = (k + up[step.i], abs(token.i - word.i))
                    if rank[0] <= FARTHEST_ATTACK and (best is None or rank < best):
                        best, nearest = rank, act
                    break
        return nearest

    # -- everything else ----------------------------------------------------------------------------------------------

    def _governing_act(self, noun: Token, money: bool) -> Act | None:
        """The act that a counted noun is an argument of, directly or through a light verb or a noun around it."""
        token, steps, through = phrase_top(noun), 0, 0
        while steps < FARTHEST_ARGUMENT:
            head, relation = token.head, token.relation
            if head is token:
                return None
            if relation == "conjunct" and ((token.pos in NOUNS) != (head.pos in NOUNS) or is_full(head, token)):
                return None
            if relation == "preposition" and token.tag == "VBG":
                return None  # "according to two residents"
            if relation in ("preposition_object", "preposition_clause"):
                through += head.lower != "of"
                if head.lower not in COUNTING_PREPOSITIONS or head.head is head or (through > 1 and not money):
                    return None  # "seven people in raids on 12 houses"
                token = head
                continue
            if (act := self._acts.get(head.i)) is not None:
                if money and act.type in PROMISING:
                    return None  # "promised $1 million": what is counted is to be given, and not the promise
                told = act.type in VERBAL_CONFLICT and not money
                return None if told and steps else act  # "condemned the killing of two": those are the killing's
            if head.pos in ("VERB", "AUX") and (act := self._act_beside(token, head, relation)) is not None:
                return act
            if relation in CLAUSES and not (money and relation == "open_complement"):
                return None
            token, steps = head, steps + 1
        return None

    def _act_worth(self, sum_of_money: Token) -> Act | None:
        """The act that a sum is the size of: "$20 million in aid"."""
        given = [sum_of_money.head] if sum_of_money.relation == "object" else []
        for name, _, noun in (pair for word in (sum_of_money, *given) for pair in word.prepositions()):
            if name in ("in", "of", "as") and (act := self._acts.get(noun.i)) is not None:
                return act
        return None

    def _act_beside(self, token: Token, verb: Token, relation: str) -> Act | None:
        """The act that another argument of a light verb names: "16 states filed a suit", "brought the aid to $500 million"."""
        for kid in verb.kids("object", "passive_subject"):
            if kid is not token and relation in ("subject", "preposition") and (act := self._acts.get(kid.i)) is not None:
                return act
        if relation == "subject":
            for _, _, noun in verb.prepositions():
                act = self._acts.get(noun.i)
                if act is not None and act.type in ("MOBILIZE", "PROTEST", "CONSULT"):
                    return act
        return None

    def _named(self, act: Act, quantity: Quantity, noun: Token) -> str:
        """What a counted noun is called in an act."""
        if quantity.what in self._words.units:
            return quantity.what
        if not quantity.what and noun.i in self._understood:
            quantity, noun = self._understood[noun.i]
        lemma = self._tokens[act.token].lemma
        matched = {self._tokens[i].lemma for i in (act.token, *act.matched)}
        person = not quantity.what or self._is_person(noun)
        for naming in self._words.namings:
            if act.type not in naming.acts and f"{act.type}/{act.mode}" not in naming.acts:
                continue
            if naming.triggers.isdisjoint(matched) and naming.triggers:
                continue
            doing = phrase_top(noun)
            if naming.what == "captured" and doing.relation == "subject" and doing.head.kids("object"):
                continue  # "1,700 officers cleared the bridge": they captured, and were not captured
            if not naming.nouns.isdisjoint({noun.lemma.lower(), quantity.what}) if naming.nouns else person:
                return naming.what
        trigger = self._tokens[act.token]
        undergone = trigger.tag in ("VBN", "VBD") and act.type in UNDERGONE and noun.relation != "subject"
        if noun.lemma in self._words.grounds and act.type in ("COERCE", "ASSAULT", "RETREAT"):
            return noun.lower  # "police districts" are districts
        if not (person and undergone):
            return quantity.what
        if act.type == "ASSAULT" and lemma not in self._words.suffered:
            return self._words.losses.verbs.get(lemma, quantity.what)
        return trigger.lower

    def _is_person(self, noun: Token) -> bool:
        people = self._words.people
        return (
            noun.lemma.lower() in people
            or noun.lower in people
            or noun.lower.endswith("men")
            or noun.ent == "NORP"
            or noun.tag == "NNPS"
        )

    def _acts_counted(self, act: Act, quantity: Quantity, noun: Token) -> str:
        """What several acts are called that are counted on their own word."""
        beside = {noun.lemma, *(kid.lower for kid in noun.children)}
        for naming in self._words.acts:
            kinds = {act.type, f"{act.type}/{act.mode}"}
            if naming.acts & kinds and noun.lemma in naming.triggers and (not naming.near or naming.near & beside):
                return naming.what
        return quantity.what if noun.i == act.token else noun.lower

    def _prison(self, noun: Token) -> Iterator[tuple[Act, str]]:
        """A period is counted only where it is a punishment."""
        around = [noun.head, *noun.children, *(kid for prep in noun.kids("preposition") for kid in prep.children)]
        around += [noun.head.head, *(kid for prep in noun.head.kids("preposition") for kid in prep.children)]
        for token in (noun, *noun.ancestors()):
            act = self._acts.get(token.i)
            if act is not None:
                named = any(word.lower in PRISON or word.lemma in PRISON for word in around)
                if act.type == "SANCTION" and (named or act.mode == "convict"):
                    yield act, f"{noun.lemma}s in prison"
                return
