"""The lexicon of actors: names, roles and the words around them, read from `lexicon/en/actors/*.tsv` and checked.

What a file holds is told by its header. A column `words` beside `kind` makes it a table of roles, `class` one of word classes,
`of_forces` one of modifiers, `word` with `sector` one of words in organisations' names, `word` alone one of words that are no
actor's, `pronoun`, `part` and `said` those of pronouns, of partitives and of what tells men from women, `looks_for` one of
descriptions that look back, `verb` one of verbs whose numbers count people, `counts_as` one of institutions that a country has one
of, `prefix` one of what warships' names begin with, `name` one of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, cast, get_args

from dateline.find.actor_tables import PhraseTable, cased_words, plain_words
from dateline.gazetteer.countries import countries
from dateline.model import BODIES, SECTORS
from dateline.rules.loader import LexiconError, bundled

RoleKind = Literal["person", "people", "body", "office", "rank", "title", "relative", "force", "abroad", "machine"]
Sort = Literal["person", "group", "state", "people", "place"]

HEADS = frozenset({"president", "prime minister", "chancellor"})
"""Offices at the head of a state."""
WRITTEN_OF = frozenset("CHN DEU FRA GBR IND ISR RUS TUR UKR USA".split())
"""States whose heads papers everywhere call by their surnames alone."""
FAMILY_NAME_FIRST = frozenset("CHN KOR PRK TWN VNM".split())
"""States whose people bear the family name before their own."""
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name that the lexicon knows, for the time from `first` to `last` (both inclusive, None: open).

    `written` is the form of the name that this entry was filed under, `capitals` says which of its words start with a capital;
    `kind` is the column of that name, or the file's stem.
    """

    name: str
    country: str | None
    sector: str | None
    sort: Sort
    kind: str
    written: str
    office: str | None = None
    first: date | None = None
    last: date | None = None
    capitals: tuple[bool, ...] = ()

    @property
    def acronym(self) -> bool:
        """Whether the written form is letters that stand for words ("ISIL", "U.N.")."""
        return len(self.capitals) == 1 and self.written.isupper() and len(self.written.replace(".", "")) <= 6

    @property
    def known_everywhere(self) -> bool:
        """Whether it is somebody at the head of a state of whom papers everywhere speak by surname."""
        return self.office in HEADS and self.country in WRITTEN_OF

    def holds(self, day: date | None) -> bool:
        """Whether the entry holds on this day; an unknown day lies in every time."""
        return day is None or ((self.first is None or self.first <= day) and (self.last is None or day <= self.last))


@dataclass(frozen=True, slots=True)
class Role:
    """A common noun that stands for an actor, or a title before a name."""

    words: str
    kind: RoleKind
    sector: str | None
    country: str | None


OWN_SIDE = frozenset({"REB", "PRM", "CRM", "OPP"})
"""Sectors that whoever serves them takes on: a "commander" of rebels is a rebel, of a state a soldier."""


@dataclass(frozen=True, slots=True)
class Modifier:
    """What a word before a role noun says of its side: the sector of armed people, and of anybody else."""

    of_forces: str | None
    of_others: str | None


