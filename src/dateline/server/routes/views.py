"""The tabs: timeline, control, commitments, statements, articles, review, runs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from dateline.server import records, tabs
from dateline.server.answering import Serving, answer
from dateline.server.asked import (
    ArticlesQuery,
    CommitmentsQuery,
    ControlQuery,
    HistoryQuery,
    PageQuery,
    ReviewQuery,
    SpeakersQuery,
    StatementsQuery,
    TimelineQuery,
)
from dateline.server.shapes.common import Page
from dateline.server.shapes.views import (
    Article,
    ArticleItem,
    Commitments,
    Control,
    ControlHistory,
    Failure,
    ReviewItem,
    Run,
    Speaker,
    Statement,
    Timeline,
)

router = APIRouter(prefix="/api")
ArticleId = Annotated[str, Path(pattern=r"^a[0-9a-f]{16}$")]


@router.get("/timeline", response_model=Timeline, tags=["timeline"])
def timeline(request: Request, service: Serving, asked: Annotated[TimelineQuery, Query()]) -> Response:
    """The highest ranked incidents, day by day, one sentence each."""
    return answer(request, service, "incidents", lambda question: tabs.timeline(question.db, asked))


@router.get("/control", response_model=Control, tags=["control"])
def control(request: Request, service: Serving, asked: Annotated[ControlQuery, Query()]) -> Response:
    """Who holds what on a day, from what was published until then."""
    return answer(request, service, "all incidents", lambda question: tabs.control(asked, question), ("control", asked))


@router.get("/control/history", response_model=ControlHistory, tags=["control"])
def control_history(request: Request, service: Serving, asked: Annotated[HistoryQuery, Query()]) -> Response:
    """Every change of hands, with the reports where one place is asked for."""
    return answer(request, service, "all incidents", lambda question: tabs.history(asked, question), ("history", asked))


@router.get("/commitments", response_model=Commitments, tags=["commitments"])
def commitments(request: Request, service: Serving, asked: Annotated[CommitmentsQuery, Query()]) -> Response:
    """Who promised, or was told to do, what by when, and what came of it."""
    return answer(
        request, service, "all incidents", lambda question: tabs.commitments(asked, question), ("commitments", asked)
    )


@router.get("/statements", response_model=Page[Statement], tags=["statements"])
def statements(request: Request, service: Serving, asked: Annotated[StatementsQuery, Query()]) -> Response:
    """Who said what."""
    return answer(request, service, "ledger", lambda question: records.statements(question, asked))


@router.get("/speakers", response_model=Page[Speaker], tags=["statements"])
def speakers(request: Request, service: Serving, asked: Annotated[SpeakersQuery, Query()]) -> Response:
    """Who says most, the most first."""
    return answer(request, service, "ledger", lambda question: records.speakers(question.db, asked))


@router.get("/articles", response_model=Page[ArticleItem], tags=["articles"])
def articles(request: Request, service: Serving, asked: Annotated[ArticlesQuery, Query()]) -> Response:
    """The articles."""
    return answer(request, service, "ledger", lambda question: records.articles(question, asked))


@router.get("/articles/{id}", response_model=Article, tags=["articles"])
def article(request: Request, service: Serving, id: ArticleId) -> Response:
    """An article with all its evidence."""
    return answer(request, service, "ledger", lambda question: records.article(question.db, id))


@router.get("/review", response_model=Page[ReviewItem], tags=["review"])
def review(request: Request, service: Serving, asked: Annotated[ReviewQuery, Query()]) -> Response:
    """The events that are least certain, without those that a person has accepted, corrected or rejected."""
    return answer(request, service, "ledger", lambda question: records.review(question, asked))


@router.get("/runs", response_model=Page[Run], tags=["runs"])
def runs(request: Request, service: Serving, asked: Annotated[PageQuery, Query()]) -> Response:
    """What was taken in, when and with what, the latest first."""
    return answer(request, service, "ledger", lambda question: records.runs(question, asked))


@router.get("/failures", response_model=Page[Failure], tags=["runs"])
def failures(request: Request, service: Serving, asked: Annotated[PageQuery, Query()]) -> Response:
    """What could not be taken in, with the reason, the latest first."""
    return answer(request, service, "ledger", lambda question: records.failures(question, asked))
