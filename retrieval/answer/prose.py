"""Answers that are no figure: a person, an organisation, a list, a definition, how or why."""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.answer import statements as st
from retrieval.answer.draft import Draft, Line, Support, cut, named, shown, support
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.statements import Statement, sentence_at, sentence_spans
from retrieval.answer.terms import features
from retrieval.lexicon.abbreviations import meaning
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import Span, fold
from retrieval.types import Expect, Intent

LONGEST_LIST = 1200


def prose(evidence: Evidence) -> Draft | None:
    """The sentence that answers, shortened to what was asked; None when none does."""
    query = evidence.query
    if query.expects is Expect.PERSON:
        return _person(evidence)
    near = [
        s
        for s in evidence.sentences
        if s.coverage >= ENOUGH and _of_province(s, evidence) and _of_time(s.statement, evidence)
    ]
    good = [s for s in near if _is_statement(s.statement) and _holds(s, query.expects)]
    if query.intent in (Intent.LIST, Intent.EXPLAIN) or query.expects is Expect.LIST:
        headed = [s for s in near if s.coverage >= near[0].coverage - 0.15 and not _is_statement(s.statement)]
        if section := next((found for s in headed if (found := _list(s.statement) or _section(s.statement))), None):
            return Draft(True, (Line(*section),))
    if not good:
        return None
    if query.intent is Intent.DEFINITION:
        return _definition(evidence, good)
    best = good[0]
    if query.intent is Intent.LIST or query.expects is Expect.LIST:
        best = next((s for s in good[:6] if s.coverage >= best.coverage - 0.15 and _list(s.statement)), best)
        if listed := _list(best.statement):
            return Draft(True, (Line(*listed),))
    return Draft(True, (_line(best.statement, evidence),))


def _line(statement: Statement, evidence: Evidence) -> Line:
    if evidence.query.intent is Intent.LIST or evidence.query.expects is Expect.LIST:
        text = cut(" ".join(statement.text.split()).lstrip("+-–•* "), LONGEST_LIST // 2).strip(" ;,.…")
    else:
        text = shown(_shortened(statement, evidence), brackets=True)
    province = _province(statement)
    return Line(named(text, province) + ".", (support(statement), *_likewise(statement, evidence)))


ALIKE_WORDS = 0.5
"""Share of the shorter sentence's words that two sentences telling the same thing have in common."""


def _likewise(statement: Statement, evidence: Evidence) -> list[Support]:
    """Another article's sentence that tells the same."""
    mine = features(statement.text)
    for other in evidence.sentences:
        theirs = features(other.statement.text)
        same = len(mine & theirs) / (min(len(mine), len(theirs)) or 1)
        if other.statement.article_id != statement.article_id and other.coverage >= ENOUGH and same >= ALIKE_WORDS:
            return [support(other.statement)]
    return []


def _province(statement: Statement) -> str:
    return statement.article.provinces[0] if statement.article.provinces else ""


def _of_province(scored: Scored, evidence: Evidence) -> bool:
    """A sentence answers for a province when it names it, or when an article about it goes on without naming another as
    its subject."""
    wanted = evidence.query.provinces
    if not wanted:
        return True
    mentions = find_provinces(scored.statement.text)
    if any(m.name in wanted for m in mentions):
        return True
    about = any(p in wanted for p in scored.statement.article.provinces)
    return about and not any(m.start < SUBJECT_REACH for m in mentions)


def _of_time(statement: Statement, evidence: Evidence) -> bool:
    """With a year asked: the sentence or its lead-in names it, or its article came out in it."""
    years = {y for p in evidence.query.periods for y in range(p.since or p.year, p.year + 1)}
    published = statement.article.published
    said = f"{statement.around} {st.before(statement)}"
    return not years or any(str(y) in said for y in years) or (published is not None and published.year in years)


SUBJECT_REACH = 40
"""Characters from its start within which a sentence names its subject."""

_HOLDS = {
    Expect.DATE: re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}/\d{4}|\b(?:nam|thang|ngay|quy) \d|\b20\d\d\b"),
    Expect.DOCUMENT: re.compile(r"\d+[/-][\w/-]*[a-z]{2}|\bso \d+"),
    Expect.MONEY: re.compile(r"\d[\d.,]*\s*(?:nghin|trieu|ty|ti|dong|usd)"),
    Expect.PERCENT: re.compile(r"\d\s*(?:%|phan tram)"),
    Expect.COUNT: re.compile(r"\d"),
    Expect.RANK: re.compile(
        r"(?:thu|hang|top|nhom|vi tri)\s+(?:so\s+)?\d|dung dau|dan dau|thu (?:nhat|hai|ba|tu|nam|bay|tam|chin|muoi)"
    ),
    Expect.SCORE: re.compile(r"\d\s*(?:/\s*\d+\s*)?diem|0,\d"),
    Expect.ORGANISATION: re.compile(
        r"tap doan|cong ty|so |bo |vien |truong |vnpt|viettel|fpt|ban chi dao|ubnd|uy ban|ngan hang|trung tam|hiep hoi|cuc |hoi "
    ),
}


