"""The tabs: timeline, control, commitments, statements, articles, review, runs."""

from __future__ import annotations

from typing import Literal

from dateline.model import EventType
from dateline.output.marks import Quad
from dateline.server.shapes.common import (
    ArticleHead,
    Correction,
    Day,
    DaySpan,
    IncidentStatus,
    Party,
    Passage,
    Place,
    Shape,
    Share,
    Source,
)
from dateline.server.shapes.incidents import EventDetail, Reason, Telling


class Entry(Shape):
    """An incident as a timeline shows it: one sentence, linked to its sources. `days`: between which it took place."""

    id: str
    day: Day | None
    days: DaySpan | None
    title: str
    sentence: str
    type: EventType
    quad: Quad
    status: IncidentStatus
    place: str | None
    rank: float
    confidence: Share
    voices: int
    denied: bool
    sources: list[Source]


class Timeline(Shape):
    """The highest ranked incidents in the order of their days, those without a day last. `total`: how many the filters leave."""

    entries: list[Entry]
    total: int


class Odds(Shape):
    """A side and how likely it holds a place. `other` is somebody of whom nothing is told."""

    side: str
    probability: Share


class GroundReport(Shape):
    """What an article tells of who held a place on `day`. `holds` false: that the side did not. `kind` `before`: it held, or did not
    hold, the place until then. `event` is an event's id, or an article's where it is told in passing; `incident` is the event's."""

    day: Day
    told_on: Day
    side: str
    holds: bool
    kind: Literal["capture", "loss", "before", "plan", "denial", "passing"]
    event: str
    incident: str | None
    words: str
    source: Source


class PlaceStanding(Shape):
    """Who holds a place on the day asked for: null where that is not known. `since` is the first day of that holder,
    `contradicted` counts the reports that say otherwise."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    unit: str | None
    holder: str | None
    probability: Share
    odds: list[Odds]
    since: Day
    contradicted: int
    sources: list[Source]


class Bound(Shape):
    """Ground that is counted, not named: "about 14 villages", and which of them have a name."""

    side: str
    gained: bool
    unit: str
    figure: str
    days: DaySpan
    source: str
    event: str
    incident: str | None
    words: str
    named: list[str]
    text: str


class Control(Shape):
    """Who holds what on a day, from what was published until then. `sides` are all that hold anything, most places first."""

    at: Day | None
    first: Day | None
    last: Day | None
    sides: list[str]
    places: list[PlaceStanding]
    bounds: list[Bound]


class HolderSpan(Shape):
    """Days on end with one holder; `reports` and `contradicted` are empty unless one place is asked for."""

    days: DaySpan
    holder: str | None
    probability: Share
    reports: list[GroundReport]
    contradicted: list[GroundReport]


class PlaceHistory(Shape):
    """A place with every change of hands."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    unit: str | None
    spans: list[HolderSpan]


class ControlHistory(Shape):
    """All changes of hands, as they are known today; enough to play the map without asking again for each day."""

    first: Day | None
    last: Day | None
    sides: list[str]
    places: list[PlaceHistory]


class Due(Shape):
    """A day by which something is to be done, who named it, when it was told, and the event that says so."""

    day: Day
    told_on: Day | None
    by: list[str]
    event: str


class CommitmentEvidence(Shape):
    """A sentence about a commitment, and what it says of it."""

    says: Literal["made", "due", "done", "denied", "broken", "objection"]
    event: str
    incident: str | None
    day: Day | None
    sentence: str
    source: Source


class Commitment(Shape):
    """Something owed. `due` holds every day that was named, in the order of telling; the last one stands."""

    id: str
    kind: Literal["promise", "agreement", "demand", "plan"]
    what: str
    status: Literal["open", "kept", "missed", "moved", "broken", "disputed"]
    why: str
    debtors: list[str]
    creditors: list[str]
    place: str | None
    since: Day | None
    due: list[Due]
    text: str
    objections: list[str]
    evidence: list[CommitmentEvidence]


class Commitments(Shape):
    """All commitments that the filters leave, the soonest due first; `at` is the day from which they are looked at."""

    at: Day | None
    items: list[Commitment]


class Statement(Shape):
    """What somebody is reported to have said. `chain` are the speaker and those leant on, outermost first."""

    id: str
    article: ArticleHead
    speaker: Party
    direct: bool
    verb: str
    stance: str
    days: DaySpan | None
    chain: list[str]
    text: str
    start: int
    end: int
    corrected: int


class Speaker(Shape):
    """Somebody who says something, and how often."""

    name: str
    country: str | None
    sector: str | None
    statements: int


class ArticleItem(Shape):
    """An article in a list."""

    article: ArticleHead
    day_basis: Literal["given", "inferred"] | None
    words: int
    events: int
    statements: int


class ArticleEvent(Shape):
    """An event of the article that is read, with why its fields are so and where it went."""

    event: EventDetail
    incident: str | None
    reasons: list[Reason]
    corrections: list[Correction]


class ArticleStatement(Shape):
    """A statement of the article that is read."""

    id: str
    speaker: Party
    direct: bool
    verb: str
    stance: str
    days: DaySpan | None
    chain: list[str]
    text: str
    start: int
    end: int
    corrected: int


class Sighting(Shape):
    """Where the article stood. `current` false: a later version stands there."""

    outlet: str | None
    url: str | None
    author: str | None
    retrieved: str | None
    version: int
    current: bool


class Article(Shape):
    """An article to read with all its evidence: `text` in paragraphs, cut into segments. `copies` are near-copies (one voice)."""

    article: ArticleHead
    day_basis: Literal["given", "inferred"] | None
    words: int
    current: bool
    text: list[Passage]
    events: list[ArticleEvent]
    statements: list[ArticleStatement]
    places: list[Place]
    sightings: list[Sighting]
    copies: list[ArticleHead]


class ReviewItem(Shape):
    """An event to look at: the least certain first, those that a person has looked at left out."""

    telling: Telling
    title: str | None


class Run(Shape):
    """A call of a command that wrote. `state`: done, running, killed, interrupted, or the error that ended it."""

    id: int
    command: str
    source: str
    started: str
    finished: str | None
    state: str
    seen: int
    added: int
    versions: int
    known: int
    reread: int
    set_aside: int
    failed: int
    events: int
    statements: int
    workers: int
    dateline: str | None
    model: str | None


class Failure(Shape):
    """What did not become an article, with the reason."""

    id: str
    run: int
    kind: Literal["failed", "set aside"]
    source: str
    reason: str
