"""Portals of provinces and agencies: table layouts, SharePoint, ASP.NET, counters, licence lines, text between <br>."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import CLINIC, FERRY, MARKET, OFFICE, RANKS, SCHOOL, Story

COUNTER = """<div class="thongke"><b>THỐNG KÊ TRUY CẬP</b><br>Đang truy cập: <span>128</span><br>Hôm nay: 5.412<br>
Tuần này: 33.870<br>Tổng lượt truy cập: 48.220.913</div>"""


def old_tables() -> StyledPage:
    """A layout of nested tables, 2005."""
    rows = "".join(f"<tr><td><p align=justify>{part}</p></td></tr>" for part in OFFICE.body)
    html = f"""<html><head><title>Cổng thông tin điện tử tỉnh Lâm Đồng</title></head><body><table width=1000><tr><td colspan=3>
<img src=banner.gif></td></tr><tr><td width=180 valign=top><table><tr><td><a href=1>Giới thiệu</a></td></tr><tr><td><a href=2>Tin tức</a></td></tr>
<tr><td><a href=3>Văn bản pháp quy</a></td></tr><tr><td>{COUNTER}</td></tr></table></td>
<td valign=top><table width=100%><tr><td class=TieuDe><b>{OFFICE.title}</b></td></tr><tr><td class=Ngay>(Ngày đăng: 26/07/2024)</td></tr>
<tr><td><b>{OFFICE.lead}</b></td></tr>{rows}<tr><td align=right><b>Theo Cổng TTĐT tỉnh</b></td></tr>
<tr><td><b>Các tin đã đưa</b><ul>{links(RELATED[:4])}</ul></td></tr></table></td>
<td width=180 valign=top><table><tr><td>Thời tiết</td></tr><tr><td>Đà Lạt 18 độ</td></tr><tr><td>Tỷ giá</td></tr></table></td></tr>
<tr><td colspan=3 align=center>Cơ quan chủ quản: Ủy ban nhân dân tỉnh. Giấy phép số 31/GP-TTĐT ngày 2/3/2018</td></tr></table></body></html>"""
    return StyledPage("old tables", html, OFFICE, date(2024, 7, 26), None)


def sharepoint() -> StyledPage:
    body = "".join(
        f'<p class="MsoNormal" style="text-align:justify"><span style="font-size:14pt">{p.removeprefix("## ")}<o:p></o:p></span></p>'
        for p in FERRY.body
        if isinstance(p, str)
    )
    html = f"""<html dir="ltr"><head><meta name="GENERATOR" content="Microsoft SharePoint"><title>{FERRY.title}</title></head><body>
<form id="aspnetForm"><div><input type="hidden" name="__REQUESTDIGEST" value="noDigest"></div><div id="s4-workspace"><div id="s4-titlerow">
<a href="/">TRANG CHỦ</a> <a href="/gt">GIỚI THIỆU</a> <a href="/tt">TIN TỨC</a></div><div id="MSO_ContentTable"><div class="ms-rtestate-field">
<div class="news-title">{FERRY.title}</div><div class="news-date">14/06/2024 - 16:20</div><div class="news-tools"><a>In bài viết</a><a>Gửi bài viết</a></div>
<div class="ExternalClass0F"><p><strong>{FERRY.lead}</strong></p>{body}</div></div>
<div class="ms-webpart-chrome"><h2>Tin khác</h2><table><tr><td>{links(RELATED, "<div>", "(13/06)</div>")}</td></tr></table></div></div>
<div class="footer">CỔNG THÔNG TIN ĐIỆN TỬ THÀNH PHỐ<br>Chịu trách nhiệm chính: Ông Vũ Biển<br>Điện thoại: 0225.000.111</div></div></form></body></html>"""
    return StyledPage("SharePoint", html, FERRY, date(2024, 6, 14), None)


def aspnet() -> StyledPage:
    html = f"""<html><head><title>Chi tiết tin | Sở Y tế</title></head><body><form method="post" action="Detail.aspx?id=9">
<input type="hidden" name="__VIEWSTATE" value="{"dDwtMTg3" * 200}"><div id="ctl00_pnlTop"><span id="ctl00_lblNow">Thứ sáu, 20/11/2026</span></div>
<div id="ctl00_menu"><ul><li><a href="#">Trang chủ</a></li><li><a href="#">Cải cách hành chính</a></li><li><a href="#">Hỏi đáp</a></li></ul></div>
<div id="ctl00_main"><span id="ctl00_lblTitle" class="title">{CLINIC.title}</span><br><span id="ctl00_lblDate">Cập nhật lúc: 15:40 09/10/2024</span><br>
<span id="ctl00_lblDes"><b>{CLINIC.lead}</b></span><div id="ctl00_lblContent">{paragraphs(CLINIC)}</div>
<span id="ctl00_lblSource">Nguồn: Trung tâm Kiểm soát bệnh tật</span><br><a>[Quay lại]</a> <a>[Đầu trang]</a></div>
<div id="ctl00_pnlOther"><span>CÁC TIN KHÁC</span><ul>{links()}</ul></div>{COUNTER}
<div id="ctl00_footer">Trang thông tin điện tử Sở Y tế tỉnh. Địa chỉ: 338 Nguyễn Trãi. Email: syt@hagiang.gov.vn</div></form></body></html>"""
    return StyledPage("ASP.NET", html, CLINIC, date(2024, 10, 9), "hagiang.gov.vn")


def breaks() -> StyledPage:
    """Text in one element, parted by <br> alone, dashes for lists."""
    body = "<br/>&nbsp;<br/>".join(part.removeprefix("## ") for part in CLINIC.body if isinstance(part, str))
    html = f"""<html><head><title>UBND huyện: {CLINIC.title}</title></head><body><div id=wrap><div id=left><ul>{links(("Tin nội bộ", "Lịch công tác", "Thư mời họp"))}</ul></div>