def _holds(scored: Scored, expects: Expect) -> bool:
    """Whether a sentence holds the kind of thing that was asked for."""
    pattern = _HOLDS.get(expects)
    return pattern is None or bool(pattern.search(fold(scored.statement.text)))


# --- shortening --------------------------------------------------------------------------------------------------


def _shortened(statement: Statement, evidence: Evidence) -> Statement:
    """The run of clauses (between ";") that bears the most of the question."""
    text = statement.text
    if len(text) <= 330 or ";" not in text:
        return statement
    best, at = None, 0
    for part in text.split(";"):
        span = Span(statement.span.start + at, statement.span.start + at + len(part))
        at += len(part) + 1
        weight = sum(evidence.terms.weights.get(f, 0.0) for f in features(part))
        if best is None or weight > best[0]:
            best = (weight, span)
    assert best is not None
    return Statement(statement.article_id, statement.article, best[1], statement.sentence, statement.figures)


# --- persons -----------------------------------------------------------------------------------------------------

_CAPITAL = r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_TITLES = r"(?:Ông|Bà|Đồng|Theo|Tại|Phó|Chủ|Giám|Bí)"
_NAME = re.compile(rf"(?<!\w)(?!{_TITLES}\b){_CAPITAL}[^\W\d_A-Z]+(?: {_CAPITAL}[^\W\d_A-Z]*){{1,4}}")
# Vietnamese family names: the first syllable of a person's name. About two dozen cover nearly everyone.
_FAMILY = frozenset(
    (
        "vi chẩu hờ cư hạng lò lù nùng sầm tẩn thao vương cháng nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý vương trương đinh đoàn trịnh lâm mai đào tô tạ hà lương"
        " cao thái quách châu phùng tống la triệu tăng lưu hứa nông bế giàng lò vàng thào sùng hầu ma y ksor rmah siu quàng cầm điêu lường"
        " kiều văn mạc khuất chu đồng nghiêm thân từ doãn đàm lại phó cù bạch trà tiêu ninh khổng ân ông thạch sơn danh kim hầu hàn đới"
    ).split()
)
_ROLE_REACH = 90


def _person(evidence: Evidence) -> Draft | None:
    """The name that stands nearest to the words of the office that was asked for."""
    terms = evidence.terms
    best: tuple[float, Statement, str] | None = None
    for scored in evidence.sentences:
        if scored.coverage < ENOUGH or not _of_province(scored, evidence):
            continue
        text = scored.statement.text
        for match in _NAME.finditer(text):
            titled = re.search(r"(?:\b[Ôô]ng|\b[Bb]à|[Đđ]ồng chí|TS\.?|ThS\.?) $", text[: match.start()])
            if not titled and match[0].split()[0].lower() not in _FAMILY:
                continue
            start = max(0, match.start() - _ROLE_REACH)
            after = re.split(
                r"\b(?:và|cùng|khẳng định|cho biết|phát biểu)\b|[.;]", text[match.end() : match.end() + _ROLE_REACH]
            )[0]
            left = re.split(r"[.;]|\bvà\b", text[start : match.start()])[-1]
            near = max(_share(terms.weights, left), _share(terms.weights, after))
            score = near + 0.3 * scored.score
            if near > 0.45 and (best is None or score > best[0]):
                best = (score, scored.statement, match[0])
    if best is None:
        return None
    _, statement, name = best
    also = [
        support(s.statement)
        for s in evidence.sentences
        if s.statement.article_id != statement.article_id and name in s.statement.text
    ][:1]
    at = statement.text.index(name)
    part = cut(_clause_around(statement.text, at, at + len(name)))
    return Draft(True, (Line(f"{name} ({part}).", (support(statement), *also)),))


def _share(weights: object, text: str) -> float:
    assert isinstance(weights, dict)
    total = sum(weights.values()) or 1.0
    return float(sum(weights.get(f, 0.0) for f in features(text)) / total)


