"""What grammar rules out and parsers do all the same: a few attachments that are mended before anything reads the tree."""

from __future__ import annotations

from dateline.language.tree import Sentence, Token

PAST_OR_PRESENT = frozenset({"VBD", "VBZ"})
PARTICIPLES = frozenset({"VBN", "VBD"})
RANKS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "latest", "next", "only"})
FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
NOT_FINITE = frozenset({"VB", "VBG"})
DEADLY = frozenset({"beat", "find", "gun", "hack", "shoot", "stab", "strike"})
SIDES = frozenset({"GPE", "NORP", "ORG"})
BETWEEN = frozenset(
    "accord agreement alliance battle border ceasefire clash combat conflict cooperation deal dialogue dispute drill exercise fight "
    "fighting friction frontier meeting negotiation pact relation rivalry standoff summit talk tension tie trade treaty truce violence "
    "war".split()
)
"""Nouns of what goes on between two sides, which a hyphen may join before them."""
HYPHENS = frozenset("-–‐")
NAMING = frozenset({"brand", "call", "declare", "deem", "dub", "label", "pronounce", "term"})
"""Verbs behind whose object stands what it is called."""
FREED = frozenset(
    "abductee activist captive detainee dissident fighter hostage inmate internee journalist militant prisoner soldier suspect".split()
)
"""Whom a verb "free" has for its object, where "to free" was taken for a preposition and an adjective."""
GIVING = frozenset("accord deny give grant offer refuse".split())
GIVEN = frozenset("access amnesty asylum bail entry immunity passage permission refuge sanctuary shelter".split())
"""What is given to somebody and has no article of its own."""
HELD_AS = frozenset({"captive", "hostage", "prisoner"})
WHOLES = frozenset({"casualty", "civilian", "death", "man", "member", "people", "person", "victim"})
"""Nouns behind which a comma tells of parts: "nine people, two policemen and ...". """
LISTED = frozenset({"adverbial_noun", "apposition"})
MENDED = frozenset(
    "adjective adverbial_clause adverbial_noun apposition compound conjunct object open_complement other preposition_object subject".split()
)
"""Relations that may be mended."""


def mend(sentence: Sentence) -> None:
    """Mend the tree of a sentence in place."""
    for token in sentence.tokens:
        if token.relation not in MENDED:
            continue
        if token.head.i == token.i + 2 and token.ent in SIDES:
            _join_sides(token, sentence)
        if token.relation == "adjective" and token.tag == "VBN":
            _take_joined(token, sentence)
        if token.lower == "free" and token.pos == "ADJ":
            _set_free(token)
        if token.relation == "conjunct" and token.head.relation == "relative_clause" and token.tag in PAST_OR_PRESENT:
            _close_relative_clause(token, sentence)
        if (
            token.relation == "conjunct"
            and token.tag == "VBD"
            and token.head.relation == "relative_clause"
            and _of_another(token)
        ):
            above = next((word for word in token.head.head.ancestors() if word.pos == "VERB"), token.head)
            _hang(token, above)  # "expelled a man who was held, and *gave him* two days to leave"
        if token.relation == "conjunct" and token.tag in PARTICIPLES and token.head.passive:
            _share_passive(token)
        elif token.relation == "conjunct" and token.tag in PAST_OR_PRESENT:
            _join_to_finite(token)
        elif token.relation == "adverbial_noun" and token.head.lemma in NAMING:
            _be_called(token)
        elif (
            token.relation == "adverbial_noun"
            and token.tag == "NNS"
            and token.head.kid("object", "passive_auxiliary") is None
        ):
            _suffer_beside_result(token)
        elif token.relation == "adverbial_clause" and token.tag in PAST_OR_PRESENT and token.head.tag == "VBD":
            _reduce_first_of_two(token, sentence)
        elif token.relation == "adverbial_clause" and token.tag == "VB":
            _go_with_ranked_noun(token, sentence)
        elif token.relation in LISTED and token.tag == "NNS" and token.kid("numeral") is not None:
            _go_on_list(token, sentence)
        elif token.relation == "apposition" and token.text[0].isupper():
            _stand_beside_noun(token, sentence)
        elif token.lower in HELD_AS and token.relation in ("object", "preposition_object"):
            _hold_as(token)
        elif token.lower in GIVEN and token.relation == "object" and token.head.lemma in GIVING:
            _give_to(token)
        elif token.relation == "adjective" and token.lower == "dead":
            _come_of_deed(token)
        elif token.relation == "adjective" and token.tag in PARTICIPLES and token.head.head is token.head:
            _tell_of_noun(token, sentence)
        elif token.relation == "open_complement" and token.tag == "VBD":
            _go_on(token)
        elif token.relation == "other" and token.tag == "VBD":
            _come_next(token)
        elif token.relation == "subject" and token.pos in ("NOUN", "PROPN"):
            _join_to_between(token, sentence)


