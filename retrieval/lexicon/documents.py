"""Numbers of official documents: 52-NQ/TU, 59/KH-UBND, 202/2025/QH15."""

import re

from retrieval.text import Span

# The number, the year where the document bears one, then the letters of its kind and issuer.
_PRINTED = re.compile(r"(?<![\w/])\d{1,5}(?:/\d{4})?\s?[-/]\s?(?:[A-ZĐ]{2}[\wĐđ]*|QH\d+|[A-ZĐ])(?:[-/&][A-ZĐ][\wĐđ]*)*")
_TYPED = re.compile(
    r"(?<![\w/])\d{1,5}(?:/\d{4})?\s?[-/]\s?(?:nq|qđ|qd|kh|ctr|cttr|ct|tb|cv|tt|nđ|nd|đa|da|bc|hd|qh\d*)"
    r"(?![^\W\d_])(?:[-/&][^\W\d_]+\d*)*",
    re.IGNORECASE,
)


def find_document_numbers(text: str, *, loose: bool = False) -> list[Span]:
    """Where NFC ``text`` gives a document's number; ``loose`` takes lower case too ("09-nq/tu"), as questions have it."""
    pattern = _TYPED if loose else _PRINTED
    spans = [Span(*match.span()) for match in pattern.finditer(text)]
    if loose:
        spans += [
            span
            for span in find_document_numbers(text)
            if all(span.start >= s.end or span.end <= s.start for s in spans)
        ]
    return sorted(spans)
