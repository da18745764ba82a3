"""Precision and recall of the figure extractor against the figures marked by hand: `python -m benchmarks.figures`.

The marks (tests/ingest/marks/*.json) hold offsets, figures, fields and hashes, never the articles' sentences; they are
of use only where the articles lie: TINHSO_SEEDS, or ../shared/seeds beside the repository.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.text import fold, nfc, sentences
from retrieval.types import Article, Figure, Period

PROJECT = Path(__file__).resolve().parent.parent
MARKS = PROJECT / "tests" / "ingest" / "marks"
SEEDS = Path(os.environ.get("TINHSO_SEEDS") or PROJECT.parent / "shared" / "seeds")

CONTEXT = 24
"""Characters, blanks apart, on either side of a mark's figure whose hash finds its place again in the cleaned text."""

FIELDS = ("value", "province", "indicator", "kind", "period", "unit", "denominator", "label", "scope")


# --- marks -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure marked by hand. Fields given as tuples list what a careful reader may conclude: any of them is right.

    ``start``/``end`` bound the digits in ``nfc`` of the file as it lies; ``before``/``after`` are the hashes of its
    context. ``words`` must all stand in a figure's label, unit or scope, folded ("|" parts alternatives), ``scope``
    likewise. ``indicator`` is an id of the catalogue, "" where none fits, None where it is not judged. ``optional`` marks may be found or not. A mark ``in_title`` is judged where the text keeps the title.
    """

    file: str
    province: str
    shown: str
    start: int
    end: int
    before: str
    after: str
    indicator: tuple[str, ...] | None
    value: float
    unit: tuple[str, ...]
    kind: tuple[str, ...]
    period: tuple[Period | None, ...]
    denominator: tuple[float | None, ...]
    words: tuple[str, ...]
    scope: str
    in_title: bool = False
    optional: bool = False


def load_marks(folder: Path = MARKS) -> list[Mark]:
    marks: list[Mark] = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        marks += [_mark(data["file"], data["province"], row) for row in data["marks"]]
    return marks


def _mark(file: str, province: str, row: Mapping[str, Any]) -> Mark:
    return Mark(
        file=file,
        province=province,
        shown=row["shown"],
        start=row["start"],
        end=row["end"],
        before=row["before"],
        after=row["after"],
        indicator=_any_of(row["indicator"]),
        value=row["value"],
        unit=_any_of(row["unit"]),
        kind=_any_of(row["kind"]),
        period=tuple(parse_period(period) for period in _any_of(row["period"])),
        denominator=_any_of(row["denominator"]),
        words=tuple(row["words"]),
        scope=row["scope"],
        in_title=row.get("place") == "title",
        optional=row.get("optional", False),
    )


def _any_of(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def parse_period(text: str | None) -> Period | None:
    """ "2022", "2023 H1" (the part of the year) or "2021-2025" (a span)."""
    if text is None:
        return None
    if "-" in text:
        since, year = text.split("-")
        return Period(int(year), since=int(since))
    head, _, part = text.partition(" ")
    return Period(int(head), part)


def context_hashes(text: str, start: int, end: int) -> tuple[str, str]:
    """Hashes of what stands before and after ``text[start:end]``, blind to blanks and line breaks."""
    before, after = "".join(text[:start].split())[-CONTEXT:], "".join(text[end:].split())[:CONTEXT]
    return hashlib.sha1(before.encode()).hexdigest()[:12], hashlib.sha1(after.encode()).hexdigest()[:12]


def place(mark: Mark, text: str) -> tuple[int, int] | None:
    """Where the mark's figure stands in a cleaned text: the place with both hashes, else the first with one of them."""
    best, best_hits, at = None, 0, text.find(mark.shown)
    while at >= 0:
        before, after = context_hashes(text, at, at + len(mark.shown))
        hits = (before == mark.before) + (after == mark.after)
        if hits > best_hits:
            best, best_hits = (at, at + len(mark.shown)), hits
        at = text.find(mark.shown, at + 1)
    return best


# --- scoring -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """One miss, false alarm or wrong field, as the table of faults prints it."""

    file: str
    shown: str
    what: str
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class Score:
    """``right[field]`` counts marks; "found" and "whole" (all fields right) stand beside the fields.

    ``expected`` is the number of required marks, ``given`` that of figures extracted where no optional mark stands.
    """

    expected: int
    given: int
    right: Mapping[str, int]
    faults: tuple[Fault, ...]

    def precision(self, field: str) -> float:
        return self.right[field] / self.given if self.given else 0.0

    def recall(self, field: str) -> float:
        return self.right[field] / self.expected if self.expected else 0.0


