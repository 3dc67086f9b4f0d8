"""The records of merging: what one sentence told, what one article told of one act, how alike two are, and what happened.

Scores are whole hundredths, so that sums do not depend on the order in which they are added up. Days are calendar days, both
ends inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from dateline.model import Actor, Control, Event, Location, Quantity, Status


@dataclass(frozen=True, slots=True)
class Told:
    """One event as one sentence of one article tells it.

    `voice` names whoever speaks: articles that are near-copies of each other share it. `sentence` holds the trigger, `day` is
    the article's own, `about` are the acts that its sentence names behind it, `names` the words of
    the names that the whole article has, `near` the places that the sentence names, `gist` the telling words of the article
    as a set of bits (0 where they are not known). `dated` and `placed` say whether the sentence itself says the day and the
    place; else they come from elsewhere in the article, and may be those of another act.
    """

    id: str
    article: str
    voice: str
    event: Event
    sentence: str
    outlet: str | None = None
    url: str | None = None
    day: date | None = None
    about: tuple[Event, ...] = ()
    names: frozenset[str] = frozenset()
    near: tuple[Location, ...] = ()
    gist: int = 0
    dated: bool = True
    placed: bool = True

    @property
    def source(self) -> str:
        """Who published it, as a reader would say."""
        return self.outlet or self.article


@dataclass(frozen=True, slots=True)
class Window:
    """When something was or is to be, as ordinals of days; `basis` says how that is known.

    `told`: the sentence gives the days. `inferred`: they are those of another sentence. `due`: it gives the day by which.
    `reported`: only the article's own day is known.
    """

    first: int
    last: int
    basis: str

    @property
    def length(self) -> int:
        """Days in it."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Account:
    """What one article tells of one act, in one sentence or several, with everything that merging compares.

    `spots` are the places where it may have been: `where`, and where no sentence names that, the towns that they name instead.
    `placed` says whether the place is that of its sentence, `many` whether it tells of several places that change hands, or of
    one; None where of none.
    `planned` holds where nothing in it says that the act has happened. `names` are the actors and recipients that can be told
    from others of their kind, `sides` whom they stand for, `kinds` the recipients without a name. Where ground changes hands,
    the actors are those that gain it and the recipients those that lose it, whichever of them the sentence makes act. `about`
    are the families of the acts that an act by word names. `deeds` are what is done, more closely than the family says it, `stems`
    those of the triggers, `words` those of the sentences, `names` those of the article's names; `gist` is the article's.
    """

    id: str
    tolds: tuple[Told, ...]
    family: str
    window: Window | None
    where: Location | None
    spots: tuple[Location, ...]
    placed: bool
    planned: bool
    modes: frozenset[str]
    actors: frozenset[str]
    actor_sides: frozenset[str]
    recipients: frozenset[str]
    recipient_sides: frozenset[str]
    kinds: frozenset[str]
    about: frozenset[str]
    many: bool | None
    numbers: tuple[Quantity, ...]
    deeds: frozenset[str]
    stems: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    gist: int

    @property
    def article(self) -> str:
        """The article that tells it."""
        return self.tolds[0].article


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a score, in hundredths, which sign it is for (a name under [points]), and why it is there."""

    name: str
    sign: str
    points: int
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """How alike two accounts are that may be one act (`a` < `b`)."""

    a: str
    b: str
    parts: tuple[Part, ...]

    @property
    def points(self) -> int:
        """The sum of the parts, in hundredths."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class Choice[T]:
    """A value chosen among several, with the reason; `others` are the values that lost and who says them."""

    value: T
    why: str
    said_by: tuple[str, ...] = ()
    others: tuple[tuple[T, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """How many: the least, the best supported and the most that anybody says; `said` holds each figure with who says it."""

    what: str
    low: int | None
    best: int | None
    high: int | None
    said: tuple[tuple[str, tuple[str, ...]], ...]
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says that they did it, or that they, or somebody, did not."""

    kind: str
    by: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as one account or many agree and disagree on it. It is an opinion, and can be undone.

    `status` is that of the events or `lapsed`: it was to happen by a day that has passed, and nothing says that it did.
    `voices` counts independent ones. `confidence` is from 0 to 1.
    """

    id: str
    accounts: tuple[Account, ...]
    type: Choice[str]
    mode: str | None
    status: Choice[str]
    when: Choice[tuple[date, date] | None]
    where: Choice[Location | None]
    actors: Choice[tuple[Actor, ...]]
    recipients: tuple[Actor, ...]
    tolls: tuple[Toll, ...]
    control: Control | None
    claims: tuple[Claim, ...]
    disputed: bool
    voices: int
    outlets: tuple[str, ...]
    confidence: float

    @property
    def tolds(self) -> tuple[Told, ...]:
        """Everything that tells it, by day, then by article and place in it."""
        every = (told for account in self.accounts for told in account.tolds)
        return tuple(sorted(every, key=lambda t: (t.day or date.min, t.article, t.event.start, t.id)))

    @property
    def first_day(self) -> date | None:
        """Its first day; where nobody tells one, that of the first article that tells it."""
        if self.when.value is not None:
            return self.when.value[0]
        return min((told.day for told in self.tolds if told.day), default=None)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two events: they tell the same incident (`together`), or they do not."""

    a: str
    b: str
    together: bool
    who: str = ""
    why: str = ""
    made: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """An article says in passing who holds a place ("the rebel-held town of X")."""

    holder: Actor
    place: Location
    told: str
    article: str
    voice: str
    outlet: str | None = None
    url: str | None = None
    day: date | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the articles at hand tell, all of it: events and passing words on who holds what."""

    tolds: tuple[Told, ...] = ()
    holdings: tuple[Holding, ...] = field(default=())


PLANS: frozenset[Status] = frozenset({"future", "demanded", "hypothetical"})
"""What an event's status is where it has not happened yet."""
