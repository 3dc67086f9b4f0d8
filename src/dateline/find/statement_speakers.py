"""Who speaks: from the words in the sentence to an actor, through the mentions where they know it, by the phrase where not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from dateline.find.statement_lexicon import SpeechLexicon
from dateline.find.syntax import PLACE_LABELS, with_conjuncts
from dateline.language import Document, Sentence, Token
from dateline.model import Actor, Mention
from dateline.reading import Facts

NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC"})
NAME_PARTS = ("compound", "adjective", "noun_modifier", "numeral", "possessive", "case", "punctuation")
SINGULAR = frozenset({"he", "she", "him", "her", "his"})
PLURAL = frozenset({"they", "them", "their"})
FIRST = frozenset({"i", "we", "us", "me", "our", "my"})
OF_PERSONS = SINGULAR | PLURAL | FIRST
PERSONAL = SINGULAR | PLURAL | frozenset({"it"})
SHORTEST_NAME = 2  # words of a person's full name
REMEMBERED = 12
"""Sentences over which a text is remembered as somebody's."""
DUMB = frozenset({"it", "this", "that", "which", "these", "those", "there", "what", "none", "nothing", "all", "such"})
"""Pronouns that name no speaker by themselves; a mention may still tell whom "it" or "which" stands for."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor that speaks, and the words that say so."""

    actor: Actor
    start: int
    end: int
    token: Token

    @property
    def by_name(self) -> bool:
        """Whether a proper name stands there."""
        return self.token.pos == "PROPN" and self.token.ent in NAMES


