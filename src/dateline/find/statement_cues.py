"""Reporting words in a sentence, with their speakers and what they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.find.statement_clauses import comma_before, phrase_of_source
from dateline.find.statement_content import Content, around, phrase, span_of
from dateline.find.statement_lexicon import Reporting, SpeechLexicon
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_speakers import Speaker, Speakers
from dateline.find.statement_verbs import ReportingVerbs
from dateline.find.syntax import grammatical_subject, logical_subject
from dateline.language import Sentence, Token

LONGEST_SENTENCE = 600  # words; what is longer is a list or a table, and costs the square of its length
ASIDE = frozenset({"adverbial_clause", "parataxis", "complement", "relative_clause"})


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
        """All who vouch, outermost first: who quotes the speakers, these, and whom they cite."""
        return [*self.outer, *self.speakers, *self.cited]


class Cues:
    """Finds the reporting words of sentences."""

    def __init__(self, lexicon: SpeechLexicon, speakers: Speakers, quoted: Quoted) -> None:
        self._lexicon = lexicon
        self._speakers = speakers
        self._verbs = ReportingVerbs(lexicon, speakers, quoted)

    def of(self, sentence: Sentence) -> Iterator[Cue]:
        """The cues of a sentence in the order of the text; those without content too, since a quotation may stand next to them."""
        if len(sentence.tokens) > LONGEST_SENTENCE:
            return
        lexicon = self._lexicon
        for token in sentence.tokens:
            pos, lower = token.pos, token.lower
            if token.quotation is not None:
                continue
            if pos in ("VERB", "AUX") and ((lemma := token.lemma.lower()) in lexicon.verbs or lemma in lexicon.asides):
                cue = self._aside(token) or self._verb(token)
                if cue is not None:
                    yield cue
            if lower == "according" or (pos == "ADP" and lower in lexicon.sources):
                yield from self._according(token)
            elif pos == "NOUN" and token.lemma.lower() in lexicon.nouns:
                yield from self._noun(token)
            elif pos == "ADJ" and lower in lexicon.adjectives:
                yield from self._adjective(token)

    def _verb(self, verb: Token) -> Cue | None:
        told = self._verbs.read(verb)
        return self._cue(verb, told.meaning, told.speakers, told.contents, told.outer) if told is not None else None

    def _aside(self, verb: Token) -> Cue | None:
        """ "as the mayor put it", with the sentence around it as its content."""
        meaning = self._lexicon.aside(verb)
        if meaning is None or verb.relation not in ASIDE or not any(m.lower == "as" and m.i < verb.i for m in verb.children):
            return None
        if any(kid.lower != "it" for kid in verb.kids("complement", "object")):
            return None  # "as he announced a truce" has content of its own
        speakers = self._speakers.of(verb.kids("subject"))
        content = around(verb, verb.subtree())
        return self._cue(verb, meaning, speakers, [content]) if speakers and content is not None else None

    def _cue(
        self,
        token: Token,
        meaning: Reporting,
        speakers: list[Speaker],
        found: Sequence[Content],
        outer: Sequence[Speaker] = (),
    ) -> Cue:
        cited = self._cited(token, speakers, found)
        if found and len(speakers) == 1 and token.relation in ("root", "conjunct", "parataxis", "preposition"):
            self._speakers.heard(speakers[0])
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
        inside = phrase_of_source(token)
        content = around(token, inside)
        clause = next((a for a in token.ancestors() if a.relation == "relative_clause"), None)
        if clause is not None and content is not None and not comma_before(token):
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
