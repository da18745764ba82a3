"""Pages written after the readers had been improved on the others; nothing may be tuned to them."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import Story

WATER = Story(
    "Ninh Bình lắp đồng hồ nước thông minh cho 9.000 hộ",
    "Công ty cấp nước ở Ninh Bình vừa thay xong đồng hồ cơ bằng đồng hồ truyền số liệu từ xa tại ba phường trung tâm.",
    (
        "Mỗi đồng hồ gửi chỉ số về máy chủ bốn lần một ngày, nhờ đó công ty phát hiện 216 điểm rò rỉ chỉ trong quý I/2024.",
        "Tỷ lệ thất thoát nước giảm từ 19,4% xuống 13,1%, tương đương tiết kiệm 2.300 m3 mỗi ngày.",
        "## Trả tiền qua điện thoại",
        "Có 7.850 hộ trả tiền nước không dùng tiền mặt, phần lớn qua ứng dụng của ngân hàng.",
        "Ông Đinh Công Thứ ở phường Vân Giang nói ông xem được nhà mình dùng bao nhiêu nước từng giờ.",
        "Năm 2025, công ty sẽ lắp thêm 15.000 đồng hồ, kinh phí 31 tỷ đồng.",
    ),
)

FARM = Story(
    "Hợp tác xã nhãn Hưng Yên ghi nhật ký vườn trên nền tảng số",
    "Mùa nhãn năm nay, 38 hợp tác xã ở Hưng Yên ghi nhật ký chăm sóc trên điện thoại để cấp mã truy xuất cho từng vườn.",
    (
        "Sở Nông nghiệp cho biết 1.240 ha nhãn đã có mã vùng trồng điện tử, chiếm 26,5% diện tích toàn tỉnh.",
        (("Huyện", "Hợp tác xã", "Diện tích (ha)"), ("Khoái Châu", "21", "710"), ("Tiên Lữ", "10", "330"), ("Kim Động", "7", "200")),
        "Doanh thu bán qua sàn thương mại điện tử đạt 47 tỷ đồng, gấp đôi vụ trước.",
        "- Bán cho khách lẻ: 29 tỷ đồng",
        "- Bán cho siêu thị: 18 tỷ đồng",
        "Theo bà Đào Thị Mây, giám đốc một hợp tác xã, khó nhất là thuyết phục các cụ ghi lại ngày phun thuốc.",
    ),
)  # fmt: skip

COURT = Story(
    "Tòa án ở Bình Định xét xử trực tuyến 164 vụ",
    "Trong chín tháng, tòa án hai cấp của Bình Định đã mở 164 phiên tòa trực tuyến, nhiều thứ ba ở miền Trung.",
    (
        "Các điểm cầu đặt tại trại tạm giam và trụ sở 11 huyện, thị xã, thành phố giúp giảm 820 lượt áp giải bị cáo.",
        "Thẩm phán Võ Hữu Lành cho rằng chất lượng đường truyền là điều kiện tiên quyết, vì mất tiếng một phút cũng phải dừng phiên.",
        "Tỉnh chi 9,6 tỷ đồng nâng cấp hạ tầng số cho ngành tòa án, hoàn thành trước ngày 30/6/2025.",
        "Sau đó, 100% phòng xử án sẽ có thiết bị ghi âm, ghi hình kết nối với trung tâm dữ liệu của tỉnh.",
    ),
)


def radio_station() -> StyledPage:
    html = f"""<html><head><meta charset="utf-8"><title>Đài PTTH Ninh Bình - {WATER.title}</title><meta name="description" content="{WATER.lead[:80]}...">
</head><body><div class="container"><div class="clock">Chủ nhật, ngày 22/11/2026 13:05:22</div><ul class="nav"><li><a>Truyền hình</a></li><li><a>Phát thanh</a></li><li><a>Lịch phát sóng</a></li></ul>
<div class="player"><video></video><span>00:00 / 02:41</span></div><div class="newsview"><h4 class="vtitle">{WATER.title}</h4><span class="vdate">Cập nhật: 17:32 | 05/04/2024</span>
<div class="vsapo">(NTV) - {WATER.lead}</div><div class="vbody">{paragraphs(WATER)}<p><strong>Thu Hà - Quốc Vượng</strong></p></div>
<div class="rate">Đánh giá: ★★★★☆ (12 phiếu)</div></div><div class="vlist"><h5>Video khác</h5>{links(RELATED, "<div>", "<span>01:5{0}</span></div>")}</div>
<div class="ft">Đài Phát thanh và Truyền hình Ninh Bình. Số điện thoại: 0229.111.222. Giấy phép số 77/GP-TTĐT.</div></div></body></html>"""
    story = Story(WATER.title, f"(NTV) - {WATER.lead}", WATER.body)
    return StyledPage("radio station", html, story, date(2024, 4, 5), None)


def magazine_long_form() -> StyledPage:
    parts = "".join(
        f'<section class="block"><div class="txt"><p>{p.removeprefix("## ")}</p></div></section>'
        for p in WATER.body
        if isinstance(p, str)
    )
    html = f"""<html><head><title>{WATER.title}</title><meta property="og:title" content="{WATER.title}"><meta property="og:site_name" content="Tạp chí Đô Thị Xanh">
