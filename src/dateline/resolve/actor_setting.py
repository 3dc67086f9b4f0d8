"""Where an article plays, for actors that do not say whose they are, and who speaks where it says "we"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from dateline.find.actor_naming import Naming
from dateline.gazetteer.countries import countries
from dateline.language import Document, Sentence, Token
from dateline.model import Place

EARLY = 2  # paragraphs at the start of an article that count double: they say what it is about
SITUATED, GROUP, NAMED = 3, 2, 1  # what a place, an armed group, anything else that has a country counts for it
TITLED = 8  # and a country in the article's title, by name, people or capital
DATELINE_WITHIN = 12  # characters from the start within which the name of a place is where a report is from
MINOR = 5  # a country of less than this part of the main one's weight is no setting
NO_ARMY = frozenset({"AND", "CRI", "ISL", "LIE", "PAN", "PSE", "VAT"})
"""Countries without armed forces of their own: the troops there are those of the state whose forces the article tells of."""
SITUATING = frozenset({"preposition_object", "apposition", "conjunct", "adverbial_noun", "root"})
"""Relations in which the name of a place says where, rather than who."""


AIMS = frozenset({"against", "by", "for", "from", "of", "to", "toward", "towards", "with"})
"""Prepositions before the name of a place where nobody in the sentence need be: "to send them to Norland"."""


class Setting:
    """The countries of an article by place of the text.

    `day` is the article's own day where it is known, `main` the country it is most about, `voice` the one it speaks for
    where it says "we" without a speaker, `home` the country whose office it is a report of, `office_home` the one whose offices
    are meant where it does not say whose, `foe` the one whose forces it calls the
    enemy, `own` that whose forces face those.
    """

    def __init__(
        self,
        document: Document,
        namings: Sequence[Naming],
        places: Sequence[Place],
        day: date | None,
        foes: frozenset[str] = frozenset(),
        titled: Sequence[str] = (),
    ) -> None:
        """`foes` are the roles that are named by those who fight against them ("the enemy"), `titled` the countries of the title."""
        self.day = day
        self.home = _home(namings)
        self.own, self.foe = _sides(namings, foes, self.home)
        self._armed = _armed(namings)
        self.voice = _voice(namings)
        self._near: dict[int, list[tuple[int, str]]] = {}
        weights: Counter[str] = Counter()
        placed: dict[int, str] = {}
        for place in places:
            token = document.at(place.head)
            if token is None or place.location.country is None:
                continue
            placed[place.head] = place.location.country
            aim = token.relation == "preposition_object" and token.head.lower in AIMS
            backs = token.relation == "adverbial_noun" and token.head.relation == "adjective"  # "Norland-backed rebels"
            situating = token.relation in SITUATING and not aim and not backs
            _weigh(weights, token, place.location.country, SITUATED if situating else NAMED)
            if situating:
                self._near.setdefault(token.sentence.index, []).append((token.start, place.location.country))
        spelt = _spelt_otherwise(namings)
        for naming in namings:
            if naming.name in spelt:
                continue
            countries_named = {entry.country for entry in naming.entries}
            country = countries_named.pop() if len(countries_named) == 1 else None
            if country in countries() and naming.head.start not in placed:
                assert country is not None
                office = naming.sort == "person" and any(role.kind == "office" for role in naming.roles)
                _weigh(weights, naming.head, country, GROUP if naming.sort == "group" or office else NAMED)
        weights.update(dict.fromkeys(titled, TITLED))
        self._placed = placed
        self.office_home = self.home or _home_office(namings, placed)
        self.weights: Mapping[str, int] = weights
        self.main = weights.most_common(1)[0][0] if weights else None

    def mentions(self, country: str | None) -> bool:
        """Whether the article speaks of this country at all."""
        return country is not None and country in self.weights

    def country_near(self, token: Token) -> str | None:
        """The country of the place nearest to somebody in the sentence; None where it names none that matters here."""
        heaviest = self.weights.get(self.main or "", 0)
        near = [pair for pair in self._near.get(token.sentence.index, ()) if self.weights[pair[1]] * MINOR >= heaviest]
        return min(near, key=lambda pair: abs(pair[0] - token.start))[1] if near else None

    def country_where(self, token: Token) -> str | None:
        """The country of the place that a clause around somebody tells more of: "left Norland, *where* the army rules"."""
        for word in (token, *token.ancestors()):
            if word.relation == "relative_clause" and any(kid.lower == "where" for kid in word.children):
                return self._placed.get(word.head.start)
        return None

    def country_at(self, token: Token) -> str | None:
        """The country that somebody in this sentence is of, where nothing nearer tells: its places', else the article's."""
        return self.country_near(token) or self.home or self.main

    def troops_at(self, token: Token) -> str | None:
        """The country that troops in this sentence are of, where nothing nearer tells."""
        here = self.country_at(token)
        return next((country for country, _ in self._armed.most_common() if here in NO_ARMY), here)


def _weigh(weights: Counter[str], token: Token, country: str, weight: int) -> None:
    weights[country] += weight * (2 if token.sentence.paragraph < EARLY else 1)


def _spelt_otherwise(namings: Sequence[Naming]) -> set[str]:
    """Abbreviations that the article spells out as something that is on no list: "the Automatic Warning System (AWS)"."""
    by_head = {naming.head.i: naming for naming in namings}
    return {
        naming.name
        for naming in namings
        if naming.entries and naming.entries[0].acronym
        if any(other.i in by_head and not by_head[other.i].entries for other in naming.same_as)
    }


def _home(namings: Sequence[Naming]) -> str | None:
    """The country whose ministry, army or minister is the one that an article opens with: "Norland's Defence Ministry: …"."""
    first = next(
        (naming for naming in namings if naming.rule.startswith("role ") or naming.rule == "organisation word"), None
    )
    if first is None or first.head.sentence.index > 0 or not first.roles or first.roles[0].sector not in ("GOV", "MIL"):
        return None
    if first.head.relation not in ("subject", "root") or first.roles[0].kind not in ("body", "office"):
        return None
    by_head = {naming.head.i: naming for naming in namings}
    owners = [by_head[owner.i] for owner in first.owners if owner.i in by_head]
    stated = {entry.country for owner in owners for entry in owner.entries if owner.sort == "state"}
    return stated.pop() if len(stated) == 1 else None


def _home_office(namings: Sequence[Naming], placed: Mapping[int, str]) -> str | None:
    """The country of the capital from which a report comes, where its first sentence tells what that country did."""
    first = min(placed, default=None)
    if first is None or first > DATELINE_WITHIN:
        return None
    for naming in namings:
        if naming.head.start > first and naming.sort == "state" and naming.rule == "listed state":
            acts = naming.head.sentence.paragraph < EARLY and naming.head.relation == "subject"
            return placed[first] if acts and {entry.country for entry in naming.entries} == {placed[first]} else None
    return None


def _sides(namings: Sequence[Naming], foes: frozenset[str], home: str | None) -> tuple[str | None, str | None]:
    """The country that an article calls somebody the enemy of, and the country whose forces are that enemy; None where not told.

    "Norland's soldiers repelled the enemy": whose forces stand beside the word in a sentence is its adversary, unless the article
    is a report of one side. Of the others that have forces here the enemy is the one told of most.
    """
    called = [naming for naming in namings if naming.roles and naming.roles[0].words in foes]
    if not called:
        return None, None
    by_head = {naming.head.i: naming for naming in namings}
    armed: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    sentences = {naming.head.sentence.index for naming in called}
    for naming in namings:
        country, forces = _forces(naming, by_head)
        if country is None or not (forces or naming.rule == "nationality"):
            continue
        owner = by_head.get(naming.head.head.i)
        armed[country] += 2 if owner in called else 1
        if owner not in called and forces and naming.head.sentence.index in sentences:
            beside[country] += 1
    own = home or (beside.most_common(1)[0][0] if beside else None)
    return own, next((country for country, _ in armed.most_common() if country != own), None)


def _armed(namings: Sequence[Naming]) -> Counter[str]:
    """How often an article names each country's forces."""
    by_head = {naming.head.i: naming for naming in namings}
    named = [country for country, forces in (_forces(naming, by_head) for naming in namings) if forces and country]
    return Counter(named)