def _join_sides(first: Token, sentence: Sentence) -> None:
    """Two states or sides that a hyphen joins are both meant: "*US*-Ruritanian strikes", "*Norland*-Sudria talks"."""
    second, hyphen = first.head, sentence.tokens[first.i + 1 - sentence.tokens[0].i]
    if hyphen.text not in HYPHENS or hyphen.ent or hyphen.start != first.end or second.start != hyphen.end:
        return
    states = first.ent != "ORG" and (second.ent == "NORP" or second.pos == "ADJ")
    sides = second.pos in ("PROPN", "ADJ") and second.head.lemma.lower() in BETWEEN and second.i < second.head.i
    if (states or sides) and second.text[0].isupper():
        first.relation = "conjunct"


def _take_joined(participle: Token, sentence: Sentence) -> None:
    """What a hyphen joins to a participle belongs to it, not to the noun behind: "the *UN*-brokered truce"."""
    at = participle.i - sentence.tokens[0].i
    if at < 2:
        return
    name, hyphen = sentence.tokens[at - 2 : at]
    joined = hyphen.text in HYPHENS and name.end == hyphen.start and hyphen.end == participle.start
    if joined and name.head is participle.head and name.relation in ("adjective", "compound", "noun_modifier"):
        for token in (name, hyphen):
            _hang(token, participle)
        name.relation, hyphen.relation = "adverbial_noun", "punctuation"


def _join_to_finite(verb: Token) -> None:
    """A finite verb goes on from a finite one: "Norland urged both to talk and *imposed* sanctions" tells what Norland did."""
    joined = verb.head
    if joined.quotation is not None and joined.head.pos == "VERB" and verb.kid("subject", "passive_subject") is None:
        _hang(verb, joined.head)  # what was said in quotation marks is no verb to go on from
        return
    modal = any(kid.tag == "MD" for kid in joined.kids("auxiliary"))
    if (joined.tag not in NOT_FINITE and not modal) or verb.kid("subject", "passive_subject") is not None:
        return
    if joined.tag == "VB" and not modal and not any(kid.lower == "to" for kid in joined.kids("auxiliary")):
        return
    if joined.tag == "VBG" and joined.kid("auxiliary") is not None:
        return
    finite = next((above for above in joined.ancestors() if above.tag in PAST_OR_PRESENT), None)
    if finite is None:
        return
    between = [
        kid for kid in joined.children if kid.relation in ("coordinator", "punctuation") and joined.i < kid.i < verb.i
    ]
    for token in [verb, *between]:
        _hang(token, finite)


def _share_passive(verb: Token) -> None:
    """A number before a participle suffers what the participle says: "nine people were killed and *twenty* injured", "... *two others*"."""
    subject = verb.kid("subject")
    counted = subject is not None and (subject.tag == "CD" or subject.kid("numeral") is not None)
    if subject is not None and counted and verb.kid("object", "auxiliary") is None:
        subject.relation = "passive_subject"
    elif subject is None and verb.tag in PAST_OR_PRESENT:
        _join_to_finite(verb)


def _suffer_beside_result(noun: Token) -> None:
    """Behind a verb and what comes of it stands who suffers it, and no measure: "shot dead *two men*"."""
    verb = noun.head
    result = verb.kid("object_predicate")
    if result is not None and verb.pos == "VERB" and verb.i < result.i < noun.i and not noun.kids("preposition_object"):
        noun.relation = "object"


def _be_called(noun: Token) -> None:
    """Behind the object of a verb of naming stands what it is called, and no measure: "branded the vote *a sham*"."""
    thing = noun.head.kid("object")
    if thing is not None and thing.i < noun.i and noun.ent not in ("DATE", "TIME"):
        noun.relation = "object_predicate"


def _set_free(word: Token) -> None:
    """ "To free" with those who are held behind it is a verb: "agreed *to free* prisoners", "refused *to free* them"."""
    if word.relation == "open_complement" and word.kid("auxiliary") is not None:
        word.pos, word.tag = "VERB", "VB"
        return
    held, to = word.head, word.head.head
    verb = to.head
    between = word.relation == "adjective" and held.lemma.lower() in FREED and held.relation == "preposition_object"
    if not between or to.lower != "to" or to.i != word.i - 1 or verb.pos != "VERB":
        return
    word.pos, word.tag, word.relation = "VERB", "VB", "open_complement"
    _hang(word, verb)
    _hang(to, word)
    to.pos, to.tag, to.relation = "PART", "TO", "auxiliary"
    _hang(held, word)
    held.relation = "object"


