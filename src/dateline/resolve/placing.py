"""Where an event was: the most specific place that the article gives for it, or that it gives none.

Every place that an act may have is found with what speaks for and against it (`dateline.resolve.place_witnesses`). The weights of
these witnesses stand in the lexicon's `places/placing.toml`; `place_weights.json` beside it corrects them by what coded articles
teach (`python -m benchmarks.placing --write`). Every decision can be taken apart into the witnesses that made it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from dateline.find.weighing import Weigher
from dateline.language import Document
from dateline.model import Act, Actor, Evidence, Location, Status
from dateline.reading import Facts
from dateline.resolve.place_witnesses import PlaceOption, PlaceWitnesses
from dateline.rules.loader import RuleFile, load_one

WEIGHTS = "place_weights.json"
"""What coded articles teach, in the lexicon."""
MOST_LOST = 3


class Placing:
    """Places the acts of one article. Ask for them in the order of the text: earlier answers help later ones."""

    def __init__(
        self,
        document: Document,
        facts: Facts,
        weigher: Weigher | None = None,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        """`weigher` corrects the `weights` of the witnesses, by default the bundled ones, which decide alone where it is None."""
        self._document = document
        self._witnesses = PlaceWitnesses(document, facts)
        self._weigher = weigher
        self._weights = _bundled_with(weigher) if weights is None else _corrected(weights, weigher)

    def where(
        self, act: Act, actors: Sequence[Actor], recipients: Sequence[Actor], status: Status | None = None
    ) -> tuple[Location | None, Evidence | None]:
        """The place of an act and why; (None, evidence) where the article gives none.

        The evidence points at the words that name the place, where they stand in the article.
        """
        options = self._witnesses.options(act, actors, recipients, status)
        gains = self._gains(options)
        ranked = [options[k] for k in sorted(range(len(options)), key=lambda k: -gains[k])]
        best = ranked[0]
        self._witnesses.decided(act, best.location, actors, recipients)
        return best.location, Evidence(
            field="where",
            value=shown(best.location),
            why=self._why(best),
            start=best.place.start if best.place is not None else None,
            end=best.place.end if best.place is not None else None,
            lost=tuple(f"{shown(option.location)} ({self.score(option):+.1f})" for option in ranked[1 : 1 + MOST_LOST]),
        )

    def score(self, option: PlaceOption) -> float:
        """How strongly its features speak for a place, in log odds."""
        return sum(filter(None, map(self._weights.get, option.features)))

    def _gains(self, options: Sequence[PlaceOption]) -> list[float]:
        """What is to be hoped for from each option, by which they are ranked.

        With a weigher it is how likely the place and its country are right, the country by all that lies in it: of three towns of
        one country that are a quarter each, one is taken before "nowhere" with a quarter too. Without one it is the score.
        """
        scores = [self.score(option) for option in options]
        if self._weigher is None:
            return scores
        highest = max(scores)
        odds = [math.exp(score - highest) for score in scores]
        total = sum(odds)
        chances = [o / total for o in odds]
        by_country: dict[str | None, float] = defaultdict(float)
        for option, chance in zip(options, chances, strict=True):
            if option.location is not None:
                by_country[option.location.country] += chance
        return [
            2 * self._weigher.threshold * chance if option.location is None else chance + by_country[option.location.country]
            for option, chance in zip(options, chances, strict=True)
        ]

    def _why(self, option: PlaceOption) -> str:
        parts = [(weight, feature) for feature in option.features if (weight := self._weights.get(feature))]
        parts.sort(key=lambda part: (-abs(part[0]), part[1]))
        return ", ".join(f"{feature} {weight:+.1f}" for weight, feature in parts[:4])


def shown(location: Location | None) -> str:
    """A location in words: its name with its country, "no place" for none."""
    return "no place" if location is None else f"{location.name} ({location.country})" if location.country else location.name


def weights_of(file: RuleFile) -> dict[str, float]:
    """The weights of a `placing.toml`: "table key" or "table key key" -> weight."""
    weights: dict[str, float] = {}
    for table, entries in file.settings.items():
        for key, value in entries.items():
            if isinstance(value, Mapping):
                weights.update({f"{table} {key} {inner}": float(weight) for inner, weight in value.items()})
            else:
                weights[f"{table} {key}"] = float(value)
    return weights


def _corrected(weights: Mapping[str, float], weigher: Weigher | None) -> Mapping[str, float]:
    """The weights of the witnesses, with what a weigher adds to them."""
    return weights if weigher is None else weigher.added_to(weights)


@lru_cache(maxsize=8)
def _bundled_with(weigher: Weigher | None) -> Mapping[str, float]:
    """The weights that come with Dateline, corrected once for all articles."""
    return _corrected(bundled_weights(), weigher)


@cache
def bundled_weights() -> Mapping[str, float]:
    """The weights that come with Dateline."""
    return weights_of(load_one("places/placing.toml"))
