"""The documentation: nothing has drifted, nothing is missing, every link leads somewhere, what it shows is run."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest

import dateline
from dateline.language import SpacyParser
from dateline.ledger.ids import article_id
from dateline.model import MODES, SECTORS, EventType, Status
from dateline.proving import event_files, prove
from dateline.reader import Reader
from tests.ledger.made import ledger
from tools.tutorial import told_anew

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
IMAGE = re.compile(r"!\[[^\]]*\]\((?P<target>[^)\s]+)\)")
LEXICON = ROOT / "examples" / "lexicon"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """`docs/generate.py` as a module."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "schema.md", "reading.schema.json"])
def test_pages_made_from_the_program_have_not_drifted(generate: ModuleType, name: str) -> None:
    pages: dict[str, Callable[[], str]] = generate.PAGES
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == pages[name](), "run `make docs-generated`"


def test_every_generated_block_is_known_and_filled(generate: ModuleType) -> None:
    for page in PAGES:
        for block in generate.BLOCK.finditer(page.read_text(encoding="utf-8")):
            assert block["name"] in generate.BLOCKS
            assert block[0].count("\n") >= 2, f"{page.name}: {block['name']} is empty; run `make docs-generated`"


def anchors(page: Path) -> Iterator[str]:
    for heading in re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for match in (*LINK.finditer(text), *IMAGE.finditer(text)):
        target, _, anchor = match["target"].partition("#")
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in set(anchors(path)), f"{page.name}: {target}#{anchor}"


def test_the_site_has_a_place_for_every_page() -> None:
    named = set(re.findall(r": ([\w-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {page.name for page in (ROOT / "docs").glob("*.md")}


def test_the_tutorial_tells_what_its_commands_print(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    told = told_anew(page, tmp_path)
    assert re.sub(r"\d+\.\d+", "#", told) == re.sub(r"\d+\.\d+", "#", page), (
        "run `make docs-generated`"
    )  # rounding may differ


def test_the_codebook_has_every_type_mode_status_and_sector() -> None:
    text = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    for name in (*get_args(EventType), *get_args(Status), *SECTORS, *(mode for modes in MODES.values() for mode in modes)):
        assert re.search(rf"\b{re.escape(name)}\b", text), name


PYTHON = [
    pytest.param(code, id=f"{page.name}-{number}")
    for page in PAGES
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), 1)
]


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory, parser: SpacyParser) -> Path:
    """A folder as the docs have it: the examples, and a ledger of the first of them."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "examples").symlink_to(ROOT / "examples")
    article = dateline.Article("", (ROOT / "examples" / "withdrawal.txt").read_text(encoding="utf-8"), "Withdrawal")
    read = Reader(parser=parser).read(dateline.Article(article_id(article), article.text, article.title))
    ledger(folder / "dateline.db", [(read, "The Courier")]).close()
    return folder


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_in_the_docs_runs(
    code: str, parser: SpacyParser, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], workplace: Path
) -> None:
    monkeypatch.setattr("dateline.reader.load_parser", lambda name=None: parser)
    monkeypatch.chdir(workplace)
    exec(compile(code, "docs", "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.parametrize("name", dateline.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    thing = getattr(dateline, name)
    assert name == "__version__" or thing.__doc__


def test_the_worked_lexicon_proves_itself_and_adds_what_was_not_known(parser: SpacyParser) -> None:
    with_it = Reader(parser=parser, lexicons=(LEXICON,))
    without = Reader(parser=parser)

    def events(reader: Reader, text: str) -> tuple[dateline.Event, ...]:
        return reader.read(dateline.Article("example", text)).events

    for file in event_files(LEXICON):
        for rule in file.rules:
            proofs = list(prove(file, rule, lambda text: events(with_it, text)))
            assert proofs
            assert not [str(proof) for proof in proofs if proof.problem]
            assert not any(event.sense.startswith("cattle/") for event in events(without, proofs[0].text))


def test_the_targets_that_the_docs_name_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for page in PAGES:
        for target in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text(encoding="utf-8")):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: make {target}"


def test_the_python_that_runs_this_is_one_that_the_package_allows() -> None:
    assert sys.version_info >= (3, 12)
    assert (ROOT / ".python-version").read_text().strip() == "3.12"
