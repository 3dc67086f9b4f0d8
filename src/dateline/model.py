"""The records of a reading: frozen facts that point into the text they were found in.

Offsets are half-open character positions into `Article.text`, which is never changed. Days are calendar days, both ends
inclusive. Countries are ISO 3166 alpha-3 or one of the bodies above states (IGO, NGO, UNO, EUR, IMG, MNC); sectors are
PLOVER's three letters. This module imports nothing of ours: everything else imports it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["actual", "future", "demanded", "hypothetical", "negated"]

MODES: dict[str, tuple[str, ...]] = {
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "ban", "arrest", "relations", "rights", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        "seize", "restrict", "ban", "censor", "curfew", "arrest", "deport", "withhold", "misinformation", "cyber",
    ),
    "ASSAULT": (
        "abduct", "beat", "torture", "execute", "sexual", "assassinate", "destroy", "primitive", "firearms",
        "explosives", "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "cleansing", "massacre",
        "unconventional",
    ),
}  # fmt: skip
"""PLOVER's event types and the modes of each."""

SECTORS = frozenset(
    "GOV MIL COP JUD LEG PTY PRM REB SPY UAF UNK BUS CRM CVL EDU ELI JRN LAB MED OPP REF REL SOC AGR PRE".split()
)
BODIES = frozenset("IGO NGO UNO EUR IMG MNC".split())
"""Codes that stand where a country does, for bodies above or beside states."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its outlet published it; `text` is kept to the letter."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """A span of calendar days, both ends inclusive."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"a span of days ends before it starts: {self.first} > {self.last}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who somebody is: a name as a reader would give it, with country and sector where they are known."""

    name: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is: the name as the article has it and the country that it lies in."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    gazetteer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something found at `start`..`end` of the article's text. Every stage yields facts and nothing else."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why one field of a record has its value: the words, the rule, and what was considered and lost."""

    field: str
    value: str
    why: str
    start: int | None = None
    end: int | None = None
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Fact):
    """A stretch in quotation marks; `start`..`end` takes in the marks, `inner_start`..`inner_end` does not.

    `speech` is a clause that somebody uttered, `fragment` a few quoted words inside a sentence of the reporter's own,
    `title` the name of a work, `scare` a word held at arm's length. `closed` is false where the mark that ends it is missing.
    """

    inner_start: int
    inner_end: int
    kind: Literal["speech", "fragment", "title", "scare"]
    closed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression(Fact):
    """Words that name a time, read by one rule but not yet set on a calendar: `value` is the rule's own symbolic reading."""

    text: str
    value: str
    grain: str
    kind: Literal["point", "duration", "set"]
    direction: Literal["at", "since", "until", "by", "before", "after"]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Fact):
    """The article's own day: the best day, the days it must lie between, and the clues that say so.

    `basis` is `given` where the article or its metadata carries the day, `inferred` where the text had to tell, None where it
    does not tell. A `clue` is a sentence for a person; clues that contradict the chosen day stand in `against`.
    """

    day: date | None
    earliest: date | None
    latest: date | None
    basis: Literal["given", "inferred"] | None
    clues: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Fact):
    """A time expression set on the calendar; `days` is None where the article does not tell enough to do so."""

    text: str
    days: Days | None
    grain: str
    kind: Literal["point", "duration", "set"]
    direction: Literal["at", "since", "until", "by", "before", "after"]
    anchor: str | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """A gazetteer entry that a name may mean, with the parts of its score; `own`: the name is its usual one."""

    gazetteer_id: str
    name: str
    country: str | None
    feature: str
    lat: float
    lon: float
    radius_km: float
    score: float = 0.0
    parts: tuple[tuple[str, float], ...] = ()
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName(Fact):
    """Words that may name a place, with every gazetteer entry of that name; `head` is where its head word starts."""

    text: str
    head: int
    candidates: tuple[PlaceCandidate, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Fact):
    """A mention of a place, decided: the entry chosen (None where none is convincing) and those that it beat."""

    text: str
    head: int
    location: Location
    feature: str | None
    candidates: tuple[PlaceCandidate, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Fact):
    """Words that stand for an actor, decided. `head` is the offset at which the head word of the mention starts.

    `kind` says how it names: by name, by description ("the militants"), by pronoun. `antecedent` is the offset of the
    mention that lent its identity, `candidates` the identities that were considered, best first.
    """

    head: int
    actor: Actor
    kind: Literal["name", "description", "pronoun"]
    rule: str
    antecedent: int | None = None
    candidates: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A number of something that an event may carry; `head` is where the counted noun (or the number itself) starts.

    `low` is None where only the upper end is told ("up to 12"), `high` where only the lower one is ("at least 12").
    """

    head: int
    what: str
    low: float | None
    high: float | None
    approximate: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """What someone is reported to have said: `start`..`end` is the content, without its quotation marks.

    `chain` is the speaker and those that the speaker leans on, outermost first, `cue_start`..`cue_end` the reporting words.
    """

    speaker: Actor
    direct: bool
    verb: str
    cue_start: int
    cue_end: int
    rule: str
    chain: tuple[Actor, ...] = ()
    stance: str = "says"
    when: Days | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Fact):
    """A trigger recognised in its sentence, before its fields are filled.

    `token` is the index of the trigger's head in the Document, `matched` those of all trigger words, `slots` what the frame
    found for each role: "role:source" -> indices of head tokens. `sense` names the rule in the lexicon. `score` is the probability
    that a coder would record it (1.0 where rules alone decide), `weighed` the features that spoke loudest for or against, in log odds.
    `unmet` is the one demand of the rule that is not met ("object", "no subject"): such an act stands on its weights alone.
    """

    token: int
    matched: tuple[int, ...]
    type: EventType
    mode: str | None
    sense: str
    slots: tuple[tuple[str, tuple[int, ...]], ...] = ()
    score: float = 1.0
    weighed: tuple[tuple[str, float], ...] = ()
    unmet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Ground that changes hands. `count` is how many units; 1 for one named place, None where the article does not say."""

    gained_by: str | None
    lost_by: str | None
    place: str | None
    unit: str | None
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Fact):
    """Who did what to whom, when, where, according to whom: one record for one trigger. `start`..`end` is the trigger."""

    trigger: str
    type: EventType
    mode: str | None
    status: Status
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    when: Days | None
    where: Location | None
    said_by: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    deadline: date | None
    control: Control | None
    sense: str
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one article."""

    article: Article
    publication: Publication
    quotations: tuple[Quotation, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = field(default=())