<meta property="article:published_time" content="2024-04-07T06:00:00+07:00"></head><body><div class="cover"><h1>{WATER.title}</h1><p class="credits">Nội dung: Mai Lam | Thiết kế: Tú Anh</p></div>
<section class="block intro"><p>{WATER.lead}</p></section>{parts}<section class="quote-share"><a>Chia sẻ trích dẫn</a></section>
<section class="next"><p>Đọc tiếp</p><h2><a href="/k">{RELATED[5]}</a></h2><p>Lịch cấp nước trở lại sẽ được thông báo trên trang của công ty.</p></section></body></html>"""
    return StyledPage("long form", html, WATER, date(2024, 4, 7), "Tạp chí Đô Thị Xanh")


def vbulletin_like() -> StyledPage:
    body = "<br />\n<br />\n".join(p for p in COURT.body if isinstance(p, str))
    html = f"""<html><head><title>{COURT.title} - Diễn đàn Luật Quê Nhà</title></head><body><table class="tborder" width="100%"><tr><td class="navbar"><a>Diễn đàn</a> &gt; <a>Thời sự pháp luật</a></td></tr></table>
<table id="post1" width="100%"><tr><td class="thead">03-10-2024, 09:14</td></tr><tr><td class="alt2">luatvuon<br>Thành viên tích cực<br>Bài gửi: 1.208</td></tr>
<tr><td class="alt1"><div class="smallfont"><strong>{COURT.title}</strong></div><hr><div id="post_message_1">{COURT.lead}<br /><br />{body}</div></td></tr></table>
<table id="post2"><tr><td class="thead">03-10-2024, 10:02</td></tr><tr><td class="alt1">Quê mình cũng mới xử một vụ như thế, xem qua màn hình thấy lạ lắm các bác ạ.</td></tr></table>
<div class="foot">Múi giờ GMT +7. Hiện tại là 08:11 PM.</div></body></html>"""
    return StyledPage("forum", html, COURT, date(2024, 10, 3), "Diễn đàn Luật Quê Nhà")


def ministry_portal() -> StyledPage:
    html = f"""<html><head><title>Trang chủ</title></head><body><div class="header-portal"><div class="lang"><a>VN</a> | <a>EN</a></div></div><div class="marquee">Chào mừng bạn đến với trang thông tin ngành nông nghiệp!</div>
<div class="row"><div class="col-3"><h4>DANH MỤC</h4><ul>{links(("Thủ tục hành chính", "Công khai ngân sách", "Quy hoạch"))}</ul><div class="hits">Số người online: 42<br>Lượt truy cập trong ngày: 918</div></div>
<div class="col-9"><div class="tt">{FARM.title}</div><div class="ngaydang"><i>Ngày đăng: 2/8/2024 10:15:00 AM | Lượt xem: 77</i></div><div class="trichyeu">{FARM.lead}</div><div class="nd">{paragraphs(FARM)}</div>
<div class="dinhkem">Tệp đính kèm: bao-cao.pdf (1,2 MB)</div><div class="khac"><b>Bài viết khác</b>{links(RELATED[:4], "<p>", " (01/08/2024)</p>")}</div></div></div>
<div class="chan">Bản quyền thuộc Sở Nông nghiệp và Phát triển nông thôn. Địa chỉ: 99 đường Bãi Sậy.</div></body></html>"""
    return StyledPage("department portal", html, FARM, date(2024, 8, 2), None)


def newsletter() -> StyledPage:
    cells = "".join(
        f'<tr><td style="padding:8px;font-family:Arial">{p.removeprefix("## ").removeprefix("- ")}</td></tr>'
        for p in FARM.body
        if isinstance(p, str)
    )
    story = Story(FARM.title, FARM.lead, tuple(p for p in FARM.body if isinstance(p, str)))
    html = f"""<html><body bgcolor="#eee"><table width="600" align="center"><tr><td><a href="x">Xem bản tin này trên trình duyệt</a></td></tr><tr><td><img src="banner.png" alt="Bản tin Đồng Xanh"></td></tr>
<tr><td style="font-size:22px"><b>{FARM.title}</b></td></tr><tr><td style="color:#999">Thứ Bảy, 03/08/2024</td></tr><tr><td><b>{FARM.lead}</b></td></tr>{cells}
<tr><td><a href="y">Hủy đăng ký nhận bản tin</a></td></tr><tr><td>© Bản tin Đồng Xanh, 12 ngõ Bưởi</td></tr></table></body></html>"""
    return StyledPage("newsletter", html, story, date(2024, 8, 3), None)


def lazy_reader() -> StyledPage:
    """A page whose text is in nested spans with ads and a quiz between; date in the address only."""
    body = "".join(
        f'<div class="p"><span>{p.removeprefix("## ")}</span></div>'
        + (
            '<div class="adsbox">QUẢNG CÁO</div><div class="quiz">Đố vui: bạn biết gì về tòa án điện tử?<button>Chơi ngay</button></div>'
            if n == 1
            else ""
        )
        for n, p in enumerate(p for p in COURT.body if isinstance(p, str))
    )
    html = f"""<html><head><title>{COURT.title}</title><meta property="og:url" content="https://phapdinh.example/xet-xu/2024/10/04/toa-an-truc-tuyen.html"><meta name="author" content="Báo Pháp Đình">
<meta property="og:image" content="2026-11-20.jpg"></head><body><div class="sticky">Tin nóng: <marquee>{RELATED[4]}</marquee></div><h1><span>{COURT.title}</span></h1><div class="author-line"><a>Trọng Nghĩa</a></div>
<div class="sapo"><span>{COURT.lead}</span></div>{body}<div class="reaction">👍 15 ❤️ 3</div><div class="promo">Mời quý vị theo dõi kênh của Pháp Đình trên các nền tảng.</div><ul class="more">{links()}</ul></body></html>"""
    return StyledPage("nested spans", html, COURT, date(2024, 10, 4), "phapdinh.example")


def pages() -> list[StyledPage]:
    return [radio_station(), magazine_long_form(), vbulletin_like(), ministry_portal(), newsletter(), lazy_reader()]
