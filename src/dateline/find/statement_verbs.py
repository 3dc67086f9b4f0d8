"""What a reporting verb reports, and who its speaker is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.find.statement_clauses import (
    in_disguise,
    inserted,
    quoting_verb,
    really_said,
    told_of_others,
    trailing_speaker,
)
from dateline.find.statement_content import FRAMES, Content, around, contents, quoted, rest_of_sentence, span_of
from dateline.find.statement_lexicon import Reporting, SpeechLexicon
from dateline.find.statement_quoted import Quoted
from dateline.find.statement_speakers import Speaker, Speakers
from dateline.find.syntax import agents, grammatical_subject, logical_object, logical_subject
from dateline.language import Token

BEHIND = ("object", "attribute", "indirect_object", "complement")
"""Relations in which the speaker stands behind the verb of an inverted clause."""
CHANNEL_PREPOSITIONS = frozenset({"in", "via", "on", "during", "through", "over", "at"})
NARROWED = frozenset({"as", "predicate", "words"})
"""Places of content that give way to quoted words: "described the raid as “a disgrace”"."""
REACH = 80  # characters behind a naming verb in which its quoted words begin


@dataclass(frozen=True, slots=True)
class Reported:
    """One meaning of a verb in its clause: who speaks, on whose report, and what."""

    meaning: Reporting
    speakers: list[Speaker]
    outer: list[Speaker]
    contents: list[Content]


class ReportingVerbs:
    """Reads reporting verbs in one article."""

    def __init__(self, lexicon: SpeechLexicon, speakers: Speakers, quoted: Quoted) -> None:
        self._lexicon = lexicon
        self._speakers = speakers
        self._quoted = quoted

    def read(self, verb: Token) -> Reported | None:
        """What a verb reports; without contents where nothing but a speaker is found; None where it reports nothing."""
        meanings = self._lexicon.of_verb(verb)
        if not meanings or not (really_said(verb) or self._led(verb)):
            return None
        if verb.lemma in ("quote", "cite") and any(quoting_verb(t) is verb for t in verb.subtree() if t.tag == "VBG"):
            return None  # "quoted him as saying": the participle reports
        subjects, outer = self._subjects(verb)
        speakers = self._speakers.of(subjects) or self._speakers.in_front(verb)
        cut_off = trailing_speaker(verb) if not speakers else None
        if cut_off is not None:
            speakers = self._speakers.of([cut_off[0]])
        if not speakers:
            return None
        somebody = any(self._speakers.is_somebody(token) for token in [*subjects, *(s.token for s in speakers)])
        fitting = [m for m in meanings if (somebody or not m.somebody) and not self._shut(verb, m)]
        if cut_off is not None and any("clause" in m.content for m in fitting):
            return Reported(fitting[0], speakers, outer, [cut_off[1]])
        for meaning in fitting:
            found = [c for c in self._contents(verb, meaning) if not self._barred(verb, c, meaning)]
            if found:
                return Reported(meaning, speakers, outer, found)
        if not fitting:
            return None
        meaning = next((m for m in fitting if "clause" in m.content), fitting[0])
        return Reported(meaning, speakers, outer, self._lost(verb, meaning))

    # -- who speaks --

    def _subjects(self, verb: Token) -> tuple[list[Token], list[Speaker]]:
        """The words for those who speak, and the speakers who quote them."""
        quoting = quoting_verb(verb)
        if quoting is not None:
            return logical_object(quoting), self._speakers.of(logical_subject(quoting))
        subjects = [verb.head] if in_disguise(verb) else logical_subject(verb)
        others = [k for k in verb.kids(*BEHIND) if k.quotation is None]
        if any(kid.quotation is not None for kid in subjects):  # "…, wrote Tal": the utterance taken for the subject
            own = [k for k in verb.kids("subject") if k.quotation is None]
            own = own or [k for stub in subjects for k in stub.kids("apposition")]  # "“…,” an aide to Tal told the paper"
            return own or [k for k in others if k.i > verb.i], []
        if not subjects and verb is verb.sentence.tokens[0] and verb.tag in ("VBD", "VBZ", "VBN"):  # "Said the mayor: …"
            return others, []
        site = verb.relation == "noun_clause" and any(
            "." in token.text for token in subjects
        )  # "despite Karsa.info claiming"
        named = site or any(kid.text != kid.lower for kid in verb.kids("subject"))
        if verb.tag == "VBG" and not named and not any(self._speakers.is_somebody(token) for token in subjects):
            return self._above(verb) or subjects, []
        return subjects, []

    def _above(self, verb: Token) -> list[Token]:
        """The subject of the reporting verb that a participle's clause hangs from ("said it costs lives, adding that")."""
        for above in verb.ancestors():
            if above.pos == "VERB" and self._lexicon.of_verb(above):
                return logical_subject(above)
        return []

    def _led(self, verb: Token) -> bool:
        """Whether an infinitive tells of speech that took place: "went on to say", "took to Twitter to call"."""
        above = verb.head
        while above.pos in ("ADJ", "ADV") and above.head is not above:  # "went as far as to say"
            above = above.head
        if verb.tag != "VB" or verb.relation not in ("open_complement", "adverbial_clause") or verb.negated:
            return False
        return above.lemma.lower() in self._lexicon.leading and above.tag.startswith("VB") and really_said(above)

    # -- what is said --

    def _contents(self, verb: Token, meaning: Reporting) -> list[Content]:
        """What the tree shows as the verb's content."""
        if quoting_verb(verb) is not None:
            return contents(verb, meaning)
        if told_of_others(verb):
            return self._passive(verb, meaning) if agents(verb) else []
        found = [self._trimmed(c) for c in contents(verb, meaning)]
        beside = self._quoted.next_to(verb.end)
        if beside is not None and beside.kind == "speech":  # an utterance inside another, which the parser read through
            start, end = beside.inner_start, beside.inner_end
            inside = [c for c in found if c.head.quotation is None and start <= c.start < end]
            found = [c for c in found if c not in inside]
            found += [replace(c, start=start, end=end, frame="quotation") for c in inside[:1]]
        if len(found) > 1:  # a clause in front is the reporter's own where another follows the verb
            found = [c for c in found if c.start > verb.start or c.frame == "quotation"] or found
        found = [c for c in found if not self._insertion(c, verb) and not self._torn(c, verb)]
        return self._in_words(verb, found) if NARROWED & set(meaning.content) else found

    def _passive(self, verb: Token, meaning: Reporting) -> list[Content]:
        """ "The attack was claimed by X", "an attack claimed by X"; or the verb's own complement: "it was reported by X that"."""
        if "as" in meaning.content:
            found = contents(verb, meaning)
            subjects = grammatical_subject(verb)
            if found and subjects and subjects[0].i < verb.i:
                found = [replace(found[0], start=subjects[0].subtree()[0].start)]
            return self._in_words(verb, found)
        if not {"object", "whole"} & set(meaning.content):
            return contents(verb, meaning)
        done_to = [verb.head] if verb.relation == "noun_clause" else grammatical_subject(verb)
        own = {t.i for t in verb.subtree()}
        before = [
            t for noun in done_to[:1] for t in noun.subtree() if t.i < verb.i or (t.i not in own and noun is not verb.head)
        ]
        span = span_of(before)
        return [Content(*span, "object", done_to[0])] if span is not None else []

    def _torn(self, content: Content, verb: Token) -> bool:
        """Whether a preposition's content is the tail of quoted words that the parser hung on the verb: "called it “a day for us”"."""
        if content.frame in FRAMES:
            return False
        preposition = content.head.head
        return any(
            q.kind != "speech" and q.inner_start < preposition.start and not q.start <= verb.start < q.end
            for q in self._quoted.enclosing(content.start)
        )

    def _insertion(self, content: Content, verb: Token) -> bool:
        """Whether a clause behind the verb's own is rather another inserted report: "he said it was over, state TV reported"."""
        head = content.head
        if (
            content.frame != "clause"
            or head.i < verb.i
            or not self._lexicon.of_verb(head)
            or head.kids("complement", "object")
        ):
            return False
        return inserted(head) is not None

    def _lost(self, verb: Token, meaning: Reporting) -> list[Content]:
        """Content that the parser did not read as the verb's complement: quoted beside it, around it, behind it."""
        utterance = verb.head.quotation
        if utterance is not None and verb.relation == "parataxis":  # "“…,” Tal said, “…”": the utterance is the root
            return [*quoted(verb.head), Content(utterance.inner_start, utterance.inner_end, "quotation", verb.head)]
        beside = self._quoted.next_to(verb.end)
        if beside is not None and {"clause", "quotation"} & set(meaning.content):
            return [Content(beside.inner_start, beside.inner_end, "quotation", verb)]
        quoting = quoting_verb(verb)
        if quoting is not None:  # "…, state television quoted a source as saying"
            clauses = [c for c in quoting.kids("complement", "parataxis") if c.i < quoting.i]
            inside = [t for t in quoting.subtree() if not any(t in c.subtree() for c in clauses)]
            content = around(quoting, inside)
            return [content] if content is not None and content.start < quoting.start else []
        if "clause" not in meaning.content or not verb.kids("subject") or told_of_others(verb):
            return []
        uttered = any(t.quotation is not None and t.i > verb.i for t in verb.sentence.tokens)
        found = None if uttered else inserted(verb)
        found = found or rest_of_sentence(verb, meaning.loose and not uttered)
        return [found] if found is not None and not self._barred(verb, found, meaning) else []

    def _shut(self, verb: Token, meaning: Reporting) -> bool:
        """Whether the verb's object shows that it does not have this meaning: "claimed scores of lives, most of them young"."""
        return any(head.lemma.lower() in meaning.barred for noun in verb.kids("object") for head in _with_part(noun))

    def _barred(self, verb: Token, content: Content, meaning: Reporting) -> bool:
        """Whether the content is none for this meaning: "claimed scores of lives", "citing officials"."""
        heads = _with_part(content.head)
        if meaning.quoted and self._quoted.share(content.start, content.end, verb.start) < 0.5:
            return True
        if meaning.things and content.frame in ("object", "onward") and self._speakers.is_somebody(content.head):
            return True
        return any(head.lemma.lower() in meaning.barred for head in heads)

    def _named(self, verb: Token) -> Content | None:
        """Quoted words that follow a naming verb and its object: "calling the vote “a farce”"."""
        tokens = verb.sentence.tokens
        limit = min(verb.end + REACH, tokens[-1].end)
        for token in tokens[verb.i - tokens[0].i + 1 :]:
            span = self._quoted.opening_at(token.start)
            if span is not None:
                joint = self._quoted.joined(span[1])  # "a “farce” and a “shame”"
                return Content(span[0], joint or span[1], "words", token)
            if token.start >= limit or token.pos == "VERB" or token.text == ",":
                return None
        return None

    def _in_words(self, verb: Token, found: list[Content]) -> list[Content]:
        """Descriptions narrowed to their quoted words: "described the raid as “a disgrace”", "called it “a farce”"."""
        if found and found[0].frame not in NARROWED:
            return found
        behind = self._named(verb)
        if not found or (behind is not None and behind.start >= found[-1].end):
            return [behind] if behind is not None else []
        spans = [span for c in found for span in self._quoted.inside(c.start, c.end)]
        spans += [(behind.start, behind.end)] if behind is not None else []
        if not spans:
            return found
        return [replace(found[0], start=min(a for a, _ in spans), end=max(b for _, b in spans))]

    def _trimmed(self, content: Content) -> Content:
        """Content without a last phrase that tells where it was said: "a new base in a speech on Friday"."""
        for token in content.head.subtree():
            if token.relation != "preposition" or token.lower not in CHANNEL_PREPOSITIONS or token.start <= content.start:
                continue
            if not any(noun.lemma.lower() in self._lexicon.channels for noun in token.kids("preposition_object")):
                continue
            last = token.subtree()[-1]
            behind = [t for t in token.sentence.tokens if t.i > last.i and t.start < content.end]
            if len(behind) <= 4 and not any(t.pos in ("VERB", "AUX") for t in behind):
                tokens = [t for t in token.sentence.tokens if content.start <= t.start and t.i < token.i]
                span = span_of(tokens)
                return replace(content, start=span[0], end=span[1]) if span is not None else content
        return content


def _with_part(noun: Token) -> list[Token]:
    """A noun and what it is a part or an amount of: "scores of lives"."""
    return [noun, *(below for name, _, below in noun.prepositions() if name == "of")]
