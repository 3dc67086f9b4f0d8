"""Reading a number off the words of a sentence: digits, words, dozens, ranges, "at least" and "around".

Pure arithmetic over words; which words mean what stands in `lexicon/en/quantities.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from text_to_num import text2num  # type: ignore[import-untyped]

from dateline.rules.loader import RuleFile

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion".split()
)
DASHES = frozenset({"-", "–", "—", "‑"})
RANGE_WORDS = frozenset({"to", "or", *DASHES})
LETTERS = "abcdefghijklmnopqrstuvwxyz$"
LEAST_SUM = 1000
"""Letters joined to fewer than these are the name of a road or a model ("N60"), not money."""
GROWN = "from one number to another"
"""The rule that reads the number that something has come to."""
LOOK_BACK = 7
"""So many words before a number may say that it was another then."""
LONGEST_PHRASE = 4  # words in a phrase of the lexicon


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a sentence: words first..last (half-open) without the words around it, first_word..last_word with them."""

    first: int
    last: int
    first_word: int
    last_word: int
    low: float | None
    high: float | None
    approximate: bool
    rule: str


@dataclass(slots=True)
class NumberWords:
    """The lexicon of numbers, keyed by the words of each phrase."""

    words: dict[tuple[str, ...], tuple[float, bool, bool, str]] = field(default_factory=dict)
    multipliers: dict[str, float] = field(default_factory=dict)
    before: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)
    after: dict[tuple[str, ...], tuple[str, str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    changing: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, file: RuleFile) -> NumberWords:
        """The number words of a rule file."""
        lexicon = cls(changing=frozenset(file.settings["changing"]), people=frozenset(file.settings["people"]))
        for rule in file.rules:
            data = rule.data
            if rule.kind == "word":
                entry = (float(data["value"]), bool(data.get("vague")), bool(data.get("about")), rule.name)
                lexicon.words |= {tuple(phrase.split()): entry for phrase in rule.strings("words")}
            elif rule.kind == "multiplier":
                lexicon.multipliers |= dict.fromkeys(rule.strings("words"), float(data["value"]))
            elif rule.kind == "bound":
                lexicon.before |= {tuple(phrase.split()): (data["makes"], rule.name) for phrase in rule.strings("before")}
                lexicon.after |= {tuple(phrase.split()): (data["makes"], rule.name) for phrase in rule.strings("after")}
            elif rule.kind == "unit":
                lexicon.units |= {word.lower(): data["what"] for word in rule.strings("words")}
        lexicon.starts = frozenset(phrase[0] for phrase in lexicon.words) | NUMBER_WORDS | {"a", "half"}
        return lexicon


def numbers(words: Sequence[str], lexicon: NumberWords) -> Iterator[Number]:
    """The numbers of a sentence, given as its words in lower case, in their order and without overlap."""
    done = 0
    for position, word in enumerate(words):
        if position < done or (word.isalpha() and word not in lexicon.starts):
            continue
        found = _number(words, position, lexicon)
        if found is not None:
            yield found
            done = found.last_word


@dataclass(slots=True)
class _Core:
    """A bare number: its value, where it ends, how sure it is."""

    value: float
    last: int
    vague: bool = False
    about: bool = False
    rule: str = "digits"


def _number(words: Sequence[str], first: int, lexicon: NumberWords) -> Number | None:
    core = _core(words, first, lexicon)
    if core is None:
        return None
    changed = first > 0 and words[first - 1] == "from" and words[core.last : core.last + 1] == ["to"]
    if changed and not lexicon.changing.isdisjoint(words[max(0, first - LOOK_BACK) : first]):
        grown = _number(words, core.last + 1, lexicon)
        if grown is not None:
            return replace(grown, rule=GROWN)  # "rose from 30 to 44": it is 44 now
    low: float | None = core.value
    high: float | None = None if core.vague else core.value
    about, last, rule = core.vague or core.about, core.last, core.rule
    upper = _upper(words, first, last, lexicon) if not core.vague else None
    if upper is not None and upper.value < core.value:
        if words[core.last] in DASHES or (first > 0 and words[first - 1] in ("by", "of")):
            last = upper.last  # "52-48", "by 98 to 2": the votes for, then those against
    elif upper is not None and upper.value > core.value:
        high, last, rule = upper.value, upper.last, "range"
        if (
            low is not None
            and low < 100 <= upper.value
            and upper.value % 1000 == 0
            and words[upper.last - 1] in lexicon.multipliers
        ):
            low *= lexicon.multipliers[words[upper.last - 1]]  # "2 to 3 million"
    first_word, last_word = first, last
    for phrase, makes, name in _around(words, first, last, lexicon):
        rule = name
        if makes == "least":
            high = None
        elif makes == "most":
            low, high = None, core.value if high is None else high
        else:
            about = True
        if phrase < 0:
            first_word = first + phrase
        else:
            last_word = last + phrase
    return Number(first, last, first_word, last_word, low, high, about, rule)


def _core(words: Sequence[str], first: int, lexicon: NumberWords) -> _Core | None:
    word = words[first]
    if (joined := joined_unit(word, lexicon.units)) is not None:
        value = _digits(joined[1])
        core = None if value is None else _multiplied(_Core(value, first + 1), words, lexicon)
        return core if core is not None and core.value >= LEAST_SUM else None
    if word[0].isdigit():
        value = _digits(word)
        return None if value is None else _multiplied(_Core(value, first + 1), words, lexicon)
    if word not in lexicon.starts:
        return None
    for length in range(LONGEST_PHRASE, 0, -1):
        entry = lexicon.words.get(tuple(words[first : first + length])) if first + length <= len(words) else None
        if entry is not None:
            value, vague, about, name = entry
            followed = words[first + length] if first + length < len(words) else ""
            if vague and first > 0 and words[first - 1] == "the" and followed != "of":
                return None  # "the scores"
            return _Core(value, first + length, vague, about, name)
    following = [words[k] if k < len(words) else "" for k in (first + 1, first + 2)]
    if word == "half" and following[0] in ("a", "-") and following[1] in lexicon.multipliers:
        return _Core(lexicon.multipliers[following[1]] / 2, first + 3, about=True, rule="half")
    if word == "a":
        if following[0] in lexicon.multipliers and following[0] in NUMBER_WORDS | {"dozen"}:
            return _Core(lexicon.multipliers[following[0]], first + 2, about=True, rule="a hundred")
        return None
    return _spelled(words, first, lexicon)


def joined_unit(word: str, units: Mapping[str, str]) -> tuple[str, str] | None:
    """The unit and the digits of a word that joins both, in lower case ("n60", "rs500,000"); None for any other word."""
    digits = word.lstrip(LETTERS)
    if digits == word or not digits[:1].isdigit() or (unit := units.get(word[: -len(digits)] + "0")) is None:
        return None
    return unit, digits


def _spelled(words: Sequence[str], first: int, lexicon: NumberWords) -> _Core | None:
    """A number in words ("two hundred and six", "thirty-seven")."""
    if words[first] not in NUMBER_WORDS:
        return None
    kept: list[str] = []
    last = first
    while last < len(words):
        word = words[last]
        joins = word == "and" and kept[-1:] and kept[-1] in ("hundred", "thousand", "million")
        if word not in NUMBER_WORDS and not (joins or word in DASHES):
            break
        if word not in NUMBER_WORDS and (last + 1 >= len(words) or words[last + 1] not in NUMBER_WORDS):
            break
        if word in NUMBER_WORDS:
            kept.append(word)
        last += 1
    try:
        value = float(text2num(" ".join(kept), "en"))
    except ValueError:
        return None
    return _multiplied(_Core(value, last, rule="words"), words, lexicon)


def _multiplied(core: _Core, words: Sequence[str], lexicon: NumberWords) -> _Core:
    while core.last < len(words) and (times := lexicon.multipliers.get(words[core.last])) is not None:
        core.value *= times
        core.last += 1
        core.about = core.about or times == 12
    return core


def _digits(word: str) -> float | None:
    try:
        return float(word.replace(",", ""))
    except ValueError:
        if word[-1:] in "kmb" and word[:-1].replace(",", "").replace(".", "", 1).isdigit():
            return float(word[:-1].replace(",", "")) * {"k": 1e3, "m": 1e6, "b": 1e9}[word[-1]]
        if word.endswith("bn") and word[:-2].replace(".", "", 1).isdigit():
            return float(word[:-2]) * 1e9
    return None


def _upper(words: Sequence[str], first: int, last: int, lexicon: NumberWords) -> _Core | None:
    """The upper end of a range, where the words go on with one ("12 to 15", "between 12 and 15")."""
    if last + 1 >= len(words):
        return None
    joiner = words[last]
    if joiner in RANGE_WORDS or (joiner == "and" and first > 0 and words[first - 1] == "between"):
        return _core(words, last + 1, lexicon)
    return None


def _around(
    words: Sequence[str], first: int, last: int, lexicon: NumberWords
) -> Iterator[tuple[int, Literal["least", "most", "about"], str]]:
    """(how many words before, as a negative number, or after; what they make of the number; rule)."""
    start = first
    while start > 0 and words[start - 1] in ("the", "a", "an", "$", "us$", "€", "£"):
        start -= 1
    for length in range(LONGEST_PHRASE, 0, -1):
        entry = lexicon.before.get(tuple(words[max(0, start - length) : start])) if length <= start else None
        if entry is not None:
            yield start - length - first, _makes(entry[0]), entry[1]
            break
    skip = 1 if last < len(words) and words[last] in DASHES else 0
    for length in range(LONGEST_PHRASE, 0, -1):
        stop = last + skip + length
        entry = lexicon.after.get(tuple(words[last + skip : stop])) if stop <= len(words) else None
        if entry is not None:
            yield skip + length, _makes(entry[0]), entry[1]
            break


def _makes(name: Any) -> Literal["least", "most", "about"]:
    if name in ("least", "most", "about"):
        return name  # type: ignore[no-any-return]
    raise ValueError(f"a bound makes least, most or about, not {name!r}")
