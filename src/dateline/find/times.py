"""Times in the text: which words name one, read by the rules of the lexicon but not yet set on a calendar.

The rules run in three passes, each over the words that the one before left. The first reads dates, weekdays, stretches and sets,
and what looks like a time and is none (ages, numbers of resolutions). The second joins what was found ("two days before" and
"Christmas"), as long as there is something to join. The third reads which way a time points ("since", "by", "until").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, cast

from dateline.find.time_grammar import Grammar, Match, Word
from dateline.language import Document, Token
from dateline.model import Article, Fact, TimeExpression
from dateline.reading import Facts
from dateline.rules.loader import Rule, RuleFile, load_one

Kind = Literal["point", "duration", "set"]
Direction = Literal["at", "since", "until", "by", "before", "after"]

FIRST_YEAR, LAST_YEAR = 1400, 2199  # a bare number of four figures is a year only between these
PLACEHOLDER = re.compile(r"\{(\w+)\}")
JOINS = 3  # how often times are joined to times: "the end of | the first week of | May"
NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART"})
BEFORE_A_YEAR = frozenset(
    "in since of until till by from to during before after through between early late mid around circa year and for".split()
)
GRANTING = frozenset("give grant allow have get".split())
BEFORE_A_NOUN = frozenset("the a an its their his her our this that 's ’s".split())
BEFORE_A_NUMBER = frozenset("$ £ € some than least almost nearly other approximately over".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A time on its way through the passes: words `first`..`last` (half-open) of the pass that found it."""

    start: int
    end: int
    kind: Kind
    value: str
    grain: str
    rule: str
    direction: Direction = "at"


class TimeLexicon:
    """The compiled rule files."""

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        """Load the bundled files and those of the user's lexicons.

        Raises:
            LexiconError: a file is wrong.
        """
        names = ("time", "time_rules", "time_joins", "time_days")
        words, rules, joins, days = (load_one(f"{name}.toml", extra) for name in names)
        self.files: tuple[RuleFile, ...] = (words, rules, joins, days)
        self.days: Mapping[str, Mapping[str, Any]] = {rule.name: rule.data for rule in days.rules}
        self.printed = frozenset(words.settings["printed"])
        self.tense: Mapping[str, Sequence[str]] = words.settings["tense"]
        self.capital = frozenset(words.settings["capital"])
        self.classes = _by_word(words.settings["classes"])
        shapes: Mapping[str, str] = words.settings["shapes"]
        letters = r"(?P<word>[^\W\d_]+)"
        self.tokens = re.compile(
            "|".join([*(f"(?P<{name}>{shape})" for name, shape in shapes.items()), letters, r"(?P<mark>['’]s\b|[^\w\s]|_)"]),
            re.IGNORECASE,
        )
        self.points = Grammar([*_patterns(days, ("day",)), *_patterns(rules, ("never", "point", "duration", "set"))])
        self.joins = Grammar(_patterns(joins, ("join",)))
        self.directions = Grammar(_patterns(joins, ("direction",)))

    def words(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Word]:
        """The words and marks of the text with their classes; an empty word stands between paragraphs."""
        found: list[Word] = []
        for start, end in paragraphs:
            if found:
                found.append(Word(start, start, ""))
            for m in self.tokens.finditer(text, start, end):
                found.append(self._word(m))
        return _numbers_joined(found)

    def _word(self, m: re.Match[str]) -> Word:
        shape, written = cast(str, m.lastgroup), m.group()
        lower = written.lower()
        word = Word(m.start(), m.end(), lower)
        if shape in ("word", "abbreviation"):
            classes = self.classes.get(lower.rstrip("."))
            if classes is not None:
                if shape == "abbreviation":  # the full stop tells "Sun." from the sun
                    classes = {"weekday" if k == "weekday_short" else k: v for k, v in classes.items()}
                word.classes = (
                    classes if written[0].isupper() else {k: v for k, v in classes.items() if k not in self.capital}
                )
        elif shape != "mark":
            word.classes = _number(shape, lower)
        return word