def _clause_around(text: str, start: int, end: int) -> str:
    """The name with its office: up to 110 characters on either side, cut at the ends of clauses."""
    left = max(text.rfind(c, 0, start) for c in ".;:") + 1
    stop = [
        p for c in (" cho biết", " khẳng định", " phát biểu", " nhấn mạnh", ". ", ";") if (p := text.find(c, end)) > 0
    ]
    right = min(stop, default=len(text))
    return " ".join(text[max(left, start - 110) : min(right, end + 160)].split()).strip(" ,.;–-")


# --- lists -------------------------------------------------------------------------------------------------------


def _is_statement(statement: Statement) -> bool:
    """A sentence that says something: no heading, no question, no row of a table."""
    text = statement.text
    return not (st.is_heading(text) or text.rstrip(' ”"').endswith("?") or " | " in text)


def _section(statement: Statement) -> tuple[str, tuple[Support, ...]] | None:
    """A heading with the sentences of the first paragraph below it."""
    text = statement.article.text
    if not st.is_heading(statement.text):
        return None
    spans = sentence_spans(text)
    at = sentence_at(text, statement.span.start)
    end = statement.span.end
    for earlier, span in pairwise(spans[at:]):
        new_paragraph = "\n" in text[earlier.end : span.start] and earlier.start != statement.span.start
        if (
            new_paragraph
            or span.end - statement.span.start > LONGEST_LIST // 2
            or st.is_heading(text[span.start : span.end])
        ):
            break
        end = span.end
    if end == statement.span.end:
        return None
    body = " ".join(text[statement.span.end : end].split())
    return f"{statement.text}: {body}", (Support(statement, Span(statement.span.start, end)),)


def _list(statement: Statement) -> tuple[str, tuple[Support, ...]] | None:
    """A sentence that ends in ":" with the bullet lines below it."""
    text = statement.article.text
    if not (statement.text.rstrip().endswith(":") or st.is_heading(statement.text)):
        return None
    spans = sentence_spans(text)
    at = sentence_at(text, statement.span.start)
    items: list[Span] = []
    for span in spans[at + 1 :]:
        if text[span.start] not in "+-–•*" and not re.match(r"\d{1,2}[.)]", text[span.start : span.start + 3]):
            break
        items.append(span)
    if not items:
        return None
    rows: list[str] = []
    end = statement.span.end
    for item in items:
        row = "- " + text[item.start : item.end].lstrip("+-–•* ")
        if sum(len(r) for r in rows) + len(row) > LONGEST_LIST:
            break
        rows.append(row)
        end = item.end
    quote = Span(statement.span.start, end)
    head = text[statement.span.start : statement.span.end]
    lead = head if len(head) <= 260 else "…" + head[-200:].split(" ", 1)[1]
    return "\n".join([lead, *rows]), (Support(statement, quote),)


# --- definitions -------------------------------------------------------------------------------------------------

_SAYS_WHAT = re.compile(r"\s*(?:là|chính là|được hiểu|nghĩa là|[-–(:])\s*")
_RANKS = re.compile(r"\b(?:xep|dung|hang) (?:thu|hang|o)\b")
_FOLLOWS = re.compile(r"(?:Với|Đây|Mô hình|Ứng dụng|Theo đó|Hệ thống|Nền tảng|Ngay cả|Hiện nay|Người dân)\b")


def _definition(evidence: Evidence, good: list[Scored]) -> Draft:
    """The sentence that introduces the term, and the next one when it goes on about it."""
    term = " ".join(evidence.terms.words)
    best = max(good, key=lambda s: s.score + (0.6 if _defines(s.statement.text, term) else 0.0))
    lines = [_line(best.statement, evidence)]
    if full := meaning(term.upper()):
        lines.insert(0, Line(f"{term.upper()}: {full}."))
    text = best.statement.article.text
    spans = sentence_spans(text)
    at = sentence_at(text, best.statement.span.start)
    if at + 1 < len(spans):
        span = spans[at + 1]
        following = Statement(best.statement.article_id, best.statement.article, span, span)
        goes_on = "\n" not in text[spans[at].end : span.start] and not _RANKS.search(fold(following.text))
        if _FOLLOWS.match(following.text) or goes_on:
            lines.append(Line(shown(following) + ".", (support(following),)))
    return Draft(True, tuple(lines))


def _defines(text: str, term: str) -> bool:
    folded = fold(text)
    at = folded.find(term)
    return at >= 0 and bool(_SAYS_WHAT.match(text, at + len(term)) or text[max(0, at - 1) : at] == "(")
