"""The cast of an article: each figure that it speaks of, with all that its namings tell of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.find.actor_lexicon import FAMILY_NAME_FIRST, ActorLexicon, Entry, Role, Sort, adjective
from dateline.find.actor_naming import Naming
from dateline.find.actor_tables import cased_words, plain_words
from dateline.gazetteer.countries import countries
from dateline.language import Token
from dateline.model import Actor

FAMILY_FIRST = FAMILY_NAME_FIRST | {"HKG", "KHM"}
"""Countries where a name may open with the family's: Wang Yi is Wang. To those where it does come two where heads go by either."""


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something that acts in the article. `owner` is the figure that it belongs to ("spokesman for X")."""

    name: str
    sort: Sort | None
    named: bool
    country: str | None = None
    sector: str | None = None
    entry: Entry | None = None
    gender: str | None = None
    plural: bool = False
    roles: list[Role] = field(default_factory=list)
    owner: Figure | None = None
    seen: list[Token] = field(default_factory=list)
    subject_of: int = 0
    nouns: set[str] = field(default_factory=set)
    """The last words of its roles."""

    def __repr__(self) -> str:
        return f"<Figure {self.name!r} {self.country}/{self.sector}>"

    @property
    def actor(self) -> Actor:
        """The figure as the record that leaves the stage."""
        return Actor(self.name, self.country, self.sector)

    def call(self, roles: Sequence[Role]) -> None:
        """Note the roles by which the figure is called."""
        self.roles.extend(role for role in roles if role not in self.roles)
        self.nouns.update(role.words.rsplit(" ", 1)[-1] for role in roles)

    def has_role(self, words: str) -> bool:
        """Whether the figure was ever called by this role, or by one that ends in the same noun."""
        noun = words.rsplit(" ", 1)[-1]
        return noun in self.nouns or (self.sort == "group" and self.named and noun in plain_words(self.name))

    def has_office(self, words: str) -> bool:
        """Whether the figure was called by exactly this office."""
        return any(role.words == words for role in self.roles) or (self.entry is not None and self.entry.office == words)

    def matches(self, country: str | None) -> bool:
        """Whether the figure may be of this country; an unknown country matches any."""
        return country is None or self.country is None or self.country == country


def _one_person(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether two names that end alike are one person's: one a part of the other, or first names or initials that agree."""
    short, long = sorted((words, known), key=len)
    if long[-len(short) :] == short:
        return True
    return words[0] == known[0] or (words[0][0] == known[0][0] and 1 in (len(words[0]), len(known[0])))


