"""Decide who is meant: every naming of an article becomes a `Mention` with the actor's name, country and sector.

Names are looked up and joined to figures of the article's cast, descriptions and pronouns are traced to the figures that they
look back to (`dateline.resolve.reference`). Mentions may share a head: "Iraqi and coalition forces" are two actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path

from dateline.find.actor_lexicon import ActorLexicon, Entry, Role, Sort, actor_lexicon, adjective, sector_of_name
from dateline.find.actor_naming import Naming
from dateline.find.actor_tables import cased_words, plain_words
from dateline.find.actors import ActorFinder
from dateline.gazetteer.countries import countries
from dateline.language import Document, Token
from dateline.model import BODIES, Article, Fact, Mention, Place, Publication
from dateline.reading import Facts
from dateline.resolve.actor_cast import Cast, Figure
from dateline.resolve.actor_setting import Setting
from dateline.resolve.reference import Reference

OWN_SIDE = frozenset({"REB", "PRM", "CRM", "OPP"})
"""Sectors that whoever serves them takes on: a "commander" of rebels is a rebel, of a state a soldier."""
OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
"""Sectors whose members speak of their own country's army where they say "the army"."""
NOWHERE = frozenset({"UAF"})
"""Sectors of those whose country is only known where it is said: nobody knows whence unknown gunmen come."""
LOCATIVE = frozenset(
    "in at near outside across inside around through into over throughout within via off toward towards".split()
)
"""Prepositions after which a town is a place and nobody."""
ACTING = frozenset({"subject", "agent", "possessive"})
"""Relations in which a town or a province that is no capital acts ("Texas sued")."""
FORCE_ACTS = frozenset(
    "airstrike strike raid bombardment shelling airdrop drone missile rocket fire artillery bomb warplane operation".split()
)


STATEMENT_BY = re.compile(r"(?i)\b(?:statement|remarks|speech|comments|message|address) (?:by|from|of) (?:the )?([A-Z].*)")


class ActorStage:
    """Document (with Place and Publication, where there are any) -> Mention.

    Args:
        extra: the user's own lexicon folders.
    """

    name = "actors"
    needs: tuple[type[Fact], ...] = (Document,)
    gives: tuple[type[Fact], ...] = (Mention,)

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self._lexicon = actor_lexicon(tuple(extra))
        self._find = ActorFinder(self._lexicon)

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        publications = facts.of(Publication)
        day = publications[0].day if publications else article.published
        namings = self._find(document)
        setting = Setting(document, namings, facts.of(Place), day)
        return Resolution(document, namings, setting, self._lexicon, facts.of(Place), article.title).mentions()


