"""What every library knows without an article: terms explained (data/reference/handbook.csv) and the mergers of July 2025.

Entries are windows of small articles of our own making, ranked among all others: nothing decides beforehand that a
question is one for the handbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from retrieval.choosing.windows import Context, Window
from retrieval.lexicon import provinces
from retrieval.lexicon.provinces import current_name, merged_from
from retrieval.lexicon.tables import listed, read_table, words
from retrieval.query import Query
from retrieval.text import Span
from retrieval.types import Article

LIST = "Nghị quyết 202/2025/QH15"
"""The document that merged the provinces."""


@cache
def _entries() -> dict[tuple[str, ...], Article]:
    """Folded words of a term, or of another name for it -> its entry."""
    found: dict[tuple[str, ...], Article] = {}
    for row in read_table("handbook.csv"):
        article = Article(
            source=row["source_url"],
            address=f"handbook:{row['term']}",
            title=f"{row['term']}: {row['source_title']}",
            text=row["text"],
            publisher=row["publisher"],
            url=row["source_url"],
            rendered=True,
        )
        for name in (row["term"], *listed(row["aliases"])):
            found[tuple(word.folded for word in words(name))] = article
    return found


@cache
def _merger(province: str) -> Article:
    """What became of a province, or what was joined into it, on 2025-07-01."""
    now, inside = current_name(province), merged_from(province)
    others = [p for p in merged_from(now) if p != province]
    if not inside and others:
        said = (
            f"Từ ngày 01/7/2025, {province} sáp nhập cùng {_join(others)}, nay thuộc tỉnh, thành phố mới tên là {now}."
        )
    elif others:
        said = f"{province} từ ngày 01/7/2025 là tỉnh, thành phố mới, gồm {_join(inside)} cũ sáp nhập lại."
    else:
        said = f"{province} không sáp nhập với tỉnh nào, giữ nguyên địa giới từ ngày 01/7/2025."
    return Article(
        source="https://vanban.chinhphu.vn",
        address=f"handbook:province:{province}",
        title=f"Sắp xếp đơn vị hành chính cấp tỉnh: {LIST}",
        text=said,
        publisher="Quốc hội",
        url="https://vanban.chinhphu.vn",
        provinces=(province,),
        rendered=True,
    )


def texts() -> dict[str, str]:
    """The texts of all entries by source, for those who hold quotes against their sources."""
    found: dict[str, list[str]] = {}
    for article in (*_entries().values(), *map(_merger, provinces.PROVINCES)):
        found.setdefault(article.source, []).append(article.text)
    return {source: "\n".join(dict.fromkeys(said)) for source, said in found.items()}


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} và {names[-1]}"


MERGERS = ("sap nhap", "hop nhat", "nhap vao", "thuoc tinh", "tinh moi", "tinh cu", "ten moi", "dia gioi", "tach")
"""Words by which a question names the mergers."""


def entries(query: Query, text: str) -> Iterator[Window]:
    """The entries of terms that a question names without a province, and what became of its provinces where it names the
    mergers. ``text`` is the question with abbreviations written out."""
    spoken = tuple(word.folded for word in words(text))
    found: dict[str, Article] = {}
    if not (query.provinces or query.regions):
        found = {
            article.address: article
            for size in range(1, 8)
            for i in range(len(spoken) - size + 1)
            if (article := _entries().get(spoken[i : i + size]))
        }
    elif any(f" {said} " in f" {' '.join(spoken)} " for said in MERGERS):
        found = {article.address: article for article in map(_merger, query.provinces[:3])}
    for number, article in enumerate(found.values(), 1):
        span = Span(0, len(article.text))
        yield Window(-number, article, span, "sentence", Context(article.title, "", article.provinces, ()), "")
