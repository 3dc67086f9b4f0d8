"""Trace pronouns and descriptions to the figures that they look back to: by agreement, salience and recency.

Salience is a sum of plain parts, so that a choice can be explained: how near, whether it was a subject, how often named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

from dateline.find.actor_lexicon import OWN_SIDE, Role
from dateline.find.actor_naming import Naming
from dateline.find.syntax import logical_subject
from dateline.gazetteer.countries import countries
from dateline.language import Token
from dateline.model import BODIES, Actor
from dateline.resolve.actor_cast import Figure
from dateline.resolve.actor_setting import speakers, subject_of, voices
from dateline.resolve.latest import Latest
from dateline.resolve.posts import of_other_ministry, of_other_office, of_other_post

if TYPE_CHECKING:
    from dateline.resolve.actors import Resolution

SUBJECTS = frozenset({"subject", "passive_subject", "agent"})
FAR = 5  # sentences that a pronoun looks back
SUBJECT_WEIGHT, OBJECT_WEIGHT, SENTENCE_COST, FREQUENT_WEIGHT, NAMED_WEIGHT, DISAGREES = 2.5, 0.8, 2.0, 0.25, 0.6, 4.0
INSIDE = frozenset({"adjective", "compound", "noun_modifier"})
INSIDE_COST = 1.0
"""What only colours another noun is taken up less readily than that noun: the regime rather than the Norland in "Norlandish regime"."""
SPEAKER_WEIGHT = 2.0
"""Who says that "it" did something most often speaks of its own deeds: "the army said on Monday that it had taken the hill"."""
HELD_WEIGHT = 2.5
"""Of those who were abducted or hurt and those who did it, "they were released" means the former."""
SUFFERING = frozenset({"object", "passive_subject"})
PARALLEL_WEIGHT = 1.5
"""Who is an object in the sentence already is meant by an object: "impeached *Tal* and convicted *him*"."""
FREEING = frozenset({"extradite", "free", "liberate", "release", "try"})
HELD_NOUNS = frozenset({"abduction", "arrest", "capture", "detention", "imprisonment", "jailing", "kidnapping"})
""""Free *them*" means those who were arrested."""
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
UNARMED = frozenset({"BUS", "JRN", "LAB", "MED", "NGO", "REL", "SOC"})
"""Sectors of bodies that no armed group is: "the aid group" is not the rebels."""
OF_A_STATE = frozenset({"army", "military"})
"""Nouns of what only a state has: "the army" is no peacekeeping force."""
LEADING = frozenset({"leader", "ruler", "strongman", "dictator"})
"""What whoever led a country is called after it as well: "the ousted leader"."""
CALLED_SO = frozenset({"commission", "committee", "council"})
"""Nouns that look back only to what they were said of, or what bears them in its name."""
PAIR_WEIGHT = 1.5
"""Verbs after which "they" are the two who met."""
WARRING = frozenset({"GOV", "MIL", "REB", "PRM"})
TOLD_OF = 2
"""How often a side of a war must have been named to be meant by "both sides"."""
COUNTRY = frozenset({"country", "nation", "kingdom", "republic"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


class Reference:
    """What has been named so far in an article, and who is meant when it is spoken of again."""

    def __init__(self, resolution: Resolution) -> None:
        self._of = resolution
        self._trail: list[tuple[Token, Figure]] = []
        self._latest = Latest()
        self._sides: dict[str, Counter[Figure]] = {}
        """How often each figure of each side of a war was named, by its country or name."""
        by_place = sorted(resolution.document.sentences, key=lambda sentence: sentence.start)
        self._rank = {sentence.index: rank for rank, sentence in enumerate(by_place)}  # utterances are numbered out of turn
        self._speakers = speakers(resolution.document)
        self._voices = voices(resolution.document)
        self.candidates: dict[int, tuple[Actor, ...]] = {}

    def note(self, naming: Naming, figures: Sequence[Figure]) -> None:
        """Remember that a naming was decided."""
        for figure in figures:
            self._trail.append((naming.head, figure))
            self._latest.note(figure)
            if figure.sort in ("state", "group") and figure.sector in WARRING:
                side = figure.country if figure.sector in ("GOV", "MIL") else figure.name
                if side is not None:
                    self._sides.setdefault(side, Counter())[figure] += 1

    # -- pronouns ------------------------------------------------------------------------------------------------------

    def pronoun(self, naming: Naming) -> tuple[Figure, ...]:
        """Whom a pronoun stands for, nobody where none agrees with it."""
        assert naming.pronoun is not None
        use = naming.pronoun.use
        if use == "speaker":
            return self._speaker(naming)
        if use == "relative":
            return self._relative(naming)
        if use == "both":
            return self._two(naming, None)
        if use == "some":
            found = self._free(naming)
            return found if found and found[0].plural else ()
        if use in ("own", "self"):
            subject = self._subject_above(naming.head)
            if subject is not None and not (self._speaks(subject) and naming.pronoun.use == "own"):
                figures = self._of.figures_of(subject)
                if figures and ((len(figures) > 1 and naming.plural) or self._agrees(figures[0], naming) > -DISAGREES):
                    return figures
                joined = self._joined(subject)
                if naming.plural and len(joined) > 1:
                    return joined
        return self._free(naming)

    def _speaks(self, token: Token) -> bool:
        """Whether a word is the speaker's own "we" or "I", which no "its" or "their" takes up."""
        naming = self._of.by_head.get(token.i)
        return naming is not None and naming.pronoun is not None and naming.pronoun.use == "speaker"

    def _free(self, naming: Naming) -> tuple[Figure, ...]:
        head = naming.head
        verb = head.head if head.relation in SUBJECTS | {"object"} else None
        own = {t.i for t in logical_subject(verb)} if verb is not None and head.relation == "object" else set[int]()
        telling = self._telling(head)
        freed = head.relation == "object" and head.head.lemma in FREEING
        held = self._of.lexicon.classes["held"] if head.relation == "passive_subject" or freed else ()
        scores: dict[int, tuple[float, Figure]] = {}
        for token, figure in reversed(self._trail):
            distance = self._rank[head.sentence.index] - self._rank[token.sentence.index]
            if distance > FAR or token.sentence.paragraph < head.sentence.paragraph - 2:
                break
            if token.start > head.start or figure.sort == "place" or self._speaks(token):
                continue
            if verb is not None and token.head is verb and token.relation in SUBJECTS | {"object"}:
                continue  # "it" is never the subject of its own clause
            if token.i in own:
                continue  # "Berg called Tal to thank him": not himself
            fit = self._agrees(figure, naming)
            if fit <= -DISAGREES:
                continue
            score = fit - SENTENCE_COST * distance - 0.004 * (head.start - token.start)
            score += SUBJECT_WEIGHT if token.relation in SUBJECTS else OBJECT_WEIGHT if token.relation == "object" else 0.0
            score += SPEAKER_WEIGHT if token is telling else 0.0
            score += HELD_WEIGHT if held and _undergoes(token, held) else 0.0
            if not distance and head.relation == token.relation == "object":
                score += PARALLEL_WEIGHT
            score -= INSIDE_COST if token.relation in INSIDE else 0.0
            score += FREQUENT_WEIGHT * min(len(figure.seen), 6) + (NAMED_WEIGHT if figure.named else 0.0)
            if id(figure) not in scores or scores[id(figure)][0] < score:
                scores[id(figure)] = (score, figure)
        if naming.plural and (pair := self._pair_before(head)):
            score = SUBJECT_WEIGHT + PAIR_WEIGHT - SENTENCE_COST
            if all(score > other for other, figure in scores.values() if figure not in pair):
                return pair
        ranked = sorted(scores.values(), key=lambda pair: -pair[0])
        self.candidates[head.i] = tuple(figure.actor for _, figure in ranked[:4])
        return (ranked[0][1],) if ranked else ()

    def _telling(self, pronoun: Token) -> Token | None:
        """The subject of the verb that tells the clause whose subject a pronoun is: the army in "the army says that it fell back"."""
        verb = pronoun.head
        if pronoun.relation not in ("subject", "passive_subject") or verb.relation != "complement" or verb.head is verb:
            return None
        if verb.tag not in FINITE and not any(kid.tag in FINITE for kid in verb.kids("auxiliary", "passive_auxiliary")):
            return None
        return subject_of(verb.head)

    def _pair_before(self, head: Token) -> tuple[Figure, ...]:
        """The figures that the sentence before names together: "X and Y", or X who "met Y"."""
        before = next(
            (token.sentence for token, _ in reversed(self._trail) if token.sentence.index < head.sentence.index), None
        )
        if before is None or head.sentence.index - before.index > 2:
            return ()
        for verb in before.roots:
            subject = verb.kid("subject", "passive_subject")
            if subject is None:
                continue
            joined = self._joined(subject)
            if len(joined) > 1:
                return joined
            others = [*verb.kids("object"), *(noun for name, _, noun in verb.prepositions() if name == "with")]
            if joined and joined[0].sort in ("person", "state") and verb.lemma in self._of.lexicon.classes["mutual"]:
                met = [figure for other in others for figure in self._of.figures_of(other) if figure.sort == joined[0].sort]
                if met and met[0] is not joined[0]:
                    return (joined[0], met[0])
        return ()

    def _agrees(self, figure: Figure, naming: Naming) -> float:
        """How well a figure agrees with a pronoun in number, kind and gender; `-DISAGREES` or less rules it out."""
        pronoun = naming.pronoun
        assert pronoun is not None
        person = figure.sort == "person"
        if pronoun.of == "person":
            if not person or figure.plural or (pronoun.gender and figure.gender and pronoun.gender != figure.gender):
                return -DISAGREES
            return 1.0 if pronoun.gender and figure.gender == pronoun.gender else 0.0
        if pronoun.number == "one":
            if person or (figure.plural and not figure.named) or figure.sort == "people":
                return -DISAGREES
            return 0.0
        if pronoun.number == "many":
            if person:
                return -DISAGREES if figure.gender else -3.0
            if figure.sort == "state":
                return -2.0
            return 1.0 if figure.plural else 0.0
        return 0.0

    def _subject_above(self, head: Token) -> Token | None:
        """The subject of the clause around a pronoun, the pronoun's own phrase left out."""
        below = head
        for above in head.ancestors():
            if above.pos in ("VERB", "AUX"):
                subject = subject_of(above)
                if subject is not None and subject is not below and subject.i != head.i:
                    return subject
                if subject is not None and subject is below and above.relation not in ("complement", "adverbial_clause"):
                    return None
            below = above
        return None

    def _joined(self, token: Token) -> tuple[Figure, ...]:
        return tuple(figure for part in token.conjuncts() for figure in self._of.figures_of(part))

    def _relative(self, naming: Naming) -> tuple[Figure, ...]:
        for token in (naming.head, *naming.head.ancestors()):
            if token.relation in ("relative_clause", "noun_clause"):
                noun = token.head
                return self._of.figures_of(noun)
        return ()

    def _speaker(self, naming: Naming) -> tuple[Figure, ...]:
        """Who says "we" or "I": the speaker of the utterance or of the text; for "we" the side that they speak for."""
        sentence = naming.head.sentence
        speaker: Token | None
        speaker = (
            self._speakers.get(sentence.quotation.inner_start)
            if sentence.quotation is not None
            else self._voices.get(sentence.index)
        )
        figures = self._of.figures_of(speaker) if speaker is not None else ()
        if not figures:
            return self._of.outlet() if sentence.quotation is None else ()
        if naming.pronoun is not None and naming.pronoun.number == "many" and figures[0].owner is not None:
            return (figures[0].owner,)
        return figures

    def others(self, naming: Naming) -> tuple[Figure, ...]:
        """The people that "ten others" are more of: those that the sentence told of last before them, unless they are named."""
        for token, figure in reversed(self._trail):
            if token.sentence is not naming.head.sentence:
                return ()
            if token.start >= naming.head.start or figure.named or figure.sort not in ("group", "people", "person"):
                continue
            if token.head is naming.head.head and token.relation == "subject":
                continue  # "the gunmen killed ten others"
            if token.relation in INSIDE or token.relation == "possessive":
                continue
            more = Figure(naming.name, "group", False, figure.country, figure.sector, plural=True)
            return (figure if figure.plural else self._of.cast.once(more),)
        return ()

    # -- descriptions --------------------------------------------------------------------------------------------------

    def description(self, naming: Naming, role: Role, country: str | None) -> tuple[Figure, ...]:
        """The figures that a description looks back to, none where it brings in somebody new."""
        noun = role.words.rsplit(" ", 1)[-1]
        anaphor = self._of.lexicon.anaphors.get(noun)
        if anaphor and (naming.determiner == "both" or (naming.determiner in DEFINITE and self._counts_two(naming))):
            return self._two(naming, noun)
        stated = country is not None
        if noun in COUNTRY and not naming.plural and (own := self._own_country(naming)) is not None:
            return (own,)
        if role.kind == "office":
            called = self._last(
                naming, lambda f: f.sort == "person" and f.has_office(role.words) and f.matches(country), role.words
            )
            if called or anaphor is None or naming.determiner not in DEFINITE or noun == "president":
                return called
        if naming.determiner not in DEFINITE:
            return ()
        if noun in COUNTRY and not naming.plural:
            found = self._last(naming, lambda f: f.sort == "state")
            return found or ((self._of.cast.state(self._of.setting.main),) if self._of.setting.main else ())
        if stated and any(owner.i < naming.head.i for owner in naming.owners) and role.kind not in ("person",):
            return ()
        person = role.kind in ("person", "relative") and not naming.plural
        telling = [word for word in naming.modifiers if word in self._of.lexicon.classes["telling"]]
        if telling:  # "the foreign troops" are not the troops named before, unless those were foreign
            return self._last(
                naming, lambda f: f.has_role(role.words) and all(word in f.name.lower() for word in telling), role.words
            )
        called = self._last(
            naming,
            lambda f: (
                (f.sort == "person") == person
                and f.plural == naming.plural
                and (f.named or person)
                and f.has_role(role.words)
                and f.matches(country)
                and not self._of_other_side(f, naming)
                and not of_other_office(f, role)
                and not of_other_post(f, role)
                and not (role.sector == "MIL" and f.sector in OWN_SIDE)  # "the army" is not a Liberation Army of rebels
            ),
            role.words,
        )
        several_states = naming.plural and anaphor is not None and anaphor.looks_for == "state"  # "its neighbours"
        if not called and not stated and role.words in self._of.lexicon.classes["of-few"] and not self._tells_more(naming):
            few = self._of.lexicon.classes["of-few"]
            called = self._last(naming, lambda f: any(held.words in few for held in f.roles) and f.sort == "group")
        if called or anaphor is None or several_states or self._tells_more(naming):
            return called
        pair = self._pair_before(naming.head) if naming.plural else ()
        if all(figure.sort == "person" for figure in pair) and any(figure.has_role(role.words) for figure in pair):
            return pair  # "the ministers" who met

        def fits(f: Figure) -> bool:
            return (
                (anaphor.fits(f.sort, f.sector, f.plural) or (role.sector == "SOC" and f.country == "NGO"))
                and f.matches(country)
                and self._gender_fits(f, naming)
                and not self._of_other_side(f, naming)
                and not of_other_office(f, role)
                and not of_other_post(f, role)
                and not of_other_ministry(f, role)
                and not (role.sector in UNARMED and f.sector in OWN_SIDE)
                and not (noun in OF_A_STATE and f.country in BODIES)
                and not (naming.former and not f.has_role(role.words) and f.sector != "ELI" and role.words not in LEADING)
                and not self._of_other_kind(f, naming, role)
                and (noun not in CALLED_SO or f.has_role(noun))  # "the council" is not the United Nations
                and not (
                    naming.plural and f.sort == "person" and not f.plural
                )  # "the defendants" are not the one named last
                and (f.named or naming.plural or not f.plural or f.sort == "person")  # "the regime" is not "the rebels"
            )

        if anaphor.looks_for == "group" and naming.plural:  # "the rebels" are the movement rather than "jailed insurgents"
            return self._last(naming, lambda f: f.named and fits(f)) or self._last(naming, fits)
        return self._last(naming, fits, "" if anaphor.looks_for == "person" else None)

    def _own_country(self, naming: Naming) -> Figure | None:
        """The state of whoever "his country" is said of."""
        for owner in naming.head.kids("possessive"):
            for figure in self._of.figures_of(owner) if owner.pos == "PRON" else ():
                if figure.country in countries():
                    assert figure.country is not None
                    return self._of.cast.state(figure.country)
        return None

    def _of_other_side(self, figure: Figure, naming: Naming) -> bool:
        """Whether a description tells its side and a figure is of abroad: "the government forces" are no "foreign troops"."""
        lexicon = self._of.lexicon
        before = (*naming.modifiers, *(word for role in naming.roles for word in role.words.split()[:-1]))
        sided = any(word in lexicon.modifiers for word in before)
        return (
            sided and figure.entry is None and any(word in lexicon.classes["abroad"] for word in figure.name.lower().split())
        )

    def _of_other_kind(self, figure: Figure, naming: Naming, role: Role) -> bool:
        """Whether a noun before the word tells what no word of the figure does: "the information ministry" is not the politburo."""
        before = next((kid for kid in naming.head.kids("compound") if kid.i == naming.head.i - 1), None)
        if before is None or before.tag not in ("NN", "NNS") or not before.text.islower():
            return False
        lexicon, said = self._of.lexicon, {before.lower, before.lemma.lower()}
        told = {*role.words.split(), *figure.name.lower().split(), *(w for held in figure.roles for w in held.words.split())}
        return not (said & told or said & lexicon.modifiers.keys() or said & lexicon.anaphors.keys())

    def _tells_more(self, naming: Naming) -> bool:
        return any(not owner.i < naming.head.i for owner in naming.owners) or bool(naming.places)

    def _gender_fits(self, figure: Figure, naming: Naming) -> bool:
        return not (figure.gender and naming.gender and figure.gender != naming.gender)

    def _counts_two(self, naming: Naming) -> bool:
        return any(kid.lower == "two" for kid in naming.head.kids("numeral"))

    def _last(self, naming: Naming, fits: Callable[[Figure], bool], called: str | None = None) -> tuple[Figure, ...]:
        """The figure named last that fits; people without a name are looked at only as far as `called` lets them (`Latest.back`)."""
        found: list[Figure] = []
        for figure in self._latest.back(called):
            if figure.seen[0].start < naming.head.start and fits(figure):
                found.append(figure)
                if len(found) == 4:
                    break
        if found:
            self.candidates[naming.head.i] = tuple(figure.actor for figure in found)
        return tuple(found[:1])

    def _two(self, naming: Naming, noun: str | None) -> tuple[Figure, ...]:
        """The two figures of a kind that were named last: "the two presidents"; "both sides" are those of the war."""
        anaphor = self._of.lexicon.anaphors.get(noun or "")
        sides = self._sides_before(naming) if anaphor is not None and (anaphor.looks_for == "any" or noun == "party") else ()
        if sides and (
            noun != "party" or any(figure.sector != "GOV" for figure in sides)
        ):  # states alone are no "both parties"
            return sides
        kinds = {"state": ("state",), "person": ("person",), "group": ("group", "state")}
        wanted = kinds.get(anaphor.looks_for if anaphor else "", ("state", "group", "person"))
        if wanted == ("state",) and (states := self._two_states(naming.head)):
            return states
        found: list[Figure] = []
        for token, figure in reversed(self._trail):
            if token.start >= naming.head.start or figure in found or figure.sort not in wanted:
                continue
            if found and figure.sort != found[0].sort and {figure.sort, found[0].sort} & {"person"}:
                continue
            if found and figure.country == found[0].country and figure.sector == found[0].sector and figure.sort != "person":
                continue
            found.append(figure)
            if len(found) == 2:
                return tuple(reversed(found))
        return ()

    def _two_states(self, head: Token) -> tuple[Figure, ...]:
        """The two states that the last sentence with states names, else those of which most was told so far; none where that is open."""
        told = [(token, figure) for token, figure in self._trail if token.start < head.start and figure.sort == "state"]
        if not told:
            return ()
        last = list(dict.fromkeys(figure for token, figure in told if token.sentence is told[-1][0].sentence))
        if len(last) == 2:
            return tuple(last)
        often = Counter(figure for _, figure in told).most_common(3)
        clear = len(often) > 1 and often[1][1] > (often[2][1] if len(often) > 2 else 0)
        return (often[0][0], often[1][0]) if clear else ()

    def _sides_before(self, naming: Naming) -> tuple[Figure, ...]:
        """The two sides of which an article has told most so far, whoever speaks of them left out; none where there are no two."""
        subject = self._subject_above(naming.head)
        speakers = {figure.country for figure in self._of.figures_of(subject)} if subject is not None else set[str | None]()
        sides = [told for side, told in self._sides.items() if side not in speakers]
        sides = sorted(sides, key=lambda told: sum(told.values()), reverse=True)[:2]
        if len(sides) < 2 or sum(sides[1].values()) < TOLD_OF:
            return ()
        return tuple(told.most_common(1)[0][0] for told in sides)


def _undergoes(token: Token, held: Container[str]) -> bool:
    """Whether somebody suffers one of these acts: "arrested *two men*", "the arrest of *two men*"."""
    if token.relation == "preposition_object" and token.head.lower == "of":
        return token.head.head.pos == "NOUN" and token.head.head.lemma in HELD_NOUNS
    return token.relation in SUFFERING and token.head.lemma in held
