"""From a source named in a frame ("subject", "against", "light-object") to the words that stand there."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.find.light_verbs import LightVerbs
from dateline.find.modifiers import doers, implied_preposition, opposed
from dateline.find.syntax import (
    RELATIVES,
    agents,
    grammatical_subject,
    is_passive,
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
CLAUSE_PREPOSITIONS = {"to": ("to",), "with": ("with", "on with", "ahead with", "for", "against", "from", "on")}
EDGES = frozenset("beginning cessation end ending halt resumption start stop".split())
"""Nouns of the beginning and the end of an act, whose doer is that of the act."""
TIDINGS = frozenset("announcement decision fact news report".split())
"""Nouns whose clause tells what was done."""
COMING = frozenset({"will", "would", "'ll", "’ll", "shall", "to"})
"""Auxiliaries of a clause that tells what is to come."""
ASKING = frozenset({"must", "ought", "should", "shall"})
"""Auxiliaries by which a clause asks for what it tells."""
FINITE = ("VBD", "VBP", "VBZ", "VBN")
GATHERED = ("at", "during", "following", "for", "in", "after")
"""Prepositions by which a clause tells at what meeting its subject is."""
JOINING = frozenset("host invite join meet receive welcome".split())
"""Verbs whose object comes to the meeting as well."""
SENT = frozenset(
    "appeal application bid call complaint demand invitation letter message offer plea proposal request suggestion".split()
)
"""Nouns of what goes out from somebody: "a request from the mayor" is the mayor's."""
SHARED = frozenset({"against", "among", "between", "with"})
"""Prepositions that may stand behind the verb of which an act is the subject: "talks resumed *with* the rebels"."""
PARTING = frozenset(
    "build contribute create deliver deploy dispatch establish form give lend offer open provide send set share supply transfer".split()
)
"""Verbs of a clause whose object is what is given, sent or made, not whom it is done to: "agreed to send *troops*"."""
UNDERGONE = frozenset(
    "abduction arrest assassination conviction deportation detention execution expulsion extradition imprisonment jailing "
    "kidnapping killing murder release".split()
)
"""Nouns whose possessive and "of" name whom it is done to: nobody is asked to do his own release."""
CONDITIONS = frozenset({"if", "should", "unless", "until"})
"""Words that open the clause that tells on what a threat hangs."""
HOLDING = frozenset("abduct arrest capture detain hold imprison jail kidnap seize".split())
"""Verbs of those who have somebody in their hands."""
SETTINGS = frozenset("anniversary basis behalf condition eve ground grounds occasion".split())
"""Nouns behind a verb's "on" that tell under what circumstances it is done, not to whom."""


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
        case "passive":
            return with_conjuncts(grammatical_subject(head)) if is_passive(head) else []
        case "direct":
            return with_conjuncts(head.kids("object"))
        case "indirect":
            if head.passive and head.kids("object"):  # "the envoys were given a letter"
                return with_conjuncts(grammatical_subject(head))
            return with_conjuncts([k for k in head.kids("indirect_object") if k.pos in ("NOUN", "PROPN", "PRON")])
        case "attributed":  # "angry villagers": what they did is told, not that they were angry
            return [head.head] if head.relation == "adjective" and head.i < head.head.i else []
        case "done-to":  # "a guard was shot at a checkpoint": the preposition is no part of what was done to the guard
            last = pattern.last_preposition or ""
            governs = any(prepositional(token, last) for token in matched)
            return with_conjuncts(grammatical_subject(head)) if governs and is_passive(head) else []
        case "possessive":
            return with_conjuncts([kid for token in matched for kid in token.kids("possessive")])
        case "owner":
            return _owners(head) if is_passive(head) and not agents(head) else []
        case "modifier":
            told = [k for k in head.kids(*MODIFIERS) if k not in matched and k.tag not in ("VBN", "VBG")]
            return with_conjuncts([k for k in told if not (opposed(k) or implied_preposition(k))]) or doers(head)
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
        case "purpose":
            return [kid for kid in head.kids("adverbial_clause") if any(aux.tag == "TO" for aux in kid.kids("auxiliary"))]
        case "own-clause":
            return [verb for verb in clauses(matched) if verb.kids("subject", "passive_subject")]
        case "asked-clause":
            return [verb for verb in clauses(matched) if verb.kids("subject", "passive_subject") and not _told(verb)]
        case "coming-clause":
            return [verb for verb in clauses(matched) if any(kid.lower in COMING for kid in verb.kids("auxiliary"))]
        case "clause-subject":
            return with_conjuncts([doer for verb in clauses(matched) for doer in logical_subject(verb)])
        case "clause-as":
            said = [noun for verb in clauses(matched) for noun in (*verb.kids(*PREDICATES), *prepositional(verb, "as"))]
            return with_conjuncts([*said, *(whose for noun in said for whose in prepositional(noun, "of"))])
        case "clause-object" | "clause-to" | "clause-with":
            return _in_clauses(source.removeprefix("clause-"), matched)
        case "possessor" | "possessed":
            owners = with_conjuncts([kid for token in matched for kid in token.kids("possessive")])
            done_to = any(prepositional(token, name) for token in matched for name in ("of", "against", "on"))
            return owners if done_to == (source == "possessor") else []
        case "means":
            return light.users(head)
        case "occasion":
            return _at_occasion(head, matched)
        case "sayer":
            return _sayer(head)
        case "harmed":
            return light.harmed(head)
        case "condition":
            tied = [kid for verb in (head, *clauses(matched)) for kid in verb.kids("adverbial_clause")]
            ifs = [verb for verb in tied if any(kid.lower in CONDITIONS for kid in verb.kids("marker"))]
            return with_conjuncts([doer for verb in ifs for doer in logical_subject(verb)])
        case "holder":
            return _holders(head)
    if source == "by" and pattern.pos == "noun":
        return _by(head)
    found = _behind(source, head, matched, pattern)
    return with_qualities([*found, *_qualities_behind_as(head, matched)]) if source == "as" else found


