"""What the words of a naming tell of its actor: whose it is, of which country, of which sector."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dateline.find.actor_lexicon import OWN_SIDE, ActorLexicon, Role
from dateline.find.actor_naming import Naming
from dateline.gazetteer.countries import countries
from dateline.language import Token
from dateline.model import BODIES
from dateline.resolve.actor_cast import Figure
from dateline.resolve.actor_setting import Setting

OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})
"""Sectors whose members speak of their own country's army where they say "the army"."""


class Traits:
    """Reads the traits of namings; `figures_of` decides the namings that one leans on, `placed` is the country of places by offset."""

    def __init__(
        self,
        lexicon: ActorLexicon,
        setting: Setting,
        placed: Mapping[int, str | None],
        figures_of: Callable[[Token], tuple[Figure, ...]],
    ) -> None:
        self._lexicon = lexicon
        self._setting = setting
        self._placed = placed
        self._figures_of = figures_of

    def owners(self, naming: Naming) -> list[Figure]:
        """Every figure that a naming says it belongs to."""
        return [figure for owner in naming.owners for figure in self._figures_of(owner)]

    def owner(self, naming: Naming) -> Figure | None:
        """The figure that a naming says it belongs to: a body or somebody rather than a country, if both are named."""
        figures = self.owners(naming)
        bodies = [figure for figure in figures if figure.sort in ("group", "person")]
        return next(iter(bodies or figures), None)

    def country(self, naming: Naming) -> str | None:
        """The country that the words of a naming state: a nationality, an owner's, the place that it is in."""
        if naming.nationalities:
            return naming.nationalities[0]
        foreign = bool(naming.roles) and naming.roles[0].kind == "abroad"  # "Norland's neighbours" are not Norland's own
        for owner in naming.owners if not foreign else ():
            stated = self._placed.get(owner.start)
            for figure in self._figures_of(owner):
                if figure.sort in ("state", "people", "place", "group", "person") and figure.country:
                    return figure.country
            if stated:
                return stated
        for place in naming.places:
            stated = self._placed.get(place.start)
            if stated:
                return stated
            for token in (place, *place.kids("possessive", "compound", "adjective")):  # "in Norland's north"
                for figure in self._figures_of(token):
                    if figure.sort in ("state", "place") and figure.country:
                        return figure.country
        return None

    def sector(self, naming: Naming, role: Role) -> str | None:
        """The sector of a role in its phrase: by what stands before it, by whom it belongs to, else its own."""
        owner = self.owner(naming)
        armed = role.kind in ("force", "machine")
        if naming.former and (role.kind == "office" or role.sector in ("GOV", "MIL", "LEG", "COP", "SPY")):
            return "ELI"
        if armed or role.kind == "relative":
            if armed and owner is not None and owner.sort == "group" and owner.sector == "OPP":
                return "REB"
            for word in naming.modifiers:
                modifier = self._lexicon.modifiers.get(word)
                told = modifier and (modifier.of_forces if armed else modifier.of_others)
                if told:
                    return told
            for other in naming.roles[1:]:
                if other.sector and other.kind != "title" and naming.kind == "description":
                    modifier = self._lexicon.modifiers.get(other.words)
                    return (modifier and (modifier.of_forces if armed else modifier.of_others)) or other.sector
        elif role.kind in ("person", "people", "office"):
            before = [*naming.modifiers, *(other.words for other in naming.roles[1:] if naming.kind == "description")]
            sides = [self._lexicon.modifiers[word].of_others for word in before if word in self._lexicon.modifiers]
            if (side := next((sector for sector in sides if sector in OWN_SIDE), None)) is not None:
                return side  # "rebel envoys", "an opposition official"
        if owner is not None and owner.sort in ("group", "person"):
            if role.kind == "relative":
                return owner.sector
            if role.words == "man" and naming.plural and owner.sector in ("CRM", "MIL", "PRM", "REB"):
                return owner.sector  # "the warlord's men"
            if owner.sector in OWN_SIDE and role.sector in ("MIL", "GOV", "SPY", "COP"):
                return owner.sector
            if (
                owner.country in BODIES
                and owner.sector is None
                and role.sector == "GOV"
                and role.kind not in ("office", "abroad")
            ):
                return None  # the officials of a body above states govern nobody
        return role.sector

    def country_of_role(self, role: Role) -> str | None:
        """The country that a role is only found in ("Foreign Secretary"), where the article speaks of that country at all."""
        if role.country in countries() and not self._setting.mentions(role.country) and self._setting.main is not None:
            return None
        return role.country

    def country_of_subject(self, naming: Naming) -> str | None:
        """The country of the official or state that is the subject of the clause: "President X ordered the army …"."""
        for above in naming.head.ancestors():
            if above.pos == "VERB":
                subject = above.kid("subject")
                if subject is None or subject.start >= naming.head.start:
                    continue
                figures = self._figures_of(subject)
                if naming.head.head is above and figures and figures[0].sort == "group" and figures[0].sector == "MIL":
                    return None  # "Norland's drones struck a refinery": the enemy's
                if not figures or figures[0].sector not in OFFICIAL or figures[0].country not in countries():
                    return None
                abroad = figures[0].country != self._setting.main and above.lemma in self._lexicon.classes["appealing"]
                return None if abroad else figures[0].country  # "Norland called on the authorities": on those there
        return None

    def country_of_teller(self, naming: Naming) -> str | None:
        """The country of the ministry, the police or the hospital that tells of victims: "*Norland's* health ministry said …"."""
        for above in naming.head.ancestors():
            if above.pos != "VERB" or (subject := above.kid("subject")) is None or subject is naming.head:
                continue
            for figure in self._figures_of(subject):
                if any(role.words in self._lexicon.classes["counts-victims"] for role in figure.roles):
                    return figure.country if figure.country in countries() else None
        return None

    def says_whose(self, naming: Naming) -> bool:
        """Whether words before the head of a naming say whose it is."""
        return any(owner.start >= naming.first.start and owner.i < naming.head.i for owner in naming.owners)

    def abroad(self, naming: Naming) -> bool:
        """Whether a naming is of nobody in the country that the article plays in: "other countries", "foreign troops"."""
        role = naming.roles[0]
        told = {*naming.modifiers, *naming.name.lower().split()} - set(
            role.words.split()
        )  # "the foreign ministry" is not abroad
        return role.kind == "abroad" or not self._lexicon.classes["abroad"].isdisjoint(told)
