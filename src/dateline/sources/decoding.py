"""Bytes -> text, and whether that text can be an article at all.

UTF-8 is taken unless a byte-order mark names another Unicode encoding. Bytes that are not UTF-8 are taken for Windows-1252,
the encoding of most older English archives, where they look like it (single accented letters and curly quotes among plain
ASCII), and a warning says so; anything else is refused with the place of the first wrong byte.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable

LARGEST = 10_000_000  # bytes of one article; a longer file is a collection and belongs into JSONL
LONGEST_WITHOUT_SPACE = 10_000  # characters
FEWEST_DIFFERENT_WORDS = 20  # in a text of over a thousand words

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
WORD = re.compile(r"\w")
SURROGATES = re.compile("[\ud800-\udfff]")

log = logging.getLogger(__name__)


class Unreadable(ValueError):
    """A source cannot be read as an article; the message is the reason, for a person."""


def decode(data: bytes, source: str) -> str:
    """The text of a file's bytes, to the letter but for a byte-order mark.

    Raises:
        Unreadable: the bytes are empty, too many, not text, or in an encoding that cannot be told.
    """
    if not data:
        raise Unreadable("the file is empty")
    if len(data) > LARGEST:
        raise Unreadable(
            f"it is larger than {LARGEST // 1_000_000} MB: too long for one article (put many into a .jsonl file)"
        )
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Unreadable(f"it starts as {encoding.upper()} but is not: wrong byte at {error.start}") from error
    if BINARY.search(data):
        raise Unreadable("it is a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _windows_1252(data, error.start, source)


def _windows_1252(data: bytes, wrong_at: int, source: str) -> str:
    beyond_ascii = sum(byte > 0x7F for byte in data)
    if not MULTIBYTE.search(data) and beyond_ascii * 10 <= len(data):
        try:
            text = data.decode("windows-1252")
        except UnicodeDecodeError:
            pass
        else:
            log.warning("%s: not UTF-8 (byte 0x%02X at %d): read as Windows-1252", source, data[wrong_at], wrong_at)
            return text
    raise Unreadable(f"it is not valid UTF-8: byte 0x{data[wrong_at]:02X} at {wrong_at}; convert it to UTF-8 first")


def scalar(text: str) -> str:
    """The text with halves of surrogate pairs, which JSON can smuggle in and no encoding can hold, shown as U+FFFD."""
    return SURROGATES.sub("�", text)


def check_prose(text: str) -> None:
    """Check that a text can be an article.

    Raises:
        Unreadable: it is blank, one endless word, or the same few words over and over.
    """
    if not WORD.search(text):
        raise Unreadable("it holds no text")
    run = _longest_run(text)
    if run > LONGEST_WITHOUT_SPACE and run * 2 > len(text):
        raise Unreadable(f"it is no article: {run:,} characters without a space")
    words = text.split()
    if len(words) > 1_000 and len(set(words)) < FEWEST_DIFFERENT_WORDS:
        raise Unreadable(f"it is no article: {len(words):,} words, of which {len(set(words))} different")


def _longest_run(text: str) -> int:
    measure: Callable[[str], int] = len
    return max(map(measure, text.split()), default=0)
