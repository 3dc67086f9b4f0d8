"""Where, around a reporting word, the words stand that it reports: clauses, quotations, noun phrases, infinitives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.find.statement_lexicon import Reporting
from dateline.find.syntax import agents
from dateline.language import Token

TRIMMED = frozenset({"PUNCT", "SPACE", "SYM"})
NOMINAL = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM"})
FRONT = frozenset({"that", "and", "but", "or"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
"""Tags of verbs that need no auxiliary to head a clause."""
OUTER = frozenset({"adverbial_clause", "conjunct", "preposition", "apposition", "adverbial_noun"})
CHARGES = frozenset("charge accusation allegation claim figure number toll assertion report statement denial move".split())
"""Nouns by which a reporter comments on what was just said: "a charge the army denied"."""
SPEAKING = frozenset(
    "say add cite quote note claim call blame accuse describe warn argue insist explain tell urge stress".split()
)
"""Verbs whose participle, behind indirect speech, has the same speaker and not the one spoken of ("..., adding that")."""
QUOTED = ("complement", "object", "open_complement", "attribute", "object_predicate", "parataxis", "subject", "other", "conjunct",
          "apposition", "adverbial_noun", "indirect_object", "adverbial_clause", "interjection", "adjective_complement")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """Half-open offsets of what was said, the kind of place where it stood, and the token that heads it."""

    start: int
    end: int
    frame: str
    head: Token


def span_of(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Offsets of a stretch of tokens, without "that" in front and punctuation at either end."""
    first, last = 0, len(tokens) - 1
    while first <= last and (tokens[first].pos in TRIMMED or (tokens[first].lower in FRONT and first < last)):
        first += 1
    while last >= first and (tokens[last].pos in TRIMMED or tokens[last].pos == "CCONJ"):
        last -= 1
    return (tokens[first].start, tokens[last].end) if first <= last else None


def phrase(token: Token, frame: str) -> Iterator[Content]:
    """The whole phrase that a token heads."""
    span = span_of(token.subtree())
    if span is not None:
        yield Content(*span, frame, token)


def stretch(first: Token, last: Token, frame: str) -> Iterator[Content]:
    """Everything from one phrase to the end of another."""
    tokens = [*first.subtree(), *last.subtree()]
    span = span_of(sorted(tokens, key=lambda t: t.i))
    if span is not None:
        yield Content(*span, frame, first)


def contents(verb: Token, meaning: Reporting) -> list[Content]:
    """What a reporting verb reports in one of its meanings, in the order of the text; empty where it reports nothing."""
    found: dict[tuple[int, int], Content] = {}
    for frame in meaning.content:
        for content in FRAMES.get(frame, _prepositional(frame))(verb):
            found.setdefault((content.start, content.end), content)
        if found:
            break
    return sorted(found.values(), key=lambda c: c.start)


def quoted(verb: Token) -> Iterator[Content]:
    """The utterances that complement a verb."""
    for kid in verb.children:
        if kid.quotation is not None and kid.relation in QUOTED:
            yield Content(kid.quotation.inner_start, kid.quotation.inner_end, "quotation", kid)


def _clause(verb: Token) -> Iterator[Content]:
    yield from quoted(verb)
    for kid in verb.kids("complement", "adjective_complement", "object_predicate", "open_complement"):
        if kid.relation == "open_complement" and verb.relation == "relative_clause" and kid.tag in FINITE:
            yield from _indirect(kid, verb)  # "which the station reported left many homeless"
        elif kid.pos == "ADJ" and verb.lemma == "make":  # "made it clear that"
            for below in kid.kids("complement"):
                yield from _indirect(below, verb)
        elif kid.relation == "complement" and kid.quotation is None:
            if any(
                t.text == ";"
                for t in verb.sentence.tokens[kid.i - verb.sentence.tokens[0].i : verb.i - verb.sentence.tokens[0].i]
            ):
                continue  # another sentence in front of the verb's own
            if _is_clause(kid, verb):
                yield from _indirect(kid, verb)
            elif kid.tag in FINITE:  # the clause's subject taken for the verb's object: "said this was untrue"
                for noun in verb.kids("object"):
                    if verb.i < noun.i < kid.i:
                        yield from stretch(noun, kid, "clause")


def _is_clause(token: Token, verb: Token) -> bool:
    """Whether a complement has a subject of its own, as indirect speech has, and is no question."""
    if any(kid.lower != "that" for kid in token.kids("marker")):
        return False
    if token.kids("subject", "passive_subject", "clausal_subject", "expletive"):
        return True
    return verb.relation == "relative_clause" and token.tag in FINITE  # "ads which they said were refused"


