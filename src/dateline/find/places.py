"""Document -> PlaceName: the words of an article that may name a place, with every gazetteer entry of that name.

Two witnesses speak for a name: the parser, which knows how places stand in sentences but not small towns, and the gazetteer,
which knows the towns but not that "Sandy" is a person here. What the parser calls a place is kept unless the article itself
shows otherwise; what only the gazetteer knows has to be borne out by the words around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.find.place_words import ARTICLES, PlaceWords
from dateline.find.syntax import PLACE_LABELS
from dateline.gazetteer.countries import country_named, country_of_people
from dateline.gazetteer.spelling import key
from dateline.gazetteer.store import Entry, Store
from dateline.language import Document, Token
from dateline.model import Article, Fact, PlaceCandidate, PlaceName
from dateline.reading import Facts
from dateline.rules.loader import RuleFile

LONGEST_NAME = 8  # tokens: "Dasht-e-Archi" is five of them
MOST_CANDIDATES = 40
OTHER_NAMES = frozenset({"WORK_OF_ART", "LAW", "EVENT", "PRODUCT", "LANGUAGE"})
KNOWN_TOWN = 20_000
"""Inhabitants of a town that is believed behind "in" or where it is fought over, even where the parser takes its name for somebody's."""
BELIEVED = 2.0
"""The weight that a name known to the gazetteer alone has to reach."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Tokens first..last of the document, and the entries of the name that they make."""

    first: int
    last: int
    text: str
    entries: tuple[Entry, ...]


