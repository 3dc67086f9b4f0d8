"""The contract: what the server answers, as an OpenAPI document and as a page for people.

`python -m dateline.server.contract` prints the document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import Lifespan

from dateline.server.routes import incidents, views, writes
from dateline.server.shapes.common import Problem

PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {"description": "What went wrong.", "model": Problem},
    422: {"description": "A parameter makes no sense; `field` names it.", "model": Problem},
}
INTRODUCTION = """\
The page of `dateline serve` and everything else that asks it use these addresses. Answers are JSON, every key is always there, what is
not known is null. Lists come page by page: `next` is the `cursor` of the following one. Answers carry an ETag, so that what has not
changed is not sent again (304). Errors are `application/problem+json` (RFC 9457). A POST needs the header `X-Dateline-Csrf` with the
token of `/api/meta`, and `Content-Type: application/json`."""


def api(running: Lifespan[FastAPI] | None = None) -> FastAPI:
    """The addresses under /api; `running` is what goes on while they are served."""
    made = FastAPI(
        title="Dateline", version=metadata.version("dateline"), description=INTRODUCTION, docs_url=None, redoc_url=None, openapi_url=None,
        responses=PROBLEMS, generate_unique_id_function=_name_of, lifespan=running,
    )  # fmt: skip
    for routes in (incidents, views, writes):
        made.include_router(routes.router)
    return made


def document() -> dict[str, Any]:
    """The OpenAPI document, without the titles that only repeat names."""
    whole: dict[str, Any] = _without_titles(api().openapi())
    whole["info"]["title"] = "Dateline"
    for path in whole["paths"].values():
        for operation in path.values():
            for answer in operation["responses"].values():
                if (
                    answer.get("content", {})
                    .get("application/json", {})
                    .get("schema", {})
                    .get("$ref", "")
                    .endswith("/Problem")
                ):
                    answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
    return whole


def text() -> str:
    """`docs/openapi.json`."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def page() -> str:
    """`docs/api.md`: every address with its parameters."""
    whole = document()
    lines = [
        "# The API",
        "",
        "Made by `make docs-generated` from the server; types and shapes stand in [openapi.json](openapi.json).",
        "",
    ]
    lines += [INTRODUCTION, ""]
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            lines += [f"## {method.upper()} {path}", "", operation["description"], ""]
            lines += [*_parameters(operation), *_answer(operation)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _name_of(route: APIRoute) -> str:
    return route.name


def _without_titles(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_titles(of) for key, of in value.items() if not (key == "title" and isinstance(of, str))}
    return [_without_titles(of) for of in value] if isinstance(value, list) else value


def _parameters(operation: dict[str, Any]) -> Iterator[str]:
    told = [parameter for parameter in operation.get("parameters", []) if parameter["in"] == "query"]
    if told:
        yield from ("| parameter | value | meaning |", "| --- | --- | --- |")
        for parameter in told:
            meaning = parameter.get("description", "").replace("|", "\\|")
            yield f"| `{parameter['name']}` | {_value(parameter['schema'])} | {meaning} |"
        yield ""
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if sent:
        yield from (f"Takes `{_value(sent)}`.", "")


def _answer(operation: dict[str, Any]) -> Iterator[str]:
    for content in operation["responses"].get("200", {}).get("content", {}).values():
        if "$ref" in content.get("schema", {}):
            yield from (f"Answers `{_value(content['schema'])}`.", "")


def _value(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in schema:
        return _value(next(option for option in schema["anyOf"] if option.get("type") != "null"))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"several: {_value(schema['items'])}"
    kind = {"integer": "whole number", "string": "text"}.get(str(schema.get("type")), str(schema.get("type")))
    return f"{kind}, {schema['default']} where not given" if schema.get("default") not in (None, []) else kind


if __name__ == "__main__":
    print(text(), end="")
