"""The reading of one sentence: its figures, and what they leave behind for the sentence that continues it."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.clauses import Clause, owner, split
from ingest.figures.enumeration import enumerated
from ingest.figures.kinds import announces_goal, announces_targets, counts_plan_items, is_target, is_yardstick
from ingest.figures.measures import OF_INDEXES, family, goes_on, indexes_of, measures_of
from ingest.figures.periods import TIED_RIGHT, is_ahead, is_carried, is_start, period_of
from ingest.figures.sentence import Carried, Sentence, reach
from ingest.figures.subjects import is_of_a_unit, province_of, ranks_bodies, scope_of
from ingest.numbers import Number, Role
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.provinces import NATION
from retrieval.text import Span
from retrieval.types import Figure, FigureKind, Period

SHORT_HEAD = 60
"""Characters of a head (before ":") that is part of what a figure is called."""

LONGEST_HEAD, LONGEST_LABEL = 240, 400
"""Characters kept of a head above a figure, of its right end, and of the figure's own words."""

_KINDS = {Role.RANK: FigureKind.RANK, Role.CHANGE: FigureKind.CHANGE, Role.AMOUNT: FigureKind.RESULT}


class Reading:
    """``head`` is the line ending in ":" under which the sentence stands. Take the figures first, then what is handed on."""

    def __init__(self, sentence: Sentence, head: str) -> None:
        self.sentence, self.head = sentence, head
        # what the figures read so far leave behind
        self._share = ""  # the last indicator that had a percentage
        self._assessed: tuple[str, Period] | None = None
        self._target: bool | None = None
        self._period: Period | None = None

    def figures(self) -> Iterator[Figure]:
        """The figures in reading order."""
        sentence = self.sentence
        if not sentence.numbers:
            return
        clauses = split(sentence.text, sentence.numbers, [Span(p.start, p.end) for p in sentence.provinces])
        listed = enumerated(sentence)
        for number in sentence.numbers:
            clause = owner(clauses, number)
            own = listed.get(number.start)
            if own is None:
                yield from self._figures(number, clause)
                continue
            last = owner(clauses, next(n for n in sentence.numbers if n.start == max(listed)))
            whole = replace(clause, end=max(clause.end, last.end), tail=max(clause.tail, last.end))
            figure = next(self._figures(number, clause))
            yield replace(figure, label=self._label(whole), quote_end=sentence.base + whole.end, **own)

    def handed_on(self) -> Carried:
        """What a sentence that continues this one takes over."""
        sentence, carried = self.sentence, self.sentence.carried
        named = [m.id for m in sentence.indicators]
        indexes = indexes_of(sentence)
        period, until = self._last_period()
        return Carried(
            province=sentence.provinces[0].name if len({p.name for p in sentence.provinces}) == 1 else carried.province,
            period=period,
            until=until,
            target=self._last_target(),
            indicator=self._share
            or next((i for i in reversed(named) if catalogue()[i].unit == "%"), carried.indicator),
            index=indexes[0] if indexes else carried.index,
            named=tuple((sentence.folded[m.start : m.end], m.id) for m in sentence.indicators) or carried.named,
            assessed=self._assessed or self._named_assessment() or carried.assessed,
            goal=not sentence.numbers and announces_goal(sentence),
            bodies=carried.bodies or ranks_bodies(sentence.folded),
            heading=carried.heading,
        )

    def _last_target(self) -> bool | None:
        if self.sentence.text.endswith(":") and not self.sentence.numbers:
            return announces_targets(self.sentence) or None
        return self._target

    def _last_period(self) -> tuple[Period | None, bool]:
        """The last figure's period, else the last one named, else the one carried; and whether it is a deadline."""
        periods = self.sentence.periods
        period, until = self.sentence.carried.period, self.sentence.carried.until
        if periods:
            period, until = periods[-1].period, periods[-1].role == "until"
        if self._period:
            until = any(p.role == "until" and p.period == self._period for p in periods) or (until and not periods)
            period = self._period
        return period, until

    def _named_assessment(self) -> tuple[str, Period] | None:
        """ "Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) năm 2024": an index with its year, ranked or not."""
        for m in self.sentence.indicators:
            near = [p for p in self.sentence.periods if 0 <= p.start - m.end <= TIED_RIGHT and not p.period.part]
            if is_index(m.id) and near:
                return family(m.id), near[0].period
        return None

    def _figures(self, number: Number, clause: Clause) -> Iterator[Figure]:
        """A number as the figure of each indicator that shares it; at least one."""
        sentence = self.sentence
        period, until = period_of(sentence, number, clause)
        target = is_target(sentence, number, clause, period, until)
        if not target and until and period and (is_carried(sentence, number, clause) or is_ahead(sentence, period)):
            period = None  # a deadline is no time of a result
        if not clause.bracketed and not counts_plan_items(number):
            self._target = target and self._target is not False
        if not clause.bracketed and not any(p.role == "compared" and p.period == period for p in sentence.mentions):
            self._period = period
        if period and period.part.startswith(("M", "Q")) and number.role is Role.RANK:
            period = None  # indexes are of years: a month is when the ranks came out
        label, quote, base = self._label(clause), self._quote(clause), sentence.base
        province, bound = province_of(sentence, number, clause)
        of_a_unit = number.unit in OF_INDEXES and is_of_a_unit(sentence, number)
        if of_a_unit and province != NATION:
            province, bound = "", "unsure"  # ranked within its province, which has a rank of its own
        for indicator in self._measures(number, clause):
            if number.unit == "%" and indicator:
                self._share = indicator
            if is_index(indicator) and not target and not is_start(sentence, number):
                period = self._assessed_in(indicator, number, period)
            named = indicator and goes_on(sentence, number, clause)
            yield Figure(
                province=province,
                indicator=indicator,
                label=f"{catalogue()[indicator].name} › {label}" if named else label,
                value=-number.value if number.falls else number.value,
                shown=sentence.text[number.start : number.end],
                unit=number.unit,
                kind=FigureKind.TARGET if target else _KINDS[number.role],
                period=period,
                denominator=number.denominator,
                scope=scope_of(sentence, clause),
                start=base + number.start,
                end=base + number.end,
                clause_start=base + clause.start,
                clause_end=base + clause.end,
                quote_start=base + quote.start,
                quote_end=base + quote.end,
                bound=bound,
            )

    def _measures(self, number: Number, clause: Clause) -> list[str]:
        """The indicators of a figure; the plan that a figure is held against ("chưa đạt chỉ tiêu 90%") has the figure's."""
        if number.unit == "%" and self._share and is_yardstick(self.sentence, number):
            return [self._share]
        return measures_of(self.sentence, number, clause)

    def _assessed_in(self, indicator: str, number: Number, period: Period | None) -> Period | None:
        """The year of an index's rank or score: its own, else that of the assessment that the article speaks of."""
        known = self._assessed or self.sentence.carried.assessed
        period = period or (known[1] if known and known[0] == family(indicator) else None)
        if number.role is Role.RANK and period:
            self._assessed = family(indicator), period
        return period

    def _quote(self, clause: Clause) -> Span:
        """What is shown of a clause: with the head in front of it, and the bracket closed that the head opens."""
        start, end = self._quote_start(clause), reach(clause)
        if clause.bracketed and clause.heads and start <= clause.heads[-1].end:
            end = min(len(self.sentence.text), end + 1)
        return Span(start, end)

    def _quote_start(self, clause: Clause) -> int:
        """A short head right before the clause is shown with it: "Kinh tế số: hoàn thành 5/6 mục tiêu"."""
        text = self.sentence.text
        head = clause.heads[-1] if clause.heads and not clause.bracketed else None
        if head and head.end - head.start <= SHORT_HEAD and not text[head.end : clause.label].strip(" :"):
            return head.end - len(text[head.start : head.end].lstrip(" +-–•*"))
        return clause.label

    def _label(self, clause: Clause) -> str:
        """What the figure is called, outermost first: the head above the sentence, heads within it, its own words."""
        text = self.sentence.text
        heads = [text[h.start : h.end] for h in clause.heads if h.end <= clause.label]
        lead = text[: clause.label].split(",")[0] if clause.label > 0 and not heads else ""
        above = [" ".join(part.split())[-LONGEST_HEAD:] for part in (self.head, *heads, lead)]
        own = " ".join(text[clause.label : reach(clause)].split())[:LONGEST_LABEL]
        return " › ".join(part for p in (*above, own) if (part := p.strip(" ,;:()")))