def _forces(naming: Naming, by_head: Mapping[int, Naming]) -> tuple[str | None, bool]:
    """The country that a naming names, and whether it names that country's forces: "Norlandish troops", "the Norland Army"."""
    country = naming.entries[0].country if naming.entries else None
    owner = by_head.get(naming.head.head.i)
    forces = owner is not None and bool(owner.roles) and owner.roles[0].sector == "MIL"
    whole = bool(naming.entries) and naming.entries[0].sector == "MIL"
    return (country if country in countries() else None), forces or whole


def _voice(namings: Sequence[Naming]) -> str | None:
    """The country that an article without a named speaker speaks for: the one that is most often the subject, the first of equals."""
    counts: Counter[str] = Counter()
    for naming in namings:
        if naming.sort == "state" and naming.head.relation in ("subject", "passive_subject") and naming.entries[0].country:
            counts[naming.entries[0].country] += 1
    return counts.most_common(1)[0][0] if counts else None


def voices(document: Document) -> dict[int, Token]:
    """Sentence index -> the subject of the verb that introduces what is said there without quotation marks.

    A sentence that ends in a colon after a verb of saying lends its subject to the sentences after it, until the next such
    sentence; a paragraph that opens with NAME and a colon is that person's.
    """
    found: dict[int, Token] = {}
    speaker: Token | None = None
    label: tuple[int, Token] | None = None
    labels = {s.index: named for s in document.sentences if s.quotation is None and (named := _label(s)) is not None}
    alone = len(labels) == 1  # in capitals it says where a report is from: "TALMA: Rebels fled"
    for sentence in document.sentences:
        if sentence.quotation is not None:
            continue
        labelled = labels.get(sentence.index)
        if labelled is not None and not (alone and labelled.text.isupper()):
            label = (sentence.paragraph, labelled)
        if label is not None and label[0] == sentence.paragraph:
            found[sentence.index] = label[1]
            continue
        if speaker is not None:
            found[sentence.index] = speaker
        if sentence.tokens[-1].text == ":":
            introduced = subject_of(sentence.roots[0]) if sentence.roots else None
            speaker = introduced or speaker
    return found