def score(articles: Mapping[str, Article], marks: Iterable[Mark], extract: Callable[[Article], list[Figure]]) -> Score:
    """Aligns figures with marks by their digits and judges each field. ``articles`` are keyed by file name.

    Each mark takes the figure at its place that agrees with it most. Two marks may take the same figure ("chỉ số A và
    B xếp thứ tư"); a figure that no mark takes is a false alarm, unless it agrees with the mark at its place in full.
    """
    right = dict.fromkeys(("found", *FIELDS, "whole"), 0)
    expected = given = 0
    faults: list[Fault] = []
    by_file: dict[str, list[Mark]] = {}
    for mark in marks:
        by_file.setdefault(mark.file, []).append(mark)
    for file, article in articles.items():
        figures = extract(article)
        taken: set[int] = set()
        for mark in by_file.get(file, []):
            span = place(mark, article.text)
            if span is None and (mark.in_title or mark.optional):
                continue
            here = [i for i, f in enumerate(figures) if span and f.start < span[1] and span[0] < f.end]
            faulty = {i: wrong_fields(figures[i], mark) for i in here}
            taken.update(i for i, wrong in faulty.items() if not wrong)
            best = min(here, key=lambda i: len(faulty[i]), default=None)
            if best is not None:
                taken.add(best)
            if mark.optional:
                continue
            expected += 1
            if best is None:
                what = "missed" if span else "not in the article's text"
                faults.append(Fault(file, mark.shown, what, ", ".join(mark.words), ""))
                continue
            given += 1
            right["found"] += 1
            right["whole"] += not faulty[best]
            for field in FIELDS:
                right[field] += field not in faulty[best]
            faults += [Fault(file, mark.shown, field, *faulty[best][field]) for field in faulty[best]]
        for i, figure in enumerate(figures):
            if i not in taken:
                given += 1
                faults.append(Fault(file, figure.shown, "false alarm", "", f"{figure.kind} {figure.label}"))
    return Score(expected, given, right, tuple(faults))


def wrong_fields(figure: Figure, mark: Mark) -> dict[str, tuple[str, str]]:
    """Field -> (expected, got) for each field in which the figure differs from the mark."""
    amount, unit = plain_amount(figure.value, figure.unit)
    words = fold(nfc(f"{figure.label} {figure.unit} {figure.scope}"))
    judged = {
        "value": (abs(amount - mark.value) <= 1e-9 * abs(mark.value), mark.value, figure.value),
        "province": (figure.province == mark.province, mark.province, figure.province),
        "indicator": (mark.indicator is None or figure.indicator in mark.indicator, mark.indicator, figure.indicator),
        "kind": (figure.kind.value in mark.kind, mark.kind, figure.kind.value),
        "period": (figure.period in mark.period, mark.period, figure.period),
        "unit": (any(_same_unit(unit, fold(nfc(u))) for u in mark.unit), mark.unit, figure.unit),
        "denominator": (figure.denominator in mark.denominator, mark.denominator, figure.denominator),
        "label": (all(_holds(words, word) for word in mark.words), mark.words, figure.label),
        "scope": (_holds(words, mark.scope), mark.scope, f"{figure.scope} in {figure.label}"),
    }
    return {field: (_show(want), _show(got)) for field, (good, want, got) in judged.items() if not good}


_MULTIPLIERS = {"nghin ty": 1e12, "ngan ty": 1e12, "ty": 1e9, "ti": 1e9, "trieu": 1e6, "nghin": 1e3, "ngan": 1e3}


def plain_amount(value: float, unit: str) -> tuple[float, str]:
    """(66, "tỷ đồng") and (66e9, "đồng") are one amount: the second form, its unit folded."""
    folded = fold(nfc(unit)).strip()
    for word, factor in _MULTIPLIERS.items():
        if folded == word or folded.startswith(word + " "):
            return value * factor, folded[len(word) :].strip() or "dong"
    return value, folded


def _same_unit(a: str, b: str) -> bool:
    """Counted nouns may be cut short or run on: "phản ánh" is "phản ánh, kiến nghị"."""
    first, second = a.replace(",", " ").split(), b.replace(",", " ").split()
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter] and bool(shorter or not (first or second))


def _holds(folded: str, words: str) -> bool:
    return any(alternative in folded for alternative in words.split("|"))


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return " or ".join(map(_show, value))
    return "none" if value in (None, "") else str(value)


# --- the benchmark -----------------------------------------------------------------------------------------------


def seed_articles(folder: Path = SEEDS) -> dict[str, Article]:
    """The articles of the folder as the product reads them, by file name."""
    from ingest.readers import read_article
    from ingest.sources import RawDocument, find_files

    raw = [found for found in find_files([str(folder)]) if isinstance(found, RawDocument)]
    return {Path(document.source).name: read_article(document) for document in raw}


def sentences_per_second(
    articles: Sequence[Article], extract: Callable[[Article], list[Figure]], seconds: float = 2.0
) -> float:
    count = sum(len(sentences(article.text)) for article in articles)
    began, rounds = time.process_time(), 0
    while (spent := time.process_time() - began) < seconds or not rounds:
        for article in articles:
            extract(article)
        rounds += 1
    return count * rounds / spent


def main() -> int:
    from ingest.figures import extract

    if not SEEDS.is_dir():
        print(f"No articles in {SEEDS}: set TINHSO_SEEDS to the folder that holds them.", file=sys.stderr)
        return 1
    articles = seed_articles()
    result = score(articles, load_marks(), extract)
    print(f"{result.expected} figures marked, {result.given} extracted, {len(articles)} articles\n")
    print("| field | precision | recall |\n| --- | --- | --- |")
    for field in result.right:
        print(f"| {field} | {result.precision(field):.3f} | {result.recall(field):.3f} |")
    print()
    for fault in result.faults:
        print(f"{fault.file[:3]} {fault.shown:>8} {fault.what:<14} expected {fault.expected!r} got {fault.got!r}")
    print(f"\n{sentences_per_second(list(articles.values()), extract):.0f} sentences a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
