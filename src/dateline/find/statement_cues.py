"""Reporting words in a sentence, with their speakers and what they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.find.statement_content import Content, around, contents, phrase, quoted, rest_of_sentence, span_of
from dateline.find.statement_lexicon import Reporting, SpeechLexicon
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_speakers import Speaker, Speakers
from dateline.find.syntax import agents, grammatical_subject, is_passive, logical_object, logical_subject
from dateline.language import Sentence, Token

BEHIND = ("object", "attribute", "indirect_object", "complement")
"""Relations in which the speaker stands behind the verb of an inverted clause."""
CHANNEL_PREPOSITIONS = frozenset({"in", "via", "on", "during", "through", "over", "at"})
ASIDE = frozenset({"adverbial_clause", "parataxis", "complement", "relative_clause"})
UNREAL = frozenset("would could should may might must can will shall 'd ’d 'll ’ll ca wo to".split())
"""Auxiliaries under which nothing has been said yet."""


@dataclass(slots=True)
class Cue:
    """A reporting word in its sentence. `chain` are all who vouch, outermost first; the speaker is one of them."""

    token: Token
    meaning: Reporting
    speakers: list[Speaker]
    contents: list[Content]
    outer: list[Speaker] = field(default_factory=list)
    cited: list[Speaker] = field(default_factory=list)
    start: int = 0
    end: int = 0

    @property
    def chain(self) -> list[Speaker]:
        return [*self.outer, *self.speakers, *self.cited]


class Cues:
    """Finds the reporting words of sentences."""

    def __init__(self, lexicon: SpeechLexicon, speakers: Speakers, quoted: Quoted) -> None:
        self._lexicon = lexicon
        self._speakers = speakers
        self._quoted = quoted

    def of(self, sentence: Sentence) -> Iterator[Cue]:
        """The cues of a sentence in the order of the text; those without content too, since a quotation may stand next to them."""
        for token in sentence.tokens:
            if token.quotation is not None:
                continue
            if token.pos in ("VERB", "AUX"):
                yield from self._verb(token)
            if token.lower == "according" or (token.lower in self._lexicon.sources and token.pos == "ADP"):
                yield from self._according(token)
            elif token.pos == "NOUN" and token.lemma.lower() in self._lexicon.nouns:
                yield from self._noun(token)
            elif token.pos == "ADJ" and token.lower in self._lexicon.adjectives:
                yield from self._adjective(token)

    # -- verbs --

    def _verb(self, verb: Token) -> Iterator[Cue]:
        aside = self._aside(verb)
        if aside is not None:
            yield aside
            return
        meanings = self._lexicon.of_verb(verb)
        if not meanings or not (_really(verb) or self._led(verb)):
            return
        outer: list[Speaker] = []
        subjects = logical_subject(verb)
        if (
            verb.relation == "preposition_clause"
            and verb.head.lower == "as"
            and verb.head.head.lemma.lower() in ("quote", "cite")
        ):
            quoting = verb.head.head
            subjects, outer = logical_object(quoting), self._speakers.of(logical_subject(quoting))
        if any(
            kid.quotation is not None for kid in subjects
        ):  # "..., wrote Tal": the utterance's stub taken for the subject
            kids = [k for k in verb.kids("subject", *BEHIND) if k.quotation is None]
            subjects = [k for k in kids if k.relation == "subject"] or [k for k in kids if k.i > verb.i]
        elif not subjects and verb is verb.sentence.tokens[0] and verb.tag in ("VBD", "VBZ", "VBN"):  # "Said the mayor: ..."
            subjects = [k for k in verb.kids(*BEHIND) if k.quotation is None]
        elif verb.tag == "VBG" and not any(self._speakers.is_somebody(token) for token in subjects):
            subjects = self._above(verb) or subjects
        speakers = self._speakers.of(subjects) or self._speakers.in_front(verb)
        if not speakers:
            return
        somebody = any(self._speakers.is_somebody(token) for token in [*subjects, *(s.token for s in speakers)])
        fitting = [m for m in meanings if somebody or not m.somebody]
        if verb.lemma in ("quote", "cite") and any(_quoting(t) is verb for t in verb.subtree() if t.tag == "VBG"):
            return  # the participle is the cue
        for meaning in fitting:
            found = [c for c in self._contents(verb, meaning) if not _barred(c, meaning)]
            if found:
                yield self._cue(verb, meaning, speakers, found, outer)
                return
        if fitting:
            meaning = next((m for m in fitting if "clause" in m.content), fitting[0])
            yield self._cue(verb, meaning, speakers, self._lost(verb, meaning), outer)

    def _led(self, verb: Token) -> bool:
        """Whether an infinitive tells of speech that took place: "went on to say", "took to Twitter to call"."""
        above = verb.head
        while above.pos in ("ADJ", "ADV") and above.head is not above:  # "went as far as to say"
            above = above.head
        if verb.tag != "VB" or verb.relation not in ("open_complement", "adverbial_clause") or verb.negated:
            return False
        return (
            above.lemma.lower() in self._lexicon.leading
            and above.tag in ("VBD", "VBZ", "VBP", "VBN", "VBG")
            and _really(above)
        )

    def _aside(self, verb: Token) -> Cue | None:
        """ "as the mayor put it", with the sentence around it as its content."""
        meaning = self._lexicon.aside(verb)
        if meaning is None or verb.relation not in ASIDE or not any(m.lower == "as" and m.i < verb.i for m in verb.children):
            return None
        if any(
            kid.lower != "it" for kid in verb.kids("complement", "object")
        ):  # "as he announced a truce" has content of its own
            return None
        speakers = self._speakers.of(verb.kids("subject"))
        content = around(verb, verb.subtree())
        return self._cue(verb, meaning, speakers, [content]) if speakers and content is not None else None

    def _above(self, verb: Token) -> list[Token]:
        """The subject of the reporting verb that a participle's clause hangs from ("said it costs lives, adding that")."""
        for above in verb.ancestors():
            if above.pos == "VERB" and self._lexicon.of_verb(above):
                return logical_subject(above)
        return []

    def _lost(self, verb: Token, meaning: Reporting) -> list[Content]:
        """Content that the parser did not read as the verb's complement: quoted right behind it, around it, after it."""
        if (
            verb.head.quotation is not None and verb.relation == "parataxis"
        ):  # "“…,” Tal said, “…”": the utterance is the root
            return [
                *quoted(verb.head),
                Content(verb.head.quotation.inner_start, verb.head.quotation.inner_end, "quotation", verb.head),
            ]
        beside = self._quoted.next_to(verb.end)
        if beside is not None and {"clause", "quotation"} & set(meaning.content):
            return [Content(beside.inner_start, beside.inner_end, "quotation", verb)]
        if "clause" not in meaning.content or not verb.kids("subject") or is_passive(verb):
            return []
        uttered = any(t.quotation is not None and t.i > verb.i for t in verb.sentence.tokens)
        found = None if uttered else _inserted(verb)
        found = found or rest_of_sentence(verb, meaning.loose and not uttered)
        return [found] if found is not None and not _barred(found, meaning) else []

    def _contents(self, verb: Token, meaning: Reporting) -> list[Content]:
        be = verb.tag == "VBN" and any(a.lemma == "be" for a in verb.kids("auxiliary"))
        if not (is_passive(verb) or be) or _disguised(verb):
            found = [self._trimmed(c) for c in contents(verb, meaning)]
            beside = self._quoted.next_to(verb.end)
            if beside is not None and beside.kind == "speech":  # an utterance inside another, which the parser read through
                a, b = beside.inner_start, beside.inner_end
                inside = [c for c in found if c.head.quotation is None and a <= c.start < b]
                found = [c for c in found if c not in inside]
                found += [replace(c, start=a, end=b, frame="quotation") for c in inside[:1]]
            if len(found) > 1:  # a clause in front is the reporter's own where another follows the verb
                found = [c for c in found if c.start > verb.start or c.frame == "quotation"] or found
            return self._in_words(verb, found) if {"as", "predicate", "words"} & set(meaning.content) else found
        if {"object", "whole"} & set(meaning.content) and agents(verb):
            done_to = [verb.head] if verb.relation == "noun_clause" else grammatical_subject(verb)
            own = {t.i for t in verb.subtree()}
            span = span_of(
                [
                    t
                    for noun in done_to[:1]
                    for t in noun.subtree()
                    if t.i < verb.i or (t.i not in own and noun is not verb.head)
                ]
            )
            return [Content(*span, "object", done_to[0])] if span is not None else []
        return contents(verb, meaning) if agents(verb) or _quoting(verb) is not None else []

    def _named(self, verb: Token) -> Content | None:
        """Quoted words that follow a naming verb and its object: "calling the vote “a farce”"."""
        tokens = verb.sentence.tokens
        limit = min(verb.end + 80, tokens[-1].end)
        for token in tokens[verb.i - tokens[0].i + 1 :]:
            span = self._quoted.opening_at(token.start)
            if span is not None:
                joint = self._quoted.joined(span[1])  # "a “farce” and a “shame”"
                return Content(span[0], joint or span[1], "words", token)
            if token.start >= limit or token.pos == "VERB" or token.text == ",":
                return None
        return None

    def _trimmed(self, content: Content) -> Content:
        """Content without a last phrase that tells where it was said: "a new base in a speech on Friday"."""
        for token in content.head.subtree():
            if token.relation != "preposition" or token.lower not in CHANNEL_PREPOSITIONS or token.start <= content.start:
                continue
            named = any(noun.lemma.lower() in self._lexicon.channels for noun in token.kids("preposition_object"))
            last = token.subtree()[-1]
            behind = [t for t in token.sentence.tokens if t.i > last.i and t.start < content.end]
            if named and len(behind) <= 4 and not any(t.pos in ("VERB", "AUX") for t in behind):
                tokens = [t for t in token.sentence.tokens if content.start <= t.start and t.i < token.i]
                span = span_of(tokens)
                return replace(content, start=span[0], end=span[1]) if span is not None else content
        return content

    def _in_words(self, verb: Token, found: list[Content]) -> list[Content]:
        """Descriptions narrowed to their quoted words: "described the raid as “a disgrace”", "called it “a farce”"."""
        behind = self._named(verb)
        if not found or (behind is not None and behind.start >= found[-1].end):
            return [behind] if behind is not None else []
        spans = [span for c in found for span in self._quoted.inside(c.start, c.end)]
        spans += [(behind.start, behind.end)] if behind is not None else []
        if not spans:
            return found
        return [replace(found[0], start=min(a for a, _ in spans), end=max(b for _, b in spans))]

    def _cue(
        self,
        token: Token,
        meaning: Reporting,
        speakers: list[Speaker],
        found: Sequence[Content],
        outer: Sequence[Speaker] = (),
    ) -> Cue:
        cited = self._cited(token, speakers, found)
        return Cue(token, meaning, speakers, list(found), list(outer), cited, token.start, token.end)

    def _cited(self, verb: Token, speakers: Sequence[Speaker], found: Sequence[Content]) -> list[Speaker]:
        """Sources that the speaker leans on: "reported, citing officials"."""
        hosts = [verb, *(s.token for s in speakers), *(c.head for c in found)]
        for host in hosts:
            for kid in host.kids("adverbial_clause", "noun_clause", "open_complement", "preposition", "parataxis"):
                if kid.lower in self._lexicon.citing and kid.tag in ("VBG", "IN"):
                    objects = [t for t in kid.kids("object", "preposition_object") if self._speakers.is_somebody(t)]
                    return self._speakers.of(objects)
        return []

    # -- according to, nouns, adjectives --

    def _according(self, token: Token) -> Iterator[Cue]:
        if token.lower == "according":
            objects = [noun for name, _, noun in token.prepositions() if name == "to"]
            objects = objects or [
                n for p in token.head.kids("preposition") if p.lower == "to" for n in p.kids("preposition_object")
            ]
            meaning = self._lexicon.sources["according to"]
        else:
            objects = token.kids("preposition_object") if token is token.sentence.tokens[0] else []
            meaning = self._lexicon.sources[token.lower]
        sources = [t for t in objects if self._speakers.is_somebody(t) or t.pos == "PROPN"]
        speakers = self._speakers.of(sources)
        if not speakers:
            return
        inside = _phrase_of_source(token)
        content = around(token, inside)
        clause = next((a for a in token.ancestors() if a.relation == "relative_clause"), None)
        if clause is not None and content is not None and not _comma_before(token):
            rest = [t for t in clause.subtree() if t.i not in {x.i for x in inside}]
            span = span_of(rest)
            content = Content(*span, "around", clause) if span else content
        if content is not None:
            cue = self._cue(token, meaning, speakers, [content])
            to = next(iter(token.kids("preposition")), token)
            cue.end = max(to.end, token.end)
            yield cue

    def _noun(self, noun: Token) -> Iterator[Cue]:
        meaning = self._lexicon.nouns[noun.lemma.lower()]
        found: list[Content] = []
        for clause in noun.kids("noun_clause", "complement"):
            if "clause" in meaning.content and any(m.lower == "that" for m in clause.kids("marker")):
                found += phrase(clause, "clause")
            elif "infinitive" in meaning.content and clause.tag == "VB":
                span = span_of([t for t in clause.subtree() if t.i >= clause.i])
                found += [Content(*span, "infinitive", clause)] if span is not None else []
        if not found:
            return
        owners = noun.kids("possessive") or [
            n for name, _, n in noun.prepositions() if name in ("by", "from") and n.relation == "preposition_object"
        ]
        if "infinitive" in meaning.content:
            owners = []  # "his commitment to peace" reports nothing
        if not owners and noun.relation in ("object", "passive_subject") and noun.head.lemma.lower() in self._lexicon.light:
            owners = logical_subject(noun.head)  # "issued a warning that"
        speakers = self._speakers.of(owners)
        if speakers:
            yield self._cue(noun, meaning, speakers, found)

    def _adjective(self, adjective: Token) -> Iterator[Cue]:
        clauses = [k for k in adjective.kids("complement") if any(m.lower == "that" for m in k.kids("marker"))]
        if not clauses or adjective.relation != "adjective_complement" or adjective.head.negated:
            return
        speakers = self._speakers.of(grammatical_subject(adjective.head))
        if speakers:
            found = [content for clause in clauses for content in phrase(clause, "clause")]
            cue = self._cue(adjective, self._lexicon.adjectives[adjective.lower], speakers, found)
            cue.start = adjective.head.start
            yield cue