def _indirect(clause: Token, verb: Token) -> Iterator[Content]:
    """A clause of indirect speech, without the clauses in which the reporter goes on in his own voice."""
    left_out: set[int] = set()
    inside = clause.subtree()
    if verb.relation == "relative_clause" and clause.i > verb.i:  # "ads which they said were refused"
        left_out.update(t.i for t in inside if t.i < verb.i)
    behind = [t for t in inside if t.i > clause.i and t.relation in OUTER]
    for kid in behind:
        if kid.i not in left_out and _reporters_own(kid):
            left_out.update(t.i for t in kid.subtree())
    tokens = [t for t in inside if t.i not in left_out]
    day = tokens[0] if tokens else clause
    if day.relation == "preposition" and day.i == verb.i + 1 and any(n.ent in ("DATE", "TIME") for n in day.children):
        tokens = tokens[len(day.subtree()) :]  # "said on Friday it was ready": the day of saying so
    span = span_of(_segment(tokens, verb))
    if span is not None:
        yield Content(*span, "clause", clause)


def _segment(tokens: Sequence[Token], cue: Token) -> Sequence[Token]:
    """The part of a clause between semicolons that stands next to the cue: only that is what it reports."""
    cuts = [k for k, token in enumerate(tokens) if token.text == ";"]
    before = [k for k in cuts if tokens[k].i < cue.i]
    after = [k for k in cuts if tokens[k].i > cue.i]
    return tokens[before[-1] + 1 if before else 0 : after[0] if after else len(tokens)]


def _reporters_own(clause: Token) -> bool:
    """Whether a clause or apposition that hangs on indirect speech is rather about the speech than part of it."""
    if clause.relation in ("apposition", "adverbial_noun"):  # ", an accusation that the army rejected"
        return clause.lemma.lower() in CHARGES and bool(clause.kids("relative_clause", "complement", "noun_clause"))
    if clause.relation == "preposition":
        return clause.lower == "despite" and bool(clause.kids("preposition_clause"))
    first = clause.subtree()[0]
    tokens = clause.sentence.tokens
    k = first.i - tokens[0].i
    comma = k > 0 and tokens[k - 1].text == ","
    if clause.relation == "conjunct" and clause.kids("subject", "passive_subject"):
        joint = [t for t in clause.head.kids("coordinator") if t.i < clause.i]
        k = joint[-1].i - tokens[0].i if joint else k
        return bool(joint) and tokens[k - 1].text == "," and not any(m.lower == "that" for m in clause.kids("marker"))
    if clause.relation != "adverbial_clause":
        return False
    speaking = clause.lemma.lower() in SPEAKING
    if first.lower in ("while", "whereas"):
        return comma or speaking
    return comma and speaking and clause.tag == "VBG"


