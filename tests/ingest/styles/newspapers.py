"""Online newspapers: desktop, mobile, AMP, print view, live blog, gallery, and boxes of other stories within the text."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import CLINIC, FERRY, MARKET, OFFICE, RANKS, SCHOOL, Story


def _split(story: Story, at: int) -> tuple[str, str]:
    first, second = Story(story.title, "", story.body[:at]), Story(story.title, "", story.body[at:])
    return paragraphs(first), paragraphs(second)


def big_daily() -> StyledPage:
    """Everything declared; share bar, audio player, related boxes within the story, comments."""
    first, second = _split(FERRY, 2)
    html = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{FERRY.title} - Báo Sóng Biển</title>
<meta property="og:title" content="{FERRY.title}"><meta property="og:site_name" content="Báo Sóng Biển">
<meta property="article:published_time" content="2024-06-12T07:05:00+07:00">
<meta property="article:modified_time" content="2024-06-13T09:00:00+07:00">
<link rel="canonical" href="https://songbien.example/ben-pha-123.htm"></head><body>
<header><a href="/">Sóng Biển</a><nav><ul><li><a href="/a">Thời sự</a></li><li><a href="/b">Kinh tế</a></li></ul></nav></header>
<main><div class="detail"><ul class="breadcrumb"><li><a>Trang chủ</a></li><li><a>Đời sống số</a></li></ul>
<h1 class="detail-title">{FERRY.title}</h1><div class="detail-time">12/06/2024 07:05 GMT+7</div>
<div class="audio">Nghe đọc bài <span>3:42</span> <span>1x</span></div>
<h2 class="detail-sapo">{FERRY.lead}</h2>
<div class="detail-content afcbc-body">{first}
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><a href="/x"><img alt="Khách xếp hàng"></a>
<h3><a href="/x">{RELATED[0]}</a></h3><p>Từ tháng tới, 14 thôn sẽ có người trực ca đêm cùng dân quân tự vệ.</p></div>
<figure><img src="a.jpg"><figcaption>Khách đưa điện thoại qua cửa soát vé. Ảnh: MINH CHÂU</figcaption></figure>{second}
<p class="author"><b>MINH CHÂU</b></p></div>
<div class="share"><a>Chia sẻ</a><a>Zalo</a></div><div class="tags"><a>phà</a><a>VNeID</a><a>Hải Phòng</a></div>
<section class="comment-box"><h3>Bình luận (2)</h3><p>Hoa Nắng: Tiện quá, quê tôi cũng nên làm như vậy.</p>
<p>Tư Đờn: Điện thoại hết pin thì sao nhỉ?</p></section>
<aside><h3>Đọc nhiều</h3><ul>{links()}</ul></aside></div></main>
<footer><p>Báo Sóng Biển - Giấy phép số 12/GP-BTTTT cấp ngày 3/4/2020. Tổng biên tập: Trần Thủy Triều.</p></footer></body></html>"""
    return StyledPage("big daily", html, FERRY, date(2024, 6, 12), "Báo Sóng Biển")


def div_soup() -> StyledPage:
    """No paragraph elements, class names without meaning, links to other stories between the lines."""
    lines = "".join(
        f'<div class="x7">{part}</div><div class="x9"><a href="/{n}">&gt;&gt; {RELATED[n]}</a></div>'
        for n, part in enumerate(SCHOOL.body[:3])
    ) + "".join(f'<div class="x7">{part}</div>' for part in SCHOOL.body[3:])
    html = f"""<html><head><title>{SCHOOL.title} | Tin Xứ Nghệ</title></head><body><div class="a1"><div class="a2">
<div class="m"><a href="/1">Trang nhất</a><a href="/2">Giáo dục</a><a href="/3">Pháp luật</a><a href="/4">Thể thao</a></div></div>
<div class="b1"><div class="b2">Giáo dục</div><div class="b3">{SCHOOL.title}</div>
<div class="b4">Thứ Tư, 18/09/2024, 06:30 (GMT+7)</div><div class="b5">{SCHOOL.lead}</div>{lines}
<div class="x8">Nguyễn Khánh Ly</div></div>
<div class="c1"><div>Tin liên quan</div>{links(RELATED[3:], "<div>", "</div>")}</div>
<div class="d1">© Tin Xứ Nghệ. Liên hệ quảng cáo: 0238.000.000</div></div></body></html>"""
    return StyledPage("div soup", html, SCHOOL, date(2024, 9, 18), "Tin Xứ Nghệ")