class Speakers:
    """Finds speakers in one article."""

    def __init__(self, document: Document, facts: Facts, lexicon: SpeechLexicon) -> None:
        self._lexicon = lexicon
        self._mentions: dict[int, list[Mention]] = {}
        for mention in facts.of(Mention):
            self._mentions.setdefault(mention.head, []).append(mention)
        self._actors: dict[str, Actor] = {}  # by name: who the article elsewhere says that they are
        for mention in facts.of(Mention):
            if mention.actor.country or mention.actor.sector:
                self._actors.setdefault(mention.actor.name, mention.actor)
        persons = [t for t in document.named if t.ent == "PERSON" and t.pos == "PROPN"]
        self._named = _full_names(persons)
        self._persons = [t for t in persons if t.relation != "compound"]
        self._sentences = document.sentences
        self._last: Speaker | None = None
        self._last_several: Speaker | None = None
        self._person_starts = [t.start for t in self._persons]
        self._issues = [
            (verb, subject)
            for verb in document.tokens
            if verb.pos == "VERB" and verb.lemma.lower() in lexicon.issuing and verb.relation in ("root", "conjunct")
            for subject in verb.kids("subject")[:1]
            if self.is_somebody(subject) and subject.lower not in lexicon.texts and subject.pos != "PRON"
        ]
        self._issue_starts = [verb.start for verb, _ in self._issues]

    def of(self, tokens: Sequence[Token]) -> list[Speaker]:
        """The speakers that these tokens head, each once, in order; words that cannot speak are left out."""
        found: dict[str, Speaker] = {}
        for token in tokens:
            end = 0
            for member in with_conjuncts([self._author(token)]):
                if member.start < end or any(member.text in name.split() for name in found):
                    continue  # part of a name: "Ministry of Trade and Industry"
                for speaker in self._all(member):
                    found.setdefault(speaker.actor.name, speaker)
                    end = max(end, speaker.end)
        named = any(speaker.by_name and speaker.token.ent == "PERSON" for speaker in found.values())
        return [s for s in found.values() if not (named and s.token.tag == "NN" and s.token.ent not in NAMES)]

    def of_text(self, verb: Token) -> list[Speaker]:
        """Those of whom the text is that somebody else puts out: "The palace released a statement from the queen"."""
        for text in verb.kids("object"):
            if text.lemma.lower() in self._lexicon.texts and self._author(text).head.head is text:
                return self.of([self._author(text)])
        return []

    def in_front(self, verb: Token) -> list[Speaker]:
        """The person whose name stands right in front of a verb whose subject the parser missed."""
        tokens = verb.sentence.tokens
        k = verb.i - tokens[0].i - 1
        while k >= 0 and tokens[k].pos in ("ADV", "PUNCT"):
            k -= 1
        return self._all(tokens[k]) if k >= 0 and tokens[k].ent == "PERSON" else []

    def is_somebody(self, token: Token) -> bool:
        """Whether a word names somebody who can speak: a mention, a name, a pronoun of persons, a word for people."""
        if token.start in self._mentions or token.ent in NAMES or token.lower in OF_PERSONS or token.tag == "WP":
            return True
        return token.lower in self._lexicon.speaking or token.lemma.lower() in self._lexicon.speaking

    def is_only_a_place(self, token: Token) -> bool:
        """Whether a word names a country or a place, and no seat of government that speaks for one."""
        mentions = self._mentions.get(token.start, ())
        return token.ent in PLACE_LABELS and all(
            m.rule in ("listed state", "listed region", "proper noun") for m in mentions
        )

    def heard(self, speaker: Speaker) -> None:
        """Note who has just spoken in the reporter's own text: "he said" in the next sentence is mostly the same."""
        token = speaker.token
        if token.sentence.quotation is not None:
            return
        if token.pos == "PROPN" and (token.ent == "PERSON" or token.text in self._named):
            self._last = speaker
        elif token.tag in ("NNS", "NNPS") and token.relation == "subject" and token.head.relation == "root":
            self._last_several = speaker

    def _last_heard(self, token: Token) -> Speaker | None:
        """The speaker of the sentence before, for a pronoun that opens a sentence of the same paragraph."""
        several = self._last_several
        if several is not None and token.lower == "they" and token.sentence.quotation is None:
            here, there = token.sentence, several.token.sentence
            opens = token.i - here.tokens[0].i <= 2 and here.paragraph == there.paragraph
            return replace(several, start=token.start, end=token.end) if opens and self._own_before(here) is there else None
        last = self._last
        if last is None or token.lower not in ("he", "she") or token.sentence.quotation is not None:
            return None
        here, there = token.sentence, last.token.sentence
        if here.paragraph != there.paragraph or here is there or self._own_before(here) is not there:
            return None
        k = bisect_left(self._person_starts, there.tokens[0].start)
        rivals = self._persons[k : bisect_left(self._person_starts, token.start)]
        names = set(last.actor.name.split())
        if any(t.text not in names and (t.sentence is here or t.relation in ("subject", "passive_subject")) for t in rivals):
            return None
        return Speaker(last.actor, token.start, token.end, token)

    def _own_before(self, sentence: Sentence) -> Sentence | None:
        """The sentence of the reporter's own in front of one."""
        k = sentence.index - 1
        while k >= 0 and self._sentences[k].quotation is not None:
            k -= 1
        return self._sentences[k] if k >= 0 else None

    def last_person_before(self, token: Token) -> Speaker | None:
        """The person named last in front of a word: who gives the answer to a written question."""
        person = self._person_before(token)
        return self._speaker(person) if person is not None else None

    def by_label(self, tokens: Sequence[Token]) -> Speaker | None:
        """The speaker that a label of a transcript names ("SECRETARY KERRY")."""
        for token in reversed(tokens):
            mentions = self._mentions.get(token.start)
            if mentions:
                return Speaker(mentions[0].actor, tokens[0].start, tokens[-1].end, token)
        last = tokens[-1]
        in_capitals = last.text.isupper() and (len(tokens) > 1 or len(last.text) > 4)
        name = last.text.capitalize() if in_capitals else last.text
        return Speaker(self._called(self._named.get(name, name)), tokens[0].start, tokens[-1].end, last)

    def _author(self, token: Token) -> Token:
        """For a text ("the ministry's statement") whoever made it, for "one of them, Omar Tal" the name, else the word itself."""
        if token.pos in ("NUM", "PRON", "DET") and (named := [k for k in token.kids("apposition") if k.ent == "PERSON"]):
            return named[0]
        if token.start in self._mentions or not ({token.lemma.lower(), token.lower} & self._lexicon.texts):
            return token
        owners = token.kids("possessive")
        if owners:
            return owners[0]
        for name, _, noun in token.prepositions():
            if (
                name in ("by", "from", "of")
                and noun.relation == "preposition_object"
                and (noun.pos == "PROPN" or self.is_somebody(noun))
            ):
                return noun
        for clause in token.kids("noun_clause"):  # "the decree signed by the king"
            if clause.tag == "VBN" and clause.lemma.lower() in self._lexicon.issuing:
                makers = [n for name, _, n in clause.prepositions() if name == "by" and n.relation == "preposition_object"]
                if makers and self.is_somebody(makers[0]):
                    return makers[0]
        for kid in token.kids("compound", "adjective"):
            if kid.start in self._mentions or kid.ent in NAMES or kid.lemma.lower() in self._lexicon.people:
                return kid
        above = token.head
        if token.relation in ("object", "passive_subject") or (
            token.relation == "preposition_object" and above.head.pos == "VERB"
        ):
            verb = above if token.relation != "preposition_object" else above.head
            subjects = verb.kids("subject")
            if subjects and verb.lemma.lower() not in ("say", "read") and self.is_somebody(subjects[0]):
                return subjects[0]
        return self._issuer(token) or token

    def _issuer(self, token: Token) -> Token | None:
        """Who issued a text that is named again ("the resolution"): the last one told to have issued one of that name, or any."""
        if any(kid.lower in ("a", "an", "another", "some", "one", "several") for kid in token.kids("determiner", "numeral")):
            return None
        k = bisect_left(self._issue_starts, token.start)
        for verb, who in reversed(self._issues[max(0, k - 12) : k]):
            if token.sentence.index - verb.sentence.index > REMEMBERED:
                return None
            made = {t.lemma.lower() for t in verb.subtree()} | self._lexicon.issuing[verb.lemma.lower()]
            if token.lemma.lower() in made:
                return who
        return None

    def _all(self, token: Token) -> list[Speaker]:
        """Everybody whom a word stands for: each of its mentions ("they"), else what its phrase says."""
        last = self._last_heard(token)
        if last is not None:
            return [last]
        mentions = self._mentions_at(token)
        titled = _titled(token)
        if titled and all(m.kind == "description" for m in mentions):
            name = spelled(titled)
            actor = replace(mentions[0].actor, name=name) if mentions else self._called(name)
            return [Speaker(actor, titled[0].start, titled[-1].end, titled[-1])]
        beside = self._beside(token) if token.pos == "NOUN" else None
        if beside is not None and len(mentions) == 1 and mentions[0].kind == "description":
            actor = mentions[0].actor
            known = set(actor.name.split()) & set(beside.split())
            actor = actor if known else replace(actor, name=beside)
            return [Speaker(actor, mentions[0].start, mentions[0].end, token)]
        if mentions:
            return [Speaker(m.actor, m.start, m.end, token) for m in mentions]
        speaker = self._speaker(token)
        return [speaker] if speaker is not None else []

    def _beside(self, token: Token) -> str | None:
        """The name that stands beside a description: "the mayor of Tarin, Omar Tal", "a fighter who gave his name as Abu Ali"."""
        hosts = [token, *(noun for name, _, noun in token.prepositions() if name in ("of", "for"))]
        persons = [kid for host in hosts for kid in host.kids("apposition") if kid.ent == "PERSON"]
        return self._full(persons[0]) if persons else self._own_name(token)

    def _own_name(self, token: Token) -> str | None:
        """The name by which somebody goes or is called in a clause of his description."""
        for clause in token.kids("noun_clause", "relative_clause"):
            inside = clause.subtree()
            naming = next((k for k, t in enumerate(inside) if t.lemma.lower() in self._lexicon.naming), None)
            if naming is None:
                continue
            words: list[str] = []
            for t in inside[naming + 1 :]:
                if t.pos == "PROPN":
                    words.append(t.text)
                elif words or (t.pos in ("ADP", "VERB") and t.lower not in ("as", "of", "de")):
                    break  # not "a man known to the police in Tarin"
            if words:
                return " ".join(words)
        return None

    def _mentions_at(self, token: Token) -> Sequence[Mention]:
        """The mentions that a token heads; none where a person's name is said to mean a body that is not called so."""
        found = self._mentions.get(token.start, [])
        if token.ent == "PERSON" and token.pos == "PROPN" and found and found[0].kind == "name":
            words = {word.lower() for mention in found for word in mention.actor.name.split()}
            persons = {t.lower for t in [token, *token.kids("compound")] if t.ent == "PERSON"}
            organisation = found[0].rule == "proper noun" and not persons & words
            return [] if organisation else found
        return found

    def _speaker(self, token: Token) -> Speaker | None:
        mentions = self._mentions_at(token)
        if mentions:
            return Speaker(mentions[0].actor, mentions[0].start, mentions[0].end, token)
        if token.lower in DUMB or token.pos in ("PUNCT", "NUM", "VERB", "AUX"):
            return None
        if token.pos == "ADJ" and token.ent not in NAMES and token.lower not in self._lexicon.people:
            return None
        if token.pos == "PRON" and token.lower not in self._lexicon.people:
            person = self._person_before(token) if token.lower in SINGULAR else None
            return Speaker(self._called(self._full(person)), token.start, token.end, token) if person is not None else None
        own = self._own_name(token)
        if own is not None:  # "a group called Dawn"
            return Speaker(self._called(own), token.start, token.end, token)
        named = [kid for kid in token.kids("apposition") if kid.ent == "PERSON"]
        if named and token.ent != "PERSON":
            return self._speaker(named[0])
        start, end, name = self._phrase(token)
        if token.ent == "PERSON":
            name = self._named.get(name.rsplit(" ", maxsplit=1)[-1], name)
        return Speaker(self._called(name), start, end, token)

    def _called(self, name: str) -> Actor:
        """The actor of a name, with the country and sector that another mention of it gives."""
        return self._actors.get(name) or Actor(name)

    def _person_before(self, token: Token) -> Token | None:
        k = bisect_left(self._person_starts, token.start) - 1
        return self._persons[k] if k >= 0 else None

    def _full(self, token: Token) -> str:
        name = self._phrase(token)[2]
        return self._named.get(name.rsplit(" ", maxsplit=1)[-1], name)

    def _phrase(self, token: Token) -> tuple[int, int, str]:
        """Offsets and wording of the noun phrase without its article and without clauses behind it."""
        inside = [token]
        for kid in token.children:
            if kid.i < token.i and kid.relation in NAME_PARTS:
                inside.extend(t for t in kid.subtree() if t.relation != "determiner" or t.head.relation == "possessive")
        if token.ent == "PERSON":
            inside = [t for t in inside if t.ent == "PERSON"]
        elif token.pos == "NOUN":
            for prep in token.kids("preposition"):
                if prep.lower in ("of", "for") and prep.i == token.i + 1:
                    inside.extend(t for t in prep.subtree() if t.relation != "determiner")
        inside.sort(key=lambda t: t.i)
        while inside and inside[0].pos == "PUNCT":
            inside.pop(0)
        return inside[0].start, inside[-1].end, spelled(inside)


