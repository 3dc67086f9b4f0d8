"""Patterns of the event lexicon found in the parse: which words may head one, and where its further words hang."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.find.syntax import is_passive, openers, small_clauses
from dateline.language import Token
from dateline.language.mending import HYPHENS
from dateline.rules.senses import PartOfSpeech, Pattern

NOT_BELOW = frozenset({"subject", "clausal_subject", "punctuation", "complement", "adverbial_clause", "relative_clause"})
"""Relations in which a word of a pattern never stands to the word above it."""
NOMINAL = frozenset({"subject", "passive_subject", "object", "preposition_object", "indirect_object", "possessive"})


PHRASAL = frozenset(
    "break bring call carry come get give go hold keep let look make press pull put run set take turn".split()
)
"""Verbs that mean something else with each particle: "take up" is no "take"."""
ASTRAY = frozenset({"ahead", "apart"})
"""Adverbs right behind a verb by which it means something else: who pressed ahead urged nobody, a truce that fell apart fell to nobody."""
STANDING = frozenset(
    "alleged banned convicted dismissed displaced disputed exiled occupied outlawed suspected wanted".split()
)
"""Participles before a noun that say what it is taken for or has long been, and not what is done."""


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found in a sentence: its head and all its tokens, head first; `unmet` is the demand that a doubtful one fails.

    `sources` holds what was found at the sources asked for so far, by name: patterns of the same words have it in common.
    """

    pattern: Pattern
    head: Token
    tokens: tuple[Token, ...]
    sources: dict[str, list[Token]]
    unmet: str | None = None


def forms(token: Token) -> list[str]:
    """The forms under which a token is looked up; a plural taken for a name for its capital ("Rockets hit") by its singular too."""
    lemma, lower = token.lemma.lower(), token.lower
    found = [lemma] if lemma == lower else [lemma, lower]
    if token.tag == "NNPS" or (token.pos == "PROPN" and lower.endswith("s") and not lower.endswith("ss")):
        singular = lower.removesuffix("s")
        if singular not in found:
            found.append(singular)
    return found


AMOUNTS_OF_MONEY = frozenset({"billion", "bn", "million", "m", "trillion"})


def part_of_speech(token: Token) -> PartOfSpeech | None:
    """The part of speech under which a token's word is looked up in the lexicon; None where it can be no trigger."""
    if token.relation == "adjective" and any(kid.text in HYPHENS and kid.i < token.i for kid in token.children):
        return None  # "Norland-backed rebels", "a government-ordered curfew"
    if token.relation == "adjective" and token.lower in STANDING:
        return None
    match token.pos:
        case "VERB":
            if token.relation not in NOMINAL or (token.tag == "VBG" and token.kids("object")):
                return "verb"
            return None if token.tag in ("VBD", "VBN") else "noun"  # "the accused"; "strikes on the depot" taken for a verb
        case "AUX":
            return "verb" if token.tag == "MD" or token.relation not in ("auxiliary", "passive_auxiliary") else None
        case "PROPN":
            return None if token.ent in ("ORG", "PERSON", "GPE") else "noun"
        case "NOUN":
            return "noun"
        case "NUM":  # "pledged $40 million"
            return "noun" if token.lower in AMOUNTS_OF_MONEY else None
        case "ADJ":
            return "adjective"
    return None


def match_rest(head: Token, rest: Sequence[str]) -> tuple[Token, ...] | None:
    """The tokens of a pattern's further words, each below another word of it; None where one is missing.

    The words stand in reading order ("fire tear gas"), so that one may wait for the word that it hangs from.
    """
    if head.lemma.lower() in PHRASAL and any(kid.lower not in rest for kid in head.kids("particle")):
        return None
    if any(kid.lower in ASTRAY and kid.lower not in rest and kid.i == head.i + 1 for kid in head.children):
        return None
    matched: list[Token] = [head]
    waiting = list(rest)
    while waiting:
        for word in waiting:
            found = next(
                (
                    kid
                    for above in reversed(matched)
                    for kid in _below(above)
                    if _is(kid, word) and kid not in matched and ("and" in rest or not _goes_on(kid))
                ),
                None,
            )
            if found is not None:
                matched.append(found)
                waiting.remove(word)
                break
        else:
            return None
    return tuple(matched[1:])


def _goes_on(token: Token) -> bool:
    """Whether a verb only goes on from the one above it: "fired rockets and *bombed* a plant" fires no bombs."""
    return token.relation == "conjunct" and token.pos == "VERB"


def _below(token: Token) -> Iterable[Token]:
    for kid in token.children:
        if kid.tag == "TO" or (kid.relation == "preposition" and kid.pos == "VERB"):
            continue  # "to appeal" is not "appeal to", "struck according to" no accord
        if kid.relation == "preposition" and _of_time(kid):
            continue  # "walked out on Monday"
        if kid.relation in NOT_BELOW or (kid.relation == "passive_subject" and not is_passive(token)):
            continue
        yield kid
    yield from openers(token)
    yield from small_clauses(token)
    if token.relation == "noun_clause" and token.tag == "VBN":  # "the attack launched by": the noun is the verb's object
        yield token.head


def _of_time(preposition: Token) -> bool:
    """Whether a preposition only leads to when it was."""
    if preposition.lower not in ("at", "in", "on"):
        return False
    objects = preposition.kids("preposition_object")
    return bool(objects) and all(noun.ent in ("DATE", "TIME") for noun in objects)


def _is(token: Token, word: str) -> bool:
    return token.lemma.lower() == word or token.lower == word


def trigger_span(match: Match) -> tuple[int, int]:
    """Offsets of the trigger: its head with the words of the pattern that stand right beside it, hyphens between them."""
    by_position = {token.i: token for token in match.tokens}
    for token in match.tokens:
        by_position.update((kid.i, kid) for kid in token.children if kid.text == "-" and kid.i + 1 in by_position)
    first = last = match.head
    while (after := by_position.get(last.i + 1)) is not None:
        last = after
    while (before := by_position.get(first.i - 1)) is not None:
        first = before
    return first.start, last.end