def amp() -> StyledPage:
    html = f"""<!doctype html><html amp lang="vi"><head><meta charset="utf-8"><title>{MARKET.title}</title>
<link rel="canonical" href="https://nongthonso.example/cho-qr-8812.html">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{MARKET.title}",
"datePublished":"2024-08-02T23:30:00Z","dateModified":"2024-08-05T01:00:00Z","author":{{"@type":"Person","name":"Lê Sông"}},
"publisher":{{"@type":"Organization","name":"Tạp chí Nông Thôn Số"}}}}</script><style amp-boilerplate>body{{}}</style></head><body>
<amp-sidebar id="s"><ul><li><a href="/">Trang chủ</a></li><li><a href="/nong">Nông sản</a></li></ul></amp-sidebar>
<header class="h"><amp-img src="logo.png" alt="logo"></amp-img></header>
<article><h1>{MARKET.title}</h1><p class="meta">Lê Sông • 03/08/2024</p><p class="sapo"><strong>{MARKET.lead}</strong></p>
<amp-ad type="x"></amp-ad>{paragraphs(MARKET)}<amp-img src="2.jpg"></amp-img><p class="caption">Một sạp cá khô. Ảnh: Lê Sông</p></article>
<div class="rel"><h3>Tin cùng chuyên mục</h3><ul>{links()}</ul></div><amp-analytics></amp-analytics></body></html>"""
    return StyledPage("AMP", html, MARKET, date(2024, 8, 3), "Tạp chí Nông Thôn Số")


def mobile() -> StyledPage:
    html = f"""<!DOCTYPE html><html><head><meta name="viewport" content="width=device-width"><title>{CLINIC.title}</title>
<meta property="og:site_name" content="Báo Cao Nguyên Đá"><link rel="canonical" href="https://m.caonguyenda.example/y-te/2024/10/08/tram-y-te"></head>
<body><div class="topbar"><a class="menu">☰</a><a>Mới nhất</a><a>Video</a><a>Đăng nhập</a></div>
<div class="scroller"><a>Thời sự</a><a>Y tế</a><a>Du lịch</a></div><h1>{CLINIC.title}</h1>
<div class="dt">2 tháng trước</div><div class="fontsize">Aa Cỡ chữ</div><p class="sp">{CLINIC.lead}</p>
<div class="ct">{paragraphs(CLINIC)}</div><div class="more"><a>Xem thêm bình luận</a></div>
<div class="slide"><div class="t">Có thể bạn quan tâm</div>{links(open_="<div class='it'>", close="<p>Bấm để xem chi tiết câu chuyện này.</p></div>")}</div>
<div class="app">Tải ứng dụng Báo Cao Nguyên Đá để đọc nhanh hơn.</div></body></html>"""
    return StyledPage("mobile", html, CLINIC, date(2024, 10, 8), "Báo Cao Nguyên Đá")


def print_view() -> StyledPage:
    body = "<br><br>".join(part.removeprefix("## ") for part in OFFICE.body if isinstance(part, str))
    html = f"""<html><head><title>In bài viết</title></head><body onload="window.print()"><table width="600"><tr><td>
<img src="logo.gif"></td><td align="right">Báo Cao Nguyên Hoa<br>Ngày in: 20/11/2026</td></tr></table><hr>
<b>{OFFICE.title}</b><br><i>Cập nhật: 09:12, 25/07/2024</i><br><br><b>{OFFICE.lead}</b><br><br>{body}<br><br><b>Phan Đình</b><hr>
<center>http://caonguyenhoa.example/in/88121</center></body></html>"""
    return StyledPage("print view", html, OFFICE, date(2024, 7, 25), "Báo Cao Nguyên Hoa")


