"""Find the words that may stand for actors: names, role nouns, counted people, pronouns, with what their phrase tells of them.

A `Naming` is not decided: who it is, and from which country, is for `dateline.resolve.actors` to say with the whole article
in view. Names on lists come first, then role nouns, then whatever the parser takes for a proper noun.
"""

from __future__ import annotations

import re

from dateline.find.actor_counts import COUNTED, counted, measured, part_of, whoever, whole_of
from dateline.find.actor_lexicon import OWN_SIDE, ActorLexicon, Role, Sort
from dateline.find.actor_links import link, stands_for_clause
from dateline.find.actor_naming import Naming, short_form, text_of
from dateline.find.actor_phrases import Extent, end_of_name, left_extent, proper_extent
from dateline.find.actor_spans import NOMINAL, Span, sentence_words, spans
from dateline.find.actor_tables import plain_words
from dateline.find.modifiers import acts_or_holds
from dateline.find.syntax import PLACE_LABELS
from dateline.language import Document, Sentence, Token

NOT_ACTOR_ENTITIES = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW", "EVENT", "WORK_OF_ART"}
)
CHARGING = frozenset({"accuse", "acquit", "convict", "suspect"})
"""Verbs whose "of" tells what somebody is said to have done."""
UNITS = frozenset({"battalion", "brigade", "corps", "division", "fleet", "regiment", "squadron"})
NUMBERED = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
MODEL = re.compile(r"[A-Z][A-Za-z]{0,3}-?\d{1,4}[A-Z]{0,2}")
"""What weapons are called: "S-300", "F-16", "M14"."""
UNARMED = frozenset({"CVL", "EDU", "MED", "BUS", "AGR", "REF", "SOC", "REL", "JRN", "CRM", "LAB"})
"""Sectors whose nouns, before another noun, name nobody in particular ("child abuse")."""
BEARING = frozenset({"subject", "passive_subject", "possessive", "apposition"})
"""Relations in which an unknown capitalised word is taken for somebody even where the parser sees no name."""


