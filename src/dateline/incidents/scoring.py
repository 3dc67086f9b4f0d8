"""How alike two accounts are: a sum of named parts, or a reason why they cannot be one act.

The idea of an explainable sum of agreements and disagreements is that of Fellegi and Sunter (1969) for linking records; the
points stand in `data/merging.toml`.
"""

from __future__ import annotations

from dateline.incidents.records import Account, Link
from dateline.incidents.rules import Rules
from dateline.incidents.signs import bar, signs


def score(a: Account, b: Account, rules: Rules) -> Link | None:
    """The link of two accounts that may be one act, None where they cannot; the order in which they are given makes no difference."""
    if bar(a, b, rules) is not None:
        return None
    return Link(min(a.id, b.id), max(a.id, b.id), tuple(signs(a, b, rules)))
