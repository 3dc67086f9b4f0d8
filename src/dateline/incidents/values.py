"""Accounts of one act -> an incident: each value chosen with its reason, what lost kept beside it with who says it.

One voice counts once, however many outlets print it. Where it corrects itself, its later word stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.incidents.accounts import place_of
from dateline.incidents.records import PLANS, Account, Choice, Claim, Incident, Told, Toll
from dateline.incidents.sides import folded, side
from dateline.model import Actor, Control, Location

LONE_AMONG = 3
"""Among so many voices one alone does not settle who did it."""
MOST_SAID = 6
"""Sources named beside a value; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far a voice is believed; `data/values.toml` explains each."""

    own_words: float
    attributed: float
    hearsay: float
    unplaced: float
    undated: float
    disputed: float
    most: float


def incident_of(accounts: Sequence[Account], reliability: Reliability, today: date | None = None) -> Incident:
    """What accounts of one act say together.

    Args:
        accounts: at least one.
        reliability: how far voices are believed.
        today: the day from which a plan is looked back at; by default that of the latest article among these.
    """
    tolds = sorted(
        (told for account in accounts for told in account.tolds),
        key=lambda t: (t.day or date.min, t.article, t.event.start, t.id),
    )
    day = today or max((told.day for told in tolds if told.day), default=None)
    types = chosen(tolds, lambda told: told.event.type, "the type that most voices tell")
    modes = Counter(told.event.mode for told in tolds if told.event.mode and told.event.type == types.value)
    when, where = _when(tolds), _where(tolds)
    denied = [told for told in tolds if told.event.status == "negated"]
    actual = [told for told in tolds if told.event.status == "actual"]
    status = _status(tolds, actual, denied, day)
    disputed = bool(denied and actual)
    voices = len({told.voice for told in tolds})
    return Incident(
        id="i" + min(account.id for account in accounts).removeprefix("e"),
        accounts=tuple(sorted(accounts, key=lambda account: account.id)),
        type=types,
        mode=min((mode for mode, n in modes.items() if n == max(modes.values())), default=None),
        status=status,
        when=when,
        where=where,
        actors=_actors(tolds),
        recipients=_parties([told.event.recipients for told in tolds]),
        tolls=_tolls(tolds),
        control=_control(tolds),
        claims=_claims(tolds),
        disputed=disputed,
        voices=voices,
        outlets=tuple(sorted({told.source for told in tolds})),
        confidence=_confidence(actual or tolds, reliability, where.value, when.value, disputed),
    )


def chosen[T](tolds: Iterable[Told], value: Callable[[Told], T | None], why: str) -> Choice[T]:
    """The value that most voices tell, the earliest told among equals; there must be one."""
    voices: dict[T, set[str]] = defaultdict(set)
    sources: dict[T, list[str]] = defaultdict(list)
    for told in tolds:
        found = value(told)
        if found is not None:
            voices[found].add(told.voice)
            sources[found].append(told.source)
    ranked = sorted(voices, key=lambda v: -len(voices[v]))  # sorting keeps the order among equals
    best = ranked[0]
    return Choice(best, why, _said(sources[best]), tuple((other, _said(sources[other])) for other in ranked[1:]))


def _when(tolds: Sequence[Told]) -> Choice[tuple[date, date] | None]:
    """The tightest days that most voices tell; where nobody tells any, None."""
    spans = [told for told in tolds if told.event.when is not None]
    due = [told for told in tolds if told.event.deadline is not None]
    if not spans and not due:
        return Choice(None, "nobody tells a day")
    if not spans:
        last = max(due, key=lambda told: (told.day or date.min, told.event.deadline or date.min))
        assert last.event.deadline is not None
        found = (last.event.deadline, last.event.deadline)
        return Choice(found, "the day by which it is to be done, as named last", (last.source,))
    happened = [told for told in spans if told.event.status == "actual"] or spans
    tight = min((t.event.when.last - t.event.when.first).days for t in happened if t.event.when)
    near = [t for t in happened if t.event.when and (t.event.when.last - t.event.when.first).days <= tight + 1]
    best = chosen(
        near,
        lambda t: (t.event.when.first, t.event.when.last) if t.event.when else None,
        "the tightest days that most voices tell",
    )
    rest = [t for t in spans if t.event.when and (t.event.when.first, t.event.when.last) != best.value]
    others = chosen(rest, lambda t: (t.event.when.first, t.event.when.last) if t.event.when else None, "") if rest else None
    kept = ((others.value, others.said_by), *others.others) if others else ()
    return Choice(best.value, best.why, best.said_by, kept)


def _where(tolds: Sequence[Told]) -> Choice[Location | None]:
    """The most precise place, the one that most voices tell among those."""
    placed = [told for told in tolds if place_of(told) is not None]
    if not placed:
        return Choice(None, "nobody tells a place")

    def precision(told: Told) -> int:
        place = place_of(told)
        assert place is not None
        if place.gazetteer_id is None and place.lat is None:
            return 2
        return 0 if place.radius_km is not None and place.radius_km <= 15.0 else 1

    finest = min(map(precision, placed))
    best = chosen(
        [told for told in placed if precision(told) == finest], place_of, "the most precise place that most voices tell"
    )
    rest = [told for told in placed if folded((place_of(told) or best.value).name) != folded(best.value.name)]
    others = chosen(rest, place_of, "") if rest else None
    return Choice(best.value, best.why, best.said_by, ((others.value, others.said_by), *others.others) if others else ())


def _actors(tolds: Sequence[Told]) -> Choice[tuple[Actor, ...]]:
    """Who did it, as most voices say; somebody of another side whom others name stands among the others."""
    named = [told for told in tolds if told.event.actors]
    if not named:
        return Choice((), "nobody tells who")
    sides: dict[str, set[str]] = defaultdict(set)
    for told in named:
        for actor in told.event.actors:
            sides[side(actor) or folded(actor.name)].add(told.voice)
    most = max(len(voices) for voices in sides.values())
    every = len({told.voice for told in tolds})
    if most == 1 and every >= LONE_AMONG:
        # One voice of many: who did it is not settled, and nobody is named for it.
        alone = chosen(named, lambda told: told.event.actors, "")
        return Choice(
            (),
            f"one of {every} voices names somebody, or each names another",
            (),
            ((alone.value, alone.said_by), *alone.others),
        )
    best = {one for one, voices in sides.items() if len(voices) == most}
    parties = [tuple(a for a in told.event.actors if (side(a) or folded(a.name)) in best) for told in named]
    others = [told for told in named if not any((side(a) or folded(a.name)) in best for a in told.event.actors)]
    lost = chosen(others, lambda told: told.event.actors, "") if others else None
    return Choice(
        _parties(parties),
        "whom most voices name",
        _said(told.source for told, party in zip(named, parties, strict=True) if party),
        ((lost.value, lost.said_by), *lost.others) if lost else (),
    )


def _parties(told: Iterable[Sequence[Actor]]) -> tuple[Actor, ...]:
    """Each party once, under the name that is used most, most used first."""
    counted: dict[str, Counter[Actor]] = defaultdict(Counter)
    for party in told:
        for actor in party:
            counted[folded(actor.name)][actor] += 1
    ranked = sorted(counted.values(), key=lambda names: (-names.total(), min(actor.name for actor in names)))
    return tuple(min(names, key=lambda a: (-names[a], a.name)) for names in ranked)


def _tolls(tolds: Sequence[Told]) -> tuple[Toll, ...]:
    """Every count, with the latest word of each voice."""
    latest: dict[str, dict[str, Told]] = defaultdict(dict)
    figures: dict[tuple[str, str], tuple[int | None, int | None]] = {}
    for told in tolds:
        for quantity in told.event.quantities:
            low = None if quantity.low is None else int(quantity.low)
            high = None if quantity.high is None else int(quantity.high)
            before = latest[quantity.what].get(told.voice)
            if before is not None and before.day == told.day and (figures[quantity.what, told.voice][0] or 0) >= (low or 0):
                continue  # of two figures of one article the larger is the whole
            latest[quantity.what][told.voice] = told
            figures[quantity.what, told.voice] = (low, high)
    return tuple(_toll(what, voices, figures) for what, voices in sorted(latest.items()))


def _toll(what: str, voices: Mapping[str, Told], figures: Mapping[tuple[str, str], tuple[int | None, int | None]]) -> Toll:
    said: dict[tuple[int | None, int | None], list[Told]] = defaultdict(list)
    for voice, told in voices.items():
        said[figures[what, voice]].append(told)
    best = max(said, key=lambda f: (len(said[f]), max(t.day or date.min for t in said[f]), f[0] if f[0] is not None else -1))
    lows = [low if low is not None else high for low, high in said]
    known = [number for number in lows if number is not None]
    return Toll(
        what,
        min(known, default=None),
        best[0] if best[0] is not None else best[1],
        max((number for low, high in said for number in (low, high) if number is not None), default=None),
        tuple(
            (_figure(f), _said(_source_of(told) for told in said[f]))
            for f in sorted(said, key=lambda f: (f[0] or 0, f[1] or 0))
        ),
        "the latest word of most voices, the latest told among equals",
    )


def _figure(bounds: tuple[int | None, int | None]) -> str:
    low, high = bounds
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    return f"{low}" if low == high else f"{low} to {high}"


def _source_of(told: Told) -> str:
    return f"{told.event.said_by[-1]} in {told.source}" if told.event.said_by else told.source


def _control(tolds: Sequence[Told]) -> Control | None:
    """Which ground changed hands: each field as most tell it."""
    told = [t.event.control for t in tolds if t.event.control is not None]
    if not told:
        return None

    def most(values: Iterable[str | int | None]) -> str | int | None:
        counted = Counter(value for value in values if value is not None)
        return min((v for v, n in counted.items() if n == max(counted.values())), key=str, default=None)

    gained, lost = most(c.gained_by for c in told), most(c.lost_by for c in told)
    place, unit, count = most(c.place for c in told), most(c.unit for c in told), most(c.count for c in told)
    return Control(
        gained_by=str(gained) if gained else None,
        lost_by=str(lost) if lost else None,
        place=str(place) if place else None,
        unit=str(unit) if unit else None,
        count=int(count) if count else None,
    )


def _status(tolds: Sequence[Told], actual: Sequence[Told], denied: Sequence[Told], today: date | None) -> Choice[str]:
    """Where the act stands: it moves from planned to actual, to negated, or lapses when its day has passed."""
    planned = [told for told in tolds if told.event.status in PLANS]
    if actual:
        first = "told as planned before, and as done since" if planned else "told as done"
        return Choice("actual", first, _said(t.source for t in actual), _statuses(denied))
    if denied and (not planned or (denied[-1].day or date.min) >= (planned[-1].day or date.min)):
        return Choice(
            "negated", "told as not done, and nobody tells it as done", _said(t.source for t in denied), _statuses(planned)
        )
    due = [d for t in planned for d in (t.event.deadline, t.event.when.last if t.event.when else None) if d is not None]
    if due and today is not None and max(due) < today:
        why = f"due by {max(due).isoformat()}, which has passed, and nobody tells it as done"
        return Choice("lapsed", why, _said(t.source for t in planned), _statuses(denied))
    best = chosen(planned, lambda told: told.event.status, "the status that most voices tell")
    return Choice(best.value, best.why, best.said_by, (*best.others, *_statuses(denied)))


def _statuses(tolds: Sequence[Told]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not tolds:
        return ()
    found = chosen(tolds, lambda told: told.event.status, "")
    return ((found.value, found.said_by), *found.others)


def _claims(tolds: Sequence[Told]) -> tuple[Claim, ...]:
    """Who says that they did it, and who denies what."""
    found = []
    for told in tolds:
        by = {folded(name) for name in told.event.said_by}
        own = tuple(actor.name for actor in told.event.actors if folded(actor.name) in by)
        if told.event.status == "negated":
            found.append(Claim("denial", told.event.said_by or (told.source,), told.id))
        elif own and told.event.status == "actual" and told.event.type in ("ASSAULT", "COERCE"):
            found.append(Claim("claim", own, told.id))
    return tuple(found)


def _confidence(
    tolds: Sequence[Told], reliability: Reliability, where: Location | None, when: tuple[date, date] | None, disputed: bool
) -> float:
    """That at least one of the independent voices is right, lowered where place or day are vague or somebody denies it."""
    best: dict[str, float] = {}
    for told in tolds:
        depth = len(told.event.said_by)
        own = (reliability.own_words, reliability.attributed)[depth] if depth < 2 else reliability.hearsay
        best[told.voice] = max(best.get(told.voice, 0.0), own * told.event.confidence)
    wrong = 1.0
    for voice in sorted(best):
        wrong *= 1.0 - best[voice]
    sure = 1.0 - wrong
    if where is None or where.gazetteer_id is None:
        sure *= reliability.unplaced
    if when is None:
        sure *= reliability.undated
    if disputed:
        sure *= reliability.disputed
    return round(min(sure, reliability.most), 3)


def _said(sources: Iterable[str]) -> tuple[str, ...]:
    every = list(dict.fromkeys(sources))
    return tuple(every[:MOST_SAID]) + ((f"{len(every) - MOST_SAID} more",) if len(every) > MOST_SAID else ())
