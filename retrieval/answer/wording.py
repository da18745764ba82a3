"""Every Vietnamese sentence that an answer says in our own words. Refusals carry no figure and no source."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.lexicon.indicators import catalogue
from retrieval.library import Stats
from retrieval.types import Figure, Query

GREETING = (
    "Xin chào! Tôi trả lời câu hỏi về chuyển đổi số của các tỉnh, thành phố, kèm bài báo làm nguồn. "
    "Ví dụ: “Quảng Ninh xếp thứ mấy về DTI?” hoặc “So sánh kinh tế số của Bắc Ninh và Bắc Kạn”."
)
CAPABILITIES = (
    "Bạn có thể hỏi về một chỉ số của một tỉnh (hạng, điểm, tỷ lệ), so sánh nhiều tỉnh, diễn biến qua các năm, mục tiêu "
    "so với kết quả, tỉnh đứng đầu, hoặc tổng quan một tỉnh. Mọi số liệu đều được trích từ bài báo kèm theo."
)
ONLY_TARGET = "Chưa có số liệu về kết quả; các bài đã thu thập mới nêu mục tiêu:"
ONLY_RESULT = "Chưa có số liệu về mục tiêu; các bài đã thu thập mới nêu kết quả:"
WRONG = "Điều này không đúng với số liệu đã công bố."
NO_LONGER = "Điều này không đúng với số liệu sau:"
AT_ONE_TIME = "Nhưng đã từng đúng:"
UNDATED = "Nguồn không ghi rõ số liệu này của năm nào."
NO_FIGURE = "chưa có số liệu"
NO_OTHER_YEAR = "Chưa có số liệu của năm khác để so sánh."


def refusal(query: Query, stats: Stats, known: Sequence[Figure]) -> str:
    """What is not covered, and what is. ``known`` are figures of the indicator asked for, of any province and time."""
    if not query.indicators or any(p not in stats.provinces for p in query.provinces):
        return f"Xin lỗi, tôi chưa có thông tin này trong các bài đã thu thập. {covered(query, stats)}"
    name = catalogue()[query.indicators[0]].name
    whose = f" của {join(query.provinces)}" if query.provinces else " của cả nước" if query.national else ""
    when = f" {join([str(p) for p in query.periods])}" if query.periods else ""
    said = f"Xin lỗi, tôi chưa có số liệu về {name}{whose}{when} trong các bài đã thu thập."
    own = sorted({f.period.year for f in known if f.period and (not query.provinces or f.province in query.provinces)})
    if query.provinces and query.periods and {p.year for p in query.periods} <= set(own):
        return (
            f"Xin lỗi, tôi chưa có thông tin này trong các bài đã thu thập. Đã có số liệu về {name}{whose}{when}, "
            "nhưng không bài nào nêu điều bạn hỏi."
        )
    own = [y for y in own if y not in {p.year for p in query.periods}]
    if own and not query.national:
        return f"{said} Hiện có số liệu này của năm {join([str(y) for y in own])}."
    others = list(dict.fromkeys(f.province for f in known if f.province in stats.provinces))
    return f"{said} Hiện có số liệu này của {listing(others)}." if others else f"{said} {covered(query, stats)}"


def borders(provinces: Sequence[str]) -> str:
    """That figures are of provinces as they were before the mergers of July 2025."""
    return f"Số liệu của {join(provinces)} theo địa giới cũ, trước khi sáp nhập."


def no_figure_of(years: Sequence[str]) -> str:
    """That figures of some of the years asked about are not known."""
    return f"Chưa có số liệu năm {join(years)}."


def covered(query: Query, stats: Stats) -> str:
    known = list(stats.provinces)
    uncovered = [p for p in query.provinces if p not in stats.provinces]
    if not known:
        return "Thư viện bài báo hiện còn trống."
    if uncovered:
        return f"Chưa có bài nào viết về {join(uncovered)}. Hiện có bài về {listing(known)}."
    if query.provinces:
        return f"Đã có bài viết về {join(query.provinces)}, nhưng không bài nào nêu điều này."
    return f"Tôi chỉ trả lời về chuyển đổi số của các tỉnh, thành phố; hiện có bài về {listing(known)}."


def listing(names: Sequence[str], most: int = 8) -> str:
    """ "A, B, C và các tỉnh khác"."""
    if len(names) <= most:
        return join(names)
    return f"{', '.join(names[:most])} và nhiều tỉnh, thành phố khác"


def join(names: Sequence[str]) -> str:
    """ "A, B và C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
