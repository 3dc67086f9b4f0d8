"""Who does what in a clause: the logical subject and object of a verb, and what goes with a noun, read off the tree.

Everything here is about English grammar and nothing about news: passives, coordination, relative clauses, participles,
and control ("asked them to leave": they leave; "promised them to leave": the one who promised leaves).
"""

from __future__ import annotations

from dateline.language import Token
from dateline.language.mending import is_ranked

RELATIVES = frozenset({"WDT", "WP", "WP$"})
SUBJECT_CONTROL = frozenset(
    "agree ask_to claim commit decide decline demand expect fail hope intend offer pledge plan pledge prepare pretend promise "
    "propose refuse seek swear threaten undertake volunteer vow want".split()
)
"""Verbs whose subject, not object, does the act of the infinitive even where an object stands beside it."""
OBJECT_PREPOSITIONS = frozenset({"of", "for", "from", "with", "into"})
"""Prepositions whose gerund is done by the governing verb's object ("accused him of killing", "stopped them from leaving")."""
CONTROL_PREPOSITIONS = frozenset({"on", "upon", "to", "with", "for"})
"""Prepositions whose object does the infinitive ("called on them to leave", "appealed to them to leave")."""
GRANTING = frozenset({"allow", "give", "grant"})
"""Verbs that let somebody have the time to do something."""
BLAMING = frozenset(
    "accuse acquit arrest ban bar blame charge condemn convict criticise criticize denounce detain fault fine imprison jail "
    "keep praise prevent sentence stop sue suspect thank".split()
)
"""Verbs whose object is the one who did what the gerund behind it says ("blamed the army for shelling")."""
PARTITIVES = frozenset(
    "amount batch boatload bulk chunk cluster consignment couple dozen element fifth fraction group handful half haul "
    "hundred lot majority mass million minority most number pair part percent planeload proportion quantity quarter rest "
    "scores score series share string swath swathe "
    "tenth third thousand ton tonne total wave".split()
)
"""Nouns that only say how much or how many of the noun behind their "of"."""
AMOUNTS = frozenset("few many most much several".split())
"""Adjectives that stand for an amount of what is behind their "of"."""
STATES_OF_MIND = frozenset(
    "alarm amaze anger appal appall astonish bind commit concern dedicate delight determine disappoint dismay disturb encourage "
    "frustrate gratify honor honour horrify hearten interest oblige oppose outrage please prepare resolve sadden shock surprise thrill "
    "trouble upset worry".split()
)
"""Verbs whose passive tells what its subject feels or is set on: "is committed to" is done by whoever is committed."""
CAUSING = frozenset("get have need order prefer want".split())
"""Verbs whose object clause is an infinitive or a mere participle, of what is done to its subject: "ordered the ministers *jailed*"."""
PREDICATED = frozenset({"adjective_complement", "object_predicate", "open_complement"})
"""Relations of a participle that is said of a subject or object."""
SPEAKING = frozenset(
    "accuse add argue blame brand call cite claim condemn criticise criticize decry demand denounce describe dismiss dub insist label "
    "note praise quote reject reiterate say stress threaten vow warn welcome".split()
)
"""Verbs that behind a comma tell what else the speaker said: "urged them to leave, accusing them of"."""
REQUESTS = frozenset("appeal call command demand instruction invitation order plea request summons ultimatum".split())
"""Nouns whose infinitive is done not by whoever makes them, but by the one to whom they are made."""
ANSWERING = frozenset(
    "accept answer decline defy disobey dismiss face follow get heed ignore obey receive refuse reject resist spurn".split()
)
"""Verbs whose subject a request was made to: "*they* refused a request to leave"."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
"""What the parser calls the names of places."""
DEPTH = 8
"""How many clauses control is followed through: real sentences stay below it, and a cycle cannot run on."""
LONGEST_DAY = 6
"""So many words before "when" may tell a day since which something is."""


def with_conjuncts(tokens: list[Token]) -> list[Token]:
    """The tokens and all that is coordinated with them, each once, in order."""
    if not tokens:
        return []
    seen: dict[int, Token] = {}
    for token in tokens:
        for member in token.conjuncts():
            seen.setdefault(member.i, member)
    return list(seen.values())


def antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for, or the token itself."""
    if token.tag in RELATIVES and token.lower in ("who", "whom", "which", "that"):
        clause = verb
        while clause.relation == "conjunct":
            clause = clause.head
        if clause.relation == "relative_clause":
            return clause.head
    return token


