"""Operations over told figures: what is comparable, who leads, what is missing, what is subtracted and what never is."""

import time
from dataclasses import replace

import pytest

from retrieval.algebra import Table, against_target, compared, facts, ordered, reached, scale_of, series
from retrieval.lexicon.indicators import catalogue
from retrieval.query import Bound, Operation
from retrieval.types import FigureKind, Period
from tests.retrieval.told_figures import RANK, SHARE, aim, measure, rank, share, told

ALL_OF_34 = [f"Tỉnh {n:02}" for n in range(1, 35)]


def names(table: Table | None) -> list[str]:
    assert table is not None
    return [row.figure.province for row in table.rows]


def shown(table: Table | None) -> list[str]:
    assert table is not None
    return [row.figure.shown for row in table.rows]


# --- one fact ------------------------------------------------------------------------------------------------------


def test_voices_that_agree_and_differ_stand_beside_the_fact() -> None:
    first = rank("Kon Tum", "41/63", published=None)
    newer = rank("Kon Tum", "43/63")
    same = rank("Kon Tum", "41/63", published=None)
    (row,) = facts([first, newer, same])
    assert row.figure.shown == "43/63", "the newer telling goes first"
    assert [t.figure.shown for t in row.differing] == ["41/63", "41/63"]
    assert not row.agreeing
    (row,) = facts([first, same])
    assert [t.window.article_id for t in row.agreeing] == [same.window.article_id]
    assert not row.differing


def test_near_copies_are_one_voice() -> None:
    (row,) = facts([rank("Kon Tum", "41/63", story=7), rank("Kon Tum", "43/63", story=7)])
    assert not row.agreeing and not row.differing


def test_what_a_model_read_and_what_we_rendered_are_trusted_less() -> None:
    plain = rank("Kon Tum", "41/63", published=None)
    (row,) = facts([rank("Kon Tum", "42/63", read_by="model"), rank("Kon Tum", "43/63", rendered=True), plain])
    assert row.figure.shown == "41/63"


def test_ranks_among_63_and_among_34_are_two_facts() -> None:
    rows = facts([rank("Huế", "3/63", 2024), rank("Huế", "5/34", 2024)])
    assert len(rows) == 2
    assert not any(row.differing for row in rows)


def test_target_and_result_are_two_facts() -> None:
    rows = facts([share("Kon Tum", "61,5%"), aim("Kon Tum", "60%")])
    assert len(rows) == 2 and not any(row.differing for row in rows)


@pytest.mark.parametrize(
    ("printed", "year", "scale"),
    [("41/63", 2024, 63), ("5/34", 2024, 34), ("41", 2022, 63), ("5", 2025, 34), ("5", 2024, None), ("5", None, None)],
)
def test_among_how_many_a_rank_is(printed: str, year: int | None, scale: int | None) -> None:
    assert scale_of(rank("Huế", printed, year).figure) == scale


def test_a_share_has_no_scale() -> None:
    assert scale_of(share("Huế", "61,5%").figure) is None


@pytest.mark.parametrize(
    ("stated", "asked", "does"),
    [
        (Period(2023), Period(2023), True),
        (Period(2023), Period(2022), False),
        (Period(2023, "H1"), Period(2023), True),
        (Period(2023), Period(2023, "H1"), True),
        (Period(2023, "H1"), Period(2023, "Q3"), False),
        (Period(2023, "M06"), Period(2023, "H1"), True),
        (Period(2023), Period(2025, since=2021), True),
        (Period(2020), Period(2025, since=2021), False),
        (Period(2025, since=2021), Period(2025), True),
        (Period(2025, since=2021), Period(2023), False),
    ],
)
def test_periods_meet(stated: Period, asked: Period, does: bool) -> None:
    assert stated.meets(asked) is does


# --- order, extreme, count -----------------------------------------------------------------------------------------


def order(*tolds: object, **how: object) -> Table | None:
    of = SHARE if how.pop("shares", False) else RANK
    return ordered(tolds, of, operation=Operation.ORDER, **how)  # type: ignore[arg-type]


def test_the_smaller_rank_goes_first() -> None:
    ranks = rank("Kon Tum", "41/63"), rank("Gia Lai", "50/63"), rank("Lâm Đồng", "7/63")
    assert names(order(*ranks)) == ["Lâm Đồng", "Kon Tum", "Gia Lai"]
    assert names(order(*ranks, best=False)) == ["Gia Lai", "Kon Tum", "Lâm Đồng"]


