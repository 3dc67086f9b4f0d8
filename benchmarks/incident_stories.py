"""Merging measured on corpora of others: ECB+ and MEANTIME, against the lemma of the trigger, the topic being told or not.

    python -m benchmarks.incident_stories [--half developed|held]

Both sides are given the same mentions: the events that Dateline reads where a corpus marks one. With the topic told, articles of
different topics are not compared. ECB+ is read without its day: what an article does not say is not known. Points of merging were
fitted on the even topics (`benchmarks.train_merging`); the odd ones are held back.
"""

from __future__ import annotations

import argparse
import re
import zipfile
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from xml.etree import ElementTree

from benchmarks.gold import KeptParser, data_folder
from benchmarks.incidents import b_cubed, groups_of, lea, merged, muc, pair_score
from dateline.incidents import Told, told_in
from dateline.language import Document
from dateline.model import Article
from dateline.reader import Reader

NO_SPACE = frozenset([*".,;:!?%)]”", "'s", "n't", "''"])
Marked = tuple[str, Article, list[tuple[int, int, str]]]
"""A topic, an article, and its event mentions as (start, end, chain); a mention without others is a chain of its own."""


def ecb_articles() -> Iterator[Marked]:
    """The articles of ECB+, by topic."""
    with zipfile.ZipFile(data_folder() / "stories" / "ecbplus_dev.zip") as archive:
        for name in sorted(archive.namelist()):
            if parts := re.fullmatch(r"ECB\+/(\d+)/(.*)\.xml", name):
                yield parts[1], *_ecb(archive.read(name).decode("utf-8", "replace"), parts[2])


def _ecb(xml: str, name: str) -> tuple[Article, list[tuple[int, int, str]]]:
    root = ElementTree.fromstring(xml)
    addresses = {token.get("sentence") for token in root.iter("token") if token.text == "http"}
    text, spans = _laid_out(root, addresses)
    mentions = {}
    for mark in root.iterfind("Markables/*"):
        at = [spans.get(anchor.get("t_id")) for anchor in mark.iter("token_anchor")]
        known = [span for span in at if span is not None]
        if known and len(known) == len(at) and "ACTION" in mark.tag:
            mentions[mark.get("m_id")] = (min(known)[0], max(known)[1])
    chains: dict[str | None, str] = {}
    for relation in root.iterfind("Relations/*"):
        own = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else f"{name}{relation.get('r_id')}"
        chains.update((source.get("m_id"), own or name) for source in relation.iter("source"))
    found = [(start, end, chains.get(mark, f"{name}#{mark}")) for mark, (start, end) in mentions.items()]
    return Article(id=name, text=text), found