class Resolution:
    """The decisions of one article, naming by naming, in the order of the text."""

    def __init__(
        self,
        document: Document,
        namings: Sequence[Naming],
        setting: Setting,
        lexicon: ActorLexicon,
        places: Sequence[Place] = (),
        title: str | None = None,
    ) -> None:
        self.document = document
        self.setting = setting
        self.lexicon = lexicon
        self.cast = Cast(lexicon, setting.day)
        self.by_head = {naming.head.i: naming for naming in namings}
        self._namings = sorted(namings, key=lambda naming: naming.head.start)
        self._people_named = {entry.name for naming in namings for entry in naming.entries if entry.sort == "person"}
        self._title = title
        self._titled: Figure | None = None
        self._place_country = {place.head: place.location.country for place in places}
        self._figures: dict[int, tuple[Figure, ...]] = {}
        self._rules: dict[int, str] = {}
        self._open: set[int] = set()
        self._bodies: dict[tuple[str, str, str], Figure] = {}
        self._described: dict[tuple[str, str | None, str | None], Figure] = {}
        self.reference = Reference(self)

    def mentions(self) -> Iterator[Mention]:
        """Every mention; names are given as the whole article leaves them."""
        for naming in self._namings:
            self.figures_of(naming.head)
        for naming in self._namings:
            figures = self._figures.get(naming.head.i, ())
            for figure in figures:
                first = figure.seen[0] if figure.seen else naming.head
                yield Mention(
                    start=naming.first.start,
                    end=max(naming.last.end, naming.head.end),
                    head=naming.head.start,
                    actor=figure.actor,
                    kind="pronoun" if naming.kind == "pronoun" else "name" if naming.kind == "name" else "description",
                    rule=self._rules.get(naming.head.i, naming.rule),
                    antecedent=first.start if first is not naming.head else None,
                    candidates=self.reference.candidates.get(naming.head.i, ()),
                )

    def figures_of(self, head: Token) -> tuple[Figure, ...]:
        """The figures that the naming with this head stands for; decided when first asked."""
        known = self._figures.get(head.i)
        if known is not None:
            return known
        naming = self.by_head.get(head.i)
        if naming is None or head.i in self._open:
            return ()
        self._open.add(head.i)
        figures = self._decide(naming)
        self._open.discard(head.i)
        self._figures[head.i] = figures
        for figure in figures:
            figure.seen.append(head)
            if naming.kind != "pronoun":
                figure.roles.extend(role for role in naming.roles if role not in figure.roles)
                figure.gender = figure.gender or naming.gender
        self.reference.note(naming, figures)
        return figures

    def outlet(self) -> tuple[Figure, ...]:
        """Who says "we" where the article names no speaker: whom its title names, else the state that it speaks for."""
        if self._titled is None and self._title:
            self._titled = self._of_title(self._title)
        if self._titled is not None:
            return (self._titled,)
        return (self.state(self.setting.voice),) if self.setting.voice else ()

    def _of_title(self, title: str) -> Figure | None:
        """Who gave the statement that a title announces: "Statement by Defence Minister Jane Doe on …"."""
        announced = STATEMENT_BY.search(title)
        if announced is None:
            return None
        said = announced.group(1)
        words = plain_words(said)
        roles = self.lexicon.roles.matches(words, words, 0)
        length, role = (roles[0][0], roles[0][1][0]) if roles else (0, None)
        name = " ".join(takewhile(lambda word: word[0].isupper(), cased_words(said)[length:]))
        if not name:
            return None
        known = self.cast.named(name, "person")
        if known is not None:
            return known
        entries = [entry for entry in self.lexicon.names.get(plain_words(name)) if entry.holds(self.setting.day)]
        if entries:
            figure = Figure(name, entries[0].sort, True, entries[0].country, entries[0].sector)
            return self.cast.add_listed(figure, entries[0], name)
        figure = Figure(
            name, "person", True, role.country or self.setting.voice if role else None, role.sector if role else None
        )
        self.cast.index(figure, name)
        return self.cast.new(figure)

    def _decide(self, naming: Naming) -> tuple[Figure, ...]:
        for other in naming.same_as:
            if (named := self._named_at_last(naming, other)) is not None:
                return (named,)
            same = self.figures_of(other)
            if same:
                if naming.kind == "name" and len(same) == 1:
                    self.cast.index(same[0], naming.name)
                return same
        if naming.kind == "pronoun":
            return self.reference.pronoun(naming)
        if naming.kind == "name":
            figure = self._named(naming)
            return (figure,) if figure else ()
        return self._description(naming)

    def _named_at_last(self, naming: Naming, other: Token) -> Figure | None:
        """The figure of "the gunman" where it was only described so far and the words beside it now name it for the first time."""
        name = self.by_head.get(other.i)
        if (
            naming.kind != "description"
            or not naming.roles
            or name is None
            or name.kind != "name"
            or other.i in self._figures
        ):
            return None
        before = self.reference.description(naming, naming.roles[0], None, naming.roles[0].sector)
        if (
            len(before) != 1
            or before[0].named
            or before[0].sort != "person"
            or self.cast.named(name.name, name.sort) is not None
        ):
            return None
        figure = before[0]
        figure.name, figure.named, figure.sort = name.name, True, name.sort or "person"
        self.cast.index(figure, name.name)
        self._learn(figure, name)
        return figure

    # -- names ---------------------------------------------------------------------------------------------------------

    def _named(self, naming: Naming) -> Figure | None:
        entry = self.cast.entry_of(naming, self.setting.mentions)
        if entry is not None:
            if entry.sort == "place" and self._is_only_a_place(naming, entry):
                return None
            if entry.kind == "region":
                return self._once(naming.name, entry.country, "GOV", partial(_region, naming.name, entry.country))
            if entry.sort in ("state", "place") or entry.kind == "nationality":
                return self._state(naming, entry.country)
            if entry.sort == "people":
                return self._people(naming, entry.country, entry.sector)
            figure = self.cast.listed(entry, naming.name)
            if figure is None and (figure := self._bodies.get(_army(entry))) is not None:
                figure.name, figure.named, figure.entry = naming.name, True, entry
                self.cast.index(figure, naming.name)
            if figure is None:
                figure = Figure(naming.name, entry.sort, True, entry.country, entry.sector, plural=naming.name.endswith("s"))
                if entry.country is None and entry.sector is not None:
                    figure.country = self._country(naming) or self.setting.country_at(naming.head)
                self.cast.add_listed(figure, entry, naming.name)
                self._bodies.setdefault(_army(entry), figure)
            else:
                self.cast.lend_name(figure, naming.name)
            return figure
        figure = self.cast.named(naming.name, naming.sort)
        if figure is not None and figure.sort not in ("state", "place"):
            self.cast.lend_name(figure, naming.name)
            self._learn(figure, naming)
            return figure
        if naming.sort == "place":
            if not _acts(naming.head):
                return None
            country = self._place_country.get(naming.head.start) or self._country(naming)
            return self.cast.new(Figure(naming.name, "place", True, country, "GOV" if country else None))
        known = self._surname(naming)
        if known is not None:
            return known
        figure = Figure(naming.name, naming.sort, True, plural=naming.plural)
        self._learn(figure, naming)
        only = self._only_one(naming, naming.roles[0], figure.country, figure.sector) if naming.roles else None
        if only is not None and naming.rule == "organisation word" and self._only_a_country_besides(naming):
            figure = self._bodies.setdefault(only, figure)
            figure.name, figure.named = naming.name, True
        self.cast.index(figure, naming.name)
        return self.cast.new(figure)

    def _only_a_country_besides(self, naming: Naming) -> bool:
        """Whether a name says no more than its institution and its country: "Senate of Norland", "Norland Police"."""
        told = {word for word in plain_words(naming.name) if word not in ("of", "the")} - set(naming.roles[0].words.split())
        return len(told) <= 2 and all(self.lexicon.names.get((word,)) for word in told)

    def _learn(self, figure: Figure, naming: Naming) -> None:
        """Let a figure take country and sector from its titles, its affiliations, its own words, at last its surroundings."""
        figure.gender = figure.gender or naming.gender
        if naming.sort and figure.sort is None:
            figure.sort = naming.sort
        role = naming.roles[0] if naming.roles else None
        if figure.entry is None and figure.sector is None:
            for candidate in naming.roles:
                sector = self._sector(naming, candidate)
                if sector is not None:
                    figure.sector = sector
                    break
            else:
                word = sector_of_name(plain_words(figure.name), self.lexicon)
                if word is not None and figure.sort != "person":
                    figure.sector = word.sector
                owner = self._owner(naming)
                if owner is not None and figure.sector is None and owner.sort == "group":
                    figure.sector = owner.sector
        ship = self.lexicon.ships.get(figure.name.split(" ", 1)[0])
        if ship is not None and (figure.sort != "person" or len(figure.name.split(" ", 1)[0]) > 2):
            figure.sort, figure.country, figure.sector = "group", ship, "MIL"
        if figure.country is None:
            figure.country = self._country(naming) or (self._country_of_role(role) if role else None)
            if figure.country is None and not figure.seen and figure.sort != "place":
                figure.country = self.setting.country_at(naming.head)

    def _surname(self, naming: Naming) -> Figure | None:
        """A known person who is only called by a surname: one in office now, of a country that the article speaks of."""
        words = plain_words(naming.name)
        if naming.sort not in ("person", None) or not words:
            return None
        people = self.lexicon.names.get(words) if len(words) > 1 else self.lexicon.surnames.get(words[0], [])
        fitting = [
            e for e in people if e.sort == "person" and e.holds(self.setting.day) and self.setting.mentions(e.country)
        ]
        if len({entry.name for entry in fitting}) != 1:
            return None
        entry = fitting[0]
        figure = self.cast.listed(entry, naming.name)
        if figure is None:
            figure = Figure(entry.name, "person", True, entry.country, entry.sector, gender=naming.gender)
            self.cast.add_listed(figure, entry, naming.name)
        self.cast.index(figure, naming.name)
        return figure

    def state(self, code: str) -> Figure:
        """The figure of a state."""
        name = countries()[code].name
        known = self._described.get((name, code, "GOV"))
        if known is None:
            known = self.cast.new(Figure(name, "state", True, code, "GOV"))
            self._described[(name, code, "GOV")] = known
        return known

    def _is_only_a_place(self, naming: Naming, entry: Entry) -> bool:
        """Whether a capital is where something is rather than who does it: "in Kabul", "the Paris accords"."""
        head = naming.head
        if entry.kind == "region":
            return not _acts(head)
        if head.relation == "preposition_object":
            return head.head.lower in LOCATIVE
        return head.relation in ("compound", "noun_modifier") and head.head.lemma in self.lexicon.not_actors

    def _state(self, naming: Naming, code: str | None) -> Figure | None:
        if code is None or code not in countries():
            return None
        if naming.rule == "nationality" and naming.head.head.lemma in FORCE_ACTS:
            return self._forces(code)
        if naming.rule == "people" and (kin := self.cast.kin(naming.name)) is not None:
            return kin
        if naming.rule == "people" and (naming.roles or not (naming.determiner == "the" and naming.plural)):
            return self._people(naming, code, "CVL")
        return self.state(code)

    def _forces(self, code: str) -> Figure:
        name = f"{adjective(code)} forces"
        return self._once(name, code, "MIL", lambda: Figure(name, "group", False, code, "MIL", plural=True))

    def _people(self, naming: Naming, code: str | None, sector: str | None) -> Figure:
        return self._once(naming.name, code, sector, lambda: Figure(naming.name, "people", False, code, sector, plural=True))

    def _once(self, name: str, country: str | None, sector: str | None, make: object) -> Figure:
        key = (" ".join(plain_words(name)), country, sector)
        known = self._described.get(key)
        if known is None:
            assert callable(make)
            known = self.cast.new(make())
            self._described[key] = known
        return known

    # -- descriptions --------------------------------------------------------------------------------------------------

    def _description(self, naming: Naming) -> tuple[Figure, ...]:
        if not naming.roles:
            return ()
        role = naming.roles[0]
        country = self._country(naming)
        sector = self._sector(naming, role)
        if role.kind == "machine":
            return self._machine(naming, country, sector)
        if several := self._of_several(naming, role):
            return several
        whose = country or (role.country if role.country in BODIES else None)
        found = self.reference.description(naming, role, whose, sector)
        if found:
            return found
        owner = self._owner(naming)
        if role.kind == "relative" and owner is None and role.words in (GROUPS if sector is None else BODILY):
            return ()  # "the team", "a body": of nobody that the article names
        if country is None and owner is not None and owner.country:
            country = owner.country
        country = country or self._country_of_role(role)
        if country is None and sector not in NOWHERE and not self._worldwide(naming):
            own_side = self._country_of_subject(naming) if role.kind in ("body", "force", "office") else None
            country = own_side or self.setting.country_at(naming.head)
        if role.kind == "office" and country and not naming.former and (holder := self._holder(role, country)) is not None:
            return (holder,)
        name = naming.name
        if (
            role.kind in ("body", "office")
            and not naming.plural
            and not self._says_whose(naming)
            and (mark := adjective(country))
        ):
            name = f"{mark} {name}" if naming.head.pos == "PROPN" else f"{mark} {name[0].lower()}{name[1:]}"
        if (only := self._only_one(naming, role, country, sector)) is not None and (
            known := self._bodies.get(only)
        ) is not None:
            return (known,)
        person = role.kind in ("person", "office") and not naming.plural
        sort: Sort = (
            "person" if person or (role.kind == "relative" and not naming.plural and role.words not in GROUPS) else "group"
        )

        def make() -> Figure:
            return Figure(name, sort, False, country, sector, plural=naming.plural, gender=naming.gender, owner=owner)

        if person and naming.determiner in ("a", "an", "another"):
            return (self.cast.new(make()),)
        figure = self._once(name, country, sector, make)
        if only is not None:
            self._bodies[only] = figure
        return (figure,)

    def _only_one(self, naming: Naming, role: Role, country: str | None, sector: str | None) -> tuple[str, str, str] | None:
        """What a description falls together with, where it is of an institution that a country has one of: "the army"."""
        kind = self.lexicon.one_of_a_kind.get(role.words)
        if kind is None or country not in countries() or sector != role.sector:
            return None
        said = {word for word in naming.modifiers if word not in self.lexicon.modifiers and word not in SHARED}
        others = [
            figure for owner in naming.owners for figure in self.figures_of(owner) if figure.sort not in ("state", "people")
        ]
        assert country is not None
        assert sector is not None
        return None if said or others else (kind, country, sector)

    def _of_several(self, naming: Naming, role: Role) -> tuple[Figure, ...]:
        """One figure for each of several owners: "US, British and French forces", "the navies of Norland and Sudria"."""
        if not naming.plural or role.kind not in ("force", "body", "office", "person"):
            return ()
        owners = {figure.name: figure for owner in naming.owners for figure in self.figures_of(owner)}
        states = [figure for figure in owners.values() if figure.sort in ("state", "people")]
        if (
            role.country in BODIES
            and states
            and len(naming.owners) == 1
            and naming.owners[0].kids("conjunct", "coordinator")
        ):
            states = [*states, Figure(naming.noun, "group", False, role.country, role.sector, plural=True)]
        if len(states) < 2:
            return ()
        figures: list[Figure] = []
        for owner in states:
            whose = adjective(owner.country) if owner.sort == "state" else owner.name
            name = owner.name if owner.sort == "group" else f"{whose} {naming.noun}"
            sector = owner.sector if owner.sort == "group" else self._sector(naming, role)
            figures.append(self._once(name, owner.country, sector, partial(_company, name, owner.country, sector)))
        return tuple(figures)

    def _machine(self, naming: Naming, country: str | None, sector: str | None) -> tuple[Figure, ...]:
        owner = self._owner(naming)
        if owner is not None and owner.sort == "group":
            return (owner,)
        return (self._forces(country),) if country and country in countries() else ()

    def _holder(self, role: Role, country: str) -> Figure | None:
        """Who holds an office on the article's day; where the day is not known, the one holder that the article names."""
        entry = self.lexicon.holder(role.words, country, self.setting.day)
        if entry is None and self.setting.day is None:
            held = {entry.name: entry for entry in self.lexicon.offices.get((role.words, country), ())}
            spoken_of = [held[name] for name in self._people_named & held.keys()]
            entry = spoken_of[0] if len(spoken_of) == 1 else None
        if entry is None:
            return None
        figure = self.cast.listed(entry, entry.name)
        if figure is None:
            figure = Figure(entry.name, "person", True, entry.country, entry.sector)
            self.cast.add_listed(figure, entry, entry.name)
        return figure

    def _country_of_subject(self, naming: Naming) -> str | None:
        """The country of the official or state that is the subject of the clause: "President X ordered the army …"."""
        for above in naming.head.ancestors():
            if above.pos == "VERB":
                subject = above.kid("subject")
                if subject is None or subject.start >= naming.head.start:
                    continue
                figures = self.figures_of(subject)
                if figures and figures[0].sector in OFFICIAL and figures[0].country in countries():
                    return figures[0].country
                return None
        return None

    def _country_of_role(self, role: Role) -> str | None:
        """The country that a role is only found in ("Foreign Secretary"), where the article speaks of that country at all."""
        if role.country in countries() and not self.setting.mentions(role.country) and self.setting.main is not None:
            return None
        return role.country

    def _says_whose(self, naming: Naming) -> bool:
        return any(owner.start >= naming.first.start and owner.i < naming.head.i for owner in naming.owners)

    def _worldwide(self, naming: Naming) -> bool:
        return naming.roles[0].kind == "abroad" or any(
            word in WORLDWIDE for word in (*naming.modifiers, *naming.name.lower().split())
        )

    def _owner(self, naming: Naming) -> Figure | None:
        """The figure that a naming says it belongs to: a body or somebody rather than a country, if both are named."""
        figures = [figure for owner in naming.owners for figure in self.figures_of(owner)]
        bodies = [figure for figure in figures if figure.sort in ("group", "person")]
        return next(iter(bodies or figures), None)

    def _country(self, naming: Naming) -> str | None:
        """The country that the words of a naming state: a nationality, an owner's, the place that it is in."""
        if naming.nationalities:
            return naming.nationalities[0]
        for owner in naming.owners:
            stated = self._place_country.get(owner.start)
            for figure in self.figures_of(owner):
                if figure.sort in ("state", "people", "place", "group", "person") and figure.country:
                    return figure.country
            if stated:
                return stated
        for place in naming.places:
            stated = self._place_country.get(place.start)
            if stated:
                return stated
            for figure in self.figures_of(place):
                if figure.sort in ("state", "place") and figure.country:
                    return figure.country
        return None

    def _sector(self, naming: Naming, role: Role) -> str | None:
        """The sector of a role in its phrase: by what stands before it, by whom it belongs to, else its own."""
        owner = self._owner(naming)
        armed = role.kind in ("force", "machine")
        if naming.former and (role.kind == "office" or role.sector in ("GOV", "MIL", "LEG", "COP", "SPY")):
            return "ELI"
        if armed or role.kind == "relative":
            if armed and owner is not None and owner.sort == "group" and owner.sector == "OPP":
                return "REB"
            for word in naming.modifiers:
                modifier = self.lexicon.modifiers.get(word)
                told = modifier and (modifier.of_forces if armed else modifier.of_others)
                if told:
                    return told
            for other in naming.roles[1:]:
                if other.sector and other.kind != "title" and naming.kind == "description":
                    modifier = self.lexicon.modifiers.get(other.words)
                    return (modifier and (modifier.of_forces if armed else modifier.of_others)) or other.sector
        if owner is not None and owner.sort in ("group", "person"):
            if role.kind == "relative":
                return owner.sector
            if owner.sector in OWN_SIDE and role.sector in ("MIL", "GOV", "SPY", "COP"):
                return owner.sector
        return role.sector


