"""Words that parsers of English take for names, read as a common word of the same grammar and, with blanks, the same length instead.

"Retook" is no rare word in reports of a war, but the parser has hardly met it and makes "Azerbaijan retook" a compound name; and of
"persona non grata" it makes a verb with an object.
"""

from __future__ import annotations

import re

from dateline.language.parsers import Row

STAND_INS = {"retook": "seized", "overran": "invaded", "junta": "party"}
STAND_INS |= {
    latin: "unwanted".ljust(len(latin))
    for latin in (
        "persona non grata",
        "personae non gratae",
        "personae non grata",
        "personas non grata",
        "personas non gratas",
    )
}
PATTERN = re.compile(rf"\b(?:{'|'.join(STAND_INS)})\b")


def for_the_parser(text: str) -> str:
    """The text as the parser is to see it, every word where it was."""
    return PATTERN.sub(lambda m: STAND_INS[m.group()], text) if _may_hold_one(text) else text


def as_written(rows: list[Row], text: str) -> list[Row]:
    """The rows with the words of the text itself."""
    if not _may_hold_one(text):
        return rows
    stood_in = {m.start(): m.group() for m in PATTERN.finditer(text)}
    return [
        row._replace(text=stood_in[row.start], end=row.start + len(stood_in[row.start])) if row.start in stood_in else row
        for row in rows
    ]


def _may_hold_one(text: str) -> bool:
    """Whether any of the words stands in a text, be it as part of another; most texts hold none, and this is soon known."""
    return any(word in text for word in STAND_INS)
