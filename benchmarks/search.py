"""Search: how often the right article comes first (XQuAD-vi), and how long a question takes.

    python -m benchmarks.search quality XQUAD.vi.json
    python -m benchmarks.search speed [--chunks 10000] [--figures 50000] [--keep FOLDER]

Quality goes through the real path: every paragraph is an article of one chunk in a new library, the bundled embedder
embeds it, ``search`` finds it. Diacritics are stripped from the questions only. Speed makes up texts by shuffling the
sentences of data/articles, and vectors at random: what is measured is the library, and one embedded question. --keep makes
the library in FOLDER, or takes the one that is there.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from retrieval.embedders import open_embedder
from retrieval.lexicon.indicators import catalogue
from retrieval.lexicon.provinces import PROVINCES
from retrieval.library import Entry, Library
from retrieval.search import search
from retrieval.settings import PROJECT, load_settings
from retrieval.text import nfc, sentences
from retrieval.types import Article, Chunk, Embedder, Figure, FigureKind, Period, Vectors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    tasks = parser.add_subparsers(dest="task", required=True)
    quality = tasks.add_parser("quality")
    quality.add_argument("xquad", type=Path)
    speed = tasks.add_parser("speed")
    speed.add_argument("--chunks", type=int, default=10_000)
    speed.add_argument("--figures", type=int, default=50_000)
    speed.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    embedder = open_embedder(load_settings())
    with tempfile.TemporaryDirectory() as scratch:
        folder = getattr(arguments, "keep", None) or Path(scratch)
        opened = Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
        with opened as library:
            if arguments.task == "quality":
                measure_quality(library, embedder, arguments.xquad)
            else:
                measure_speed(library, embedder, arguments.chunks, arguments.figures)


PER_ARTICLE = 8
"""Chunks of a made-up article."""
BATCH = 50
"""Articles put in at once."""


# --- quality -------------------------------------------------------------------------------------------------------


def measure_quality(library: Library, embedder: Embedder, xquad: Path) -> None:
    paragraphs = [
        paragraph for entry in json.loads(xquad.read_text("utf-8"))["data"] for paragraph in entry["paragraphs"]
    ]
    texts = [nfc(paragraph["context"]) for paragraph in paragraphs]
    for number, (text, vector) in enumerate(zip(texts, embedder.embed_passages(texts), strict=True)):
        library.put(_article(f"{number}", text), [Chunk(0, len(text), text)], vector[np.newaxis])
    questions = [(qa["question"], f"{number}") for number, p in enumerate(paragraphs) for qa in p["qas"]]
    print(f"XQuAD-vi: {len(texts)} paragraphs, {len(questions)} questions, embedder {embedder.name}")
    print("| questions | R@1 | R@5 | MRR@10 | median ms |\n| --- | --- | --- | --- | --- |")
    for name, prepare in {"with diacritics": nfc, "without": without_diacritics}.items():
        ranks, took = [], []
        for question, right in questions:
            began = time.perf_counter()
            found = [passage.article.address for passage in search(library, embedder, prepare(question), limit=10)]
            took.append(1000 * (time.perf_counter() - began))
            ranks.append(found.index(right) + 1 if right in found else 0)
        print(
            f"| {name} | {statistics.mean(rank == 1 for rank in ranks):.3f}"
            f" | {statistics.mean(0 < rank <= 5 for rank in ranks):.3f}"
            f" | {statistics.mean(1 / rank if rank else 0 for rank in ranks):.3f}"
            f" | {statistics.median(took):.1f} |"
        )


def without_diacritics(text: str) -> str:
    """As typed on a keyboard without Vietnamese: capitals stay, "đ" becomes "d"."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")


# --- speed ---------------------------------------------------------------------------------------------------------