def test_the_larger_share_goes_first() -> None:
    shares = share("Kon Tum", "9,5%"), share("Gia Lai", "70,2%"), share("Lâm Đồng", "12,1%")
    assert names(order(*shares, shares=True)) == ["Gia Lai", "Lâm Đồng", "Kon Tum"]
    assert names(order(*shares, shares=True, best=False)) == ["Kon Tum", "Lâm Đồng", "Gia Lai"]


def test_of_what_is_meant_to_fall_the_smaller_goes_first() -> None:
    low = next(i for i in catalogue().values() if i.better == "low")
    one, other = (told(p, s, unit=low.unit, indicator=low.id) for p, s in (("Kon Tum", "12"), ("Gia Lai", "20")))
    assert names(ordered([other, one], measure(one), operation=Operation.ORDER)) == ["Kon Tum", "Gia Lai"]


def test_top_three_of_many_counts_those_it_was_chosen_among() -> None:
    table = order(*(rank(f"Tỉnh {n:02}", f"{n}/63") for n in range(1, 21)), count=3)
    assert names(table) == ["Tỉnh 01", "Tỉnh 02", "Tỉnh 03"]
    assert table and table.whole == 20


def test_a_tie_for_the_last_place_is_told_whole() -> None:
    table = order(rank("A", "1/63"), rank("B", "2/63"), rank("C", "2/63"), rank("D", "4/63"), count=2)
    assert names(table) == ["A", "B", "C"]


def test_one_asked_for_and_two_that_lead() -> None:
    assert names(order(share("A", "100%"), share("B", "100%"), share("C", "99%"), shares=True, count=1)) == ["A", "B"]


@pytest.mark.parametrize(
    ("bound", "left"),
    [
        (Bound(True, 10, "hạng"), ["A", "B"]),
        (Bound(False, 10, "hạng"), ["C", "D"]),
    ],
)
def test_under_a_rank_is_a_larger_number(bound: Bound, left: list[str]) -> None:
    table = order(rank("A", "3/63"), rank("B", "10/63"), rank("C", "11/63"), rank("D", "50/63"), bound=bound)
    assert names(table) == left
    assert table and table.whole == 4


@pytest.mark.parametrize(("over", "left"), [(True, ["D", "C"]), (False, ["A"])])
def test_over_and_under_a_percentage(over: bool, left: list[str]) -> None:
    shares = share("A", "49,9%"), share("B", "50%"), share("C", "50,1%"), share("D", "90%")
    assert names(order(*shares, shares=True, bound=Bound(over, 50, "%"))) == left


def test_nobody_within_a_bound_is_an_empty_table_not_none() -> None:
    table = order(share("A", "10%"), share("B", "20%"), shares=True, bound=Bound(True, 50, "%"))
    assert names(table) == []
    assert table and table.whole == 2


def test_among_those_of_a_region_who_is_missing_is_told() -> None:
    table = order(rank("Kon Tum", "41/63"), rank("Gia Lai", "50/63"), rank("Huế", "2/63"), among=("Gia Lai", "Kon Tum", "Đắk Nông"))  # fmt: skip
    assert names(table) == ["Kon Tum", "Gia Lai"]
    assert table and table.missing == ("Đắk Nông",) and table.whole == 2


def test_targets_are_ordered_only_when_they_are_asked_for() -> None:
    both = share("A", "10%"), aim("A", "90%"), share("B", "20%"), aim("B", "80%")
    assert shown(order(*both, shares=True)) == ["20%", "10%"]
    assert shown(order(*both, shares=True, wants="target")) == ["90%", "80%"]
    assert order(aim("A", "90%"), shares=True) is None


def test_the_year_asked_for_and_no_other() -> None:
    table = order(rank("A", "1/63", 2022), rank("B", "2/63", 2022), rank("C", "1/63", 2023), periods=(Period(2022),))
    assert names(table) == ["A", "B"]
    assert table and table.period == Period(2022)
    assert order(rank("A", "1/63", 2022), periods=(Period(2021),)) is None


