"""Content systems: WordPress, Joomla, Drupal, a script-built page with JSON-LD only, Blogger, a news aggregator."""

from datetime import date

from tests.ingest.styles.page import RELATED, StyledPage, links, paragraphs
from tests.ingest.styles.stories import CLINIC, FERRY, MARKET, OFFICE, RANKS, SCHOOL


def wordpress() -> StyledPage:
    html = f"""<html><head><title>{MARKET.title} &#8211; Miền Tây Số</title><meta property="og:site_name" content="Miền Tây Số">
<meta property="article:published_time" content="2024-08-01T02:11:09+00:00"></head><body class="post-template single"><div id="page">
<header class="site-header"><p class="site-title"><a>Miền Tây Số</a></p><p class="site-description">Chuyện làng quê lên mạng</p></header>
<article class="post-77 post type-post"><header class="entry-header"><h1 class="entry-title">{MARKET.title}</h1>
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="2024-08-01T02:11:09+00:00">01/08/2024</time></span>
<span class="byline"> by <a>Út Miệt Vườn</a></span></div></header><div class="entry-content"><p>{MARKET.lead}</p>{paragraphs(MARKET)}
<div class="sharedaddy"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a>Facebook</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3><p>{RELATED[2]}</p></div></div>
<footer class="entry-footer">Posted in <a>Chợ quê</a> | Tagged <a>mã QR</a>, <a>Tiền Giang</a></footer></article>
<div class="author-bio"><h4>Út Miệt Vườn</h4><p>Viết về chợ búa và sông nước từ năm 2009, thích cà phê vợt và ca cổ.</p></div>
<nav class="post-navigation"><a>← {RELATED[0]}</a><a>{RELATED[1]} →</a></nav>
<div id="comments"><h2>3 thoughts on “{MARKET.title}”</h2><ol><li><p>Bài hay quá anh Út ơi, mong có thêm nhiều bài nữa.</p></li></ol>
<h3>Leave a Reply</h3><p>Your email address will not be published.</p></div><aside id="secondary"><h2>Bài viết mới</h2><ul>{links()}</ul></aside></div></body></html>"""
    return StyledPage("WordPress", html, MARKET, date(2024, 8, 1), "Miền Tây Số")


def joomla() -> StyledPage:
    html = f"""<html><head><base href="https://hnd.example/index.php"><title>{OFFICE.title}</title><meta name="generator" content="Joomla!"></head><body>
<div id="ja-topmenu"><ul class="menu"><li class="item-101"><a>Trang chủ</a></li><li><a>Hoạt động hội</a></li></ul></div>
<div class="item-page"><div class="page-header"><h2 itemprop="headline">{OFFICE.title}</h2></div>
<dl class="article-info muted"><dt>Chi tiết</dt><dd class="category-name">Chuyên mục: <a>Cải cách hành chính</a></dd>
<dd class="published"><time datetime="2024-07-27T10:00:00+07:00" itemprop="datePublished">Được đăng: 27 Tháng 7 2024</time></dd><dd class="hits">Lượt xem: 340</dd></dl>
<div itemprop="articleBody"><p>{OFFICE.lead}</p>{paragraphs(OFFICE)}</div><ul class="pager pagenav"><li><a>Trước</a></li><li><a>Tiếp</a></li></ul></div>
<div class="moduletable"><h3>Tin mới nhất</h3><ul class="latestnews">{links()}</ul></div>
<div class="moduletable"><h3>Ai đang trực tuyến</h3><p>Đang có 57 khách và không thành viên đang online</p></div></body></html>"""
    return StyledPage("Joomla", html, OFFICE, date(2024, 7, 27), None)


def drupal() -> StyledPage:
    html = f"""<html><head><title>{RANKS.title} | Diễn đàn Đồng Bằng</title><link rel="canonical" href="https://dongbang.example/node/5512"></head><body>
<div class="region region-header"><a>Diễn đàn Đồng Bằng</a></div><div class="region-content"><div class="node node--type-article">
<h1 class="page-title"><span class="field field--name-title">{RANKS.title}</span></h1><div class="node__meta">Submitted by <span>bientap</span> on T5, 07/18/2024 - 09:30</div>
<div class="field field--name-body"><p>{RANKS.lead}</p>{paragraphs(RANKS)}</div><ul class="links inline"><li><a>Đăng nhập để gửi ý kiến</a></li></ul></div></div>
<div class="region-sidebar"><h2>Nội dung gần đây</h2><ul>{links()}</ul></div><div class="region-footer">Powered by Drupal</div></body></html>"""
    return StyledPage("Drupal", html, RANKS, None, "dongbang.example")


