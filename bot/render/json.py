"""Answers and passages as the JSON that others build on (the forms are fixed)."""

from collections.abc import Sequence
from typing import Any

from retrieval.types import Answer, Passage


def answer_json(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "answered": answer.answered,
        "answer": answer.text,
        "citations": [
            {
                "n": c.n,
                "source": c.source,
                "title": c.title,
                "publisher": c.publisher,
                "url": c.url,
                "published": c.published.isoformat() if c.published else None,
                "quote": c.quote,
            }
            for c in answer.citations
        ],
        "took_ms": round(answer.took_ms, 1),
        "written_by": answer.written_by,
        "cut": list(answer.cut),
    }


def passages_json(passages: Sequence[Passage], took_ms: float) -> dict[str, Any]:
    return {
        "passages": [
            {"source": p.article.source, "title": p.article.title, "text": p.chunk.text, "score": round(p.score, 4)}
            for p in passages
        ],
        "took_ms": round(took_ms, 1),
    }