def test_without_a_year_the_newest_whole_table_goes_before_fuller_older_ones() -> None:
    of_63 = [rank(f"Cũ {n:02}", f"{n}/63", 2022) for n in range(1, 64)]
    of_34 = [rank(p, f"{n}/34", 2024) for n, p in enumerate(ALL_OF_34, 1)]
    table = order(*of_63, *of_34)
    assert table and table.whole == 34 and table.period == Period(2024)


def test_a_newer_table_of_few_does_not_displace_a_fuller_one() -> None:
    older = [rank(f"Tỉnh {n:02}", f"{n}/63", 2022) for n in range(1, 31)]
    table = order(*older, rank("Tỉnh 01", "9/63", 2023))
    assert table and table.whole == 30 and table.period == Period(2022)


def test_ranks_of_34_never_stand_among_those_of_63() -> None:
    mixed = rank("A", "40/63", 2024), rank("B", "50/63", 2024), rank("C", "1/34", 2024)
    assert names(order(*mixed, periods=(Period(2024),))) == ["A", "B"]


def test_shares_without_a_year_are_the_newest_of_each() -> None:
    table = order(share("A", "10%", 2022), share("A", "30%", 2024), share("B", "20%", 2023), shares=True)
    assert shown(table) == ["30%", "20%"]
    assert table and table.period is None


def test_no_figure_is_no_table() -> None:
    assert order() is None


# --- side by side --------------------------------------------------------------------------------------------------


def test_two_are_compared_in_the_year_they_share() -> None:
    both = [rank("A", "10/63", 2022), rank("A", "8/63", 2023), rank("B", "20/63", 2022), rank("B", "3/63", 2021)]
    table = compared(both, RANK, ("A", "B"))
    assert shown(table) == ["10/63", "20/63"]
    assert table and table.period == Period(2022) and table.difference == -10


def test_their_order_is_the_questions() -> None:
    table = compared([share("A", "10%"), share("B", "20%")], SHARE, ("B", "A"))
    assert names(table) == ["B", "A"]
    assert table and table.difference == pytest.approx(10)


def test_without_a_year_in_common_the_newest_of_each_and_no_difference() -> None:
    table = compared([share("A", "10%", 2022), share("A", "12%", 2020), share("B", "20%", 2023)], SHARE, ("A", "B"))
    assert shown(table) == ["10%", "20%"]
    assert table and table.difference is None and table.period is None


def test_ranks_of_two_scales_are_shown_and_not_subtracted() -> None:
    table = compared([rank("A", "10/63", 2022), rank("B", "5/34", 2025)], RANK, ("A", "B"))
    assert shown(table) == ["10/63", "5/34"]
    assert table and table.scales_differ and table.difference is None


def test_who_has_none_is_named() -> None:
    table = compared([share("A", "10%"), share("B", "20%")], SHARE, ("A", "C", "B"))
    assert names(table) == ["A", "B"]
    assert table and table.missing == ("C",) and table.asked == ("A", "C", "B")
    assert compared([share("A", "10%")], SHARE, ("C", "D")) is None


def test_the_asked_year_binds_a_comparison() -> None:
    both = [share("A", "10%", 2022), share("A", "30%", 2023), share("B", "20%", 2022)]
    assert shown(compared(both, SHARE, ("A", "B"), periods=(Period(2022),))) == ["10%", "20%"]
    table = compared(both, SHARE, ("A", "B"), periods=(Period(2023),))
    assert shown(table) == ["30%"]
    assert table and table.missing == ("B",)


def test_twelve_provinces_of_many_years_in_no_time() -> None:
    provinces = ALL_OF_34[:12]
    many = [share(p, f"{n + y % 10},{y % 7}%", y) for n, p in enumerate(provinces) for y in range(2000, 2030)]
    many += [share(p, f"{n},9%", y) for n, p in enumerate(provinces) for y in range(2000, 2030)]
    began = time.perf_counter()
    table = compared(many, SHARE, provinces)
    assert time.perf_counter() - began < 1
    assert names(table) == provinces
    assert table and table.period == Period(2029) and table.difference is None


# --- over time -----------------------------------------------------------------------------------------------------


def over_time(*tolds: object, years: tuple[int, ...] = (), shares: bool = True) -> Table | None:
    periods = tuple(Period(y) for y in years)
    return series(tolds, SHARE if shares else RANK, "A", periods=periods)  # type: ignore[arg-type]


