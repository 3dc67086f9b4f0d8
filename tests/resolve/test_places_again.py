"""A reading does not depend on what was read before it."""

from __future__ import annotations

from dateline.language import SpacyParser
from dateline.model import Article, Place
from dateline.reader import Reader

FIRST = "Officials met on Monday in the Russian city of Magnitogorsk, beyond the Urals."
BETWEEN = "Workers marched through Magnitigorsk in Russia on Tuesday."


def test_a_place_scores_the_same_whatever_was_read_before(parser: SpacyParser) -> None:
    reader = Reader(parser=parser)

    def places() -> tuple[Place, ...]:
        return reader.read(Article("a", FIRST)).places

    before = places()
    reader.read(Article("b", BETWEEN))
    assert places() == before
    assert before[0].candidates[0].own