<div id=right><h3>{CLINIC.title}</h3><small>Đăng ngày 10/10/2024 - Lượt xem: 1.204</small><div class=noidung>{CLINIC.lead}<br/>&nbsp;<br/>{body}</div>
<em>BBT</em></div><div id=bottom>Lượt truy cập: 2.118.004<br>© 2024 UBND huyện Quản Bạ</div></div></body></html>"""
    return StyledPage("breaks", html, CLINIC, date(2024, 10, 10), None)


def figures_page() -> StyledPage:
    """A page whose story is mostly a table, in a portal with a menu larger than the story."""
    menu = "".join(
        f"<li><a href='/{n}'>Chuyên mục số {n} của cổng</a><ul><li><a>Mục con {n}.1</a></li><li><a>Mục con {n}.2</a></li></ul></li>"
        for n in range(30)
    )
    html = f"""<html><head><title>{RANKS.title} - Cổng thông tin điện tử tỉnh An Giang</title>
<meta name="dc.date" content="2024-07-19"></head><body><div id="nav-mega"><ul>{menu}</ul></div><div class="portlet-body"><div class="asset-full-content">
<h3 class="header-title"><span>{RANKS.title}</span></h3><div class="asset-content"><div class="journal-content-article"><p>{RANKS.lead}</p>{paragraphs(RANKS)}</div></div>
<div class="taglib-social-bookmarks"><a>Tweet</a></div></div></div><div class="portlet"><h2>Tin mới</h2>{links(RELATED, "<p>", "</p>")}</div></body></html>"""
    return StyledPage("figures page", html, RANKS, date(2024, 7, 19), "Cổng thông tin điện tử tỉnh An Giang")


def frames_of_boxes() -> StyledPage:
    """Liferay-like portlets, opinion poll, site links, hotline box, and the story in the middle."""
    html = f"""<html><head><title>{SCHOOL.title}</title><meta property="og:url" content="https://sgd.nghean.example/tin/2024/09/20/hoc-ba-so"></head><body>
<div class="poll"><h4>Thăm dò ý kiến</h4><p>Bạn đánh giá giao diện cổng thế nào?</p><label><input type=radio>Rất tốt</label><label><input type=radio>Tạm được</label><button>Bình chọn</button></div>
<div class="center"><div class="content-detail"><p class="title-detail">{SCHOOL.title}</p><p class="date-detail">20/09/2024 07:45 AM</p>
<div class="short-des">{SCHOOL.lead}</div><div class="detail-body">{paragraphs(SCHOOL, "<div>", "</div>")}</div></div></div>
<div class="hotline">Đường dây nóng: 1900 0000<br>Tiếp nhận phản ánh, kiến nghị của người dân và doanh nghiệp 24/7.</div>
<div class="weblinks"><select><option>Liên kết website</option><option>Chính phủ</option></select></div>
<div class="f">Đơn vị quản lý: Sở Giáo dục và Đào tạo. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.</div></body></html>"""
    return StyledPage("portlets", html, SCHOOL, date(2024, 9, 20), "sgd.nghean.example")


def word_paste() -> StyledPage:
    """A story pasted from Word into a portal: spans in spans, empty paragraphs, a table for the head."""
    body = "".join(
        f'<p style="margin:0"><span lang="VI"><font face="Times New Roman"><span>{p.removeprefix("## ")}</span></font></span></p><p>&nbsp;</p>'
        for p in MARKET.body
        if isinstance(p, str)
    )
    story = Story(MARKET.title, MARKET.lead, tuple(p for p in MARKET.body if isinstance(p, str)))
    html = f"""<html><body><div class="top"><a>Trang chủ</a> / <a>Tin hoạt động</a></div><table class="MsoTableGrid"><tr><td>SỞ CÔNG THƯƠNG</td>
<td>Chuyên trang Thương mại điện tử</td></tr></table><h2 style="text-align:center">{MARKET.title}</h2><p class="pdate">Thứ hai, ngày 5 tháng 8 năm 2024</p>
<p><strong><span lang="VI">{MARKET.lead}</span></strong></p>{body}<p style="text-align:right"><b>Phòng QLTM</b></p>
<p>Số lượt đọc: 871</p><div><a>Về trang trước</a> <a>Gửi email</a> <a>In trang</a></div></body></html>"""
    return StyledPage("pasted from Word", html, story, date(2024, 8, 5), None)


def pages() -> list[StyledPage]:
    return [old_tables(), sharepoint(), aspnet(), breaks(), figures_page(), frames_of_boxes(), word_paste()]
