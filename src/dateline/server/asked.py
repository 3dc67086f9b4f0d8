"""What may be asked for in an address: filters, order, page. Values are checked here; the ledger's own filters check the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.output.marks import Quad
from dateline.server.shapes.common import IncidentStatus

Word = Annotated[str, Field(max_length=200)]
Day = Annotated[str, Field(max_length=10, examples=["2031-03-04"])]
Many = Annotated[list[Word], Field(max_length=50)]


class ViewFilters(BaseModel):
    """What incidents must fulfil. All of the filters given must hold; of several values of one filter (repeated, or joined by
    commas where they are codes) one must."""

    model_config = ConfigDict(extra="forbid")

    q: str | None = Field(
        default=None, max_length=300, description="words of the articles that tell it, in the language of SQLite's FTS5"
    )
    type: list[Word] = Field(default=[], max_length=50, description="PLOVER types")
    quad: list[Quad] = Field(default=[], max_length=4, description="quad classes of the types")
    actor: list[Word] = Field(
        default=[],
        max_length=50,
        description='who acts or is acted upon: words of a name, "=whole name", or codes ("AFG/REB")',
    )
    country: list[Word] = Field(default=[], max_length=50, description="country of the place, by name or alpha-3")
    place: list[Word] = Field(default=[], max_length=50, description="name of the place, or its identity in the gazetteer")
    outlet: list[Word] = Field(default=[], max_length=50, description="who published, whatever the case")
    status: list[IncidentStatus] = Field(default=[], max_length=6)
    confidence: float | None = Field(default=None, ge=0, le=1, description="least confidence")
    id: list[Word] = Field(default=[], max_length=200, description="only these incidents")
    voices: int | None = Field(default=None, ge=1, le=1000, description="told by at least so many independent voices")
    since: Day | None = Field(
        default=None, description="first day: YYYY-MM-DD, YYYY-MM or YYYY; what has no day is left out"
    )
    until: Day | None = Field(default=None, description="last day, as since")
    bbox: str | None = Field(
        default=None, max_length=100, description="west,south,east,north in degrees; west > east reaches over the 180th meridian",
        examples=["60.5,29.3,74.9,38.5"],
    )  # fmt: skip


class PageQuery(BaseModel):
    """Which part of a list."""

    limit: int = Field(default=50, ge=1, le=500)
    cursor: str | None = Field(
        default=None, max_length=500, description="`next` of the page before; it goes with the same filters and order"
    )


class IncidentsQuery(ViewFilters, PageQuery):
    """Which incidents, in which order."""

    sort: Literal["rank", "-day", "day", "-confidence", "confidence", "-voices"] = "rank"


class MapQuery(ViewFilters):
    """Which incidents with coordinates."""

    limit: int = Field(default=20_000, ge=1, le=20_000)


class TimelineQuery(ViewFilters):
    """Which incidents, how many of the highest ranked."""

    limit: int = Field(default=100, ge=1, le=1000)


class ReviewQuery(PageQuery):
    """Which events to look at."""

    model_config = ConfigDict(extra="forbid")
    type: Many = []
    country: Many = []
    outlet: Word | None = None
    since: Day | None = None
    until: Day | None = None
    limit: int = Field(default=20, ge=1, le=100)


class StatementsQuery(PageQuery):
    """Which statements. `said_by`: words of the speaker's name, or "=whole name"; `country` is the speaker's; `direct`: those in
    quotation marks, or those without."""

    model_config = ConfigDict(extra="forbid")
    q: str | None = Field(default=None, max_length=300)
    said_by: Word | None = None
    country: Many = []
    stance: Many = []
    direct: bool | None = None
    outlet: Word | None = None
    since: Day | None = None
    until: Day | None = None
    sort: Literal["-date", "date", "speaker"] = "-date"


class SpeakersQuery(BaseModel):
    """Whose statements, of which country, outlet and time; by how many."""

    model_config = ConfigDict(extra="forbid")
    q: str | None = Field(default=None, max_length=300)
    country: Many = []
    outlet: Word | None = None
    since: Day | None = None
    until: Day | None = None
    limit: int = Field(default=100, ge=1, le=1000)


class ArticlesQuery(PageQuery):
    """Which articles."""

    model_config = ConfigDict(extra="forbid")
    q: str | None = Field(default=None, max_length=300)
    outlet: Word | None = None
    since: Day | None = None
    until: Day | None = None
    sort: Literal["-date", "date", "outlet", "title", "-words"] = "-date"


class CommitmentsQuery(BaseModel):
    """Which commitments: of what came of them, due before a day, as they stand on the day `at`, of whom (words of a name)."""

    model_config = ConfigDict(extra="forbid")
    status: list[Literal["open", "kept", "missed", "moved", "broken", "disputed"]] = Field(default=[], max_length=6)
    due_before: Day | None = None
    at: Day | None = None
    party: Word | None = None


class ControlQuery(BaseModel):
    """Who holds what: on a day (else the last that is known), in a country."""

    model_config = ConfigDict(extra="forbid")
    at: Day | None = None
    country: Word | None = None


class HistoryQuery(BaseModel):
    """The changes of hands: of one place (its name or key), with the reports; or of all in a country, without."""

    model_config = ConfigDict(extra="forbid")
    place: Word | None = None
    country: Word | None = None


class ExportQuery(ViewFilters):
    """The view as a file: the incidents, or the events that tell them."""

    format: Literal["csv", "json", "geojson"]
    what: Literal["incidents", "events"] = "incidents"


class Suggested(BaseModel):
    """What has been typed so far."""

    model_config = ConfigDict(extra="forbid")
    q: str = Field(min_length=1, max_length=100)
    limit: int = Field(default=12, ge=1, le=50)
