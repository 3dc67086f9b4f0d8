"""The JSON Schema of a reading, made from the shapes in `dateline.output.shapes`."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from dateline.output.shapes import ReadingJson

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def schema() -> dict[str, Any]:
    """The schema of what `dateline read --format jsonl` prints on one line. Keys beyond it may come in later versions."""
    definitions: dict[str, Any] = {}
    _schema_of(ReadingJson, definitions)
    top = definitions.pop("Reading")
    return {"$schema": DIALECT, "title": "Reading", **top, "$defs": dict(sorted(definitions.items()))}


def _schema_of(shape: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if shape in PLAIN:
        return {"type": PLAIN[shape]}
    if is_typeddict(shape):
        return _reference(shape, definitions)
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        described = _schema_of(arguments[0], definitions)
        for note in arguments[1:]:
            described |= {"description": note} if isinstance(note, str) else dict([note])
        return described
    if origin is Literal:
        return {"type": "string", "enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin in (Union, UnionType):
        return _union([_schema_of(argument, definitions) for argument in arguments])
    raise TypeError(f"no JSON Schema for {shape!r}")


def _union(options: list[dict[str, Any]]) -> dict[str, Any]:
    """Any of these; "something or null" in the short form where there is one."""
    some, *others = options
    if others != [{"type": "null"}] or "type" not in some:
        return {"anyOf": options}
    short = {**some, "type": [some["type"], "null"]}
    return {**short, "enum": [*some["enum"], None]} if "enum" in some else short


def _reference(shape: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = shape.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(shape, include_extras=True)
        definitions[name] = {
            "type": "object",
            "description": (shape.__doc__ or "").strip(),
            "properties": {key: _schema_of(hint, definitions) for key, hint in hints.items()},
            "required": list(hints),
        }
    return {"$ref": f"#/$defs/{name}"}