def measure_speed(library: Library, embedder: Embedder, chunk_count: int, figure_count: int) -> None:
    chance = random.Random(1)
    stock = [
        text[span.start : span.end]
        for path in sorted((PROJECT / "data" / "articles").glob("*.md"))
        for text in [nfc(path.read_text("utf-8").split("---", 2)[-1])]
        for span in sentences(text)
    ]
    began = time.perf_counter()
    articles = chunk_count // PER_ARTICLE
    for first in range(library.stats().articles, articles, BATCH):
        entries = []
        for number in range(first, min(articles, first + BATCH)):
            text, chunks = _made_up(chance, stock, PER_ARTICLE)
            figures = [_figure(chance, text) for _ in range(figure_count // articles)]
            entries.append(Entry(_article(f"{number}", text, chance), chunks, figures))
        library.put_all(entries, _unit_vectors(first, PER_ARTICLE * len(entries), embedder))
    put_ms = 1000 * (time.perf_counter() - began) / articles
    stats = library.stats()
    questions = [chance.choice(stock).rstrip(".")[:90] for _ in range(200)]
    bare = [without_diacritics(question) for question in questions]
    print(
        f"{stats.chunks} chunks in {stats.articles} articles, {stats.figures} figures; put: {put_ms:.1f} ms an article"
    )
    library.warm()
    print("| what | median ms | 95% ms | of the processor: median ms | 95% ms |\n| --- | --- | --- | --- | --- |")
    vectors = _unit_vectors(0, 1, embedder)[0]
    _time("embed the question", questions, embedder.embed_query)
    _time("lexical", questions, lambda question: library.lexical(question, 100))
    _time("dense", questions, lambda _: library.dense(vectors, 100))
    _time("whole search", questions, lambda question: search(library, embedder, question))
    _time("whole search, no diacritics", bare, lambda question: search(library, embedder, question))
    _time("whole search, one province", questions, lambda q: search(library, embedder, q, provinces=PROVINCES[:1]))
    known = KnownEmbedder(embedder, [*questions, *bare])
    _time("whole search besides the embedder", questions, lambda question: search(library, known, question))
    _time("the same, no diacritics", bare, lambda question: search(library, known, question))
    _time("the same, one province", questions, lambda q: search(library, known, q, provinces=PROVINCES[:1]))
    names = PROVINCES[:40]
    _time(
        "figures: province, indicator, year",
        names,
        lambda name: library.figures(provinces=[name], indicators=["dti"], years=[2022]),
    )
    _time(
        "figures: province, words, first 80",
        names,
        lambda name: library.figures(provinces=[name], text="kinh tế số", limit=80),
    )
    _time("figures: words, first 80", questions, lambda question: library.figures(text=question, limit=80))


class KnownEmbedder:
    """Has embedded the questions already. One whose diacritics are restored differently gets any question's vector."""

    def __init__(self, embedder: Embedder, questions: Sequence[str]) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._vectors = {question: embedder.embed_query(question) for question in questions}
        self._any = next(iter(self._vectors.values()))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        return self._vectors.get(text, self._any)


def _time(name: str, questions: Sequence[str], ask: Callable[[str], object]) -> None:
    ask(questions[0])  # warm
    took, worked = [], []
    for question in questions:
        began, idle = time.perf_counter(), time.process_time()
        ask(question)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - idle))
    cells = [
        f"{cell:.1f}" for ms in (took, worked) for cell in (statistics.median(ms), statistics.quantiles(ms, n=20)[-1])
    ]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _made_up(chance: random.Random, stock: Sequence[str], count: int) -> tuple[str, list[Chunk]]:
    """A text of ``count`` chunks, each some 900 characters of sentences."""
    parts = []
    for _ in range(count):
        part = ""
        while len(part) < 900:
            part += chance.choice(stock) + " "
        parts.append(part)
    text, chunks = "".join(parts), []
    start = 0
    for part in parts:
        chunks.append(Chunk(start, start + len(part), part))
        start += len(part)
    return text, chunks


def _article(address: str, text: str, chance: random.Random | None = None) -> Article:
    provinces = (chance.choice(PROVINCES),) if chance else ()
    return Article(source=address, address=address, title="", text=text, provinces=provinces)


def _figure(chance: random.Random, text: str) -> Figure:
    start = chance.randrange(len(text) - 10)
    indicator = chance.choice(list(catalogue().values()))
    return Figure(
        province=chance.choice(PROVINCES),
        indicator=indicator.id,
        label=f"{indicator.name} › {text[start : start + 40]}",
        value=chance.random() * 100,
        shown="56,83%",
        unit="%",
        kind=chance.choice(list(FigureKind)),
        period=Period(chance.randrange(2018, 2026)),
        denominator=None,
        scope="",
        start=start,
        end=start + 6,
        clause_start=start,
        clause_end=start + 10,
        quote_start=start,
        quote_end=start + 10,
    )


def _unit_vectors(seed: int, count: int, embedder: Embedder) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, embedder.dimension)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


if __name__ == "__main__":
    main()