def _go_on_list(noun: Token, sentence: Sentence) -> None:
    """What is counted behind a comma and joined to more goes on a list: "six soldiers, *two policemen* and a judge"."""
    first = min(noun.subtree(), key=lambda token: token.i).i - sentence.tokens[0].i
    if first < 2 or sentence.tokens[first - 1].text != "," or noun.kid("conjunct", "apposition") is None:
        return
    before = noun.head if noun.relation == "apposition" else noun.head.kid("object")
    if before is None or before.i > noun.i or before.kid("numeral") is None or before.lemma in WHOLES:
        return
    _hang(noun, before)
    noun.relation = "conjunct"


def _hold_as(noun: Token) -> None:
    """The people before "hostage" are taken, and a hostage is what each becomes: "taking a number of *people hostage*"."""
    people = next((kid for kid in noun.kids("compound") if kid.tag == "NNS" and kid.i == noun.i - 1), None)
    verb = next((above for above in noun.ancestors() if above.pos == "VERB"), None)
    if people is None or verb is None or verb.i > noun.i:
        return
    relation = noun.relation
    _hang(people, noun.head)
    people.relation = relation
    for kid in [kid for kid in noun.children if kid.i < people.i]:
        _hang(kid, people)
    _hang(noun, verb)
    noun.relation = "object_predicate"


def _give_to(given: Token) -> None:
    """Whoever is given what has no article stands between: "granted *the former president* asylum", "denied *the mission* access"."""
    whom = next((kid for kid in given.kids("compound") if kid.i == given.i - 1 and kid.pos in ("NOUN", "PROPN")), None)
    before = [kid for kid in given.children if whom is not None and kid.i < whom.i]
    if whom is None or not any(kid.relation in ("determiner", "numeral", "possessive") for kid in before):
        return
    _hang(whom, given.head)
    whom.relation = "indirect_object"
    for kid in before:
        _hang(kid, whom)


def _come_of_deed(result: Token) -> None:
    """Right behind a verb of hurting, "dead" is what came of it, and says nothing of the noun behind: "shot *dead* five attackers"."""
    noun = result.head
    verb = noun.head
    if verb.lemma in DEADLY and noun.relation == "object" and result.i == verb.i + 1:
        _hang(result, verb)
        result.relation = "object_predicate"


def _go_on(verb: Token) -> None:
    """A past tense is no infinitive: behind "and" it goes on from the verb above ("denied arming them and *called* for talks")."""
    above = verb.head
    joined = any(kid.relation == "coordinator" and kid.i < verb.i for kid in [*above.subtree(), *verb.children])
    if above.tag in PAST_OR_PRESENT and joined and verb.i > above.i and verb.kid("subject", "passive_subject") is None:
        verb.relation = "conjunct"


def _tell_of_noun(verb: Token, sentence: Sentence) -> None:
    """A sentence without a verb has taken it for a participle: "The sniper *shot* villagers on Monday." tells what he did."""
    noun = verb.head
    before = sentence.tokens[: verb.i - sentence.tokens[0].i]
    if sentence.tokens[-1].text != "." or noun.pos != "NOUN" or noun.i != verb.i + 1 or not before:
        return
    doer = before[-1]
    if doer.pos not in ("NOUN", "PROPN", "ADJ") or doer.tag == "VBN" or before[0].relation not in ("determiner", "compound"):
        return
    if any(token.tag in FINITE for token in sentence.tokens if token is not verb) or any(
        kid.i > verb.i for kid in verb.children
    ):
        return
    if any(token.head not in (noun, verb, *before) for token in before):
        return
    noun.children.remove(verb)
    verb.head, verb.relation, verb.tag = verb, "root", "VBD"
    noun.head, noun.relation = verb, "object"
    verb.children.append(noun)
    if doer.head is not verb:
        _hang(doer, verb)
    doer.relation = "subject"
    for token in before[:-1]:
        if token.head in (noun, verb):
            _hang(token, doer)
    for token in [kid for kid in noun.children if kid.i > noun.i and kid.relation in ("preposition", "punctuation")]:
        _hang(token, verb)


def _come_next(verb: Token) -> None:
    """Of two past tenses with one subject, the second goes on from the first: "they accused him, then *shot* him"."""
    if verb.head.tag == "VBD" and verb.head.i < verb.i and verb.kid("subject", "passive_subject") is None:
        verb.relation = "conjunct"