class ActorFinder:
    """Finds namings; made once, used for every article."""

    def __init__(self, lexicon: ActorLexicon) -> None:
        self._lexicon = lexicon
        self._classes = lexicon.classes
        self._other_words = frozenset(lexicon.pronouns) | frozenset(lexicon.parts)

    def __call__(self, document: Document) -> list[Naming]:
        """Every naming of the document, in the order of the text of its sentences."""
        found: list[Naming] = []
        surnames = frozenset(
            token.text
            for token in document.named
            if token.ent == "PERSON" and token.pos == "PROPN" and any(kid.ent == "PERSON" for kid in token.kids("compound"))
        )
        for sentence in document.sentences:
            found.extend(self._in_sentence(sentence, surnames))
        return found

    def _in_sentence(self, sentence: Sentence, surnames: frozenset[str]) -> list[Naming]:
        names, roles = spans(sentence_words(sentence), self._lexicon)
        name_at = {token.i: span for span in names for token in span.tokens}
        role_at = {token.i: span for span in roles for token in span.tokens}
        found: dict[int, Naming] = {}
        taken: set[int] = set()  # titles and parts of longer names: no namings of their own
        for token in reversed(sentence.tokens):  # the head of a phrase comes last, and takes its titles with it
            if token.quotation is not None or token.i in taken:
                continue
            naming: Naming | None = None
            if (span := name_at.get(token.i)) is not None:
                if span.head is token:
                    naming = self._listed_name(span, name_at, role_at, taken)
            elif (span := role_at.get(token.i)) is not None:
                if span.head is token:
                    naming = self._role(span, name_at, role_at, taken)
                    if naming is not None and naming.last.i > span.tokens[-1].i:
                        for i in range(span.tokens[-1].i + 1, naming.last.i + 1):  # "Ministry of Health": Health is no actor
                            if i in found and found[i].sort not in ("state", "place"):
                                del found[i]
            elif (
                token.pos == "PROPN"
                or (token.text in surnames and token.pos in ("NOUN", "X", "ADJ"))
                or self._head_of_state(token)
            ):
                naming = self._proper_name(token, name_at, role_at, taken, known=token.text in surnames)
            elif token.lower in self._other_words or token.tag == "CD" or token.lemma in self._lexicon.parts:
                naming = self._other(token)
            if naming is not None:
                found[token.i] = naming
        namings = [found[i] for i in sorted(found)]
        link(namings, found, self._lexicon)
        return namings

    # -- names ---------------------------------------------------------------------------------------------------------

    def _listed_name(self, span: Span, name_at: dict[int, Span], role_at: dict[int, Span], taken: set[int]) -> Naming | None:
        head, entries = span.head, span.entries
        kind = entries[0].kind
        if all(token.ent == "DATE" for token in span.tokens):
            return None  # "on November 17", which is what a group of old was called too
        if kind == "nationality" or entries[0].sort == "people":
            return self._nationality(span, name_at, role_at)
        if span.tokens[0].lower == "the" and head.relation in ("adjective", "compound", "noun_modifier"):
            return None  # "the West African nation"
        extent = left_extent(head, span.tokens[0], name_at, role_at)
        naming = Naming(
            head, span.tokens[0], span.tokens[-1], "name", sort=entries[0].sort, entries=entries, rule=f"listed {kind}"
        )
        naming.name = text_of(span.tokens[0], span.tokens[-1])
        if (
            head.relation in ("compound", "noun_modifier")
            and head.head.pos == "PROPN"
            and _is_proper_head(head.head, name_at, role_at)
        ) and entries[0].sort in ("state", "place"):
            return naming  # "US President", "Kabul Police": the longer name asks for it
        self._take(naming, extent, taken, title_of_name=entries[0].sort in ("person", "group"))
        return naming

    def _nationality(self, span: Span, name_at: dict[int, Span], role_at: dict[int, Span]) -> Naming | None:
        head, entry = span.head, span.entries[0]
        joined = head.relation == "adverbial_noun" and head.head.relation == "adjective"
        noun = head.head.head
        if joined and (not acts_or_holds(head) or noun.i in role_at or noun.i in name_at):
            return None  # "a Norlandish-owned tanker", "Norlandish-led troops"
        at = span.tokens[0].i - head.sentence.tokens[0].i
        if [t.lower for t in head.sentence.tokens[max(0, at - 2) : at]] in (["pan", "-"], ["inter", "-"], ["trans", "-"]):
            return None  # "the Pan-American highway"
        adjective = (
            joined
            or head.relation in ("adjective", "compound", "noun_modifier")
            or (
                head.relation == "conjunct"
                and head.head.relation in ("adjective", "compound", "noun_modifier")
                and (head.pos == "ADJ" or head.i < head.head.i)  # "Norlandish and Sudrian", "Norlandish-Sudrian"
            )
        )
        naming = Naming(head, span.tokens[0], span.tokens[-1], "name", sort=entry.sort, entries=span.entries)
        naming.name = text_of(span.tokens[0], span.tokens[-1])
        if adjective and entry.sort == "people" and entry.sector == "REL" and head.head.pos != "PROPN":
            return None  # "a Muslim country", "Catholic schools": a faith alone acts in nobody's name
        if adjective and head.ent == "LOC" and head.head.ent == "LOC" and head.head.pos == "PROPN":
            return None  # "the Arabian Sea", "the Persian Gulf"
        if adjective:
            naming.rule = "nationality"
            return naming
        if any(kid.relation == "relative_clause" for kid in head.children):
            naming.roles = [COUNTED]
        naming.plural = head.tag in ("NNS", "NNPS") or head.text.endswith("s") or head.kids("numeral") != []
        naming.determiner = _determiner(head)
        naming.rule = "people"
        return naming

    def _proper_name(
        self, token: Token, name_at: dict[int, Span], role_at: dict[int, Span], taken: set[int], *, known: bool
    ) -> Naming | None:
        above = token.head
        if (
            above.pos == "PROPN"
            and token.relation in ("compound", "noun_modifier")
            and above.i > token.i
            and above.i not in name_at
        ):
            between = range(token.i + 1, above.i)
            if above.i not in role_at or not any(i in role_at or i in name_at for i in between):
                return None  # part of the longer name
        extent = proper_extent(token, name_at, role_at)
        words = plain_words(extent.name)
        if (
            words in (("jr",), ("sr",))
            or not words
            or (len(words) == 1 and len(words[0]) < 2)
            or (token.ent in NOT_ACTOR_ENTITIES and not known)
        ):
            return None
        if token.ent != "PERSON" and not extent.titles:
            ending = words[-1] if " of " not in extent.name else "".join(plain_words(token.text)[-1:])
            if ending in self._lexicon.not_actors or (
                words[0] in self._lexicon.not_actors and len(words) < 3 and token.ent != "ORG"
            ):
                return None
        if not token.text[0].isupper() and not any(ch.isupper() for ch in extent.name):
            return None
        modifies = token.relation in ("compound", "noun_modifier", "adjective")
        if modifies and MODEL.fullmatch(token.text) and ("-" in token.text or above.lemma in self._classes["arms"]):
            return None  # "S-300 missiles", "an M14 rifle"
        if token.relation == "possessive" and above.text[0].isupper() and above.lower in self._lexicon.not_actors:
            return None  # "Martyrs' Square"
        abbreviation = token.text.isupper() and len(token.text) > 2
        if len(words) == 1 and not (token.ent or known or abbreviation or extent.titles or token.relation in BEARING):
            return None
        sort: Sort | None = None
        if extent.titles or token.ent == "PERSON" or (known and token.ent in ("", "GPE", "LOC", *NOT_ACTOR_ENTITIES)):
            sort = "person"
        elif token.ent in PLACE_LABELS:
            sort = "place"
        elif token.ent in ("ORG", "PRODUCT"):
            sort = "group"
        elif token.ent == "NORP":
            sort = "people"
        naming = Naming(token, extent.first, extent.last, "name", name=extent.name, sort=sort, rule="proper noun")
        if any(word in self._lexicon.organisation_words for word in words) and not extent.titles and token.ent != "PERSON":
            naming.sort, naming.rule = "group", "organisation word"
        self._take(naming, extent, taken, title_of_name=True)
        return naming

    def _head_of_state(self, token: Token) -> bool:
        """Whether what was taken for a noun is somebody known everywhere by surname: "*Trump* and Putin have agreed"."""
        return (
            token.pos in ("NOUN", "ADJ", "ADV", "X")
            and token.text.istitle()
            and token.relation in ("subject", "passive_subject")
            and all(kid.relation in ("coordinator", "conjunct") for kid in token.children)
            and any(entry.known_everywhere for entry in self._lexicon.surnames.get(token.lower, ()))
        )

    # -- descriptions --------------------------------------------------------------------------------------------------

    def _role(self, span: Span, name_at: dict[int, Span], role_at: dict[int, Span], taken: set[int]) -> Naming | None:
        head, role = span.head, span.role
        assert role is not None
        if role.kind in ("title",) or (role.kind == "rank" and head.relation in ("compound", "noun_modifier")):
            return None
        before = head.kids("compound", "adjective", "noun_modifier")
        if head.lemma == "fighter" and any(MODEL.fullmatch(kid.text) for kid in before):
            return None  # "two F-16 fighters" are aircraft
        if head.lemma == "regime" and any(kid.lower in self._classes["rules-before"] for kid in before):
            return None
        if head.relation in ("compound", "noun_modifier", "adjective") and head.head is not head:
            above = head.head
            if above.i in role_at or above.i in name_at or (above.pos == "PROPN" and above.i > head.i):
                return None  # "rebel commander", "General Smith": the head takes it along
            if (
                head.tag == "NN"
                and (role.sector in UNARMED or role.kind in ("people", "abroad", "relative"))
                and not head.text[0].isupper()
            ):
                return None  # "child abuse", "family home", "right wing bands": nobody in particular
        if head.lower in self._classes["divisions"] and any(
            name == "of" and (noun.ent in PLACE_LABELS or (noun.pos == "PROPN" and head.text.islower()))
            for name, _, noun in head.prepositions()
        ):
            return None  # "the department of Pando": a part of a country
        if head.lemma in self._lexicon.parts and (whole := whole_of(head)) is not None and whole.tag == "NNS":
            return part_of(head, whole)
        extent = left_extent(head, span.tokens[0], name_at, role_at)
        naming = Naming(head, extent.first, span.tokens[-1], "description", roles=[role], rule=f"role {role.kind}")
        proper = head.pos == "PROPN" and extent.proper
        if proper and (head.ent == "PERSON" and extent.proper_person):
            naming = Naming(head, extent.first, span.tokens[-1], "name", sort="person", rule="proper noun")
            naming.name = text_of(extent.proper[0], span.tokens[-1])
        elif (number := _numbered(span, extent)) is not None:
            naming.kind, naming.sort, naming.rule = "name", "group", "organisation word"
            naming.name = text_of(number, span.tokens[-1])
        elif head.pos == "PROPN" and role.kind in ("body", "force") and (named := _named_body(extent, span)) is not None:
            naming.kind, naming.sort, naming.rule = "name", "group", "organisation word"
            naming.last = named[1]
            naming.name = text_of(*named)
        elif proper and role.kind not in ("office", "person", "relative"):
            naming.kind, naming.sort, naming.rule = "name", "group", "organisation word"
            naming.name = text_of(extent.proper[0], span.tokens[-1])
        else:
            naming.name = self._described(extent, span, role)
        naming.noun = text_of(span.tokens[0], span.tokens[-1])
        naming.plural = head.tag in ("NNS", "NNPS") or role.kind in ("people", "force")
        if head.lower == "force" and not (extent.kept or head.children):
            return None  # "by force"
        if role.kind == "machine" and not (extent.spans or extent.modifiers or head.kids("possessive")):
            return None
        self._take(naming, extent, taken, title_of_name=False)
        return naming

    def _described(self, extent: Extent, span: Span, role: Role) -> str:
        """A description without article, number and possessive; that of an institution without plain adjectives too."""
        institution = role.kind in ("body", "force", "office")
        measures = measured(extent.kept)
        words = [
            token.text
            for token in extent.kept
            if token.lower not in self._classes["counting"]
            and token.i not in measures
            and not (
                institution
                and token.pos == "ADJ"
                and token.lower not in self._lexicon.modifiers
                and not self._telling(token)
            )
        ]
        return " ".join([*words, text_of(span.tokens[0], span.tokens[-1])]).replace(" - ", "-")

    def _telling(self, token: Token) -> bool:
        return token.text[0].isupper() or token.lower in self._classes["telling"]

    def _other(self, token: Token) -> Naming | None:
        lower = token.lower
        pronoun = self._lexicon.pronouns.get(lower)
        if (
            pronoun is not None
            and token.pos in ("PRON", "DET", "SCONJ", "NUM")
            and not (lower == "that" and token.tag not in ("WDT", "WP"))
        ):
            if token.relation == "determiner" or (lower == "it" and stands_for_clause(token, self._classes["empty"])):
                return None
            if pronoun.use == "whoever":
                return whoever(token, self._classes["culprits"])
            if pronoun.use == "some" and (token.relation not in BEARING or whole_of(token) is not None):
                return self._part_or_number(token)
            naming = Naming(token, token, token, "pronoun", pronoun=pronoun, name=token.text, rule=f"{pronoun.use} pronoun")
            naming.plural, naming.gender = pronoun.number == "many", pronoun.gender
            return naming
        return self._part_or_number(token)

    def _part_or_number(self, token: Token) -> Naming | None:
        """A word that counts or gathers: it stands for what it is of, or for people where a verb of harm counts them."""
        part = self._lexicon.parts.get(token.lemma) or self._lexicon.parts.get(token.lower)
        counts = part is not None or token.tag == "CD"
        if not counts or token.relation not in NOMINAL:
            return None
        whole = whole_of(token)
        if whole is not None:
            return part_of(token, whole)
        bare = part.alone is not None if part is not None else token.ent in ("CARDINAL", "")
        return counted(token) if bare and self._counts_people(token) else None

    def _counts_people(self, token: Token) -> bool:
        """Whether a bare number is one of people: of those that a verb like "kill" or "arrest" is about."""
        if any(kid.text in "$€£%" or kid.pos == "SYM" for kid in token.children):
            return False
        while token.relation == "conjunct":
            token = token.head
        return (
            token.relation in ("subject", "passive_subject", "object") and token.head.lemma in self._lexicon.counting_verbs
        )

    # -- what a phrase says --------------------------------------------------------------------------------------------

    def _take(self, naming: Naming, extent: Extent, taken: set[int], *, title_of_name: bool) -> None:
        """Put into a naming what the words to its left and right say of it."""
        head = naming.head
        for span in extent.spans:
            if span.role is not None:
                if title_of_name or (naming.roles and span.role.sector and _takes_side(naming.roles[0], span.role)):
                    naming.roles.append(span.role)
                    taken.update(token.i for token in span.tokens)
                    for token in span.tokens:  # "Norland's foreign minister Ole Berg": hers is the title
                        naming.owners.extend(token.kids("possessive"))
            else:
                naming.owners.append(span.head)
        naming.modifiers = tuple(extent.modifiers)
        naming.former = bool(self._classes["former"].intersection(extent.modifiers))
        naming.determiner = _determiner(head)
        naming.first = extent.first if extent.first.i < naming.first.i else naming.first
        for kid in head.kids("possessive"):
            naming.owners.append(kid)
            naming.determiner = naming.determiner or "the"
        own = range(naming.first.i, naming.last.i + 1)
        role = naming.roles[0] if naming.roles else None
        for name, _, noun in head.prepositions():
            if noun.i in own:  # "Secretary of State": of the title itself; but "Government of Norland" is Norland's
                if name == "of" and noun.i == naming.last.i and naming.sort in ("group", None):
                    beyond = [whose for below, _, whose in noun.prepositions() if below == "of" and whose.i not in own]
                    naming.owners.extend(beyond or ([noun] if naming.sort == "group" else []))
                continue
            related = role is not None and role.kind in ("relative", "office")
            if name == "of" and noun.pos != "PROPN" and _blamed_of(head, noun):
                continue  # "accused the guards of spying"
            if name == "of" or (
                name in self._classes["belonging"] and (related or (naming.kind == "description" and noun.pos == "PROPN"))
            ):
                naming.owners.extend(noun.conjuncts())
                if naming.kind == "description" and (related or (role and role.kind in ("person", "people"))):
                    naming.name = f"{naming.name.removesuffix(f' {name}')} {name} {short_form(noun)}"
            elif name in self._classes["situated"]:
                naming.places.append(noun)
        gender = {self._lexicon.genders.get(role.words) for role in naming.roles} - {None}
        if naming.sort == "person" and naming.name:
            gender.add(self._lexicon.genders.get(plain_words(naming.name)[0]))
        gender.discard(None)
        naming.gender = gender.pop() if len(gender) == 1 else None


