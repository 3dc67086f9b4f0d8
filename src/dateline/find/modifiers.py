"""What a name before a noun says of it: whose it is, to whom it is done, whom it is against, in whose hands it is."""

from __future__ import annotations

from dateline.find.syntax import PLACE_LABELS, with_conjuncts
from dateline.language import Token
from dateline.language.mending import HYPHENS

DOING = frozenset(
    "broker call choreograph convene draft draw facilitate fire hammer host impose inflict initiate instigate launch lead mandate "
    "mastermind mediate monitor negotiate orchestrate order organise organize perpetrate propose stage".split()
)
"""Verbs whose participle tells who does what the noun names: "a *Norland*-led offensive", "*Sudria*-imposed sanctions"."""
HOLDING = frozenset("administer control dominate govern hold infest occupy rule run seize".split())
"""Verbs whose participle tells in whose hands a place is: "*rebel*-held districts"."""
BEFALLING = frozenset("annexation blockade bombardment bombing embargo invasion occupation sanction siege".split())
"""Nouns of what is done to the country whose name stands before them."""
ARISING = frozenset(
    "ceasefire conflict coup crisis evacuation insurgency killing massacre protest riot truce unrest uprising violence war "
    "withdrawal".split()
)
"""Nouns of what goes on in the country whose name stands before them."""

UNITED = frozenset({"Kingdom", "States"})


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


def implied_preposition(token: Token) -> str | None:
    """What a country's name before a noun stands for: "on" ("the *Norland* sanctions"), "in" ("the *Norland* war"), else None.

    Abbreviations and names without an adjective say whose something is ("*US* sanctions", "*United States* sanctions").
    """
    named = token.ent in PLACE_LABELS and token.pos == "PROPN" and not (token.text.isupper() or token.text in UNITED)
    if not named or token.relation not in ("compound", "noun_modifier"):
        return None
    noun = token.head.lemma.lower()
    return "on" if noun in BEFALLING else "in" if noun in ARISING else None


def opposed(token: Token) -> bool:
    """Whether a noun's modifier names whom it is against: "anti-*government* protests"."""
    tokens = token.sentence.tokens
    at = token.i - tokens[0].i
    return at > 1 and tokens[at - 1].text in HYPHENS and tokens[at - 2].lower == "anti"