def _by_word(classes: Mapping[str, Mapping[str, str | int | float]]) -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for name, values in classes.items():
        for word, value in values.items():
            table.setdefault(word, {})[name] = str(value)
            if name == "ordinal":
                table[word]["day"] = str(value)
            if name == "ones":
                table[word]["number"] = str(value)
            if name == "tens":
                table[word]["number"] = str(value)
    return table


def _number(shape: str, text: str) -> dict[str, str]:
    if shape == "nth":
        return {"nth": text[:-2], "day": text[:-2]} if 1 <= int(text[:-2]) <= 31 else {"nth": text[:-2]}
    if shape == "decade":
        figures = text.strip("'’s")
        return {"decade": figures if len(figures) == 4 else f"19{figures}"}
    if shape == "amount":
        return {"number": text.replace(",", "")}
    if shape != "digits":
        return {shape: text}
    classes = {"digits": text}
    if len(text) <= 9:
        value = int(text)
        classes["number"] = str(value)
        if len(text) <= 2:
            if len(text) == 2:
                classes["shortyear"] = text
            if 1 <= value <= 31:
                classes["day"] = str(value)
        elif len(text) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
            classes["year"] = text
    return classes


def _numbers_joined(words: list[Word]) -> list[Word]:
    """Read "twenty-one" as one word."""
    joined: list[Word] = []
    i = 0
    while i < len(words):
        word = words[i]
        if "tens" in word.classes:
            k = i + 2 if i + 2 < len(words) and words[i + 1].text == "-" else i + 1
            if k < len(words) and ("ones" in words[k].classes or ("ordinal" in words[k].classes)):
                ones = words[k].classes
                value = str(int(word.classes["tens"]) + int(ones.get("ones") or ones["ordinal"]))
                kinds = {"number": value} if "ones" in ones else {"ordinal": value, "day": value}
                word = Word(word.start, words[k].end, "", kinds)
                i = k
        joined.append(word)
        i += 1
    return joined


def _patterns(file: RuleFile, kinds: Sequence[str]) -> list[tuple[Rule, tuple[str, ...]]]:
    return [(rule, file.expand(rule.strings("pattern"))) for rule in file.rules if rule.kind in kinds]


@cache
def lexicon() -> TimeLexicon:
    """The bundled lexicon of times, loaded once."""
    return TimeLexicon()


# -- guards: what a rule may ask of the words it found -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a rule matched, for its guard."""

    words: Sequence[Word]
    match: Match
    tokens: Mapping[int, Token]

    @property
    def token(self) -> Token | None:
        """The parser's token of the last word that was caught."""
        index = self.match.parts[-1][2] if self.match.parts else self.match.last - 1
        return self.tokens.get(self.words[index].start)

    def neighbour(self, step: int) -> str:
        """The word before (-1) or after (+1) what was matched; empty where there is none."""
        i = self.match.first - 1 if step < 0 else self.match.last
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def after_a_name(self) -> bool:
        """Whether a name stands right before what was matched ("Theresa May")."""
        i = self.match.first - 1
        before = self.tokens.get(self.words[i].start) if i >= 0 else None
        if before is None or before.pos != "PROPN":
            return False
        return before.ent == "PERSON" or (before.relation == "compound" and before.head is self.token)

    def token_after(self) -> Token | None:
        """The parser's token after what was matched."""
        i = self.match.last
        return self.tokens.get(self.words[i].start) if i < len(self.words) else None


def _is_name(place: Place) -> bool:
    """A month or weekday is written as a name, and not the name of somebody or something."""
    token = place.token
    abbreviated = place.words[place.match.last - 1].text.endswith(".")
    if token is None or abbreviated:
        return True
    return token.pos in ("PROPN", "NOUN") and token.ent not in NAMES and not place.after_a_name()


