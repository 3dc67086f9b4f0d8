"""Where an act may have been: every place that the article offers for it, with what speaks for and against each.

A place may stand in the act's own phrase ("the attack in X"), in its clause, in its sentence, in the sentences before; an act told
by the same word elsewhere may have one; the article may be about one place above all; and the country of those it was done to may
be the best that there is. That an act has no place at all ("condemned") is a candidate like the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.gazetteer.countries import countries, country_of_people
from dateline.language import Document, Token
from dateline.model import BODIES, Act, Actor, Location, Mention, Place, Status
from dateline.reading import Facts
from dateline.resolve.place_groups import group_of, manner_of, parties_of, word_of
from dateline.resolve.place_metonyms import as_location, without_metonyms
from dateline.resolve.place_story import Story
from dateline.resolve.place_ties import PLACES, form, hanging, in_subject, tie
from dateline.resolve.scene import NamedPlace, lies_in, named_places

LEAD = 2
"""Index of the last sentence that is counted to an article's lead; the first may be a dateline."""
RECENT = 3
"""Sentences back from which a place is still a candidate."""
POINTING = frozenset({"verb", "that", "that plural"})
"""Forms of triggers that tell of what the story is about already."""
MOST_TOGETHER = 3
"""Places named together that may be what an article is about; a longer list is one of members, not a scene."""
LEADING = 0.4
"""The share of all that is told of countries from which one is the article's own."""
MEMORY = 20
"""Earlier acts that are looked back to."""
SPOKEN = frozenset({"words", "meet", "law", "probe"})


@dataclass(slots=True)
class PlaceOption:
    """A location that an act may have, or none (`location` None), with the features that speak for and against it."""

    location: Location | None
    place: Place | None = None
    features: set[str] = field(default_factory=set)