def grammatical_subject(verb: Token, depth: int = 0) -> list[Token]:
    """The tokens that agree with the verb, or would if it were finite; empty where the clause has none."""
    if depth > DEPTH:
        return []
    own = [antecedent(kid, verb) for kid in verb.kids("subject", "passive_subject", "clausal_subject")]
    if own:
        return _behind_participle(own[0]) or own
    head = said_beside(verb) or verb.head
    match verb.relation:
        case "conjunct":
            if head.pos in ("VERB", "AUX", "ADJ", "NOUN"):
                return grammatical_subject(head, depth + 1) if head.pos in ("VERB", "AUX") else []
        case "open_complement" | "object_predicate" | "adjective_complement":
            return controller(verb, depth)
        case "noun_clause":
            return noun_controller(verb, depth)
        case "adverbial_clause" | "complement":
            infinitive_or_participle = verb.tag in ("VBG", "VBN", "VB")
            if verb.tag == "VB" and head.lemma in GRANTING and (granted := head.kids("indirect_object", "passive_subject")):
                return granted  # "gave *the rebels* two days to leave"
            if infinitive_or_participle and head.pos in ("VERB", "AUX"):
                return grammatical_subject(_told_before(verb, head) or head, depth + 1)
        case "preposition_clause":
            return gerund_controller(verb, depth)
        case "relative_clause":
            above = head.head if head.relation == "object" else verb
            if (
                verb.tag == "VB"
                and above.lemma in GRANTING
                and (granted := above.kids("indirect_object", "passive_subject"))
            ):
                return granted
            if not verb.kids("object") or (verb.tag == "VB" and is_ranked(head)):  # "the first country to recognise them"
                return [head]
        case "adjective":
            if misread_as_modifier(verb):  # the preposition's governor acts
                above = head.head.head
                return grammatical_subject(above, depth + 1) if above.pos in ("VERB", "AUX") else []
            if verb.tag in ("VBG", "VBN"):
                return [head]
        case "auxiliary":
            return []
    return []


def _told_before(participle: Token, above: Token) -> Token | None:
    """The clause before "officials said" that a participle behind it goes on from: "Rebels took it, officials said, killing two"."""
    if participle.tag != "VBG" or participle.i < above.i or participle.lemma in (*SPEAKING, "add", "note"):
        return None
    if above.relation == "parataxis" and above.head.i < above.i:
        return above.head
    return next(
        (kid for kid in above.kids("complement") if kid.i < above.i and kid.kids("subject", "passive_subject")), None
    )


def said_beside(verb: Token) -> Token | None:
    """The verb of speech beside which a participle tells what else was said, where the parser hung it on what was asked for.

    "Urged the rebels to leave, *accusing* them of": whoever urges accuses. None where it hangs where it belongs.
    """
    if verb.tag != "VBG" or verb.relation != "adverbial_clause" or verb.lemma not in SPEAKING:
        return None
    tokens = verb.sentence.tokens
    at = verb.i - tokens[0].i
    if all(token.text != "," for token in tokens[max(at - 2, 0) : at]):
        return None
    above = verb.head
    while any(kid.tag == "TO" for kid in above.kids("auxiliary")) and above.head is not above:
        above = above.head
        while above.pos not in ("VERB", "AUX") and above.head is not above:
            above = above.head
    return above if above is not verb.head and above.pos == "VERB" else None


