"""Answers written by a chat model, when the operator has one; retrieval/answer stays their judge."""
