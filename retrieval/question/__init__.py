"""Understanding: from a message and its conversation to a Query."""

from retrieval.question.understanding import understand

__all__ = ["understand"]
