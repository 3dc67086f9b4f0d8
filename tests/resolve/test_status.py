"""Cues of status: every example and near-miss of the rule file, and how cues combine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from dateline.language import Document
from dateline.model import Act, EventType, Evidence, Status
from dateline.reading import Facts
from dateline.resolve.cues import STATUSES, load_cues
from dateline.resolve.status import OVER, StatusRules
from dateline.rules.loader import LexiconError, Rule, load_one

SENTENCES = Path(__file__).parent / "sentences" / "status.tsv"
RUNS = ("status.toml#*",)
CUES = load_one("status.toml").rules
Parse = Callable[[str], Document]


def read(
    parse: Parse, text: str, act: str, type: EventType = "ASSAULT", start: int | None = None
) -> tuple[Status, Evidence]:
    """The status of the act whose word stands at `start`, by default where it stands first in the text."""
    document = parse(text)
    start = text.index(act) if start is None else start
    token = document.at(start)
    assert token is not None
    found = Act(start=start, end=start + len(act), token=token.i, matched=(token.i,), type=type, mode=None, sense="test")
    return StatusRules(document, Facts()).status(found)


def texts(entries: tuple[str | Mapping[str, Any], ...]) -> list[tuple[str, str, EventType]]:
    return [(e["text"], e["act"], e.get("type", "ASSAULT")) for e in entries if not isinstance(e, str)]


@pytest.mark.parametrize("rule", CUES, ids=lambda rule: rule.name)
def test_examples(rule: Rule, parse: Parse) -> None:
    for text, act, type in texts(rule.examples):
        status, evidence = read(parse, text, act, type)
        if rule.data["status"] == "through":
            continue
        assert rule.name in evidence.why, (text, status, evidence)
    for text, act, type in texts(rule.near_misses):
        assert rule.name not in read(parse, text, act, type)[1].why.split(", "), text


@pytest.mark.parametrize(
    ("text", "act", "status"),
    [
        ("The rebels attacked the convoy.", "attacked", "actual"),
        ("The rebels will not attack the convoy.", "attack", "negated"),
        ("The envoy urged the rebels not to attack the convoy.", "attack", "hypothetical"),
        ("If the rebels do not release the hostages, the army will attack.", "release", "hypothetical"),
        ("The minister refused to agree to withdraw the troops.", "withdraw", "negated"),
        ("The two sides will hold talks in May.", "talks", "future"),
        ("The army will continue to shell the town.", "shell", "future"),
        ("The envoy urged the rebels to end the violence.", "violence", "actual"),
        ("The union said that the police had beaten two men.", "beaten", "actual"),
    ],
)
def test_lights_add_up(text: str, act: str, status: Status, parse: Parse) -> None:
    assert read(parse, text, act)[0] == status


def test_evidence_points_at_the_cue(parse: Parse) -> None:
    text = "The rebels agreed to release the hostages."
    _, evidence = read(parse, text, "release")
    assert evidence.start is not None
    assert text[evidence.start : evidence.end] == "agreed"


def test_every_pair_of_lights_is_decided() -> None:
    assert all(OVER[outer][inner] in STATUSES for outer in STATUSES for inner in STATUSES)


def sentences() -> Iterator[Any]:
    """The sentences of `sentences/status.tsv`: status, type and text with the act in brackets; "!" marks what is not yet read."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        status, type, marked = line.split("\t")
        reason = "the cue is not in the words of the clause, or the parse hides it"
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if status.startswith("!") else []
        yield pytest.param(marked, type, status.lstrip("!"), marks=marks, id=marked)


@pytest.mark.parametrize(("marked", "type", "status"), list(sentences()))
def test_newspaper_sentences(marked: str, type: EventType, status: Status, parse: Parse) -> None:
    assert status in get_args(Status)
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found, evidence = read(parse, text, text[start:end], type, start)
    assert found == status, evidence.why


GOOD = '[[cue]]\nname = "zap"\nwords = ["zap"]\nat = ["object"]\nstatus = "future"\nexamples = [{ text = "x", act = "x" }]\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("future", "past"), "no status that there is: 'past'"),
        (GOOD.replace('"object"', '"objekt"'), "a place that is not known: 'objekt'"),
        (GOOD.replace("status =", 'types = ["WAR"]\nstatus ='), "a type that is not known: 'WAR'"),
        (GOOD.replace("status =", 'whit = ["x"]\nstatus ='), "a key that is not known: 'whit'"),
        (GOOD.replace('words = ["zap"]\n', ""), "needs words"),
    ],
)
def test_a_broken_cue_is_named_with_its_line(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "status.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match=rf"status\.toml:\d+: .*{complaint}"):
        load_cues((tmp_path,))


def test_a_users_cue_is_added(tmp_path: Path, parse: Parse) -> None:
    (tmp_path / "status.toml").write_text(GOOD.replace('"zap"]', '"describe"]'), encoding="utf-8")
    document = parse("The envoy described a strike.")
    token = next(token for token in document.tokens if token.lower == "strike")
    act = Act(start=token.start, end=token.end, token=token.i, matched=(token.i,), type="ASSAULT", mode=None, sense="test")
    assert StatusRules(document, Facts(), load_cues((tmp_path,))).status(act)[0] == "future"
