"""Cells of tables for spreadsheets: text that one would run as a formula is made harmless."""

from __future__ import annotations

import re

FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠|%]")
NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def harmless(value: object) -> str:
    """A value as the text of a cell.

    Text that begins with a sign by which spreadsheets know a formula (=, +, -, @, their wide forms, tabs and line ends) gets an
    apostrophe in front, which they take for "this is text" and do not show; numbers stay as they are. None is an empty cell,
    True and False are 1 and 0, whole floats have no point.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = str(value)
    if isinstance(value, str) and FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def one_line(value: object) -> str:
    """The same for formats that know no quotation marks: tabs and line ends become spaces."""
    return " ".join(harmless(value).split())