def _behind_adverbials(verb: Token, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens behind those that tell when, where and to whom something was said: "reported on Monday the men had left"."""
    k = 0
    for kid in verb.children:
        if kid.relation in ("preposition", "adverb", "adverbial_noun", "indirect_object") and k < len(tokens):
            inside = kid.subtree()
            k += len(inside) if inside[0].i == tokens[k].i else 0
    if k < len(tokens) and tokens[k].text == ",":  # "reported, citing the police, …"
        close = next((j for j in range(k + 1, min(k + 14, len(tokens))) if tokens[j].text == ","), None)
        if close is not None and tokens[k + 1].tag == "VBG":
            k = close + 1
    return tokens[k:]


def _starts_clause(tokens: Sequence[Token]) -> bool:
    """Whether a noun phrase and a finite verb stand in front: a clause, whatever the parser made of it."""
    for k, token in enumerate(tokens[:12]):
        if token.tag in FINITE or token.tag == "MD":
            return k > 0 and tokens[k - 1].pos in ("NOUN", "PROPN")
        if token.pos not in ("DET", "NOUN", "PROPN", "ADJ", "NUM", "PART", "ADP", "PRON") or token.tag in ("WDT", "WP"):
            return False
    return False


def rest_of_sentence(verb: Token, loose: bool) -> Content | None:
    """What follows a verb of saying where the parser lost the clause: from "that" to the end of the sentence.

    `loose` takes it from the next word on where there is no "that".
    """
    tokens: Sequence[Token] = [t for t in verb.sentence.tokens if t.i > verb.i]
    start = next((k for k, t in enumerate(tokens[:10]) if t.lower == "that" and t.text == "that"), None)
    if start is not None and any(t.pos in ("VERB", "PUNCT") for t in tokens[:start]):
        start = None
    if start is None:
        tokens = _behind_adverbials(verb, tokens)
        if not tokens or not (tokens[0].pos in NOMINAL or (loose and tokens[0].tag == "VBG")):
            return None
        addressed = tokens[0].pos == "PRON" and tokens[0].relation in ("object", "indirect_object")
        if addressed or not (loose or _starts_clause(tokens)):
            return None
        start = 0
    stop = next((k for k, t in enumerate(tokens) if t.text == ";"), len(tokens))
    rest = tokens[start:stop]
    if not any(t.tag in FINITE or t.tag == "MD" for t in rest):
        return None
    span = span_of(rest)
    return Content(*span, "rest", rest[0]) if span is not None else None


def _that(verb: Token) -> Iterator[Content]:
    for kid in verb.kids("complement"):
        if kid.quotation is None and any(m.lower == "that" for m in kid.kids("marker")):
            yield from phrase(kid, "that")
            return
    yield from _subjunctive(verb)


def _subjunctive(verb: Token) -> Iterator[Content]:
    """What somebody wants to be: "recommended residents boil water", "insisted that he be freed"."""
    for kid in verb.kids("complement"):
        forms = [kid, *kid.kids("passive_auxiliary")]
        subject = kid.kids("subject", "passive_subject")
        plain = any(t.tag == "VB" for t in forms) and not kid.kids("auxiliary")
        if kid.quotation is None and subject and plain and not any(t.tag in ("WDT", "WP", "WRB") for t in kid.subtree()[:1]):
            yield from phrase(kid, "that")


def _whether(verb: Token) -> Iterator[Content]:
    for kid in verb.kids("complement"):
        first = kid.subtree()[0]
        if first.lower in ("whether", "if", "why", "how", "what", "when", "where", "who"):
            yield from phrase(kid, "whether")


def _object(verb: Token) -> Iterator[Content]:
    nouns = [kid for kid in verb.kids("object") if kid.quotation is None and kid.i > verb.i]
    if not nouns or nouns[0].pos not in ("NOUN", "PROPN"):
        return
    tokens = [t for noun in nouns for t in noun.subtree()]
    purpose = [t for t in verb.kids("adverbial_clause", "open_complement") if t.tag == "VB" and t.i > tokens[-1].i]
    if purpose and purpose[0].subtree()[0].i == tokens[-1].i + 1:  # "announced a force to guard the dam"
        tokens += purpose[0].subtree()
    for clause in (t for t in tokens if t.relation == "relative_clause" and t.subtree()[0].lower in ("which", "who")):
        last = clause.subtree()[-1]
        if last.i == tokens[-1].i:  # what the reporter adds about it
            tokens = [t for t in tokens if t.i < clause.subtree()[0].i]
            break
    span = span_of(tokens)
    if span is not None:
        yield Content(*span, "object", nouns[0])


def _onward(verb: Token) -> Iterator[Content]:
    """The object and all that follows in the verb's clause: "reported nine deaths in the camp on Friday"."""
    nouns = [kid for kid in verb.kids("object") if kid.quotation is None and kid.i > verb.i and kid.pos in ("NOUN", "PROPN")]
    if nouns:
        tokens = list(nouns[0].subtree())
        for kid in verb.children:
            if (
                kid.i > nouns[0].i
                and kid.lower != "to"
                and kid.relation in ("preposition", "object", "adverbial_noun", "noun_clause")
            ):
                tokens += kid.subtree()
        span = span_of(sorted(tokens, key=lambda t: t.i))
        if span is not None:
            yield Content(*span, "onward", nouns[0])


def _infinitive(verb: Token) -> Iterator[Content]:
    for kid in verb.kids("open_complement", "complement", "adverbial_clause"):
        to = [aux for aux in kid.kids("auxiliary") if aux.lower == "to"]
        if to and kid.i > verb.i:
            inside = [t for t in kid.subtree() if t.i > to[0].i]
            span = span_of(inside)
            if span is not None:
                yield Content(*span, "infinitive", kid)


def _gerund(verb: Token) -> Iterator[Content]:
    for kid in verb.kids("open_complement", "complement"):
        if kid.i > verb.i and (kid.tag == "VBG" or any(aux.lower == "having" for aux in kid.kids("auxiliary"))):
            yield from phrase(kid, "gerund")


def _names_only(marker: Token) -> bool:
    """Whether "as" only gives a name: "identified only as Omar"."""
    tokens = marker.sentence.tokens
    k = marker.i - tokens[0].i
    return k > 0 and tokens[k - 1].lower in ("only", "just", "simply", "solely")


def _as(verb: Token) -> Iterator[Content]:
    hosts = [verb, *verb.kids("object"), *(p for p in verb.kids("preposition") if p.lower == "to")]
    hosts += [noun for host in hosts if host.pos == "ADP" for noun in host.kids("preposition_object")]
    for host in hosts:
        for below in host.kids("preposition", "adverbial_clause"):
            marker = below if below.relation == "preposition" else next(iter(below.kids("marker")), below)
            if marker.lower == "as" and below.i > verb.i and not _names_only(marker):
                objects = [t for t in verb.kids("object") if verb.i < t.i < below.i]
                yield from stretch(objects[0], below, "as") if objects else phrase(below, "as")
                return


def _predicate(verb: Token) -> Iterator[Content]:
    for kid in verb.kids("object_predicate", "complement", "open_complement"):
        if kid.quotation is None and kid.i > verb.i and kid.pos in ("NOUN", "PROPN", "ADJ", "VERB") and kid.tag != "VB":
            subjects = kid.kids("subject")
            if subjects:  # "called the law a disgrace" parsed as a small clause
                rest = [t for t in kid.subtree() if t.i > subjects[0].i and t not in subjects[0].subtree()]
                span = span_of(rest)
                if span is not None:
                    yield Content(*span, "predicate", kid)
            else:
                yield from phrase(kid, "predicate")


def _whole(verb: Token) -> Iterator[Content]:
    objects = verb.kids("object")
    complements = [p for p in verb.kids("preposition") if p.lower in ("to", "as", "on") and p.i > verb.i]
    if objects and complements:
        yield from stretch(objects[0], complements[-1], "whole")
    elif objects:  # the preposition hung on the object
        inner = [p for p in objects[0].kids("preposition") if p.lower in ("to", "as", "on")]
        if inner:
            yield from phrase(objects[0], "whole")


def _prepositional(frame: str) -> Callable[[Token], Iterator[Content]]:
    """Content behind a preposition; "object of" takes the verb's object in as well ("accused the army of hiding them")."""
    with_object = frame.startswith("object ")
    name = frame.removeprefix("object ")

    def find(verb: Token) -> Iterator[Content]:
        objects = verb.kids("object") if with_object else []
        hosts = [verb, *objects, *agents(verb)]
        for host in hosts:
            for prep in host.kids("preposition"):
                if prep.lower != name or prep.i < verb.i:
                    continue
                if with_object and objects:
                    yield from stretch(objects[0], prep, frame)
                    return
                if not with_object:
                    for noun in prep.kids("preposition_object", "preposition_clause"):
                        yield from phrase(noun, frame)
        for clause in verb.kids("adverbial_clause", "complement"):  # "pressed for the army to leave"
            markers = [m for m in clause.kids("marker") if m.lower == name and m.i == verb.i + 1]
            if markers and not with_object:
                span = span_of([t for t in clause.subtree() if t.i > markers[0].i])
                if span is not None:
                    yield Content(*span, frame, clause)

    return find


FRAMES: Mapping[str, Callable[[Token], Iterator[Content]]] = {
    "clause": _clause, "quotation": quoted, "that": _that, "subjunctive": _subjunctive, "whether": _whether,
    "object": _object, "onward": _onward, "infinitive": _infinitive, "gerund": _gerund, "as": _as,
    "predicate": _predicate, "words": quoted, "whole": _whole,
}  # fmt: skip
"""Name of a place where content may stand -> what finds it there. Any other name is a preposition."""


def around(cue: Token, inside: Iterable[Token]) -> Content | None:
    """What an inserted clause or phrase ("police said", "according to police") is about: the sentence it stands in.

    `inside` are the tokens of the insertion. Where it opens or closes the sentence, the content is the rest; where it stands in
    the middle, the content reaches round it.
    """
    own = {token.i for token in inside}
    tokens = _segment(cue.sentence.tokens, cue)
    for previous, token in pairwise(tokens):
        if token.quotation is not None and previous.text in (":", ";"):  # "According to her, all is lost: ..."
            tokens = [t for t in tokens if t.i < previous.i]
            break
    first, last = min(own), max(own)
    before = [t for t in tokens if t.i < first]
    front, back = span_of(before), span_of(_without_apposition([t for t in tokens if t.i > last]))
    if front is None or _is_connective(before):
        span = back
    elif back is None:
        span = front
    else:
        span = (front[0], back[1])
    if span is None:
        return None
    head = next((t for t in tokens if span[0] <= t.start < span[1] and t.i not in own and t.head is t), cue)
    return Content(*span, "around", head)


def _without_apposition(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words behind a source without what explains it: "(according to the Observatory,) a monitoring group, nine died"."""
    words = [t for t in tokens if t.pos not in TRIMMED]
    subjects = [t for t in words if t.relation == "subject"]
    if len(subjects) < 2 or subjects[0].head is not subjects[1].head or subjects[0].subtree()[0] is not words[0]:
        return tokens
    return [t for t in tokens if t.i > subjects[0].subtree()[-1].i]


def _is_connective(tokens: Sequence[Token]) -> bool:
    """Whether the words in front of an insertion only connect ("But", "Meanwhile,")."""
    words = [t for t in tokens if t.pos not in TRIMMED]
    return len(words) <= 2 and all(t.pos in ("CCONJ", "ADV", "SCONJ") for t in words)
