"""Where an act may have been: every place that the article offers for it, with what speaks for and against each.

A place may stand in the act's own phrase ("the attack in X"), in its clause, in its sentence, in the sentences before; an earlier
act told by the same word may have had one; the article may be about one place above all; and the country of those it was done to
may be the best that there is. That an act has no place at all ("condemned") is a candidate like the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dateline.gazetteer.countries import countries, country_of_people
from dateline.language import Document, Token
from dateline.model import BODIES, Act, Actor, Location, Place
from dateline.reading import Facts
from dateline.resolve.casting import path
from dateline.resolve.geometry import circle_around

NOWHERE = "nowhere"
RECENT = 3
"""Sentences back from which a place is still a candidate."""
LOCATIVE = frozenset(
    "in at near outside inside around across toward towards into throughout within on off along from to over through of by "
    "against between".split()
)
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types of acts that are done with words: where they were spoken, articles rarely say."""


@dataclass(slots=True)
class PlaceOption:
    """A location that an act may have, or none (`location` None), with the features that speak for and against it."""

    location: Location | None
    place: Place | None = None
    features: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention of a place in the tree; coordinated ones ("X and Y") stand for one location together."""

    token: Token
    place: Place
    location: Location
    group: int


class PlaceWitnesses:
    """The places of one article as its acts may have them. Ask for its acts in the order of the text."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._by_sentence: dict[int, list[_Named]] = {}
        self._counts: Counter[str] = Counter()
        self._countries: Counter[str] = Counter()
        self._first: dict[str, _Named] = {}
        for named in _named(document, facts.of(Place)):
            self._by_sentence.setdefault(named.token.sentence.index, []).append(named)
            weight = 0.5 if named.token.relation in ("compound", "adjective") else 1.0
            self._counts[named.location.name] += weight  # type: ignore[assignment]
            self._first.setdefault(named.location.name, named)
            if named.location.country:
                self._countries[named.location.country] += weight  # type: ignore[assignment]
        for token in document.tokens:
            code = country_of_people(token.text) if token.ent == "NORP" else None
            if code is not None:
                self._countries[code] += 0.5  # type: ignore[assignment]
        self._scene = self._most_told(lambda named: named.place.feature not in ("country", "continent"))
        self._told: list[tuple[Act, str, Location | None]] = []

    def _most_told(self, fits: object) -> str | None:
        names = [(count, name) for name, count in self._counts.items() if fits(self._first[name])]  # type: ignore[operator]
        return max(names, key=lambda pair: (pair[0], -self._first[pair[1]].place.start))[1] if names else None

    def decided(self, act: Act, location: Location | None) -> None:
        """Remember where an act was, for those told after it."""
        self._told.append((act, self._document.tokens[act.token].lemma.lower(), location))

    def options(self, act: Act, actors: Sequence[Actor], recipients: Sequence[Actor]) -> list[PlaceOption]:
        """Every location that the act may have, "nowhere" first."""
        head = self._document.tokens[act.token]
        nowhere = PlaceOption(None)
        found: dict[str, PlaceOption] = {}
        ties: set[str] = set()
        for named in self._near(head):
            option = found.setdefault(named.location.name, PlaceOption(named.location, named.place))
            for feature in self._grammar(act, head, named):
                option.features.add(feature)
                if feature.startswith("tie="):
                    ties.add(feature)
        self._from_the_article(found)
        self._from_before(act, head, found, nowhere)
        for role, cast in (("actor", actors), ("recipient", recipients)):
            for actor in cast:
                self._from_country(actor, role, act, found)
        for option in found.values():
            self._describe(option, act, ties)
        nowhere.features |= self._of_nowhere(act, head, ties)
        return [nowhere, *found.values()]

    def _near(self, head: Token) -> Iterator[_Named]:
        for k in range(max(0, head.sentence.index - RECENT), head.sentence.index + 2):
            yield from self._by_sentence.get(k, ())

    # -- features -------------------------------------------------------------------------------------------------------

    def _grammar(self, act: Act, head: Token, named: _Named) -> Iterable[str]:
        """How a mention of a place stands to the trigger in the tree."""
        token = named.token
        away = head.sentence.index - token.sentence.index
        if away:
            same = token.sentence.paragraph == head.sentence.paragraph
            yield f"away={away}"
            yield f"away+paragraph={away}:{same}"
            yield f"type+away={act.type}:{away}"
            yield f"away+kind={away}:{named.place.feature}"
            return
        tie = _tie(head, token)
        preposition = _preposition(token)
        way = path(head, token)
        yield f"tie={tie}"
        yield f"type+tie={act.type}:{tie}"
        yield f"tie+preposition={tie}:{preposition}"
        yield f"pos+tie={head.pos}:{tie}:{preposition in LOCATIVE}"
        yield f"path={way}"
        yield f"relation={token.relation}"
        yield f"tie+relation={tie}:{token.relation}"
        yield f"after={token.start > head.start}"
        yield f"tie+after={tie}:{token.start > head.start}"
        yield f"tie+kind={tie}:{named.place.feature}"
        nearest = min(self._by_sentence[head.sentence.index], key=lambda other: abs(other.token.i - head.i))
        yield f"nearest={nearest.group == named.group}"

    def _from_the_article(self, found: dict[str, PlaceOption]) -> None:
        """The place and the country that the article is about."""
        if self._scene is not None:
            named = self._first[self._scene]
            found.setdefault(self._scene, PlaceOption(named.location, named.place)).features.add("scene")
        if self._countries:
            code = max(self._countries, key=lambda c: self._countries[c])
            option = self._of_country(code, found)
            if option is not None:
                share = self._countries[code] / max(1, sum(self._countries.values()))
                option.features |= {"country of the article", f"country of the article={round(share * 4) / 4}"}

    def _from_before(self, act: Act, head: Token, found: dict[str, PlaceOption], nowhere: PlaceOption) -> None:
        """Where the acts told before were: the last of all, the last of the type, the last by the same word."""
        lemma = head.lemma.lower()
        seen: set[str] = set()
        for earlier, word, location in reversed(self._told[-30:]):
            hows = []
            if "before" not in seen:
                same = self._document.tokens[earlier.token].sentence is head.sentence
                hows.append("before:same sentence" if same else "before")
                seen.add("before")
            if earlier.type == act.type and "type" not in seen:
                hows.append("type")
                seen.add("type")
            if word == lemma and "word" not in seen:
                hows.append("word")
                seen.add("word")
            for how in hows:
                option = nowhere
                if location is not None:
                    option = found.setdefault(location.name, PlaceOption(location))
                option.features |= {f"told={how}", f"type+told={act.type}:{how}"}

    def _from_country(self, actor: Actor, role: str, act: Act, found: dict[str, PlaceOption]) -> None:
        if actor.country is None or actor.country in BODIES:
            return
        option = self._of_country(actor.country, found)
        if option is not None:
            option.features |= {f"country of={role}", f"type+country of={act.type}:{role}"}
            option.features.add(f"country of={role}:{actor.sector}")
        for other in found.values():
            if other.location is not None and other.location.country == actor.country:
                other.features |= {f"in country of={role}", f"type+in country of={act.type}:{role}"}

    def _of_country(self, code: str, found: dict[str, PlaceOption]) -> PlaceOption | None:
        country = countries().get(code)
        if country is None:
            return None
        for option in found.values():
            if option.location is not None and option.location.gazetteer_id == f"iso:{code}":
                return option
        location = Location(country.name, code, country.lat, country.lon, country.radius_km, f"iso:{code}")
        return found.setdefault(country.name, PlaceOption(location))

    def _describe(self, option: PlaceOption, act: Act, ties: set[str]) -> None:
        location = option.location
        assert location is not None
        kind = (
            option.place.feature
            if option.place is not None
            else "country"
            if (location.gazetteer_id or "").startswith("iso:")
            else None
        )
        rank = (
            sorted(self._counts.values(), reverse=True).index(self._counts[location.name])
            if location.name in self._counts
            else 9
        )
        best = min((tie for tie in ties), key=_closeness, default="tie=none")
        own = min((f for f in option.features if f.startswith("tie=")), key=_closeness, default="tie=none")
        leading = max(self._countries, key=lambda c: self._countries[c]) if self._countries else None
        option.features |= {
            f"kind={kind}",
            f"type+kind={act.type}:{kind}",
            f"rank={min(rank, 4)}",
            f"told of={min(int(self._counts.get(location.name, 0)), 4)}",
            f"best+own={best}:{own}",
            f"type+own={act.type}:{own}",
            f"in country of article={location.country == leading}",
            f"own+in country of article={own}:{location.country == leading}",
            f"found={location.gazetteer_id is not None}",
            f"scene+best={'scene' in option.features}:{best}",
        }

    def _of_nowhere(self, act: Act, head: Token, ties: set[str]) -> set[str]:
        best = min((tie for tie in ties), key=_closeness, default="tie=none")
        return {
            "nowhere",
            f"nowhere type={act.type}",
            f"nowhere type+mode={act.type}:{act.mode}",
            f"nowhere best={best}",
            f"nowhere type+best={act.type}:{best}",
            f"nowhere word={act.type}:{head.lemma.lower()}",
            f"nowhere pos={act.type}:{head.pos}",
            f"nowhere spoken={head.sentence.quotation is not None}",
            f"nowhere type+spoken={act.type}:{head.sentence.quotation is not None}",
            f"nowhere verbal+best={act.type in VERBAL}:{best}",
        }