def _behind_participle(subject: Token) -> list[Token]:
    """The subject that the parser took for an apposition in the participle before it: "Speaking in Karsa, a guard, Omar Tal, said"."""
    if subject.relation != "clausal_subject" or subject.tag != "VBG" or subject is not subject.sentence.tokens[0]:
        return []
    return [token for token in subject.subtree() if token.relation == "apposition"][-1:]


def controller(verb: Token, depth: int = 0) -> list[Token]:
    """Who does the act of an infinitive or participle that complements the verb above."""
    above = verb.head
    if above.pos not in ("VERB", "AUX", "ADJ"):
        return []
    if above.pos == "ADJ":  # "is ready to leave": the subject of the copula
        copula = above.head
        return grammatical_subject(copula, depth + 1) if above.relation == "adjective_complement" else []
    if not above.passive and above.lemma not in SUBJECT_CONTROL:
        asked = above.kids("object", "indirect_object")
        asked = [kid for kid in asked if kid.i < verb.i and kid.pos in ("NOUN", "PROPN", "PRON")]
        if asked:
            return [antecedent(asked[0], above)]
        for name, _, noun in above.prepositions():
            if name in CONTROL_PREPOSITIONS and above.i < noun.i < verb.i and noun.relation == "preposition_object":
                return [noun]
    return grammatical_subject(above, depth + 1)


def noun_controller(verb: Token, depth: int = 0) -> list[Token]:
    """Who does the act of a clause that modifies a noun: "forces killing 12", "the plan to attack"."""
    noun = verb.head
    if verb.tag in ("VBG", "VBN"):
        return [noun]
    if noun.lemma.lower() in REQUESTS:
        asked = [
            n for name, _, n in noun.prepositions() if name in CONTROL_PREPOSITIONS and n.relation == "preposition_object"
        ]
        if not asked and noun.relation == "object" and noun.head.lemma.lower() in ANSWERING:
            return grammatical_subject(noun.head, depth + 1)
        return asked
    owner = noun.kids("possessive")
    if owner:
        return owner
    for name, _, other in noun.prepositions():
        if name in ("by", "from", "of") and other.relation == "preposition_object":
            return [other]
    doers = [
        kid for kid in noun.kids("compound", "adjective", "noun_modifier") if kid.pos == "PROPN" or kid.text[0].isupper()
    ]
    if doers:  # "Norlandish efforts to free them"
        return doers[-1:]
    if noun.relation in ("object", "preposition_object"):
        above = noun.head if noun.relation == "object" else noun.head.head
        if above.pos in ("VERB", "AUX"):
            return grammatical_subject(above, depth + 1)
    if noun.relation in ("subject", "passive_subject", "attribute"):
        return noun.kids("compound", "adjective")
    return []


def gerund_controller(verb: Token, depth: int = 0) -> list[Token]:
    """Who does the act of a gerund behind a preposition: "accused them of killing", "left after killing"."""
    preposition = verb.head
    above = preposition.head
    if above.pos in ("VERB", "AUX"):
        if preposition.lower in OBJECT_PREPOSITIONS:
            if above.passive:
                return grammatical_subject(above, depth + 1)
            asked = above.kids("object", "indirect_object")
            if asked:
                return [antecedent(asked[0], above)]
        return grammatical_subject(above, depth + 1)
    if above.pos == "ADJ" and above.relation == "adjective_complement":  # "remains committed to leaving"
        return grammatical_subject(above.head, depth + 1)
    if above.pos in ("NOUN", "PROPN"):
        if above.relation == "object" and above.head.lemma in BLAMING and preposition.lower in OBJECT_PREPOSITIONS:
            return [above]  # "accused the army of shelling", the preposition hung on the noun
        owner = above.kids("possessive")
        if owner:
            return owner
        if above.relation == "object" and above.head.pos == "VERB":
            return grammatical_subject(above.head, depth + 1)
    return []


