"""Who a participle that a hyphen joins to a party's name tells of: the doer of an act, or the holder of a place."""

from __future__ import annotations

from dateline.find.syntax import with_conjuncts
from dateline.language import Token

DOING = frozenset(
    "broker call choreograph convene draft draw facilitate fire hammer host impose inflict initiate instigate launch lead mandate "
    "mastermind mediate monitor negotiate orchestrate order organise organize perpetrate propose stage".split()
)
"""Verbs whose participle tells who does what the noun names: "a *Norland*-led offensive", "*Sudria*-imposed sanctions"."""
HOLDING = frozenset("administer control dominate govern hold infest occupy rule run seize".split())
"""Verbs whose participle tells in whose hands a place is: "*rebel*-held districts"."""


def joined_to(participle: Token) -> list[Token]:
    """Whom a hyphen joins to a participle before a noun: "*Norland*-backed militias"."""
    if participle.relation != "adjective" or participle.tag not in ("VBN", "VBD", "NN"):
        return []
    return with_conjuncts([kid for kid in participle.kids("adverbial_noun") if kid.i == participle.i - 2])


def doers(noun: Token) -> list[Token]:
    """Whom the participles before a noun tell to have done what it names."""
    return _joined(noun, DOING)


def holders(noun: Token) -> list[Token]:
    """In whose hands a place is, by the participles before it."""
    return _joined(noun, HOLDING)


def acts_or_holds(name: Token) -> bool:
    """Whether a name is joined to a participle that tells of a doer or a holder, and not of an owner or backer: "*Norland*-owned"."""
    return name in joined_to(name.head) and name.head.lemma.lower() in DOING | HOLDING


def _joined(noun: Token, verbs: frozenset[str]) -> list[Token]:
    return [name for kid in noun.children if kid.lemma.lower() in verbs for name in joined_to(kid)]