def test_oldest_first_and_the_change_of_the_whole() -> None:
    table = over_time(
        share("A", "30%", 2023), share("A", "10%", 2021), share("B", "99%", 2022), share("A", "25%", 2022)
    )
    assert shown(table) == ["10%", "25%", "30%"]
    assert table and table.difference == pytest.approx(20)


def test_a_year_within_those_asked_that_has_none_is_missing() -> None:
    three = share("A", "10%", 2020), share("A", "25%", 2022), share("A", "30%", 2023)
    table = over_time(*three, years=(2021, 2023))
    assert shown(table) == ["25%", "30%"]
    assert table and table.missing == ("2021",)


def test_a_span_asks_for_its_two_ends() -> None:
    table = series([share("A", "10%", 2022), share("A", "30%", 2024)], SHARE, "A", periods=(Period(2024, since=2021),))
    assert shown(table) == ["10%", "30%"]
    assert table and table.missing == ("2021",)


def test_what_came_after_the_one_year_asked_about_is_left_out() -> None:
    assert shown(over_time(share("A", "1%", 2021), share("A", "2%", 2022), share("A", "3%", 2023), years=(2022,))) == [
        "1%",
        "2%",
    ]


def test_parts_of_a_year_come_before_the_whole() -> None:
    table = over_time(share("A", "30%", 2023), share("A", "20%", 2023, part="H1"))
    assert shown(table) == ["20%", "30%"]


def test_a_span_of_years_is_no_point_in_time() -> None:
    assert shown(over_time(share("A", "10%", 2022), share("A", "90%", 2025, since=2021))) == ["10%"]


def test_ranks_of_63_and_34_are_not_subtracted_over_time() -> None:
    table = over_time(rank("A", "36/63", 2023), rank("A", "19/34", 2025), shares=False)
    assert shown(table) == ["36/63", "19/34"]
    assert table and table.difference is None and table.scales_differ


def test_one_year_alone_is_a_table_without_a_change() -> None:
    table = over_time(share("A", "10%", 2022))
    assert shown(table) == ["10%"]
    assert table and table.difference is None
    assert over_time(share("A", "10%", None)) is None


# --- target against result -----------------------------------------------------------------------------------------


def against(*tolds: object, years: tuple[int, ...] = ()) -> Table | None:
    return against_target(tolds, SHARE, "A", periods=tuple(Period(y) for y in years))  # type: ignore[arg-type]


@pytest.mark.parametrize(("result", "has"), [("61,5%", True), ("60%", True), ("59,9%", False)])
def test_reached_to_the_point_or_short(result: str, has: bool) -> None:
    table = against(share("A", result), aim("A", "60%"))
    assert shown(table) == [result, "60%"]
    assert table and reached(table) is has


def test_a_rank_reaches_its_target_from_below() -> None:
    goal = rank("A", "10")
    goal = replace(goal, figure=replace(goal.figure, kind=FigureKind.TARGET))
    for result, has in (("9/63", True), ("10/63", True), ("11/63", False)):
        table = against_target([rank("A", result), goal], RANK, "A")
        assert table and reached(table) is has


def test_the_next_target_not_before_the_result() -> None:
    table = against(share("A", "50%", 2023), aim("A", "40%", 2022), aim("A", "60%", 2025), aim("A", "90%", 2030))
    assert shown(table) == ["50%", "60%"]


def test_the_target_of_the_year_asked_about() -> None:
    table = against(share("A", "50%", 2023), aim("A", "60%", 2025), aim("A", "90%", 2030), years=(2030,))
    assert shown(table) == ["50%", "90%"]


def test_no_result_of_a_later_year_than_asked() -> None:
    table = against(share("A", "30%", 2022), share("A", "70%", 2024), aim("A", "60%", 2022), years=(2022,))
    assert shown(table) == ["30%", "60%"]


@pytest.mark.parametrize("one", [share("A", "50%"), aim("A", "60%")])
def test_one_of_the_two_gives_no_verdict(one: object) -> None:
    table = against(one)
    assert table and len(table.rows) == 1 and reached(table) is None
    assert against(share("B", "50%")) is None


def test_a_change_is_no_result() -> None:
    moved = share("A", "5%")
    moved = replace(moved, figure=replace(moved.figure, kind=FigureKind.CHANGE))
    table = against(moved, aim("A", "60%"))
    assert shown(table) == ["60%"]
