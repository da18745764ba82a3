"""What a question is measured by, who has it, and what may be said to be lacking."""

from pathlib import Path

import pytest

from retrieval.choosing.ranker import Choice, Chosen
from retrieval.choosing.windows import collected, from_figures
from retrieval.ledger import Measure, alike, anchor, holdings, measure_of, states
from retrieval.ledger import told as told_of
from retrieval.library import Library
from retrieval.query import Expects, Query
from retrieval.types import FigureKind, Period
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article, make

AIMS = article(
    "chi-muc-tieu",
    "Đắk Nông",
    "Đắk Nông phấn đấu đến năm 2025 tỷ lệ hồ sơ nộp trực tuyến đạt 80%.",
    published="2023-01-05",
)
NATION_WIDE = article(
    "ca-nuoc", "", "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của cả nước đạt 45%.", published="2024-01-05"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("ledger")
    return make(folder, (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, AIMS, NATION_WIDE))


def query(
    indicator: str = "dti", provinces: tuple[str, ...] = ("Kon Tum",), years: tuple[int, ...] = (), **more: object
) -> Query:
    indicators = (indicator,) if indicator else ()
    return Query("?", "?", indicators=indicators, provinces=provinces, periods=tuple(map(Period, years)), **more)  # type: ignore[arg-type]


def nothing(asked: Query) -> Choice:
    return Choice(asked, (), 0.0)


def expecting(kind: Expects, **more: object) -> Query:
    return query(expects=kind, kinds=((kind, 0.9),), **more)  # type: ignore[arg-type]


# --- the measure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "unit"), [(Expects.RANK, "hạng"), (Expects.SCORE, "điểm"), (Expects.ANY, "hạng"), (Expects.NAME, "hạng")]
)
def test_an_index_is_measured_by_what_is_expected_else_by_rank(library: Library, kind: Expects, unit: str) -> None:
    asked = expecting(kind)
    assert anchor(library, asked, nothing(asked)) == Measure("dti", "", unit, "")


def test_the_indicator_named_goes_before_the_best_window(library: Library) -> None:
    asked = expecting(Expects.PERCENT, indicator="online-files")
    found = told_of(library, library.figures(provinces=("Kon Tum",), indicators=("dti",), limit=5))
    choice = Choice(asked, tuple(Chosen(t.window, 1, 1, ((t.figure, 1.0),)) for t in found), 0.9)
    measure = anchor(library, asked, choice)
    assert measure is not None and measure.indicator == "online-files"


def test_without_a_name_the_best_window_says_what_is_measured(library: Library) -> None:
    asked = expecting(Expects.PERCENT, indicator="")
    found = told_of(library, library.figures(provinces=("Kon Tum",), indicators=("dti", "online-files"), limit=50))
    choice = Choice(asked, tuple(Chosen(t.window, 1, 1, ((t.figure, 1.0),)) for t in found), 0.9)
    measure = anchor(library, asked, choice)
    assert measure == Measure("online-files", "", "%", ""), "ranks and scores are of another unit than expected"
    assert anchor(library, asked, nothing(asked)) is None


def test_an_indicator_that_nobody_has_measures_nothing(library: Library) -> None:
    asked = query("pci")
    assert anchor(library, asked, nothing(asked)) is None


def test_a_change_is_no_measure(library: Library) -> None:
    figures = [s.figure for s in library.figures(provinces=("Kon Tum",), limit=400)]
    assert any(f.kind is FigureKind.CHANGE for f in figures), "or this would show nothing"
    for kind in (Expects.RANK, Expects.NUMBER, Expects.ANY):
        asked = expecting(kind)
        measure = anchor(library, asked, nothing(asked))
        assert measure is None or measure.unit != "bậc"


def test_alike_are_the_same_measure_of_the_provinces_asked_about(library: Library) -> None:
    ranks = alike(library, Measure("dti", "", "hạng", ""), ("Kon Tum",))
    assert {t.figure.shown for t in ranks} == {"41/63", "44/63"}
    everyone = alike(library, Measure("dti", "", "hạng", ""))
    assert {t.figure.province for t in everyone} == {"Kon Tum", "Gia Lai"}
    assert all(measure_of(t.figure) == Measure("dti", "", "hạng", "") for t in everyone)


def test_the_countrys_figure_is_no_provinces(library: Library) -> None:
    shares = alike(library, Measure("online-files", "", "%", ""))
    assert "45%" not in {t.figure.shown for t in shares}
    assert {"Kon Tum", "Gia Lai"} <= {t.figure.province for t in shares}


