"""Chosen windows as answers: the clause or the sentence that answers, in the words of its article, with its source."""

from __future__ import annotations

from dataclasses import replace

from retrieval.algebra import scale_of
from retrieval.answer import wording
from retrieval.answer.draft import LONGEST_SHOWN, Draft, Line, Support, cut, named, shown, stated, statement, support
from retrieval.answer.tables import value_said
from retrieval.choosing.ranker import Choice, Chosen
from retrieval.choosing.windows import Window, list_at, sentences_back
from retrieval.ledger import Told, measure_of
from retrieval.lexicon.provinces import NATION
from retrieval.query import NUMERIC, Expects, Operation, Query
from retrieval.text import Span
from retrieval.types import Figure, FigureKind, Period

CLEAR = 0.55
"""Likelihood within its window from which a figure's own clause is shown, not the whole sentence."""

LEAST = 0.35
"""The same in a sentence too long to be shown whole."""

BESIDE = 0.45
"""Share of the best window's likelihood from which others are told beside it, where several things were asked for."""

DOUBTED = 0.5
"""Likelihood of the best window under which the next one is told too."""

TRAILING = 0.03
"""The same where two things are asked that one window may not hold."""

MOST_BESIDE = 3
LONGEST_LISTED = 1100
"""Characters shown of a list."""

_SEVERAL = frozenset({Operation.LIST, Operation.EXPLAIN, Operation.OVERVIEW, Operation.DEFINITION})


def draft(choice: Choice) -> Draft | None:
    """The best window as an answer, with what other sources say of the same; None where nothing was found."""
    if not choice.ranked:
        return None
    query, best = choice.query, _out_of_how_many(choice)
    told = _figure_line(best, query)
    if told is not None and not _is_plural(query) and (query.operation not in _AMONG or best.window.kind == "row"):
        line, figure = told
        agreeing, differing = _voices(choice, best, figure)
        line = replace(line, supports=(*line.supports, *agreeing))
        head = _lack(figure, query)
        return Draft(True, (*head, line, *differing), "told")
    led = query.operation in _AMONG and (best.window.kind == "item" or best.window.text.endswith(":"))
    if (led or query.operation is Operation.LIST) and (listed := list_at(best.window)):
        return Draft(True, (window_line(listed, query),), "told")
    lines = [*_other_half(best, query), *_lines_of(best, query)]
    reason = query.operation is Operation.EXPLAIN or query.expects in (Expects.REASON, Expects.MANNER)
    if reason or query.operation is Operation.DEFINITION:
        lines += _following(best.window)
    if _is_plural(query):
        beside = _beside(choice, best)
        goes_on = (
            query.operation in _WHOLE and len(best.window.figures) < 2 and any(map(str.isdigit, best.window.following))
        )
        lines += beside or (_following(best.window) if goes_on else [])
    elif choice.sure < DOUBTED or query.expects not in NUMERIC:
        lines += _beside(choice, best) or (_following(best.window) if _goes_on(best.window) else [])
    return Draft(True, tuple(dict.fromkeys(lines)), "told")


def _is_plural(query: Query) -> bool:
    """Whether one figure would be half an answer: two things are asked, or one beside another."""
    return query.several or query.wants == "both" or query.operation in _WHOLE | _SEVERAL


def _lines_of(chosen: Chosen, query: Query) -> list[Line]:
    """A window as it is told where more than its figure is asked for: of a table's row, the cells that matter."""
    window = chosen.window
    if window.kind != "row" or not chosen.figures:
        return [window_line(window, query)]
    first, likely = chosen.figures[0]
    cells = [first]
    if query.operation in _WHOLE - {Operation.COMPARE} or query.wants == "both":
        timely = [f for f in window.figures if f.period is None or any(f.period.meets(p) for p in _years(query))]
        cells = [f for f in (timely if query.periods else window.figures) if f.unit == first.unit][:MOST_CELLS]
    elif likely < LEAST:
        cells = list(window.figures[:MOST_CELLS])
    said = [(f, statement(window, f)) for f in cells]
    return [Line(f"{stated(one, f)}.", (support(one, (f,)),)) for f, one in said]