class PlaceWitnesses:
    """The places of one article as its acts may have them. Ask for its acts in the order of the text."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document = document
        self._by_sentence: dict[int, list[NamedPlace]] = defaultdict(list)
        self._told_of: Counter[str] = Counter()
        self._first: dict[str, NamedPlace] = {}
        weight: dict[str, float] = defaultdict(float)
        told_places = without_metonyms(document, facts.of(Place), facts.of(Mention), facts.of(Act))
        for named in named_places(document, told_places):
            self._by_sentence[named.token.sentence.index].append(named)
            self._told_of[named.location.name] += 1
            self._first.setdefault(named.location.name, named)
            if named.location.country:
                weight[named.location.country] += 1.0
        for token in document.named:
            code = country_of_people(token.text) if token.ent == "NORP" else None
            if code is not None:
                weight[code] += 0.5
        self._country = max(weight, key=lambda c: weight[c]) if weight else None
        self._share = weight[self._country] / sum(weight.values()) if self._country else 0.0
        fine = [
            name
            for name, named in self._first.items()
            if is_fine(named.place.feature, named.location.country) and named.together <= MOST_TOGETHER
        ]
        fine.sort(key=lambda name: (-self._told_of[name], self._first[name].token.i))
        self._scenes = fine[:3]
        total = sum(self._told_of[name] for name in fine)
        self._main = {name for name in self._scenes if self._is_main(name, total)}
        self._anchored = self._anchor(facts.of(Act))
        self._told: list[tuple[Act, str, Location | None]] = []
        self._story = Story(document, facts)
        self._acts: dict[int, list[Act]] = defaultdict(list)
        for act in facts.of(Act):
            self._acts[document.tokens[act.token].sentence.index].append(act)

    def _is_main(self, name: str, total: int) -> bool:
        """Whether the lead names a place, or half of all that is told of is there."""
        return self._first[name].token.sentence.index <= LEAD or 1 < self._told_of[name] >= total / 2

    def _anchor(self, acts: Sequence[Act]) -> dict[str, list[tuple[int, NamedPlace]]]:
        """Word of a trigger -> (token index, place) of the acts told by it that have a place of their own, in order."""
        found: dict[str, list[tuple[int, NamedPlace]]] = defaultdict(list)
        for act in acts:
            head = self._document.tokens[act.token]
            for named in self._by_sentence.get(head.sentence.index, ()):
                where, by = tie(head, named.token, spoken=False)
                if where in ("act", "argument") and by == "in" and is_fine(named.place.feature, named.location.country):
                    found[head.lemma.lower()].append((head.i, named))
                    break
        return found

    def decided(
        self, act: Act, location: Location | None, actors: Sequence[Actor] = (), recipients: Sequence[Actor] = ()
    ) -> None:
        """Remember where an act was and who took part, for those told after it."""
        self._told.append((act, self._document.tokens[act.token].lemma.lower(), location))
        self._story.goes_on(act, manner_of(group_of(act)), actors, recipients, location)

    def options(
        self, act: Act, actors: Sequence[Actor], recipients: Sequence[Actor], status: Status | None = None
    ) -> list[PlaceOption]:
        """Every location that the act may have, "nowhere" first."""
        head = self._document.tokens[act.token]
        group = group_of(act)
        parties = parties_of(actors, recipients)
        # "U.S. airstrikes" name who strikes, not where
        acting = {actor.country for actor in actors} - {None} if group in ("force", "ground") else set()
        nowhere = PlaceOption(None)
        found: dict[str, PlaceOption] = {}
        ties: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for k in range(max(0, head.sentence.index - RECENT), head.sentence.index + 1):
            for named in self._by_sentence.get(k, ()):
                found.setdefault(named.location.name, PlaceOption(named.location, named.place))
                if k == head.sentence.index:
                    where, by = _tie(head, named.token, group)
                    of_actor = named.place.feature == "country" and named.location.country in acting
                    ties[named.location.name].append((where, "subject" if of_actor and by == "modifier" else by))
        self._from_the_article(found, group)
        self._from_other_acts(act, head, group, found, nowhere)
        for role, cast in (("actor", actors), ("recipient", recipients)):
            for actor in cast:
                self._from_country(actor, role, group, parties, found)
        manner = manner_of(group)
        self._from_distance(head, manner, found, ties)
        best = min((_rank(t) for told in ties.values() for t in told), default=len(PLACES) * 2)
        for name, option in found.items():
            self._describe(option, ties.get(name, []), group)
        _compare(found.values(), ties)
        nearest = self._nearest(head, best, group)
        if nearest is not None:
            for name, told in ties.items():
                if name != nearest and min(map(_rank, told)) == best:
                    found[name].features.add("other another as close is nearer")
        nowhere.features |= {f"nowhere {group}", f"nowhere-type {act.type}"}
        if status is not None and group not in ("force", "ground", "meet"):
            nowhere.features.add(f"nowhere-status {status}")
        self._of_nowhere(act, head, manner, bool(actors or recipients), nowhere.features)
        self._from_the_story(act, head, manner, actors, recipients, status, found, nowhere, ties)
        return [nowhere, *found.values()]

    # -- features -------------------------------------------------------------------------------------------------------

    def _nearest(self, head: Token, best: int, group: str) -> str | None:
        """The name of the place that stands nearest to a trigger among those with the closest tie, behind it before ahead of it."""
        rivals = [
            named
            for named in self._by_sentence.get(head.sentence.index, ())
            if _rank(_tie(head, named.token, group)) == best
        ]
        if not rivals:
            return None
        return min(rivals, key=lambda n: (n.token.i < head.i, abs(n.token.i - head.i))).location.name

    def _from_the_article(self, found: dict[str, PlaceOption], group: str) -> None:
        """The places and the country that the article is about."""
        for rank, name in zip(("first", "second", "third"), self._scenes, strict=False):
            named = self._first[name]
            option = found.setdefault(name, PlaceOption(named.location, named.place))
            option.features.add(f"scene {rank}")
            if name in self._main:
                option.features.add(f"scene-main {group}")
        if self._country is not None:
            self._of_country(self._country, found, "country article")

    def _from_other_acts(
        self, act: Act, head: Token, group: str, found: dict[str, PlaceOption], nowhere: PlaceOption
    ) -> None:
        """Where acts told before were: the last of the type, of the word, of the sentence; where the word has a place elsewhere."""
        lemma, shape = head.lemma.lower(), form(head)
        seen: set[str] = set()
        for earlier, word, location in reversed(self._told[-MEMORY:]):
            hows = []
            alike = group_of(earlier) == group
            if alike and self._document.tokens[earlier.token].sentence is head.sentence:
                hows.append("other told in the sentence")
            if word == lemma:
                hows.append(f"told-word {shape}")
            if earlier.type == act.type:
                hows.append(f"told-type {shape}")
            if alike and shape in POINTING and location is not None and not _is_country(location):
                hows.append(f"thread {group}")
            for how in hows:
                if how not in seen:
                    seen.add(how)
                    option = nowhere
                    if location is not None:
                        option = found.setdefault(location.name, PlaceOption(location))
                    option.features.add(how)
        anchored = [(abs(i - head.i), named) for i, named in self._anchored.get(lemma, ()) if i != head.i]
        if anchored:
            _, named = min(anchored, key=lambda entry: entry[0])
            option = found.setdefault(named.location.name, PlaceOption(named.location, named.place))
            option.features.add(f"other anchored {shape if shape in ('that', 'verb') else 'other'}")

    def _from_distance(
        self, head: Token, manner: str, found: Mapping[str, PlaceOption], ties: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        """How far back a place was told of last, and whether it lies in the country that the article tells of most."""
        back = {
            named.location.name: k
            for k in range(RECENT, 0, -1)
            for named in self._by_sentence.get(head.sentence.index - k, ())
        }
        for name, option in found.items():
            if name not in ties:
                option.features.add(f"back-{manner} {back.get(name, 'far')}")
            country = option.location.country if option.location is not None else None
            if option.location is not None and _is_country(option.location):
                if country != self._country:
                    option.features.add(f"setting-{manner} other country")
            elif self._share > LEADING:
                lies = "unknown" if country is None else "inside" if country == self._country else "outside"
                option.features.add(f"setting-{manner} {lies}")

    def _from_the_story(
        self, act: Act, head: Token, manner: str, actors: Sequence[Actor], recipients: Sequence[Actor], status: Status | None,
        found: dict[str, PlaceOption], nowhere: PlaceOption, ties: Mapping[str, Sequence[tuple[str, str]]],
    ) -> None:  # fmt: skip
        """How the story goes on: where the acts were that this one hangs together with, and how old it is."""
        for how, location in self._story.links(act, manner, actors, recipients):
            option = nowhere if location is None else found.setdefault(location.name, PlaceOption(location))
            option.features.add(how)
        age, shape, group = self._story.age(head), form(head), group_of(act)
        nowhere.features |= {
            f"nowhere-age {manner} {age}",
            f"nowhere-form {manner} {shape}",
            f"nowhere-word {word_of(head)}",
        }
        if status is not None:
            nowhere.features.add(f"nowhere-status {manner} {status}")
        parties = {actor.name: "actor" for actor in actors} | {actor.name: "recipient" for actor in recipients}
        for name, option in found.items():
            assert option.location is not None
            kind = fineness(self._feature(option), option.location.country)
            option.features |= {f"kind-{group} {kind}", f"kind-form {shape} {kind}"}
            if name in parties:
                option.features.add(f"party-{parties[name]} {group}")
            if name not in ties:
                option.features.add(f"carried-{manner} {age}")
                first = self._first.get(name)
                if first is not None:
                    last = max(
                        (
                            n.token.sentence
                            for k in self._by_sentence
                            for n in self._by_sentence[k]
                            if n.location.name == name and n.token.i < head.i
                        ),
                        key=lambda t: t.index,
                        default=None,
                    )
                    same = last is not None and last.paragraph == head.sentence.paragraph
                    option.features.add(f"carried-paragraph {manner} {'same' if same else 'other'}")
                    option.features.add(f"carried-often {manner} {min(4, self._told_of[name])}")
                    if first.token.sentence.index == 0 and self._told_of[name] == 1:
                        option.features.add(f"carried-first-only {manner}")
        self._rivals(act, head, found, ties)

    def _rivals(
        self, act: Act, head: Token, found: Mapping[str, PlaceOption], ties: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        """Mark places of the sentence to which another act of it stands closer."""
        others = [a for a in self._acts[head.sentence.index] if a.token != act.token]
        for named in self._by_sentence.get(head.sentence.index, ()):
            option = found[named.location.name]
            own = _tie(head, named.token, group_of(act))
            mine = _rank(own)
            best = min((_rank(_tie(self._document.tokens[a.token], named.token, group_of(a))) for a in others), default=99)
            option.features.add(
                f"rival-{manner_of(group_of(act))} {'closer' if best < mine else 'same' if best == mine else 'none'}"
            )
            if own[0] == "above" and self._story.is_saying(hanging(named.token)[0]):
                option.features.add("above saying")

    def _of_nowhere(self, act: Act, head: Token, manner: str, cast: bool, features: set[str]) -> None:
        """How an act is told that makes a place likelier or less likely to be given."""
        if head.sentence.index <= LEAD:
            features.add(f"nowhere-{manner} lead")
        if head.sentence.quotation is not None:
            features.add(f"nowhere-{manner} spoken")
        if not cast:
            features.add(f"nowhere-{manner} nobody")
        if act.mode is not None:
            features.add(f"nowhere-mode {act.type} {act.mode}")

    def _from_country(self, actor: Actor, role: str, group: str, parties: str, found: dict[str, PlaceOption]) -> None:
        if actor.country is None or actor.country in BODIES:
            return
        if role == "recipient":
            sort, inside = ("recipient-done" if group in ("force", "ground", "help") else "recipient-said"), "in-recipient"
        else:
            home = "at-home" if parties == "one country" else "abroad"
            sort, inside = f"actor-{home}", f"in-actor-{home}"
        self._of_country(actor.country, found, f"country {sort}")
        for other in found.values():
            if other.location is not None and other.location.country == actor.country:
                other.features.add(f"country {inside}")

    def _of_country(self, code: str, found: dict[str, PlaceOption], why: str) -> None:
        country = countries().get(code)
        if country is None:
            return
        option = next((o for o in found.values() if o.location and o.location.gazetteer_id == f"iso:{code}"), None)
        if option is None:
            option = found.setdefault(country.name, PlaceOption(as_location(country)))
        option.features.add(why)

    def _describe(self, option: PlaceOption, ties: Sequence[tuple[str, str]], group: str) -> None:
        country = option.location.country if option.location is not None else None
        kind = fineness(self._feature(option), country)
        option.features.add(f"kind {kind}")
        if not ties:
            return
        where, by = min(ties, key=_rank)
        by = sort_of(by)
        option.features.add(f"tie {where} {by}")
        if group in ("words", "law", "probe"):
            option.features.add(f"tie-{'words' if group == 'words' else 'law'} {where} {by}")
        if kind == "country":
            option.features.add(f"country-as {by}")

    def _feature(self, option: PlaceOption) -> str | None:
        if option.place is not None:
            return option.place.feature
        named = self._first.get(option.location.name) if option.location else None
        return named.place.feature if named is not None else "country"


def is_fine(feature: str | None, country: str | None) -> bool:
    """Whether a kind of place is smaller than a country; a region of no one country ("the Sahel") is not."""
    return feature not in ("country", "continent", "sea") and not (feature == "region" and country is None)


def fineness(feature: str | None, country: str | None) -> str:
    """`country`, `wide` (larger or no land), `area` (province, district, region), `point` (town, base), `unknown`."""
    match feature:
        case None:
            return "unknown"
        case "region" if country is None:
            return "wide"
        case "country":
            return "country"
        case "continent" | "sea" | "border" | "desert":
            return "wide"
        case "province" | "district" | "region" | "mountain" | "island" | "river":
            return "area"
        case _:
            return "point"


def _is_country(location: Location) -> bool:
    return (location.gazetteer_id or "").startswith("iso:")


def _tie(head: Token, token: Token, group: str) -> tuple[str, str]:
    where, by = tie(head, token, group in SPOKEN)
    if where in ("above", "sentence", "beside") and in_subject(token):
        by = "subject"  # "the ambassador in X said": where somebody is posted, not where it was
    return where, by


def _rank(told: tuple[str, str]) -> int:
    """How close a tie is: the lower the closer; by a preposition of place before by anything else."""
    where, by = told
    place = PLACES.index(where) if where in PLACES else len(PLACES)
    return 2 * place + (by != "in")


def _compare(options: Iterable[PlaceOption], ties: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Mark countries and provinces in which a smaller place is told of as well."""
    options = list(options)
    of_act = [
        o.location
        for o in options
        if o.location is not None
        and any(
            where in ("act", "argument") and sort_of(by) in ("in", "goal") for where, by in ties.get(o.location.name, ())
        )
    ]
    for option in options:
        at = option.location
        if at is None or at.gazetteer_id is None or at.name not in ties or _is_country(at):
            continue
        if any(inner.name != at.name and lies_in(inner, at) for inner in of_act[:MEMORY]):
            option.features.add("other holds a place of the act")
    fine = [o.location for o in options if o.location is not None and not _is_country(o.location)]
    for option in options:
        location = option.location
        if location is not None and _is_country(location):
            inside = [at for at in fine if at.country == location.country]
            if any(at.name in ties for at in inside):
                option.features.add("other holds a place of the sentence")
            elif inside:
                option.features.add("other holds a place near")


def sort_of(by: str) -> str:
    """A preposition or relation by its sort: `in`, `goal` (what the act is directed at or comes from), `modifier`, `subject`..."""
    if by in ("object", "to", "into", "onto", "toward", "towards", "from", "on", "against", "through", "over", "of"):
        return "goal"
    return by if by in ("in", "modifier", "subject") else "other"
