"""Writes: a person's word, kept beside what was read. Each answers with what it did and how to take it back.

All of them need the header X-Dateline-Csrf with the token of /api/meta.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response

from dateline.server import writing
from dateline.server.answering import Serving
from dateline.server.shapes.writes import CorrectionRequest, Done, JoinRequest, Noted, Opened, SplitRequest, UndoRequest

router = APIRouter(prefix="/api", tags=["writes"])
RecordId = Annotated[str, Path(pattern=r"^[es][0-9a-f]{16}$", description="id of an event or a statement")]
IncidentId = Annotated[str, Path(pattern=r"^i[0-9a-f]{16}$")]
Csrf = Annotated[str | None, Header(alias="X-Dateline-Csrf")]


@router.post("/records/{id}/correct", response_model=Done)
def correct(service: Serving, id: RecordId, sent: CorrectionRequest, csrf: Csrf = None) -> Done:
    """Put fields of an event or statement right, or leave a note."""
    return writing.correct(service, id, sent)


@router.post("/records/{id}/reject", response_model=Done)
def reject(service: Serving, id: RecordId, sent: Noted, csrf: Csrf = None) -> Done:
    """Say that it is none: it is left out of every answer."""
    return writing.reject(service, id, sent)


@router.post("/records/{id}/accept", response_model=Done)
def accept(service: Serving, id: RecordId, sent: Noted, csrf: Csrf = None) -> Done:
    """Say that it is right as it stands: it leaves the review."""
    return writing.accept(service, id, sent)


@router.post("/incidents/{id}/split", response_model=Done)
def split(service: Serving, id: IncidentId, sent: SplitRequest, csrf: Csrf = None) -> Done:
    """Say that these events tell another incident than the rest of this one."""
    return writing.split(service, id, sent)


@router.post("/incidents/{id}/join", response_model=Done)
def join(service: Serving, id: IncidentId, sent: JoinRequest, csrf: Csrf = None) -> Done:
    """Say that two incidents are the same."""
    return writing.join(service, id, sent)


@router.post("/undo", response_model=Done)
def undo(service: Serving, sent: UndoRequest, csrf: Csrf = None) -> Done:
    """Take corrections and decisions back."""
    return writing.undo(service, sent)


@router.post("/session", status_code=204, tags=["session"])
def session(request: Request, sent: Opened) -> Response:
    """Trade the token for a cookie, where the server asks for one."""
    answered: Response = request.app.state.guard.open(sent.token)
    return answered
