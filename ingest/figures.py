"""Read the figures out of an article: what each number measures, of which province, when, and whether it is a target.

A sentence is cut into clauses (ingest.clauses); a figure takes province, period and kind from its clause, else from what
stands before it in the sentence, else from the sentence before when this one continues it, else from the article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from ingest.clauses import Clause, owner, split
from ingest.numbers import Number, Role, find_numbers
from ingest.tables import table_figures, table_lines
from retrieval.lexicon.indicators import catalogue, find_indicators, is_index
from retrieval.lexicon.periods import PeriodMention, find_periods
from retrieval.lexicon.provinces import ProvinceMention, find_provinces
from retrieval.text import Span, fold, sentences
from retrieval.types import Article, Figure, FigureKind, Period

NATION = "Cả nước"


def _last_month(part: str) -> int:
    """The month in which a part of a year ends."""
    if part.startswith("M"):
        return int(part[1:])
    return {"Q1": 3, "Q2": 6, "Q3": 9, "H1": 6, "9M": 9}.get(part, 12)


def _family(indicator: str) -> str:
    """The index that a pillar or component is part of."""
    return catalogue()[indicator].parent or indicator


@cache
def topics() -> tuple[tuple[str, str], ...]:
    """(folded topic, indicator id), longest topic first."""
    found = [(fold(topic), i.id) for i in catalogue().values() for topic in i.topics]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@dataclass(frozen=True, slots=True)
class _Carried:
    """What a sentence hands on to the one that continues it."""

    province: str = ""
    period: Period | None = None
    until: bool = False  # the period is a deadline
    target: bool | None = None
    indicator: str = ""  # the last one named that is a percentage
    index: str = ""  # the last one that has ranks and scores
    named: tuple[tuple[str, str], ...] = ()  # (folded words, id) of the indicators that the sentence before names
    assessed: tuple[str, Period] | None = None  # family of indexes and year of the assessment that the article speaks of


def extract(article: Article) -> list[Figure]:
    """Every figure of an article, in reading order, title not read (its figures stand in the text)."""
    text = article.text
    main = article.provinces[0] if article.provinces else ""
    figures: list[Figure] = list(table_figures(article))
    rows = table_lines(text)
    titled = next((m.id for m in find_indicators(article.title) if is_index(m.id)), "")
    carried = _Carried(indicator=titled, index=titled)
    last_end, head = 0, Span(0, 0)
    for span in sentences(text):
        gap = text[last_end : span.start]
        if last_end and "\n" in gap:
            carried = replace(carried, province="")
        last_end = span.end
        if any(row.start <= span.start < row.end for row in rows):
            continue
        sentence = text[span.start : span.end]
        listed = sentence[:1] in "+-–•*" or bool(re.match(r"\d{1,2}[.)] ", sentence))
        if not listed and "\n" in gap and not _continues(sentence):
            head, carried = (
                Span(0, 0),
                _Carried(indicator=carried.indicator, index=carried.index, assessed=carried.assessed),
            )
        read = _Sentence(sentence, span.start, article.published, main, carried)
        figures += read.figures(text[head.start : head.end].strip(" :"))
        carried = read.handed_on()
        if sentence.endswith(":"):
            head = span
    return sorted(figures, key=lambda f: (f.start, f.end))


_CONNECTIVE = re.compile(
    r"(?:trong do|cung voi do|dang chu y|dac biet|ngoai ra|ben canh do|tieu bieu|cu the|rieng|theo do|dong thoi|qua do|nho do"
    r"|tuong tu|tiep den|con lai|bao gom|gom|va|trong so do|tinh rieng)\b|[\d+\-–•*]|co \d|tren \d|hon \d"
)


def _continues(sentence: str) -> bool:
    return bool(_CONNECTIVE.match(fold(sentence)))


# --- one sentence ------------------------------------------------------------------------------------------------

_TARGET = re.compile(
    r"\b(?:muc tieu|phan dau|(?:set|de) ra|(?:set ra|set|giao|de ra|xac dinh|xay dung) (?:cac |nhieu )?chi tieu"
    r"|chi tieu (?:phan dau|den|la|nam \d|duoc giao|(?:tren |hon )?$)|huong toi|huong den|du kien|ky vong|quyet tam|toi thieu|it nhat|dinh huong|tam nhin|\bse\b"
    r"|tien toi|nham (?:set|dat)|yeu cau|phai dat|can dat|lo trinh|ke hoach (?:den|nam|la|dat|giao|tinh))"
)
_RESULT = re.compile(
    r"\b(?:da\b|den nay|hien nay|hien co|tinh den|ket qua|hoan thanh|dat duoc|thuc te|ghi nhan|duy tri|den thoi diem|den het thang"
    r"|luy ke|dang co|dat va vuot|vuot (?:muc|chi|ke|so|xa)|thuc hien dat|theo bao cao|cho thay|vua qua|uoc dat|uoc thuc hien)"
)
# "vượt chỉ tiêu giao", "đạt và vượt kế hoạch", "so với mục tiêu": the plan is the yardstick, the figure is a result.
_YARDSTICK = re.compile(
    r"(?:vuot|hoan thanh|dat|so voi|bang|xa hon|cao hon|thap hon|thuc hien|som hon|ve dich|\d%?)\s+(?:va vuot |tren |so voi |xa )?"
    r"(?:muc |cac |nhieu |toan bo )?(?:ke hoach|chi tieu|muc tieu|nghi quyet|lo trinh)"
    r"|(?:chi tieu|muc tieu|nhiem vu)(?: \w+){0,4}? (?:da |deu |duoc )?(?:dat va vuot|dat|vuot|hoan thanh)(?! (?:muc|ra))"
)
_ASIDE = re.compile(r"\b(?:muc tieu|chi tieu|ke hoach|nghi quyet|phan dau|yeu cau)(?! (?:nay|da))\b")
_VERSUS = re.compile(r"so voi[^,;.]*$")
_NATION = re.compile(
    r"(?:trung binh|binh quan|muc chung|mat bang)(?: chung)?(?: dti| chi so)?(?: cua)?(?: cap tinh| ca nuoc| toan quoc| cac (?:tinh|dia phuong|bo)| 63| 34)"
    r"|^(?:o )?(?:cap quoc gia|ca nuoc|toan quoc|viet nam)\b|\b(?:o )?cap quoc gia\b|\bchi so (?:dti )?quoc gia\b|(?:cua|tren) (?:ca nuoc|toan quoc) (?:la|dat)\b"
)
_LEVEL = re.compile(r"\b(?:cap|tuyen|tai) (tinh|huyen|xa|so|bo)\b|\b(so,? (?:ban,? )?nganh)\b")
_PLAN_BEFORE = re.compile(
    r"(?:vuot|thap hon|cao hon|chua dat|so voi|bang|hoan thanh|vuot xa|dat)\s+(?:muc |cac )?(?:ke hoach|muc tieu|chi tieu)"
    r"(?: (?:la|de ra|dat ra|nam|\d{4}|duoc giao|giao|cua nam|toi thieu|ca nam))*\s*(?:tren |hon |la )?$"
)
_SET = re.compile("đặt", re.IGNORECASE)
# "phiên họp thứ ba năm 2024", "công bố tháng 3/2024": when people met or spoke, not what the figure is of.
_EVENT_BEFORE = re.compile(
    r"(?:phien hop|hoi nghi|ky hop|hoi thao|dien dan|ngay hoi|tuan le|ngay chuyen doi so|toa dam|phat dong|hop bao|phong trao|cuoc thi"
    r"|giai thuong)[^,;.]{0,60}$"
)
_SAID_ON = re.compile(
    r"(?:cong bo|ban hanh|ky ket|khoi dong|khai truong|phat bieu|dien ra|to chuc|ky)(?: (?:vao|hom|sang|chieu|ngay|tu))*[ (]*$"
)
_NOW = re.compile(r"hien|moi nhat|gan day|nay\b")
_CLOSED = re.compile(r"\([^()]*\)")
_PLAN_IN_FRONT = re.compile(r"(?:ke hoach|muc tieu|chi tieu)(?: (?:nam|de ra|giao|duoc giao|ca nam|tinh giao))*$")
_OUTLOOK_BEFORE = re.compile(r"(?:dinh huong|tam nhin)(?: den)?(?: nam)? $")
_OUTLOOK_AFTER = re.compile(r",? (?:va )?(?:dinh huong|tam nhin)")
_PLAN_ITEMS = ("mục tiêu", "chỉ tiêu", "nhiệm vụ", "giải pháp", "nội dung", "trụ cột", "tiêu chí")
_DONE = re.compile(r"\bhoan thanh|\b(?:dat|da) va vuot|\bda (?:dat|vuot|xong)|\bvuot (?:ke hoach)?")
_DONE_AFTER = re.compile(r"[^;.]{0,40}?\b(?:(?:da )?(?:duoc )?hoan thanh|da (?:dat|vuot|xong)|dat va vuot)")


TIED_RIGHT = 14
"""Characters behind a figure within which a period is bound to it ("38,5% năm 2021 lên 71,2% năm 2023")."""

SHORT_HEAD = 60
"""Characters of a head (before ":") that is part of what a figure is called."""

NEAR_RIGHT = 40
"""Characters behind a figure within which a period belongs to it ("hạng 3 Chỉ số DTI năm 2022")."""


_PILLARS = ("dti", "dti-government", "dti-economy", "dti-society")
_LOCAL = re.compile(r"\b(?:cap|khoi) (?:huyen|xa|so)\b|\bnoi bo\b")
_UNIT = re.compile(r"\b(?:[Hh]uyện|[Tt]hị xã|[Tt]hị trấn|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hành phố|TP\.?|Sở) (?=[A-ZĐ])")
_ORDER = re.compile(r"\b[Hh]ãy\b")  # "hãy nói X xếp thứ nhất" states nothing
_RANKING = re.compile(r"\b(?:chi so|xep hang|thu hang|bang)\b")
_ANAPHOR = re.compile(r"\b(?:ty le|ty trong|ti le|con so|chi so|muc|thu hang|gia tri) (?:nay|do|tren)\b")
_CUT = re.compile(r"[,;()]|\bso voi\b|\b(?:va|con|den|toi)\b")
_BY_THEN = re.compile(r" tinh (?:den|toi)(?: het| cuoi| ngay| thang| thoi diem)* ")  # "84,6% tính đến hết tháng 11/2024"
_TOUCHING = re.compile(r"\s*[(:]\s*(?:hang|thu|vi tri|dat|la|:)?\s*(?:thu|hang)?\s*")
_JOINED = re.compile(r"\s*(?:,|và|, và)?\s*(?:chỉ số)?\s*")


class _Sentence:
    def __init__(self, sentence: str, base: int, published: date | None, main: str, carried: _Carried) -> None:
        self.text, self.folded, self.base = sentence, fold(sentence), base
        # "đặt mục tiêu" sets a target, "đạt mục tiêu" reaches it: folding must not make them one
        self.cues = self.folded
        for match in _SET.finditer(sentence):
            self.cues = f"{self.cues[: match.start()]}set{self.cues[match.end() :]}"
        self.published, self.main, self.carried = published, main, carried
        self.provinces = _subjects(find_provinces(sentence), self.folded)
        self.mentions = find_periods(sentence, published)
        self.periods = [p for p in self.mentions if self._tells_time(p)]
        self.indicators = find_indicators(sentence)
        self.numbers: list[Number] = []
        self.last_share = ""
        self.assessed: tuple[str, Period] | None = None
        self.last_kind: bool | None = None
        self.last_period: Period | None = None

    def _tells_time(self, mention: PeriodMention) -> bool:
        """Not a document's date, a year compared with, "hiện nay", or the formula of plans' names ("Chương trình … đến
        năm 2025, định hướng đến năm 2030")."""
        if mention.role in ("document", "compared") or _NOW.match(self.folded, mention.start):
            return False
        before, after = self.folded[: mention.start], self.folded[mention.end :]
        if _EVENT_BEFORE.search(before) or (mention.period.part.startswith("M") and _SAID_ON.search(before)):
            return False
        return not (_OUTLOOK_BEFORE.search(before) or _OUTLOOK_AFTER.match(after) or _VERSUS.search(before))

    def figures(self, head: str) -> Iterator[Figure]:
        order = _ORDER.search(self.text)
        numbers = find_numbers(self.text, self.folded)
        if order:
            numbers = [n for n in numbers if n.start < order.start()]
        self.numbers = numbers
        if not numbers:
            return
        clauses = split(self.text, numbers, [Span(p.start, p.end) for p in self.provinces])
        respectively = _respectively(self, numbers)
        for number in numbers:
            clause = owner(clauses, number)
            own = respectively.get(number.start)
            for figure in self._figure(number, clause, numbers, head):
                if own is None:
                    yield figure
                    continue
                last = owner(clauses, next(n for n in numbers if n.start == max(respectively)))
                whole = replace(clause, end=max(clause.end, last.end), tail=max(clause.tail, last.end))
                yield replace(figure, label=self._label(whole, head), quote_end=self.base + whole.end, **own)
                break

    def handed_on(self) -> _Carried:
        province = self.provinces[0].name if len({p.name for p in self.provinces}) == 1 else ""
        if self.text.endswith(":") and not self.numbers:
            self.last_kind = bool(_TARGET.search(_YARDSTICK.sub(" ", self.cues))) or None
        period, until = self.carried.period, self.carried.until
        if self.periods:
            period, until = self.periods[-1].period, self.periods[-1].role == "until"
        if self.last_period:
            period, until = (
                self.last_period,
                any(p.role == "until" and p.period == self.last_period for p in self.periods)
                or (until and not self.periods),
            )
        named = [m.id for m in self.indicators]
        indexes = [i for i in named if is_index(i)]
        for m in self.indicators:
            near = [p for p in self.periods if 0 <= p.start - m.end <= TIED_RIGHT and not p.period.part]
            if is_index(m.id) and near and self.assessed is None:
                self.assessed = _family(m.id), near[0].period  # "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) năm 2024"
        if not indexes and _RANKING.search(self.folded):
            indexes = [i for topic, i in topics() if topic in self.folded]
        return _Carried(
            province or self.carried.province,
            period,
            until,
            self.last_kind,
            self.last_share or next((i for i in reversed(named) if catalogue()[i].unit == "%"), self.carried.indicator),
            indexes[0] if indexes else self.carried.index,
            tuple((self.folded[m.start : m.end], m.id) for m in self.indicators) or self.carried.named,
            self.assessed or self.carried.assessed,
        )

    def _figure(self, number: Number, clause: Clause, numbers: Sequence[Number], head: str) -> Iterator[Figure]:
        period, until = self._period(number, clause)
        target = self._is_target(number, clause, period, until)
        if not target and until and period and (self._is_carried(number, clause) or self._is_ahead(period)):
            period = None  # a deadline is no time of a result
        if not clause.bracketed and not any(item in number.unit for item in _PLAN_ITEMS):
            self.last_kind = target and self.last_kind is not False
        if not any(p.role == "compared" and p.period == period for p in self.mentions):
            self.last_period = period
        kind = (
            FigureKind.TARGET
            if target
            else {Role.RANK: FigureKind.RANK, Role.CHANGE: FigureKind.CHANGE, Role.AMOUNT: FigureKind.RESULT}[
                number.role
            ]
        )
        label = self._label(clause, head)
        carried = clause.nameless or _ANAPHOR.search(self.folded[clause.start : number.start])
        scope = " ".join(m[0] for m in _LEVEL.finditer(self.folded, clause.start, max(clause.end, clause.tail)))
        value = -number.value if number.falls else number.value
        quote = Span(self._quote_start(clause), max(clause.end, clause.tail))
        if clause.bracketed and clause.heads and quote.start <= clause.heads[-1].end:
            quote = Span(quote.start, min(len(self.text), quote.end + 1))
        if period and period.part.startswith(("M", "Q")) and number.role is Role.RANK:
            period = None  # indexes are of years: a month is when the ranks came out
        for indicator in dict.fromkeys(self._measured(i, number) for i in self._indicators(number, clause, numbers)):
            if number.unit == "%" and indicator:
                self.last_share = indicator
            if is_index(indicator) and not target:
                known = self.assessed or self.carried.assessed
                period = period or (known[1] if known and known[0] == _family(indicator) else None)
                if number.role is Role.RANK:
                    self.assessed = (_family(indicator), period) if period else self.assessed
            yield Figure(
                province=self._province(number, clause),
                indicator=indicator,
                label=f"{catalogue()[indicator].name} › {label}" if carried and indicator else label,
                value=value,
                shown=self.text[number.start : number.end],
                unit=number.unit,
                kind=kind,
                period=period,
                denominator=number.denominator,
                scope=scope,
                start=self.base + number.start,
                end=self.base + number.end,
                clause_start=self.base + clause.start,
                clause_end=self.base + clause.end,
                quote_start=self.base + quote.start,
                quote_end=self.base + quote.end,
            )

    def _quote_start(self, clause: Clause) -> int:
        """A short head right before the clause is shown with it: "Kinh tế số: hoàn thành 5/6 mục tiêu"."""
        head = clause.heads[-1] if clause.heads and not clause.bracketed else None
        if head and head.end - head.start <= SHORT_HEAD and not self.text[head.end : clause.label].strip(" :"):
            return (
                head.start
                + len(self.text[head.start : head.end])
                - len(self.text[head.start : head.end].lstrip(" +-–•*"))
            )
        return clause.label

    def _label(self, clause: Clause, head: str) -> str:
        own = self.text[clause.label : max(clause.end, clause.tail)]
        heads = [self.text[h.start : h.end] for h in clause.heads if h.end <= clause.label]
        lead = self.text[: clause.label].split(",")[0] if clause.label > 0 and not heads else ""
        above = [" ".join(p.split())[-240:] for p in (head, *heads, lead)]
        parts = [p.strip(" ,;:()") for p in (*above, " ".join(own.split())[:400])]
        return " › ".join(p for p in parts if p)

    def _indicators(self, number: Number, clause: Clause, numbers: Sequence[Number]) -> list[str]:
        """The indicators that the figure's own words name; of several joined by "và", each."""
        end = max(clause.end, clause.tail)
        own = [m for m in self.indicators if clause.label <= m.start < end]
        left = [m for m in own if m.start < number.start]
        right = [m for m in own if m.start >= number.end and "(" not in self.text[number.end : m.start]]
        previous = max((n.end for n in numbers if n.end <= number.start), default=0)
        fresh = [m for m in left if m.start >= previous]
        if number.unit not in ("%", "hạng", "điểm", "bậc", "đồng"):
            beside = [m for m in right if m.start <= number.end + len(number.unit) + 2]
            if any(item in number.unit for item in _PLAN_ITEMS):
                return [self._plan_items(number, clause)]
            if beside:
                return [beside[0].id]  # "800 doanh nghiệp số": the counted noun itself
            unit = fold(number.unit)
            for surface, indicator in self.carried.named:
                if surface.startswith(f"{unit} "):
                    return [indicator]  # "… tổ công nghệ số cộng đồng. Toàn tỉnh có 1.356 tổ"
            right = []
        if chosen := fresh or left:
            if len(chosen) > 1 and catalogue()[chosen[-2].id].parent == chosen[-1].id:
                chosen = chosen[:-1]  # "trụ cột kinh tế số của DTI" is the pillar
            joined = [chosen[-1].id]
            for a, b in zip(reversed(chosen[:-1]), reversed(chosen), strict=False):
                if not _JOINED.fullmatch(self.text, a.end, b.start):
                    break
                joined.insert(0, a.id)
            return list(dict.fromkeys(joined))
        if number.unit in ("hạng", "điểm", "bậc") and (topic := self._topic(number, clause)):
            return [topic]
        above = [m for h in clause.heads for m in self.indicators if h.start <= m.start < h.end]
        if named := right[:1] or above[-1:]:
            return [named[0].id]
        if number.unit in ("hạng", "bậc", "điểm"):
            later = {m.id for m in self.indicators if is_index(m.id)}
            return [later.pop() if len(later) == 1 else self.carried.index]
        meant = clause.nameless or _ANAPHOR.search(self.folded[clause.start : number.start])
        return [self.carried.indicator if meant and number.unit == "%" else ""]

    def _plan_items(self, number: Number, clause: Clause) -> str:
        """ "8/14 mục tiêu đã hoàn thành": goals or tasks of a plan that are done; others are what the plan holds."""
        done = _DONE.search(self.folded[clause.label : number.start]) or _DONE_AFTER.match(self.folded, number.end)
        if not done:
            return ""
        return "tasks-done" if "nhiệm vụ" in number.unit else "goals-met"

    def _measured(self, indicator: str, number: Number) -> str:
        """A pillar of the DTI has ranks and scores; a percentage of "kinh tế số" is of GRDP, or of something unnamed."""
        if number.unit == "điểm" and number.value > 100 and indicator and is_index(indicator):
            return ""  # "tối đa 1.000 điểm": the scale, no score
        if indicator in _PILLARS and self._is_of_a_unit(number):
            return "dti-local"
        if indicator not in _PILLARS or number.unit in ("hạng", "điểm", "bậc"):
            return indicator
        return (
            "digital-economy-share"
            if indicator == "dti-economy" and number.unit == "%" and "grdp" in self.folded
            else ""
        )

    def _is_of_a_unit(self, number: Number) -> bool:
        """Whether the figure is of a district, a commune or a department: they are ranked within their province."""
        if _LOCAL.search(self.folded[: number.start]):
            return True
        units = [u for u in _UNIT.finditer(self.text[: number.start]) if "," not in self.text[u.start() : number.start]]
        return bool(units) and not any(p.start <= units[-1].end() < p.end for p in self.provinces)

    def _topic(self, number: Number, clause: Clause) -> str:
        """ "xếp thứ 51 về chuyển đổi số" is said of the index of that topic; a component named there goes first."""
        own = _CLOSED.sub("", self.folded[clause.label : max(clause.end, clause.tail)]).split("(")[0]
        own = re.sub(r"\bcds\b", "chuyen doi so", own)
        named = [
            m
            for m in self.indicators
            if number.end <= m.start < clause.end and "(" not in self.text[number.end : m.start]
        ]
        return named[0].id if named else next((i for topic, i in topics() if topic in own), "")

    def _province(self, number: Number, clause: Clause) -> str:
        end = max(clause.end, clause.tail)
        before = self.folded[clause.label : number.start]
        if self.folded.startswith(("o cap quoc gia", "ca nuoc", "toan quoc")) and not self.provinces:
            return NATION
        if _NATION.search(before) and not _VERSUS.search(before):
            return NATION
        left = [p for p in self.provinces if clause.label <= p.start and p.end <= number.start]
        right = [p for p in self.provinces if number.end <= p.start < end]
        earlier = [p for p in self.provinces if p.end <= number.start]
        if right and self._points_right(number):
            return right[0].name
        for group in (left[-1:], [] if earlier else right[:1], earlier[-1:], right[:1]):
            if group:
                return group[0].name
        return self.carried.province or self.main

    def _points_right(self, number: Number) -> bool:
        """ "đứng đầu là Đà Nẵng", "vị trí số 1 thuộc về Đà Nẵng", "thứ 3: Hà Nội"."""
        return bool(
            re.match(r"[^,;.]{0,24}?(?:\b(?:la|thuoc ve|gom)\b|:)\s", self.folded[number.end : number.end + 48])
        )

    def _period(self, number: Number, clause: Clause) -> tuple[Period | None, bool]:
        """The period and whether it is a deadline ("đến năm 2025")."""
        end = max(clause.end, clause.tail)
        closed = [m.span() for m in _CLOSED.finditer(self.folded[: number.start])]
        left = [
            p
            for p in self.periods
            if p.end <= number.start and not any(a <= p.start and p.end <= b for a, b in closed)
        ]
        right = [p for p in self.periods if number.end <= p.start < end]
        tied = self._tied(number)
        if tied:
            return tied.period, tied.role == "until"
        near = [p for p in right if p.start - number.end <= NEAR_RIGHT and not left]
        for group in ([p for p in left if p.start >= clause.start][-1:], near[:1], left[-1:]):
            if group:
                return group[0].period, group[0].role == "until"
        if self.carried.period:
            return self.carried.period, self.carried.until
        after = next((n.start for n in self.numbers if n.start >= number.end), len(self.text))
        right = [p for p in right if p.start <= after]
        last = right or [p for p in self.periods if p.start >= number.end and p.role == "at"][-1:]
        return (last[0].period, last[0].role == "until") if last else (None, False)

    def _tied(self, number: Number) -> PeriodMention | None:
        """The period that touches a number, also one compared with: "38,5% năm 2021", "(năm 2022: 10,2%)", "so với năm 2022
        (hạng 12)", "vị trí 29 của năm 2022"."""
        for p in self.mentions:
            if p.role == "document":
                continue
            after, before = self.folded[number.end : p.start], self.folded[p.end : number.start]
            after = after.removeprefix(f" {fold(number.unit)}")
            if p.start >= number.end and _BY_THEN.fullmatch(after):
                return p
            if p.start >= number.end and len(after) <= TIED_RIGHT and not _CUT.search(after):
                return p
            if p.end <= number.start and _TOUCHING.fullmatch(before):
                return p
        return None

    def _is_carried(self, number: Number, clause: Clause) -> bool:
        """Whether the number's period comes from the sentence before."""
        return not any(
            p.end <= number.start or number.end <= p.start < max(clause.end, clause.tail) for p in self.periods
        )

    def _is_ahead(self, period: Period) -> bool:
        if self.published is None:
            return False
        return (period.year, _last_month(period.part)) >= (self.published.year, self.published.month)

    def _is_target(self, number: Number, clause: Clause, period: Period | None, until: bool) -> bool:
        before = self.cues[: number.start]
        aside = before[clause.start :]
        if any(item in number.unit for item in _PLAN_ITEMS) or _DONE_AFTER.match(
            self.cues, number.end, max(clause.end, clause.tail)
        ):
            return False
        if clause.bracketed and _ASIDE.search(aside) and not _YARDSTICK.search(aside):
            return True
        if clause.bracketed and _PLAN_IN_FRONT.search(self.cues[: clause.start].rstrip(" (")):
            return True
        if until and period and self._after_publication(period):
            return True
        if self._is_yardstick(number):
            return True
        plain = _YARDSTICK.sub(lambda m: " " * len(m[0]), before)
        plain = _CLOSED.sub(lambda m: " " * len(m[0]), plain)
        targets = [m.start() for m in _TARGET.finditer(plain)]
        results = [m.start() for m in _RESULT.finditer(before)]
        if targets or results:
            return max(targets, default=-1) > max(results, default=-1)
        past = period is not None and self.published is not None and period.year <= self.published.year
        return bool(self.carried.target) and not (past and self.periods) and not _RESULT.search(self.cues)

    def _is_yardstick(self, number: Number) -> bool:
        """ "đạt 68%, vượt kế hoạch 60%": the second is the plan, when it is the same unit and the first is known."""
        if not _PLAN_BEFORE.search(self.cues[: number.start]):
            return False
        return any(n.end <= number.start and n.unit == number.unit for n in self.numbers)

    def _after_publication(self, period: Period) -> bool:
        if self.published is None:
            return False
        return period.year > self.published.year or (
            period.year == self.published.year and not period.part and not _RESULT.search(self.folded)
        )


_CHAIN = re.compile(r"[ ,;]*(?:va )?(?:thu |hang |diem[ ,]*(?:va )?|%[ ,]*(?:va )?|/\d+[ ,]*(?:va )?)*")


def _respectively(read: _Sentence, numbers: Sequence[Number]) -> dict[int, dict[str, Any]]:
    """ "A, B và C lần lượt đạt x, y và z": each number with its own province, indicator or period."""
    at = re.search(r"lan luot|tuong ung", read.folded)
    if at is None:
        return {}
    chain: list[Number] = []
    for number in numbers:
        if number.start > at.start() - 200 and (
            not chain or (number.unit == chain[-1].unit and _CHAIN.fullmatch(read.folded, chain[-1].end, number.start))
        ):
            chain.append(number)
    if len(chain) < 2:
        return {}
    found: dict[int, dict[str, Any]] = {n.start: {} for n in chain}
    slots: list[tuple[str, list[Any]]] = [
        ("province", [p.name for p in read.provinces if p.end <= chain[0].start]),
        ("indicator", [m.id for m in read.indicators if m.end <= chain[0].start]),
        ("period", [p.period for p in read.periods if p.end <= chain[0].start]),
    ]
    for slot, values in slots:
        if len(values) == len(chain):
            for number, value in zip(chain, values, strict=True):
                found[number.start][slot] = value
    return found


def _subjects(found: Sequence[ProvinceMention], folded: str) -> list[ProvinceMention]:
    """Provinces that a sentence speaks of, without those it only compares with ("so với Hà Nội")."""
    return [
        p
        for p in found
        if not re.search(r"(?:so voi|nhu|cung voi|hop tac voi|giap)(?: tinh| thanh pho)? $", folded[: p.start])
    ]
