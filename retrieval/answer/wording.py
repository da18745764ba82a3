"""Every Vietnamese sentence that an answer says in our own words. Refusals carry no figure and no source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.draft import Line
from retrieval.ledger import Holdings
from retrieval.library import Stats
from retrieval.query import Act, Query

GREETING = (
    "Xin chào! Tôi trả lời câu hỏi về chuyển đổi số của các tỉnh, thành phố, kèm bài báo làm nguồn. "
    "Ví dụ: “Quảng Ninh xếp thứ mấy về DTI?” hoặc “So sánh kinh tế số của Bắc Ninh và Bắc Kạn”."
)
CAPABILITIES = (
    "Bạn có thể hỏi về một chỉ số của một tỉnh (hạng, điểm, tỷ lệ), so sánh nhiều tỉnh, diễn biến qua các năm, mục tiêu "
    "so với kết quả, tỉnh đứng đầu, hoặc tổng quan một tỉnh. Mọi số liệu đều được trích từ bài báo kèm theo."
)
THANKS = "Không có gì, rất vui được giúp bạn. Bạn cần tra thêm số liệu nào cứ hỏi nhé."
FAREWELL = "Chào bạn, hẹn gặp lại. Khi cần số liệu chuyển đổi số của tỉnh nào, bạn cứ nhắn."
ACKNOWLEDGE = "Vâng. Bạn cần tra thêm tỉnh hay chỉ số nào, cứ hỏi tiếp nhé."
SMALLTALK = (
    "Tôi là trợ lý tra cứu về chuyển đổi số của các tỉnh, thành phố, chỉ trả lời từ những bài đã thu thập. "
    "Bạn thử hỏi: “Tỉnh nào dẫn đầu DTI?” nhé."
)
ABUSE = (
    "Xin lỗi nếu tôi làm bạn bực mình. Bạn cho biết cần số liệu của tỉnh nào, về chỉ số gì, năm nào, tôi sẽ tra lại."
)
COMPLAINT = (
    "Xin lỗi bạn. Mọi số liệu đều được trích nguyên văn từ bài báo kèm theo câu trả lời; bạn mở nguồn để đối chiếu, hoặc nói rõ "
    "chỗ sai (tỉnh, chỉ số, năm) để tôi tra lại. Câu hỏi trước: “{question}”."
)
COMPLAINT_ALONE = "Xin lỗi bạn. Bạn nói rõ cần số liệu của tỉnh nào, về chỉ số gì, năm nào, tôi sẽ tra lại."
SOURCES_OF = "Câu trả lời trước dựa vào các nguồn sau:"
SOURCES_OF_NOTHING = (
    "Tôi chưa trả lời câu nào có nguồn. Mỗi câu trả lời của tôi đều ghi nguồn [1], [2] ở dưới để bạn mở."
)
OFFTOPIC = (
    "Xin lỗi, tôi chưa có thông tin này: tôi chỉ trả lời về chuyển đổi số của các tỉnh, thành phố, "
    "từ những bài đã thu thập."
)
ONLY_TARGET = "Chưa có số liệu về kết quả; các bài đã thu thập mới nêu mục tiêu:"
ONLY_RESULT = "Chưa có số liệu về mục tiêu; các bài đã thu thập mới nêu kết quả:"
NO_FIGURE = "chưa có số liệu"
NO_OTHER_YEAR = "Chưa có số liệu của năm khác để so sánh."
NOBODY_WITHIN = "Không có tỉnh, thành phố nào như vậy trong các bài đã thu thập."
ONLY_ONE = "Đây là tỉnh duy nhất có số liệu này trong các bài đã thu thập, không phải xếp hạng cả nước."
OTHER_SOURCE = "Nguồn khác ghi:"
EMPTY = "Thư viện bài báo hiện còn trống."

SOCIAL = {
    Act.GREETING: GREETING,
    Act.CAPABILITIES: CAPABILITIES,
    Act.THANKS: THANKS,
    Act.FAREWELL: FAREWELL,
    Act.ACKNOWLEDGE: ACKNOWLEDGE,
    Act.SMALLTALK: SMALLTALK,
    Act.ABUSE: ABUSE,
}
"""What is said to messages that ask nothing of the library."""

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a line of ours, which it declares as its own."""
    return tuple(_NUMBER.findall(text))


def other_totals() -> Line:
    """That two ranks are no measure of one another."""
    return Line("Các thứ hạng tính trên số tỉnh khác nhau (63 và 34) nên không so trực tiếp được.", (), ("63", "34"))


def among_new() -> Line:
    """That a rank is among the provinces since the mergers."""
    return Line("Thứ hạng tính trong 34 tỉnh, thành phố sau sáp nhập.", (), ("34",))


def complaint(question: str) -> str:
    return COMPLAINT.format(question=question) if question else COMPLAINT_ALONE


def refusal(query: Query, stats: Stats, held: Holdings | None) -> str:
    """What is not covered, and what is instead: never what was asked for."""
    if not stats.articles:
        return EMPTY
    uncovered = [p for p in query.provinces if p not in stats.provinces]
    if held is None or uncovered or (held.told and not held.only_targets):
        return f"Xin lỗi, tôi chưa có thông tin này trong các bài đã thu thập. {covered(query, stats)}"
    whose = f" của {join(query.provinces or query.regions)}" if query.provinces or query.regions else ""
    when = f" {join([str(p) for p in query.periods])}" if query.periods else ""
    said = f"Xin lỗi, tôi chưa có số liệu {_kind(query)}về {held.name}{whose}{when} trong các bài đã thu thập."
    if held.only_targets and query.wants != "target":
        return f"{said} Các bài mới nêu mục tiêu, chưa nêu kết quả."
    if held.years:
        return f"{said} Hiện có số liệu này của năm {join([str(y) for y in held.years])}."
    if held.provinces and query.provinces:
        return f"{said} Hiện có số liệu này của {listing(held.provinces)}."
    return f"{said} {covered(query, stats)}"


def _kind(query: Query) -> str:
    return "mục tiêu " if query.wants == "target" else ""


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
        return "Các bài đã thu thập chưa nói riêng về tỉnh nào."
    if uncovered:
        return f"Chưa có bài nào viết riêng về {join(uncovered)}. Hiện có bài về {listing(known)}."
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
