"""Who owes what to whom by when, and what came of it: promises, agreements, plans and demands as rows that live on.

A commitment starts with an act that is told before it happens: with a day by which it is due, or promised by somebody. Later
tellings of the same act are its history: the day moves, the act comes, somebody denies that it came, or the day passes.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources

from dateline.incidents.clustering import neighbourhoods
from dateline.incidents.records import PLANS, Incident, Told
from dateline.incidents.rules import Rules, load_rules
from dateline.incidents.sides import folded, side
from dateline.model import Actor, Location
from dateline.output.words import day_in_words
from dateline.resolve.geometry import distance_km

STATUSES = ("open", "kept", "missed", "moved", "broken", "disputed")


AT_A_PLACE = frozenset("ground easing talks custody readiness".split())
"""Families of acts that are others at another place."""


OF_MANY_KINDS = frozenset("easing support cooperation readiness".split())
"""Families that gather acts of many kinds: only the same word, or the same day, makes two of them one."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The bundled words; `data/commitments.toml` explains them."""

    made: Mapping[str, str]
    owed: frozenset[str]
    objection: frozenset[str]
    breach: str
    moved_days: int


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which it is to be done, who named it, and the event that says so."""

    day: date
    told_on: date | None
    by: tuple[str, ...]
    event: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an event says about a commitment: `made`, `due`, `done`, `denied`, `broken` or `objection`."""

    says: str
    told: Told


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something owed. `due` holds every day that was named, in the order of telling; `status` is one of STATUSES.

    `kind`: promise, agreement, demand or plan. `text` is the sentence that tells it first. `objections` are those who speak
    against it.
    """

    id: str
    kind: str
    family: str
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    place: str | None
    since: date | None
    due: tuple[Due, ...]
    status: str
    why: str
    text: str
    objections: tuple[str, ...]
    evidence: tuple[Evidence, ...]

    @property
    def due_day(self) -> date | None:
        """The day that was named last."""
        return self.due[-1].day if self.due else None


@cache
def load_terms() -> Terms:
    """The bundled words."""
    data = tomllib.loads(resources.files("dateline.incidents").joinpath("data", "commitments.toml").read_text("utf-8"))
    families = data["families"]
    return Terms(
        data["made"],
        frozenset(families["owed"]),
        frozenset(families["objection"]),
        families["breach"],
        data["limits"]["moved_days"],
    )


def commitments(
    incidents: Sequence[Incident], today: date | None = None, rules: Rules | None = None, terms: Terms | None = None
) -> list[Commitment]:
    """Every commitment that the incidents tell of, by the day that was named last, those without one last.

    Args:
        incidents: what happened, and what is to happen.
        today: the day from which they are looked at; by default that of the latest article.
        rules: those of merging, by default the bundled ones.
        terms: which acts are owed, by default the bundled ones.
    """
    words, data = terms or load_terms(), rules or load_rules()
    every = [told for incident in incidents for told in incident.tolds]
    day = today or max((told.day for told in every if told.day), default=date.min)
    owed = [incident for incident in incidents if incident.accounts[0].family in words.owed]
    pledges = [told for told in every if data.family(told.event) == "pledge"]
    due = {incident.id for incident in owed if any(_is_owed(told, pledges) for told in incident.tolds)}
    due |= {incident.id for incident in owed if any(_pledges_of(incident, pledges, words))}
    spoken_of = [i for i in owed if i.id in due or any(told.event.status in ("future", "demanded") for told in i.tolds)]
    found = [
        _commitment(group, every, pledges, day, words, data)
        for group in _rows(spoken_of)
        if any(incident.id in due for incident in group)
        and any(told.event.actors or told.event.recipients for incident in group for told in incident.tolds)
    ]
    return sorted(found, key=lambda c: (c.due_day or date.max, c.since or date.max, c.id))


def _is_owed(told: Told, pledges: Sequence[Told]) -> bool:
    """Whether an event is to be done by a day, or is promised in its sentence."""
    if told.event.status not in ("future", "demanded"):
        return False
    if told.event.deadline is not None or (
        told.event.when is not None and told.day is not None and told.event.when.last > told.day
    ):
        return True
    return any(told.event in pledge.about for pledge in pledges if pledge.article == told.article)


def _pledges_of(incident: Incident, pledges: Sequence[Told], words: Terms) -> Iterator[Told]:
    """Who promised such an act shortly before, in words that do not name it ("agreed to a ceasefire")."""
    sides = {name for told in incident.tolds for actor in told.event.actors if (name := side(actor))}
    first = min((told.day for told in incident.tolds if told.day), default=None)
    for pledge in pledges:
        same = words.made.get(pledge.event.sense) == incident.accounts[0].family
        theirs = {name for actor in pledge.event.actors if (name := side(actor))}
        if (
            same
            and (theirs & sides or not sides)
            and (first is None or pledge.day is None or (first - pledge.day).days <= 31)
        ):
            yield pledge


def _rows(incidents: Sequence[Incident]) -> list[list[Incident]]:
    """Incidents that are one commitment: the same kind of act owed by the same side at the same place, whatever day was named."""
    by_family: dict[str, list[Incident]] = defaultdict(list)
    for incident in sorted(incidents, key=lambda i: i.id):
        by_family[incident.accounts[0].family].append(incident)
    found = []
    for group in by_family.values():
        same = [(a.id, b.id) for k, a in enumerate(group) for b in group[k + 1 :] if _one_commitment(a, b)]
        named = {incident.id: incident for incident in group}
        found += [[named[name] for name in names] for names in neighbourhoods(named, same)]
    return found


def _one_commitment(a: Incident, b: Incident) -> bool:
    one, two = _debtor_sides(a), _debtor_sides(b)
    if one and two and not (one & two):
        return False
    kinds_a, kinds_b = ({k for acc in i.accounts for k in acc.kinds | acc.recipients} for i in (a, b))
    if kinds_a and kinds_b and not kinds_a & kinds_b and a.accounts[0].family == "release":
        return False
    place_a, place_b = a.where.value, b.where.value
    if a.accounts[0].family in AT_A_PLACE and place_a and place_b and not _overlap(place_a, place_b):
        return False
    if a.accounts[0].family in OF_MANY_KINDS and not _stems(a) & _stems(b) and not _dues(a) & _dues(b):
        return False
    if one and two:
        return _near(a, b)
    return bool((place_a and place_b and folded(place_a.name) == folded(place_b.name)) or _dues(a) & _dues(b))


def _near(a: Incident, b: Incident) -> bool:
    """Whether what is due lies close enough to be one day that moved: both are plans still, or the days are the same."""
    return (a.status.value != "actual" and b.status.value != "actual") or bool(_dues(a) & _dues(b))


def _stems(incident: Incident) -> set[str]:
    return {stem for account in incident.accounts for stem in account.stems}


def _dues(incident: Incident) -> set[date]:
    return {told.event.deadline for told in incident.tolds if told.event.deadline}


def _debtor_sides(incident: Incident) -> set[str]:
    found = {name for told in incident.tolds if told.event.status in PLANS for a in told.event.actors if (name := side(a))}
    found = found or {name for told in incident.tolds for a in told.event.actors if (name := side(a))}
    return {name for name in found if name != "government"}  # forces without a country may be anybody's


def _overlap(a: Location, b: Location) -> bool:
    """Whether two places are one, or one reaches into the other."""
    if folded(a.name) == folded(b.name):
        return True
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= (a.radius_km or 0.0) + (b.radius_km or 0.0)


def _commitment(
    group: Sequence[Incident], every: Sequence[Told], pledges: Sequence[Told], today: date, words: Terms, rules: Rules
) -> Commitment:
    tolds = sorted((t for i in group for t in i.tolds), key=lambda t: (t.day or date.min, t.article, t.event.start, t.id))
    plans = [told for told in tolds if told.event.status in ("future", "demanded")]
    making = [p for p in pledges if any(p.article == t.article and t.event in p.about for t in plans)]
    making += [p for incident in group for p in _pledges_of(incident, pledges, words) if p not in making]
    family = group[0].accounts[0].family
    done, denied = _done(tolds, plans), [told for told in tolds if told.event.status == "negated"]
    debtors = _names([t.event.actors for t in plans] + [p.event.actors for p in making]) or _names(
        [t.event.actors for t in tolds]
    )
    objections = [t for t in _beside(tolds, every) if rules.family(t.event) in words.objection and not _by(t, debtors)]
    broken = _broken(family, tolds, every, words, rules)
    due = _due_days(plans, done, making)
    status, why = _status(due, done, denied, broken, plans, today, words)
    first = min((*making, *plans, *tolds), key=lambda t: (t.day or date.max, t.article, t.event.start))
    creditors = (
        _names([p.event.recipients for p in making])
        or _demanders(plans, every)
        or _names([t.event.recipients for t in plans])
    )
    evidence = (
        [Evidence("made", t) for t in making] + [Evidence("due", t) for t in plans] + [Evidence("done", t) for t in done]
    )
    evidence += [Evidence("denied", t) for t in denied] + [Evidence("broken", t) for t in broken]
    evidence += [Evidence("objection", t) for t in objections]
    evidence.sort(key=lambda e: (e.told.day or date.min, e.told.article, e.told.event.start))
    where = next((i.where.value.name for i in group if i.where.value), None)
    return Commitment(
        id="c" + min(incident.id for incident in group)[1:],
        kind=_kind(making, plans),
        family=family,
        debtors=debtors,
        creditors=tuple(name for name in creditors if name not in debtors),
        place=where,
        since=first.day,
        due=due,
        status=status,
        why=why,
        text=first.sentence,
        objections=_names([t.event.actors for t in objections]),
        evidence=tuple(evidence),
    )


def _done(tolds: Sequence[Told], plans: Sequence[Told]) -> list[Told]:
    """What says that it was done: not what is taken back by a plan that is told later, or beside it, for a later day."""
    found = []
    for told in tolds:
        if told.event.status != "actual":
            continue
        on = told.event.when.last if told.event.when else told.day
        later = [
            plan
            for plan in plans
            if (plan.day or date.min) >= (told.day or date.min)
            and plan.event.deadline
            and (on is None or plan.event.deadline > on)
        ]
        if not later:
            found.append(told)
    return found


def _due_days(plans: Sequence[Told], done: Sequence[Told], making: Sequence[Told]) -> tuple[Due, ...]:
    """Every day that was named, by the day of telling; the day named last is laid to whoever promised last."""
    named: list[Due] = []
    for told in plans:
        day = told.event.deadline or (told.event.when.last if told.event.when else None)
        if day is not None and all(due.day != day for due in named):
            beside = [p for p in making if p.article == told.article and told.event in p.about]
            by = told.event.said_by or tuple(actor.name for p in beside for actor in p.event.actors)
            named.append(Due(day, told.day, by, told.id))
    if not named:
        # Nobody named a day: the one on which most tell that it began stands for it.
        started = [told.event.when.first for told in done if told.event.when is not None]
        day = max(started, key=lambda d: (started.count(d), -d.toordinal()), default=None)
        named = [Due(day, t.day, (), t.id) for t in done if day and t.event.when and t.event.when.first == day][:1]
    named.sort(key=lambda due: (due.told_on or date.min, due.day))
    if named and not named[-1].by and making:
        named[-1] = replace(named[-1], by=tuple(actor.name for actor in making[-1].event.actors))
    return tuple(named)


def _broken(family: str, tolds: Sequence[Told], every: Sequence[Told], words: Terms, rules: Rules) -> list[Told]:
    """What says that it was broken: a breach told in a sentence that tells of it, or of a truce while it lasted."""
    beside = [t for t in _beside(tolds, every) if rules.family(t.event) == words.breach]
    if family != "truce":
        return beside
    first = min((told.day for told in tolds if told.day), default=date.min)
    return beside or [t for t in every if rules.family(t.event) == words.breach and (t.day or date.min) >= first]


def _beside(tolds: Sequence[Told], every: Sequence[Told]) -> list[Told]:
    """Other events of the sentences that tell of it."""
    own = {told.id for told in tolds}
    sentences = {(told.article, told.sentence) for told in tolds}
    return [told for told in every if told.id not in own and (told.article, told.sentence) in sentences]


def _status(
    due: Sequence[Due],
    done: Sequence[Told],
    denied: Sequence[Told],
    broken: Sequence[Told],
    plans: Sequence[Told],
    today: date,
    words: Terms,
) -> tuple[str, str]:
    if broken:
        return "broken", f"{broken[0].source} tells of a breach"
    if done and denied:
        return "disputed", f"{done[0].source} tells that it was done, {_speaker(denied[0])} denies it"
    if done:
        return "kept", f"{done[0].source} tells that it was done"
    last = due[-1].day if due else None
    if last is not None and last < today:
        return "missed", f"{day_in_words(last)} has passed, and nothing tells that it was done"
    days = sorted(d.day for d in due)
    if len(days) > 1 and (days[-1] - days[0]).days > words.moved_days:
        return "moved", f"from {day_in_words(due[0].day)} to {day_in_words(due[-1].day)}"
    if denied and (denied[-1].day or date.min) > max((told.day for told in plans if told.day), default=date.min):
        return "missed", f"{_speaker(denied[-1])} tells that it was not done"
    return "open", "nothing tells yet what came of it"


def _speaker(told: Told) -> str:
    return told.event.said_by[0] if told.event.said_by else told.source


def _kind(making: Sequence[Told], plans: Sequence[Told]) -> str:
    if making:
        parties = {actor.name for pledge in making for actor in pledge.event.actors}
        return "agreement" if len(parties) > 1 and any(len(p.event.actors) > 1 for p in making) else "promise"
    return "demand" if plans and all(told.event.status == "demanded" for told in plans) else "plan"


def _demanders(plans: Sequence[Told], every: Sequence[Told]) -> tuple[str, ...]:
    """Who demanded it, in the sentences that tell of it."""
    sentences = {(told.article, told.sentence) for told in plans if told.event.status == "demanded"}
    asked = [t for t in every if t.event.type == "REQUEST" and (t.article, t.sentence) in sentences]
    return _names([told.event.actors for told in asked])


def _by(told: Told, names: Sequence[str]) -> bool:
    return not told.event.actors or any(
        folded(actor.name) in {folded(name) for name in names} for actor in told.event.actors
    )


def _names(parties: Iterable[Iterable[Actor]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.name for party in parties for actor in party))
