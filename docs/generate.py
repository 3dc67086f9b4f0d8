"""Write the generated parts of the documentation anew: `make docs-generated`.

`cli.md`, `schema.md`, `reading.schema.json`, `api.md` and `openapi.json` are made whole. Elsewhere, what stands between
`<!-- generated: NAME -->` and `<!-- end -->` is replaced by the output of the block of that name below; the first two lines of such
a block say how to make it by hand. The commands of `tutorial.md` are run, and what they print is put under them.
`tests/test_docs.py` fails where the pages about the program itself have drifted.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from dateline.cli import Exit, app
from dateline.cli.init import template
from dateline.gazetteer.countries import forget
from dateline.server import contract
from tools.tutorial import told_anew

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
BLOCK = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
LEXICON = ROOT / "examples" / "lexicon"
EXAMPLE = ROOT / "examples" / "withdrawal.txt"


# -- the command line -------------------------------------------------------------------------------------------------


def cli_page() -> str:
    """`docs/cli.md`: what every command says about itself."""
    lines = ["# The command line", "", "Made by `make docs-generated` from the program itself.", ""]
    lines += ["## Exit codes", "", "| code | what it says |", "| --- | --- |"]
    lines += [*(f"| {each.value} | {each.meaning} |" for each in Exit), ""]
    lines += [*SETTINGS_AND_LOGS, "```toml", template(typer.main.get_command(app)).rstrip(), "```", ""]
    for command in ("", *sorted(_commands(app))):
        name = f"dateline {command}".strip()
        lines += [f"## {name}", "", "```text", f"$ {name} --help", _help(command), "```", ""]
    return "\n".join(lines) + "\n"


SETTINGS_AND_LOGS = (
    "## Settings", "",
    "Every option of every command can also stand in a variable or in a settings file. The command line goes before the variable, "
    "the variable before the file; what is said for one command goes before what is said for all.", "",
    "| | for all commands that have it | for one command |", "| --- | --- | --- |",
    "| command line | | `dateline events --min-confidence 0.5` |",
    "| variable | `DATELINE_MIN_CONFIDENCE=0.5` | `DATELINE_EVENTS_MIN_CONFIDENCE=0.5` |",
    "| file | `min-confidence = 0.5` at the top | the same in the table `[events]` |", "",
    "The file is `dateline.toml` in the folder where you are, or the one that `--config` or `DATELINE_CONFIG` names; "
    "`dateline init` writes one to start from, `dateline settings` shows what is in force and where it comes from. Several values "
    "stand in a variable with spaces between them (in quotes where they hold spaces), folders with the system's path separator. "
    "Arguments that take several values, as the feeds of `dateline watch` do, can be set for their command alone. Two more variables "
    "concern places: `DATELINE_CACHE` names the folder where the gazetteer is kept, `DATELINE_GEONAMES` a mirror of GeoNames.", "",
    "What goes wrong is said on standard error, and with `-v` what is done; `--log-json` makes each of these lines a JSON object with "
    "`time`, `level` (`error`, `warning`, `report`, `info`, `debug`), `logger`, `message` and figures. Colours and moving lines are "
    "for terminals alone; `NO_COLOR` turns colours off there too. `dateline --install-completion` teaches your shell the commands.", "",
)  # fmt: skip


def _commands(program: typer.Typer) -> Iterator[str]:
    """The names of a program's commands; those of its groups come as "group command"."""
    for info in program.registered_commands:
        yield info.name or str(getattr(info.callback, "__name__", ""))
    for group in program.registered_groups:
        if group.typer_instance is not None:
            yield str(group.name)
            yield from (f"{group.name} {command}" for command in _commands(group.typer_instance))


def _help(command: str) -> str:
    environment = {"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1", "TERM": "dumb"}
    shown = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="dateline", env=environment).stdout
    return "\n".join(line.rstrip() for line in shown.strip("\n").splitlines())


# -- the schema -------------------------------------------------------------------------------------------------------


