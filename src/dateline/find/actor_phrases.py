"""The anatomy of a noun phrase around an actor's head word: names, titles, affiliations and modifiers to its left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.find.actor_spans import Span
from dateline.language import Token
from dateline.language.mending import HYPHENS

WITHIN = frozenset({"compound", "adjective", "noun_modifier", "numeral", "determiner", "quantifier", "other", "case"})
PARTICLES = frozenset(
    "al el ul ad ash as an bin ibn ben bint abu abou umm van von der den de da di del della dos du la le of-the st mac y e".split()
)
SIDES = frozenset({"anti", "non", "pro"})
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
DROPPED = frozenset({"determiner", "numeral", "quantifier", "punctuation", "case"})


@dataclass(slots=True)
class Extent:
    """The words from the start of a phrase to its head. `spans` are known names and roles to the left, nearest first.

    `name` is the proper name without titles, `proper` unknown proper nouns before the head, `kept` the words that a
    description is named with, `modifiers` plain words in lower case.
    """

    first: Token
    last: Token
    name: str = ""
    spans: list[Span] = field(default_factory=list)
    proper: list[Token] = field(default_factory=list)
    kept: list[Token] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)

    @property
    def titles(self) -> list[Span]:
        """The roles that stand before a name as its titles."""
        return [span for span in self.spans if span.role is not None and span.role.kind != "body"]

    @property
    def proper_person(self) -> bool:
        """Whether the unknown proper nouns before the head look like somebody's first names."""
        return bool(self.proper) and self.proper[-1].ent == "PERSON"


def left_extent(head: Token, start: Token, name_at: dict[int, Span], role_at: dict[int, Span]) -> Extent:
    """What stands before `start`, the first word of the head's own span, inside its noun phrase."""
    extent = Extent(start, head)
    tokens = head.sentence.tokens
    k = start.i - tokens[0].i
    inside = set(range(start.i, head.i + 1))
    seen: set[int] = set()
    while k > 0:
        token = tokens[k - 1]
        title = role_at.get(token.i)
        if title is not None and title.head is not token and title.head.head.i in inside and title.head.relation in WITHIN:
            inside.update(part.i for part in title.tokens)  # "Secretary of State Ana Ruiz"
            k, token = title.tokens[0].i - tokens[0].i + 1, title.tokens[0]
        if token.quotation is not None or not _belongs(token, inside, tokens, k - 1):
            break
        if token.ent in ("DATE", "TIME") and head.pos == "NOUN" and token.relation == "compound":
            break  # "on Sunday gunmen": when they came, and not whose they are
        if _tells_when(tokens, k - 1):
            break
        k -= 1
        inside.add(token.i)
        extent.first = token
        span = name_at.get(token.i) or role_at.get(token.i)
        paired = span is not None and _paired(span, extent, k, tokens)
        joined = extent.modifiers[-1:] == ["-"] and extent.modifiers[-2:-1] != ["led"]
        if span is not None and (
            (joined and not paired)  # who backs them is not whose they are
            or (_sided(tokens, k) and any(entry.sector == "REB" for entry in span.entries))  # "pro-Taliban", "anti-Taliban"
        ):
            extent.modifiers.append(token.lower)
            extent.kept.insert(0, token)
        elif span is not None:
            if id(span) not in seen and span.head is not head:
                seen.add(id(span))
                extent.spans.append(span)
            extent.kept.insert(0, token)
        elif token.pos == "PROPN":
            extent.proper.insert(0, token)
            extent.kept.insert(0, token)
        elif token.relation not in DROPPED or token.text in HYPHENS:
            extent.modifiers.append(token.lower)
            extent.kept.insert(0, token)
    while extent.kept and (extent.kept[0].text in HYPHENS or extent.kept[0].relation == "coordinator"):
        extent.kept.pop(0)
    extent.modifiers = _hyphenated(extent.modifiers)
    return extent


def _sided(tokens: Sequence[Token], k: int) -> bool:
    """Whether the word at `k` says whom somebody is for or against, or is not: "anti-*Taliban* fighters"."""
    return k > 1 and tokens[k - 1].text in HYPHENS and tokens[k - 2].lower in SIDES


def _paired(span: Span, extent: Extent, k: int, tokens: list[Token]) -> bool:
    """Whether a nation's name and the one that a hyphen joins to it are two whose something is: "*US*-British warplanes"."""
    last = extent.spans[-1] if extent.spans else None
    both = all(s is not None and s.entries and s.entries[0].sort in ("state", "people") for s in (span, last))
    return both and last is not None and k + 2 < len(tokens) and tokens[k + 2] is last.tokens[0]


def _hyphenated(modifiers: list[str]) -> list[str]:
    """Modifiers (the nearest first) with those that hyphens join made one: government, -, pro -> pro-government."""
    joined: list[str] = []
    glue = False
    for word in modifiers:
        if word in HYPHENS:
            glue = bool(joined)
        elif glue:
            joined[-1] = f"{word}-{joined[-1]}"
            glue = False
        else:
            joined.append(word)
    return joined


