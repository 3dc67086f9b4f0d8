"""Decide who is meant: every naming of an article becomes a `Mention` with the actor's name, country and sector.

Names are looked up and joined to figures of the article's cast, descriptions and pronouns are traced to the figures that they
look back to (`dateline.resolve.reference`). Mentions may share a head: "Iraqi and coalition forces" are two actors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dateline.find.actor_lexicon import OWN_SIDE, ActorLexicon, Role, Sort, actor_lexicon, adjective
from dateline.find.actor_naming import Naming
from dateline.find.actors import ActorFinder
from dateline.gazetteer.countries import countries, countries_in_title
from dateline.language import Document, Token
from dateline.model import BODIES, Article, Fact, Mention, Place, Publication
from dateline.reading import Facts
from dateline.resolve.actor_cast import Cast, Figure
from dateline.resolve.actor_names import Names, only_one
from dateline.resolve.actor_setting import Setting
from dateline.resolve.actor_traits import Traits
from dateline.resolve.reference import Reference

NOWHERE = frozenset({"UAF"})
"""Sectors of those whose country is only known where it is said: nobody knows whence unknown gunmen come."""


class ActorStage:
    """Document (with Place and Publication, where there are any) -> Mention.

    Args:
        extra: the user's own lexicon folders.
    """

    name = "actors"
    needs: tuple[type[Fact], ...] = (Document,)
    gives: tuple[type[Fact], ...] = (Mention,)

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self._lexicon = actor_lexicon(tuple(extra))
        self._find = ActorFinder(self._lexicon)
        self.armed_groups = self._lexicon.armed_groups

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        document = facts.one(Document)
        publications = facts.of(Publication)
        day = publications[0].day if publications else article.published
        namings = self._find(document)
        setting = Setting(
            document,
            namings,
            facts.of(Place),
            day,
            self._lexicon.classes["foes"],
            countries_in_title(article.title),
        )
        return Resolution(document, namings, setting, self._lexicon, facts.of(Place), article.title).mentions()


class Resolution:
    """The decisions of one article, naming by naming, in the order of the text."""

    def __init__(
        self,
        document: Document,
        namings: Sequence[Naming],
        setting: Setting,
        lexicon: ActorLexicon,
        places: Sequence[Place] = (),
        title: str | None = None,
    ) -> None:
        self.document = document
        self.setting = setting
        self.lexicon = lexicon
        self.cast = Cast(lexicon, setting.day)
        self.by_head = {naming.head.i: naming for naming in namings}
        self._namings = sorted(namings, key=lambda naming: naming.head.start)
        self._title = title
        self._titled: Figure | None = None
        self._figures: dict[int, tuple[Figure, ...]] = {}
        self._open: set[int] = set()
        placed = {place.head: place.location.country for place in places}
        self._traits = Traits(lexicon, setting, placed, self.figures_of)
        self._names = Names(lexicon, setting, self.cast, self._traits, namings, placed)
        self.reference = Reference(self)

    def mentions(self) -> Iterator[Mention]:
        """Every mention; names are given as the whole article leaves them."""
        for naming in self._namings:
            self.figures_of(naming.head)
        for naming in self._namings:
            figures = self._figures.get(naming.head.i, ())
            for figure in figures:
                first = figure.seen[0] if figure.seen else naming.head
                yield Mention(
                    start=naming.first.start,
                    end=max(naming.last.end, naming.head.end),
                    head=naming.head.start,
                    actor=figure.actor,
                    kind=naming.kind,
                    rule=naming.rule,
                    antecedent=first.start if first is not naming.head else None,
                    candidates=self.reference.candidates.get(naming.head.i, ()),
                )

    def figures_of(self, head: Token) -> tuple[Figure, ...]:
        """The figures that the naming with this head stands for; decided when first asked."""
        known = self._figures.get(head.i)
        if known is not None:
            return known
        naming = self.by_head.get(head.i)
        if naming is None or head.i in self._open:
            return ()
        self._open.add(head.i)
        figures = self._decide(naming)
        self._open.discard(head.i)
        self._figures[head.i] = figures
        for figure in figures:
            figure.seen.append(head)
            if naming.kind != "pronoun":
                figure.call(naming.roles)
                figure.gender = figure.gender or naming.gender
        self.reference.note(naming, figures)
        return figures

    def outlet(self) -> tuple[Figure, ...]:
        """Who says "we" where the article names no speaker: whom its title names, else the state that it speaks for."""
        if self._titled is None and self._title:
            self._titled = self._names.of_title(self._title)
        if self._titled is not None:
            return (self._titled,)
        return (self.cast.state(self.setting.voice),) if self.setting.voice else ()

    def _decide(self, naming: Naming) -> tuple[Figure, ...]:
        for other in naming.same_as:
            if (named := self._named_at_last(naming, other)) is not None:
                return (named,)
            same = self.figures_of(other)
            if same:
                if naming.kind == "name" and len(same) == 1:
                    self.cast.index(same[0], naming.name)
                return same
        if naming.kind == "pronoun":
            return self.reference.pronoun(naming)
        if naming.kind == "name":
            figure = self._itself(naming, naming.roles[0]) if naming.roles else None
            figure = figure or self._names.named(naming)
            return (figure,) if figure else ()
        return self._description(naming)

    def _named_at_last(self, naming: Naming, other: Token) -> Figure | None:
        """The figure of "the gunman" where it was only described so far and the words beside it now name it for the first time."""
        name = self.by_head.get(other.i)
        if (
            naming.kind != "description"
            or not naming.roles
            or name is None
            or name.kind != "name"
            or other.i in self._figures
        ):
            return None
        before = self.reference.description(naming, naming.roles[0], None)
        if (
            len(before) != 1
            or before[0].named
            or before[0].sort != "person"
            or self.cast.named(name.name, name.sort) is not None
        ):
            return None
        figure = before[0]
        figure.name, figure.named, figure.sort = name.name, True, name.sort or "person"
        self.cast.index(figure, name.name)
        self._names.learn(figure, name)
        return figure

    def _description(self, naming: Naming) -> tuple[Figure, ...]:
        if not naming.roles:
            return ()
        role = naming.roles[0]
        country = self._traits.country(naming)
        sector = self._traits.sector(naming, role)
        if several := self._of_several(naming, role):
            return several
        if role.kind == "machine":
            return self._machine(naming, country)
        if (group := self._own_men(naming, role) or self._itself(naming, role)) is not None:
            return (group,)
        if role.words in self.lexicon.classes["remaining"] and (others := self.reference.others(naming)):
            return others
        if country is None and self.setting.foe and role.words in self.lexicon.classes["foes"] and not naming.owners:
            return (self.cast.forces(self.setting.foe),)
        # "the Secretary-General" may be that of another body told of before
        whose = country or (role.country if role.country in BODIES and role.kind != "relative" else None)
        if whose is None and self._sent(naming, role):
            whose = country = self._traits.country_of_subject(naming)
        if whose is None and sector not in NOWHERE and role.kind in ("body", "force", "office", "people"):
            whose = country = self.setting.country_where(naming.head)
        found = self.reference.description(naming, role, whose)
        if found:
            return found
        owner = self._traits.owner(naming)
        if role.kind == "relative" and owner is None and role.words in self._needing_owner(sector):
            return ()  # "the team", "a body": of nobody that the article names
        if country is None and owner is not None and owner.country and role.kind != "abroad":
            country = owner.country
        country = country or self._traits.country_of_role(role)
        if country is None and sector not in NOWHERE and not self._traits.abroad(naming):
            own = role.kind in ("body", "force", "office") or self._sent(naming, role)
            own_side = self._traits.country_of_subject(naming) if own else None
            if role.words in self.lexicon.classes["of-few"] and own_side == self.setting.office_home != self.setting.main:
                own_side = None  # a minister who speaks of "the junta" does not speak of his own
            fights = self.setting.own if sector == "MIL" and role.kind in ("body", "force") else None
            here = self.setting.troops_at if sector == "MIL" else self.setting.country_at
            counted = role.kind == "person" and naming.plural and self.setting.country_near(naming.head) is None
            country = (
                own_side or fights or (self._traits.country_of_teller(naming) if counted else None) or here(naming.head)
            )
        if (
            (role.kind == "office" or (role.country == country and self.lexicon.personal(role)))
            and country
            and not naming.former
            and not naming.plural
            and (holder := self._names.holder(role, country)) is not None
        ):
            return (holder,)
        name = naming.name
        if (
            role.kind in ("body", "office")
            and not naming.plural
            and not self._traits.says_whose(naming)
            and (mark := owner.name if owner is not None and owner.sort == "group" and owner.named else adjective(country))
        ):
            name = f"{mark} {name}" if naming.head.pos == "PROPN" else f"{mark} {name[0].lower()}{name[1:]}"
        if (only := only_one(self.lexicon, self._traits, naming, role, country, sector)) is not None and (
            known := self.cast.bodies.get(only)
        ) is not None:
            return (known,)
        person = role.kind in ("person", "office") and not naming.plural
        sort: Sort = "person" if person or (self.lexicon.personal(role) and not naming.plural) else "group"
        figure = Figure(name, sort, False, country, sector, plural=naming.plural, gender=naming.gender, owner=owner)
        if person and naming.determiner in ("a", "an", "another"):
            return (self.cast.new(figure),)
        figure = self.cast.once(figure)
        if only is not None:
            self.cast.bodies[only] = figure
        return (figure,)

    def _sent(self, naming: Naming, role: Role) -> bool:
        """Whether a force is what somebody orders or sends: "ordered the coast guard to leave"."""
        sent = naming.head.relation == "object" and naming.head.head.lemma in self.lexicon.classes["sending"]
        return sent and role.sector in ("MIL", "COP") and not naming.owners

    def _own_men(self, naming: Naming, role: Role) -> Figure | None:
        """The armed group whose fighters a description names: they are the group itself."""
        owner = self._traits.owner(naming)
        if owner is None:
            owner = next(
                (figure for place in naming.places for figure in self.figures_of(place)), None
            )  # "fighters from M23"
        men = role.words.removesuffix(" of")
        if owner is None or owner.sort != "group" or not naming.plural or men not in self.lexicon.classes["own-men"]:
            return None
        return owner if owner.sector in OWN_SIDE and owner.named else None

    def _itself(self, naming: Naming, role: Role) -> Figure | None:
        """The group that a description calls by its name and kind: "the Hamas movement", "the ECOWAS bloc"."""
        if naming.plural or role.words not in self.lexicon.classes["kinds-of-group"]:
            return None
        beside = [
            owner
            for owner in naming.owners
            if owner.i == naming.head.i - 1 and owner.relation in ("compound", "noun_modifier")
        ]
        figure = next((figure for owner in beside for figure in self.figures_of(owner)), None)
        return figure if figure is not None and figure.sort == "group" and figure.entry is not None else None

    def _needing_owner(self, sector: str | None) -> frozenset[str]:
        return self.lexicon.classes["needing-owner" if sector is None else "needing-owner-always"]

    def _of_several(self, naming: Naming, role: Role) -> tuple[Figure, ...]:
        """One figure for each of several owners: "US, British and French forces", "the navies of Norland and Sudria"."""
        if not naming.plural or role.kind not in ("force", "body", "office", "person", "relative", "machine"):
            return ()
        if role.kind in ("person", "relative", "office") and any(owner.head.i == owner.i + 2 for owner in naming.owners):
            return ()  # "Norlandish-Sudrian lawmakers", with a hyphen, are of both states at once
        owners = {figure.name: figure for owner in naming.owners for figure in self.figures_of(owner)}
        machine = role.kind == "machine"
        states = [f for f in owners.values() if f.sort in ("state", "people") or (machine and f.country in countries())]
        if role.kind == "force" and (sides := self._both_sides(naming, role)):
            return sides
        if (
            role.country in BODIES
            and states
            and len(naming.owners) == 1
            and naming.owners[0].kids("conjunct", "coordinator")
        ):
            states = [*states, Figure(naming.noun, "group", False, role.country, role.sector, plural=True)]
        if len(states) < 2:
            return ()
        if machine:
            return tuple(self.cast.forces(state.country) for state in states if state.country)
        figures: list[Figure] = []
        for owner in states:
            whose = adjective(owner.country) if owner.sort == "state" else owner.name
            name = owner.name if owner.sort == "group" else f"{whose} {naming.noun}"
            sector = owner.sector if owner.sort == "group" else self._traits.sector(naming, role)
            figures.append(self.cast.once(Figure(name, "group", False, owner.country, sector, plural=True)))
        return tuple(figures)

    def _both_sides(self, naming: Naming, role: Role) -> tuple[Figure, ...]:
        """An armed group and its enemy, whose the noun is: "the Taliban and government forces"."""
        for owner in naming.owners:
            kin = [kid for kid in owner.kids("conjunct") if kid.pos == "NOUN" and kid.i < naming.head.i]
            first = next((figure for figure in self.figures_of(owner) if figure.sector in OWN_SIDE), None)
            if first is None or not kin or not owner.kids("coordinator"):
                continue
            words = [token.text for token in naming.head.sentence.tokens if kin[0].i <= token.i <= naming.head.i]
            told = next((figure.country for kid in kin for figure in self.figures_of(kid)), None)
            country = told or (first.country if first.country in countries() else self.setting.country_at(naming.head))
            other = Figure(" ".join(words), "group", False, country, role.sector, plural=True)
            return (first, self.cast.once(other))
        return ()

    def _machine(self, naming: Naming, country: str | None) -> tuple[Figure, ...]:
        owner = self._traits.owner(naming)
        if owner is not None and (owner.sort == "group" or (owner.sort == "person" and not naming.plural)):
            return (owner,)  # "the president's plane" is no army's
        return (self.cast.forces(country),) if country and country in countries() else ()
