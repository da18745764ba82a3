"""How wrapped questions are counted beside plain ones."""

from collections.abc import Sequence
from typing import cast

from benchmarks.invariance import Row, measure, sample, total
from benchmarks.wrappings import Wrapping
from retrieval.ask import Answerer
from retrieval.evaluation import Question
from retrieval.types import Answer

QUESTIONS = [Question(str(n), f"Câu {n}?", "lookup", ((f"đáp {n}",),), history=("Trước?",)) for n in range(4)]


class Scripted:
    """Answers the questions of ``known`` rightly, refuses others, and keeps what it was asked."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self.asked: list[tuple[str, Sequence[str]]] = []

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, history))
        is_known = question in self.known
        text = f"đáp {question[4]}" if is_known else "Chưa có."
        return Answer(question, question, is_known, text, (), 1.0)


def test_what_is_lost_and_gained_is_told_apart() -> None:
    scripted = Scripted(["Câu 0?", "Câu 1?", "Câu 0!", "Câu 2!"])
    wrappings = [Wrapping("loud", lambda q, _: q.replace("?", "!")), Wrapping("none", lambda q, _: q)]
    loud, none = measure(cast(Answerer, scripted), QUESTIONS, 1, wrappings)
    assert loud == Row("loud", asked=4, plain=2, wrapped=2, lost=1, gained=1)
    assert none == Row("none", asked=0, plain=0, wrapped=0, lost=0, gained=0)
    assert total([loud, loud, none]) == Row("all", asked=8, plain=4, wrapped=4, lost=2, gained=2)
    assert loud.ratio == 1
    assert len(scripted.asked) == 8, "what a wrapping leaves as it was is not asked again"
    assert {tuple(history) for _, history in scripted.asked} == {("Trước?",)}


def test_nothing_right_is_no_ratio() -> None:
    (row,) = measure(cast(Answerer, Scripted([])), QUESTIONS, 1, [Wrapping("same", lambda q, _: q + " ")])
    assert row.ratio == 0


def test_a_sample_keeps_the_order_and_the_seed() -> None:
    assert sample(QUESTIONS, 0, 1) == QUESTIONS
    assert sample(QUESTIONS, 9, 1) == QUESTIONS
    some = sample(QUESTIONS, 2, 1)
    assert some == sample(QUESTIONS, 2, 1)
    assert [q.id for q in some] == sorted(q.id for q in some)
    assert len(some) == 2
