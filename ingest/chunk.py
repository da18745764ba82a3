"""Articles into chunks: whole paragraphs where they fit, whole sentences where they do not."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.furniture import is_list_item, is_sentence, is_table_row
from retrieval.text import Span, sentences
from retrieval.types import Article, Chunk

TARGET = 900
"""Characters at which a chunk is full: about 300 tokens, one topic of a news article."""
LIMIT = 1300
"""Characters that no chunk exceeds: with a title it stays under the 512 tokens that embedders read."""

_CRUMB = 200  # characters; a chunk this small says too little alone
_OVERLAP_LIMIT = 300  # characters; a longer sentence is not repeated
_PART_MARKS = ("; ", ", ", " ")  # where a sentence over the limit is cut, the best first


def chunk(article: Article) -> list[Chunk]:
    """Chunks in reading order, ``article.text[start:end]`` each; every character but blanks is in at least one.

    Paragraphs are merged up to TARGET. A heading stays with what follows it and a list with the sentence that introduces it
    where LIMIT allows. Only a paragraph cut in the middle repeats its last sentence in the next chunk.
    """
    text = article.text
    merged = _merge([piece for block in _blocks(text) for piece in _fit(text, block)])
    return [Chunk(span.start, span.end, text[span.start : span.end]) for span in merged]


def embedding_text(article: Article, chunk: Chunk) -> str:
    """What is embedded for ``chunk``: its article's title, then its text.

    Past the lead an article says "tỉnh" or "địa phương này"; the title names the province and the subject, without which
    the same paragraph of two provinces would get the same vector.
    """
    return f"{article.title}\n{chunk.text}"


def _blocks(text: str) -> Iterator[Span]:
    """Paragraphs, each with the headings above it; an introduction with its whole list when both fit together."""
    lines = [Span(start, end) for start, end in _lines(text)]
    index = 0
    while index < len(lines):
        end = _block_end(text, lines, index)
        yield Span(lines[index].start, lines[end - 1].end)
        index = end


def _lines(text: str) -> Iterator[tuple[int, int]]:
    breaks = [-1, *(i for i, char in enumerate(text) if char == "\n"), len(text)]
    for before, after in pairwise(breaks):
        if text[before + 1 : after].strip():
            yield before + 1, after


def _block_end(text: str, lines: Sequence[Span], first: int) -> int:
    """Index after the last line of the block that begins with ``lines[first]``."""

    def line(index: int) -> str:
        return text[lines[index].start : lines[index].end]

    def fits(end: int) -> bool:
        return lines[end - 1].end - lines[first].start <= LIMIT

    end = first + 1
    while end < len(lines) and _is_heading(line(end - 1)) and fits(end + 1):
        end += 1
    items = end
    while items < len(lines) and fits(items + 1) and _is_item(line(items)):
        items += 1
    is_whole = items == len(lines) or not _is_item(line(items))
    return items if is_whole else end


def _is_heading(line: str) -> bool:
    return not is_sentence(line) and not _is_item(line)


def _is_item(line: str) -> bool:
    return is_list_item(line) or is_table_row(line)


def _fit(text: str, block: Span) -> Iterable[Span]:
    """``block`` itself, or the pieces of about TARGET that its sentences make, the last one of each repeated."""
    if block.end - block.start <= LIMIT:
        return [block]
    units = [
        part
        for span in sentences(text[block.start : block.end])
        for part in _parts(text, Span(block.start + span.start, block.start + span.end))
    ]
    pieces, first = [], 0
    for index, unit in enumerate(units):
        if index > first and unit.end - units[first].start > TARGET:
            pieces.append(Span(units[first].start, units[index - 1].end))
            first = index - 1 if _repeats(text, units[index - 1], unit) else index
    pieces.append(Span(units[first].start, units[-1].end))
    return pieces


def _repeats(text: str, last: Span, following: Span) -> bool:
    """Whether ``last`` is said again before ``following``: a short whole sentence of the same paragraph."""
    between = text[last.end : following.start]
    closed = is_sentence(text[last.start : last.end]) and text[last.end - 1] not in ",;"
    return (
        closed
        and "\n" not in between
        and last.end - last.start <= _OVERLAP_LIMIT
        and following.end - last.start <= LIMIT
    )


def _parts(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence, cut into parts of at most TARGET when it is over LIMIT: at semicolons, commas, blanks, anywhere."""
    start, end = sentence
    while end - start > LIMIT:
        cuts = ((text.rfind(mark, start + TARGET // 3, start + TARGET), len(mark) - 1) for mark in _PART_MARKS)
        after = next((cut + kept for cut, kept in cuts if cut > 0), start + TARGET)
        yield Span(start, after)
        start = after + (text[after : after + 1] == " ")
    yield Span(start, end)


def _merge(pieces: Sequence[Span]) -> list[Span]:
    """Neighbours joined while they stay within TARGET; a crumb with nowhere else to go joins within LIMIT."""
    merged: list[Span] = []
    for index, piece in enumerate(pieces):
        if merged:
            last = merged[-1]
            is_crumb = last.end - last.start < _CRUMB or (index == len(pieces) - 1 and piece.end - piece.start < _CRUMB)
            if piece.start >= last.end and piece.end - last.start <= (LIMIT if is_crumb else TARGET):
                merged[-1] = Span(last.start, piece.end)
                continue
        merged.append(piece)
    return merged
