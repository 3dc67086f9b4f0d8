"""From a name in the text to the figure that bears it: states, listed names, people by surname or office, names never heard of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from dateline.find.actor_lexicon import ActorLexicon, Entry, Role, adjective, sector_of_name
from dateline.find.actor_naming import Naming
from dateline.find.actor_tables import cased_words, plain_words
from dateline.gazetteer.countries import countries
from dateline.language import Token
from dateline.resolve.actor_cast import Cast, Figure
from dateline.resolve.actor_setting import Setting
from dateline.resolve.actor_traits import OFFICIAL, Traits

ACTING = frozenset({"subject", "agent", "possessive"})
"""Relations in which a town or a province that is no capital acts ("Texas sued")."""
STATEMENT_BY = re.compile(r"(?i)\b(?:statement|remarks|speech|comments|message|address) (?:by|from|of) (?:the )?([A-Z].*)")


class Names:
    """Finds or makes the figures of names; `placed` is the country of places by offset."""

    def __init__(
        self,
        lexicon: ActorLexicon,
        setting: Setting,
        cast: Cast,
        traits: Traits,
        namings: Sequence[Naming],
        placed: Mapping[int, str | None],
    ) -> None:
        self._lexicon = lexicon
        self._setting = setting
        self._cast = cast
        self._traits = traits
        self._placed = placed
        self._people_named = {entry.name for naming in namings for entry in naming.entries if entry.sort == "person"}

    def named(self, naming: Naming) -> Figure | None:
        """The figure of a name; None where the name is only a place's."""
        entry = self._cast.entry_of(naming, self._setting.mentions)
        if entry is not None and (elsewhere := self._of_another_state(naming, entry)) is not None:
            return elsewhere
        if entry is not None and entry.sort == "group" and len(plain_words(naming.name)) == 1:
            person = self._cast.named(naming.name, "person")
            if person is not None and person.sort == "person":
                return person  # "Ford", where the article has named Henry Ford
        if entry is not None:
            if entry.sort == "place" and self._is_only_a_place(naming, entry):
                return None
            if entry.kind == "region":
                return self._cast.once(Figure(naming.name, "place", True, entry.country, "GOV"))
            if entry.sort in ("state", "place") or entry.kind == "nationality":
                return self._state(naming, entry.country)
            if entry.sort == "people":
                return _people(self._cast, naming, entry.country, entry.sector)
            figure = self._cast.listed(entry)
            if figure is None and (figure := self._cast.bodies.get(_army(entry))) is not None:
                figure.name, figure.named, figure.entry = naming.name, True, entry
                self._cast.index(figure, naming.name)
            if figure is None:
                figure = Figure(
                    naming.name,
                    entry.sort,
                    True,
                    entry.country,
                    entry.sector,
                    plural=entry.sort != "person" and naming.name.endswith("s"),
                )
                if entry.country is None and entry.sector is not None and not self._of_many_countries(entry):
                    figure.country = self._traits.country(naming) or self._setting.country_at(naming.head)
                self._cast.add_listed(figure, entry, naming.name)
                self._cast.bodies.setdefault(_army(entry), figure)
            else:
                self._cast.lend_name(figure, naming.name)
            return figure
        figure = self._cast.named(naming.name, naming.sort)
        if figure is not None and figure.sort not in ("state", "place"):
            self._cast.lend_name(figure, naming.name)
            self.learn(figure, naming)
            return figure
        if naming.sort == "place" or (naming.rule == "proper noun" and naming.head.start in self._placed):
            if not _acts(naming.head):
                return None
            country = self._placed.get(naming.head.start) or self._traits.country(naming)
            return self._cast.new(Figure(naming.name, "place", True, country, "GOV" if country else None))
        known = self._surname(naming)
        if known is not None:
            return known
        figure = Figure(naming.name, naming.sort, True, plural=naming.plural and naming.sort != "person")
        self.learn(figure, naming)
        only = (
            only_one(self._lexicon, self._traits, naming, naming.roles[0], figure.country, figure.sector)
            if naming.roles
            else None
        )
        if only is not None and naming.rule == "organisation word" and self._only_a_country_besides(naming):
            figure = self._cast.bodies.setdefault(only, figure)
            figure.name, figure.named = naming.name, True
        self._cast.index(figure, naming.name)
        return self._cast.new(figure)

    def _of_many_countries(self, entry: Entry) -> bool:
        """Whether a name is of states together: "Western governments"."""
        return not self._lexicon.classes["abroad"].isdisjoint(plain_words(entry.name))

    def _of_another_state(self, naming: Naming, entry: Entry) -> Figure | None:
        """What bears the name of a state's institution in another state: "Norland's Joint Chiefs of Staff"."""
        if entry.sector not in OFFICIAL or entry.sort != "group" or entry.country not in countries():
            return None
        country = next((figure.country for figure in self._traits.owners(naming) if figure.sort == "state"), None)
        if country is None or country == entry.country:
            return None
        return self._cast.once(Figure(f"{adjective(country)} {naming.name}", "group", True, country, entry.sector))

    def _only_a_country_besides(self, naming: Naming) -> bool:
        """Whether a name says no more than its institution and its country: "Senate of Norland", "Norland Police"."""
        told = {word for word in plain_words(naming.name) if word not in ("of", "the")} - set(naming.roles[0].words.split())
        return len(told) <= 2 and all(self._lexicon.names.get((word,)) for word in told)

    def learn(self, figure: Figure, naming: Naming) -> None:
        """Let a figure take country and sector from its titles, its affiliations, its own words, at last its surroundings."""
        figure.gender = figure.gender or naming.gender
        if naming.sort and figure.sort is None:
            figure.sort = naming.sort
        role = naming.roles[0] if naming.roles else None
        whole = self._whole(figure) if figure.entry is None else None
        if whole is not None:
            figure.country = figure.country or whole.country
            figure.sector = figure.sector or whole.sector
        if figure.entry is None and figure.sector is None:
            for candidate in naming.roles:
                sector = self._traits.sector(naming, candidate)
                if sector is not None:
                    figure.sector = sector
                    break
            else:
                word = sector_of_name(plain_words(figure.name), self._lexicon)
                if word is not None and figure.sort != "person":
                    figure.sector = word.sector
                owner = self._traits.owner(naming)
                if owner is not None and figure.sector is None and owner.sort == "group":
                    figure.sector = owner.sector
        ship = self._lexicon.ships.get(figure.name.split(" ", 1)[0])
        if ship is not None and (figure.sort != "person" or len(figure.name.split(" ", 1)[0]) > 2):
            figure.sort, figure.country, figure.sector = "group", ship, "MIL"
        if figure.country is None:
            figure.country = self._traits.country(naming) or (self._traits.country_of_role(role) if role else None)
            if figure.country is None and not figure.seen and figure.sort != "place":
                office = role is not None and role.kind == "office" and not naming.former
                own = self._setting.office_home if office and self._setting.country_near(naming.head) is None else None
                figure.country = own or self._setting.country_at(naming.head)

    def _whole(self, figure: Figure) -> Entry | None:
        """The listed group of whose organ a name tells: "the High Command of the *Arakan Army*"."""
        _, of, rest = figure.name.partition(" of ")
        if not of or figure.sort == "person":
            return None
        listed = self._lexicon.names.get(plain_words(rest.removeprefix("the ")))
        return next((e for e in listed if e.sort == "group" and e.sector is not None and e.holds(self._setting.day)), None)

    def _surname(self, naming: Naming) -> Figure | None:
        """A known person who is only called by a surname: one in office now, of a country that is spoken of, or known everywhere."""
        words = plain_words(naming.name)
        misread = naming.sort == "group" and naming.rule == "proper noun"  # "Macron", taken for a firm
        if (naming.sort not in ("person", None) and not misread) or not words:
            return None
        people = self._lexicon.names.get(words) if len(words) > 1 else self._lexicon.surnames.get(words[0], [])
        holding = [e for e in people if e.sort == "person" and e.holds(self._setting.day)]
        holding = [e for e in holding if e.name in self._people_named] or holding  # whose whole name stands elsewhere
        fitting = [e for e in holding if self._setting.mentions(e.country) and not misread]
        if not fitting and any(role.sector == "GOV" for role in naming.roles):
            fitting = [e for e in holding if e.sector == "GOV"]  # "Secretary Berg": whoever bears the name in office
        if not fitting and not naming.roles and len({e.name for e in holding}) == 1:
            fitting = [e for e in holding if e.known_everywhere]
        traits = {(entry.country, entry.sector) for entry in fitting}
        if len({entry.name for entry in fitting}) > 1 and len(traits) == 1:  # one of two presidents of that name
            return self._cast.once(Figure(naming.name, "person", True, *traits.pop(), gender=naming.gender))
        if len({entry.name for entry in fitting}) != 1:
            return None
        entry = fitting[0]
        figure = self._cast.listed(entry)
        if figure is None:
            figure = Figure(entry.name, "person", True, entry.country, entry.sector, gender=naming.gender)
            self._cast.add_listed(figure, entry, naming.name)
        self._cast.index(figure, naming.name)
        return figure

    def _is_only_a_place(self, naming: Naming, entry: Entry) -> bool:
        """Whether a capital is where something is rather than who does it: "in Kabul", "the Paris accords", "the Cairo bombing"."""
        head = naming.head
        if entry.kind == "region":
            return not _acts(head)
        if head.relation == "preposition_object":
            return head.head.lower in self._lexicon.classes["locative"]
        of = head.head.lemma.lower()
        return head.relation in ("compound", "noun_modifier") and (
            of in self._lexicon.not_actors or of in self._lexicon.classes["happening"]
        )

    def _state(self, naming: Naming, code: str | None) -> Figure | None:
        if code is None or code not in countries():
            return None
        adjectival = naming.rule == "nationality" or (
            naming.head.relation in ("compound", "conjunct", "noun_modifier")
            and naming.name.replace(".", "") == adjective(code)
        )
        of = naming.head.head.head if naming.head.relation == "conjunct" else naming.head.head
        if adjectival and of.lemma in self._lexicon.classes["force-acts"]:
            return self._cast.forces(code)  # "Norwegian airstrikes", "U.S. airstrikes", "US-Norwegian airstrikes"
        if naming.rule == "people" and (kin := self._cast.kin(naming.name)) is not None:
            return kin
        if naming.rule == "people" and naming.determiner in ("a", "an", "another") and not naming.plural:
            return self._cast.new(Figure(naming.name, "person", False, code, "CVL"))
        if naming.rule == "people" and (naming.roles or not (naming.determiner == "the" and naming.plural)):
            return _people(self._cast, naming, code, "CVL")
        return self._cast.state(code)

    def holder(self, role: Role, country: str) -> Figure | None:
        """Who holds an office on the article's day; where the day is not known, the one holder that the article names."""
        entry = self._lexicon.holder(role.words, country, self._setting.day)
        if entry is None and self._setting.day is None:
            held = {entry.name: entry for entry in self._lexicon.offices.get((role.words, country), ())}
            spoken_of = [held[name] for name in self._people_named & held.keys()]
            entry = spoken_of[0] if len(spoken_of) == 1 else None
        if entry is None:
            return None
        figure = self._cast.listed(entry)
        if figure is None:
            figure = Figure(entry.name, "person", True, entry.country, entry.sector)
            self._cast.add_listed(figure, entry, entry.name)
        return figure

    def of_title(self, title: str) -> Figure | None:
        """Who gave the statement that a title announces: "Statement by Defence Minister Jane Doe on …"."""
        announced = STATEMENT_BY.search(title)
        if announced is None:
            return None
        said = announced.group(1)
        words = plain_words(said)
        roles = self._lexicon.roles.matches(words, words, 0)
        length, role = (roles[0][0], roles[0][1][0]) if roles else (0, None)
        name = " ".join(takewhile(lambda word: word[0].isupper(), cased_words(said)[length:]))
        if not name:
            return None
        known = self._cast.named(name, "person")
        if known is not None:
            return known
        entries = [entry for entry in self._lexicon.names.get(plain_words(name)) if entry.holds(self._setting.day)]
        if entries:
            figure = Figure(name, entries[0].sort, True, entries[0].country, entries[0].sector)
            return self._cast.add_listed(figure, entries[0], name)
        figure = Figure(
            name, "person", True, role.country or self._setting.voice if role else None, role.sector if role else None
        )
        self._cast.index(figure, name)
        return self._cast.new(figure)


