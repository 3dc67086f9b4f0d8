"""How alike two accounts are: a sum of named parts, or a reason why they cannot be one act.

The idea of an explainable sum of agreements and disagreements is that of Fellegi and Sunter (1969) for linking records; the
points stand in `data/merging.toml`.
"""

from __future__ import annotations

from dateline.incidents.records import Account, Link
from dateline.incidents.rules import Rules
from dateline.incidents.signs import bar, signs


def compare(a: Account, b: Account, rules: Rules) -> Link:
    """Score two accounts; the order in which they are given makes no difference."""
    return Link(*_ordered(a, b), tuple(signs(a, b, rules)), bar(a, b, rules))


def score(a: Account, b: Account, rules: Rules) -> Link | None:
    """The link of two accounts that may be one act, None where they cannot."""
    if bar(a, b, rules) is not None:
        return None
    return Link(*_ordered(a, b), tuple(signs(a, b, rules)))


def _ordered(a: Account, b: Account) -> tuple[str, str]:
    return (a.id, b.id) if a.id < b.id else (b.id, a.id)
