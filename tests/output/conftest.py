"""A reading made by hand, with every field that a reading can have."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dateline.model import (
    Actor,
    Article,
    Control,
    Days,
    Event,
    Evidence,
    Location,
    Mention,
    Place,
    PlaceCandidate,
    Publication,
    Quantity,
    Quotation,
    Reading,
    Statement,
    Time,
)

TEXT = (
    "Since May 1 rebels of the Northern Front have overrun about 12 districts near Talma, Tal News said.\n"
    "“We will be back,” said General Oro. The army must leave <b>Talma</b> by June 9."
)
FRONT = Actor("Northern Front", "SOM", "REB")
ARMY = Actor("Army of Zembla", "ZMB", "MIL")
ORO = Actor("Oro", "ZMB", "MIL")
TALMA = Location("Talma", "SOM", 2.5, 45.25, 4.0, "gn:1")

CONTROL = Control(gained_by="Northern Front", lost_by="Army of Zembla", place=None, unit="district", count=12)


def span(words: str) -> tuple[int, int]:
    """Where some words first stand in the text."""
    return TEXT.index(words), TEXT.index(words) + len(words)


def at(words: str) -> dict[str, Any]:
    start, end = span(words)
    return {"start": start, "end": end}


@pytest.fixture
def reading() -> Reading:
    """Two events, a statement, places, times, mentions."""
    days = Days(date(2021, 5, 1), date(2021, 6, 2))
    districts = Quantity(
        **at("about 12 districts"), head=span("12")[0], what="districts", low=12, high=12, approximate=True, rule="n"
    )
    overrun = Event(
        **at("overrun"), trigger="overrun", type="COERCE", mode="seize", status="actual", actors=(FRONT,), recipients=(ARMY,),
        when=days, where=TALMA, said_by=("Tal News",), quantities=(districts,), deadline=None,
        control=CONTROL, sense="coerce/overrun", confidence=0.75,
        evidence=(
            Evidence(field="actors", value="Northern Front", why="subject of the verb", **at("rebels of the Northern Front")),
            Evidence(field="when", value="2021-05-01..2021-06-02", why="since", **at("Since May 1"), lost=("the day of publication",)),
            Evidence(field="where", value="Talma", why="near", **at("Talma")),
            Evidence(field="said_by", value="Tal News", why="said", **at("Tal News")),
            Evidence(field="status", value="actual", why="no cue"),
        ),
    )  # fmt: skip
    leave = Event(
        **at("leave"), trigger="leave", type="RETREAT", mode="withdraw", status="demanded", actors=(ARMY,), recipients=(),
        when=None, where=Location("<b>Talma</b>"), said_by=(), quantities=(), deadline=date(2021, 6, 9), control=None,
        sense="retreat/leave",
    )  # fmt: skip
    candidate = PlaceCandidate(
        gazetteer_id="gn:1", name="Talma", country="SOM", feature="PPL", lat=2.5, lon=45.25, radius_km=4.0, score=0.5
    )
    said = Statement(
        **at("We will be back,"), speaker=ORO, direct=True, verb="said", cue_start=span("said General")[0],
        cue_end=span("said General")[0] + 4, rule="said-after", chain=(ORO,), when=Days(date(2021, 6, 2), date(2021, 6, 2)),
    )  # fmt: skip
    return Reading(
        article=Article("a1", TEXT, title="Twelve districts", url="https://example.org/a?b=1&c=2", publisher="Tal News"),
        publication=Publication(
            start=0, end=0, day=date(2021, 6, 2), earliest=date(2021, 6, 1), latest=date(2021, 6, 3), basis="inferred",
            clues=("since May 1",),
        ),
        quotations=(Quotation(**at("“We will be back,”"), inner_start=span("We will")[0], inner_end=span("back,")[1], kind="speech"),),
        times=(
            Time(**at("Since May 1"), text="Since May 1", days=days, grain="day", kind="point", direction="since", anchor=None, rule="t"),
            Time(**at("June 9"), text="June 9", days=None, grain="day", kind="point", direction="by", anchor=None, rule="t"),
        ),
        places=(
            Place(**at("Talma"), text="Talma", head=span("Talma")[0], location=TALMA, feature="PPL", candidates=(candidate,), rule="p"),
        ),
        mentions=(Mention(**at("Northern Front"), head=span("Front")[0], actor=FRONT, kind="name", rule="m", candidates=(FRONT,)),),
        statements=(said,),
        events=(overrun, leave),
    )  # fmt: skip
