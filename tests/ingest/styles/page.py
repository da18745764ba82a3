"""A page of some style with the truth about it."""

from dataclasses import dataclass
from datetime import date

from tests.ingest.styles.stories import Story


@dataclass(frozen=True, slots=True)
class StyledPage:
    """``published`` and ``publisher`` are what the page says of itself, None where it says nothing."""

    style: str
    html: str
    story: Story
    published: date | None
    publisher: str | None


def paragraphs(story: Story, open_: str = "<p>", close: str = "</p>") -> str:
    """The body in ordinary markup: paragraphs, sub-headings, lists, a table."""
    out: list[str] = []
    items: list[str] = []
    for part in (*story.body, ""):
        if isinstance(part, str) and part.startswith("- "):
            items.append(f"<li>{part[2:]}</li>")
            continue
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if isinstance(part, tuple):
            rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in part)
            out.append(f'<table border="1">{rows}</table>')
        elif part.startswith("## "):
            out.append(f"<h2>{part[3:]}</h2>")
        elif part:
            out.append(f"{open_}{part}{close}")
    return "\n".join(out)


RELATED = (
    "Huyện Bình Liêu gắn camera an ninh ở 14 thôn biên giới",
    "Lễ hội hoa sở thu hút 45.000 lượt khách trong ba ngày",
    "Giá tôm thẻ chân trắng giảm 12% so với tuần trước",
    "Công bố điểm chuẩn lớp 10 của 37 trường công lập",
    "Khởi tố nhóm đối tượng lừa đảo qua mạng chiếm đoạt 8 tỷ đồng",
    "Bảy phường ngừng cấp nước từ 22 giờ tối nay",
)


def links(titles: tuple[str, ...] = RELATED, open_: str = "<li>", close: str = "</li>") -> str:
    return "\n".join(f'{open_}<a href="/tin/{n}.html">{title}</a>{close}' for n, title in enumerate(titles))