class PlaceNameStage:
    """Finds the names of places."""

    name = "place names"
    needs: tuple[type[Fact], ...] = (Document,)
    gives: tuple[type[Fact], ...] = (PlaceName,)

    def __init__(self, gazetteer: Store, words: RuleFile) -> None:
        """`words` is the lexicon's `places/names.toml`."""
        self._gazetteer = gazetteer
        self._words = PlaceWords(words)

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        tokens = document.tokens
        starts = _starts(tokens)
        spans = self._spans(article.text, tokens, starts)
        persons = _surnames(tokens)
        taken = [False] * len(tokens)
        found: list[tuple[int, PlaceName]] = []
        known: set[str] = set()
        parsed = list(self._from_parser(article.text, tokens, spans))
        shown = {
            key(span.text) for span in parsed if span.entries or self._words.stands_as_place(tokens, span.first, span.last)
        }
        for span in parsed:
            if key(span.text) not in shown:
                continue
            if any(taken[span.first : span.last + 1]) or self._is_no_place(tokens, span, persons):
                continue
            taken[span.first : span.last + 1] = [True] * (span.last - span.first + 1)
            known.add(key(span.text))
            found.append((span.first, _named(tokens, span, "the parser calls it a place")))
        told = _countries_told(tokens, found)
        for span in _longest_first(spans, taken):
            weight, why = self._weight(tokens, span, known, told, persons)
            if weight >= BELIEVED:
                taken[span.first : span.last + 1] = [True] * (span.last - span.first + 1)
                found.append((span.first, _named(tokens, span, why)))
        for span in self._unknown(article.text, tokens, starts, taken, told):
            found.append((span.first, _named(tokens, span, "only the words around it make it a place")))
        yield from (name for _, name in sorted(found, key=lambda pair: pair[0]))

    # -- spans ----------------------------------------------------------------------------------------------------------

    def _spans(self, text: str, tokens: Sequence[Token], starts: Sequence[int]) -> dict[tuple[int, int], _Span]:
        """Every run of tokens that the gazetteer has as a name."""
        asked: dict[tuple[int, int], str] = {}
        for first in starts:
            token = tokens[first]
            for last in range(first, min(first + LONGEST_NAME, len(tokens))):
                end = tokens[last]
                if (
                    end.sentence is not token.sentence
                    or end.quotation is not None
                    or end.text in ",;:()[]"
                    or "\n" in end.text
                ):
                    break
                if last > first and tokens[last].start - tokens[last - 1].end > 1:
                    break
                if (end.text[0].isupper() or (end.lower in self._words.nouns and last > first)) and end.text != "'s":
                    asked[first, last] = key(text[token.start : end.end])
        entries = self._gazetteer.find(asked.values())
        return {
            (first, last): _Span(first, last, text[tokens[first].start : tokens[last].end], entries[k])
            for (first, last), k in asked.items()
            if k in entries
        }

    def _from_parser(self, text: str, tokens: Sequence[Token], spans: dict[tuple[int, int], _Span]) -> Iterator[_Span]:
        """The parser's places, grown to the longer name or cut to the names that the gazetteer knows."""
        longest: dict[int, int] = {}
        for first, last in spans:
            longest[first] = max(longest.get(first, -1), last)
        done = -1
        for first, last in _entities(tokens):
            first = max(first, done + 1)
            while first <= last and (
                tokens[first].lower in ("the", "a", "an")
                or tokens[first].tag == "POS"
                or (tokens[first].text.islower() and tokens[first].lower in self._words.before)  # "eastern Ruritania"
            ):
                first += 1
            while last >= first and (tokens[last].tag == "POS" or tokens[last].text in ",.-"):
                last -= 1
            if first > last:
                continue
            grown = longest.get(first, -1)
            if grown >= last:
                done = grown
                if grown == last or not self._words.goes_on(tokens, grown):  # "Aung San" is no town in "Aung San Suu Kyi"
                    yield spans[first, grown]
                continue
            last = self._words.joined(tokens, last)
            done = last
            yield from self._parts(text, tokens, spans, first, last)

    def _parts(
        self, text: str, tokens: Sequence[Token], spans: dict[tuple[int, int], _Span], first: int, last: int
    ) -> Iterator[_Span]:
        """What a stretch that the gazetteer does not have as a whole is made of."""
        commas = [i for i in range(first, last) if tokens[i].text == ","]
        if commas:
            start = first
            for end in [*commas, last + 1]:
                if start < end:
                    yield from self._part(text, tokens, spans, start, end - 1)
                start = end + 1
            return
        yield from self._part(text, tokens, spans, first, last)

    def _part(
        self, text: str, tokens: Sequence[Token], spans: dict[tuple[int, int], _Span], first: int, last: int
    ) -> Iterator[_Span]:
        if (first, last) in spans:
            yield spans[first, last]
            return
        words = text[tokens[first].start : tokens[last].end]
        core_first, core_last = first, last
        if tokens[core_last].lower in self._words.nouns and core_last > core_first:
            core_last -= 1
        while core_first < core_last and tokens[core_first].lower in self._words.before:
            core_first += 1
        core = spans.get((core_first, core_last))
        entries = core.entries if core else self._gazetteer.named(words) or self._heard(words)
        yield _Span(first, last, words, entries)

    def _heard(self, words: str) -> tuple[Entry, ...]:
        """Entries whose names sound alike; none of them has the name for its own."""
        return tuple(replace(entry, own=False) for entry in self._gazetteer.sounding_like(words))

    def _unknown(
        self, text: str, tokens: Sequence[Token], starts: Sequence[int], taken: list[bool], told: frozenset[str]
    ) -> Iterator[_Span]:
        """Names in capitals that only the words around them make places."""
        done = -1
        for first in starts:
            if first <= done or taken[first]:
                continue
            before = tokens[first - 1] if first - 1 > done and first else None
            if (
                before is not None
                and before.pos == "PROPN"
                and before.text[:1].isupper()
                and before.sentence is tokens[first].sentence
            ):
                continue
            unknown = self._words.unknown(tokens, first) or self._words.listed(tokens, first, taken)
            if unknown is None or any(taken[first : unknown[0] + 1]):
                continue
            last, sure = unknown
            words = text[tokens[first].start : tokens[last].end]
            heard = self._heard(words)
            if (
                tokens[last].ent == "NORP"
                and tokens[last].relation in ("adjective", "compound")
                and not self._words.named(tokens, last)
            ):
                continue  # "the Chechen capital"
            if sure or any(e.country in told for e in heard):
                done = last
                taken[first : last + 1] = [True] * (last - first + 1)
                yield _Span(first, last, words, heard)

    # -- guards ---------------------------------------------------------------------------------------------------------

    def _is_no_place(self, tokens: Sequence[Token], span: _Span, persons: frozenset[str]) -> bool:
        """Whether something the parser calls a place is none after all."""
        first, last = tokens[span.first], tokens[span.last]
        folded = key(span.text)
        if folded in self._words.groups or not any(c.isupper() or c.isdigit() for c in span.text):
            return True  # "the west bank" of a river
        if self._words.in_a_date(tokens, span.first, span.last):
            return True
        if span.first < span.last and (first.lower in self._words.titles or last.lower in self._words.occasions):
            return True  # a person, a ship, a conference
        if country_of_people(span.text) is not None and (not span.entries or first.relation in ("adjective", "compound")):
            return True  # "Nigerien forces"
        after = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
        if (
            after is not None
            and after.pos in ("PROPN", "ADJ")
            and country_of_people(f"{span.text} {after.text}") is not None
        ):
            return True  # "Sri" in "Sri Lankan"
        in_place = self._words.locative(tokens, span.first)
        if last.lower in persons and not in_place and span.first == span.last and first.relation not in ("compound",):
            return True
        if not span.entries and span.first == span.last and first.text.isupper() and len(first.text) <= 6 and not in_place:
            return True  # an abbreviation of some body
        if not span.entries and first.ent == "FAC" and not _capitalised(tokens[span.first : span.last + 1]):
            return True
        return span.first > 0 and tokens[span.first - 1].lower in self._words.titles

    def _weight(
        self, tokens: Sequence[Token], span: _Span, known: set[str], told: frozenset[str], persons: frozenset[str]
    ) -> tuple[float, str]:
        """How strongly the words speak for a name that only the gazetteer knows, and the strongest reason."""
        first = tokens[span.first]
        before = tokens[span.first - 1] if span.first and tokens[span.first - 1].sentence is first.sentence else None
        after = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
        after = after if after is not None and after.sentence is first.sentence else None
        folded = key(span.text)
        reasons: list[tuple[float, str]] = []
        if folded in self._words.groups or self._words.in_a_date(tokens, span.first, span.last):
            return -9.0, "a group or a date"
        person = "PERSON" in {t.ent for t in tokens[span.first : span.last + 1]}
        if self._words.strictly(tokens, span.first):
            reasons.append((3.0, "only a place takes the preposition before it"))
        elif self._words.directed(tokens, span.first):
            reasons.append((3.0, "it is told which way from it"))
        elif self._words.locative(tokens, span.first):
            reasons.append((2.0, "a preposition of place stands before it"))
        elif (
            before is not None and before.lower in self._words.weaker and not (person and before.lower not in ("from", "to"))
        ):
            reasons.append((1.0, f"{before.lower!r} stands before it"))
        elif before is not None and before.pos == "VERB" and before.lemma in self._words.verbs and not person:
            reasons.append((1.0, f"it is what somebody {before.lower}"))
        if self._words.settled(tokens, span.first, span.last):
            reasons.append((3.0, "what is told of it is told of places only"))
        if self._owned(tokens, span):
            reasons.append((2.0, "the country that it lies in has it"))
        ground = self._words.ground(tokens, span.first, span.last)
        if ground:
            reasons.append((3.0 * ground, "it is ground that is fought over"))
        if self._words.noun_after(tokens, span.last) or self._words.noun_before(tokens, span.first):
            reasons.append((2.0, "a word for a kind of place stands with it"))
        best = span.entries[0]
        wide = any(
            e.own and e.kind in ("country", "region", "continent", "sea", "province", "island", "capital", "base", "border")
            for e in span.entries
        )
        if best.kind == "country" and best.own:
            reasons.append((3.5, "it is a country"))
        elif wide or any(e.kind == "country" for e in span.entries):
            reasons.append((1.5, "the gazetteer knows it as a country, province or region"))
        elif best.own and best.population >= 200_000:
            reasons.append((1.5, "the gazetteer knows it as a large town"))
        elif span.last > span.first and best.own:
            reasons.append((1.0, "the gazetteer knows it, and it is more than one word"))
        stated = 2.0 if ground else 1.0 if self._words.locative(tokens, span.first) else 0.0
        surname = span.first == span.last and first.lower in persons
        if stated and not surname and _is_known_town(span):
            reasons.append((stated, "one town alone bears the name"))
        if span.last > span.first and any(e.own and e.id.startswith("dateline:") for e in span.entries):
            reasons.append((1.5, "the lexicon has it"))
        if after is not None and self._words.contained(tokens, span.last):
            reasons.append((2.0, "the name of what it lies in stands after it"))
        if any(e.own and e.country in told and (e.population >= 10_000 or e.kind != "town") for e in span.entries):
            reasons.append((1.5 if not person else 1.0, "it lies in a country that the article names"))
        elif any(e.country in told for e in span.entries):
            reasons.append((0.5, "a place of this name lies in a country that the article names"))
        if folded in known:
            reasons.append((1.5, "it is a place elsewhere in the article"))
        doubts = self._doubts(tokens, span, before, after)
        weight = sum(w for w, _ in reasons) + doubts
        return weight, f"only the gazetteer knows it; {max(reasons)[1]}" if reasons else ""

    def _owned(self, tokens: Sequence[Token], span: _Span) -> bool:
        """ "Kenya's Lamu": whether the country that a name may lie in stands before it as its owner."""
        if span.first < 2 or tokens[span.first - 1].tag != "POS":
            return False
        code = country_named(tokens[span.first - 2].text)
        return code is not None and any(e.own and e.country == code and e.kind != "country" for e in span.entries)

    def _doubts(self, tokens: Sequence[Token], span: _Span, before: Token | None, after: Token | None) -> float:
        first, last = tokens[span.first], tokens[span.last]
        doubt = 0.0
        inside = {t.ent for t in tokens[span.first : span.last + 1]}
        whole = all(t is None or t.ent != end.ent or t.pos == "PUNCT" for t, end in ((before, first), (after, last)))
        if inside & {"PERSON", "ORG"}:
            shelled = self._words.is_shelled(tokens, span.first, span.last)
            in_town = whole and self._words.locative(tokens, span.first) and _is_known_town(span)
            doubt -= 1.0 if shelled or in_town else 1.5 if whole else 4.0
        elif inside & OTHER_NAMES:
            doubt -= 3.0
        elif "NORP" in inside:
            doubt -= 2.0 if country_of_people(span.text) else 1.0
        elif inside & {"DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "ORDINAL"}:
            doubt -= 3.0
        if span.text.endswith("$"):
            doubt -= 9.0
        if self._words.joined(tokens, span.last) > span.last:
            doubt -= 9.0  # "Bustan" in "Bustan al-Qasr"
        if key(span.text) in self._words.doubtful:
            doubt -= 1.5
        if before is not None and before.lower in self._words.titles:
            doubt -= 3.0
        if before is not None and before.text[:1].isupper() and before.pos == "PROPN" and before.end + 1 == first.start:
            doubt -= 2.0 if before.lower not in self._words.before else 0.0
        if after is not None and (
            after.lower in self._words.spoilers
            or (after.text[:1].isupper() and after.pos == "PROPN" and after.lower not in self._words.nouns)
        ):
            doubt -= 2.0
        if not any(t.pos == "PROPN" for t in tokens[span.first : span.last + 1]):
            doubt -= 1.5
        letters = [c for c in span.text if c.isalpha()]
        if len(letters) <= 3 and not all(c.isupper() for c in letters):
            doubt -= 1.0
        if len(letters) <= 5 and all(c.isupper() for c in letters) and span.entries[0].kind != "country":
            doubt -= 2.0
        return doubt


def _is_known_town(span: _Span) -> bool:
    """Whether all that bear a name lie in one country, one of them a town of some size."""
    return any(e.population >= KNOWN_TOWN for e in span.entries) and len({e.country for e in span.entries}) == 1


def _starts(tokens: Sequence[Token]) -> list[int]:
    """The tokens that a name may start with: those in capitals, and small articles that something is joined to."""
    open_by_form = (i for i, token in enumerate(tokens) if token.text[0].isupper() or token.lower.rstrip("-’'") in ARTICLES)
    return [i for i in open_by_form if _may_start(tokens, i)]


def _may_start(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    initial = token.text[0]
    if token.quotation is not None or not initial.isalpha():
        return False
    if initial.isupper():
        return True
    following = tokens[i + 1].text[0] if i + 1 < len(tokens) else ""
    return following in "-’'" or "-" in token.text


def _entities(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last index of every run of tokens that the parser labels as one kind of place."""
    start = None
    for i, token in enumerate(tokens):
        label = token.ent if token.ent in PLACE_LABELS and token.quotation is None else ""
        if start is not None and (label != tokens[start].ent or token.sentence is not tokens[start].sentence):
            yield start, i - 1
            start = None
        if start is None and label:
            start = i
    if start is not None:
        yield start, len(tokens) - 1


def _longest_first(spans: dict[tuple[int, int], _Span], taken: Sequence[bool]) -> Iterator[_Span]:
    """Spans that are still free when their turn comes, from left to right, the longest at each start first."""
    for first, last in sorted(spans, key=lambda pair: (pair[0], -pair[1])):
        if not any(taken[first : last + 1]):
            yield spans[first, last]


def _countries_told(tokens: Sequence[Token], found: Sequence[tuple[int, PlaceName]]) -> frozenset[str]:
    """The countries that an article names outright, by nationalities, or by places that lie in one country only."""
    told = {country_of_people(t.text) for t in tokens if t.ent == "NORP"}
    for _, name in found:
        lie_in = {c.country for c in name.candidates}
        told |= lie_in if len(lie_in) == 1 else {country_named(name.text)}
    return frozenset(code for code in told if code)


def _surnames(tokens: Sequence[Token]) -> frozenset[str]:
    """The last words of names of persons in two words or more."""
    found = set()
    for i in range(1, len(tokens)):
        if (
            tokens[i].ent == "PERSON"
            and tokens[i - 1].ent == "PERSON"
            and (i + 1 == len(tokens) or tokens[i + 1].ent != "PERSON" or tokens[i + 1].tag == "POS")
        ):
            found.add(tokens[i].lower)
    return frozenset(found)


def _capitalised(tokens: Sequence[Token]) -> bool:
    return any(t.text[0].isupper() for t in tokens)


def _named(tokens: Sequence[Token], span: _Span, why: str) -> PlaceName:
    inside = tokens[span.first : span.last + 1]
    members = {t.i for t in inside}
    head = next((t for t in inside if t.head is t or t.head.i not in members), inside[-1])
    return PlaceName(
        start=inside[0].start,
        end=inside[-1].end,
        text=span.text,
        head=head.start,
        candidates=tuple(candidate(entry) for entry in span.entries[:MOST_CANDIDATES]),
        rule=why,
    )


def candidate(entry: Entry, score: float = 0.0, parts: tuple[tuple[str, float], ...] = ()) -> PlaceCandidate:
    """A gazetteer entry as a candidate."""
    return PlaceCandidate(
        gazetteer_id=entry.id,
        name=entry.name,
        country=entry.country,
        feature=entry.kind,
        lat=entry.lat,
        lon=entry.lon,
        radius_km=entry.radius_km,
        score=score,
        parts=parts,
        own=entry.own,
    )
