"""The shapes of the output, once: the code that fills them is held to them by mypy, the JSON Schema is made from them.

Keys and meanings are those of the coded articles (docs/codebook.md); whatever is beyond them (ids, evidence, candidates,
co-ordinates) is added, never put in their place.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from dateline.model import EventType, Status

Day = Annotated[str, "a calendar day, YYYY-MM-DD", ("format", "date")]
Start = Annotated[int, "character offset into `text` at which it starts", ("minimum", 0)]
End = Annotated[int, "character offset into `text` at which it ends (the character there is not part of it)", ("minimum", 0)]
Country = Annotated[
    str, "ISO 3166 alpha-3, or IGO, NGO, UNO, EUR, IMG, MNC for bodies above states", ("pattern", "^[A-Z]{3}$")
]
Latitude = Annotated[float, "degrees north", ("minimum", -90), ("maximum", 90)]
Longitude = Annotated[float, "degrees east", ("minimum", -180), ("maximum", 180)]
Radius = Annotated[float, "how far the place reaches from that point, in kilometres", ("minimum", 0)]
RuleName = Annotated[str, "name of the rule that found it"]
Kind = Literal["point", "duration", "set"]


class WhenJson(TypedDict):
    """A span of days, both ends inclusive."""

    start: Day
    end: Day


class ActorJson(TypedDict):
    """Who somebody is."""

    name: Annotated[str, "as a reader of the whole article would name them"]
    country: Country | None
    sector: Annotated[str, "PLOVER sector in three letters", ("pattern", "^[A-Z]{3}$")] | None


class WhereJson(TypedDict):
    """Where an event took place. Coordinates are null, never 0, where they are not known."""

    name: Annotated[str, "the place as the article names it"]
    country: Country | None
    lat: Latitude | None
    lon: Longitude | None
    radius_km: Radius | None
    gazetteer_id: Annotated[str, "the gazetteer's entry"] | None


class QuantityJson(TypedDict):
    """A number of an event."""

    what: Annotated[str, "what is counted: killed, wounded, captured, arrested, displaced, troops, districts, …"]
    low: Annotated[float, "null where the number is an upper bound"] | None
    high: Annotated[float, "null where the number is a lower bound"] | None
    approximate: bool
    start: Start
    end: End
    rule: RuleName


class ControlJson(TypedDict):
    """Ground that changes hands."""

    gained_by: str | None
    lost_by: str | None
    place: str | None
    unit: Annotated[str, "village, district, city, province, base, checkpoint or area"] | None
    count: Annotated[int, "how many units; null where the article does not say"] | None


class EvidenceJson(TypedDict):
    """Why a field has its value."""

    field: Annotated[str, "the field of the event"]
    value: str
    why: Annotated[str, "the rule or reason, for a person"]
    start: Start | None
    end: End | None
    lost: Annotated[list[str], "what was considered as well, and why it lost"]


class EventJson(TypedDict):
    """Who did what to whom, when, where, according to whom: one record for one trigger."""

    id: Annotated[str, "unique in this reading"]
    trigger: Annotated[str, "the words that name the act: `text[start:end]`"]
    start: Start
    end: End
    type: Annotated[EventType, "PLOVER event type"]
    mode: Annotated[str, "PLOVER mode of that type"] | None
    actors: Annotated[list[ActorJson], "who acts"]
    recipients: Annotated[list[ActorJson], "who it is done to"]
    when: Annotated[WhenJson, "null where the article does not tell"] | None
    where: WhereJson | None
    status: Annotated[Status, "whether it happened, is to happen, is asked for, is thought possible, or did not happen"]
    said_by: Annotated[list[str], "whom the sentence credits for it, outermost first; empty: the article itself says it"]
    quantities: list[QuantityJson]
    deadline: Annotated[Day, "the day by which it is to be done"] | None
    control: Annotated[ControlJson, "null where no ground changes hands"] | None
    sense: Annotated[str, "name of the rule in the lexicon that knows the act"]
    confidence: Annotated[float, "the reader's own, from 0 to 1", ("minimum", 0), ("maximum", 1)]
    evidence: list[EvidenceJson]


class StatementJson(TypedDict):
    """What someone is reported to have said."""

    id: Annotated[str, "unique in this reading"]
    speaker: ActorJson
    start: Start
    end: End
    direct: Annotated[bool, "whether it stands in quotation marks"]
    verb: Annotated[str, "the reporting word"]
    when: Annotated[WhenJson, "when it was said"] | None
    cue_start: Annotated[int, "offset of the reporting words"]
    cue_end: Annotated[int, "end of the reporting words"]
    speaker_start: Annotated[int, "offset of the words that name the speaker"] | None
    speaker_end: Annotated[int, "end of the words that name the speaker"] | None
    chain: Annotated[list[ActorJson], "the speaker and those that the speaker leans on, outermost first"]
    stance: Annotated[str, "how it is said: says, denies, …"]
    rule: RuleName


class CandidateJson(TypedDict):
    """A gazetteer entry that a name may have meant."""

    gazetteer_id: str
    name: str
    country: Country | None
    feature: Annotated[str, "the gazetteer's kind of place"]
    lat: Latitude
    lon: Longitude
    score: float


class PlaceJson(TypedDict):
    """A mention of a place, used by an event or not."""

    start: Start
    end: End
    name: str
    country: Country | None
    lat: Latitude | None
    lon: Longitude | None
    radius_km: Radius | None
    gazetteer_id: Annotated[str, "the entry chosen; null where none convinces"] | None
    rule: RuleName
    candidates: Annotated[list[CandidateJson], "the entries of that name, best first"]


TimeJson = TypedDict(
    "TimeJson",
    {
        "start": Start,
        "end": End,
        "text": Annotated[str, "the words: `text[start:end]`"],
        "from": Annotated[Day, "first day; null where the article does not tell enough"] | None,
        "to": Annotated[Day, "last day, inclusive"] | None,
        "grain": Annotated[str, "how fine it is: day, week, month, year, …"],
        "kind": Kind,
        "direction": Literal["at", "since", "until", "by", "before", "after"],
        "anchor": Annotated[str, "the day that it was reckoned from, and why that one"] | None,
        "rule": RuleName,
    },
)
TimeJson.__doc__ = "A time expression, set on the calendar where the article tells enough."


class MentionJson(TypedDict):
    """Words that stand for an actor."""

    start: Start
    end: End
    actor: ActorJson
    kind: Literal["name", "description", "pronoun"]
    antecedent: Annotated[int, "offset of the mention that lent its identity"] | None
    rule: RuleName
    candidates: Annotated[list[ActorJson], "the identities that were considered, best first"]


class QuotationJson(TypedDict):
    """A stretch in quotation marks, the marks included."""

    start: Start
    end: End
    kind: Literal["speech", "fragment", "title", "scare"]
    closed: bool


class PublicationJson(TypedDict):
    """How the day of publication is known."""

    earliest: Day | None
    latest: Day | None
    clues: Annotated[list[str], "what in the article says so"]
    against: Annotated[list[str], "what contradicts the day chosen"]


class ReadingJson(TypedDict):
    """Everything found in one article."""

    id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: Annotated[Day, "the article's own day"] | None
    published_basis: Annotated[Literal["given", "inferred"], "whether that day was given or worked out from the text"] | None
    publication: PublicationJson
    text: Annotated[str, "the article, to the letter: all offsets count its characters (Unicode code points)"]
    events: list[EventJson]
    statements: list[StatementJson]
    places: list[PlaceJson]
    times: list[TimeJson]
    mentions: list[MentionJson]
    quotations: list[QuotationJson]
