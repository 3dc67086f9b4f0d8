"""What the words around a name say about its being a place: prepositions, nouns for kinds of places, what it lies in."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.find.syntax import AMOUNTS, PARTITIVES, PLACE_LABELS, grammatical_subject, with_conjuncts
from dateline.gazetteer.countries import country_of_people
from dateline.gazetteer.spelling import key
from dateline.language import Token
from dateline.rules.loader import RuleFile

FARTHEST = 5  # words between a preposition of place and the name: "in the southern port city of X"
ARTICLES = frozenset(
    {"al", "el", "an", "ad", "ar", "as", "ash", "at", "az", "ez", "es", "er", "ed", "et", "d", "l", "la", "de"}
)
"""Small words that a name may start with in lower case, where a hyphen or an apostrophe follows: "al-Hasakah"."""
LISTING = frozenset({",", "and", "or"})
LONGEST_LIST = 60
"""Tokens back in which the beginning of a list of places is looked for."""
RUN_IN = ARTICLES | {"of", "des", "du", "del", "e", "i", "ul", "bin", "ibn", "and", "-", "'s", "’s"}
"""Small words and marks that may stand inside a name written in capitals."""

COMPASS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
WAYS = frozenset({"road", "highway", "route", "railway", "border", "frontier", "boundary"})
"""Nouns behind which "between" leads to two places."""
UNKNOWN_AFTER = frozenset({"in", "near", "outside", "inside", "around", "nearby", "neighbouring", "neighboring"})
"""Words directly before a name that make it a place though no map has it."""
NAMING = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "NORP"})
"""What the parser may take the name of an unknown place for."""
AMOUNTS_OF_GROUND = PARTITIVES | AMOUNTS | {"all", "whole"}
GROUND_PREPOSITIONS = frozenset({"of", "over", "on", "to"})
WAYS_TO = frozenset({"to", "into", "onto", "toward", "towards", "from", "through", "across"})
"""Prepositions by which somebody gets to a place or leaves it."""


class PlaceWords:
    """The lexicon's `places/names.toml` as sets, and the tests that use them."""

    def __init__(self, words: RuleFile) -> None:
        settings = words.settings
        self.before = frozenset(settings["before"])
        self.strict = frozenset(settings["strict"])
        self.weaker = frozenset(settings["weaker"])
        self.nouns = frozenset(noun for nouns in settings["nouns"].values() for noun in nouns)
        self.fronts = frozenset(settings["fronts"]["words"])
        self.namers = frozenset(settings["namers"]["words"])
        self.sites = frozenset(settings["sites"]["words"])
        self.houses = frozenset(settings["sites"]["houses"])
        self.verbs = frozenset(settings["verbs"]["words"])
        self._ground = {kind: frozenset(words) for kind, words in settings["ground"].items()}
        self.spoilers = frozenset(settings["not-places"]["after"])
        self.titles = frozenset(settings["not-places"]["before"])
        self._dated = frozenset(settings["not-places"]["dated"])
        self.occasions = frozenset(settings["not-places"]["occasions"])
        self._no_ends = self.spoilers | self.occasions
        self.groups = frozenset(key(word) for word in settings["not-places"]["names"])
        self.doubtful = frozenset(key(word) for word in settings["doubtful"]["words"])

    def locative(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether a preposition of place stands before a name, with only adjectives and nouns for places between."""
        for i in range(first - 1, max(-1, first - 1 - FARTHEST), -1):
            token = tokens[i]
            if token.sentence is not tokens[first].sentence:
                return False
            if token.lower in self.before:
                return True
            if token.pos not in ("DET", "ADJ") and token.lower not in self.nouns and token.lower not in ("of", "-"):
                return False
        return False

    def directed(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether it is told which way something lies from a name, or which way leads from it: "south of X", "the road between X"."""
        if first < 2 or tokens[first - 1].sentence is not tokens[first].sentence:
            return False
        word, before = tokens[first - 1].lower, tokens[first - 2].lower
        return (word == "of" and before in COMPASS) or (word == "between" and before in WAYS)

    def joined(self, tokens: Sequence[Token], last: int) -> int:
        """The last token of a name that goes on with a small word joined to the next by a hyphen: "Bourj el-Barajneh"."""
        while last + 1 < len(tokens) and tokens[last + 1].sentence is tokens[last].sentence:
            article = tokens[last + 1]
            apart = article.start == tokens[last].end + 1
            if apart and "-" in article.text and article.lower.split("-")[0] in ARTICLES and article.text[-1].isalpha():
                last += 1
                continue
            parts = tokens[last + 2 : last + 4]
            hyphened = len(parts) == 2 and parts[0].text == "-" and parts[1].text[:1].isupper()
            if apart and article.lower in ARTICLES and hyphened and article.end + 1 == parts[1].start:
                last += 3
                continue
            break
        return last

    def goes_on(self, tokens: Sequence[Token], last: int) -> bool:
        """Whether a longer name in capitals goes on behind a token, with no word for a kind of place in it."""
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        return (
            following is not None
            and following.sentence is tokens[last].sentence
            and following.pos == "PROPN"
            and following.text[:1].isupper()
            and following.start == tokens[last].end + 1
            and not following.ent
            and tokens[last].head.i > last
            and tokens[last].head.pos == "PROPN"
            and not {following.lower, tokens[last].head.lower} & (self.nouns | self.sites | self.houses | self.spoilers)
        )

    def in_a_date(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a name is a weekday or month before its number: "Mon 30 Oct", "Mar. 5"."""
        if first != last or tokens[first].text not in self._dated:
            return False
        following = next((t for t in tokens[last + 1 : last + 3] if t.text not in (",", ".")), None)
        return following is not None and following.text[0].isdigit()

    def strictly(self, tokens: Sequence[Token], first: int) -> str | None:
        """The preposition directly before a name (an article may stand between) that hardly anything but a place takes."""
        i = first - 1
        if i >= 0 and tokens[i].lower == "the":
            i -= 1
        if (
            i >= 0
            and tokens[i].sentence is tokens[first].sentence
            and tokens[i].lower in self.strict
            and tokens[i].relation != "particle"
        ):
            return tokens[i].lower
        return None

    def noun_before(self, tokens: Sequence[Token], first: int) -> bool:
        """ "the town of X", "the villages of X and Y", "the city X", "the capital, X"."""
        if first and tokens[first - 1].lower in self.nouns:
            return True
        if first < 2 or tokens[first - 1].lower not in ("of", ","):
            return False
        return tokens[first - 2].lower in self.nouns or (
            tokens[first - 1].lower == "of" and tokens[first - 2].lemma.lower() in self.nouns
        )

    def noun_after(self, tokens: Sequence[Token], last: int) -> bool:
        """ "X province", "the X neighbourhood", "the X front"."""
        following = last + 1
        return (
            following < len(tokens)
            and tokens[following].sentence is tokens[last].sentence
            and (tokens[following].lower in self.nouns or tokens[following].lower in self.fronts)
            and tokens[following].text.islower()
        )

    def named(self, tokens: Sequence[Token], last: int) -> bool:
        """ "the Zarb district", "the Zarb neighbourhood": a small place that nobody but itself has a name for."""
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        return (
            following is not None
            and tokens[last].pos == "PROPN"
            and following.lower in self.namers
            and country_of_people(tokens[last].text) is None
        )

    def ground(self, tokens: Sequence[Token], first: int, last: int) -> float:
        """How strongly the clause makes a name ground: 1 what falls or is fought over, .5 what is taken by whoever, 0 neither.

        The parser's tree is asked rather than the words before, so that "retook the whole of Zarb" and "Zarb was overrun" count.
        """
        head = _head(tokens, first, last)
        while head.relation == "conjunct" and head.head.pos == "PROPN":  # "took Zarb, Dorva and Kesh"
            head = head.head
        above = head.head
        match head.relation:
            case "preposition_object":
                noun = above.head
                # "the fall of most of Zarb"
                while noun.relation == "preposition_object" and noun.lemma in AMOUNTS_OF_GROUND:
                    noun = noun.head.head
                if above.lower == "from":
                    return float(noun.lemma in self._ground["driving"])
                by = {noun.lemma, *(kid.lemma for kid in noun.kids("compound"))}
                if above.lower == "on" and noun.pos == "NOUN" and not by.isdisjoint(self._ground["weapons"]):
                    return 0.5  # "air strikes on Zarb", "a missile attack on Zarb": a man may be struck as well
                return float(above.lower in GROUND_PREPOSITIONS and noun.lemma in self._ground["nouns"])
            case "object":
                return self._taken(above, grammatical_subject(above))
            case "passive_subject":
                return self._taken(above, [noun for name, _, noun in above.prepositions() if name == "by"])
            case "subject":
                return float(any(self._changes_hands(above, name, noun) for name, _, noun in above.prepositions()))
        return 0.0

    def _taken(self, verb: Token, sides: list[Token]) -> float:
        if verb.lemma in self._ground["verbs"]:
            return 1.0
        doers = {side.lemma.lower() for side in with_conjuncts(sides)}
        armed = not doers.isdisjoint(self._ground["sides"])
        if verb.lemma in self._ground["striking"]:  # a body, too, is attacked by armed men
            return 1.0 if not doers.isdisjoint(self._ground["weapons"]) else 0.5 * armed
        return (1.0 if armed else 0.5) * (verb.lemma in self._ground["taking"])

    def _changes_hands(self, verb: Token, preposition: str, noun: Token) -> bool:
        """Whether the subject "fell to" somebody, or is "under" somebody's control."""
        falls = preposition == "to" and verb.lemma in self._ground["falling"]
        return falls or (preposition in ("under", "into", "in") and noun.lemma in self._ground["holding"])

    def contained(self, tokens: Sequence[Token], last: int) -> bool:
        """ "Rockville, Maryland", "X in Y", "X, in the Norlandish province of Y": the word after is a place of the parser's."""
        following = last + 2
        if following >= len(tokens) or tokens[last + 1].lower not in (",", "in"):
            return False
        while following + 1 < len(tokens) and (tokens[following].lower == "the" or tokens[following].lower in self.before):
            following += 1
        skipped = tokens[following : following + 3]
        for k, token in enumerate(skipped[:-1]):  # "in the (Norlandish) province of"
            if token.lower in self.nouns and skipped[k + 1].lower == "of" and (k == 0 or skipped[0].ent == "NORP"):
                following += k + 2
                break
        return (
            tokens[following : following + 1] != []
            and tokens[following].ent in ("GPE", "LOC")
            and tokens[following].text[:1].isupper()
        )

    def stands_as_place(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether the words before a name, or a noun in or beside it, would make any name a place."""
        return (
            self.locative(tokens, first)
            or self.noun_before(tokens, first)
            or tokens[last].lower in self.nouns
            or tokens[last].lower in self.sites
            or self.noun_after(tokens, last)
            or (last + 1 < len(tokens) and tokens[last + 1].text == "," and self.contained(tokens, last))
            or (first > 0 and tokens[first - 1].lower in ("from", "to") and tokens[last].ent != "FAC")
        )

    def unknown(self, tokens: Sequence[Token], first: int) -> tuple[int, bool] | None:
        """(last token, whether that is sure) of a name that starts at `first` and that the words around it make a place, though
        neither the parser nor the gazetteer knows it: "in Zarb, Mali", "struck the Zarb Cathedral", "the Zarb neighbourhood".

        What the parser takes for a person or a body and that only stands after "in" is not sure.
        """
        last = self._run(tokens, first)
        inside = tokens[first : last + 1]
        labels = {t.ent for t in inside} - {""}
        name = " ".join([t.text for t in inside])
        capitals = not any(c.isalpha() and not c.isupper() for c in name)
        if capitals and first == 0 and self.contained(tokens, last) and sum(map(str.isalpha, name)) > 3:
            return last, True  # the place of a dateline, "ZARB, Russia -"
        if capitals or not labels <= NAMING:
            return None
        if tokens[last].lower in self._no_ends or key(name) in self.groups:
            return None
        strict = self.strictly(tokens, first)
        words = last - first + 1
        if words == 1 and tokens[first].pos == "NOUN" and tokens[first].lower in self.nouns | self.sites | self.houses:
            return None  # "Hospital stormed": the capital begins a line
        if (
            words < 4
            and tokens[last].tag != "NNPS"
            and tokens[first].lower not in self.titles
            and self.settled(tokens, first, last)
        ):
            return last, True
        if words > 1 and tokens[last].lower in self.namers and strict is not None:
            return last, True  # "in Zarb Local District"
        person = labels == {"PERSON"} and self.is_shelled(tokens, first, last)
        if (
            self.ground(tokens, first, last) == 1.0
            and (labels <= PLACE_LABELS or person)
            and words < 4
            and tokens[last].tag != "NNPS"
        ):
            return last, True
        if tokens[last].lower in self.houses:
            return (last, True) if strict is not None and words > 1 else None
        if tokens[last].lower in self.sites and words > 1:
            return None if tokens[last].relation in ("subject", "agent") and "ORG" in labels else (last, True)
        if not all(t.pos == "PROPN" or t.lower in RUN_IN for t in inside):
            return None
        if self.noun_after(tokens, last):
            return last, True
        plain = key(tokens[first].text) not in self.doubtful and tokens[first].lower not in self.titles
        of = first > 1 and tokens[first - 1].lower == "of"
        if of and {tokens[first - 2].text, tokens[first - 2].lemma} & self.namers and plain:
            return last, True  # "the town of Zarb", whatever the parser takes it for
        if self.directed(tokens, first) and plain:
            return last, True
        if strict in UNKNOWN_AFTER and tokens[first - 1].lower != "the" and plain:
            sure = strict != "in" or self.contained(tokens, last) or not labels - PLACE_LABELS
            sure = sure or (tokens[first - 1].text == "In" and last + 1 < len(tokens) and tokens[last + 1].text == ",")
            return last, sure
        return None

    def settled(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether the clause makes a name a place whatever it looks like: "residents of Zarb", "the flag over Zarb", "a post at Zarb",
        "sent troops to Zarb", "the state capital, Zarb", "drove troops out of Zarb"."""
        if not all(t.pos == "PROPN" or t.lower in RUN_IN for t in tokens[first : last + 1]):
            return False
        head = _head(tokens, first, last)
        if head.relation == "apposition" and head.head.lemma.lower() in self._ground["seats"] and head.head.i < first:
            return not head.head.ent
        if any(self._is_seat(kid, tokens[last]) for kid in head.kids("apposition")):
            return True
        while head.relation == "conjunct" and head.head.pos == "PROPN":  # "to Zarb and Dorva"
            head = head.head
        if head.relation != "preposition_object":
            return False
        preposition, above = head.head.lower, head.head.head
        if preposition == "of" and above.lower == "out":  # "drove the rebels out of Zarb"
            driven = [*grammatical_subject(above.head), *above.head.kids("object")]
            armed = any(noun.lemma.lower() in self._ground["sides"] for noun in driven)
            return armed and above.head.lemma in self._ground["driving"]
        if preposition in ("of", "over"):
            peopled = [above, *(above.kids("object") if preposition == "over" else [])]  # "hoisted [a flag] over Zarb"
            return any(noun.lemma.lower() in self._ground["peopled"] for noun in peopled)
        if preposition == "at":
            posted = self._ground["posted"] | self._ground["sides"]
            return above.lemma.lower() in posted or any(kid.lemma.lower() in posted for kid in above.kids("object"))
        if preposition not in WAYS_TO:
            return False
        verb = above.head if above.relation == "object" else above  # "sent [troops to Zarb]"
        sent = above if above.relation == "object" else above.kid("object")
        armed = sent is not None and sent.lemma.lower() in self._ground["sides"] | self._ground["sent"]
        return above.lemma.lower() in self._ground["moving"] or (armed and verb.lemma.lower() in self._ground["sending"])

    def _is_seat(self, noun: Token, name: Token) -> bool:
        """Whether a noun tells right behind a name what kind of place it is: "Zarb, *a village* near the border"."""
        kind = noun.lemma.lower() in self._ground["seats"] and noun.tag == "NN"
        apart = [token for token in name.sentence.tokens if name.i < token.i < noun.i]
        return kind and bool(apart) and apart[0].text == "," and all(t.pos in ("PUNCT", "DET", "ADJ") for t in apart)

    def is_shelled(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a name is the object of what is done to ground alone, and so of no person: "shelled X and Y"."""
        head = next((t for t in tokens[first : last + 1] if not first <= t.head.i <= last), tokens[last])
        while head.relation == "conjunct" and head.head.pos == "PROPN":
            head = head.head
        return head.relation == "object" and head.head.lemma in self._ground["verbs"]

    def listed(self, tokens: Sequence[Token], first: int, taken: Sequence[bool]) -> tuple[int, bool] | None:
        """(last token, True) of a name in a list that is one of places: "the villages of X, Y and Z", "the road between X and Y"."""
        if not first or not (taken[first - 1] or tokens[first - 1].lower in LISTING):
            return None
        last = self._run(tokens, first)
        inside = tokens[first : last + 1]
        if not all(t.pos == "PROPN" for t in inside) or key(" ".join(t.text for t in inside)) in self.groups:
            return None
        start = first
        while start > first - LONGEST_LIST and start and (taken[start - 1] or tokens[start - 1].lower in LISTING):
            start -= 1
        if start < 2 or tokens[start].sentence is not tokens[first].sentence:
            return None
        if self.directed(tokens, start):
            return last, True
        noun = tokens[start - 2]
        return (last, True) if tokens[start - 1].lower == "of" and noun.tag == "NNS" and noun.lemma in self.namers else None

    def _run(self, tokens: Sequence[Token], first: int) -> int:
        """The last token of the stretch in capitals that starts at `first`."""
        last = first
        for i in range(first + 1, min(first + 8, len(tokens))):
            token = tokens[i]
            if token.sentence is not tokens[first].sentence or token.quotation is not None:
                break
            if token.text[:1].isupper() or (token.text[:1].isdigit() and last == i - 1):
                last = i
            elif token.lower not in RUN_IN or token.lower == "and":
                break
        return last


def _head(tokens: Sequence[Token], first: int, last: int) -> Token:
    """The token of a name whose head lies outside it."""
    if first == last:
        return tokens[first]
    inside = tokens[first : last + 1]
    return next((t for t in inside if t.head is t or t.head not in inside), tokens[last])
