"""Every Vietnamese sentence that the bot says by itself; answers are worded in retrieval/answer. "# " makes a line bold."""

from collections.abc import Sequence

START = """\
# Xin chào! Đây là Tỉnh Số.
Tôi trả lời câu hỏi về chuyển đổi số của các tỉnh, thành phố. Mỗi con số đều được trích từ một bài báo mà bạn mở ra \
xem được; điều gì chưa có trong bài thì tôi nói là chưa có.

Bạn cứ hỏi như nói chuyện, gõ không dấu cũng được:
• Quảng Ninh xếp thứ mấy về DTI năm 2022?
• So sánh kinh tế số của Bắc Ninh và Bắc Kạn
• ty le ho so truc tuyen o khanh hoa

Gõ /help để xem các lệnh."""

START_EN = """\
# Hello! This is Tỉnh Số.
I answer questions, asked in Vietnamese, about the digital transformation of Việt Nam's provinces. Every figure is \
quoted from an article that you can open; what no article says, I do not know.

For example: Quảng Ninh xếp thứ mấy về DTI năm 2022?

/help lists the commands."""

HELP = """\
# Hỏi thế nào
Gõ câu hỏi bằng tiếng Việt, có dấu hay không dấu. Hỏi nối tiếp cũng được: “Còn Hải Phòng?”, “Năm trước thì sao?”. \
Trong nhóm, hãy nhắc tên tôi, trả lời tin của tôi, hoặc dùng /hoi.

# Các lệnh
/tinh Quảng Ninh – tổng quan một tỉnh
/sosanh Bắc Ninh, Hải Phòng DTI – so sánh các tỉnh
/xuhuong Thái Nguyên DTI – diễn biến qua các năm
/hoi … – hỏi (dùng trong nhóm)
/chiso – hỏi được những chỉ số nào
/nguon – những bài báo đã thu thập, mới nhất trước
/theodoi Quảng Ninh – báo cho bạn khi có bài mới về tỉnh
/botheodoi Quảng Ninh – thôi theo dõi
/huy – dừng câu hỏi đang trả lời
/xoa – xóa cuộc trò chuyện, hoặc mọi thứ lưu về bạn

Dưới câu trả lời: nút [1], [2]… mở đoạn trích của từng nguồn; 👍 👎 giúp người vận hành biết chỗ còn thiếu."""

HELP_EN = """\
# How to ask
Write a question in Vietnamese, with or without diacritics; follow-ups are understood. In groups, mention me, reply to \
me, or use /hoi.

# Commands
/tinh – a province at a glance
/sosanh – compare provinces
/xuhuong – a figure over the years
/hoi – ask (for groups)
/chiso – what can be asked
/nguon – articles covered, newest first
/theodoi, /botheodoi – follow or unfollow a province
/huy – stop the running question
/xoa – forget this conversation, or everything kept about you

Answers are in Vietnamese."""

DESCRIPTION = (
    "Hỏi về chuyển đổi số của các tỉnh, thành phố: thứ hạng DTI, tỷ lệ hồ sơ trực tuyến, kinh tế số… Mỗi con số đều có "
    "nguồn và trích nguyên văn từ bài báo."
)
DESCRIPTION_EN = "Ask in Vietnamese about the digital transformation of Việt Nam's provinces. Every figure is quoted from an article."
SHORT_DESCRIPTION = "Chuyển đổi số các tỉnh: số liệu có nguồn, trích nguyên văn."
SHORT_DESCRIPTION_EN = "Digital transformation of Việt Nam's provinces, every figure with its source."

COMMANDS = {
    "hoi": ("Hỏi một câu", "Ask a question"),
    "tinh": ("Tổng quan một tỉnh", "A province at a glance"),
    "sosanh": ("So sánh các tỉnh", "Compare provinces"),
    "xuhuong": ("Diễn biến qua các năm", "A figure over the years"),
    "chiso": ("Hỏi được những chỉ số nào", "What can be asked"),
    "nguon": ("Các bài báo đã thu thập", "Articles covered"),
    "theodoi": ("Theo dõi một tỉnh", "Follow a province"),
    "botheodoi": ("Thôi theo dõi", "Stop following"),
    "huy": ("Dừng câu hỏi đang trả lời", "Stop the running question"),
    "xoa": ("Xóa cuộc trò chuyện", "Forget this conversation"),
    "help": ("Cách dùng", "How to use it"),
}
START_COMMAND = ("Bắt đầu", "Begin")
STATISTICS_COMMAND = ("Thống kê (quản trị)", "Statistics (admins)")

