"""Articles of one sentence a chunk, with vectors that tell chunks apart."""

from datetime import date
from pathlib import Path

import numpy as np

from retrieval.library import Library
from retrieval.text import sentences
from retrieval.types import Article, Chunk, Figure, FigureKind, Period, Vectors

DIMENSION = 8
IN_2022 = Period(2022)


def article(text: str, address: str = "/articles/a.txt", provinces: tuple[str, ...] = ("Bắc Ninh",)) -> Article:
    return Article(
        source=Path(address).name,
        address=address,
        title="Chuyển đổi số",
        text=text,
        publisher="Báo Mới Đây",
        url=f"https://example.vn{address}",
        published=date(2024, 10, 10),
        author="Lê Thị Hoa",
        updated=date(2024, 10, 12),
        provinces=provinces,
    )


def figure(label: str = "DTI › hạng", province: str = "Bắc Ninh", period: Period | None = IN_2022) -> Figure:
    return Figure(
        province=province,
        indicator="dti",
        label=label,
        value=7.0,
        shown="7/63",
        unit="hạng",
        kind=FigureKind.RANK,
        period=period,
        denominator=63.0,
        scope="cấp tỉnh",
        start=1,
        end=2,
        clause_start=0,
        clause_end=5,
        quote_start=0,
        quote_end=5,
    )


def chunks_of(article: Article) -> list[Chunk]:
    return [Chunk(span.start, span.end, article.text[span.start : span.end]) for span in sentences(article.text)]


def vectors_of(article: Article) -> Vectors:
    """One unit vector a chunk, the same for the same words."""
    rows = [np.random.default_rng([*chunk.text.encode()]).normal(size=DIMENSION) for chunk in chunks_of(article)]
    vectors = np.array(rows, np.float32).reshape(len(rows), DIMENSION)
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def put(library: Library, article: Article) -> int:
    return library.put(article, chunks_of(article), vectors_of(article))


def texts(library: Library, chunk_ids: list[int]) -> list[str]:
    found = library.chunks(chunk_ids)
    return [found[id_].chunk.text for id_ in chunk_ids]
