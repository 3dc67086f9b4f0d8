"""What a place means hangs on its article, and not on what was read before it."""

from __future__ import annotations

from dateline.language import SpacyParser
from dateline.model import Article, Place
from dateline.reader import Reader

FIRST = "Officials met on Monday in the Russian city of Magnitogorsk, beyond the Urals."
BETWEEN = "Workers marched through Magnitigorsk in Russia on Tuesday."


def test_a_region_called_by_a_direction_is_of_a_country_that_is_told_of(parser: SpacyParser) -> None:
    reader = Reader(parser=parser)

    def country(text: str) -> str | None:
        return next(p.location.country for p in reader.read(Article("a", text)).places if p.text.startswith("West"))

    assert (
        country("Haiti declared an emergency in the West department on Monday. Gunmen had shelled Port-au-Prince.") == "HTI"
    )
    assert country("Cameroon's army killed nine rebels in the West region on Friday.") == "CMR"


def test_a_place_scores_the_same_whatever_was_read_before(parser: SpacyParser) -> None:
    reader = Reader(parser=parser)

    def places() -> tuple[Place, ...]:
        return reader.read(Article("a", FIRST)).places

    before = places()
    reader.read(Article("b", BETWEEN))
    assert places() == before
    assert before[0].candidates[0].own
