"""The Arrow schemas of what a batch reads and writes, made from the shapes of the JSON output: one vocabulary for both.

Days are `date32`, offsets `int32` and count Unicode code points of the article's `text`; what is not known is null.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypedDict, Union, get_args, get_origin, get_type_hints, is_typeddict

import pyarrow as pa

from dateline.output.shapes import (
    Day,
    EventJson,
    MentionJson,
    PlaceJson,
    PublicationJson,
    QuotationJson,
    StatementJson,
    TimeJson,
)

ArticleId = Annotated[str, "of its text, its title and the day that its source gives, as in a ledger"]


class SightingRow(TypedDict):
    """Where an article stood."""

    position: Annotated[int, "its place in the order of all inputs"]
    source: Annotated[str, "where it was taken from: a file, with the line, row or entry"]
    name: Annotated[str, "the id that it has there"] | None
    url: str | None
    publisher: str | None
    author: str | None
    retrieved: Annotated[str, "when it was fetched, in UTC, ISO 8601"] | None


class GivenRow(TypedDict):
    """An article to read. A table of your own needs `text` alone; what else it has of these columns is used."""

    id: ArticleId
    text: Annotated[str, "the article, to the letter"]
    title: str | None
    given: Annotated[Day, "the day that its source gives"] | None
    sightings: Annotated[list[SightingRow], "where it stood, in the order of the inputs; the first lends url and publisher"]


class VersionsRow(TypedDict):
    """What read it: everything that decides what is found."""

    reader: Annotated[str, "id of all that follows"]
    dateline: Annotated[str, "version of the program"]
    code: Annotated[str, "fingerprint of the code that decides"]
    lexicon: Annotated[str, "fingerprints of the lexicons"]
    model: Annotated[str, "name and version of the language model"]
    gazetteer: Annotated[str, "fingerprint of the gazetteer"]


class ArticleRow(TypedDict):
    """An article that was read, with what is found in it besides events and statements."""

    id: ArticleId
    title: str | None
    given: Annotated[Day, "the day that its source gives"] | None
    url: str | None
    publisher: str | None
    published: Annotated[Day, "the article's own day"] | None
    published_basis: Annotated[Literal["given", "inferred"], "whether that day was given or worked out from the text"] | None
    publication: PublicationJson
    text: Annotated[str, "the article, to the letter: all offsets count its characters (Unicode code points)"]
    sightings: Annotated[list[SightingRow], "where it stood, in the order of the inputs"]
    places: list[PlaceJson]
    times: list[TimeJson]
    mentions: list[MentionJson]
    quotations: list[QuotationJson]


class FailureRow(TypedDict):
    """What could not be read, or is no article in English. The article is kept where there is one, and can be tried again."""

    article_id: ArticleId | None
    kind: Annotated[
        Literal["failed", "set aside"], "`set aside`: it is in order, but a stub, an error page, or not in English"
    ]
    reason: Annotated[str, "why, for a person"]
    source: Annotated[str, "where it was taken from"]
    position: Annotated[int, "its place in the order of all inputs"]
    name: Annotated[str, "the id that the article has there"] | None
    url: str | None
    publisher: str | None
    author: str | None
    retrieved: str | None
    title: str | None
    given: Annotated[Day, "the day that its source gives"] | None
    text: Annotated[str, "the article, to the letter"] | None


class ReasonRow(TypedDict):
    """Why an article was not read."""

    kind: Literal["failed", "set aside"]
    reason: str


WIDE = {"position"}  # columns of whole numbers that 32 bits do not hold
PLAIN = {str: pa.string(), int: pa.int32(), float: pa.float64(), bool: pa.bool_(), NoneType: pa.null()}


def arrow_type(shape: Any) -> pa.DataType:
    """The Arrow type of a shape."""
    if shape in PLAIN:
        return PLAIN[shape]
    if is_typeddict(shape):
        return pa.struct(list(fields(shape)))
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        return pa.date32() if is_day(shape) else arrow_type(arguments[0])
    if origin is Literal:
        return pa.string()
    if origin is list:
        return pa.list_(arrow_type(arguments[0]))
    if origin in (Union, UnionType):
        return arrow_type(next(argument for argument in arguments if argument is not NoneType))
    raise TypeError(f"no Arrow type for {shape!r}")


def is_day(shape: Any) -> bool:
    """Whether a shape is a calendar day, or one that may be missing."""
    arguments = get_args(shape)
    if get_origin(shape) in (Union, UnionType):
        return any(is_day(argument) for argument in arguments)
    return get_origin(shape) is Annotated and (("format", "date") in arguments[1:] or is_day(arguments[0]))


def fields(shape: Any) -> Iterator[pa.Field]:
    """The columns of a TypedDict; all may be null, as engines have it."""
    for name, hint in get_type_hints(shape, include_extras=True).items():
        yield pa.field(name, pa.int64() if name in WIDE else arrow_type(hint))


def _schema(*parts: Any) -> pa.Schema:
    return pa.schema([field for part in parts for field in (part if isinstance(part, list) else fields(part))])


OF_ARTICLE = [pa.field("article_id", pa.string()), pa.field("n", pa.int32())]
"""What stands before the fields of an event or statement: its article, and its place among them, from 1."""

GIVEN = _schema(GivenRow)
VERSIONS = _schema(VersionsRow)
READINGS = _schema(
    ArticleRow,
    [pa.field("events", pa.list_(arrow_type(EventJson))), pa.field("statements", pa.list_(arrow_type(StatementJson)))],
    [pa.field("failure", arrow_type(ReasonRow))],
    VersionsRow,
)
"""An article a row, with everything: what the function over record batches gives."""

TABLES: dict[str, pa.Schema] = {
    "articles": _schema(ArticleRow, VersionsRow),
    "events": _schema(OF_ARTICLE, EventJson, VersionsRow),
    "statements": _schema(OF_ARTICLE, StatementJson, VersionsRow),
    "failures": _schema(FailureRow, VersionsRow),
}
"""The tables that a batch writes."""

SHAPES: dict[str, tuple[Any, ...]] = {
    "articles": (ArticleRow, VersionsRow),
    "events": (EventJson, VersionsRow),
    "statements": (StatementJson, VersionsRow),
    "failures": (FailureRow, VersionsRow),
}
OWN = {
    "article_id": "the article that it stands in",
    "n": "its place among those of the article, from 1",
    "id": "made of the article and where in it that stands, as in a ledger",
}
"""Meanings of columns that are not those of the JSON output."""


def page() -> str:
    """The tables as Markdown: column, type, meaning."""
    lines: list[str] = []
    for name, schema in TABLES.items():
        lines += [f"### {name}", "", f"{SHAPES[name][0].__doc__}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        notes = dict(pair for shape in SHAPES[name] for pair in _notes(shape))
        if name in ("events", "statements"):
            notes |= OWN
        lines += [f"| `{field.name}` | {_shown(field.type)} | {notes.get(field.name, '')} |" for field in schema]
        lines.append("")
    return "\n".join(lines)


def _shown(type: pa.DataType) -> str:
    if pa.types.is_list(type):
        return f"list of {_shown(type.value_type)}"
    if pa.types.is_struct(type):
        return "struct of " + ", ".join(f"`{type.field(k).name}`" for k in range(type.num_fields))
    return str(type)


def _notes(shape: Any) -> Iterator[tuple[str, str]]:
    for name, hint in get_type_hints(shape, include_extras=True).items():
        told = _note(hint)
        if told:
            yield name, told


def _note(hint: Any) -> str:
    if get_origin(hint) is Annotated:
        own = [note for note in get_args(hint)[1:] if isinstance(note, str)]
        return own[-1] if own else _note(get_args(hint)[0])
    return next((told for argument in get_args(hint) if (told := _note(argument))), "")
