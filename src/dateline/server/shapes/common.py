"""What many answers share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.model import EventType
from dateline.output.marks import Quad, Role

Day = Annotated[str, Field(description="A calendar day, YYYY-MM-DD.", examples=["2031-03-04"])]
Share = Annotated[float, Field(ge=0, le=1)]
IncidentStatus = Literal["actual", "future", "demanded", "hypothetical", "negated", "lapsed"]
EvidenceField = Role | Literal["speaker"]
"""What a stretch of text is evidence of."""


class Shape(BaseModel):
    """An answer: every key is always there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page[T](Shape):
    """Some of a list. `next` is the cursor for what follows, null at the end; `total` is how many there are in all."""

    items: list[T]
    next: str | None
    total: int


class DaySpan(Shape):
    """Days from `first` to `last`, both inclusive."""

    first: Day
    last: Day


class Party(Shape):
    """Somebody: country is alpha-3 or a body above states, sector PLOVER's three letters."""

    name: str
    country: str | None
    sector: str | None


class Place(Shape):
    """A place as it was resolved; `radius_km` is how far it reaches around its point: show that circle, never a pin."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    gazetteer_id: str | None


class Source(Shape):
    """Who published it, and where. `url` is http or https or null, never anything else."""

    outlet: str
    url: str | None


class ArticleHead(Shape):
    """An article without its text. `voice` is the same for near-copies."""

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    day: Day | None
    url: str | None
    voice: str


class Segment(Shape):
    """A piece of a text with what it is evidence of. The segments of a stretch, joined, are its text to the letter.

    `fields` are in the order of precedence for colouring; `of` are the ids of the events and statements that it belongs to.
    """

    text: str
    fields: list[EvidenceField]
    of: list[str]


class Passage(Shape):
    """A stretch of an article, with its offsets in code points."""

    start: int
    end: int
    segments: list[Segment]


class Quantity(Shape):
    """A number of an event: `low` is null where only an upper end is told, `high` where only a lower one."""

    what: str
    low: float | None
    high: float | None
    approximate: bool


class Ground(Shape):
    """Ground that changes hands."""

    gained_by: str | None
    lost_by: str | None
    place: str | None
    unit: str | None
    count: int | None


class Correction(Shape):
    """What a person said against a reading. `was` is what was read; `undone` is when it was taken back. A note has field `note`."""

    id: str
    target: str
    field: str
    value: str | None
    was: str | None
    who: str
    made: str
    why: str | None
    undone: str | None
    undone_by: str | None


class Problem(BaseModel):
    """What went wrong (RFC 9457, `application/problem+json`). `field` is the parameter at fault, where one is."""

    title: str
    status: int
    detail: str
    field: str | None = None


class TypeInfo(Shape):
    """A PLOVER event type with its class and its modes."""

    name: EventType
    quad: Quad
    modes: list[str]
