"""The picture of an answer: PNGs of a phone's width, letters that the font has, every figure as printed, any thread."""

import struct
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bot.render import chart as picture
from bot.render.chart import draw
from bot.render.lettering import Lettering
from retrieval.lexicon.indicators import catalogue
from retrieval.types import Chart, ChartPoint, Citation


def cited(n: int, publisher: str | None = "Báo Gia Lai", published: date | None = date(2024, 7, 1)) -> Citation:
    return Citation(n, f"{n}.txt", "Gia Lai nhìn lại chỉ số", publisher, None, published, "…")


SHARES = Chart(
    "bars",
    "Hồ sơ nộp trực tuyến, năm 2023",
    "%",
    (ChartPoint("Kon Tum", 61.5, "61,5%", 1), ChartPoint("Gia Lai", 70.2, "70,2%", 2)),
)
AIMS = replace(SHARES, points=(SHARES.points[0], replace(SHARES.points[1], target=True)))
RANKS = Chart(
    "bars",
    "Thứ hạng chỉ số chuyển đổi số (DTI), năm 2023",
    "hạng",
    tuple(ChartPoint(f"Bà Rịa - Vũng Tàu {i} (6 tháng đầu năm 2023)", i, f"{i}/63", i) for i in range(1, 13)),
    lower_is_better=True,
    out_of=63,
)
YEARS = Chart(
    "line",
    "Điểm chỉ số chuyển đổi số (DTI) của Kon Tum",
    "điểm",
    tuple(ChartPoint(str(y), 0.5 + (y % 3) / 10, "0,5230", 1, at=float(y)) for y in range(2018, 2024)),
)
STANDING = Chart(
    "line",
    "Thứ hạng chỉ số chuyển đổi số (DTI) của Kon Tum",
    "hạng",
    (ChartPoint("2022", 44, "44/63", 2, at=2022), ChartPoint("quý 3/2023", 44, "44/63", 1, at=2023.75)),
    lower_is_better=True,
)
ZEROS = Chart("bars", "", "%", (ChartPoint("Kon Tum", 0, "0%", 1), ChartPoint("Gia Lai", -1.5, "-1,5%", 1)))
CITATIONS = [cited(1), cited(2, None, None), *(cited(n, f"Tạp chí Dữ liệu số {n}") for n in range(3, 13))]
ALL = [SHARES, AIMS, RANKS, YEARS, STANDING, ZEROS]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("chart", ALL)
def test_a_picture_fits_a_phone(chart: Chart) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph … missing", a layout that does not fit
        width, height = size(draw(chart, CITATIONS))
    assert width == 1000 and 250 <= height <= 1700


def test_the_ground_is_opaque() -> None:
    from io import BytesIO

    from matplotlib.image import imread

    pixels = imread(BytesIO(draw(SHARES, CITATIONS)))
    assert (pixels[..., 3] == 1).all()
    assert (pixels[20, 20, :3] == 1).all()  # dark letters on white, whatever the theme


def texts(chart: Chart, citations: list[Citation] = CITATIONS) -> list[str]:
    """Everything that a picture says, read from the artists before they are drawn."""
    from matplotlib.text import Text

    figure = Figure(dpi=picture.DPI)
    letters = Lettering(FigureCanvasAgg(figure).get_renderer(), picture.DPI)  # type: ignore[no-untyped-call]
    picture._Picture(figure, letters, chart, citations).draw()
    return [said for text in figure.findobj(Text) if isinstance(text, Text) and (said := text.get_text())]


@pytest.mark.parametrize("chart", ALL)
def test_every_figure_stands_as_printed_with_its_source(chart: Chart) -> None:
    said = texts(chart)
    for point in chart.points:
        assert any(f"{point.shown} [{point.n}]" in text for text in said)
    assert any(text.startswith("Nguồn: [") for text in said)


def test_targets_are_named_in_a_legend() -> None:
    assert {"mục tiêu", "kết quả"} <= set(texts(AIMS))
    assert "mục tiêu" not in texts(SHARES)


def test_which_end_of_ranks_is_the_better_is_said() -> None:
    assert any("63 tỉnh, thành phố" in text and "hạng tốt hơn" in text for text in texts(RANKS))
    assert any("hạng càng tốt" in text for text in texts(STANDING))


def test_a_better_rank_has_the_longer_bar_and_the_higher_point() -> None:
    from bot.render.plots import _lengths

    assert _lengths(RANKS) == sorted(_lengths(RANKS), reverse=True) and min(_lengths(RANKS)) > 0
    assert _lengths(replace(RANKS, out_of=None))[0] > _lengths(replace(RANKS, out_of=None))[-1] > 0


def test_sources_say_publisher_and_date_and_are_shortened() -> None:
    said = " ".join(text for text in texts(RANKS))
    assert "[1] Báo Gia Lai, 01/07/2024" in said
    assert "[2] Gia Lai nhìn lại chỉ số;" in said  # neither publisher nor date
    assert "nguồn khác" in said and "số 12" not in said


def test_one_publication_is_named_once() -> None:
    said = " ".join(texts(SHARES, [cited(1), cited(2)]))
    assert "[1][2] Báo Gia Lai, 01/07/2024" in said


def test_long_titles_are_wrapped_and_odd_signs_left_out() -> None:
    odd = replace(SHARES, title="Tỷ lệ $x_1$ của 中文 " + "rất dài " * 40)
    said = texts(odd)
    assert any("$x_1$ của rất" in text for text in said) and any(text.endswith("…") for text in said)
    size(draw(odd, CITATIONS))


def test_the_font_has_every_letter_we_say() -> None:
    letters = Lettering(FigureCanvasAgg(Figure()).get_renderer(), 100)  # type: ignore[no-untyped-call]
    vietnamese = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    names = "".join(indicator.name for indicator in catalogue().values())
    for text in (vietnamese + vietnamese.upper(), names, "“”…–%[]/,."):
        assert letters.drawable(text).replace(" ", "") == text.replace(" ", "")


def test_several_threads_draw_what_one_does() -> None:
    alone = [draw(chart, CITATIONS) for chart in ALL]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda chart: draw(chart, CITATIONS), ALL * 2))
    assert together == alone * 2
