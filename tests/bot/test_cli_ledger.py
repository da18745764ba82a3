"""`tinhso figures`."""

import csv
import io
import json

from tests.bot.conftest import Run

COLUMNS = "province indicator label value shown unit kind period denominator scope source read_by".split()


def test_figures_in_their_three_forms(tinhso: Run) -> None:
    narrowed = ("figures", "--province", "quang ninh", "--period", 2022)
    rows = [json.loads(line) for line in tinhso(*narrowed, "--json").out.splitlines()]
    assert rows
    for row in rows:
        assert list(row) == COLUMNS
        assert row["province"] == "Quảng Ninh"
        assert row["period"] == "năm 2022"
    read_back = list(csv.DictReader(io.StringIO(tinhso(*narrowed, "--csv").out)))
    assert [row["shown"] for row in read_back] == [row["shown"] for row in rows]
    assert len(tinhso(*narrowed).out.splitlines()) == len(rows)
    assert len(tinhso("figures", "--json").out.splitlines()) > len(rows)


def test_figures_by_indicator_id_and_words(tinhso: Run) -> None:
    by_words = tinhso("figures", "--indicator", "chỉ số chuyển đổi số", "--json").out.splitlines()
    assert by_words
    ids = {json.loads(line)["indicator"] for line in by_words}
    assert ids == {"dti"}
    assert tinhso("figures", "--indicator", "dti", "--json").out.splitlines() == by_words


def test_no_figures_are_no_lines_and_a_bare_header(tinhso: Run) -> None:
    assert tinhso("figures", "--period", 1999).out == ""
    assert tinhso("figures", "--period", 1999, "--csv").out == ",".join(COLUMNS) + "\n"
    assert tinhso("figures", "--json", "--csv").status == 2
