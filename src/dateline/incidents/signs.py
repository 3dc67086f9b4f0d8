"""What speaks for and against two accounts being one act: one part for each sign, or a reason why they cannot be one.

What nobody tells (a day, a place, who did it) is no sign: unknown is not different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dateline.incidents.accounts import is_precise
from dateline.incidents.records import Account, Part, Window
from dateline.incidents.rules import Limits, Rules
from dateline.incidents.sides import folded
from dateline.incidents.wording import alike
from dateline.model import Location, Quantity
from dateline.resolve.geometry import distance_km


def barred_among(accounts: Mapping[str, Account], rules: Rules) -> Callable[[str, str], bool]:
    """Whether two of some accounts, by their ids, cannot tell one act."""
    return lambda a, b: bar(accounts[a], accounts[b], rules) is not None


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


def signs(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    """Every sign that two accounts show, with its points; the order in which they are given makes no difference."""
    if b.id < a.id:
        a, b = b, a
    yield _part(rules, "prior", "prior", "two accounts are two acts unless something speaks for one")
    for found in (_time(a, b, rules), _place(a, b, rules)):
        if isinstance(found, Part):
            yield found
    yield from _actors(a, b, rules)
    yield from _recipients(a, b, rules)
    yield from _kind(a, b, rules)
    yield from _numbers(a.numbers, b.numbers, rules)
    yield from _wording(a, b, rules)
    yield from _within(a, b, rules) if a.article == b.article else _story(a, b, rules)
    if _copied(a, b, rules.limits):
        yield _part(rules, "copy", "copy", "the same sentence to the letter")


def _part(rules: Rules, name: str, sign: str, why: str, share: int = 100) -> Part:
    """The part of a sign, of which `share` per cent hold."""
    points: int = getattr(rules.points, sign)
    return Part(name, sign, points if share == 100 else points * share // 100, why)


# -- when -------------------------------------------------------------------------------------------------------------


def gap_between(a: Window, b: Window) -> int:
    """Days between two windows, 0 where they meet."""
    return max(0, max(a.first, b.first) - min(a.last, b.last))


def _time(a: Account, b: Account, rules: Rules) -> Part | str | None:
    one, two = a.window, b.window
    if one is None or two is None:
        return None
    gap = gap_between(one, two)
    plans, lasting = a.planned or b.planned, a.family in rules.lasting
    if "due" in (one.basis, two.basis) and one.basis != "reported" != two.basis:
        if gap == 0:
            return _part(rules, "time", "same_due", "due on the same day")
        return _part(rules, "time", "due_differs" if plans else "days_differ", f"due {gap} days apart")
    if gap == 0:
        if "reported" in (one.basis, two.basis):
            return _part(rules, "time", "reported_alike", "one tells no day, and the days of the articles fit")
        if one.length <= 2 and two.length <= 2:
            return _part(rules, "time", "same_day", "the same day")
        return _part(rules, "time", "days_overlap", "days that overlap")
    if gap <= rules.limits.gap_days:
        return _part(rules, "time", "next_day", "one day apart")
    if lasting:
        return _part(rules, "time", "lasting_differ", f"{gap} days apart, and it lasts", min(gap, rules.limits.fades_days))
    if plans:
        return _part(rules, "time", "days_differ", f"{gap} days apart")
    if "reported" in (one.basis, two.basis):
        return _part(rules, "time", "reported_apart", f"one tells no day, and the articles are {gap} days apart")
    if "inferred" in (one.basis, two.basis):
        return _part(rules, "time", "inferred_apart", f"{gap} days apart, but a sentence does not say so")
    return f"{gap} days apart"


# -- where ------------------------------------------------------------------------------------------------------------


def too_far(a: Location, b: Location, limits: Limits) -> float | None:
    """How many kilometres two points lie apart where that is too far for one act, None where it is not."""
    if not (is_precise(a, limits) and is_precise(b, limits)) or a.gazetteer_id == b.gazetteer_id is not None:
        return None
    apart = distance_km(a.lat or 0.0, a.lon or 0.0, b.lat or 0.0, b.lon or 0.0)  # precise places have coordinates
    return apart if apart > max(a.radius_km or 0.0, b.radius_km or 0.0) + limits.touching_km else None


def _place(a: Account, b: Account, rules: Rules) -> Part | str | None:
    found = _places(a.where, b.where, rules)
    if isinstance(found, Part) and found.sign == "same_place":
        return found
    if len(a.spots) + len(b.spots) > 2 or found is None:
        theirs = {folded(place.name) for place in b.spots}
        if shared := sorted(folded(place.name) for place in a.spots if folded(place.name) in theirs):
            return _part(rules, "place", "named_there", f"both may be at {shared[0]}")
    if isinstance(found, str) and not (_located(a, rules) and _located(b, rules)):
        return _part(rules, "place", "place_differs", f"{found}, but a sentence does not say so, or no more than a country")
    return found


def _located(account: Account, rules: Rules) -> bool:
    """Whether the sentence itself says where it was, more closely than by a country."""
    return account.placed and account.where is not None and (account.where.radius_km or 0.0) <= rules.limits.country_km


def _places(a: Location | None, b: Location | None, rules: Rules) -> Part | str | None:
    limits = rules.limits
    if a is None or b is None:
        return None
    if (a.gazetteer_id == b.gazetteer_id is not None) or folded(a.name) == folded(b.name):
        reach = max(a.radius_km or 0.0, b.radius_km or 0.0)
        if reach > limits.area_km:
            return _part(rules, "place", _inside(reach, rules), f"both in {a.name}")
        return _part(rules, "place", "same_place", f"both at {a.name}")
    if (apart := too_far(a, b, limits)) is not None:
        return f"{a.name} and {b.name} are {apart:.0f} km apart"
    if is_precise(a, limits) and is_precise(b, limits):
        return _part(rules, "place", "near", f"{a.name} touches {b.name}")
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        wide = (a.radius_km or b.radius_km or 0.0) > limits.town_km
        if wide or not a.name or not b.name:
            return None
        return _part(rules, "place", "named_apart", f"{a.name}, not {b.name}")
    apart = distance_km(a.lat, a.lon, b.lat, b.lon)
    if apart <= (a.radius_km or 0.0) + (b.radius_km or 0.0):
        reach = max(a.radius_km or 0.0, b.radius_km or 0.0)
        return _part(rules, "place", _inside(reach, rules), f"{a.name} and {b.name} overlap")
    if a.country == b.country:
        return None
    return f"{a.name} and {b.name} are {apart:.0f} km apart"


def _inside(reach: float, rules: Rules) -> str:
    """The sign of one area that holds both: it says less, the wider it is."""
    return "inside" if reach <= rules.limits.country_km else "inside_country"


def _named_apart(a: Account, b: Account, limits: Limits) -> bool:
    """Whether the places of two accounts are entries of the gazetteer smaller than areas, and none is the same."""
    one = {spot.gazetteer_id for spot in a.spots if is_precise(spot, limits)} - {None}
    two = {spot.gazetteer_id for spot in b.spots if is_precise(spot, limits)} - {None}
    return bool(one and two and not one & two)


# -- who --------------------------------------------------------------------------------------------------------------


def _actors(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    if shared := _both(a.actors, b.actors):
        yield _part(rules, "actors", "actor_same", f"by {shared}")
    elif both := a.actor_sides & b.actor_sides:
        yield _part(rules, "actors", "actor_side", f"both by {_listed(both)}")
    elif a.actor_sides and b.actor_sides:
        yield _part(rules, "actors", "actor_differs", f"by {_listed(a.actor_sides)}; by {_listed(b.actor_sides)}")


def _recipients(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    if shared := _both(a.recipients, b.recipients):
        yield _part(rules, "recipients", "recipient_same", f"to {shared}")
    elif both := a.recipient_sides & b.recipient_sides:
        yield _part(rules, "recipients", "recipient_side", f"both to {_listed(both)}")
    elif both := a.kinds & b.kinds:
        yield _part(rules, "recipients", "recipient_kind", f"both to {_listed(both)}")
    elif a.recipients and b.recipients:
        yield _part(rules, "recipients", "recipient_differs", f"to {_listed(a.recipients)}; to {_listed(b.recipients)}")


def _both(a: frozenset[str], b: frozenset[str]) -> str:
    """The names that two have in common, a part of a longer name being the same: "ortiz" and "jerry ortiz"."""
    if shared := a & b:
        return _listed(shared)
    return next(
        (max(one, two, key=len) for one in sorted(a) for two in sorted(b) if _same_name(one.split(), two.split())), ""
    )


def _same_name(one: list[str], two: list[str]) -> bool:
    short, long = (one, two) if len(one) < len(two) else (two, one)
    return len(short) < len(long) and (long[-len(short) :] == short or long[: len(short)] == short)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


# -- what -------------------------------------------------------------------------------------------------------------


def _kind(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    if a.family != b.family:
        yield _part(rules, "family", "family_differs", f"{a.family}, {b.family}")
    elif a.modes and b.modes:
        shared = a.modes & b.modes
        yield _part(rules, "mode", "mode_same" if shared else "mode_differs", f"mode {_listed(shared or a.modes | b.modes)}")
    if shared := a.deeds & b.deeds:
        yield _part(rules, "deed", "deed_same", _listed(shared))
    elif rules.apart(a.deeds, b.deeds):
        yield _part(rules, "deed", "deed_differs", f"{_listed(a.deeds)}; {_listed(b.deeds)}")
    if a.about and b.about:
        shared = a.about & b.about
        yield _part(rules, "about", "about_same" if shared else "about_differs", _listed(shared or a.about | b.about))


def _numbers(a: tuple[Quantity, ...], b: tuple[Quantity, ...], rules: Rules) -> Iterator[Part]:
    pairs = [(one, two) for one in a for two in b if one.what == two.what]
    if not pairs:
        return
    same = next(
        (one for one, two in pairs if (one.low, one.high) == (two.low, two.high) or _figure(one) == _figure(two)), None
    )
    if same is not None:
        yield _part(rules, "numbers", "number_same", f"{_figure(same):.0f} {same.what}")
    else:
        one, two = pairs[0]
        yield _part(rules, "numbers", "number_differs", f"{one.what}: {_figure(one):.0f}, {_figure(two):.0f}")


def _figure(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.high or 0.0


# -- in which words ---------------------------------------------------------------------------------------------------


def _wording(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    if shared := a.stems & b.stems:
        yield _part(rules, "trigger", "trigger_same", f"the word {_listed(shared)}")
    if not a.words or not b.words:
        return
    both = a.words & b.words
    share = len(both) * 200 // (len(a.words) + len(b.words))
    yield _part(rules, "words", "words_alike", f"{share} % of the words", share)


def _story(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    """How alike the two articles are as a whole: whether they tell one story."""
    if not a.gist or not b.gist:
        return
    share = alike(a.gist, b.gist)
    why = f"the articles share {share} % of their telling words"
    if share < rules.limits.other_story:
        yield _part(rules, "story", "other_story", why)
        return
    least, most = rules.limits.other_story, rules.limits.same_story
    held = (min(share, most) - least) * 100 // (most - least)
    if a.window is not None and b.window is not None and "reported" not in (a.window.basis, b.window.basis):
        yield _part(rules, "story", "same_story_dated", why, held)
        return
    yield _part(rules, "story", "same_story", why, held)
    if shared := a.deeds & b.deeds:
        undated = a.window is None or b.window is None
        sign = "deed_of_story" if undated else "deed_of_story_reported"
        yield _part(rules, "story and deed", sign, f"both tell of {_listed(shared)} in it", held)


def _within(a: Account, b: Account, rules: Rules) -> Iterator[Part]:
    yield _part(rules, "article", "same_article", "one article tells both")
    if a.planned != b.planned:
        yield _part(rules, "plan", "same_article_plan_and_act", "one is planned, one has happened")
    if {told.sentence for told in a.tolds} & {told.sentence for told in b.tolds}:
        yield _part(rules, "sentence", "same_sentence", "one sentence tells both")


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
