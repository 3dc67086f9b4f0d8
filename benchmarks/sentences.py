"""How many coded events of single sentences are found: two sets of others, for measuring only.

    python -m benchmarks.sentences

- `plv_train.tsv`: sentences with a PLOVER root type, and with a source and a target marked in them. Counted: sentences in which a
  read event has the root type, and those in which one of its actors is the marked source and one of its recipients, or another of
  its actors (mutual acts have no recipients), the marked target. An actor is the marked one if a naming of it stands in the marked
  words, or if its name shares their words: readings call "the US" United States and "a court in Lyon" French court. Where the file
  marks nobody ("an actor", "a recipient") the role must be empty.
- `PETR.UnitTest.records.xml`: sentences about invented countries with the events that PETRARCH expects, in WEIS codes. Counted:
  expected events whose type is read in the sentence, and events read for each one expected.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator

from benchmarks.gold import KeptParser, data_folder
from dateline.model import Actor, Article, Event, Reading
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

NOBODY = frozenset({"An actor", "a recipient"})
"""What stands for a source or target that the sentence does not name."""
MARK = r"</?[st]>"
SMALL_WORDS = frozenset({"a", "an", "and", "for", "in", "of", "on", "s", "the", "to"})


def plv() -> tuple[int, int, int]:
    """(sentences, with the root type read, with source and target as actor and recipient of such an event)."""
    typed = whole = 0
    rows = plv_rows()
    for row, reading in zip(rows, _read([row["sentence"] for row in rows]), strict=True):
        fitting = of_root_type(row, reading)
        typed += bool(fitting)
        whole += any(cast_as_marked(row, reading, event) for event in fitting)
    return len(rows), typed, whole


def plv_rows() -> list[dict[str, str]]:
    """The sentences of `plv_train.tsv`, column by column."""
    with (data_folder() / "events" / "plv_train.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def of_root_type(row: dict[str, str], reading: Reading) -> list[Event]:
    """The read events that have the marked root type."""
    wanted = OLDER_NAMES.get(row["gold_root"], frozenset({row["gold_root"]}))
    return [event for event in reading.events if event.type in wanted]


def cast_as_marked(row: dict[str, str], reading: Reading, event: Event) -> bool:
    """Whether one actor of an event is the marked source, and a recipient or another actor the marked target."""
    if row["source"] in NOBODY:
        return not event.actors and any(_is_marked(row, "target", reading, actor) for actor in event.recipients)
    sources = [actor for actor in event.actors if _is_marked(row, "source", reading, actor)]
    if row["target"] in NOBODY:
        return bool(sources) and not event.recipients
    targets = [a for a in (*event.recipients, *event.actors) if _is_marked(row, "target", reading, a)]
    return any(source is not target for source in sources for target in targets)


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
    for (_, wanted), reading in zip(records, _read([text for text, _ in records]), strict=True):
        left = [event.type for event in reading.events]
        expected += len(wanted)
        read += len(left)
        for types in wanted:
            hit = next((kind for kind in left if kind in types), None)
            if hit is not None:
                left.remove(hit)
                found += 1
    return len(records), expected, found, read


def _read(sentences: Iterable[str]) -> Iterator[Reading]:
    reader = Reader(parser=KeptParser())
    for number, sentence in enumerate(sentences):
        yield reader.read(Article(id=str(number), text=sentence))


def _is_marked(row: dict[str, str], role: str, reading: Reading, actor: Actor) -> bool:
    """Whether an actor is the one marked as "source" or "target": by a naming within the marked words, or by the words of its name.

    A people counts as its country ("Sudanese", "Sudan's").
    """
    wanted, words = _stems(row[role]), _stems(actor.name)
    if words and (words <= wanted or wanted <= words or len(words & wanted) >= 2):
        return True
    marked = _marked_spans(row["marked_sentence"], role)
    heads = [m.head for m in reading.mentions if m.actor == actor and m.kind != "pronoun"]
    return any(start <= head < end for start, end in marked for head in heads)


def _marked_spans(marked: str, role: str) -> list[tuple[int, int]]:
    """Where the words marked as "source" or "target" stand in the sentence without its marks."""
    found = []
    for match in re.finditer(rf"<{role[0]}>(.*?)</{role[0]}>", marked):
        start = len(re.sub(MARK, "", marked[: match.start()]))
        found.append((start, start + len(re.sub(MARK, "", match.group(1)))))
    return found


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
