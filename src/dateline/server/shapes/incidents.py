"""Incidents: cards, columns for the map, the histogram, suggestions, and what the ledger holds as a whole."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dateline.model import EventType
from dateline.output.marks import Quad
from dateline.server.shapes.common import (
    ArticleHead,
    Correction,
    Day,
    DaySpan,
    Ground,
    IncidentStatus,
    Party,
    Passage,
    Place,
    Quantity,
    Shape,
    Share,
    Source,
    TypeInfo,
)


class Counts(Shape):
    """How many there are of everything."""

    incidents: int
    events: int
    articles: int
    statements: int
    voices: int
    corrections: int


class OutletCount(Shape):
    """An outlet and how many articles it has here."""

    name: str
    articles: int


class CountryCount(Shape):
    """A country in which incidents took place."""

    code: str
    name: str
    incidents: int


class Meta(Shape):
    """What is served. `csrf` goes into the header X-Dateline-Csrf of every POST."""

    version: str = Field(description="of Dateline")
    ledger: str = Field(description="name of the file")
    csrf: str
    writable: bool = Field(description="false: corrections, split, join and undo are refused")
    user: str = Field(description="who corrections are made by, where nobody else is named")
    counts: Counts
    types: list[TypeInfo]
    quads: list[Quad]
    statuses: list[IncidentStatus]
    sectors: list[str]
    outlets: list[OutletCount]
    countries: list[CountryCount]
    first_day: Day | None
    last_day: Day | None
    bbox: list[float] | None = Field(description="west, south, east, north of the incidents with coordinates")
    behind: int = Field(description="articles that are taken in but not merged into incidents yet; they will be in a moment")


class Toll(Shape):
    """How many were killed: the least, the best supported and the most that anybody says. `disputed`: they differ."""

    low: int | None
    best: int | None
    high: int | None
    disputed: bool


class Card(Shape):
    """An incident in short.

    `title` is a headline ("Norland Front took Karsa"), `sentence` the same with day, toll and sources. `day` is the first day, or
    that of the first article where nobody tells one (then `days` is null). `voices` counts independent articles. `denied`: somebody
    says that it did not happen.
    """

    id: str
    title: str
    sentence: str
    type: EventType
    mode: str | None
    quad: Quad
    status: IncidentStatus
    days: DaySpan | None
    day: Day | None
    place: Place | None
    actors: list[str]
    recipients: list[str]
    toll: Toll | None
    outlets: list[str]
    voices: int
    articles: int
    events: int
    denied: bool
    confidence: Share
    rank: float


class MapColumns(Shape):
    """Incidents with coordinates, column by column: the n-th of each list belongs to the n-th incident, highest ranked first.

    `quad` counts in `quads`, `day` is an index into `days` and `place` into `places`, its names; -1 where none is known.
    `truncated`: there were more than the limit.
    """

    id: list[str]
    lat: list[float]
    lon: list[float]
    radius_km: list[float]
    quad: list[int]
    day: list[int]
    place: list[int]
    confidence: list[float]
    voices: list[int]
    quads: list[Quad]
    days: list[Day]
    places: list[str]
    total: int
    truncated: bool


class Histogram(Shape):
    """Incidents by first day and quad class: the n-th number of each list belongs to the n-th of `days`, which ascend and leave
    out days without any. `undated` are in none of them."""

    days: list[Day]
    verbal_cooperation: list[int]
    material_cooperation: list[int]
    verbal_conflict: list[int]
    material_conflict: list[int]
    undated: int


class Suggestion(Shape):
    """Something to filter by: put `value` into the filter `filter`."""

    filter: Literal["actor", "place", "type", "outlet", "country"]
    value: str
    label: str
    detail: str | None
    count: int


class Suggestions(Shape):
    """What the words so far may mean, best first."""

    items: list[Suggestion]


class Other(Shape):
    """A value that lost, in words, and who says it."""

    value: str
    said_by: list[str]


class Choice(Shape):
    """A value in words, why it was chosen, who says it, and what others say. `field` names it."""

    field: Literal["type", "status", "when", "where", "actors"]
    value: str | None
    why: str
    said_by: list[str]
    others: list[Other]


class TollSaid(Shape):
    """All that is said about how many: each figure with who says it."""

    what: str
    low: int | None
    best: int | None
    high: int | None
    why: str
    said: list[Other]


class Claim(Shape):
    """Somebody says that they did it (`claim`), or that it did not happen (`denial`)."""

    kind: Literal["claim", "denial"]
    by: list[str]
    event: str


class Reason(Shape):
    """Why a field of an event has its value as read: the words, the rule, and what was considered and lost."""

    field: str
    value: str
    why: str
    start: int | None
    end: int | None
    words: str | None
    lost: list[str]


class PlaceCandidate(Shape):
    """A gazetteer entry that the name may have meant as well, with its score."""

    gazetteer_id: str
    name: str
    country: str | None
    feature: str
    lat: float
    lon: float
    score: float


class PlaceResolution(Shape):
    """A name in the text, what it was resolved to (null: no entry convinces) and the alternatives, best first.

    `used`: it is the place of the event.
    """

    raw: str
    start: int
    end: int
    resolved: Place
    rule: str
    alternatives: list[PlaceCandidate]
    used: bool


class DateDerivation(Shape):
    """A time expression and how it was set on the calendar: `anchor` is the day that it was reckoned from, and why that one."""

    text: str
    start: int
    end: int
    days: DaySpan | None
    grain: str
    direction: str
    anchor: str | None
    rule: str
    used: bool


class EventDetail(Shape):
    """One event as it stands, corrections applied. `rejected`: a person says that it is none."""

    id: str
    type: EventType
    mode: str | None
    quad: Quad
    status: str
    trigger: str
    start: int
    end: int
    days: DaySpan | None
    place: Place | None
    actors: list[Party]
    recipients: list[Party]
    said_by: list[str]
    deadline: Day | None
    control: Ground | None
    quantities: list[Quantity]
    confidence: Share
    sense: str
    corrected: int
    rejected: bool


class Telling(Shape):
    """One event with its article and its words.

    `sentence` is the sentence that tells it, `paragraph` the paragraph around it with everything in it that is evidence for this
    event; `elsewhere` are the other sentences of the article that are evidence for it. `places` and `dates` are the names and time
    expressions of the sentence, and those that the event uses wherever they stand. `account` is the same for the events of one
    article that tell one act.
    """

    event: EventDetail
    article: ArticleHead
    account: str | None
    incident: str | None
    sentence: str
    paragraph: Passage
    elsewhere: list[Passage]
    reasons: list[Reason]
    places: list[PlaceResolution]
    dates: list[DateDerivation]
    corrections: list[Correction]


class ScorePart(Shape):
    """One addend of a score, in points, and why."""

    name: str
    points: float
    why: str


class MergeReason(Shape):
    """How alike two accounts are; where the sum is high enough they are joined. `a` and `b` are accounts (ids of their first events)."""

    a: str
    b: str
    a_outlet: str | None
    b_outlet: str | None
    points: float
    parts: list[ScorePart]


class Decision(Shape):
    """A person's word on two events: together or apart. Undo it by its number."""

    number: int
    a: str
    b: str
    together: bool
    who: str
    why: str
    made: str


class Incident(Shape):
    """Everything about one incident, for the evidence drawer. `tellings` are in the order of days, then of articles."""

    card: Card
    actors: list[Party]
    recipients: list[Party]
    choices: list[Choice]
    tolls: list[TollSaid]
    control: Ground | None
    claims: list[Claim]
    sources: list[Source]
    tellings: list[Telling]
    merged: list[MergeReason]
    decisions: list[Decision]