def _is_year(place: Place) -> bool:
    """Four figures are a year: dated by the parser or introduced as one, and counting nothing."""
    token, after, before = place.token, place.token_after(), place.neighbour(-1)
    if place.match.last - place.match.first > 1:
        return True
    if before in BEFORE_A_NUMBER or place.neighbour(1) in ("%", "-"):
        return False
    if after is not None and after.pos == "NOUN" and before in BEFORE_A_NOUN:
        return True
    if after is not None and after.tag == "NNS":
        return False
    modern = "1900" <= place.words[place.match.last - 1].text <= "2099"
    return before in BEFORE_A_YEAR or (modern and token is not None and token.ent == "DATE")


def _is_alone(place: Place) -> bool:
    """Nothing follows that what was found could belong to ("the 5th Fleet")."""
    after = place.token_after()
    return after is None or after.pos not in ("NOUN", "PROPN", "ADJ", "NUM")


def _is_titled(place: Place) -> bool:
    """A day's name is written with a capital and is not itself part of a name ("the Good Friday Agreement")."""
    inside = (place.tokens.get(word.start) for word in place.words[place.match.first : place.match.last])
    after = place.token_after()
    return any(t is not None and t.text[:1].isupper() for t in inside) and (after is None or after.pos != "PROPN")


def _is_noun(place: Place) -> bool:
    token = place.token
    return token is None or token.pos in ("NOUN", "PROPN")


def _is_decade(place: Place) -> bool:
    """ "The seventies" are a decade, "his seventies" an age."""
    return place.neighbour(-1) not in ("his", "her", "their", "its", "my", "our")


def _is_ahead(place: Place) -> bool:
    """The clause speaks of what is to come: "will meet in two days", not "took it in two days"."""
    verb = place.token
    while verb is not None and verb.pos not in ("VERB", "AUX") and verb.head is not verb:
        verb = verb.head
    if verb is None or verb.tag == "VBD":
        return False
    return verb.tag != "VBN" or any(kid.tag == "MD" for kid in verb.kids("auxiliary"))


def _is_no_owner(place: Place) -> bool:
    """No possessive follows: "by Friday", not "by Friday's vote"."""
    return place.neighbour(1) not in ("'s", "’s")


def _has_weekday(place: Place) -> bool:
    return any(kind == "weekday" for _, kind, _ in place.match.parts)


def _is_granted(place: Place) -> bool:
    """Somebody is given the stretch: "gave them three days to leave", not "took three days to leave"."""
    token = place.token
    return token is not None and any(word.lemma in GRANTING for word in islice(token.ancestors(), 2))


GUARDS: dict[str, Callable[[Place], bool]] = {
    "name": _is_name,
    "year": _is_year,
    "alone": _is_alone,
    "titled": _is_titled,
    "noun": _is_noun,
    "decade": _is_decade,
    "ahead": _is_ahead,
    "not owner": _is_no_owner,
    "weekday": _has_weekday,
    "granted": _is_granted,
}
"""The questions that a rule may ask with `if`."""


# -- the stage -----------------------------------------------------------------------------------------------------------


class TimeStage:
    """Document -> TimeExpression."""

    name = "times"
    needs: tuple[type[Fact], ...] = (Document,)
    gives: tuple[type[Fact], ...] = (TimeExpression,)

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self._lexicon = TimeLexicon(extra) if extra else lexicon()

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        return find_times(article.text, facts.one(Document), self._lexicon)


def find_times(text: str, document: Document, lexicon: TimeLexicon) -> Iterator[TimeExpression]:
    """Every time expression of the text, in its order; none lies inside another."""
    tokens = {token.start: token for token in document.tokens if token.quotation is None}
    row, times = _read(lexicon.words(text, document.paragraphs), lexicon.points, tokens, {})
    for _ in range(JOINS):
        joined, times = _read(row, lexicon.joins, tokens, times)
        if len(joined) == len(row):
            break
        row = joined
    _, times = _read(row, lexicon.directions, tokens, times)
    for _, found in sorted(times.items()):
        yield TimeExpression(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            value=found.value,
            grain=found.grain,
            kind=found.kind,
            direction=found.direction,
            rule=found.rule,
        )


