"""Score answers against a file of questions. Pure: reading the file apart, nothing here does I/O.

A question passes when its answer holds one alternative of every ``must`` group and no ``must_not``, and, where sources
are listed, cites one of them. Whether it passes or not, it has one of five outcomes. An answer is the mapping that
``tinhso ask --json`` prints.

Faithfulness is judged beside that, without a say in passing: see retrieval/faithfulness.py.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from retrieval.errors import ReadError
from retrieval.faithfulness import AnswerJson, ArticleText, figures_not_quoted, quotes_not_literal

LONGEST = {"lookup": 700}
LONGEST_OTHER = 1500
"""Characters of an answer's text, by type of question."""


class Outcome(StrEnum):
    """What became of a question. The five are all there are: they add up to the questions asked."""

    RIGHT = "right"
    """Answerable, and passed."""
    WRONG = "wrong"
    """Answerable, and an answer was given that says something wrong, says too little, or cites nothing that is listed."""
    REFUSED = "refused"
    """Answerable, and the program said that it does not know."""
    RIGHTLY_REFUSED = "rightly_refused"
    """Unanswerable, and passed: said so, or corrected what the question takes for granted."""
    FALSELY_ANSWERED = "falsely_answered"
    """Unanswerable, and did not pass. A refusal that says what it must not, or not that nothing is known, is here too."""


@dataclass(frozen=True, slots=True)
class Question:
    """``must`` are groups of alternatives; ``sources`` are file names, one of which must be cited: none listed means that
    any source will do (a greeting has none at all)."""

    id: str
    q: str
    type: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    answerable: bool = True
    computed: bool = False
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer judged. ``reasons`` is empty exactly when ``passed``.

    ``cited`` is whether a listed source is cited (None where none is listed, as for unanswerable questions); ``refused``
    whether the program said that it does not know. ``quotes_checked`` is 0 when no article texts were at hand.
    """

    id: str
    type: str
    passed: bool
    reasons: tuple[str, ...]
    wrong_figures: tuple[str, ...]
    answerable: bool
    refused: bool
    cited: bool | None
    quotes_checked: int
    quotes_not_literal: tuple[str, ...]
    figures_not_quoted: tuple[str, ...]
    dates_not_quoted: tuple[str, ...]
    too_long: bool
    took_ms: float

    @property
    def wrong_figure(self) -> bool:
        return bool(self.wrong_figures)

    @property
    def outcome(self) -> Outcome:
        if not self.answerable:
            return Outcome.RIGHTLY_REFUSED if self.passed else Outcome.FALSELY_ANSWERED
        if self.passed:
            return Outcome.RIGHT
        return Outcome.REFUSED if self.refused else Outcome.WRONG

    @property
    def faithful(self) -> bool:
        return not (self.quotes_not_literal or self.figures_not_quoted)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions had each outcome."""

    right: int = 0
    wrong: int = 0
    refused: int = 0
    rightly_refused: int = 0
    falsely_answered: int = 0

    @property
    def passed(self) -> int:
        return self.right + self.rightly_refused

    @property
    def answerable(self) -> int:
        return self.right + self.wrong + self.refused

    @property
    def unanswerable(self) -> int:
        return self.rightly_refused + self.falsely_answered

    @property
    def asked(self) -> int:
        return self.answerable + self.unanswerable