SEARCHING = "⏳ Đang tra cứu…"
SEARCHING_FOR = "⏳ Đang tra cứu: {what}…"
CANCELLED = "Đã dừng câu hỏi này."
NOTHING_TO_CANCEL = "Không có câu hỏi nào đang được trả lời."
CANCELLING = "Đã dừng."
FAILED = "Xin lỗi, có lỗi khi trả lời câu này. Bạn thử hỏi lại giúp; nếu vẫn lỗi, hãy báo người vận hành mã {code}."
TOO_LONG = "Câu hỏi dài quá {most} ký tự. Bạn hỏi ngắn hơn giúp nhé."
ONLY_TEXT = "Tôi chỉ đọc được câu hỏi bằng chữ. Bạn gõ câu hỏi giúp nhé."
INTRODUCTION = """\
# Xin chào cả nhóm! Đây là Tỉnh Số.
Tôi trả lời câu hỏi về chuyển đổi số của các tỉnh, thành phố, có nguồn kèm theo. Hãy nhắc @{username}, trả lời tin của \
tôi, hoặc gõ /hoi kèm câu hỏi."""
NOT_ALLOWED = "Xin lỗi, bot này chỉ phục vụ những người được người vận hành cho phép."
TOO_MANY = "Bạn hỏi nhanh quá. Xin chờ {seconds} giây rồi hỏi tiếp nhé."
TOO_MANY_TODAY = "Hôm nay bạn đã hỏi đủ số câu cho phép. Mai bạn hỏi tiếp nhé."
LATE = "Xin lỗi vì trả lời muộn: bạn hỏi lúc {when}, khi đó bot đang tạm dừng."
MAYBE = "Bạn có thể hỏi:"
ASK_WHAT = "Bạn muốn hỏi gì? Ví dụ: /hoi Quảng Ninh xếp thứ mấy về DTI năm 2022?"
WHICH_PROVINCE = "Bạn muốn xem tỉnh nào? Ví dụ: /{command} Quảng Ninh"
WHICH_PROVINCES = "Bạn muốn so sánh những tỉnh nào? Ví dụ: /sosanh Bắc Ninh, Hải Phòng DTI"
NO_SUCH_PROVINCE = "Tôi không thấy tên tỉnh, thành phố nào trong “{said}”."
DID_YOU_MEAN = " Có phải bạn muốn nói {names}?"
NOTED = "Cảm ơn bạn!"
NOTED_DOWN = "Cảm ơn bạn, người vận hành sẽ xem lại câu này."
GONE = "Câu trả lời này không còn được lưu."
CHOOSE_COMPARISON = "So sánh với:"
BACK = "« Quay lại"
WHOLE_TABLE = "📋 Xem cả bảng"
MORE_ROWS = f"… còn {{count}} dòng nữa: bấm “{WHOLE_TABLE}” ở dưới."
MORE_ROWS_INLINE = "… còn {count} dòng nữa: hỏi trong bot để xem cả bảng."
COMPARE = "⚖️ So sánh"
TREND = "📈 Xu hướng"
UP, DOWN = "👍", "👎"
SHARE = "↗️ Chia sẻ"
OPEN_BOT = "Mở Tỉnh Số để hỏi tiếp"

FORGOTTEN = "Đã xóa cuộc trò chuyện này. Câu hỏi sau sẽ bắt đầu lại từ đầu."
FORGET_ALL = "🗑 Xóa mọi thứ lưu về tôi"
FORGOTTEN_ALL = "Đã xóa mọi thứ lưu về bạn: câu hỏi, đánh giá và các tỉnh theo dõi."

FOLLOWING = "Từ nay tôi sẽ báo khi có bài mới về {provinces}. Thôi theo dõi: /botheodoi {first}"
FOLLOWS = (
    "Bạn đang theo dõi: {provinces}.\nThêm: /theodoi <tên tỉnh>. Bớt: /botheodoi <tên tỉnh> hoặc /botheodoi tất cả."
)
FOLLOWS_NONE = "Bạn chưa theo dõi tỉnh nào. Ví dụ: /theodoi Quảng Ninh"
UNFOLLOWED = "Đã thôi theo dõi {provinces}."
NOT_FOLLOWED = "Bạn không theo dõi {provinces}."
NEWS_ONE = "Bài mới về {provinces}"
NEWS_MANY = "{count} bài mới về {provinces}"
AND_MORE = "… và {count} bài khác. Xem /nguon."

COVERED = "Đã thu thập {articles} bài, {figures} số liệu."
COVERED_YEARS = "Số liệu nhiều nhất của các năm: {years}."
SOURCES = "Các bài đã thu thập ({first}–{last} trên {total}), mới nhất trước"
NO_SOURCES = "Chưa thu thập bài nào."
INDICATORS = "Các chỉ số hỏi được (số tỉnh đã có số liệu)"
INDICATORS_EXAMPLE = "Hỏi theo mẫu: “{name} của <tỉnh> năm <năm>”, “Tỉnh nào dẫn đầu về {name}?”"
NEWER, OLDER = "« Mới hơn", "Cũ hơn »"

INGESTING = "Đang nạp {name}…"
INGESTING_AT = "Đang nạp {name}… {done} bài"
INGEST_FAILED = "Không nạp được {name}: {error}"
INGEST_TOO_LARGE = (
    "Tệp {name} lớn quá: Telegram chỉ cho bot tải tệp tới 20 MB. Hãy nạp bằng lệnh tinhso ingest trên máy chủ."
)


def ingested(name: str, counts: dict[str, int], failures: Sequence[str], seconds: float) -> str:
    """The report of an ingest, for an admin."""
    words = {
        "added": "bài mới",
        "updated": "bài cập nhật",
        "unchanged": "bài đã có",
        "duplicates": "bài trùng",
        "told": "trang số liệu đã có bài kể",
        "skipped": "bài bỏ qua",
        "failed": "bài lỗi",
    }
    told = [f"{count} {words[kind]}" for kind, count in counts.items() if count and kind in words]
    lines = [f"Đã nạp {name}: {', '.join(told) or 'không có bài nào'} ({seconds:.0f} giây)."]
    return "\n".join([*lines, *(f"• {failure}" for failure in failures)])