def _read(
    words: Sequence[Word], grammar: Grammar, tokens: Mapping[int, Token], before: Mapping[int, Found]
) -> tuple[list[Word], dict[int, Found]]:
    """One pass: the row of words with a single word for every time found, and the times by their first offset."""
    row: list[Word] = []
    times: dict[int, Found] = {}
    i = 0
    while i < len(words):
        word = words[i]
        match = _first(words, i, grammar, tokens)
        if match is None:
            if word.start in before and not word.text:
                times[word.start] = before[word.start]
            row.append(word)
            i += 1
            continue
        if match.rule.kind == "never":
            row.append(Word(word.start, words[match.last - 1].end, ""))
        else:
            kept = match.part(match.rule.data["keep"]) if "keep" in match.rule.data else None
            first, last = (match.first, match.last) if kept is None else (kept, kept + 1)
            found = _found(words, match, first, last, before)
            times[found.start] = found
            row.extend(words[match.first : first])
            row.append(Word(found.start, found.end, "", _stands_for(found)))
            row.extend(words[last : match.last])
        i = match.last
    return row, times


def _first(words: Sequence[Word], i: int, grammar: Grammar, tokens: Mapping[int, Token]) -> Match | None:
    """The best reading at word `i`; words before what a rule keeps must not cut a longer reading short that starts there."""
    if not grammar.starts(words[i]):
        return None
    for match in grammar.readings(words, i):
        guard = "titled" if match.rule.kind == "day" else match.rule.data.get("if")
        if guard is not None and not GUARDS[guard](Place(words, match, tokens)):
            continue
        kept = match.part(match.rule.data["keep"]) if "keep" in match.rule.data else None
        if kept is not None and kept > i:
            inner = (_first(words, k, grammar, tokens) for k in range(i + 1, kept + 1))
            if any(other is not None and other.last > match.last for other in inner):
                continue
        return match
    return None


def _found(words: Sequence[Word], match: Match, first: int, last: int, before: Mapping[int, Found]) -> Found:
    data = match.rule.data
    caught = {name: words[index].classes[kind] for name, kind, index in match.parts}
    inner = {name: before[words[index].start] for name, _, index in match.parts if words[index].start in before}
    grains = {name: found.grain for name, found in inner.items()}
    kind, direction = match.rule.kind, data.get("direction", "at")
    if kind == "day":
        grain = "month" if "-" not in data.get("hijri", "-") else "day"
        return Found(words[first].start, words[last - 1].end, "point", f"named={match.rule.name}", grain, match.rule.name)
    if kind == "join":
        kind = "point"
    if kind == "direction":
        point = inner["point"]
        return replace(point, direction=cast(Direction, direction))
    return Found(
        words[first].start,
        words[last - 1].end,
        cast(Kind, kind),
        filled(data["value"], caught),
        filled(data["grain"], {**caught, **grains}).replace(" ", ""),
        match.rule.name,
        cast(Direction, direction),
    )


def filled(template: str, caught: Mapping[str, str]) -> str:
    """The template with what was caught put in; a piece whose word was left out is dropped."""
    pieces = []
    for piece in template.split(" "):
        names = PLACEHOLDER.findall(piece)
        if all(name in caught for name in names):
            pieces.append(PLACEHOLDER.sub(lambda m: caught[m.group(1)], piece))
    return " ".join(pieces)


def _stands_for(found: Found) -> dict[str, str]:
    if found.kind != "point":
        return {found.kind: found.value}
    if found.grain == "hour":
        return {"hour": found.value}
    classes = {"point": found.value}
    if found.grain == "day":
        classes["date"] = found.value
    if found.value.startswith("named="):
        classes["named"] = found.value
    elif found.grain == "year":
        classes["calendar_year"] = found.value
    return classes
