"""Gather what may answer a question, and judge how well each stretch does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.answer import statements as st
from retrieval.answer.fitting import NUMERIC, asked_unit, fits, fits_kind, fits_period, is_group, of_change
from retrieval.answer.statements import Statement
from retrieval.answer.terms import Terms, coverage, features, weigh
from retrieval.lexicon.abbreviations import expand
from retrieval.lexicon.indicators import catalogue, find_indicators, is_index
from retrieval.lexicon.provinces import NATION, find_provinces
from retrieval.library import Library, StoredFigure
from retrieval.search import search
from retrieval.text import fold, syllables
from retrieval.types import Embedder, Expect, Figure, FigureKind, Intent, Passage, Query, Reranker

OWN, LABEL, SENTENCE, LEAD, TITLE, ARTICLE = 1.0, 0.9, 0.65, 0.55, 0.45, 0.5
"""What a question's word counts by where it stands: in the clause, its heads, its sentence, the lead-in, the title; and
a document's number anywhere in the article, which goes on speaking of that document."""

TABLE = 0.03
"""What our own rendering of a page's figures (data/reference) yields to an article that tells them."""

MODEL_READ = 0.1
"""What a figure that a model proposed at ingest yields to one that the rules read."""

ENOUGH = 0.60
"""Coverage below which a statement does not answer (chosen on the refusal curve of benchmarks/README.md)."""

ENOUGH_NAMED = 0.5
ENOUGH_INDEX = 0.35
"""Coverage that is enough for a figure of the very indicator that was asked for; indexes take fewer qualifiers."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with its judgement. ``coverage`` is the share of the question that it bears; ``score`` orders."""

    statement: Statement
    coverage: float
    score: float
    missing: frozenset[str]
    figures: tuple[Figure, ...]  # those of the statement that are of the kind asked for


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything found for one question, best first."""

    query: Query
    terms: Terms
    facts: tuple[Scored, ...]  # figures' clauses
    sentences: tuple[Scored, ...]
    passages: tuple[Passage, ...]


def enough(scored: Scored, query: Query) -> bool:
    """Whether a statement bears enough of the question to answer it."""
    named = {f.indicator for f in scored.statement.figures} & set(query.indicators)
    least = min((ENOUGH_INDEX if is_index(i) else ENOUGH_NAMED for i in named), default=ENOUGH)
    return scored.coverage >= least


def gather(library: Library, embedder: Embedder, query: Query, reranker: Reranker | None = None) -> Evidence:
    """The figures of the ledger and the sentences of the passages found, each judged."""
    terms = weigh(query.terms, library.document_frequencies, library.size())
    passages = search(
        library, embedder, query.standalone, limit=12, provinces=query.provinces, per_article=4, reranker=reranker
    )
    stored: dict[tuple[int, int, str], StoredFigure] = {}
    for found in (
        library.figures(provinces=query.provinces, text=" ".join(query.terms), limit=80) if query.terms else [],
        library.figures(
            provinces=query.provinces,
            indicators=query.indicators,
            years=() if query.provinces or query.intent is Intent.TREND else [p.year for p in query.periods],
            undated=True,
            limit=300,
        )
        if query.indicators
        else [],
    ):
        stored |= {(s.article_id, s.figure.start, s.figure.indicator): s for s in found}
    facts = st.from_figures(library, stored.values())
    sentences = st.from_passages(library, passages)
    if query.national:  # no province's figure stands for the country's
        facts = [s for s in facts if all(f.province in ("", NATION) for f in s.figures)]
        sentences = [s for s in sentences if not s.article.provinces and not find_provinces(s.around)]
    named = _indicator_terms(query)
    judged = sorted((judge(s, query, terms, named) for s in facts), key=lambda s: -s.score)
    told = sorted((judge(s, query, terms, named) for s in sentences), key=lambda s: -s.score)
    judged, told = (st.once_a_story(scored, lambda s: s.statement) for scored in (judged, told))
    return Evidence(query, terms, tuple(judged), tuple(told), tuple(passages))


def _indicator_terms(query: Query) -> frozenset[str]:
    """The question's terms that are words of the indicators it names."""
    words = [
        word
        for mention in find_indicators(query.standalone)
        for word in expand([fold(s) for s in syllables(query.standalone[mention.start : mention.end])])
    ]
    said = set(query.terms)
    for indicator in query.indicators:  # also those that a topic with words of ranking stands for
        for topic in catalogue()[indicator].topics:
            parts = expand([fold(s) for s in syllables(topic)])
            words += parts if said.issuperset(parts) else []
    return frozenset(words) | frozenset(f"{a}_{b}" for a, b in pairwise(words))