def _army(entry: Entry) -> tuple[str, str, str]:
    """The key of a country's forces where an entry names the whole of them ("Norland Defence Forces"), else of itself."""
    whole = entry.kind == "force" and entry.sector == "MIL" and plain_words(entry.name)[-1] in ("military", "forces", "army")
    return ("forces", entry.country or "", "MIL") if whole else ("", entry.name, "")


def _acts(head: Token) -> bool:
    """Whether a town or a province stands where somebody acts ("Texas sued")."""
    while head.relation == "conjunct" and head.head is not head:
        head = head.head
    return head.relation in ACTING


def _people(cast: Cast, naming: Naming, code: str | None, sector: str | None) -> Figure:
    return cast.once(Figure(naming.name, "people", False, code, sector, plural=True))


def only_one(
    lexicon: ActorLexicon, traits: Traits, naming: Naming, role: Role, country: str | None, sector: str | None
) -> tuple[str, str, str] | None:
    """What a description falls together with, where it is of an institution that a country has one of: "the army"."""
    kind = lexicon.one_of_a_kind.get(role.words)
    if kind is None or country not in countries() or sector != role.sector:
        return None
    said = {word for word in naming.modifiers if word not in lexicon.modifiers and word not in lexicon.classes["shared"]}
    others = [figure for figure in traits.owners(naming) if figure.sort not in ("state", "people")]
    assert country is not None
    assert sector is not None
    return None if said or others else (kind, country, sector)
