"""The one seam: an article goes in, stages add facts, a reading comes out.

A stage takes the article and the facts found so far and yields new facts. It says which kinds of fact it `needs` and which
it `gives`; the order is checked once, when the pipeline is put together, and what a stage yields is checked after it ran, so
that an error names the stage that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar, cast

from dateline.model import Article, Event, Fact, Mention, Place, Publication, Quotation, Reading, Statement, Time

F = TypeVar("F", bound=Fact)


class StageError(RuntimeError):
    """A stage could not do its work, or gave what it may not give. The message starts with the stage's name."""


class Facts:
    """What is known of one article so far: facts by kind, in the order of the text. Facts are only ever added."""

    def __init__(self) -> None:
        self._by_kind: dict[type[Fact], tuple[Fact, ...]] = {}

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """All facts of exactly this kind, in the order of the text."""
        return cast(tuple[F, ...], self._by_kind.get(kind, ()))

    def one(self, kind: type[F]) -> F:
        """The only fact of this kind.

        Raises:
            LookupError: there is none, or more than one.
        """
        found = self.of(kind)
        if len(found) != 1:
            raise LookupError(f"expected one {kind.__name__}, found {len(found)}")
        return found[0]

    def add(self, facts: Iterable[Fact]) -> None:
        """Add facts; those of one kind are kept in the order of the text."""
        new: dict[type[Fact], list[Fact]] = {}
        for fact in facts:
            new.setdefault(type(fact), []).append(fact)
        for kind, found in new.items():
            merged = [*self._by_kind.get(kind, ()), *found]
            merged.sort(key=lambda fact: (fact.start, fact.end))
            self._by_kind[kind] = tuple(merged)


class Stage(Protocol):
    """One step of reading. `needs` and `gives` are kinds of fact."""

    @property
    def name(self) -> str:
        """What errors call it."""
        ...

    @property
    def needs(self) -> tuple[type[Fact], ...]:
        """The kinds that it looks at; earlier stages give them."""
        ...

    @property
    def gives(self) -> tuple[type[Fact], ...]:
        """The kinds that it finds."""
        ...

    def __call__(self, article: Article, facts: Facts) -> Iterable[Fact]:
        """The facts that it finds in an article, of which these are known."""
        ...


def check_order(stages: Sequence[Stage]) -> None:
    """Check that every stage finds what it needs.

    Raises:
        StageError: a stage needs a kind of fact that no earlier stage gives.
    """
    given: set[type[Fact]] = set()
    for stage in stages:
        for kind in stage.needs:
            if kind not in given:
                raise StageError(f"{stage.name}: needs {kind.__name__}, which no earlier stage gives")
        given.update(stage.gives)


def run_stage(stage: Stage, article: Article, facts: Facts) -> None:
    """Run one stage and add what it found to `facts`.

    Raises:
        StageError: the stage failed, gave a kind it does not declare, or gave a fact outside the text.
    """
    try:
        found = list(stage(article, facts))
    except Exception as error:
        raise StageError(f"{stage.name}: {type(error).__name__}: {error}") from error
    for fact in found:
        if type(fact) not in stage.gives:
            raise StageError(f"{stage.name}: gave a {type(fact).__name__}, which it does not declare")
        if not 0 <= fact.start <= fact.end <= len(article.text):
            raise StageError(
                f"{stage.name}: {type(fact).__name__} at {fact.start}..{fact.end} of a text of {len(article.text)}"
            )
    facts.add(found)


def read_with(stages: Sequence[Stage], article: Article) -> tuple[Reading, Facts]:
    """Read one article with these stages (checked by `check_order`); the facts come back too, for explaining."""
    facts = Facts()
    for stage in stages:
        run_stage(stage, article, facts)
    reading = Reading(
        article=article,
        publication=facts.one(Publication),
        quotations=facts.of(Quotation),
        times=facts.of(Time),
        places=facts.of(Place),
        mentions=facts.of(Mention),
        statements=facts.of(Statement),
        events=facts.of(Event),
    )
    return reading, facts