def _other_half(best: Chosen, query: Query) -> list[Line]:
    """The sentence before one that tells only a target or a result, or one time of two: "… đạt 63,7%. Tuy vậy mục tiêu cả năm
    là 75%"."""
    window = best.window
    if query.operation not in _WHOLE or window.kind != "sentence" or len(window.figures) > 1:
        return []
    before = next(iter(sentences_back(window.article.text, window.span.start)), None)
    if before is None or not any(c.isdigit() for c in window.article.text[before.start : before.end]):
        return []
    if "\n" in window.article.text[before.end : window.span.start]:
        return []
    return [_sentence_line(window, before)]


def _years(query: Query) -> list[Period]:
    return [*query.periods, *query.compared]


MOST_CELLS = 5
"""Cells told of one row."""


def quoted(choice: Choice) -> Draft:
    """The best window as it stands."""
    return Draft(bool(choice.ranked), tuple(window_line(c.window, choice.query) for c in choice.ranked[:1]), "told")


def _out_of_how_many(choice: Choice) -> Chosen:
    """The best window, or another that tells the same rank and says among how many provinces it is."""
    best = choice.ranked[0]
    rank = best.figure
    if rank is None or rank.unit != "hạng" or rank.denominator or rank.kind is FigureKind.TARGET:
        return best
    for chosen in choice.ranked[1:]:
        for f, likely in chosen.figures:
            same = (f.province, f.indicator, f.period, f.value) == (
                rank.province,
                rank.indicator,
                rank.period,
                rank.value,
            )
            if same and f.unit == "hạng" and f.denominator and rank.indicator:
                rest = tuple(x for x in chosen.figures if x[0] is not f)
                return replace(chosen, figures=((f, max(likely, best.figures[0][1])), *rest))
    return best


# --- a figure -----------------------------------------------------------------------------------------------------


def _figure_line(best: Chosen, query: Query) -> tuple[Line, Figure] | None:
    """The clause of the figure that answers, where one is asked for and clear."""
    if not best.figures or query.operation in _SEVERAL:
        return None
    figure, likely = best.figures[0]
    asked = query.expects in NUMERIC or query.operation is not Operation.VALUE
    long = len(best.window.text) > LONGEST_SHOWN and query.expects in NUMERIC
    if not asked or likely < (LEAST if long else CLEAR) or best.window.kind == "block":
        return None
    said = statement(best.window, figure)
    text = stated(said, figure)
    if len(text) < _BARE:
        return None
    return Line(f"{text}.", (support(said, (figure,)),)), figure


_WHOLE = frozenset({Operation.TREND, Operation.AGAINST_TARGET, Operation.DIFFERENCE, Operation.COMPARE})
"""One thing beside another: two sentences may tell it."""

_AMONG = frozenset({Operation.ORDER, Operation.EXTREME, Operation.COUNT})
"""One among others: told by the whole sentence, or the whole list."""


_BARE = 12
"""Characters under which a clause says too little to stand alone."""


def _lack(figure: Figure, query: Query) -> list[Line]:
    """That only a target, or only a result, is known where the other was asked for."""
    if query.wants == "target" and figure.kind in (FigureKind.RESULT, FigureKind.RANK):
        return [Line(wording.ONLY_RESULT)]
    if query.wants == "" and figure.kind is FigureKind.TARGET:
        measured = figure.unit in ("%", "hạng", "điểm") and query.expects in NUMERIC
        timely = bool(query.periods) and figure.period is not None
        return [Line(wording.ONLY_TARGET)] if measured and not timely else []
    return []


def _voices(choice: Choice, best: Chosen, figure: Figure) -> tuple[list[Support], list[Line]]:
    """Other articles on the same fact: those that agree, as further sources, and a line for each that says otherwise."""
    agreeing: list[Support] = []
    differing: list[Line] = []
    voices = {best.window.voice}
    values = {figure.value}
    for chosen in choice.ranked[1:]:
        if chosen.window.voice in voices:
            continue
        same = [f for f in chosen.window.figures if _same_fact(f, figure)]
        if not same:
            continue
        voices.add(chosen.window.voice)
        other = same[0]
        one = support(statement(chosen.window, other), (other,))
        if other.value == figure.value:
            agreeing.append(one)
        elif other.value not in values and len(differing) < 2:
            values.add(other.value)
            differing.append(_otherwise(Told(other, chosen.window), one))
    return agreeing[:2], differing


