"""Whether a clause speaks of what was or of what is to come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.find.time_words import lexicon
from dateline.language import Document
from dateline.resolve.reckoning import Tense
from dateline.resolve.tense import TenseWords

WORDS = TenseWords.read(lexicon().tense)


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Rebels shelled the port on Friday.", "past"),
        ("The port was shelled on Friday.", "past"),
        ("Rebels have shelled the port since Friday.", "past"),
        ("Rebels would have left on Friday.", "past"),
        ("The council will meet on Friday.", "future"),
        ("The minister said he would meet them on Friday.", "future"),
        ("The council is to meet on Friday.", "future"),
        ("The council meets on Friday.", "future"),
        ("The council plans to meet on Friday.", "future"),
        ("The talks are scheduled for Friday.", "future"),
        ("The talks were scheduled for Friday.", "planned"),
        ("The truce was due to end on Friday.", "planned"),
        ("The junta gave the rebels until Friday.", "planned"),
        ("Parliament voted to lift it on Friday.", "past"),
        ("Nobody was hurt in the Friday attack.", "past"),
        ("They will look into the Friday attack.", "past"),
        ("They will attend the Friday summit.", "future"),
        ("Friday.", None),
    ],
)
def test_tense(text: str, tense: Tense | None, parse: Callable[[str], Document]) -> None:
    document = parse(text)
    token = next(token for token in document.tokens if token.text == "Friday")
    assert WORDS.of_time(token) == tense