def schema_text() -> str:
    """`docs/reading.schema.json`."""
    from dateline.output.schema import schema

    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema_page() -> str:
    """`docs/schema.md`: a table for every kind of record."""
    from dateline.output.schema import schema

    top = schema()
    lines = [
        "# The output", "",
        "Made by `make docs-generated` from the records. `dateline read --format jsonl` prints one reading a line, `--format json` "
        "a list of them; both fit the JSON Schema in [reading.schema.json](reading.schema.json), which `dateline schema` prints. "
        "Every key is always there; what is not known is null, never an empty text or a 0. Later versions may add keys.", "",
    ]  # fmt: skip
    for name, record in {"Reading": top, **top["$defs"]}.items():
        lines += [f"## {name}", "", record["description"], "", "| key | value | meaning |", "| --- | --- | --- |"]
        for key, value in record["properties"].items():
            lines.append(f"| `{key}` | {_shape(value)} | {value.get('description', '')} |")
        lines.append("")
    return "\n".join(lines)


def _shape(value: dict[str, Any]) -> str:
    if "$ref" in value:
        name = str(value["$ref"]).rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in value:
        return " or ".join(_shape(option) for option in value["anyOf"])
    if "enum" in value:
        return ", ".join("null" if option is None else f"`{option}`" for option in value["enum"])
    if value.get("type") == "array":
        return f"list of {_shape(value['items'])}"
    if value.get("format") == "date":
        return "day or null" if isinstance(value["type"], list) else "day"
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    return " or ".join(
        {"string": "text", "integer": "whole number", "boolean": "true or false"}.get(kind, kind) for kind in map(str, kinds)
    )


# -- output of the program, as it is ----------------------------------------------------------------------------------


@cache
def _read_example() -> tuple[Any, Any]:
    from dateline.model import Article
    from dateline.reader import Reader

    return Reader().explain(Article(EXAMPLE.stem, EXAMPLE.read_text(encoding="utf-8")))


def _console(width: int, record: bool = False) -> Any:
    from rich.console import Console

    out = io.StringIO()
    return Console(
        file=out,
        width=width,
        record=record,
        highlight=False,
        markup=False,
        force_terminal=record,
        color_system="truecolor" if record else None,
    )


def example_table() -> str:
    """The table of events of the bundled example, as a terminal of 120 columns has it."""
    from dateline.output.table import print_reading

    console = _console(120)
    print_reading(console, _read_example()[0])
    printed = console.file.getvalue().partition("\nStatements\n")[0]
    shown = "\n".join([*(line.rstrip() for line in printed.strip().splitlines()), "…"])
    return f"```console\n$ dateline read examples/withdrawal.txt\n{shown}\n```\n"


def example_explanation(trigger: str) -> str:
    """What `--explain` says about one event of the bundled example."""
    from dateline.explain import as_lines, explanations

    reading, facts = _read_example()
    wanted = next(e for e in explanations(reading, facts) if e.event.trigger == trigger)
    return "```text\n" + "\n".join(as_lines(wanted, reading.article.text)) + "\n```\n"


def lexicon_example() -> str:
    """The worked lexicon of `docs/writing-rules.md`."""
    return "```toml\n" + (LEXICON / "events" / "cattle.toml").read_text(encoding="utf-8") + "```\n"


def lexicon_check() -> str:
    """What `dateline check` says about it."""
    return "```text\n" + CliRunner().invoke(app, ["check", str(LEXICON)]).stdout + "```\n"


def accuracy() -> str:
    """The table of the latest evaluation."""
    path = ROOT / "benchmarks" / "accuracy.md"
    if not path.is_file():
        return "Not measured yet: `make eval` does.\n"
    table = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return "\n".join(table) + "\n"


