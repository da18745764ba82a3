"""A second set of pages written after the readers had been improved; nothing may be tuned to them either."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import Story

BUS = Story(
    "Xe buýt Cần Thơ bỏ vé giấy, mỗi tháng tiết kiệm 140 triệu đồng",
    "Từ ngày 1/3/2025, bảy tuyến xe buýt ở Cần Thơ chỉ nhận thẻ và mã QR, hành khách cao tuổi quẹt căn cước để đi miễn phí.",
    (
        "Trung tâm quản lý giao thông công cộng cho biết tháng đầu có 312.000 lượt quẹt, trong đó 44% bằng căn cước gắn chip.",
        "Anh Huỳnh Tấn Đạt, tài xế tuyến số 4, nói khách lên xe nhanh hơn hẳn, giờ cao điểm không còn cảnh thối tiền lẻ.",
        "Thành phố tính rằng riêng tiền in vé đã giảm 140 triệu đồng mỗi tháng.",
        "Dữ liệu lượt đi được chuyển về trung tâm điều hành thông minh để chỉnh giờ chạy.",
        "Quý III/2025, thành phố sẽ nối vé xe buýt với vé tàu khách đi Côn Đảo.",
    ),
)

TALK = Story(
    "Phó chủ tịch tỉnh: Số hóa phải bắt đầu từ chỗ dân kêu nhiều nhất",
    "Trao đổi với phóng viên, bà Lục Thị Mai, phó chủ tịch UBND tỉnh Bắc Kạn, nói về việc làm sạch dữ liệu đất đai ở tám huyện, thành phố.",
    (
        "PV: Thưa bà, vì sao tỉnh chọn đất đai làm trước?",
        "Bà Lục Thị Mai: Vì 63% đơn thư năm 2023 là về đất đai. Dân kêu ở đâu thì mình số hóa ở đó.",
        "PV: Kết quả đến nay ra sao?",
        "Bà Lục Thị Mai: Chúng tôi đã quét 418.000 trang hồ sơ, đối chiếu xong 71,6% số thửa. Ba huyện vùng cao còn chậm.",
        "PV: Kinh phí có đủ không?",
        "Bà Lục Thị Mai: Mới bố trí được 19 tỷ đồng, cần thêm chừng 11 tỷ đồng nữa trong năm 2025.",
    ),
)


def next_application() -> StyledPage:
    body = "".join(f'<p class="sc-a1b2c3 kZqWer">{p}</p>' for p in BUS.body if isinstance(p, str))
    html = f"""<!DOCTYPE html><html lang="vi"><head><meta charSet="utf-8"/><title>{BUS.title} | Sông Hậu Post</title><meta property="og:description" content="{BUS.lead}"/>
<link rel="canonical" href="https://songhau.example/p/xe-buyt-9k2"/></head><body><div id="__next"><div class="sc-x"><header class="sc-h"><a href="/">Sông Hậu Post</a><button>Menu</button></header>
<main class="sc-m"><div class="sc-cat"><a href="/giao-thong">Giao thông</a></div><h1 class="sc-t">{BUS.title}</h1><div class="sc-by"><span>Quốc Thái</span><span> · </span><span>02/04/2025 · 3 phút đọc</span></div>
<p class="sc-lead">{BUS.lead}</p>{body}<div class="sc-cta"><p>Bạn thấy bài này thế nào?</p><button>Hay</button><button>Thường</button></div></main>
<section class="sc-rec"><h2>Đề xuất cho bạn</h2>{links(RELATED, '<div class="sc-c">', "</div>")}</section><footer>© Sông Hậu Post 2025</footer></div></div>
<script id="__NEXT_DATA__" type="application/json">{{"props":{{"pageProps":{{"title":"{BUS.title}","body":"..."}}}}}}</script></body></html>"""
    return StyledPage("Next application", html, BUS, date(2025, 4, 2), "songhau.example")


def english_labels() -> StyledPage:
    html = f"""<html><head><title>{BUS.title}</title><meta property="og:site_name" content="Mekong Daily (tiếng Việt)"><meta property="article:published_time" content="2025-04-03T02:00:00Z"></head><body>
<a class="skip-link" href="#main">Skip to content</a><div id="main"><h1>{BUS.title}</h1><div class="meta">Published 3 April 2025 <span>By Quoc Thai</span> <span>4 min read</span></div><p class="standfirst">{BUS.lead}</p>{paragraphs(BUS)}
<div class="tags">Topics: <a>transport</a> <a>Can Tho</a></div><div class="read-more"><h3>Read more</h3><ul>{links()}</ul></div><div class="subscribe-box"><p>Get our newsletter every Friday.</p></div></div>
<footer>About us | Contact | Terms of use</footer></body></html>"""
    return StyledPage("English labels", html, BUS, date(2025, 4, 3), "Mekong Daily (tiếng Việt)")


def interview_page() -> StyledPage:
    body = "".join(
        f"<p>{'<strong>' + p + '</strong>' if p.startswith('PV:') else p}</p>" for p in TALK.body if isinstance(p, str)
    )
    html = f"""<html><head><title>{TALK.title} - Báo Núi Pác</title><meta property="og:site_name" content="Báo Núi Pác"></head><body><div id="header"><ul><li><a>Chính trị</a></li><li><a>Kinh tế</a></li></ul></div>
<div class="main"><h1 class="cms-title">{TALK.title}</h1><p class="cms-date">Thứ năm, 12/12/2024 - 10:08</p><p class="cms-desc">{TALK.lead}</p><div class="cms-body">{body}<p><em>Xin cảm ơn bà!</em></p><p style="text-align:right"><strong>Nông Văn Bình (thực hiện)</strong></p></div>
<div class="cms-relate"><h3>Tin nổi bật</h3><ul>{links(RELATED[:4])}</ul></div></div><div id="footer">Báo Núi Pác - Cơ quan của Đảng bộ tỉnh. Tổng Biên tập: Ma Thế Lâm</div></body></html>"""
    story = Story(TALK.title, TALK.lead, (*TALK.body, "Xin cảm ơn bà!"))
    return StyledPage("interview", html, story, date(2024, 12, 12), "Báo Núi Pác")


def search_result_copy() -> StyledPage:
    """A saved copy under a notice of the archive that kept it."""
    html = f"""<html><head><title>{TALK.title}</title></head><body><div id="archive-bar">Bản lưu ngày 20/11/2026 của trang https://nuipac.example/phong-van. Trang gốc có thể đã thay đổi.</div>
<div class="w"><div class="t">{TALK.title}</div><div class="d">Ngày xuất bản: 13/12/2024</div><div class="s">{TALK.lead}</div>{paragraphs(TALK, '<div class="p">', "</div>")}</div>
<div class="b">Tổng số người truy cập: 1.002.331</div></body></html>"""
    return StyledPage("archived copy", html, TALK, date(2024, 12, 13), None)


def pages() -> list[StyledPage]:
    return [next_application(), english_labels(), interview_page(), search_result_copy()]
