"""Numbers and what they count: every number phrase of the article with its noun, years, dates, ages and labels left out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from dateline.find.numbers import DASHES, GROWN, Number, NumberWords, joined_unit, numbers
from dateline.language import Document, Sentence, Token
from dateline.model import Article, Fact, Quantity, TimeExpression
from dateline.reading import Facts
from dateline.rules.loader import load_one

PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade", "century"})
LABELS = frozenset(
    {
        "no",
        "no.",
        "number",
        "article",
        "section",
        "chapter",
        "resolution",
        "flight",
        "page",
        "route",
        "highway",
        "unit",
        "room",
    }
)
NAMED = frozenset({"FAC", "ORG", "GPE", "LOC", "PRODUCT", "LAW", "EVENT", "WORK_OF_ART"})
"""Kinds of name: "10 Market Street" counts no streets."""
FRACTIONS = frozenset({"third", "quarter", "fifth", "tenth", "half"})
"""Nouns that a number makes a part of something: "two thirds of the districts" counts none."""
UNITS = frozenset({"battalion", "brigade", "corps", "division", "fleet", "regiment", "squadron"})
"""Units of an army that bear numbers."""
AGED = frozenset("boy child girl man teenager woman youth".split())
"""Nouns that a number behind "of" tells the age of: "a woman of 29"."""
NUMBER_NOUNS = frozenset("dozen score hundred thousand million billion trillion".split())
COUNTED = ("numeral", "quantifier", "compound", "determiner", "noun_modifier", "adjective", "adverb")


@cache
def load_numbers(extra: tuple[Path, ...] = ()) -> NumberWords:
    """The bundled number words with those of the user's lexicons.

    Raises:
        LexiconError: a rule file is wrong.
    """
    return NumberWords.of(load_one("quantities.toml", extra))


class QuantityStage:
    """Document, TimeExpression -> Quantity: one fact for each number phrase, with the noun that it counts as `what`.

    `what` is the noun as the text has it with the nouns compounded into it ("artillery systems"), a unit ("dollars",
    "percent"), or empty where the number stands alone ("at least 20 were killed").
    """

    name = "quantities"
    needs: tuple[type[Fact], ...] = (Document, TimeExpression)
    gives: tuple[type[Fact], ...] = (Quantity,)

    def __init__(self, lexicon: NumberWords | None = None) -> None:
        self._lexicon = lexicon or load_numbers()

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        points = [(t.start, t.end) for t in facts.of(TimeExpression) if t.kind == "point"]
        for sentence in facts.one(Document).sentences:
            yield from self._in(sentence, points)

    def _in(self, sentence: Sentence, points: Sequence[tuple[int, int]]) -> Iterable[Quantity]:
        tokens = sentence.tokens
        words = [
            "out" if token.lower == "over" and token.tag == "RP" else token.lower for token in tokens
        ]  # "handed over 12"
        for number in numbers(words, self._lexicon):
            if number.low is None and number.high is None:
                continue
            core = tokens[number.first : number.last]
            if any(token.quotation is not None for token in core):
                continue
            unit = self._unit(tokens, number)
            noun = counted_noun(core)
            if unit is None and self._no_quantity(tokens, number, noun, points):
                continue
            yield Quantity(
                start=tokens[number.first_word].start,
                end=tokens[number.last_word - 1].end,
                head=(noun or core[-1]).start,
                what=unit or (name_of(noun) if noun is not None else ""),
                low=number.low,
                high=number.high,
                approximate=number.approximate,
                rule=number.rule,
            )

    def _unit(self, tokens: Sequence[Token], number: Number) -> str | None:
        """The unit that stands before or after a number in place of a noun."""
        units = self._lexicon.units
        joined = joined_unit(tokens[number.first].lower, units)
        if joined is not None:
            return joined[0]
        if number.first > 0 and (before := units.get(tokens[number.first - 1].lower)) is not None:
            return before
        after = [token.lower for token in tokens[number.last : number.last + 2]]
        if after[:1] and after[0] in DASHES:
            return units.get(after[-1])  # "a 20-million-euro grant"
        return units.get(" ".join(after)) or (units.get(after[0]) if after else None)

    def _no_quantity(
        self, tokens: Sequence[Token], number: Number, noun: Token | None, points: Sequence[tuple[int, int]]
    ) -> bool:
        """Whether a number counts nothing: part of a date, a year, an age, a label, the pronoun "one"."""
        first = tokens[number.first]
        k = bisect_right(points, (first.start, 10**12)) - 1
        if k >= 0 and points[k][1] > first.start:
            return True
        hyphen = number.last < len(tokens) and tokens[number.last].lower in DASHES and number.last_word == number.last
        if hyphen and (noun is None or noun.lemma not in PERIODS):
            return True
        if noun is None:
            before = tokens[max(0, number.first - 2) : number.first]
            if len(before) == 2 and before[1].lower == "of" and before[0].lower in AGED:
                return True  # "a woman of 29"
            if number.first > 0 and (tokens[number.first - 1].pos == "PROPN" or tokens[number.first - 1].lower in LABELS):
                return True
            if number.last < len(tokens) and tokens[number.last].lower == "short":
                return True  # "four short of a majority"
            if first.lower == "one" and number.first > 0 and tokens[number.first - 1].lower == "no":
                return True
            alone = first.lower in ("one", "both", "twin", "dual")
            return alone or _is_year(first) or (first.ent in ("DATE", "TIME") and number.rule != GROWN)
        if first.lower == "one" and noun.kids("numeral") and first.head is not noun and not noun.kids("determiner"):
            return True  # "one of more than 500 people"
        if noun.lemma in FRACTIONS and any(kid.lower == "of" for kid in noun.kids("preposition")):
            return True
        if noun.lemma in PERIODS:
            after = tokens[number.last : number.last + 4]
            return any(token.lower == "old" for token in after) or first.lower == "one"
        if noun.ent in ("DATE", "TIME") or (_is_year(first) and noun.tag != "NNS"):
            return True
        if first.ent in ("DATE", "TIME") and (_is_year(first) or noun.tag != "NNS"):
            return True
        calibre = [token.lower for token in tokens[number.last : number.last + 2] if token.lower not in DASHES][:1]
        if calibre in (["mm"], ["cm"]):
            return True  # "107mm rockets"
        if noun.tag == "NNP" and noun.lower in UNITS and noun.i == number.last + tokens[0].i:
            return True  # "the 444 Brigade"
        named = noun.ent in NAMED and noun.lower not in self._lexicon.people  # "12 Taliban"
        return named or (noun.i < first.i and (noun.lower in LABELS or noun.pos == "PROPN"))


def _is_year(word: Token) -> bool:
    return word.text.isdigit() and len(word.text) == 4 and 1900 <= int(word.text) <= 2100


def counted_noun(core: Sequence[Token]) -> Token | None:
    """The noun that a number counts: above it ("12 people"), or below it behind "of" ("dozens of people")."""
    inside = {token.i for token in core}
    top = next((token for token in reversed(core) if token.head.i not in inside or token.head is token), core[-1])
    for name, _, noun in top.prepositions():
        if name == "of" and noun.pos in ("NOUN", "PROPN"):
            return noun
        if name == "of" and noun.lower in ("them", "whom"):
            after = noun.sentence.tokens[noun.i - noun.sentence.tokens[0].i + 1 :][:1]
            return after[0] if after and after[0].pos == "NOUN" else None  # "19 of them children"
    head = top.head
    while head.pos == "NUM" and head.relation in COUNTED and head.i not in inside:
        head = head.head  # "nine of 10 districts", "nine T-72 tanks"
    if head.pos == "PROPN" and head.relation == "compound" and head.head.pos == "NOUN" and head.i not in inside:
        head = head.head  # "14 Grad rockets"
    if head.lower in ("more", "other") and head.i not in inside:
        return head.head if head.relation == "adjective" else head
    if top.relation in COUNTED and head.pos in ("NOUN", "PROPN", "SYM") and head is not top:
        return head
    following = next((kid for token in core for kid in token.children if kid.i not in inside and kid.pos == "NOUN"), None)
    if top.pos == "NOUN" and top.lower.removesuffix("s") not in NUMBER_NOUNS:
        return top
    return following if following is not None and following.relation in ("attribute", "apposition") else None


def name_of(noun: Token) -> str:
    """A noun with the common nouns compounded into it, in lower case: "artillery systems", "square kilometers"."""
    parts = [
        kid
        for kid in noun.children
        if kid.i < noun.i and kid.relation == "compound" and kid.pos == "NOUN" and kid.text.islower()
    ]
    parts += [kid for kid in noun.kids("adjective") if kid.lower in ("square", "aerial")]
    words = [part.lower for part in sorted(parts, key=lambda part: part.i)]
    return " ".join([*words, noun.lower])