def _quoting(verb: Token) -> Token | None:
    """The verb "quote" or "cite" that a participle belongs to: "quoted the mayor as saying"."""
    if verb.tag != "VBG":
        return None
    if verb.relation == "preposition_clause" and verb.head.lower == "as":
        above = verb.head.head
    elif any(m.lower == "as" for m in verb.kids("marker")):
        above = verb.head
    else:
        return None
    above = above if above.pos == "VERB" else above.head
    return above if above.lemma.lower() in ("quote", "cite") else None


def _disguised(verb: Token) -> bool:
    """Whether the sentence's own verb was taken for a participle: "The minister, a former judge, pledged to resign"."""
    return verb.relation == "noun_clause" and verb.head.head is verb.head and verb.head.i < verb.i and not agents(verb)


def _phrase_of_source(according: Token) -> list[Token]:
    """The words of "according to ...": up to an utterance that the parser hung on it, or a phrase set off by a comma."""
    tokens = [t for t in according.subtree() if t.i >= according.i]
    inside: list[Token] = []
    for k, token in enumerate(tokens):
        after_comma = bool(inside) and inside[-1].text == ","
        if token.quotation is not None or (
            after_comma and token.relation in ("preposition", "adverb") and token.tag != "WRB"
        ):
            break
        if after_comma and according.head is according and _main_clause_at(tokens, k):
            break
        inside.append(token)
    return inside