def _behind(preposition: str, head: Token, matched: Sequence[Token], pattern: Pattern) -> list[Token]:
    """What a preposition governs: one of the trigger's own, else of what the trigger is about.

    "cut aid *to* the junta", "a suspension of aid *to* the junta", "lifted a ban imposed *on* the port".
    """
    found = [noun for token in matched for noun in prepositional(token, preposition)]
    if preposition == "on":
        found = [noun for noun in found if not _setting(noun)]
    if not found and pattern.pos == "noun" and preposition in SHARED and head.relation in ("subject", "passive_subject"):
        found = prepositional(head.head, preposition)  # "fighting broke out between the army and the rebels"
        if not found and preposition == "between":  # "fighting erupted in the north between the army and the rebels"
            found = [noun for _, _, place in head.head.prepositions() for noun in prepositional(place, preposition)]
    if not found and preposition == "against" and pattern.pos == "noun":
        found = [kid for kid in head.kids(*MODIFIERS) if opposed(kid)]
    if not found and preposition in ("against", "of", "on"):
        found = [kid for kid in head.kids(*MODIFIERS) if implied_preposition(kid) == "on"]
    if found:
        return found
    things = _object(head, matched, pattern) if pattern.pos != "adjective" else []
    if preposition == "of":
        things = [thing for thing in things if thing.lemma.lower() not in UNDERGONE]
    if pattern.pos == "verb":
        direct = [kid for kid in head.kids("object") if kid not in matched]
        things = [kid for kid in direct if preposition != "of" or kid.lemma.lower() not in UNDERGONE] or things
    found = [noun for thing in things for noun in prepositional(thing, preposition)]
    if not found:
        done = [part for thing in things for part in thing.kids("noun_clause") if is_passive(part)]
        found = [noun for part in done for noun in prepositional(part, preposition)]
    return found


