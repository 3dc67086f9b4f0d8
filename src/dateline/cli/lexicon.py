"""`dateline check` and `dateline schema`: what stands behind a reading, proved and described."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.base import Exit, app, complain


@app.command()
def check(
    lexicon: Annotated[Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="A folder of rule files.")],
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="An English spaCy pipeline to use instead of the packaged one.")
    ] = None,
) -> None:
    """Test the event rules of a lexicon against their own examples and near-misses, and its tables of names for their form.

    [bold]Example[/bold]

    [cyan]dateline check examples/lexicon[/cyan]

    [bold]Exit codes[/bold]

    0 all examples pass; 1 some fail; 2 a file is wrong; 3 there are neither event rules nor tables of names.
    """
    raise typer.Exit(_proved(lexicon, model))


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `dateline read --format jsonl` prints on one line.

    [bold]Example[/bold]

    [cyan]dateline schema > reading.schema.json[/cyan]
    """
    import json

    from dateline.output.schema import schema as reading_schema

    print(json.dumps(reading_schema(), indent=2, ensure_ascii=False))


def _proved(lexicon: Path, model: str | None) -> Exit:
    from dateline.find.actor_lexicon import rows
    from dateline.language import ModelError
    from dateline.model import Article, Event
    from dateline.proving import event_files, prove
    from dateline.reader import Reader
    from dateline.rules.loader import LexiconError

    try:
        rules = [(file, rule) for file in event_files(lexicon) for rule in file.rules]
        tables = [len(list(rows(table))) for table in sorted((lexicon / "actors").glob("*.tsv"))]
        if not rules and not tables:
            complain(
                f"{lexicon}: nothing to check: event rules belong in {lexicon / 'events'}, one .toml file for each type, "
                f"names in {lexicon / 'actors'}, as .tsv"
            )
            return Exit.NOTHING_READ
        reader = Reader(model, (lexicon,), weighers={})
    except (LexiconError, ModelError) as error:
        complain(str(error))
        return Exit.USAGE

    def events_of(text: str) -> tuple[Event, ...]:
        return reader.read(Article("example", text)).events

    proofs = [proof for file, rule in rules for proof in prove(file, rule, events_of)]
    broken = [proof for proof in proofs if proof.problem]
    for proof in broken:
        print(proof)
    if rules:
        print(f"{len(rules)} rules, {len(proofs)} examples and near-misses, {len(broken)} failed")
    if tables:
        print(f"tables of names: {len(tables)}, rows: {sum(tables)}, all in order")
    return Exit.SOME_FAILED if broken else Exit.ALL_READ