def _otherwise(told: Told, one: Support) -> Line:
    published = told.window.article.published
    day = f"{published.day}/{published.month}/{published.year}" if published else ""
    when = f", bài ngày {day}" if day else ""
    aim = "mục tiêu " if told.figure.kind is FigureKind.TARGET else ""
    text = f"{wording.OTHER_SOURCE} {aim}{value_said(told, aim=False)}{when}."
    return Line(text, (one,), wording.numbers_in(when) if when else (), typed=True)


def _same_fact(a: Figure, b: Figure) -> bool:
    if not a.indicator and not b.indicator:
        return False
    return (
        measure_of(a) == measure_of(b)
        and (a.province, a.period, a.kind) == (b.province, b.period, b.kind)
        and a.period is not None
        and scale_of(a) == scale_of(b)
    )


# --- sentences ----------------------------------------------------------------------------------------------------


def window_line(window: Window, query: Query) -> Line:
    """A window in its own words, with the province in front where neither it nor the question says whose it is."""
    said = statement(window)
    if window.kind == "block":
        return Line(_list(window), (support(said),))
    text = shown(said)
    if _is_plural(query):
        text = cut(" ".join(window.text.split()).strip(" ;,"), LONGEST_LISTED)
    if window.kind == "row":
        text = _row(window)
    whose = ({f.province for f in window.figures if f.province} or set(window.article.provinces[:1])) - {NATION}
    if len(whose) == 1 and len(query.provinces) != 1:
        text = named(text, next(iter(whose)))
    return Line(f"{text.rstrip('.:;,')}." if window.kind != "row" else text, (support(said),))


def _row(window: Window) -> str:
    return " ".join(window.text.split())


def _list(window: Window) -> str:
    lines = [" ".join(line.split()) for line in window.text.split("\n") if line.strip()]
    return cut("\n".join(lines), LONGEST_LISTED)


def _beside(choice: Choice, best: Chosen) -> list[Line]:
    """Other windows of the same article that answer nearly as well; of several things asked, also those that trail."""
    lines: list[Line] = []
    several = choice.query.several and choice.query.operation is Operation.VALUE
    if several and len(best.window.figures) > 1 and choice.sure >= DOUBTED:
        return []
    apart = choice.query.operation in _WHOLE
    most, least = (1, TRAILING) if several else (MOST_BESIDE - 1, TRAILING if apart else BESIDE)
    for chosen in choice.ranked[1:]:
        if len(lines) >= most:
            break
        if chosen.share < least * best.share and not (apart and _is_counted_alike(chosen, best)):
            continue
        if chosen.window.article_id != best.window.article_id:
            inside = best.window.article_id >= 0  # beside a handbook's entry goes what the articles say
        else:
            inside = chosen.window.span.start < best.window.span.end and best.window.span.start < chosen.window.span.end
        if not inside:
            lines += _lines_of(chosen, choice.query)
    return lines


def _is_counted_alike(chosen: Chosen, best: Chosen) -> bool:
    """Whether a window tells a figure of what the best one's counts: the same at another time, or of another place."""
    told = best.figure
    return (
        told is not None
        and chosen.score > best.score - MOST_BEHIND
        and any((f.unit, f.indicator) == (told.unit, told.indicator) for f in chosen.window.figures)
    )


MOST_BEHIND = 5.0
"""Of the scores of two windows that tell of the same thing."""


def _goes_on(window: Window) -> bool:
    """Whether the sentence after a window belongs to the answer: it is short, or leads up to what follows."""
    return bool(window.following) and (len(window.text) < 70 or window.text.endswith(":"))


def _following(window: Window) -> list[Line]:
    text = window.article.text
    at = text.find(window.following, window.span.end) if window.following else -1
    if at < 0:
        return []
    return [_sentence_line(window, Span(at, at + len(window.following)))]


def _sentence_line(window: Window, span: Span) -> Line:
    """Another sentence of a window's article, in its own words."""
    said = statement(replace(window, span=span, figures=()))
    return Line(f"{shown(said)}.", (support(said),))


def of_province(line: Line) -> Line:
    """A line of several, with the province whose it is in front."""
    if not line.supports:
        return line
    said = line.supports[0].statement
    about = [f.province for f in line.supports[0].figures if f.province] or list(said.article.provinces[:1])
    return replace(line, text=named(line.text, about[0])) if about else line
