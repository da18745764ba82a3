"""Tables of figures as articles: a page each, sentences that stand by themselves, figures as the cells have them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from ingest.readers import read_article, read_figures
from ingest.sources import PassedOver, RawDocument, Unreadable, find_files
from retrieval.lexicon.tables import REFERENCE, read_table
from retrieval.library import Library
from retrieval.text import parse_number, sentences
from retrieval.types import Article, Figure, FigureKind, Period
from tests.fakes import FakeEmbedder

PAGE, OTHER = "https://bao.example.vn/bai-1", "https://bao.example.vn/bai-2"
RANKS = f"""year,province,rank,denominator,score,cqs_rank,cqs_score,basis,source_url,source_title,publisher,published,note
2022,Sơn La,44,63,"0,5123",40,"0,5300",stated,{PAGE},Sơn La vươn lên,Báo Ví Dụ,2023-07-14,tăng 3 bậc (so với 2021)
2024,Sơn La,20,34,,,,stated,{PAGE},Sơn La vươn lên,Báo Ví Dụ,2023-07-14,34 tỉnh sau sáp nhập
2021,Sơn La,47,63,,,,derived,{OTHER},,Báo Khác,2025-10,suy ra: hạng 44 là tăng 3 bậc
2022,Sơn La,43,63,,,,disputed,{OTHER},,Báo Khác,2025-10,
"""
FIGURES = f"""province,indicator,qualifier,value,unit,denominator,period,kind,scope,basis,source_url,publisher
Sơn La,Tỷ lệ hồ sơ trực tuyến,hơn,"61,5",%,,quý III/2025,result,,stated,{PAGE},Báo Ví Dụ
Sơn La,Tỷ trọng kinh tế số trong GRDP,,20,%,,đến 2025,target,,stated,{OTHER},Báo Khác
Sơn La,DTI cấp tỉnh – chỉ số thành phần: Nhận thức số,,"0,7",điểm (thang 0–1),,2022,result,,stated,{OTHER},Báo Khác
Sơn La,Mục tiêu NQ 17 hoàn thành – kinh tế số,,5,mục tiêu,6,sau 3 năm (2025),result,,stated,{OTHER},Báo Khác
Sơn La,Kim ngạch xuất khẩu phần mềm,,"1,5",triệu USD,,10/2024,result,,stated,{OTHER},Báo Khác
Sơn La,Mục tiêu hạng DTI,trong nhóm,15,địa phương dẫn đầu,,2026,target,,stated,{OTHER},Báo Khác
Cả nước,PAR Index – trung bình cấp tỉnh,,"88,37",%,,2024,result,,stated,{OTHER},Báo Khác
Sơn La,Xếp loại an toàn thông tin mạng,,B,loại,,2019,rank,,stated,{OTHER},Báo Khác
Lai Châu,Xếp loại an toàn thông tin mạng,,B,loại,,2019,rank,,stated,{OTHER},Báo Khác
Lai Châu,Tỷ trọng kinh tế số trong GRDP,,35–40,%,,đến 2030,target,,stated,{OTHER},Báo Khác
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "ranks.csv").write_text(RANKS, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8-sig")  # as Excel saves it
    (folder / "glossary.csv").write_text("abbr,expansion\nCĐS,chuyển đổi số\n", encoding="utf-8")
    (folder / "README.md").write_text("# Bảng\n\nBảng này có 61,5% số liệu của tỉnh Sơn La.\n", encoding="utf-8")
    return folder


def pages(*paths: Path) -> dict[str, tuple[Article, list[Figure]]]:
    found = {}
    for raw in find_files(paths):
        if isinstance(raw, PassedOver):
            continue
        assert isinstance(raw, RawDocument), raw
        article = read_article(raw)
        assert raw.source not in found
        found[raw.source] = article, read_figures(raw, article)
    return found


def test_a_page_is_one_article_of_the_rows_of_all_tables(folder: Path) -> None:
    for paths in ([folder], [folder / "ranks.csv"], [folder / "figures.csv", folder / "ranks.csv"]):
        found = pages(*paths)
        assert set(found) == {PAGE, OTHER}
        article, _ = found[PAGE]
        assert article.address == f"{folder.resolve()}#{PAGE}"
        assert (article.title, article.publisher, article.url) == ("Sơn La vươn lên", "Báo Ví Dụ", PAGE)
        assert (article.published, article.provinces) == (date(2023, 7, 14), ("Sơn La",))
        assert "61,5%" in article.text and "44/63" in article.text
    article, _ = pages(folder)[OTHER]
    assert (article.title, article.published) == ("Số liệu của Báo Khác", None)
    assert article.provinces == ("Sơn La", "Lai Châu")


def test_each_row_is_a_sentence_that_stands_by_itself(folder: Path) -> None:
    assert pages(folder)[PAGE][0].text.split("\n") == [
        "Tổng hợp số liệu từ trang của Báo Ví Dụ, do Tỉnh Số biên soạn.",
        "Tỷ lệ hồ sơ trực tuyến của Sơn La quý III/2025: hơn 61,5%.",
        "Sơn La xếp hạng 44/63 về chỉ số chuyển đổi số (DTI) năm 2022, đạt 0,5123 điểm (tăng 3 bậc, so với 2021).",
        "Sơn La xếp hạng 40/63 về chính quyền số trong DTI năm 2022, đạt 0,5300 điểm.",
        "Sơn La xếp hạng 20/34 về chỉ số chuyển đổi số (DTI) năm 2024 (theo địa giới sau sáp nhập).",
    ]
    assert pages(folder)[OTHER][0].text.split("\n")[1:] == [
        "Tỷ trọng kinh tế số trong GRDP của Sơn La, mục tiêu đến năm 2025: 20%.",
        "DTI cấp tỉnh – chỉ số thành phần Nhận thức số của Sơn La năm 2022: 0,7 điểm.",
        "Mục tiêu NQ 17 hoàn thành – kinh tế số của Sơn La sau 3 năm, năm 2025: 5/6 mục tiêu.",
        "Kim ngạch xuất khẩu phần mềm của Sơn La tháng 10/2024: 1,5 triệu USD.",
        "Mục tiêu hạng DTI của Sơn La năm 2026: trong nhóm 15 địa phương dẫn đầu.",
        "PAR Index – trung bình cấp tỉnh của cả nước năm 2024: 88,37%.",
        "Xếp loại an toàn thông tin mạng năm 2019, loại B: Sơn La, Lai Châu.",
        "Tỷ trọng kinh tế số trong GRDP của Lai Châu, mục tiêu đến năm 2030: 35–40%.",
        "Sơn La xếp hạng 47/63 về chỉ số chuyển đổi số (DTI) năm 2021 (suy ra) (hạng 44 là tăng 3 bậc).",
    ]


def test_figures_are_the_cells(folder: Path) -> None:
    rank, result, target = FigureKind.RANK, FigureKind.RESULT, FigureKind.TARGET
    ledger = {
        (f.indicator, f.value, f.shown, f.unit, f.kind, f.period, f.denominator)
        for _, figures in pages(folder).values()
        for f in figures
    }
    assert ledger == {
        ("online-files", 61.5, "61,5%", "%", result, Period(2025, "Q3"), None),
        ("dti", 44, "44/63", "hạng", rank, Period(2022), 63),
        ("dti", 0.5123, "0,5123", "điểm", result, Period(2022), None),
        ("dti-government", 40, "40/63", "hạng", rank, Period(2022), 63),
        ("dti-government", 0.53, "0,5300", "điểm", result, Period(2022), None),
        ("dti", 20, "20/34", "hạng", rank, Period(2024), 34),
        ("digital-economy-share", 20, "20%", "%", target, Period(2025), None),
        ("dti-awareness", 0.7, "0,7", "điểm", result, Period(2022), None),
        ("goals-met", 5, "5/6", "mục tiêu", result, Period(2025), 6),
        ("software-export", 1.5e6, "1,5", "USD", result, Period(2024, "M10"), None),
        ("dti", 15, "15", "hạng", target, Period(2026), None),
        ("par-index", 88.37, "88,37%", "%", result, Period(2024), None),
        ("dti", 47, "47/63", "hạng", rank, Period(2021), 63),
    }
    provinces = Counter(f.province for _, figures in pages(folder).values() for f in figures)
    assert provinces == {"Sơn La": 12, "Cả nước": 1}


def test_clause_and_quote_are_the_sentence(folder: Path) -> None:
    for article, figures in pages(folder).values():
        spans = set(sentences(article.text))
        for f in figures:
            assert article.text[f.start : f.end] == f.shown
            assert (f.clause_start, f.clause_end) == (f.quote_start, f.quote_end)
            assert (f.quote_start, f.quote_end) in spans


def test_ingesting_again_changes_nothing(folder: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        assert sorted(ingest([folder], library, FakeEmbedder).added) == [PAGE, OTHER]
        assert library.stats().figures == 13
        again = ingest([folder / "ranks.csv", folder], library, FakeEmbedder)
        assert (len(again.unchanged), again.added, again.updated, again.failed) == (2, [], [], [])


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("glossary.csv", None, "is no table of figures: its first line must name the columns"),
        ("figures.csv", FIGURES.replace('"88,37"', "nhiều"), 'Cả nước: "nhiều" is no number'),
        ("figures.csv", FIGURES.replace("target", "goal"), '"goal" is no kind of figure: result, target, rank, change'),
        ("figures.csv", FIGURES.replace(f"{PAGE},", ","), "row 2: province and source_url must be given"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(folder: Path, name: str, text: str | None, reason: str) -> None:
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    with Library.open(folder.parent / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        report = ingest([folder / name], library, FakeEmbedder)
    assert any(reason in failure.error for failure in report.failed), report.failed


def test_a_folder_of_other_tables_holds_no_articles(folder: Path) -> None:
    for name in ("ranks.csv", "figures.csv"):
        (folder / name).unlink()
    *_, found = find_files([folder])
    assert isinstance(found, Unreadable)
    assert "holds no articles" in found.error


# --- the tables of data/reference ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reference() -> dict[str, tuple[Article, list[Figure]]]:
    return pages(REFERENCE)


def stated(table: str) -> Iterator[dict[str, str]]:
    return (row for row in read_table(f"{table}.csv") if row["basis"] in ("stated", "listed"))


def test_every_page_reads_well(reference: dict[str, tuple[Article, list[Figure]]]) -> None:
    for url, (article, figures) in reference.items():
        assert article.url == article.source == url
        assert article.title and not article.title.startswith("[slug]")
        lines = article.text.split("\n")
        assert [article.text[slice(*span)] for span in sentences(article.text)] == lines
        assert all(line.endswith(".") and line.count("(") == line.count(")") for line in lines), url
        assert all(article.text[f.start : f.end] == f.shown for f in figures)


def test_every_rank_stated_is_in_the_ledger(reference: dict[str, tuple[Article, list[Figure]]]) -> None:
    for row in stated("dti_ranks"):
        ledger = {
            (f.province, f.indicator, f.unit, f.value, f.denominator, f.period)
            for f in reference[row["source_url"]][1]
            if f.kind in (FigureKind.RANK, FigureKind.RESULT)
        }
        year, of = Period(int(row["year"])), float(row["denominator"])
        pillars = {"": "dti", "cqs_": "dti-government", "kts_": "dti-economy", "xhs_": "dti-society"}
        for prefix, indicator in pillars.items():
            if rank := row[f"{prefix}rank"]:
                assert (row["province"], indicator, "hạng", float(rank), of, year) in ledger, row
            if score := row[f"{prefix}score"]:
                assert (row["province"], indicator, "điểm", parse_number(score), None, year) in ledger, row


def test_every_figure_stated_is_in_the_ledger(reference: dict[str, tuple[Article, list[Figure]]]) -> None:
    for row in stated("figures"):
        if not re.fullmatch(r"[\d.,]+", row["value"]) or (row["qualifier"] == "trong nhóm" and row["kind"] == "rank"):
            continue
        denominator = parse_number(row["denominator"]) if row["denominator"] else None
        scale = {"triệu": 1e6, "tỷ": 1e9}.get(row["unit"].split()[0], 1)
        found = [
            f
            for f in reference[row["source_url"]][1]
            if (f.province, f.kind, f.denominator) == (row["province"], row["kind"], denominator)
            and f.value == parse_number(row["value"]) * scale
            and row["indicator"].replace(": ", " ") in f.label
            and (f.period is None or str(f.period.year) in row["period"])
        ]
        assert found, row


def test_a_page_that_an_article_tells_is_not_told_again(folder: Path, tmp_path: Path) -> None:
    news = tmp_path / "bai.md"
    news.write_text(
        f"---\ntitle: Sơn La vươn lên\nurl: {PAGE}\n---\n\nSơn La có 12 tổ công nghệ số.\n", encoding="utf-8"
    )
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        together = ingest([news, folder], library, FakeEmbedder)
        assert (together.added, together.told) == ([str(news), OTHER], [PAGE])
        assert ingest([folder], library, FakeEmbedder).told == [PAGE]  # nor in a later run
        library.remove(str(news))
        assert ingest([folder], library, FakeEmbedder).added == [PAGE]