def _of_another(verb: Token) -> bool:
    """Whether a verb has for its object, in a pronoun, whom the relative clause is about that it is joined to, so that another does it."""
    clause = verb.head
    undergone = clause.passive and clause.head.relation == "object" and verb.kid("subject", "passive_subject") is None
    return undergone and any(kid.lower in ("him", "her", "them") for kid in verb.kids("object", "indirect_object"))


def _join_to_between(noun: Token, sentence: Sentence) -> None:
    """What "between" names are two: "fighting between the army (FA) and *M23* went on" has the fighting for its only subject."""
    first = min(noun.subtree(), key=lambda token: token.i).i - sentence.tokens[0].i
    coordinator = sentence.tokens[first - 1] if first else noun
    one = coordinator.head
    if coordinator.relation != "coordinator" or one.relation != "preposition_object" or one.head.lower != "between":
        return
    if one.kid("conjunct") is None and any(kid is not noun for kid in noun.head.kids("subject")):
        _hang(noun, one)
        noun.relation = "conjunct"


def _close_relative_clause(verb: Token, sentence: Sentence) -> None:
    """The noun of a sentence without another verb is the subject of the one after the relative clause: "Harl, who was ill, *spoke*"."""
    noun = verb.head.head
    joined = [kid for kid in verb.head.children if kid.relation == "coordinator" and kid.i < verb.i]
    before = sentence.tokens[verb.i - sentence.tokens[0].i - 1]
    if noun.head is not noun or noun.pos not in ("NOUN", "PROPN") or joined or before.text != ",":
        return
    if verb.kid("subject", "passive_subject") is not None:
        return
    _hang(verb, noun)
    noun.children.remove(verb)
    verb.head, verb.relation = verb, "root"
    noun.head, noun.relation = verb, "subject" if not verb.kids("passive_auxiliary") else "passive_subject"
    verb.children.insert(0, noun)


def _reduce_first_of_two(verb: Token, sentence: Sentence) -> None:
    """Of two finite verbs with one subject and nothing that joins them, the first is a participle: "police sent to the square *fired*"."""
    first = verb.head
    subject = first.kid("subject")
    own = ("subject", "passive_subject", "marker", "auxiliary", "passive_auxiliary", "adverb")
    start = sentence.tokens[0].i
    between = sentence.tokens[first.i + 1 - start : verb.i - start]
    if subject is None or subject.i > first.i or verb.i < first.i or verb.kid(*own) is not None:
        return
    if first.kid("object", "auxiliary", "open_complement", "complement") is not None or any(
        token.relation in ("punctuation", "coordinator") and token.head in (first, verb) for token in between
    ):
        return
    first.tag = "VBN"
    above, relation = first.head, first.relation
    verb.relation = relation
    if above is first:
        first.children.remove(verb)
        verb.head = verb
    else:
        _hang(verb, above)
    _hang(subject, verb)
    if first.head is not first:
        first.head.children.remove(first)
    first.head, first.relation = subject, "noun_clause"
    subject.children.append(first)
    for kid in [kid for kid in first.children if kid.i > verb.i]:
        _hang(kid, verb)


def _go_with_ranked_noun(verb: Token, sentence: Sentence) -> None:
    """An infinitive right behind a noun that is ranked tells what the noun did: "the latest violence *to hit* the area"."""
    start = sentence.tokens[0].i
    if verb.i - start < 2 or sentence.tokens[verb.i - start - 1].tag != "TO":
        return
    noun = sentence.tokens[verb.i - start - 2]
    own = verb in noun.ancestors()  # "for the last troops to be out": they are what is out
    if noun.pos in ("NOUN", "PROPN") and noun.relation != "adverbial_noun" and is_ranked(noun) and not own:
        _hang(verb, noun)
        verb.relation = "relative_clause"


def is_ranked(noun: Token) -> bool:
    """Whether a noun is told by its place in a row: "the first country", "the heaviest raid"."""
    return any(kid.tag == "JJS" or kid.lower in RANKS for kid in noun.kids("adjective"))


def _stand_beside_noun(name: Token, sentence: Sentence) -> None:
    """A name right after a noun names that noun: "troops serving with the regional force SAMIDRC"."""
    first = min(name.subtree(), key=lambda token: token.i)
    if first.i == sentence.tokens[0].i:
        return
    before = sentence.tokens[first.i - sentence.tokens[0].i - 1]
    if before.pos == "NOUN" and before is not name.head and name.head in before.ancestors():
        _hang(name, before)


def _hang(token: Token, head: Token) -> None:
    """Hang a token on another, unless that stands below it: a tree has no rings."""
    if head is token or token in head.ancestors():
        return
    token.head.children.remove(token)
    token.head = head
    head.children.append(token)
    head.children.sort(key=lambda child: child.i)
