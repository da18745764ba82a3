"""How many figures of texts written for it the ledger binds rightly: `python -m benchmarks.marked_texts development`.

The texts (tests/ingest/marked/*.txt, invented) bear marks in place: ⟦78,4%;r 2024 @Hà_Nam⟧ is a result of 2024 of Hà Nam.
They were marked by reading, before the rules were run over them; `blind.txt` is for scoring, never for writing rules.

    ### id | style | published | province of the text ("-": several) | title
    ⟦figure as printed; kinds period u=units @provinces v=value i=indicator !idx⟧

Kinds are r(esult), t(arget), k (rank), c(hange). "/" parts alternatives of kinds, periods and provinces, "|" those of units; "-" is
none, "_" a blank. "?" in front of the kinds: it may be found or not. "!idx": it is of no whole index (a department's, a component's) and may be bound to no province.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.figures import PROJECT, parse_period, plain_amount, sentences_per_second
from ingest.describe import describe
from ingest.readers.text import read_text
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.text import fold, nfc, parse_number
from retrieval.types import Article, Figure, Period

FOLDER = PROJECT / "tests" / "ingest" / "marked"
FIELDS = ("province", "value", "unit", "kind", "period")

_KINDS = {"r": "result", "t": "target", "k": "rank", "c": "change"}
_HEAD = re.compile(r"### (.+)\n")
_MARK = re.compile(r"⟦([^;⟧]*);([^⟧]*)⟧")
_DIGITS = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """Fields are tuples of what a careful reader may conclude; ``unit`` () is any. ``place``: how often ``shown`` stands
    in the text before it."""

    shown: str
    place: int
    province: tuple[str, ...]
    value: float
    unit: tuple[str, ...]
    kind: tuple[str, ...]
    period: tuple[Period | None, ...]
    indicator: str
    of_a_part: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Text:
    id: str
    style: str
    article: Article
    marks: tuple[Mark, ...]


def load(name: str) -> list[Text]:
    """The marked texts of "development" or "blind", read as the product reads a text file."""
    raw = nfc((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    parts = _HEAD.split(raw)[1:]
    return [_text(head, body) for head, body in zip(parts[::2], parts[1::2], strict=True)]


def _text(head: str, body: str) -> Text:
    number, style, published, province, title = (part.strip() for part in head.split(" | ", 4))
    plain, marks = "", []
    at = 0
    for match in _MARK.finditer(body):
        plain += body[at : match.start()]
        marks.append(_mark(match[1], match[2], plain, "" if province == "-" else province))
        plain += match[1]
        at = match.end()
    plain += body[at:]
    read = read_text(f"{title}\n\n{plain}", number, number)
    article = replace(read, title=title, published=date.fromisoformat(published))
    return Text(number, style, replace(article, provinces=describe(title, article.text)), tuple(marks))


def _mark(shown: str, said: str, before: str, province: str) -> Mark:
    optional, said = said.startswith("?"), said.removeprefix("?")
    kinds, period, *more = said.split(" ")
    given = {token[:2]: token[2:] for token in more if token[1:2] == "="}
    named = next((token[1:] for token in more if token.startswith("@")), province)
    units = given["u="].replace("_", " ").split("|") if "u=" in given else ["hạng" if "k" in kinds else "%"]
    return Mark(
        shown,
        before.count(_anchor(shown)),
        (*(name.replace("_", " ") for name in named.split("/")), *([""] if "!idx" in more else [])),
        float(given["v="]) if "v=" in given else _value(shown),
        () if units == [""] else tuple(unit.strip("-") for unit in units),
        tuple(_KINDS[kind] for kind in kinds.split("/")),
        tuple(_period(one) for one in period.split("/")),
        given.get("i=", ""),
        "!idx" in more,
        optional,
    )


def _anchor(shown: str) -> str:
    """What of a mark is looked for in the text: its digits, or the words of a rank."""
    digits = _DIGITS.search(shown)
    return digits[0] if digits else shown


def _value(shown: str) -> float:
    return parse_number(_anchor(shown))


def _period(text: str) -> Period | None:
    if text == "-":
        return None
    if "-" in text:
        return parse_period(text)
    return parse_period(text.replace("_", " "))


# --- scoring -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Score:
    """``right`` counts marks by field, "found", "bound" (all of FIELDS) and "indicator"; ``given`` are places with figures."""

    expected: int
    given: int
    right: Counter[str]
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right["bound"] / max(self.given, 1)

    @property
    def recall(self) -> float:
        return self.right["bound"] / max(self.expected, 1)


def score(texts: list[Text], extract: Callable[[Article], list[Figure]]) -> Score:
    right: Counter[str] = Counter()
    expected = given = 0
    faults: list[str] = []
    for text in texts:
        figures = extract(text.article)
        taken: set[int] = set()
        for mark in text.marks:
            start, end = _place(text.article.text, mark)
            here = [f for f in figures if f.start < end and start < f.end]
            taken.update(f.start for f in here)
            if mark.optional:
                continue
            expected += 1
            if not here:
                faults.append(f"{text.id} {mark.shown}: missed")
                continue
            given += 1
            wrongs = {f: dict(_wrong(f, mark)) for f in here}
            best = min(here, key=lambda f: len(wrongs[f]))
            wrong = wrongs[best]
            right["found"] += 1
            right["bound"] += not wrong.keys() & set(FIELDS)
            for field in (*FIELDS, "indicator"):
                right[field] += field not in wrong
            faults += [f"{text.id} {mark.shown}: {field} {what}" for field, what in wrong.items()]
        for figure in figures:
            if figure.start not in taken:
                taken.add(figure.start)
                given += 1
                faults.append(f"{text.id} {figure.shown}: false alarm, {figure.kind} {figure.province} {figure.label}")
    return Score(expected, given, right, tuple(faults))


def _place(text: str, mark: Mark) -> tuple[int, int]:
    anchor, at = _anchor(mark.shown), -1
    for _ in range(mark.place + 1):
        at = text.find(anchor, at + 1)
    return (at, at + len(anchor)) if at >= 0 else (-1, -1)


def _wrong(figure: Figure, mark: Mark) -> Iterator[tuple[str, str]]:
    amount, unit = plain_amount(figure.value, figure.unit)
    if figure.province not in mark.province:
        yield "province", f"expected {mark.province}, got {figure.province!r}"
    if abs(amount - mark.value) > 1e-6 * max(1.0, abs(mark.value)):
        yield "value", f"expected {mark.value}, got {amount}"
    if mark.unit and not any(_same_unit(unit, fold(wanted)) for wanted in mark.unit):
        yield "unit", f"expected {mark.unit}, got {figure.unit!r}"
    if figure.kind.value not in mark.kind:
        yield "kind", f"expected {mark.kind}, got {figure.kind.value}"
    if figure.period not in mark.period:
        yield "period", f"expected {' or '.join(map(str, mark.period))}, got {figure.period}"
    if mark.indicator and figure.indicator != mark.indicator:
        yield "indicator", f"expected {mark.indicator}, got {figure.indicator!r}"
    whole = is_index(figure.indicator) and not catalogue()[figure.indicator].parent
    if mark.of_a_part and whole and figure.indicator != "dti-local":
        yield "indicator", f"expected none of a whole index, got {figure.indicator}"


def _same_unit(a: str, b: str) -> bool:
    """Counted nouns may be cut short or run on."""
    first, second = a.replace(",", " ").split(), b.replace(",", " ").split()
    shorter = min(len(first), len(second))
    return first[:shorter] == second[:shorter] and bool(shorter or not (first or second))


def main() -> int:
    from ingest.figures import extract

    name = next(iter(sys.argv[1:]), "development")
    texts = load(name)
    found = score(texts, extract)
    print(f"{name}: {len(texts)} texts, {found.expected} figures, {found.given} given")
    print(f"bound: precision {found.precision:.3f}, recall {found.recall:.3f}")
    for field in ("found", *FIELDS, "indicator"):
        count = found.right[field]
        print(f"  {field:<10} precision {count / found.given:.3f} recall {count / found.expected:.3f}")
    if name != "blind" or "--faults" in sys.argv:
        print("\n".join(found.faults))
    print(f"{sentences_per_second([text.article for text in texts], extract):.0f} sentences a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
