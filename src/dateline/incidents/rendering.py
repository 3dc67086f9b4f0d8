"""Sheets as JSON, Markdown, and one HTML page that needs nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import resources

from dateline.incidents.sheets import Cell, Sheet
from dateline.output.html import POLICY, WEB_ADDRESS, escape
from dateline.output.words import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|])")


def as_json(sheet: Sheet) -> Iterator[str]:
    """The objects of a sheet as one JSON document, with its notes where it has any."""
    document = {"notes": list(sheet.notes), "rows": sheet.objects} if sheet.notes else sheet.objects
    yield json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_markdown(sheet: Sheet) -> Iterator[str]:
    """A table in Markdown, with links."""
    yield f"# {sheet.title}\n\n"
    yield f"| {' | '.join(sheet.columns)} |\n|{' --- |' * len(sheet.columns)}\n"
    for row in sheet.rows:
        yield f"| {' | '.join(_markdown(cell) for cell in row)} |\n"
    for note in sheet.notes:
        yield f"\n{_escaped(note)}\n"


def as_html(sheet: Sheet) -> Iterator[str]:
    """A page without scripts; whatever articles say is escaped, and only web addresses become links."""
    style = resources.files("dateline.output").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Dateline: {escape(sheet.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<h1>{escape(sheet.title)}</h1>\n<table>\n"
    )
    yield f"<tr>{''.join(f'<th>{escape(column)}</th>' for column in sheet.columns)}</tr>\n"
    for row in sheet.rows:
        yield f"<tr>{''.join(f'<td>{_html(cell)}</td>' for cell in row)}</tr>\n"
    yield "</table>\n"
    yield from (f"<p>{escape(note)}</p>\n" for note in sheet.notes)
    yield "</body>\n</html>\n"


def _markdown(cell: Cell) -> str:
    if isinstance(cell, str):
        return _escaped(one_line(cell))
    return ", ".join(
        f"[{_escaped(one_line(words))}](<{address}>)"
        if address and WEB_ADDRESS.fullmatch(address)
        else _escaped(one_line(words))
        for words, address in cell
    )


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _html(cell: Cell) -> str:
    if isinstance(cell, str):
        return escape(cell)
    return ", ".join(
        f'<a href="{escape(address)}" rel="noreferrer">{escape(words)}</a>'
        if address and WEB_ADDRESS.fullmatch(address)
        else escape(words)
        for words, address in cell
    )
