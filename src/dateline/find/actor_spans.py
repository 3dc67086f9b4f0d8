"""Stretches of a sentence that the lexicon of actors knows: names ("Hamas", "the U.S.") and roles ("prime minister")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.find.actor_lexicon import ActorLexicon, Entry, Role
from dateline.find.actor_tables import cased_words
from dateline.language import Sentence, Token

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
BORDER = "\0"  # stands where an utterance does, so that no phrase reaches across it
ENDINGS = (("ies", "y"), ("sses", "ss"), ("s", ""))


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """Neighbouring tokens that the lexicon knows as a name (`entries`) or as a role; `head` heads them in the tree."""

    tokens: tuple[Token, ...]
    head: Token
    entries: tuple[Entry, ...] = ()
    role: Role | None = None


@dataclass(slots=True)
class SentenceWords:
    """The words of a sentence in the forms that the lexicon is asked with; `owner` is the token that each word is of."""

    cased: list[str]
    surface: list[str]
    lemmas: list[str]
    owner: list[Token]


def sentence_words(sentence: Sentence) -> SentenceWords:
    """The words of a sentence; a possessive 's is no word, a hyphenated token is several."""
    words = SentenceWords([], [], [], [])
    cased, surface, lemmas, owner = words.cased.append, words.surface.append, words.lemmas.append, words.owner.append
    for token in sentence.tokens:
        text = token.text
        if text.isalnum() and text.isascii() and token.quotation is None:  # as most words are
            cased(text)
            surface(token.lower)
            lemmas(_lemma(token, token.lower))
            owner(token)
            continue
        if token.quotation is not None:
            parts: tuple[str, ...] = (BORDER,)
        elif text in POSSESSIVES:
            continue
        else:
            parts = cased_words(text)
        alone = len(parts) == 1
        if not parts and text not in "-–.":
            parts = (BORDER,)
        for part in parts:
            lower = part.lower()
            cased(part)
            surface(lower)
            lemmas(_lemma(token, lower) if alone else lower)
            owner(token)
    return words


def _lemma(token: Token, lower: str) -> str:
    if token.pos != "PROPN":
        return token.lemma if token.lemma.isalpha() else lower
    if token.tag == "NNPS" or lower.endswith("s"):
        for ending, singular in ENDINGS:
            if lower.endswith(ending) and len(lower) > len(ending) + 2 and not (ending == "s" and lower.endswith("ss")):
                return lower[: -len(ending)] + singular
    return lower


def spans(words: SentenceWords, lexicon: ActorLexicon) -> tuple[list[Span], list[Span]]:
    """(names, roles) of a sentence, each in the order of the text; none overlaps another of either kind."""
    names: list[Span] = []
    roles: list[Span] = []
    known, small, called = lexicon.names.openings, lexicon.small_openings, lexicon.roles.openings
    end = 0
    for at, (cased, word, lemma) in enumerate(zip(words.cased, words.surface, words.lemmas, strict=True)):
        if at < end:
            continue
        name = _name(words, lexicon, at) if word in known and (cased != word or word in small) else None
        if name is not None and word == "the" and at + 1 < len(words.cased):
            longer = _name(words, lexicon, at + 1)
            if longer is not None and longer[1] + 1 > name[1]:
                continue  # not "the Sudan" in "the Sudan Liberation Army"
        if name is not None:
            names.append(name[0])
            end = at + name[1]
        elif (word in called or lemma in called) and (role := _role(words, lexicon, at)) is not None:
            roles.append(role[0])
            end = at + role[1]
    return names, roles


def _name(words: SentenceWords, lexicon: ActorLexicon, at: int) -> tuple[Span, int] | None:
    """The longest name that begins at a word, and how many words it takes."""
    for length, entries in _named(words, lexicon, at):
        tokens = _tokens(words, at, length)
        fitting = tuple(entry for entry in entries if _written_so(entry, words.cased[at : at + length]))
        fitting = tuple(entry for entry in fitting if entry.kind != "capital") or fitting  # "Downing Street" has a row
        if length == 2 and fitting and fitting[0].kind == "body" and _goes_on_before(tokens[0]):
            continue  # not the UN's, "the National Defence and *Security Council*"
        if fitting and not _inside_person(tokens, fitting):
            return Span(tokens, span_head(tokens), entries=fitting), length
    return None


def _goes_on_before(first: Token) -> bool:
    """Whether a name begins before this word with another noun in capitals and "and"."""
    tokens = first.sentence.tokens
    at = first.i - tokens[0].i
    if at < 2 or tokens[at - 1].lower != "and" or first.relation != "conjunct":
        return False
    return tokens[at - 2].pos == "PROPN" and tokens[at - 2].relation in ("compound", "noun_modifier")