class Cast:
    """The figures of one article, found again by name."""

    def __init__(self, lexicon: ActorLexicon, day: date | None) -> None:
        self.figures: list[Figure] = []
        self._lexicon = lexicon
        self._day = day
        self.bodies: dict[tuple[str, str, str], Figure] = {}  # institutions that a country has one of
        self._described: dict[tuple[str, str | None, str | None], Figure] = {}
        self._by_entry: dict[str, Figure] = {}
        self._by_name: dict[tuple[str, ...], Figure] = {}
        self._by_last_word: dict[str, Figure] = {}
        self._by_initials: dict[str, Figure] = {}
        self._by_given_name: dict[str, Figure] = {}
        self._by_first_word: dict[str, Figure] = {}

    def new(self, figure: Figure) -> Figure:
        """Add a figure."""
        self.figures.append(figure)
        return figure

    def once(self, make: Figure) -> Figure:
        """The figure that was described by the same words and is of the same country and sector, else this one, added."""
        key = (" ".join(plain_words(make.name)), make.country, make.sector)
        if key not in self._described:
            self._described[key] = self.new(make)
        return self._described[key]

    def state(self, code: str) -> Figure:
        """The figure of a state."""
        return self.once(Figure(countries()[code].name, "state", True, code, "GOV"))

    def forces(self, code: str) -> Figure:
        """The figure of a state's armed forces."""
        key = ("forces", code, "MIL")
        if key not in self.bodies:
            self.bodies[key] = self.once(Figure(f"{adjective(code)} forces", "group", False, code, "MIL", plural=True))
        return self.bodies[key]

    def entry_of(self, naming: Naming, mentioned: Callable[[str | None], bool]) -> Entry | None:
        """The lexicon's entry for a listed name: one that holds on the article's day, of a country it speaks of if it can.

        An abbreviation that the article has spelt out itself is no entry's; one of a country's group or office is only read
        where the article speaks of that country.
        """
        entries: Sequence[Entry] = naming.entries
        if entries and entries[0].acronym and entries[0].sort != "state":
            known = self._by_name.get(plain_words(naming.name))
            if known is not None and known.entry is None:
                return None
            entries = [e for e in entries if e.country not in countries() or mentioned(e.country)]
        holding = [entry for entry in entries if entry.holds(self._day)] or list(entries)
        if len(holding) > 1:
            holding = [entry for entry in holding if mentioned(entry.country)] or holding
            if self._day is None and len({entry.country for entry in holding}) > 1:  # who was two things was the latter last
                holding.sort(key=lambda entry: entry.first or date.min, reverse=True)
        return holding[0] if holding else None

    def listed(self, entry: Entry) -> Figure | None:
        """The figure of a lexicon's entry where the article has named it already."""
        return self._by_entry.get(entry.name)

    def add_listed(self, figure: Figure, entry: Entry, written: str) -> Figure:
        """Add the figure of a lexicon's entry."""
        figure.entry = entry
        self._by_entry[entry.name] = figure
        self.index(figure, written)
        return self.new(figure)

    def index(self, figure: Figure, written: str) -> None:
        """Make a figure findable by a name that it goes by."""
        words = plain_words(written)
        if not words:
            return
        self._by_name.setdefault(words, figure)
        if figure.sort in ("person", None):
            before = self._by_last_word.get(words[-1])
            if before is None or len(before.seen) <= len(figure.seen):  # "his daughter Ivana Benn" takes nobody's surname
                self._by_last_word[words[-1]] = figure
            if len(words) > 1:
                self._by_given_name.setdefault(words[0], figure)
        if figure.sort in ("group", None) and len(words) > 1:
            self._by_first_word.setdefault(words[0], figure)
            initials = "".join(word[0] for word in cased_words(written) if word[0].isupper())
            if len(initials) > 2:
                self._by_initials.setdefault(initials, figure)

    def named(self, written: str, sort: Sort | None) -> Figure | None:
        """The figure that goes by this name, in full or by surname; for a group, by the words that its longer name has too."""
        words = plain_words(written)
        exact = self._by_name.get(words)
        if exact is not None:
            return exact
        if sort in ("person", None) and words:
            same = self._by_last_word.get(words[-1])
            if same is not None and same.sort in ("person", None) and _one_person(words, plain_words(same.name)):
                return same
        if sort in ("group", None) and words:
            same = self._by_first_word.get(words[0])
            if same is not None and (set(words) <= set(plain_words(same.name)) or set(plain_words(same.name)) <= set(words)):
                return same
        if len(words) == 1 and written.isupper() and (spelt := self._by_initials.get(written.replace(".", ""))) is not None:
            return spelt
        if len(words) == 1 and (first := self._by_given_name.get(words[0])) is not None and first.country in FAMILY_FIRST:
            return first
        if len(words) == 1:
            return self._by_last_word.get(words[0]) or (self._by_given_name.get(words[0]) if sort == "person" else None)
        return None

    def kin(self, people: str) -> Figure | None:
        """The group or people of the cast whose name has this word in it: "the Serbs" after "Bosnian Serb forces"."""
        word = plain_words(people)[-1].removesuffix("s")
        for figure in self.figures:
            words = plain_words(figure.name)
            official = figure.sector in ("MIL", "GOV") and figure.country in countries()
            if official and figure.country and plain_words(adjective(figure.country)) == (word,):
                continue  # "Israelis" are not the Israeli forces
            if figure.named and figure.sort == "group" and len(words) > 1 and (word in words or f"{word}s" in words):
                return figure
        return None

    def lend_name(self, figure: Figure, written: str) -> None:
        """A longer name than the figure had becomes its name."""
        if figure.named and len(plain_words(written)) > len(plain_words(figure.name)):
            figure.name = written
        self.index(figure, written)
