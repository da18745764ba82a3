"""Sentences near a place are those that reading the whole text would find there."""

from collections.abc import Iterator

import pytest

from retrieval.answer.statements import sentence_at, sentence_spans, sentences_back, sentences_between
from retrieval.settings import PROJECT
from retrieval.text import nfc


def texts() -> Iterator[str]:
    yield "Một dòng."
    yield "Tiêu đề\n\n  - Mục một: 56,83%;\n - TP. Huế đạt 7/63. Câu sau…\nPGS.TS. An nói vậy.\n"
    for path in sorted((PROJECT / "tests" / "dev").glob("*.txt")):
        yield nfc(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", texts())
def test_sentences_near_a_place_are_those_of_the_whole_text(text: str) -> None:
    whole = sentence_spans(text)
    for offset in range(0, len(text), 7):
        at = sentence_at(text, offset)
        assert list(sentences_back(text, offset)) == list(reversed(whole[: at + 1]))
        end = offset + 300
        touched = [span for span in whole if span.end > offset and span.start < end]
        assert [span for span in sentences_between(text, offset, end) if span in touched] == touched
