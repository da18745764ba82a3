"""Pages that put other things between the paragraphs or after them: the next article, sign-ups, polls, summaries, documents."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import CLINIC, FERRY, MARKET, OFFICE, SCHOOL, Story


def _halves(story: Story) -> tuple[str, str]:
    middle = len(story.body) // 2
    return paragraphs(Story("", "", story.body[:middle])), paragraphs(Story("", "", story.body[middle:]))


def endless_scroll() -> StyledPage:
    """The next article follows in the same page."""
    html = f"""<html><head><title>{FERRY.title}</title><meta property="og:title" content="{FERRY.title}"><meta property="og:site_name" content="Cuộn Mãi">
<meta property="article:published_time" content="2024-06-12T07:05:00+07:00"></head><body><div class="feed"><article><h1>{FERRY.title}</h1><time>12/06/2024 07:05</time>
<p class="sapo">{FERRY.lead}</p>{paragraphs(FERRY)}</article><article><h1>{OFFICE.title}</h1><time>11/06/2024 09:30</time><p class="sapo">{OFFICE.lead}</p>{paragraphs(OFFICE)}</article></div></body></html>"""
    return StyledPage("endless scroll", html, FERRY, date(2024, 6, 12), "Cuộn Mãi")


def sign_ups() -> StyledPage:
    first, second = _halves(SCHOOL)
    html = f"""<html><head><title>{SCHOOL.title}</title><meta property="og:site_name" content="Thư Mỗi Sáng"><meta property="article:published_time" content="2024-09-18"></head><body>
<article><h1>{SCHOOL.title}</h1><p>{SCHOOL.lead}</p>{first}<div class="newsletter-signup"><h4>Nhận bản tin mỗi sáng</h4><p>Nhập địa chỉ thư của bạn để nhận tin hay nhất trong ngày.</p><form><input><button>Đăng ký</button></form></div>
{second}<div class="poll-widget"><p>Theo bạn, học bạ số có tiện hơn học bạ giấy không?</p><form><label><input type="radio">Có, rất tiện</label><label><input type="radio">Chưa quen</label></form><p>Xem kết quả (1.204 phiếu)</p></div></article></body></html>"""
    return StyledPage("sign-ups", html, SCHOOL, date(2024, 9, 18), "Thư Mỗi Sáng")


def teaser_at_end() -> StyledPage:
    html = f"""<html><head><title>{MARKET.title}</title><meta property="og:site_name" content="Chợ Phiên"><meta property="article:published_time" content="2024-08-02T10:00:00+07:00"></head><body>
<div class="post"><h1>{MARKET.title}</h1><p>{MARKET.lead}</p>{paragraphs(MARKET)}<div class="next-post"><span>Bài tiếp theo</span><h3><a href="/n">{RELATED[1]}</a></h3><p>Trong ba ngày hội, các làng thi nhau bày món ăn từ hoa.</p></div>
<div class="donate"><p>Ủng hộ tòa soạn một ly cà phê để chúng tôi viết tiếp.</p></div></div></body></html>"""
    return StyledPage("teaser at the end", html, MARKET, date(2024, 8, 2), "Chợ Phiên")


def plain_captions() -> StyledPage:
    """Captions in paragraphs of their own class, without a credit."""
    body = "".join(
        f'<p><img src="{n}.jpg"></p><p class="img-desc"><em>Khoảnh khắc thứ {n} mà nhóm phóng viên ghi lại ở trạm y tế</em></p><p>{part.removeprefix("- ")}</p>'
        for n, part in enumerate((p for p in CLINIC.body if isinstance(p, str)), 1)
    )
    html = f"""<html><head><title>{CLINIC.title}</title><meta property="og:site_name" content="Ống Kính"><meta property="article:published_time" content="2024-10-08"></head><body>
<div class="content"><h1>{CLINIC.title}</h1><p><b>{CLINIC.lead}</b></p>{body}</div></body></html>"""
    return StyledPage("plain captions", html, CLINIC, date(2024, 10, 8), "Ống Kính")


def documents_below() -> StyledPage:
    rows = "".join(
        f"<tr><td>{n}</td><td>{400 + n}/QĐ-UBND</td><td><a href='/vb{n}.pdf'>Về việc phê duyệt danh mục số {n}</a></td><td>1{n}/07/2024</td></tr>"
        for n in range(1, 5)
    )
    html = f"""<html><head><title>{OFFICE.title}</title></head><body><div class="container"><div class="crumb">Trang chủ › Cải cách hành chính</div><h2 class="tieude">{OFFICE.title}</h2><span class="ngay">25/07/2024 14:00</span>
<div class="noidung"><p><b>{OFFICE.lead}</b></p>{paragraphs(OFFICE)}</div><div class="vanban"><h4>Văn bản liên quan</h4><table><tr><th>STT</th><th>Số hiệu</th><th>Trích yếu</th><th>Ngày</th></tr>{rows}</table></div>
<div class="tinkhac"><h4>Tin đã đăng</h4>{links()}</div></div></body></html>"""
    return StyledPage("documents below", html, OFFICE, date(2024, 7, 25), None)


def pages() -> list[StyledPage]:
    return [endless_scroll(), sign_ups(), teaser_at_end(), plain_captions(), documents_below()]
