"""The curated tables keep their form: canonical provinces, numbers that parse, a page under every row."""

import re
from collections.abc import Iterator

import pytest

from retrieval.lexicon.provinces import canonical
from retrieval.lexicon.tables import read_table
from retrieval.text import nfc, parse_number

COUNTRY = "Cả nước"
PUBLISHED = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|")
PILLARS = ("cqs", "kts", "xhs")
Row = dict[str, str]

TABLES = {name: read_table(f"{name}.csv") for name in ("dti_ranks", "figures", "milestones")}
each_table = pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)


def numbers(rows: list[Row], *columns: str) -> Iterator[str]:
    return (row[column] for row in rows for column in columns if row[column])


@each_table
def test_every_row_keeps_its_page(rows: list[Row]) -> None:
    for row in rows:
        assert row["source_url"].startswith(("http://", "https://")), row
        assert row["publisher"], row
        assert not row["source_title"].startswith("[slug]"), row
        assert PUBLISHED.fullmatch(row["published"]) and not (row["published"] and row["published_estimate"]), row


@each_table
def test_provinces_are_canonical(rows: list[Row]) -> None:
    odd = {row["province"] for row in rows if row["province"] not in (COUNTRY, canonical(row["province"]))}
    assert not odd


@each_table
def test_rows_are_whole_and_told_once(rows: list[Row]) -> None:
    lines = ["|".join(row.values()) for row in rows]
    assert len(set(lines)) == len(lines)
    assert all(nfc(line) == line for line in lines)


def test_ranks_lie_within_their_denominator() -> None:
    ranks = TABLES["dti_ranks"]
    for row in ranks:
        assert row["year"] in {"2020", "2021", "2022", "2023", "2024"}, row
        assert row["denominator"] == "63" or (row["denominator"], row["year"]) == ("34", "2024"), row
        assert row["basis"] in {"stated", "listed", "derived", "disputed"}, row
        places = list(numbers([row], "rank", *(f"{pillar}_rank" for pillar in PILLARS)))
        assert places and all(1 <= int(place) <= int(row["denominator"]) for place in places), row
    scores = list(numbers(ranks, "score", *(f"{pillar}_score" for pillar in PILLARS)))
    assert all(re.fullmatch(r"[01],\d{4}", score) and 0 < parse_number(score) <= 1 for score in scores)


def test_all_provinces_have_a_rank_in_2022() -> None:
    """The only year of which one page ranks all 63."""
    assert len({row["province"] for row in TABLES["dti_ranks"] if row["year"] == "2022" and row["rank"]}) == 63


def test_figures_parse_and_say_what_they_are() -> None:
    for row in TABLES["figures"]:
        assert row["kind"] in {"result", "target", "rank", "change"}, row
        assert row["indicator"] and row["unit"], row
        if row["unit"] == "loại":
            assert row["value"] in {"A", "B", "C"}, row
        else:
            assert [parse_number(end) for end in row["value"].split("–")], row
        if row["denominator"] and row["unit"] != "điểm":
            assert parse_number(row["value"]) <= parse_number(row["denominator"]), row


def test_milestones_name_a_document_or_a_date() -> None:
    assert all(row["subject"] and (row["document"] or row["date"]) for row in TABLES["milestones"])
