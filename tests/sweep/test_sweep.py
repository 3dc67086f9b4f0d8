"""Very many odd inputs: nothing crashes, nothing hangs, what is wrong comes back as a reason. `make nightly` tries 50 times as many."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from dateline.find.actor_lexicon import actor_lexicon
from dateline.model import Article
from dateline.reader import Reader
from dateline.rules.loader import LexiconError, load_file, load_folder
from dateline.rules.senses import load_senses
from dateline.sources import Failure, Found, Unreadable, html, outcomes
from dateline.sources.found import SetAside
from tests.sweep.making import BODY, FILES, PAGES, RULES, TABLES, changed, text_of
from tests.test_robustness import check, reader

__all__ = ["reader"]

INPUTS = int(os.environ.get("DATELINE_SWEEP", "2000"))
"""How many inputs in all; half of them are pages."""
LONGEST = 20.0
"""Seconds of work after which one small input is said to hang."""
WORKERS = 4
NIGHTLY = INPUTS > 50_000
MOST_MEMORY = 8_000_000
"""Kilobytes that reading an article of two megabytes may take."""
ROOT = Path(__file__).parents[2]
PARTS = range(WORKERS)


def seeds(part: int, share: float) -> Iterable[int]:
    """The numbers of the inputs of one part of the sweep."""
    return range(part, round(INPUTS * share), WORKERS)


@pytest.mark.parametrize("part", PARTS)
def test_odd_pages(part: int) -> None:
    for seed in seeds(part, 0.5):
        data = changed(seed, PAGES[seed % len(PAGES)].encode())
        started = time.process_time()
        try:
            found = html.page(data, f"page {seed}")
        except (Unreadable, SetAside) as error:
            reason = str(error)
            assert reason
        else:
            assert isinstance(found, Found)
            found.article.text.encode()
        assert time.process_time() - started < LONGEST, f"page {seed}"


@pytest.mark.parametrize("name", sorted(FILES))
def test_what_is_changed_was_right_before(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    found = list(outcomes([tmp_path / name]))
    assert found
    assert all(isinstance(outcome, Found) and "Talma" in outcome.article.text for outcome in found), found


@pytest.mark.parametrize("part", PARTS)
def test_odd_files(part: int, tmp_path: Path) -> None:
    names = sorted(FILES)
    for seed in seeds(part, 0.3):
        path = tmp_path / names[seed % len(names)]
        path.write_bytes(changed(seed, FILES[path.name]))
        started = time.process_time()
        for outcome in outcomes([path]):
            assert isinstance(outcome, Found | Failure)
            if isinstance(outcome, Found):
                outcome.article.text.encode()
            else:
                assert outcome.reason
        assert time.process_time() - started < LONGEST, f"file {seed}"


@pytest.mark.parametrize("part", PARTS)
def test_odd_rules(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "events").mkdir()
    own, others = tmp_path / "events" / "own.toml", load_folder("events")
    monkeypatch.setattr("dateline.rules.senses.load_folder", lambda name, extra: [*others, load_file(own)])
    for seed in seeds(part, 0.15):
        (tmp_path / "events" / "own.toml").write_bytes(changed(seed, RULES.encode()))
        try:
            load_senses((tmp_path,))
        except LexiconError as error:
            wrong = str(error)
            assert "own.toml" in wrong, f"rules {seed}"


@pytest.mark.parametrize("part", PARTS)
def test_odd_tables_of_names(part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "actors" / "own.tsv"
    own.parent.mkdir()
    monkeypatch.setattr("dateline.find.actor_lexicon.bundled", lambda *parts: tmp_path / "nothing")
    monkeypatch.setattr(
        "dateline.find.actor_lexicon._add_countries", lambda lexicon: None
    )  # neither is odd, and both take long
    for seed in seeds(part, 0.15):
        own.write_bytes(changed(seed, TABLES[seed % len(TABLES)].encode()))
        try:
            actor_lexicon.__wrapped__((tmp_path,))
        except LexiconError as error:
            wrong = str(error)
            assert "own.tsv:" in wrong, f"table {seed}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("control.toml", '[[unit]]\nname = "x"\nexamples = ["a"]\nwords = ["foo"]\n'),
        ("places/names.toml", "nouns = 3\n"),
        ("speech/forms.toml", "texts = 3\n"),
        ("speech/quotations.toml", "small = 3\n"),
        ("status.toml", '[[cue]]\nname = "x"\nexamples = ["a"]\nwords = ["foo"]\nat = ["itself"]\n'),
        ("time_eras.toml", 'last_year = "soon"\n'),
    ],
)
def test_a_rule_file_of_another_shape_is_named(name: str, text: str, reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(str(path))):
        Reader(parser=reader.parser, lexicons=(tmp_path,))


@pytest.mark.parametrize("part", PARTS)
def test_odd_texts(part: int, reader: Reader) -> None:
    for seed in seeds(part, 0.05):
        check(reader.read(Article("a", text_of(seed))))


def one_sentence(words: int) -> str:
    """A text without a full stop."""
    r = random.Random(words)
    stems = BODY.replace(".", "").replace(";", "").split()
    return " ".join(
        " ".join(stems) + f" and in {r.choice(('Varno', 'Lodrin', 'Pell'))} because" for _ in range(words // 90 + 1)
    )


def test_a_sentence_twice_as_long_takes_twice_the_time(reader: Reader) -> None:
    def seconds(words: int) -> float:
        text = one_sentence(words)
        started = time.process_time()
        reader.read(Article("a", text))
        return time.process_time() - started

    small, large = (2_500, 5_000) if NIGHTLY else (600, 1_200)
    seconds(200)
    assert seconds(large) < 2 * 1.75 * seconds(small)


@pytest.mark.skipif(not NIGHTLY, reason="minutes of work: make nightly does it")
def test_an_article_of_two_megabytes_takes_its_share_of_time_and_bounded_memory() -> None:
    program = """
import resource, time
from dateline.model import Article
from dateline.reader import Reader
from tests.sweep.making import BODY

def seconds(length):
    text = "\\n\\n".join(BODY.replace("12", str(number)) for number in range(length // len(BODY) + 1))
    assert len(text) > length
    started = time.process_time()
    reader.read(Article("a", text))
    return time.process_time() - started

reader = Reader()
seconds(20_000)
print(seconds(200_000), seconds(2_000_000), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    part, whole, memory = map(float, done.stdout.split())
    assert whole < 10 * 1.75 * part, done.stdout
    assert memory < MOST_MEMORY, done.stdout


def test_a_table_whose_lines_end_as_on_old_machines_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,title\rtext\n1,a\n")
    (outcome,) = outcomes([path])
    assert isinstance(outcome, Failure)
    assert "names of columns" in outcome.reason