def crosswalk() -> str:
    """From PLOVER to CAMEO, a type a line."""
    from dateline.ledger.export.facts import crosswalk
    from dateline.model import MODES

    lines = ["| PLOVER | CAMEO | modes |", "| --- | --- | --- |"]
    for type, modes in MODES.items():
        told = ", ".join(f"{mode} {crosswalk()[type, mode]}" for mode in modes)
        lines.append(f"| {type} | {crosswalk()[type, '']} | {told} |")
    return "\n".join(lines) + "\n"


def picture() -> str:
    """`docs/picture.svg`: the example as the terminal shows it, without anything that a viewer would have to fetch."""
    from dateline.output.events import events_table, numbered
    from dateline.output.table import coloured_article

    reading, _ = _read_example()
    console = _console(132, record=True)
    console.print(coloured_article(reading))
    console.print()
    console.print(events_table(numbered(reading.events[:9]), console.width))
    svg = str(console.export_svg(title="dateline read examples/withdrawal.txt"))
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


@cache
def _offensive() -> dict[str, str]:
    """Commands over a ledger of the invented offensive, with the first lines of what each prints."""
    places = "examples/offensive/countries.toml examples/offensive/lorvania.txt"
    taken_in = "add examples/offensive/articles.jsonl --workers 1 --lexicon examples/offensive/lexicon"
    with tempfile.TemporaryDirectory() as folder:
        ledger, outside = Path(folder) / "dateline.db", os.environ.get("DATELINE_CACHE")
        os.environ["DATELINE_CACHE"] = folder
        try:
            for command in (f"gazetteer add {places}", f"{taken_in} --ledger {ledger}"):
                _printed(command)
            return {
                command: _printed(f"{command} --ledger {ledger}").replace(str(ledger), ledger.name)
                for command, _ in TOUR.values()
            }
        finally:
            os.environ.pop("DATELINE_CACHE")
            if outside is not None:
                os.environ["DATELINE_CACHE"] = outside
            forget()


def _printed(command: str) -> str:
    environment = {"COLUMNS": "132", "NO_COLOR": "1", "TERM": "dumb"}
    done = CliRunner().invoke(app, command.split(), prog_name="dateline", env=environment)
    if done.exit_code:
        raise RuntimeError(f"dateline {command}: {done.output}")
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines())


def tour(command: str, lines: int) -> str:
    """One command over the offensive, and the first lines of what it prints."""
    printed = _offensive()[command].splitlines()
    shown = [*printed[:lines], *(["…"] if len(printed) > lines else [])]
    return "\n".join(["```console", f"$ dateline {command}", *shown, "```", ""])


TOUR = {"tour-timeline": ("timeline --top 6", 20), "tour-control": ("control", 12), "tour-commitments": ("commitments", 16)}
"""Block -> command over the offensive, and how many lines of it are shown."""


def batch_tables() -> str:
    """The tables that `dateline batch` writes."""
    from dateline.batch.schema import page

    return page() + "\n"


BLOCKS: dict[str, Callable[[], str]] = {
    "batch-tables": batch_tables,
    "example-table": example_table,
    "explain-overrun": lambda: example_explanation("overrun"),
    "lexicon-example": lexicon_example,
    "lexicon-check": lexicon_check,
    "accuracy": accuracy,
    "crosswalk": crosswalk,
    **{name: partial(tour, *shown) for name, shown in TOUR.items()},
}
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page, "schema.md": schema_page, "reading.schema.json": schema_text, "api.md": contract.page,
    "openapi.json": contract.text,
}  # fmt: skip


def filled(text: str) -> str:
    """A page with its generated blocks made anew."""
    return BLOCK.sub(lambda block: f"{block.group(1)}{BLOCKS[block.group('name')]()}{block.group(3)}", text)


def tutorial() -> str:
    """`docs/tutorial.md` with what its commands print now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        return told_anew((DOCS / "tutorial.md").read_text(encoding="utf-8"), folder)


def main() -> None:
    """Write everything."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    for path in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        path.write_text(filled(text), encoding="utf-8")
    (DOCS / "tutorial.md").write_text(tutorial(), encoding="utf-8")
    (DOCS / "picture.svg").write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