def participle_of(verb: Token) -> bool:
    """Whether the verb is a passive participle that modifies its noun ("districts overrun by", "the besieged city").

    The parser takes some of them for past tenses: one that has neither subject nor object is none.
    """
    if verb.kids("object", "passive_auxiliary"):
        return False
    noun = verb.head
    if noun.head is noun and any(kid.i < verb.i for kid in noun.kids("apposition")) and not verb.kids("agent"):
        return False  # "Dahir, the commander, vowed to": the sentence's own verb behind an apposition
    if verb.tag == "VBD":
        return verb.relation == "noun_clause" and not verb.kids("subject")
    return verb.tag == "VBN" and verb.relation in ("noun_clause", "adjective")


def is_passive(verb: Token) -> bool:
    """Whether the grammatical subject is the one to whom the act is done."""
    if of_mind(verb):
        return False
    if verb.passive or participle_of(verb):
        return True
    predicated = verb.relation in PREDICATED and not (
        verb.relation == "open_complement" and verb.kids("object", "auxiliary")
    )
    if predicated and verb.tag == "VBN":  # "were closed", "was found shot"
        return True
    if verb.relation == "complement" and verb.tag in ("VBN", "VBD") and verb.head.lemma.lower() in CAUSING:
        return bool(verb.kids("subject")) and not verb.kids(
            "auxiliary", "object", "marker"
        )  # "ordered the ministers jailed"
    if verb.relation == "conjunct" and verb.tag == "VBN" and not verb.kids("subject", "auxiliary", "object"):
        return is_passive(verb.head)
    return False


def of_mind(verb: Token) -> bool:
    """Whether a participle tells what somebody feels or is set on: "remains committed", "was appalled by"."""
    return (
        verb.tag in ("VBN", "JJ", "VBD")
        and verb.lemma.lower() in STATES_OF_MIND
        and not verb.kids("object")
        and (verb.passive or verb.relation in PREDICATED)
    )


def agents(verb: Token) -> list[Token]:
    """Who a passive verb says did it ("by X")."""
    found = [noun for name, _, noun in verb.prepositions() if name == "by" and noun.relation == "preposition_object"]
    if not found and verb.relation != "conjunct":
        for other in verb.kids("conjunct"):  # "was arrested and charged by police"
            if other.tag == "VBN" and not other.kids("subject"):
                found = agents(other)
                if found:
                    break
    return found


def logical_subject(verb: Token) -> list[Token]:
    """Those who do the act of the verb, coordinated ones included; empty where the sentence does not say."""
    found = agents(verb) if is_passive(verb) else grammatical_subject(verb)
    return with_conjuncts(found)


def small_clauses(verb: Token) -> list[Token]:
    """The predicates that a verb gives its object: "hold them accountable", "declared the outbreak an emergency"."""
    objects = verb.kids("object")
    found = [
        kid
        for kid in verb.kids("complement")
        if kid.pos in ("ADJ", "NOUN") and (kid.kids("subject") or (kid.pos == "ADJ" and objects))
    ]
    # "held the army responsible for it", taken for an adjective of the army
    return found + [kid for noun in objects for kid in noun.kids("adjective") if kid.pos == "ADJ" and kid.i > noun.i]


def openers(token: Token) -> list[Token]:
    """The "for" of a clause below a word that says who is to do what: "called *for* the army to leave"."""
    return [
        kid
        for clause in token.kids("adverbial_clause", "complement", "noun_clause", "open_complement", "relative_clause")
        if any(kid.tag == "TO" for kid in clause.children)
        for kid in clause.kids("marker")
        if kid.lower == "for"
    ]


def misread_as_modifier(verb: Token) -> bool:
    """Whether the parser took the verb for an adjective of its own object: "to free Dabiq", "progress in clearing areas"."""
    if verb.relation != "adjective" or verb.kids("object", "preposition"):
        return False
    noun = verb.head
    if noun.relation != "preposition_object" or noun.kids("determiner", "possessive"):
        return False
    return (verb.tag == "VB" and noun.head.lower == "to") or (verb.tag == "VBG" and noun.head.lower in ("by", "in", "of"))


