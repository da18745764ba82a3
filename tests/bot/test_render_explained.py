"""The page of `ask --explain` from hand-made steps: no weights, no library."""

from dataclasses import replace

from bot.render.explained import page, query_json
from retrieval.answer.draft import Draft, Line
from retrieval.choosing.windows import Context, Window
from retrieval.explanation import Explanation, FigureSeen, WindowSeen
from retrieval.ledger import Measure
from retrieval.query import Act, Bound, Expects, Operation, Query, Term
from retrieval.text import Span
from retrieval.types import Article, Figure, FigureKind, Period

QUERY = Query(
    text="tỉnh nào trên 80%",
    standalone="tỉnh nào trên 80%",
    operation=Operation.COUNT,
    kinds=((Expects.NUMBER, 0.7), (Expects.LIST, 0.2)),
    terms=(Term("ty", "tỷ", 0.9), Term("nao", "nào", 0.2)),
    periods=(Period(2024), Period(2025, "H1")),
    best=False,
    bound=Bound(True, 80, "%"),
    level="xã",
)
ARTICLE = Article("a.md", "/a.md", "A", "Xã X đạt 81%.", provinces=("Hà Nam",))
FIGURE = Figure(
    "Hà Nam", "", "xã", 81, "81%", "%", FigureKind.TARGET, Period(2024), None, "", 9, 12, 0, 12, 0, 12
)  # fmt: skip
WINDOW = Window(1, ARTICLE, Span(0, 13), "item", Context("Kết quả:", "", ("Hà Nam",), (2023,)), "", (FIGURE,))
EXPLANATION = Explanation(
    QUERY,
    Draft(False, (Line("Chưa có."),), made="refusal"),
    Measure("", "xa", "%", ""),
    without_table="asked of what is below",
    figures=(FigureSeen(FIGURE, ARTICLE, "a target"),),
    windows=(
        WindowSeen(WINDOW, 0.6, ((FIGURE, 0.97),), "search", "the best, yet not told", (("own", 1.24), ("year", -0.5))),
        WindowSeen(WINDOW, None, (), "ledger", "speaks of other provinces only"),
    ),
    candidates=17,
    sure=0.12,
    threshold=0.3,
    cut=("Hà Nam: 82%.",),
)


def test_a_query_says_what_it_holds_and_nothing_else() -> None:
    assert query_json(QUERY) == {
        "text": "tỉnh nào trên 80%",
        "act": "question",
        "operation": "count",
        "expects": {"number": 0.7, "list": 0.2},
        "terms": {"tỷ": 0.9, "nào": 0.2},
        "periods": ["năm 2024", "6 tháng đầu năm 2025"],
        "end": "worst",
        "bound": "over 80 %",
        "level": "xã",
    }
    assert query_json(Query("cảm ơn", "cảm ơn", Act.THANKS)) == {"text": "cảm ơn", "act": "thanks"}


def test_the_page_tells_every_step_with_its_reason() -> None:
    assert page(EXPLANATION) == (
        "QUERY\n"
        "  text         tỉnh nào trên 80%\n"
        "  act          question\n"
        "  operation    count\n"
        "  expects      number 0.70 · list 0.20\n"
        "  terms        tỷ 0.90\n"
        "  periods      năm 2024, 6 tháng đầu năm 2025\n"
        "  end          worst\n"
        "  bound        over 80 %\n"
        "  level        xã\n"
        "\n"
        "LEDGER\n"
        "  measure      label xa · unit %\n"
        "  table        none: asked of what is below\n"
        "  - 81%, Hà Nam, năm 2024, target                a.md: a target\n"
        "\n"
        "WINDOWS\n"
        "  sure         0.12, under the threshold of 0.30\n"
        "  candidates   17, of them 1 ranked; 1 dropped\n"
        "  - 1. share 0.60, item found by search, a.md, inherits Hà Nam, 2023: the best, yet not told\n"
        "       “Xã X đạt 81%.”\n"
        "       figures 0.97 81%, Hà Nam, năm 2024, target\n"
        "       for     own +1.2\n"
        "       against year -0.5\n"
        "  - dropped, item found by ledger, a.md, inherits Hà Nam, 2023: speaks of other provinces only\n"
        "       “Xã X đạt 81%.”\n"
        "\n"
        "ANSWER\n"
        "  made by      refusal\n"
        "  cut          Hà Nam: 82%. (its quotes do not bear it)"
    )


def test_an_answer_under_the_threshold_says_why_it_is_told() -> None:
    told = replace(EXPLANATION, draft=Draft(True, (), made="told"))
    assert "under the threshold of 0.30; told all the same: the ledger states the very figure" in page(told)