def spelled(tokens: Sequence[Token]) -> str:
    """Tokens as one wording, with a blank wherever the text has a gap between two."""
    words = [("" if before is None or before.end == word.start else " ") + word.text
             for before, word in zip([None, *tokens], tokens, strict=False)]  # fmt: skip
    return re.sub(r"\s+", " ", "".join(words)).strip()


def _titled(token: Token) -> list[Token]:
    """The name with which the phrase of a title ends, wherever the parser hung it.

    "Study co-author and geologist Omar Tal remarked", "head of Rural Watch Omar Tal said", "director of the trust and mayor of
    Tarin, Omar Tal, said". No name of the title's own: "a friend of Omar Tal said".
    """
    verb = token.head
    if token.pos not in ("NOUN", "PROPN") or token.ent or token.relation != "subject" or verb.pos != "VERB":
        return []
    tokens = verb.sentence.tokens
    inside = [t for t in token.subtree() if token.i <= t.i < verb.i]
    while inside and inside[-1].pos in ("PUNCT", "ADV"):
        inside.pop()
    bare = token.tag == "NN" and not token.kids("determiner", "possessive")  # such a title is always somebody's by name
    name: list[Token] = []
    while inside and inside[-1].pos == "PROPN" and inside[-1].ent == "PERSON":
        name.insert(0, inside.pop())
    if not name and bare and any(n.pos == "PROPN" and n.i == verb.i - 1 for _, _, n in token.prepositions()):
        while (
            inside and inside[-1].pos in ("PROPN", "PUNCT") and (_hyphenated(inside[-1], name) or len(name) < SHORTEST_NAME)
        ):
            name.insert(0, inside.pop())
        return name if inside and inside[-1].pos == "PROPN" else []
    if not name or not inside:
        return []
    last, before = name[-1], tokens[name[0].i - 1 - tokens[0].i]
    if last.relation == "preposition_object":  # run together with the body's name
        own = before.ent in ("ORG", "GPE", "NORP") and before.pos == "PROPN"
    elif last.relation == "conjunct":  # "actor and singer Omar Tal"
        own = bare and before.pos == "NOUN" and before.head is last
    else:
        own = last.relation == "apposition" and last.head.ent != "PERSON"
    return name if own else []


def _hyphenated(token: Token, behind: Sequence[Token]) -> bool:
    """Whether a token and those behind it are written as one word."""
    return bool(behind) and token.end == behind[0].start


def _full_names(persons: Sequence[Token]) -> dict[str, str]:
    """Last name -> the longest form of it that the article gives a person, of all words in names of persons."""
    longest: dict[str, str] = {}
    run: list[Token] = []
    for token, behind in zip_longest(persons, persons[1:]):
        run.append(token)
        if behind is None or behind.i != token.i + 1 or behind.sentence is not token.sentence:
            name = " ".join(t.text for t in run)
            if len(name) > len(longest.get(token.text, "")):
                longest[token.text] = name
            run = []
    return longest
