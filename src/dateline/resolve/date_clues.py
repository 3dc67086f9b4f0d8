"""How a time and an act hang together in the tree, and how an act is told: what dating asks about grammar.

A time belongs to the act that it hangs on. It belongs to an act below the word that it hangs on where the two are one going-on
("the council passed the bill on Monday": the passing, and the bill's passage), and to one above where it stands in a clause that
says no more than when the act was ("the attack, which took place on Monday").
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.find.syntax import PLACE_LABELS
from dateline.language import Token
from dateline.model import Days, Time
from dateline.resolve.date_governors import is_noun, other_governor

BY_A_CLAUSE = "a clause about it says when"
CLIMB = 12
"""How many words up the tree a connection is followed."""
STEM = 5
"""Letters by which two triggers are taken for forms of one word ("arrested", "arrests")."""
REPORTING = frozenset(
    "accord acknowledge add admit allege announce argue assert blame boast claim comment complain conclude confirm declare deny "
    "disclose explain express indicate inform insist maintain mention note observe quote read reiterate remark repeat reply "
    "report respond reveal say speak state stress suggest tell testify tweet underline warn write".split()
)
"""Verbs whose time is that of the saying, not of what is said."""
SAYING = frozenset({"say", "report", "tell"})
"""Verbs with which news says who told of an act, as a rule on its own day."""
LIGHT = frozenset(
    "be begin break carry cause come commence commit conclude conduct continue convene date deliver do end erupt execute "
    "experience explode file follow give go happen have hit hold issue kick launch lead lodge make mount occur open pass perform "
    "place publish put receive release resume schedule see set sign stage start strike submit suffer take time undergo unleash "
    "wage".split()
)
"""Verbs that carry the act that their subject or object names: when the verb, then the act."""
MAKING = frozenset(
    "announce approve carry declare enact impose introduce levy order organise organize proclaim unveil".split()
)
"""Verbs that bring about what their noun names: "the state of emergency that he declared on Friday"."""
HAPPENING = frozenset("begin end erupt happen occur start take".split())
"""Verbs that say of an act only that it was."""
CONTAINERS = frozenset(
    "beginning campaign close couple day dozen dozens end handful hundreds kind number onset outbreak pair part period phase round "
    "scores series spate start string thousands wave".split()
)
"""Nouns that stand for the acts they are made of: "the latest wave of arrests"."""
ARGUMENTS = frozenset({"object", "subject", "passive_subject", "attribute", "agent", "indirect_object"})
TOGETHER = frozenset({"auxiliary", "conjunct", "open_complement", "object_predicate", "particle"})
PART_OF_NOUN = frozenset({"compound", "apposition", "noun_modifier"})
SETTING = frozenset({"at", "during", "in", "on", "of"})
"""Prepositions whose noun sets the scene for the clause."""
AT = frozenset({"at", "during", "in"})
"""Prepositions whose noun may be what an act was done at."""
WITHIN = frozenset("amid as at by during in into of through throughout under via with".split())
"""Prepositions whose noun is of the same time as what they hang on."""
OTHER_TIME = frozenset("after although because before given if since though unless until whereas".split())
"""Conjunctions whose clause is of another time than the one above."""
OPENING = frozenset({"on", "in", "late", "early", "since", "by", "during"})
"""Words that open a sentence with its time."""
STRETCHES = frozenset({"week", "month", "quarter", "season", "year", "decade"})
"""Grains of a time that may hold many acts."""
TOO_LONG = frozenset({"decade", "century"})
"""Grains of times that date nothing that a report tells."""
CLAUSES = frozenset({"adverbial_clause", "noun_clause", "preposition_clause"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both", "all", "his", "her", "its", "their"})


@dataclass(frozen=True, slots=True)
class PlacedTime:
    """A time and where it hangs.

    `governor` is the first word above it that is no preposition and no part of it; `around` the verb of the clause, where that
    word only sets the scene for it ("at Monday's meeting he said"), or where the time opens the sentence. `since_then` are the
    days from it to the article's day, where its clause says "since".
    """

    time: Time
    head: Token
    governor: Token
    days: Days
    around: Token | None = None
    since_then: Days | None = None


def place(
    time: Time, days: Days, inside: Sequence[Token], head: Token, today: date | None, doing: Container[int] = ()
) -> PlacedTime:
    """Find where a time hangs; `doing` are the words of acts."""
    members = {token.i for token in inside}
    governor = head
    while governor.head is not governor and (
        governor.i in members or governor.pos in ("ADP", "SCONJ", "PART", "ADV") or governor.ent in PLACE_LABELS
    ):
        governor = governor.head  # "the killings in Norville last month": no town has a day
    governor = other_governor(governor, inside, head, doing)
    since = today is not None and days.first <= today and _in_since(governor)
    return PlacedTime(
        time,
        head,
        governor,
        days,
        _scene(governor, inside[0], head),
        Days(days.first, today) if today is not None and since else None,
    )


def _in_since(governor: Token) -> bool:
    """Whether what a time hangs on is that since which something else is told: "since they left on", "since the raid on Monday"."""
    marks = [governor.head] if governor.relation == "preposition_object" else governor.kids("marker")
    return any(mark.lower == "since" and not ranked_before(mark) for mark in marks)


def _scene(governor: Token, first: Token, head: Token) -> Token | None:
    """The verb that a time sets the scene for, where that is not the word that it hangs on."""
    around = governor
    while around.pos not in ("VERB", "AUX") and around.relation == "preposition_object" and around.head.lower in SETTING:
        around = around.head.head
    tokens = head.sentence.tokens
    if around is governor and first.i - tokens[0].i <= 1 and tokens[0].lower in (*OPENING, first.lower):
        around = next((root for root in head.sentence.roots if root.pos in ("VERB", "AUX")), around)
    return around if around is not governor else None


def scene_of(token: Token) -> list[Token]:
    """The nouns that the verb of an act sets it at: "apologised during the hearing", "was removed at the meeting"."""
    verb = next((word for word in (token, *token.ancestors()) if word.pos in ("VERB", "AUX")), token)
    return [
        noun
        for kid in verb.kids("preposition")
        if kid.lower in AT
        for noun in kid.kids("preposition_object")
        if noun.pos == "NOUN"
    ]


def stem(token: Token) -> str:
    """The first letters of a word, by which its forms are recognised."""
    return token.lemma.lower()[:STEM]


def is_definite(token: Token) -> bool:
    """Whether a noun is introduced as known: "the attack", "his arrest", "Monday's vote"."""
    determiner = token.kid("determiner", "possessive")
    return determiner is not None and (determiner.relation == "possessive" or determiner.lower in DEFINITE)


def is_perfect(token: Token) -> bool:
    """Whether a verb is in the perfect, which tells that something has happened and not when."""
    return any(kid.lower in ("have", "has", "had", "'ve", "’ve", "having") for kid in token.kids("auxiliary"))


def is_pluperfect(token: Token) -> bool:
    """Whether a verb tells of what had happened before."""
    return any(kid.lower in ("had", "'d", "’d") for kid in token.kids("auxiliary"))


def by_syntax(
    trigger: Token, matched: frozenset[int], times: Sequence[PlacedTime], actual: bool
) -> tuple[PlacedTime, str] | None:
    """The time of the trigger's sentence that dates it, and how it hangs on it; None where syntax does not tell.

    What is planned or demanded takes only a time of its own: "asked on Monday that they leave" does not say when they leave.
    """
    times = [p for p in times if p.time.grain not in TOO_LONG]
    if not times:
        return None
    on_it = [p for p in times if p.governor.i in matched]
    if on_it:
        return _nearest(trigger, on_it), "the time hangs on it"
    below = _below(trigger, times, actual)
    if below is not None:
        return below, BY_A_CLAUSE
    if is_pluperfect(trigger):
        return None
    scene = next((p for p in times if p.around is not None and p.around.i in matched), None) or _since(trigger, times)
    if scene is not None and actual:
        return scene, "the scene is set for it"
    if actual and _tells_on(trigger):
        opening = next((p for p in times if _opens(p)), None)
        if opening is not None:
            return opening, "the time that opens the sentence is its own"
    for word, why in _above(trigger, actual):
        found = [
            p
            for p in times
            if (p.governor is word or (p.governor.head is word and _only_carries(p.governor)))
            and (p.head.i > trigger.i or not _elsewhere(trigger, word))
        ]
        if found:
            return _nearest(trigger, found), why
        scene = next((p for p in times if p.around is word), None) or _since(word, times)
        if scene is not None and actual:
            return scene, why
    return None


def _opens(placed: PlacedTime) -> bool:
    """Whether the sentence opens with the time, set off by nothing but a preposition: "On Tuesday, …"."""
    first = placed.head.sentence.tokens[0]
    return first.lower in OPENING and placed.time.start <= first.end + 1 and placed.time.direction == "at"


def _tells_on(trigger: Token) -> bool:
    """Whether a past verb stands in the main line of its sentence, in no clause that is said, thought or about a noun."""
    past = trigger.tag == "VBD" or any(
        kid.lower in ("was", "were") for kid in trigger.kids("passive_auxiliary", "auxiliary")
    )
    if trigger.pos != "VERB" or not past:
        return False
    word = trigger
    while word.head is not word and word.relation in ("conjunct", "adverbial_clause"):
        if any(kid.lower in OTHER_TIME for kid in word.kids("marker")):
            return False
        word = word.head
    noun_for_root = word.relation == "noun_clause" and word.head.relation == "root" and is_noun(word.head)
    return word.head is word or noun_for_root  # "a man, named only as Omar, was held": the parser's root is the man


def as_reported(trigger: Token, times: Sequence[PlacedTime]) -> PlacedTime | None:
    """The day of the report, where a past act is told with no other time: "Guards shot four men, a doctor said on Tuesday"."""
    if len(times) != 1 or is_perfect(trigger):
        return None
    verb = times[0].governor
    said = verb.lemma.lower() in SAYING and times[0].time.grain == "day"
    clause = trigger
    while clause.head is not clause and clause.pos not in ("VERB", "AUX"):
        clause = clause.head
    past = clause.tag == "VBD" or any(kid.lower in ("was", "were") for kid in clause.kids("passive_auxiliary", "auxiliary"))
    return times[0] if said and past and clause is not verb else None


def of_plan(trigger: Token, times: Sequence[PlacedTime], today: date) -> tuple[PlacedTime, str] | None:
    """A day to come that hangs on a word below a plan: "are due to vote on the request on Thursday"."""
    for placed in times:
        if placed.days.first >= today and _leads_up(placed.governor, trigger):
            return placed, "the time to come hangs on what is planned"
    return None


def _leads_up(word: Token, trigger: Token) -> bool:
    """Whether a word stands below the trigger in no clause of its own."""
    while word.head is not word and word.relation not in ("conjunct", "relative_clause", "adverbial_clause", "complement"):
        word = word.head
        if word is trigger:
            return True
    return False


def is_aside(token: Token) -> bool:
    """Whether a word stands in a clause that says of somebody or something who or what it is."""
    return token.relation == "relative_clause" or any(word.relation == "relative_clause" for word in token.ancestors())


def of_another(placed: PlacedTime, trigger: Token) -> bool:
    """Whether a time is of somebody or something else that the sentence tells of: in an aside ("the governor, who was elected in
    2019"), or a part of its name ("the accord of 3 May")."""
    around = {trigger.i, *(word.i for word in trigger.ancestors())}
    if is_noun(placed.governor) and placed.governor.i not in around:
        return any(word.lower == "of" and word.head is placed.governor for word in placed.head.ancestors())
    for word in (placed.governor, *placed.governor.ancestors()):
        if word.i in around:
            return False
        if word.relation == "relative_clause":
            return True
    return False


def _elsewhere(trigger: Token, word: Token) -> bool:
    """Whether a phrase of another time leads from the word down to the trigger: "held on Monday for the attack"."""
    token = trigger
    while token is not word and token.head is not token:
        if token.relation in ("preposition_object", "preposition_clause") and token.head.lower not in WITHIN:
            return True
        token = token.head
    return False


def _only_carries(verb: Token) -> bool:
    """Whether an infinitive only says that something is to happen: "is set to open"."""
    return verb.relation == "open_complement" and verb.lemma.lower() in LIGHT and not verb.kids("object")


def _nearest(trigger: Token, times: Sequence[PlacedTime]) -> PlacedTime:
    return min(times, key=lambda p: abs(p.head.i - trigger.i))


def ranked_before(time: Token) -> bool:
    """Whether a time with "since" only sets off a rank: "the first attack in Karsa since 2016", "the heaviest rain since May"."""
    tokens = time.sentence.tokens
    for k in range(time.i - tokens[0].i - 1, -1, -1):
        if tokens[k].pos in ("VERB", "AUX"):
            return False
        if tokens[k].tag in ("JJS", "RBS") or tokens[k].lower in ("first", "last", "only"):
            return True
    return False


def only_ranks(time: Time, head: Token) -> bool:
    """Whether a stretch only says among what something is the second or the worst: "the *second* such raid *this year*"."""
    if time.grain not in STRETCHES:
        return False
    tokens = head.sentence.tokens
    for token in reversed(tokens[: head.i - tokens[0].i]):
        if token.start >= time.start:
            continue
        if token.pos in ("VERB", "AUX", "PUNCT"):
            return False
        if token.tag == "JJS" or token.ent == "ORDINAL" or token.lower in ("first", "last", "such"):
            return True
    return False


def _since(word: Token, times: Sequence[PlacedTime]) -> PlacedTime | None:
    """A time in a clause with "since" that hangs on the word: "have fled since shelling began in June"."""
    clauses = {kid.i for kid in word.kids("adverbial_clause")}
    clauses |= {noun.i for name, _, noun in word.prepositions() if name == "since"}
    found = next((p for p in times if p.since_then is not None and p.governor.i in clauses), None)
    return replace(found, days=found.since_then) if found is not None and found.since_then is not None else None


def _below(trigger: Token, times: Sequence[PlacedTime], actual: bool) -> PlacedTime | None:
    """A time that hangs on a clause about the trigger ("an order dated Monday"), or on a verb that shares its object."""
    clauses = {
        kid.i
        for kid in trigger.kids("noun_clause", "relative_clause")
        if kid.lemma.lower() in LIGHT | MAKING and all(noun.lower in ("that", "which") for noun in kid.kids("object"))
    }
    for noun in _inside(trigger):  # "the closing of the port, which happened on Tuesday"
        clauses |= {kid.i for kid in noun.kids("relative_clause") if _happens(kid)}
    if trigger.pos == "VERB" and not trigger.kids("object"):  # "shuttered and seized the site in March"
        clauses |= {
            kid.i for kid in trigger.kids("conjunct") if kid.pos == "VERB" and not kid.kids("subject", "passive_subject")
        }
    if trigger.tag in ("VBD", "VBN") and not trigger.passive:  # "voted to lift it on Saturday"
        clauses |= {kid.i for kid in trigger.kids("open_complement") if kid.tag == "VB"}
    if trigger.pos == "VERB" and actual:  # "donors meeting in Oslo on Monday pledged aid"
        clauses |= {kid.i for noun in trigger.kids("subject") for kid in noun.kids("noun_clause") if kid.tag == "VBG"}
    if is_noun(trigger) and trigger.relation == "root":  # "A coup toppled him in 2006", its verb taken for a participle
        clauses |= {kid.i for kid in trigger.kids("noun_clause")}
    return next((p for p in times if p.governor.i in clauses), None)


def _happens(verb: Token) -> bool:
    """Whether a verb says of something only that it was: "took place", "began", "went into effect"."""
    lemma = verb.lemma.lower()
    if lemma in ("come", "enter", "go", "take"):
        nouns = [*verb.kids("object"), *(noun for name, _, noun in verb.prepositions() if name == "into")]
        return any(noun.lower in ("effect", "force", "place") for noun in nouns)
    return lemma in HAPPENING and not verb.kids("object")


def _inside(trigger: Token) -> list[Token]:
    """The nouns of the phrases behind a noun, where a relative clause about it may hang by mistake."""
    found = [noun for _, _, noun in trigger.prepositions()] if is_noun(trigger) else []
    return [*found, *(inner for noun in found for _, _, inner in noun.prepositions())]


def _above(trigger: Token, actual: bool) -> list[tuple[Token, str]]:
    """The words above a trigger whose time is the trigger's as well, nearest first, with the reason."""
    found: list[tuple[Token, str]] = []
    token = trigger
    for _ in range(CLIMB):
        head, relation = token.head, token.relation
        if head is token:
            break
        light = head.lemma.lower() in LIGHT
        if relation in TOGETHER:
            own_clause = bool(token.kids("subject", "passive_subject"))
            other_tense = is_perfect(token) and not is_perfect(head)  # "met on Monday and has agreed"
            if (not actual and relation != "conjunct" and not light) or (
                relation == "conjunct" and (own_clause or other_tense)
            ):
                break
            found.append((head, "it is told together with what the time hangs on"))
        elif relation in PART_OF_NOUN:
            found.append((head, "it is part of what the time hangs on"))
        elif relation in ARGUMENTS:
            if (not actual and not light) or (
                relation == "object" and is_definite(token) and head.lemma.lower() in REPORTING
            ):
                break
            found.append((head, "its verb carries the time"))
        elif not actual:
            break
        elif relation == "preposition_object":
            if head.lower in OTHER_TIME or head.lower == "following":
                break  # "after a trial they were jailed on Monday"
            noun = head.head
            contained = head.lower == "of" and noun.lemma.lower() in CONTAINERS
            if noun.pos not in ("VERB", "AUX") and not contained and noun.head.lemma != "be":
                break
            found.append((head, "the clause around it carries the time"))
        elif relation == "noun_clause" and token.tag == "VBN":
            break  # "the tanks captured": before they were destroyed
        elif relation == "adverbial_clause" and any(kid.lower in OTHER_TIME for kid in token.kids("marker")):
            break
        elif relation == "preposition" or relation in CLAUSES or (relation == "adverb" and head.lemma == "be"):
            found.append((head, "the clause around it carries the time"))
        elif relation == "complement" and head.i < token.i and head.lemma.lower() not in REPORTING:
            found.append((head, "the clause above it carries the time"))
        else:
            break
        token = head
    return found