@dataclass(frozen=True, slots=True)
class Report:
    """Shares are 0..1 and 0 over nothing; latencies are milliseconds.

    ``pass_rate`` and ``wrong_figure_rate`` (a ``must_not`` is said) are over all questions; ``right_rate``, ``wrong_rate``
    and ``false_refusal_rate`` over the answerable ones, of which they are the three parts; ``false_answer_rate`` over the
    unanswerable ones.
    """

    asked: int
    passed: int
    outcomes: Tally
    by_type: dict[str, Tally]
    pass_rate: float
    right_rate: float
    wrong_rate: float
    false_refusal_rate: float
    false_answer_rate: float
    wrong_figure_rate: float
    citation_hit: float
    quote_fidelity: float | None
    figure_fidelity: float
    too_long_rate: float
    latency_median_ms: float
    latency_p95_ms: float
    verdicts: tuple[Verdict, ...] = field(repr=False)

    @property
    def failures(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if not verdict.passed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from a first report to a second, over the questions that both hold."""

    deltas: dict[str, float]
    newly_passing: tuple[str, ...]
    newly_failing: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


# --- questions ---------------------------------------------------------------------------------------------------


def load_questions(path: Path) -> list[Question]:
    """Questions of a JSON-lines file. Raises ReadError that names the line."""
    from pydantic import TypeAdapter, ValidationError

    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: the questions cannot be read ({error}).") from None
    adapter = TypeAdapter(Question)
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = adapter.validate_json(line)
        except ValidationError as error:
            faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors())
            raise ReadError(f"{path}:{number}: not a question: {faults}.") from None
        if not all(wanted.strip() for group in (*question.must, question.must_not) for wanted in group):
            raise ReadError(
                f"{path}:{number}: an empty string in must or must_not would match every answer: remove it."
            )
        if question.id in questions:
            raise ReadError(f"{path}:{number}: the id {question.id!r} is taken by an earlier line: give it another.")
        questions[question.id] = question
    return list(questions.values())


# --- matching ----------------------------------------------------------------------------------------------------


def normalise(text: str) -> str:
    """NFC, lower case, every run of blanks one space."""
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def contains(text: str, wanted: str) -> bool:
    """Whether ``wanted`` stands in ``text``, figures as wholes: "7/63" is not in "57/63", nor "80%" in "180%"."""
    wanted = normalise(wanted)
    pattern = re.escape(wanted)
    if wanted[:1].isdigit():
        pattern = r"(?<!\d)(?<!\d[.,/])" + pattern
    if wanted[-1:].isdigit():
        pattern += r"(?!\d)(?![.,]\d)"
    return re.search(pattern, normalise(text)) is not None


# --- judging -----------------------------------------------------------------------------------------------------


def judge(question: Question, answer: AnswerJson, texts: ArticleText | None = None) -> Verdict:
    """Judges one answer; ``texts`` gives the article texts that quotes are held against."""
    text: str = answer["answer"]
    missing = [group for group in question.must if not any(contains(text, wanted) for wanted in group)]
    wrong = tuple(string for string in question.must_not if contains(text, string))
    cited = _cites(answer, question.sources) if question.answerable and question.sources else None
    reasons = [f"missing: {' | '.join(group[:4])}{' | …' if len(group) > 4 else ''}" for group in missing]
    reasons += [f"must not say: {string}" for string in wrong]
    if cited is False:
        reasons.append(f"none of its sources is cited: {', '.join(question.sources)}")
    computed = [wanted for group in question.must for wanted in group] if question.computed else []
    asked = (question.q, *question.history)
    figures, dates = figures_not_quoted(answer, asked, computed) if answer["answered"] else ((), ())
    return Verdict(
        id=question.id,
        type=question.type,
        passed=not reasons,
        reasons=tuple(reasons),
        wrong_figures=wrong,
        answerable=question.answerable,
        refused=not answer["answered"],
        cited=cited,
        quotes_checked=len(answer["citations"]) if texts else 0,
        quotes_not_literal=quotes_not_literal(answer, texts) if texts else (),
        figures_not_quoted=figures,
        dates_not_quoted=dates,
        too_long=len(text) > LONGEST.get(question.type, LONGEST_OTHER),
        took_ms=float(answer["took_ms"]),
    )


def _cites(answer: AnswerJson, sources: Sequence[str]) -> bool:
    """Sources are file names; a citation names the file or URL as it was given to ingest."""
    cited = {unicodedata.normalize("NFC", citation["source"]) for citation in answer["citations"]}
    names = cited | {re.split(r"[/\\]", source)[-1] for source in cited}
    return any(unicodedata.normalize("NFC", source) in names for source in sources)


def summarise(verdicts: Iterable[Verdict]) -> Report:
    verdicts = tuple(verdicts)
    outcomes = tally(verdicts)
    sourced = [v for v in verdicts if v.cited is not None]
    answered = [v for v in verdicts if not v.refused]
    quotes = sum(v.quotes_checked for v in verdicts)
    not_literal = sum(len(v.quotes_not_literal) for v in verdicts)
    times = sorted(v.took_ms for v in verdicts)
    return Report(
        asked=len(verdicts),
        passed=outcomes.passed,
        outcomes=outcomes,
        by_type={
            kind: tally(v for v in verdicts if v.type == kind) for kind in dict.fromkeys(v.type for v in verdicts)
        },
        pass_rate=share(outcomes.passed, outcomes.asked),
        right_rate=share(outcomes.right, outcomes.answerable),
        wrong_rate=share(outcomes.wrong, outcomes.answerable),
        false_refusal_rate=share(outcomes.refused, outcomes.answerable),
        false_answer_rate=share(outcomes.falsely_answered, outcomes.unanswerable),
        wrong_figure_rate=share(sum(v.wrong_figure for v in verdicts), len(verdicts)),
        citation_hit=share(sum(bool(v.cited) for v in sourced), len(sourced)),
        quote_fidelity=1 - not_literal / quotes if quotes else None,
        figure_fidelity=share(sum(not v.figures_not_quoted for v in answered), len(answered)),
        too_long_rate=share(sum(v.too_long for v in verdicts), len(verdicts)),
        latency_median_ms=_percentile(times, 50),
        latency_p95_ms=_percentile(times, 95),
        verdicts=verdicts,
    )


def tally(verdicts: Iterable[Verdict]) -> Tally:
    counts = Counter(verdict.outcome for verdict in verdicts)
    return Tally(**{outcome.value: counts[outcome] for outcome in Outcome})


def share(part: int, whole: int) -> float:
    """0..1; 0 of nothing."""
    return part / whole if whole else 0.0


def to_json(report: Report) -> dict[str, Any]:
    """What ``tinhso eval --json`` prints: each verdict tells its outcome too."""
    verdicts = [{**asdict(verdict), "outcome": verdict.outcome.value} for verdict in report.verdicts]
    return {**asdict(report), "verdicts": verdicts}


def from_json(data: Mapping[str, Any]) -> Report:
    """A report as printed earlier. The verdicts tell all: the measures are worked out anew."""
    from pydantic import TypeAdapter

    return summarise(TypeAdapter(tuple[Verdict, ...]).validate_python(data["verdicts"]))


def compare(first: Report, second: Report) -> Comparison:
    """``deltas`` are second minus first, for every share and latency that both reports have."""
    before, after = ({v.id: v.passed for v in report.verdicts} for report in (first, second))
    measures = [name for name in Report.__slots__ if name.endswith(("_rate", "_hit", "_fidelity", "_ms"))]
    pairs = {name: (getattr(first, name), getattr(second, name)) for name in measures}
    return Comparison(
        deltas={name: b - a for name, (a, b) in pairs.items() if a is not None and b is not None},
        newly_passing=tuple(i for i, passed in after.items() if passed and before.get(i) is False),
        newly_failing=tuple(i for i, passed in after.items() if not passed and before.get(i) is True),
        only_first=tuple(i for i in before if i not in after),
        only_second=tuple(i for i in after if i not in before),
    )


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """Nearest rank: the smallest value that at least ``percent`` of them do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0.0