def _army(entry: Entry) -> tuple[str, str, str]:
    """The key of a country's forces where an entry names the whole of them ("Norland Defence Forces"), else of itself."""
    whole = entry.kind == "force" and entry.sector == "MIL" and plain_words(entry.name)[-1] in ("military", "forces", "army")
    return ("forces", entry.country or "", "MIL") if whole else ("", entry.name, "")


def _acts(head: Token) -> bool:
    """Whether a town or a province stands where somebody acts ("Texas sued")."""
    while head.relation == "conjunct" and head.head is not head:
        head = head.head
    return head.relation in ACTING


def _region(name: str, country: str | None) -> Figure:
    return Figure(name, "place", True, country, "GOV")


def _company(name: str, country: str | None, sector: str | None) -> Figure:
    return Figure(name, "group", False, country, sector, plural=True)


GROUPS = frozenset(
    "group wing branch organisation organization movement alliance body institution network federation confederation league "
    "staff personnel team side delegation board panel office secretariat party faction source figure inquiry".split()
)
SHARED = frozenset("armed own heavily well regular all entire whole additional more fresh elite".split())
"""Modifiers after which a country's forces are still its forces."""
BODILY = frozenset({"head", "chair", "side"})
"""Words that mean somebody only with an owner: else parts of a body, furniture."""
WORLDWIDE = frozenset(
    {
        "foreign",
        "international",
        "world",
        "global",
        "regional",
        "other",
        "european",
        "western",
        "neighbouring",
        "neighboring",
    }
)


def mentions_at(facts: Facts) -> dict[int, tuple[Mention, ...]]:
    """The mentions of an article by the offset at which their head starts."""
    found: dict[int, list[Mention]] = {}
    for mention in facts.of(Mention):
        found.setdefault(mention.head, []).append(mention)
    return {head: tuple(held) for head, held in found.items()}