def logical_object(verb: Token) -> list[Token]:
    """Those to whom the act of the verb is done, coordinated ones included."""
    if is_passive(verb):
        done_to = [verb.head] if participle_of(verb) else grammatical_subject(verb)
        return with_conjuncts(done_to)
    own = [antecedent(kid, verb) for kid in verb.kids("object")]
    if not own:
        own = [noun for clause in small_clauses(verb) for noun in clause.kids("subject")]
    if not own and misread_as_modifier(verb):
        own = [verb.head]
    if not own and verb.relation == "relative_clause" and verb.kids("subject"):
        subjects = verb.kids("subject")
        if all(kid.tag not in RELATIVES for kid in subjects) and not verb.kids("complement", "open_complement"):
            own = [verb.head]  # "the man police shot"
    if not own:
        for other in verb.kids("conjunct"):  # "shelled and captured the town"
            if other.pos == "VERB" and not other.kids("subject") and other.kids("object"):
                own = other.kids("object")[:1] if not verb.kids("preposition", "complement", "open_complement") else []
                break
    return with_conjuncts(own)


def prepositional(token: Token, name: str) -> list[Token]:
    """The objects of a preposition that complements the token, coordinated ones included."""
    found = [noun for prep, _, noun in token.prepositions() if prep == name and noun.relation == "preposition_object"]
    return with_conjuncts(found)


def with_wholes(tokens: list[Token]) -> list[Token]:
    """The tokens, and after a mere amount what it is an amount of: "hundreds of houses", "23 of 27 drones"."""
    found = list(tokens)
    for token in tokens:
        if token.pos in ("NUM", "DET", "PRON") or token.lemma in PARTITIVES or token.lower in AMOUNTS:
            found.extend(noun for noun in prepositional(token, "of") if noun not in found)
        if token.pos == "NUM":  # "$300 million in aid"
            found.extend(noun for noun in prepositional(token, "in") if noun not in found)
    return found


def governing_verb(noun: Token) -> tuple[Token, str] | None:
    """(verb, relation) of the verb whose object, passive subject or participle's noun this noun is; None where it is none.

    The relation is `object` where the noun is what is done, `subject` where it is what does.
    """
    while noun.relation == "conjunct":
        noun = noun.head
    match noun.relation:
        case "object" | "passive_subject":
            return noun.head, "object"
        case "subject":
            return noun.head, "subject"
        case "preposition_object":
            if noun.head.head.pos == "VERB":
                return noun.head.head, noun.head.lower
    for clause in noun.kids("noun_clause", "relative_clause"):
        if participle_of(clause):
            return clause, "object"
        if clause.relation == "relative_clause":
            if any(kid.tag in RELATIVES for kid in clause.kids("object", "passive_subject")):
                return clause, "object"
            if (
                clause.kids("subject")
                and not clause.kids("object")
                and all(k.tag not in RELATIVES for k in clause.kids("subject"))
            ):
                return clause, "object"
    return None


def clause_of_elsewhere(token: Token) -> Token | None:
    """The clause around a word that tells of a place or a time named in passing ("in Norville, where 30 had died in May", "since
    May, when"), or of what somebody else does ("while the rebels shot down a drone"), if any."""
    for word in (token, *token.ancestors()):
        if word.relation == "relative_clause" and any(kid.lower in ("where", "when") for kid in word.children):
            return word
        if word.relation != "adverbial_clause":
            continue
        markers = {kid.lower for kid in word.kids("marker")}
        if markers & {"while", "whereas"}:
            return word if word.kid("subject") is not None else None
        if "since" in markers or any(kid.lower == "when" and _since_a_day(kid) for kid in word.kids("adverb")):
            return word
    return None


def _since_a_day(when: Token) -> bool:
    """Whether "when" goes on from a day since which something is told: "the worst raid since April 14, *when* 40 had died"."""
    at = when.i - when.sentence.tokens[0].i
    before = when.sentence.tokens[max(0, at - LONGEST_DAY) : at]
    return bool(before) and before[-1].text == "," and any(token.lower == "since" for token in before)
