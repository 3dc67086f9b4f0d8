"""The reader: the stages in their order, with the resources they need, loaded once."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from dateline.find.acts import ActStage
from dateline.find.places import PlaceNameStage
from dateline.find.quantities import QuantityStage, load_numbers
from dateline.find.quotations import QuotationStage
from dateline.find.statements import StatementStage
from dateline.find.times import TimeStage
from dateline.find.weighing import WEIGHTS, Weigher, load_weighers
from dateline.gazetteer.cache import gazetteer
from dateline.language import LanguageStage, Parser, load_parser
from dateline.model import Article, Reading
from dateline.reading import Facts, Stage, check_order, read_with
from dateline.resolve.actors import ActorStage
from dateline.resolve.calendar import CalendarStage
from dateline.resolve.control import load_control_words
from dateline.resolve.count_words import load_count_words
from dateline.resolve.cues import load_cues
from dateline.resolve.dating import WEIGHTS as DATE_WEIGHTS
from dateline.resolve.dating import Dating
from dateline.resolve.events import EventStage, FieldWords
from dateline.resolve.places import PlaceStage
from dateline.resolve.placing import WEIGHTS as PLACE_WEIGHTS
from dateline.rules.loader import LexiconError, RuleFile, bundled, compiled, load_one
from dateline.rules.senses import Senses, load_senses


class Reader:
    """Reads articles. Making one loads the language model and the lexicons, which takes seconds; reading takes milliseconds.

    Args:
        model: name of an English spaCy pipeline; by default an installed `en_core_web_*`, else the packaged one.
        lexicons: folders of the user's own rule files, laid out as `lexicon/en`; they add to the bundled ones.
        parser: a parser to use instead of loading one.
        weighers: learnt weights to judge what the rules propose, instead of the bundled ones; with an empty mapping the rules
            alone decide.

    Raises:
        ModelError: the language model cannot be had.
        LexiconError: a rule file is wrong.
        GazetteerError: the places cannot be kept where they are to be.
    """

    def __init__(
        self,
        model: str | None = None,
        lexicons: Sequence[Path] = (),
        parser: Parser | None = None,
        weighers: Mapping[str, Weigher] | None = None,
    ) -> None:
        with _no_sweeping():
            self.parser = parser or load_parser(model)
            self.stages = self._made(tuple(lexicons), weighers)
        check_order(self.stages)

    def _made(self, extra: tuple[Path, ...], weighers: Mapping[str, Weigher] | None) -> list[Stage]:
        """The stages with their resources."""
        words: _Words = compiled("words", extra, partial(_words, extra))
        if weighers is None:
            files = (WEIGHTS, DATE_WEIGHTS, PLACE_WEIGHTS)
            weighers = {name: weigher for file in files for name, weigher in load_weighers(bundled(file)).items()}
        names = gazetteer()
        with _own_files_complained_of(extra, "places/names.toml"):
            place_names, places = (
                PlaceNameStage(names, words.places),
                PlaceStage(names, words.places, words.actors.armed_groups),
            )
        return [
            words.quotations,
            LanguageStage(self.parser),
            words.times,
            words.calendar,
            place_names,
            places,
            words.actors,
            words.quantities,
            words.statements,
            ActStage(words.senses, words.light, weighers),
            EventStage(words.senses, words.fields, weighers),
        ]

    def read(self, article: Article) -> Reading:
        """Everything found in one article.

        Raises:
            StageError: a stage failed; the message names it.
        """
        with _no_sweeping():
            return read_with(self.stages, article)[0]

    def explain(self, article: Article) -> tuple[Reading, Facts]:
        """The reading together with every fact that led to it."""
        with _no_sweeping():
            return read_with(self.stages, article)


class _Words(NamedTuple):
    """What is made of the lexicons alone."""

    senses: Senses
    fields: FieldWords
    places: RuleFile
    light: RuleFile
    quotations: QuotationStage
    times: TimeStage
    calendar: CalendarStage
    actors: ActorStage
    quantities: QuantityStage
    statements: StatementStage


def _words(extra: tuple[Path, ...]) -> _Words:
    def of(pattern: str) -> AbstractContextManager[None]:
        return _own_files_complained_of(extra, pattern)

    with of("status.toml"):
        cues = load_cues(extra)
    with of("control.toml"):
        control = load_control_words(extra)
    with of("quantities.toml"):
        counts, quantities = load_count_words(extra), QuantityStage(load_numbers(extra))
    with of("time*.toml"):
        times, calendar = TimeStage(extra), CalendarStage(extra)
    with of("speech/*.toml"):
        quotations, statements = QuotationStage(extra), StatementStage(extra, Dating)
    return _Words(
        load_senses(extra),
        FieldWords(cues, counts, control),
        load_one("places/names.toml", extra),
        load_one("light.toml", extra),
        quotations,
        times,
        calendar,
        ActorStage(extra),
        quantities,
        statements,
    )


@contextmanager
def _own_files_complained_of(extra: Sequence[Path], pattern: str) -> Iterator[None]:
    """What breaks on a rule file of the user's that is of another shape than ours becomes a complaint that names the file."""
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        own = [str(path) for root in extra for path in sorted(root.glob(pattern))]
        if isinstance(error, LexiconError) or not own:
            raise
        raise LexiconError(
            f"{', '.join(own)}: not of the shape of the bundled {pattern} ({type(error).__name__}: {error}); compare it with that"
        ) from error


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """No search for circular garbage while a reader is made or one article read: what is made is needed until the end."""
    sweeping = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sweeping:
            gc.enable()