def _qualities_behind_as(head: Token, matched: Sequence[Token]) -> list[Token]:
    """The adjectives that stand behind "as" with no noun: "described the raid as *unacceptable*"."""
    behind = [kid for token in (*matched, *head.kids("object")) for kid in token.kids("preposition") if kid.lower == "as"]
    return [kid for preposition in behind for kid in preposition.kids("adjective", "adjective_complement")]


def _setting(noun: Token) -> bool:
    """Whether what stands behind "on" tells the day or the circumstances: "on Monday", "on the condition that"."""
    return noun.lemma.lower() in SETTINGS or noun.ent in ("DATE", "TIME")


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
        if token.relation in ("auxiliary", "marker"):  # "must leave", "for the army to leave"
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
    found = [verb for verb in found if not any(kid.lower in ("if", "whether") for kid in verb.kids("marker"))]
    return with_conjuncts(found)


def _told(verb: Token) -> bool:
    """Whether a clause with a subject tells what is or was so, and does not ask for it: "insisted that he *had left*"."""
    finite = [kid for kid in verb.children if kid.relation in ("auxiliary", "passive_auxiliary") and kid.tag != "VB"]
    return verb.tag in ("VBD", "VBZ") if not finite else not any(kid.lower in ASKING for kid in finite)


def _in_clauses(place: str, matched: Sequence[Token]) -> list[Token]:
    """Those whom the clauses that complement a trigger act on, or for: "agreed to send *the rebels* arms", "… arms to *the rebels*"."""
    found: list[Token] = []
    verbs = clauses(matched) or clauses([kid for token in matched for kid in token.kids("object")])
    while verbs:
        verb = verbs.pop(0)
        things = with_conjuncts(verb.kids("object"))
        if place == "object":
            found += things if verb.lemma.lower() not in PARTING else []
            if not things:  # "refused to let *the ship* dock"
                found += [doer for kid in verb.kids("complement") if kid.tag == "VB" for doer in kid.kids("subject")]
        elif place == "to":
            found += [k for k in verb.kids("indirect_object") if k.pos in ("NOUN", "PROPN", "PRON")]
        for name in CLAUSE_PREPOSITIONS.get(place, ()):
            found += [noun for token in (verb, *things) for noun in prepositional(token, name)]
        if not things:  # "agreed to continue to help them"
            verbs += [kid for kid in verb.kids("open_complement") if kid.pos == "VERB"]
    return with_conjuncts(found)


def _at_occasion(head: Token, matched: Sequence[Token]) -> list[Token]:
    """Who is said to do something at a meeting that a noun names: "at the talks, *X* told *Y*", "*X* joined *Y* for talks"."""
    while head.relation == "conjunct":
        head = head.head
    if head.relation != "preposition_object" or head.head.lower not in GATHERED:
        return []
    if any(prepositional(token, name) for token in matched for name in ("between", "among", "of")):
        return []
    above = head.head.head
    if above.pos != "VERB":
        return []
    others = above.kids("object") if above.lemma.lower() in JOINING else []
    return with_conjuncts([*grammatical_subject(above), *(agents(above) if above.passive else []), *others])


def _sayer(head: Token) -> list[Token]:
    """Who says the clause that the trigger stands in, in reported speech: "*X* said they must leave"."""
    for token in (head, *head.ancestors()):
        if token.relation == "complement" and token.head.pos == "VERB":
            return with_conjuncts(grammatical_subject(token.head))
    return []


def _by(head: Token) -> list[Token]:
    """Who did what a noun names: "the attack by X", "the attack claimed by X" is not it, "carried out by X" is (see light).

    "The arrest of two men *by police*": the parser hangs the police below the men.
    """
    of = prepositional(head, "of")
    by = prepositional(head, "by") or [doer for noun in of for doer in prepositional(noun, "by")]
    above = head.head
    if not by and of and head.relation == "object" and above.pos == "VERB" and not is_passive(above):
        by = [doer for doer in prepositional(above, "by") if doer.i > of[0].i]  # hung from "condemned"
    return by