TIES = ("own", "clause", "above", "below", "sentence", "none")


def _closeness(tie: str) -> int:
    return TIES.index(tie.removeprefix("tie="))


def _tie(head: Token, token: Token) -> str:
    """How close a word stands to a trigger: in its own phrase, in its clause, in a clause above or below, in its sentence."""
    verbs = 0
    for above in token.ancestors():
        if above is head:
            return "own" if verbs == 0 else "below"
        if above.pos in ("VERB", "AUX"):
            verbs += 1
            if head.pos not in ("VERB", "AUX") and _verb_of(head) is above:
                return "clause" if verbs == 1 else "below"
    for above in head.ancestors():
        if above is _verb_of(token):
            return "above"
    return "sentence"


def _verb_of(token: Token) -> Token | None:
    return next((above for above in token.ancestors() if above.pos in ("VERB", "AUX")), None)


def _preposition(token: Token) -> str:
    """The preposition that a place hangs from, over conjuncts, compounds and nouns of kind ("in the town of X" gives "of")."""
    for above in token.ancestors():
        if above.relation in ("preposition", "agent"):
            return above.lower
        if above.pos not in ("PROPN", "NOUN"):
            return "none"
    return "none"


def _named(document: Document, places: Sequence[Place]) -> Iterator[_Named]:
    """Mentions of places in the text's order, those coordinated with each other as one location."""
    by_token: dict[int, Place] = {}
    for place in places:
        token = document.at(place.head)
        if token is not None:
            by_token.setdefault(token.i, place)
    group = 0
    done: set[int] = set()
    for i in sorted(by_token):
        if i in done:
            continue
        token = document.tokens[i]
        members = [t for t in token.conjuncts() if t.i in by_token]
        group += 1
        location = joined([by_token[t.i].location for t in members])
        for member in members:
            done.add(member.i)
            yield _Named(member, by_token[member.i], location, group)


def joined(locations: Sequence[Location]) -> Location:
    """One location for several named together: "X and Y", in their country if they share it, with a circle around all."""
    if len(locations) == 1:
        return locations[0]
    names = list(dict.fromkeys(location.name for location in locations))
    shared = {location.country for location in locations}
    circles = [(at.lat, at.lon, at.radius_km or 0.0) for at in locations if at.lat is not None and at.lon is not None]
    lat, lon, radius = circle_around(circles) if circles else (None, None, None)
    name = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return Location(name, shared.pop() if len(shared) == 1 else None, lat, lon, radius)
