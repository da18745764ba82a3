"""What share of an ingest is spent inside the embedder, how fast all the rest is, what memory it takes, and stock beside it.

    python -m benchmarks.ingest [--articles 2000] [--no-stock]

The starter corpus (short digests in Markdown), then made-up articles in four styles and four lengths (benchmarks/made_up.py),
written to files and read from there: with the bundled embedder, and with one that costs nothing, which leaves all the rest.
Stock is what the tutorials build: files into Documents, RecursiveCharacterTextSplitter, Chroma through langchain-chroma,
with the same embedder; it reads no figures and keeps no words (`uv pip install -e ".[bench]"`). Model and vector index are
opened before the clock starts: benchmarks/startup.py has what that takes.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.made_up import made_up_article
from benchmarks.timing import TimedEmbedder
from ingest.pipeline import ingest
from retrieval.embedders import open_embedder
from retrieval.library import Library
from retrieval.settings import PROJECT, load_settings
from retrieval.types import Embedder, Vectors

IN_EMBEDDER, BESIDES = 0.90, 100
"""The bars: share of the time in the embedder at least, and articles a second besides it."""
LENGTHS = 900, 1_800, 3_200, 6_500
"""Characters: a brief, two pieces of news, a long read; by turns."""


class FreeEmbedder:
    """Vectors at random: everything but the model's work."""

    name = "free"
    dimension = 384

    def __init__(self) -> None:
        self._chance = np.random.default_rng(1)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = self._chance.normal(size=(len(texts), self.dimension)).astype(np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--no-stock", action="store_true")
    options = parser.parse_args()
    real = open_embedder(load_settings())
    real.embed_passages(["một", "hai"])  # the first run allocates
    print(f"$ python -m benchmarks.ingest --articles {options.articles}{' --no-stock' * options.no_stock}")
    print(
        "| corpus | embedder | articles | chunks | figures | seconds | in the embedder | passages a second there "
        "| articles a second | processor seconds | memory at the start, the middle, the end, MB |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number in range(options.articles):
            (folder / f"{number:05}.txt").write_text(_page(number), encoding="utf-8")
        measure("starter corpus", PROJECT / "data" / "articles", real)
        measure("made up", folder, FreeEmbedder())
        measure("made up", folder, real)
        if not options.no_stock:
            measure_stock(folder, real)
    print(f"\nbars: {IN_EMBEDDER:.0%} in the embedder, {BESIDES} articles a second besides it")


def _page(number: int) -> str:
    article = made_up_article(number)
    text = article.text[: LENGTHS[number // 4 % len(LENGTHS)]]
    text = text[: text.rfind(".") + 1]
    return f"{article.title}\n{article.provinces[0]}, 20/11/2024\n\n{text}\n"


def measure(name: str, folder: Path, embedder: Embedder) -> None:
    timed = TimedEmbedder(embedder)
    memory = [_memory()]
    count = sum(1 for _ in folder.glob("*.*"))
    done = 0

    def on_source(source: str) -> None:
        nonlocal done
        done += 1
        if done == count // 2:
            memory.append(_memory())

    with (
        tempfile.TemporaryDirectory() as scratch,
        Library.open(Path(scratch), embedder=timed.name, dimension=timed.dimension, create=True) as library,
    ):
        library.warm()
        began, worked = time.perf_counter(), _worked()
        report = ingest([folder], library, lambda: timed, on_source, any_topic=True)
        seconds, worked = time.perf_counter() - began, _worked() - worked
        memory.append(_memory())
        stats = library.stats()
    assert not report.failed, report.failed
    print(
        f"| {name} | {embedder.name} | {stats.articles} | {stats.chunks} | {stats.figures} | {seconds:.1f} "
        f"| {timed.seconds / seconds:.1%} | {timed.passages / timed.seconds:.1f} | {stats.articles / seconds:.0f} | {worked:.1f} "
        f"| {', '.join(f'{mb:.0f}' for mb in memory)} |",
        flush=True,
    )


def measure_stock(folder: Path, embedder: Embedder) -> None:
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from benchmarks.stock import WrappedEmbedder

    timed = TimedEmbedder(embedder)
    memory = [_memory()]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        store = Chroma("stock", WrappedEmbedder(timed), persist_directory=scratch)
        began, worked = time.perf_counter(), _worked()
        paths = sorted(folder.glob("*.txt"))
        documents = [Document(page_content=p.read_text(encoding="utf-8"), metadata={"source": str(p)}) for p in paths]
        chunks = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
        for first in range(0, len(chunks), 1_000):  # Chroma takes some 5,000 at once
            store.add_documents(chunks[first : first + 1_000])
            if first <= len(chunks) // 2 < first + 1_000:
                memory.append(_memory())
        seconds, worked = time.perf_counter() - began, _worked() - worked
    memory.append(_memory())
    print(
        f"| made up | stock, {embedder.name} | {len(paths)} | {len(chunks)} | - | {seconds:.1f} "
        f"| {timed.seconds / seconds:.1%} | {timed.passages / timed.seconds:.1f} | {len(paths) / seconds:.0f} | {worked:.1f} "
        f"| {', '.join(f'{mb:.0f}' for mb in memory)} |",
        flush=True,
    )


def _worked() -> float:
    """Seconds of the processor, of this process and of those that it has started and ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _memory() -> float:
    """Resident, in MB."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:  # no Linux: the most so far
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    main()