def live_blog() -> StyledPage:
    entries = "".join(
        f'<div class="live-item"><span class="time">{8 + n}:{15 + n}</span><div class="txt"><p>{part}</p></div></div>'
        for n, part in enumerate(p for p in RANKS.body if isinstance(p, str))
    )
    table = paragraphs(Story("", "", tuple(p for p in RANKS.body if isinstance(p, tuple))))
    story = Story(
        RANKS.title,
        RANKS.lead,
        (*(p for p in RANKS.body if isinstance(p, str)), *(p for p in RANKS.body if isinstance(p, tuple))),
    )
    html = f"""<html><head><title>Trực tiếp: {RANKS.title}</title><meta property="og:title" content="{RANKS.title}">
<meta name="pubdate" content="2024-07-18 08:00"><meta property="og:site_name" content="Bảy Núi Online"></head><body>
<nav><a>Trang chủ</a></nav><article><h1>{RANKS.title}</h1><p class="lead">{RANKS.lead}</p>
<div class="live-toolbar"><button>Mới nhất</button><button>Cũ nhất</button><label>Tự cập nhật</label></div>
<div class="live">{entries}</div>{table}</article><div class="foot">Bản quyền thuộc Bảy Núi Online</div></body></html>"""
    return StyledPage("live blog", html, story, date(2024, 7, 18), "Bảy Núi Online")


def gallery() -> StyledPage:
    figures = "".join(
        f'<div class="photo"><img src="{n}.jpg" alt="{FERRY.title} ảnh {n}"><p class="photo-note">Hành khách chờ phà ở cầu cảng số {n}, '
        f"buổi sớm mùa hè. Ảnh: Trần Hải</p></div><p>{part.removeprefix('## ')}</p>"
        for n, part in enumerate((p for p in FERRY.body if isinstance(p, str)), 1)
    )
    html = f"""<html><head><title>{FERRY.title}</title><meta property="og:site_name" content="Ảnh Báo Chí">
<meta itemprop="datePublished" content="2024-06-20"></head><body><div class="site-menu"><ul><li><a>Ảnh</a></li><li><a>Video</a></li></ul></div>
<div class="story"><h1>{FERRY.title}</h1><p class="intro">{FERRY.lead}</p>{figures}<p><em>Trần Hải (thực hiện)</em></p></div>
<div class="other"><h4>Ảnh khác</h4><ul>{links(RELATED[:3])}</ul></div></body></html>"""
    return StyledPage("gallery", html, FERRY, date(2024, 6, 20), "Ảnh Báo Chí")


def endless_related() -> StyledPage:
    """A box of other stories after every paragraph, each with a summary of its own."""
    boxes = "".join(
        f"<p>{part}</p><div class='ck-box'><strong>XEM THÊM</strong><a href='/{n}'>{RELATED[n % 6]}</a>"
        f"<span>Một bản tin khác có {n + 3}0% hộ dân tham gia, đọc tiếp trong chuyên mục.</span></div>"
        for n, part in enumerate(SCHOOL.body)
    )
    html = f"""<html><head><title>{SCHOOL.title}</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2024-09-19T01:00:00Z"><meta property="og:site_name" content="Việt Học Đường"></head><body>
<div id="cookie"><p>Trang này dùng cookie để cải thiện trải nghiệm. Bấm đồng ý để tiếp tục đọc.</p><button>Đồng ý</button></div>
<div id="content"><h1>{SCHOOL.title}</h1><p><b>{SCHOOL.lead}</b></p>{boxes}</div><div id="tagcloud"><a>học bạ</a> <a>Nghệ An</a> <a>ký số</a></div>
</body></html>"""
    return StyledPage("endless related", html, SCHOOL, date(2024, 9, 19), "Việt Học Đường")


def pages() -> list[StyledPage]:
    return [big_daily(), div_soup(), amp(), mobile(), print_view(), live_blog(), gallery(), endless_related()]