def meantime_articles() -> Iterator[Marked]:
    """The articles of MEANTIME, by corpus; events of two articles are one where they refer to one instance."""
    for file in sorted((data_folder() / "time" / "meantime").glob("*/*.xml")):
        root = ElementTree.parse(file).getroot()
        text, spans = _laid_out(root, set())
        marks = {}
        for mark in root.iterfind("Markables/EVENT_MENTION"):
            if at := [spans[anchor.get("t_id")] for anchor in mark.iter("token_anchor")]:
                marks[mark.get("m_id")] = (min(at)[0], max(at)[1])
        instances = {mark.get("m_id"): mark.get("instance_id") for mark in root.iterfind("Markables/EVENT")}
        chains: dict[str | None, str] = {}
        for relation in root.iterfind("Relations/REFERS_TO"):
            target = next((found.get("m_id") for found in relation.iter("target")), None)
            if target in instances:
                chains |= {s.get("m_id"): instances[target] or f"{file.stem}#{target}" for s in relation.iter("source")}
        days = (t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME")
        day = next(
            (date.fromisoformat(value) for value in days if re.fullmatch(r"\d{4}-\d\d-\d\d", value or "") and value), None
        )
        found = [(start, end, chains.get(mark, f"{file.stem}#m{mark}")) for mark, (start, end) in marks.items()]
        yield file.parent.name, Article(id=file.stem, text=text, published=day), found


def _laid_out(root: ElementTree.Element, without: set[str | None]) -> tuple[str, dict[str | None, tuple[int, int]]]:
    """The text of an article made anew from its tokens, every sentence a paragraph, and where each token stands."""
    text, spans, sentence, before = "", {}, None, ""
    for token in root.iter("token"):
        if token.get("sentence") in without:
            continue
        word = unescape(token.text or "").replace("``", "“").replace("''", "”")
        if text and token.get("sentence") != sentence:
            text += "\n\n"
        elif text and word not in NO_SPACE and not word.startswith("'") and before not in ("“", "(", "[", "$"):
            text += " "
        spans[token.get("t_id")] = (len(text), len(text) + len(word))
        text, sentence, before = text + word, token.get("sentence"), word
    return text, spans


@dataclass
class Stories:
    """What is read of a corpus: the events by topic, and of those that are marked the chain, the lemma and the article."""

    coded: int = 0
    tolds: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    chain: dict[str, str] = field(default_factory=dict)
    lemma: dict[str, str] = field(default_factory=dict)
    topic: dict[str, str] = field(default_factory=dict)
    article: dict[str, str] = field(default_factory=dict)

    def read(self, reader: Reader, topic: str, article: Article, mentions: list[tuple[int, int, str]]) -> None:
        """Read one article; each mention is given to one event at most."""
        reading, facts = reader.explain(article)
        lemma = {token.start: token.lemma.lower() for token in facts.one(Document).tokens}
        left = sorted(mentions)
        self.coded += len(mentions)
        for told in told_in(reading, article.id):
            self.tolds[topic].append(told)
            mark = next((m for m in left if m[0] < told.event.end and told.event.start < m[1]), None)
            if mark is not None:
                left.remove(mark)
                self.chain[told.id], self.topic[told.id], self.article[told.id] = mark[2], topic, article.id
                self.lemma[told.id] = lemma.get(told.event.start, told.event.trigger.lower())


def show(name: str, stories: Stories) -> None:
    """Print how a corpus is merged, and how the lemma merges it."""
    print(f"{name}: {len(stories.chain)} of {stories.coded} event mentions are read")
    apart: dict[str, Hashable] = {}
    for tolds in stories.tolds.values():
        apart |= groups_of(merged(tolds))
    together = groups_of(merged([told for tolds in stories.tolds.values() for told in tolds]))
    _line("ours, topic told", apart, stories)
    _line("lemma, topic told", {name: (stories.topic[name], lemma) for name, lemma in stories.lemma.items()}, stories)
    _line("ours, not told", together, stories)
    _line("lemma, not told", stories.lemma, stories)
    _line("each alone", {name: name for name in stories.chain}, stories)


def _line(label: str, found: Mapping[str, Hashable], stories: Stories) -> None:
    pairs = pair_score(found, stories.chain, stories.article)
    others = ((name, score(found, stories.chain)) for name, score in (("B3", b_cubed), ("MUC", muc), ("LEA", lea)))
    scores = "  ".join(f"{name} F1 {f:.3f} (P {p:.3f}, R {r:.3f})" for name, (f, p, r) in (("pairs", pairs), *others))
    print(f"  {label:18}{scores}", flush=True)


def developed(topic: str) -> bool:
    """Whether a topic of ECB+ is one of those that the points were fitted on."""
    return int(topic) % 2 == 0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("developed", "held"), help="only these topics of ECB+, and no MEANTIME")
    half = parser.parse_args().half
    reader = Reader(parser=KeptParser())
    halves = {"developed": Stories(), "held": Stories()}
    for topic, article, mentions in ecb_articles():
        name = "developed" if developed(topic) else "held"
        if half in (None, name):
            halves[name].read(reader, topic, article, mentions)
    for name, stories in halves.items():
        if half in (None, name):
            show(f"ECB+, topics {name}", stories)
    if half is None:
        every = Stories()
        for topic, article, mentions in meantime_articles():
            every.read(reader, topic, article, mentions)
        show("MEANTIME", every)


if __name__ == "__main__":
    main()
