"""What the readers make of pages in the styles of unlike sites: story words kept, title, date, publisher.

python -m benchmarks.pages [--wrong]
"""

import argparse
import sys

from ingest.readers import read_article
from ingest.sources import Kind, RawDocument
from tests.ingest.styles import HELD_OUT, PAGES
from tests.ingest.styles.measure import Score, measure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show what was read of each page that is not all right")
    options = parser.parse_args()
    _table("pages that the readers were improved on", [measure(page) for page in PAGES])
    _table("held out: written after that, nothing was tuned to them", [measure(page) for page in HELD_OUT])
    for page in PAGES if options.wrong else ():
        score = measure(page)
        if score.f1 < 0.999 or not (score.title and score.published and score.publisher):
            article = read_article(RawDocument("trang.html", "/tmp/trang.html", page.html.encode(), Kind.HTML))
            _print(f"\n--- {page.style}: {article.title} | {article.published} | {article.publisher}\n{article.text}")


def _table(name: str, scores: list[Score]) -> None:
    _print(
        f"\n| {name} | precision | recall | F1 | title | date | publisher |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for s in scores:
        marks = " | ".join("right" if right else "wrong" for right in (s.title, s.published, s.publisher))
        _print(f"| {s.style} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {marks} |")
    count = len(scores)
    means = (sum(values) / count for values in zip(*((s.precision, s.recall, s.f1) for s in scores), strict=True))
    rights = (sum(values) for values in zip(*((s.title, s.published, s.publisher) for s in scores), strict=True))
    shown = " | ".join([*(f"{mean:.3f}" for mean in means), *(f"{right}/{count}" for right in rights)])
    _print(f"| all {count} | {shown} |")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
