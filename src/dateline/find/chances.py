"""Which doubtful acts stand a chance, whoever may fill their roles.

Of a hundred doubtful acts the weights take up one. What speaks against it in its words and its article is mostly more than the best
of roles could make up for, so that these need not be looked for.
"""

from __future__ import annotations

import math
from functools import lru_cache

from dateline.find.kinds import Kinds
from dateline.find.matches import Match
from dateline.find.weighing import NOWHERE, ROLES, UNIT, Scene, Weigher, by_words, of_public, of_role, of_sectors
from dateline.model import SECTORS

MOST_KEPT = 2048


class Chances:
    """The chances of the doubtful acts of one article."""

    def __init__(self, weigher: Weigher, kinds: Kinds, scene: Scene) -> None:
        self._weigher = weigher
        self._scene = scene
        self._most_sectors = kinds.most_sectors
        self._least = _least(weigher.threshold)

    def has_any(self, match: Match) -> bool:
        """Whether a match may be probable enough with the best of roles."""
        sense, together = match.pattern.sense, self._weigher.together
        public = max(
            together(of_public(sense.type, sense.id, public)) + together(self._scene.features[public])
            for public in (True, False)
        )
        sources = tuple(sense.sources(role, match.pattern.pos) for role in ROLES)
        roles = _most_by_roles(self._weigher, sense.type, sources, self._most_sectors)
        return self._weigher.total(by_words(match, self._scene)) + public + roles >= self._least


def _least(threshold: float) -> float:
    """The log odds in millionths below which a probability is under the threshold."""
    if not 0.0 < threshold < 1.0:
        return -math.inf if threshold <= 0.0 else math.inf
    return UNIT * math.log(threshold / (1.0 - threshold)) - 1.0  # less what rounding may take


@lru_cache(maxsize=MOST_KEPT)
def _most_by_roles(weigher: Weigher, kind: str, sources: tuple[tuple[str, ...], ...], sectors: int) -> int:
    """What roles can speak for an act of a type at most, each told at one of its sources, by an actor of so many sectors."""
    together = weigher.together
    total = 0
    for role, where in zip(ROLES, sources, strict=True):
        best = max(together(of_sectors(kind, role, frozenset({sector}))) for sector in (*SECTORS, None))
        total += max(
            together(of_role(kind, role, source, told)) + (max(best, 0) * sectors if told else 0)
            for source in (*where, NOWHERE)
            for told in (True, False)
        )
    return total