def json_ld_only() -> StyledPage:
    """Built by a script: the text stands in the page, the rest in JSON-LD with a graph."""
    html = f"""<!doctype html><html><head><title>Đọc báo</title><script type="application/ld+json">
{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"Hải Đăng"}},{{"@type":["NewsArticle"],"headline":"{FERRY.title}",
"datePublished":"2024-06-15T08:00:00+07:00","publisher":{{"@type":"NewsMediaOrganization","name":"Báo Hải Đăng"}},"mainEntityOfPage":{{"@id":"https://haidang.example/p/1"}}}}]}}
</script></head><body><div id="app"><div class="css-1q"><span class="css-9a">Mục lục</span></div><div class="css-2b"><div class="css-3c">{FERRY.title}</div>
<div class="css-4d">{FERRY.lead}</div>{paragraphs(FERRY, '<div class="css-5e">', "</div>")}</div><div class="css-6f">Bạn đã đọc 3/5 bài miễn phí tháng này. Đăng ký để đọc không giới hạn.</div></div></body></html>"""
    return StyledPage("JSON-LD only", html, FERRY, date(2024, 6, 15), "Báo Hải Đăng")


def blogger() -> StyledPage:
    html = f"""<html><head><title>Nhật ký công nghệ: {CLINIC.title}</title></head><body><div class='header'><h1 class='title'>Nhật ký công nghệ</h1></div>
<h2 class='date-header'><span>Thứ Ba, 8 tháng 10, 2024</span></h2><div class='post hentry'><h3 class='post-title entry-title'>{CLINIC.title}</h3>
<div class='post-body entry-content'>{CLINIC.lead}<div><br></div>{paragraphs(CLINIC, "<div>", "</div><div><br></div>")}</div>
<div class='post-footer'>Người đăng: <span>Bác sĩ Mèo</span> vào lúc <abbr class='published' title='2024-10-08T20:10:00+07:00'>20:10</abbr></div></div>
<div class='sidebar'><h2>Lưu trữ Blog</h2><ul><li>▼ 2024 (48)</li><li>► 2023 (61)</li></ul><h2>Giới thiệu về tôi</h2><p>Một bác sĩ thích viết về máy móc và núi rừng.</p></div></body></html>"""
    return StyledPage("Blogger", html, CLINIC, date(2024, 10, 8), None)


def aggregator() -> StyledPage:
    """Somebody else's story under an aggregator's head, its source named below."""
    html = f"""<html><head><title>{SCHOOL.title} - Điểm tin 24</title><meta property="og:title" content="{SCHOOL.title}">
<meta property="og:site_name" content="Điểm tin 24"><meta property="article:published_time" content="2024-09-21T05:00:00+07:00"></head><body>
<div class="hot-keywords">Từ khóa nóng: <a>bão số 4</a> <a>giá vàng</a> <a>lịch thi đấu</a></div><div class="article"><h1 class="article__header">{SCHOOL.title}</h1>
<div class="article__meta"><a>Báo Xứ Nghệ</a> 7 giờ trước <a>12 liên quan</a> <a>Gốc</a></div><h3 class="article__sapo">{SCHOOL.lead}</h3>
<div class="article__body">{paragraphs(SCHOOL)}<p class="author">Lam Giang</p></div>
<div class="article__foot">Nguồn <a>Báo Xứ Nghệ</a>: https://xunghe.example/hoc-ba-so.html</div></div>
<div class="related"><h4>Tin liên quan</h4>{links()}</div><div class="ads">Tài trợ: Vay nhanh 50 triệu, duyệt trong 5 phút, không cần thế chấp.</div></body></html>"""
    return StyledPage("aggregator", html, SCHOOL, date(2024, 9, 21), "Điểm tin 24")


def pages() -> list[StyledPage]:
    return [wordpress(), joomla(), drupal(), json_ld_only(), blogger(), aggregator()]