def _main_clause_at(tokens: Sequence[Token], k: int) -> bool:
    """Whether what the parser took for an apposition is the sentence's own clause: it has a finite verb up to the next comma."""
    if tokens[k].tag in ("WDT", "WP", "WP$"):
        return False
    for token in tokens[k:]:
        if token.text == ",":
            return False
        if token.tag in ("VBD", "VBZ", "VBP", "MD"):
            return True
    return False


def _really(verb: Token) -> bool:
    """Whether the verb tells of speech that took place: not negated, not wished or possible."""
    auxiliaries = verb.kids("auxiliary", "passive_auxiliary")
    if verb.negated or any(a.lower in UNREAL for a in auxiliaries):
        return False
    host = verb
    while host.relation == "conjunct" and not auxiliaries and not host.kids("subject"):
        host = host.head
        auxiliaries = host.kids("auxiliary")
        if any(a.lower in UNREAL for a in auxiliaries):
            return False
    inverted = any(kid.quotation is not None for kid in verb.kids("subject"))  # "“…,” read the banner"
    return verb.tag != "VB" or bool(auxiliaries) or inverted


def _inserted(verb: Token) -> Content | None:
    """The sentence around an inserted "police said" that the parser did not read as its complement."""
    own = verb.subtree()
    comma = next((t.i for t in own if t.text == "," and t.i > verb.i), None)
    if comma is not None and verb.head is not verb:  # "…, the ministry said, …": what follows was hung on it by mistake
        own = [t for t in own if t.i < comma]
    if verb.head is verb:
        left = [
            k for k in verb.children if k.i < verb.i and k.relation in ("parataxis", "other", "adverbial_clause", "conjunct")
        ]
        if not left or not _has_comma(own, left[-1]):
            return None
        return next(phrase(left[-1], "around"), None)
    if (
        verb.relation not in ("parataxis", "complement", "adverbial_clause", "other")
        or verb.kids("marker")
        or verb.tag == "VBG"
    ):
        return None
    tail = [t for t in verb.sentence.tokens if t.i > own[-1].i and t.pos != "PUNCT"]
    words = [t for t in own if t.pos != "PUNCT"]
    front = own[0].text == "," or _comma_before(words[0])
    if len(own) > 12 or not (front or not tail) or (verb.i < verb.head.i and not front):
        return None
    return around(verb, own)


def _barred(content: Content, meaning: Reporting) -> bool:
    """Whether the content is none for this meaning: "claimed scores of lives", "denied them a visa"."""
    heads = [content.head, *(noun for name, _, noun in content.head.prepositions() if name == "of")]
    return any(head.lemma.lower() in meaning.barred for head in heads)


def _has_comma(tokens: Sequence[Token], after: Token) -> bool:
    return any(t.text == "," and t.i > after.i for t in tokens)


def _comma_before(token: Token) -> bool:
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    return k > 0 and tokens[k - 1].text in (",", "–", "—", "-")