@dataclass(frozen=True, slots=True)
class OrganisationWord:
    """A word in an organisation's name that tells its sector; a lower `rank` wins."""

    sector: str
    country: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun: how many it stands for, what can be meant by it, and where its antecedent is looked for (`use`)."""

    number: str
    of: str
    gender: str | None
    use: str


@dataclass(frozen=True, slots=True)
class Part:
    """A word that counts or gathers what follows it; `alone` is the sector of those it counts without an of-phrase."""

    alone: str | None


@dataclass(frozen=True, slots=True)
class Anaphor:
    """What kind of figure a definite description looks back to; no `sectors` means any."""

    looks_for: str
    sectors: frozenset[str | None]

    def fits(self, sort: Sort | None, sector: str | None, plural: bool) -> bool:
        """Whether a figure of this kind may be meant."""
        if self.sectors and sector not in self.sectors:
            return False
        if self.looks_for == "person":
            return sort == "person" and not plural
        if self.looks_for == "state":
            return sort == "state"
        return sort == "group" or (self.looks_for == "any" and sort in ("group", "state"))


@dataclass(slots=True)
class ActorLexicon:
    """Everything the lexicon knows about actors.

    `surnames` leads from a person's last name to the people who bear it; `small_openings` are the first words of names that do not
    begin with a capital.
    """

    names: PhraseTable[Entry] = field(default_factory=PhraseTable)
    small_openings: set[str] = field(default_factory=set)
    roles: PhraseTable[Role] = field(default_factory=PhraseTable)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    modifiers: dict[str, Modifier] = field(default_factory=dict)
    organisation_words: dict[str, OrganisationWord] = field(default_factory=dict)
    not_actors: set[str] = field(default_factory=set)
    counting_verbs: set[str] = field(default_factory=set)
    one_of_a_kind: dict[str, str] = field(default_factory=dict)
    ships: dict[str, str] = field(default_factory=dict)
    pronouns: dict[str, Pronoun] = field(default_factory=dict)
    anaphors: dict[str, Anaphor] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    surnames: dict[str, list[Entry]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    armed_groups: PhraseTable[str] = field(default_factory=PhraseTable)
    """The countries of armed groups, where they are of one, by their names."""

    def add_name(self, words: Sequence[str], entry: Entry) -> None:
        """Put a name into the lexicon by its plain words."""
        self.names.add(words, entry)
        if entry.capitals[:1] == (False,):
            self.small_openings.add(words[0])

    def personal(self, role: Role) -> bool:
        """Whether a role that takes after what it belongs to is one person's ("leader of") and no body's ("wing of")."""
        return role.kind == "relative" and role.words not in self.classes["needing-owner"]

    def holder(self, office: str, country: str, day: date | None) -> Entry | None:
        """Who held an office ("president") of a country on a day; None where nobody is known or the day is not."""
        if day is None:
            return None
        held = [entry for entry in self.offices.get((office, country), ()) if entry.holds(day)]
        return held[0] if len(held) == 1 else None


@cache
def actor_lexicon(extra: tuple[Path, ...] = ()) -> ActorLexicon:
    """The bundled lexicon with the user's own folders (each laid out as `lexicon/en`) added; a name of theirs replaces ours.

    Raises:
        LexiconError: a row is wrong; the message starts with `file:line:`.
    """
    lexicon = ActorLexicon()
    _add_countries(lexicon)
    files = [*sorted(bundled("actors").glob("*.tsv"))]
    own = [file for root in extra for file in sorted((root / "actors").glob("*.tsv"))]
    replaced = {plain_words(row["name"]) for file in own for row, _ in rows(file) if row.get("name")}
    for file in files:
        _add_file(lexicon, file, without=replaced)
    for file in own:
        _add_file(lexicon, file, without=set())
    return lexicon


def rows(file: Path) -> Iterator[tuple[dict[str, str], str]]:
    """(row by column name, `file:line`) of a tab-separated file; lines that start with "#" are remarks.

    Raises:
        LexiconError: it is not UTF-8, there is no header, or a row has more fields than the header.
    """
    header: list[str] | None = None
    try:
        text = file.read_text(encoding="utf-8-sig")  # spreadsheets put a byte-order mark in front
    except UnicodeDecodeError as error:
        at = error.object[: error.start].count(b"\n") + 1
        raise LexiconError(f"{file}:{at}: not UTF-8: byte 0x{error.object[error.start]:02X}; save it as UTF-8") from error
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise LexiconError(f"{file}:{number}: {len(cells)} fields under {len(header)} columns")
        cells += [""] * (len(header) - len(cells))
        yield {column: "" if cell == "-" else cell for column, cell in zip(header, cells, strict=True)}, f"{file}:{number}"
    if header is None:
        raise LexiconError(f"{file}:1: no header")


def _add_file(lexicon: ActorLexicon, file: Path, without: set[tuple[str, ...]]) -> None:
    for number, (row, where) in enumerate(rows(file)):
        try:
            _add_row(lexicon, file.stem, number, row, where, without)
        except KeyError as error:
            raise LexiconError(
                f"{where}: a table with the columns {', '.join(row)} needs a column {error.args[0]!r} too; see the bundled tables"
            ) from error


def _add_row(
    lexicon: ActorLexicon, stem: str, number: int, row: Mapping[str, str], where: str, without: set[tuple[str, ...]]
) -> None:
    if "kind" in row and "words" in row:
        _add_roles(lexicon, row, where)
    elif "of_forces" in row:
        modifier = Modifier(_sector(row["of_forces"], where), _sector(row["of_others"], where))
        lexicon.modifiers[row["word"].lower()] = modifier
    elif "pronoun" in row:
        lexicon.pronouns[row["pronoun"]] = Pronoun(row["number"], row["of"], row["gender"] or None, row["use"])
    elif "looks_for" in row:
        told = list(_listed(row["sectors"]))
        sectors = frozenset(None if sector == "-" else _sector(sector, where) for sector in told)
        lexicon.anaphors[row["noun"]] = Anaphor(row["looks_for"], sectors)
    elif "part" in row:
        lexicon.parts[row["part"]] = Part(_sector(row["alone"], where))
    elif "said" in row:
        for said in _listed(row["said"]):
            lexicon.genders.setdefault(" ".join(plain_words(said)), row["gender"])
    elif "name" in row:
        _add_name(lexicon, stem, row, where, without)
    elif "sector" in row:
        sector = _sector(row["sector"], where)
        if sector is None:
            raise LexiconError(f"{where}: {row['word']!r} has no sector")
        word = OrganisationWord(sector, _country(row.get("country", ""), where), number)
        lexicon.organisation_words.setdefault(row["word"], word)
    elif "class" in row:
        lexicon.classes[row["class"]] = lexicon.classes.get(row["class"], frozenset()) | frozenset(_listed(row["words"]))
    elif "counts_as" in row:
        lexicon.one_of_a_kind[" ".join(plain_words(row["role"]))] = row["counts_as"]
    elif "prefix" in row:
        lexicon.ships[row["prefix"]] = _country(row["country"], where) or ""
    elif "verb" in row:
        lexicon.counting_verbs.add(row["verb"])
    else:
        lexicon.not_actors.add(row["word"])


def _add_roles(lexicon: ActorLexicon, row: Mapping[str, str], where: str) -> None:
    if row["kind"] not in get_args(RoleKind):
        raise LexiconError(f"{where}: {row['kind']!r} is no kind of role; one of {', '.join(get_args(RoleKind))}")
    kind = cast(RoleKind, row["kind"])
    sector, country = _sector(row["sector"], where), _country(row["country"], where)
    for text in _listed(row["words"]):
        words = plain_words(text)
        if not words:
            raise LexiconError(f"{where}: an empty role")
        if not lexicon.roles.get(words):  # the row that comes first wins: offices before ministers, ministers before chiefs
            lexicon.roles.add(words, Role(" ".join(words), kind, sector, country))


SORTS: dict[str, Sort] = {
    "leaders": "person",
    "officials": "person",
    "people": "person",
    "communities": "people",
    "region": "place",
}


def _add_name(lexicon: ActorLexicon, stem: str, row: Mapping[str, str], where: str, without: set[tuple[str, ...]]) -> None:
    if not plain_words(row["name"]):
        raise LexiconError(f"{where}: an empty name")
    if plain_words(row["name"]) in without:
        return
    sort = SORTS.get(row.get("kind", ""), SORTS.get(stem, "group"))
    first, last = _day(row.get("from", ""), where, end=False), _day(row.get("to", ""), where, end=True)
    if first and last and first > last:
        raise LexiconError(f"{where}: {row['name']!r} ends before it starts")
    for said in (row["name"], *_listed(row.get("also", ""))):
        written = said.removeprefix("/")  # a sibling, not another name
        entry = Entry(
            name=row["name"] if written == said else written,
            country=_country(row["country"], where),
            sector=_sector(row["sector"], where),
            sort=sort,
            kind=row.get("kind") or stem,
            written=written,
            office=row.get("office") or None,
            first=first,
            last=last,
            capitals=capitals(written),
        )
        words = plain_words(written)
        if not words:
            raise LexiconError(f"{where}: an empty name beside {row['name']!r}")
        lexicon.add_name(words, entry)
        if stem == "armed_groups" and entry.country in countries():
            assert entry.country is not None
            lexicon.armed_groups.add(words, entry.country)
        if sort == "person" and written == row["name"]:
            family = words[0] if entry.country in FAMILY_NAME_FIRST else words[-1]
            lexicon.surnames.setdefault(family, []).append(entry)
            if entry.office and entry.country:
                lexicon.offices.setdefault((entry.office, entry.country), []).append(entry)


def _add_countries(lexicon: ActorLexicon) -> None:
    for code, country in countries().items():
        said = (("state", country.names), ("nationality", country.people), ("capital", country.capitals))
        for kind, names in said:
            for name in names:
                sort: Sort = "place" if kind == "capital" else "state"
                lexicon.add_name(
                    plain_words(name), Entry(country.name, code, "GOV", sort, kind, name, capitals=capitals(name))
                )


def capitals(written: str) -> tuple[bool, ...]:
    """Which of the plain words of a name start with a capital letter."""
    return tuple(word[0].isupper() for word in cased_words(written))


def _listed(cell: str) -> Iterable[str]:
    return (part.strip() for part in cell.split(";") if part.strip())


def _sector(cell: str, where: str) -> str | None:
    if cell and cell not in SECTORS:
        raise LexiconError(f"{where}: {cell!r} is no sector; one of {', '.join(sorted(SECTORS))}")
    return cell or None


def _country(cell: str, where: str) -> str | None:
    if cell and cell not in BODIES and cell not in countries():
        raise LexiconError(
            f"{where}: {cell!r} is neither a country's alpha-3 code nor one of {', '.join(sorted(BODIES))}; "
            "dateline gazetteer add FILE.toml adds a country of your own"
        )
    return cell or None


def _day(cell: str, where: str, *, end: bool) -> date | None:
    if not cell:
        return None
    found = _DAY.fullmatch(cell)
    if found is None:
        raise LexiconError(f"{where}: {cell!r} is not a year, a month (2021-08) or a day (2021-08-15)")
    year, month, day = int(found[1]), found[2], found[3]
    try:
        if day:
            return date(year, int(month), int(day))
        if not end:
            return date(year, int(month or 1), 1)
        following = date(year + 1, 1, 1) if not month or month == "12" else date(year, int(month) + 1, 1)
        return following - timedelta(days=1)
    except ValueError as error:
        raise LexiconError(f"{where}: {cell!r} is no day: {error}") from error


ADJECTIVES = {"USA": "US", "GBR": "UK", "PHL": "Philippine", "ARE": "UAE"}
"""Where the word for the people is not what newspapers put before a noun."""


def adjective(code: str | None) -> str | None:
    """The adjective of a country ("Afghan") as newspapers put it before a noun, None for a body above states."""
    found = countries().get(code or "")
    if found is None:
        return None
    people = found.people[0] if found.people else ""
    return ADJECTIVES.get(found.alpha3) or (found.name if not people or people.endswith("er") else people)


def sector_of_name(words: Sequence[str], lexicon: ActorLexicon) -> OrganisationWord | None:
    """What the words of an organisation's name tell of its sector, None where they tell nothing."""
    known = [lexicon.organisation_words[word] for word in words if word in lexicon.organisation_words]
    return min(known, key=lambda word: word.rank) if known else None