def _blamed_of(head: Token, deed: Token) -> bool:
    """Whether the only "of" behind a noun tells what it is accused of."""
    verb = head.head
    if head.relation != "object" or verb.lemma not in CHARGING:
        return False
    return sum(name == "of" for token in (head, verb, deed) for name, _, _ in token.prepositions()) == 1


def _takes_side(role: Role, before: Role) -> bool:
    """Whether a role is told whose it is by the one before it: "militia fighters", "rebel envoys"."""
    return role.kind in ("force", "relative") or (role.sector == "GOV" and before.sector in OWN_SIDE)


def _determiner(head: Token) -> str | None:
    word = head.kid("determiner")
    return word.lower if word is not None else None


def _numbered(span: Span, extent: Extent) -> Token | None:
    """The number that a unit of an army bears in its name: "the *444* Brigade", "the *6th* Infantry Division"."""
    head = span.head
    if head.tag != "NNP" or head.lower not in UNITS:
        return None
    tokens = head.sentence.tokens
    k = span.tokens[0].i - tokens[0].i
    while k > 0 and tokens[k - 1].i >= extent.first.i and tokens[k - 1].text[0].isupper() and tokens[k - 1].pos == "PROPN":
        k -= 1
    for at in (k, k - 1):
        if at >= 0 and tokens[at].i >= extent.first.i and NUMBERED.fullmatch(tokens[at].text):
            return tokens[at]
    return None


def _named_body(extent: Extent, span: Span) -> tuple[Token, Token] | None:
    """First and last word of an institution's own name ("Supreme Court of Norland"), None where it is only called by its kind."""
    first = span.tokens[0]
    for token in reversed(extent.kept):
        if not token.text[0].isupper() and token.text not in "-–":
            break
        first = token
    last = end_of_name(span.head, loosely=True) if span.head is span.tokens[-1] else span.tokens[-1]
    return (first, last) if first is not span.tokens[0] or last is not span.tokens[-1] else None


def _is_proper_head(token: Token, name_at: dict[int, Span], role_at: dict[int, Span]) -> bool:
    return token.i in role_at or token.i not in name_at
