"""Events read where there should be few: news of sports, science and weather.

    python -m benchmarks.quiet

Prints every event read in them with its sentence, for a person to judge, and how many there are an article.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter
from datetime import date

from benchmarks.gold import KeptParser, data_folder
from dateline.model import Article
from dateline.reader import Reader

SUBJECTS = re.compile(
    r"\b(scientists?|scientific|stud(?:y|ies)|research\w*|astronom\w*|neuroscient\w*|arch\wologist|spacex|cosmonaut|oceanographer|"
    r"biologist|mathematician|inventor|dinosaurs?|egyptians|penguins|butterfly|zebra|slug|frog|hurricane|tropical|typhoon|"
    r"earthquake|quake|seismic|rugby|marathon|hurdles|chess|tennis|basketball|comicon|expo|maker faire|anime|haunters|"
    r"equinox|nobel|robot\w*|coral|drummer|guitarist|singer\S*|actor|premiere|submarine|sub near|water main)\b",
    re.IGNORECASE,
)
ARTICLES = 50


def quiet_articles() -> list[Article]:
    """The first fifty Wikinews articles whose title speaks of sports, science, weather or entertainment."""
    with gzip.open(data_folder() / "news" / "wikinews_2019_2020.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    chosen = [row for row in rows if SUBJECTS.search(row["title"])]
    return [
        Article(id=row["title"], text=row["text"], title=row["title"], published=date.fromisoformat(row["published"]))
        for row in chosen[:ARTICLES]
    ]


def main() -> int:
    """Print the events and their rate; exit code 1 where the data is not there."""
    if not data_folder().is_dir():
        print(f"no data in {data_folder()}: nothing is measured", file=sys.stderr)
        return 1
    reader = Reader(parser=KeptParser())
    senses: Counter[str] = Counter()
    articles = quiet_articles()
    for article in articles:
        for event in reader.read(article).events:
            senses[event.sense] += 1
            before, after = max(0, event.start - 70), event.end + 70
            context = " ".join(article.text[before:after].split())
            print(f"{article.id[:40]:40s} {event.type:9s} {event.trigger!r}: … {context} …")
    total = senses.total()
    print(f"{len(articles)} articles, {total} events read, {total / len(articles):.2f} an article")
    print(", ".join(f"{sense} {count}" for sense, count in senses.most_common(20)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
