"""How many coded events of single sentences are found: two sets of others, for measuring only.

    python -m benchmarks.sentences

- `plv_train.tsv`: sentences with a PLOVER root type, source and target. Counted: sentences in which a read event has the root
  type, and those in which such an event has the marked source among its actors and the marked target among its recipients.
- `PETR.UnitTest.records.xml`: sentences about invented countries with the events that PETRARCH expects, in WEIS codes. Counted:
  expected events whose type is read in the sentence, and events read for each one expected.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator

from benchmarks.gold import KeptParser, data_folder
from dateline.model import Actor, Article, Event
from dateline.reader import Reader

OLDER_NAMES: dict[str, frozenset[str]] = {"YIELD": frozenset({"RETREAT", "CONCEDE"})}
"""Root codes of PLOVER's first drafts; the others kept their names."""
WEIS: dict[str, frozenset[str]] = {
    "01": frozenset({"RETREAT", "CONCEDE"}), "03": frozenset({"CONSULT"}), "04": frozenset({"SUPPORT"}),
    "05": frozenset({"AGREE"}), "06": frozenset({"AID", "COOPERATE", "CONCEDE", "RETREAT", "SUPPORT"}), "07": frozenset({"AID"}),
    "08": frozenset({"AGREE", "COOPERATE", "SUPPORT"}), "09": frozenset({"REQUEST"}), "10": frozenset({"REQUEST"}),
    "11": frozenset({"REJECT"}), "12": frozenset({"ACCUSE"}), "13": frozenset({"ACCUSE"}), "14": frozenset({"REJECT"}),
    "15": frozenset({"REQUEST"}), "16": frozenset({"THREATEN"}), "17": frozenset({"THREATEN"}),
    "18": frozenset({"PROTEST", "MOBILIZE"}), "19": frozenset({"SANCTION"}), "20": frozenset({"SANCTION", "COERCE"}),
    "21": frozenset({"COERCE"}), "22": frozenset({"ASSAULT"}),
}  # fmt: skip
"""WEIS root code -> the types that its acts have in PLOVER (02 is comment: no act)."""

SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "s", "the", "to"})


def plv() -> tuple[int, int, int]:
    """(sentences, with the root type read, with source and target as actor and recipient of such an event)."""
    with (data_folder() / "events" / "plv_train.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    typed = whole = 0
    for row, events in zip(rows, _read([row["sentence"] for row in rows]), strict=True):
        wanted = OLDER_NAMES.get(row["gold_root"], frozenset({row["gold_root"]}))
        fitting = [event for event in events if event.type in wanted]
        typed += bool(fitting)
        whole += any(
            _among(row["source"], e.actors) and _among(row["target"], (*e.recipients, *e.actors[1:])) for e in fitting
        )
    return len(rows), typed, whole


def petrarch() -> tuple[int, int, int, int]:
    """(sentences, events expected, of these found by their type, events read)."""
    text = (data_folder() / "events" / "PETR.UnitTest.records.xml").read_text(encoding="utf-8", errors="replace")
    records = []
    for record in re.findall(r"<Sentence .*?</Sentence>", text, flags=re.DOTALL):
        codes = re.findall(r'eventcode\s*=\s*"(\d{3})"', record)
        words = re.search(r"<Text>(.*?)</Text>", record, flags=re.DOTALL)
        wanted = [WEIS[code[:2]] for code in codes if code[:2] in WEIS]
        if words and wanted:
            records.append((" ".join(words.group(1).split()), wanted))
    expected = found = read = 0
    for (_, wanted), events in zip(records, _read([text for text, _ in records]), strict=True):
        left = [event.type for event in events]
        expected += len(wanted)
        read += len(left)
        for types in wanted:
            hit = next((kind for kind in left if kind in types), None)
            if hit is not None:
                left.remove(hit)
                found += 1
    return len(records), expected, found, read


def _read(sentences: Iterable[str]) -> Iterator[tuple[Event, ...]]:
    reader = Reader(parser=KeptParser())
    for number, sentence in enumerate(sentences):
        yield reader.read(Article(id=str(number), text=sentence)).events


def _among(name: str, actors: Iterable[Actor]) -> bool:
    """Whether a marked phrase and one of the actors share their words, a people counting as its country ("Sudanese", "Sudan's")."""
    wanted = _stems(name)
    return any(
        words <= wanted or wanted <= words or len(words & wanted) >= 2
        for words in map(_stems, (a.name for a in actors))
        if words
    )


def _stems(name: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w+", name.lower()) if word not in SMALL_WORDS}


def main() -> int:
    """Print both tables; exit code 1 where the data is not there."""
    if not data_folder().is_dir():
        print(f"no data in {data_folder()}: nothing is measured", file=sys.stderr)
        return 1
    sentences, typed, whole = plv()
    print(
        f"PLV: {sentences} sentences, root type read {typed / sentences:.3f}, with source and target {whole / sentences:.3f}"
    )
    records, expected, found, read = petrarch()
    precision, recall = found / max(read, 1), found / max(expected, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"PETRARCH unit tests: {records} sentences, {expected} events expected, {read} read")
    print(f"  {found} found by root type: recall {recall:.3f}, F1 {f1:.3f}")
    print("published on the latter, with parses given: PETRARCH2 F1 .50, UniversalPetrarch F1 .70")
    return 0


if __name__ == "__main__":
    sys.exit(main())
