"""Ground that changes hands: who gains it, who loses it, which place it is, and how many.

What is ground, and where it stands at the word of its taking ("captured Karsa", "Karsa fell", "driven out of Karsa"), is data in
`lexicon/en/control.toml`. People, weapons and goods that are seized are no ground.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from dateline.find.syntax import PARTITIVES, PLACE_LABELS, antecedent
from dateline.language import Document, Token
from dateline.model import Act, Actor, Control, Evidence, Location, Place, Quantity
from dateline.reading import Facts
from dateline.resolve.placing import shown
from dateline.resolve.scene import LOOKS_BACK
from dateline.rules.loader import RuleFile, load_one

FOR_A_PLACE = frozenset({"it", "its", "which", "that", "there"})
PASSED = FOR_A_PLACE | frozenset(
    "few some many several most half all dozens scores number majority part parts one two".split()
)
"""Words that may stand above the ground itself: "a few of the districts"."""
WIDE = frozenset({"country", "continent", "sea", "region", "river"})
TOWNS = frozenset({"town", "capital", "site", None})
DEEPEST = 4  # nouns between the taking word and the name of the ground


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of ground; a `stretch` is land that is not counted."""

    unit: str
    stretch: bool


@dataclass(frozen=True, slots=True)
class Taking:
    """Where the ground stands at a word, and whether its actor gains it.

    `local`: only towns and smaller are taken. `always`: the word speaks of ground even where it names none.
    """

    at: tuple[str, ...]
    gains: bool
    local: bool
    always: bool


USUAL = Taking(("object", "of", "possessive", "compound", "over", "under"), True, False, False)
GROUND_ACTS = frozenset({("COERCE", "seize"), ("RETREAT", "withdraw")})
"""Types and modes of acts by which ground changes hands, whatever word tells of them."""
LEAVING = replace(USUAL, gains=False, local=True)
BYSTANDERS = frozenset({"CVL", "JRN", "MED", "REF"})
"""Sectors of people who live on ground and never hold it."""


@dataclass(slots=True)
class ControlWords:
    """The lexicon of ground by its words."""

    units: dict[str, Unit] = field(default_factory=dict)
    takings: dict[str, Taking] = field(default_factory=dict)
    holdings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, file: RuleFile) -> ControlWords:
        """The control words of a rule file."""
        words = cls()
        holdings: set[str] = set()
        for rule in file.rules:
            if rule.kind == "unit":
                unit = Unit(str(rule.data["unit"]), bool(rule.data.get("stretch")))
                words.units |= {word: unit for word in rule.strings("words") if word not in words.units}
            elif rule.kind == "taking":
                taking = Taking(
                    rule.strings("at") or USUAL.at,
                    rule.data.get("who") == "gains",
                    bool(rule.data.get("local")),
                    bool(rule.data.get("always")),
                )
                words.takings |= dict.fromkeys(rule.strings("words"), taking)
            elif rule.kind == "holding":
                holdings.update(rule.strings("words"))
        words.holdings = frozenset(holdings)
        return words


@cache
def load_control_words(extra: tuple[Path, ...] = ()) -> ControlWords:
    """The bundled control words with those of the user's lexicons.

    Raises:
        LexiconError: a rule file is wrong.
    """
    return ControlWords.of(load_one("control.toml", extra))


@dataclass(frozen=True, slots=True)
class Ground:
    """Ground as a sentence names it: the words, the place's name where it has one, its kind, and how many there are."""

    start: int
    end: int
    place: str | None
    unit: str
    count: int | None


