"""What an article tells about which place a name means: the countries that it names, lists of like places, what a place lies in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dateline.find.actor_tables import PhraseTable, plain_words
from dateline.gazetteer.countries import countries_in_title, country_named, country_of_people
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Entry
from dateline.language import Document, Token
from dateline.model import PlaceName
from dateline.resolve.geometry import distance_km

SHORTEST_LIST = 3
LONGEST_NAME = 10  # words of an armed group's name
DIRECTIONS = frozenset("central centre east eastern far north northern south southern west western".split())
TITLED = 2.0
UNKNOWN_TOWN = 20_000
"""A town with fewer people than this in a country that the article does not name is not taken for the one meant."""


def countries_told(
    document: Document,
    title: str | None,
    names: Sequence[PlaceName],
    entries: Sequence[Sequence[Entry]],
    armed: Mapping[str, int],
) -> dict[str, float]:
    """How often an article names each country, by its name, its people, its armed groups (`armed`) or places that lie in one country
    only; a country in its title counts several times."""
    told: dict[str, float] = defaultdict(float)
    for country, times in armed.items():
        told[country] += 0.7 * times
    for country in countries_in_title(title):
        told[country] += TITLED
    for token in document.tokens:
        if token.ent == "NORP" or (token.text[:1].isupper() and token.pos == "ADJ"):
            code = country_of_people(token.text)
            if code is not None:
                told[code] += 0.7
    for name, found in zip(names, entries, strict=True):
        lie_in = {entry.country for entry in found if entry.country}
        code = country_named(name.text)
        if code is not None and len({e.country for e in found if e.own and e.kind in ("country", "province")}) <= 1:
            told[code] += 1.0
        elif (
            len(lie_in) == 1
            and not is_direction(name.text)
            and any(e.own and (e.population >= UNKNOWN_TOWN or e.kind not in ("town", "district")) for e in found)
        ):
            told[next(iter(lie_in))] += 0.7  # a hamlet that happens to bear the name says nothing about the article
    return told


def is_direction(name: str) -> bool:
    """Whether a place is called by nothing but a direction, as regions of many a country are: "West", "Far North"."""
    return set(key(name).split()) <= DIRECTIONS


def countries_of_groups(document: Document, groups: PhraseTable[str]) -> Counter[str]:
    """How often an article names armed groups of each country, where all that bear a name are of one; `groups` has their countries."""
    told: Counter[str] = Counter()
    for token in document.tokens:
        if not token.text[0].isupper() or not (first := plain_words(token.text)) or first[0] not in groups.openings:
            continue
        at = token.i - token.sentence.tokens[0].i
        words = [word for other in token.sentence.tokens[at : at + LONGEST_NAME] for word in plain_words(other.text)]
        found = groups.matches(words, words, 0)
        if found and len(set(found[0][1])) == 1:
            told[found[0][1][0]] += 1
    return told


def belongs_to(document: Document, name: PlaceName) -> str | None:
    """The country whose adjective says where a name lies: "the Chadian border town of Zarb", "the Turkish city Zarb"."""
    first = document.at(name.start)
    if first is None:
        return None
    kind = False
    for token in reversed(document.tokens[max(0, first.i - 6) : first.i]):
        if token.sentence is not first.sentence:
            return None
        code = country_of_people(token.text) if token.text[:1].isupper() else None
        if code is not None:
            return code if kind else None
        kind = kind or token.lower in KINDS
        if token.pos not in ("ADJ", "NOUN", "DET") and token.lower not in ("of", ",", "-"):
            return None
    return None


def sort_of_place(e: Entry) -> tuple[str, str | None]:
    """What a list keeps to: countries, or provinces of one country, or towns of one."""
    return ("country", None) if e.kind == "country" else (e.kind, e.country)


def alike_in_lists(
    document: Document, names: Sequence[PlaceName], entries: Sequence[Sequence[Entry]]
) -> dict[int, tuple[str, str | None]]:
    """Index of a name in a list of three or more -> the sort of place that most names of the list can be."""
    found: dict[int, tuple[str, str | None]] = {}
    run: list[int] = []
    for i in range(len(names) + 1):
        if run and i < len(names) and _goes_on(document, names[run[-1]], names[i]):
            run.append(i)
            continue
        if len(run) >= SHORTEST_LIST:
            votes: dict[tuple[str, str | None], int] = defaultdict(int)
            for member in run:
                for sort in dict.fromkeys(sort_of_place(e) for e in entries[member] if e.own):  # in their order: ties too
                    votes[sort] += 1
            best = max(votes, key=lambda sort: (votes[sort], sort[0] == "country", sort[0] == "province"), default=None)
            if best is not None and votes[best] * 3 >= len(run) * 2:
                found.update((member, best) for member in run)
        run = [i]
    return found


def _goes_on(document: Document, first: PlaceName, second: PlaceName) -> bool:
    """Whether only commas and "and" stand between two names."""
    a, b = document.at(first.end - 1), document.at(second.start)
    if a is None or b is None or a.sentence is not b.sentence or not 1 < b.i - a.i <= 4:
        return False
    return all(t.lower in (",", "and", "or", "the", ";") for t in document.tokens[a.i + 1 : b.i])


def containers(document: Document, names: Sequence[PlaceName]) -> dict[int, int]:
    """Index of a name -> index of the name of what it lies in: "X, Y", "X in Y", "Y's X"."""
    found: dict[int, int] = {}
    text_tokens = document.tokens
    for i in range(len(names) - 1):
        first, second = names[i], names[i + 1]
        a, b = document.at(first.end - 1), document.at(second.start)
        if a is None or b is None or a.sentence is not b.sentence:
            continue
        between = [t.lower for t in text_tokens[a.i + 1 : b.i]]
        if between in (["'s"], ["’s"]):
            found[i + 1] = i
        elif between and len(between) <= 8 and _leads_inside(between, b):
            found[i] = i + 1
    return found


def _leads_inside(between: Sequence[str], after: Token) -> bool:
    """Whether these words between two names say that the first lies in the second."""
    if between[0] == "," and len(between) == 1:
        # A list of places goes on with another comma or an "and"; what a place lies in does not hang from it as a conjunct.
        return after.relation != "conjunct"
    words = [w for w in between if w not in (",", "the", "a") and w not in PARTS]
    if not words or words[-1] not in ("in", "of"):
        return False
    if words[0] == "in" and len(words) > 1:  # "Zarb, in the Norlandish province of"
        words = [w for w in words[1:] if country_of_people(w.capitalize()) is None]
        return len(words) == 2 and words[0] in KINDS
    return len(between) <= 6 and (len(words) == 1 or words[0] in NOUNS_IN)


PARTS = frozenset(
    "northern southern eastern western northeastern northwestern southeastern southwestern north-eastern north-western "
    "south-eastern south-western central far".split()
)
"""Adjectives that say in which part of what is named next a place lies: "X in northern Y"."""
NOUNS_IN = frozenset(
    {"city", "town", "village", "district", "province", "region", "area", "capital", "neighborhood", "suburb"}
)


KINDS = NOUNS_IN | {"port", "island", "hamlet", "settlement", "neighbourhood", "county", "state", "governorate", "oblast"}
"""Nouns for kinds of places that an adjective of a country goes with."""


def lies_inside(e: Entry, inside: Sequence[Entry]) -> float:
    """1 where the entry shares a province with one of these, 0.7 where a country, -0.5 where it lies elsewhere."""
    best = -0.5
    for outer in inside:
        if outer.id == e.id:
            continue
        if outer.kind in ("province", "district") and outer.province is not None and outer.province == e.province:
            return 1.0
        if distance_km(outer.lat, outer.lon, e.lat, e.lon) <= outer.radius_km + 5.0 and outer.kind != "country":
            best = max(best, 0.9)
        elif outer.country is not None and outer.country == e.country and outer.kind in ("country", "region", "island"):
            best = max(best, 0.9 if outer.kind == "country" else 0.3)
    return best
