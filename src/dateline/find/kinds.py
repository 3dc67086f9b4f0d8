"""What the words of an article are, as the restrictions of the event lexicon ask: actors, persons, places, armed, public."""

from __future__ import annotations

from collections.abc import Sequence, Set

from dateline.find.light_verbs import LightVerbs
from dateline.find.matches import Match, forms
from dateline.find.modifiers import BEFALLING
from dateline.find.slots import find_source
from dateline.find.syntax import PLACE_LABELS
from dateline.language import Sentence, Token
from dateline.model import Mention, Place
from dateline.reading import Facts
from dateline.rules.senses import PREPOSITIONS, Restriction, Senses

POLITICAL = frozenset("GOV MIL COP JUD LEG PTY REB PRM UAF SPY OPP".split())
ARMED = frozenset("MIL REB PRM UAF COP".split())
NOBODY = frozenset({"BUS", "JRN", None})
"""Sectors of bodies rather than of people."""
NO_SECTORS: frozenset[str | None] = frozenset()
PERSONS = frozenset({"he", "her", "him", "herself", "himself", "she", "them", "themselves", "they", "who", "whom"})
THINGS = frozenset({"it", "itself", "which"})
"""Pronouns of things: they may stand for an actor, but not for a person."""
LEADING = PREPOSITIONS - {"above"}
"""Sources that are prepositions: where a sentence has none of that name, nothing stands there ("above" is what a trigger hangs from)."""
PEOPLE_ENTITIES = frozenset({"PERSON", "NORP"})


class Kinds:
    """What the words of one article are: actors, places, persons, as mentions, places and word classes tell."""

    def __init__(self, facts: Facts, senses: Senses, light: LightVerbs) -> None:
        self._classes = senses.classes
        self._light = light
        self._mentions: dict[int, list[Mention]] = {}
        for mention in facts.of(Mention):
            self._mentions.setdefault(mention.head, []).append(mention)
        self._sectors = {head: frozenset(m.actor.sector for m in found) for head, found in self._mentions.items()}
        self._places = {place.head for place in facts.of(Place)}
        self._said: dict[int, set[str]] = {}

    def at(self, source: str, match: Match) -> list[Token]:
        """The tokens at a source of a match, as `find_source` finds them; not to be changed."""
        found = match.sources.get(source)
        if found is None:
            absent = source in LEADING and source not in self.said(match.head.sentence)  # as most are
            found = [] if absent else find_source(source, match.head, match.tokens, match.pattern, self._light)
            match.sources[source] = found
        return found

    def said(self, sentence: Sentence) -> set[str]:
        """The forms and the lemmas of the words of a sentence, in lower case, and what they imply; not to be changed."""
        said = self._said.get(sentence.index)
        if said is None:
            said = self._said[sentence.index] = {token.lower for token in sentence.tokens}
            said.update([token.lemma.lower() for token in sentence.tokens])
            if "anti" in said:  # "anti-government protests" are against the government
                said.add("against")
            if not BEFALLING.isdisjoint(said):  # "the Norland sanctions" are on Norland
                said.update(("against", "of", "on"))
        return said

    def is_actor(self, token: Token) -> bool:
        """Whether the token heads a mention of an actor."""
        return token.start in self._mentions

    @property
    def public_mentions(self) -> int:
        """How many mentions there are of those who take part in public life."""
        return sum(m.actor.sector in POLITICAL for found in self._mentions.values() for m in found)

    @property
    def most_sectors(self) -> int:
        """Of how many sectors the actors are at most that one token heads mentions of."""
        return max(map(len, self._sectors.values()), default=0)

    def is_public(self, token: Token) -> bool:
        """Whether the token heads a mention of a state, an official, an armed group, a party, a court or their like."""
        return not POLITICAL.isdisjoint(self.sectors(token))

    def sectors(self, token: Token) -> Set[str | None]:
        """The sectors of the actors that the token heads a mention of."""
        return self._sectors.get(token.start, NO_SECTORS)

    def fits(self, token: Token, restriction: Restriction) -> bool:
        """Whether the token is one of the restriction's words or of one of its classes."""
        written = forms(token)
        if not restriction.words.isdisjoint(written):
            return True
        return any(self._of_class(token, written, name) for name in restriction.classes)

    def _of_class(self, token: Token, written: Sequence[str], name: str) -> bool:
        if not self._classes[name].isdisjoint(written):
            return True
        sectors = self.sectors(token)
        match name:
            case "actor":
                return bool(sectors)
            case "person":
                if token.start in self._places:  # whatever the parser takes it for
                    return False
                thing = token.ent in PLACE_LABELS or token.lower in THINGS
                person = token.ent in PEOPLE_ENTITIES or token.lower in PERSONS
                return person or (not thing and bool(sectors - NOBODY))
            case "political":
                return bool(sectors & POLITICAL) or token.ent == "GPE"
            case "armed":
                return bool(sectors & ARMED)
            case "state":
                return token.ent == "GPE" and "GOV" in sectors
            case "media":
                return "JRN" in sectors and token.pos == "PROPN" and token.ent != "PERSON"
            case "pair":
                return bool(sectors) and token.kid("conjunct") is not None
            case "organisation":
                return token.ent == "ORG"
            case "place":
                unknown = token.pos == "PROPN" and not token.ent and not sectors - {None}  # as villages mostly are
                return unknown or token.start in self._places or token.ent in PLACE_LABELS
        return False