class Grounds:
    """The changes of control that the acts of one article tell of.

    Ask in the order of the text: what was taken last is what "its liberation" speaks of.
    """

    def __init__(self, document: Document, facts: Facts, words: ControlWords | None = None) -> None:
        self._words = words or load_control_words()
        self._tokens = document.tokens
        self._places = facts.of(Place)
        self._starts = [place.start for place in self._places]
        self._taken: Ground | None = None
        self._counts: dict[int, Quantity] = {}
        for quantity in facts.of(Quantity):  # of "six of the nine districts" six changed hands
            self._counts.setdefault(quantity.head, quantity)

    def control(
        self,
        act: Act,
        actors: Sequence[Actor],
        recipients: Sequence[Actor],
        where: Location | None,
    ) -> tuple[Control | None, Evidence | None]:
        """The ground that changes hands by an act, with the words that name it; (None, None) where none does."""
        token = self._tokens[act.token]
        known = token.lemma.lower() in self._words.takings or (act.type, act.mode) in GROUND_ACTS
        if act.type not in ("COERCE", "RETREAT") or not known:
            return None, None
        taking = self._words.takings.get(token.lemma.lower(), LEAVING if act.type == "RETREAT" else USUAL)
        gains = act.type == "COERCE"
        ground = next((g for noun in self._targets(token, taking) if (g := self._ground(noun, where, taking))), None)
        unnamed = ground is None and taking.always and not _acts_on_something(token)
        if (
            unnamed and where is not None and not (where.gazetteer_id or "").startswith("iso:")
        ):  # no whole country by the way
            ground = Ground(token.start, token.end, where.name, "area", None)
        if ground is None:
            return None, None
        self._taken = ground
        first = actors[0].name if actors else None
        other = next(
            (actor.name for actor in recipients if actor.name != ground.place and actor.sector not in BYSTANDERS), None
        )
        control = Control(
            gained_by=first if gains else other,
            lost_by=other if gains else first,
            place=ground.place,
            unit=ground.unit,
            count=ground.count,
        )
        shown = f"{control.gained_by or '?'} from {control.lost_by or '?'}: {ground.place or ground.unit}"
        why = f"{token.lemma} + {ground.unit}"
        return control, Evidence(field="control", value=shown, why=why, start=ground.start, end=ground.end)

    def scene(
        self, act: Act, control: Control | None, where: Location | None, why: Evidence | None
    ) -> tuple[Location | None, Evidence | None]:
        """Where an act was by which ground changes hands: at the ground, where its sentence names it; else as it was thought."""
        if control is None or control.place is None or (where is not None and control.place in where.name):
            return where, why
        sentence = self._tokens[act.token].sentence
        k = bisect_left(self._starts, sentence.start)
        named = next((p for p in self._places[k:] if p.location.name == control.place and p.start < sentence.end), None)
        if named is None:
            return where, why
        at = named.location
        return at, Evidence(
            field="where", value=shown(at), why="it is the ground that changes hands", start=named.start, end=named.end
        )

    # -- where the ground stands --------------------------------------------------------------------------------------

    def _targets(self, token: Token, taking: Taking) -> Iterator[Token]:
        """The nouns that may be the ground, likeliest first."""
        held = [*token.kids("object", "particle", "preposition_object"), *(noun for _, _, noun in token.prepositions())]
        held = [noun for noun in held if noun.lemma in self._words.holdings]
        for word in (token, *held):
            for at in USUAL.at if word is not token else taking.at:
                yield from self._at(word, at)

    def _at(self, word: Token, at: str) -> Iterator[Token]:
        if at == "object":
            found = word.kids("object", "passive_subject")
            if not found and word.relation in ("adjective", "compound", "noun_clause", "relative_clause"):
                found = [word.head]  # "the liberated areas", "areas already liberated", and what the parser takes for them
            if not found and word.relation in ("conjunct", "open_complement") and word.head.pos == "VERB":
                found = word.head.kids("object", "passive_subject")
            if not found:  # "stormed and seized the town"
                found = [noun for verb in word.kids("conjunct") for noun in verb.kids("object", "passive_subject")]
        elif at == "subject":
            found = word.kids("subject", "passive_subject")
            if not found and word.relation == "adjective":
                found = [word.head]
        elif at in ("possessive", "compound"):
            found = word.kids(at)
            if at == "possessive" and word.kids("preposition"):  # "Norland's annexation of the strip": the strip is taken
                found = [noun for noun in found if not any(name == "of" for name, _, _ in word.prepositions())]
        elif at == "under":
            found = _held_under(word)
        elif at == "from":
            found = [noun for name, _, noun in word.prepositions() if name in ("from", "out of", "off", "out from")]
            found += [
                n
                for kid in word.kids("object", "adverb", "particle")
                for name, _, n in kid.prepositions()
                if name in ("from", "of", "out of")
            ]
        else:
            found = [noun for name, _, noun in word.prepositions() if name == at]
        for noun in found:
            yield from antecedent(noun, word).conjuncts()

    # -- what ground it is --------------------------------------------------------------------------------------------

    def _ground(self, noun: Token, where: Location | None, taking: Taking) -> Ground | None:
        """The ground that a noun names, if it names any."""
        token: Token | None = noun
        unit: Unit | None = None
        holder = noun
        for _ in range(DEEPEST):
            if token is None:
                break
            named = self._place(token, where, of_unit=unit is not None)
            if unit is None and named is None:
                unit = self._words.units.get(token.lemma.lower())
                holder = token
            if named is not None:
                place, feature = named
                if unit is None:
                    unit = self._unit_beside(token) or _unit_of(feature)
                    holder = token
                direct = holder is token and feature != "country"
                return self._made(holder, token, place, unit, feature, taking, direct)
            if unit is None and not _passed(token) and token.lemma not in self._words.holdings:
                return None
            token = self._next(token)
        if unit is not None:
            inside = where.name if unit.unit == "area" and where else self._around(holder, where)
            return self._made(holder, holder, inside, unit, None, taking, False)
        if noun.lower in ("it", "its"):
            return self._taken_again(noun, where)
        return None

    def _taken_again(self, pronoun: Token, where: Location | None) -> Ground | None:
        """The ground that "it" stands for: the place named before it in its sentence, else what was taken last, else the scene."""
        k = bisect_right(self._starts, pronoun.start) - 1
        if k >= 0 and self._places[k].start >= pronoun.sentence.start and self._places[k].feature not in WIDE:
            name, unit = self._places[k].location.name, _unit_of(self._places[k].feature).unit
        elif self._taken is not None and self._taken.place is not None:
            name, unit = self._taken.place, self._taken.unit
        elif where is not None:
            name, unit = where.name, "city"
        else:
            return None
        return Ground(pronoun.start, pronoun.end, name, unit, 1)

    def _around(self, holder: Token, where: Location | None) -> str | None:
        """The town that one base, post or building is in, where the sentence names it ("took the palace in Karsa"), or "the town"."""
        if holder.tag in ("NNS", "NNPS") or where is None:
            return None
        said_again = "town" in LOOKS_BACK.get(holder.lower, ())
        if said_again and any(kid.lower in ("the", "this", "that") for kid in holder.kids("determiner")):
            return where.name if any(p.location.name == where.name and p.feature in TOWNS for p in self._places) else None
        k = bisect_right(self._starts, holder.end)
        for place in self._places[k:]:
            if place.start >= holder.sentence.end:
                break
            if place.location.name == where.name and place.feature in TOWNS:
                return where.name
        return None

    def _next(self, token: Token) -> Token | None:
        """The word that says more exactly which ground: "the city of Karsa", "the capital, Karsa", "Karsa province"."""
        for name, _, inner in token.prepositions():
            if name in ("of", "at") and inner.relation == "preposition_object":
                return inner
        return token.kid("apposition") or next((kid for kid in token.kids("compound") if kid.pos == "PROPN"), None)

    def _place(self, token: Token, where: Location | None, of_unit: bool) -> tuple[str, str | None] | None:
        """The name and kind of the place that a word is in; None where it is in none.

        Behind a kind of ground ("the town of ...") any name is that of a place, and so is the one where the act was.
        """
        k = bisect_right(self._starts, token.start) - 1
        if k >= 0 and token.start < self._places[k].end:
            return self._places[k].location.name, self._places[k].feature
        told = where is not None and token.text in where.name.split()
        if token.pos == "PROPN" and (of_unit or told or token.ent in PLACE_LABELS):
            parts = [kid for kid in token.kids("compound") if kid.pos == "PROPN" and kid.ent == token.ent] + [token]
            return " ".join(part.text for part in sorted(parts, key=lambda part: part.i)), None
        return None

    def _unit_beside(self, token: Token) -> Unit | None:
        """The kind that stands with a name: "Karsa province", "Karsa, a village"."""
        if token.relation in ("compound", "apposition", "noun_modifier"):
            return self._words.units.get(token.head.lemma.lower())
        beside = (*token.kids("apposition"), *token.kids("compound"))
        return next((unit for kid in beside if (unit := self._words.units.get(kid.lemma.lower()))), None)

    def _made(
        self, holder: Token, name: Token, place: str | None, unit: Unit, feature: str | None, taking: Taking, direct: bool
    ) -> Ground | None:
        if taking.local and (feature in WIDE or unit.stretch):
            return None
        quantity = self._counts.get(holder.start)
        if quantity is not None and not unit.stretch:
            count: int | None = int(quantity.low) if quantity.low else None
        elif holder.tag in ("NNS", "NNPS") or (unit.stretch and not direct):
            count = None
        else:
            count = 1
        start, end = min(holder.start, name.start), max(holder.end, name.end)
        return Ground(start, end, place, unit.unit, count)


def _passed(word: Token) -> bool:
    """Whether a word only says how much of the ground behind its "of": "three of the districts", "most of the town"."""
    return word.lower in PASSED or word.pos == "NUM" or word.lemma.lower() in PARTITIVES


def _held_under(word: Token) -> list[Token]:
    """What is under somebody's control: "areas under rebel control", "the town is under their control"."""
    if word.relation != "preposition_object" or word.head.lower not in ("under", "in"):
        return []
    holder = word.head.head
    return holder.kids("subject", "object", "passive_subject") if holder.pos in ("VERB", "AUX") else [holder]


def _unit_of(feature: str | None) -> Unit:
    """The kind of ground that a place of the gazetteer is; a name of unknown kind is taken for a town."""
    if feature in WIDE:
        return Unit("area", True)
    if feature in ("province", "district"):
        return Unit(feature, False)
    return Unit("base" if feature == "site" else "city", False)


def _acts_on_something(token: Token) -> bool:
    """Whether a word has an object, told or left out ("and is being held"), or describes one ("prisoners held there")."""
    described = token.pos == "VERB" and token.relation in ("noun_clause", "relative_clause", "adjective")
    return described or bool(token.kids("object", "passive_subject", "passive_auxiliary"))
