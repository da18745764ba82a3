"""Lists and sections of an article: a head with the lines or the paragraph below it."""

from __future__ import annotations

import re
from itertools import pairwise

from retrieval.answer.draft import Line, Support
from retrieval.answer.statements import Statement, is_heading, sentence_at, sentence_spans
from retrieval.text import Span

LONGEST_LIST = 1200
LONGEST_SECTION = LONGEST_LIST // 2
"""Characters of a list and of a paragraph in an answer."""

LONGEST_LEAD, KEPT_OF_LEAD = 260, 200
"""Characters of the sentence over a list; of a longer one the end is shown, which leads over to the list."""

_BULLETS = "+-–•*"
_NUMBERED = re.compile(r"\d{1,2}[.)]")  # "1. Hạ tầng số", "2) …"


def section(statement: Statement) -> Line | None:
    """A heading with the sentences of the first paragraph below it."""
    text = statement.article.text
    if not is_heading(statement.text):
        return None
    spans = sentence_spans(text)
    at = sentence_at(text, statement.span.start)
    end = statement.span.end
    for earlier, span in pairwise(spans[at:]):
        new_paragraph = "\n" in text[earlier.end : span.start] and earlier.start != statement.span.start
        if (
            new_paragraph
            or span.end - statement.span.start > LONGEST_SECTION
            or is_heading(text[span.start : span.end])
        ):
            break
        end = span.end
    if end == statement.span.end:
        return None
    body = " ".join(text[statement.span.end : end].split())
    return Line(f"{statement.text}: {body}", (Support(statement, Span(statement.span.start, end)),))


def listing(statement: Statement) -> Line | None:
    """A sentence that ends in ":" with the bullet lines below it."""
    text = statement.article.text
    if not (statement.text.rstrip().endswith(":") or is_heading(statement.text)):
        return None
    spans = sentence_spans(text)
    at = sentence_at(text, statement.span.start)
    items: list[Span] = []
    for span in spans[at + 1 :]:
        if text[span.start] not in _BULLETS and not _NUMBERED.match(text[span.start : span.start + 3]):
            break
        items.append(span)
    if not items:
        return None
    rows: list[str] = []
    end = statement.span.end
    for item in items:
        row = "- " + text[item.start : item.end].lstrip(f"{_BULLETS} ")
        if sum(len(r) for r in rows) + len(row) > LONGEST_LIST:
            break
        rows.append(row)
        end = item.end
    quote = Span(statement.span.start, end)
    head = text[statement.span.start : statement.span.end]
    lead = head if len(head) <= LONGEST_LEAD else "…" + head[-KEPT_OF_LEAD:].split(" ", 1)[1]
    return Line("\n".join([lead, *rows]), (Support(statement, quote),))