def proper_extent(token: Token, name_at: dict[int, Span], role_at: dict[int, Span]) -> Extent:
    """The extent of an unknown proper name that ends (but for an of-phrase) at `token`."""
    tokens = token.sentence.tokens
    k = token.i - tokens[0].i
    inside = {token.i}
    first = token
    while k > 0:
        before = tokens[k - 1]
        if before.ent in ("DATE", "TIME") or _tells_when(tokens, k - 1):
            break
        joined = tokens[k].text in HYPHENS and k < token.i - tokens[0].i  # "Sang-woo Park", Sang taken for a participle
        known = before.i in name_at or (before.i in role_at and not joined)
        if (known or before.quotation is not None) and not (
            before.i in role_at and before.ent == token.ent == "PERSON" and before.pos == "PROPN" and _named(tokens, k - 2)
        ):
            break
        proper = joined or before.pos == "PROPN" or (before.lower in PARTICLES and before.pos != "PUNCT")
        proper = proper or (before.ent == token.ent == "PERSON" and before.relation == "compound")
        hyphen = before.text in HYPHENS and k > 1 and _opens_hyphenated(tokens[k - 2], before)
        if not (proper or hyphen) or not (
            joined or _belongs(before, inside, tokens, k - 1) or (before.ent and before.ent == token.ent)
        ):
            break
        k -= 1
        inside.add(before.i)
        first = before
    extent = left_extent(token, first, name_at, role_at)
    last = end_of_name(token)
    extent.last = last
    extent.name = _text(tokens, _with_place(token, first, name_at), last)
    return extent


def _tells_when(tokens: Sequence[Token], k: int) -> bool:
    """Whether a day of the week stands behind "on", and so before a name and not in it: "on *Friday* Norland Motor recalled"."""
    return tokens[k].lower in WEEKDAYS and k > 0 and tokens[k - 1].lower in ("early", "late", "last", "on", "since")


def _with_place(token: Token, first: Token, name_at: dict[int, Span]) -> Token:
    """The first word of an organisation's name with the place before it that belongs to it ("Norland Times")."""
    tokens = token.sentence.tokens
    k = first.i - tokens[0].i
    while k > 0 and token.ent == "ORG" == tokens[k - 1].ent and tokens[k - 1].i in name_at and tokens[k - 1].pos == "PROPN":
        k -= 1
        first = tokens[k]
    return first


def _opens_hyphenated(first: Token, hyphen: Token) -> bool:
    """Whether a word and the hyphen right behind it begin a name: "Sang-woo", whatever the tagger takes the word for."""
    return first.end == hyphen.start and (
        first.pos == "PROPN" or (first.text[:1].isupper() and "PERSON" in (hyphen.ent, first.ent))
    )


def _named(tokens: list[Token], k: int) -> bool:
    return k >= 0 and tokens[k].pos == "PROPN" and tokens[k].ent == "PERSON"


def _belongs(token: Token, inside: set[int], tokens: list[Token], k: int) -> bool:
    """Whether a word right before a phrase is part of it: it hangs on a word of the phrase, or joins two of them."""
    if token.pos in ("VERB", "AUX", "ADP", "SCONJ", "PRON") and token.relation not in ("compound", "adjective"):
        return False
    if token.text in HYPHENS:
        return True
    if token.relation in ("adverbial_noun", "conjunct") and tokens[k + 1].text in HYPHENS and tokens[k + 1].i in inside:
        return True  # "Norland-backed militias", "Norlandish-Sudrian forces"
    if token.relation == "punctuation":  # "US, British and French forces"
        listed = k > 0 and token.text == "," and tokens[k - 1].relation in WITHIN
        return listed and any(kid.relation == "conjunct" and kid.i in inside for kid in tokens[k - 1].children)
    if token.head.i in inside and token.relation in WITHIN:
        return True
    if token.relation == "conjunct" and token.pos in ("ADJ", "NOUN", "PROPN") and token.head.i < token.i:
        top = token.head
        while top.relation == "conjunct" and top.head is not top:
            top = top.head
        return top.head.i in inside and top.relation in WITHIN  # "Iraqi and Kurdish forces"
    if token.relation == "coordinator":
        return (
            k > 0
            and (token.head.i in inside or token.head.head.i in inside)
            and token.head.relation in (*WITHIN, "conjunct")
        )
    return token.relation in WITHIN and k + 1 < len(tokens) and token.head is tokens[k + 1]


def end_of_name(token: Token, *, loosely: bool = False) -> Token:
    """The last word of a name that goes on with "of": Court of Session, University of Tartu; else the word itself.

    Both halves must look like one name to the parser, unless the first is known to begin one (`loosely`).
    """
    for prep in token.kids("preposition"):
        if prep.lower in ("of", "for") and prep.i == token.i + 1:
            noun = prep.kid("preposition_object")
            if noun is not None and noun.pos == "PROPN" and (loosely or not token.ent or token.ent in (noun.ent, prep.ent)):
                return noun
    return token


def _text(tokens: list[Token], first: Token, last: Token) -> str:
    words: list[str] = []
    end = first.start
    for token in tokens[first.i - tokens[0].i : last.i - tokens[0].i + 1]:
        words.append((" " if token.start > end and words else "") + token.text)
        end = token.end
    return "".join(words)
