"""What the page sends, and what it gets back."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dateline.server.shapes.common import Correction, Shape
from dateline.server.shapes.incidents import Decision

Note = Annotated[str | None, Field(max_length=2000, description="Why, for others to read.")]
By = Annotated[str | None, Field(max_length=200, description="Who says so; the user who serves, where nobody is named.")]
Text = Annotated[str, Field(max_length=500)]
Id = Annotated[str, Field(pattern=r"^[a-z][0-9a-f]{16}$")]


class Sent(BaseModel):
    """Something that the page sends: keys that nobody knows are refused."""

    model_config = ConfigDict(extra="forbid")


class CorrectionRequest(Sent):
    """Fields to put right, as `dateline correct` takes them; what is null or missing stays. At least one field, or a note.

    `date` is a day, two days with ".." between, or "none"; `place` a name, an identity of the gazetteer ("geonames:1138958") or
    "none"; actors and recipients are "NAME", "NAME:AFG" or "NAME:AFG:REB", or ["none"]. `said_by` are the names of those whom the
    report credits with the event, outermost first, or ["none"]; `deadline` is the day by which it is to be done, or "none". `speaker`
    and `stance` are of statements.
    """

    type: Text | None = None
    mode: Text | None = None
    status: Text | None = None
    date: Text | None = None
    place: Text | None = None
    country: Text | None = None
    actors: Annotated[list[Text], Field(max_length=50)] | None = None
    recipients: Annotated[list[Text], Field(max_length=50)] | None = None
    said_by: Annotated[list[Text], Field(max_length=50)] | None = None
    deadline: Text | None = None
    speaker: Text | None = None
    stance: Text | None = None
    note: Note = None
    by: By = None


class Noted(Sent):
    """A note and who says so."""

    note: Note = None
    by: By = None


class SplitRequest(Sent):
    """Events that tell another incident than the rest of this one."""

    events: Annotated[list[Id], Field(min_length=1, max_length=200)]
    note: Note = None
    by: By = None


class JoinRequest(Sent):
    """Another incident that is the same as this one."""

    other: Id
    note: Note = None
    by: By = None


class UndoRequest(Sent):
    """What to take back: corrections (their ids, or an event's or a statement's for all of its own) and decisions (their numbers)."""

    corrections: Annotated[list[Id], Field(max_length=200)] = []
    decisions: Annotated[list[int], Field(max_length=1000)] = []
    by: By = None


class Undo(Shape):
    """What to send to /api/undo to take this back."""

    corrections: list[str]
    decisions: list[int]


class Done(Shape):
    """What a write did: the incidents that now hold the events it was about, what was written, and how to take it back."""

    incidents: list[str]
    corrections: list[Correction]
    decisions: list[Decision]
    undo: Undo


class Opened(Sent):
    """The token, to be traded for a cookie."""

    token: Annotated[str, Field(max_length=500)]
