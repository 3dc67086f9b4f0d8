"""How long merging takes and what it holds in memory, on invented wars of 10,000, 30,000 and 100,000 events.

    python -m benchmarks.incidents_scale [10000 30000 100000]

Wars of one density that last longer: the same number of towns, sides and events a day. Each act is told by one to six articles,
a third of them near-copies, with the holes that real readings have: one in four tells no day, one in five no place.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.incidents.merging import Merger
from dateline.incidents.records import Told
from dateline.model import Actor, Control, Days, Event, Location, Quantity

TOWNS, EVENTS_A_DAY, EVENTS_AN_ARTICLE = 1500, 60, 5
FIRST = date(2031, 1, 1)
ACTS = [
    ("ASSAULT", None, "attack"), ("ASSAULT", "heavy-weapons", "shelling"), ("ASSAULT", "explosives", "bombing"),
    ("ASSAULT", "aerial", "strike"), ("COERCE", "arrest", "arrested"), ("COERCE", "seize", "captured"), ("CONSULT", None, "met"),
    ("REQUEST", "yield", "urged"), ("ACCUSE", "disapprove", "condemned"), ("RETREAT", "withdraw", "withdrew"),
    ("PROTEST", "demo", "marched"), ("MOBILIZE", "troops", "deployed"),
]  # fmt: skip
WORDS = [a + b for a in "ka lo mi ta ru se no vi ba de".split() for b in "rand lin mor tas vek dun gar sol pin wek".split()]


def articles(events: int, seed: int = 7) -> Iterator[list[Told]]:
    """Articles of an invented war until so many events are told, by day."""
    chance = random.Random(seed)
    towns = [  # to five digits, as gazetteers have them: what a correction was is kept to fifteen
        Location(f"Town{k}", "ATA", round(chance.uniform(-5, 5), 5), round(chance.uniform(0, 12), 5), 3.0, f"town:{k}")
        for k in range(TOWNS)
    ]
    parties = [Actor(f"Army{k} Front", "ATA", "REB") for k in range(12)] + [
        Actor("Ata army", "ATA", "MIL"),
        Actor("police", "ATA", "COP"),
    ]
    told, day = 0, 0
    while told < events:
        acts = [
            _act(chance, towns, parties, FIRST + timedelta(days=day - chance.randint(0, 1)))
            for _ in range(EVENTS_A_DAY // 3)
        ]
        tellings = [act for act in acts for _ in range(chance.randint(1, 5))]
        chance.shuffle(tellings)
        for at in range(0, len(tellings), EVENTS_AN_ARTICLE):
            name = f"a{day:05}-{at:03}"
            article = [
                _telling(chance, f"{name}-{k}", name, FIRST + timedelta(days=day), act, k)
                for k, act in enumerate(tellings[at : at + EVENTS_AN_ARTICLE])
            ]
            told += len(article)
            yield article
        day += 1


def _act(chance: random.Random, towns: list[Location], parties: list[Actor], day: date) -> tuple[Event, list[str]]:
    type, mode, trigger = chance.choice(ACTS)
    town, actor, other = chance.choice(towns), *chance.sample(parties, 2)
    control = Control(gained_by=actor.name, lost_by=None, place=town.name, unit="city", count=1) if mode == "seize" else None
    dead = chance.randint(1, 40)
    event = Event(
        start=0, end=len(trigger), trigger=trigger, type=type, mode=mode, status="actual", actors=(actor,), recipients=(other,),  # type: ignore[arg-type]
        when=Days(day, day), where=town, said_by=(), deadline=None, control=control, sense=f"{type.lower()}/{trigger}",
        quantities=(Quantity(start=0, end=1, head=0, what="killed", low=dead, high=dead),) if type == "ASSAULT" else (),
    )  # fmt: skip
    return event, chance.sample(WORDS, 12)


def _telling(chance: random.Random, id: str, article: str, day: date, act: tuple[Event, list[str]], at: int) -> Told:
    event, words = act
    told = Event(
        start=100 * at, end=100 * at + len(event.trigger), trigger=event.trigger, type=event.type, mode=event.mode,
        status=event.status, actors=event.actors if chance.random() < 0.8 else (),
        recipients=event.recipients if chance.random() < 0.6 else (), when=event.when if chance.random() < 0.75 else None,
        where=event.where if chance.random() < 0.8 else None, said_by=(), quantities=event.quantities, deadline=None,
        control=event.control, sense=event.sense,
    )  # fmt: skip
    own = words if chance.random() < 0.33 else chance.sample(words, 8) + chance.sample(WORDS, 4)
    return Told(id, article, article, told, " ".join(own), article, None, day)


def measure(events: int) -> None:
    """Merge a war and print what it took."""
    war = list(articles(events))
    total = sum(map(len, war))
    merger = Merger()
    started, cpu = time.perf_counter(), time.process_time()
    merger.take_all(war[:-20])
    settled, cpu = time.perf_counter(), time.process_time() - cpu
    one_by_one = []
    for article in war[-20:]:
        before = time.process_time()
        merger.add(article)
        one_by_one.append(time.process_time() - before)
    groups = sum(1 for _ in merger.groups())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{total:7} events -> {groups:6} incidents: {settled - started:6.1f} s, {cpu:.1f} s of one core, "
        f" {cpu / total * 1e6:.0f} us an event; one article more, of one core: median "
        f"{sorted(one_by_one)[10] * 1e3:.1f} ms, longest {max(one_by_one) * 1e3:.1f} ms; {memory:.0f} MB at the most",
        flush=True,
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="*", type=int, default=[10_000, 30_000, 100_000])
    for events in parser.parse_args().events:
        measure(events)


if __name__ == "__main__":
    main()