def judge(statement: Statement, query: Query, terms: Terms, named: frozenset[str]) -> Scored:
    """Coverage of the question's words, and what speaks for and against the statement beside them."""
    text = statement.text
    share, missing = coverage(
        terms,
        (
            (text, OWN),
            (statement.label, LABEL),
            (statement.around, SENTENCE),
            (st.before(statement), LEAD),
            (statement.article.title, TITLE),
            *((e, ARTICLE) for e in query.entities if e in statement.article.text),
        ),
        (named if any(f.indicator in query.indicators for f in statement.figures) else frozenset())
        | (_COMPANY if features(statement.around) & _COMPANIES else frozenset())
        | (
            _IMPLIED.get(query.expects, frozenset())
            if any(fits_kind(f, query) for f in statement.figures)
            else frozenset()
        ),
    )
    figures = tuple(f for f in statement.figures if fits(f, query))
    score = share + 0.25 * _density(terms, text)
    if statement.figures:
        score += _figure_bonus(statement.figures, figures, query)
    if query.level and fold(query.level) not in features(
        f"{text} {statement.label} {statement.around} {st.before(statement)}"
    ):
        score -= 0.3
    if query.wants != "target" and query.expects is not Expect.COUNT and any(is_group(statement, f) for f in figures):
        score -= 0.25
    if denies(text) != denies(query.standalone):
        score -= 0.25
    if statement.article.rendered:
        score -= TABLE  # a page's row of our tables, where an article tells the same
    if query.entities:
        near = fold(f"{text} {statement.label} {statement.around} {st.before(statement)}")
        score += 0.15 * sum(1 if fold(e) in near else -1 for e in query.entities) / len(query.entities)
    return Scored(statement, share, score, missing, figures)


# "doanh nghiệp" is borne by a sentence that names some.
_COMPANIES = frozenset({"tap_doan", "cong_ty", "ngan_hang", "tong_cong"})
_COMPANY = frozenset({"doanh", "nghiep", "doanh_nghiep"})
# Words that a figure of the kind asked for says by itself.
_IMPLIED = {
    Expect.MONEY: frozenset(
        {"kinh", "phi", "kinh_phi", "tien", "von", "danh", "bo", "tri", "bo_tri", "tong", "tong_kinh"}
    ),
    Expect.PERCENT: frozenset({"ty", "le", "ty_le", "ti", "ti_le", "phan", "tram", "phan_tram"}),
    Expect.RANK: frozenset({"hang", "xep", "xep_hang", "thu", "thu_hang", "vi", "tri", "vi_tri", "dung"}),
    Expect.SCORE: frozenset({"diem"}),
    Expect.COUNT: frozenset({"so", "luong", "so_luong", "tong", "tong_so"}),
}
# "chưa", "không" that deny, without "không chỉ", "không gian", "không dùng tiền mặt" and the like.
_DENIAL = re.compile(r"\b(?:chua|khong)(?! (?:chi|nhung|ngung|dung tien mat|gian|khi|ke|gioi han))\b")


@lru_cache(maxsize=4096)
def denies(text: str) -> bool:
    """ "2 mục tiêu chưa hoàn thành" does not answer how many were reached."""
    return bool(_DENIAL.search(fold(text)))


def _density(terms: Terms, text: str) -> float:
    """How much of the statement is about the question: a narrow answer beats a long sentence that also holds it."""
    words = [w for w in features(text) if "_" not in w]
    return sum(1 for w in words if w in terms.weights) / (len(words) + 6)


def _figure_bonus(all_figures: Sequence[Figure], fitting: Sequence[Figure], query: Query) -> float:
    bonus = 0.0
    if query.indicators:
        named = {f.indicator for f in all_figures if f.indicator}
        bonus += 0.25 if named & set(query.indicators) else -0.15 if named else -0.05
    if query.expects in NUMERIC:
        bonus += 0.2 if fitting else -0.35
    figures = fitting or all_figures
    if all(f.read_by == "model" for f in figures):
        bonus -= MODEL_READ
    targets = sum(f.kind is FigureKind.TARGET for f in figures)
    if query.wants == "target":
        bonus += 0.15 if targets else -0.15
    if query.wants == "result" and any(f.indicator in ("goals-met", "tasks-done") for f in figures):
        bonus += 0.1
    if query.wants == "result" and any(f.denominator and f.unit not in ("hạng", "điểm") for f in figures):
        bonus += 0.15  # "7/18 mục tiêu": so many of so many are done
    if query.wants in ("result", ""):
        bonus -= 0.12 if targets == len(figures) else 0.0
    if any(f.kind is FigureKind.CHANGE for f in figures) and not of_change(query):
        bonus -= 0.2
    if query.periods and any(f.period and fits_period(f, query.periods) for f in figures):
        bonus += 0.1
    if query.expects not in NUMERIC and (unit := asked_unit(query)):
        bonus += 0.15 if any(f.unit == unit for f in figures) else -0.15
    if query.level:
        scopes = " ".join(f.scope for f in figures)
        bonus += 0.15 if fold(query.level) in scopes else -0.1 if "cap" in scopes else 0.0
    return bonus