def _label(sentence: Sentence) -> Token | None:
    """The name that opens a sentence in a transcript ("MR SMITH: Yes"), None where none does."""
    for k, token in enumerate(sentence.tokens[:5]):
        if token.text == ":" and k > 0:
            before = sentence.tokens[:k]
            whole = all(t.text.isupper() for t in before)
            if (k + 1 < len(sentence.tokens) or whole) and all(t.text[0].isupper() for t in before):
                return before[-1]
            return None
    return None


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, or of the verb that it is coordinated with or depends on as an open complement."""
    token = verb
    for _ in range(6):
        subject = token.kid("subject", "passive_subject")
        if subject is not None:
            return subject
        if token.relation in ("conjunct", "open_complement", "adverbial_clause", "auxiliary") and token.head is not token:
            token = token.head
        else:
            return None
    return None


def speakers(document: Document) -> dict[int, Token]:
    """Start of the inside of an utterance -> the head of who utters it, by the sentence around it.

    Where the sentence around it names nobody, the speaker of the utterance before it in the same paragraph goes on.
    """
    found: dict[int, Token] = {}
    last: tuple[int, Token] | None = None
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.quotation is None:
                continue
            said_by: Token | None = None
            for above in [token, *token.ancestors()]:
                if above.pos in ("VERB", "AUX"):
                    said_by = subject_of(above)
                    if said_by is None or said_by.quotation is not None:
                        said_by = next(
                            (
                                kid
                                for kid in above.kids("subject", "object", "attribute")
                                if kid.quotation is None and kid.pos in ("PROPN", "NOUN", "PRON")
                            ),
                            None,
                        )
                    if said_by is not None:
                        break
            if said_by is None:  # "…," said the mayor: the parser may hang the verb on the stub
                verbs = [kid for kid in token.children if kid.pos == "VERB"]
                said_by = next((subject for verb in verbs if (subject := subject_of(verb)) is not None), None)
            if said_by is None and last is not None and sentence.paragraph - last[0] <= 1:
                said_by = last[1]
            if said_by is not None and said_by.quotation is None:
                found[token.quotation.inner_start] = said_by
                last = (sentence.paragraph, said_by)
    return found