def test_a_figure_is_told_by_the_sentence_that_states_it(library: Library) -> None:
    stored = library.figures(indicators=("dti",), limit=50)
    told = told_of(library, stored)
    assert len(told) == len({(s.article_id, s.figure.start, s.figure.indicator, s.figure.province) for s in stored})
    for one in told:
        assert one.window.span.start <= one.figure.start < one.window.span.end
        assert one.figure.shown in one.window.text


def test_what_was_removed_meanwhile_is_left_out(tmp_path: Path) -> None:
    with make(tmp_path, (news.KON_TUM_2022, news.GIA_LAI_2023)) as library:
        stored = library.figures(indicators=("dti",), limit=50)
        library.remove(news.KON_TUM_2022.source)
        assert {t.figure.province for t in told_of(library, stored)} == {"Gia Lai"}
        assert not {w.article.source for w in collected(library, from_figures(library, stored))} & {
            news.KON_TUM_2022.source
        }


# --- absence -------------------------------------------------------------------------------------------------------


def test_other_years_of_the_provinces_asked_about(library: Library) -> None:
    held = holdings(library, query(years=(2021,)))
    assert held is not None and held.years == (2022, 2023)


@pytest.mark.parametrize("years", [(), (2022,), (2023,), (2022, 2023), (2021,), (2030,)])
@pytest.mark.parametrize("province", ["Kon Tum", "Gia Lai", "Đắk Nông", "Hà Giang"])
@pytest.mark.parametrize("indicator", ["dti", "online-files", "pci", "dti-economy"])
def test_what_was_asked_is_never_said_to_be_held(
    library: Library, indicator: str, province: str, years: tuple[int, ...]
) -> None:
    held = holdings(library, query(indicator, (province,), years))
    assert held is not None
    assert not set(held.years) & set(years)
    assert province not in held.provinces
    if not years:
        assert not held.years, "no year was asked about: any that is held was asked for"


def test_a_span_asked_about_is_every_year_of_it(library: Library) -> None:
    asked = Query("?", "?", indicators=("dti",), provinces=("Kon Tum",), periods=(Period(2023, since=2021),))
    held = holdings(library, asked)
    assert held is not None and held.years == ()


def test_provinces_of_a_region_are_not_held_beside_it(library: Library) -> None:
    held = holdings(library, Query("?", "?", indicators=("dti",), regions=("Tây Nguyên",), periods=(Period(2023),)))
    assert held is not None and not {"Kon Tum", "Gia Lai"} & set(held.provinces)


def test_provinces_that_have_it_in_the_year_asked_about(library: Library) -> None:
    held = holdings(library, query("dti", ("Đắk Nông",), (2023,)))
    assert held is not None and set(held.provinces) == {"Kon Tum", "Gia Lai"} and held.name
    held = holdings(library, query("dti", ("Đắk Nông",), (2022,)))
    assert held is not None and held.provinces == ("Kon Tum",)


def test_only_targets_are_said_to_be_only_targets(library: Library) -> None:
    held = holdings(library, query("online-files", ("Đắk Nông",), (2025,)))
    assert held is not None and held.only_targets
    held = holdings(library, query("online-files", ("Kon Tum",), (2023,)))
    assert held is not None and not held.only_targets
    held = holdings(library, query("dti", ("Hà Giang",)))
    assert held is not None and not held.only_targets, "of nothing nothing is a target"


def test_of_no_named_indicator_nothing_is_said_to_be_held(library: Library) -> None:
    assert holdings(library, query("", ("Kon Tum",))) is None


@pytest.mark.parametrize(
    ("asked", "does"),
    [
        (expecting(Expects.RANK, years=(2023,)), True),
        (expecting(Expects.RANK), True),
        (expecting(Expects.RANK, years=(2021,)), False),
        (expecting(Expects.RANK, provinces=("Đắk Nông",), years=(2023,)), False),
        (expecting(Expects.RANK, indicator="pci"), False),
        (expecting(Expects.PERCENT, years=(2023,)), False),
        (expecting(Expects.REASON, years=(2023,)), False),
        (expecting(Expects.PERCENT, indicator="online-files", years=(2023,), wants="target"), True),
        (
            expecting(Expects.PERCENT, indicator="online-files", provinces=("Gia Lai",), years=(2023,), wants="target"),
            False,
        ),
    ],
)
def test_whether_the_ledger_states_it(library: Library, asked: Query, does: bool) -> None:
    assert states(library, asked) is does