def _holders(head: Token) -> list[Token]:
    """Who has those whose release a noun or verb names in their hands: "the release of two nuns held *by the rebels*"."""
    held = prepositional(head, "of") if head.pos == "NOUN" else logical_object(head)
    found: list[Token] = []
    for noun in (*held, *(beside for one in held for beside in one.kids("apposition"))):
        for verb in noun.kids("noun_clause", "relative_clause"):
            if verb.lemma.lower() in HOLDING:
                found += (
                    agents(verb) if is_passive(verb) else [k for k in grammatical_subject(verb) if k.tag not in RELATIVES]
                )
    return with_conjuncts(found)


def _owners(verb: Token) -> list[Token]:
    """Whose the thing is that something is done to: "*Norland's* ban was lifted", "*Norlandish* sanctions were eased".

    A noun before it may as well say on whom or where it is ("the Norland sanctions"), but for an abbreviation ("*US* sanctions").
    """
    things = grammatical_subject(verb)
    owners = [kid for thing in things for kid in thing.kids("possessive")]
    named = [
        kid
        for thing in things
        for kid in thing.kids(*MODIFIERS)
        if kid.text[0].isupper() and (kid.pos == "ADJ" or kid.text.isupper()) and not opposed(kid)
    ]
    return with_conjuncts(owners or named) or [doer for thing in things for doer in doers(thing)]


def _modified(head: Token) -> list[Token]:
    if head.relation in {"adjective_complement", "attribute"}:
        return with_conjuncts(grammatical_subject(head.head))
    if head.relation in ("adjective", "noun_clause"):
        return with_conjuncts([head.head])
    return with_conjuncts(head.kids("subject", "passive_subject"))  # "was appalled": a participle that heads its clause


def _doers_of_object(head: Token, matched: Sequence[Token], pattern: Pattern, light: LightVerbs) -> list[Token]:
    """Who did the act that is judged: "condemned Iran's arrest of", "praised the decision by the court"."""
    things = _object(head, matched, pattern) or [n for p in ("for", "of", "over", "as") for n in prepositional(head, p)]
    for thing in things:
        found = _doers_of(thing, light)
        if not found and thing.lemma.lower() in EDGES:  # "an end to the junta's attacks"
            inner = [noun for name in ("to", "of", "in") for noun in prepositional(thing, name)]
            found = next((doers for noun in inner if (doers := _doers_of(noun, light))), [])
        if found:
            return found
    return []


def _doers_of(thing: Token, light: LightVerbs) -> list[Token]:
    """Who did the act that a noun names, by the words around it."""
    undergone = thing.lemma.lower() in UNDERGONE
    told = list(thing.kids("noun_clause", "relative_clause"))
    for found in (
        with_conjuncts(thing.kids("possessive")) if not undergone else [],
        _by(thing),
        _holders(thing) if undergone else [],
        prepositional(thing, "from") if thing.lemma.lower() in SENT else [],
        with_conjuncts([noun for verb in told if is_passive(verb) for noun in agents(verb)]),  # "attacks claimed by X"
        with_conjuncts([k for k in thing.kids(*MODIFIERS) if k.pos == "PROPN" or k.text[0].isupper()]),
        prepositional(thing, "between"),
        with_conjuncts([noun for verb in told if verb.tag in FINITE for noun in verb.kids("subject")])
        if thing.lemma.lower() in TIDINGS
        else [],  # "the news that X freed the town"
        prepositional(thing, "of") if not undergone else [],
        with_conjuncts([k for k in thing.kids(*MODIFIERS) if k.pos == "NOUN"]),
        light.doers(thing),
        doers(thing),
    ):
        if found:
            return found
    return []
