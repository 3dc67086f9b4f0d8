"""How alike two accounts are: a sum of named parts, or a reason why they cannot be one act.

The idea of an explainable sum of agreements and disagreements is that of Fellegi and Sunter (1969) for linking records; the
points stand in `data/merging.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.incidents.accounts import is_precise
from dateline.incidents.records import Account, Link, Part, Window
from dateline.incidents.rules import Limits, Rules
from dateline.incidents.sides import folded
from dateline.model import Location, Quantity
from dateline.resolve.geometry import distance_km


def bar(a: Account, b: Account, rules: Rules) -> str | None:
    """Why two accounts cannot tell one act: their days or places exclude each other; None where they can.

    What is printed to the letter in both is one act, however it was read.
    """
    if _copied(a, b, rules.limits):
        return None
    if a.many is not None and b.many is not None and a.many != b.many:
        return "one tells of several places that change hands, the other of one"
    place = _place(a, b, rules)
    if isinstance(place, str):
        return place
    time = _time(a, b, rules)
    if isinstance(time, str):
        return time
    if a.article == b.article and _named_apart(a, b, rules.limits):
        return "one article tells them by two places"
    return None


def compare(a: Account, b: Account, rules: Rules) -> Link:
    """Score two accounts; the order in which they are given makes no difference."""
    return Link(*_ordered(a, b), tuple(_parts(a, b, rules)), bar(a, b, rules))


def score(a: Account, b: Account, rules: Rules) -> Link | None:
    """The link of two accounts that may be one act, None where they cannot."""
    if bar(a, b, rules) is not None:
        return None
    return Link(*_ordered(a, b), tuple(_parts(a, b, rules)))


def _ordered(a: Account, b: Account) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)


def _parts(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    if b.id < a.id:
        a, b = b, a
    yield Part("prior", rules.points.prior, "two accounts are two acts unless something speaks for one")
    for found in (_time(a, b, rules), _place(a, b, rules)):
        if isinstance(found, Part):
            yield found
    yield from _actors(a, b, rules)
    yield from _recipients(a, b, rules)
    yield from _rest(a, b, rules)


def too_far(a: Location, b: Location, limits: Limits) -> float | None:
    """How many kilometres two points lie apart where that is too far for one act, None where it is not."""
    if not (is_precise(a, limits) and is_precise(b, limits)) or a.gazetteer_id == b.gazetteer_id is not None:
        return None
    apart = distance_km(a.lat or 0.0, a.lon or 0.0, b.lat or 0.0, b.lon or 0.0)  # precise places have coordinates
    return apart if apart > max(a.radius_km or 0.0, b.radius_km or 0.0) + limits.touching_km else None


def gap_between(a: Window, b: Window) -> int:
    """Days between two windows, 0 where they meet."""
    return max(0, max(a.first, b.first) - min(a.last, b.last))


def _time(a: Account, b: Account, rules: Rules) -> Part | str | None:
    points = rules.points
    one, two = a.window, b.window
    if one is None or two is None:
        return _news(a, b, rules)
    gap = gap_between(one, two)
    plans, lasting = a.planned or b.planned, a.family in rules.lasting
    if "due" in (one.basis, two.basis) and one.basis != "reported" != two.basis:
        if gap == 0:
            return Part("time", points.same_due, "due on the same day")
        return Part("time", points.due_differs if plans else points.days_differ, f"due {gap} days apart")
    if "reported" in (one.basis, two.basis):
        if gap == 0:
            return Part("time", points.reported_alike, "one tells no day, and the days of the articles fit")
        return _apart(gap, plans, lasting, rules)
    if gap == 0:
        if one.length <= 2 and two.length <= 2:
            return Part("time", points.same_day, "the same day")
        return Part("time", points.days_overlap, "days that overlap")
    return _apart(gap, plans, lasting, rules)


def _news(a: Account, b: Account, rules: Rules) -> Part | None:
    """What the names in two articles say about their telling of the same news, where no day does."""
    if not a.names or not b.names or a.article == b.article:
        return None
    share = len(a.names & b.names) * 200 // (len(a.names) + len(b.names))
    if share < rules.limits.other_news:
        return Part("news", rules.points.other_news, f"the articles share {share} % of their names")
    points = rules.points.same_news * min(share, rules.limits.same_news) // rules.limits.same_news
    return Part("news", points, f"the articles share {share} % of their names")


def _apart(gap: int, plans: bool, lasting: bool, rules: Rules) -> Part | str:
    if gap <= rules.limits.gap_days:
        return Part("time", rules.points.next_day, "one day apart")
    if lasting:
        faded = rules.points.lasting_differ + gap * rules.points.lasting_fades
        return Part("time", max(faded, rules.points.days_differ), f"{gap} days apart, and it lasts")
    return Part("time", rules.points.days_differ, f"{gap} days apart") if plans else f"{gap} days apart"


def _place(a: Account, b: Account, rules: Rules) -> Part | str | None:
    found = _places(a.where, b.where, rules)
    if isinstance(found, Part) and found.points >= rules.points.same_place:
        return found
    if len(a.spots) + len(b.spots) > 2 or found is None:
        theirs = {folded(place.name) for place in b.spots}
        if shared := sorted(folded(place.name) for place in a.spots if folded(place.name) in theirs):
            return Part("place", rules.points.named_there, f"both may be at {shared[0]}")
    return found


def _places(a: Location | None, b: Location | None, rules: Rules) -> Part | str | None:
    points, limits = rules.points, rules.limits
    if a is None or b is None:
        return None
    if (a.gazetteer_id == b.gazetteer_id is not None) or folded(a.name) == folded(b.name):
        reach = max(a.radius_km or 0.0, b.radius_km or 0.0)
        if reach > limits.area_km:
            return Part("place", _inside(reach, rules), f"both in {a.name}")
        return Part("place", points.same_place, f"both at {a.name}")
    if (apart := too_far(a, b, limits)) is not None:
        return f"{a.name} and {b.name} are {apart:.0f} km apart"
    if is_precise(a, limits) and is_precise(b, limits):
        return Part("place", points.near, f"{a.name} touches {b.name}")
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        wide = (a.radius_km or b.radius_km or 0.0) > limits.town_km
        return None if wide or not a.name or not b.name else Part("place", points.named_apart, f"{a.name}, not {b.name}")
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    if apart <= (a.radius_km or 0.0) + (b.radius_km or 0.0):
        reach = max(a.radius_km or 0.0, b.radius_km or 0.0)
        return Part("place", _inside(reach, rules), f"{a.name} and {b.name} overlap")
    if a.country == b.country:
        return None
    return f"{a.name} and {b.name} are {apart:.0f} km apart"


def _inside(reach: float, rules: Rules) -> int:
    """What it says that one area holds both: less, the wider it is."""
    return rules.points.inside if reach <= rules.limits.country_km else rules.points.inside_country


def _named_apart(a: Account, b: Account, limits: Limits) -> bool:
    """Whether the places of two accounts are entries of the gazetteer smaller than areas, and none is the same."""
    one = {spot.gazetteer_id for spot in a.spots if is_precise(spot, limits)} - {None}
    two = {spot.gazetteer_id for spot in b.spots if is_precise(spot, limits)} - {None}
    return bool(one and two and not one & two)


def _actors(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    points = rules.points
    if shared := a.actors & b.actors:
        yield Part("actors", points.actor_same, f"by {', '.join(sorted(shared))}")
    elif shared := a.actor_sides & b.actor_sides:
        yield Part("actors", points.actor_side, f"both by {', '.join(sorted(shared))}")
    elif a.actor_sides and b.actor_sides:
        yield Part(
            "actors", points.actor_differs, f"by {', '.join(sorted(a.actor_sides))}; by {', '.join(sorted(b.actor_sides))}"
        )


def _recipients(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    points = rules.points
    if shared := a.recipients & b.recipients:
        yield Part("recipients", points.recipient_same, f"to {', '.join(sorted(shared))}")
    elif shared := a.recipient_sides & b.recipient_sides:
        yield Part("recipients", points.recipient_side, f"both to {', '.join(sorted(shared))}")
    elif shared := a.kinds & b.kinds:
        yield Part("recipients", points.recipient_kind, f"both to {', '.join(sorted(shared))}")
    elif a.recipients and b.recipients:
        yield Part(
            "recipients",
            points.recipient_differs,
            f"to {', '.join(sorted(a.recipients))}; to {', '.join(sorted(b.recipients))}",
        )


def _rest(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    points = rules.points
    if a.family != b.family:
        yield Part("family", points.family_differs, f"{a.family}, {b.family}")
    elif a.modes and b.modes:
        shared = a.modes & b.modes
        why = f"mode {', '.join(sorted(shared or a.modes | b.modes))}"
        yield Part("mode", points.mode_same if shared else points.mode_differs, why)
    if a.about and b.about:
        shared = a.about & b.about
        yield Part(
            "about", points.about_same if shared else points.about_differs, ", ".join(sorted(shared or a.about | b.about))
        )
    yield from _numbers(a.numbers, b.numbers, rules)
    if shared := a.stems & b.stems:
        yield Part("trigger", points.trigger_same, f"the word {', '.join(sorted(shared))}")
    if a.words and b.words:
        share = len(a.words & b.words) * 200 // (len(a.words) + len(b.words))
        yield Part("words", points.words_alike * share // 100, f"{share} % of the words")
    if a.article == b.article:
        yield from _within(a, b, rules)
    if _copied(a, b, rules.limits):
        yield Part("copy", points.copy, "the same sentence to the letter")


def _within(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    yield Part("article", rules.points.same_article, "one article tells both")
    if a.planned != b.planned:
        yield Part("plan", rules.points.same_article_plan_and_act, "one is planned, one has happened")
    if {told.sentence for told in a.tolds} & {told.sentence for told in b.tolds}:
        yield Part("sentence", rules.points.same_sentence, "one sentence tells both")


def _numbers(a: tuple[Quantity, ...], b: tuple[Quantity, ...], rules: Rules) -> Iterator[Part]:
    pairs = [(one, two) for one in a for two in b if one.what == two.what]
    if not pairs:
        return
    same = next(
        (one for one, two in pairs if (one.low, one.high) == (two.low, two.high) or _figure(one) == _figure(two)), None
    )
    if same is not None:
        yield Part("numbers", rules.points.number_same, f"{_figure(same):.0f} {same.what}")
    else:
        yield Part(
            "numbers",
            rules.points.number_differs,
            f"{pairs[0][0].what}: {_figure(pairs[0][0]):.0f}, {_figure(pairs[0][1]):.0f}",
        )


def _figure(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.high or 0.0


def _copied(a: Account, b: Account, limits: Limits) -> bool:
    """Whether a sentence of the one is printed in the other, with the same trigger in the same place."""
    if a.article == b.article:
        return False
    return any(
        one.sentence == two.sentence
        and one.event.trigger == two.event.trigger
        and len(one.sentence.split()) >= limits.copy_words
        for one in a.tolds
        for two in b.tolds
    )