def _role(words: SentenceWords, lexicon: ActorLexicon, at: int) -> tuple[Span, int] | None:
    """The longest role that begins at a word, and how many words it takes."""
    for length, found in lexicon.roles.matches(words.surface, words.lemmas, at):
        tokens = _tokens(words, at, length)
        head = span_head(tokens)
        if _may_be_role(head, tokens, found[0], lexicon):
            return Span(tokens, head, role=found[0]), length
    return None


def _named(words: SentenceWords, lexicon: ActorLexicon, at: int) -> Iterator[tuple[int, Sequence[Entry]]]:
    """(words, entries) of the names that begin at a word, the longest first; then those without a middle initial that stands there.

    "Joseph R. Biden" is found as Joseph Biden, and "George W. Bush" as himself.
    """
    yield from lexicon.names.matches(words.surface, words.surface, at)
    if at + 2 < len(words.surface) and len(words.surface[at + 1]) == 1 and words.owner[at + 1].text.endswith("."):
        without = [words.surface[at], *words.surface[at + 2 : at + 6]]
        for length, entries in lexicon.names.matches(without, without, 0):
            if length > 1:
                yield length + 1, [entry for entry in entries if entry.sort == "person"]


def _tokens(words: SentenceWords, at: int, length: int) -> tuple[Token, ...]:
    return tuple(dict.fromkeys(words.owner[at : at + length]))


def span_head(tokens: Sequence[Token]) -> Token:
    """The token whose head lies outside the stretch; the last noun among several."""
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.head is token or token.head.i not in inside]
    nouns = [token for token in heads if token.pos in ("NOUN", "PROPN")]
    return (nouns or heads or list(tokens))[-1]


def _written_so(entry: Entry, cased: Sequence[str]) -> bool:
    """Whether words of the text are capitalised as the entry wants: an acronym whole, a name at its capitals."""
    if entry.acronym:
        return cased[0].isupper()
    if len(entry.capitals) == 1 and len(entry.written) <= 5 and any(ch.isupper() for ch in entry.written[1:]):
        return cased[0] == entry.written or cased[0].isupper()  # "LeT", "DfID"
    return all(word[0].isupper() for word, capital in zip(cased, entry.capitals, strict=False) if capital)


def _inside_person(tokens: Sequence[Token], entries: Sequence[Entry]) -> bool:
    """Whether a country's or people's name is part of somebody's ("Israel Katz", "Jordan Smith")."""
    if len(tokens) > 1 or any(entry.sort == "person" for entry in entries):
        return False
    token = tokens[0]
    if token.ent != "PERSON" or token.pos != "PROPN":
        return False
    beside = [other for other in (token.head, *token.children) if other is not token and abs(other.i - token.i) == 1]
    return any(other.ent == "PERSON" and other.pos == "PROPN" for other in beside)


NOMINAL = frozenset(
    {"subject", "passive_subject", "object", "indirect_object", "preposition_object", "attribute", "conjunct",
     "apposition", "root", "object_predicate", "possessive"}
)  # fmt: skip
"""Relations in which a word is the head of a noun phrase."""


def _may_be_role(head: Token, tokens: Sequence[Token], role: Role, lexicon: ActorLexicon) -> bool:
    """Whether the tree lets the words be nouns: "guard" is no role where it is a verb, "the wounded" is one.

    An adjective or a noun before another noun is one only where it names a side ("a rebel attack", "police fire").
    """
    if role.kind in ("title", "rank"):
        return head.text[0].isupper() or (role.kind == "rank" and head.pos == "NOUN" and head.relation in NOMINAL)
    if head.lower in lexicon.not_actors:
        return head.tag in ("NNS", "NNPS")
    before_noun = head.relation in ("adjective", "compound", "noun_modifier")
    if head.pos == "ADJ" and before_noun:
        return len(tokens) == 1 and head.lower in lexicon.modifiers and lexicon.modifiers[head.lower].of_forces is not None
    if head.pos in ("NOUN", "PROPN"):
        part_of_name = before_noun and head.pos == "PROPN" and head.tag == "NNP" and head.head.pos == "PROPN"
        return not (part_of_name and role.kind == "person" and role.sector == "CVL")  # "National Emergency Centre"
    if head.pos in ("ADJ", "VERB") and head.relation in NOMINAL and head.relation != "root":
        return bool(head.kids("determiner")) or head.relation == "passive_subject"
    return False
